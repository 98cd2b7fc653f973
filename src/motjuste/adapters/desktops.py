"""Which desktop this system has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motjuste.adapters.discreet_desktop import DiscreetDesktop
    from motjuste.adapters.pynput_desktop.desktop import PynputDesktop


def open_desktop(password_fields: str = "toolkits") -> PynputDesktop | DiscreetDesktop:
    """Listen on this system's desktop. Raises UserError when it cannot be done.

    `password_fields` is one of profile.PASSWORD_FIELDS; it matters where the system itself keeps no secrets.

    Imported late, each on its own system: none of them loads anywhere else.
    """
    if sys.platform == "win32":
        from motjuste.adapters.pynput_desktop.desktop import PynputDesktop
        from motjuste.adapters.pynput_desktop.windows import WindowsSystem

        return PynputDesktop(WindowsSystem())
    if sys.platform == "darwin":
        from motjuste.adapters.pynput_desktop.desktop import PynputDesktop
        from motjuste.adapters.pynput_desktop.macos import MacSystem

        return PynputDesktop(MacSystem())
    from motjuste.adapters.discreet_desktop import DiscreetDesktop
    from motjuste.adapters.x11.desktop import X11Desktop

    return DiscreetDesktop(X11Desktop(), password_fields)


def try_desktop() -> None:
    """UserError when there is no desktop here on which a daemon could begin."""
    # On Windows and macOS there always is one.
    if sys.platform not in ("win32", "darwin"):
        from motjuste.adapters.x11.session import Session

        Session().close()
