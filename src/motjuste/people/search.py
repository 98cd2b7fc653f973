"""Finding people by what somebody typed: accents and case ignored, prefixes enough, a typo forgiven."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from motjuste.people.book import SHORTEST_WITH_A_TYPO, Book, distinct, words_of
from motjuste.people.card import Contact, profile_key
from motjuste.people.names import fold


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
        lambda: _by_words(wanted, book, beginning=False),
        lambda: _by_words(wanted, book, beginning=True),
        lambda: _by_likeness(wanted, book),
    )
    for step in steps:
        if found := distinct(step()):
            return found
    return ()


def _by_address(query: str, book: Book) -> Iterable[Contact]:
    address = query.strip().removeprefix("mailto:")
    return (*book.at_address(address), *book.at_address(profile_key(address)))


def _by_words(wanted: str, book: Book, *, beginning: bool) -> Iterable[Contact]:
    words = wanted.split()
    return (each for each in book.having_words(words, beginning=beginning) if _every_word_fits(words, each, beginning))


def _every_word_fits(words: Iterable[str], contact: Contact, beginning: bool) -> bool:
    """Whether each of `words` fits a word of the contact's name that no other one has taken."""
    free = words_of(contact)
    for word in words:
        taken = next((name for name in free if (name.startswith(word) if beginning else name == word)), None)
        if taken is None:
            return False
        free.remove(taken)
    return True


def _by_likeness(wanted: str, book: Book) -> Iterable[Contact]:
    if len(wanted) < SHORTEST_WITH_A_TYPO:
        return ()
    # A third of a second of start-up that only a misspelt name needs to pay.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    most = 1 if len(wanted) < 8 else 2
    near = [
        (distance, people[name])
        for people in book.spelt_about(len(wanted), within=most)
        for name, distance, _ in extract(wanted, people.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    ]
    least = min((distance for distance, _ in near), default=0)
    return [contact for distance, people in near if distance == least for contact in people]
