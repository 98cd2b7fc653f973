"""Templates as they were read, kept from one run to the next: reading takes longer than the rest of a message."""

from __future__ import annotations

from pathlib import Path

from motjuste.adapters.kept import Kept

# What turns templates into code, and front matter into values: when one of these changes, all that was kept is old.
COMPILERS = (
    "motjuste.messages.environment",
    "motjuste.messages.front_matter",
    "motjuste.messages.kept_front_matter",
    "motjuste.messages.check_names",
    "jinja2.compiler",
    "jinja2.nodes",
    "jinja2.parser",
)


class CompiledTemplates(Kept):
    """Keeps code and values under their keys in `folder`; they are used as they stand."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, COMPILERS)
