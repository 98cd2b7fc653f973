"""What happened, one event after the other, and the state that follows from it: the ledger's own language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from motjuste.inbox.invitation import Invitation

KINDS = (
    "received",  # an invitation came: everything that the network told of it
    "sent",  # an invitation went out; details: note ("yes" or "no"), template
    "decided",  # the person's verdict on an invitation; details: verdict, policy, rule, template, follow_up
    "copied",  # a text for a person went to the clipboard; details: template, channel, length
    "typed",  # a text for a person was typed by the daemon; details: template, channel, length
    "answered",  # the person wrote back; details: kind ("need", "pitch", "other"), when known
    "wrote",  # a message to the person stands among the network's; only the newest one is told of
    "heard",  # a message of the person's stands there; the newest one too, unless it is told of as an answer
    "accepted",  # a received invitation was accepted, or a sent one was by the other person
    "removed",  # a received invitation was removed (ignored on the network)
    "withdrawn",  # a sent invitation was taken back
    "undone",  # details: batch, the number of what does not count any more
)
"""Every kind of event. What was typed or written is never part of one.

What was read from a file has a detail `source_id`, which is the same each time that it is read.
"""

VERDICTS = ("accept", "ask", "decline", "ignore", "look")
""""look" is: look at it yourself."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. `at` has a time zone; `person` is a key of `keys_of`, `invitation` an id or ""."""

    kind: str
    at: datetime
    person: str
    invitation: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    batch: int = 0
    """Which events were recorded together, and are undone together; the ledger gives the number."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What became of one invitation, as far as the ledger tells."""

    invitation: Invitation
    verdict: str = ""
    """The person's own decision; "" while there is none. A policy's proposal is not in here."""
    policy: str = ""
    rule: str = ""
    template: str = ""
    decided_at: datetime | None = None
    replied_at: datetime | None = None
    """When a text for it was copied or typed after the decision."""
    answered_at: datetime | None = None
    answer: str = ""
    wrote_at: datetime | None = None
    """When the newest message to the person was sent, as far as the network's messages were read."""
    heard_at: datetime | None = None
    """When the person's newest message came, unless it is told of as an answer."""
    follow_up: date | None = None
    """When to look again, as it was decided."""
    closed: str = ""
    """How it ended: "accepted", "removed" or "withdrawn"; "" while it is open."""
    closed_at: datetime | None = None

    @property
    def name(self) -> str:
        """The state in one word: "waiting", "accepted", "removed", "withdrawn", "answered", or the verdict."""
        if self.closed:
            return self.closed
        return "answered" if self.answered_at else self.verdict or "waiting"

    @property
    def last_writer(self) -> str:
        """Who wrote last, as far as it is known: "me", "them", or "" for nobody."""
        mine = max(filter(None, (self.replied_at, self.wrote_at)), default=None)
        theirs = max(filter(None, (self.answered_at, self.heard_at)), default=None)
        if mine is None or theirs is None:
            return "me" if mine else "them" if theirs else ""
        return "me" if mine > theirs else "them"


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """The events that count: without those that were undone, and without the undoing. An undoing can be undone."""
    told = sorted(events, key=lambda event: event.batch)
    undone: set[int] = set()
    for event in reversed(told):
        if event.kind == "undone" and event.batch not in undone:
            undone.add(int(event.details["batch"]))
    return (event for event in told if event.kind != "undone" and event.batch not in undone)


def states(events: Iterable[Event]) -> dict[str, State]:
    """The state of each invitation that the events tell of, by its id, in the order in which they were received."""
    found: dict[str, State] = {}
    for event in standing(events):
        known = found.get(event.invitation)
        if event.kind in ("received", "sent"):
            # The first telling counts: what is read again says nothing new, or it would have another id.
            if known is None and (invitation := invitation_in(event)) is not None:
                found[event.invitation] = State(invitation=invitation)
        elif known is not None and event.kind in _STEPS:
            found[event.invitation] = _STEPS[event.kind](known, event)
    return found


def _decided(state: State, event: Event) -> State:
    told = event.details
    follow_up = told.get("follow_up", "")
    return replace(
        state,
        verdict=told.get("verdict", ""),
        policy=told.get("policy", ""),
        rule=told.get("rule", ""),
        template=told.get("template", ""),
        decided_at=event.at,
        replied_at=None,
        follow_up=date.fromisoformat(follow_up) if follow_up else None,
    )


def _replied(state: State, event: Event) -> State:
    return replace(state, replied_at=event.at)


def _answered(state: State, event: Event) -> State:
    return replace(state, answered_at=event.at, answer=event.details.get("kind", ""))


def _wrote(state: State, event: Event) -> State:
    return replace(state, wrote_at=max(event.at, state.wrote_at or event.at))


def _heard(state: State, event: Event) -> State:
    return replace(state, heard_at=max(event.at, state.heard_at or event.at))


def _closed(state: State, event: Event) -> State:
    return replace(state, closed=event.kind, closed_at=event.at)


_STEPS: Mapping[str, Callable[[State, Event], State]] = {
    "decided": _decided,
    "copied": _replied,
    "typed": _replied,
    "answered": _answered,
    "wrote": _wrote,
    "heard": _heard,
    "accepted": _closed,
    "removed": _closed,
    "withdrawn": _closed,
}


def told_of(invitation: Invitation, *, at: datetime, more: Mapping[str, str] | None = None) -> Event:
    """The event that an invitation came or went out; `at` is when it is recorded.

    What somebody else wrote in their note is part of it; of the person's own, only that there was one.
    """
    facts = {
        "name": invitation.name,
        "at": invitation.at.isoformat(timespec="minutes"),
        "note": invitation.note if invitation.direction == "incoming" else "yes" if invitation.note else "no",
        "profile_url": invitation.profile_url,
        "position": invitation.position,
        "organization": invitation.organization,
        "mutual": "" if invitation.mutual is None else str(invitation.mutual),
        "groups": "" if invitation.groups is None else json.dumps(invitation.groups, ensure_ascii=False),
        "source": invitation.source,
    }
    return Event(
        kind="received" if invitation.direction == "incoming" else "sent",
        at=at,
        person=invitation.person,
        invitation=invitation.id,
        details={name: text for name, text in facts.items() if text} | dict(more or {}),
    )


def invitation_in(event: Event) -> Invitation | None:
    """The invitation that a "received" or "sent" event tells of; None when it does not say which."""
    told = event.details
    if "at" not in told:
        return None
    return Invitation(
        name=told.get("name", ""),
        at=datetime.fromisoformat(told["at"]),
        note=told.get("note", "") if event.kind == "received" else "",
        profile_url=told.get("profile_url", ""),
        position=told.get("position", ""),
        organization=told.get("organization", ""),
        mutual=int(told["mutual"]) if "mutual" in told else None,
        groups=tuple(json.loads(told["groups"])) if "groups" in told else None,
        direction="incoming" if event.kind == "received" else "outgoing",
        source=told.get("source", ""),
    )
