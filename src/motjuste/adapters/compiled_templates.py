"""Compiled templates, kept from one run to the next: compiling takes longer than the rest of a message."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import stat
from functools import cached_property
from pathlib import Path

from motjuste.adapters.files import make_private_folder
from motjuste.errors import UserError

# What turns templates into code: when one of these files changes, all that was kept is out of date.
COMPILERS = ("motjuste.messages.environment", "jinja2.compiler", "jinja2.nodes", "jinja2.parser")


class CompiledTemplates:
    """Keeps code under its key in `folder`; what is missing, foreign or damaged is simply not there.

    The folder must not be part of what people pass on to others: code in it is run as it stands. So a file
    counts only when it belongs to the person and nobody else could write it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The code that was kept under `key`, or None when there is none that can be trusted."""
        try:
            with (self._folder / key).open("rb") as file:
                about = os.fstat(file.fileno())
                content = file.read()
        except OSError:
            return None
        ours = about.st_uid == os.getuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        seal, code = content[:32], content[32:]
        return code if ours and seal == self._seal(code) else None

    def set(self, key: str, code: bytes) -> None:
        """Keep `code` under `key`, if the disk takes it: without it everything works, a little later."""
        unfinished = self._folder / f".{key}.{os.getpid()}"
        with contextlib.suppress(OSError, UserError):
            make_private_folder(self._folder)
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self._seal(code) + code)
            unfinished.replace(self._folder / key)
        with contextlib.suppress(OSError):
            unfinished.unlink()

    def _seal(self, code: bytes) -> bytes:
        return hashlib.sha256(self._compiler + code).digest()

    @cached_property
    def _compiler(self) -> bytes:
        """The state of the files that compile."""
        found = (importlib.util.find_spec(name) for name in COMPILERS)
        origins = (Path(spec.origin) for spec in found if spec is not None and spec.origin is not None)
        return repr([(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in origins]).encode()
