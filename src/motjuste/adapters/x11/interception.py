"""Keys that are ours rather than the window's for a while, such as Tab while a text has more places to fill in."""

from __future__ import annotations

from typing import Final

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import Event, KeyPressed
from motjuste.adapters.x11.listening import Heard, Listener
from motjuste.adapters.x11.session import Session, XError

_LOCK: Final = 1 << 1
_NUM_LOCK: Final = 1 << 4
# A grab is for one set of modifiers, and locks that are on are modifiers as well.
_LOCKS: Final = (0, _LOCK, _NUM_LOCK, _LOCK | _NUM_LOCK)


class Interception:
    """Takes the keys called `names` away from the window with the focus, whenever it is `active`."""

    def __init__(self, session: Session, listener: Listener) -> None:
        self._session = session
        self._listener = listener
        self.names: frozenset[str] = frozenset()
        self._window = 0
        self._keycodes: frozenset[int] = frozenset()
        self._taken: set[tuple[int, int]] = set()
        session.listeners.append(self._note)

    @property
    def keycodes(self) -> frozenset[int]:
        """The keys that bear the names."""
        return frozenset(keycode for keycode, _ in self._listener.layout.keycodes(*self.names).values())

    def begin(self) -> None:
        """Take the keys from now on, where the focus is now; where others reserve them, they stay the window's."""
        self.end()
        if not self.names:
            return
        try:
            self._window = self._session.around(self._session.focus())[-1]
        except XError:
            return
        self._keycodes = self._listener.intercepted = self.keycodes
        for keycode in self._keycodes:
            for locks in _LOCKS:
                self._session.send(requests.grab_key(self._window, keycode, locks))
        self._session.flush()

    def end(self) -> None:
        """Leave the keys to the window for now."""
        for keycode in self._keycodes:
            self._session.send(requests.ungrab_key(self._window, keycode))
        self._keycodes = frozenset()
        self._session.flush()

    def _note(self, event: Event) -> None:
        if isinstance(event, KeyPressed) and event.keycode in self._keycodes:
            self._taken.add((event.keycode, event.time))
            # The key ends here, and those that follow it go their way even while it is held down.
            self._session.send(requests.ungrab_keyboard())
            self._session.flush()

    def has_taken(self, heard: Heard) -> bool:
        """Whether this press, which nobody has asked about yet, was taken from the window."""
        key = (heard.keycode, heard.time)
        if heard.keycode in self._keycodes and key not in self._taken:
            # The raw event comes first, and what tells that the key was taken may still be on its way.
            self._session.sync()
            for _ in self._session.events():
                pass
        taken = key in self._taken
        self._taken.discard(key)
        return taken
