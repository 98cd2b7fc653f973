"""From what files hold to what is new in the ledger: invitations, who was accepted, who wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from motjuste.inbox.correspondence import Correspondence, Passed
from motjuste.inbox.events import BY_FILE, Event, State, learned, state_after, states, told_of
from motjuste.inbox.invitation import Invitation, is_untimed, key_of_profile
from motjuste.inbox.known import Known
from motjuste.people.card import Contact

ANSWERABLE = ("ask", "decline")
"""The verdicts whose reply may be answered."""
# An invitation's wall clock has no zone: it may be that much off the world's time.
_FAREST_ZONE = timedelta(hours=14)

Judge = Callable[[str], str]
"""Tells from an answer's text its kind: "need", "pitch" or "other"; "" when nobody can."""


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What files hold. Each of `exports` is the invitations of one file, in its order."""

    exports: Sequence[Sequence[Invitation]] = ()
    connections: Sequence[Contact] = ()
    passed: Correspondence = field(default_factory=Correspondence)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What of it is new; `events` say all of it to the ledger."""

    events: Sequence[Event]
    received: Sequence[Invitation]
    sent: Sequence[Invitation]
    known: int
    completed: Sequence[Invitation]
    """Known ones of which more is told than before."""
    accepted: Sequence[Invitation]
    answered: Sequence[Invitation]
    gone: Sequence[Invitation]
    """Received ones that are open here, and are no longer in a newer export which reaches back to them."""
    without_profile: int = 0
    """How many open ones tell no profile, so that connections and messages say nothing of them."""


def arrival(
    arrived: Arrived, events: Iterable[Event], *, now: datetime, judge: Judge = lambda text: ""
) -> Arrival:
    """What is new in `arrived`, given all events of the ledger. Arriving again is nothing new."""
    told = tuple(events)
    sorting = _Sorting(states(told), {event.details.get("source_id", "") for event in told}, now, judge)
    sorting.take_invitations(arrived.exports)
    sorting.take_connections(arrived.connections)
    sorting.take_messages(arrived.passed)
    return Arrival(
        events=sorting.events,
        received=[each for each in sorting.new if each.direction == "incoming"],
        sent=[each for each in sorting.new if each.direction == "outgoing"],
        known=sorting.known_again,
        completed=sorting.completed,
        accepted=sorting.accepted,
        answered=sorting.answered,
        gone=sorting.gone(arrived.exports),
        without_profile=sorting.without_profile(),
    )


class _Sorting:
    def __init__(self, states: Mapping[str, State], told: set[str], now: datetime, judge: Judge) -> None:
        self.states = dict(states)
        self.told = told
        self.now = now
        self.judge = judge
        self.events: list[Event] = []
        self.new: list[Invitation] = []
        self.known_again = 0
        self.completed: list[Invitation] = []
        self.accepted: list[Invitation] = []
        self.answered: list[Invitation] = []
        self.seen: set[str] = set()
        self.before = frozenset(states)
        # Whose invitations these are: an export may tell a profile that the ledger does not know yet.
        self.ids_of: dict[str, set[str]] = {}
        for id, state in states.items():
            self._belongs(state.invitation, id)

    def _belongs(self, invitation: Invitation, id: str) -> None:
        if key := key_of_profile(invitation.profile_url):
            self.ids_of.setdefault(key, set()).add(id)

    def take_invitations(self, exports: Iterable[Sequence[Invitation]]) -> None:
        known = Known(state.invitation for state in self.states.values())
        # An export begins with the newest one; a record begins with the oldest.
        for invitation in sorted((each for export in exports for each in export), key=lambda each: each.at):
            same = known.find(invitation)
            if same is None:
                known.add(invitation)
                self.new.append(invitation)
                self._record(told_of(invitation, at=self.now))
            else:
                self.known_again += 1
                if news := learned(self.states[same.id].invitation, invitation, at=self.now):
                    self.completed.append(same)
                    self._record(news)
                    known.add(self.states[same.id].invitation)
            id = (same or invitation).id
            self.seen.add(id)
            self._belongs(invitation, id)

    def take_connections(self, connections: Iterable[Contact]) -> None:
        for contact in connections:
            for state in self._of(f"in:{contact.profile_key}"):
                day = contact.connected_on
                # Who was connected before they invited cannot have been accepted then.
                if state.closed or (day and day < state.invitation.at.date() - timedelta(days=1)):
                    continue
                # Noon is on that day in every time zone where people live but a few.
                at = datetime.combine(day, time(12), UTC) if day else self.now
                self._tell("accepted", state, at, state.invitation.id, source="Connections.csv")
                self.accepted.append(state.invitation)

    def take_messages(self, passed: Correspondence) -> None:
        for key, messages in passed.passed.items():
            of_person = sorted(self._of(key), key=lambda state: state.invitation.at)
            for state in of_person:
                self._take_answers(state, messages)
            if of_person:
                self._take_newest(self.states[of_person[-1].invitation.id], messages)

    def _take_answers(self, state: State, messages: Sequence[Passed]) -> None:
        for turn in _answers(state, messages):
            kind = self.judge("\n\n".join(each.content for each in turn))
            more = {"kind": kind} if kind else {}
            if self._tell("answered", state, turn[0].at, turn[0].source_id, source="messages.csv", **more):
                self.answered.append(state.invitation)

    def _take_newest(self, state: State, messages: Sequence[Passed]) -> None:
        for kind, outgoing in (("wrote", True), ("heard", False)):
            newest = max(
                (each for each in messages if each.outgoing == outgoing),
                key=lambda each: each.at,
                default=None,
            )
            known = [state.wrote_at] if outgoing else [state.heard_at, state.answered_at]
            if newest and all(at is None or at < newest.at for at in known):
                self._tell(kind, state, newest.at, newest.source_id, source="messages.csv")

    def gone(self, exports: Iterable[Sequence[Invitation]]) -> list[Invitation]:
        reaches = [[each.at for each in export if each.direction == "incoming"] for export in exports]
        spans = [(min(moments), max(moments)) for moments in reaches if moments]
        waiting = (
            state.invitation
            for id, state in self.states.items()
            if id in self.before and id not in self.seen and not state.closed
        )
        return [
            each
            for each in waiting
            if each.direction == "incoming"
            and not is_untimed(each)
            and any(first <= each.at <= last for first, last in spans)
        ]

    def without_profile(self) -> int:
        told = {id for ids in self.ids_of.values() for id in ids}
        return sum(not state.closed and id not in told for id, state in self.states.items())

    def _of(self, key: str) -> list[State]:
        return [self.states[id] for id in sorted(self.ids_of.get(key, ()))]

    def _tell(self, kind: str, state: State, at: datetime, source_id: str, /, **details: str) -> bool:
        """Record what was not told before; whether it is new."""
        # A message that was only heard of may turn out to be an answer once the reply is recorded.
        source_id = f"{kind}:{source_id}"
        if source_id in self.told:
            return False
        self.told.add(source_id)
        id = state.invitation.id
        event = Event(
            kind=kind,
            at=at,
            person=state.invitation.person,
            invitation=id,
            details=details | {"by": BY_FILE, "source_id": source_id},
        )
        self._record(event)
        return True

    def _record(self, event: Event) -> None:
        """Remember an event to tell, and what becomes of the invitation by it."""
        self.events.append(event)
        if (state := state_after(self.states.get(event.invitation), event)) is not None:
            self.states[event.invitation] = state


def _answers(state: State, messages: Sequence[Passed]) -> Iterator[Sequence[Passed]]:
    """What the person wrote after our reply, in one piece until we wrote again."""
    if state.verdict not in ANSWERABLE or state.invitation.direction != "incoming":
        return
    came = state.invitation.at.replace(tzinfo=UTC) - _FAREST_ZONE
    # The reply may have been sent before the decision was recorded here.
    sent = [each.at for each in messages if each.outgoing and each.at >= came]
    recorded = state.replied_at or state.decided_at
    start = min(filter(None, (recorded, *sent)))
    turn: list[Passed] = []
    for each in messages:
        if turn and (each.outgoing or (recorded and turn[-1].at < recorded < each.at)):
            yield turn
            turn = []
        is_answer = not each.outgoing and each.at > start
        if is_answer and not (state.closed == "accepted" and state.closed_at and each.at > state.closed_at):
            turn.append(each)
    if turn:
        yield turn
