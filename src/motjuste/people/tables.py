"""Tables of people: the network's export, Google's and Outlook's, also after a spreadsheet has saved them again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from motjuste.people.card import Contact, profile_key
from motjuste.people.dates import day_first_in, stated_date
from motjuste.people.layouts import EXPECTED, LAYOUTS, Layout
from motjuste.people.names import fold
from motjuste.people.reading import MOST_PEOPLE, TOO_MANY, Problem, Reading, decoded

_Row = Mapping[str, Sequence[str]]
# Which fields a stray delimiter may have torn: which one it stands in is unknown, hardly a name or an address.
_TORN = ("organization", "title", "connected_on", "note")

# How far a header is looked for: the network writes a paragraph above it, and a table of anything else may be huge.
_MOST_LINES_ABOVE = 500


def is_table(data: bytes) -> bool:
    """Whether there is a header in `data` that is known."""
    return _header(_lines(data)) is not None


def read_table(data: bytes, source: str) -> Reading:
    """The people of a table. Its header is found by the names of the columns, not by its place."""
    lines = _lines(data)
    header = _header(lines)
    if header is None:
        found = next((line.strip() for line in lines if line.strip()), "")
        shown = found if len(found) <= 60 else found[:59] + "…"
        wrong = f"{EXPECTED}; found {shown!r}" if found else "the file is empty"
        return Reading(problems=(Problem(source, 1, wrong),))
    if header.layout.left_out:
        return Reading(problems=(Problem(source, header.line, header.layout.left_out),))
    return _Rows(source, header).read(lines)


def _lines(data: bytes) -> list[str]:
    return decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")


@dataclass(frozen=True)
class _Header:
    line: int
    delimiter: str
    layout: Layout
    names: tuple[str, ...]
    fields: tuple[str, ...]

    @cached_property
    def has_places(self) -> bool:
        return any(field.startswith(("city ", "country ")) for field in self.fields)


def _header(lines: Sequence[str]) -> _Header | None:
    for number, line in enumerate(lines[:_MOST_LINES_ABOVE], 1):
        for delimiter in ",;\t":
            names = _fields(line, delimiter) if delimiter in line else []
            for layout in LAYOUTS:
                if names and (fields := layout.fields_of(names)):
                    return _Header(number, delimiter, layout, tuple(map(str.strip, names)), fields)
    return None


def _fields(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Rows:
    """The rows under one header."""

    def __init__(self, source: str, header: _Header) -> None:
        self.source = source
        self.header = header
        self.contacts: list[Contact] = []
        self.problems: list[Problem] = []
        self.hidden: list[int] = []
        self.undated: list[int] = []
        self.day_first: bool | None = None

    def read(self, lines: Sequence[str]) -> Reading:
        rows = list(self._rows(lines))
        self.day_first = day_first_in(_first(row, "connected_on") for _, row in rows)
        self._tell_left_out(rows)
        for number, row in rows:
            if len(self.contacts) == MOST_PEOPLE:
                self._report(number, TOO_MANY)
                break
            self._take(number, row)
        self._report_together(
            self.hidden, "hides their name and was left out", "hide their names and were left out"
        )
        self._report_together(
            self.undated, "has a date that cannot be read", "have dates that cannot be read"
        )
        if not self.contacts and not self.problems:
            self._report(self.header.line, "there is nobody below the header")
        self.problems.sort(key=lambda problem: problem.line)
        return Reading(tuple(self.contacts), tuple(self.problems))

    def _tell_left_out(self, rows: Sequence[tuple[int, _Row]]) -> None:
        unknown = [
            name
            for name, field in zip(self.header.names, self.header.fields, strict=True)
            if name and not field and not re.fullmatch(self.header.layout.silent, fold(name))
        ]
        if self.header.layout.name == "Connections":
            for name in unknown:
                self._report(self.header.line, f"the column {name!r} is not known and was left out")
        elif filled := [name for name in unknown if any(_first(row, f"? {name}") for _, row in rows)]:
            self._report(self.header.line, f"left out, for want of a place on a card: {', '.join(filled)}")

    def _rows(self, lines: Sequence[str]) -> Iterator[tuple[int, _Row]]:
        """Each row by column name, with the number of its first line; a broken quotation costs one line."""
        start = self.header.line
        columns = [
            field or f"? {name}" for field, name in zip(self.header.fields, self.header.names, strict=True)
        ]
        while start < len(lines):
            fields, taken = self._row(lines, start)
            number, start = start + 1, start + taken
            if not any(field.strip() for field in fields):
                continue
            torn: tuple[str, ...] = ()
            if any(field.strip() for field in fields[len(columns) :]):
                self._report(
                    number,
                    f"{len(fields)} fields, expected {len(columns)}: only the first ones were read",
                )
                torn = _TORN
            row: dict[str, list[str]] = {}
            for name, field in zip(columns, fields, strict=False):
                if name not in torn and field.strip():
                    row.setdefault(name, []).append(field.strip())
            yield number, row

    def _row(self, lines: Sequence[str], start: int) -> tuple[list[str], int]:
        """The fields of the row that starts at index `start`, and how many lines it takes."""
        why = "a quotation mark is not closed: the fields after it were left out"
        quotes = 0
        for taken in range(1, self.header.layout.most_quoted_lines + 1):
            if start + taken > len(lines):
                break
            quotes += lines[start + taken - 1].count('"')
            if taken > 1 and quotes % 2:
                continue
            text = "\n".join(lines[start : start + taken])
            try:
                return next(csv.reader([text], delimiter=self.header.delimiter, strict=True), []), taken
            except csv.Error as error:
                if "field larger" in str(error):
                    why = "a field of more than 131,072 characters: the row was left out"
                    self._report(start + 1, why)
                    return [], taken
                if "unexpected end of data" not in str(error):
                    break
        self._report(start + 1, why)
        return _fields(lines[start].partition('"')[0], self.header.delimiter), 1

    def _take(self, number: int, row: _Row) -> None:
        contact = self._contact(row)
        named = contact.given_name or contact.family_name
        hides = self.header.layout.hides_members and not named
        if contact.formatted_name and not hides:
            self.contacts.append(contact)
            stated = _first(row, "connected_on")
            if stated and contact.connected_on is None:
                self.undated.append(number)
        elif self.header.layout.hides_members:
            self.hidden.append(number)
        else:
            self._report(number, "the row names nobody: no name, company, e-mail or phone number")

    def _contact(self, row: _Row) -> Contact:
        parts = [_first(row, name) for name in ("given_name", "additional_names", "family_name")]
        emails = tuple(each for each in _every(row, "email") if "@" in each)
        phones = tuple(_every(row, "phone"))
        urls = tuple(_every(row, "url"))
        profile = _first(row, "profile_url") or next((each for each in urls if _is_profile(each)), "")
        others = (_first(row, "full_name"), _first(row, "nickname"), _first(row, "organization"))
        city, country = _place(row) if self.header.has_places else ("", "")
        return Contact(
            formatted_name=" ".join(filter(None, parts))
            or next(filter(None, (*others, *emails, *phones)), ""),
            given_name=parts[0],
            additional_names=parts[1],
            family_name=parts[2],
            honorific_prefix=_first(row, "honorific_prefix"),
            honorific_suffix=_first(row, "honorific_suffix"),
            nickname=_first(row, "nickname"),
            organization=_first(row, "organization"),
            title=_first(row, "title"),
            city=city,
            country=country,
            emails=emails,
            phones=phones,
            urls=tuple(each for each in urls if each != profile),
            profile_url=profile,
            note=_first(row, "note"),
            connected_on=stated_date(_first(row, "connected_on"), self.day_first),
            source=self.source,
        )

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, reason))

    def _report_together(self, lines: Sequence[int], one: str, several: str) -> None:
        if len(lines) == 1:
            self._report(lines[0], f"1 member {one}")
        elif lines:
            self._report(lines[0], f"{len(lines)} members (the first on this line) {several}")


def _first(row: _Row, name: str) -> str:
    return row.get(name, ("",))[0]


def _every(row: _Row, name: str) -> list[str]:
    """All that the columns of that name hold; Google puts several into one, between three colons."""
    values = (value.strip() for field in row.get(name, ()) for value in field.split(":::"))
    return list(dict.fromkeys(value for value in values if value))


def _is_profile(address: str) -> bool:
    return "linkedin.com/" in address.lower() and bool(profile_key(address))


def _place(row: _Row) -> tuple[str, str]:
    """City and country of the first address that has either; never half of one and half of another."""
    for kind in ("1", "business", "home", "other", *map(str, range(2, 10))):
        city, country = _first(row, f"city {kind}"), _first(row, f"country {kind}")
        if city or country:
            return city, country
    return "", ""
