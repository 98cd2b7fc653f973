"""Somebody of an address book as the book looks them up: what they are found by, made once, and their packed card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any, Final, NamedTuple

from motjuste.people.card import Contact
from motjuste.people.names import clean_name, fold

# No text of a contact has a control character, so these stand between fields, and between the items of one.
_FIELD: Final = "\x1f"
_ITEM: Final = "\x1e"
_PART: Final = "\x1d"
_MOST_OF_A_NOTE = 2000
"""Characters of a note by which its person is found."""


class Entry(NamedTuple):
    """What somebody is found by, all of it folded, and their card without the lines that no field holds."""

    source: str
    words: str
    """The name, the nickname and other names."""
    names: str
    """The whole name, each way to write it on a line of its own."""
    family_first: str
    """ "dupont marie" for Marie Dupont; "" when the family name is not known."""
    addresses: str
    """The key of the profile and the e-mail addresses, each on a line of its own."""
    about: str
    """Company, position, city and note."""
    card: str

    @property
    def contact(self) -> Contact:
        """The contact of which the entry was made, but for its kept lines."""
        texts = self.card.split(_FIELD)
        said = {name: read(text) for (name, read), text in zip(_FIELDS, texts, strict=True) if text}
        return Contact(source=self.source, **said)

    @property
    def packed(self) -> str:
        """The whole entry as one text, of which thousands take less memory."""
        return _PART.join(self)


def unpacked(packed: str) -> Entry:
    """The entry that was packed."""
    return Entry(*packed.split(_PART))


def entry_of(contact: Contact, source: str | None = None) -> Entry:
    """The entry of `contact`, or of the same contact read from another `source`."""
    name = contact.clean_name
    display = contact.display_name
    addresses = dict.fromkeys(filter(None, (contact.profile_key, *contact.emails)))
    about = (contact.organization, contact.title, contact.city, contact.note[:_MOST_OF_A_NOTE])
    return Entry(
        source=contact.source if source is None else source,
        words=fold(" ".join((display, contact.nickname, *contact.other_names))),
        names="\n".join(whole_names(contact)),
        family_first=fold(f"{name.family} {name.given}") if name.given and name.family else "",
        addresses="\n".join(map(str.casefold, addresses)),
        about=fold(" ".join(filter(None, about))),
        card=_FIELD.join(_packed(getattr(contact, name)) for name, _ in _FIELDS),
    )


def whole_names(contact: Contact) -> tuple[str, ...]:
    """The folded ways in which the whole name of `contact` is written, each once."""
    others = (text for name in contact.other_names for text in (name, clean_name(name).full))
    return tuple(dict.fromkeys(filter(None, map(fold, (contact.display_name, contact.formatted_name, *others)))))


def _packed(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return _ITEM.join(value)
    if isinstance(value, date):
        return value.isoformat()
    return {None: "", True: "yes", False: "no"}[value]


_READ: Final[dict[Any, Callable[[str], Any]]] = {
    "str": str,
    "tuple[str, ...]": lambda text: tuple(text.split(_ITEM)),
    "bool | None": lambda text: text == "yes",
    "date | None": date.fromisoformat,
}


def _packed_fields() -> Iterator[tuple[str, Callable[[str], Any]]]:
    for field in fields(Contact):
        if field.name not in ("source", "kept"):
            yield field.name, _READ[field.type]


_FIELDS: Final = tuple(_packed_fields())
