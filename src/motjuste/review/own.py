"""The person's own review: their ledger, policies, templates, clipboard and browser brought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from motjuste.adapters.browser import SystemBrowser
from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.settings import Places
from motjuste.desk import desk
from motjuste.errors import UserError
from motjuste.inbox.events import State
from motjuste.inbox.policy import Policy
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Mailroom
from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.ports import AddressBook, Clipboard
from motjuste.review.judging import Proposal, Reply
from motjuste.review.remembering import MemoryFile
from motjuste.review.work import Work
from motjuste.triage import Case, Triage, triage

PATIENCE = 1.0
"""Seconds that a key waits while another program writes into the ledger."""


class AsItWas:
    """An address book that is read once: looking whether one of 30,000 cards has changed holds up every key."""

    def __init__(self, book: AddressBook) -> None:
        self._book = book
        self._read: Book | None = None

    def contacts(self) -> Sequence[Contact]:
        """See ports.AddressBook."""
        if self._read is None:
            self._read = Book.of(self._book.contacts())
        return self._read

    def current(self) -> Contact | None:
        """See ports.AddressBook."""
        return self._book.current()


class OwnPolicies:
    """The policies that ship and the person's own; see judging.Policies and judging.Writer."""

    def __init__(self, on_desk: Triage) -> None:
        self._on_desk = on_desk
        self.names: Sequence[str] = tuple(on_desk.policies.found)

    def by(self, name: str) -> OwnProposer:
        """See judging.Policies."""
        return OwnProposer(self._on_desk, self._on_desk.policy(name))

    def write(self, state: State, verdict: Verdict) -> Reply:
        """See judging.Writer."""
        try:
            message = self._on_desk.reply_to(self._on_desk.case(state), verdict)
        except UserError as problem:
            return Reply(template=verdict.template, problem=str(problem))
        if message is None:
            return Reply()
        channel = self._on_desk.desk.channels[message.rendered.channel]
        return Reply(
            text=message.rendered.text,
            room=channel.room(),
            template=message.template.name,
            channel=channel.name,
        )


class OwnProposer:
    """Judges by one of them; see judging.Proposer."""

    def __init__(self, on_desk: Triage, policy: Policy) -> None:
        self._on_desk = on_desk
        self._policy = policy

    def propose(self, state: State) -> Proposal:
        """See judging.Proposer."""
        case = self._on_desk.case(state)
        return Proposal(self._on_desk.judge(case, self._policy), _notes(case))

    def instead(self, state: State, verdict: str) -> Verdict:
        """See judging.Proposer."""
        return self._on_desk.instead(self._on_desk.case(state), self._policy, verdict)


def _notes(case: Case) -> tuple[str, ...]:
    return (str(case.facts["note_kind"]), *(("pitch",) if case.facts["looks_like_a_pitch"] else ()))


def own_work(
    places: Places, policy: str | None, clipboard: Clipboard, *, now: Callable[[], datetime]
) -> tuple[Work, str, Sequence[UserError]]:
    """The person's review, the language that they read, and what is wrong with files that could not be used.

    Raises UserError for a profile that is wrong and for a policy that there is not.
    """
    at = desk(places)
    if at.profile_problem is not None:
        raise at.profile_problem
    room = Mailroom(LedgerFile(places.ledger, patience=PATIENCE), AsItWas(at.book), now=now)
    on_desk = triage(places, at, room, now=now)
    own = OwnPolicies(on_desk)
    name = on_desk.policy(policy).name
    memory = MemoryFile(places.state / "review.json")
    work = Work(room, own, name, own, clipboard, SystemBrowser(), memory, lambda: on_desk)
    return work, at.profile.language, (*at.problems, *on_desk.policies.problems.values())
