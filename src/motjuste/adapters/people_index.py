"""What stands in the card files of a folder, kept in a SQLite file: reading it again takes no parsing.

The cards are the truth: what is kept of a file counts as long as the file has the stamp that it had when it was
read. Whatever is wrong with the index itself, it is thrown away, and the cards are read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from motjuste.adapters.files import is_ours_alone, make_private_folder
from motjuste.adapters.kept import state_of
from motjuste.errors import UserError
from motjuste.people.reading import Problem

if TYPE_CHECKING:
    import sqlite3

# Nobody who writes a message waits longer than this for another program that writes the index.
_PATIENCE_SECONDS: Final = 0.5
_AT_ONCE: Final = 500
"""How many files one step of reading has: some milliseconds."""
# What is kept was made by these; another version of them may make something else of the same file.
_MAKERS: Final = tuple(
    f"motjuste.{name}"
    for name in (
        "adapters.people_index", "people.card", "people.content_lines", "people.entry", "people.facets",
        "people.name_order", "people.name_titles", "people.name_words", "people.names", "people.reading",
        "people.vcard",
    )
)  # fmt: skip
# Neither a packed entry nor a problem has such a character.
_FIELD: Final = "\x1b"
_ITEM: Final = "\x1c"
_TABLES: Final = (
    "CREATE TABLE made (by TEXT NOT NULL)",
    "CREATE TABLE file (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, problems TEXT NOT NULL, entries TEXT NOT NULL,"
    " checksum INTEGER NOT NULL) WITHOUT ROWID",
)


class CardFile(NamedTuple):
    """What a card file held when it had this stamp."""

    stamp: str
    entries: tuple[str, ...] = ()
    """Packed."""
    problems: tuple[Problem, ...] = ()
    settled: bool = True
    """Whether any later change of the file shows in its stamp."""


class PeopleIndex:
    """The index at `path`. Nothing that is wrong with it is an error: it only saves time. None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def files(self) -> Iterator[dict[str, CardFile]]:
        """All that is kept, by the names of the files, some hundred at a time."""
        if self._path is None or not os.path.exists(self._path):
            return
        import sqlite3  # late: a message for a card that is given does without it

        try:
            with closing(self._opened(self._path)) as connection:
                if _made_by(connection) == _today():
                    rows = connection.execute("SELECT name, stamp, problems, entries, checksum FROM file")
                    while some := rows.fetchmany(_AT_ONCE):
                        yield {name: _unpacked(name, *row) for name, *row in some}
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            self._give_up(self._path, error)

    def keep(self, files: Mapping[str, CardFile], gone: Iterable[str] = ()) -> Iterator[int]:
        """Keep what was read of `files`, in place of what was kept of them, and nothing of those that are `gone`.

        It is done some hundred files at a time, how many is told each time.
        """
        if self._path is None:
            return
        import sqlite3

        names = [name for name in files if _is_text(name)]
        try:
            make_private_folder(self._path.parent)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(self._opened(self._path)) as connection:
                # What was deleted, a person's card above all, leaves no trace in the file.
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("BEGIN IMMEDIATE")
                _make_tables(connection)
                connection.executemany("DELETE FROM file WHERE name = ?", [(n,) for n in gone if _is_text(n)])
                connection.execute("COMMIT")
                for start in range(0, len(names), _AT_ONCE):
                    some = names[start : start + _AT_ONCE]
                    rows = [_packed(name, files[name]) for name in some]
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", rows)
                    connection.execute("COMMIT")
                    yield len(rows)
        except (sqlite3.Error, OSError, ValueError, TypeError, UserError) as error:
            self._give_up(self._path, error)

    def _opened(self, path: Path) -> sqlite3.Connection:
        import sqlite3

        if not is_ours_alone(path.stat()):
            raise sqlite3.DatabaseError("somebody else may have written this")
        connection = sqlite3.connect(
            path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # Who reads does not wait for who writes, and a power cut leaves what was there.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_up(self, path: Path, error: Exception) -> None:
        """Throw the index away, unless it is only out of reach for now."""
        if isinstance(error, (OSError, UserError)) or _is_passing(error):
            return
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            with contextlib.suppress(OSError):
                name.unlink()


def _is_passing(error: Exception) -> bool:
    """Whether SQLite says that the file is locked, out of reach or without room, rather than damaged."""
    import sqlite3

    passing = (
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
    )  # fmt: skip
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in passing


def _made_by(connection: sqlite3.Connection) -> str:
    """What the index was made by; "" while there is none."""
    found = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return str(connection.execute("SELECT by FROM made").fetchone()[0]) if found[0] else ""


def _today() -> str:
    return hashlib.sha256(state_of(_MAKERS)).hexdigest()


def _make_tables(connection: sqlite3.Connection) -> None:
    """Have empty tables unless those that are there were made as we make them."""
    today = _today()
    if _made_by(connection) == today:
        return
    for table in ("made", "file"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO made VALUES (?)", (today,))


def _packed(name: str, file: CardFile) -> tuple[str, str, str, str, int]:
    problems = _ITEM.join(f"{problem.line}{_FIELD}{problem.reason}" for problem in file.problems)
    entries = _ITEM.join(file.entries)
    return name, file.stamp, problems, entries, _checksum(name, file.stamp, problems, entries)


def _unpacked(name: str, stamp: str, problems: str, entries: str, checksum: int) -> CardFile:
    """Raises ValueError or TypeError for what was not packed so: SQLite does not notice each damage of its file."""
    if checksum != _checksum(name, stamp, problems, entries):
        raise ValueError(name)
    return CardFile(
        stamp,
        tuple(entries.split(_ITEM)) if entries else (),
        tuple(_problem(name, *each.split(_FIELD)) for each in problems.split(_ITEM)) if problems else (),
    )


def _checksum(*texts: str) -> int:
    return zlib.crc32("\0".join(texts).encode())


def _problem(name: str, line: str, reason: str) -> Problem:
    return Problem(name, int(line), reason)


def _is_text(name: str) -> bool:
    """Whether a file's name is text that can be kept; the system allows others."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
