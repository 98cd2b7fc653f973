"""`motjuste inbox list` and `show`: what came, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.inbox_finding import named
from motjuste.cli.output import Answer, screen_width, table
from motjuste.errors import UserError, nearest
from motjuste.inbox.events import Event, State, standing
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.looking import SPELLINGS, STATES, Ids, holds_words
from motjuste.people.dates import stated_date

app = Noun("")
_LONGEST_NAME = 24


@app.command("list")
def list_(
    state: Annotated[
        str | None, typer.Option("--state", metavar="STATE", help=f"Only these: {', '.join(STATES)}.")
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="WORDS", help="Only those with these words in name, work or note."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only those that came on that day or later.")
    ] = None,
    sent: Annotated[
        bool, typer.Option("--sent", help="Those that you sent, instead of those you received.")
    ] = False,
    json: Json = False,
) -> Answer:
    """List the invitations, the newest first."""
    wanted, day = _state(state), _day(since)
    known = own_mailroom().states()
    direction = "outgoing" if sent else "incoming"
    found = [
        each
        for each in known.values()
        if each.invitation.direction == direction
        and (wanted is None or each.name == wanted)
        and (day is None or each.invitation.at.date() >= day)
        and (search is None or holds_words(each.invitation, search))
    ]
    found.sort(key=lambda each: each.invitation.at, reverse=True)
    document = {"invitations": [_in_document(each) for each in found]} if json else None
    return Answer(_rows(found, Ids(known)), document, _notes(found, known)).shown(as_json=json)


@app.command("show")
def show(
    invitation: Annotated[
        str,
        typer.Argument(metavar="ID|NAME", help="The first letters of an id, or the name of who invited you."),
    ],
    json: Json = False,
) -> Answer:
    """Show one invitation in full.

    Its note, who it is from, and what happened with it.
    """
    room = own_mailroom()
    state = named(invitation, room.states())
    card = room.contact_of(state.invitation)
    events = [*standing(room.ledger.events(invitation=state.invitation.id))]
    # What happened with the person apart from any invitation belongs to this one's story, too.
    events += [event for event in room.history_of(card) if not event.invitation]
    document = {
        **_in_document(state),
        **_facts(state.invitation),
        "card": "" if card is state.invitation.contact else card.display_name,
        "follow_up": state.follow_up.isoformat() if state.follow_up else "",
        "last_writer": state.last_writer,
        "history": sorted(
            (_event_in_document(event, state) for event in events), key=lambda each: each["at"]
        ),
    }
    return Answer(_in_full(document), document).shown(as_json=json)


def _state(wanted: str | None) -> str | None:
    if wanted is None:
        return None
    state = SPELLINGS.get(wanted.casefold(), "")
    if not state:
        close = nearest(wanted, SPELLINGS)
        raise UserError(
            f"{wanted!r} is no state of an invitation",
            next_step=f"did you mean {close!r}?" if close else f"they are {', '.join(STATES)}",
        )
    return state


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = stated_date(text.strip(), None)
    if day is None:
        raise UserError(
            f"--since {text!r} is no date that can be told for sure", next_step="write it like 2026-02-28"
        )
    return day


def _notes(found: Sequence[State], known: Mapping[str, State]) -> tuple[str, ...]:
    if found:
        return ()
    if known:
        return ("no invitation is like that",)
    return ("the inbox is empty; fill it with 'motjuste inbox import FILE'",)


def _rows(found: Sequence[State], ids: Ids) -> str:
    """A line each: on a screen, names are cut before they leave the note no room."""
    width = screen_width()
    rows = [
        [
            ids.short(each.invitation.id),
            each.invitation.at.date().isoformat(),
            each.name,
            _cut(_name(each.invitation), _LONGEST_NAME if width else None),
            _said(each.invitation),
        ]
        for each in found
    ]
    return table(rows, within=width) if rows else ""


def _said(invitation: Invitation) -> str:
    """What tells most of an invitation beside the name: its note, else what the person does."""
    work = ", ".join(filter(None, (invitation.position, invitation.organization)))
    return " ".join(invitation.note.split()) or work


def _cut(text: str, length: int | None) -> str:
    return text if length is None or len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _name(invitation: Invitation) -> str:
    return invitation.contact.display_name or invitation.profile_url


def _in_document(state: State) -> dict[str, Any]:
    why = f"{state.policy}: {state.rule}" if state.policy and state.rule else state.policy or state.rule
    return {
        "id": state.invitation.id,
        "person": _name(state.invitation),
        "received": state.invitation.at.isoformat(timespec="minutes"),
        "state": state.name,
        "verdict": state.verdict,
        "reasons": [why] if why else [],
    }


def _facts(invitation: Invitation) -> dict[str, Any]:
    return {
        "name": invitation.name,
        "direction": invitation.direction,
        "position": invitation.position,
        "organization": invitation.organization,
        "mutual": invitation.mutual,
        "groups": None if invitation.groups is None else list(invitation.groups),
        "profile_url": invitation.profile_url,
        "source": invitation.source,
        "note": invitation.note,
    }


_TOLD_OF_EVENTS = ("verdict", "policy", "rule", "template", "channel", "follow_up", "kind")
_HAPPENED = {
    "sent": "you invited them",
    "decided": "you decided",
    "copied": "reply copied",
    "typed": "reply typed",
    "answered": "they answered",
    "wrote": "you wrote",
    "heard": "they wrote",
}


def _event_in_document(event: Event, state: State) -> dict[str, str]:
    at = event.at.isoformat(timespec="seconds")
    if event.kind in ("received", "sent"):
        came = state.invitation.at.isoformat(timespec="minutes")
        return {"at": came, "what": event.kind, "recorded": at}
    told = {name: text for name, text in event.details.items() if name in _TOLD_OF_EVENTS}
    return {"at": at, "what": event.kind, **told}


def _in_full(document: Mapping[str, Any]) -> str:
    rows = [
        (name.replace("_", " "), ", ".join(value) if isinstance(value, list) else str(value))
        for name, value in document.items()
        if name not in ("note", "history") and value not in ("", None, [])
    ]
    note = str(document["note"])
    history = [
        (
            each["at"][:10],
            _HAPPENED.get(each["what"], each["what"]),
            ", ".join(text for name, text in each.items() if name in _TOLD_OF_EVENTS),
        )
        for each in document["history"]
    ]
    return "\n\n".join(filter(None, (table(rows), note, table(history) if history else "")))
