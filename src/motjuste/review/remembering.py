"""Where the person stopped, from one review to the next."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from motjuste.adapters.files import make_private_folder, read_text
from motjuste.errors import UserError
from motjuste.review.sifting import Filter


@dataclass(frozen=True)
class Remembered:
    """The invitation that was shown, by its id, and what was gone through, but for words that were searched."""

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
        # Kept at every key: it has to outlive this program, and not, like a decision, a loss of power.
        unfinished = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with contextlib.suppress(UserError, OSError):
            make_private_folder(self._path.parent)
            unfinished.write_text(json.dumps(document, ensure_ascii=False) + "\n", "utf-8")
            unfinished.chmod(0o600)
            unfinished.replace(self._path)
