"""How many cards of a folder of samples are read, or reported with a reason, beside vobject.

`make bench ARGS="sample_cards --samples FOLDER"`; docs/contacts.md says where there are public ones.
"""

from __future__ import annotations

import re
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import Row
from motjuste.people.any_file import read_people
from motjuste.people.card import Contact

_BEGINS = re.compile(rb"^\s*BEGIN\s*:\s*VCARD|\[\s*\"vcard\"\s*,", re.IGNORECASE | re.MULTILINE)


@dataclass
class _Counts:
    files: int = 0
    cards: int = 0
    read: int = 0
    unsaid: int = 0
    vobject_files: int = 0
    compared: int = 0
    alike: int = 0


def measure(samples: Path) -> list[Row]:
    """Read every file below `samples`; what is read otherwise than by vobject is told on stderr."""
    counts = _Counts()
    for path in sorted(samples.rglob("*")):
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if _BEGINS.search(data):
            _count(path.name, data, counts)
    return [
        Row("sample files", str(counts.files), f"{counts.cards} cards in them"),
        Row("cards read", f"{counts.read} of {counts.cards}"),
        Row("cards lost without a word", str(counts.unsaid), goal="0", met=counts.unsaid == 0),
        Row("files that vobject reads", f"{counts.vobject_files} of {counts.files}", "by default"),
        Row(
            "name and organization as vobject has them",
            f"{counts.alike} of {counts.compared}",
            "cards that both read; the others are shown",
        ),
    ]


def _count(name: str, data: bytes, counts: _Counts) -> None:
    reading = read_people(data, name)
    cards = len(_BEGINS.findall(data))
    counts.files += 1
    counts.cards += cards
    counts.read += len(reading.contacts)
    counts.unsaid += max(0, cards - len(reading.contacts) - len(reading.problems))
    theirs = _read_by_vobject(data)
    counts.vobject_files += bool(theirs)
    for (their_name, their_organization), contact in zip(theirs, reading.contacts, strict=False):
        counts.compared += 1
        if their_name in ("", contact.formatted_name) and their_organization in ("", contact.organization):
            counts.alike += 1
        else:
            print(f"{name}: {(their_name, their_organization)} by vobject, {_shown(contact)}", file=sys.stderr)


def _shown(contact: Contact) -> tuple[str, str]:
    return contact.formatted_name, contact.organization


def _read_by_vobject(data: bytes) -> list[tuple[str, str]]:
    """The names and organizations that vobject reads; nobody when it gives the file up."""
    import vobject

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            cards = list(vobject.readComponents(data.decode("utf-8")))
            return [(_text(card, "fn"), _text(card, "org")) for card in cards]
        except Exception:  # whatever a card makes it raise, it has not read the file
            return []


def _text(card: object, name: str) -> str:
    value = getattr(getattr(card, name, None), "value", "")
    return " ".join(str(value[0] if isinstance(value, list) and value else value or "").split())
