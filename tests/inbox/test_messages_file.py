"""`messages.csv`: who wrote to whom, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.inbox import messages_file
from motjuste.inbox.correspondence import Correspondence, correspondence
from motjuste.inbox.invitations_file import Own
from motjuste.inbox.layouts import MESSAGES
from motjuste.inbox.messages_file import Message, MessagesRead, read_messages
from motjuste.people.sheets import header_of, lines_of

FILE = Path(__file__).parent.parent / "data" / "inbox" / "messages.csv"
OLD = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
CAMILLE_NAMED = Own(frozenset({"name:camille roy"}))
CAMILLE = Own(frozenset({"in:camille-roy"}), frozenset({"camille roy"}))


def read(text: str | bytes) -> MessagesRead:
    lines = lines_of(text if isinstance(text, bytes) else text.encode())
    header = header_of(lines, [MESSAGES])
    assert header is not None
    return read_messages(header, lines, "messages.csv")


def row(conversation: str, sender: str, to: str, day: int, profile: str = "") -> str:
    url = f"https://www.linkedin.com/in/{profile}" if profile else ""
    return f'{conversation},,"{sender}",{url},"{to}",2026-02-{day:02} 10:00:00 UTC,,hi,INBOX\n'


def passed(found: Correspondence) -> dict[str, list[tuple[int, bool]]]:
    return {key: [(each.at.day, each.outgoing) for each in told] for key, told in found.passed.items()}


def test_advertisements_spam_and_drafts_are_left_out_and_counted() -> None:
    reading = read(FILE.read_bytes())
    assert (reading.sponsored, reading.spam, reading.drafts, reading.problems) == (1, 1, 1, ())
    assert [(each.conversation, each.sender, each.recipients) for each in reading.messages] == [
        ("c1", "in:hugo-martin-1", ("in:camille-roy",)),
        ("c1", "in:camille-roy", ("in:hugo-martin-1",)),
        ("c2", "in:camille-roy", ("in:ana-silva",)),
        ("c5", "in:léa-petit", ("in:camille-roy", "in:hugo-martin-1")),
    ]
    assert reading.messages[0] == Message(
        conversation="c1",
        at=datetime(2026, 2, 16, 8, 30, tzinfo=UTC),
        sender="in:hugo-martin-1",
        sender_name="Hugo Martin",
        recipients=("in:camille-roy",),
        content='Merci de votre réponse.\n\nJe cherche un exemplaire du "papier vivant" pour un client.',
    )


def test_what_was_written_is_in_no_representation() -> None:
    assert "papier vivant" not in repr(read(FILE.read_bytes()))
    assert "papier vivant" not in repr(correspondence(read(FILE.read_bytes()).messages, CAMILLE))


def test_messages_between_two_people_are_in_their_order_and_groups_are_counted() -> None:
    found = correspondence(read(FILE.read_bytes()).messages, CAMILLE)
    assert passed(found) == {"in:hugo-martin-1": [(14, True), (16, False)], "in:ana-silva": [(2, True)]}
    assert (found.own, found.in_groups) == (frozenset({"in:camille-roy"}), 1)


def test_without_invitations_whoever_takes_part_everywhere_is_the_person() -> None:
    alone = correspondence(read(FILE.read_bytes()).messages, Own())
    assert alone == correspondence(read(FILE.read_bytes()).messages, CAMILLE)


@pytest.mark.parametrize(
    "rows",
    [
        row("a", "Hugo", "Camille Roy", 1, "hugo") + row("a", "Camille Roy", "Hugo", 2, "camille"),
        row("a", "Hugo", "Camille Roy", 1, "hugo") + row("b", "Ana", "Paul", 2, "ana"),
        row("a", "Camille Roy", "Hugo", 1, "camille") + row("b", "Camille Roy", "Hugo", 2, "camille"),
        "",
    ],
    ids=["one conversation", "nobody everywhere", "two everywhere", "nothing"],
)
def test_who_the_person_is_may_not_be_told(rows: str) -> None:
    assert correspondence(read(OLD + rows).messages, Own()) == Correspondence()


def test_older_files_name_recipients_only() -> None:
    rows = row("a", "Hugo Martin", "Camille Roy", 1, "hugo") + row(
        "a", "Camille Roy", "Hugo Martin", 2, "camille"
    )
    rows += row("b", "Ana Silva, PhD", "Camille Roy", 3, "ana")
    expected = {"in:hugo": [(1, False), (2, True)], "in:ana": [(3, False)]}
    assert passed(correspondence(read(OLD + rows).messages, Own())) == expected
    by_name = Own(names=frozenset({"camille roy"}))
    assert passed(correspondence(read(OLD + rows).messages, by_name)) == expected


def test_a_message_is_the_same_one_however_often_it_is_read() -> None:
    once = row("a", "Hugo", "Camille Roy", 1, "hugo") + row("b", "Ana", "Camille Roy", 1, "ana")
    once += row("b", "Camille Roy", "Ana", 2, "camille")
    twice = correspondence(read(OLD + once * 2).messages, Own())
    assert twice == correspondence(read(OLD + once).messages, Own())
    ids = [each.source_id for told in twice.passed.values() for each in told]
    assert len(set(ids)) == len(ids) == 3


def test_a_message_keeps_its_id_without_the_senders_address_and_without_seconds() -> None:
    told = row("a", "Hugo", "Camille Roy", 1, "hugo") + row("b", "Camille Roy", "Ana", 2, "camille")
    older = re.sub(r"https://[^,]*|:00 UTC", "", told)
    own = Own(frozenset({"in:camille"}), frozenset({"camille roy"}))
    ids = [
        [each.source_id for passed in correspondence(read(OLD + rows).messages, own).passed.values() for each in passed]
        for rows in (told, older)
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_two_messages_of_one_moment_are_both_read() -> None:
    rows = row("a", "Hugo", "Camille Roy", 1, "hugo") + row("a", "Hugo", "Camille Roy", 1, "hugo").replace("hi", "you")
    found = correspondence(read(OLD + rows).messages, CAMILLE_NAMED)
    assert [each.content for each in found.passed["in:hugo"]] == ["hi", "you"]


def test_rows_that_cannot_be_read_are_reported_and_stop_no_other() -> None:
    rows = (
        "a,,Hugo,,Camille,bientôt,,hi,INBOX\n,,Hugo,,Camille,2026-02-01 10:00:00 UTC,,hi,INBOX\n"
        "a,,,,Camille,2026-02-01 10:00:00 UTC,,hi,INBOX\n"
        "a,,LinkedIn Member,,Camille,2026-02-01 10:00:00 UTC,,hi,INBOX\n"
        "a,,Hugo,,Camille,2026-02-01 10:00,,hi,INBOX\n"
    )
    reading = read(OLD.replace("FOLDER", "FOLDER,MOOD") + rows)
    assert [(each.sender, each.at) for each in reading.messages] == [
        ("name:hugo", datetime(2026, 2, 1, 10, 0, tzinfo=UTC))
    ]
    assert list(map(str, reading.problems)) == [
        "messages.csv:1: the column 'MOOD' is not known and was left out",
        "messages.csv:2: the date 'bientôt' cannot be read: the row was left out",
        "messages.csv:3: the conversation is missing: the row was left out",
    ]
    assert reading.hidden == 2


def test_a_file_without_a_message_says_so() -> None:
    assert list(map(str, read(OLD).problems)) == ["messages.csv:1: there is no message below the header"]


def test_more_messages_than_fit_the_memory_are_met_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages_file, "MOST_MESSAGES", 1)
    reading = read(OLD + row("a", "Hugo", "Camille", 1) * 3)
    assert len(reading.messages) == 1
    assert list(map(str, reading.problems)) == [
        "messages.csv:3: only the first 500,000 messages of a file are read; split it to have the others"
    ]


@given(st.binary(max_size=200) | st.text(alphabet='aé/:0126-,;"\n\t ', max_size=80).map(str.encode))
def test_any_file_is_read_counted_or_reported(data: bytes) -> None:
    reading = read(OLD.encode() + data)
    assert reading.is_of_use or reading.problems
    correspondence(reading.messages, Own())
