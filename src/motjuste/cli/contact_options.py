"""What the commands of `motjuste contacts` share: the address book, and one card of it that an argument means."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.settings import Places
from motjuste.cli.asking import agreed, someone_is_there
from motjuste.cli.output import Answer
from motjuste.cli.who import Found, find_person, is_card_file
from motjuste.desk import address_book
from motjuste.errors import UsageError
from motjuste.people.card import Contact

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and change nothing.")]
GIVEN_UP = Answer("", None, ("nothing was changed",), exit_code=130)
"""The answer of a command that was not let go on."""
_WHO = "A name, an e-mail or profile address, a card's file, or - for a card or pasted text."
Person = Annotated[str, typer.Argument(metavar="CONTACT", help=_WHO)]
PersonOrCurrent = Annotated[
    str | None,
    typer.Argument(metavar="CONTACT", help=f"{_WHO} Without it, the current contact.", show_default=False),
]


def places() -> Places:
    """Where the person's files are."""
    return Places.from_environment(os.environ)


def the_book() -> VCardFolder:
    """The person's address book."""
    return address_book(places())


def consent(what: str, question: str, *, otherwise: bool) -> bool:
    """Whether the person at the terminal agrees; nothing means `otherwise`.

    Raises UsageError away from a terminal, where nobody can be asked.
    """
    if not someone_is_there():
        step = "look with --dry-run, then say --yes"
        raise UsageError(f"{what} asks first, and there is no terminal", next_step=step)
    return agreed(question, otherwise=otherwise)


def find_card(argument: str | None, book: VCardFolder) -> Found:
    """Who `argument` means, as `find_person` does; the name of a file of the address book means the card in it."""
    if argument and is_card_file(argument) and not Path(argument).expanduser().exists():
        inside = book.folder / argument
        if inside.is_file():
            found = find_person(str(inside), book)
            # As the address book has it, where a card's other lines stay in the file.
            person = replace(found.meant.contact or Contact(), kept=())
            return replace(found, meant=replace(found.meant, contact=person))
    return find_person(argument, book)
