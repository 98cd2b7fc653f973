"""Finding people by what somebody typed: accents and case ignored, prefixes enough, a typo forgiven."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from motjuste.people.book import Book, distinct, family_first, whole_names
from motjuste.people.card import Contact, profile_key
from motjuste.people.names import fold

_SHORTEST_WITH_A_TYPO = 4


def find(query: str, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """The people who fit `query` best, all equally good: nobody, one, or several to choose from.

    An e-mail address, a profile's address or slug, or the whole name; else words of the name; else their
    beginnings; else the names with the fewest typing errors.
    """
    wanted = fold(query)
    if not wanted and not query.strip():
        return ()
    book = Book.of(contacts)
    steps: tuple[Callable[[], Iterable[Contact]], ...] = (
        lambda: _by_address(query, book),
        lambda: book.named(wanted),
        lambda: _by_words(wanted, book, str.__eq__),
        lambda: _by_words(wanted, book, str.startswith),
        lambda: _by_likeness(wanted, book),
    )
    for step in steps:
        if found := distinct(step()):
            return found
    return ()


def _by_address(query: str, book: Book) -> Iterable[Contact]:
    address = query.strip().removeprefix("mailto:")
    return (*book.at_address(address), *book.at_address(profile_key(address)))


def _by_words(wanted: str, book: Book, fits: Callable[[str, str], bool]) -> Iterable[Contact]:
    words = wanted.split()
    return (contact for contact in book if words and _every_word_fits(words, contact, fits))


def _every_word_fits(words: Iterable[str], contact: Contact, fits: Callable[[str, str], bool]) -> bool:
    """Whether each of `words` fits a word of the contact's name that no other one has taken."""
    free = fold(f"{contact.display_name} {contact.nickname}").split()
    for word in words:
        taken = next((name for name in free if fits(name, word)), None)
        if taken is None:
            return False
        free.remove(taken)
    return True


def _by_likeness(wanted: str, book: Book) -> Iterable[Contact]:
    if len(wanted) < _SHORTEST_WITH_A_TYPO:
        return ()
    # A third of a second of start-up that only a misspelt name needs to pay.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    most = 1 if len(wanted) < 8 else 2
    people: dict[str, list[Contact]] = {}
    for contact in book:
        for name in _spellings(contact):
            people.setdefault(name, []).append(contact)
    near = extract(wanted, people.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    least = min((distance for _, distance, _ in near), default=0)
    return [contact for name, distance, _ in near if distance == least for contact in people[name]]


def _spellings(contact: Contact) -> set[str]:
    """What may be misspelt: the whole name in both orders, and each longer word of it alone."""
    whole = whole_names(contact) | {fold(family_first(contact))}
    words = {word for name in whole for word in name.split() if len(word) >= _SHORTEST_WITH_A_TYPO}
    return (whole | words) - {""}
