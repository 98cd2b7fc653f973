"""Who is meant: by what was said, by the window in front, the clipboard or the current contact. It never guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motjuste.people.card import Contact
from motjuste.people.names import fold

if TYPE_CHECKING:
    from motjuste.people.title_rules import TitleRule


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
    clipboard: str | Callable[[], str] = "",
    contacts: Sequence[Contact] = (),
    current: Contact | None = None,
    rules: Sequence[TitleRule] = (),
) -> Meant:
    """The argument, else whom the window's title names, else the clipboard, else the current contact, else nobody.

    A page of one person's decides alone. A title that only mentions somebody is doubted when the clipboard means
    somebody else: that is a question, as two people in one title or on one clipboard are. Of several people with
    the one name that a title has, whom the clipboard, or else the current contact, tells is meant.
    The clipboard is read only where it counts, when it is given as a function.
    Give `contacts` as a `Book` when asking more than once: its index is then made only once.
    """
    if argument is not None:
        return Meant(argument, "argument")
    people, copied = _evidence(window_title, clipboard, contacts, rules)
    if len(people) == 1:
        others = tuple(each for each in copied if each not in people)
        if others:
            return Meant(None, "window title and clipboard", (*people, *others))
        return Meant(people[0], "window title")
    if people:
        told = tuple(each for each in copied if each in people)
        if not _are_namesakes(people) or len(told) > 1 or (copied and not told):
            return Meant(None, "window title", people)
        if told:
            return Meant(told[0], "clipboard")
        return Meant(current, "current contact") if current in people else Meant(None, "window title", people)
    if copied:
        return Meant(copied[0], "clipboard") if len(copied) == 1 else Meant(None, "clipboard", copied)
    return Meant(current, "current contact") if current is not None else Meant(None, "nobody")


def _are_namesakes(people: Iterable[Contact]) -> bool:
    return len({fold(person.display_name) for person in people}) == 1


_People = tuple[Contact, ...]


def _evidence(
    title: str, clipboard: str | Callable[[], str], contacts: Sequence[Contact], rules: Sequence[TitleRule]
) -> tuple[_People, _People]:
    """Whom the window means, and whom the clipboard, where that counts."""
    if not title and not clipboard:
        return (), ()
    # Late: a command in a terminal does without it.
    from motjuste.people.book import Book
    from motjuste.people.clipboard import people_on_clipboard
    from motjuste.people.mentions import in_window, owner_of_page

    book = Book.of(contacts)
    owner = owner_of_page(title, book, rules)
    if len(owner) == 1:
        return owner, ()
    text = clipboard if isinstance(clipboard, str) else clipboard()
    return owner or in_window(title, book), people_on_clipboard(text, book)
