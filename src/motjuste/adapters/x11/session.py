"""The one connection to the X server, its stream of events, and the window in front."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from Xlib import X, Xatom, error
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from motjuste.errors import UserError
from motjuste.ports import Window

_WITHOUT_A_DISPLAY: Final = "start motjuste from your desktop; the terminal commands work without one"
_ANSWER_SECONDS: Final = 1.0
_TITLE_LENGTH: Final = 256  # in 32-bit units, so four times as many bytes: no title is longer on purpose


class DisplayGone(Exception):
    """The X server ended or cut the connection."""


class Session:
    """One connection to the X server.

    `listeners` see every event in the order in which the server sent it; `next` hands it to the caller as well.
    """

    def __init__(self, display_name: str | None = None) -> None:
        if not (display_name or os.environ.get("DISPLAY")):
            raise UserError("no display: DISPLAY is not set", next_step=_WITHOUT_A_DISPLAY)
        try:
            self.display = Display(display_name)
        except (error.DisplayError, OSError) as problem:
            raise UserError(
                f"no display can be opened: {_reason(problem)}",
                next_step=_WITHOUT_A_DISPLAY,
            ) from problem
        for extension in ("XInputExtension", "XTEST", "XKEYBOARD"):
            if self.display.query_extension(extension) is None:
                raise UserError(f"this X server lacks {extension}, which motjuste needs to listen and type")
        self.name: str = self.display.get_display_name()
        self.root = self.display.screen().root
        self.listeners: list[Callable[[Any], None]] = []
        self._atoms: dict[str, int] = {}
        self._client_mask: int = ~self.display.display.info.resource_id_mask & 0xFFFFFFFF
        # Requests whose windows are gone by the time they arrive are ordinary here, not faults.
        self.display.set_error_handler(lambda *_: None)
        self.root.change_attributes(event_mask=X.PropertyChangeMask)

    def fileno(self) -> int:
        return int(self.display.fileno())

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = self.display.intern_atom(name)
        return self._atoms[name]

    def atom_name(self, atom: int) -> str:
        try:
            return str(self.display.get_atom_name(atom))
        except error.BadAtom:
            return ""

    def same_client(self, one: int, other: int) -> bool:
        """Whether two windows belong to the same program (their identifiers share its resource base)."""
        return one & self._client_mask == other & self._client_mask

    def events(self) -> Iterator[Any]:
        """The events that are there, without waiting."""
        try:
            while self.display.pending_events():
                yield self._seen(self.display.next_event())
        except (error.ConnectionClosedError, OSError) as problem:
            raise DisplayGone(_reason(problem)) from problem

    def next(self, deadline: float) -> Any | None:
        """The next event, or None when `deadline` (of `time.monotonic`) comes first."""
        try:
            while not self.display.pending_events():
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self.fileno()], [], [], left)[0]:
                    return None
            return self._seen(self.display.next_event())
        except (error.ConnectionClosedError, OSError) as problem:
            raise DisplayGone(_reason(problem)) from problem

    def _seen(self, event: Any) -> Any:
        for listener in tuple(self.listeners):
            listener(event)
        return event

    def server_time(self, window: Any) -> int:
        """The server's clock in milliseconds, by an empty change of a property of our `window` (ICCCM 2.1)."""
        name = self.atom("MOTJUSTE_TIME")
        window.change_property(name, Xatom.STRING, 8, b"", mode=X.PropModeAppend)
        while (event := self.next(time.monotonic() + _ANSWER_SECONDS)) is not None:
            if event.type == X.PropertyNotify and event.window.id == window.id and event.atom == name:
                return int(event.time)
        return int(X.CurrentTime)

    def focus(self) -> Any:
        """The window that receives what is typed; the root window while the focus follows the pointer."""
        focus = self.display.get_input_focus().focus
        return self.root if focus in (X.NONE, X.PointerRoot) else focus

    def around(self, window: Any) -> list[Any]:
        """`window` and the windows around it, from the inside out, without the root window unless it is `window`."""
        around = [window]
        while (
            window.id != self.root.id and (window := window.query_tree().parent) and window.id != self.root.id
        ):
            around.append(window)
        return around

    def close(self) -> None:
        try:
            self.display.close()
        except (error.ConnectionClosedError, OSError):
            return


class Probe:
    """Asks a window whether it keeps up with its events (_NET_WM_PING, Extended Window Manager Hints 1.5).

    The answer comes after everything that was sent to the window before. Most toolkits answer by themselves.
    """

    def __init__(self, session: Session, window: int) -> None:
        self._session = session
        self._protocols = session.atom("WM_PROTOCOLS")
        self._ping = session.atom("_NET_WM_PING")
        session.root.change_attributes(event_mask=X.PropertyChangeMask | X.SubstructureNotifyMask)
        target = session.display.create_resource_object("window", window)
        data = (32, [self._ping, X.CurrentTime, window, 0, 0])
        target.send_event(ClientMessage(window=target, client_type=self._protocols, data=data))
        session.display.flush()
        self.answered = False
        session.listeners.append(self._hear)

    def _hear(self, event: Any) -> None:
        if event.type == X.ClientMessage and event.client_type == self._protocols:
            self.answered = self.answered or event.data[1][0] == self._ping

    def close(self) -> None:
        self._session.listeners.remove(self._hear)
        self._session.root.change_attributes(event_mask=X.PropertyChangeMask)


class FrontWindow:
    """Fulfils `ports.FrontWindow`: the title and class of the active window."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def id(self) -> int:
        """The active window's identifier, 0 when nobody knows it."""
        try:
            return int(self._active().id)
        except error.XError:
            return 0

    def current(self) -> Window:
        try:
            window = self._active()
            return Window(title=self._title(window), wm_class=self._class(window))
        except error.XError:
            # The window closed while it was being asked.
            return Window()

    def _active(self) -> Any:
        session = self._session
        reply = session.root.get_full_property(session.atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        if reply is not None and len(reply.value) and reply.value[0]:
            return session.display.create_resource_object("window", reply.value[0])
        # Without a window manager the focus may be on a child that has neither title nor class.
        around = session.around(session.focus())
        return next((window for window in around if self._class(window)), around[0])

    def _title(self, window: Any) -> str:
        utf8 = self._session.atom("UTF8_STRING")
        reply = window.get_property(self._session.atom("_NET_WM_NAME"), utf8, 0, _TITLE_LENGTH)
        if reply is not None and reply.value:
            return bytes(reply.value).decode("utf-8", "replace")
        name = window.get_wm_name()
        return name.decode("latin-1") if isinstance(name, bytes) else str(name or "")

    def _class(self, window: Any) -> str:
        names = window.get_wm_class()
        return str(names[1]) if names else ""


def _reason(problem: BaseException) -> str:
    return str(problem) or type(problem).__name__
