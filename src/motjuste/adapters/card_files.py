"""Changing one card of the address book, in the file where it stands."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from motjuste.adapters.files import read_bytes, write_atomically
from motjuste.errors import NoSuchPerson, UserError
from motjuste.people.card import Contact
from motjuste.people.vcard import read_vcards, write_vcard


def change_card(folder: Path, known: Contact, change: Callable[[Contact], Contact]) -> Contact:
    """Write what `change` makes of the card of `known`, all its other lines as they were; return the new one.

    Raises NoSuchPerson for a card that does not stand in `folder`, UserError when it cannot be read or saved.
    """
    path = folder / known.source
    if not path.is_file():
        raise _not_here(known)
    reading = read_vcards(read_bytes(path), known.source)
    if reading.problems:
        # Writing the file again would lose what we could not read in it.
        raise UserError(str(reading.problems[0]), next_step=f"mend {path} in an editor, then try again")
    cards = list(reading.contacts)
    place = _place(cards, known)
    if place is None:
        raise _not_here(known)
    cards[place] = change(cards[place])
    write_atomically(path, "".join(map(write_vcard, cards)))
    return replace(cards[place], kept=())


def whole_card(folder: Path, known: Contact) -> Contact | None:
    """The card of `known` with all its lines; None when it does not stand in `folder`, or cannot be read."""
    path = folder / known.source
    if not known.source or not path.is_file():
        return None
    try:
        cards = read_vcards(read_bytes(path), known.source).contacts
    except UserError:
        return None
    place = _place(cards, known)
    return None if place is None else cards[place]


def whole_cards(folder: Path, people: Iterable[Contact]) -> Iterator[Contact]:
    """The cards of `people` with all their lines, one after the other, as far as they stand in `folder`.

    Only one file's lines are in memory at a time: the photos of a whole address book would fill it.
    """
    source: str | None = None
    cards: dict[Contact, Contact] = {}
    for known in people:
        if known.source != source:
            source, cards = known.source, {}
            with contextlib.suppress(UserError):
                if source and (path := folder / source).is_file():
                    cards = {replace(each, kept=()): each for each in read_vcards(read_bytes(path), source).contacts}
        yield cards.get(replace(known, kept=()), known)


def _place(cards: Sequence[Contact], known: Contact) -> int | None:
    # The address book does not keep the lines that our fields do not hold.
    wanted = replace(known, kept=())
    return next((place for place, card in enumerate(cards) if replace(card, kept=()) == wanted), None)


def _not_here(known: Contact) -> NoSuchPerson:
    return NoSuchPerson(
        f"{known.display_name!r} is not in the address book",
        next_step="add the card first: motjuste contacts import FILE",
    )
