"""Short notices on the desktop, by the freedesktop tool `notify-send`; nothing is typed and no focus is taken."""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from typing import Final

from motjuste.errors import printable

_LONGEST: Final = 400


class DesktopNotifier:
    """Fulfils `ports.Notifier`; a notice is also a line on standard error."""

    def __init__(self) -> None:
        self._tool = shutil.which("notify-send")
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def available(self) -> bool:
        return self._tool is not None

    def notify(self, summary: str, body: str = "") -> None:
        summary, body = printable(summary)[:_LONGEST], printable(body)[:_LONGEST]
        print(f"motjuste: {summary}{': ' if body else ''}{body}", file=sys.stderr, flush=True)
        # Those that have ended are let go here, so that none stays behind as a zombie.
        self._running = [process for process in self._running if process.poll() is None]
        if self._tool is None:
            return
        try:
            self._running.append(
                subprocess.Popen(
                    # The body may hold markup by the notification's specification, so a card's text is escaped.
                    [self._tool, "--app-name=motjuste", "--", summary, html.escape(body)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        except OSError:
            self._tool = None
