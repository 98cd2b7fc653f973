"""The ledger as a file of lines: all of it comes back, and what cannot be read is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.ledger_export import Restored, export, is_ledger_export, restore
from motjuste.errors import UserError
from motjuste.inbox.events import Event, standing, told_of
from motjuste.inbox.invitation import Invitation

NOON = datetime(2026, 2, 12, 12, 0, 0, 123456, tzinfo=UTC)
LEA = Invitation(
    name="Léa Petit",
    at=datetime(2026, 2, 11, 9, 0),
    profile_url="linkedin.com/in/lea",
    note="Bonjour,\nmerci",
    groups=(),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerFile]:
    ledger = LedgerFile(tmp_path / "ledger.db")
    yield ledger
    ledger.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[LedgerFile]:
    ledger = LedgerFile(tmp_path / "other" / "ledger.db")
    yield ledger
    ledger.close()


def step(kind: str, **details: str) -> Event:
    return Event(kind=kind, at=NOON, person=LEA.person, invitation=LEA.id, details=details)


def undone(batch: int) -> Event:
    return Event(kind="undone", at=NOON, person="", details={"batch": str(batch)})


def filled(ledger: LedgerFile) -> LedgerFile:
    for event in (told_of(LEA, at=NOON), step("decided", verdict="ask"), undone(2), step("removed")):
        ledger.record([event])
    return ledger


def written(ledger: LedgerFile) -> bytes:
    return ("\n".join(export(ledger, at=NOON)) + "\n").encode()


def test_an_export_says_what_it_is_and_holds_one_event_a_line(ledger: LedgerFile) -> None:
    lines = [json.loads(line) for line in export(filled(ledger), at=NOON)]
    assert lines[0] == {
        "motjuste": "ledger",
        "version": 1,
        "exported": "2026-02-12T12:00:00.123456+00:00",
        "events": 4,
    }
    assert lines[2] == {
        "batch": 2,
        "at": "2026-02-12T12:00:00.123456+00:00",
        "kind": "decided",
        "person": "in:lea",
        "invitation": LEA.id,
        "details": {"verdict": "ask"},
    }


def test_all_of_it_comes_back_once_however_often_it_is_restored(
    ledger: LedgerFile, other: LedgerFile
) -> None:
    data = written(filled(ledger))
    assert restore(other, data, "ledger.jsonl") == Restored(added=4, known=0)
    assert other.events() == ledger.events()
    assert restore(other, data, "ledger.jsonl") == Restored(added=0, known=4)
    assert written(other) == data


def test_a_ledger_that_read_the_same_file_gets_only_the_steps(ledger: LedgerFile, other: LedgerFile) -> None:
    other.record([told_of(LEA, at=NOON.replace(hour=15))])
    assert restore(other, written(filled(ledger)), "x") == Restored(added=3, known=1)
    kinds = [(event.batch, event.kind, event.details.get("batch")) for event in other.events()]
    assert kinds == [(1, "decided", None), (2, "undone", "1"), (3, "removed", None), (4, "received", None)]


def test_batches_that_had_to_move_are_still_undone(ledger: LedgerFile, other: LedgerFile) -> None:
    later = NOON.replace(hour=18)
    other.record([Event(kind="copied", at=later, person="in:hugo", details={"template": "ask"})])
    other.record([Event(kind="undone", at=later, person="", details={"batch": "1"})])
    restore(other, written(filled(ledger)), "x")
    kinds = [(event.batch, event.kind, event.details.get("batch")) for event in other.events()]
    assert kinds[4:] == [(5, "copied", None), (6, "undone", "5")]
    assert [event.kind for event in other.events(people=["in:hugo"])] == ["copied", "undone"]


def test_batches_that_move_by_one_stay_apart(ledger: LedgerFile, other: LedgerFile) -> None:
    earlier = NOON.replace(hour=1)
    ledger.record([Event(kind="copied", at=earlier, person="in:hugo", details={"template": "ask"})])
    filled(other)
    restore(other, written(ledger), "x")
    kinds = [(event.batch, event.kind, event.details.get("batch")) for event in other.events()]
    assert kinds == [
        (1, "copied", None),
        (2, "received", None),
        (3, "decided", None),
        (4, "undone", "3"),
        (5, "removed", None),
    ]
    counted = standing(other.events(invitation=LEA.id))
    assert [event.kind for event in counted] == ["received", "removed"]


@pytest.mark.parametrize(
    "data", [b"", b"From,To,Sent At\n", b"PK\x03\x04", b"{}\n", b'{"motjuste": "other"}', b"[1]"]
)
def test_another_file_is_no_export(ledger: LedgerFile, data: bytes) -> None:
    assert not is_ledger_export(data)
    with pytest.raises(
        UserError, match="x is no export of the ledger; expected what 'motjuste inbox export' writes"
    ):
        restore(ledger, data, "x")


def test_a_newer_export_is_recognised_and_refused(ledger: LedgerFile) -> None:
    data = b'{"motjuste": "ledger", "version": 2, "events": 0}\n'
    assert is_ledger_export(data)
    with pytest.raises(
        UserError, match=r"written by a newer motjuste \(version 2 of the file; 1 is known here\)"
    ):
        restore(ledger, data, "x")


def test_a_spreadsheet_program_may_have_put_a_mark_before_it(ledger: LedgerFile, other: LedgerFile) -> None:
    data = b"\xef\xbb\xbf" + written(filled(ledger)).replace(b"\n", b"\r\n")
    assert is_ledger_export(data)
    assert restore(other, data, "x") == Restored(added=4)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"kind": "sold"}, "unknown kind 'sold'", id="a kind that there is not"),
        pytest.param({"at": "2026-02-12T12:00:00"}, "its time has no zone", id="a time without a zone"),
        pytest.param({"at": 5}, "its at is no text", id="a number for a time"),
        pytest.param({"at": "noon"}, "Invalid isoformat string", id="a word for a time"),
        pytest.param({"batch": 0}, "its batch is no number from 1 up", id="no batch"),
        pytest.param({"batch": True}, "its batch is no number from 1 up", id="a flag for a batch"),
        pytest.param({"person": None}, "its person is no text", id="nobody"),
        pytest.param({"details": []}, "its details are no texts", id="a list of details"),
        pytest.param({"details": {"verdict": 1}}, "its details are no texts", id="a number in the details"),
        pytest.param(
            {"details": {"mutual": "many"}}, "invalid literal for int() with base 10", id="mutual in words"
        ),
        pytest.param(
            {"details": {"follow_up": "soon"}}, "Invalid isoformat string", id="a follow-up in words"
        ),
        pytest.param({"kind": "undone"}, "it lacks 'batch'", id="an undoing of nothing"),
        pytest.param(
            {"kind": "undone", "details": {"batch": "0"}}, "it undoes nothing", id="an undoing of no step"
        ),
    ],
)
def test_a_line_that_is_no_event_is_told_and_the_others_come_back(
    ledger: LedgerFile, other: LedgerFile, change: dict[str, object], why: str
) -> None:
    lines = written(filled(ledger)).decode().splitlines()
    lines[4] = json.dumps(json.loads(lines[4]) | change)
    done = restore(other, "\n".join(lines).encode(), "x")
    assert (done.added, [str(problem) for problem in done.problems]) == (
        3,
        [f"x:5: this is no event of the ledger ({why})"],
    )


def test_an_export_that_was_cut_off_gives_what_it_holds_and_says_what_is_missing(
    ledger: LedgerFile, other: LedgerFile
) -> None:
    done = restore(other, written(filled(ledger))[:-30], "x")
    assert (done.added, len(done.problems)) == (3, 1)
    done = restore(other, b"\n".join(written(ledger).split(b"\n")[:3]), "x")
    assert [str(problem) for problem in done.problems] == ["x ends too early: 2 of 4 events are missing"]


def test_an_export_of_which_nothing_can_be_read_restores_nothing(ledger: LedgerFile) -> None:
    with pytest.raises(UserError, match=r"x:2: this is no event of the ledger \(.*\); nothing was restored"):
        restore(ledger, b'{"motjuste": "ledger", "version": 1, "events": 1}\nnot json\n', "x")
    assert not ledger.path.exists()


def test_undoing_a_step_that_the_file_lacks_is_told(ledger: LedgerFile, other: LedgerFile) -> None:
    lines = written(filled(ledger)).decode().splitlines()
    done = restore(other, "\n".join(lines[:2] + lines[3:]).encode(), "x")
    assert [str(problem) for problem in done.problems] == [
        "x ends too early: 1 of 4 events are missing",
        "x: 1 steps that were undone are not in it",
    ]


def test_an_empty_ledger_makes_an_empty_export(ledger: LedgerFile, other: LedgerFile) -> None:
    assert restore(other, written(ledger), "x") == Restored()
    assert other.events() == ()
