"""What every window of the bench writes: a line of JSON for each change of its text and each click, with its time."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


class ChangeLog:
    """Appends to the file named on the command line, flushed line by line."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115 - open as long as the window
        self._last: str | None = None

    def changed(self, text: str, moment: float | None = None) -> None:
        """Write the text down unless it is what was written last; `moment` is of `time.monotonic`, or now."""
        moment = time.monotonic() if moment is None else moment
        if text != self._last:
            self._last = text
            self._write(time=moment, text=text)

    def clicked(self) -> None:
        """Write down that a click has reached the box: what is typed from now on reaches it too."""
        self._write(time=time.monotonic(), click=True)

    def _write(self, **entry: object) -> None:
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()


def obey(set_text: Callable[[str], object]) -> bool:
    """Read one command from standard input: a JSON string is the text to set. False at the end of input."""
    line = sys.stdin.readline()
    if line.strip():
        set_text(json.loads(line))
    return bool(line)
