"""Contacts pasted as plain text: what is sure is read, what is not is named, and nothing is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.people.any_file import read_people
from motjuste.people.card import Contact
from motjuste.people.pasted import is_name

MARIE = {"formatted_name": "Marie Dupont", "emails": ("marie@acme.fr",)}
PROFILE = "https://www.linkedin.com/in/marie-dupont"


def read(text: str) -> tuple[list[dict[str, object]], list[str]]:
    """What is known of each contact, and the problems."""
    reading = read_people(text.encode(), "p")
    nothing = Contact().__dict__
    known = [
        {name: value for name, value in each.__dict__.items() if value != nothing[name] and name != "source"}
        for each in reading.contacts
    ]
    return known, [str(problem) for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Marie Dupont, directrice marketing chez Acme, marie@acme.fr",
         {**MARIE, "title": "directrice marketing", "organization": "Acme"}),
        ("Marie Dupont\nMarketing Director at Acme & Co\nmarie@acme.fr",
         {**MARIE, "title": "Marketing Director", "organization": "Acme & Co"}),
        (f"Cordialement,\n--\nMme Ana Silva, PhD\nT: +33 (0)6 12 34 56 78 | M. 06.12.34.56.79\nwww.acme.fr\n{PROFILE}",
         {"formatted_name": "Mme Ana Silva", "honorific_suffix": "PhD", "urls": ("www.acme.fr",),
          "phones": ("+33 (0)6 12 34 56 78", "06.12.34.56.79"), "profile_url": PROFILE}),
        ("Nom: Dupont\nPrénom : Marie\nSociété: Acme\nPoste: PDG\nVille: Lyon\nE-mail: m@acme.fr\nTél.: 418-555-0100",
         {"formatted_name": "Marie Dupont", "given_name": "Marie", "family_name": "Dupont", "organization": "Acme",
          "title": "PDG", "city": "Lyon", "emails": ("m@acme.fr",), "phones": ("418-555-0100",)}),
        ("Nom : Marie Dupont", {"formatted_name": "Marie Dupont"}),
        ("Name: Marie Dupont\nCompany: Acme", {"formatted_name": "Marie Dupont", "organization": "Acme"}),
        ("Marie Dupont <mailto:marie@acme.fr>", {"formatted_name": "Marie Dupont", "emails": ("marie@acme.fr",)}),
        ("Marie Dupont, m@acme.fr <m@acme.fr>, https://acme.fr.",
         {"formatted_name": "Marie Dupont", "emails": ("m@acme.fr",), "urls": ("https://acme.fr",)}),
        ("Marie Dupont - PDG - Acme - m@acme.fr",
         {"formatted_name": "Marie Dupont", "title": "PDG", "organization": "Acme", "emails": ("m@acme.fr",)}),
        ("Marie Dupont (chez Nord), m@acme.fr",
         {"formatted_name": "Marie Dupont", "organization": "Nord", "emails": ("m@acme.fr",)}),
        ("Acme SAS, i@acme.fr", {"formatted_name": "Acme SAS", "organization": "Acme SAS", "emails": ("i@acme.fr",)}),
        ("marie@acme.fr", {"formatted_name": "marie@acme.fr", "emails": ("marie@acme.fr",)}),
        (PROFILE, {"formatted_name": PROFILE, "profile_url": PROFILE}),
    ],
)  # fmt: skip
def test_what_is_sure_is_read(text: str, known: dict[str, object]) -> None:
    assert read(text) == ([known], [])


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        ("Marie Dupont, directrice, Nord, m@acme.fr", "'Nord'"),
        ("Marie Dupont, ravie de sa visite, m@acme.fr", "'ravie de sa visite'"),
        ("Marie Dupont, at noon, m@acme.fr", "'at noon'"),
        ("Marie Dupont, m@acme.fr, Paul Roy", "'Paul Roy'"),
        ("Marie Dupont, PDG, directrice, m@acme.fr", "'directrice'"),
        ("Marie Dupont, AB, m@ab.fr", "'AB'"),
        ("Marie Dupont, le nouveau siège de sa belle et chère Acme SA, m@x.fr", None),
        ("Marie Dupont, Le nouveau siège de notre chère Acme SA, m@x.fr", None),
        ("Marie Dupont, je cherche un directeur pour notre belle équipe à Lyon, m@x.fr", None),
        ("Marie Dupont, PDG chez nous et aussi chez vous et chez tous ceux de là, m@x.fr", None),
    ],
)
def test_what_is_not_sure_is_named_and_left_out(text: str, untold: str | None) -> None:
    untold = untold or repr(text.split(", ")[1])
    (known,), problems = read(text)
    assert known["formatted_name"] == "Marie Dupont"
    assert "organization" not in known
    assert problems == [f"p:1: could not tell what {untold} is, so it was left out"]


EXAMPLE = "for example: Marie Dupont, directrice marketing chez Acme, marie@acme.example"
ONLY_A_NAME = "not a contact: only a name, with nothing that says it is a person's"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Grace Martin", ONLY_A_NAME),
        ("Hello World", "not a contact: could not tell whose: 'Hello World'"),
        ("pouvez-vous écrire à marie@acme.fr ?", "not a contact: could not tell whose: 'pouvez-vous écrire à'"),
        ("x" * 60, f"not a contact: could not tell whose: '{'x' * 39}…'"),
        ("un mot " * 700, "not a card, no table, and too long for one pasted contact"),
        ("a\n" * 41, "not a card, no table, and too long for one pasted contact"),
    ],
)
def test_what_is_no_contact_says_why(text: str, why: str) -> None:
    assert read(text) == ([], [f"p:1: {why}; {EXAMPLE}"])


def test_contacts_one_a_line_are_several() -> None:
    known, problems = read("Zoé Roy, z@x.fr\n\nAna Silva, PDG chez Nord, a@x.fr")
    assert [each["formatted_name"] for each in known] == ["Zoé Roy", "Ana Silva"]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marie Dupont", True),
        ("Dr Anne-Sophie d’Hector", True),
        ("Philippe de Villiers", True),
        ("Marie", False),
        ("marie dupont", False),
        ("Acme Inc.", False),
        ("Marketing Director", False),
        ("Route 66", False),
        ("Un Deux Trois Quatre Cinq Six Sept", False),
    ],
)
def test_the_shape_of_a_name(text: str, expected: bool) -> None:
    assert is_name(text) is expected


@given(st.text(max_size=80) | st.text(alphabet="aA@.:,- \n1+/(é", max_size=120))
def test_any_text_yields_a_contact_or_a_reason(text: str) -> None:
    known, problems = read(text)
    assert known or problems


@pytest.mark.parametrize("character", ["a", "1", "@", ".", "a@", "a.", ":", "-", "1 ", "/in/", "A "])
def test_no_text_takes_long(character: str) -> None:
    reading = read_people((character * 4000)[:3999].encode(), "p")
    assert reading.contacts or reading.problems
