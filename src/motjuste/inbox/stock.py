"""Whether a note holds nothing but the network's own sentences, set phrases, greetings and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from motjuste.inbox.stock_sentences import CLOSINGS, GREETINGS, STOCK_SENTENCES, Stock
from motjuste.people.names import fold, fold_word, plain_words

# Without the names of the two, so many capitalised words may be names: two people's, each of two words.
_MOST_NAMES = 4
# A note longer than this is more than set phrases; nothing beyond it needs to be looked at.
_MOST_WORDS = 120


@dataclass(frozen=True)
class Stocked:
    """What a note that is nobody's own is made of; nothing means greetings and names alone."""

    sentences: tuple[Stock, ...]


def stocked(text: str, names: Sequence[str] = ()) -> Stocked | None:
    """What `text` is made of when nothing in it is the sender's own, else None.

    `names` are those of the two people. When they are not known, a few capitalised words count as names.
    """
    words = plain_words(text)
    if len(words) > _MOST_WORDS:
        return None
    return _Reading(
        [fold_word(word) for word in words], words, frozenset(fold(" ".join(names)).split())
    ).stocked()


class _Reading:
    """A note read from its first word to its last; a word that nothing accounts for ends the reading."""

    def __init__(self, folded: Sequence[str], written: Sequence[str], names: frozenset[str]) -> None:
        self.folded = folded
        self.written = written
        self.names = names
        self.guessed = 0
        # Where each word begins in the text that the patterns are matched with.
        self.line = "".join(f" {word}" for word in folded)
        self.places = [0]
        for word in folded:
            self.places.append(self.places[-1] + len(word) + 1)

    def stocked(self) -> Stocked | None:
        found: list[Stock] = []
        at = 0
        while at < len(self.folded):
            if sentence := self.sentence_at(at):
                found.append(sentence[0])
                at = sentence[1]
            elif self.is_nobodys(at):
                at += 1
            else:
                return None
        return Stocked(tuple(found))

    def sentence_at(self, at: int) -> tuple[Stock, int] | None:
        """The longest stock sentence that begins with this word, and the word behind it."""
        ends = [
            (match.end(), stock)
            for stock, pattern in _patterns_of(self.folded[at])
            if (match := pattern.match(self.line, self.places[at]))
        ]
        if not ends:
            return None
        # Of equally long ones the first in the list: what is known comes before what is plausible.
        end = max(each for each, _ in ends)
        return next(stock for each, stock in ends if each == end), self.places.index(end)

    def is_nobodys(self, at: int) -> bool:
        """Whether a word greets, closes or names."""
        word = self.folded[at]
        if word in GREETINGS or word in CLOSINGS or word in self.names:
            return True
        if self.names and len(word) > 1:
            return False
        greeted = at > 0 and self.folded[at - 1] in GREETINGS
        if not (self.written[at][0].isupper() or greeted) or word.isdecimal():
            return False
        self.guessed += 1
        return self.guessed <= _MOST_NAMES


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[Stock, re.Pattern[str]]]]:
    """Each stock sentence as an expression over folded words, by every word that it may begin with."""
    by_first: dict[str, list[tuple[Stock, re.Pattern[str]]]] = {}
    for stock in STOCK_SENTENCES:
        pattern = re.compile(rf"{_expression(stock.pattern)}(?![^ ])")
        for first in _firsts(stock.pattern):
            by_first.setdefault(first, []).append((stock, pattern))
    return by_first


def _patterns_of(word: str) -> Sequence[tuple[Stock, re.Pattern[str]]]:
    return _patterns().get(word, ())


def _expression(pattern: str) -> str:
    """`[maybe|one] (this|that) word` as a regular expression; an optional part may hold choices of its own."""
    made = ""
    for piece in _pieces(pattern):
        inner = piece[1:-1]
        if piece.startswith("["):
            made += f"(?:{_choices(inner)})?"
        elif piece.startswith("("):
            made += f"(?:{_choices(inner)})"
        else:
            made += "".join(map(_word, piece.split()))
    return made


def _choices(inner: str) -> str:
    """The longest first, so that none of them ends a match too early."""
    choices = [inner] if "(" in inner else sorted(inner.split("|"), key=len, reverse=True)
    return "|".join(map(_expression, choices))


def _word(word: str) -> str:
    """A word of a pattern among folded words; where it has an apostrophe, that may have been left out."""
    parts = fold(word).split()
    return f"(?: {' '.join(parts)}| {''.join(parts)})" if len(parts) > 1 else f" {parts[0]}"


def _firsts(pattern: str) -> set[str]:
    """The words that a sentence may begin with."""
    piece = _pieces(pattern)[0]
    choices = piece[1:-1].split("|") if piece.startswith("(") else [piece]
    words = [fold(choice.split()[0]).split() for choice in choices]
    return {word for parts in words for word in (parts[0], "".join(parts))}


def _pieces(pattern: str) -> list[str]:
    """The pieces of a pattern: `[…]` with what it holds, `(…)`, and the words between them."""
    return [piece for piece in re.split(r"(\[[^\]]*\]|\([^()]*\))", pattern) if piece.strip()]
