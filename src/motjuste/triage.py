"""Invitations on the desk: all that is known of each, what a policy says of it, and the reply that goes with that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from motjuste.adapters.policy_folder import Policies, read_policies, shipped_policies
from motjuste.adapters.settings import Places
from motjuste.compose import DEFAULT_LOCALE, Message, Request
from motjuste.desk import Desk
from motjuste.errors import UserError, nearest
from motjuste.inbox.alike import Alike
from motjuste.inbox.events import VERDICTS, Event, State, standing, states
from motjuste.inbox.facts import BlockList, Dossier, Facts, facts_of
from motjuste.inbox.invitation import Invitation, key_of_profile, keys_of
from motjuste.inbox.judging import LOOK, Asked, Weighed, fields_of, judge, weigh
from motjuste.inbox.notes import judge_note
from motjuste.inbox.policy import Policy, as_chosen
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom
from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.who import Meant

INVITATION = "invitation"
"""The evidence for whom a reply is meant."""


@dataclass(frozen=True)
class Case:
    """An invitation, whom it is from, and the facts that a policy may ask about."""

    state: State
    contact: Contact
    facts: Facts

    @property
    def invitation(self) -> Invitation:
        return self.state.invitation


@dataclass(frozen=True)
class Difference:
    """An invitation on which two policies disagree."""

    case: Case
    first: Verdict
    second: Verdict


class Triage:
    """The invitations of the ledger as they were when this was made, and the policies that may judge them."""

    def __init__(self, desk: Desk, room: Mailroom, policies: Policies, *, now: Callable[[], datetime]) -> None:
        self.desk = desk
        self.room = room
        self.policies = policies
        self._now = now()
        self._asked: dict[str, dict[str, Asked]] = {}

    @property
    def locale(self) -> str:
        """The language that reasons are told in."""
        return self.desk.profile.language or DEFAULT_LOCALE

    @property
    def is_empty(self) -> bool:
        """Whether no invitation ever came."""
        return not self._states

    @cached_property
    def cases(self) -> Sequence[Case]:
        """Every invitation that came, in the order in which they were recorded."""
        return tuple(self.case(state) for state in self._states.values())

    @property
    def waiting(self) -> Sequence[Case]:
        """Those that nobody has decided on yet."""
        return [case for case in self.cases if case.state.name == "waiting"]

    @property
    def undone(self) -> Sequence[Case]:
        """Those that are not closed, decided on or not."""
        return [case for case in self.cases if not case.state.closed]

    def policy(self, name: str | None = None) -> Policy:
        """The policy of that name, else the person's own choice; UserError says what is wrong with it."""
        policy = self.policies.named(name or self.desk.profile.default_policy)
        if policy.name not in self._asked:
            self._asked[policy.name] = self._fields_asked_by(policy)
        return policy

    def judge(self, case: Case, policy: Policy) -> Verdict:
        """What the policy proposes, with its reasons in the person's language."""
        asked = self._asked.get(policy.name)
        return judge(policy, case.facts, language=self.locale, asked=asked)

    def instead(self, case: Case, policy: Policy, verdict: str) -> Verdict:
        """What goes with a verdict that the person chose in place of the policy's."""
        chosen = as_chosen(policy, verdict, case.facts)
        asked = {chosen.rules[0].template: self._asks(chosen.rules[0].template)} if chosen.rules[0].template else {}
        found = judge(chosen, case.facts, language=self.locale, asked=asked)
        # It is the person's own decision: no rule's, and no reason needed.
        return replace(found, verdict=verdict, rule="", reasons=())

    def explain(self, case: Case, policy: Policy) -> Sequence[Weighed]:
        """How every rule of the policy comes out."""
        return weigh(policy, case.facts)

    def reply_to(self, case: Case, verdict: Verdict) -> Message | None:
        """The reply that goes with a verdict, None where none is due. Raises what writing a message raises."""
        if not verdict.template:
            return None
        request = Request(template=verdict.template, fields=dict(verdict.fields))
        return self.desk.write(request, Meant(case.contact, INVITATION))

    def differences(self, cases: Iterable[Case], first: Policy, second: Policy) -> Sequence[Difference]:
        """On whom two policies disagree."""
        judged = (Difference(case, self.judge(case, first), self.judge(case, second)) for case in cases)
        return [each for each in judged if each.first.verdict != each.second.verdict]

    def take(self, judged: Iterable[tuple[Case, Verdict]]) -> Sequence[tuple[Case, Verdict]]:
        """Record as one step what was proposed, save what is the person's to see or was decided so before."""
        taken = [
            (case, verdict) for case, verdict in judged if verdict.verdict not in (LOOK, case.state.verdict)
        ]
        self.room.decide(Decision(case.invitation, verdict) for case, verdict in taken)
        return taken

    def fields_for(self, contact: Contact, template: str) -> tuple[Case, Mapping[str, str]] | None:
        """What the newest waiting invitation of a person tells a template; None where none is waiting."""
        keys = keys_of(contact)
        # Little is read of one person; only whether others sent the same note, all invitations have to tell.
        history = tuple(standing(self.room.ledger.events(people=keys)))
        own = states(history).values()
        waiting = [each for each in own if each.name == "waiting" and each.invitation.direction == "incoming"]
        asked = self._asks(template)
        if not waiting or not asked:
            return None
        newest = self.case(max(waiting, key=lambda each: each.invitation.at), contact, history)
        return newest, dict(fields_of(newest.facts, asked))

    def case(self, state: State, card: Contact | None = None, history: Sequence[Event] | None = None) -> Case:
        """All that is known of one invitation, by a card and a history that are given or else looked up."""
        invitation = state.invitation
        card = card or self._card_of(invitation)
        contact = card or invitation.contact
        known = Dossier(
            invitation=invitation,
            note=judge_note(
                invitation.note,
                sender=invitation.name,
                reader=self.desk.profile.name,
                person=invitation.person,
                others=self._notes if invitation.note else None,
            ),
            now=self._now,
            contact=contact,
            has_card=card is not None,
            history=self._history(invitation, contact) if history is None else history,
            blocked=self._block.holds(invitation, contact),
            interests=self.desk.profile.interests,
        )
        return Case(state, contact, facts_of(known))

    @cached_property
    def _events(self) -> Sequence[Event]:
        return tuple(standing(self.room.ledger.events()))

    @cached_property
    def _states(self) -> Mapping[str, State]:
        found = states(self._events)
        return {id: state for id, state in found.items() if state.invitation.direction == "incoming"}

    @cached_property
    def _notes(self) -> Alike:
        received = (state.invitation for state in self._states.values())
        return Alike.of((each.person, each.note) for each in received if each.note)

    @cached_property
    def _block(self) -> BlockList:
        return BlockList(self.desk.profile.block)

    @cached_property
    def _by_person(self) -> Mapping[str, list[tuple[int, Event]]]:
        found: dict[str, list[tuple[int, Event]]] = {}
        for number, event in enumerate(self._events):
            found.setdefault(event.person, []).append((number, event))
        return found

    def _history(self, invitation: Invitation, contact: Contact) -> Sequence[Event]:
        keys = dict.fromkeys((invitation.person, *keys_of(contact)))
        told = [each for key in keys for each in self._by_person.get(key, ())]
        if len(keys) > 1:
            told.sort(key=lambda each: each[0])
        return [event for _, event in told]

    @cached_property
    def _book(self) -> Book:
        return Book.of(self.desk.book.contacts())

    def _card_of(self, invitation: Invitation) -> Contact | None:
        # A name alone is no proof: a card that only shares it may be a namesake's.
        key = key_of_profile(invitation.profile_url)
        found = self._book.at_address(key.removeprefix("in:")) if key else ()
        return found[0] if found else None

    def _fields_asked_by(self, policy: Policy) -> dict[str, Asked]:
        """What each template of a policy asks for; UserError for a template or a field that there is not."""
        found: dict[str, Asked] = {}
        for rule in policy.rules:
            if not rule.template:
                continue
            try:
                found[rule.template] = asked = self._asks(rule.template)
            except UserError as problem:
                raise UserError(
                    f"{policy.source}:{rule.line}: {problem.problem}", next_step=problem.next_step
                ) from problem
            for name, value in rule.fields:
                if name not in asked or (asked[name] and value not in asked[name]):
                    raise _astray(f"{policy.source}:{rule.line}", rule.template, name, value, asked)
        return found

    def _asks(self, template: str) -> Asked:
        fields = self.desk.library.find(template, self.locale).fields
        return {name: (*field.choices, field.default) if field.choices else () for name, field in fields.items()}


def _astray(where: str, template: str, name: str, value: str, asked: Asked) -> UserError:
    wanted, known = (value, asked[name]) if name in asked else (name, tuple(asked))
    close = nearest(wanted, known)
    no_choice, no_field = f"{name}={value!r} is not a choice of {template!r}", f"{template!r} has no field {name!r}"
    what = no_choice if name in asked else no_field
    step = f"did you mean {close!r}?" if close else f"there are: {', '.join(known) or 'none'}"
    return UserError(f"{where}: {what}", next_step=step)


def counted(verdicts: Iterable[Verdict]) -> Mapping[str, int]:
    """How many there are of each verdict, also of those that nobody gets."""
    found = Counter(verdict.verdict for verdict in verdicts)
    return {verdict: found[verdict] for verdict in VERDICTS}


def triage(places: Places, desk: Desk, room: Mailroom, *, now: Callable[[], datetime]) -> Triage:
    """The person's own invitations and policies."""
    return Triage(desk, room, read_policies(shipped_policies(), places.policies), now=now)
