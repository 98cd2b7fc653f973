"""Two cards of one person as one: the first one's facts win, and nothing of the second one is lost.

It is done line by line. What a card may say several times (names, companies, numbers, notes, …) stands there once more,
behind the first card's; what it may say only once is kept in a line of our own, as the second card had it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from motjuste.people.card import Contact, profile_key
from motjuste.people.content_lines import (
    Property,
    escaped,
    group_of,
    parsed,
    with_group,
    without_preference,
)
from motjuste.people.facets import (
    FACET_OF,
    FACETS,
    FRAME,
    NAME_FIELDS,
    SOCIAL,
    Facet,
    Fields,
    is_network_profile,
)
from motjuste.people.merging import digits, is_unnamed
from motjuste.people.names import fold
from motjuste.people.vcard import contact_of

ASIDE = "X-MOTJUSTE-MERGED"
"""A line of a card that was merged into this one, where a card may have only one of its kind."""

# What is asked for where both differ, by the property that a choice decides.
_ASKED = {
    "name": "FN",
    "nickname": "NICKNAME",
    "organization": "ORG",
    "title": "TITLE",
    "place": "ADR",
    "profile": "URL",
    "language": "LANG",
    "gender": "GENDER",
    "address_form": "X-MOTJUSTE-ADDRESS-FORM",
    "elides": "X-MOTJUSTE-ELIDES",
    "greeting": "X-MOTJUSTE-GREETING-NAME",
    "how_we_met": "X-MOTJUSTE-HOW-WE-MET",
    "connected_on": "X-MOTJUSTE-CONNECTED-ON",
}
# Of our own facets, those that a card may have once; and of the properties that are none of ours (RFC 6350, 6).
_ONCE = ("N", "GENDER", "UID", *(name for name in FACET_OF if name.startswith("X-MOTJUSTE-")))
_SEVERAL_OF_OURS = "X-MOTJUSTE-MERGED-UID"
_OTHERS_ONCE = ("BDAY", "ANNIVERSARY", "KIND", "REV", "PRODID")


@dataclass(frozen=True)
class Difference:
    """A fact that both cards state, each in its own way."""

    field: str
    first: str
    second: str


def differences(first: Contact, second: Contact) -> tuple[Difference, ...]:
    """What two cards state differently where only one of both can be used."""
    found = [Difference(name, _said(first, name), _said(second, name)) for name in _ASKED]
    return tuple(each for each in found if each.first and each.second and not _agree(each, first, second))


def _said(contact: Contact, name: str) -> str:
    if name == "place":
        return ", ".join(filter(None, (contact.city, contact.country)))
    value = getattr(contact, {"name": "display_name", "profile": "profile_url"}.get(name, name))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _agree(told: Difference, first: Contact, second: Contact) -> bool:
    if told.field == "name":
        return _is_unnamed(first, second) or _is_unnamed(second, first) or fold(told.first) == fold(told.second)
    if told.field == "profile" and first.profile_key:
        return first.profile_key == second.profile_key
    # Of Chinese names and signs alone nothing is left when they are folded.
    return (fold(told.first) or told.first) == (fold(told.second) or told.second)


def joined(first: Contact, second: Contact, second_wins: Collection[str] = ()) -> Contact:
    """The card of `first` with all that `second` says; `second_wins` names the fields that the second says better.

    Whom nothing may be written to stays so, whichever card says it.
    """
    second = _regrouped(second, {group_of(line) for line in first.kept})
    if first.uid and second.uid and first.uid != second.uid:
        second = replace(second, merged_uids=(second.uid, *second.merged_uids))
    swapped = _swapped(first, second, second_wins)
    lines: list[str] = []
    aside: list[str] = []
    for facet in FACETS:
        pair = (second, first) if facet.names[0] in swapped else (first, second)
        there, left = _facet_lines(facet, *pair)
        lines += there
        aside += left
    there, left = _other_lines(first, second)
    lines = _without_lone_labels([*lines, *there])
    lines += [f"{ASIDE}:{escaped(line)}" for line in (*aside, *left)]
    properties = [prop for prop in map(parsed, dict.fromkeys(lines)) if prop]
    return contact_of(properties, first.source)


def _swapped(first: Contact, second: Contact, second_wins: Iterable[str]) -> set[str]:
    names = {_ASKED[field] for field in second_wins}
    if _is_unnamed(first, second) and not _is_unnamed(second, first):
        names.add("FN")
    if "FN" in names:
        names.add("N")
    if second.do_not_contact:
        names.add("X-MOTJUSTE-DO-NOT-CONTACT")
    return names


def _is_unnamed(contact: Contact, other: Contact) -> bool:
    """Whether an address, or a company, stands for the name of `contact`."""
    if contact.given_name or contact.family_name:
        return False
    is_address = "@" in contact.formatted_name and " " not in contact.formatted_name
    return is_address or _stands_elsewhere(contact, other)


def _stands_elsewhere(contact: Contact, other: Contact) -> bool:
    """Whether the whole name of `contact` is an address or a company of its own card or of the other one."""
    return is_unnamed(contact) or is_unnamed(replace(other, formatted_name=contact.formatted_name))


_Lines = tuple[list[str], list[str]]
"""What stands on the joined card, and what of the card that gives way has no place there."""


def _facet_lines(facet: Facet, ours: Contact, theirs: Contact) -> _Lines:
    name = facet.names[0]
    if name == "N":
        return _name_lines(facet, ours, theirs)
    there, more = _lines_of(facet, ours), _lines_of(facet, theirs)
    if name == "FN" and _stands_elsewhere(theirs, ours):
        more = []
    if name == "URL" and ours.profile_url:
        more = list(_other_profiles(more))
    if not there:
        return more, []
    known = {_key(prop) for prop in _properties(there)}
    more = [without_preference(prop.line) for prop in _properties(more) if _key(prop) not in known]
    if name == "NOTE":
        more = [prop.line for prop in _properties(more) if prop.text not in ours.note]
    if name in ("UID", "X-MOTJUSTE-DO-NOT-CONTACT"):
        # The one is known as a merged one; of the other, a yes is all that counts.
        return there, []
    if name in _ONCE and name != _SEVERAL_OF_OURS:
        return there, more
    both = [*there, *more]
    return (both, []) if _still_said(facet.read(_properties(both)), ours) else (there, more)


def _name_lines(facet: Facet, ours: Contact, theirs: Contact) -> _Lines:
    """N, which a card has once: what is empty in it is filled when the names agree."""
    before = [*_lines_of(facet, ours), *_lines_of(facet, theirs)]
    filled = ours
    if _names_agree(ours, theirs):
        parts = {name: getattr(ours, name) or getattr(theirs, name) for name in NAME_FIELDS}
        filled = replace(ours, **parts)
    there = _lines_of(facet, filled)
    said = facet.read(_properties(there))
    left = [
        prop.line
        for prop in _properties(before)
        if prop.line not in there and any(text not in ("", said[name]) for name, text in facet.read([prop]).items())
    ]
    return there, left


def _names_agree(first: Contact, second: Contact) -> bool:
    if _is_unnamed(first, second) or _is_unnamed(second, first):
        return True
    names = [(fold(each.given_name), fold(each.family_name)) for each in (first, second)]
    return fold(first.formatted_name) == fold(second.formatted_name) or names[0] == names[1] != ("", "")


def _other_profiles(lines: Iterable[str]) -> Iterator[str]:
    """`lines` with profiles of the network as addresses among others: a card has one profile."""
    for prop in _properties(lines):
        is_profile = prop.name in SOCIAL and is_network_profile(prop)
        yield f"URL:{prop.value}" if is_profile else prop.line


def _still_said(said: Fields, ours: Contact) -> bool:
    """Whether lines say what the card that wins says, before anything else."""
    for name, value in said.items():
        mine = getattr(ours, name)
        same = value[: len(mine)] == mine if isinstance(mine, tuple) or name == "note" else value == mine
        if mine and not same:
            return False
    return True


def _other_lines(first: Contact, second: Contact) -> _Lines:
    """The lines that none of our facets reads."""
    there, more = ([prop for prop in _properties(each.kept) if prop.name not in FACET_OF] for each in (first, second))
    known = {_key(prop) for prop in there}
    named = {prop.name for prop in there}
    more = [prop for prop in more if _key(prop) not in known or _is_label(prop)]
    left = [prop.line for prop in more if prop.name in _OTHERS_ONCE and prop.name in named]
    return [prop.line for prop in (*there, *more) if prop.line not in left], left


def _lines_of(facet: Facet, contact: Contact) -> list[str]:
    return facet.lines(contact, [prop for prop in _properties(contact.kept) if prop.name in facet.names])


def _properties(lines: Iterable[str]) -> list[Property]:
    return [prop for prop in map(parsed, lines) if prop and prop.name not in FRAME]


def _key(prop: Property) -> tuple[str, str]:
    """What two lines have in common that say the same."""
    text = " ".join(prop.text.split())
    if prop.name == "TEL":
        return prop.name, digits(text) or text
    if prop.name in ("URL", *SOCIAL):
        return "URL", profile_key(text) or text.casefold()
    if prop.name == "EMAIL":
        return prop.name, re.sub("^mailto:", "", text.casefold())
    if prop.name in FACET_OF:
        return prop.name, text.casefold()
    return prop.name, prop.line.removeprefix(f"{group_of(prop.line)}.")


# --- groups: "item1.X-ABLabel" says what "item1.TEL" is -----------------------------------------------


def _is_label(prop: Property) -> bool:
    return bool(group_of(prop.line)) and prop.name.startswith("X-AB")


def _regrouped(contact: Contact, taken: Collection[str]) -> Contact:
    """`contact` with other groups where another card has `taken` their names."""
    own = dict.fromkeys(group_of(line) for line in contact.kept)
    free = (f"item{number}" for number in range(1, 10_000) if f"item{number}" not in {*taken, *own})
    renamed = {group: next(free) for group in own if group and group in taken}
    if not renamed:
        return contact
    lines = [with_group(line, renamed.get(group_of(line), group_of(line))) for line in contact.kept]
    return replace(contact, kept=tuple(lines))


def _without_lone_labels(lines: Iterable[str]) -> list[str]:
    """`lines` without labels of nothing, as of a number that was left out because the other card has it too."""
    there = _properties(lines)
    labelled = {group_of(prop.line) for prop in there if not _is_label(prop)}
    return [prop.line for prop in there if not _is_label(prop) or group_of(prop.line) in labelled]
