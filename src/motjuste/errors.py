"""What a person can mend: each error is one line that says what is wrong and what to do next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def printable(value: object) -> str:
    """`value` as one line that cannot move a terminal's cursor, colour it or turn its direction.

    Control characters, bidirectional overrides, line and paragraph separators become spaces.
    """
    text = str(value)
    safe = (
        " "
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and character not in "\u200d\u00ad"
        else character
        for character in text
    )
    return " ".join("".join(safe).split(" ")).strip()


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """The known name that `wanted` was probably meant to be, or None when nothing is near."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(wanted.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


class UserError(Exception):
    """Something that the person can mend. Shown as one line; the program ends with `exit_code`."""

    exit_code = 1

    def __init__(self, problem: str, *, next_step: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step

    def __str__(self) -> str:
        line = printable(self.problem)
        return f"{line}; {printable(self.next_step)}" if self.next_step else line


class UsageError(UserError):
    """The command was called in a way it does not know."""

    exit_code = 2


# What a unit's number counts, in a reader's words.
_COUNTED = {"bytes": "bytes", "sms": "text messages", "x-weighted": "characters as X counts them"}


class DoesNotFit(UserError):
    """No wording is short enough for the channel. Nothing was typed and nothing was copied."""

    exit_code = 3

    def __init__(self, *, shortest: str, length: int, limit: int, unit: str, channel: str) -> None:
        counted = _COUNTED.get(unit, "characters")
        super().__init__(
            f"the text does not fit {channel}: its shortest wording has {length} {counted}, the limit is {limit}",
            next_step=f"shorten the template or the fields by {length - limit}",
        )
        self.shortest = shortest
        self.length = length
        self.limit = limit
        self.unit = unit
        self.channel = channel


class NoSuchPerson(UserError):
    """Nobody, or more than one person, answers to the name that was given."""

    exit_code = 4

    def __init__(self, problem: str, *, next_step: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(problem, next_step=next_step)
        self.candidates = tuple(candidates)
