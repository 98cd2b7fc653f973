"""The person's own text editor."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from motjuste.adapters.files import reason
from motjuste.errors import UserError


def edit(path: Path, environment: Mapping[str, str]) -> None:
    """Open the file at `path` in $VISUAL or $EDITOR and wait until it is closed; UserError when that cannot be.

    An editor that Ctrl+C ended is a KeyboardInterrupt.
    """
    command = _command(environment, path)
    # In many editors Ctrl+C is a command of their own; it must not end us while they go on. They are started after
    # that is arranged, and by a handler, because they would inherit that it is ignored.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        code = subprocess.Popen([*command, str(path)]).wait()
    except OSError as error:
        raise UserError(
            f"the editor {command[0]!r} cannot be started: {reason(error)}",
            next_step=f"set EDITOR to one that you have, or open {path} yourself",
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code in (-signal.SIGINT, 128 + signal.SIGINT):
        raise KeyboardInterrupt
    if code:
        raise UserError(
            f"the editor {command[0]!r} failed with {code}",
            next_step=f"try another one in EDITOR, or open {path} yourself",
        )


def _command(environment: Mapping[str, str], path: Path) -> list[str]:
    """The editor with its own arguments: `code --wait`."""
    for name in ("VISUAL", "EDITOR"):
        value = environment.get(name, "").strip()
        if value:
            try:
                # On Windows a backslash is part of a path.
                return shlex.split(value, posix=os.name == "posix")
            except ValueError:
                raise UserError(
                    f"{name} is {value!r}, in which a quotation mark is not closed",
                    next_step=f"write the editor as in a terminal: {name}='nano'",
                ) from None
    raise UserError(
        "no editor is set in VISUAL or EDITOR", next_step=f"set one (EDITOR=nano), or open {path} yourself"
    )
