"""What the daemon types for somebody is recorded behind its back, and a ledger in trouble stops no typing."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.recorder import Recorder
from motjuste.errors import UserError
from motjuste.inbox.events import Event, standing, told_of
from motjuste.inbox.invitation import Invitation, keys_of
from motjuste.people.card import Contact

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 11, 9, 0), profile_url="linkedin.com/in/lea")
HUGO = Contact(formatted_name="Hugo Martin", emails=("hugo@example.org",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


def typed_into(path: Path, *contacts: Contact) -> list[UserError]:
    """Have a text typed for each; what failed."""
    failed: list[UserError] = []
    recorder = Recorder(path, now=lambda: NOON, failed=failed.append)
    for contact in contacts:
        recorder.typed(contact, template="decline", channel="linkedin-message", length=420)
    recorder.close()
    return failed


def test_what_was_typed_for_somebody_is_recorded_with_the_invitation_that_it_answers(path: Path) -> None:
    with contextlib.closing(LedgerFile(path)) as ledger:
        ledger.record([told_of(LEA, at=NOON)])
    assert typed_into(path, LEA.contact, HUGO) == []
    details = {"template": "decline", "channel": "linkedin-message", "length": "420"}
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert ledger.events()[1:] == (
            Event(kind="typed", at=NOON, person="in:lea", invitation=LEA.id, details=details, batch=2),
            Event(kind="typed", at=NOON, person="mailto:hugo@example.org", details=details, batch=3),
        )
    assert [each.name for each in path.parent.iterdir()] == ["ledger.db"]


def test_nobody_in_particular_leaves_no_entry(path: Path) -> None:
    assert typed_into(path, Contact()) == []
    assert not path.exists()


def test_what_cannot_be_recorded_is_told_each_time_and_stops_nothing(path: Path) -> None:
    path.mkdir(parents=True)
    assert [str(problem) for problem in typed_into(path, HUGO, HUGO)] == [
        f"the ledger {path} is no file; move what is there away"
    ] * 2


def test_a_recorder_that_was_never_used_ends_at_once(path: Path) -> None:
    assert typed_into(path) == []


def test_a_text_that_was_taken_back_was_not_written(path: Path) -> None:
    recorder = Recorder(path, now=lambda: NOON, failed=pytest.fail)
    for contact in (HUGO, LEA.contact):
        recorder.typed(contact, template="decline", channel="linkedin-message", length=420)
    recorder.taken_back()
    recorder.taken_back()
    recorder.close()
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert [event.person for event in standing(ledger.events())] == [keys_of(HUGO)[0]]


def test_what_nobody_typed_cannot_be_taken_back(path: Path) -> None:
    recorder = Recorder(path, now=lambda: NOON, failed=pytest.fail)
    recorder.taken_back()
    recorder.close()
    assert not path.exists()
