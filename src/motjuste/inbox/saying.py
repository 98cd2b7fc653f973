"""Reasons that a person reads, in English and in French, and texts made plain so that words can be found in them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST_TEXT = 8000
"""Characters of a text that are judged: a message of the network is no longer."""

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "—": "-", "−": "-"}
)
_SHORT = 60
_AROUND = " .,;:!?¡¿()[]{}«»“”\"'’…-–—"


@dataclass(frozen=True)
class Reason:
    """Why something was judged as it was: a name that programs know, and the sentence in both languages."""

    name: str
    english: str
    french: str

    def said_in(self, language: str) -> str:
        """The sentence in French for a French language tag ("fr", "fr-CA"), else in English."""
        return self.french if language.partition("-")[0].casefold() == "fr" else self.english

    def with_words(self, words: str) -> Reason:
        """The same reason with the words that showed it, in each language's quotation marks."""
        quoted = " ".join(words.split())
        shown = quoted if len(quoted) <= _SHORT else f"{quoted[: _SHORT - 1].rstrip()}…"
        return Reason(self.name, f"{self.english}: “{shown}”", f"{self.french} : « {shown} »")


def plain(text: str) -> str:
    """`text` in small letters without accents, its quotes and dashes straight, everything in its place otherwise.

    Letters that only look like others (mathematical bold, full width) become those.
    """
    spread = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].translate(_QUOTES))
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return " ".join(bare.casefold().translate(_QUOTES).replace("œ", "oe").replace("æ", "ae").split())


@dataclass(frozen=True)
class Read:
    """A text and what `plain` makes of it, so that words found in the one are shown as they stand in the other."""

    text: str
    plain: str

    @classmethod
    def of(cls, text: str) -> Read:
        return cls(text, plain(text))

    def shown(self, start: int, end: int) -> str:
        """The words of the text itself of which `plain[start:end]` is a part, without the punctuation around them."""
        words = self.text[:LONGEST_TEXT].split()
        first, last = self.plain.count(" ", 0, start), self.plain.count(" ", 0, end)
        same = len(words) == self.plain.count(" ") + 1
        found = " ".join(words[first : last + 1]) if same else self.plain[start:end]
        return found.strip(_AROUND)
