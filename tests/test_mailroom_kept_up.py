"""What the mailroom keeps in memory is at every moment what the whole ledger says, whoever writes to it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from motjuste.adapters import ledger as ledger_file
from motjuste.adapters.ledger import LedgerFile
from motjuste.inbox.events import BY_HAND, Event, is_step, standing, states
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom, Received
from motjuste.people.card import Contact

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
INVITATIONS = [
    Invitation(
        name=f"Léa {number}", at=NOON.replace(tzinfo=None), profile_url=f"linkedin.com/in/lea-{number}"
    )
    for number in range(4)
]
ZOE = Contact(formatted_name="Zoé Roy", profile_url="linkedin.com/in/zoe")


class NoBook:
    """Nobody's cards are kept."""

    def contacts(self) -> Sequence[Contact]:
        return ()

    def current(self) -> Contact | None:
        return None


def room_at(path: Path) -> Mailroom:
    return Mailroom(LedgerFile(path), NoBook(), now=lambda: NOON)


def undoing(room: Mailroom, batch: int) -> None:
    room.ledger.record([Event(kind="undone", at=NOON, person="", details={"batch": str(batch)})])


def act(room: Mailroom, what: str, number: int) -> None:
    invitation = INVITATIONS[number % len(INVITATIONS)]
    batches = sorted({event.batch for event in room.ledger.events()})
    if what == "receive":
        room.receive(INVITATIONS[: number % len(INVITATIONS) + 1])
    elif what == "decide":
        room.decide(
            Decision(each, Verdict(verdict="ask", follow_up_days=number))
            for each in INVITATIONS[number % 3 :]
        )
    elif what in ("copied", "answered", "removed", "accepted"):
        room.note(what, invitation)
    elif what == "invite":
        room.invited(ZOE, with_note=bool(number % 2))
    elif what == "undo":
        room.undo()
    elif what == "undo any" and batches:
        # Also what undid something, and what was read.
        undoing(room, batches[number % len(batches)])
    elif what == "forget":
        room.ledger.forget([invitation.person])
    elif what == "merge":
        events = room.ledger.events()
        room.ledger.forget([invitation.person])
        room.ledger.merge(events)


ACTS = (
    "receive",
    "decide",
    "copied",
    "answered",
    "removed",
    "accepted",
    "invite",
    "undo",
    "undo any",
    "forget",
    "merge",
)
DONE = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.booleans(), st.booleans()), min_size=1, max_size=14
)


# What was taken back is taken up again, between two looks.
TAKEN_UP_AGAIN = [(what, 3, False, True) for what in ("receive", "removed", "undo", "undo any")]


@example(TAKEN_UP_AGAIN, 200)
@settings(max_examples=40, deadline=None)
@given(DONE, st.sampled_from((0, 200)))
def test_states_that_are_kept_up_are_those_of_the_whole_ledger(
    done: list[tuple[str, int, bool, bool]], most_changed: int
) -> None:
    before = ledger_file._MOST_CHANGED
    ledger_file._MOST_CHANGED = most_changed
    try:
        with tempfile.TemporaryDirectory(prefix="motjuste-") as folder:
            rooms = [room_at(Path(folder, "ledger.db")) for _ in range(2)]
            rooms[0].receive(INVITATIONS[:2])
            for what, number, second, looked_at in done:
                act(rooms[second], what, number)
                if looked_at:
                    _compare(rooms)
            _compare(rooms)
            for room in rooms:
                assert isinstance(room.ledger, LedgerFile)
                room.ledger.close()
    finally:
        ledger_file._MOST_CHANGED = before


def _compare(rooms: Sequence[Mailroom]) -> None:
    events = rooms[0].ledger.events()
    whole = states(events)
    assert [room.states() for room in rooms] == [whole, whole]
    steps = [event for event in standing(events) if is_step(event)]
    newest = max((event.batch for event in steps), default=0)
    assert rooms[0].ledger.newest_step() == tuple(event for event in steps if event.batch == newest)


def test_an_invitation_told_by_hand_is_the_one_in_the_file_that_is_read_later(tmp_path: Path) -> None:
    room = room_at(tmp_path / "ledger.db")
    told = room.invited(ZOE, with_note=True).invitation
    near, far = (
        Invitation(
            name="Zoé Roy",
            at=told.at + timedelta(hours=hours),
            profile_url="https://www.linkedin.com/in/zoe",
            direction="outgoing",
        )
        for hours in (-13, 24 * 30)
    )
    assert room.receive([near, far, *INVITATIONS]) == Received(added=5, known=1)
    # The file tells when it went out.
    kept = replace(told, at=near.at, source=near.source, kept_id=told.id, kept_person=told.person)
    assert [state.invitation for state in room.states().values()] == [kept, far, *INVITATIONS]
    with contextlib.closing(LedgerFile(tmp_path / "ledger.db")) as ledger:
        assert [event.details["note"] for event in ledger.events() if event.details.get("by") == BY_HAND] == [
            "yes"
        ]


def test_an_invitation_that_was_taken_back_is_not_found_by_its_id(tmp_path: Path) -> None:
    room = room_at(tmp_path / "ledger.db")
    told = room.invited(ZOE, with_note=True).invitation
    assert room.find(told.id[:4]).invitation == told
    room.undo()
    assert room.states() == {}
    again = room.invited(ZOE, with_note=False).invitation
    assert again.at == told.at + timedelta(minutes=1)
    assert room.find(again.id).invitation == again


def test_whoever_is_known_by_an_address_alone_is_remembered_by_it(tmp_path: Path) -> None:
    room = room_at(tmp_path / "ledger.db")
    contact = Contact(formatted_name="Zoé Roy", emails=("zoe@example.org",))
    room.invited(contact, with_note=False)
    assert [(event.kind, event.person) for event in room.history_of(contact)] == [
        ("sent", "mailto:zoe@example.org")
    ]
