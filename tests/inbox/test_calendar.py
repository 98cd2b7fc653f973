"""The calendar file is read by a calendar program's own reader, and keeps to the letter of RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from motjuste.inbox.calendar import calendar
from motjuste.inbox.due import Due
from motjuste.inbox.events import State
from motjuste.inbox.invitation import Invitation

STAMP = datetime(2026, 2, 12, 13, 0, tzinfo=timezone(timedelta(hours=1)))
LEA = Invitation(
    name="Léa Petit; \\o/, autrice",
    at=datetime(2026, 2, 1, 9, 0),
    profile_url="https://www.linkedin.com/in/lea-petit",
)
DUE = Due(
    kind="remove",
    on=date(2026, 2, 28),
    state=State(invitation=LEA),
    reason="asked on 3 Feb, no answer; really",
)


def read(text: str) -> list[dict[str, object]]:
    """The events as a living reader understands them."""
    events = Calendar.from_ical(text).walk("VEVENT")
    return [
        {
            "uid": str(event["UID"]),
            "stamp": event["DTSTAMP"].dt,
            "from": event["DTSTART"].dt,
            "until": event["DTEND"].dt,
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "url": str(event.get("URL", "")),
        }
        for event in events
    ]


def test_an_item_is_an_event_of_one_whole_day_with_the_command_to_type() -> None:
    text = calendar([DUE], stamp=STAMP, command=lambda due: f"motjuste inbox mark {LEA.id} removed")
    assert read(text) == [
        {
            "uid": f"{LEA.id}-remove@motjuste",
            "stamp": datetime(2026, 2, 12, 12, 0, tzinfo=UTC),
            "from": date(2026, 2, 28),
            "until": date(2026, 3, 1),
            "summary": "Remove the invitation of Léa Petit",
            "description": f"asked on 3 Feb, no answer; really\nmotjuste inbox mark {LEA.id} removed",
            "url": "https://www.linkedin.com/in/lea-petit",
        }
    ]


def test_another_reader_understands_the_same() -> None:
    text = calendar(
        [DUE, replace(DUE, kind="answer")], stamp=STAMP, command=lambda due: "motjuste inbox review"
    )
    events = vobject.readOne(text).vevent_list
    assert [(event.uid.value, event.summary.value, event.dtstart.value) for event in events] == [
        (f"{LEA.id}-remove@motjuste", "Remove the invitation of Léa Petit", date(2026, 2, 28)),
        (f"{LEA.id}-answer@motjuste", "Answer Léa Petit", date(2026, 2, 28)),
    ]


def test_a_long_line_is_folded_at_75_bytes_and_no_letter_is_cut() -> None:
    text = calendar([DUE], stamp=STAMP, command=lambda due: "x" * 121 + "é" * 40)
    lines = text.split("\r\n")
    first = "DESCRIPTION:asked on 3 Feb\\, no answer\\; really\\n"
    there = 75 - len(first)
    start = lines.index(first + "x" * there)
    rest = 121 - there - 74
    assert lines[start + 1 : start + 4] == [
        " " + "x" * 74,
        # A letter of two bytes that would only half fit begins the next line.
        " " + "x" * rest + "é" * ((74 - rest) // 2),
        " " + "é" * (40 - (74 - rest) // 2),
    ]
    assert [len(line.encode()) for line in lines[start : start + 3]] == [75, 75, 75 - rest % 2]


def test_each_kind_has_its_title() -> None:
    text = calendar(
        [replace(DUE, kind=kind) for kind in ("answer", "again")], stamp=STAMP, command=lambda due: "x"
    )
    assert [event["summary"] for event in read(text)] == [
        "Answer Léa Petit",
        "Léa Petit may be invited again",
    ]


def test_without_anything_due_it_is_an_empty_calendar() -> None:
    text = calendar([], stamp=STAMP, command=lambda due: "")
    assert (read(text), Calendar.from_ical(text)["METHOD"]) == ([], "PUBLISH")


def test_somebody_without_a_profile_has_no_address() -> None:
    state = State(invitation=Invitation(name="Hugo", at=LEA.at))
    text = calendar([replace(DUE, state=state)], stamp=STAMP, command=lambda due: "x")
    assert "URL" not in text


@given(st.text(min_size=1, max_size=400), st.text(max_size=300))
def test_whatever_stands_in_it_lines_are_short_and_nothing_is_lost(name: str, command: str) -> None:
    invitation = Invitation(name=name, at=LEA.at)
    # A command is one line of visible signs.
    command = " ".join("".join(sign if sign.isprintable() else " " for sign in command).split())
    text = calendar(
        [replace(DUE, state=State(invitation=invitation))], stamp=STAMP, command=lambda due: command
    )
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(len(line.encode()) <= 75 and "\n" not in line and "\r" not in line for line in lines)
    [event] = read(text)
    assert event["summary"] == f"Remove the invitation of {invitation.contact.display_name}".rstrip(" ") or (
        not invitation.contact.display_name
    )
    assert event["description"] == f"{DUE.reason}\n{command}"
