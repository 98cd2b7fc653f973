"""From what people write as their name to what one says in a greeting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from motjuste.people.name_order import (
    divided,
    is_family_alone,
    may_be_family_first,
    without_repetition,
)
from motjuste.people.name_titles import (
    PRONOUNS,
    is_company_word,
    is_initial,
    is_job,
    key_of,
    stated_gender,
    without_titles,
)
from motjuste.people.name_words import (
    ARTICLES,
    COMPOUND_NAMES,
    GIVEN_NAMES,
    JOINING_WORDS,
    PARTICLES,
    PLACEHOLDERS,
    SMALL_PARTICLES,
)

LONGEST_NAME = 300
"""Code points of a raw name that are looked at; what follows is no part of anybody's name."""

_JOINERS = "\u200c\u200d"  # part of Persian words and of emoji


def safe_text(text: str) -> str:
    """`text` as one NFC line of visible characters.

    Control characters, line separators and every kind of space become one space; direction marks, other
    invisible characters, private-use characters, surrogates and noncharacters go.
    """
    # Nothing of a printable text goes; thousands of names and notes are read, and nearly all are so.
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
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
    """A name split as far as it is certain; `confidence` is "high", "low" or "none".

    `gender` is "F", "M" or "O" where a civility or somebody's own pronouns state it; it is never guessed.
    """

    given: str
    family: str
    full: str
    confidence: str
    gender: str = ""

    @property
    def greeting(self) -> str:
        """The given name when that is certain, the whole name when it is not, "" when it names nobody."""
        return {"high": self.given, "low": self.full}.get(self.confidence, "")


NOBODY = CleanName("", "", "", "none")


@lru_cache(maxsize=1024)
def clean_name(raw: str) -> CleanName:
    """Split a name as people write it on a network; titles, credentials, emoji and capitals are mended."""
    if fold(raw) in PLACEHOLDERS:
        return NOBODY
    pronouns = stated_gender(raw[:LONGEST_NAME])
    for piece in _pieces(raw):
        words = _words(piece)
        if _is_joined(piece) or _joins_two(words):
            return CleanName("", "", _as_written(piece), "none")
        civility, gender, words = without_titles([word for word in words if word not in JOINING_WORDS])
        if words:
            name = _split(civility, words)
            return replace(name, gender=pronouns or gender) if pronouns or gender else name
    return NOBODY


def clean_card_name(formatted: str, given: str, family: str, organization: str) -> CleanName:
    """The clean name of a card whose columns may already tell the given from the family name.

    The columns win over guessing from `formatted`. A card that bears only its organization's name, or only a
    family name, is greeted without a name.
    """
    given_words, family_words = _column(given), _column(family)
    if given_words:
        _, _, kept = without_titles([*given_words, *family_words])
        if len(kept) > len(given_words) and kept == [*given_words, *family_words][: len(kept)]:
            # A job behind the family name.
            family_words = kept[len(given_words) :]
        gender = clean_name(formatted).gender or clean_name(given).gender
        cased = _cased([*given_words, *family_words])
        first, last = cased[: len(given_words)], cased[len(given_words) :]
        while len(first) > 1 and is_initial(first[-1]):
            first.pop()
        confidence = "low" if is_initial(first[0]) else "high"
        if clean_name(given).confidence == "none":
            # Two people, a company, a job.
            confidence = "none"
        return CleanName(" ".join(first), " ".join(last), " ".join([*first, *last]), confidence, gender)
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
        _, _, words = without_titles([word for word in _words(piece) if word not in JOINING_WORDS])
        if words:
            return words
    return []


# --- letters --------------------------------------------------------------------------------------

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
_LETTER_LIKE = str.maketrans(
    _SMALL_CAPITALS
    # Signs that NFKC would turn into letters, or into a space and an accent.
    | dict.fromkeys("®™©℠º", " ")
    | {"ª": "a"}
    | dict.fromkeys("`´ʼʹ＇", "'")
)
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2043", "-"))

_PLAIN_NAME = re.compile(r"[A-Za-z]{1,30}(?:[ '-][A-Za-z]{1,30}){0,6}")
# As text: Python compiles these when a name that is more than plain letters first needs them, and keeps them.
_CUT = r"\s*[|•·‖¦,;►▶➤→⇒]\s*|\s+[-–—~/\\]+\s+|\s*:(?=\s|$)|\s+@\s+"
_ASIDE = (
    r"\([^()]*\)?|\[[^\[\]]*\]?|\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)['‘][^\W\d_]+['’](?!\w)"
)
_QUOTES_AND_BRACKETS = r"[()\[\]\"“”«»]|(?<!\w)['‘](?!t\b)|['’](?!\w)"
_JOINED = r"\W*[^\W\d_]{2,}\s*[+/&]\s*[^\W\d_]{2,}"  # "Marie+Paul", "Marie/Paul"
_ADDRESS = r"\b\d+(?:st|nd|rd|th|er|e)\b|[#@]\S+|\S+@\S+|\S*(?:://|www\.)\S*"
_COMMA = r"\s*([^,|•]{1,60}?)\s*,\s*([^,|•]{1,60}?)\s*(?:[|•].*)?"
_SPACED_HYPHEN = r"\b(\w+) - (\w+)\b"


def _pieces(raw: str) -> Iterator[str]:
    """The parts of a raw name between separators such as "|"; the first that has words is the name."""
    if _PLAIN_NAME.fullmatch(raw):
        # Most names by far; the rest of the way would leave them as they are.
        yield raw
        return
    text = unicodedata.normalize("NFKC", safe_text(raw[:LONGEST_NAME]).translate(_LETTER_LIKE))
    text = re.sub(_ADDRESS, " ", re.sub(PRONOUNS, " ", text.translate(_HYPHENS)))
    text = re.sub(_SPACED_HYPHEN, _closed, text)
    nickname = re.match(_ASIDE, text.strip())
    bare = re.sub(_ASIDE, " ", text)
    pieces = re.split(_CUT, bare)
    if nickname and len(pieces[0].split()) == 1:
        # A nickname in the place of the first name.
        yield re.sub(_QUOTES_AND_BRACKETS, " ", text.strip()[: nickname.end()]) + pieces[0]
    yield from _family_behind(bare) or pieces
    # Everything stood in brackets: better the words inside them than none.
    yield from re.split(_CUT, re.sub(_QUOTES_AND_BRACKETS, " ", text))


def _closed(hyphenated: re.Match[str]) -> str:
    """ "Jean - Pierre" is one name; "Marie - Directrice" is not."""
    first, second = hyphenated.groups()
    return f"{first}-{second}" if (fold(first), fold(second)) in COMPOUND_NAMES else hyphenated[0]


def _family_behind(text: str) -> list[str]:
    """ "Dupont, Marie" as an uncertain order of one piece; nothing for a name with something else behind it."""
    comma = re.fullmatch(_COMMA, text)
    if not comma:
        return []
    family, given = _words(comma[1]), _words(comma[2])
    if not given or fold(given[0]) not in GIVEN_NAMES or not 0 < len(family) < 3 or len(given) > 4:
        return []
    # Capitals tell that the family name is meant, wherever it stands.
    return [" ".join([*(word.upper() for word in family), *_cased(given)])]


def _words(piece: str) -> list[str]:
    """The words of `piece` that can be part of a name, without emoji, digits and other ornaments."""
    words = (
        word if word.isalpha() or word in "&+" else _trimmed(word)
        for word in _GLUED.sub(r"\1. ", piece).split()
    )
    return [
        word
        for word in words
        if word and (word in "&+" or all(map(_in_names, word))) and not _DOTTED.search(word)
    ]


def _is_joined(piece: str) -> bool:
    return any(sign in piece for sign in "+/&") and bool(re.match(_JOINED, piece))


def _joins_two(words: Sequence[str]) -> bool:
    """Whether the words are two people's, or a firm's: "Marie et Paul", "Dupont & Fils"."""
    job = next((place for place, word in enumerate(words) if place > 1 and is_job(word)), len(words))
    if len(words) == 3 and words[1] in ("y", "e"):
        return True
    return any(word.casefold() in JOINING_WORDS for word in words[:job])


def _as_written(piece: str) -> str:
    """`piece` with the signs that join two names, and without its ornaments."""
    kept = (character if _in_names(character) or character in "&+/" else " " for character in piece)
    return " ".join("".join(kept).split())


_GLUED = re.compile(r"^(\W*[^\W\d_]{1,4})\.(?=[^\W\d_]{3})")  # "M.Dupont", "Dr.Marie"
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
        (word[first - 1] if word[:first].endswith(("'", "’")) else "")
        + word[first:last]
        + ("." if word[last:][:1] == "." else "")
    )


# --- capitals -------------------------------------------------------------------------------------

_APART = re.compile(r"(['’.-])")
_ELIDING = tuple("aeiouyh")
"""What a French particle loses its e before: Jeanne d’Arc, but Rohan D’Souza."""


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
    if len(word) == 2 and place and place == len(words) - 1:
        # "Amadou BA"
        return not words[place - 1].isupper()
    return len(word) > 2 or (key_of(word) in PARTICLES and follower.isupper() and len(follower) > 1)


def _capitalised(word: str, before: Sequence[str]) -> str:
    key = word.casefold()
    if before and (key in SMALL_PARTICLES or (key in ("la", "le") and key_of(before[-1]) == "de")):
        return key
    parts = _APART.split(word)
    if before and len(parts) > 1 and parts[0].casefold() == "d" and fold(parts[2])[:1] in _ELIDING:
        return "d" + parts[1] + "".join(map(_capital, parts[2:]))
    return "".join(map(_capital, parts))


def _capital(part: str) -> str:
    lower = part.lower()
    if lower.startswith("mc") and len(lower) > 4:
        return "Mc" + lower[2:].capitalize()
    # The capital of one Greek letter is two characters, of which NFC makes one.
    return unicodedata.normalize("NFC", lower[:1].upper() + lower[1:])


# --- given and family -----------------------------------------------------------------------------

_MOST_WORDS = 6


def _is_abbreviated(word: str) -> bool:
    """Whether nobody is called so with certainty: an initial, "Ph.", or two capitals such as "JP"."""
    return is_initial(word) or word.endswith(".") or (len(word) == 2 and word.isupper())


def _split(civility: str, words: list[str]) -> CleanName:
    words = without_repetition(words)
    ordered = _given_first(words)
    if len(words) > _MOST_WORDS or _is_no_person(words):
        return CleanName("", "", " ".join(words), "none")
    cased = _cased(ordered)
    full, folded = " ".join(cased), [fold(word) for word in cased]
    if len(words) == 1 and civility:
        return CleanName("", full, f"{civility} {full}", "low")
    if is_family_alone(cased, folded):
        return CleanName("", full, full, "none")
    if _is_abbreviated(cased[0]) or may_be_family_first(cased, folded):
        return CleanName("", "", full, "low")
    given, family, certain = divided(cased, folded)
    return CleanName(
        " ".join(given), " ".join(family), full, "high" if certain and ordered == words else "low"
    )


def _given_first(words: list[str]) -> list[str]:
    """The words of "DUPONT Marie" in the order in which one says them."""
    shouted = next((place for place, word in enumerate(words) if not word.isupper()), 0)  # words in capitals
    if any(len(word) > 2 and not is_initial(word) for word in words[:shouted]):
        return [*words[shouted:], *words[:shouted]]
    return words


def _is_no_person(words: Sequence[str]) -> bool:
    """Whether the words are a company's, a job or a slogan."""
    if any(map(is_company_word, words)) or any(map(is_job, words[:2])):
        return True
    return len(words) > 1 and words[0].casefold() in ARTICLES
