"""`motjuste inbox due`: who waits, who never answered, who may be invited again, and how many notes are left."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.files import write_atomically
from motjuste.adapters.settings import Places, load_profile
from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.output import Answer, screen_width, table
from motjuste.cli.who import STDIN
from motjuste.desk import address_book
from motjuste.errors import UsageError, UserError
from motjuste.inbox.calendar import calendar
from motjuste.inbox.days import in_words
from motjuste.inbox.due import Due, Notes, agenda, notes_of_month
from motjuste.inbox.events import states
from motjuste.profile import Profile

app = Noun("")


@app.command()
def due(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As if it were that day, such as 2026-02-19.")
    ] = None,
    ics: Annotated[
        str | None,
        typer.Option("--ics", metavar="FILE", help="Write a calendar file of all that is due, now or later."),
    ] = None,
    json: Json = False,
) -> Answer:
    """Show who waits for you, and who never answered.

    Also whom you may invite again, and how many personalised notes are left this month.
    """
    if json and ics == STDIN:
        raise UsageError(
            "--json and '--ics -' both want standard output", next_step="give --ics a file's name"
        )
    room = own_mailroom()
    today = _day(on) or room.today()
    events = room.ledger.events()
    places = Places.from_environment(os.environ)
    profile, problems = _profile(places)
    people = address_book(places).contacts() if events else ()
    ahead = agenda(
        states(events).values(),
        today=today,
        zone=None,
        connected=[f"in:{each.profile_key}" for each in people if each.connected_on and each.profile_key],
    )
    now = [item for item in ahead if item.on <= today]
    notes = None
    if profile.tier == "free":
        notes = notes_of_month(events, limit=profile.notes_per_month, today=today, zone=None)
    if ics is not None:
        text = calendar(ahead, stamp=datetime.now(UTC), command=_command)
        if ics == STDIN:
            # The answer's own line end stands in for the last one's second half.
            return Answer(text.removesuffix("\n"), notes=tuple(problems))
        write_atomically(Path(ics).expanduser(), text)
        problems.append(f"{len(ahead)} in the calendar file {ics}")
    document = {
        "on": today.isoformat(),
        "due": [_document(item) for item in now],
        "notes": None if notes is None else {
            "limit": notes.limit, "used": notes.used, "left": notes.left, "sent": notes.sent, "written": notes.written,
        },
    }  # fmt: skip
    return Answer(_text(now, ahead, notes, today), document, tuple(problems)).shown(as_json=json)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--on wants a day such as 2026-02-19, not {text!r}") from None


def _profile(places: Places) -> tuple[Profile, list[str]]:
    """A mistake in the profile must not hide what is due; it is told."""
    try:
        return load_profile(places), []
    except UserError as problem:
        return Profile(), [f"motjuste: {problem}"]


def _command(item: Due) -> str:
    """What to type for the item."""
    invitation = item.state.invitation
    slug = invitation.contact.profile_key
    # What begins with a hyphen would be an option.
    who = shlex.quote(slug) if slug and not slug.startswith("-") else invitation.id
    if item.kind == "remove":
        return f"motjuste inbox mark {invitation.id} removed"
    if item.kind == "again":
        return f"motjuste invite {who} --copy"
    kind = f" --kind {item.state.answer}" if item.state.answer in ("need", "pitch") else ""
    return f"motjuste answer {who}{kind} --copy"


def _document(item: Due) -> dict[str, Any]:
    invitation = item.state.invitation
    return {
        "kind": item.kind,
        "on": item.on.isoformat(),
        "id": invitation.id,
        "person": invitation.contact.display_name,
        "profile_url": invitation.profile_url,
        "state": item.state.name,
        "reason": item.reason,
        "command": _command(item),
    }


def _text(now: Sequence[Due], ahead: Sequence[Due], notes: Notes | None, today: date) -> str:
    lines = []
    if now:
        rows = [
            [item.kind, item.state.invitation.contact.display_name, item.reason, _command(item)]
            for item in now
        ]
        lines.append(table(rows, within=screen_width()))
    lines.append(_summary(now, ahead, today))
    if notes is not None:
        lines.append(
            f"{notes.left} of {notes.limit} notes left in {today:%B}: {notes.sent} sent with a note, "
            f"{notes.written} copied or typed and not known as sent"
        )
    return "\n".join(lines)


def _summary(now: Sequence[Due], ahead: Sequence[Due], today: date) -> str:
    later = min((item.on for item in ahead if item.on > today), default=None)
    then = f"; next on {in_words(later, today)}" if later else ""
    return f"{_counted(now)} due{then}"


def _counted(now: Sequence[Due]) -> str:
    return {0: "nothing is", 1: "1 is"}.get(len(now), f"{len(now)} are")
