"""Many snippets in little memory: columns of plain values, and a Snippet made when somebody asks for it.

A quarter of a million Snippet objects take half a second to make and a hundred megabytes to keep, and a
person uses a handful of them. So the columns are what is kept, and `plain` gives them in a form that can be
written down and read again.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple, cast, overload

from motjuste.expansion.snippets import Snippet

# What nearly every snippet has of its own; whatever else it says, it shares with many others.
_OWN = ("triggers", "replace", "source")
_SHARED = {each.name: each.default for each in fields(Snippet) if each.name not in _OWN}

# No character below it is written in two ways.
_MAY_DECOMPOSE = re.compile("[\u00c0-\U0010ffff]").search


class Index(NamedTuple):
    """The ways to type the triggers, in order, beside the numbers of their snippets.

    With `any_case` the texts are small letters that stand for capitals as well; `inside` says whether these
    triggers may begin in the middle of a word.
    """

    texts: list[str]
    owners: array[int]
    any_case: bool
    inside: bool
    # Where the texts stand among all the triggers and their other forms.
    places: array[int]


class SnippetTable(Sequence[Snippet]):
    """The snippets of some files, as columns; equal to any sequence of the same snippets."""

    def __init__(self) -> None:
        self._triggers: list[str] = []
        self._ends = array("I")
        self._replace: list[str] = []
        self._lines = array("I")
        self._kind_of = array("I")
        self._kinds: list[dict[str, Any]] = []
        self._numbers: dict[tuple[tuple[str, Any], ...], int] = {}
        # Which source begins at which snippet.
        self._sources: list[str] = []
        self._starts = array("I")
        # The ways to type a trigger that are not as it is written.
        self._forms: list[str] = []
        self._indexes: tuple[Index, ...] | None = None

    @classmethod
    def of(cls, snippets: Iterable[Snippet]) -> SnippetTable:
        """The table of these snippets."""
        table = cls()
        for snippet in snippets:
            path, _, line = snippet.source.rpartition(":")
            table.begin(path if line.isdecimal() else snippet.source)
            shared = unusual({name: getattr(snippet, name) for name in _SHARED})
            table.add(snippet.triggers, snippet.replace, int(line) if line.isdecimal() else 0, shared)
        return table

    def begin(self, source: str) -> None:
        """What is added from now on stands in `source`."""
        if not self._sources or self._sources[-1] != source:
            self._sources.append(source)
            self._starts.append(len(self))

    def add(self, triggers: Iterable[str], replace: str, line: int, shared: Mapping[str, Any]) -> None:
        """Put a snippet at the end; `shared` holds its other values where they are not the usual ones."""
        self._triggers += triggers
        self._ends.append(len(self._triggers))
        self._replace.append(replace)
        self._lines.append(line)
        self._kind_of.append(self._kind(shared))
        self._indexes = None

    def add_pairs(self, triggers: Sequence[str], texts: Sequence[str], line: int) -> None:
        """Put many snippets at the end, which have a trigger and a text and stand on every second line."""
        count = len(triggers)
        self._ends.extend(range(len(self._triggers) + 1, len(self._triggers) + count + 1))
        self._triggers += triggers
        self._replace += texts
        self._lines.extend(range(line, line + 2 * count, 2))
        self._kind_of.extend([self._kind({})] * count)
        self._indexes = None

    def _kind(self, shared: Mapping[str, Any]) -> int:
        key = tuple(sorted(shared.items()))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._kinds)
            self._kinds.append(dict(key))
        return number

    @classmethod
    def joined(cls, tables: Sequence[SnippetTable]) -> SnippetTable:
        """The snippets of all these tables, in their order; the table itself when there is one."""
        if len(tables) == 1:
            return tables[0]
        table = cls()
        for each in tables:
            table._take(each, range(len(each)))
        return table

    def without(self, numbers: Collection[int]) -> SnippetTable:
        """The table without the snippets of these numbers; itself when there are none."""
        if not numbers:
            return self
        table = SnippetTable()
        table._take(self, (number for number in range(len(self)) if number not in numbers))
        return table

    def _take(self, other: SnippetTable, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.begin(other._sources[bisect_right(other._starts, number) - 1])
            shared = other._kinds[other._kind_of[number]]
            self.add(other.triggers(number), other._replace[number], other._lines[number], shared)

    def triggers(self, number: int) -> list[str]:
        """The triggers of one snippet."""
        return self._triggers[self._ends[number - 1] if number else 0 : self._ends[number]]

    @property
    def every_trigger(self) -> Sequence[str]:
        """The triggers of all snippets, as they are written."""
        return self._triggers

    @property
    def sources(self) -> Sequence[str]:
        """The files that the snippets stand in."""
        return self._sources

    def having(self, *names: str) -> list[int]:
        """The numbers of the snippets that give one of these values, such as `regex` or `template`."""
        kinds = {at for at, kind in enumerate(self._kinds) if any(map(kind.get, names))}
        return [at for at, kind in enumerate(self._kind_of) if kind in kinds] if kinds else []

    def __len__(self) -> int:
        return len(self._replace)

    @overload
    def __getitem__(self, number: int) -> Snippet: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Snippet, ...]: ...
    def __getitem__(self, number: int | slice) -> Snippet | tuple[Snippet, ...]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(*number.indices(len(self))))
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number %= len(self)
        source = self._sources[bisect_right(self._starts, number) - 1]
        line = self._lines[number]
        return Snippet(
            triggers=tuple(self.triggers(number)),
            replace=self._replace[number],
            source=f"{source}:{line}" if line else source,
            **self._kinds[self._kind_of[number]],
        )

    def __iter__(self) -> Iterator[Snippet]:
        return (self[number] for number in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"SnippetTable({len(self)} snippets)"

    @property
    def indexes(self) -> tuple[Index, ...]:
        """The triggers as they are typed: in any case or not, anywhere or only where words begin."""
        if self._indexes is None:
            self._indexes = self._indexed()
        return self._indexes

    def _indexed(self) -> tuple[Index, ...]:
        parts: dict[tuple[bool, bool], tuple[array[int], array[int]]] = {
            (any_case, inside): (array("I"), array("I"))
            for any_case in (False, True)
            for inside in (True, False)
        }
        by_kind = [_index_of(kind) for kind in self._kinds]
        texts, first = self._triggers.copy(), 0
        for number, (end, kind) in enumerate(zip(self._ends, self._kind_of, strict=True)):
            any_case = by_kind[kind][0]
            places, owners = parts[by_kind[kind]]
            for at in range(first, end):
                trigger = texts[at]
                if not any_case and (trigger.isascii() or not _MAY_DECOMPOSE(trigger)):
                    places.append(at)
                    owners.append(number)
                    continue
                for form in typed_forms(trigger, any_case=any_case):
                    places.append(len(texts))
                    texts.append(form)
                    owners.append(number)
            first = end
        self._forms = texts[len(self._triggers) :]
        return tuple(
            _in_order(texts, places, owners, *which) for which, (places, owners) in parts.items() if places
        )

    def plain(self) -> tuple[Any, ...]:
        """The table as texts, numbers, bytes, lists and dicts, which `from_plain` takes."""
        return (
            self._triggers, self._ends.tobytes(), self._replace, self._lines.tobytes(), self._kind_of.tobytes(),
            self._kinds, self._sources, self._starts.tobytes(),
            [(*map(array.tobytes, (each.places, each.owners)), each.any_case, each.inside) for each in self.indexes],
            self._forms,
        )  # fmt: skip

    @classmethod
    def from_plain(cls, plain: object) -> SnippetTable:
        """The table that `plain` was made from. Raises ValueError for anything else."""
        table = cls()
        try:
            triggers, ends, replace, lines, kind_of, kinds, sources, starts, indexes, forms = cast(
                "Any", plain
            )
            table._triggers, table._replace, table._kinds = triggers, replace, kinds
            table._sources = sources
            table._ends, table._lines = _numbers(ends), _numbers(lines)
            table._kind_of, table._starts = _numbers(kind_of), _numbers(starts)
            table._forms, texts = forms, triggers + forms
            table._indexes = tuple(
                _index(texts, _numbers(places), _numbers(owners), any_case, inside)
                for places, owners, any_case, inside in indexes
            )
            table._numbers = {tuple(sorted(kind.items())): at for at, kind in enumerate(kinds)}
        except (TypeError, ValueError, AttributeError, IndexError) as error:
            raise ValueError("not a table of snippets") from error
        if not table._holds_together():
            raise ValueError("not a table of snippets")
        return table

    def _holds_together(self) -> bool:
        count = len(self._replace)
        lists = (self._triggers, self._forms, self._replace, self._sources)
        return (
            all(isinstance(each, list) and set(map(type, each)) <= {str} for each in lists)
            and all(len(column) == count for column in (self._ends, self._lines, self._kind_of))
            and len(self._sources) == len(self._starts)
            and (not count or (self._ends[-1] == len(self._triggers) and list(self._starts[:1]) == [0]))
            and max(self._kind_of, default=-1) < len(self._kinds)
            and all(set(kind) <= set(_SHARED) for kind in self._kinds)
            and all(
                len(index.places) == len(index.owners) and max(index.owners, default=-1) < count
                for index in self._indexes or ()
            )
        )


def unusual(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a snippet's shared values that are not what they usually are."""
    return {name: value for name, value in values.items() if value != _SHARED[name]}


def typed_forms(trigger: str, *, any_case: bool) -> Iterable[str]:
    """The ways to type `trigger`: keyboards give one é, or an e and its accent after it."""
    if trigger.isascii():
        return (trigger.lower(),) if any_case else (trigger,)
    forms = {trigger, unicodedata.normalize("NFC", trigger), unicodedata.normalize("NFD", trigger)}
    return {_fold(form) for form in forms} if any_case else forms


def _fold(text: str) -> str:
    """`text` in small letters, one for one: a letter whose small form is longer stays as it is."""
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _index_of(kind: Mapping[str, Any]) -> tuple[bool, bool]:
    begins_words = kind.get("left_word") or kind.get("at_rest")
    return bool(kind.get("propagate_case")), not begins_words


def _in_order(
    texts: list[str], places: array[int], owners: array[int], any_case: bool, inside: bool
) -> Index:
    order = sorted(range(len(places)), key=[texts[at] for at in places].__getitem__)
    return _index(
        texts,
        array("I", map(places.__getitem__, order)),
        array("I", map(owners.__getitem__, order)),
        any_case,
        inside,
    )


def _index(texts: list[str], places: array[int], owners: array[int], any_case: bool, inside: bool) -> Index:
    return Index([texts[at] for at in places], owners, any_case, inside, places)


def _numbers(column: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(column)
    return numbers
