"""`motjuste contacts`: the address book, and who is meant when nobody is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.files import read_bytes
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.asking import someone_is_there
from motjuste.cli.output import Answer, screen_width, table
from motjuste.cli.who import STDIN, Found, find_person, person_in_document, read_stdin
from motjuste.desk import address_book
from motjuste.errors import NoSuchPerson, UsageError, UserError
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.reading import Reading
from motjuste.people.who import who_is_meant

app = Noun("The people you write to.")

Person = Annotated[
    str,
    typer.Argument(
        metavar="CONTACT", help="A name, an e-mail or profile address, a .vcf file, or - for a card."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("import")
def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="vCard files, a Connections.csv, or - for cards.")
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
            help="A name, an e-mail or profile address, a .vcf file, or - for a card. "
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
def edit(
    contact: Person,
    greeting: Annotated[
        str | None, typer.Option("--greeting", metavar="NAME", help="What to say after “Bonjour”.")
    ] = None,
    address_form: Annotated[
        str | None, typer.Option("--address-form", metavar="FORM", help="tu or vous.")
    ] = None,
    elides: Annotated[
        str | None, typer.Option("--elides", metavar="yes|no", help="Whether “de” becomes “d’” before the name.")
    ] = None,
    gender: Annotated[str | None, typer.Option("--gender", metavar="GENDER", help="F, M or O.")] = None,
    do_not_contact: Annotated[
        str | None,
        typer.Option("--do-not-contact", metavar="yes|no", help="Whether nothing may be written to them."),
    ] = None,
    json: Json = False,
) -> Answer:
    """Correct how a person is greeted and addressed."""
    from motjuste.adapters.card_files import change_card
    from motjuste.people.corrections import corrected

    given = {
        "greeting": greeting,
        "address_form": address_form,
        "elides": elides,
        "gender": gender,
        "do_not_contact": do_not_contact,
    }
    wanted = {name: text for name, text in given.items() if text is not None}
    if not wanted:
        raise UsageError("nothing to change was given", next_step='for example: --greeting "Anne-Sophie"')
    book = _book()
    found = find_person(contact, book)
    changed = change_card(book.folder, found.meant.contact or Contact(), lambda card: corrected(card, wanted))
    notes = (*found.notes, f"{changed.display_name} is greeted as {changed.greeting_name or 'nobody by name'}")
    return Answer("", person_in_document(changed), notes).shown(as_json=json)


@app.command()
def use(
    contact: Annotated[
        str | None,
        typer.Argument(
            metavar="CONTACT",
            help="A name, an e-mail or profile address, a .vcf file, or - for a card. Without it, at a terminal, "
            "a list that gets shorter while you type.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> Answer:
    """Choose the person whom the next messages are for, for an hour."""
    book = _book()
    found = find_person(contact, book) if contact is not None else _from_list(book)
    person = found.meant.contact or Contact()
    book.use(person)
    notes = (*found.notes, f"the next messages are for {person.display_name}")
    return Answer("", {"current": person_in_document(person)}, notes).shown(as_json=json)


def _from_list(book: VCardFolder) -> Found:
    if sys.platform == "win32" or not someone_is_there():
        raise UsageError("missing argument 'CONTACT'", next_step="see 'motjuste contacts use --help'")
    people = book.contacts()
    if not people:
        raise NoSuchPerson(
            "the address book is empty", next_step="add people with 'motjuste contacts import FILE'"
        )
    from motjuste.cli.choosing import choose

    person = choose(people)
    if person is None:
        raise KeyboardInterrupt
    return Found(who_is_meant(argument=person))


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
    from motjuste.people.connections import read_connections
    from motjuste.people.vcard import read_vcards

    path = Path(file).expanduser()
    name = "standard input" if file == STDIN else path.name
    data = read_stdin("contact cards") if file == STDIN else read_bytes(path)
    if data.startswith(b"PK\x03\x04"):
        raise UserError(f"{name} is a zip archive", next_step="unzip it and import its Connections.csv")
    is_table = path.suffix.casefold() == ".csv" or (file == STDIN and b"BEGIN:VCARD" not in data.upper())
    return (read_connections if is_table else read_vcards)(data, name)
