"""Snippets: what a trigger stands for, and the files in which people write them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A text, or the name of a library template, and the triggers that call it.

    `left_word` and `right_word` ask for a word's boundary on that side; `propagate_case` makes the text
    follow the trigger's capitals, in one of `case.UPPERCASE_STYLES`; `source` says where it was written.
    """

    triggers: tuple[str, ...]
    replace: str = ""
    template: str = ""
    left_word: bool = False
    right_word: bool = False
    propagate_case: bool = False
    uppercase_style: str = "uppercase"
    label: str = ""
    source: str = ""
