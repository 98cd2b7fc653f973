"""The people of an address book, indexed by name: one of 30,000 is found in a title in microseconds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import overload

from motjuste.people.card import Contact
from motjuste.people.entry import Entry, entry_of

SHORTEST_WITH_A_TYPO = 4

_Places = dict[str, tuple[int, ...]]


class Book(Sequence[Contact]):
    """Contacts in their order; each index of them is made when it is first needed, or ahead by `prepare`.

    Of entries, the contacts too are made only when somebody asks for them.
    """

    def __init__(self, contacts: Iterable[Contact] = (), *, entries: Sequence[Entry] = ()) -> None:
        self._contacts = dict(enumerate(contacts))
        self._given = entries
        self._length = len(entries) or len(self._contacts)
        self._by_name = _Index(lambda entry: entry.names.split("\n"))
        self._by_family = _Index(lambda entry: (entry.family_first,))
        self._by_address = _Index(lambda entry: entry.addresses.split("\n"))
        self._by_spelling = _Spellings()

    @classmethod
    def of(cls, contacts: Sequence[Contact]) -> Book:
        """`contacts` itself when it is a book already."""
        return contacts if isinstance(contacts, Book) else cls(contacts)

    @overload
    def __getitem__(self, place: int) -> Contact: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Contact]: ...
    def __getitem__(self, place: int | slice) -> Contact | Sequence[Contact]:
        places = range(self._length)[place]
        return self._at(places) if isinstance(places, int) else tuple(map(self._at, places))

    def __iter__(self) -> Iterator[Contact]:
        return map(self._at, range(self._length))

    def __len__(self) -> int:
        return self._length

    def _at(self, place: int) -> Contact:
        found = self._contacts.get(place)
        if found is None:
            found = self._contacts[place] = self.entries[place].contact
        return found

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """What each of them is found by."""
        return self._given or tuple(map(entry_of, self._contacts.values()))

    def prepare(self, most: int) -> bool:
        """Make an index for at most `most` more people; False when all are made."""
        indices = (self._by_name, self._by_family, self._by_address, self._by_spelling)
        if any(index.grow(self.entries, most) for index in indices):
            return True
        self._prepared = (self._names, self.most_words)
        return False

    def named(self, folded_name: str) -> tuple[Contact, ...]:
        """Everybody whose whole name this is; "dupont marie" is Marie Dupont when nobody is called so."""
        places = self._by_name.whole(self.entries).get(folded_name)
        return self.at(places or self._by_family.whole(self.entries).get(folded_name, ()))

    def at_address(self, address: str) -> tuple[Contact, ...]:
        """Everybody whose e-mail address or profile key this is; capitals do not matter."""
        return self.at(self._by_address.whole(self.entries).get(address.casefold(), ()))

    def at(self, places: Iterable[int]) -> tuple[Contact, ...]:
        """Those who stand at `places`, without repetitions."""
        return distinct(map(self._at, places))

    def having_words(self, words: Sequence[str], *, beginning: bool) -> list[int]:
        """The places of those whose names have each of the folded `words`, or for each a word that begins so."""
        places = self._names.having(words, beginning=beginning)
        return [place for place in places if _each_has_its_own(words, self.entries[place].words, beginning)]

    def about(self, words: Sequence[str], *, beginning: bool) -> list[int]:
        """As `having_words`, but wherever the words stand in name, company, position and note."""
        return self._everything.having(words, beginning=beginning)

    @property
    def vocabulary(self) -> set[str]:
        """Every word by which `about` finds somebody."""
        return self._everything.words

    @cached_property
    def _names(self) -> _Texts:
        return _Texts(entry.words for entry in self.entries)

    @cached_property
    def _everything(self) -> _Texts:
        return _Texts(f"{entry.words} {entry.about}" for entry in self.entries)

    def spelt_about(self, length: int, *, within: int) -> Iterator[Sequence[str]]:
        """What of everybody's names may be misspelt and is about so long: whole names and longer words."""
        self._by_spelling.whole(self.entries)
        for each in range(length - within, length + within + 1):
            yield self._by_spelling.by_length.get(each, ())

    def spelt(self, spelling: str) -> Sequence[int]:
        """The places of those of whose names this is what may be misspelt."""
        return self._by_spelling.whole(self.entries).get(spelling, ())

    @cached_property
    def most_words(self) -> int:
        """How many words the longest name has."""
        return max((name.count(" ") + 1 for name in self._by_name.whole(self.entries)), default=0)


class _Index:
    """Places by what a function tells of their entries. It grows by some people at a time."""

    def __init__(self, keys: Callable[[Entry], Iterable[str]]) -> None:
        self._keys = keys
        self._index: _Places = {}
        self._grown = 0

    def grow(self, entries: Sequence[Entry], most: int) -> bool:
        """Take in at most `most` more people; False when there was nobody left."""
        start, self._grown = self._grown, min(len(entries), self._grown + most)
        for place in range(start, self._grown):
            for key in self._keys(entries[place]):
                if key:
                    self._add(key, place)
        return start < self._grown

    def whole(self, entries: Sequence[Entry]) -> _Places:
        """The index of all people."""
        self.grow(entries, len(entries))
        return self._index

    def _add(self, key: str, place: int) -> None:
        self._index[key] = (*self._index.get(key, ()), place)


class _Spellings(_Index):
    """What may be misspelt: the whole name in both orders, and each longer word of it alone."""

    def __init__(self) -> None:
        super().__init__(_spellings)
        # By length, because a scan over all of 30,000 people's takes a computer 20 milliseconds.
        self.by_length: dict[int, list[str]] = {}

    def _add(self, key: str, place: int) -> None:
        if key not in self._index:
            self.by_length.setdefault(len(key), []).append(key)
        super()._add(key, place)


def _spellings(entry: Entry) -> set[str]:
    whole = {*entry.names.split("\n"), entry.family_first}
    return whole | {word for name in whole for word in name.split() if len(word) >= SHORTEST_WITH_A_TYPO}


class _Texts:
    """Folded words of everybody in one text, which is looked through at the speed of C: no index is faster to make."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [f" {text} \n" for text in texts]
        self._all = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))

    @cached_property
    def words(self) -> set[str]:
        """All words that stand there."""
        return set(self._all.split())

    def having(self, words: Sequence[str], *, beginning: bool) -> list[int]:
        """The places of the texts in which each of `words` stands, or begins a word."""
        parts = [f" {word}" if beginning else f" {word} " for word in sorted(words, key=len, reverse=True)]
        if not parts:
            return []
        return [place for place in self._at(parts[0]) if all(part in self._line(place) for part in parts[1:])]

    def _at(self, part: str) -> Iterator[int]:
        found = self._all.find(part)
        while found >= 0:
            place = bisect_right(self._ends, found)
            yield place
            found = self._all.find(part, self._ends[place])

    def _line(self, place: int) -> str:
        return self._all[self._ends[place - 1] if place else 0 : self._ends[place]]


def _each_has_its_own(words: Iterable[str], name: str, beginning: bool) -> bool:
    """Whether each of `words` fits a word of `name` that no other one has taken."""
    free = name.split()
    for word in words:
        taken = next((own for own in free if (own.startswith(word) if beginning else own == word)), None)
        if taken is None:
            return False
        free.remove(taken)
    return True


def distinct(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """`contacts` without repetitions: the same profile, or the same card, is one person."""
    seen: dict[object, Contact] = {}
    for contact in contacts:
        seen.setdefault(contact.profile_key or contact, contact)
    return tuple(seen.values())
