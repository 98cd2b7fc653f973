"""The person's browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from urllib.parse import urlsplit

from motjuste.adapters.copying import has_display


class SystemBrowser:
    """Opens pages where the person reads them. Fulfils review.judging.Browser."""

    def open(self, address: str) -> bool:
        """Whether a browser took the address. Only pages of the web are opened, whatever an invitation says."""
        page = page_of(address)
        if not page or not has_display():
            return False
        if sys.platform == "linux":
            # A browser within the terminal, which webbrowser would take too, would write over what is shown.
            opener = shutil.which("xdg-open")
            return bool(opener) and _runs([opener or "", page])
        return webbrowser.open(page)


def page_of(address: str) -> str:
    """The address as a page of the web, https where it does not say; "" when it is none."""
    text = address.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and "." in (parts.hostname or "") else ""


def _runs(command: list[str]) -> bool:
    try:
        opening = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
        )
    except OSError:
        return False
    # Some openers stay as long as the browser; who does not wait for a program leaves a dead one behind.
    threading.Thread(target=opening.wait, daemon=True).start()
    return True
