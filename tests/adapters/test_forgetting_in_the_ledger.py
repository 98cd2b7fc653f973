"""Whoever is forgotten is in no byte of the ledger any more."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motjuste.adapters.ledger import LedgerFile
from motjuste.errors import UserError
from motjuste.inbox.events import Event

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
MARIE, PAUL = "in:marie-dupont-1", "in:paul"
SECRET = "Rencontrée à Trifouilly"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerFile]:
    opened = LedgerFile(tmp_path / "ledger.db")
    yield opened
    opened.close()


def told(person: str, number: int, note: str = "") -> Event:
    details = {"name": person.upper(), "note": note * 20}
    return Event(kind="received", at=NOON, person=person, invitation=f"{person}{number}", details=details)


def fill(ledger: LedgerFile) -> None:
    for number in range(200):
        ledger.record([told(MARIE, number, SECRET), told(PAUL, number)])


def named(folder: Path) -> list[str]:
    """The files in which a byte of the person is left."""
    needles = (SECRET.encode(), MARIE.encode(), MARIE.upper().encode())
    return [path.name for path in sorted(folder.iterdir()) if any(each in path.read_bytes() for each in needles)]


def test_nothing_of_the_person_is_left_in_the_files_and_the_others_stay(ledger: LedgerFile, tmp_path: Path) -> None:
    fill(ledger)
    before = ledger.events(people=[PAUL])
    assert "ledger.db-wal" in named(tmp_path)
    assert ledger.forget([MARIE]) == 200
    assert named(tmp_path) == []
    assert (ledger.events(), len(before)) == (before, 200)
    assert ledger.forget([MARIE]) == 0


def test_what_was_deleted_without_care_is_gone_as_well(ledger: LedgerFile, tmp_path: Path) -> None:
    fill(ledger)
    ledger.close()
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM event WHERE person = ?", (MARIE,))
    connection.close()
    assert named(tmp_path) == ["ledger.db"]
    assert ledger.forget([MARIE]) == 0
    assert named(tmp_path) == []


def test_backups_of_former_days_forget_too(ledger: LedgerFile, tmp_path: Path) -> None:
    fill(ledger)
    ledger.close()
    backup = tmp_path / "ledger-before-version-2-2026-01-01.db"
    shutil.copyfile(ledger.path, backup)
    assert ledger.forget([MARIE]) == 200
    assert named(tmp_path) == []
    assert [event.person for event in LedgerFile(backup).events()] == [PAUL] * 200


def test_a_program_that_reads_meanwhile_is_told_of_and_the_next_time_ends_it(tmp_path: Path) -> None:
    ledger = LedgerFile(tmp_path / "ledger.db", patience=0.05)
    fill(ledger)
    reader = sqlite3.connect(ledger.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    with pytest.raises(UserError, match="could not be written anew"):
        ledger.forget([MARIE])
    reader.close()
    assert ledger.forget([MARIE]) == 0
    assert named(tmp_path) == []
    ledger.close()


def test_forgetting_nobody_or_without_a_ledger_does_nothing(ledger: LedgerFile, tmp_path: Path) -> None:
    assert (ledger.forget([MARIE]), list(tmp_path.iterdir())) == (0, [])
    ledger.record([told(PAUL, 1)])
    assert (ledger.forget([]), len(ledger.events())) == (0, 1)
