"""Changing one card of the address book, in the file where it stands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from motjuste.adapters.files import read_bytes, reason, write_atomically
from motjuste.errors import NoSuchPerson, UserError
from motjuste.people.card import Contact
from motjuste.people.vcard import read_vcards, write_vcard


@dataclass
class _File:
    """The cards of one file of the address book."""

    path: Path
    cards: list[Contact]

    def save(self) -> None:
        """Write the cards; a file without any goes away. UserError when the disk does not do it."""
        if self.cards:
            write_atomically(self.path, "".join(map(write_vcard, self.cards)))
        else:
            remove_file(self.path)


def change_card(folder: Path, known: Contact, change: Callable[[Contact], Contact]) -> Contact:
    """Write what `change` makes of the card of `known`, all its other lines as they were; return the new one.

    Raises NoSuchPerson for a card that does not stand in `folder`, UserError when it cannot be read or saved.
    """
    file, place = _found(folder, known)
    file.cards[place] = change(file.cards[place])
    file.save()
    return replace(file.cards[place], kept=())


def merge_cards(
    folder: Path, first: Contact, second: Contact, join: Callable[[Contact, Contact], Contact]
) -> Contact:
    """Write what `join` makes of two cards in the place of the first one, then remove the second one; return the new.

    Raises NoSuchPerson and UserError as `change_card` does. Whatever fails, each fact stands on one card at least.
    """
    file, place = _found(folder, first)
    other, other_place = _found(folder, second)
    one = join(file.cards[place], other.cards[other_place])
    file.cards[place] = one
    if first.source == second.source:
        del file.cards[other_place]
        file.save()
        return replace(one, kept=())
    if os.path.samefile(file.path, other.path):
        raise UserError(
            f"{first.source} and {second.source} are one file under two names",
            next_step="remove one of both names, a link, from the address book",
        )
    file.save()
    del other.cards[other_place]
    try:
        other.save()
    except UserError as error:
        raise UserError(
            f"both cards are one now in {file.path}, but the other one stands there still: {error.problem}",
            next_step="merge them again when its folder is writable",
        ) from error
    return replace(one, kept=())


def remove_file(path: Path) -> None:
    """Remove the file at `path` and, when that is a link, the file it leads to; UserError when that cannot be."""
    try:
        for each in (Path(os.path.realpath(path)), path):
            each.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"{path} could not be removed: {reason(error)}",
            next_step="make its folder writable, then try again",
        ) from error


def _found(folder: Path, known: Contact) -> tuple[_File, int]:
    """The file in which the card of `known` stands, and its place there."""
    path = folder / known.source
    if not known.source or not path.is_file():
        raise _not_here(known)
    reading = read_vcards(read_bytes(path), known.source)
    if reading.problems:
        # Writing the file again would lose what we could not read in it.
        raise UserError(str(reading.problems[0]), next_step=f"mend {path} in an editor, then try again")
    place = _place(reading.contacts, known)
    if place is None:
        raise _not_here(known)
    return _File(path, list(reading.contacts)), place


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
