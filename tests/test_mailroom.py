"""Invitations are recorded once, decided on, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.ledger import LedgerFile
from motjuste.errors import UserError
from motjuste.inbox.invitation import ADDED, Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom, Received
from motjuste.people.card import Contact

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 11, 9, 0), profile_url="linkedin.com/in/lea-petit")
HUGO = Invitation(name="Hugo Martin", at=datetime(2026, 2, 12, 9, 0), profile_url="linkedin.com/in/hugo")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOON


@pytest.fixture
def book(tmp_path: Path, clock: Callable[[], datetime]) -> VCardFolder:
    return VCardFolder(tmp_path / "contacts", tmp_path / "current", now=clock)


@pytest.fixture
def room(tmp_path: Path, book: VCardFolder, clock: Callable[[], datetime]) -> Iterator[Mailroom]:
    ledger = LedgerFile(tmp_path / "ledger.db")
    yield Mailroom(ledger, book, now=clock)
    ledger.close()


def test_an_invitation_that_is_read_again_is_known(room: Mailroom) -> None:
    assert room.receive([LEA, HUGO, LEA]) == Received(added=2, known=1)
    assert room.receive([HUGO, LEA]) == Received(added=0, known=2)
    assert [state.invitation for state in room.states().values()] == [LEA, HUGO]


def test_an_invitation_that_was_added_by_hand_is_known_when_a_file_tells_of_it(room: Mailroom) -> None:
    by_hand = Invitation(name="Hugo Martin", at=HUGO.at + timedelta(days=2), source=ADDED)
    assert room.receive([by_hand]) == Received(added=1)
    assert room.receive([HUGO, by_hand]) == Received(known=2)
    (state,) = room.states().values()
    assert (state.invitation.at, state.invitation.profile_url) == (HUGO.at, HUGO.profile_url)


def test_what_happened_before_a_profile_was_learned_is_found_by_the_profile(room: Mailroom) -> None:
    named = Invitation(name="Hugo Martin", at=HUGO.at)
    namesake = Invitation(name="Hugo Martin", at=HUGO.at - timedelta(days=300))
    room.receive([named, namesake])
    room.decide([Decision(each, Verdict(verdict="ask")) for each in (named, namesake)])
    room.receive([HUGO, LEA])
    told = [(event.kind, event.invitation) for event in room.history_of(HUGO.contact)]
    assert told == [(kind, named.id) for kind in ("received", "decided", "learned")]
    assert [event.kind for event in room.undo()] == ["decided", "decided"]
    assert room.undo() == ()
    room.ledger.forget(["in:hugo"])
    assert [state.invitation for state in room.states().values()] == [namesake, LEA]


def test_who_is_added_by_hand_again_is_known_while_the_first_invitation_is_open(room: Mailroom) -> None:
    room.receive([HUGO])
    again = Invitation(name="Hugo Martin", at=HUGO.at + timedelta(days=9), source=ADDED)
    assert room.receive([again]) == Received(known=1)
    room.note("removed", HUGO)
    assert room.receive([again, again]) == Received(added=1, known=1)


def test_what_was_read_from_files_is_no_step_to_take_back(room: Mailroom) -> None:
    room.receive([HUGO])
    room.decide([Decision(HUGO, Verdict(verdict="ask"))])
    room.note("answered", HUGO, by="file")
    room.note("wrote", HUGO)
    assert [event.kind for event in room.undo()] == ["decided"]
    assert room.undo() == ()


def test_several_decisions_are_one_step_and_one_undo(room: Mailroom) -> None:
    room.receive([LEA, HUGO])
    room.decide([Decision(LEA, Verdict(verdict="accept"))])
    room.decide([Decision(each, Verdict(verdict="ask", template="ask", follow_up_days=7)) for each in (LEA, HUGO)])
    assert [state.name for state in room.states().values()] == ["ask", "ask"]
    assert room.find(HUGO.id[:5]).follow_up == date(2026, 2, 19)
    assert {event.invitation for event in room.undo()} == {LEA.id, HUGO.id}
    assert [state.name for state in room.states().values()] == ["accept", "waiting"]
    room.undo()
    assert [state.name for state in room.states().values()] == ["waiting", "waiting"]
    assert room.undo() == ()


def test_an_id_that_means_nobody_or_several_is_told(room: Mailroom) -> None:
    room.receive([LEA])
    with pytest.raises(UserError, match="0 invitations have the id 'zzzz'"):
        room.find("zzzz")
    with pytest.raises(UserError, match="too many invitations have the id 'a'"):
        room.find("a")


def test_the_card_of_an_invitation_is_found_by_profile_and_never_by_name(room: Mailroom, book: VCardFolder) -> None:
    namesake = Contact(formatted_name="Hugo Martin", profile_url="linkedin.com/in/another-hugo")
    lea = Contact(formatted_name="Léa Petit", profile_url="https://linkedin.com/in/LEA-petit", greeting="Léa")
    book.add([namesake, lea])
    assert room.contact_of(LEA).greeting == "Léa"
    assert room.contact_of(HUGO) == HUGO.contact


def test_a_persons_history_is_what_counts_of_all_invitations(room: Mailroom) -> None:
    later = Invitation(name=LEA.name, at=LEA.at + timedelta(days=40), profile_url=LEA.profile_url)
    room.receive([LEA, HUGO, later])
    room.note("removed", LEA)
    room.note("accepted", later)
    room.undo()
    assert [(event.kind, event.invitation) for event in room.history_of(LEA.contact)] == [
        ("received", LEA.id),
        ("received", later.id),
        ("removed", LEA.id),
    ]


def test_a_forgotten_person_leaves_nothing_in_the_ledger(room: Mailroom) -> None:
    room.receive([LEA, HUGO])
    room.note("copied", LEA, template="ask")
    assert room.ledger.forget([LEA.person]) == 2
    assert [state.invitation for state in room.states().values()] == [HUGO]
