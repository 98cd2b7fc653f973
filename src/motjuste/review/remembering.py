"""Where the person stopped, from one review to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from motjuste.adapters.files import read_text, write_atomically
from motjuste.errors import UserError
from motjuste.review.sifting import Filter


@dataclass(frozen=True)
class Remembered:
    """The invitation that was shown, by its id, and what was gone through."""

    at: str = ""
    filter: Filter = field(default_factory=Filter)


class Memory(Protocol):
    """Keeps where the person stopped."""

    def recall(self) -> Remembered: ...

    def keep(self, now: Remembered) -> None: ...


class MemoryFile:
    """Keeps it in a file. What cannot be read or written costs the place, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def recall(self) -> Remembered:
        """See Memory."""
        try:
            kept = json.loads(read_text(self._path))
            return Remembered(str(kept["at"]), Filter.from_text(json.dumps(kept["filter"])))
        except (UserError, ValueError, KeyError, TypeError):
            return Remembered()

    def keep(self, now: Remembered) -> None:
        """See Memory."""
        document = {"at": now.at, "filter": json.loads(now.filter.as_text())}
        try:
            write_atomically(self._path, json.dumps(document, ensure_ascii=False) + "\n")
        except UserError:
            return
