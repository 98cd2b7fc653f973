"""Whose words meet the person's interests: gender, number, accents and language forgiven, and shown why."""

from __future__ import annotations

import pytest

from motjuste.inbox.interests import Interests
from motjuste.inbox.matching import About, Match, match_interests
from motjuste.inbox.stems import FAMILIES, stem, stems
from motjuste.people.names import fold


def positions(interest: str, position: str) -> list[str]:
    """The words of a position that meet an interest."""
    return [
        match.words for match in match_interests(Interests(positions=(interest,)), About(position=position))
    ]


@pytest.mark.parametrize(
    ("interest", "position", "words"),
    [
        ("directrice marketing", "Directeur marketing", "Directeur marketing"),
        ("directrice marketing", "Directeurs du Marketing, Nord", "Directeurs Marketing"),
        ("directeur marketing", "Marketing Director | Speaker", "Marketing Director"),
        ("directeur marketing", "Directora de marketing", "Directora marketing"),
        ("directeur marketing", "Directrice de la communication et du marketing", "Directrice … marketing"),
        ("développeuse", "DEVELOPPEURS", "DEVELOPPEURS"),
        ("développeuse", "Senior Developer", "Developer"),
        ("RH", "Chargée de ressources humaines", "ressources humaines"),
        ("RH", "Human Resources Partner", "Human Resources"),
        ("RH", "RRHH", "RRHH"),
        ("ressources humaines", "DRH | Atelier Nord", "DRH"),
        ("directrice RH", "DRH", "DRH"),
        ("recruteur", "Responsable recrutement", "recrutement"),
        ("recruteur", "recruteuses", "recruteuses"),
        ("recruteur", "Talent acquisition manager", "Talent acquisition"),
        ("recruteur", "Chasseuse de têtes", "Chasseuse de têtes"),
        ("recrutement", "IT Recruiter", "Recruiter"),
        ("PDG", "Présidente-directrice générale", "Présidente directrice générale"),
        ("ceo", "Directeur général", "Directeur général"),
        ("rédacteur en chef", "Rédactrice en chef", "Rédactrice chef"),
        ("infirmier", "Infirmières", "Infirmières"),
        ("informaticien", "informaticienne", "informaticienne"),
        ("chargée de projet", "Chargés de projets", "Chargés projets"),
        ("commercial", "Commerciaux", "Commerciaux"),
        ("conseillère", "Conseillers", "Conseillers"),
        ("créatif", "Créatives", "Créatives"),
        ("administrateur", "administratrices", "administratrices"),
        ("journaliste", "Journalist", "Journalist"),
        ("archivist", "Archiviste médicale", "Archiviste"),
        ("traductora", "traducteur", "traducteur"),
        ("cofondatrice", "Co-Founder", "Co Founder"),
        ("professionnelle", "Professionnels", "Professionnels"),
    ],
)
def test_a_position_is_met_whatever_its_gender_number_and_language(
    interest: str, position: str, words: str
) -> None:
    assert positions(interest, position) == [words]


@pytest.mark.parametrize(
    ("interest", "position"),
    [
        pytest.param("développeuse", "Chargée de développement durable", id="development is no developer"),
        pytest.param("directeur", "Assistante de direction", id="a direction is no director"),
        pytest.param(
            "directrice marketing", "Directrice | Consultante marketing", id="words of two positions"
        ),
        pytest.param("directrice marketing", "Directrice", id="one word of two"),
        pytest.param("art", "Partner", id="part of a word"),
        pytest.param("vin", "Vins", id="short words stay as they are"),
        pytest.param("de la", "Directrice de la revue", id="nothing but joining words"),
        pytest.param("marketing", "", id="nothing known"),
    ],
)
def test_what_only_looks_alike_does_not_meet_an_interest(interest: str, position: str) -> None:
    assert positions(interest, position) == []


@pytest.mark.parametrize("mark", ["|", " - ", " – ", "•", ", ", " / ", "\n", " & "])
def test_a_headline_is_read_in_parts(mark: str) -> None:
    assert positions("autrice jeunesse", f"Autrice{mark}Libraire jeunesse") == []
    assert positions("autrice jeunesse", f"Libraire{mark}Autrice jeunesse") == ["Autrice jeunesse"]


def test_each_interest_is_met_in_its_place_and_says_which_words() -> None:
    interests = Interests(
        positions=("libraire", "éditrice"),
        backgrounds=("archives sonores",),
        companies=("Atelier Nord inc.", "Orange"),
        schools=("Université Laval",),
        groups=("Édition au Québec",),
        places=("Québec", "Lévis"),
    )
    about = About(
        position="Editor | ATELIER NORD",
        company="Nord",
        background="Archiviste sonore\nDiplômée de l’Universite Laval\nOrangerie",
        groups="Édition au Québec",
        place="Ville de Quebec, Canada",
    )
    assert match_interests(interests, about) == (
        Match("position", "éditrice", "Editor"),
        Match("background", "archives sonores", "Archiviste sonore"),
        Match("company", "Atelier Nord inc.", "Atelier Nord inc."),
        Match("school", "Université Laval", "Université Laval"),
        Match("group", "Édition au Québec", "Édition au Québec"),
        Match("place", "Québec", "Québec"),
    )


def test_a_match_is_told_in_both_languages() -> None:
    reason = Match("position", "éditrice", "Editor").reason
    assert reason.english == "the position “éditrice” is among your interests: “Editor”"
    assert reason.french == "le poste « éditrice » est parmi vos intérêts : « Editor »"
    assert reason.name == "interest-position"
    assert Match("place", "Québec", "Québec").reason.english == "the place “Québec” is among your interests"


def test_names_are_met_as_they_stand_and_not_by_stems() -> None:
    assert match_interests(Interests(companies=("Nord Atelier",)), About(company="Atelier Nord")) == ()
    assert match_interests(Interests(companies=("SA",)), About(company="Acme SA")) == (
        Match("company", "SA", "SA"),
    )
    assert match_interests(Interests(companies=("…",)), About(company="Acme")) == ()


def test_a_word_belongs_to_one_family() -> None:
    homes: dict[str, set[str]] = {}
    for line in FAMILIES.strip().splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            homes.setdefault(" ".join(map(stem, fold(phrase).split())), set()).add(name)
    assert {phrase: names for phrase, names in homes.items() if len(names) > 1} == {}


def test_an_interest_is_told_once_by_its_first_words() -> None:
    assert positions("éditrice", "Éditeur | Editor | Éditrice") == ["Éditeur"]


def test_the_longest_phrase_is_taken_first() -> None:
    assert [(each.stem, each.words) for each in stems("Président directeur général adjoint")] == [
        ("ceo", "Président directeur général"),
        ("adjoint", "adjoint"),
    ]


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("directeur directrice directeurs directrices director directora directores", "director"),
        ("vendeuse vendeur vendeuses", "vendeur"),
        ("menteuse menteur", "mentor"),
        ("loyal loyaux loyale loyales", "loyal"),
        ("jolie jolies", "joli"),
    ],
)
def test_gender_and_number_make_one_stem(words: str, same: str) -> None:
    assert {stem(word) for word in words.split()} == {same}
