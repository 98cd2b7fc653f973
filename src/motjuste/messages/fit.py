"""Fit: of a text with alternative wordings, the first combination in a documented order that fits its room.

The order is lexicographic: blocks are decided one after the other, the heavier before the lighter, among equals
the earlier before the later; each keeps the fullest of its wordings with which some choice of all the others still
fits. A block inside another weighs no more than that one, so the outer is decided first. "Fits" is measured on the
finished text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from motjuste.messages.channels import Room
from motjuste.messages.marks import plain
from motjuste.messages.wordings import USUAL_WEIGHT, Choice, Item, Path, along, blocks, paths, read

if TYPE_CHECKING:
    from motjuste.messages.fit_search import Search

# Trying so many texts one after the other is quicker than to begin a search, and one of them fits nearly always.
TRIES = 8
# Of more blocks than this, the first texts are too much alike.
_FEW_BLOCKS = 12


@dataclass(frozen=True)
class FitChoice:
    """What a fit block became: the index of the chosen wording, and each wording with its length.

    `wholes` are the lengths of the whole text with each of the wordings in the place of the chosen one.
    """

    chosen: int
    wordings: tuple[tuple[str, int], ...]
    wholes: tuple[int, ...] = ()
    weight: int = USUAL_WEIGHT


@dataclass(frozen=True)
class Wording:
    """One text of all the possible ones, still with the marks of its parts; its `choices` tell how it came about."""

    text: str
    explain: Callable[[], tuple[FitChoice, ...]] = field(default=tuple, compare=False, repr=False)

    @cached_property
    def choices(self) -> tuple[FitChoice, ...]:
        """What each block became, in reading order; computed when somebody asks."""
        return self.explain()


@dataclass(frozen=True)
class Fitted:
    """The first wording that fits, None when there is none; and the shortest of all, found when somebody asks."""

    first: Wording | None
    find_shortest: Callable[[], Wording] = field(compare=False, repr=False)

    @cached_property
    def shortest(self) -> Wording:
        """The shortest wording of all."""
        return self.find_shortest()


def choose(marked: str, finish: Callable[[str], str], room: Room) -> Fitted:
    """The wording of `marked` whose finished text fits `room`, first in the documented order."""
    text = _Text(read(marked), finish, room)
    first = text.first_that_fits()
    return Fitted(None if first is None else text.wording(first), text.shortest)


class _Text:
    """A text with fit blocks, and the room that it has."""

    def __init__(self, items: tuple[Item, ...], finish: Callable[[str], str], room: Room) -> None:
        self._items = items
        self._finish = finish
        self._room = room

    def wording(self, path: Path) -> Wording:
        """The text along this path."""
        return Wording(
            along(self._items, iter(path)), lambda: _explained(self._items, path, self._finish, self._room)
        )

    def first_that_fits(self) -> Path | None:
        """The first path, in the documented order, whose text fits; None when there is none."""
        for path in self._first_paths():
            if self._room.overflow(self._finish(plain(along(self._items, iter(path))))) is None:
                return path
        return self._search.first_that_fits() if any(blocks(self._items)) else None

    def shortest(self) -> Wording:
        """The shortest text of all."""
        return self.wording(self._search.shortest())

    def _first_paths(self) -> Iterator[Path]:
        """A few paths that come first in the documented order."""
        yield (0,) * _blocks_first(self._items)
        inside = list(blocks(self._items))
        # Where some blocks weigh more than others, the order is another one.
        if len(inside) <= _FEW_BLOCKS and len({block.weight for block in inside}) == 1:
            yield from islice(paths(self._items), 1, TRIES)

    @cached_property
    def _search(self) -> Search:
        # Late: nearly every text does without it.
        from motjuste.messages.fit_search import Search

        return Search(self._items, self._finish, self._room)


def _explained(
    items: tuple[Item, ...], path: Path, finish: Callable[[str], str], room: Room
) -> tuple[FitChoice, ...]:
    """What each block of the text along `path` became, and what its other wordings would have cost."""

    def length(text: str) -> int:
        return room.length(finish(plain(text)))

    def row(items: tuple[Item, ...], at: int) -> int:
        """Tell of the blocks in `items`, the first of which is number `at` of the path; the number after them."""
        for item in items:
            if isinstance(item, Choice):
                told.append(at)
                chosen = path[at]
                after = row(item.wordings[chosen], at + 1)
                found[at] = choice(item, at, after)
                at = after
        return at

    def choice(item: Choice, at: int, after: int) -> FitChoice:
        wordings: list[tuple[str, int]] = []
        wholes: list[int] = []
        for index, wording in enumerate(item.wordings):
            inside = path[at + 1 : after] if index == path[at] else (0,) * _blocks_first(wording)
            text = finish(plain(along(wording, iter(inside))))
            wordings.append((text, room.length(text)))
            wholes.append(length(along(items, iter((*path[:at], index, *inside, *path[after:])))))
        return FitChoice(path[at], tuple(wordings), tuple(wholes), item.weight)

    told: list[int] = []
    found: dict[int, FitChoice] = {}
    row(items, 0)
    return tuple(found[at] for at in told)


def _blocks_first(items: tuple[Item, ...]) -> int:
    """How many blocks stand in `items` when each has its first wording."""
    return sum(1 + _blocks_first(item.wordings[0]) for item in items if isinstance(item, Choice))
