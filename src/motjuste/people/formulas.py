"""Cells of a table that a spreadsheet would take for a formula, and run."""

from __future__ import annotations

import re

# The last four are the same signs in full width, which spreadsheets in Chinese, Japanese and Korean read alike.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def guarded(cell: str) -> str:
    """`cell` as a text for a spreadsheet too: an apostrophe stands before what could begin a formula.

    >>> guarded("=1+1"), guarded("a=1"), guarded("'=1")
    ("'=1+1", 'a=1', "''=1")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` made this of; any other cell as it is.

    >>> unguarded("'=1+1"), unguarded("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
