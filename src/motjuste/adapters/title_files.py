"""A person's own rules about window titles as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from motjuste.adapters.files import read_text
from motjuste.errors import UserError
from motjuste.people.title_rules import TitleRule, read_title_rules


@dataclass(frozen=True)
class TitleFile:
    """The rules of a file; `problems` are sentences about those that could not be used."""

    rules: tuple[TitleRule, ...] = ()
    problems: tuple[str, ...] = ()


def read_title_file(path: Path) -> TitleFile:
    """The rules of one file; one that does not exist holds none."""
    if not path.exists():
        return TitleFile()
    try:
        rules, problems = read_title_rules(read_text(path), str(path))
    except UserError as problem:
        return TitleFile(problems=(str(problem),))
    return TitleFile(rules, tuple(map(str, problems)))
