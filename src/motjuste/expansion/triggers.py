"""The triggers as a tree of their beginnings, made where somebody types."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from motjuste.expansion.snippets import Snippet
from motjuste.expansion.table import Index, SnippetTable


class Ending(NamedTuple):
    """A trigger that is complete, as it is typed, and what it calls; `rank` is its place among all snippets.

    `variables` are what the groups of a regular expression found.
    """

    text: str
    snippet: Snippet
    rank: tuple[int, int]
    variables: Mapping[str, str]


class Range(NamedTuple):
    """Triggers that begin alike: those of `triggers` from `low` until `high`."""

    triggers: Index
    table: SnippetTable
    place: int
    low: int
    high: int


_Endings = tuple[Ending, ...]


def _by_what_completes(endings: Iterable[Ending]) -> tuple[_Endings, _Endings, _Endings, _Endings]:
    """Those at once, at a separator, at a Tab, at a pause."""
    if not endings:
        return (), (), (), ()
    at_once: list[Ending] = []
    word: list[Ending] = []
    tab: list[Ending] = []
    for ending in sorted(endings, key=lambda each: each.rank):
        snippet = ending.snippet
        if snippet.confirm == "tab":
            tab.append(ending)
        elif snippet.right_word or snippet.at_rest or snippet.confirm:
            word.append(ending)
        else:
            at_once.append(ending)
    return tuple(at_once), tuple(word), tuple(tab), tuple(each for each in word if each.snippet.at_rest)


class Node:
    """A beginning of some triggers; what follows it is worked out when somebody first types that far.

    So a quarter of a million triggers cost two lists, and only beginnings that really occur get a node.
    `endings` are complete here; `word_endings` once a separator follows, `tab_endings` once a Tab does,
    `rest_endings` at a pause. `viable` says whether more typing can complete anything.
    """

    __slots__ = (
        "_ranges", "children", "depth", "endings", "rest_endings", "tab_endings", "viable", "word_endings",
    )  # fmt: skip

    def __init__(self, depth: int, ranges: Sequence[Range]) -> None:
        endings: list[Ending] = []
        longer: list[Range] = []
        for index, table, place, low, high in ranges:
            texts = index.texts
            while low < high and len(texts[low]) == depth:
                number = index.owners[low]
                endings.append(Ending(texts[low], table[number], (place, number), {}))
                low += 1
            if low < high:
                longer.append(Range(index, table, place, low, high))
        self._ranges = longer
        self.depth = depth
        self.endings, self.word_endings, self.tab_endings, self.rest_endings = _by_what_completes(endings)
        self.viable = bool(longer or self.word_endings or self.tab_endings)
        self.children: dict[str, Node] | None = None

    def open(self) -> dict[str, Node]:
        """The beginnings that are one character longer, by that character."""
        by_character: dict[str, list[Range]] = {}
        depth = self.depth
        for index, table, place, low, high in self._ranges:
            texts = index.texts
            while low < high:
                character = texts[low][depth]
                end = bisect_right(texts, character, low, high, key=lambda text: text[depth])
                part = Range(index, table, place, low, end)
                for typed in _cases(character) if index.any_case else (character,):
                    by_character.setdefault(typed, []).append(part)
                low = end
        # Both cases of a letter lead to one node, as long as no trigger tells them apart.
        shared: dict[tuple[tuple[int, int, int], ...], Node] = {}
        self.children = {}
        for character, ranges in by_character.items():
            key = tuple((id(part.triggers), part.low, part.high) for part in ranges)
            if key not in shared:
                shared[key] = Node(depth + 1, ranges)
            self.children[character] = shared[key]
        if not self.children:
            # Something that is never typed, so that nobody opens this again.
            self.children[""] = self
        return self.children


class Standing:
    """A regular expression that is complete at the caret and waits for what completes a trigger of its kind.

    It takes a node's place among those that are followed, and no text leads on from it. Without endings it
    only says that more typing may complete something which began `depth` characters ago.
    """

    __slots__ = ("depth", "endings", "rest_endings", "tab_endings", "word_endings")
    viable = True
    children: Mapping[str, Node] = {"": Node(0, ())}

    def __init__(self, depth: int, endings: Iterable[Ending]) -> None:
        self.depth = depth
        self.endings, self.word_endings, self.tab_endings, self.rest_endings = _by_what_completes(endings)

    def open(self) -> Mapping[str, Node]:
        """Nothing leads on."""
        return self.children


def root(tables: Iterable[SnippetTable], *, inside: bool) -> Node:
    """The empty beginning of every trigger; with `inside`, of those that may begin in the middle of a word."""
    return Node(
        0,
        [
            Range(index, table, place, 0, len(index.texts))
            for place, table in enumerate(tables)
            for index in table.indexes
            if index.inside or not inside
        ],
    )


def _cases(small: str) -> tuple[str, ...]:
    """The characters that a small letter of a trigger may be typed as."""
    capital = small.upper()
    return (small, capital) if len(capital) == 1 and capital != small else (small,)
