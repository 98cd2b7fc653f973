"""The people of an address book, indexed by name: one of 30,000 is found in a title in microseconds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeVar, overload

from motjuste.people.card import Contact
from motjuste.people.entry import Entry, entry_of, unpacked

SHORTEST_WITH_A_TYPO = 4

_Places = dict[str, tuple[int, ...]]
_Index = TypeVar("_Index", bound="_Growing")


class Book(Sequence[Contact]):
    """Contacts in their order; each index of them is made when it is first needed, or ahead by `prepare`.

    Of packed entries, the contacts too are made only when somebody asks for them.
    """

    def __init__(self, contacts: Iterable[Contact] = (), *, packed: Sequence[str] = ()) -> None:
        self._contacts = dict(enumerate(contacts))
        self._given = packed
        self._length = len(packed) or len(self._contacts)
        self._keys = _Keys()
        self._spellings = _Spellings()
        self._names = _Texts(lambda entry: entry.words)
        self._everything = _Texts(lambda entry: f"{entry.words} {entry.about}")

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
            found = self._contacts[place] = self.entry(place).contact
        return found

    def entry(self, place: int) -> Entry:
        """What the one who stands at `place` is found by."""
        return unpacked(self._packed[place])

    @cached_property
    def _packed(self) -> Sequence[str]:
        return self._given or tuple(entry_of(contact).packed for contact in self._contacts.values())

    def prepare(self, most: int) -> bool:
        """Make an index for at most `most` more people; False when all are made."""
        return any(index.grow(self._packed, most) for index in (self._keys, self._spellings, self._names))

    def named(self, folded_name: str) -> tuple[Contact, ...]:
        """Everybody whose whole name this is; "dupont marie" is Marie Dupont when nobody is called so."""
        keys = self._all(self._keys)
        return self.at(keys.by_name.get(folded_name) or keys.by_family_first.get(folded_name, ()))

    def at_address(self, address: str) -> tuple[Contact, ...]:
        """Everybody whose e-mail address or profile key this is; capitals do not matter."""
        return self.at(self._all(self._keys).by_address.get(address.casefold(), ()))

    def at(self, places: Iterable[int]) -> tuple[Contact, ...]:
        """Those who stand at `places`, without repetitions."""
        return distinct(map(self._at, places))

    def having_words(self, words: Sequence[str], *, beginning: bool) -> list[int]:
        """The places of those whose names have each of the folded `words`, or for each a word that begins so."""
        places = self._all(self._names).having(words, beginning=beginning)
        return [place for place in places if _each_has_its_own(words, self.entry(place).words, beginning)]

    def about(self, words: Sequence[str], *, beginning: bool) -> list[int]:
        """As `having_words`, but wherever the words stand in name, company, position and note."""
        return self._all(self._everything).having(words, beginning=beginning)

    @property
    def vocabulary(self) -> set[str]:
        """Every word by which `about` finds somebody."""
        return self._all(self._everything).words

    def spelt_about(self, length: int, *, within: int) -> Iterator[Sequence[str]]:
        """What of everybody's names may be misspelt and is about so long: whole names and longer words."""
        spellings = self._all(self._spellings).by_length
        for each in range(length - within, length + within + 1):
            yield spellings.get(each, ())

    def spelt(self, spelling: str) -> Sequence[int]:
        """The places of those of whose names this is what may be misspelt."""
        return self._all(self._spellings).places.get(spelling, ())

    @property
    def most_words(self) -> int:
        """How many words the longest name has."""
        return self._all(self._keys).most_words

    def _all(self, index: _Index) -> _Index:
        index.grow(self._packed, self._length)
        return index


class _Growing:
    """An index of people that takes in some of them at a time."""

    def __init__(self) -> None:
        self._grown = 0

    def grow(self, packed: Sequence[str], most: int) -> bool:
        """Take in at most `most` more people; False when there was nobody left."""
        start, self._grown = self._grown, min(len(packed), self._grown + most)
        for place in range(start, self._grown):
            self._take(place, unpacked(packed[place]))
        return start < self._grown

    def _take(self, place: int, entry: Entry) -> None:
        raise NotImplementedError


class _Keys(_Growing):
    """The places of people by what names them exactly."""

    def __init__(self) -> None:
        super().__init__()
        self.by_name: _Places = {}
        self.by_family_first: _Places = {}
        self.by_address: _Places = {}
        self.most_words = 0

    def _take(self, place: int, entry: Entry) -> None:
        for name in entry.names.split("\n"):
            _add(self.by_name, name, place)
            self.most_words = max(self.most_words, len(name.split()))
        _add(self.by_family_first, entry.family_first, place)
        for address in entry.addresses.split("\n"):
            _add(self.by_address, address, place)


class _Spellings(_Growing):
    """The places of people by what may be misspelt: the whole name in both orders, each longer word of it alone."""

    def __init__(self) -> None:
        super().__init__()
        self.places: _Places = {}
        # By length, because a scan over all of 30,000 people's takes a computer 20 milliseconds.
        self.by_length: dict[int, list[str]] = {}

    def _take(self, place: int, entry: Entry) -> None:
        whole = {*entry.names.split("\n"), entry.family_first}
        words = {word for name in whole for word in name.split() if len(word) >= SHORTEST_WITH_A_TYPO}
        for spelling in whole | words:
            if spelling not in self.places:
                self.by_length.setdefault(len(spelling), []).append(spelling)
            _add(self.places, spelling, place)


def _add(index: _Places, key: str, place: int) -> None:
    if key:
        index[key] = (*index[key], place) if key in index else (place,)


class _Texts(_Growing):
    """Folded words of everybody in one text, which is looked through at the speed of C: no index is faster to make."""

    def __init__(self, text_of: Callable[[Entry], str]) -> None:
        super().__init__()
        self._text_of = text_of
        self._lines: list[str] = []

    def _take(self, place: int, entry: Entry) -> None:
        self._lines.append(f" {self._text_of(entry)} \n")

    @cached_property
    def _all(self) -> str:
        return "".join(self._lines)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return list(accumulate(map(len, self._lines)))

    @cached_property
    def words(self) -> set[str]:
        """All words that stand there."""
        return set(self._all.split())

    def having(self, words: Sequence[str], *, beginning: bool) -> list[int]:
        """The places of the texts in which each of `words` stands, or begins a word."""
        parts = [f" {word}" if beginning else f" {word} " for word in sorted(words, key=len, reverse=True)]
        if not parts:
            return []
        return [place for place in self._at(parts[0]) if all(part in self._lines[place] for part in parts[1:])]

    def _at(self, part: str) -> Iterator[int]:
        found = self._all.find(part)
        while found >= 0:
            place = bisect_right(self._ends, found)
            yield place
            found = self._all.find(part, self._ends[place])


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
