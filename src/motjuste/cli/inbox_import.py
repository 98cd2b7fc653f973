"""`motjuste inbox import`: invitations and answers from the network's data export."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.inbox_files import InboxFile, read_inbox_file, read_inbox_stream
from motjuste.adapters.settings import Places, load_profile
from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.output import Answer
from motjuste.cli.progress import Progress
from motjuste.cli.who import STDIN, read_stdin
from motjuste.errors import UserError, printable
from motjuste.inbox.arrival import Arrival
from motjuste.inbox.invitation import Invitation
from motjuste.intake import TakenIn, take_in

app = Noun("")
MOST_TOLD = 20
"""How many lines of one kind are told, which at a terminal would scroll away."""


@app.command("import")
def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Invitations.csv, messages.csv, the zip of the data export, what 'inbox export' wrote, or - for "
            "standard input.",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen, and record nothing.")
    ] = False,
    json: Json = False,
) -> Answer:
    """Take in the invitations and messages of the data export.

    Who accepted, who answered and to whom you wrote comes out of them, too.
    """
    progress = Progress()
    unusable: list[UserError] = []
    read: list[InboxFile] = []
    try:
        for file in files:
            try:
                read.append(_read(file, progress))
            except UserError as problem:
                unusable.append(problem)
        if not read:
            raise unusable[0]
        progress.say("comparing …")
        ledger = own_mailroom().ledger
        taken = take_in(read, ledger, now=lambda: datetime.now(UTC), name=_own_name(), dry_run=dry_run)
    finally:
        progress.end()
    unusable += taken.unusable
    if unusable and not _brought_something(taken):
        raise unusable[0]
    notes = (*_capped(taken.problems), *map(str, unusable), *taken.told, *_explained(taken, files))
    text = _counts(taken)
    if dry_run:
        text = "\n".join([*_planned(taken.arrival), f"it would be {text}; nothing was recorded"])
    # Only where it is wanted: cleaning the names of thousands takes longer than all the rest.
    document = _document(taken, unusable, dry_run) if json else None
    return Answer(text, document, notes, exit_code=1 if unusable else 0).shown(as_json=json)


def _read(file: str, progress: Progress) -> InboxFile:
    if file == STDIN:
        return read_inbox_stream(BytesIO(read_stdin("the data export")), "standard input", progress.say)
    return read_inbox_file(Path(file).expanduser(), progress.say)


def _own_name() -> str:
    """The name in the profile; a profile that is wrong is told by what needs it."""
    try:
        return load_profile(Places.from_environment(os.environ)).name
    except UserError:
        return ""


def _brought_something(taken: TakenIn) -> bool:
    found = taken.arrival
    return bool(found.events or found.known or taken.restored or taken.restored_known or taken.connections)


def _counts(taken: TakenIn) -> str:
    found = taken.arrival
    counts = [
        f"{len(found.received)} new",
        f"{found.known} known",
        f"{len(found.sent)} sent",
        f"{len(found.accepted)} accepted",
        f"{len(found.answered)} answered",
    ]
    if taken.restored or taken.restored_known:
        counts.append(f"{taken.restored} events restored and {taken.restored_known} known")
    return ", ".join(counts)


def _each(found: Arrival) -> Iterator[tuple[str, Invitation]]:
    for what, invitations in (
        ("new", found.received),
        ("sent", found.sent),
        ("accepted", found.accepted),
        ("answered", found.answered),
    ):
        yield from ((what, each) for each in invitations)


def _planned(found: Arrival) -> list[str]:
    return [printable(f"{what:8}  {_described(each)}") for what, each in _each(found)]


def _described(invitation: Invitation) -> str:
    return f"{invitation.contact.display_name or invitation.profile_url}, {invitation.at.date().isoformat()}"


def _explained(taken: TakenIn, files: Sequence[str]) -> Iterator[str]:
    """What was left out, and what can and cannot be concluded."""
    counts = asdict(taken.left_out)
    kinds = {
        "sponsored": "advertising",
        "spam": "spam",
        "drafts": "drafts",
        "hidden": "of members who are gone",
        "groups": "in groups",
    }
    if left := [f"{counts[kind]} {words}" for kind, words in kinds.items() if counts[kind]]:
        yield f"messages left out: {', '.join(left)}"
    if taken.connections:
        yield (
            f"connections compared: {taken.connections}; add them to your address book with "
            f"'motjuste contacts import {' '.join(files)}'"
        )
        if missing := taken.arrival.without_profile:
            yield f"open invitations without a profile's address, which no connection could be compared with: {missing}"
    if completed := taken.arrival.completed:
        yield f"known invitations of which more is told now: {len(completed)}"
    if gone := taken.arrival.gone:
        why = (
            "not among your connections either, so ignored or withdrawn on the site, or you parted since"
            if taken.connections
            else "accepted, ignored or withdrawn on the site, and which of it the files do not tell"
        )
        yield f"open invitations that are no longer in the export: {len(gone)}; {why}"
        yield from (f"  {line}" for line in _capped([f"{each.id}  {_described(each)}" for each in gone]))


def _capped(lines: Sequence[str]) -> list[str]:
    more = (
        [f"{len(lines) - MOST_TOLD} more like these: see all with --json"] if len(lines) > MOST_TOLD else []
    )
    return [*lines[:MOST_TOLD], *more]


def _document(taken: TakenIn, unusable: Sequence[UserError], dry_run: bool) -> dict[str, Any]:
    found = taken.arrival
    return {
        "new": len(found.received),
        "known": found.known,
        "completed": len(found.completed),
        "sent": len(found.sent),
        "accepted": len(found.accepted),
        "answered": len(found.answered),
        "restored": taken.restored,
        "invitations": [{"what": what, **_in_document(each)} for what, each in _each(found)],
        "gone": [_in_document(each) for each in found.gone],
        "left_out": asdict(taken.left_out),
        "problems": [*taken.problems, *map(str, unusable)],
        "dry_run": dry_run,
    }


def _in_document(invitation: Invitation) -> dict[str, str]:
    return {
        "id": invitation.id,
        "person": invitation.contact.display_name,
        "received": invitation.at.isoformat(timespec="minutes"),
    }
