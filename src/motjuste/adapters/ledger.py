"""The ledger: a SQLite file to which events are only added (ports.Ledger)."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from motjuste.adapters.ledger_opening import Opened, identity, open_ledger
from motjuste.adapters.ledger_tables import transaction
from motjuste.adapters.ledger_words import UNREADABLE, backups_of, damaged, in_words
from motjuste.errors import UserError
from motjuste.inbox.events import Event, is_step, standing
from motjuste.inbox.merging import Merged, merged
from motjuste.ports import News

BUSY_SECONDS = 5.0
_T = TypeVar("_T")
_Row = tuple[Any, ...]
_COLUMNS = "batch, at, kind, person, invitation, details"
_MOST_VALUES = 500
"""How many values one statement is given; SQLite's own limit is higher everywhere."""
_MOST_CHANGED = 200
"""So many invitations are read one by one after an undoing; for more, everything is read."""


class LedgerFile:
    """The ledger in one file, made when something is first recorded.

    One object belongs to one thread; several, and several programs, may use the same file. `patience` is how
    many seconds to wait while another one writes.
    """

    def __init__(self, path: Path, *, patience: float = BUSY_SECONDS) -> None:
        self._opened: Opened | None = None
        self.path = path
        self._patience = patience

    @property
    def slow_because(self) -> str:
        """Why the file is kept in an older way, with one program at a time; "" in the usual one."""
        return self._opened.slow_because if self._opened else ""

    def record(self, events: Iterable[Event]) -> int:
        """See ports.Ledger.record."""
        told = tuple(events)
        if not told:
            return 0
        with self._writing() as connection:
            batch = _newest_batch(connection) + 1
            new = [(batch, event) for event in told if not _was_read(connection, event)]
            return batch if new and _add(connection, new) else 0

    def events(self, *, people: Sequence[str] = (), invitation: str = "") -> Sequence[Event]:
        """See ports.Ledger.events."""
        with self._reading() as connection:
            if connection is None:
                return ()
            if people:
                found = _of_people(connection, people)
            elif invitation:
                # The index holds only what belongs to an invitation, and is used only where that is said.
                found = _rows(connection, "WHERE invitation = ? AND invitation <> ''", [invitation])
            else:
                return _events(_rows(connection, "", []))
            return _events((*found, *_undoing(connection, {row[0] for row in found})))

    def invitations(self, beginning: str = "") -> Collection[str]:
        """See ports.Ledger.invitations."""
        with self._reading() as connection:
            if connection is None:
                return frozenset()
            found = connection.execute(
                "SELECT invitation FROM event WHERE kind IN ('received', 'sent') AND invitation BETWEEN ? AND ?",
                (beginning, f"{beginning}\U0010ffff"),
            )
            return frozenset(id for (id,) in found)

    def news(self, seen: object = None) -> News:
        """See ports.Ledger.news."""
        with self._reading() as connection:
            if connection is None or self._opened is None:
                return News((), None)
            (times,) = connection.execute("SELECT times FROM rewritten").fetchone()
            (newest,) = connection.execute("SELECT coalesce(max(number), 0) FROM event").fetchone()
            now = _Seen(self._opened.identity, times, newest)
            if isinstance(seen, _Seen) and (seen.identity, seen.rewritten) == (now.identity, times):
                rows = _rows(connection, "WHERE number > ?", [seen.number])
                changed = _changed_by(connection, rows)
                if len(changed) <= _MOST_CHANGED:
                    return News(_events(rows), now, whole=False, changed=changed)
            return News(_events(_rows(connection, "", [])), now)

    def newest_step(self) -> Sequence[Event]:
        """See ports.Ledger.newest_step."""
        with self._reading() as connection:
            if connection is None:
                return ()
            newest_first = connection.execute(
                f"SELECT {_COLUMNS} FROM event WHERE kind NOT IN ('received', 'undone') ORDER BY batch DESC, number"
            )
            for batch, rows in groupby(newest_first, key=itemgetter(0)):
                events = [event for event in _events(rows) if is_step(event)]
                # A batch counts unless something undoes it that counts itself.
                if events and any(standing([*events, *_events(_undoing(connection, {batch}))])):
                    return tuple(events)
            return ()

    def merge(self, events: Iterable[Event]) -> Merged:
        """See ports.Ledger.merge."""
        theirs = tuple(events)
        with self._writing() as connection:
            done = merged(_events(_rows(connection, "", [])), theirs)
            # From the last one down: each moves to a number that is free by then.
            for before, now in sorted(done.moved.items(), reverse=True):
                connection.execute("UPDATE event SET batch = ? WHERE batch = ?", (now, before))
                connection.execute(
                    "UPDATE event SET undoes = ?, details = ? WHERE undoes = ?",
                    (now, _json({"batch": str(now)}), before),
                )
            _add(connection, [(event.batch, event) for event in done.new])
            if done.new:
                _tell_rewritten(connection)
            return done

    def last_batch(self) -> int:
        """See ports.Ledger.last_batch."""
        return max((event.batch for event in standing(self.events())), default=0)

    def forget(self, people: Sequence[str]) -> int:
        """See ports.Ledger.forget."""
        # The undoing of steps belongs to nobody, and stays.
        keys = [key for key in people if key]
        if not keys or not self.path.exists():
            return 0
        with self._writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            gone = _forget(connection, keys)
            if gone:
                _tell_rewritten(connection)
        with self._in_words():
            assert self._opened is not None
            _write_anew(self._opened.connection, self.path)
        for backup in backups_of(self.path):
            self._forget_in_backup(backup, keys)
        return gone

    def _forget_in_backup(self, backup: Path, keys: Sequence[str]) -> None:
        try:
            with contextlib.closing(sqlite3.connect(backup, isolation_level=None)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                with transaction(connection):
                    _forget(connection, keys)
                _write_anew(connection, backup)
        except sqlite3.Error as error:
            raise UserError(
                f"the people are gone from the ledger, but not from its backup {backup}: {error}",
                next_step="delete that file if it has to be",
            ) from error

    def examine(self) -> int:
        """Look at every page of the file; how many entries it has, and UserError when it is damaged."""
        with self._reading() as connection:
            if connection is None:
                return 0
            (says,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if says != "ok":
                raise _Unreadable(" ".join(says.split()))
            (entries,) = connection.execute("SELECT count(*) FROM event").fetchone()
            return int(entries)

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._opened is not None:
            self._opened.connection.close()
            self._opened = None

    def __del__(self) -> None:
        # A command ends without a word to its ledger; an open file is closed in the thread that opened it.
        with contextlib.suppress(sqlite3.Error):
            self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._in_words():
            connection = self._connection(create=True)
            assert connection is not None  # it was made
            with transaction(connection):
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """One moment of the record, whatever others write meanwhile; None when there is none yet."""
        with self._in_words():
            connection = self._connection(create=False)
            if connection is None:
                yield None
                return
            with transaction(connection, "DEFERRED"):
                yield connection

    def _connection(self, *, create: bool) -> sqlite3.Connection | None:
        if self._opened is not None and (
            # A backup may have been put in its place since, and what is written into the old file is lost.
            identity(self.path) != self._opened.identity or (create and self._opened.only_reading)
        ):
            self.close()
        if self._opened is None:
            self._opened = open_ledger(self.path, self._patience, create=create)
        return self._opened.connection if self._opened else None

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            raise in_words(error, self.path) from error
        except _Unreadable as error:
            raise damaged(self.path, str(error)) from error


@dataclass(frozen=True)
class _Seen:
    """Up to which entry of which file somebody has read."""

    identity: tuple[int, int]
    rewritten: int
    number: int


class _Unreadable(Exception):
    """An entry that cannot have been written by motjuste."""


def _newest_batch(connection: sqlite3.Connection) -> int:
    (newest,) = connection.execute("SELECT coalesce(max(batch), 0) FROM event").fetchone()
    return int(newest)


def _was_read(connection: sqlite3.Connection, event: Event) -> bool:
    """Whether a file has told of this already: two programs may read the same one at once."""
    source = event.details.get("source_id")
    if not source:
        return False
    known = connection.execute(
        # The second condition lets the index be used.
        "SELECT details FROM event WHERE invitation = ? AND invitation <> '' AND kind = ?",
        (event.invitation, event.kind),
    )
    return any(json.loads(details).get("source_id") == source for (details,) in known)


def _add(connection: sqlite3.Connection, events: Iterable[tuple[int, Event]]) -> int:
    """Add the events with their batches; how many were new."""
    return connection.executemany(
        f"INSERT OR IGNORE INTO event ({_COLUMNS}, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                batch,
                event.at.isoformat(),
                event.kind,
                event.person,
                event.invitation,
                _json(event.details),
                int(event.details["batch"]) if event.kind == "undone" else None,
            )
            for batch, event in events
        ],
    ).rowcount


def _of_people(connection: sqlite3.Connection, people: Sequence[str]) -> list[_Row]:
    return [
        row for some in _some(people) for row in _rows(connection, f"WHERE person IN ({_marks(some)})", some)
    ]


def _undoing(connection: sqlite3.Connection, batches: set[int]) -> list[_Row]:
    """What undoes any of these batches, and what undoes that."""
    found: list[_Row] = []
    wanted = sorted(batches)
    while wanted:
        undoing = [
            row
            for some in _some(wanted)
            for row in _rows(connection, f"WHERE undoes IN ({_marks(some)})", some)
        ]
        found += undoing
        wanted = sorted({row[0] for row in undoing} - batches)
        batches = batches | set(wanted)
    return found


def _changed_by(connection: sqlite3.Connection, rows: Iterable[_Row]) -> set[str]:
    """The invitations of the batches that these rows undo, and of those that they undo no more."""
    changed: set[str] = set()
    wanted = {int(_event(*row).details["batch"]) for row in rows if row[2] == "undone"}
    seen: set[int] = set()
    while wanted:
        seen |= wanted
        undone: set[int] = set()
        for some in _some(sorted(wanted)):
            which = f"FROM event WHERE batch IN ({_marks(some)})"
            changed.update(id for (id,) in connection.execute(f"SELECT DISTINCT invitation {which}", some))
            undone.update(
                batch for (batch,) in connection.execute(f"SELECT undoes {which} AND undoes > 0", some)
            )
        wanted = undone - seen
    return changed - {""}


def _rows(connection: sqlite3.Connection, which: str, given: Sequence[object]) -> list[_Row]:
    return connection.execute(f"SELECT {_COLUMNS} FROM event {which} ORDER BY number", given).fetchall()


def _events(rows: Iterable[_Row]) -> tuple[Event, ...]:
    """The events that rows hold, the oldest first."""
    try:
        # What came from another record's file stands behind, but may be older.
        return tuple(_event(*row) for row in sorted(rows, key=itemgetter(0)))
    except (ValueError, TypeError, KeyError) as error:
        raise _Unreadable(UNREADABLE) from error


def _event(batch: int, at: str, kind: str, person: str, invitation: str, told: str) -> Event:
    details = json.loads(told)
    if kind == "undone":
        int(details["batch"])
    return Event(
        batch=batch,
        at=datetime.fromisoformat(at),
        kind=kind,
        person=person,
        invitation=invitation,
        details=details,
    )


def _forget(connection: sqlite3.Connection, people: Sequence[str]) -> int:
    learned = [
        id
        for some in _some(people)
        for (id,) in connection.execute(
            f"SELECT invitation FROM event WHERE kind = 'learned' AND person IN ({_marks(some)})", some
        )
    ]
    # What is from before their profile was learned stands under their name, as a namesake's may.
    return sum(
        connection.execute(f"DELETE FROM event WHERE {column} IN ({_marks(some)})", some).rowcount
        for column, values in (("person", people), ("invitation", learned))
        for some in _some(values)
    )


def _write_anew(connection: sqlite3.Connection, path: Path) -> None:
    """Leave nothing of what was deleted, or moved within the file, in its free space or in the write-ahead log."""
    try:
        # A temporary file would be one more place where all of it stands.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise
        busy = True
    if busy:
        raise UserError(
            f"the people are gone from {path}, but it could not be written anew while another program uses it, so that "
            "they may still be found in its bytes",
            next_step="end that program, with 'motjuste daemon stop' for example, then forget them again",
        )


def _tell_rewritten(connection: sqlite3.Connection) -> None:
    """Whoever keeps what was read before has to read all of it again."""
    connection.execute("UPDATE rewritten SET times = times + 1")


def _some(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The values in portions that one statement takes."""
    return (values[start : start + _MOST_VALUES] for start in range(0, len(values), _MOST_VALUES))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _json(details: Mapping[str, str]) -> str:
    return json.dumps(dict(details), ensure_ascii=False)
