"""A measured number with the words that say what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    number: str
    beside: str = ""


def table(rows: Iterable[Row]) -> str:
    """The rows in columns; numbers are flush right."""
    rows = list(rows)
    what = max(len(row.what) for row in rows)
    number = max(len(row.number) for row in rows)
    return "\n".join(f"{row.what:<{what}}  {row.number:>{number}}  {row.beside}".rstrip() for row in rows)


def milliseconds(seconds: float) -> str:
    """`seconds` as milliseconds with one digit behind the point."""
    return f"{seconds * 1000:.1f} ms"
