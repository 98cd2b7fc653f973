"""`motjuste inbox add`: one invitation by hand, or as it was copied from the network's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.inbox_finding import described
from motjuste.cli.output import Answer
from motjuste.cli.who import STDIN, read_stdin
from motjuste.errors import UsageError, UserError, printable
from motjuste.inbox.events import learned
from motjuste.inbox.invitation import ADDED, Invitation, key_of_profile
from motjuste.inbox.moments import Moments
from motjuste.inbox.pasted import Pasted, read_pasted_invitation
from motjuste.people.names import fold
from motjuste.people.reading import decoded

app = Noun("")


@app.command("add")
def add(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="Who invited you, or - for an invitation copied from the network's page, on standard input.",
            show_default=False,
        ),
    ] = None,
    paste: Annotated[
        bool,
        typer.Option("--paste", help="Read the clipboard: an invitation copied from the network's page."),
    ] = False,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What they wrote; - for standard input.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="URL", help="Their profile's address.")
    ] = None,
    position: Annotated[str | None, typer.Option("--position", metavar="TEXT", help="What they do.")] = None,
    organization: Annotated[
        str | None, typer.Option("--organization", metavar="TEXT", help="Where they do it.")
    ] = None,
    mutual: Annotated[
        str | None, typer.Option("--mutual", metavar="N", help="How many connections you have in common.")
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="NAME", help="A group you are both in; as often as needed."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="DATE", help="When it came, with or without the time.  [default: today]"
        ),
    ] = None,
    json: Json = False,
) -> Answer:
    """Add one invitation that no file tells of."""
    now = datetime.now().astimezone().replace(tzinfo=None)
    pasted = _pasted(name, paste, note, now)
    base = pasted.invitation if pasted else _by_hand(name, now)
    given: dict[str, Any] = {
        "note": _note(note),
        "profile_url": _profile(profile),
        "position": position,
        "organization": organization,
        "mutual": _count(mutual),
        "groups": tuple(group) if group else None,
        "at": _moment(at, now),
    }
    invitation = replace(base, **{field: value for field, value in given.items() if value is not None})
    room = own_mailroom()
    known = room.same_as(invitation)
    news = learned(known, invitation, at=datetime.now(UTC)) if known else None
    more = (
        [name.replace("_", " ") for name in news.details if name not in ("before", "source")] if news else []
    )
    room.receive([invitation])
    stays = known or invitation
    notes = _explained(pasted)
    if known:
        added = f"added to it: {', '.join(more)}" if more else "nothing was added"
        notes.append(f"this one is in the inbox already; {added}")
    document = {
        "added": known is None,
        "learned": more,
        "id": stays.id,
        "person": stays.contact.display_name,
        "received": stays.at.isoformat(timespec="minutes"),
        "took": dict(pasted.took) if pasted else {},
        "left_out": list(pasted.left_out) if pasted else [],
    }
    return Answer(printable(f"{stays.id}  {described(stays)}"), document, tuple(notes)).shown(as_json=json)


def _pasted(name: str | None, paste: bool, note: str | None, now: datetime) -> Pasted | None:
    if name == STDIN:
        if note == STDIN:
            raise UsageError(
                "only one of NAME and --note can be standard input", next_step="give the other one as text"
            )
        return read_pasted_invitation(decoded(read_stdin("an invitation")), now=now)
    if not paste:
        return None
    from motjuste.adapters.copying import SystemClipboard

    return read_pasted_invitation(SystemClipboard().paste(), now=now, name=name or "")


def _by_hand(name: str | None, now: datetime) -> Invitation:
    if name is None:
        raise UsageError(
            "nobody is named",
            next_step='for example: motjuste inbox add "Hugo Martin", or --paste for the clipboard',
        )
    if not fold(name):
        raise UserError(f"{name!r} names nobody", next_step='for example: motjuste inbox add "Hugo Martin"')
    # The day alone is known, which midnight says.
    return Invitation(name=name, at=datetime.combine(now.date(), time()), source=ADDED)


def _note(note: str | None) -> str | None:
    return decoded(read_stdin("a note")) if note == STDIN else note


def _profile(address: str | None) -> str | None:
    if address is not None and not key_of_profile(address):
        raise UserError(
            f"--profile {address!r} is no profile's address",
            next_step="it reads like https://www.linkedin.com/in/hugo-martin",
        )
    return address


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 5:
        raise UserError(f"--mutual {text!r} is no number of connections", next_step="for example --mutual 3")
    return int(text)


def _moment(text: str | None, now: datetime) -> datetime | None:
    if text is None:
        return None
    at = Moments([text]).read(text.strip())
    if at is None:
        raise UserError(
            f"--at {text!r} is no date that can be told for sure",
            next_step='write it like 2026-02-28, or "2026-02-28 14:05"',
        )
    at = at.replace(tzinfo=None, second=0, microsecond=0)
    if at > now:
        raise UserError(f"--at {text!r} is still to come", next_step="it says when the invitation came")
    return at


def _explained(pasted: Pasted | None) -> list[str]:
    """What was taken for what: whoever reads it sees what is wrong."""
    if pasted is None:
        return []
    width = max(len(what) for what, _ in pasted.took)
    return [
        *(f"{what.ljust(width)}  {' '.join(text.split())}" for what, text in pasted.took),
        *(f"left out, as it is not sure what it is: {line}" for line in pasted.left_out),
    ]
