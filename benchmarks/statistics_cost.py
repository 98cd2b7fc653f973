"""What it takes to add a large ledger up, beside the bare query that only reads its rows.

`python -m benchmarks.statistics_cost LEDGER` adds up one ledger and prints seconds and bytes as JSON.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.rows import Row, table
from motjuste.adapters.ledger import LedgerFile
from motjuste.inbox.events import Event, told_of
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.statistics import Facts, measured

EVENTS = 200_000
ROOT = Path(__file__).resolve().parent.parent
START = datetime(2023, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUERY = "SELECT batch, at, kind, person, invitation, details FROM event ORDER BY number"


def invented(events: int) -> Iterator[Event]:
    """So many events, four for each invitation: it came, was decided on, got a text, and half were answered."""
    for number in range(events // 4):
        at = START + (NOW - START) * number * 4 / events
        came = Invitation(
            name=f"Person {number}",
            at=at.replace(tzinfo=None, second=0, microsecond=0),
            note="Bonjour, votre article m’a plu." if number % 3 else "",
            profile_url=f"linkedin.com/in/person-{number}",
        )
        yield told_of(came, at=at)
        steps = (
            ("decided", 1, {"verdict": "ask", "template": "ask", "follow_up": "2026-01-01"}),
            ("copied", 2, {"template": "ask", "channel": "linkedin-message", "length": "312"}),
            ("answered" if number % 2 else "removed", 50, {}),
        )
        for kind, hours, details in steps:
            when = at + timedelta(hours=hours)
            yield Event(kind=kind, at=when, person=came.person, invitation=came.id, details=details)


def cost(ledger: Path) -> dict[str, float]:
    """Seconds for the bare query, for reading the events and for adding them up, and the bytes of it all."""
    begin = time.perf_counter()
    with sqlite3.connect(ledger) as connection:
        rows = len(connection.execute(QUERY).fetchall())
    bare = time.perf_counter()
    events = LedgerFile(ledger).events()
    read = time.perf_counter()
    assert measured(events, Facts(triggers={"ask": 8}), now=NOW).received.total == rows // 4
    done = time.perf_counter()
    return {
        "bare": bare - begin,
        "read": read - bare,
        "added": done - read,
        "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def measure(events: int = EVENTS) -> list[Row]:
    """The rows of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="motjuste-bench-") as folder:
        path = Path(folder, "ledger.db")
        ledger = LedgerFile(path)
        ledger.record(invented(events))
        ledger.close()
        # In a process of its own, so that the memory is that of nothing else.
        command = [sys.executable, "-m", "benchmarks.statistics_cost", str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    told = json.loads(done.stdout)
    return [
        Row(
            f"a ledger of {events:,} events, added up",
            f"{told['added']:.2f} s",
            "invitations, answers, texts",
        ),
        Row("  reading them", f"{told['read']:.2f} s"),
        Row("  the bare query that reads the rows", f"{told['bare']:.2f} s"),
        Row("  all of it / the bare query", f"{(told['read'] + told['added']) / told['bare']:.1f}×"),
        Row("  memory at most", f"{told['bytes'] / 1e6:.0f} MB", "the program itself included"),
    ]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(cost(Path(sys.argv[1]))))
    else:
        print(table(measure()))
