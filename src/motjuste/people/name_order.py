"""In which order the words of a name stand, and which of them belong together, as far as that can be known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from motjuste.people.name_titles import is_initial, key_of
from motjuste.people.name_words import (
    BEN_FAMILIES,
    CHINESE_FAMILIES,
    COMPOUND_NAMES,
    FAMILY_FIRST,
    FAMILY_FIRST_SCRIPTS,
    GIVEN_NAMES,
    KOREAN_FAMILIES,
    LAST_FAMILIES,
    LONE_PARTICLES,
    LONG_GIVEN_NAMES,
    NEVER_ALONE,
    PARTICLES,
    VIETNAMESE_FAMILIES,
    VIETNAMESE_GIVEN_NAMES,
)

# Patterns stand here as text: Python compiles them when a name first needs them, and keeps them.
_CHINESE_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:iang|uang|iong|ang|eng|ing|ong|ian|uan|iao|uai|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|uo|ua|[aeiou])"
)
_CHINESE = rf"{_CHINESE_SYLLABLE}(?: ?{_CHINESE_SYLLABLE})?"
_KOREAN_SYLLABLE = (
    "(?:min|jun|joon|ji|jee|seo|soo|su|so|yeon|yun|yoon|hyun|hyeon|hye|woo|eun|young|yeong|jin|kyung|kyeong|sung|"
    "seong|seung|dong|hee|ha|na|ra|mi|in|ho|won|jae|tae|chul|sang|hoon|hun|ye|yu|sun|seon|bin|ki)"
)
_KOREAN = rf"{_KOREAN_SYLLABLE} ?{_KOREAN_SYLLABLE}"


def may_be_family_first(words: Sequence[str], folded: Sequence[str]) -> bool:
    """Whether the first of `words` may be the family name, or is no name that one says alone.

    `folded` are the words without accents and case, a hyphen as a space.
    """
    first, last = folded[0], folded[-1]
    if first in FAMILY_FIRST or _is_of_the_far_east(words[0]):
        return True
    if first in NEVER_ALONE:
        return not _words_together(folded)
    if first in LONE_PARTICLES or first == "al" or first.startswith(("d ", "l ")):
        return True
    if first in CHINESE_FAMILIES and last not in LAST_FAMILIES and re.fullmatch(_CHINESE, last):
        return bool(re.fullmatch(_CHINESE, first))
    return (
        (first in VIETNAMESE_FAMILIES and last in VIETNAMESE_GIVEN_NAMES)
        or (first in KOREAN_FAMILIES and bool(re.fullmatch(_KOREAN, last)))
        or (first == "ben" and last in BEN_FAMILIES)
        # "Jean-Pierre" is known by its first half.
        or (last in GIVEN_NAMES and first.split(" ")[0] not in GIVEN_NAMES)
    )


def is_family_alone(words: Sequence[str], folded: Sequence[str]) -> bool:
    """Whether the words are a family name and no more: "Le Goff", "d’Arc"."""
    if len(words) == 1:
        return words[0][:2] in ("D'", "D’", "d'", "d’", "L'", "L’")
    return len(words) == 2 and folded[0] in LONE_PARTICLES and folded[1] not in VIETNAMESE_GIVEN_NAMES


def _is_of_the_far_east(word: str) -> bool:
    return not word.isascii() and unicodedata.name(word[0], "").startswith(FAMILY_FIRST_SCRIPTS)


def without_repetition(words: list[str]) -> list[str]:
    """`words` without the same name in Chinese, Korean or Japanese letters behind it."""
    if _is_of_the_far_east(words[0]):
        return words
    return [word for word in words if not _is_of_the_far_east(word)]


def divided(words: list[str], folded: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """Given names, family names, and whether the border between them is certain."""
    kept = [place for place, word in enumerate(words) if not place or word in "ye" or not is_initial(word)]
    named, plain = [words[place] for place in kept], [folded[place] for place in kept]
    if len(named) < 2:
        # "Marie", "Marie D."
        return words[:1], words[1:], len(words) > 1
    together = _words_together(plain)
    if together:
        return named[:together], named[together:], len(named) > together
    particle = next((place for place, word in enumerate(named) if place and _opens_family(word)), 0)
    if particle and plain[-1] in FAMILY_FIRST and key_of(named[particle]) == "van":
        # A middle name of Vietnam.
        return named[:1], named[1:], False
    if particle:
        joins = key_of(named[particle]) in ("y", "e") and particle == 2
        certain = particle == 1 or joins or (particle == 2 and key_of(named[2]) == "le")
        border = particle if certain and not joins else 1
        return named[:border], named[border:], certain
    return named[:1], named[1:], len(named) == 2 or "-" in named[0]


def _words_together(plain: Sequence[str]) -> int:
    """How many words in front are one first name; 0 for the usual one."""
    if tuple(plain[:2]) in COMPOUND_NAMES:
        return 2
    long = re.match(LONG_GIVEN_NAMES, "_".join(word.replace(" ", "") for word in plain) + "_")
    return long[0].count("_") if long else 0


def _opens_family(word: str) -> bool:
    return is_particle(word) or word[:2] in ("D'", "D’", "L'", "L’", "O'", "O’")


def is_particle(word: str) -> bool:
    """Whether `word` is one that may stand in small letters inside a name: "de", "van", "d’Arc"."""
    return key_of(word) in PARTICLES or word[:2] in ("d'", "d’")
