"""What the commands about policies share: the invitations on the desk, how a policy is named, who is meant."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from motjuste.adapters.settings import Places
from motjuste.cli.output import Answer
from motjuste.desk import desk
from motjuste.errors import NoSuchPerson, UserError
from motjuste.inbox.saying_why import number, words_in
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import SHORTEST_ID, mailroom
from motjuste.people.names import fold
from motjuste.triage import Case, Triage, triage

PolicyName = Annotated[
    str | None,
    typer.Option(
        "--policy", metavar="NAME", help="A policy of 'motjuste inbox policies'.  [default: that of your profile]"
    ),
]
MOST_CANDIDATES = 10
EMPTY = "the inbox is empty; bring invitations in with 'motjuste inbox import FILE'"


def own_triage() -> tuple[Triage, tuple[str, ...]]:
    """The person's own invitations and policies, and what should be said of files that could not be used."""
    places = Places.from_environment(os.environ)

    def now() -> datetime:
        return datetime.now(UTC)

    at = desk(places)
    if at.profile_problem is not None:
        raise at.profile_problem
    room = mailroom(places, at.book, now=now)
    found = triage(places, at, room, now=now)
    problems = (*at.problems, *found.policies.problems.values())
    empty = (EMPTY,) if found.is_empty else ()
    return found, tuple(f"motjuste: {problem}" for problem in (*problems, *empty))


def named(wanted: str, on_desk: Triage) -> Case:
    """The invitation whose id begins so, else the one of the person who is called so.

    Of several by one person, the newest is meant. NoSuchPerson when nobody is called so, or several people are.
    """
    begun = [case for case in on_desk.cases if case.invitation.id.startswith(wanted.casefold())]
    if len(wanted) >= SHORTEST_ID and len(begun) == 1:
        return begun[0]
    words = f" {fold(wanted)} "
    called = [case for case in on_desk.cases if words.strip() and words in f" {fold(_names(case))} "]
    people: dict[str, Case] = {}
    for case in sorted(called, key=lambda case: case.invitation.at):
        people[case.invitation.person] = case
    if len(people) == 1:
        return next(iter(people.values()))
    told = f"{len(people)} people who invited you are" if people else "nobody who invited you is"
    raise NoSuchPerson(
        f"{told} called {wanted!r}" + ("" if people else ", and no invitation has an id that begins so"),
        next_step="say more of the name, or give the id of 'motjuste inbox list'",
        candidates=tuple(f"{case.invitation.id}  {line(case)}" for case in list(people.values())[:MOST_CANDIDATES]),
    )


def _names(case: Case) -> str:
    return f"{case.invitation.name} | {case.contact.display_name}"


def line(case: Case) -> str:
    """An invitation in one line: who, what they do, when it came."""
    invitation = case.invitation
    work = ", ".join(filter(None, (invitation.position, invitation.organization)))
    received = f"{invitation.at:%Y-%m-%d}"
    return " · ".join(filter(None, (case.contact.display_name or invitation.name, work, received)))


def in_document(case: Case, verdict: Verdict) -> dict[str, Any]:
    """An invitation with what is proposed for it, as every JSON document shows it."""
    return {
        "id": case.invitation.id,
        "person": case.contact.display_name or case.invitation.name,
        "received": case.invitation.at.isoformat(timespec="minutes"),
        "state": case.state.name,
        "verdict": verdict.verdict,
        "reasons": list(verdict.reasons),
        "rule": verdict.rule,
        "template": verdict.template,
        "fields": dict(verdict.fields),
        "follow_up_days": verdict.follow_up_days,
    }


def with_notes(answer: Answer, notes: tuple[str, ...]) -> Answer:
    """The same answer with more to say on stderr."""
    return Answer(answer.text, answer.document, (*notes, *answer.notes), answer.problem, answer.exit_code)


def counts_line(counts: Mapping[str, int], language: str) -> str:
    """Counts by verdict in one line."""
    names = words_in(language).verdicts
    return " · ".join(f"{names[verdict]} {number(count, language)}" for verdict, count in counts.items())


def no_verdict(wanted: str, verdicts: tuple[str, ...], close: str | None) -> UserError:
    """The error for a word that is no verdict."""
    return UserError(
        f"{wanted!r} is no verdict",
        next_step=f"did you mean {close!r}?" if close else f"they are {', '.join(verdicts)}",
    )
