"""Compiled templates, kept from one run to the next: compiling takes longer than the rest of a message."""

from __future__ import annotations

from pathlib import Path

from motjuste.adapters.kept import Kept

# What turns templates into code: when one of these files changes, all that was kept is out of date.
COMPILERS = ("motjuste.messages.environment", "jinja2.compiler", "jinja2.nodes", "jinja2.parser")


class CompiledTemplates(Kept):
    """Keeps code under its key in `folder`, which is run as it stands."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, COMPILERS)
