"""What a policy says to the person, in French, English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from motjuste.inbox.facts import BY_NAME, Facts, Value
from motjuste.inbox.policy import ByLanguage, said_in
from motjuste.inbox.policy_files import PLACEHOLDER


@dataclass(frozen=True, kw_only=True)
class Words:
    """The sentences and words of one language."""

    yes: str
    no: str
    not_known: str
    """Begins a sentence that names facts."""
    no_rule: str
    do_not_contact: str
    thousands: str
    verdicts: dict[str, str]
    outcomes: dict[str, str]


ENGLISH = Words(
    yes="yes",
    no="no",
    not_known="Not known: {facts}.",
    no_rule="No rule applies: look at it yourself.",
    do_not_contact="The card says to write nothing to this person, so there is no reply.",
    thousands=",",
    verdicts={"accept": "accept", "ask": "ask", "decline": "decline", "ignore": "ignore", "look": "look yourself"},
    outcomes={"applies": "applies", "does not apply": "does not apply", "not known": "not known"},
)
FRENCH = Words(
    yes="oui",
    no="non",
    not_known="On ne sait pas : {facts}.",
    no_rule="Aucune règle ne s’applique : à vous de voir.",
    do_not_contact="La fiche dit de ne pas écrire à cette personne : il n’y a donc pas de réponse.",
    thousands="\u202f",
    verdicts={
        "accept": "accepter",
        "ask": "se renseigner",
        "decline": "décliner",
        "ignore": "ignorer",
        "look": "à voir",
    },
    outcomes={"applies": "s’applique", "does not apply": "ne s’applique pas", "not known": "on ne sait pas"},
)
SPANISH = Words(
    yes="sí",
    no="no",
    not_known="No se sabe: {facts}.",
    no_rule="Ninguna regla se aplica: decida usted.",
    do_not_contact="La ficha dice que no se escriba a esta persona: por eso no hay respuesta.",
    thousands=".",
    verdicts={"accept": "aceptar", "ask": "preguntar", "decline": "declinar", "ignore": "ignorar", "look": "por ver"},
    outcomes={"applies": "se aplica", "does not apply": "no se aplica", "not known": "no se sabe"},
)


def words_in(language: str) -> Words:
    """The words of a language, the English ones where it is none of ours."""
    return {"fr": FRENCH, "es": SPANISH}.get(language.partition("-")[0].casefold(), ENGLISH)


def number(count: int, language: str) -> str:
    """A count as the language writes it."""
    return f"{count:,}".replace(",", words_in(language).thousands)


def not_known(names: Iterable[str], language: str) -> str:
    """The sentence that says which facts are missing."""
    labels = ", ".join(BY_NAME[name].label(language) for name in dict.fromkeys(names))
    return spaced(words_in(language).not_known.format(facts=labels), language)


def told(reason: ByLanguage, facts: Facts, language: str) -> str:
    """A rule's reason in a language, with the values of the facts that it names in braces."""
    said = spaced(said_in(reason, language), language)
    return PLACEHOLDER.sub(lambda found: shown(facts[found[1]], language), said)


@lru_cache(maxsize=1024)
def spaced(text: str, language: str) -> str:
    """`text` with the spaces that French has before its signs, which no line ends at; Canada has one before a colon."""
    if language.partition("-")[0].casefold() != "fr":
        return text
    text = re.sub(r" :(?=\s|$)", "\u00a0:", text)
    return re.sub(r" ([;?!])(?=\s|$)", r"\1" if language.endswith("-CA") else "\u202f\\1", text)


def shown(value: Value | None, language: str) -> str:
    """A fact's value as a person reads it; "?" where it is not known."""
    words = words_in(language)
    if value is None:
        return "?"
    if isinstance(value, bool):
        return words.yes if value else words.no
    return ", ".join(value) or "–" if isinstance(value, tuple) else str(value)
