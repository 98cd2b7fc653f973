"""Reads the table `[interests]` of `profile.toml`: whom the person looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Protocol

from motjuste.errors import UserError
from motjuste.inbox.interests import Interests
from motjuste.people.names import fold, safe_text

# Beyond these it is a mistake: a whole list of contacts pasted into the profile, say.
MOST_INTERESTS, LONGEST_INTEREST = 500, 200


class Lines(Protocol):
    """Knows where in the file a key stands, and says what is wrong there."""

    def line_of(self, key: str, *, start: int = 1, fallback: str = "") -> int: ...

    def at(self, line: int, problem: str, *, next_step: str = "") -> UserError: ...

    def unknown(self, what: str, name: str, known: tuple[str, ...], line: int) -> UserError: ...


def read_interests(lines: Lines, value: Any, start: int) -> Interests:
    """The interests that `value` holds, the table that begins at line `start`.

    Raises UserError for an unknown key, for what is no list of texts, and for a text that says nothing.
    """
    if not isinstance(value, dict):
        raise lines.at(start, "interests should be a table", next_step="begin it with a line [interests]")
    return Interests(
        **{key: _texts(lines, key, each, start) for key, each in _known(lines, value, start).items()}
    )


def _known(lines: Lines, table: Mapping[str, Any], start: int) -> Mapping[str, Any]:
    known = tuple(each.name for each in fields(Interests))
    for key in table:
        if key not in known:
            raise lines.unknown("key in interests", key, known, lines.line_of(key, start=start))
    return table


def _texts(lines: Lines, key: str, value: Any, start: int) -> tuple[str, ...]:
    line = lines.line_of(key, start=start)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise lines.at(
            line, f"{key} should be a list of texts", next_step=f'write: {key} = ["{_EXAMPLES[key]}", "…"]'
        )
    if len(value) > MOST_INTERESTS:
        raise lines.at(line, f"{key} holds {len(value)} texts, more than {MOST_INTERESTS}")
    for text in value:
        if len(text) > LONGEST_INTEREST or not fold(text):
            expected = f"words to look for, at most {LONGEST_INTEREST} characters each"
            raise lines.at(line, f"{key} should hold {expected}, not {text[:40]!r}")
    return tuple(map(safe_text, value))


_EXAMPLES = {
    "positions": "directrice marketing",
    "backgrounds": "archives sonores",
    "companies": "Atelier Nord",
    "schools": "Université Laval",
    "groups": "Édition au Québec",
    "places": "Québec",
}
