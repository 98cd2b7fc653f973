"""What a policy costs is told with the numbers of this inbox, and no more is claimed than is known."""

from __future__ import annotations

from typing import Any

import pytest

from motjuste.inbox.cost import Cost, cost_of
from motjuste.inbox.facts import NOTHING_KNOWN


def judged(position: str | None, verdict: str) -> tuple[Any, str]:
    return {**NOTHING_KNOWN, "position": position}, verdict


@pytest.mark.parametrize(
    ("position", "recruits", "buys"),
    [
        ("Recruteuse, Rive", 1, 0),
        ("Talent Acquisition Manager", 1, 0),
        ("Responsable des Ressources Humaines", 1, 0),
        ("DRH", 1, 0),
        ("Acheteuse senior", 0, 1),
        ("Head of Procurement", 0, 1),
        ("Directeur des achats et recrutement", 1, 1),
        ("Chirurgien", 0, 0),  # "hr" and "rh" are words, not letters
        ("Autrhor", 0, 0),
        ("Éditrice", 0, 0),
    ],
)
def test_recruiters_and_buyers_are_known_by_words_of_their_position(position: str, recruits: int, buys: int) -> None:
    assert cost_of([judged(position, "ask")]) == Cost(
        waiting=1, accepted=0, recruiters=recruits, buyers=buys, positions=1
    )


def test_only_those_who_would_not_be_accepted_are_a_loss() -> None:
    found = cost_of(
        [judged("Recruteur", "accept"), judged("Recruteur", "look"), judged(None, "decline"), judged(None, "accept")]
    )
    assert found == Cost(waiting=4, accepted=2, recruiters=1, buyers=0, positions=1)
    assert found.others == 2


def test_the_sentences_say_what_is_lost_and_gained_in_three_languages() -> None:
    cost = Cost(waiting=3200, accepted=1200, recruiters=41, buyers=7, positions=500)
    assert cost.sentences("en") == (
        "Accepted at once: 1,200 of 3,200.",
        "Lost for now: 2,000. A smaller network is found less, by keywords and by those whom they know.",
        "Positions known among these: 500; recruiters: 41, buyers: 7: they find you less.",
        "Gained: new voices in your feed, 1,200 in place of 3,200; what you want to read is buried less.",
    )
    assert cost.sentences("fr-CA")[0] == "Acceptation immédiate\u00a0: 1\u202f200 sur 3\u202f200."
    assert cost.sentences("es")[0] == "Aceptación inmediata: 1.200 de 3.200."
    assert {len(cost.sentences(language)) for language in ("fr", "en", "es")} == {4}
    assert cost.sentences("pt") == cost.sentences("en")


def test_where_no_position_is_known_nothing_is_claimed_of_recruiters() -> None:
    assert Cost(waiting=2, accepted=1).sentences("en")[2] == (
        "No position is known among these, so how many recruit or buy cannot be told."
    )


def test_where_everybody_is_accepted_nobody_is_lost_and_the_feed_is_the_price() -> None:
    assert Cost(waiting=2, accepted=2).sentences("en") == (
        "Accepted at once: 2 of 2.",
        "Lost: nobody.",
        "The price: new voices in your feed, 2; what you want to read is buried sooner.",
    )


def test_an_empty_inbox_costs_nothing() -> None:
    assert cost_of([]).sentences("fr") == ()
