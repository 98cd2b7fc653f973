"""What the tests of the index share: two cards, and programs that look at them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from motjuste.adapters.address_book import VCardFolder
from motjuste.people.card import Contact

MARIE = Contact(formatted_name="Marie Dupont", emails=("marie@acme.example",), note="the fair, in May")
PAUL = Contact(formatted_name="Paul Martin", nickname="Popol")


def put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    settle(path)


def settle(path: Path) -> None:
    """Wait for the next tick of the file system's clock: a change within one is another test."""
    beside = path.with_name(".clock")
    changed = path.stat().st_ctime_ns
    while not beside.exists() or beside.stat().st_ctime_ns < changed + 40_000_000:
        beside.write_bytes(b"")
    beside.unlink()


def book_of(folder: Path, index: Path | None) -> VCardFolder:
    return VCardFolder(folder, folder / "state", now=lambda: datetime.now(UTC), index=index)


def names(folder: Path, index: Path | None) -> list[str]:
    """Who is there for a program that has just started."""
    return [contact.formatted_name for contact in book_of(folder, index).contacts()]


def kept(index: Path) -> list[str]:
    with closing(sqlite3.connect(index)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM file ORDER BY name")]
