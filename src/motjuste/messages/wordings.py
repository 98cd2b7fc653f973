"""The wordings of a text: its fit blocks, nested as they stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from motjuste.errors import UserError
from motjuste.messages.marks import END_FIT, FIT, OR, WEIGHTS

MOST_NESTED = 40
USUAL_WEIGHT = 1

# It begins with one character out of a few, which is quick to find. A weight stands behind FIT only.
_MARKS = re.compile(f"([{FIT}{OR}{END_FIT}][{WEIGHTS}]?)")


@dataclass(frozen=True)
class Choice:
    """A fit block: its wordings, best first, each a row of texts and further blocks; the lighter give way first.

    Its `number` counts the blocks of the whole text as they are written, in wordings that are not chosen too.
    """

    wordings: tuple[tuple[Item, ...], ...]
    weight: int = USUAL_WEIGHT
    number: int = field(default=0, compare=False)


Item = str | Choice
Path = tuple[int, ...]
"""What was chosen in each block that stands in a text, in reading order."""
Pins = Mapping[int, int]
"""The index of the wording that a person wants in a block, by the block's number."""


def read(marked: str) -> tuple[Item, ...]:
    """The texts and fit blocks of a marked text."""
    open_rows: list[list[list[Item]]] = [[[]]]
    weights: list[int] = []
    numbers: list[int] = []
    count = 0
    for place, piece in enumerate(_MARKS.split(marked)):
        if place % 2 == 0:
            if piece:
                open_rows[-1][-1].append(piece)
        elif piece[0] == FIT:
            open_rows.append([[]])
            weights.append(WEIGHTS.index(piece[1]) if piece[1:] else USUAL_WEIGHT)
            numbers.append(count)
            count += 1
        elif len(open_rows) == 1:
            raise _broken()
        elif piece == OR:
            open_rows[-1].append([])
        else:
            wordings = open_rows.pop()
            block = Choice(tuple(map(tuple, wordings)), weights.pop(), numbers.pop())
            open_rows[-1][-1].append(block)
        if len(open_rows) > MOST_NESTED:
            raise UserError(f"fit blocks nested more than {MOST_NESTED} deep", next_step="nest fewer")
    if len(open_rows) > 1:
        raise _broken()
    return tuple(open_rows[0][0])


def _broken() -> UserError:
    return UserError(
        "a fit block was cut apart by a filter or an index",
        next_step="apply filters such as truncate inside each wording, not around the fit block",
    )


def along(items: tuple[Item, ...], path: Iterator[int]) -> str:
    """The text along the chosen indices; a block that the path says nothing of has its first wording."""
    return "".join(
        item if isinstance(item, str) else along(item.wordings[next(path, 0)], path) for item in items
    )


def pinned(items: tuple[Item, ...], pins: Pins) -> tuple[Item, ...]:
    """The items, each pinned block with no other wording than the one that is wanted."""

    def narrowed(item: Item) -> Item:
        if isinstance(item, str):
            return item
        wanted = _pin(item, pins)
        left = item.wordings if wanted is None else (item.wordings[wanted],)
        return Choice(tuple(pinned(wording, pins) for wording in left), item.weight, item.number)

    return tuple(map(narrowed, items))


def path_with_pins(items: tuple[Item, ...], path: Iterator[int], pins: Pins) -> Iterator[int]:
    """The path through `items` that is the same as `path` is through what `pinned` made of them."""
    for item in items:
        if isinstance(item, Choice):
            chosen, wanted = next(path), _pin(item, pins)
            index = chosen if wanted is None else wanted
            yield index
            yield from path_with_pins(item.wordings[index], path, pins)


def _pin(block: Choice, pins: Pins) -> int | None:
    wanted = pins.get(block.number)
    return wanted if wanted is not None and wanted < len(block.wordings) else None


def paths(items: tuple[Item, ...]) -> Iterator[Path]:
    """Every path through `items`, in order: those come first in which the first block has its first wording."""
    number = next((number for number, item in enumerate(items) if isinstance(item, Choice)), None)
    if number is None:
        yield ()
        return
    choice, further = items[number], items[number + 1 :]
    assert isinstance(choice, Choice)
    for index, wording in enumerate(choice.wordings):
        for inside in paths(wording):
            for after in paths(further):
                yield (index, *inside, *after)


def blocks(items: tuple[Item, ...]) -> Iterator[Choice]:
    """All blocks in `items`, those inside others too."""
    for item in items:
        if isinstance(item, Choice):
            yield item
            for wording in item.wordings:
                yield from blocks(wording)
