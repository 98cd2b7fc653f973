"""From what people write as their name to what one says in a greeting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from motjuste.people.name_words import (
    ABBREVIATED_TITLES,
    CIVILITIES,
    COMPANY_WORDS,
    COMPOUND_NAMES,
    CREDENTIALS,
    FAMILY_FIRST,
    FAMILY_FIRST_SCRIPTS,
    PARTICLES,
    SMALL_PARTICLES,
    TITLES,
)

LONGEST_NAME = 300
"""Code points of a raw name that are looked at; what follows is no part of anybody's name."""

_JOINERS = "\u200c\u200d"  # part of Persian words and of emoji


def safe_text(text: str) -> str:
    """`text` as one NFC line of visible characters.

    Control characters, line separators and every kind of space become one space; direction marks, other
    invisible characters, private-use characters, surrogates and noncharacters go.
    """
    if text.isascii() and text.isprintable():
        return text if text == text.strip() and "  " not in text else " ".join(text.split())
    visible = unicodedata.normalize("NFC", "".join(map(_safe_character, text)))
    return " ".join(visible.split())


@lru_cache(maxsize=4096)
def _safe_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category in ("Co", "Cs") or (category == "Cf" and character not in _JOINERS):
        return ""
    code = ord(character)
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return ""
    return character


def fold(text: str) -> str:
    """`text` for comparing: no accents, no case, letters and digits in words apart by one space."""
    return " ".join(map(fold_word, plain_words(text)))


def plain_words(text: str) -> list[str]:
    """The words of `text` without accents, their case as it is."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTER_LIKE))
        text = "".join(character for character in text if not unicodedata.combining(character))
    return _WORD.findall(text)


def fold_word(word: str) -> str:
    """One of `plain_words` as it stands in a folded text."""
    return word.casefold().translate(_PLAIN)


_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True)
class CleanName:
    """A name split as far as it is certain; `confidence` is "high", "low" or "none"."""

    given: str
    family: str
    full: str
    confidence: str

    @property
    def greeting(self) -> str:
        """The given name when that is certain, the whole name when it is not, "" when it names nobody."""
        return {"high": self.given, "low": self.full}.get(self.confidence, "")


NOBODY = CleanName("", "", "", "none")


@lru_cache(maxsize=1024)
def clean_name(raw: str) -> CleanName:
    """Split a name as people write it on a network; titles, credentials, emoji and capitals are mended."""
    for piece in _pieces(raw):
        civility, words = _without_titles(_words(piece))
        if words:
            return _split(civility, words)
    return NOBODY


def clean_card_name(formatted: str, given: str, family: str, organization: str) -> CleanName:
    """The clean name of a card whose columns may already tell the given from the family name.

    The columns win over guessing from `formatted`. A card that bears only its organization's name, or only a
    family name, is greeted without a name.
    """
    given_words, family_words = _column(given), _column(family)
    if given_words:
        cased = _cased([*given_words, *family_words])
        first, last = cased[: len(given_words)], cased[len(given_words) :]
        while len(first) > 1 and _is_initial(first[-1]):
            first.pop()
        confidence = "low" if _is_initial(first[0]) else "high"
        return CleanName(" ".join(first), " ".join(last), " ".join([*first, *last]), confidence)
    name = clean_name(formatted or family)
    if _names_no_person(name, family, organization):
        return CleanName("", name.family or name.full, name.full, "none")
    return name


def _names_no_person(name: CleanName, family: str, organization: str) -> bool:
    alone = " " not in name.full and bool(family) and fold(name.full) == fold(family)
    return alone or (bool(organization) and fold(organization) == fold(name.full))


def _column(raw: str) -> list[str]:
    """The words of a given-name or family-name column."""
    for piece in _pieces(raw):
        _, words = _without_titles(_words(piece))
        if words:
            return words
    return []


# --- letters --------------------------------------------------------------------------------------

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ", strict=True))
_LETTER_LIKE = str.maketrans(
    _SMALL_CAPITALS
    # Signs that NFKC would turn into letters, or into a space and an accent.
    | dict.fromkeys("®™©℠ªº", " ")
    | dict.fromkeys("`´ʼʹ＇", "'")
)
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2043", "-"))

_PLAIN_NAME = re.compile(r"[A-Za-z]{1,30}(?:[ '-][A-Za-z]{1,30}){0,6}")
_CUT = re.compile(r"\s*[|•·‖¦,;►▶➤→⇒]\s*|\s+[-–—~/\\]+\s+|\s*:(?=\s|$)|\s+@\s+")
_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|\"[^\"]*\"|“[^”]*”|«[^»]*»")
_QUOTES_AND_BRACKETS = re.compile(r"[()\[\]\"“”«»]")
_ADDRESS = re.compile(r"[#@]\S+|\S+@\S+|\S*(?:://|www\.)\S*")
_PRONOUN = "she|her|hers|he|him|his|they|them|theirs|elle|il|iel|lui|eux|ella|él|el|elles?|sie|ihr|er|ihm|any"
_PRONOUNS = re.compile(rf"\b(?:{_PRONOUN})(?:\s*[/·]\s*(?:{_PRONOUN}))+\b", re.IGNORECASE)


def _pieces(raw: str) -> Iterator[str]:
    """The parts of a raw name between separators such as "|"; the first that has words is the name."""
    if _PLAIN_NAME.fullmatch(raw):
        # Most names by far; the rest of the way would leave them as they are.
        yield raw
        return
    text = unicodedata.normalize("NFKC", safe_text(raw[:LONGEST_NAME]).translate(_LETTER_LIKE))
    text = _ADDRESS.sub(" ", _PRONOUNS.sub(" ", text.translate(_HYPHENS)))
    yield from _CUT.split(_ASIDE.sub(" ", text))
    # Everything stood in brackets: better the words inside them than none.
    yield from _CUT.split(_QUOTES_AND_BRACKETS.sub(" ", text))


def _words(piece: str) -> list[str]:
    """The words of `piece` that can be part of a name, without emoji, digits and other ornaments."""
    words = (word if word.isalpha() else _trimmed(word) for word in _GLUED.sub(r"\1. ", piece).split())
    return [word for word in words if word and all(map(_in_names, word)) and not _DOTTED.search(word)]


_GLUED = re.compile(r"\b([^\W\d_]{1,4})\.(?=[^\W\d_]{3})")  # "M.Dupont", "Dr.Marie"
_DOTTED = re.compile(r"\w{4}\.\w")  # "contact.note", "acme.fr"


def _in_names(character: str) -> bool:
    return character.isalpha() or character in "'’-." + _JOINERS or unicodedata.category(character)[0] == "M"


def _trimmed(word: str) -> str:
    """`word` without the signs around its letters, but with the dot of "A." and the apostrophe of "'t"."""
    letters = [place for place, character in enumerate(word) if character.isalpha()]
    if not letters:
        return ""
    first, last = letters[0], letters[-1] + 1
    while last < len(word) and unicodedata.category(word[last])[0] == "M":
        last += 1
    return (
        ("'" if word[:first].endswith(("'", "’")) else "")
        + word[first:last]
        + ("." if word[last:][:1] == "." else "")
    )


# --- titles and credentials -----------------------------------------------------------------------


def _key(word: str) -> str:
    return word.replace(".", "").casefold()


def _without_titles(words: list[str]) -> tuple[str, list[str]]:
    """The last civility in front, in full ("" for none), and the words between titles and credentials."""
    civility = ""
    while len(words) > 1 and _is_title(words):
        civility, words = CIVILITIES.get(_key(words[0]), words[0]), words[1:]
    for position in range(1, len(words)):
        if _is_credential(words[position], last=position == len(words) - 1):
            words = words[:position]
            break
    return civility, words


def _is_title(words: Sequence[str]) -> bool:
    key = _key(words[0])
    if key == "m":
        # "M. Dupont" may be Marie's initial; "M. Philippe de Villiers" is a civility.
        return len(words) > 2 and not _is_initial(words[1])
    return key in CIVILITIES or key in TITLES or words[0].casefold() in ABBREVIATED_TITLES


def _is_credential(word: str, *, last: bool) -> bool:
    if _key(word) in CREDENTIALS or word.casefold() in CREDENTIALS:
        return word[0].isupper() or word.casefold() in ("ing", "ing.", "phd", "ph.d", "ph.d.", "jr", "jr.")
    return last and "." in word[:-1].lstrip(word[0])  # "M.Sc.", "B.A."


# --- capitals -------------------------------------------------------------------------------------

_APART = re.compile(r"(['’.-])")


def _cased(words: list[str]) -> list[str]:
    """`words` with their case back where a name, or one long word of it, is all capitals or all small."""
    together = "".join(words)
    if together.islower():
        return [_capitalised(word, words[:place]) for place, word in enumerate(words)]
    shouted = together.isupper() and len(together.replace(".", "")) > 2
    return [
        _capitalised(word, words[:place])
        if word.isupper() and (shouted or _shouts_within(words, place))
        else word
        for place, word in enumerate(words)
    ]


def _shouts_within(words: Sequence[str], place: int) -> bool:
    """In "Marie LE GOFF" both last words shout; in "JP Dupont" the first does not."""
    word = words[place]
    follower = words[place + 1] if place + 1 < len(words) else ""
    return len(word) > 2 or (_key(word) in PARTICLES and follower.isupper() and len(follower) > 1)


def _capitalised(word: str, before: Sequence[str]) -> str:
    key = word.casefold()
    if before and (key in SMALL_PARTICLES or (key in ("la", "le") and _key(before[-1]) == "de")):
        return key
    parts = _APART.split(word)
    if before and len(parts) > 1 and parts[0].casefold() == "d":
        return "d" + parts[1] + "".join(map(_capital, parts[2:]))
    return "".join(map(_capital, parts))


def _capital(part: str) -> str:
    lower = part.lower()
    if lower.startswith("mc") and len(lower) > 4:
        return "Mc" + lower[2:].capitalize()
    return lower[:1].upper() + lower[1:]


# --- given and family -----------------------------------------------------------------------------

_INITIAL = re.compile(r"[^\W\d_](?:\.?-?[^\W\d_])*\.|[^\W\d_]")
_MOST_WORDS = 6


def _is_initial(word: str) -> bool:
    """Whether `word` only abbreviates a name: "A.", "J.-P.", "J"."""
    return bool(_INITIAL.fullmatch(word)) and (len(word) < 3 or "." in word[:-1])


def _is_abbreviated(word: str) -> bool:
    """Whether nobody is called so with certainty: an initial, or two capitals such as "JP"."""
    return _is_initial(word) or (len(word) == 2 and word.isupper())


def _split(civility: str, words: list[str]) -> CleanName:
    ordered = _given_first(words)
    if len(words) > _MOST_WORDS or any(map(_belongs_to_a_company, words)):
        return CleanName("", "", " ".join(words), "none")
    cased = _cased(ordered)
    full = " ".join(cased)
    if len(words) == 1 and civility:
        return CleanName("", full, f"{civility} {full}", "low")
    if _is_abbreviated(cased[0]) or _may_be_family_first(cased):
        return CleanName("", "", full, "low")
    given, family, certain = _divided(cased)
    return CleanName(
        " ".join(given), " ".join(family), full, "high" if certain and ordered == words else "low"
    )


def _given_first(words: list[str]) -> list[str]:
    """The words of "DUPONT Marie" in the order in which one says them."""
    shouted = next((place for place, word in enumerate(words) if not word.isupper()), 0)  # words in capitals
    if any(len(word) > 2 and not _is_initial(word) for word in words[:shouted]):
        return [*words[shouted:], *words[:shouted]]
    return words


def _belongs_to_a_company(word: str) -> bool:
    # "Sá" and "Ag" are names as well.
    return _key(word) in COMPANY_WORDS and (len(word) > 2 or word.isupper())


def _may_be_family_first(words: Sequence[str]) -> bool:
    return fold(words[0]) in FAMILY_FIRST or unicodedata.name(words[0][0], "").startswith(
        FAMILY_FIRST_SCRIPTS
    )


def _divided(words: list[str]) -> tuple[list[str], list[str], bool]:
    """Given names, family names, and whether the border between them is certain."""
    named = [word for place, word in enumerate(words) if place == 0 or not _is_initial(word)]
    if len(named) < 2:
        # "Marie", "Marie D."
        return words[:1], words[1:], len(words) > 1
    compound = (fold(words[0]), fold(words[1])) in COMPOUND_NAMES
    particle = next((place for place, word in enumerate(named) if place and _opens_family(word)), 0)
    if compound:
        return named[:2], named[2:], len(named) > 2
    if particle:
        certain = particle == 1 or (particle == 2 and _key(named[2]) == "le")
        border = particle if certain else 1
        return named[:border], named[border:], certain
    return named[:1], named[1:], len(named) == 2 or "-" in named[0]


def _opens_family(word: str) -> bool:
    return is_particle(word) or word[:2] in ("D'", "D’", "L'", "L’", "O'", "O’")


def is_particle(word: str) -> bool:
    """Whether `word` is one that may stand in small letters inside a name: "de", "van", "d’Arc"."""
    return _key(word) in PARTICLES or word[:2] in ("d'", "d’")
