"""Case that follows the trigger: `btw`, `Btw` and `BTW` give "by", "By" and "BY"."""

from __future__ import annotations

import re

UPPERCASE_STYLES = ("uppercase", "capitalize", "capitalize_words")

_FIRST_LETTER = re.compile(r"^([^\w]*)([^\W\d_])")
_WORD_STARTS = re.compile(r"(?<!\S)([^\w\s]*)([^\W\d_])")


def follow_case(text: str, typed: str, uppercase_style: str = "uppercase") -> str:
    """`text` with the capitals that `typed`, the trigger as the person typed it, asks for.

    The first two letters decide: two capitals make capitals of everything, one makes a capital at the start
    (of every word with the style `capitalize_words`). A trigger of one letter cannot tell these apart, so
    there the style says which is meant.
    """
    first, second = ([letter for letter in typed if letter.isalpha()] + ["", ""])[:2]
    if not first.isupper():
        return text
    if second.isupper() or (not second and uppercase_style == "uppercase"):
        return text.upper()
    pattern = _WORD_STARTS if uppercase_style == "capitalize_words" else _FIRST_LETTER
    return pattern.sub(lambda found: found[1] + found[2].title(), text)
