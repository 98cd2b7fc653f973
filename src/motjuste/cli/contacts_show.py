"""`motjuste contacts show`: a person's card."""

from __future__ import annotations

from motjuste.adapters.address_book import VCardFolder
from motjuste.cli.app import Noun
from motjuste.cli.contact_options import Json, PersonOrCurrent, find_card, places, the_book
from motjuste.cli.output import Answer, in_colour, screen_width
from motjuste.cli.who import person_in_document
from motjuste.errors import NoSuchPerson, UserError
from motjuste.people.card import Contact

app = Noun("")


@app.command()
def show(contact: PersonOrCurrent = None, json: Json = False) -> Answer:
    """Show a person's card."""
    book = the_book()
    found = find_card(contact, book)
    person = found.meant.contact
    if person is None:
        raise NoSuchPerson("nobody is chosen", next_step="choose with 'motjuste contacts use NAME'")
    text = "" if json else _card(person, book)
    return Answer(text, person_in_document(person), found.notes).shown(as_json=json)


def _card(person: Contact, book: VCardFolder) -> str:
    from motjuste.adapters.card_files import whole_card
    from motjuste.cli.card_words import card_words
    from motjuste.cli.contact_card import Style, card_text
    from motjuste.people.vcard import other_properties

    whole = whole_card(book.folder, person)
    return card_text(
        person,
        card_words(_language()),
        Style(screen_width(), in_colour()),
        place=person.source if whole is None else str(book.folder / person.source),
        also=other_properties(whole or person),
    )


def _language() -> str:
    from motjuste.adapters.settings import load_profile

    try:
        return load_profile(places()).language
    except UserError:
        # A card can be looked at while the profile has a fault, which every message tells.
        return ""
