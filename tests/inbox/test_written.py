"""Before a second text to somebody, what happened is told; a text is recorded without its words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from motjuste.inbox.events import Event, told_of
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.written import before_writing, text_for
from motjuste.people.card import Contact

NOON = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 1)
LEA = Contact(formatted_name="Léa Petit", profile_url="linkedin.com/in/lea", title="Autrice")
CAME = Invitation(name="Léa Petit", at=datetime(2026, 1, 20, 9, 0), profile_url="linkedin.com/in/lea")
WENT = Invitation(
    name="Léa Petit", at=datetime(2026, 1, 30, 9, 0), profile_url="linkedin.com/in/lea", direction="outgoing"
)


def step(kind: str, day: int, of: Invitation | None = None, **details: str) -> Event:
    return Event(
        kind=kind,
        at=NOON + timedelta(days=day - 1),
        person="in:lea",
        invitation=of.id if of else "",
        details=details,
        batch=day,
    )


def told(of: Invitation) -> Event:
    return told_of(of, at=NOON)


COPIED = step("copied", 3, template="ask")


@pytest.mark.parametrize(
    ("history", "channel", "sentence"),
    [
        pytest.param([], "linkedin-message", "", id="nothing happened"),
        pytest.param([told(CAME)], "linkedin-message", "", id="only an invitation came"),
        pytest.param([COPIED], "linkedin-message", "you wrote to Léa on 3 Feb: ask", id="a text was copied"),
        pytest.param([COPIED], "linkedin-note", "you wrote to Léa on 3 Feb: ask", id="a text, before an invitation"),
        pytest.param(
            [COPIED, step("typed", 5, template="decline")],
            "linkedin-message",
            "you wrote to Léa on 5 Feb: decline, and once before",
            id="twice",
        ),
        pytest.param(
            [COPIED, step("typed", 5), step("copied", 29, template="answer-need")],
            "linkedin-message",
            "you wrote to Léa today: answer-need, and 2 times before",
            id="three times",
        ),
        pytest.param(
            [COPIED, Event(kind="undone", at=NOON, person="", details={"batch": "3"}, batch=9)],
            "linkedin-message",
            "",
            id="it was taken back",
        ),
        pytest.param(
            [told(WENT), COPIED],
            "linkedin-note",
            "you invited Léa on 30 Jan, and there is no answer yet",
            id="invited already",
        ),
        pytest.param([told(WENT)], "linkedin-message", "", id="a message to somebody who was invited"),
        pytest.param(
            [told(WENT), step("accepted", 4, WENT)],
            "linkedin-note",
            "you are connected with Léa: your invitation was accepted on 4 Feb",
            id="the invitation was accepted",
        ),
        pytest.param(
            [told(CAME), step("accepted", 4, CAME)],
            "linkedin-note",
            "you are connected with Léa: this person's invitation was accepted on 4 Feb",
            id="theirs was accepted",
        ),
        pytest.param(
            [told(CAME)],
            "linkedin-note",
            f"Léa invited you on 20 Jan: accept that one (motjuste inbox explain {CAME.id})",
            id="they invited first",
        ),
        pytest.param(
            [told(WENT), step("withdrawn", 20, WENT)],
            "linkedin-note",
            "you withdrew your invitation to Léa on 20 Feb; the network may refuse another one until 13 Mar",
            id="withdrawn nine days ago",
        ),
        pytest.param([told(WENT), step("withdrawn", 8, WENT)], "linkedin-note", "", id="withdrawn three weeks ago"),
        pytest.param([told(CAME), step("removed", 4, CAME)], "linkedin-note", "", id="theirs was removed"),
    ],
)
def test_what_happened_before_is_one_sentence(history: list[Event], channel: str, sentence: str) -> None:
    assert before_writing(LEA, history, channel=channel, today=TODAY, zone=UTC) == sentence


def test_a_card_that_knows_of_the_connection_is_enough() -> None:
    known = Contact(formatted_name="Léa Petit", connected_on=date(2025, 5, 1))
    sentence = before_writing(known, [], channel="linkedin-note", today=TODAY, zone=UTC)
    assert sentence == "you are connected with Léa since 1 May 2025"


def test_of_several_invitations_the_newest_counts_however_they_were_read() -> None:
    earlier = Invitation(
        name="Léa Petit", at=datetime(2025, 6, 1, 9, 0), profile_url="linkedin.com/in/lea", direction="outgoing"
    )
    history = [told(WENT), told(earlier), step("withdrawn", 2, earlier)]
    sentence = before_writing(LEA, history, channel="linkedin-note", today=TODAY, zone=UTC)
    assert sentence == "you invited Léa on 30 Jan, and there is no answer yet"


@pytest.mark.parametrize(
    ("history", "channel", "invitation"),
    [
        pytest.param([], "linkedin-message", "", id="no invitation"),
        pytest.param([told(CAME)], "linkedin-message", CAME.id, id="the open one"),
        pytest.param([told(CAME)], "linkedin-note", "", id="a note is no reply to it"),
        pytest.param([told(CAME), step("removed", 3, CAME)], "linkedin-message", "", id="a closed one"),
        pytest.param([told(WENT)], "linkedin-message", "", id="what was sent is nothing to reply to"),
    ],
)
def test_a_reply_belongs_to_the_open_invitation(history: list[Event], channel: str, invitation: str) -> None:
    event = text_for(LEA, history, kind="copied", at=NOON, template="ask", channel=channel, length=120)
    details = {"template": "ask", "channel": channel, "length": "120"}
    assert event == Event(kind="copied", at=NOON, person="in:lea", invitation=invitation, details=details)
