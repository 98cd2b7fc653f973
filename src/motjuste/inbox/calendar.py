"""What is due as a calendar file (iCalendar, RFC 5545), for any calendar program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from motjuste.inbox.due import Due

_LONGEST_LINE = 75
"""Bytes, without the line's end (RFC 5545, 3.1)."""
_TITLES = {
    "answer": "Answer {}",
    "remove": "Remove the invitation of {}",
    "again": "{} may be invited again",
}


def calendar(items: Iterable[Due], *, stamp: datetime, command: Callable[[Due], str]) -> str:
    """The file's text: an event of a whole day for each, with the command that is to be typed for it.

    `stamp` is when the file is made. The same item has the same UID in each file, so that a program that reads it
    again changes the event it has.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//motjuste//inbox//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for item in items:
        lines += _event(item, stamp, command(item))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(item: Due, stamp: datetime, command: str) -> Iterator[str]:
    invitation = item.state.invitation
    name = invitation.contact.display_name
    yield "BEGIN:VEVENT"
    yield f"UID:{invitation.id}-{item.kind}@motjuste"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{item.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{item.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(_TITLES[item.kind].format(name))}"
    yield f"DESCRIPTION:{_escaped(item.reason)}\\n{_escaped(command)}"
    if invitation.contact.profile_key:
        yield f"URL:{invitation.profile_url}"
    # It takes no time of the day, and is nobody else's business.
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces that are short enough; each further one begins with a space, and no letter is cut."""
    pieces, room, piece = [], _LONGEST_LINE, ""
    for character in line:
        if len((piece + character).encode()) > room:
            pieces.append(piece)
            piece, room = "", _LONGEST_LINE - 1
        piece += character
    return "\r\n ".join((*pieces, piece))
