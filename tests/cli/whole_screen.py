"""A real terminal of our own: a program runs in it, keys are typed, and what it shows is read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

PATIENCE = 60.0
# What moves the cursor, colours, or asks the terminal something.
_CONTROLS = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-Z\\-_=>])"
)


class Terminal:
    """A terminal of 80 × 24 with `motjuste` running in it."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._theirs = theirs
        self.before = termios.tcgetattr(theirs)
        self.seen = ""
        self._unread = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "motjuste", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
            start_new_session=True,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=PATIENCE)
        os.close(self._ours)
        os.close(self._theirs)

    def until(self, *texts: str) -> None:
        """Read until each of the texts has been shown since the last key."""
        end = time.monotonic() + PATIENCE
        while any(text not in self.seen for text in texts):
            left = end - time.monotonic()
            assert left > 0, f"{texts} never came; last came: {self.seen[-2000:]!r}"
            assert self._read(left), f"the program ended before {texts} came: {self.seen[-2000:]!r}"

    def type(self, keys: str) -> None:
        """Type, and forget what was shown before."""
        self.seen = ""
        os.write(self._ours, keys.encode())

    def ended(self) -> int:
        """The exit code, once all that was written is read."""
        while self.process.poll() is None:
            self._read(0.05)
        while self._read(0):
            pass
        return self.process.returncode

    @property
    def settings(self) -> list[Any]:
        return termios.tcgetattr(self._theirs)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(0, seconds))
        if not ready:
            return self.process.poll() is None and seconds > 0
        self._unread += os.read(self._ours, 65536)
        text = self._unread.decode("utf-8", "ignore")
        self._unread = b""
        self.raw = getattr(self, "raw", "") + text
        self.seen += _CONTROLS.sub("", text)
        return True
