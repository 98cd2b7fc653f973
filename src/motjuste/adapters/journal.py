"""The daemon's log: what happened and when, one JSON document a line, in a small file of the person's own."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from motjuste.adapters.files import make_private_folder, reason
from motjuste.errors import UserError, printable

_LARGEST: Final = 256 * 1024
_LONGEST_FACT: Final = 80

if sys.platform == "win32":
    # It makes links for administrators only; but its text mode would change what a line ends in.
    _NOT_THROUGH_LINKS: Final = os.O_BINARY
else:
    _NOT_THROUGH_LINKS: Final = os.O_NOFOLLOW

Entry = dict[str, Any]


class Journal:
    """Appends to the file at `path`, and never fails: what a disk does not take is counted and told later.

    A file that has grown to `largest` bytes becomes the older one, in place of the one before.
    """

    def __init__(
        self,
        path: Path,
        *,
        largest: int = _LARGEST,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._path = path
        self._largest = largest
        self._now = now
        self._lost = 0
        self.problem = ""
        """Why the last line could not be written, "" when it could."""

    def note(self, event: str, **facts: object) -> None:
        """Write that `event` happened; facts that are None or empty are left out."""
        entries = [self._entry(event, facts)]
        if self._lost:
            entries.insert(0, self._entry("lines lost", {"count": self._lost}))
        try:
            self._append("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries))
        except (OSError, UserError) as problem:
            self._lost += 1
            self.problem = reason(problem) if isinstance(problem, OSError) else str(problem)
        else:
            self._lost = 0
            self.problem = ""

    def _entry(self, event: str, facts: dict[str, object]) -> Entry:
        moment = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
        told = {name: _short(value) for name, value in facts.items() if value not in (None, "", ())}
        return {"time": moment, "event": event, **told}

    def _append(self, lines: str) -> None:
        make_private_folder(self._path.parent)
        # Opened for each entry, so that a log that somebody has moved or deleted simply begins anew.
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | _NOT_THROUGH_LINKS
        with open(os.open(self._path, flags, 0o600), "r+b", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            # A line that a full disk has cut short ends here, so that the next one can be read.
            torn = size > 0 and file.seek(size - 1) >= 0 and file.read(1) != b"\n"
            data = b"\n" * torn + lines.encode()
            if file.write(data) != len(data):
                raise OSError(28, os.strerror(28))
        if size + len(data) >= self._largest:
            self._path.replace(older(self._path))


def older(path: Path) -> Path:
    """Where the entries before those at `path` are."""
    return path.with_name(f"{path.name}.1")


def read(path: Path, lines: int) -> list[Entry]:
    """The last `lines` entries, the oldest first. UserError when there is a log that cannot be read."""
    found: list[Entry] = []
    for each in (path, older(path)):
        if len(found) < lines:
            found[:0] = _entries(_content(each))
    return found[-lines:]


class Follower:
    """The last `lines` entries and all that follow, also when a new file takes the place of the old one.

    UserError when there is a log that cannot be read.
    """

    def __init__(self, path: Path, lines: int) -> None:
        self._path = path
        self._file = _inode(path)
        whole = _whole_lines(_content(path))
        self._read = len(whole)
        self._first = [*_entries(_content(older(path))), *_entries(whole)][-lines:]

    def more(self) -> Iterator[Entry]:
        """What was written since the last call."""
        yield from self._first
        self._first = []
        rest = b""
        if (file := _inode(self._path)) != self._file:
            rest = _content(older(self._path))[self._read :] if self._file else b""
            self._file, self._read = file, 0
        whole = _whole_lines(_content(self._path)[self._read :])
        self._read += len(whole)
        yield from _entries(rest + whole)


def _inode(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_ino
    return 0


def _whole_lines(data: bytes) -> bytes:
    """Without a line that is still being written."""
    return data[: data.rfind(b"\n") + 1]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as problem:
        raise UserError(
            f"the log {path} cannot be read: {reason(problem)}",
            next_step="give yourself the right to read it",
        ) from problem


def _entries(content: bytes) -> Iterator[Entry]:
    for line in content.splitlines():
        # A line that a full disk has cut short says nothing; the others do.
        with contextlib.suppress(ValueError):
            entry = json.loads(line)
            if isinstance(entry, dict) and {"time", "event"} <= entry.keys():
                yield entry


def _short(value: object) -> object:
    return printable(value)[:_LONGEST_FACT] if isinstance(value, str) else value
