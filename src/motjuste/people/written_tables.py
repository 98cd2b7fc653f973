"""People as a table with Google's header, which spreadsheets, other address books and our own reader take."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence

from motjuste.people.card import Contact
from motjuste.people.formulas import guarded

_NAMES = {
    "First Name": "given_name",
    "Middle Name": "additional_names",
    "Last Name": "family_name",
    "Name Prefix": "honorific_prefix",
    "Name Suffix": "honorific_suffix",
    "Nickname": "nickname",
    "Organization Name": "organization",
    "Organization Title": "title",
    "Notes": "note",
}
_SEVERAL = (("E-mail", "emails"), ("Phone", "phones"), ("Website", "urls"))
_PLACE = {"Address 1 - City": "city", "Address 1 - Country": "country"}
# What no other program keeps; `layouts.OUR_OWN` reads them.
_OUR_OWN = {
    "Formatted Name": "formatted_name",
    "Other Names": "other_names",
    "Profile URL": "profile_url",
    "Language": "language",
    "Gender": "gender",
    "Address Form": "address_form",
    "Elides": "elides",
    "Greeting": "greeting",
    "How We Met": "how_we_met",
    "Do Not Contact": "do_not_contact",
    "Connected On": "connected_on",
    "UID": "uid",
    "Merged UIDs": "merged_uids",
}


def written_table(contacts: Sequence[Contact], *, raw: bool = False) -> Iterator[str]:
    """The lines of a table of `contacts`, the header first.

    What a spreadsheet would take for a formula is guarded by an apostrophe, unless the cells are wanted `raw`.
    """
    most = {field: max((len(getattr(each, field)) for each in contacts), default=0) for _, field in _SEVERAL}
    header = list(_NAMES)
    for name, field in _SEVERAL:
        for number in range(1, most[field] + 1):
            header += [f"{name} {number} - Label", f"{name} {number} - Value"]
    yield _line([*header, *_PLACE, *_OUR_OWN])
    for contact in contacts:
        cells = _cells(contact, most)
        yield _line(cells if raw else map(guarded, cells))


def _cells(contact: Contact, most: Mapping[str, int]) -> list[str]:
    said = {name: _text(getattr(contact, name)) for name in (*_NAMES.values(), *_PLACE.values(), *_OUR_OWN.values())}
    parts = (contact.given_name, contact.additional_names, contact.family_name)
    if not any(parts):
        # A whole name without parts stands where other programs look for a name; our reader knows it by the empty
        # cell of the formatted name. Where a company or an address stands for the name, it is not said twice.
        others = (contact.nickname, contact.organization, *contact.emails, *contact.phones)
        unnamed = contact.formatted_name == next(filter(None, others), "")
        said |= {"given_name": "" if unnamed else contact.formatted_name, "formatted_name": ""}
    cells = [said[field] for field in _NAMES.values()]
    for _, field in _SEVERAL:
        values = [*getattr(contact, field), *[""] * most[field]][: most[field]]
        cells += [cell for value in values for cell in ("", value)]
    return [*cells, *(said[field] for field in (*_PLACE.values(), *_OUR_OWN.values()))]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ::: ".join(value)
    return "" if value is None else str(value)


class _Handed:
    """Takes what the csv module writes and hands it back."""

    def write(self, text: str) -> str:
        return text


def _line(cells: Iterable[str]) -> str:
    return str(csv.writer(_Handed(), lineterminator="\r\n").writerow(cells))
