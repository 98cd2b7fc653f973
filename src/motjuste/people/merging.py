"""Whether two cards are one person's, and one card out of two without touching what stands in the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Generic, TypeVar

from motjuste.people.card import Contact, profile_key
from motjuste.people.content_lines import group_of, property_name
from motjuste.people.names import fold

Place = TypeVar("Place")
_COMPARED = (
    "nickname", "organization", "title", "city", "country", "language", "gender", "address_form", "elides", "greeting",
    "how_we_met", "connected_on",
)  # fmt: skip

_PARTS_OF_A_NAME = (
    "given_name",
    "family_name",
    "additional_names",
    "honorific_prefix",
    "honorific_suffix",
)


_FILLED = tuple(field.name for field in fields(Contact) if field.name not in ("source", "kept"))
_NOTHING = ("", (), None)


@dataclass(frozen=True)
class Conflict:
    """A fact that a file states otherwise than the card; the card stays as it is."""

    person: str
    field: str
    card: str
    file: str
    source: str

    def __str__(self) -> str:
        return f"{self.person}: {self.field} is {self.card!r} on the card, {self.file!r} in {self.source}"


@dataclass(frozen=True)
class Change:
    """What an import does to one person: "added", "updated" with the fields it fills, or "unchanged"."""

    what: str
    person: str
    fields: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class People(Generic[Place]):
    """Contacts, each at some place of the caller's, found again by what identifies a person."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[Contact, Place]]] = {}

    def add(self, contact: Contact, place: Place) -> None:
        """Remember that the card of `contact` stands at `place`."""
        for key in identities(contact):
            self._known.setdefault(key, []).append((contact, place))

    def place_of(self, contact: Contact) -> Place | None:
        """Where the same person's card stands: by profile, then UID, then e-mail, then the name alone."""
        for key in identities(contact):
            for known, place in self._known.get(key, ()):
                if are_one(known, contact):
                    return place
        return None


def identities(contact: Contact) -> Iterator[str]:
    """What tells that two cards are one person's, the surest first; of a card that names nobody, nothing."""
    for key in profile_keys(contact):
        yield "profile " + key
    for uid in _uids(contact):
        yield "uid " + uid
    for email in contact.emails:
        yield "email " + email.casefold()
    if not _is_known_otherwise(contact):
        for name in _names(contact):
            yield "name " + name


def _names(contact: Contact) -> tuple[str, ...]:
    return tuple(filter(None, map(fold, (contact.display_name, *contact.other_names))))


def _uids(contact: Contact) -> tuple[str, ...]:
    return tuple(filter(None, (contact.uid, *contact.merged_uids)))


def profile_keys(contact: Contact) -> tuple[str, ...]:
    """The key of the profile, and of those among the addresses: there stands that of a card that was merged."""
    if not contact.urls:
        return (contact.profile_key,) if contact.profile_key else ()
    others = (profile_key(url) for url in contact.urls if "linkedin.com/" in url.lower())
    return tuple(dict.fromkeys(filter(None, (contact.profile_key, *others))))


def _is_known_otherwise(contact: Contact) -> bool:
    """Whether a card has something surer than a name; a name then says nothing about whose it is."""
    return bool(contact.profile_key or contact.uid or contact.emails)


def are_one(first: Contact, second: Contact) -> bool:
    """Whether two cards are one person's.

    The profile decides where both have one, else the UID. A shared e-mail address counts when the names
    have a word in common (info@ is many people's); a name counts only when either card has nothing else.
    """
    profiles, further = profile_keys(first), profile_keys(second)
    if profiles and further:
        return not set(profiles).isdisjoint(further)
    if _uids(first) and _uids(second):
        return not set(_uids(first)).isdisjoint(_uids(second))
    names, others = _names(first), _names(second)
    if {email.casefold() for email in first.emails} & {email.casefold() for email in second.emails}:
        words = set(" ".join(names).split())
        return not names or not others or not words.isdisjoint(" ".join(others).split())
    if _is_known_otherwise(first) or _is_known_otherwise(second) or set(names).isdisjoint(others):
        return False
    # Two people of one name at two companies are two people.
    organizations = {fold(each.organization) for each in (first, second)} - {""}
    return len(organizations) < 2


def surely_one(first: Contact, second: Contact) -> bool:
    """Whether two cards are one person's beyond doubt: one profile, one UID, or one name with one e-mail or number."""
    if not set(profile_keys(first)).isdisjoint(profile_keys(second)):
        return True
    if not set(_uids(first)).isdisjoint(_uids(second)):
        return True
    # Among 30,000 people, hardly anybody shares an address, and a name takes longer to compare.
    ways, others = (
        {*map(str.casefold, each.emails), *filter(None, map(digits, each.phones))} for each in (first, second)
    )
    return not ways.isdisjoint(others) and not set(_names(first)).isdisjoint(_names(second))


def merged(known: Contact, new: Contact) -> Contact:
    """`known` with what only `new` says. Nothing that stands in `known` is changed."""
    filled = {
        name: said
        for name in _FILLED
        if (said := getattr(new, name)) not in _NOTHING and getattr(known, name) in _NOTHING
    }
    if known.city or known.country:
        # Half of an address is not completed with half of another.
        filled = {name: said for name, said in filled.items() if name not in ("city", "country")}
    if filled and fold(known.formatted_name) not in ("", fold(new.formatted_name)):
        filled = {name: said for name, said in filled.items() if name not in _PARTS_OF_A_NAME}
    stated = {property_name(line) for line in known.kept}
    more = [line for line in new.kept if not group_of(line) and property_name(line) not in stated]
    return replace(known, **filled, kept=(*known.kept, *more)) if filled or more else known


def filled_fields(known: Contact, filled: Contact) -> tuple[str, ...]:
    """The names of what stands in `filled` and did not stand in `known`."""
    return tuple(
        "other lines" if each.name == "kept" else each.name
        for each in fields(Contact)
        if getattr(known, each.name) != getattr(filled, each.name)
    )


def conflicts(known: Contact, new: Contact) -> tuple[Conflict, ...]:
    """What `new` states otherwise than the card `known` of the same person, or has beside it."""
    # Of 30,000 people who are imported again, nearly all agree to the letter.
    found = [
        (name, str(ours), str(theirs))
        for name in _COMPARED
        if (ours := getattr(known, name)) != (theirs := getattr(new, name))
        and ours not in ("", None)
        and theirs not in ("", None)
        and fold(str(ours)) != fold(str(theirs))
    ]
    same = is_unnamed(new) or new.formatted_name == known.formatted_name
    if not same and fold(new.display_name) not in (*_names(known), fold(known.formatted_name)):
        found.insert(0, ("name", known.display_name, new.display_name))
    if new.note not in known.note and known.note:
        found.append(("note", known.note, new.note))
    for name, alike in (("emails", str.casefold), ("phones", digits), ("urls", str.casefold)):
        there, stated = getattr(known, name), getattr(new, name)
        if there == stated or not there:
            continue
        known_ones = {alike(text) for text in there}
        more = [text for text in stated if alike(text) not in known_ones]
        if more:
            found.append((name, ", ".join(there), ", ".join(more)))
    return tuple(Conflict(known.display_name, *each, new.source) for each in found)


def is_unnamed(contact: Contact) -> bool:
    """Whether a card names nobody, so that an address or a company stands for the name."""
    others = (contact.profile_url, contact.organization)
    return contact.formatted_name in ("", *contact.emails, *contact.phones, *others)


def digits(phone: str) -> str:
    """What two ways of writing one phone number have in common."""
    # +33 6 12 34 56 78 and 06 12 34 56 78 are one number.
    return re.sub(r"\D", "", phone)[-9:]
