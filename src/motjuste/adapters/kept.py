"""Files that save time from one run to the next, and that nobody else can have put there."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
from collections.abc import Iterable
from pathlib import Path

from motjuste.adapters.files import is_ours_alone, make_private_folder
from motjuste.errors import UserError


class Kept:
    """Keeps bytes under a name in `folder`; what is missing, foreign or damaged is simply not there.

    The folder must not be part of what people pass on to others: what is kept there is believed. So a file
    counts only when it belongs to the person and nobody else could write it, and as long as the `makers`, the
    modules that make such content, are the same files.
    """

    def __init__(self, folder: Path, makers: Iterable[str]) -> None:
        self._folder = folder
        self._makers = tuple(makers)
        self._made_by: bytes | None = None

    def get(self, name: str) -> bytes | None:
        """What was kept under `name`, or None when there is nothing that can be trusted."""
        try:
            with (self._folder / name).open("rb") as file:
                about = os.fstat(file.fileno())
                stored = file.read()
        except OSError:
            return None
        seal, content = stored[:32], stored[32:]
        return content if is_ours_alone(about) and seal == self._seal(content) else None

    def set(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, if the disk takes it: without it everything works, a little later."""
        unfinished = self._folder / f".{name}.{os.getpid()}"
        with contextlib.suppress(OSError, UserError):
            make_private_folder(self._folder)
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self._seal(content))
                file.write(content)
            unfinished.replace(self._folder / name)
        with contextlib.suppress(OSError):
            unfinished.unlink()

    def keep_only(self, beginnings: Iterable[str], *, among: str = "") -> None:
        """Remove what is kept under names that begin in another way; with `among`, only names that begin so."""
        known = tuple(beginnings)
        with contextlib.suppress(OSError):
            for kept in self._folder.iterdir():
                if kept.name.startswith(among) and not kept.name.startswith((*known, ".")) and kept.is_file():
                    kept.unlink(missing_ok=True)

    def _seal(self, content: bytes) -> bytes:
        if self._made_by is None:
            self._made_by = state_of(self._makers)
        seal = hashlib.sha256(self._made_by)
        seal.update(content)
        return seal.digest()


def state_of(modules: Iterable[str]) -> bytes:
    """What tells whether the files of these modules are the same as before."""
    found = (importlib.util.find_spec(name) for name in modules)
    origins = (Path(spec.origin) for spec in found if spec is not None and spec.origin is not None)
    return repr([(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in origins]).encode()
