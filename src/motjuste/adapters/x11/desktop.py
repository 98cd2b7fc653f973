"""Everything that the daemon needs of an X11 desktop, in one piece."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from motjuste.adapters.x11 import keeper, requests
from motjuste.adapters.x11.front_window import FrontWindow
from motjuste.adapters.x11.injector import X11Injector
from motjuste.adapters.x11.listening import Listener
from motjuste.adapters.x11.selections import Selections
from motjuste.adapters.x11.session import Session
from motjuste.adapters.x11.xkb import Layout
from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent

_MANAGER: Final = "_MOTJUSTE"
_HAND_OVER_SECONDS: Final = 8.0


class X11Desktop:
    """A key source, an injector and the window in front, on one connection. Raises UserError without a display."""

    def __init__(self, display_name: str | None = None) -> None:
        self._session = Session(display_name)
        try:
            self._be_alone()
            self._layout = Layout(self._session.connection.pointer, self._session.modifiers_down())
            self.window = FrontWindow(self._session)
            self._listener = Listener(self._session, self._layout, self.window)
            self._selections = Selections(self._session)
            self._listener.on_command = self._selections.give_way
            self.injector = X11Injector(self._session, self._listener, self._selections, self.window)
        except BaseException:
            # Who tries again every little while must not leave a connection behind each time.
            self._session.close()
            raise
        self.name = self._session.name

    def _be_alone(self) -> None:
        """Two programs that expand the same typing would both erase it: one for each display (ICCCM 2.8)."""
        session, manager = self._session, self._session.atom(_MANAGER)
        # With the server grabbed, nobody can come between the question and the claim.
        session.send(requests.grab_server())
        try:
            if session.selection_owner(manager) != requests.NONE:
                raise UserError(
                    f"another motjuste already listens on the display {session.name}",
                    next_step="stop it first ('motjuste daemon stop', with the MOTJUSTE_HOME it was started with)",
                )
            claim = session.new_window()
            session.send(requests.set_selection_owner(claim, manager, requests.CURRENT_TIME))
        finally:
            session.send(requests.ungrab_server())
            session.sync()

    def fileno(self) -> int:
        return self._session.fileno()

    def typed(self) -> Iterator[KeyEvent]:
        """What the person did since the last call, without waiting. Raises DisplayGone."""
        return self.injector.typed()

    @property
    def unheard(self) -> bool:
        """Whether keys may have been read in passing: whoever asks the server something reads all that is there."""
        return self._session.connection.talked or bool(self._listener.queue)

    @property
    def deaf(self) -> frozenset[str]:
        """Why nothing that is typed is heard now; empty when all is."""
        return self._listener.deaf

    def be_deaf(self, reason: str, deaf: bool) -> None:
        """While there is any reason, what is typed is dropped, and what was typed before is forgotten."""
        self._listener.be_deaf(reason, deaf)

    def copied(self) -> str:
        """The text that the person copied last, "" when there is none. Raises DisplayGone."""
        return self._selections.copied()

    def tick(self) -> None:
        """Do what is due by now."""
        self._selections.tick()

    @property
    def next_due(self) -> float | None:
        """When `tick` should be called (`time.monotonic`), or None."""
        return self._selections.next_due

    @property
    def problems(self) -> tuple[str, ...]:
        """What cannot be done just now; a display that has gone is told by DisplayGone."""
        return ()

    def close(self) -> None:
        """Leave the clipboard as the person knows it, with a program of its own to keep it if need be.

        The connection is closed whatever happens: with it, the server lets the keyboard go.
        """
        try:
            self._selections.restore()
            if contents := self._selections.owned_contents():
                keeper.hand_over(contents, self._session.name, deadline=time.monotonic() + _HAND_OVER_SECONDS)
        finally:
            self._layout.close()
            self._session.close()
