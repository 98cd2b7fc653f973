"""Looking a template up by words, as people remember them: without accents, in any order, begun."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from motjuste.messages.templates import Template


def says(template: Template, words: Iterable[str]) -> bool:
    """Whether all these words, or what begins with them, stand in what a template says of itself."""
    about = (
        template.name,
        template.title,
        template.description,
        template.when,
        template.channel,
        *template.tags,
        *template.triggers,
    )
    known = _words(" ".join(about))
    return all(any(word.startswith(wanted) for word in known) for wanted in _words(" ".join(words)))


def _words(text: str) -> frozenset[str]:
    """The words of a text, in small letters without accents."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset("".join(letter if letter.isalnum() else " " for letter in bare).split())
