"""motjuste advise: is a personal note worth one of the month's few?"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from motjuste.adapters.settings import Places, load_profile
from motjuste.cli.advised import Advised, NotesLeft
from motjuste.cli.app import Noun
from motjuste.cli.messages import Json, Person, pairs
from motjuste.cli.output import Answer
from motjuste.cli.who import find_person
from motjuste.compose import ambiguous, respect
from motjuste.desk import address_book
from motjuste.errors import NoSuchPerson, UsageError, UserError, nearest
from motjuste.inbox.advice import FACTS, Situation, advise
from motjuste.inbox.due import notes_of_month
from motjuste.inbox.events import State, states
from motjuste.inbox.matching import About, match_interests
from motjuste.inbox.relation import RELATIONS, past_of, relation_of
from motjuste.inbox.saying import Reason
from motjuste.inbox.standing import STANDINGS, Guess, standing_of
from motjuste.mailroom import Mailroom, mailroom
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.profile import AIMS, Profile

app = Noun("Weigh a personal note.")


@app.command("advise")
def command(
    contact: Person = None,
    set: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="What you have in common or to say: event, article, mutual, school, alumni, group, company or "
            "reason; may be repeated.",
        ),
    ] = None,
    relation: Annotated[
        str | None,
        typer.Option("--relation", metavar="KIND", help="known, met, field or far, in place of the guess."),
    ] = None,
    standing: Annotated[
        str | None,
        typer.Option("--standing", metavar="KIND", help="senior, peer or junior, in place of the guess."),
    ] = None,
    aim: Annotated[
        str | None,
        typer.Option("--aim", metavar="AIM", help="reach or quality.  [default: as your profile says]"),
    ] = None,
    notes_left: Annotated[
        str | None,
        typer.Option("--notes-left", metavar="N", help="How many personal notes you have left this month."),
    ] = None,
    json: Json = False,
) -> Answer:
    """Say whether a personal note to somebody is worth it, why, and what to type next."""
    said = _facts(set or [])
    relation, standing = (
        _one_of("--relation", relation, RELATIONS),
        _one_of("--standing", standing, STANDINGS),
    )
    aim, left = _one_of("--aim", aim, AIMS), _whole(notes_left)
    places = Places.from_environment(os.environ)
    profile = load_profile(places)
    book = address_book(places)
    found = find_person(contact, book)
    person = found.meant.contact
    if found.meant.candidates:
        raise ambiguous(found.meant.candidates)
    if person is None:
        raise NoSuchPerson(
            "nobody is named and nobody is chosen",
            next_step="name someone, or choose with 'motjuste contacts use NAME'",
        )
    respect(person)
    room = mailroom(places, book, now=lambda: datetime.now(UTC))
    theirs, notes, problem = _recorded(room, person, profile, left)
    situation = _overruled(
        _situation(person, profile, theirs, notes, said, room.today()),
        aim=aim,
        relation=relation,
        standing=standing,
    )
    advised = Advised(situation, advise(situation), person, contact, notes, profile)
    told = (*found.notes, *([str(problem)] if problem else []))
    text = "\n".join(advised.lines())
    return Answer(text, advised.document(), tuple(f"motjuste: {each}" for each in told)).shown(as_json=json)


def _recorded(
    room: Mailroom, person: Contact, profile: Profile, left: int | None
) -> tuple[Sequence[State], NotesLeft, UserError | None]:
    """What the ledger says of the person and of the notes left; a ledger that cannot be read stops no advice."""
    theirs: Sequence[State] = ()
    notes = NotesLeft(left, "unlimited" if left is None else "option")
    counted = left is None and profile.tier == "free"
    if counted:
        notes = NotesLeft(profile.notes_per_month, "assumed")
    try:
        theirs = tuple(states(room.history_of(person)).values())
        if counted:
            events = room.ledger.events()
            month = notes_of_month(events, limit=profile.notes_per_month, today=room.today(), zone=None)
            if month.used or any(event.kind == "sent" for event in events):
                notes = NotesLeft(month.left, "ledger")
    except UserError as problem:
        return theirs, notes, problem
    return theirs, notes, None


def _situation(
    person: Contact,
    profile: Profile,
    theirs: Sequence[State],
    notes: NotesLeft,
    said: Mapping[str, str],
    today: date,
) -> Situation:
    me = profile.me(profile.language or "en")
    about = About(
        position=person.title,
        company=person.organization,
        background=person.note,
        place=f"{person.city}\n{person.country}",
    )
    matches = match_interests(profile.interests, about)
    own_work = (me.role, me.field, me.organization)
    return Situation(
        aim=profile.aim,
        relation=relation_of(person, own_work=own_work, matches=matches, event=said.get("event", "")),
        standing=standing_of(person.title, me.role),
        facts={**_house(person, profile), **said},
        matches=matches,
        note=person.note,
        notes_left=notes.number,
        past=past_of(theirs, person.connected_on),
        today=today,
    )


def _house(person: Contact, profile: Profile) -> dict[str, str]:
    """The company of both, where it is the same."""
    house = fold(person.organization)
    return {"company": person.organization} if house and house == fold(profile.organization) else {}


def _overruled(
    situation: Situation, *, aim: str | None, relation: str | None, standing: str | None
) -> Situation:
    """The situation as the person says it is."""
    if relation:
        situation = replace(situation, relation=Guess(relation, _SAID[relation], sure=True))
    if standing:
        situation = replace(situation, standing=Guess(standing, _SAID[standing], sure=True))
    return replace(situation, aim=aim or situation.aim)


_SAID = {
    each.name.partition("-")[2]: each
    for each in (
        Reason("relation-known", "you say that you know each other", "vous dites que vous vous connaissez"),
        Reason("relation-met", "you say that you met", "vous dites que vous vous êtes rencontrés"),
        Reason(
            "relation-field",
            "you say: a stranger in your field",
            "vous dites : inconnue, mais de votre domaine",
        ),
        Reason(
            "relation-far",
            "you say: a stranger from another field",
            "vous dites : inconnue, d’un autre domaine",
        ),
        Reason(
            "standing-senior",
            "you say that they stand well above you",
            "vous dites : d’un rang bien plus élevé",
        ),
        Reason("standing-peer", "you say that they are a peer", "vous dites : d’un rang proche du vôtre"),
        Reason(
            "standing-junior",
            "you say that they are earlier in their career",
            "vous dites : en début de carrière",
        ),
    )
}


def _facts(given: list[str]) -> dict[str, str]:
    facts = {}
    for name, value in pairs(given).items():
        if name not in FACTS:
            closest = nearest(name, FACTS)
            raise UserError(
                f"unknown fact {name!r}",
                next_step=f"did you mean {closest!r}?" if closest else f"known: {', '.join(FACTS)}",
            )
        facts[name] = " ".join(value.split())
    return facts


def _one_of(option: str, value: str | None, choices: Sequence[str]) -> str | None:
    if value is None or value in choices:
        return value
    raise UsageError(f"{option} wants one of {', '.join(choices)}, not {value!r}")


def _whole(number: str | None) -> int | None:
    if number is None:
        return None
    if not number.isdecimal():
        raise UsageError(f"--notes-left wants a whole number from 0 up, not {number!r}")
    return int(number)
