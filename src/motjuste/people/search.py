"""Finding people by what somebody typed: accents and case ignored, prefixes enough, a typo forgiven."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from motjuste.people.book import SHORTEST_WITH_A_TYPO, Book, distinct
from motjuste.people.card import Contact, profile_key
from motjuste.people.names import fold


def find(query: str, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Whom `query` means, all equally good: nobody, one, or several to choose from.

    An e-mail address, a profile's address or slug, or the whole name; else words of the name; else their
    beginnings; else the names with the fewest typing errors. What else a card says is nobody's name.
    """
    book = Book.of(contacts)
    return next(filter(None, (step(query, book) for step in (*_BY_NAME, _by_likeness))), ())


def everyone(query: str, contacts: Sequence[Contact], recency: Callable[[Contact], float]) -> tuple[Contact, ...]:
    """All who have to do with `query`, the best first, and of equally good ones those of the highest `recency`.

    Whom `find` would mean, then those with each word of `query`, or its beginning, in name, company, position
    or note; when there is nobody, those in whom these words stand with typing errors.
    """
    book = Book.of(contacts)
    steps = (*_BY_NAME, _by_everything)
    found = distinct(person for step in steps for person in sorted(step(query, book), key=recency, reverse=True))
    if not found:
        like = _by_likeness(query, book) or _by_likeness_of_everything(query, book)
        return tuple(sorted(like, key=recency, reverse=True))
    return found


def _by_address(query: str, book: Book) -> tuple[Contact, ...]:
    address = query.strip().removeprefix("mailto:")
    return distinct((*book.at_address(address), *book.at_address(profile_key(address))))


def _by_whole_name(query: str, book: Book) -> tuple[Contact, ...]:
    return book.named(fold(query))


def _by_words(query: str, book: Book) -> tuple[Contact, ...]:
    return book.at(book.having_words(fold(query).split(), beginning=False))


def _by_beginnings(query: str, book: Book) -> tuple[Contact, ...]:
    return book.at(book.having_words(fold(query).split(), beginning=True))


_BY_NAME = (_by_address, _by_whole_name, _by_words, _by_beginnings)


def _by_everything(query: str, book: Book) -> tuple[Contact, ...]:
    return book.at(book.about(fold(query).split(), beginning=True))


def _by_likeness(query: str, book: Book) -> tuple[Contact, ...]:
    wanted = fold(query)
    most = _most(wanted)
    near = _nearest(wanted, book.spelt_about(len(wanted), within=most)) if most else ()
    return book.at(place for spelling in near for place in book.spelt(spelling))


def _by_likeness_of_everything(query: str, book: Book) -> tuple[Contact, ...]:
    """Those in whom each word stands, begins a word, or is like one."""
    places: set[int] | None = None
    for word in fold(query).split():
        found = set(book.about([word], beginning=True))
        if not found:
            near = _nearest(word, [book.vocabulary])
            found = {place for each in near for place in book.about([each], beginning=False)}
        places = found if places is None else places & found
    return book.at(sorted(places or ()))


def _most(wanted: str) -> int:
    """How many typing errors are forgiven in a text."""
    return 0 if len(wanted) < SHORTEST_WITH_A_TYPO else 1 if len(wanted) < 8 else 2


def _nearest(wanted: str, groups: Iterable[Collection[str]]) -> Sequence[str]:
    """The spellings of all groups with the fewest typing errors, as long as these are few."""
    # Late: only a misspelt name needs to pay for its start.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    most = _most(wanted)
    near = [
        (distance, spelling)
        for spellings in groups
        for spelling, distance, _ in extract(
            wanted, spellings, scorer=OSA.distance, score_cutoff=most, limit=None
        )
    ]
    least = min((distance for distance, _ in near), default=0)
    return [spelling for distance, spelling in near if distance == least]
