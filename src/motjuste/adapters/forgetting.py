"""Everything that is kept of one person, and removing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.card_files import CardFile, opened, remove_file
from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.ledger_words import backups_of
from motjuste.adapters.settings import Places
from motjuste.inbox.invitation import keys_of
from motjuste.people.card import Contact
from motjuste.people.entry import whole_names
from motjuste.people.merging import are_one, profile_keys, surely_one

# What we write into before a file takes its name, and what is left of it when the machine stops meanwhile.
_UNFINISHED = re.compile(r"\.(import-|added-|.+\.)[a-z0-9_]{8}")
_SHORTEST_KEY = 5
"""A shorter name or profile stands in too many words to be looked for."""


@dataclass(frozen=True)
class Traces:
    """Where a person stands. `doubtful` are cards that may be the same person's, and are left alone."""

    person: Contact
    cards: Sequence[Contact] = ()
    current: bool = False
    used: bool = False
    """Whether it is known when they were last chosen or written to."""
    unfinished: Sequence[Path] = ()
    keys: Sequence[str] = ()
    events: int = 0
    backups: Sequence[Path] = ()
    doubtful: Sequence[Contact] = ()


def traces_of(person: Contact, places: Places, book: VCardFolder, ledger: LedgerFile) -> Traces:
    """All that is kept of `person`, who need not have a card. Raises UserError for a card that cannot be read."""
    everybody = book.contacts()
    cards = [each for each in everybody if each == person or surely_one(each, person)]
    people = (person, *cards)
    names = {name for each in people for name in whole_names(each)}
    namesakes = [each for name in sorted(names) for each in everybody.named(name) if each not in cards]
    near = [each for one in people for email in one.emails for each in everybody.at_address(email)]
    alike = [each for each in near if each not in cards and any(are_one(each, card) for card in people)]
    keys = dict.fromkeys(key for each in people for key in keys_of(each))
    if not namesakes:
        # Who invited by this name alone can only be this person, as far as anybody knows.
        keys |= dict.fromkeys(f"name:{name}" for name in sorted(names))
    words = needles(people)
    current = book.current()
    return Traces(
        person=person,
        cards=cards,
        current=current in cards or _names(places.current_contact, words),
        used=any(map(book.last_used, people)),
        unfinished=[path for path in _unfinished(places) if _names(path, words)],
        keys=tuple(keys),
        events=len(ledger.events(people=tuple(keys))),
        backups=backups_of(ledger.path),
        doubtful=tuple(dict.fromkeys([*namesakes, *alike])),
    )


def forget(traces: Traces, places: Places, book: VCardFolder, ledger: LedgerFile) -> None:
    """Remove all of `traces`, the cards last: by them the rest is found when something fails on the way.

    What is only kept to save time, and names the person, goes too: it is made anew without them.

    Raises UserError for what cannot be removed; before anything is, for a file that holds others and cannot be read.
    """
    files = _without(book.folder, traces.cards)
    ledger.forget(traces.keys)
    if traces.current:
        book.clear()
    for each in (traces.person, *traces.cards):
        book.forget_use(each)
    for path in traces.unfinished:
        remove_file(path)
    for file in files:
        file.save()
    words = needles((traces.person, *traces.cards))
    for path in _files_in(places.cache):
        if _names(path, words):
            remove_file(path)


def still_named(traces: Traces, places: Places) -> list[Path]:
    """The files of the person's own in which the forgotten one is still named: another's note, a template, a log."""
    words = needles((traces.person, *traces.cards))
    told = {places.contacts / each.source for each in traces.doubtful}
    return [path for path in _own_files(places) if path not in told and _names(path, words)]


def needles(people: Iterable[Contact]) -> set[str]:
    """What somebody is named by in a text, in small letters: whole names, e-mail addresses, profiles."""
    words: set[str] = set()
    for each in people:
        names = (each.display_name, each.formatted_name, *each.other_names)
        words |= {name for name in names if " " in name or "@" in name}
        words |= {*each.emails, *profile_keys(each)}
    return {word.casefold() for word in words if len(word) >= _SHORTEST_KEY}


def _without(folder: Path, cards: Sequence[Contact]) -> list[CardFile]:
    """The files in which `cards` stand, as they are without them; nothing is written yet."""
    files = []
    for source in dict.fromkeys(card.source for card in cards):
        gone = {card for card in cards if card.source == source}
        file = opened(folder, source, alone_if=gone)
        files.append(replace(file, cards=[card for card in file.cards if replace(card, kept=()) not in gone]))
    return files


def _unfinished(places: Places) -> Iterator[Path]:
    for folder in (places.contacts, places.state, places.ledger.parent):
        for path in sorted(folder.glob(".*")) if folder.is_dir() else ():
            if _UNFINISHED.fullmatch(path.name):
                yield from _files_in(path)


def _own_files(places: Places) -> Iterator[Path]:
    roots = (*places.watched, places.policies, places.state, *places.ledger.parent.glob(f"{places.ledger.stem}*"))
    for root in dict.fromkeys(roots):
        yield from _files_in(root)


def _files_in(root: Path) -> Iterator[Path]:
    """The files in a folder and below it, or the file itself."""
    paths = sorted(root.rglob("*")) if root.is_dir() else [root]
    return (each for each in paths if each.is_file())


def _names(path: Path, words: Iterable[str]) -> bool:
    """Whether a file names somebody by one of `words`, in whatever letters and over the folds of a card."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    text = re.sub(rb"\r?\n[ \t]", b"", data).decode("utf-8", "replace").casefold()
    return any(word in text for word in words)
