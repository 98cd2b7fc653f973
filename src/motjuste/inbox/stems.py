"""Words of positions without what gender, number and language change in them: “directrices” and “director” are one.

These are rules of our own. The stemmers that exist were made for searching prose, one language at a time: snowball's
French one (3.1.1) keeps “directrice” from “directeur”, “éditrice” from “éditeur” and “développeur” from “développeuse”.
A position is short, mixes languages, and says by its ending who somebody is.

1. Words are folded: no accents, no case. Those that join (de, of, et …) go.
2. Of each word of five letters and more the plural goes (-s, -x, -aux), then the gender: -trice, -teuse and -teur
   become -tor, -euse -eur, -ère -er, -ienne -ien, -ive -if; then last -e, -a and -o.
3. Doubled letters become one (professionnelle and professionnel).
4. Words and phrases of one meaning become one (`FAMILIES`): RH, ressources humaines, HR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from motjuste.inbox.saying import LONGEST_TEXT
from motjuste.people.name_words import word_set
from motjuste.people.names import fold

JOINING = word_set(
    """
    de du des d la le les l un une a au aux en et ou chez pour par sur dans
    of the an and or in at for to on with from
    del los las el y e o en para con por
    """
)
"""Words that join others and say nothing of a position, folded."""

FAMILIES = """
hr: RH, ressources humaines, HR, human resources, recursos humanos, people operations
recruit: recruteur, recrutement, recruter, recruiter, recruiting, recruitment, talent acquisition
recruit: acquisition de talents, headhunter, headhunting, chasseur de têtes, chasse de têtes
recruit: reclutador, reclutamiento, selección de personal
ceo: CEO, PDG, DG, chief executive, chief executive officer, président directeur général, directeur général
ceo: director general, managing director, consejero delegado
journalist: journaliste, journalisme, journalist, journalism, reporter, periodista, periodismo
publish: édition, maison d'édition, publishing, publisher, edición, editorial
train: formateur, formation, trainer, training, formador, formación
engineer: ingénieur, ingénierie, engineer, engineering, ingeniero
develop: développeur, developer, programmeur, programmer, desarrollador
sales: vente, vendeur, commercial, sales, salesperson, ventas, vendedor
marketing: marketing, mercatique, mercadotecnia
law: avocat, juriste, lawyer, attorney, abogado
account: comptable, comptabilité, accountant, accounting, contable, contabilidad
teach: enseignant, professeur, teacher, professor, profesor
library: bibliothécaire, bibliothèque, librarian, library, bibliotecario, biblioteca
bookshop: libraire, librairie, bookseller, bookshop, librero, librería
archive: archiviste, archivistique, archive, archivist, archivero, archivo
translate: traducteur, traduction, translator, translation, traductor, traducción
consult: consultant, conseil, consulting, consultor, consultoría
research: chercheur, recherche, researcher, research, investigador, investigación
student: étudiant, student, estudiante
found: fondateur, cofondateur, co-fondateur, founder, cofounder, co-founder, fundador
manage: manager, responsable, gestionnaire, gérant, gerente
communicate: communication, communicant, comms, comunicación
media: média, media, medio
"""
"""Words and phrases of one meaning behind the name that stands for all of them, in one gender and number."""

_SHORT_FORMS = {
    "drh": ("director", "hr"),
    "daf": ("director", "finance"),
    "dircom": ("director", "communicate"),
    "rrhh": ("hr",),
}
"""What one short word says in several."""

_ENDINGS = (
    ("trice", "tor"),
    ("teur", "tor"),
    ("teuse", "tor"),
    ("euse", "eur"),
    ("ere", "er"),
    ("ienne", "ien"),
    ("ive", "if"),
)
_SHORTEST = 5
_MOST_WORDS = 3
# What sets one position of a headline apart from the next.
_PARTS = re.compile(r"[|•·;,/\n\r&+]| [-–—] ")


@dataclass(frozen=True)
class Stem:
    """What a word or a phrase stands for, and the words as they were written."""

    stem: str
    words: str


def parts_of(text: str) -> Iterator[str]:
    """The parts of a headline such as “Autrice | Directrice marketing, Nord”, each a position, a place or a house."""
    return (part for part in _PARTS.split(text[:LONGEST_TEXT]) if part.strip())


def stems(text: str) -> tuple[Stem, ...]:
    """The stems of one part of a headline, in its order; the longest phrase of a family comes first."""
    written = re.findall(r"[^\W_]+", text)
    bare = [stem(fold(word)) for word in written]
    found: list[Stem] = []
    at = 0
    while at < len(written):
        longest = min(_MOST_WORDS, len(written) - at)
        lengths = (
            length for length in range(longest, 1, -1) if " ".join(bare[at : at + length]) in _family_of()
        )
        end = at + next(lengths, 1)
        meant = " ".join(bare[at:end])
        if meant not in JOINING:
            said = _SHORT_FORMS.get(meant) or (_family_of().get(meant, meant),)
            found += [Stem(each, " ".join(written[at:end])) for each in said]
        at = end
    return tuple(found)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A folded word without plural and gender; short ones stay as they are."""
    if len(word) < _SHORTEST:
        return word
    bare = re.sub(r"aux$", "al", word)
    bare = re.sub(r"[sx]$", "", bare)
    for ending, common in _ENDINGS:
        if bare.endswith(ending):
            bare = bare[: -len(ending)] + common
            break
    return re.sub(r"(.)\1", r"\1", re.sub(r"[eao]+$", "", bare))


@lru_cache(maxsize=1)
def _family_of() -> dict[str, str]:
    """The family of each word or phrase, by its stems."""
    families = {}
    for line in FAMILIES.strip().splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            families[" ".join(stem(word) for word in fold(phrase).split())] = name
    return families
