"""The statistics as text: aligned tables with bars that begin at 0, in as many columns as the terminal has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motjuste.errors import printable
from motjuste.inbox.statistics import Statistics
from motjuste.report.sections import Row, Section, Span, Table, sections
from motjuste.report.words import Words

NARROWEST = 40
"""Columns that are always written, however few there are."""
LONGEST_BAR = 60
SHORTEST_BAR = 6
GOOD_BAR = 20
"""Columns of a bar for whose sake a long name is cut."""
SHORTEST_NAME = 12
LONGEST_TEXT = 100
"""Columns of a paragraph: longer lines are hard to read."""
_GAP = "  "
_BLOCKS = " ▏▎▍▌▋▊▉█"
_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True)
class Style:
    """What the terminal shows: its `width`, whether it has block characters, and whether it has weights."""

    width: int = 80
    blocks: bool = True
    weights: bool = False

    def heading(self, text: str) -> str:
        return f"{_BOLD}{text}{_END}" if self.weights else text

    def aside(self, text: str) -> str:
        return f"{_DIM}{text}{_END}" if self.weights else text

    def bar(self, fill: float, width: int, *, whole: bool = False) -> str:
        """A bar of `width` columns, full from 0 to `fill`; with `whole`, its end can be seen."""
        if self.blocks:
            full, rest = divmod(max(round(fill * width * 8), fill > 0), 8)
            bar = "█" * full + (_BLOCKS[rest] if rest else "")
        else:
            bar = "#" * max(round(fill * width), fill > 0)
        return bar.ljust(width, "░" if self.blocks else ".") if whole else bar


def text_of(told: Statistics, words: Words, style: Style) -> str:
    """The whole report; lines are no longer than the terminal, unless that is very narrow."""
    width = max(style.width, NARROWEST)
    head = words.as_of.format(words.day_of(told.as_of))
    if told.since:
        head += f" · {words.since.format(words.month_name(told.since))}"
    lines = [style.heading(words.title), *_wrapped(head, width), ""]
    if told.empty:
        lines += [*_wrapped(nothing(told, words), width), ""]
    for section in sections(told, words):
        lines += [*_section(section, width, words, style), ""]
    # A terminal may have no glyph for the spaces of typography.
    text = "\n".join(lines[:-1]).replace("\u00a0", " ").replace("\u202f", " ")
    return text if style.blocks else text.replace("·", "-")


def nothing(told: Statistics, words: Words) -> str:
    """What to say where there is nothing to count."""
    if not told.first_month:
        return words.nothing
    since, first = words.month_name(told.since), words.month_name(told.first_month)
    return words.nothing_since.format(since=since, first=first)


def _section(section: Section, width: int, words: Words, style: Style) -> Iterable[str]:
    yield style.heading(section.title)
    if section.facts:
        longest = max(len(name) for name, _ in section.facts)
        most = max(len(value) for _, value in section.facts)
        for name, value in section.facts:
            yield f"  {name:<{longest}}{_GAP}{value:>{most}}"
    if section.sentence:
        yield from _wrapped(section.sentence, width, "  ")
    if isinstance(section.picture, Span):
        yield _span(section.picture, width, words, style)
    if section.table is not None:
        yield from _table(section.table, width, style)
    for means in section.means:
        for line in _wrapped(means, width, "  "):
            yield style.aside(line)


def _wrapped(text: str, width: int, indent: str = "") -> Sequence[str]:
    return textwrap.wrap(
        text,
        min(width, LONGEST_TEXT),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _table(table: Table, width: int, style: Style) -> Iterable[str]:
    """The table, its numbers flush right; the bars take what room is left, or are left out."""
    rows = (table.header, *(row.cells for row in table.rows), *([table.foot] if table.foot else ()))
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    # A long name of a template gives way to the numbers.
    numbers = sum(widths[1:]) + len(_GAP) * len(widths)
    widths[0] = min(widths[0], max(width - numbers - GOOD_BAR - len(_GAP), SHORTEST_NAME))
    room = min(width - numbers - widths[0] - len(_GAP), LONGEST_BAR)
    bars = [
        "",
        *(_bar_of(row, room, table.shares, style) for row in table.rows),
        *([""] if table.foot else ()),
    ]
    for number, (row, bar) in enumerate(zip(cells, bars, strict=True)):
        name, *rest = row
        line = _GAP.join(
            (
                _cut(name, widths[0], style),
                *(cell.rjust(each) for cell, each in zip(rest, widths[1:], strict=True)),
            )
        )
        text = f"  {line}{_GAP}{bar}".rstrip()
        yield style.heading(text) if number == 0 or (table.foot and number == len(cells) - 1) else text


def _cut(name: str, width: int, style: Style) -> str:
    more = "…" if style.blocks else "..."
    return name.ljust(width) if len(name) <= width else name[: width - len(more)] + more


def _bar_of(row: Row, room: int, whole: bool, style: Style) -> str:
    return "" if row.fill is None or room < SHORTEST_BAR else style.bar(row.fill, room, whole=whole)


def _span(span: Span, width: int, words: Words, style: Style) -> str:
    """An axis from 0: the middle half is filled, and the median marked."""
    end = words.day_axis.format(span.end)
    room = min(width - len(end) - 5, LONGEST_BAR)
    axis, half, middle = ("─", "█", "│") if style.blocks else ("-", "#", "|")
    lower, median, upper = (
        min(round(each / span.end * room), room - 1) for each in (span.lower, span.median, span.upper)
    )
    drawn = [half if lower <= at <= upper else axis for at in range(room)]
    drawn[median] = middle
    return f"  0 {''.join(drawn)} {end}"
