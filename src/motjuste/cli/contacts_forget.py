"""`motjuste contacts forget`: a person's right to be forgotten."""

from __future__ import annotations

from typing import Any

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.forgetting import Traces, forget, still_named, traces_of
from motjuste.adapters.ledger import LedgerFile
from motjuste.cli.app import Noun
from motjuste.cli.contact_options import (
    GIVEN_UP,
    DryRun,
    Json,
    Person,
    Yes,
    consent,
    find_card,
    places,
    the_book,
)
from motjuste.cli.output import Answer, table, tell
from motjuste.cli.who import is_card_file
from motjuste.compose import ambiguous
from motjuste.errors import NoSuchPerson, UsageError, printable
from motjuste.inbox.events import states
from motjuste.inbox.invitation import Invitation, key_of_profile
from motjuste.people.card import Contact
from motjuste.people.entry import whole_names
from motjuste.people.names import fold

app = Noun("")
MOST_DOUBTS = 10
"""How many others who may be meant are told one by one."""
OUT_OF_REACH = (
    "out of reach: your own backups and synchronised copies, files that you exported or downloaded, the clipboard, and "
    "what other programs and the network keep; importing an old file brings the person back"
)


@app.command("forget")
def forget_(contact: Person, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> Answer:
    """Remove a person everywhere: card, choice and history."""
    at, book = places(), the_book()
    ledger = LedgerFile(at.ledger)
    try:
        known = {state.invitation for state in states(ledger.events()).values()}
        person, notes = _who(contact, book, known, certain=yes)
        traces = traces_of(person, at, book, ledger)
        doubts = (*notes, *_doubts(traces, known))
        if dry_run:
            text = "\n".join([_listed(traces, book), "nothing was removed"])
            return Answer(text, _document(traces, book, dry_run=True), (*doubts, OUT_OF_REACH)).shown(as_json=json)
        if not yes:
            tell([*_listed(traces, book).split("\n"), *doubts])
            if not consent("forgetting", f"Forget {person.display_name}? This cannot be undone.", otherwise=False):
                return GIVEN_UP
        forget(traces, at, book, ledger)
    finally:
        ledger.close()
    left = [str(path) for path in still_named(traces, at)]
    told = [f"still named in {path}; change it yourself" for path in left]
    document = _document(traces, book, dry_run=False) | {"still_named": left}
    text = "\n".join([f"forgotten: {printable(person.display_name)}", _listed(traces, book)])
    shown = Answer(text, document, (*(doubts if yes else ()), *told, OUT_OF_REACH))
    return shown.shown(as_json=json)


def _who(
    argument: str, book: VCardFolder, known: set[Invitation], *, certain: bool
) -> tuple[Contact, tuple[str, ...]]:
    """Whom `argument` means: a card, or somebody who only invited; UsageError for a guess that has to be `certain`."""
    card, notes = None, tuple[str, ...]()
    missing: NoSuchPerson | None = None
    try:
        found = find_card(argument, book)
        card, notes = found.meant.contact, found.notes
    except NoSuchPerson as error:
        if error.candidates:
            raise
        missing = error
    if card is not None and _is_said(argument, card):
        return card, notes
    invited = _invited(argument, known)
    if invited is not None:
        return invited, notes
    if card is None:
        raise missing or NoSuchPerson(f"nobody is called {argument!r}")
    if certain:
        step = f"say the whole name, {card.display_name!r}, an address or a card's file"
        raise UsageError(f"{argument!r} is too little to remove somebody unasked", next_step=step)
    return card, notes


def _is_said(argument: str, card: Contact) -> bool:
    """Whether `argument` says this person without a guess: by the whole name, an address or a card."""
    address = argument.removeprefix("mailto:").casefold()
    return (
        argument == "-"
        or is_card_file(argument)
        or fold(argument) in whole_names(card)
        or address in map(str.casefold, card.emails)
        or (bool(card.profile_key) and f"in:{card.profile_key}" in (key_of_profile(argument), f"in:{address}"))
    )


def _invited(argument: str, known: set[Invitation]) -> Contact | None:
    """Who invited, or was invited, by that name or profile; NoSuchPerson when these are several."""
    key = key_of_profile(argument)
    people = {
        each.person: each.contact
        for each in sorted(known, key=lambda each: each.at)
        if (each.person == key if key else fold(each.name) == fold(argument) or _named(each) == fold(argument))
    }
    if len(people) > 1:
        raise ambiguous(tuple(people.values()), repr(argument), "give the address of the profile")
    return next(iter(people.values()), None)


def _named(invitation: Invitation) -> str:
    return fold(invitation.contact.display_name)


def _doubts(traces: Traces, known: set[Invitation]) -> list[str]:
    """Who is left alone although it may be the same person, and how to forget them too."""
    told = [
        f"{each.display_name!r} in {each.source} may be the same person and stays; "
        f"to forget them too: motjuste contacts forget {each.source}"
        for each in traces.doubtful
    ]
    names = {name for each in (traces.person, *traces.cards) for name in whole_names(each)}
    others = {each.person: each for each in known if each.person not in traces.keys and _named(each) in names}
    for each in others.values():
        way = f"; to forget them too: motjuste contacts forget {each.profile_url}" if each.profile_url else ""
        told.append(f"{each.name!r}, who stands in the inbox, may be the same person and stays{way}")
    if len(told) > MOST_DOUBTS:
        told[MOST_DOUBTS:] = [f"{len(told) - MOST_DOUBTS} more of that name stay: see all with --dry-run --json"]
    return told


def _listed(traces: Traces, book: VCardFolder) -> str:
    rows = [("card", str(book.folder / source)) for source in dict.fromkeys(each.source for each in traces.cards)]
    if traces.current:
        rows.append(("chosen", "the current contact"))
    if traces.used:
        rows.append(("last use", "when you last chose them or wrote to them"))
    if traces.events:
        rows.append(("ledger", f"{traces.events} {'event' if traces.events == 1 else 'events'}"))
    rows += [("backup", str(path)) for path in traces.backups]
    rows += [("left over", str(path)) for path in traces.unfinished]
    return table(rows) if rows else "nothing is kept of this person"


def _document(traces: Traces, book: VCardFolder, *, dry_run: bool) -> dict[str, Any]:
    return {
        "person": traces.person.display_name,
        "cards": [str(book.folder / each.source) for each in traces.cards],
        "current": traces.current,
        "last_used": traces.used,
        "events": traces.events,
        "backups": [str(path) for path in traces.backups],
        "unfinished": [str(path) for path in traces.unfinished],
        "doubtful": [each.source for each in traces.doubtful],
        "dry_run": dry_run,
    }
