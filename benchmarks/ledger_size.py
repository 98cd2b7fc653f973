"""A ledger of a million events: opening it, the state of one person, everything at once, and one step more.

Each number stands beside what sqlite3 alone takes for the same rows in the same run, as it is used without thought
of State objects, undone steps and words for a person.
"""

from __future__ import annotations

import contextlib
import gc
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.rows import Row, milliseconds, table
from motjuste.__main__ import COLLECT_AFTER
from motjuste.adapters.ledger import LedgerFile
from motjuste.inbox.events import states, told_of
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom
from motjuste.people.card import Contact

EVENTS, INVITATIONS, FEW = 1_000_000, 50_000, 3_200
TIMES = 200
PERSON_SECONDS, OPEN_SECONDS, AGAIN_SECONDS = 0.005, 0.010, 0.050
ALL_SECONDS, FEW_SECONDS, STEP_SECONDS = 3.0, 0.5, 0.050
NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
NOTE = "Bonjour Camille,\nvotre article sur la presse locale m’a beaucoup plu."
COLUMNS = "batch, at, kind, person, invitation, details"


class NoBook:
    """Nobody's cards are kept."""

    def contacts(self) -> Sequence[Contact]:
        return ()

    def current(self) -> Contact | None:
        return None


def invitations(count: int) -> list[Invitation]:
    return [
        Invitation(
            name=f"Léa Petit-Martin {number}",
            at=datetime(2026, 1, 1, 9, 0) + timedelta(minutes=number),
            note=NOTE if number % 3 else "",
            profile_url=f"https://www.linkedin.com/in/lea-petit-{number}",
            position="Directrice de la communication",
            source="Invitations.csv",
        )
        for number in range(count)
    ]


def fill(path: Path, events: int, people: Sequence[Invitation]) -> None:
    """A ledger of that many events: each person was invited, and then decided on, written to, heard of and undone."""
    with contextlib.closing(LedgerFile(path)) as ledger:
        ledger.record(told_of(each, at=NOON) for each in people)
    rows = (_row(number, people[number % len(people)]) for number in range(events - len(people)))
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(f"INSERT INTO event ({COLUMNS}, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _row(number: int, about: Invitation) -> tuple[object, ...]:
    batch, at = number + 2, (NOON + timedelta(seconds=number)).isoformat()
    if number % 100 == 99:
        return batch, at, "undone", "", "", json.dumps({"batch": str(batch - 50)}), batch - 50
    kind, details = (
        ("decided", {"verdict": "ask", "policy": "strong-ties", "rule": "no note", "follow_up": "2026-02-19"}),
        ("copied", {"template": "ask", "channel": "linkedin-message", "length": "420"}),
        ("answered", {"kind": "need"}),
    )[number // 7 % 3]
    return batch, at, kind, about.person, about.id, json.dumps(details), None


def seconds_of(call: Callable[[], object], times: int = 1) -> float:
    """The median of so many calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


@contextlib.contextmanager
def room_at(path: Path) -> Iterator[Mailroom]:
    with contextlib.closing(LedgerFile(path)) as ledger:
        yield Mailroom(ledger, NoBook(), now=lambda: NOON)


def measure(events: int = EVENTS, count: int = INVITATIONS, few: int = FEW) -> list[Row]:
    """The rows; the ledgers are made in a folder that goes away."""
    # As every command does: see __main__.COLLECT_AFTER.
    gc.set_threshold(COLLECT_AFTER)
    with tempfile.TemporaryDirectory(prefix="motjuste-ledger-") as folder:
        path, people = Path(folder, "ledger.db"), invitations(count)
        fill(path, events, people)
        size = f"{path.stat().st_size / 1e6:.0f} MB"
        return [
            *_of_a_large_one(path, events, people, size),
            *_of_all(Path(folder, "all.db"), people, f"everything about {count:,} invitations", ALL_SECONDS),
            *_of_all(Path(folder, "few.db"), people[:few], f"everything about {few:,} invitations", FEW_SECONDS),
        ]


def _of_a_large_one(path: Path, events: int, people: Sequence[Invitation], size: str) -> Iterator[Row]:
    chance = random.Random(3)

    def open_it() -> None:
        with contextlib.closing(LedgerFile(path)) as ledger:
            ledger.events(people=["none"])

    def open_bare() -> None:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(f"SELECT {COLUMNS} FROM event WHERE person = 'none'").fetchall()

    yield _row_of(f"opening a ledger of {events:,} events", open_it, open_bare, OPEN_SECONDS, 20, f"{size}, ")
    with room_at(path) as room, contextlib.closing(sqlite3.connect(path)) as bare:
        yield _row_of(
            "  one invitation there, by the first letters of its id",
            lambda: room.find(chance.choice(people).id[:8]),
            lambda: bare.execute(
                f"SELECT {COLUMNS} FROM event WHERE invitation = ? AND invitation <> ''", (chance.choice(people).id,)
            ).fetchall(),
            PERSON_SECONDS,
            TIMES,
        )
        yield _row_of(
            f"the state of one person among {events:,} events",
            lambda: states(room.history_of(chance.choice(people).contact)),
            lambda: bare.execute(
                f"SELECT {COLUMNS} FROM event WHERE person = ?", (chance.choice(people).person,)
            ).fetchall(),
            PERSON_SECONDS,
            TIMES,
        )
        bare.isolation_level = None

        def one_more() -> None:
            bare.execute(
                f"INSERT INTO event ({COLUMNS}) VALUES (9999999, ?, 'copied', 'in:a', '', '{{}}')", (NOON.isoformat(),)
            )

        yield _row_of(
            "  recording one step there",
            lambda: room.note("copied", chance.choice(people)),
            one_more,
            STEP_SECONDS,
            50,
        )


def _of_all(path: Path, people: Sequence[Invitation], what: str, goal: float) -> Iterator[Row]:
    asked = Verdict(verdict="ask", template="ask", policy="strong-ties", rule="no note", follow_up_days=7)
    with room_at(path) as room:
        received = seconds_of(lambda: room.receive(people))
        decided = seconds_of(lambda: room.decide(Decision(each, asked) for each in people))
    with room_at(path) as room, contextlib.closing(sqlite3.connect(path)) as bare:
        yield _row_of(
            what,
            lambda: room_of_its_own(path).states(),
            lambda: bare.execute(f"SELECT {COLUMNS} FROM event ORDER BY number").fetchall(),
            goal,
            3,
            f"recorded in {received:.2f} s, decided in {decided:.2f} s, ",
        )
        room.states()

        def step() -> None:
            room.note("copied", people[0])
            room.states()

        def bare_step() -> None:
            with bare:
                bare.execute(
                    f"INSERT INTO event ({COLUMNS}) VALUES (9999999, ?, 'copied', 'in:a', '', '{{}}')",
                    (NOON.isoformat(),),
                )

        yield _row_of("  one step more, and everything again", step, bare_step, AGAIN_SECONDS, 20)


def room_of_its_own(path: Path) -> Mailroom:
    """A mailroom that has seen nothing yet, as each command has."""
    return Mailroom(LedgerFile(path), NoBook(), now=lambda: NOON)


def _row_of(
    what: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    goal: float,
    times: int,
    beside: str = "",
) -> Row:
    mine, bare = seconds_of(ours, times), seconds_of(theirs, times)
    ratio = f"{beside}sqlite3 alone {bare * 1000:.2f} ms, {mine / bare:.1f} times"
    return Row(what, milliseconds(mine), ratio, f"≤ {goal * 1000:g} ms", mine <= goal)


if __name__ == "__main__":
    print(table(measure()))
