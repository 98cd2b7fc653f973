"""A file of the person's in their own editor, until it is in order or they leave it so."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from motjuste.adapters.editor import edit
from motjuste.adapters.files import read_text, write_new
from motjuste.cli.asking import agreed, someone_is_there
from motjuste.cli.output import Answer, tell


def edit_file(path: Path, start: Path | None, problems: Callable[[], tuple[str, ...]], *, unchanged: str) -> Answer:
    """Open the file at `path`, made as a copy of `start` where it is missing, and say what is wrong with it.

    A copy that was not changed goes away again, and `unchanged` says what that means.
    """
    made = start if start is not None and not path.exists() else None
    if made is not None:
        write_new(path, read_text(made))
    try:
        while True:
            edit(path, os.environ)
            if made is not None and _same(path, made):
                return Answer("", None, (unchanged,))
            found = problems()
            if not found:
                return Answer(str(path), None, ("all in order",))
            tell(found)
            if not (someone_is_there() and agreed("Edit it again?")):
                return Answer(str(path), exit_code=1)
    finally:
        # A copy that says the same would only keep later versions of it away.
        if made is not None and _same(path, made):
            path.unlink()


def _same(path: Path, start: Path) -> bool:
    return path.is_file() and path.read_bytes().decode("utf-8", "replace") == read_text(start)
