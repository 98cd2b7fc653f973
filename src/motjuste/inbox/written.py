"""What was written to a person: the event of a new text, and what to say before a second one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from motjuste.inbox.days import day_of, in_words
from motjuste.inbox.due import AGAIN_DAYS, NOTE_CHANNEL
from motjuste.inbox.events import Event, State, standing, states
from motjuste.inbox.invitation import keys_of
from motjuste.people.card import Contact

WRITTEN = ("copied", "typed")


def text_for(
    contact: Contact,
    history: Iterable[Event],
    *,
    kind: str,
    at: datetime,
    template: str,
    channel: str,
    length: int,
) -> Event:
    """The event that a text for the person was copied or typed; of the text itself, only how long it is.

    `history` is what the ledger has of them: a reply belongs to the newest invitation from them that is open.
    """
    return Event(
        kind=kind,
        at=at,
        person=keys_of(contact)[0],
        invitation="" if channel == NOTE_CHANNEL else _open_invitation(history),
        details={"template": template, "channel": channel, "length": str(length)},
    )


def _open_invitation(history: Iterable[Event]) -> str:
    incoming = [state for state in states(history).values() if state.invitation.direction == "incoming"]
    waiting = [state.invitation for state in incoming if not state.closed]
    return max(waiting, key=lambda invitation: invitation.at).id if waiting else ""


def before_writing(
    contact: Contact, history: Iterable[Event], *, channel: str, today: date, zone: tzinfo | None
) -> str:
    """What the person should know before they write to this contact again; "" when there is nothing."""
    counted = tuple(standing(history))
    name = contact.greeting_name or contact.display_name
    if channel == NOTE_CHANNEL and (known := _before_inviting(contact, counted, name, today, zone)):
        return known
    texts = [event for event in counted if event.kind in WRITTEN]
    if not texts:
        return ""
    last = texts[-1]
    before = f", and {_times(len(texts) - 1)} before" if len(texts) > 1 else ""
    return (
        f"you wrote to {name} {_on(last.at, today, zone)}: {last.details.get('template', 'a text')}{before}"
    )


def _before_inviting(
    contact: Contact, counted: Sequence[Event], name: str, today: date, zone: tzinfo | None
) -> str:
    """What stands against an invitation: they are connected, or one of them was invited already."""
    if contact.connected_on:
        return f"you are connected with {name} since {in_words(contact.connected_on, today)}"
    known = sorted(states(counted).values(), key=lambda state: state.invitation.at)
    for state in known:
        if state.closed == "accepted" and state.closed_at:
            whose = (
                "your invitation" if state.invitation.direction == "outgoing" else "this person's invitation"
            )
            return f"you are connected with {name}: {whose} was accepted {_on(state.closed_at, today, zone)}"
    sent = [state for state in known if state.invitation.direction == "outgoing"]
    if sent and not sent[-1].closed:
        return f"you invited {name} {_on(sent[-1].invitation.at, today, zone)}, and there is no answer yet"
    came = [state for state in known if state.invitation.direction == "incoming" and not state.closed]
    if came:
        on = _on(came[-1].invitation.at, today, zone)
        return f"{name} invited you {on}: accept that one (motjuste inbox explain {came[-1].invitation.id})"
    return _too_soon(sent[-1], name, today, zone) if sent else ""


def _too_soon(state: State, name: str, today: date, zone: tzinfo | None) -> str:
    if state.closed != "withdrawn" or state.closed_at is None:
        return ""
    again = day_of(state.closed_at, zone) + timedelta(days=AGAIN_DAYS)
    if again <= today:
        return ""
    return (
        f"you withdrew your invitation to {name} {_on(state.closed_at, today, zone)}; "
        f"the network may refuse another one until {in_words(again, today)}"
    )


def _on(at: datetime, today: date, zone: tzinfo | None) -> str:
    day = day_of(at, zone)
    return "today" if day == today else f"on {in_words(day, today)}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
