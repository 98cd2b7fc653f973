"""The scenes that a template is tried in: for whom, by whom, with which facts, in which region and form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from motjuste.messages.front_matter import Field
from motjuste.messages.templates import Template

Card = Mapping[str, object]

NOBODY: Card = {}
SPARSE: Card = {
    "formatted_name": "Hugo Le Goff",
    "greeting_name": "Hugo",
    "display_name": "Hugo Le Goff",
}
FULL: Card = {
    "formatted_name": "Alice Dupont",
    "greeting_name": "Alice",
    "display_name": "Alice Dupont",
    "given_name": "Alice",
    "family_name": "Dupont",
    "honorific_prefix": "Mme",
    "nickname": "Lili",
    "organization": "Atelier Nord",
    "title": "Directrice artistique",
    "city": "Lyon",
    "country": "France",
    "emails": ("alice@exemple.org",),
    "phones": ("+33 1 99 00 00 00",),
    "urls": ("https://exemple.org/alice",),
    "profile_url": "https://www.linkedin.com/in/alice-dupont-exemple",
    "note": "Rencontrée au salon",
    "how_we_met": "À l’atelier de typographie, en mars",
    "language": "fr-FR",
    "gender": "F",
    "address_form": "vous",
    "source": "alice.vcf",
    "confidence": "high",
}
_LONG = "Marie-Antoinette-Élisabeth-Philippine"
LONG: Card = {
    **FULL,
    "formatted_name": f"{_LONG} de la Rochefoucauld-Montmorency",
    "greeting_name": _LONG,
    "display_name": f"{_LONG} de la Rochefoucauld-Montmorency",
    "given_name": _LONG,
    "family_name": "de la Rochefoucauld-Montmorency",
    "organization": "Société pour l’étude et la conservation des archives de l’imprimerie et du livre ancien",
    "title": "Responsable principale de la conservation préventive des collections patrimoniales",
}
HOSTILE: Card = {
    name: "{{ 7*7 }}{% raw %} \u202e\x1b[2J\n\ufdd0$|$" if isinstance(value, str) else value
    for name, value in FULL.items()
} | {"language": "fr-FR", "gender": "F", "address_form": "vous", "confidence": "low"}

WRITER: Card = {
    "name": "Camille Roy",
    "role": "Éditrice",
    "organization": "Carnets du Nord",
    "field": "l’édition",
    "network_goal": "échanger avec les personnes que j’ai déjà croisées",
    "email": "camille@exemple.org",
    "phone": "+33 1 99 00 00 01",
    "website": "https://exemple.org",
    "doors": ({"kind": "blog", "label": "Carnets d’atelier", "address": "https://exemple.org/carnets"},),
}

# Who writes to whom; in words that go on "for".
PEOPLE: tuple[tuple[str, Card, Card], ...] = (
    ("nobody, an empty profile", NOBODY, {}),
    ("nobody, a full profile", NOBODY, WRITER),
    ("a bare name, an empty profile", SPARSE, {}),
    ("a bare name, a full profile", SPARSE, WRITER),
    ("a full card, an empty profile", FULL, {}),
    ("a full card, a full profile", FULL, WRITER),
    ("a card of long names, a full profile", LONG, WRITER),
    ("a hostile card, a full profile", HOSTILE, WRITER),
)

# Of more facts at once than this, each is tried by itself.
_MOST_FACTS = 64
_REGIONS = {"fr": ("fr-FR", "fr-CA")}
_SAID = {"fr": "la typographie", "en": "typography"}
_LINK_NAMES = ("link", "lien", "url", "address", "adresse", "website", "site")


@dataclass(frozen=True)
class Scene:
    """One way to write a template; `people` names the card and the profile.

    What is `tightened` is written in ever less room too, so that its shorter wordings are read; `limit` is that room.
    """

    people: str
    card: Card
    me: Card
    facts: Mapping[str, str]
    locale: str
    tu: bool
    form: str
    tightened: bool = False
    limit: int | None = None

    @property
    def hostile(self) -> bool:
        """Whether the card's own words are no words at all."""
        return self.card is HOSTILE

    def __str__(self) -> str:
        voice = " with tu" if self.tu else ""
        room = "" if self.limit is None else f"within {self.limit}"
        facts = (f"{name}={value}" for name, value in self.facts.items())
        return ", ".join(filter(None, (self.form, self.people, f"{self.locale}{voice}", room, *facts)))


def scenes(template: Template, *, says_tu: bool, sample: str = "") -> Iterator[Scene]:
    """All facts for all people in each form; the regions, and tu and vous, take turns, so that all facts and all
    people are met in each. All of these for all people too, with no fact given.

    Shorter wordings are asked for once with all facts, in turn by all people, and for all people with none.
    """
    region = _REGIONS.get(template.language, (template.language,))
    voices = tuple(product(region, (False, True) if says_tu else (False,)))
    given = facts(template.fields, template.language, sample)
    for form in template.forms:
        for (people, card, me), (locale, tu) in product(PEOPLE, voices):
            yield Scene(people, card, me, {}, locale, tu, form, tightened=(locale, tu) in voices[:1] + voices[-1:])
        for number, known in enumerate(given[1:]):
            for at, (people, card, me) in enumerate(PEOPLE):
                locale, tu = voices[(number + at) % len(voices)]
                tightened = at == number % len(PEOPLE)
                yield Scene(people, card, me, known, locale, tu, form, tightened)


def facts(fields: Mapping[str, Field], language: str, sample: str = "") -> list[Mapping[str, str]]:
    """No field given; then all choices together, the texts once left out and once given."""
    chosen = {name: asked.choices for name, asked in fields.items() if asked.choices}
    said = {name: _sample(name, language, sample) for name, asked in fields.items() if not asked.choices}
    together = list(product(*chosen.values()))
    if len(together) > _MOST_FACTS:
        alone = [{name: choice} for name, choices in chosen.items() for choice in choices]
    else:
        alone = [dict(zip(chosen, values, strict=True)) for values in together]
    found: list[Mapping[str, str]] = [{}]
    for texts in ({}, said) if said else ({},):
        found += [each for one in alone if (each := {**one, **texts}) not in found]
    found += [{name: text} for name, text in said.items() if len(said) > 1]
    return found


def _sample(name: str, language: str, sample: str) -> str:
    if name in _LINK_NAMES:
        return "https://exemple.org/ici"
    return sample or _SAID.get(language.partition("-")[0], "Typographica")
