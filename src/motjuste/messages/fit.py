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
from motjuste.messages.wordings import (
    USUAL_WEIGHT,
    Choice,
    Item,
    Path,
    Pins,
    along,
    blocks,
    path_with_pins,
    paths,
    pinned,
    read,
)

if TYPE_CHECKING:
    from motjuste.messages.fit_search import Search

# Trying so many texts one after the other is quicker than to begin a search, and one of them fits nearly always.
TRIES = 8
# Of more blocks than this, the first texts are too much alike.
_FEW_BLOCKS = 12
_NO_PINS: Pins = {}


@dataclass(frozen=True)
class FitChoice:
    """What a fit block became: the index of the chosen wording, and each wording with its length.

    `wholes` are the lengths of the whole text with each of the wordings in the place of the chosen one; `block` is
    the number to pin one of them by.
    """

    chosen: int
    wordings: tuple[tuple[str, int], ...]
    wholes: tuple[int, ...] = ()
    weight: int = USUAL_WEIGHT
    block: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Wording:
    """One text of all the possible ones, still with the marks of its parts; its `choices` tell how it came about.

    Pins of one text hold for another that has the same `blocks`.
    """

    text: str
    explain: Callable[[], tuple[FitChoice, ...]] = field(default=tuple, compare=False, repr=False)
    count: Callable[[], tuple[int, ...]] = field(default=tuple, compare=False, repr=False)

    @cached_property
    def choices(self) -> tuple[FitChoice, ...]:
        """What each block became, in reading order; computed when somebody asks."""
        return self.explain()

    @cached_property
    def blocks(self) -> tuple[int, ...]:
        """How many wordings each block has, those that do not stand in this text too."""
        return self.count()


@dataclass(frozen=True)
class Fitted:
    """The first wording that fits, None when there is none; and the shortest of all, found when somebody asks."""

    first: Wording | None
    find_shortest: Callable[[], Wording] = field(compare=False, repr=False)

    @cached_property
    def shortest(self) -> Wording:
        """The shortest wording of all."""
        return self.find_shortest()


def choose(marked: str, finish: Callable[[str], str], room: Room, pins: Pins = _NO_PINS) -> Fitted:
    """The wording of `marked` whose finished text fits `room`, first in the documented order.

    A block with a pin has the wording that it names, whatever that costs the others.
    """
    text = _Text(read(marked), finish, room, pins)
    first = text.first_that_fits()
    return Fitted(None if first is None else text.wording(first), text.shortest)


class _Text:
    """A text with fit blocks, the room that it has, and what is pinned in it."""

    def __init__(
        self, items: tuple[Item, ...], finish: Callable[[str], str], room: Room, pins: Pins
    ) -> None:
        self._whole = items
        self._items = pinned(items, pins) if pins else items
        self._pins = pins
        self._finish = finish
        self._room = room

    def wording(self, found: Path) -> Wording:
        """The text along a path through what is left of it when the pins are set."""
        whole, finish, room = self._whole, self._finish, self._room
        path = tuple(path_with_pins(whole, iter(found), self._pins)) if self._pins else found
        return Wording(
            along(whole, iter(path)),
            lambda: _explained(whole, path, finish, room),
            lambda: tuple(len(block.wordings) for block in blocks(whole)),
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
        return FitChoice(path[at], tuple(wordings), tuple(wholes), item.weight, item.number)

    told: list[int] = []
    found: dict[int, FitChoice] = {}
    row(items, 0)
    return tuple(found[at] for at in told)


def _blocks_first(items: tuple[Item, ...]) -> int:
    """How many blocks stand in `items` when each has its first wording."""
    return sum(1 + _blocks_first(item.wordings[0]) for item in items if isinstance(item, Choice))
