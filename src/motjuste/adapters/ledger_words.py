"""What a person is told when the ledger's file cannot be used: what is wrong, and what to do next."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from motjuste.errors import UserError

UNREADABLE = "an entry cannot be read"
BACKUP = "-before-version-"


def backups_of(path: Path) -> list[Path]:
    """The backups beside the ledger at `path`, the newest first."""
    found = (each for each in path.parent.glob(f"{path.stem}{BACKUP}*{path.suffix}") if each.is_file())
    return sorted(found, key=lambda each: (each.stat().st_mtime_ns, each.name), reverse=True)


def in_words(error: sqlite3.Error, path: Path) -> UserError:
    """What SQLite's refusal means for the person whose ledger it is."""
    name = getattr(error, "sqlite_errorname", "")
    if not name and str(error).startswith("Could not decode"):
        return damaged(path, UNREADABLE)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_IOERR_SHORT_READ")):
        return damaged(path, str(error))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError(
            f"another program is using the ledger {path} and did not let go of it",
            next_step="nothing was recorded; try again, or end that program first",
        )
    if name.startswith("SQLITE_FULL"):
        return _unwritable(path, "the disk is full", "make room")
    if name.startswith("SQLITE_READONLY"):
        return _unwritable(
            path, "the file or its folder is read-only", "give yourself the right to write both"
        )
    if name.startswith("SQLITE_IOERR"):
        return _unwritable(path, "the disk did not take it", "make room, or check the disk")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return UserError(
            f"the ledger {path} cannot be opened",
            next_step="give yourself the right to read and write it and its folder",
        )
    return UserError(f"the ledger {path} cannot be used: {error}", next_step="nothing was recorded")


def damaged(path: Path, why: str) -> UserError:
    """The file is no ledger any more; it was left as it is."""
    newest = next(iter(backups_of(path)), None)
    way = f"put the backup {newest.name} in its place" if newest else "put a copy of yours in its place"
    return UserError(
        f"the ledger {path} is damaged: {why}",
        next_step=f"it was left as it is; {way}, or move it away (with its -wal file) and run "
        "'motjuste inbox import' on a file that 'motjuste inbox export' wrote",
    )


def foreign(path: Path) -> UserError:
    """The file is a database, but of another program."""
    return UserError(
        f"{path} is a database of another program, not motjuste's ledger",
        next_step="it was left as it is; move it away, and put your ledger there if you have one",
    )


def newer(path: Path, version: int, known: int) -> UserError:
    """A newer motjuste wrote the file."""
    return UserError(
        f"the ledger {path} was written by a newer motjuste (version {version} of its tables; {known} is known here)",
        next_step="it was left as it is; update motjuste",
    )


def orphaned(path: Path, companion: Path) -> UserError:
    """The ledger is gone, and what was last recorded still lies in its companion."""
    return UserError(
        f"the ledger {path} is gone, but {companion.name}, which holds its newest entries, is still there",
        next_step="put the ledger back beside it; if there is none any more, move that file away",
    )


def no_backup(path: Path, version: int, why: str) -> UserError:
    """A migration has to wait, since there is no backup of what was before it."""
    return UserError(
        f"no backup of the ledger {path} could be made before bringing it to version {version}: {why}",
        next_step="nothing was changed; make room or make its folder writable, then try again",
    )


def _unwritable(path: Path, why: str, what_to_do: str) -> UserError:
    return UserError(
        f"the ledger {path} could not be written: {why}",
        next_step=f"nothing was recorded; {what_to_do}, then try again",
    )


def old_and_read_only(path: Path) -> UserError:
    """The tables are of an older version, and cannot be brought to the newest one."""
    return UserError(
        f"the ledger {path} is of an older version and read-only",
        next_step="give yourself the right to write it",
    )
