"""A measured number with the words that say what it is, and the goal that it is held to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table; `met` is None for a number that has no goal of its own."""

    what: str
    number: str
    beside: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return {None: "", True: "yes", False: "NO"}[self.met]


def table(rows: Iterable[Row]) -> str:
    """The rows in columns, for a terminal; numbers are flush right."""
    lines = [("what", "measured", "goal", "met", "how"), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        f"{what:<{widths[0]}}  {number:>{widths[1]}}  {goal:<{widths[2]}}  {met:<{widths[3]}}  {how}".rstrip()
        for what, number, goal, met, how in lines
    )


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a table of a Markdown page."""
    lines = ["| what | measured | goal | met | how |", "| --- | ---: | --- | --- | --- |"]
    lines += [f"| {' | '.join(_cells(row))} |" for row in rows]
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    return row.what, row.number, row.goal, row.verdict, row.beside


def milliseconds(seconds: float) -> str:
    """`seconds` as milliseconds with one digit behind the point."""
    return f"{seconds * 1000:.1f} ms"
