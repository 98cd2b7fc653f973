"""`motjuste inbox`: what arrived, what the person's policy says of it, and what became of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun, Spread
from motjuste.desk import address_book
from motjuste.mailroom import Mailroom, mailroom

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


class Inbox(Spread):
    """The commands of the inbox."""

    files = {  # noqa: RUF012 (never changed)
        "import": "inbox_import",
        "add": "inbox_add",
        "list": "inbox_list",
        "show": "inbox_list",
        "triage": "inbox_triage",
        "policies": "inbox_policies",
        "explain": "inbox_policies",
        "due": "inbox_due",
        "mark": "inbox_mark",
        "undo": "inbox_undo",
        "export": "inbox_export",
    }


app = Noun("The invitations you received, and what became of them.", Inbox)


@app.callback()
def inbox() -> None:
    """A noun whose commands stand in other files is a group through this alone."""


def own_mailroom() -> Mailroom:
    """The person's own mailroom."""
    places = Places.from_environment(os.environ)
    return mailroom(places, address_book(places), now=lambda: datetime.now(UTC))
