"""The windows that are open: what a rule per application can be about."""

from __future__ import annotations

import contextlib
import os
from typing import Any

from Xlib import X, error

from motjuste.adapters.x11.session import FrontWindow, Session
from motjuste.ports import Window


def open_windows() -> tuple[Window, ...]:
    """The windows that the window manager lists, the oldest first. Raises UserError without a display."""
    session = Session()
    try:
        front = FrontWindow(session)
        listed = session.root.get_full_property(session.atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        found: list[Window] = []
        for number in listed.value if listed is not None else ():
            window = session.display.create_resource_object("window", number)
            with contextlib.suppress(error.XError):
                found.append(Window(front._title(window), front._class(window), _program(session, window)))
        return tuple(found)
    finally:
        session.close()


def _program(session: Session, window: Any) -> str:
    process = window.get_full_property(session.atom("_NET_WM_PID"), X.AnyPropertyType)
    try:
        return os.path.basename(os.readlink(f"/proc/{process.value[0]}/exe")) if process else ""
    except (OSError, IndexError):
        return ""
