"""The rules per application as files: a person's own, and those that ship."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from motjuste.adapters.files import read_text
from motjuste.errors import UserError
from motjuste.expansion.applications import Rule, read_applications


@dataclass(frozen=True)
class ApplicationFile:
    """The rules of a file; `problems` are sentences about those that could not be used."""

    rules: tuple[Rule, ...]
    problems: tuple[str, ...]


def read_application_file(path: Path) -> ApplicationFile:
    """The rules of one file; one that does not exist holds none."""
    if not path.exists():
        return ApplicationFile((), ())
    try:
        rules, problems = read_applications(read_text(path), str(path))
    except UserError as problem:
        return ApplicationFile((), (str(problem),))
    return ApplicationFile(rules, tuple(map(str, problems)))
