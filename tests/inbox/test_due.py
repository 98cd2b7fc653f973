"""What is due follows from what happened: who waits, who never answered, who may be invited again, the notes left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from motjuste.inbox.due import Due, Notes, agenda, notes_of_month
from motjuste.inbox.events import Event, State, states, told_of
from motjuste.inbox.invitation import Invitation

NOON = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 1)
HUGO = Invitation(name="Hugo Martin, PhD", at=datetime(2026, 1, 31, 9, 0), profile_url="linkedin.com/in/hugo")
ZOE = Invitation(
    name="Zoé Roy",
    at=datetime(2026, 1, 31, 9, 0),
    profile_url="linkedin.com/in/zoe",
    note="Bonjour Zoé",
    direction="outgoing",
)


def happened(invitation: Invitation, *steps: str) -> list[Event]:
    """The invitation and then the steps, each a day after the one before, in batches of their own.

    A step is a kind with its details: "decided verdict=ask follow_up=2026-02-09".
    """
    events = [told_of(invitation, at=NOON)]
    for day, step in enumerate(steps, 1):
        kind, *details = step.split()
        told = dict(detail.split("=", 1) for detail in details)
        at = NOON + timedelta(days=day)
        events.append(
            Event(
                kind=kind, at=at, person=invitation.person, invitation=invitation.id, details=told, batch=day
            )
        )
    return events


def state_after(invitation: Invitation, *steps: str) -> State:
    return states(happened(invitation, *steps))[invitation.id]


ASKED = ("decided verdict=ask follow_up=2026-02-09", "copied template=ask")


@pytest.mark.parametrize(
    ("invitation", "steps", "kind", "on", "reason"),
    [
        pytest.param(
            HUGO, ASKED, "remove", date(2026, 2, 9), "asked on 3 Feb, no answer", id="asked, no answer"
        ),
        pytest.param(
            HUGO,
            ASKED[:1],
            "remove",
            date(2026, 2, 9),
            "asked on 2 Feb, no answer, as far as it was sent: no text was copied or typed",
            id="decided to ask, nothing written",
        ),
        pytest.param(
            HUGO,
            ("decided verdict=decline follow_up=2026-02-20", "typed template=decline"),
            "remove",
            date(2026, 2, 20),
            "declined on 3 Feb, no answer",
            id="declined, to be looked at again",
        ),
        pytest.param(
            HUGO,
            (*ASKED, "answered kind=need"),
            "answer",
            date(2026, 2, 4),
            "answered on 4 Feb: they need something",
            id="answered with a need",
        ),
        pytest.param(
            HUGO,
            (*ASKED, "answered kind=pitch"),
            "answer",
            date(2026, 2, 4),
            "answered on 4 Feb: they offer something",
            id="answered with a pitch",
        ),
        pytest.param(
            HUGO, ("answered",), "answer", date(2026, 2, 2), "answered on 2 Feb", id="answered, kind unknown"
        ),
        pytest.param(
            HUGO,
            (*ASKED, "answered", "decided verdict=ask follow_up=2026-02-28", "copied"),
            "remove",
            date(2026, 2, 28),
            "asked on 6 Feb, no answer",
            id="asked once more after an answer",
        ),
        pytest.param(
            ZOE,
            ("withdrawn",),
            "again",
            date(2026, 2, 23),
            "withdrawn on 2 Feb",
            id="withdrawn three weeks ago",
        ),
    ],
)
def test_an_invitation_is_due_with_its_reason(
    invitation: Invitation, steps: tuple[str, ...], kind: str, on: date, reason: str
) -> None:
    state = state_after(invitation, *steps)
    assert agenda([state], today=TODAY, zone=UTC) == (Due(kind=kind, on=on, state=state, reason=reason),)


@pytest.mark.parametrize(
    ("invitation", "steps"),
    [
        pytest.param(HUGO, (), id="waiting for a decision"),
        pytest.param(HUGO, ("decided verdict=ask",), id="no day was decided"),
        pytest.param(HUGO, (*ASKED, "decided verdict=accept"), id="decided otherwise since"),
        pytest.param(
            HUGO, (*ASKED, "answered", "copied template=answer-need"), id="answered, and written to since"
        ),
        pytest.param(HUGO, ("answered", "wrote"), id="answered, and written to on the network since"),
        pytest.param(HUGO, (*ASKED, "answered", "decided verdict=ignore"), id="answered, and decided since"),
        pytest.param(HUGO, (*ASKED, "removed"), id="removed"),
        pytest.param(HUGO, (*ASKED, "accepted"), id="accepted"),
        pytest.param(HUGO, (*ASKED, "answered", "accepted"), id="answered and accepted"),
        pytest.param(ZOE, (), id="sent, and nothing known"),
        pytest.param(ZOE, ("accepted",), id="sent and accepted"),
        pytest.param(ZOE, ("withdrawn", "removed"), id="withdrawn, and off the list"),
    ],
)
def test_nothing_is_due_where_all_is_done_or_undecided(
    invitation: Invitation, steps: tuple[str, ...]
) -> None:
    assert agenda([state_after(invitation, *steps)], today=TODAY, zone=UTC) == ()


def test_what_is_due_comes_first_by_kind_and_day_and_what_is_ahead_behind() -> None:
    others = [
        Invitation(name=name, at=HUGO.at, profile_url=f"linkedin.com/in/{name}")
        for name in ("ana", "ben", "cleo", "dan")
    ]
    known = [
        state_after(others[0], "decided verdict=ask follow_up=2026-03-09"),
        state_after(ZOE, "withdrawn"),
        state_after(others[1], "decided verdict=ask follow_up=2026-02-20"),
        state_after(others[2], "decided verdict=ask follow_up=2026-03-01"),
        state_after(others[3], *ASKED, "answered"),
    ]
    found = [
        (due.kind, due.state.invitation.name, due.on.day) for due in agenda(known, today=TODAY, zone=UTC)
    ]
    assert found == [
        ("answer", "dan", 4),
        ("remove", "ben", 20),
        ("remove", "cleo", 1),
        ("again", "Zoé Roy", 23),
        ("remove", "ana", 9),
    ]


def test_only_the_newest_invitation_to_somebody_may_be_sent_again() -> None:
    later = Invitation(
        name="Zoé Roy", at=ZOE.at + timedelta(days=30), profile_url=ZOE.profile_url, direction="outgoing"
    )
    # An export tells the newest first.
    assert agenda([state_after(later), state_after(ZOE, "withdrawn")], today=TODAY, zone=UTC) == ()


def test_whoever_is_in_the_network_by_now_is_not_invited_again() -> None:
    withdrawn = state_after(ZOE, "withdrawn")
    assert agenda([withdrawn], today=TODAY, zone=UTC, connected=["in:zoe"]) == ()
    came = Invitation(name="Zoé Roy", at=ZOE.at, profile_url=ZOE.profile_url)
    assert agenda([withdrawn, state_after(came, "accepted")], today=TODAY, zone=UTC) == ()


def test_a_day_is_the_persons_day() -> None:
    late = Event(
        kind="answered",
        at=datetime(2026, 2, 4, 23, 30, tzinfo=UTC),
        person="in:hugo",
        invitation=HUGO.id,
        batch=9,
    )
    state = states([told_of(HUGO, at=NOON), late])[HUGO.id]
    east = timezone(timedelta(hours=2))
    assert [agenda([state], today=TODAY, zone=zone)[0].on.day for zone in (UTC, east)] == [4, 5]


def test_the_year_is_told_when_it_is_another_and_today_is_a_word() -> None:
    state = state_after(HUGO, "answered")
    reasons = [agenda([state], today=day, zone=UTC)[0].reason for day in (date(2027, 1, 1), date(2026, 2, 2))]
    assert reasons == ["answered on 2 Feb 2026", "answered today"]


def written(
    who: str, day: int, *, kind: str = "copied", channel: str = "linkedin-note", month: int = 2
) -> Event:
    at = datetime(2026, month, day, 12, 0, tzinfo=UTC)
    return Event(
        kind=kind, at=at, person=f"in:{who}", details={"channel": channel, "template": "invite"}, batch=50
    )


def sent(who: str, day: int, *, note: str = "Bonjour", month: int = 2) -> Event:
    invitation = Invitation(
        name=who,
        at=datetime(2026, month, day, 9),
        profile_url=f"linkedin.com/in/{who}",
        note=note,
        direction="outgoing",
    )
    return told_of(invitation, at=datetime(2026, 4, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("events", "sent_with_note", "written_only"),
    [
        pytest.param([], 0, 0, id="nothing happened"),
        pytest.param([sent("ana", 3), sent("ben", 28)], 2, 0, id="each invitation with a note counts"),
        pytest.param([sent("ana", 3, note="")], 0, 0, id="one without a note does not"),
        pytest.param(
            [sent("ana", 31, month=1), sent("ben", 1, month=3)], 0, 0, id="nor one of another month"
        ),
        pytest.param(
            [written("ana", 3), written("ben", 4, kind="typed")], 0, 2, id="copied and typed notes count"
        ),
        pytest.param(
            [written("ana", 3), written("ana", 3)], 0, 1, id="twice for the same person is one note"
        ),
        pytest.param([written("ana", 3, channel="linkedin-message")], 0, 0, id="a message is no note"),
        pytest.param([written("ana", 31, month=1)], 0, 0, id="a note of last month is gone"),
        pytest.param([written("ana", 3), sent("ana", 3)], 1, 0, id="copied and then sent is one note"),
        pytest.param(
            [written("ana", 3), sent("ana", 4, note="")], 0, 0, id="copied, and sent without after all"
        ),
        pytest.param(
            [sent("ana", 25, note=""), sent("ana", 2, note=""), written("ana", 20)],
            0,
            0,
            id="sent since, whichever the file tells first",
        ),
        pytest.param([sent("ana", 2), written("ana", 25)], 1, 1, id="sent, withdrawn and written to again"),
    ],
)
def test_notes_of_the_month_are_counted(events: list[Event], sent_with_note: int, written_only: int) -> None:
    counted = notes_of_month(events, limit=5, today=date(2026, 2, 28), zone=UTC)
    assert counted == Notes(limit=5, sent=sent_with_note, written=written_only)
    assert (counted.used, counted.left) == (sent_with_note + written_only, 5 - sent_with_note - written_only)


def test_what_was_undone_costs_no_note_and_more_than_all_leaves_none() -> None:
    undone = Event(kind="undone", at=NOON, person="", details={"batch": "50"}, batch=51)
    assert notes_of_month([written("ana", 3), undone], limit=5, today=date(2026, 2, 28), zone=UTC) == Notes(
        limit=5
    )
    assert Notes(limit=1, sent=2, written=1).left == 0
