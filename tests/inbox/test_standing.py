"""How high a position stands, as far as its words tell."""

from __future__ import annotations

import pytest

from motjuste.inbox.saying import Reason
from motjuste.inbox.standing import (
    DIRECTING,
    LEADING,
    LEARNING,
    TOP,
    USUAL,
    Guess,
    Level,
    level_of,
    standing_of,
)


@pytest.mark.parametrize(
    ("position", "level", "words"),
    [
        ("CEO", TOP, "CEO"),
        ("Présidente-directrice générale", TOP, "Présidente directrice générale"),
        ("Vice-président, ventes", TOP, "président"),
        ("Chief Data Officer", TOP, "Chief"),
        ("Députée de Lévis", TOP, "Députée"),
        ("Directrice des archives", DIRECTING, "Directrice"),
        ("Director of Archives", DIRECTING, "Director"),
        ("DRH", DIRECTING, "DRH"),
        ("Head of Sound", DIRECTING, "Head"),
        ("Rédactrice en chef", DIRECTING, "en chef"),
        ("Editor in chief", DIRECTING, "in chief"),
        ("Cofondatrice", DIRECTING, "Cofondatrice"),
        ("Responsable des fonds", LEADING, "Responsable"),
        ("Cheffe d’équipe", LEADING, "cheffe d equipe"),
        ("Coordonnatrice", LEADING, "Coordonnatrice"),
        ("Project Manager", LEADING, "Manager"),
        ("Responsable | Directrice", DIRECTING, "Directrice"),
        ("Documentaliste", USUAL, ""),
        ("Cheffe de projet", USUAL, ""),
        ("HR Business Partner", USUAL, ""),
        ("Product Owner", USUAL, ""),
        ("Étudiante en lettres | Présidente de l’association", LEARNING, "Étudiante"),
        ("Assistante de la directrice", LEARNING, "Assistante"),
        ("Trainee", LEARNING, "Trainee"),
        ("Stagiaires", LEARNING, "Stagiaires"),
    ],
)
def test_the_words_of_a_position_tell_how_high_it_stands(position: str, level: int, words: str) -> None:
    assert level_of(position) == Level(level, words)


def test_only_so_much_of_a_position_is_read_as_a_message_can_have() -> None:
    assert level_of("mot " * 2000 + "| CEO") == Level(USUAL)


@pytest.mark.parametrize("position", ["", " ", "—"])
def test_without_a_position_nothing_is_told(position: str) -> None:
    assert level_of(position) is None


@pytest.mark.parametrize(
    ("theirs", "own", "value"),
    [
        ("Directrice", "Documentaliste", "senior"),
        ("Responsable", "Documentaliste", "peer"),
        ("CEO", "Directeur", "peer"),
        ("CEO", "Responsable", "senior"),
        ("Documentaliste", "Directrice", "junior"),
        ("Responsable", "Directrice", "peer"),
        ("Étudiante", "Documentaliste", "junior"),
        ("Étudiante", "Étudiant", "peer"),
        ("Documentaliste", "Étudiant", "senior"),
        ("Directrice", "", "senior"),
        ("Documentaliste", "", "peer"),
        ("", "Directrice", "peer"),
    ],
)
def test_two_steps_apart_are_above_or_below(theirs: str, own: str, value: str) -> None:
    guess = standing_of(theirs, own)
    assert (guess.value, guess.sure) == (value, False)


@pytest.mark.parametrize(
    ("theirs", "own", "reason"),
    [
        (
            "Directrice",
            "",
            Reason(
                "standing-senior",
                "they seem to stand well above you: “Directrice”",
                "cette personne semble d’un rang bien plus élevé que le vôtre : « Directrice »",
            ),
        ),
        (
            "Documentaliste",
            "Étudiant",
            Reason(
                "standing-senior",
                "they seem to stand well above you",
                "cette personne semble d’un rang bien plus élevé que le vôtre",
            ),
        ),
        (
            "Stagiaire",
            "",
            Reason(
                "standing-junior",
                "they seem to be earlier in their career: “Stagiaire”",
                "cette personne semble moins avancée dans sa carrière : « Stagiaire »",
            ),
        ),
        (
            "Documentaliste",
            "Directrice",
            Reason(
                "standing-junior",
                "they seem to be earlier in their career",
                "cette personne semble moins avancée dans sa carrière",
            ),
        ),
        (
            "Documentaliste",
            "",
            Reason(
                "standing-peer", "they seem to be a peer", "cette personne semble d’un rang proche du vôtre"
            ),
        ),
    ],
)
def test_a_guess_says_by_which_of_their_words(theirs: str, own: str, reason: Reason) -> None:
    assert standing_of(theirs, own).reason == reason


def test_nothing_known_is_said_to_be_so() -> None:
    assert standing_of("", "Directrice") == Guess(
        "peer",
        Reason(
            "standing-unknown",
            "nothing is known of their position, so they are taken for a peer",
            "on ne sait rien de son poste, donc on suppose un rang égal au vôtre",
        ),
    )
