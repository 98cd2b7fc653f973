"""Opening the ledger's file, or making it: in the way that fits the file system, and never over anything else."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motjuste.adapters.file_systems import network_file_system
from motjuste.adapters.files import belongs_to_us, make_private_folder, reason
from motjuste.adapters.ledger_tables import MIGRATIONS, bring_up, check, fill
from motjuste.adapters.ledger_words import damaged, old_and_read_only, orphaned
from motjuste.errors import UserError

COMPANIONS = ("-wal", "-journal", "-shm")
"""Files that belong to the ledger while it is in use: new entries, how to take a torn one back, shared memory."""
_SURELY_LEFT_SECONDS = 60
_NO_SHARED_MEMORY = ("SQLITE_CANTOPEN", "SQLITE_IOERR_SHM", "SQLITE_PROTOCOL")


@dataclass(frozen=True)
class Opened:
    """An open ledger."""

    connection: sqlite3.Connection
    identity: tuple[int, int]
    """Which file it is: another one may stand at its path later."""
    only_reading: bool = False
    slow_because: str = ""


def open_ledger(path: Path, patience: float, *, create: bool) -> Opened | None:
    """The ledger at `path`, its tables brought to the newest version; with `create`, for writing.

    None when there is no ledger and none is to be made. Raises UserError, or sqlite3.Error for the caller to
    put into words; either way the file is as it was.
    """
    if not path.exists():
        for companion in companions(path):
            if companion.suffix != f"{path.suffix}-shm" and companion.stat().st_size:
                raise orphaned(path, companion)
        if not create:
            return None
        _make(path)
    if not path.is_file():
        raise UserError(f"the ledger {path} is no file", next_step="move what is there away")
    if path.stat().st_size == 0:
        raise damaged(path, "it is empty")
    if not create and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _open_for_reading(path, patience)
    opened = _open(path, patience)
    _keep_private(path)
    return opened


def companions(path: Path) -> list[Path]:
    """The files that SQLite keeps beside the ledger at `path`, as far as they are there."""
    return [each for each in (path.with_name(path.name + end) for end in COMPANIONS) if each.exists()]


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at `path`; None when there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _open(path: Path, patience: float) -> Opened:
    network = network_file_system(path.parent)
    connection = _connect(path, patience, "mode=rw")
    with _closed_on_failure(connection):
        shared = _shares_memory(connection, path)
        bring_up(connection, path)
        mode = _keep_log(connection) if shared and not network else _keep_journal(connection)
        # Without the write-ahead log, only EXTRA brings the journal's removal to the disk as well.
        connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
    network_because = f"it is on a network file system ({network})" if network else ""
    because = network_because or "programs cannot share memory in its folder"
    return Opened(connection, identity(path) or (0, 0), slow_because="" if mode == "wal" else because)


def _shares_memory(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the write-ahead log can be used; where it cannot, what one holds is read all the same."""
    try:
        check(connection, path)
    except sqlite3.OperationalError as error:
        if not _no_shared_memory(error):
            raise
        # With the file for ourselves alone, the log needs none.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        check(connection, path)
        _keep_journal(connection)
        connection.execute("PRAGMA locking_mode = NORMAL")
        # The file is let go of at the end of the next reading.
        check(connection, path)
        return False
    return True


def _keep_log(connection: sqlite3.Connection) -> str:
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if not _no_shared_memory(error):
            raise
        return "delete"
    return str(mode)


def _keep_journal(connection: sqlite3.Connection) -> str:
    (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    return str(mode)


def _no_shared_memory(error: sqlite3.OperationalError) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith(_NO_SHARED_MEMORY)


def _open_for_reading(path: Path, patience: float) -> Opened:
    log = path.with_name(f"{path.name}-wal")
    # Nobody can write here, so nothing needs to be locked; but what the log holds has to be read with its help.
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    connection = _connect(path, patience, how)
    with _closed_on_failure(connection):
        if check(connection, path) < len(MIGRATIONS):
            raise old_and_read_only(path)
    return Opened(connection, identity(path) or (0, 0), only_reading=True)


def _connect(path: Path, patience: float, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=patience, isolation_level=None
    )


@contextlib.contextmanager
def _closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _make(path: Path) -> None:
    """Make an empty ledger, which is there as a whole or not at all; if another program was first, its own stays."""
    make_private_folder(path.parent)
    _tidy(path)
    unfinished = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        unfinished = Path(name)
        with contextlib.closing(_connect(unfinished, 0, "mode=rw")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            fill(connection)
        _put(unfinished, path)
    except OSError as error:
        raise UserError(
            f"the ledger {path} cannot be made: {reason(error)}",
            next_step="make room or make its folder writable, then try again",
        ) from error
    finally:
        if unfinished is not None:
            for left in (unfinished, *companions(unfinished)):
                with contextlib.suppress(OSError):
                    left.unlink()


def _tidy(path: Path) -> None:
    """Remove what a program left that was killed while it made a ledger; what is young may belong to one at work."""
    for left in path.parent.glob(f".{path.name}.*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _SURELY_LEFT_SECONDS:
                left.unlink()


def _put(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no hard links.
        if not path.exists():
            unfinished.rename(path)


def _keep_private(path: Path) -> None:
    """Somebody may have copied it here with everybody's right to read; its companions take after it."""
    if sys.platform == "win32":
        return
    for each in (path, *companions(path)):
        with contextlib.suppress(OSError):
            about = each.stat()
            if belongs_to_us(about) and stat.S_IMODE(about.st_mode) & 0o077:
                each.chmod(0o600)
