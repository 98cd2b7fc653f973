"""Fit: of a text with alternative wordings, the first combination in a documented order that fits its room.

The order is lexicographic: blocks are decided one after the other, the heavier before the lighter, among equals
the earlier before the later; each keeps the fullest of its wordings with which some choice of all the others still
fits. A block inside another weighs no more than that one, so the outer is decided first. "Fits" is measured on the
finished text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from motjuste.messages.channels import Room
from motjuste.messages.fit_search import Search
from motjuste.messages.marks import plain
from motjuste.messages.wordings import (
    USUAL_WEIGHT,
    Choice,
    Item,
    Path,
    Pins,
    along,
    blocks_of,
    path_with_pins,
    pinned,
    read,
)

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

    `blocks` are the numbers of wordings of all the blocks there are: pins of one text hold for another with the same.
    """

    text: str
    explain: Callable[[], tuple[FitChoice, ...]] = field(default=tuple, compare=False, repr=False)
    blocks: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def choices(self) -> tuple[FitChoice, ...]:
        """What each block became, in reading order; computed when somebody asks."""
        return self.explain()


@dataclass(frozen=True)
class Fitted:
    """The first wording that fits, None when there is none; and the shortest of all."""

    first: Wording | None
    shortest: Wording


def choose(marked: str, finish: Callable[[str], str], room: Room, pins: Pins = _NO_PINS) -> Fitted:
    """The wording of `marked` whose finished text fits `room`, first in the documented order.

    A block with a pin has the wording that it names, whatever that costs the others.
    """
    items = read(marked)
    if not any(isinstance(item, Choice) for item in items):
        only = Wording(marked)
        return Fitted(only if room.overflow(finish(plain(marked))) is None else None, only)

    def wording(found: Path) -> Wording:
        path = tuple(path_with_pins(items, iter(found), pins))
        return Wording(
            along(items, iter(path)), lambda: _explained(items, path, finish, room), blocks_of(items)
        )

    search = Search(pinned(items, pins) if pins else items, finish, room)
    path = search.first_that_fits()
    return Fitted(None if path is None else wording(path), wording(search.shortest()))


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
