"""From the CONTACT argument to a person: a name to look up, a card file, `-` for a card, or nobody named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motjuste.adapters.files import read_bytes
from motjuste.cli.asking import someone_is_there
from motjuste.cli.output import tell
from motjuste.compose import ambiguous, described
from motjuste.errors import NoSuchPerson, UserError
from motjuste.people.card import Contact
from motjuste.people.reading import CARD_FILES
from motjuste.people.who import Meant, who_is_meant

if TYPE_CHECKING:
    from motjuste.ports import AddressBook

STDIN = "-"
NOBODY = (
    "nobody is named and nobody is chosen, so the greeting is neutral; "
    "name someone, or choose with 'motjuste contacts use NAME'"
)


LookUp = Callable[[str], Sequence[Contact]]
"""Whom a name may mean: nobody, one, or several to choose from."""


@dataclass(frozen=True)
class Found:
    """Who is meant, and what should be said about it on stderr."""

    meant: Meant
    notes: tuple[str, ...] = ()


def find_person(argument: str | None, book: AddressBook, elsewhere: LookUp | None = None) -> Found:
    """Who `argument` means; of people without a card, `elsewhere` tells whom a name may mean.

    Raises NoSuchPerson for nobody or, away from a terminal, for several people; UserError for a card that
    cannot be read.
    """
    if argument is None:
        meant = who_is_meant(current=book.current())
        return Found(meant, () if meant.contact else (NOBODY,))
    if argument == STDIN:
        return _from_cards(read_stdin("a contact card"), "standard input", at_terminal=False)
    if is_card_file(argument):
        path = Path(argument).expanduser()
        return _from_cards(read_bytes(path), path.name, at_terminal=True)
    return Found(who_is_meant(argument=look_up(argument, book, elsewhere)))


def look_up(name: str, book: AddressBook, elsewhere: LookUp | None = None) -> Contact:
    """The one person of the book whom `name` means, else of those `elsewhere`.

    Of several, a choice is offered at a terminal, else NoSuchPerson is raised.
    """
    from motjuste.people.search import find

    contacts = book.contacts()
    people = find(name, contacts) or (elsewhere(name) if elsewhere else ())
    if not people:
        raise NoSuchPerson(
            f"nobody in the address book is called {name!r}",
            next_step="give a .vcf file, or add people with 'motjuste contacts import FILE'"
            if contacts
            else "it is empty: add people with 'motjuste contacts import FILE', or give a .vcf file",
        )
    return people[0] if len(people) == 1 else _choose(people, repr(name), at_terminal=True)


def person_in_document(contact: Contact) -> dict[str, Any]:
    """A person as every JSON document shows them: always these four, and what else the card knows."""
    always = {
        "formatted_name": contact.formatted_name,
        "greeting_name": contact.greeting_name,
        "confidence": contact.confidence,
        "source": contact.source,
    }
    known = {
        each.name: getattr(contact, each.name)
        for each in fields(contact)
        if each.name not in (*always, "kept") and getattr(contact, each.name) not in ("", (), None)
    }
    return always | {
        name: value.isoformat() if isinstance(value, date) else value for name, value in known.items()
    }


def is_card_file(argument: str) -> bool:
    """Whether `argument` is meant as a path: it ends like a card, or it is a file in some folder."""
    path = Path(argument).expanduser()
    return path.suffix.casefold() in CARD_FILES or ("/" in argument and path.is_file())


def read_stdin(what: str) -> bytes:
    """All of standard input; at a terminal, a line on stderr says that it is waited for."""
    if sys.stdin is None:
        raise UserError(f"standard input is closed, so there is no {what} to read")
    if sys.stdin.isatty():
        tell([f"reading {what} from the keyboard; end it with Ctrl+D"])
    return sys.stdin.buffer.read()


def _from_cards(data: bytes, source: str, *, at_terminal: bool) -> Found:
    from motjuste.people.any_file import read_people

    reading = read_people(data, source)
    notes = tuple(str(problem) for problem in reading.problems)
    if not reading.contacts:
        raise UserError(
            notes[0] if notes else f"{source} holds no contact card",
            # Of pasted text, the problem itself says what was expected.
            next_step="" if "; " in "".join(notes[:1]) else "a card begins with BEGIN:VCARD and has a name in FN or N",
        )
    person = (
        reading.contacts[0]
        if len(reading.contacts) == 1
        else _choose(reading.contacts, source, at_terminal=at_terminal)
    )
    return Found(who_is_meant(argument=person), notes)


def _choose(people: Sequence[Contact], name: str, *, at_terminal: bool) -> Contact:
    if not (at_terminal and someone_is_there()):
        raise ambiguous(tuple(people), name)
    tell(f"{number:3}  {described(person)}" for number, person in enumerate(people, 1))
    while True:
        tell([f"who is meant? 1 to {len(people)}, or nothing to give up"])
        answer = sys.stdin.readline().strip()
        if not answer:
            raise ambiguous(tuple(people), name)
        if answer.isdecimal() and 1 <= int(answer) <= len(people):
            return people[int(answer) - 1]
