"""The invitations on the table: what became of each, what the policy proposes, and the reply that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from motjuste.errors import UserError
from motjuste.inbox.events import Event, State
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Mailroom
from motjuste.people.card import Contact
from motjuste.review.judging import Proposal, Proposer, Reply, Writer
from motjuste.review.session import Draft
from motjuste.review.sifting import is_waiting, words_of

_KEPT_REPLIES = 200


class Pile:
    """Every incoming invitation. Each is judged, and its reply written, when it is first asked for."""

    def __init__(self, room: Mailroom, proposer: Proposer, writer: Writer) -> None:
        self._room = room
        self._proposer = proposer
        self._writer = writer
        self.states: dict[str, State] = {}
        self._proposals: dict[str, Proposal] = {}
        self._replies: dict[Draft, Reply] = {}
        self._searchable: dict[str, str] = {}

    def know(self, found: Mapping[str, State]) -> None:
        """These are all, as the ledger tells of them; those who have waited longest come first."""
        longest = sorted(found.items(), key=lambda each: each[1].invitation.at)
        self.states = {id: state for id, state in longest if state.invitation.direction == "incoming"}

    def learn(self, state: State) -> None:
        """This is what became of one of them."""
        id = state.invitation.id
        self.states[id] = state
        self._proposals.pop(id, None)
        self._replies = {draft: reply for draft, reply in self._replies.items() if draft[0] != id}

    def judge_by(self, proposer: Proposer) -> None:
        """From now on another policy proposes."""
        self._proposer = proposer
        self._proposals.clear()
        self._replies.clear()

    def waits(self, id: str) -> bool:
        """Whether the person has still to decide."""
        state = self.states.get(id)
        return state is not None and is_waiting(state)

    def proposal(self, state: State) -> Proposal:
        """What the policy proposes for an invitation."""
        id = state.invitation.id
        if id not in self._proposals:
            self._proposals[id] = self._proposer.propose(state)
        return self._proposals[id]

    def instead(self, state: State, verdict: str) -> Verdict:
        """What goes with a verdict that is not the policy's."""
        return self._proposer.instead(state, verdict)

    def proposed(self, state: State) -> str:
        """See sifting.Judge."""
        return self.proposal(state).verdict.verdict

    def note_kinds(self, state: State) -> tuple[str, ...]:
        """See sifting.Judge."""
        return self.proposal(state).notes

    def reply(self, state: State, verdict: Verdict) -> Reply:
        """The reply as it is written for this verdict, before the person changes it."""
        draft = (state.invitation.id, verdict.verdict)
        if draft not in self._replies:
            if len(self._replies) >= _KEPT_REPLIES:
                self._replies.clear()
            self._replies[draft] = self._writer.write(state, verdict)
        return self._replies[draft]

    def contact(self, state: State) -> Contact:
        """What is known of the person."""
        return self._room.contact_of(state.invitation)

    def history(self, state: State) -> Sequence[Event]:
        """What happened with the person, but for this invitation's coming; () when it cannot be read."""
        try:
            told = self._room.history_of(self.contact(state))
        except UserError:
            return ()
        own = ("received", "sent")
        return [event for event in told if event.invitation != state.invitation.id or event.kind not in own]

    def searchable(self, state: State) -> str:
        """What is searched of an invitation."""
        id = state.invitation.id
        if id not in self._searchable:
            self._searchable[id] = words_of(state)
        return self._searchable[id]
