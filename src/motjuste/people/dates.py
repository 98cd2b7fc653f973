"""Dates as files of people write them, each by the file's own format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from motjuste.people.names import fold

_MONTHS = (
    ("january", "janvier"),
    ("february", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "decembre"),
)
_NAMED = re.compile(r"(\d{1,2})(?:er)? ([a-z]{3,}) (\d{4}|\d{2})")
_NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")


def stated_date(text: str, day_first: bool | None) -> date | None:
    """The date that `text` states ("08 Feb 2026", "7-Feb-22", "8 févr. 2026", "2026-02-08"), or None."""
    try:
        if named := _NAMED.fullmatch(fold(text)):
            month = month_named(named[2])
            return date(full_year(named[3]), month, int(named[1])) if month else None
        if (numbered := _NUMBERED.fullmatch(text)) and day_first is not None:
            day, month = (1, 2) if day_first else (2, 1)
            return date(full_year(numbered[3]), int(numbered[month]), int(numbered[day]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@lru_cache(maxsize=64)
def month_named(beginning: str) -> int:
    """The month whose English or French name begins so, folded; 0 when it is none or may be several."""
    months = [
        number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(beginning) for name in names)
    ]
    return months[0] if len(months) == 1 else 0


def full_year(digits: str) -> int:
    """The year that two or four digits mean."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def day_first_in(texts: Iterable[str]) -> bool | None:
    """Whether the file writes 13/02 rather than 02/13; None when no date of it tells."""
    numbered = [match for match in map(_NUMBERED.fullmatch, texts) if match]
    by_first = any(int(match[1]) > 12 for match in numbered)
    by_second = any(int(match[2]) > 12 for match in numbered)
    return None if by_first == by_second else by_first
