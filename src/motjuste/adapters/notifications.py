"""Short notices on the desktop, by the freedesktop tool `notify-send`; nothing is typed and no focus is taken."""

from __future__ import annotations

import contextlib
import html
import os
import shutil
import subprocess
import sys
import time
from typing import Final

from motjuste.errors import printable

_LONGEST: Final = 400
_MOST_AT_ONCE: Final = 8
_PATIENCE_SECONDS: Final = 10.0


class DesktopNotifier:
    """Fulfils `ports.Notifier`, and never waits: a service that hangs holds up its own notice alone.

    A notice is also a line on `terminal` (the path of one), if there is any. Never in a file: a notice may
    name people.
    """

    def __init__(self, terminal: str = "") -> None:
        # Opened anew, because a terminal that somebody has stopped with Ctrl+S must not hold up all typing, and
        # not to wait is a property that is shared with everybody who has it from the same opening.
        self._terminal: int | None = None
        if terminal and sys.platform != "win32":
            self._terminal = os.open(terminal, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        self._tool = shutil.which("notify-send")
        self._running: list[tuple[float, subprocess.Popen[bytes]]] = []
        self._problem = "" if self._tool else "notices are not shown: notify-send is not installed"

    @classmethod
    def here(cls) -> DesktopNotifier:
        """With this program's terminal, if a person looks at one."""
        with contextlib.suppress(ValueError, AttributeError, OSError):
            if sys.platform != "win32" and sys.stderr.isatty():
                return cls(os.ttyname(sys.stderr.fileno()))
        return cls()

    @property
    def problem(self) -> str:
        """Why notices are not shown, "" when they are."""
        self._let_go()
        return self._problem

    @property
    def waiting(self) -> int:
        """How many notices nobody has taken yet."""
        self._let_go()
        return len(self._running)

    def notify(self, summary: str, body: str = "") -> None:
        summary, body = printable(summary)[:_LONGEST], printable(body)[:_LONGEST]
        self._print(f"motjuste: {summary}{': ' if body else ''}{body}\n")
        self._let_go()
        if self._tool is None:
            return
        if len(self._running) >= _MOST_AT_ONCE:
            self._problem = "notices are not shown: the notification service does not answer"
            return
        try:
            notice = subprocess.Popen(
                # The body may hold markup by the notification's specification, so a card's text is escaped.
                [self._tool, "--app-name=motjuste", "--", summary, html.escape(body)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as problem:
            self._problem = f"notices are not shown: {(problem.strerror or str(problem)).lower()}"
        else:
            self._running.append((time.monotonic(), notice))

    def _print(self, line: str) -> None:
        if self._terminal is not None:
            with contextlib.suppress(OSError):
                os.write(self._terminal, line.encode())

    def _let_go(self) -> None:
        """Let those that have ended go, so that none stays behind as a zombie, and end those that hang."""
        running = []
        for since, notice in self._running:
            code = notice.poll()
            if code is None and time.monotonic() - since > _PATIENCE_SECONDS:
                notice.kill()
                self._problem = "notices are not shown: the notification service does not answer"
            if code is None:
                running.append((since, notice))
            elif code == 0:
                self._problem = ""
            elif code > 0:
                self._problem = "notices are not shown: no notification service answers notify-send"
        self._running = running
