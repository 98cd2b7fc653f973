"""Who is meant: by what was said, by the window in front, or by the current contact. It never guesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motjuste.people.card import Contact
from motjuste.people.names import fold


@dataclass(frozen=True)
class Meant:
    """The person who is meant and why we think so; `candidates` instead when several fit equally."""

    contact: Contact | None
    evidence: str
    candidates: tuple[Contact, ...] = ()


def who_is_meant(
    *,
    argument: Contact | None = None,
    window_title: str = "",
    contacts: Sequence[Contact] = (),
    current: Contact | None = None,
) -> Meant:
    """The argument, else whom the window's title names, else the current contact, else nobody.

    Of several people with the name that the title names, the current contact is meant.
    Give `contacts` as a `Book` when asking more than once: its index is then made only once.
    """
    if argument is not None:
        return Meant(argument, "argument")
    people = _named_by_window(window_title, contacts)
    if len(people) == 1:
        return Meant(people[0], "window title")
    if people and not (current in people and _are_namesakes(people)):
        return Meant(None, "window title", people)
    return Meant(current, "current contact") if current is not None else Meant(None, "nobody")


def _are_namesakes(people: Iterable[Contact]) -> bool:
    return len({fold(person.display_name) for person in people}) == 1


def _named_by_window(title: str, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    if not title:
        return ()
    # Late: a command in a terminal does without it.
    from motjuste.people.book import Book
    from motjuste.people.mentions import named

    return named(title, Book.of(contacts))
