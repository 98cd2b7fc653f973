"""Other address books read what we write, change it, and lose nothing; what they write, we read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rfc6350
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from test_joining import cards
from test_vcard import contacts

from motjuste.people.card import Contact
from motjuste.people.content_lines import escaped, parsed, unescaped
from motjuste.people.vcard import read_vcards, write_vcard

CARDS = Path(__file__).parents[1] / "data" / "cards"
FILES = sorted(CARDS.iterdir())
Said = tuple[str, str, list[tuple[str, str]]]
NEW = "+33 7 00 00 00 99"


def ours(data: bytes, source: str = "any.vcf") -> Contact:
    reading = read_vcards(data, source)
    assert (len(reading.contacts), reading.problems) == (1, ())
    return reading.contacts[0]


def said(contact: Contact) -> list[Said]:
    """What every line of a card says, in any order, as its name, value and parameters."""
    text = write_vcard(contact).replace("\r\n ", "")
    lines = [prop for prop in map(parsed, text.split("\r\n")) if prop]
    return sorted((each.name, each.value, sorted(each.parameters)) for each in lines)


def with_a_phone_more(contact: Contact) -> list[Said]:
    return sorted([*said(contact), ("TEL", NEW, [("TYPE", "cell")])])


def facts(contact: Contact) -> Contact:
    return replace(contact, kept=())


# --- a strict reader of the grammar ----------------------------------------------------------------


def changed_by_the_book(contact: Contact) -> Contact:
    """The card after an address book that takes the grammar at its word has added a number."""
    (card,) = rfc6350.read(write_vcard(contact).encode())
    card.append(rfc6350.Line("TEL", NEW, [("TYPE", "cell")]))
    return ours(rfc6350.write([card]), contact.source)


@settings(max_examples=50)
@given(contacts)
def test_what_we_write_is_by_the_grammar_and_comes_back_with_a_number_more(contact: Contact) -> None:
    back = changed_by_the_book(contact)
    assert facts(back) == replace(facts(contact), phones=(*contact.phones, NEW))
    assert said(back) == with_a_phone_more(contact)


# The pool has things that a card may have once twice over, which we keep as they were; not here.
@settings(max_examples=100)
@given(cards)
def test_kept_lines_come_back_with_their_parameters_and_groups(contact: Contact) -> None:
    single = one_each(contact)
    back = changed_by_the_book(single)
    assert facts(back) == replace(facts(single), phones=back.phones)
    assert set(back.phones) == {*single.phones, NEW}
    assert said(back) == with_a_phone_more(single)


def one_each(contact: Contact) -> Contact:
    """`contact` with the first of each line that a card may have once."""
    lines: dict[str, str] = {}
    for line in write_vcard(contact).replace("\r\n ", "").split("\r\n"):
        prop = parsed(line)
        once = prop is not None and prop.name in ("N", "BDAY", "GENDER", "REV", "UID")
        lines.setdefault(prop.name if prop and once else line, line)
    return ours("\r\n".join(lines.values()).encode() + b"\r\n", "a.vcf")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cards_of_every_program_become_cards_by_the_grammar(path: Path) -> None:
    for contact in read_vcards(path.read_bytes(), path.name).contacts:
        back = changed_by_the_book(contact)
        assert set(back.phones) == {*contact.phones, NEW}
        assert replace(facts(back), phones=()) == replace(facts(contact), phones=())
        assert said(back) == with_a_phone_more(contact)


# --- vobject, on which several address books stand -------------------------------------------------


def changed_by_vobject(contact: Contact) -> Contact:
    card = vobject.readOne(write_vcard(contact))
    number = card.add("tel")
    number.value = NEW
    number.type_param = "cell"
    return ours(card.serialize().encode(), contact.source)


def without_escapes(lines: list[Said]) -> list[Said]:
    return sorted((name, unescaped(value), parameters) for name, value, parameters in lines)


plain = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "P", "S")), max_size=20)
"""vobject has its own mind about control characters and line separators, of which a contact has none."""


# It takes a web address for a text, which ends at a comma; by the RFC, an address has no escapes.
addresses = contacts.filter(lambda each: "," not in "".join((each.profile_url, *each.urls)))


@settings(max_examples=40)
@given(addresses.map(lambda each: replace(each, kept=())), st.lists(plain, max_size=2))
def test_vobject_changes_a_card_and_loses_nothing(contact: Contact, sizes: list[str]) -> None:
    # As another program writes a text of its own.
    contact = replace(contact, kept=tuple(f"X-SIZE:{escaped(size)}" for size in sizes))
    contact = ours(write_vcard(contact).encode())
    back = changed_by_vobject(contact)
    assert facts(back) == replace(facts(contact), phones=(*contact.phones, NEW))
    # It escapes the semicolons of an address, which says the same.
    assert without_escapes(said(back)) == without_escapes(with_a_phone_more(contact))
