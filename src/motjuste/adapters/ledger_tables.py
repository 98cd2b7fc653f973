"""The ledger's tables, version by version, and how an older file is brought to the newest one."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from motjuste.adapters.files import reason
from motjuste.adapters.ledger_words import BACKUP, backups_of, foreign, newer, no_backup

APPLICATION = 0x6D6F746A
""""motj": tells our file from any other SQLite database, since version 2."""
BACKUPS_KEPT = 3


def _first(connection: sqlite3.Connection) -> None:
    _each(
        connection,
        """CREATE TABLE event (
            number INTEGER PRIMARY KEY,
            batch INTEGER NOT NULL,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            invitation TEXT NOT NULL,
            details TEXT NOT NULL
        )""",
        "CREATE INDEX event_person ON event (person)",
        "CREATE INDEX event_invitation ON event (invitation) WHERE invitation <> ''",
        "CREATE UNIQUE INDEX event_told_once ON event (invitation) WHERE kind IN ('received', 'sent')",
        "CREATE INDEX event_batch ON event (batch)",
    )


def _second(connection: sqlite3.Connection) -> None:
    """What undoes a batch is found by that batch; whoever keeps a copy sees when old events changed."""
    _each(
        connection,
        "ALTER TABLE event ADD COLUMN undoes INTEGER",
        "CREATE INDEX event_undoes ON event (undoes) WHERE undoes IS NOT NULL",
        "CREATE TABLE rewritten (times INTEGER NOT NULL)",
        "INSERT INTO rewritten VALUES (0)",
        f"PRAGMA application_id = {APPLICATION}",
    )
    undone = connection.execute("SELECT number, details FROM event WHERE kind = 'undone'").fetchall()
    connection.executemany(
        "UPDATE event SET undoes = ? WHERE number = ?",
        [(int(json.loads(details)["batch"]), number) for number, details in undone],
    )


def _each(connection: sqlite3.Connection, *statements: str) -> None:
    # executescript would commit first, and a migration would be torn.
    for statement in statements:
        connection.execute(statement)


MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (_first, _second)
"""Numbered from 1: the database's `user_version` says which were done."""


def check(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a ledger's tables; UserError for a newer one and for another program's database."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(event)")]
    if application not in (0, APPLICATION) or version < 1 or "batch" not in columns:
        raise foreign(path)
    if version > len(MIGRATIONS):
        raise newer(path, version, len(MIGRATIONS))
    return int(version)


def fill(connection: sqlite3.Connection) -> None:
    """Make the tables in a database that is new."""
    with transaction(connection):
        for migrate in MIGRATIONS:
            migrate(connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Do what an older ledger's tables lack, each step whole or not at all, after a backup of the file.

    UserError when there is no room for the backup; then nothing was changed.
    """
    kept = False
    while check(connection, path) < len(MIGRATIONS):
        with transaction(connection):
            # Another program may have done it while this one waited for its turn.
            version = check(connection, path)
            if version == len(MIGRATIONS):
                return
            if not kept:
                back_up(path, version + 1)
                kept = True
            MIGRATIONS[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")
    if kept:
        for old in backups_of(path)[BACKUPS_KEPT:]:
            with contextlib.suppress(OSError):
                old.unlink()


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All of what happens within, or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has taken it back by itself after some errors; there is nothing to take back then.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def back_up(path: Path, version: int) -> Path:
    """Copy the ledger to a file of its own beside it, before it is brought to `version`."""
    name = f"{path.stem}{BACKUP}{version}-{date.today().isoformat()}"
    free = (path.with_name(f"{name}{f'-{again}' if again else ''}{path.suffix}") for again in range(10_000))
    backup = next(each for each in free if not each.exists())
    unfinished = path.with_name(f".{backup.name}.{os.getpid()}")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with (
            contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.rename(backup)
    except (OSError, sqlite3.Error) as error:
        for left in path.parent.glob(f"{unfinished.name}*"):
            with contextlib.suppress(OSError):
                left.unlink()
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise no_backup(path, version, why) from error
    return backup
