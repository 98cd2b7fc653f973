"""Tables of people: the network's export, Google's and Outlook's, also after a spreadsheet has saved them again."""

from __future__ import annotations

from collections.abc import Sequence

from motjuste.people.card import Contact, profile_key
from motjuste.people.dates import day_first_in, stated_date
from motjuste.people.facets import address_form_of, gender_of, language_of, truth_of
from motjuste.people.formulas import unguarded
from motjuste.people.layouts import EXPECTED, LAYOUTS
from motjuste.people.reading import MOST_PEOPLE, TOO_MANY, Problem, Reading
from motjuste.people.sheets import Header, Row, first, header_of, lines_of, rows_below

# Which fields a stray delimiter may have torn: which one it stands in is unknown, hardly a name or an address.
_TORN = ("organization", "title", "connected_on", "note", "greeting", "how_we_met")
_EXPECTED_OF = {
    "language": "a tag like fr-CA",
    "gender": "F, M or O",
    "address_form": "tu or vous",
    "elides": "yes or no",
    "do_not_contact": "yes or no",
}


def is_table(data: bytes) -> bool:
    """Whether there is a header in `data` that is known."""
    return header_of(lines_of(data), LAYOUTS) is not None


def read_table(data: bytes, source: str) -> Reading:
    """The people of a table. Its header is found by the names of the columns, not by its place."""
    lines = lines_of(data)
    header = header_of(lines, LAYOUTS)
    if header is None:
        found = next((line.strip() for line in lines if line.strip()), "")
        shown = found if len(found) <= 60 else found[:59] + "…"
        wrong = f"{EXPECTED}; found {shown!r}" if found else "the file is empty"
        return Reading(problems=(Problem(source, 1, wrong),))
    if header.layout.left_out:
        return Reading(problems=(Problem(source, header.line, header.layout.left_out),))
    return _Rows(source, header).read(lines)


class _Rows:
    """The rows under one header."""

    def __init__(self, source: str, header: Header) -> None:
        self.source = source
        self.header = header
        self.contacts: list[Contact] = []
        self.problems: list[Problem] = []
        self.hidden: list[int] = []
        self.undated: list[int] = []
        self.day_first: bool | None = None
        self.has_places = any(field.startswith(("city ", "country ")) for field in header.fields)

    def read(self, lines: Sequence[str]) -> Reading:
        rows = [
            (number, {name: [unguarded(cell) for cell in cells] for name, cells in row.items()})
            for number, row in rows_below(self.header, lines, self._report, _TORN)
        ]
        self.day_first = day_first_in(first(row, "connected_on") for _, row in rows)
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

    def _tell_left_out(self, rows: Sequence[tuple[int, Row]]) -> None:
        unknown = self.header.unknown()
        if self.header.layout.name == "Connections":
            for name in unknown:
                self._report(self.header.line, f"the column {name!r} is not known and was left out")
        elif filled := [name for name in unknown if any(first(row, f"? {name}") for _, row in rows)]:
            self._report(self.header.line, f"left out, for want of a place on a card: {', '.join(filled)}")

    def _take(self, number: int, row: Row) -> None:
        contact = self._contact(row)
        for name, expected in _EXPECTED_OF.items():
            stated = first(row, name)
            if stated and getattr(contact, name) in ("", None):
                self._report(number, f"{name.replace('_', ' ')} {stated!r} was left out: expected {expected}")
        named = contact.given_name or contact.family_name
        hides = self.header.layout.hides_members and not named
        if contact.formatted_name and not hides:
            self.contacts.append(contact)
            stated = first(row, "connected_on")
            if stated and contact.connected_on is None:
                self.undated.append(number)
        elif self.header.layout.hides_members:
            self.hidden.append(number)
        else:
            self._report(number, "the row names nobody: no name, company, e-mail or phone number")

    def _contact(self, row: Row) -> Contact:
        parts = [first(row, name) for name in ("given_name", "additional_names", "family_name")]
        formatted = first(row, "formatted_name")
        if not formatted and "formatted_name" in self.header.fields:
            # Our own table has a whole name without parts where other programs look for a name.
            formatted, parts = " ".join(filter(None, parts)), ["", "", ""]
        emails = tuple(each for each in _every(row, "email") if "@" in each)
        phones = tuple(_every(row, "phone"))
        urls = tuple(_every(row, "url"))
        profile = first(row, "profile_url")
        if not profile:
            profile = next((each for each in urls if _is_profile(each)), "")
            urls = tuple(each for each in urls if each != profile)
        others = (first(row, "full_name"), first(row, "nickname"), first(row, "organization"))
        city, country = _place(row) if self.has_places else ("", "")
        return Contact(
            formatted_name=formatted
            or " ".join(filter(None, parts))
            or next(filter(None, (*others, *emails, *phones)), ""),
            other_names=tuple(_every(row, "other_names")),
            given_name=parts[0],
            additional_names=parts[1],
            family_name=parts[2],
            honorific_prefix=first(row, "honorific_prefix"),
            honorific_suffix=first(row, "honorific_suffix"),
            nickname=first(row, "nickname"),
            organization=first(row, "organization"),
            title=first(row, "title"),
            city=city,
            country=country,
            emails=emails,
            phones=phones,
            urls=urls,
            profile_url=profile,
            note=first(row, "note"),
            language=language_of(first(row, "language")),
            gender=gender_of(first(row, "gender")),
            address_form=address_form_of(first(row, "address_form")),
            elides=truth_of(first(row, "elides")),
            greeting=first(row, "greeting"),
            how_we_met=first(row, "how_we_met"),
            do_not_contact=truth_of(first(row, "do_not_contact")),
            uid=first(row, "uid"),
            merged_uids=tuple(_every(row, "merged_uids")),
            connected_on=stated_date(first(row, "connected_on"), self.day_first),
            source=self.source,
        )

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, reason))

    def _report_together(self, lines: Sequence[int], one: str, several: str) -> None:
        if len(lines) == 1:
            self._report(lines[0], f"1 member {one}")
        elif lines:
            self._report(lines[0], f"{len(lines)} members (the first on this line) {several}")


def _every(row: Row, name: str) -> list[str]:
    """All that the columns of that name hold; Google puts several into one, between three colons."""
    values = (value.strip() for field in row.get(name, ()) for value in field.split(":::"))
    return list(dict.fromkeys(value for value in values if value))


def _is_profile(address: str) -> bool:
    return "linkedin.com/" in address.lower() and bool(profile_key(address))


def _place(row: Row) -> tuple[str, str]:
    """City and country of the first address that has either; never half of one and half of another."""
    for kind in ("1", "business", "bureau", "home", "domicile", "other", "autre", *map(str, range(2, 10))):
        city, country = first(row, f"city {kind}"), first(row, f"country {kind}")
        if city or country:
            return city, country
    return "", ""
