"""Whom the text on the clipboard means: a card, an e-mail address, a profile's address, or a name alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motjuste.people.book import Book, distinct
from motjuste.people.card import Contact, profile_key
from motjuste.people.merging import are_one
from motjuste.people.names import clean_name, fold

LONGEST_CARDS = 1_000_000
"""Characters of a card that are looked at; a photo may be long."""
LONGEST_TEXT = 2000
"""Characters of another text in which addresses count: in a longer one they are somebody's by chance."""

_EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_PROFILE = r"\S*/in/\S+"


def people_on_clipboard(text: str, book: Book) -> tuple[Contact, ...]:
    """Everybody whom `text` means, as the book knows them; a card also brings somebody new.

    A name counts only where it is the whole text: in a sentence it may be anybody's.
    """
    if "BEGIN:VCARD" in text[:LONGEST_CARDS].upper():
        from motjuste.people.vcard import read_vcards

        cards = read_vcards(text[:LONGEST_CARDS].encode("utf-8", "replace"), "clipboard").contacts
        return distinct(known for card in cards for known in _as_known(card, book))
    if len(text) > LONGEST_TEXT:
        return ()
    return distinct([*at_addresses(text, book), *_called(text, book)])


def at_addresses(text: str, book: Book) -> Iterator[Contact]:
    """The people of `book` whose e-mail or profile address stands in `text`."""
    for email in re.findall(_EMAIL, text):
        yield from book.at_address(email)
    for address in re.findall(_PROFILE, text):
        yield from book.at_address(profile_key(address.rstrip(".,;)>\"'»”")))


def _called(text: str, book: Book) -> tuple[Contact, ...]:
    lines = text.strip().splitlines()
    name = clean_name(lines[0]) if len(lines) == 1 else None
    if name is None or name.confidence == "none" or " " not in name.full:
        return ()
    return book.named(fold(name.full))


def _as_known(card: Contact, book: Book) -> tuple[Contact, ...]:
    addresses = [card.profile_key, *card.emails]
    known = [*(each for one in addresses for each in book.at_address(one)), *book.named(fold(card.display_name))]
    return tuple(each for each in known if are_one(each, card))[:1] or (card,)
