"""Pictures of numbers as SVG: every scale begins at 0, one colour, and the labels stand beside what they name.

They carry no words of their own for screen readers: the tables beside them say the same.
"""

from __future__ import annotations

from html import escape

from motjuste.report.sections import Span, Strips
from motjuste.report.words import Words

WIDE, NARROW = 560, 320
_STRIP = 44
"""The height of a strip's columns."""
_HEAD = 20
_WIDEST_COLUMN = 48.0
_LEAST_LABEL = 46
"""How much room the name of a month needs."""


def strips(picture: Strips, words: Words, width: int) -> str:
    """Columns by month, one strip above the other, `width` units wide; a unit is a pixel where there is room."""
    each = _HEAD + _STRIP + 8
    height = each * len(picture.strips) + 20
    drawn = [
        _strip(name, values, number * each, picture.top, words, width)
        for number, (name, values) in enumerate(picture.strips)
    ]
    return _svg(
        f"strips {_size(width)}",
        width,
        height,
        "".join(drawn) + _months(picture.months, height, words, width),
    )


def _strip(name: str, values: tuple[int, ...], y: int, top: int, words: Words, width: int) -> str:
    step = _step(len(values), width)
    gap = min(2.0, step / 4)
    base = y + _HEAD + _STRIP
    columns = []
    for number, value in enumerate(values):
        # A single one among thousands is still to be seen.
        tall = max(value / top * _STRIP, 1.0) if value else 0.0
        if tall:
            columns.append(
                f'<rect x="{number * step:.2f}" y="{base - tall:.2f}" width="{step - gap:.2f}" height="{tall:.2f}"/>'
            )
    return (
        f'<text class="name" x="0" y="{y + 13}">{escape(name)}</text>'
        + _peak(values, y, top, words, width, len(name))
        + "".join(columns)
        + f'<path d="M0 {base + 0.5}H{width}"/>'
    )


def _peak(values: tuple[int, ...], y: int, top: int, words: Words, width: int, before: int) -> str:
    """The number of the highest column, above it; left out where it would run into the strip's name."""
    most = max(values)
    if not most:
        return ""
    step = _step(len(values), width)
    label = words.number(most)
    half = len(label) * 4.0
    middle = min(max((values.index(most) + 0.5) * step, half), width - half)
    above = y + _HEAD + _STRIP - max(most / top * _STRIP, 1.0) - 4
    # Below the line of the name there is room for it anyway.
    if above < y + _HEAD + 10 and middle - half < before * 7.5 + 8:
        return ""
    return f'<text class="peak" x="{middle:.1f}" y="{above:.1f}">{escape(label)}</text>'


def _months(months: tuple[str, ...], height: int, words: Words, width: int) -> str:
    """Names of the first and the last month, and of those between that have room, at equal distances."""
    step = _step(len(months), width)
    every = max(-(-_LEAST_LABEL * 2 // max(int(step), 1)), 1)
    found = []
    for number in range(len(months) - 1, -1, -every):
        middle = (number + 0.5) * step
        # The outermost names would be cut at the picture's edge.
        x, anchor = (middle, "middle")
        if middle < _LEAST_LABEL:
            x, anchor = number * step, "start"
        elif middle > width - _LEAST_LABEL:
            x, anchor = (number + 1) * step, "end"
        name = escape(words.month_name(months[number]))
        found.append(f'<text class="month" x="{x:.1f}" y="{height - 4}" text-anchor="{anchor}">{name}</text>')
    return "".join(reversed(found))


def span(picture: Span, words: Words, width: int) -> str:
    """An axis of days from 0 on which the middle half is filled and the median marked."""
    scale = (width - 2) / picture.end
    lower, median, upper = (1 + each * scale for each in (picture.lower, picture.median, picture.upper))
    end = escape(words.day_axis.format(picture.end))
    return _svg(
        f"span {_size(width)}",
        width,
        56,
        f'<rect class="track" x="0" y="6" width="{width}" height="24"/>'
        f'<rect x="{lower:.1f}" y="6" width="{max(upper - lower, 2):.1f}" height="24"/>'
        f'<rect class="mark" x="{median - 1.5:.1f}" y="2" width="3" height="32"/>'
        f'<text class="month" x="0" y="50">0</text>'
        f'<text class="month" x="{width}" y="50" text-anchor="end">{end}</text>',
    )


def bar(fill: float, *, whole: bool) -> str:
    """A bar that is as wide as its cell, full from 0 to `fill`; with `whole`, its end can be seen."""
    track = '<rect class="track" width="100" height="10"/>' if whole else ""
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'{track}<rect width="{max(fill * 100, 0.5 if fill else 0):.1f}" '
        'height="10"/></svg>'
    )


def _step(columns: int, width: int) -> float:
    """How wide a column is with the gap behind it: few months do not become walls."""
    return min(width / columns, _WIDEST_COLUMN)


def _size(width: int) -> str:
    return "wide" if width == WIDE else "narrow"


def _svg(kind: str, width: int, height: int, inside: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true" focusable="false">{inside}</svg>'
    )
