"""`motjuste inbox mark`: what happened on the network, where motjuste does not see it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import typer

from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.inbox_finding import MOST_CANDIDATES, described
from motjuste.cli.output import Answer
from motjuste.cli.who import look_up
from motjuste.desk import address_book
from motjuste.errors import NoSuchPerson, UsageError, UserError, nearest
from motjuste.inbox.events import State, states
from motjuste.inbox.invitation import keys_of
from motjuste.mailroom import SHORTEST_ID, Mailroom

app = Noun("")
STATES = ("answered", "accepted", "removed", "withdrawn", "sent")
KINDS = ("need", "pitch", "other")


@app.command()
def mark(
    who: Annotated[
        list[str],
        typer.Argument(
            metavar="ID... STATE",
            help="Which invitations, by the first letters of their ids or by names; then answered, accepted, removed "
            "or withdrawn. 'NAME sent' is an invitation that you sent.",
        ),
    ],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Of an answer: need, pitch or other.")
    ] = None,
    note: Annotated[bool, typer.Option("--note", help="Of 'sent': it carried a personalised note.")] = False,
    json: Json = False,
) -> Answer:
    """Record what happened on the network.

    However many invitations it is about, it is one step, which one 'inbox undo' takes back.
    """
    *wanted, state = who
    if state not in STATES:
        closest = nearest(state, STATES)
        raise UsageError(
            f"the state comes last, and {state!r} is none",
            next_step=f"did you mean {closest!r}?" if closest else f"known: {', '.join(STATES)}",
        )
    if not wanted:
        raise UsageError("no invitation is named", next_step=f"for example: motjuste inbox mark 3f2a {state}")
    if kind is not None and (state != "answered" or kind not in KINDS):
        raise UsageError(
            f"--kind {kind} does not go with {state}"
            if state != "answered"
            else f"--kind wants {', '.join(KINDS)}, not {kind!r}"
        )
    if note and state != "sent":
        raise UsageError(
            f"--note does not go with {state}", next_step="it is for an invitation that you sent"
        )
    room = own_mailroom()
    if state == "sent":
        return _sent(room, wanted, note).shown(as_json=json)
    known = room.states()
    chosen = {each.invitation.id: each for each in (_meant(words, known, state) for words in wanted)}
    again = [each for each in chosen.values() if _is_so(each, state, kind)]
    new = [each for each in chosen.values() if not _is_so(each, state, kind)]
    room.mark(state, new, **({"kind": kind} if kind else {}))
    return _answer(new, again, state).shown(as_json=json)


def _meant(words: str, known: Mapping[str, State], state: str) -> State:
    """The one invitation that the words mean and that the state can be of."""
    beginning = words.casefold()
    found = [each for id, each in known.items() if id.startswith(beginning)]
    if len(beginning) >= SHORTEST_ID and len(found) > 1:
        raise UserError(
            f"{len(found)} invitations have an id that begins with {words!r}", next_step="give more of it"
        )
    if len(beginning) < SHORTEST_ID or not found:
        found = _of_person(words, known.values())
    fitting = [each for each in found if not _hindered(each, state)]
    if not fitting:
        raise UserError(
            f"{_name(found[-1])} cannot be marked {state}: {_hindered(found[-1], state)}",
            next_step="nothing was recorded",
        )
    # Of several invitations by one person, the newest that is open is meant, else the newest.
    return max(fitting, key=lambda each: (not each.closed, each.invitation.at))


def _of_person(name: str, known: Iterable[State]) -> list[State]:
    from motjuste.people.search import find

    every = list(known)
    people = find(name, [each.invitation.contact for each in every])
    keys = {keys_of(each)[0] for each in people}
    if len(keys) != 1:
        raise NoSuchPerson(
            f"{'nobody' if not keys else f'{len(keys)} people'} with an invitation "
            f"{'is' if not keys else 'are'} called {name!r}",
            next_step="see 'motjuste inbox list'; an id says exactly which one",
            candidates=[
                f"{each.invitation.id}  {described(each.invitation)}"
                for each in every
                if each.invitation.person in keys
            ][:MOST_CANDIDATES],
        )
    return [each for each in every if each.invitation.person in keys]


def _hindered(of: State, state: str) -> str:
    """Why the invitation cannot be in that state; "" when it can."""
    outgoing = of.invitation.direction == "outgoing"
    if state == "withdrawn" and not outgoing:
        return "it was received, and only what you sent can be withdrawn"
    if state == "removed" and outgoing and of.closed not in ("withdrawn", "removed"):
        return "you sent it; mark it withdrawn"
    return ""


def _is_so(of: State, state: str, kind: str | None) -> bool:
    """Whether nothing new is said."""
    if state == "answered":
        return of.name == "answered" and of.answer == (kind or of.answer)
    return of.closed == state


def _sent(room: Mailroom, names: Sequence[str], note: bool) -> Answer:
    book = address_book(Places.from_environment(os.environ))
    new, again = list[State](), list[State]()
    for contact in [look_up(name, book) for name in names]:
        known = states(room.history_of(contact)).values()
        still_open = [each for each in known if each.invitation.direction == "outgoing" and not each.closed]
        if still_open:
            again.append(still_open[-1])
        else:
            new.append(room.invited(contact, with_note=note))
    return _answer(new, again, "sent")


def _answer(new: Sequence[State], again: Sequence[State], state: str) -> Answer:
    notes = []
    if new:
        notes.append(f"marked {state}: {', '.join(map(_name, new))}")
    if again:
        notes.append(f"{state} already, so left as it is: {', '.join(map(_name, again))}")
    document = {
        "marked": [{"id": each.invitation.id, "person": _name(each), "state": state} for each in new],
        "unchanged": [{"id": each.invitation.id, "person": _name(each), "state": state} for each in again],
    }
    return Answer("", document, tuple(notes))


def _name(state: State) -> str:
    return state.invitation.contact.display_name
