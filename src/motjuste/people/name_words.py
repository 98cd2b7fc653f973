"""Words in and around names: titles, credentials, particles, double first names. All in small letters."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, a table that reads better as lines of words."""
    return frozenset(text.split())


CIVILITIES = {
    "m": "Monsieur",
    "mme": "Madame",
    "mlle": "Mademoiselle",
    "melle": "Mademoiselle",
    "me": "Maître",
}
"""French civilities, without their dot, and how they read in full."""

TITLES = word_set(
    """
    mr mrs ms mx miss sir dr docteur doctor dre pr pre prof professeur professeure professor maître maitre
    monsieur madame mademoiselle mgr herr frau sra srta dipl-ing dr-ing dr-med
    """
)
ABBREVIATED_TITLES = word_set("ing. eng. arch. lic. mag. hon. rev. sr. med. dipl.")
"""Titles only with their dot: without it they are names as well."""

CREDENTIALS = word_set(
    """
    phd mba emba gmba dba pmp cpa cfa cma cga cia cisa cissp cism msc bsc mscn meng beng peng jd llm llb esq
    crha cria chrp chrl cphr shrm-cp shrm-scp phr sphr fcipd mcipd pcc mcc csm psm cspo pspo itil togaf ccna
    fca acca fcca caia edd psyd dds dmd dvm rn bba bcom mpa mph mfa mcom asc cdir adma fcpa md mrics frics
    leed dess ing jr sr ii iii iv
    """
)
"""Without their dots. None of them is anybody's family name, which is why "MA" and "BA" are missing."""

PARTICLES = word_set(
    """
    de du des la le van von der den ter ten di da dos das do del della dello el al bin ben ibn abu zu zum
    zur af av e y vom op 't
    """
)
"""Words that open a family name."""

SMALL_PARTICLES = PARTICLES - word_set("le la ben bin ibn abu al el ten do")
"""Those that one writes in small letters: Philippe de Villiers, but Anne Le Goff."""

_SECOND_NAMES = {
    "jean": """
        baptiste benoit bernard charles christophe claude daniel denis francois guy jacques louis luc marc
        marie michel nicolas noel olivier pascal paul philippe pierre rene robert sebastien simon victor
        yves
        """,
    "marie": """
        andree ange anne catherine chantal christine claire claude dominique elaine eve france francoise
        helene jeanne josee julie laure laurence line lou louise madeleine michele noelle odile paule pier
        pierre rose soleil sophie therese
        """,
    "anne": """
        caroline catherine cecile charlotte claire elisabeth gaelle helene julie laure lise lucie marie
        sarah sophie
        """,
    "pierre": "alain alexandre andre antoine emmanuel henri louis luc marc olivier paul yves",
    "paul": "andre emile antoine henri",
    "louis": "charles philippe marie",
    "charles": "andre antoine edouard etienne henri olivier",
    "marc": "andre antoine olivier",
    "rose": "marie anne",
    "mary": "ann anne jane beth lou",
    "juan": "carlos pablo jose manuel antonio",
    "jose": "luis maria antonio manuel miguel",
    "maria": "jose fernanda elena luisa teresa",
    "luis": "miguel alberto fernando",
    "miguel": "angel",
    "ana": "maria paula",
    "hans": "peter jurgen georg",
    "karl": "heinz",
}
COMPOUND_NAMES = frozenset((first, second) for first, row in _SECOND_NAMES.items() for second in row.split())
"""First names of two words, without accents."""

FAMILY_FIRST = word_set(
    "nguyen tran pham hoang huynh phan dang bui duong wang zhang liu chen huang zhao zhou zhu xu"
)
"""Family names, without accents, of people who may write them first."""

FAMILY_FIRST_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
"""How the Unicode names of letters begin in which the family name comes first."""

COMPANY_WORDS = word_set(
    """
    inc ltd llc llp gmbh ag bv sarl sas sasu eurl sa ltee ltée enr corp group groupe agence agency cabinet
    consulting solutions services recrutement recruitment recruiting team équipe equipe company compagnie
    société societe association university université institute institut club studio studios hiring
    """
)
