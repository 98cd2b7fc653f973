"""What happened, one event after the other, and the state that follows from it: the ledger's own language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motjuste.inbox.invitation import Invitation, is_untimed, key_of_profile

KINDS = (
    "received",  # an invitation came: everything that the network told of it
    "sent",  # an invitation went out; details: note ("yes" or "no"), template
    "learned",  # more was told of an invitation; details as of "received", and before: the person's key until then
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

What a file tells of an invitation that is known has a detail `source_id`, the same each time that it is read.
"""

BY_HAND, BY_FILE = "hand", "file"
"""The detail "by" of what somebody else than usual tells: the person that an invitation went out, which files tell of,
or a file what became of one, which the person tells of."""

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


def is_step(event: Event) -> bool:
    """Whether the event is something that the person did, rather than the reading of a file or an undoing."""
    by = event.details.get("by", BY_FILE if event.kind in _FROM_FILES else BY_HAND)
    return event.kind != "undone" and by == BY_HAND


_FROM_FILES = ("received", "sent", "learned", "wrote", "heard")


def states(events: Iterable[Event], before: Mapping[str, State] | None = None) -> dict[str, State]:
    """The state of each invitation that the events tell of, by its id, in the order in which they were received.

    With `before`, the events come after what led to those states, and undo nothing of it.
    """
    found = dict(before or {})
    for event in standing(events):
        if (state := state_after(found.get(event.invitation), event)) is not None:
            found[event.invitation] = state
    return found


def state_after(state: State | None, event: Event) -> State | None:
    """The state of an invitation after one more event; None while nothing tells of it."""
    if event.kind in ("received", "sent"):
        # The first telling counts: what is read again says nothing new, or it would have another id.
        if state is None and (invitation := invitation_in(event)) is not None:
            return State(invitation=invitation)
    elif state is not None and event.kind in _STEPS:
        return _STEPS[event.kind](state, event)
    return state


def completed(known: Invitation, event: Event) -> Invitation:
    """An invitation with what a "learned" event tells of it, its id and its person's key as they were."""
    return replace(known, **_told(event.details), kept_id=known.id, kept_person=known.person)


def _learned(state: State, event: Event) -> State:
    return replace(state, invitation=completed(state.invitation, event))


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
    "learned": _learned,
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
    return Event(
        kind="received" if invitation.direction == "incoming" else "sent",
        at=at,
        person=invitation.person,
        invitation=invitation.id,
        details=_facts(invitation) | dict(more or {}),
    )


def learned(known: Invitation, again: Invitation, *, at: datetime) -> Event | None:
    """The event that `again`, the same invitation from elsewhere, tells what was not known; None if it does not."""
    before, now = _facts(known), _facts(again)
    news = {name: now[name] for name in _COMPLETED if name in now and name not in before}
    if is_untimed(known) and not is_untimed(again):
        news |= {"at": now["at"], "source": now.get("source", "")}
    if not news:
        return None
    # Whoever is looked up by the profile that is new finds what happened under the former key.
    person = key_of_profile(news.get("profile_url", ""))
    former = {"before": known.person} if person and person != known.person else {}
    return Event(
        kind="learned",
        at=at,
        person=person or known.person,
        invitation=known.id,
        details={**news, **former},
    )


_COMPLETED = ("note", "profile_url", "position", "organization", "mutual", "groups")


def _facts(invitation: Invitation) -> dict[str, str]:
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
    return {name: text for name, text in facts.items() if text}


def invitation_in(event: Event) -> Invitation | None:
    """The invitation that a "received" or "sent" event tells of; None when it does not say which."""
    if "at" not in event.details:
        return None
    told = _told(event.details)
    if event.kind == "sent":
        # Only whether there was one.
        told.pop("note", None)
    return Invitation(
        **{"name": "", **told},
        direction="incoming" if event.kind == "received" else "outgoing",
    )


def _told(details: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an invitation that details tell."""
    told: dict[str, Any] = {name: details[name] for name in _TEXTS if name in details}
    if "at" in details:
        told["at"] = datetime.fromisoformat(details["at"])
    if "mutual" in details:
        told["mutual"] = int(details["mutual"])
    if "groups" in details:
        told["groups"] = tuple(json.loads(details["groups"]))
    return told


_TEXTS = ("name", "note", "profile_url", "position", "organization", "source")
