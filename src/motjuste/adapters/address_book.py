"""The address book: a folder of vCards, one a file, that other address books can read and people can edit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from motjuste.adapters.files import reason, write_atomically
from motjuste.errors import UserError
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.reading import Problem
from motjuste.people.vcard import read_vcards, write_vcard

if TYPE_CHECKING:
    from motjuste.adapters.card_folder import CardFolder
    from motjuste.adapters.last_used import LastUsed
    from motjuste.people.book import Book
    from motjuste.people.merging import Change

CHOICE_HOLDS = timedelta(hours=1)
_Place = tuple[str, int]
"""A card: the name of its file, and which of that file's."""
_LONGEST_FILE_NAME = 60


@dataclass(frozen=True)
class Imported:
    """How many people an import added, filled in, and knew already; what it did to whom."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    changes: tuple[Change, ...] = field(default=(), compare=False)
    """Without those who stay as they are and about whom all agrees."""


class VCardFolder:
    """The people of a folder of vCards, and the one chosen for the next messages (ports.AddressBook).

    The file `index` saves reading all cards again; it may be deleted at any time. None does without.
    """

    def __init__(
        self, folder: Path, state_file: Path, *, now: Callable[[], datetime], index: Path | None = None
    ) -> None:
        self.folder = folder
        self._state_file = state_file
        self._now = now
        self._index = index
        self._book: Book
        self._changes = -1
        self._steps: Iterator[int] | None = None
        self._reads_ahead = False
        self._is_looked_at = False
        self._is_unchanged: Callable[[], bool] = lambda: False

    @cached_property
    def _cards(self) -> CardFolder:
        from motjuste.adapters.card_folder import (
            CardFolder,  # late: a message for a card that is given needs no folder
        )

        return CardFolder(self.folder, self._index)

    @cached_property
    def _used(self) -> LastUsed:
        from motjuste.adapters.last_used import LastUsed

        return LastUsed(self._state_file.with_name("last-used"), self._now)

    def contacts(self) -> Book:
        """Everybody whose card can be read; files are read again only after they changed.

        The vCard lines that our fields do not hold stay in the files: photos would fill the memory.
        """
        if self._is_looked_at and self._cards.can_be_watched and self._is_unchanged():
            return self._book
        self._steps = None
        for _ in self._cards.looking():
            pass
        self._renew()
        self._is_looked_at = True
        if not self._reads_ahead:
            for _ in self._cards.keeping():
                pass
        return self._book

    def be_watched(self, is_unchanged: Callable[[], bool]) -> None:
        """Somebody watches the folder: `is_unchanged` says whether nothing in it has changed since `look_again`.

        To look at each of thousands of files by ourselves takes longer than writing a message.
        """
        self._is_unchanged = is_unchanged

    def look_again(self) -> None:
        """Something may have changed in the folder: the next question looks at it."""
        self._is_looked_at = False

    def read_ahead(self, most: int) -> bool:
        """Do as much of what the first question needs as reading `most` cards takes; False when nothing is left.

        Thousands of cards take seconds: whoever listens to a keyboard reads them between the keys.
        """
        from motjuste.adapters.card_folder import CARD

        self._reads_ahead = True
        self._steps = self._steps or self._reading_ahead()
        room = most * CARD
        for cost in self._steps:
            room -= cost
            if room <= 0:
                return True
        self._steps = None
        return False

    def _reading_ahead(self) -> Iterator[int]:
        from motjuste.adapters.card_folder import MANY

        yield from self._cards.looking()
        self._renew()
        self._is_looked_at = True
        while self._book.prepare(MANY):
            yield min(MANY, len(self._book))
        # Having it on the disk takes its time: a few cards are read as fast.
        yield from self._cards.keeping(at_least=MANY)

    def _renew(self) -> None:
        if self._changes != self._cards.changes:
            from motjuste.people.book import Book

            self._book, self._changes = Book(packed=self._cards.entries), self._cards.changes

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read when `contacts` was last asked for."""
        return self._cards.problems

    def current(self) -> Contact | None:
        """The person chosen less than an hour ago, as the address book knows them now."""
        try:
            data = self._state_file.read_bytes()
        except OSError:
            return None
        import json  # late: nearly always nobody is chosen where a card is given

        try:
            state = json.loads(data)
            age = self._now() - datetime.fromisoformat(state["chosen_at"])
            chosen = read_vcards(state["card"].encode(), state["source"]).contacts[0]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            # The file is not ours: it means nobody, and the next choice replaces it.
            return None
        if not timedelta(0) <= age < CHOICE_HOLDS:
            return None
        # Late, as wherever it is needed: a message for a card that is given does without it.
        from motjuste.people.merging import are_one

        namesakes = self.contacts().named(fold(chosen.display_name))
        return next((contact for contact in namesakes if are_one(contact, chosen)), chosen)

    def use(self, contact: Contact) -> None:
        """Choose `contact` for the next hour. Raises UserError when that cannot be saved."""
        import json

        state = {
            "chosen_at": self._now().isoformat(),
            "source": contact.source,
            "card": write_vcard(replace(contact, kept=())),
        }
        write_atomically(self._state_file, json.dumps(state, ensure_ascii=False))
        self.note_use(contact)

    def note_use(self, contact: Contact) -> None:
        """Remember that a message is written for `contact` now: who was used last is offered first. It never fails."""
        self._used.note(contact)

    def last_used(self, contact: Contact) -> int:
        """When somebody was last chosen, or a message was written for them, in seconds; 0 is never."""
        return self._used.when(contact)

    def forget_use(self, contact: Contact) -> bool:
        """Keep no time of when `contact` was used; whether there was one. UserError when that cannot be saved."""
        return self._used.forget(contact)

    def clear(self) -> None:
        """Choose nobody. Raises UserError when that cannot be saved."""
        try:
            self._state_file.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"{self._state_file} could not be removed: {reason(error)}",
                next_step="make its folder writable, then try again",
            ) from error

    def add(self, contacts: Iterable[Contact], *, dry_run: bool = False) -> Imported:
        """Save new people and fill what is empty on the cards of known ones; nothing written there changes.

        Raises UserError when a card cannot be saved: then no new person was added. A dry run saves nothing.
        """
        from motjuste.people.entry import unpacked
        from motjuste.people.merging import Change, People, conflicts, merged

        self.contacts()
        people: People[_Place] = People()
        cards: dict[_Place, Contact] = {}
        for name, file in self._cards.files.items():
            for number, entry in enumerate(file.entries):
                cards[name, number] = unpacked(entry).contact
                people.add(cards[name, number], (name, number))
        names = _names_in(self.folder)
        new: list[_Place] = []
        changes: list[Change] = []
        updated = unchanged = 0
        for contact in contacts:
            place = people.place_of(contact)
            if place is None:
                place = (_free_name(contact, names), 0)
                names.add(place[0])
                new.append(place)
                cards[place] = contact
                people.add(contact, place)
                changes.append(Change("added", contact.display_name))
                continue
            card = cards[place]
            if place[0] in self._cards.files:
                fields = self._fill(place, card, contact, dry_run=dry_run)
            else:
                fields, cards[place] = (), merged(card, contact)
            updated += bool(fields)
            unchanged += not fields
            differing = conflicts(card, contact)
            if fields or differing:
                what = "updated" if fields else "unchanged"
                changes.append(Change(what, card.display_name, fields, differing))
        if new and not dry_run:
            self._save({name: cards[name, 0] for name, _ in new})
        return Imported(len(new), updated, unchanged, tuple(changes))

    def _save(self, new: Mapping[str, Contact]) -> None:
        from motjuste.adapters.new_cards import save_together

        texts = {name: write_vcard(contact) for name, contact in new.items()}
        for name, written in save_together(self.folder, texts).items():
            self._cards.remember(name, new[name], texts[name], written)
        self.contacts()

    def _fill(self, place: _Place, known: Contact, contact: Contact, *, dry_run: bool) -> tuple[str, ...]:
        """Fill the card at `place`, which is `known`; the names of the fields that were filled."""
        from motjuste.people.merging import filled_fields, merged

        if not contact.kept and merged(known, contact) == known:
            return ()
        name, number = place
        path = self.folder / name
        try:
            # The file itself, because it holds lines that we do not keep in memory.
            reading = read_vcards(path.read_bytes(), name)
        except OSError:
            return ()
        if reading.problems or number >= len(reading.contacts):
            # Writing the file again would lose what we could not read in it.
            return ()
        cards = list(reading.contacts)
        filled = merged(cards[number], contact)
        fields = filled_fields(cards[number], filled)
        if fields and not dry_run:
            cards[number] = filled
            write_atomically(path, "".join(map(write_vcard, cards)))
        return fields


def _names_in(folder: Path) -> set[str]:
    """The names of all files of `folder`, none when it is not there yet; capitals do not tell files apart."""
    try:
        return {name.casefold() for name in os.listdir(folder)}
    except OSError:
        return set()


def _free_name(contact: Contact, taken: set[str]) -> str:
    """A file name that says whose card it is and that no file has yet: "marie-dupont-2.vcf"."""
    name = next(filter(None, (contact.display_name, *contact.emails)), "")
    stem = "-".join(fold(name).split())[:_LONGEST_FILE_NAME].strip("-") or "contact"
    number = 1
    while (name := f"{stem}-{number}.vcf" if number > 1 else f"{stem}.vcf") in taken:
        number += 1
    return name
