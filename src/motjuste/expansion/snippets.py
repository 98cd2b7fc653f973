"""Snippets: what a trigger stands for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A text, or the name of a library template, and the triggers that call it, or the regular expression.

    `left_word` and `right_word` ask for a word's boundary on that side; `at_rest` asks for both, and takes a
    pause for the second, so that a trigger which begins ordinary words stays out of them. `confirm` is one of
    CONFIRM, or "" for a snippet that needs no confirmation. `propagate_case` makes the text follow the
    trigger's capitals, in one of `case.UPPERCASE_STYLES`; a regular expression then matches in any case.
    `source` says where it was written.
    """

    triggers: tuple[str, ...] = ()
    regex: str = ""
    replace: str = ""
    template: str = ""
    left_word: bool = False
    right_word: bool = False
    at_rest: bool = False
    confirm: str = ""
    propagate_case: bool = False
    uppercase_style: str = "uppercase"
    label: str = ""
    search_terms: tuple[str, ...] = ()
    source: str = ""


# What lets a snippet fire that has to be confirmed.
CONFIRM = ("separator", "tab")
