"""The network's own export of connections, also after a spreadsheet has saved it again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.reading import Problem, Reading, decoded

_COLUMNS = {
    "first name": "given_name",
    "prenom": "given_name",
    "last name": "family_name",
    "nom": "family_name",
    "nom de famille": "family_name",
    "url": "profile_url",
    "profile url": "profile_url",
    "url du profil": "profile_url",
    "profil": "profile_url",
    "lien": "profile_url",
    "email address": "email",
    "email": "email",
    "e mail": "email",
    "adresse e mail": "email",
    "adresse email": "email",
    "courriel": "email",
    "adresse courriel": "email",
    "company": "organization",
    "entreprise": "organization",
    "societe": "organization",
    "organisation": "organization",
    "position": "title",
    "poste": "title",
    "fonction": "title",
    "intitule du poste": "title",
    "connected on": "connected_on",
    "connecte le": "connected_on",
    "en relation depuis": "connected_on",
    "relation depuis": "connected_on",
    "date de connexion": "connected_on",
}
_MOST_QUOTED_LINES = 5


def read_connections(data: bytes, source: str) -> Reading:
    """The people of a Connections.csv. The header is found by its column names, wherever it stands."""
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = _header(lines)
    if header is None:
        wrong = "expected a header with First Name, Last Name, … Connected On (or Prénom, Nom, …)"
        return Reading(
            problems=(Problem(source, 1, wrong if any(map(str.strip, lines)) else "the file is empty"),)
        )
    return _Rows(source, header).read(lines)


@dataclass(frozen=True)
class _Header:
    line: int
    delimiter: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]


def _header(lines: Sequence[str]) -> _Header | None:
    for number, line in enumerate(lines, 1):
        for delimiter in ",;\t":
            names = _fields(line, delimiter)
            columns = tuple(_COLUMNS.get(fold(name), "") for name in names)
            if {"given_name", "family_name"} <= set(columns):
                unknown = tuple(
                    name for name, column in zip(names, columns, strict=True) if name.strip() and not column
                )
                return _Header(number, delimiter, columns, unknown)
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
        self.day_first = _day_first(row.get("connected_on", "") for _, row in rows)
        for name in self.header.unknown:
            self._report(self.header.line, f"the column {name.strip()!r} is not known and was left out")
        for number, row in rows:
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

    def _rows(self, lines: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Each row by column name, with the number of its first line; a broken quotation costs one line."""
        start = self.header.line
        while start < len(lines):
            fields, taken = self._row(lines, start)
            number, start = start + 1, start + taken
            if not any(field.strip() for field in fields):
                continue
            columns = self.header.columns
            if any(field.strip() for field in fields[len(columns) :]):
                self._report(
                    number,
                    f"{len(fields)} fields, expected {len(columns)}: only the first ones were read",
                )
                # Which field has the stray delimiter is unknown; it is hardly the name or an address.
                columns = tuple(
                    name if name not in ("organization", "title", "connected_on") else "" for name in columns
                )
            yield number, {name: field.strip() for name, field in zip(columns, fields, strict=False) if name}

    def _row(self, lines: Sequence[str], start: int) -> tuple[list[str], int]:
        """The fields of the row that starts at index `start`, and how many lines it takes."""
        for taken in range(1, _MOST_QUOTED_LINES + 1):
            text = "\n".join(lines[start : start + taken])
            try:
                return next(csv.reader([text], delimiter=self.header.delimiter, strict=True), []), taken
            except csv.Error as error:
                if "unexpected end of data" not in str(error):
                    break
        self._report(start + 1, "a quotation mark is not closed: the fields after it were left out")
        return _fields(lines[start].partition('"')[0], self.header.delimiter), 1

    def _take(self, number: int, row: Mapping[str, str]) -> None:
        given, family = row.get("given_name", ""), row.get("family_name", "")
        if not (given or family):
            self.hidden.append(number)
            return
        stated = row.get("connected_on", "")
        connected_on = _date(stated, self.day_first)
        if stated and connected_on is None:
            self.undated.append(number)
        email = row.get("email", "")
        contact = Contact(
            formatted_name=f"{given} {family}",
            given_name=given,
            family_name=family,
            organization=row.get("organization", ""),
            title=row.get("title", ""),
            emails=(email,) if "@" in email else (),
            profile_url=row.get("profile_url", ""),
            connected_on=connected_on,
            source=self.source,
        )
        if contact.formatted_name:
            self.contacts.append(contact)
        else:
            self.hidden.append(number)

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, reason))

    def _report_together(self, lines: Sequence[int], one: str, several: str) -> None:
        if len(lines) == 1:
            self._report(lines[0], f"1 member {one}")
        elif lines:
            self._report(lines[0], f"{len(lines)} members (the first on this line) {several}")


# --- dates ----------------------------------------------------------------------------------------

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


def _date(text: str, day_first: bool | None) -> date | None:
    """The date that `text` states ("08 Feb 2026", "7-Feb-22", "8 févr. 2026", "2026-02-08"), or None."""
    try:
        if named := _NAMED.fullmatch(fold(text)):
            months = [
                number
                for number, names in enumerate(_MONTHS, 1)
                if any(name.startswith(named[2]) for name in names)
            ]
            return date(_year(named[3]), months[0], int(named[1])) if len(months) == 1 else None
        if (numbered := _NUMBERED.fullmatch(text)) and day_first is not None:
            day, month = (1, 2) if day_first else (2, 1)
            return date(_year(numbered[3]), int(numbered[month]), int(numbered[day]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_first(texts: Iterable[str]) -> bool | None:
    """Whether the file writes 13/02 rather than 02/13; None when no date of it tells."""
    numbered = [match for match in map(_NUMBERED.fullmatch, texts) if match]
    by_first = any(int(match[1]) > 12 for match in numbered)
    by_second = any(int(match[2]) > 12 for match in numbered)
    return None if by_first == by_second else by_first
