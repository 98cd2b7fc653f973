"""The people of an address book, indexed by name: one of 30,000 is found in a title in microseconds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from motjuste.people.card import Contact
from motjuste.people.names import clean_name, fold

SHORTEST_WITH_A_TYPO = 4

_Index = dict[str, tuple[Contact, ...]]


class Book(Sequence[Contact]):
    """Contacts in their order, with an index of their folded names that is made when it is first needed."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self._contacts = tuple(contacts)

    @classmethod
    def of(cls, contacts: Sequence[Contact]) -> Book:
        """`contacts` itself when it is a book already."""
        return contacts if isinstance(contacts, Book) else cls(contacts)

    @overload
    def __getitem__(self, place: int) -> Contact: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Contact]: ...
    def __getitem__(self, place: int | slice) -> Contact | Sequence[Contact]:
        return self._contacts[place]

    def __len__(self) -> int:
        return len(self._contacts)

    def named(self, folded_name: str) -> tuple[Contact, ...]:
        """Everybody whose whole name this is; "dupont marie" is Marie Dupont when nobody is called so."""
        found = self._by_name.get(folded_name) or self._by_reversed_name.get(folded_name, ())
        return distinct(found)

    def at_address(self, address: str) -> tuple[Contact, ...]:
        """Everybody whose e-mail address or profile key this is; capitals do not matter."""
        return distinct(self._by_address.get(address.casefold(), ()))

    def having_words(self, words: Sequence[str], *, beginning: bool) -> Iterable[Contact]:
        """In their order, those whose names have each of the folded `words`, or a word `beginning` so."""
        found: set[int] | None = None
        for word in words:
            places = {place for known in self._words_like(word, beginning=beginning) for place in self._by_word[known]}
            found = places if found is None else found & places
        return (self._contacts[place] for place in sorted(found or ()))

    def _words_like(self, word: str, *, beginning: bool) -> Sequence[str]:
        if not beginning:
            return (word,) if word in self._by_word else ()
        start = bisect_left(self._sorted_words, word)
        return self._sorted_words[start : bisect_left(self._sorted_words, word + "\U0010ffff", start)]

    def spelt_about(self, length: int, *, within: int) -> Iterator[Mapping[str, Sequence[Contact]]]:
        """What of everybody's names may be misspelt and is about so long: whole names and longer words."""
        for each in range(length - within, length + within + 1):
            yield self._by_spelling.get(each, {})

    @cached_property
    def most_words(self) -> int:
        """How many words the longest name has."""
        return max((name.count(" ") + 1 for name in self._by_name), default=0)

    @cached_property
    def _by_name(self) -> _Index:
        return _index((name, contact) for contact in self._contacts for name in whole_names(contact))

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[int]]:
        index: dict[str, list[int]] = {}
        for place, contact in enumerate(self._contacts):
            for word in set(words_of(contact)):
                index.setdefault(word, []).append(place)
        return index

    @cached_property
    def _sorted_words(self) -> Sequence[str]:
        return sorted(self._by_word)

    @cached_property
    def _by_spelling(self) -> Mapping[int, Mapping[str, Sequence[Contact]]]:
        # By length, because a scan over all of 30,000 people's takes a computer 20 milliseconds.
        index: dict[int, dict[str, list[Contact]]] = {}
        for contact in self._contacts:
            for spelling in _spellings(contact):
                index.setdefault(len(spelling), {}).setdefault(spelling, []).append(contact)
        return index

    @cached_property
    def _by_address(self) -> _Index:
        return _index(
            (address.casefold(), contact)
            for contact in self._contacts
            for address in dict.fromkeys((contact.profile_key, *contact.emails))
        )

    @cached_property
    def _by_reversed_name(self) -> _Index:
        return _index((fold(family_first(contact)), contact) for contact in self._contacts)


def _index(pairs: Iterable[tuple[str, Contact]]) -> _Index:
    index: _Index = {}
    for name, contact in pairs:
        if name:
            index[name] = (*index.get(name, ()), contact)
    return index


def words_of(contact: Contact) -> list[str]:
    """The folded words by which somebody is looked up."""
    return fold(" ".join((contact.display_name, contact.nickname, *contact.other_names))).split()


def _spellings(contact: Contact) -> set[str]:
    """What may be misspelt: the whole name in both orders, and each longer word of it alone."""
    whole = whole_names(contact) | {fold(family_first(contact))}
    words = {word for name in whole for word in name.split() if len(word) >= SHORTEST_WITH_A_TYPO}
    return (whole | words) - {""}


def whole_names(contact: Contact) -> set[str]:
    """The folded ways in which the whole name of `contact` is written."""
    others = {fold(text) for name in contact.other_names for text in (name, clean_name(name).full)}
    return {fold(contact.display_name), fold(contact.formatted_name), *others} - {""}


def family_first(contact: Contact) -> str:
    """ "Dupont Marie" for Marie Dupont; "" when the family name is not known."""
    name = contact.clean_name
    return f"{name.family} {name.given}" if name.given and name.family else ""


def distinct(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """`contacts` without repetitions: the same profile, or the same card, is one person."""
    seen: dict[object, Contact] = {}
    for contact in contacts:
        seen.setdefault(contact.profile_key or contact, contact)
    return tuple(seen.values())
