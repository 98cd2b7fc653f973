"""Rows of a CSV by the names of its columns, wherever its header stands and whatever a spreadsheet did to it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from motjuste.people.layouts import Layout
from motjuste.people.names import fold
from motjuste.people.reading import decoded

Row = Mapping[str, Sequence[str]]
"""What stands in a row, by our field or, for a column that is not known, by "? " and its name."""
Report = Callable[[int, str], None]
"""Takes the number of a line and what is wrong there."""

# How far a header is looked for: the network writes a paragraph above it, and a table of anything else may be huge.
_MOST_LINES_ABOVE = 500


@dataclass(frozen=True)
class Header:
    """Where the header of a table stands and what its columns are."""

    line: int
    delimiter: str
    layout: Layout
    names: tuple[str, ...]
    fields: tuple[str, ...]

    def unknown(self) -> list[str]:
        """The names of the columns that mean nothing to us and should be told."""
        return [
            name
            for name, field in zip(self.names, self.fields, strict=True)
            if name and not field and not self.layout.is_silent(fold(name))
        ]


def lines_of(data: bytes) -> list[str]:
    """The lines of a file, whatever its encoding and line ends."""
    return decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def header_of(lines: Sequence[str], layouts: Sequence[Layout]) -> Header | None:
    """The first line that is a header of one of `layouts`; None when there is none."""
    for number, line in enumerate(lines[:_MOST_LINES_ABOVE], 1):
        for delimiter in ",;\t":
            names = _fields(line, delimiter) if delimiter in line else []
            for layout in layouts:
                if names and (fields := layout.fields_of(names)):
                    return Header(number, delimiter, layout, tuple(map(str.strip, names)), fields)
    return None


def rows_below(
    header: Header, lines: Sequence[str], report: Report, torn: Sequence[str] = ()
) -> Iterator[tuple[int, Row]]:
    """Each row that is not empty, with the number of its first line; a broken quotation costs one line.

    `torn` are the fields that are dropped where a row has too many, since a stray delimiter may have torn one.
    """
    start = header.line
    columns = [field or f"? {name}" for field, name in zip(header.fields, header.names, strict=True)]
    while start < len(lines):
        fields, taken = _row(header, lines, start, report)
        number, start = start + 1, start + taken
        if not any(field.strip() for field in fields):
            continue
        left_out: Sequence[str] = ()
        if any(field.strip() for field in fields[len(columns) :]):
            report(number, f"{len(fields)} fields, expected {len(columns)}: only the first ones were read")
            left_out = torn
        row: dict[str, list[str]] = {}
        for name, field in zip(columns, fields, strict=False):
            if name not in left_out and (text := field.strip()):
                row.setdefault(name, []).append(text)
        yield number, row


def first(row: Row, name: str) -> str:
    """What stands in the first column of that name; "" for nothing."""
    return row.get(name, ("",))[0]


def _row(header: Header, lines: Sequence[str], start: int, report: Report) -> tuple[list[str], int]:
    """The fields of the row that starts at index `start`, and how many lines it takes."""
    end = min(start + header.layout.most_quoted_lines, len(lines))
    taken = 0

    def fed() -> Iterator[str]:
        nonlocal taken
        for place in range(start, end):
            taken += 1
            yield lines[place] + "\n"

    why = "a quotation mark is not closed: the fields after it were left out"
    try:
        return next(csv.reader(fed(), delimiter=header.delimiter, strict=True), []), taken
    except csv.Error as error:
        if "field larger" in str(error):
            report(start + 1, "a field of more than 131,072 characters: the row was left out")
            return [], _until_closed(lines, start, taken, end)
    report(start + 1, why)
    return _whole_fields(lines[start], header.delimiter), 1


def _whole_fields(line: str, delimiter: str) -> list[str]:
    """The fields of a line before the first one whose quotation is broken."""
    field = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|(?!")([^{delimiter}]*))({delimiter}|$)')
    fields: list[str] = []
    place = 0
    while found := field.match(line, place):
        fields.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        place = found.end()
        if not found[3]:
            break
    return fields


def _until_closed(lines: Sequence[str], start: int, taken: int, end: int) -> int:
    """How many lines a row takes of which `taken` are read already: until no quotation is open."""
    quotes = sum(line.count('"') for line in lines[start : start + taken])
    while quotes % 2 and start + taken < end:
        quotes += lines[start + taken].count('"')
        taken += 1
    return taken


def _fields(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []
