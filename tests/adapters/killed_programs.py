"""A program that uses the ledger is killed at many different points, and what is left is compared.

killed_programs.py FOLDER POINTS SEED prints one JSON document. A child does a morning's work in the inbox and says
after each step that it is done; it is stopped at every system call, and killed (SIGKILL) before one of them. Then
the ledger has to hold exactly what was confirmed, with or without the one step that was under way. A third of
the points are moments rather than system calls.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.ledger_tables import MIGRATIONS
from motjuste.inbox.events import Event
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom
from motjuste.people.card import Contact

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
INVITATIONS = [
    Invitation(
        name=f"Léa Petit {number}",
        at=datetime(2026, 2, 1, 9, 0) + timedelta(minutes=number),
        profile_url=f"linkedin.com/in/lea-{number}",
        note="Bonjour,\nvotre article m’a plu." * (number % 2),
    )
    for number in range(40)
]
ELSEWHERE = [
    Event(kind="copied", at=NOON - timedelta(days=number), person=f"in:hugo-{number}", batch=100 - number)
    for number in range(1, 20)
]
TRACE_ME, SYSTEM_CALL, SET_OPTIONS = 0, 24, 0x4200
KILL_WITH_PARENT = 0x100000
MOMENTS = 3
"""One point in so many is a moment."""

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


class NoBook:
    """Nobody's cards are kept."""

    def contacts(self) -> Sequence[Contact]:
        return ()

    def current(self) -> Contact | None:
        return None


@dataclass
class Clock:
    """Goes on by a second each time that it is looked at."""

    seconds: int = 0

    def __call__(self) -> datetime:
        self.seconds += 1
        return NOON + timedelta(seconds=self.seconds)


def work(path: Path) -> Iterator[str]:
    """A morning in the inbox, step by step: importing, triage, and a review with second thoughts."""
    ledger = LedgerFile(path)
    room = Mailroom(ledger, NoBook(), now=Clock())
    asked = Verdict(verdict="ask", template="ask", follow_up_days=7)
    room.receive(INVITATIONS[:25])
    yield "import"
    room.receive(INVITATIONS)
    yield "import"
    room.decide(Decision(each, asked) for each in INVITATIONS[:30])
    yield "triage"
    for number, each in enumerate(INVITATIONS[30:38]):
        room.decide([Decision(each, Verdict(verdict="decline", template="decline"))])
        yield "review"
        room.note("copied", each, template="decline")
        yield "review"
        if number % 3 == 0:
            room.undo()
            yield "review"
    # All of it is older, so every batch of ours moves.
    ledger.merge(ELSEWHERE)
    yield "restore"
    ledger.forget([each.person for each in INVITATIONS[5:15]])
    yield "forgetting"
    ledger.close()
    yield "closing"


def opening(path: Path) -> Iterator[str]:
    """An older ledger is opened: it is backed up, and its tables are changed."""
    ledger = LedgerFile(path)
    ledger.events()
    ledger.close()
    yield "migration"


def of_version_1(path: Path) -> None:
    """The ledger of a program before the last one, with some entries."""
    path.parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        MIGRATIONS[0](connection)
        connection.execute("PRAGMA user_version = 1")
        for number in range(1, 30):
            connection.execute(
                "INSERT INTO event VALUES (?, ?, ?, 'undone', '', '', ?)",
                (number, number, NOON.isoformat(), json.dumps({"batch": str(number)})),
            )


@dataclass
class Found:
    """What was compared, and what was wrong."""

    points: dict[str, int] = field(default_factory=dict)
    """How many points lay in each kind of step."""
    calls: int = 0
    """How many system calls the work makes."""
    wrong: list[str] = field(default_factory=list)


class Morning:
    """The work, what the ledger holds after each step of it, and killing somebody who does it."""

    def __init__(
        self, folder: Path, work: Callable[[Path], Iterator[str]], before: Callable[[Path], None]
    ) -> None:
        self.folder = folder
        self.work = work
        self.before = before
        path = self._fresh()
        self.names = ["before the first step"]
        self.after = [self._events(path)]
        for name in self.work(path):
            self.names.append(name)
            self.after.append(self._events(path))
        began = time.monotonic()
        self.calls_of: dict[str, list[int]] = {}
        """The system calls of each kind of step."""
        for call, confirmed in enumerate(self._watched(), 1):
            under_way = self.names[min(confirmed + 1, len(self.names) - 1)]
            self.calls_of.setdefault(under_way, []).append(call)
        self.seconds = time.monotonic() - began

    def _fresh(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        path = self.folder / "data" / "ledger.db"
        self.before(path)
        return path

    @staticmethod
    def _events(path: Path) -> Sequence[Event]:
        with contextlib.closing(LedgerFile(path)) as ledger:
            return ledger.events()

    def kill(self, found: Found, *, call: int | None = None, moment: float | None = None) -> None:
        """Kill before the system call of that number, or after a part of the time that the work takes."""
        confirmed = self._killed(call, moment)
        path = self.folder / "data" / "ledger.db"
        under_way = self.names[min(confirmed + 1, len(self.names) - 1)]
        found.points[under_way] = found.points.get(under_way, 0) + 1
        where = f"{under_way}, {f'call {call}' if call else f'moment {moment}'}, {confirmed} steps confirmed"
        try:
            left = self._events(path)
            if left not in self.after[confirmed : confirmed + 2]:
                found.wrong.append(f"{where}: {len(left)} events, not {len(self.after[confirmed])}")
            self._goes_on(path)
        except Exception as error:
            found.wrong.append(f"{where}: {type(error).__name__}: {error}")

    def _goes_on(self, path: Path) -> None:
        """The person starts again: reads the same files, and everything is there once."""
        with contextlib.closing(LedgerFile(path)) as ledger:
            room = Mailroom(ledger, NoBook(), now=Clock())
            for _ in range(2):
                room.receive(INVITATIONS)
            ids = [event.invitation for event in ledger.events() if event.kind == "received"]
            assert sorted(ids) == sorted(each.id for each in INVITATIONS), f"{len(ids)} invitations"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            assert sound == "ok", sound
        for backup in path.parent.glob("ledger-before*"):
            # Where it stands alone: it is brought to the newest version, too.
            alone = backup.replace(self.folder / "ledger.db")
            assert self._events(alone) == self.after[0], "the backup is another"

    def some_calls(self, count: int, chance: random.Random) -> list[int]:
        """As many calls of each kind of step, as far as there are so many."""
        chosen, left = list[int](), sorted(self.calls_of.values(), key=len)
        for number, calls in enumerate(left):
            share = (count - len(chosen)) // (len(left) - number)
            chosen += chance.sample(calls, min(share, len(calls)))
        return sorted(chosen)

    def _watched(self) -> list[int]:
        """How many steps were confirmed at each system call."""
        path = self._fresh()
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        child = os.fork()
        if child == 0:
            _do(self.work(path), writing, traced=True)
        os.close(writing)
        confirmed, counted = 0, list[int]()

        def count() -> None:
            nonlocal confirmed
            with contextlib.suppress(BlockingIOError):
                confirmed += len(os.read(reading, 100))
            counted.append(confirmed)

        _trace(child, None, count)
        os.close(reading)
        return counted

    def _killed(self, call: int | None, moment: float | None) -> int:
        """How many steps were confirmed."""
        path = self._fresh()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _do(self.work(path), writing, traced=moment is None)
        os.close(writing)
        if moment is None:
            _trace(child, call)
        else:
            _wait(child, moment * self.seconds)
        with os.fdopen(reading, "rb") as told:
            return len(told.read())


def _do(work: Iterator[str], writing: int, *, traced: bool) -> NoReturn:
    try:
        if traced:
            libc.ptrace(TRACE_ME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
        for _ in work:
            os.write(writing, b".")
    finally:
        os._exit(0)


def _trace(child: int, kill_at: int | None, each: Callable[[], None] = lambda: None) -> None:
    """Let the child go on from one system call to the next, and kill it before the one of that number."""
    os.waitpid(child, 0)
    if libc.ptrace(SET_OPTIONS, child, None, KILL_WITH_PARENT) != 0:
        raise OSError(ctypes.get_errno(), "programs cannot be traced here")
    stops = 0
    while True:
        libc.ptrace(SYSTEM_CALL, child, None, None)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            return
        stops += 1
        # Each call stops twice, before and after it.
        if stops % 2:
            each()
            if (stops + 1) // 2 == kill_at:
                os.kill(child, signal.SIGKILL)


def _wait(child: int, seconds: float) -> None:
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main(folder: Path, points: int, seed: int) -> Found:
    found, chance = Found(), random.Random(seed)
    for morning in (
        Morning(folder / "new", work, lambda path: None),
        Morning(folder / "older", opening, of_version_1),
    ):
        found.calls += sum(map(len, morning.calls_of.values()))
        for call in morning.some_calls((points - points // MOMENTS) // 2, chance):
            morning.kill(found, call=call)
        for _ in range(points // MOMENTS // 2):
            # Untraced, it is several times as fast.
            morning.kill(found, moment=chance.random() / 2)
    return found


if __name__ == "__main__":
    print(
        json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])).__dict__, ensure_ascii=False)
    )
