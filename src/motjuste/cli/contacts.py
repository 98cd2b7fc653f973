"""`motjuste contacts`: the address book, and who is meant when nobody is named."""

from __future__ import annotations

import sys
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.address_book import Imported, VCardFolder
from motjuste.cli.app import Noun, Spread
from motjuste.cli.asking import someone_is_there
from motjuste.cli.contact_options import Json, Person, the_book
from motjuste.cli.output import Answer, screen_width, table
from motjuste.cli.progress import Progress
from motjuste.cli.who import STDIN, Found, find_person, person_in_document, read_stdin
from motjuste.errors import NoSuchPerson, UsageError, UserError, printable
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.reading import MOST_KEPT, Reading, size_of_kept
from motjuste.people.who import who_is_meant


class Contacts(Spread):
    """The commands of the address book."""

    files = {  # noqa: RUF012 (never changed)
        **dict.fromkeys(("import", "list"), "contacts"),
        "show": "contacts_show",
        **dict.fromkeys(("edit", "use", "clear", "find"), "contacts"),
        "export": "contacts_export",
        "merge": "contacts_merge",
        "forget": "contacts_forget",
    }


app = Noun("The people you write to.", Contacts)

MOST_CONFLICTS = 20
"""How many facts that differ are told by an import, which at a terminal would scroll away."""


@app.command("import")
def import_(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Cards, a CSV, the zip of the data export, or - for standard input."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and save nothing.")] = False,
    json: Json = False,
) -> Answer:
    """Add people from cards, tables, pasted text or the data export.

    Whoever is known already keeps what stands on their card; only what is empty there is filled.
    """
    book = _book()
    progress = Progress()
    contacts: list[Contact] = []
    problems: list[str] = []
    unusable: list[UserError] = []
    room = MOST_KEPT
    for file in files:
        try:
            reading = _read_people(file, progress)
            room = _room_left(room, reading, file)
        except UserError as problem:
            unusable.append(problem)
        else:
            contacts += reading.contacts
            problems += map(str, reading.problems)
    if not contacts and (unusable or problems):
        progress.end()
        raise unusable[0] if unusable else UserError(problems[0], next_step="nothing was added")
    try:
        done = book.add(progress.each(contacts, "people", "saving the cards"), dry_run=dry_run)
    finally:
        progress.end()
    problems += map(str, unusable)
    differing = [conflict for change in done.changes for conflict in change.conflicts]
    document = {
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "conflicts": [asdict(conflict) for conflict in differing],
        "problems": problems,
        "dry_run": dry_run,
        "people": [
            {"what": change.what, "person": change.person, "fields": list(change.fields)} for change in done.changes
        ],
    }
    counts = f"{done.added} added, {done.updated} updated, {done.unchanged} unchanged"
    told = [f"{each}; the card stays as it is" for each in differing]
    if dry_run:
        text = "\n".join([*_planned(done), *map(printable, told), f"it would be {counts}; nothing was saved"])
        told = []
    else:
        text = counts
    if len(told) > MOST_CONFLICTS:
        told[MOST_CONFLICTS:] = [f"{len(told) - MOST_CONFLICTS} more such facts: see all with --json"]
    return Answer(text, document, (*problems, *told), exit_code=1 if unusable else 0).shown(as_json=json)


def _room_left(room: int, reading: Reading, file: str) -> int:
    """How much more may be kept in memory of photos, after this file; UserError when it is too much already."""
    left = room - size_of_kept(reading.contacts)
    if left < 0:
        raise UserError(
            f"{file} was left out: with it, the photos on all cards would take more than {MOST_KEPT >> 20} MB",
            next_step="import it by itself",
        )
    return left


def _planned(done: Imported) -> list[str]:
    lines = []
    for change in done.changes:
        if change.what == "added":
            lines.append(f"add   {printable(change.person)}")
        elif change.fields:
            named = ", ".join(name.replace("_", " ") for name in change.fields)
            lines.append(f"fill  {printable(change.person)}: {named}")
    return lines


@app.command("list")
def list_(json: Json = False) -> Answer:
    """List everybody in the address book."""
    book = _book()
    people = sorted(book.contacts(), key=lambda contact: fold(contact.display_name))
    notes = () if people else ("the address book is empty; add people with 'motjuste contacts import FILE'",)
    return _listed(people, (*map(str, book.problems), *notes), json)


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
    how_we_met: Annotated[
        str | None, typer.Option("--how-we-met", metavar="TEXT", help="Where and how you met, in your words.")
    ] = None,
    do_not_contact: Annotated[
        str | None,
        typer.Option("--do-not-contact", metavar="yes|no", help="Whether nothing may be written to them."),
    ] = None,
    json: Json = False,
) -> Answer:
    """Correct how a person is greeted; note how you met."""
    from motjuste.adapters.card_files import change_card
    from motjuste.people.corrections import corrected

    given = {
        "greeting": greeting,
        "address_form": address_form,
        "elides": elides,
        "gender": gender,
        "how_we_met": how_we_met,
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

    person = choose(people, book.last_used)
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
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="Words of a name, company, position or note, or an address. Accents, capitals, word ends and typos "
            "are forgiven.",
        ),
    ],
    json: Json = False,
) -> Answer:
    """Find people by name, company, position or note."""
    from motjuste.people import search

    book = _book()
    people = search.everyone(query, book.contacts(), book.last_used)
    if not people:
        raise NoSuchPerson(f"nobody in the address book fits {query!r}", next_step="see 'motjuste contacts list'")
    return _listed(people, tuple(map(str, book.problems)), json)


def _book() -> VCardFolder:
    return the_book()


def _listed(people: Any, notes: tuple[str, ...], json: bool) -> Answer:
    rows = [
        [each.display_name, each.title, each.organization, ", ".join(each.emails[:1]) or each.profile_url]
        for each in people
    ]
    return Answer(
        table(rows, within=screen_width()), {"contacts": [person_in_document(each) for each in people]}, notes
    ).shown(as_json=json)


def _read_people(file: str, progress: Progress) -> Reading:
    from motjuste.adapters.people_files import read_people_file, read_people_stream

    if file == STDIN:
        return read_people_stream(BytesIO(read_stdin("people")), "standard input")
    progress.say(f"reading {file} …")
    return read_people_file(Path(file).expanduser())
