"""Finding people by what somebody typed."""

from __future__ import annotations

import pytest

from motjuste.people.card import Contact
from motjuste.people.search import find

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
