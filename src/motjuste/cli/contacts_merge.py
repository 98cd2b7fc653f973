"""`motjuste contacts merge`: two cards of one person become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motjuste.adapters.address_book import VCardFolder
from motjuste.cli.app import Noun
from motjuste.cli.asking import ask, someone_is_there
from motjuste.cli.contact_options import GIVEN_UP, DryRun, Json, Yes, consent, find_card, the_book
from motjuste.cli.output import Answer, tell
from motjuste.cli.who import person_in_document
from motjuste.errors import NoSuchPerson, UserError, printable
from motjuste.people.card import Contact
from motjuste.people.facets import NAME_FIELDS

if TYPE_CHECKING:
    from motjuste.people.joining import Difference

app = Noun("")
# Which fields are asked for together.
_FIELDS = {
    "name": ("formatted_name", "other_names", *NAME_FIELDS),
    "place": ("city", "country"),
    "profile": ("profile_url", "urls"),
}


@dataclass(frozen=True)
class _Plan:
    """Which cards become one, what differs, and in what the second one's word counts."""

    first: Contact
    second: Contact
    one: Contact
    differing: Sequence[Difference]
    second_wins: Sequence[str]

    def lines(self) -> list[str]:
        """What would be filled and what stands where both differ."""
        told = [f"fill  {_words(name)}: {printable(_text(getattr(self.one, name)))}" for name in self.filled()]
        for each in self.differing:
            pair = (each.first, each.second)
            wins, gives_way = map(printable, reversed(pair) if each.field in self.second_wins else pair)
            told.append(f"keep  {_words(each.field)}: {wins} (and {gives_way} beside it)")
        return told

    def filled(self) -> list[str]:
        """The fields in which the new card says more than the first one did."""
        told = {"kept", "source"}
        for each in self.differing:
            told |= set(_FIELDS.get(each.field, (each.field,)))
        return [
            each.name
            for each in fields(Contact)
            if each.name not in told and getattr(self.one, each.name) != getattr(self.first, each.name)
        ]

    def document(self, *, dry_run: bool) -> dict[str, Any]:
        return {
            "contact": person_in_document(self.one),
            "removed": self.second.source,
            "filled": self.filled(),
            "differences": [
                asdict(each) | {"kept": "second" if each.field in self.second_wins else "first"}
                for each in self.differing
            ],
            "dry_run": dry_run,
        }


@app.command()
def merge(
    first: Annotated[str, typer.Argument(metavar="CONTACT", help="Whose card stays, and whose facts win.")],
    second: Annotated[str, typer.Argument(metavar="OTHER", help="Whose card is taken in.")],
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> Answer:
    """Make one card of two; nothing that either says is lost."""
    book = the_book()
    found = [find_card(name, book) for name in (first, second)]
    people = [each.meant.contact or Contact() for each in found]
    notes = tuple(note for each in found for note in each.notes)
    cards = _cards(people[0], people[1], book)
    plan = _plan(*cards, choose=not (yes or dry_run or json) and someone_is_there())
    if dry_run:
        text = "\n".join([*plan.lines(), f"{plan.second.source} would go; nothing was saved"])
        return Answer(text, plan.document(dry_run=True), notes).shown(as_json=json)
    if not yes:
        tell(plan.lines())
        question = f"Make {plan.first.source} the one card, and remove {plan.second.source}?"
        if not consent("merging", question, otherwise=True):
            return GIVEN_UP
    _save(plan, book)
    done = f"{plan.second.source} is now a part of {plan.first.source}"
    told = plan.lines() if yes and not json else []
    return Answer("", plan.document(dry_run=False), (*notes, *told, done)).shown(as_json=json)


def _cards(first: Contact, second: Contact, book: VCardFolder) -> tuple[Contact, Contact]:
    """Both cards with all their lines. NoSuchPerson for one from elsewhere, UserError for one card named twice."""
    from motjuste.adapters.card_files import whole_card

    whole = []
    for person in (first, second):
        card = whole_card(book.folder, person)
        if card is None:
            raise NoSuchPerson(
                f"{person.display_name!r} is not in the address book",
                next_step="add the card first: motjuste contacts import FILE",
            )
        whole.append(card)
    if replace(whole[0], kept=()) == replace(whole[1], kept=()):
        raise UserError(f"{first.source} cannot be merged with itself", next_step=_other_card(whole[0], book))
    return whole[0], whole[1]


def _other_card(card: Contact, book: VCardFolder) -> str:
    """What to type for another card of the same person, or for any other."""
    from motjuste.people.merging import are_one

    known = replace(card, kept=())
    others = [each for each in book.contacts() if each != known and are_one(each, known)]
    if not others:
        return "name two cards, by their files for example; 'motjuste contacts show NAME' tells the file"
    return f"another card of theirs: motjuste contacts merge {card.source} {others[0].source}"


def _plan(first: Contact, second: Contact, *, choose: bool) -> _Plan:
    from motjuste.people.joining import differences, joined

    differing = differences(first, second)
    wins = [each.field for each in differing if _is_second(each)] if choose else []
    return _Plan(first, second, joined(first, second, wins), differing, wins)


def _is_second(differing: Difference) -> bool:
    tell(
        [
            f"Which {_words(differing.field)}?",
            f"  1  {differing.first}",
            f"  2  {differing.second}",
        ]
    )
    return ask("1 or 2?", _one_or_two, "1") == "2"


def _one_or_two(answer: str) -> str:
    if answer not in ("1", "2"):
        raise UserError(f"{answer!r} is neither 1 nor 2")
    return answer


def _save(plan: _Plan, book: VCardFolder) -> None:
    from motjuste.adapters.card_files import merge_cards
    from motjuste.people.joining import joined

    current = book.current()
    one = merge_cards(
        book.folder, plan.first, plan.second, lambda first, second: joined(first, second, plan.second_wins)
    )
    if current is not None and current in (replace(plan.first, kept=()), replace(plan.second, kept=())):
        book.use(one)


def _words(field: str) -> str:
    return field.replace("_", " ")


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
