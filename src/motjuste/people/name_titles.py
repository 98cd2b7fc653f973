"""What stands around a name: civilities and titles, credentials, jobs, pronouns; and the gender that they state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from motjuste.people.name_words import (
    ABBREVIATED_TITLES,
    CIVILITIES,
    COMPANY_WORDS,
    CREDENTIALS,
    GENDERS,
    JOB_WORDS,
    MAIDEN_NAME_WORDS,
    TITLES,
    TITLES_IN_CAPITALS,
)

_INITIAL = r"[^\W\d_](?:\.?-?[^\W\d_])*\.|[^\W\d_](?:-[^\W\d_])*"
_VOWELS = frozenset("aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿ")


def key_of(word: str) -> str:
    """`word` as the lists of words have it: small letters, no dots."""
    return word.replace(".", "").casefold()


def is_initial(word: str) -> bool:
    """Whether `word` only abbreviates a name: "A.", "J.-P.", "J", "J-P"."""
    return bool(re.fullmatch(_INITIAL, word)) and (len(word) < 3 or not word.strip(".").isalpha())


def without_titles(words: list[str]) -> tuple[str, str, list[str]]:
    """The last civility in front, in full ("" for none), the gender that titles state, and the words between
    titles on one side and credentials, jobs and maiden names on the other."""
    civility, gender = "", ""
    while len(words) > 1 and _is_title(words):
        # A Dutch lawyer's "mr." stands before another title; a civility does not.
        if not (words[0].startswith("mr") and _is_title(words[1:])):
            gender = GENDERS.get(key_of(words[0]), gender)
        civility, words = CIVILITIES.get(key_of(words[0]), words[0]), words[1:]
    while cuts := [place for place in range(1, len(words)) if _ends_name(words, place)]:
        words = words[: cuts[0]]
    return civility, gender, words


def _is_title(words: Sequence[str]) -> bool:
    key = key_of(words[0])
    if key == "m":
        # "M. Dupont" may be Marie's initial; "M. Philippe de Villiers" is a civility.
        return len(words) > 2 and not is_initial(words[1])
    if key in ("coach", *TITLES_IN_CAPITALS):
        # In front of a whole name only: "CA Martin" may be somebody's initials.
        return len(words) > 2 and (key == "coach" or words[0].endswith(".") or not words[1].isupper())
    return key in CIVILITIES or key in TITLES or words[0].casefold() in ABBREVIATED_TITLES


def _ends_name(words: Sequence[str], place: int) -> bool:
    word = words[place]
    if is_company_word(word):
        return False
    if _is_credential(word, place, last=place == len(words) - 1) or word.casefold() in MAIDEN_NAME_WORDS:
        return True
    return place > 1 and (is_job(word) or _is_abbreviation(word))


def _is_credential(word: str, place: int, *, last: bool) -> bool:
    if key_of(word) in CREDENTIALS or word.casefold() in CREDENTIALS:
        return word[0].isupper() or word.casefold() in ("ing", "ing.", "phd", "ph.d", "ph.d.", "jr", "jr.")
    # "M.Sc.", "B.A.", but "Venkatraman K.S."
    return last and (place > 1 or not is_initial(word)) and "." in word[:-1].lstrip(word[0])


def _is_abbreviation(word: str) -> bool:
    """Whether `word` is capitals that nobody can say: "HDR"."""
    return len(word) > 2 and word.isalpha() and word.isupper() and _VOWELS.isdisjoint(word.casefold())


def is_job(word: str) -> bool:
    """Whether `word` says what somebody does, and is nobody's name."""
    return key_of(word) in JOB_WORDS and (len(word) > 3 or word.isupper())


def is_company_word(word: str) -> bool:
    """Whether `word` belongs to the name of a company, a school, a team."""
    # "Sá" and "Ag" are names as well.
    return key_of(word) in COMPANY_WORDS and (len(word) > 2 or word.isupper())


# As text: Python compiles these when a name first needs them, and keeps them.
_BRACKETED = r"[(\[]([^()\[\]]{1,40})[)\]]"
_BETWEEN = r"[\s/·,|]+"
_GENDER_OF = {
    **dict.fromkeys(("she", "her", "hers", "elle", "ella", "sie", "ihr", "zij", "haar"), "F"),
    **dict.fromkeys(("he", "him", "his", "il", "lui", "él", "er", "ihm", "hij", "hem"), "M"),
    **dict.fromkeys(("they", "them", "theirs", "iel", "hen"), "O"),
}
_PRONOUN = "|".join([*_GENDER_OF, "eux", "el", "elles?", "any", "die"])
PRONOUNS = rf"(?i)\b(?:{_PRONOUN})(?:\s*[/·]\s*(?:{_PRONOUN}))+\b"
"""Pronouns without brackets: "she/her"."""


def stated_gender(raw: str) -> str:
    """The gender that somebody's own pronouns state, or a civility in brackets; "" when they do not agree."""
    if not any(sign in raw for sign in "([/·"):
        return ""
    for said in (*re.findall(_BRACKETED, raw), *re.findall(PRONOUNS, raw)):
        words = [word for word in re.split(_BETWEEN, said.strip().casefold()) if word]
        if genders := _genders(words):
            return genders.pop() if len(genders) == 1 else ""
    return ""


def _genders(words: Iterable[str]) -> set[str]:
    return {_GENDER_OF.get(word) or GENDERS.get(key_of(word), "") for word in words} - {""}
