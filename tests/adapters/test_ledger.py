"""The ledger's file: what is recorded stays, for one program or several, and can be forgotten."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from motjuste.adapters import ledger_opening, ledger_tables
from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.ledger_tables import MIGRATIONS
from motjuste.errors import UserError
from motjuste.inbox.events import Event, standing, told_of
from motjuste.inbox.invitation import Invitation

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 11, 9, 0), profile_url="linkedin.com/in/lea-petit")
RECORDS_A_LOT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from motjuste.adapters.ledger import LedgerFile
from motjuste.inbox.events import Event

ledger = LedgerFile(Path(sys.argv[1]), patience=60)
sys.stdin.readline()
for number in range(100):
    told = {"who": sys.argv[2], "number": str(number)}
    ledger.record([Event(kind="copied", at=datetime.now(UTC), person="in:lea", details=told)] * 2)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[LedgerFile]:
    with contextlib.closing(LedgerFile(path, patience=0)) as ledger:
        yield ledger


def step(kind: str = "copied", person: str = "in:lea", hours: int = 0, /, **details: str) -> Event:
    return Event(kind=kind, at=NOON + timedelta(hours=hours), person=person, details=details)


def undone(batch: int) -> Event:
    return Event(kind="undone", at=NOON, person="", details={"batch": str(batch)})


def test_what_a_file_tells_is_told_once_however_often_it_is_read_at_once(ledger: LedgerFile) -> None:
    ledger.record([told_of(LEA, at=NOON)])

    def read(kind: str, source: str) -> Event:
        told = {"source_id": source}
        return Event(kind=kind, at=NOON, person=LEA.person, invitation=LEA.id, details=told)

    assert ledger.record([read("answered", "a"), read("wrote", "a")]) == 2
    assert ledger.record([read("answered", "a"), read("answered", "b"), read("heard", "a")]) == 3
    assert ledger.record([read("answered", "b")]) == 0
    told = [(event.kind, event.details["source_id"]) for event in ledger.events()[1:]]
    assert told == [("answered", "a"), ("wrote", "a"), ("answered", "b"), ("heard", "a")]


def of_version_1(path: Path, *events: Event) -> bytes:
    """A ledger as the first version made it; its content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS[0](connection)
        connection.execute("PRAGMA user_version = 1")
        for number, event in enumerate(events, 1):
            details = "{" + ", ".join(f'"{name}": "{text}"' for name, text in event.details.items()) + "}"
            connection.execute(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, number, event.at.isoformat(), event.kind, event.person, event.invitation, details),
            )
    path.chmod(0o600)
    return path.read_bytes()


def version_of(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def test_reading_makes_no_file(ledger: LedgerFile) -> None:
    assert (ledger.events(), ledger.events(people=["in:lea"]), ledger.last_batch(), ledger.forget(["in:lea"])) == (
        (), (), 0, 0,
    )  # fmt: skip
    assert not ledger.path.parent.exists()


def test_what_is_recorded_together_has_one_number(ledger: LedgerFile) -> None:
    assert [ledger.record([step(), step("removed")]), ledger.record([]), ledger.record([step()])] == [1, 0, 2]
    assert [(event.batch, event.kind) for event in ledger.events()] == [
        (1, "copied"),
        (1, "removed"),
        (2, "copied"),
    ]


def test_an_event_comes_out_as_it_went_in(ledger: LedgerFile) -> None:
    at = datetime(2026, 2, 12, 12, 0, 0, 123456, tzinfo=UTC)
    event = Event(
        kind="copied", at=at, person="in:léa", invitation="ab", details={"template": "« l’ask » \n"}, batch=1
    )
    ledger.record([event])
    assert ledger.events() == (event,)


def test_an_invitation_is_told_of_once_and_nothing_new_is_no_step(ledger: LedgerFile) -> None:
    assert [ledger.record([told_of(LEA, at=NOON)]), ledger.record([told_of(LEA, at=NOON)])] == [1, 0]
    assert ledger.record([step()]) == 2


def test_a_persons_events_come_with_what_undid_them(ledger: LedgerFile) -> None:
    ledger.record([step(), step("copied", "in:hugo")])
    ledger.record([step("removed", "in:hugo")])
    ledger.record([undone(2)])
    ledger.record([undone(1)])
    ledger.record([undone(4)])
    lea = ledger.events(people=["in:lea"])
    assert [(event.kind, event.batch) for event in lea] == [("copied", 1), ("undone", 4), ("undone", 5)]
    assert [event.batch for event in standing(lea)] == [1]
    hugo = ledger.events(people=["in:hugo", "name:nobody"])
    assert [(event.kind, event.batch) for event in standing(hugo)] == [("copied", 1)]


def test_one_invitations_events_come_with_what_undid_them(ledger: LedgerFile) -> None:
    ledger.record([told_of(LEA, at=NOON), step()])
    ledger.record([Event(kind="removed", at=NOON, person=LEA.person, invitation=LEA.id)])
    ledger.record([undone(2)])
    assert [event.kind for event in ledger.events(invitation=LEA.id)] == ["received", "removed", "undone"]


def test_more_people_may_be_asked_for_than_a_statement_takes(ledger: LedgerFile) -> None:
    for number in range(3):
        ledger.record([step("copied", f"in:{number}")])
    everybody = [f"in:{number}" for number in range(100_000)]
    assert [event.person for event in ledger.events(people=everybody)] == ["in:0", "in:1", "in:2"]
    assert ledger.forget(everybody) == 3


def test_nobody_else_can_read_any_of_its_files(ledger: LedgerFile, path: Path) -> None:
    ledger.record([step()])
    rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert rights == {"ledger.db": 0o600, "ledger.db-wal": 0o600, "ledger.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_copy_that_everybody_could_read_becomes_private(path: Path) -> None:
    of_version_1(path, step())
    path.chmod(0o644)
    with contextlib.closing(LedgerFile(path)) as ledger:
        ledger.record([step()])
        rights = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert rights == {0o600}


def test_what_a_killed_program_left_of_a_new_ledger_goes_and_what_is_at_work_stays(
    ledger: LedgerFile, path: Path
) -> None:
    path.parent.mkdir()
    old, young, another = (
        path.with_name(name) for name in (".ledger.db.abc", ".ledger.db.xyz-journal", ".ledger.dbx")
    )
    for each in (old, young, another):
        each.write_bytes(b"half")
    for each in (old, another):
        os.utime(each, (0, 0))
    ledger.record([step()])
    ledger.close()
    assert sorted(path.parent.iterdir()) == sorted((path, young, another))


def test_where_there_are_no_hard_links_a_ledger_is_made_all_the_same(
    ledger: LedgerFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    ledger.record([step()])
    ledger.close()
    assert list(path.parent.iterdir()) == [path]
    assert len(ledger.events()) == 1


@pytest.mark.parametrize("links", [True, False])
def test_a_ledger_that_another_program_made_meanwhile_stays(
    ledger: LedgerFile, path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    link, fill = os.link, ledger_opening.fill

    def too_late(source: Path, target: Path) -> None:
        link(source, target) if links else refuse()

    def refuse() -> None:
        raise PermissionError(1, "Operation not permitted")

    def slowly(connection: sqlite3.Connection) -> None:
        fill(connection)
        monkeypatch.setattr(ledger_opening, "fill", fill)
        with contextlib.closing(LedgerFile(path)) as other:
            other.record([step("removed")])
        monkeypatch.setattr(os, "link", too_late)

    monkeypatch.setattr(ledger_opening, "fill", slowly)
    ledger.record([step()])
    assert [event.kind for event in ledger.events()] == ["removed", "copied"]


def test_a_closed_ledger_is_one_file_and_opens_again(ledger: LedgerFile, path: Path) -> None:
    ledger.record([step()])
    ledger.close()
    assert [each.name for each in path.parent.iterdir()] == ["ledger.db"]
    assert len(ledger.events()) == 1


def test_an_older_ledger_is_kept_beside_before_its_tables_change(ledger: LedgerFile, path: Path) -> None:
    of_version_1(path, step(), step("removed"), undone(2))
    assert [event.kind for event in standing(ledger.events(people=["in:lea"]))] == ["copied"]
    ledger.close()
    backup = path.with_name(f"ledger-before-version-2-{date.today().isoformat()}.db")
    assert sorted(path.parent.iterdir()) == [backup, path]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert (version_of(backup), version_of(path)) == (1, len(MIGRATIONS))
    # It is whole in itself: it can take the ledger's place.
    backup.replace(path)
    assert [event.kind for event in ledger.events()] == ["copied", "removed", "undone"]


def test_a_new_ledger_needs_no_backup(ledger: LedgerFile, path: Path) -> None:
    ledger.record([step()])
    ledger.close()
    assert version_of(path) == len(MIGRATIONS)
    assert list(path.parent.iterdir()) == [path]


def test_only_the_newest_backups_stay(ledger: LedgerFile, path: Path) -> None:
    for number in range(5):
        of_version_1(path, step())
        ledger.events()
        ledger.close()
        path.unlink()
        backups = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime_ns)
        # Files made within a tick of the clock have the same time.
        os.utime(backups[-1], ns=(number * 10**9, number * 10**9))
    assert sorted(each.stat().st_mtime_ns // 10**9 for each in path.parent.iterdir()) == [2, 3, 4]


def test_a_migration_that_fails_leaves_nothing_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def third(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        raise sqlite3.OperationalError("something is wrong")

    of_version_1(path, step())
    monkeypatch.setattr(ledger_tables, "MIGRATIONS", (*MIGRATIONS, third))
    with (
        contextlib.closing(LedgerFile(path)) as ledger,
        pytest.raises(UserError, match="cannot be used: something is wrong; nothing was recorded"),
    ):
        ledger.record([step()])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert (version_of(path), tables) == (2, {"event", "rewritten"})
    assert len(list(path.parent.glob("ledger-before-version-*"))) == 1
    monkeypatch.undo()
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert len(ledger.events()) == 1


def run_two(path: Path) -> None:
    """Two programs that record two hundred events each, at the same time."""
    command = [sys.executable, "-c", RECORDS_A_LOT, path]
    programs = [
        subprocess.Popen([*command, who], stdin=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for who in ("daemon", "review")
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [program.communicate()[1] for program in programs] == ["", ""]


def test_two_programs_that_bring_up_an_older_ledger_at_once_do_it_once(path: Path) -> None:
    of_version_1(path, step("removed"))
    run_two(path)
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert (len(ledger.events()), ledger.events()[0].kind) == (401, "removed")
    assert len(list(path.parent.glob("ledger-before-version-2-*"))) == 1


def test_two_programs_at_once_lose_nothing_and_mix_nothing(path: Path) -> None:
    run_two(path)
    with contextlib.closing(LedgerFile(path)) as ledger:
        events = ledger.events()
    assert [event.batch for event in events] == [batch for batch in range(1, 201) for _ in range(2)]
    for who in ("daemon", "review"):
        numbers = [int(event.details["number"]) for event in events if event.details["who"] == who]
        assert numbers == [number for number in range(100) for _ in range(2)]


def test_while_one_program_writes_others_read_what_was_there(ledger: LedgerFile, path: Path) -> None:
    ledger.record([step()])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM event")
        assert len(ledger.events()) == 1
        with pytest.raises(UserError, match=r"another program is using the ledger .*; nothing was recorded"):
            ledger.record([step()])
        other.execute("ROLLBACK")
    assert ledger.record([step()]) == 2


def test_a_ledger_that_another_program_has_for_itself_is_waited_for_and_then_told(
    ledger: LedgerFile, path: Path
) -> None:
    ledger.record([step()])
    ledger.close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for call in (ledger.events, lambda: ledger.record([step()])):
            with pytest.raises(UserError, match="another program is using the ledger"):
                call()
        other.execute("COMMIT")
    assert len(ledger.events()) == 1


def test_a_backup_put_in_its_place_is_used_at_once(ledger: LedgerFile, path: Path) -> None:
    ledger.record([step()])
    ledger.close()
    earlier = path.read_bytes()
    ledger.record([step("removed")])
    aside = path.with_name("aside")
    aside.write_bytes(earlier)
    for each in path.parent.glob("ledger.db-*"):
        each.unlink()
    aside.replace(path)
    assert [event.kind for event in ledger.events()] == ["copied"]
    ledger.record([step("answered")])
    with contextlib.closing(LedgerFile(path)) as another:
        assert [event.kind for event in another.events()] == ["copied", "answered"]


@pytest.fixture
def without_shared_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own way for file systems without locks, in which programs share no memory."""
    connect = ledger_opening._connect
    monkeypatch.setattr(
        ledger_opening,
        "_connect",
        lambda path, patience, how: connect(path, patience, f"{how}&vfs=unix-dotfile"),
    )


@pytest.mark.usefixtures("without_shared_memory")
def test_where_programs_cannot_share_memory_the_older_way_is_taken(path: Path) -> None:
    with contextlib.closing(LedgerFile(path)) as ledger, contextlib.closing(LedgerFile(path)) as another:
        ledger.record([step()])
        another.record([step()])
        assert len(ledger.events()) == 2
        assert ledger.slow_because == "programs cannot share memory in its folder"
        assert [each.name for each in path.parent.iterdir()] == ["ledger.db"]


def test_what_the_log_held_is_not_lost_where_memory_cannot_be_shared(
    path: Path, request: pytest.FixtureRequest
) -> None:
    moved = path.parent.parent / "moved" / path.name
    moved.parent.mkdir()
    with contextlib.closing(LedgerFile(path)) as ledger:
        ledger.record([step()])
        for each in path.parent.iterdir():
            moved.with_name(each.name).write_bytes(each.read_bytes())
    request.getfixturevalue("without_shared_memory")
    with contextlib.closing(LedgerFile(moved)) as ledger:
        assert len(ledger.events()) == 1
        ledger.record([step()])
        assert ledger.slow_because == "programs cannot share memory in its folder"
        with contextlib.closing(LedgerFile(moved, patience=0)) as another:
            assert len(another.events()) == 2


def test_on_a_network_the_log_that_needs_one_computer_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(LedgerFile(path)) as ledger:
        ledger.record([step()])
        assert ledger.slow_because == ""
    monkeypatch.setattr(ledger_opening, "network_file_system", lambda folder: "nfs4")
    with contextlib.closing(LedgerFile(path)) as ledger:
        ledger.record([step()])
        assert len(ledger.events()) == 2
        assert ledger.slow_because == "it is on a network file system (nfs4)"
        assert [each.name for each in path.parent.iterdir()] == ["ledger.db"]


def test_a_forgotten_person_leaves_no_trace_in_any_file(ledger: LedgerFile, path: Path) -> None:
    of_version_1(path, step("copied", "in:lea-petit"), step("copied", "in:hugo"))
    ledger.record([told_of(LEA, at=NOON)])
    ledger.record([step("removed", "in:hugo")])
    assert ledger.forget([LEA.person, "", "in:nobody"]) == 2
    assert [event.person for event in ledger.events()] == ["in:hugo", "in:hugo"]
    files = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    assert [
        name for name, content in files.items() if b"lea-petit" in content or "Léa".encode() in content
    ] == []
    of_hugo = [name for name, content in files.items() if b"in:hugo" in content]
    assert sorted(of_hugo) == sorted(name for name in files if name.endswith(".db"))


def test_a_backup_that_still_knows_a_forgotten_person_is_named(ledger: LedgerFile, path: Path) -> None:
    ledger.record([step()])
    backup = path.with_name("ledger-before-version-2-2026-01-01.db")
    backup.write_bytes(b"no database " * 100)
    with pytest.raises(
        UserError, match=rf"gone from the ledger, but not from its backup {backup}: file is not a data"
    ):
        ledger.forget(["in:lea"])
    assert ledger.events() == ()


def test_forgetting_leaves_the_steps_that_others_took_back_taken_back(ledger: LedgerFile) -> None:
    ledger.record([step("removed", "in:hugo"), step("removed")])
    ledger.record([undone(1)])
    ledger.forget(["", "in:lea"])
    assert list(standing(ledger.events())) == []
