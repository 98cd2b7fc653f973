"""Finding people by what somebody typed."""

from __future__ import annotations

import pytest

from motjuste.people.card import Contact
from motjuste.people.search import everyone, find

MARIE = Contact(
    formatted_name="Marie Dupont",
    emails=("Marie@Acme.example", "shared@acme.example"),
    profile_url="https://www.linkedin.com/in/marie-dupont-%C3%A9/",
)
MARIANNE = Contact(formatted_name="Marianne Petit", nickname="Nanou", emails=("shared@acme.example",))
ELODIE = Contact(formatted_name="Élodie Le Goff", given_name="Élodie", family_name="Le Goff")
PAUL = Contact(formatted_name="Paul Martin")
JEAN_PAUL = Contact(formatted_name="Jean Paul Martin")
DUPOND = Contact(formatted_name="Luc Dupond")
PAULA = Contact(formatted_name="Paula Roy")
MARTY = Contact(formatted_name="Zoé Marty")
EVERYBODY = (MARIE, MARIANNE, ELODIE, PAUL, JEAN_PAUL, DUPOND, PAULA, MARTY)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("Marie Dupont", [MARIE], id="the whole name"),
        pytest.param("  marie   dupont ", [MARIE], id="spaces and small letters"),
        pytest.param("Dupont Marie", [MARIE], id="the family name first"),
        pytest.param("elodie le goff", [ELODIE], id="without accents"),
        pytest.param("ÉLODIE", [ELODIE], id="the given name"),
        pytest.param("Goff", [ELODIE], id="a word of the name"),
        pytest.param("Paul Martin", [PAUL], id="the whole name beats a part of a longer one"),
        pytest.param("Martin", [PAUL, JEAN_PAUL], id="several people"),
        pytest.param("mar", [MARIE, MARIANNE, PAUL, JEAN_PAUL, MARTY], id="a prefix"),
        pytest.param("mar dup", [MARIE], id="a prefix of each word"),
        pytest.param("Paul", [PAUL, JEAN_PAUL], id="a word beats a prefix"),
        pytest.param("mxxty", [], id="two typing errors in a short word are too many"),
        pytest.param("lucc", [], id="a short word has no typing error"),
        pytest.param("Nanou", [MARIANNE], id="a nickname"),
        pytest.param("Marie Dupond", [MARIE], id="a typing error"),
        pytest.param("Mraie Dupont", [MARIE], id="two letters exchanged"),
        pytest.param("Dupont Mraie", [MARIE], id="a typing error, the family name first"),
        pytest.param("Marrie Duppont", [MARIE], id="letters too many"),
        pytest.param("Elodi le gof", [ELODIE], id="letters missing"),
        pytest.param("dupomt", [MARIE], id="a typing error in one word: the nearest"),
        pytest.param("dupon", [MARIE, DUPOND], id="a prefix beats a typing error"),
        pytest.param("marie@acme.example", [MARIE], id="an e-mail address"),
        pytest.param("shared@acme.example", [MARIE, MARIANNE], id="an address of two people"),
        pytest.param("https://fr.linkedin.com/in/Marie-Dupont-é?x=1", [MARIE], id="a profile address"),
        pytest.param("marie-dupont-é", [MARIE], id="a profile slug"),
        pytest.param("Xavier Nobody", [], id="nobody"),
        pytest.param("zz", [], id="too short for a typing error"),
        pytest.param("", [], id="nothing"),
        pytest.param("***", [], id="only signs"),
    ],
)
def test_the_best_people_are_found(query: str, found: list[Contact]) -> None:
    assert find(query, EVERYBODY) == tuple(found)


def test_nobody_is_found_among_nobody() -> None:
    assert find("Marie", ()) == ()


def test_the_same_word_is_not_counted_twice() -> None:
    assert find("martin martin", (PAUL, JEAN_PAUL)) == ()


# --- everybody who has to do with a query ---------------------------------------------------------

ANNE = Contact(formatted_name="Anne Acme", title="Juriste")
BEN = Contact(formatted_name="Ben Roy", organization="Acme & Fils", title="Directeur général")
CHLOE = Contact(formatted_name="Chloé Acmeon", note="Rencontrée au salon du livre, chez Ben")
DORA = Contact(formatted_name="Dora Lévy", organization="ACME", emails=("dora@acme.example",))
CROWD = (BEN, DORA, CHLOE, ANNE, *EVERYBODY)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("acme", [ANNE, CHLOE, BEN, DORA], id="a name, the beginning of one, companies"),
        pytest.param("général", [BEN], id="a position"),
        pytest.param("directeur acme", [BEN], id="a position and a company"),
        pytest.param("roy acm", [BEN], id="a name and the beginning of a company"),
        pytest.param("salon livr", [CHLOE], id="words of a note"),
        pytest.param("ben", [BEN, CHLOE], id="a name beats a note"),
        pytest.param("dora@acme.example", [DORA], id="an e-mail address"),
        pytest.param("Martin", [PAUL, JEAN_PAUL], id="several of a name"),
        pytest.param("Marie Dupond", [MARIE], id="a typing error in a name"),
        pytest.param("juristte", [ANNE], id="a typing error in a position"),
        pytest.param("drectrur genral", [BEN], id="typing errors in each word"),
        pytest.param("juriste genral", [], id="words of two people"),
        pytest.param("juristte directeur", [], id="words of two people, with a typing error"),
        pytest.param("cme", [], id="the middle of a word"),
        pytest.param("xqz", [], id="nobody"),
        pytest.param("", [], id="nothing"),
        pytest.param("***", [], id="only signs"),
    ],
)
def test_everybody_is_found_by_name_company_position_and_note(query: str, found: list[Contact]) -> None:
    assert everyone(query, CROWD, lambda contact: 0) == tuple(found)


def test_of_equally_good_ones_the_last_used_comes_first() -> None:
    used = {DORA: 2.0, CHLOE: 1.0}
    assert everyone("acme", CROWD, lambda contact: used.get(contact, 0)) == (ANNE, CHLOE, DORA, BEN)
    used = {JEAN_PAUL: 1.0}
    assert everyone("martni", CROWD, lambda contact: used.get(contact, 0)) == (JEAN_PAUL, PAUL)


@pytest.mark.parametrize("query", ["acme", "fils", "général", "directeur", "salon", "directeurr"])
def test_nobody_is_written_to_for_a_company_a_position_or_a_note(query: str) -> None:
    assert find(query, (BEN, DORA)) == ()
