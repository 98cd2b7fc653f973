"""`motjuste contacts`: the address book, and who is meant when nobody is named."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.output import Answer, screen_width, table
from motjuste.cli.who import STDIN, find_person, person_in_document, read_stdin
from motjuste.desk import address_book
from motjuste.errors import NoSuchPerson, UserError
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.reading import Reading

app = Noun("The people you write to.")

Person = Annotated[
    str,
    typer.Argument(
        metavar="CONTACT", help="A name, an e-mail or profile address, a card's file, or - for a card or pasted text."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("import")
def import_(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Cards, a CSV, the zip of the data export, or - for standard input."),
    ],
    json: Json = False,
) -> Answer:
    """Add people from contact cards or from the network's data export."""
    book = _book()
    contacts: list[Contact] = []
    problems: list[str] = []
    unusable: list[UserError] = []
    for file in files:
        try:
            reading = _read_people(file)
        except UserError as problem:
            unusable.append(problem)
        else:
            contacts += reading.contacts
            problems += map(str, reading.problems)
    if not contacts and (unusable or problems):
        raise unusable[0] if unusable else UserError(problems[0], next_step="nothing was added")
    done = book.add(contacts)
    text = f"{done.added} added, {done.updated} updated, {done.unchanged} unchanged"
    document = {
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "problems": [*problems, *map(str, unusable)],
    }
    notes = (*problems, *map(str, unusable))
    return Answer(text, document, notes, exit_code=1 if unusable else 0).shown(as_json=json)


@app.command("list")
def list_(json: Json = False) -> Answer:
    """List everybody in the address book."""
    book = _book()
    people = sorted(book.contacts(), key=lambda contact: fold(contact.display_name))
    notes = () if people else ("the address book is empty; add people with 'motjuste contacts import FILE'",)
    return _listed(people, (*map(str, book.problems), *notes), json)


@app.command()
def show(
    contact: Annotated[
        str | None,
        typer.Argument(
            metavar="CONTACT",
            help="A name, an e-mail or profile address, a card's file, or - for a card or pasted text. "
            "Without it, the current contact.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> Answer:
    """Show what is known of a person."""
    found = find_person(contact, _book())
    person = found.meant.contact
    if person is None:
        raise NoSuchPerson("nobody is chosen", next_step="choose with 'motjuste contacts use NAME'")
    document = person_in_document(person)
    rows = [
        [name.replace("_", " "), ", ".join(value) if isinstance(value, tuple) else str(value)]
        for name, value in document.items()
        if value != ""
    ]
    return Answer(table(rows), document, found.notes).shown(as_json=json)


@app.command()
def use(contact: Person, json: Json = False) -> Answer:
    """Choose the person whom the next messages are for, for an hour."""
    book = _book()
    found = find_person(contact, book)
    person = found.meant.contact or Contact()
    book.use(person)
    notes = (*found.notes, f"the next messages are for {person.display_name}")
    return Answer("", {"current": person_in_document(person)}, notes).shown(as_json=json)


@app.command()
def clear(json: Json = False) -> Answer:
    """Choose nobody again."""
    _book().clear()
    return Answer("", {"current": None}, ("nobody is chosen now",)).shown(as_json=json)


@app.command()
def find(
    query: Annotated[str, typer.Argument(metavar="NAME", help="Accents, capitals and a typo are forgiven.")],
    json: Json = False,
) -> Answer:
    """Find people by name, e-mail or profile address."""
    from motjuste.people import search

    book = _book()
    people = search.find(query, book.contacts())
    if not people:
        raise NoSuchPerson(
            f"nobody in the address book is called {query!r}", next_step="see 'motjuste contacts list'"
        )
    return _listed(people, tuple(map(str, book.problems)), json)


def _book() -> VCardFolder:
    return address_book(Places.from_environment(os.environ))


def _listed(people: Any, notes: tuple[str, ...], json: bool) -> Answer:
    rows = [
        [each.display_name, each.title, each.organization, ", ".join(each.emails[:1]) or each.profile_url]
        for each in people
    ]
    return Answer(
        table(rows, within=screen_width()), {"contacts": [person_in_document(each) for each in people]}, notes
    ).shown(as_json=json)


def _read_people(file: str) -> Reading:
    from motjuste.adapters.people_files import read_people_file, read_people_stream

    if file == STDIN:
        return read_people_stream(BytesIO(read_stdin("people")), "standard input")
    return read_people_file(Path(file).expanduser())
