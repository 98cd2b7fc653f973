"""What is due: who waits for an answer, who never gave one, who may be invited again, and how many notes are left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from motjuste.inbox.days import day_of, in_words
from motjuste.inbox.events import Event, State, standing

AGAIN_DAYS = 21
"""After withdrawing an invitation, the network takes another one to the same person after up to three weeks (its own
help, a551012)."""
NOTE_CHANNEL = "linkedin-note"

KINDS = ("answer", "remove", "again")
"""Somebody answered and waits · nobody answered, so the invitation can go · a withdrawn one can be sent again."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something to do about an invitation. `on` is the first day on which it is due."""

    kind: str
    on: date
    state: State
    reason: str
    """Why, in words for the person."""


def agenda(
    states: Iterable[State], *, today: date, zone: tzinfo | None, connected: Collection[str] = ()
) -> tuple[Due, ...]:
    """All that will have to be done, what is due first and further ahead the rest.

    `connected` are keys of people who are in the network already, whatever became of their invitations.
    """
    known = tuple(states)
    near = {*connected, *(state.invitation.person for state in known if state.closed == "accepted")}
    sent = sorted((each for each in known if each.invitation.direction == "outgoing"), key=_when)
    newest = {state.invitation.person: state for state in sent}
    found = [due for state in known for due in _of_open(state, today, zone)]
    found += [
        due
        for person, state in newest.items()
        if person not in near
        for due in _of_withdrawn(state, today, zone)
    ]
    return tuple(
        sorted(found, key=lambda due: (KINDS.index(due.kind) if due.on <= today else len(KINDS), due.on))
    )


def _when(state: State) -> datetime:
    return state.invitation.at


def _of_open(state: State, today: date, zone: tzinfo | None) -> Iterator[Due]:
    if state.closed:
        return
    decided, answered, replied = state.decided_at, state.answered_at, state.replied_at
    done = (decided, replied, state.wrote_at)
    since_answer = [when for when in done if when and answered and when > answered]
    if answered and not since_answer:
        on = day_of(answered, zone)
        what = {"need": ": they need something", "pitch": ": they offer something"}.get(state.answer, "")
        yield Due(kind="answer", on=on, state=state, reason=f"answered {_on(on, today)}{what}")
    elif (
        state.invitation.direction == "incoming"
        and state.follow_up
        and decided
        and decided >= (answered or decided)
    ):
        written = day_of(replied or decided, zone)
        asked = {"ask": "asked", "decline": "declined"}.get(state.verdict, "decided")
        # What the person wrote by hand, nobody recorded; so this is a word, not a reason to leave it out.
        unsure = "" if replied else ", as far as it was sent: no text was copied or typed"
        reason = f"{asked} {_on(written, today)}, no answer{unsure}"
        yield Due(kind="remove", on=state.follow_up, state=state, reason=reason)


def _of_withdrawn(state: State, today: date, zone: tzinfo | None) -> Iterator[Due]:
    if state.closed == "withdrawn" and state.closed_at:
        withdrawn = day_of(state.closed_at, zone)
        again = withdrawn + timedelta(days=AGAIN_DAYS)
        yield Due(kind="again", on=again, state=state, reason=f"withdrawn {_on(withdrawn, today)}")


def _on(day: date, today: date) -> str:
    return in_words(day, today) if day == today else f"on {in_words(day, today)}"


@dataclass(frozen=True, kw_only=True)
class Notes:
    """The personalised notes of a month on an account that has only some of them."""

    limit: int
    sent: int = 0
    """Invitations that went out with a note in this month, as far as they are in the ledger."""
    written: int = 0
    """People for whom a note was copied or typed in this month, and of whom no invitation is known since."""

    @property
    def used(self) -> int:
        return self.sent + self.written

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


def notes_of_month(events: Iterable[Event], *, limit: int, today: date, zone: tzinfo | None) -> Notes:
    """How many personalised notes went out, or probably did, in the month of `today`."""
    month = (today.year, today.month)
    sent = 0
    last_sent: dict[str, date] = {}
    last_written: dict[str, date] = {}
    for event in standing(events):
        if event.kind == "sent":
            day = _sent_on(event, zone)
            last_sent[event.person] = max(day, last_sent.get(event.person, day))
            sent += (day.year, day.month) == month and has_note(event)
        elif event.kind in ("copied", "typed") and event.details.get("channel") == NOTE_CHANNEL:
            day = day_of(event.at, zone)
            if (day.year, day.month) == month:
                last_written[event.person] = day
    # What was copied and then sent is one note, and the invitation tells whether it carried one.
    written = sum(last_sent.get(person, date.min) < day for person, day in last_written.items())
    return Notes(limit=limit, sent=sent, written=written)


def has_note(event: Event) -> bool:
    """Whether a "sent" event tells of an invitation with a personalised note."""
    return event.details.get("note", "no") != "no"


def _sent_on(event: Event, zone: tzinfo | None) -> date:
    told = event.details.get("at", "")
    return date.fromisoformat(told[:10]) if told else day_of(event.at, zone)
