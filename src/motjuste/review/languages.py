"""The languages that the review speaks."""

from __future__ import annotations

from collections.abc import Mapping

from motjuste.review.words import Words
from motjuste.review.words_en import ENGLISH
from motjuste.review.words_es import SPANISH
from motjuste.review.words_fr import FRENCH

LANGUAGES: Mapping[str, Words] = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}


def words_for(language: str) -> Words:
    """The words of a language such as "fr-CA" or "es_ES.UTF-8"; English where we have none of it."""
    return LANGUAGES.get(language.replace("_", "-").partition("-")[0].lower(), ENGLISH)
