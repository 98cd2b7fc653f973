"""Invitations, what the ledger says of each, and the person's decisions on them: one place for terminal and review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.settings import Places
from motjuste.errors import UserError
from motjuste.inbox.events import (
    BY_HAND,
    Event,
    State,
    completed,
    learned,
    standing,
    states,
    told_of,
)
from motjuste.inbox.invitation import MARKED, Invitation, is_untimed, key_of_profile, keys_of
from motjuste.inbox.known import Known
from motjuste.inbox.looking import SHORTEST_ID as SHORTEST_ID
from motjuste.inbox.verdict import Verdict
from motjuste.inbox.written import before_writing, text_for
from motjuste.people.card import Contact
from motjuste.ports import AddressBook, Ledger


@dataclass(frozen=True)
class Received:
    """How many invitations are new, and how many were known."""

    added: int = 0
    known: int = 0


@dataclass(frozen=True)
class Decision:
    """What the person decides on one invitation: a verdict and what goes with it."""

    invitation: Invitation
    verdict: Verdict


class Mailroom:
    """What came, what became of it, and what the person does about it."""

    def __init__(self, ledger: Ledger, book: AddressBook, *, now: Callable[[], datetime]) -> None:
        self.ledger = ledger
        self._book = book
        self._now = now
        self._states: dict[str, State] = {}
        self._seen: object = None

    def receive(self, invitations: Iterable[Invitation]) -> Received:
        """Record the invitations that are new, and what is new of others; inbox.known says which are known."""
        given = tuple(invitations)
        now = self._now()
        events: list[Event] = []
        find, add = self._finding()
        for invitation in given:
            known = find(invitation)
            if known is None:
                events.append(told_of(invitation, at=now))
                add(invitation)
            elif news := learned(known, invitation, at=now):
                events.append(news)
                add(completed(known, news))
        self.ledger.record(events)
        added = sum(event.kind != "learned" for event in events)
        return Received(added, len(given) - added)

    def same_as(self, invitation: Invitation) -> Invitation | None:
        """The invitation that is known and the same as this one; see inbox.known."""
        find, _ = self._finding()
        return find(invitation)

    def _finding(self) -> tuple[Callable[[Invitation], Invitation | None], Callable[[Invitation], None]]:
        states = self.states().values()
        known = Known(state.invitation for state in states)
        # Who is added by hand once more, after all that came before is closed, has invited again.
        waiting = Known(state.invitation for state in states if not state.closed)

        def find(invitation: Invitation) -> Invitation | None:
            return (waiting if is_untimed(invitation) else known).find(invitation)

        def add(invitation: Invitation) -> None:
            known.add(invitation)
            waiting.add(invitation)

        return find, add

    def states(self) -> dict[str, State]:
        """Every invitation by its id, the oldest record first.

        Asked again, it takes no longer than what was recorded meanwhile, here or by another program.
        """
        news = self.ledger.news(self._seen)
        self._states = states(news.events, None if news.whole else self._states)
        for id in news.changed:
            state = states(self.ledger.events(invitation=id)).get(id)
            if state is not None:
                self._states[id] = state
            else:
                self._states.pop(id, None)
        self._seen = news.seen
        return dict(self._states)

    def find(self, beginning: str) -> State:
        """The invitation whose id begins so; UserError when there is none or more than one."""
        wanted = beginning.casefold()
        ids = self.ledger.invitations(wanted) if len(wanted) >= SHORTEST_ID else ()
        # One that was told by hand may have been taken back.
        each = (states(self.ledger.events(invitation=id)).get(id) for id in ids)
        found = [state for state in each if state is not None]
        if len(found) != 1:
            raise UserError(
                f"{len(found) if len(wanted) >= SHORTEST_ID else 'too many'} invitations have the id {beginning!r}",
                next_step="see 'motjuste inbox list'; the first letters of an id do, at least "
                f"{SHORTEST_ID} and as many as tell it apart",
            )
        return found[0]

    def contact_of(self, invitation: Invitation) -> Contact:
        """The card of the invitation's person where the address book has one, else what the invitation says."""
        return next(iter(self._cards_of(invitation)), invitation.contact)

    def _cards_of(self, invitation: Invitation) -> Sequence[Contact]:
        from motjuste.people.book import Book

        key = key_of_profile(invitation.profile_url)
        # A name alone is no proof: a card that only shares it may be a namesake's.
        return Book.of(self._book.contacts()).at_address(key.removeprefix("in:")) if key else ()

    def decide(self, decisions: Iterable[Decision]) -> int:
        """Record decisions as one step, which one `undo` takes back; the number of the step."""
        now = self._now()
        return self.ledger.record(
            Event(
                kind="decided",
                at=now,
                person=each.invitation.person,
                invitation=each.invitation.id,
                details=_details(each.verdict, now),
            )
            for each in decisions
        )

    def note(self, kind: str, invitation: Invitation, /, **details: str) -> int:
        """Record that something happened with an invitation: a kind of events.KINDS; the number of the step."""
        event = Event(
            kind=kind, at=self._now(), person=invitation.person, invitation=invitation.id, details=details
        )
        return self.ledger.record([event])

    def mark(self, kind: str, marked: Iterable[State], /, **details: str) -> int:
        """Record that the same happened with several invitations, as one step; its number."""
        now = self._now()
        return self.ledger.record(
            Event(
                kind=kind,
                at=now,
                person=each.invitation.person,
                invitation=each.invitation.id,
                details=details,
            )
            for each in marked
        )

    def invited(self, contact: Contact, *, with_note: bool) -> State:
        """Record that the person has invited somebody, by hand: it stands in no file that was read yet."""
        at = self._now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
        told = self.ledger.events(people=keys_of(contact))
        known = {event.invitation for event in told if event.kind == "sent"}
        while (invitation := _outgoing(contact, at)).id in known:
            # One that was taken back keeps its minute.
            at += timedelta(minutes=1)
        event = told_of(
            invitation, at=self._now(), more={"note": "yes" if with_note else "no", "by": BY_HAND}
        )
        self.ledger.record([replace(event, person=keys_of(contact)[0])])
        return State(invitation=invitation)

    def wrote(self, kind: str, contact: Contact, *, template: str, channel: str, length: int) -> int:
        """Record that a text for the contact was "copied" or "typed", never the text; the number of the step."""
        event = text_for(
            contact,
            self.ledger.events(people=keys_of(contact)),
            kind=kind,
            at=self._now(),
            template=template,
            channel=channel,
            length=length,
        )
        return self.ledger.record([event])

    def before_writing(self, contact: Contact, channel: str) -> str:
        """What to know before writing to the contact again, in a sentence; "" when there is nothing."""
        history = self.ledger.events(people=keys_of(contact))
        return before_writing(contact, history, channel=channel, today=self.today(), zone=None)

    def today(self) -> date:
        """The person's day."""
        return self._now().astimezone().date()

    def undo(self) -> Sequence[Event]:
        """Take the newest step back that is no reading of files; what it had recorded, () when there is none."""
        step = self.ledger.newest_step()
        if step:
            details = {"batch": str(step[0].batch)}
            self.ledger.record([Event(kind="undone", at=self._now(), person="", details=details)])
        return step

    def history_of(self, contact: Contact) -> Sequence[Event]:
        """All that counts of what happened with a person, the oldest first."""
        keys = keys_of(contact)
        told = list(self.ledger.events(people=keys))
        # What is from before their profile was known stands under their name, as a namesake's may.
        for id in dict.fromkeys(event.invitation for event in told if event.kind == "learned"):
            told += [event for event in self.ledger.events(invitation=id) if event.person not in keys]
        return tuple(standing(told))


def _outgoing(contact: Contact, at: datetime) -> Invitation:
    return Invitation(
        name=contact.formatted_name or contact.display_name,
        at=at,
        profile_url=contact.profile_url,
        position=contact.title,
        organization=contact.organization,
        direction="outgoing",
        source=MARKED,
    )


def _details(verdict: Verdict, now: datetime) -> dict[str, str]:
    follow_up = ""
    if verdict.follow_up_days is not None:
        follow_up = (now + timedelta(days=verdict.follow_up_days)).date().isoformat()
    facts = {
        "verdict": verdict.verdict,
        "policy": verdict.policy,
        "rule": verdict.rule,
        "template": verdict.template,
        "follow_up": follow_up,
    }
    return {name: text for name, text in facts.items() if text}


def mailroom(places: Places, book: AddressBook, *, now: Callable[[], datetime]) -> Mailroom:
    """The person's own mailroom."""
    return Mailroom(LedgerFile(places.ledger), book, now=now)
