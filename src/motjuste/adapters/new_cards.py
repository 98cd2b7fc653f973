"""Adding many card files to a folder: all of them or none, whatever happens in the middle."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from motjuste.adapters.files import make_private_folder, reason, sync_folder
from motjuste.errors import UserError

_UNFINISHED: Final = ".import-"
WRITTEN: Final = ".added-"
"""How the name of a folder begins whose files are all written, and belong to the folder that it stands in."""
_SECONDS_OF_A_DAY: Final = 86_400


def save_together(folder: Path, texts: Mapping[str, str]) -> Mapping[str, os.stat_result]:
    """Write new files of `folder` by their names: all of them, or none when one cannot be written.

    What is known of each when it was written is returned. Raises UserError when one cannot be. What is interrupted
    once all are written is finished by `take_in`.
    """
    written: dict[str, os.stat_result] = {}
    if not texts:
        return written
    make_private_folder(folder)
    _clear_away(folder)
    try:
        unfinished = tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder)
        try:
            for name, text in texts.items():
                with open(_new_file(f"{unfinished}/{name}"), "wb") as file:
                    file.write(text.encode("utf-8", "replace"))
                    file.flush()
                    written[name] = os.fstat(file.fileno())
            # One flush for all: asking for each of 30,000 files by itself takes minutes. Windows has none for all.
            if sys.platform != "win32":
                os.sync()
            # Before this one step nobody is added, after it everybody is.
            os.rename(unfinished, Path(folder, WRITTEN + unfinished.rpartition(_UNFINISHED)[2]))
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise UserError(
            f"the contacts could not be saved in {folder}: {reason(error)}",
            next_step="nobody was added; make room or make the folder writable, then try again",
        ) from error
    sync_folder(folder)
    take_in(folder)
    return written


def take_in(folder: Path) -> None:
    """Move to `folder` the files that an import has all written; what cannot be moved is left for the next time."""
    with contextlib.suppress(OSError):
        for written in [each for each in folder.iterdir() if each.name.startswith(WRITTEN)]:
            for path in list(written.iterdir()):
                # Another program may be doing the same.
                with contextlib.suppress(OSError):
                    os.rename(path, _free(folder / path.name))
            with contextlib.suppress(OSError):
                written.rmdir()
        sync_folder(folder)


def _new_file(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _free(path: Path) -> Path:
    """`path`, or one beside it where somebody has put another file there meanwhile."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _clear_away(folder: Path) -> None:
    """Remove what imports of former days have left that were cut off before all was written."""
    with contextlib.suppress(OSError):
        for each in folder.iterdir():
            if each.name.startswith(_UNFINISHED) and time.time() - each.stat().st_mtime > _SECONDS_OF_A_DAY:
                shutil.rmtree(each, ignore_errors=True)
