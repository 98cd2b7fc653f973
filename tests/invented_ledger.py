"""A ledger of invented people, written one event after the other, and one whose numbers are counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from motjuste.inbox.events import Event, told_of
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.statistics import (
    Asked,
    Days,
    Facts,
    Notes,
    Now,
    Received,
    Saved,
    SentMonth,
    Statistics,
    Texts,
    Written,
)

NOW = datetime(2026, 2, 12, 10, 30, tzinfo=UTC)
NONE = {"accept": 0, "ask": 0, "decline": 0, "ignore": 0, "look": 0, "undecided": 0}
FACTS = Facts(triggers={"ask": 7, "decline": 7, "invite": 8}, notes_a_month=5)


def moment(told: str) -> datetime:
    """A moment such as "2026-01-05 09:00", in UTC."""
    return datetime.fromisoformat(told).replace(tzinfo=UTC)


class Invented:
    """A ledger that grows; each event is a step of its own."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def came(self, name: str, at: str, *, note: str = "", direction: str = "incoming") -> Invitation:
        """An invitation came (or went out)."""
        invitation = Invitation(
            name=name,
            at=datetime.fromisoformat(at),
            note=note,
            profile_url=f"linkedin.com/in/{name.lower().replace(' ', '-')}",
            direction=direction,
        )
        event = told_of(invitation, at=moment(at))
        self._add(event.kind, event.at, event.person, event.invitation, dict(event.details))
        return invitation

    def went(self, name: str, at: str, *, note: str = "") -> Invitation:
        """An invitation went out."""
        return self.came(name, at, note=note, direction="outgoing")

    def then(self, kind: str, invitation: Invitation, at: str, /, **details: str) -> int:
        """Something happened with it; the number of the step."""
        return self._add(kind, moment(at), invitation.person, invitation.id, details)

    def text(self, kind: str, person: str, at: str, /, **details: str) -> int:
        """A text for somebody without an invitation; the number of the step."""
        return self._add(kind, moment(at), f"in:{person}", "", details)

    def undo(self, step: int) -> int:
        """Take a step back; the number of this one."""
        return self._add("undone", NOW, "", "", {"batch": str(step)})

    def _add(self, kind: str, at: datetime, person: str, invitation: str, details: dict[str, str]) -> int:
        step = len(self.events) + 1
        self.events.append(
            Event(kind=kind, at=at, person=person, invitation=invitation, details=details, batch=step)
        )
        return step


def two_months() -> list[Event]:
    """What happened in January and February 2026, and one invitation of the year before."""
    book = Invented()
    message = {"channel": "linkedin-message"}
    old = book.went("Ida Noël", "2025-12-30 18:00", note="Bonjour Ida")
    book.then("withdrawn", old, "2026-01-20 08:00")
    ada = book.came("Ada Lenoir", "2026-01-05 09:00")
    book.then("decided", ada, "2026-01-06 10:00", verdict="ask", template="ask", follow_up="2026-01-16")
    book.then("copied", ada, "2026-01-06 10:00", template="ask", length="300", **message)
    book.then("answered", ada, "2026-01-08 10:00", kind="need")
    book.then("decided", ada, "2026-01-09 10:00", verdict="accept")
    book.then("accepted", ada, "2026-01-09 10:01")
    bob = book.came("Bob Petit", "2026-01-07 09:00", note="Hello")
    book.then("decided", bob, "2026-01-08 12:00", verdict="decline", template="decline")
    book.then("typed", bob, "2026-01-08 12:00", template="decline", length="500", **message)
    book.then("removed", bob, "2026-01-08 12:05")
    cleo = book.came("Cléo Roy", "2026-02-01 09:00")
    book.then("decided", cleo, "2026-02-01 10:00", verdict="ask", template="ask", follow_up="2026-02-12")
    book.then("copied", cleo, "2026-02-01 10:00", template="ask", length="300", **message)
    book.then("copied", cleo, "2026-02-01 10:01", template="ask", length="300", **message)
    gus = book.went("Gus Morel", "2026-02-02 09:00", note="Bonjour Gus")
    book.text(
        "typed", "gus-morel", "2026-02-02 08:59", template="invite", length="180", channel="linkedin-note"
    )
    book.then("accepted", gus, "2026-02-03 09:00")
    book.came("Dan Blanc", "2026-02-03 09:00")
    book.text(
        "typed", "jo-vidal", "2026-02-03 09:00", template="invite", length="200", channel="linkedin-note"
    )
    eve = book.came("Ève Simon", "2026-02-04 09:00")
    book.undo(book.then("decided", eve, "2026-02-04 10:00", verdict="ignore"))
    fay = book.came("Fay Durand", "2026-02-05 09:00")
    book.then("decided", fay, "2026-02-05 10:00", verdict="ask", template="ask", follow_up="2026-02-13")
    book.then("typed", fay, "2026-02-05 10:00", template="ask", length="250", **message)
    book.then("answered", fay, "2026-02-07 22:00", kind="pitch")
    book.went("Hal Brun", "2026-02-06 09:00")
    book.undo(
        book.text(
            "typed", "kim-le", "2026-02-06 09:00", template="invite", length="99", channel="linkedin-note"
        )
    )
    return book.events


COUNTED = Statistics(
    as_of=NOW,
    received=Received(
        {
            "2026-01": NONE | {"accept": 1, "decline": 1},  # Ada, Bob
            "2026-02": NONE | {"ask": 2, "undecided": 2},  # Cléo, Fay; Dan, Ève
        }
    ),
    sent={
        "2025-12": SentMonth(with_note=1, withdrawn=1),  # Ida
        "2026-02": SentMonth(with_note=1, without_note=1, accepted=1),  # Gus, Hal
    },
    now=Now(
        open=4,  # Cléo, Dan, Ève, Fay
        undecided=2,  # Dan, Ève
        answered=1,  # Fay
        due=1,  # Cléo
    ),
    notes=Notes("2026-02", used=2, quota=5),  # Gus, Jo
    answers=(Asked("ask", 3, 2), Asked("decline", 1, 0)),  # Ada, Cléo, Fay; Bob
    days=Days(2),
    texts=Texts(
        {
            ("2026-01", "ask"): Written(copied=1),
            ("2026-01", "decline"): Written(typed=1),
            ("2026-02", "ask"): Written(typed=1, copied=2),
            ("2026-02", "invite"): Written(typed=2),
        }
    ),
    saved=Saved(texts=4, keystrokes=493 + 172 + 192 + 243),
    first_month="2025-12",
)
"""What `two_months` adds up to, counted by hand."""
