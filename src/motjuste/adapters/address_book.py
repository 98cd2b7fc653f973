"""The address book: a folder of vCards, one a file, that other address books can read and people can edit."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from motjuste.adapters.files import make_private_folder, reason, write_atomically
from motjuste.errors import UserError
from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.reading import Problem, Reading
from motjuste.people.vcard import read_vcards, write_vcard

if TYPE_CHECKING:
    from motjuste.people.merging import Change

CHOICE_HOLDS = timedelta(hours=1)
_LONGEST_FILE_NAME = 60


@dataclass(frozen=True)
class Imported:
    """How many people an import added, filled in, and knew already; what it did to whom."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    changes: tuple[Change, ...] = field(default=(), compare=False)
    """Without those who stay as they are and about whom all agrees."""


@dataclass(frozen=True)
class _File:
    """What a card file held when it had this stamp."""

    stamp: tuple[int, int]
    reading: Reading


class VCardFolder:
    """The people of a folder of vCards, and the one chosen for the next messages (ports.AddressBook)."""

    def __init__(self, folder: Path, state_file: Path, *, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self._state_file = state_file
        self._now = now
        self._files: dict[str, _File] = {}
        self._ahead: dict[str, _File] = {}
        self._coming: Iterator[tuple[str, tuple[int, int]]] | None = None
        self._book = Book()
        self._folder_problem: tuple[Problem, ...] = ()

    def contacts(self) -> Book:
        """Everybody whose card can be read; files are read again only after they changed.

        The vCard lines that our fields do not hold stay in the files: photos would fill the memory.
        """
        before = self._files
        self._files = {name: self._read(name, stamp) for name, stamp in self._stamps()}
        self._ahead = {}
        if self._files != before:
            files = self._files.values()
            self._book = Book(contact for file in files for contact in file.reading.contacts)
        return self._book

    def read_ahead(self, most: int) -> bool:
        """Read at most `most` cards before anybody asks for them; False when none is left.

        Thousands of cards take seconds: whoever listens to a keyboard reads them between the keys.
        """
        if self._coming is None:
            self._coming = self._stamps()
        stamps = tuple(islice(self._coming, most))
        self._ahead |= {name: self._read(name, stamp) for name, stamp in stamps}
        if len(stamps) < most:
            self._coming = None
        return self._coming is not None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read when `contacts` was last asked for."""
        return (
            *self._folder_problem,
            *(each for file in self._files.values() for each in file.reading.problems),
        )

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
        from motjuste.people.merging import Change, People, conflicts, merged

        self.contacts()
        people: People[tuple[str, int]] = People()
        for name, file in self._files.items():
            for place, contact in enumerate(file.reading.contacts):
                people.add(contact, (name, place))
        names = {name.casefold() for name in self._entries()}
        new: dict[str, Contact] = {}
        changes: list[Change] = []
        updated = unchanged = 0
        for contact in contacts:
            known = people.place_of(contact)
            if known is None:
                name = _free_name(contact, names)
                names.add(name)
                new[name] = contact
                people.add(contact, (name, 0))
                changes.append(Change("added", contact.display_name))
                continue
            if known[0] in new:
                card, fields = new[known[0]], tuple[str, ...]()
                new[known[0]] = merged(card, contact)
            else:
                card = self._files[known[0]].reading.contacts[known[1]]
                fields = self._fill(*known, contact, dry_run=dry_run)
            updated += bool(fields)
            unchanged += not fields
            differing = conflicts(card, contact)
            if fields or differing:
                what = "updated" if fields else "unchanged"
                changes.append(Change(what, card.display_name, fields, differing))
        if not dry_run:
            _save_together(self.folder, {name: write_vcard(contact) for name, contact in new.items()})
        return Imported(len(new), updated, unchanged, tuple(changes))

    def _fill(self, name: str, place: int, contact: Contact, *, dry_run: bool) -> tuple[str, ...]:
        """Fill the card at `place` of the file `name`; the names of the fields that were filled."""
        from motjuste.people.merging import filled_fields, merged

        path = self.folder / name
        remembered = self._files[name].reading.contacts[place]
        if not contact.kept and merged(remembered, contact) == remembered:
            return ()
        try:
            # The file itself, because it holds lines that we do not keep in memory.
            reading = read_vcards(path.read_bytes(), name)
        except OSError:
            return ()
        if reading.problems or place >= len(reading.contacts):
            # Writing the file again would lose what we could not read in it.
            return ()
        cards = list(reading.contacts)
        filled = merged(cards[place], contact)
        fields = filled_fields(cards[place], filled)
        if fields and not dry_run:
            cards[place] = filled
            write_atomically(path, "".join(map(write_vcard, cards)))
        return fields

    def _entries(self) -> list[str]:
        """The names of all files of the folder, none when it is not there yet."""
        try:
            self._folder_problem = ()
            return sorted(os.listdir(self.folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            self._folder_problem = (Problem(str(self.folder), 1, f"cannot be read: {reason(error)}"),)
            return []

    def _stamps(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for name in self._entries():
            if not name.startswith(".") and name.casefold().endswith((".vcf", ".vcard")):
                with contextlib.suppress(OSError):
                    status = (self.folder / name).stat()
                    yield name, (status.st_mtime_ns, status.st_size)

    def _read(self, name: str, stamp: tuple[int, int]) -> _File:
        known = self._files.get(name) or self._ahead.get(name)
        if known and known.stamp == stamp:
            return known
        path = self.folder / name
        if not path.is_file():
            return _File(stamp, Reading(problems=(Problem(name, 1, "is not a file"),)))
        try:
            reading = read_vcards(path.read_bytes(), name)
        except OSError as error:
            return _File(stamp, Reading(problems=(Problem(name, 1, f"cannot be read: {reason(error)}"),)))
        contacts = tuple(replace(each, kept=()) if each.kept else each for each in reading.contacts)
        return _File(stamp, replace(reading, contacts=contacts))


def _save_together(folder: Path, texts: Mapping[str, str]) -> None:
    """Write new files of `folder` by their names: all of them, or none when one cannot be written."""
    if not texts:
        return
    make_private_folder(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as unfinished:
            for name, text in texts.items():
                path = Path(unfinished, name)
                path.touch(mode=0o600)
                path.write_bytes(text.encode("utf-8", "replace"))
            # One flush for all: asking for each of 30,000 files by itself takes minutes. Windows has none for all.
            if sys.platform != "win32":
                os.sync()
            for name in texts:
                os.replace(Path(unfinished, name), folder / name)
    except OSError as error:
        raise UserError(
            f"the contacts could not be saved in {folder}: {reason(error)}",
            next_step="nobody was added; make room or make the folder writable, then try again",
        ) from error


def _free_name(contact: Contact, taken: set[str]) -> str:
    """A file name that says whose card it is and that no file has yet: "marie-dupont-2.vcf"."""
    name = next(filter(None, (contact.display_name, *contact.emails)), "")
    stem = "-".join(fold(name).split())[:_LONGEST_FILE_NAME].strip("-") or "contact"
    number = 1
    while (name := f"{stem}-{number}.vcf" if number > 1 else f"{stem}.vcf") in taken:
        number += 1
    return name
