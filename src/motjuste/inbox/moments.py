"""Dates with a time of day as the network's files write them, each by the file's own format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from motjuste.people.dates import full_year, month_named
from motjuste.people.names import fold

# What stands before AM may be a narrow space, or what a spreadsheet has made of it.
_CLOCK = r"(\d{1,2})(?:\s?:\s?|\s?[hH]\s?)(\d{2})(?::(\d{2}))?(?:[^0-9]{0,5}?([AaPp])\.?\s?[Mm]\b\.?)?"
_NUMBERED = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}})(?:,?\s+(?:à\s+|at\s+)?{_CLOCK})?")
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T,\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(UTC|GMT|Z|[+-]\d{2}:?\d{2})?"
)
_FOLDED_CLOCK = r"(?: (?:a|at))?(?: (\d{1,2})(?: ?h ?| )(\d{2})(?: (\d{2}))?(?: ?([ap]) ?m)?)?"
_DAY_FIRST = re.compile(
    rf"(?:[a-z]+ )?(\d{{1,2}})(?:er|st|nd|rd|th)? ([a-z]{{3,}}) (\d{{4}}|\d{{2}}){_FOLDED_CLOCK}"
)
_MONTH_FIRST = re.compile(
    rf"(?:[a-z]+ )?([a-z]{{3,}}) (\d{{1,2}})(?:st|nd|rd|th)? (\d{{4}}|\d{{2}}){_FOLDED_CLOCK}"
)
# As the network itself writes it, the month first: "2/12/26, 11:44 AM".
_OF_THE_NETWORK = re.compile(r"[1-9]\d?/[1-9]\d?/\d{2}, [1-9]\d?:\d{2}\s[AP]M")
_LONGEST = 60


class Moments:
    """Reads the dates of one file. Which of two numbers is the day, only the file itself can tell."""

    def __init__(self, texts: Iterable[str]) -> None:
        by_day = by_month = network = False
        for text in texts:
            if (found := _NUMBERED.fullmatch(text[:_LONGEST])) is not None:
                by_day |= int(found[1]) > 12
                by_month |= int(found[2]) > 12
                network = network or _OF_THE_NETWORK.fullmatch(text) is not None
        self._day_first: bool | None = None
        if by_day != by_month:
            self._day_first = by_day
        elif network and not by_day:
            self._day_first = False

    def read(self, text: str) -> datetime | None:
        """The moment that `text` states, with a zone where it names one; None when it cannot be told."""
        try:
            return self._read(text)
        except ValueError:
            return None

    def why_not(self, text: str) -> str:
        """Why `text` cannot be read, in words."""
        shown = text if len(text) <= 40 else text[:39] + "…"
        if _NUMBERED.fullmatch(text[:_LONGEST]) and self._day_first is None and _is_open(text):
            return f"no date of this file tells which of {shown!r} is the day and which the month"
        return f"the date {shown!r} cannot be read" if text else "the date is missing"

    def _read(self, text: str) -> datetime | None:
        if len(text) > _LONGEST:
            return None
        if found := _NUMBERED.fullmatch(text):
            first, second, year = int(found[1]), int(found[2]), full_year(found[3])
            # A number above 12 is a day wherever it stands, and of two equal ones either is.
            day_first = first > 12 or (second <= 12 and bool(self._day_first))
            if self._day_first is None and _is_open(text):
                return None
            day, month = (first, second) if day_first else (second, first)
            return datetime(year, month, day, *_time(found[4], found[5], found[6], found[7]))
        if found := _ISO.fullmatch(text):
            at = datetime(
                int(found[1]), int(found[2]), int(found[3]), *_time(found[4], found[5], found[6], None)
            )
            return _in_zone(at, found[7])
        folded = fold(text)
        if found := _DAY_FIRST.fullmatch(folded):
            day, month = int(found[1]), month_named(found[2])
        elif found := _MONTH_FIRST.fullmatch(folded):
            day, month = int(found[2]), month_named(found[1])
        else:
            return None
        return datetime(full_year(found[3]), month, day, *_time(found[4], found[5], found[6], found[7]))


def _is_open(text: str) -> bool:
    """Whether either number may be the day, and it makes a difference."""
    found = _NUMBERED.fullmatch(text)
    return found is not None and int(found[1]) != int(found[2]) and int(found[1]) <= 12 >= int(found[2])


def _time(hour: str | None, minute: str | None, second: str | None, half: str | None) -> tuple[int, int, int]:
    """Hour, minute and second; midnight where the text tells only the day."""
    if hour is None or minute is None:
        return 0, 0, 0
    hours = int(hour)
    if half:
        if hours > 12:
            raise ValueError(hour)
        hours = hours % 12 + (12 if half in "Pp" else 0)
    return hours, int(minute), int(second or 0)


def _in_zone(at: datetime, zone: str | None) -> datetime:
    if not zone:
        return at
    if zone in ("UTC", "GMT", "Z"):
        return at.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{at.isoformat()}{zone}")
