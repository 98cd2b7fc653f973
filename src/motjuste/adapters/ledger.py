"""The ledger: a SQLite file to which events are only added (ports.Ledger)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from motjuste.adapters.files import make_private_folder
from motjuste.errors import UserError
from motjuste.inbox.events import Event, standing

_BUSY_SECONDS = 5.0
_MAGIC = b"SQLite format 3\x00"


def _first(connection: sqlite3.Connection) -> None:
    connection.executescript(
        """
        CREATE TABLE event (
            number INTEGER PRIMARY KEY,
            batch INTEGER NOT NULL,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            invitation TEXT NOT NULL,
            details TEXT NOT NULL
        );
        CREATE INDEX event_person ON event (person);
        CREATE INDEX event_invitation ON event (invitation) WHERE invitation <> '';
        CREATE UNIQUE INDEX event_told_once ON event (invitation) WHERE kind IN ('received', 'sent');
        CREATE INDEX event_batch ON event (batch);
        """
    )


MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (_first,)
"""Numbered from 1: the database's `user_version` says which were done."""


class LedgerFile:
    """The ledger in one file, made when something is first recorded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    def record(self, events: Iterable[Event]) -> int:
        """See ports.Ledger.record."""
        told = tuple(events)
        if not told:
            return 0
        with self._open() as connection:
            (newest,) = connection.execute("SELECT coalesce(max(batch), 0) FROM event").fetchone()
            connection.executemany(
                "INSERT OR IGNORE INTO event (batch, at, kind, person, invitation, details) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        newest + 1,
                        event.at.isoformat(),
                        event.kind,
                        event.person,
                        event.invitation,
                        json.dumps(dict(event.details), ensure_ascii=False),
                    )
                    for event in told
                ],
            )
        return int(newest) + 1

    def events(self, *, people: Sequence[str] = (), invitation: str = "") -> Sequence[Event]:
        """See ports.Ledger.events."""
        if not self.path.exists():
            return ()
        wanted, given = "", tuple[str, ...]()
        if people:
            wanted, given = f"WHERE person IN ({', '.join('?' * len(people))})", tuple(people)
        elif invitation:
            wanted, given = "WHERE invitation = ?", (invitation,)
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT batch, at, kind, person, invitation, details FROM event {wanted} ORDER BY number", given
            ).fetchall()
        return tuple(
            Event(
                batch=batch,
                at=datetime.fromisoformat(at),
                kind=kind,
                person=person,
                invitation=invitation,
                details=json.loads(details),
            )
            for batch, at, kind, person, invitation, details in rows
        )

    def last_batch(self) -> int:
        """See ports.Ledger.last_batch."""
        return max((event.batch for event in standing(self.events())), default=0)

    def forget(self, people: Sequence[str]) -> int:
        """See ports.Ledger.forget. No byte of the file, or of a backup beside it, tells of them afterwards."""
        if not people:
            return 0
        gone = 0
        if self.path.exists():
            with self._open() as connection:
                gone = _delete(connection, people)
            _rewrite(connection, self.path)
        for backup in self.backups():
            _forget_in_backup(backup, people)
        return gone

    def backups(self) -> Sequence[Path]:
        """The ledgers of former days that stand beside this one."""
        near = self.path.parent.glob(f"{self.path.stem}*")
        return sorted(each for each in near if each != self.path and each.is_file() and _is_database(each))

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        try:
            if self._connection is None:
                self._connection = self._connect()
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
        except sqlite3.Error as error:
            raise UserError(
                f"the ledger {self.path} cannot be used: {error}", next_step="nothing was recorded"
            ) from error

    def _connect(self) -> sqlite3.Connection:
        make_private_folder(self.path.parent)
        self.path.touch(mode=0o600, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number, migrate in enumerate(MIGRATIONS[version:], version + 1):
            migrate(connection)
            connection.execute(f"PRAGMA user_version = {number}")
        return connection


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _delete(connection: sqlite3.Connection, people: Sequence[str]) -> int:
    connection.execute("PRAGMA secure_delete = ON")
    marks = ", ".join("?" * len(people))
    return connection.execute(f"DELETE FROM event WHERE person IN ({marks})", tuple(people)).rowcount


def _rewrite(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew, without what was deleted: that stays in free pages and in the log of what was written."""
    try:
        # A temporary file would be one more place where everything stands.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise _not_rewritten(path, str(error)) from error
    if busy:
        raise _not_rewritten(path, "another program uses it")


def _not_rewritten(path: Path, why: str) -> UserError:
    return UserError(
        f"{path} could not be written anew, so that what was removed from it can still be found there: {why}",
        next_step="end what uses it, with 'motjuste daemon stop' for example, then forget again",
    )


def _forget_in_backup(path: Path, people: Sequence[str]) -> None:
    try:
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            _delete(connection, people)
            _rewrite(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UserError(
            f"the backup {path} cannot be read, so what stands in it could not be forgotten: {error}",
            next_step="remove it yourself if the person may be in it",
        ) from error
