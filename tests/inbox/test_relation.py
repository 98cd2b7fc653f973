"""How well the person knows somebody, and what has passed between them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from motjuste.inbox.events import State
from motjuste.inbox.interests import Interests
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.matching import About, match_interests
from motjuste.inbox.relation import Past, again_on, past_of, relation_of
from motjuste.inbox.standing import Guess
from motjuste.people.card import Contact

OWN = ("documentaliste", "les archives sonores", "Éditions du Large")
INTERESTS = Interests(
    positions=("libraire",), backgrounds=("typographie",), companies=("Nord",), places=("Québec",)
)


def guessed(event: str = "", **card: Any) -> Guess:
    contact = Contact(formatted_name="Marie Dupont", **card)
    about = About(
        position=contact.title, company=contact.organization, background=contact.note, place=contact.city
    )
    return relation_of(contact, own_work=OWN, matches=match_interests(INTERESTS, about), event=event)


@pytest.mark.parametrize(
    ("card", "value", "english"),
    [
        pytest.param({"address_form": "tu", "note": "vue au Salon"}, "known", "the card says tu", id="tu"),
        pytest.param(
            {"address_form": "vous"}, "far", "the card says nothing of their work", id="vous says nothing"
        ),
        pytest.param(
            {"note": "Ancienne collègue de Carnets"},
            "known",
            "the card's note says that you know each other: “collègue”",
            id="a colleague",
        ),
        pytest.param(
            {"note": "We worked together in 2019"},
            "known",
            "the card's note says that you know each other: “worked together”",
            id="worked together",
        ),
        pytest.param(
            {"note": "Rencontrée au Salon du livre"},
            "met",
            "the card's note says that you met: “Rencontrée”",
            id="met, in French",
        ),
        pytest.param(
            {"note": "Nos conocimos en la feria"},
            "met",
            "the card's note says that you met: “conocimos”",
            id="met, in Spanish",
        ),
        pytest.param(
            {"title": "Bookseller"},
            "field",
            "the position “libraire” is among your interests: “Bookseller”",
            id="an interest in the position",
        ),
        pytest.param(
            {"title": "Enseignante", "note": "Passionnée de typographie"},
            "field",
            "the background “typographie” is among your interests",
            id="an interest in the background",
        ),
        pytest.param(
            {"organization": "Nord"},
            "field",
            "the company “Nord” is among your interests",
            id="an interest in the company",
        ),
        pytest.param(
            {"title": "Boulangère", "city": "Québec"},
            "far",
            "a stranger whose work is not yours",
            id="a place is no field",
        ),
        pytest.param(
            {"title": "Archiviste", "organization": "Ville"},
            "field",
            "a stranger who works in your field: “Archiviste”",
            id="a word of one's own work",
        ),
        pytest.param(
            {"title": "Chauffeur", "organization": "éditions du large"},
            "field",
            "a stranger who works in your field: “éditions du large”",
            id="the same house",
        ),
        pytest.param(
            {"title": "Boulangère"}, "far", "a stranger whose work is not yours", id="another field"
        ),
        pytest.param({}, "far", "the card says nothing of their work", id="nothing known"),
    ],
)
def test_the_card_says_how_well_one_knows_somebody(card: dict[str, Any], value: str, english: str) -> None:
    guess = guessed(**card)
    assert (guess.value, guess.reason.english, guess.sure) == (value, english, False)
    assert guess.reason.name == ("relation-unknown" if "nothing" in english else f"relation-{value}")


def test_words_that_every_position_has_make_no_common_field() -> None:
    contact = Contact(title="Directrice de projet")
    assert relation_of(contact, own_work=("Directeur projet",), matches=(), event="").value == "far"


def test_where_the_person_says_that_they_met_nothing_is_guessed() -> None:
    guess = guessed("le Salon du livre", address_form="tu")
    assert (guess.value, guess.sure, guess.reason.french) == (
        "met",
        True,
        "vous vous êtes rencontrés : « le Salon du livre »",
    )


def state(
    day: int, direction: str = "outgoing", closed: str = "", closed_on: int = 0, note: str = ""
) -> State:
    invitation = Invitation(
        name="Marie Dupont", at=datetime(2026, 2, day, 9, 0), direction=direction, note=note
    )
    at = datetime(2026, 2, closed_on, 12, 0, tzinfo=UTC) if closed_on else None
    return State(invitation=invitation, closed=closed, closed_at=at)


@pytest.mark.parametrize(
    ("states", "past"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([state(3)], Past("invited", date(2026, 2, 3)), id="invited"),
        pytest.param(
            [state(3, closed="accepted", closed_on=5)], Past("connected", date(2026, 2, 5)), id="accepted"
        ),
        pytest.param([state(3, closed="accepted")], Past("connected"), id="accepted, no day known"),
        pytest.param(
            [state(3, closed="withdrawn", closed_on=9)], Past("withdrawn", date(2026, 2, 9)), id="withdrawn"
        ),
        pytest.param(
            [state(3, closed="withdrawn")], Past("withdrawn", date(2026, 2, 3)), id="withdrawn, no day known"
        ),
        pytest.param([state(3, closed="removed")], None, id="removed"),
        pytest.param([state(3, "incoming")], Past("invited-you", date(2026, 2, 3)), id="they invited"),
        pytest.param(
            [state(3, "incoming", "accepted", 4)], Past("connected", date(2026, 2, 4)), id="you accepted"
        ),
        pytest.param([state(3, "incoming", "removed", 4)], None, id="you removed theirs"),
        pytest.param(
            [state(3, closed="withdrawn", closed_on=4), state(8, "incoming")],
            Past("invited-you", date(2026, 2, 8)),
            id="the newest counts",
        ),
    ],
)
def test_the_newest_invitation_says_what_has_passed(states: list[State], past: Past | None) -> None:
    assert past_of(states, None, UTC) == past
    assert past_of(states, date(2020, 1, 1), UTC) == Past("connected", date(2020, 1, 1))


def test_the_day_is_that_of_the_person_s_own_place() -> None:
    late = state(3, closed="accepted", closed_on=5)
    assert past_of([late], None, timezone(timedelta(hours=13))) == Past("connected", date(2026, 2, 6))


def test_somebody_may_be_invited_again_21_days_after_the_invitation_was_taken_back() -> None:
    assert again_on(Past("withdrawn", date(2026, 2, 9))) == date(2026, 3, 2)
    assert (again_on(Past("withdrawn")), again_on(Past("invited", date(2026, 2, 9)))) == (None, None)
