"""The windows that are open: what a rule per application can be about."""

from __future__ import annotations

from motjuste.adapters.x11.front_window import FrontWindow
from motjuste.adapters.x11.session import Session
from motjuste.ports import Window


def open_windows() -> tuple[Window, ...]:
    """The windows that the window manager lists, the oldest first. Raises UserError without a display."""
    session = Session()
    try:
        front = FrontWindow(session)
        listed = session.property(session.root, session.atom("_NET_CLIENT_LIST"))
        numbers = listed.numbers if listed and listed.bits == 32 else []
        # One that has closed meanwhile has nothing left to tell.
        return tuple(window for number in numbers if (window := front.described(number)) != Window())
    finally:
        session.close()
