"""When somebody was last written to or chosen: a file of lines that outlives every index."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from motjuste.adapters.files import make_private_folder, write_atomically
from motjuste.errors import UserError
from motjuste.people.card import Contact

_LONGEST: Final = 64 * 1024
"""How many bytes the file may have before it is written anew, a line for each person."""


class LastUsed:
    """The times in the file at `path`, one line each: seconds, and what identifies the person."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._times: dict[str, int] | None = None

    def note(self, contact: Contact) -> None:
        """Remember that somebody is used now; where it cannot be written, it is as if it had not been."""
        from motjuste.people.merging import identities  # late: only who is written to needs it

        who, seconds = next(identities(contact), ""), int(self._now().timestamp())
        if not who:
            return
        if self._times is not None:
            self._times[who] = seconds
        with contextlib.suppress(OSError, UserError):
            make_private_folder(self._path.parent)
            with open(os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
                file.write(f"{seconds} {who}\n".encode())
                size = file.tell()
            if size > _LONGEST:
                self._times = None
                self._write(self._read())

    def when(self, contact: Contact) -> int:
        """When somebody was used last, in seconds; 0 is never."""
        times = self._read()
        if not times:
            return 0
        from motjuste.people.merging import identities

        return max((times.get(who, 0) for who in identities(contact)), default=0)

    def forget(self, contact: Contact) -> bool:
        """Keep no time of somebody; whether there was one. Raises UserError when that cannot be saved."""
        from motjuste.people.merging import identities

        self._times = None
        times, known = self._read(), set(identities(contact))
        kept = {who: seconds for who, seconds in times.items() if who not in known}
        if len(kept) < len(times):
            self._write(kept)
        return len(kept) < len(times)

    def _read(self) -> dict[str, int]:
        if self._times is None:
            self._times = {}
            with contextlib.suppress(OSError):
                for line in self._path.read_text("utf-8", "replace").splitlines():
                    seconds, _, who = line.partition(" ")
                    if seconds.isascii() and seconds.isdecimal():
                        self._times[who] = max(int(seconds), self._times.get(who, 0))
        return self._times

    def _write(self, times: dict[str, int]) -> None:
        self._times = times
        write_atomically(self._path, "".join(f"{seconds} {who}\n" for who, seconds in times.items()))
