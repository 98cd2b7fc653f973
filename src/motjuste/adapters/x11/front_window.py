"""The window in front: its title, its class and its program."""

from __future__ import annotations

import os
from typing import Final

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import Event, PropertyChanged
from motjuste.adapters.x11.session import Property, Session, XError
from motjuste.ports import Window

_TITLE_LENGTH: Final = 256  # in 32-bit units, so four times as many bytes: no title is longer on purpose


class FrontWindow:
    """Fulfils `ports.FrontWindow`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._id: int | None = None
        self._followed: int = requests.NONE
        """The window that is heard of, and so `known`."""
        self._known = Window()
        atom = session.atom
        self._active_window = atom("_NET_ACTIVE_WINDOW")
        self._class = atom("WM_CLASS")
        self._names = (atom("_NET_WM_NAME"), atom("WM_NAME"), self._class, atom("_NET_WM_PID"))
        self._utf8 = atom("UTF8_STRING")
        session.listeners.append(self._note)

    def _note(self, event: Event) -> None:
        if isinstance(event, PropertyChanged) and event.name == self._active_window:
            self._id = None
            self._follow(requests.NONE)
        elif (
            isinstance(event, PropertyChanged) and event.window == self._followed and event.name in self._names
        ):
            # It is not followed any further: a title that goes on changing would wake us each time.
            self._follow(requests.NONE)
            self._session.flush()

    def id(self) -> int:
        """The active window's identifier, 0 when nobody knows it."""
        if self._id is not None:
            return self._id
        found, told = self._ask()
        # Where no window manager tells of changes, it has to be asked each time.
        self._id = found if told else None
        return found

    def _ask(self) -> tuple[int, bool]:
        """The active window, and whether a window manager has told it."""
        session = self._session
        active = session.property(session.root, self._active_window)
        if active and active.bits == 32 and (numbers := active.numbers) and numbers[0]:
            return numbers[0], True
        try:
            # Without a window manager the focus may be on a child that has neither title nor class.
            around = session.around(session.focus())
        except XError:
            # The window closed while it was being asked.
            return 0, False
        return next((each for each in around if self._class_of(each)), around[0]), False

    def current(self) -> Window:
        """What is known of the active window, asked for anew only when some of it may have changed."""
        window = self.id()
        if window != self._followed:
            # Followed before it is asked, so that no change falls in between.
            self._follow(window)
            self._known = self.described(window)
        return self._known

    def _follow(self, window: int) -> None:
        """Hear of changes of this window and of no other."""
        self._session.hear_no_more(self._followed, requests.PROPERTY_CHANGE)
        self._session.hear_of(window, requests.PROPERTY_CHANGE)
        self._followed, self._known = window, Window()

    def described(self, window: int) -> Window:
        """What is known of a window, nothing when it is gone."""
        name, old_name, wm_class, process = self._session.properties(window, self._names, _TITLE_LENGTH)
        return Window(
            title=self._text(name or old_name), wm_class=_class(wm_class), program=_program(process)
        )

    def _class_of(self, window: int) -> str:
        return _class(self._session.property(window, self._class, units=_TITLE_LENGTH))

    def _text(self, found: Property | None) -> str:
        if found is None or found.bits != 8:
            return ""
        return found.data.decode("utf-8" if found.kind == self._utf8 else "latin-1", "replace")


def _class(found: Property | None) -> str:
    """The second word of WM_CLASS, "" when the window has none."""
    names = found.data.split(b"\0") if found and found.bits == 8 else []
    return names[1].decode("latin-1") if len(names) > 1 else ""


def _program(process: Property | None) -> str:
    """The file that runs, for windows of this machine that tell their process."""
    if process is None or process.bits != 32:
        return ""
    try:
        return os.path.basename(os.readlink(f"/proc/{process.numbers[0]}/exe"))
    except (OSError, IndexError):
        return ""
