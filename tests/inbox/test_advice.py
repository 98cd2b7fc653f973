"""Whether a personal note is worth it: the points, and the template that fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motjuste.inbox.advice import FACTS, Advice, Point, Situation, advise
from motjuste.inbox.matching import Match
from motjuste.inbox.relation import Past
from motjuste.inbox.saying import Reason
from motjuste.inbox.standing import Guess

TODAY = date(2026, 2, 12)
TEMPLATES = Path(__file__).parents[2] / "templates" / "fr"


def guess(kind: str, value: str) -> Guess:
    return Guess(value, Reason(f"{kind}-{value}", value, value))


def situation(
    relation: str = "field",
    standing: str = "peer",
    aim: str = "quality",
    facts: Mapping[str, str] | None = None,
    **more: Any,
) -> Situation:
    return Situation(
        aim=aim,
        relation=guess("relation", relation),
        standing=guess("standing", standing),
        facts=facts or {},
        today=TODAY,
        **more,
    )


def points(advice: Advice) -> dict[str, int]:
    return {each.reason.name: each.points for each in advice.reasons}


@pytest.mark.parametrize(
    ("aim", "relation", "standing", "score"),
    [
        ("quality", "known", "peer", 1),
        ("quality", "met", "peer", 3),
        ("quality", "field", "peer", 2),
        ("quality", "field", "senior", 3),
        ("quality", "field", "junior", 2),
        ("quality", "far", "peer", 0),
        ("quality", "far", "senior", 1),
        ("reach", "known", "peer", -1),
        ("reach", "met", "peer", 1),
        ("reach", "met", "senior", 2),
        ("reach", "field", "peer", 0),
        ("reach", "far", "peer", -2),
    ],
)
def test_aim_relation_and_standing_are_weighed(aim: str, relation: str, standing: str, score: int) -> None:
    advice = advise(situation(relation, standing, aim))
    assert (advice.score, advice.needed, advice.worth) == (score, 2, score >= 2)
    assert bool(advice.template) == advice.worth


@pytest.mark.parametrize(
    ("left", "needed", "worth"), [(None, 2, True), (3, 2, True), (2, 3, False), (1, 3, False)]
)
def test_of_the_last_notes_more_is_asked(left: int | None, needed: int, worth: bool) -> None:
    advice = advise(situation(notes_left=left))
    assert (advice.score, advice.needed, advice.worth) == (2, needed, worth)


def test_how_many_notes_are_left_is_told_where_they_are_counted() -> None:
    told = [advise(situation(notes_left=left)).reasons[-1] for left in (5, 2, 1)]
    assert told == [
        Point(
            0,
            Reason(
                "notes-left",
                "5 personal notes are left this month",
                "il reste 5 notes personnelles ce mois-ci",
            ),
        ),
        Point(
            0,
            Reason(
                "notes-left",
                "2 personal notes are left this month, so 3 points are needed rather than 2",
                "il reste 2 notes personnelles ce mois-ci, donc il faut 3 points plutôt que 2",
            ),
        ),
        Point(
            0,
            Reason(
                "notes-left",
                "1 personal note is left this month, so 3 points are needed rather than 2",
                "il reste 1 note personnelle ce mois-ci, donc il faut 3 points plutôt que 2",
            ),
        ),
    ]
    assert "notes-left" not in points(advise(situation()))


@pytest.mark.parametrize(
    ("facts", "more", "weighed"),
    [
        pytest.param({"reason": "votre livre"}, {}, {"own-reason": 2}, id="a reason"),
        pytest.param({"article": "Le Phare"}, {}, {"own-reason": 2}, id="an article"),
        pytest.param({"reason": "a", "article": "b"}, {}, {"own-reason": 2}, id="one reason counts"),
        pytest.param({"mutual": "Alex"}, {}, {"common-mutual": 1}, id="a contact in common"),
        pytest.param(
            {"group": "G", "school": "S", "company": "C"},
            {},
            {"common-company": 1, "common-school": 0, "common-group": 0},
            id="the first thing in common counts",
        ),
        pytest.param({"reason": ""}, {}, {}, id="an empty fact is none"),
        pytest.param({}, {"note": "aime Satie"}, {"card-note": 1}, id="a note on the card"),
        pytest.param(
            {},
            {
                "note": "Laval",
                "matches": (Match("place", "Lévis", "Lévis"), Match("school", "Laval", "Laval")),
            },
            {"interest-school": 1},
            id="an interest comes before the note",
        ),
        pytest.param(
            {"mutual": "Alex"}, {"note": "aime Satie"}, {"common-mutual": 1}, id="more than the note"
        ),
        pytest.param({"reason": "a"}, {"note": "aime Satie"}, {"own-reason": 2}, id="better than the note"),
    ],
)
def test_what_there_is_to_say_is_weighed(
    facts: dict[str, str], more: dict[str, Any], weighed: dict[str, int]
) -> None:
    base = {"aim-quality": 1, "relation-far": -1, "standing-peer": 0}
    assert points(advise(situation("far", facts=facts, **more))) == base | weighed


@pytest.mark.parametrize("relation", ["known", "met"])
def test_a_note_on_the_card_of_somebody_known_weighs_nothing(relation: str) -> None:
    assert "card-note" not in points(advise(situation(relation, note="aime Satie")))


def test_a_fact_is_told_with_its_words() -> None:
    advice = advise(situation(facts={"group": "Édition au Québec"}))
    assert [each.reason.french for each in advice.reasons if each.reason.name == "common-group"] == [
        "le même groupe : « Édition au Québec »"
    ]


@pytest.mark.parametrize(
    ("more", "stopped", "english"),
    [
        pytest.param(
            {"past": Past("connected", date(2026, 1, 2))},
            "connected",
            "you are connected already (2026-01-02)",
            id="connected",
        ),
        pytest.param(
            {"past": Past("connected")}, "connected", "you are connected already", id="no day known"
        ),
        pytest.param(
            {"past": Past("invited", date(2026, 1, 2)), "notes_left": 0},
            "invited",
            "you have invited them, and they have not answered yet (2026-01-02)",
            id="invited",
        ),
        pytest.param(
            {"past": Past("invited-you", date(2026, 1, 2))},
            "invited-you",
            "they have invited you: answer that (2026-01-02)",
            id="they invited",
        ),
        pytest.param(
            {"past": Past("withdrawn", date(2026, 1, 23))},
            "withdrawn",
            "you took an invitation back; they can be invited again from 2026-02-13 on",
            id="taken back",
        ),
        pytest.param(
            {"notes_left": 0},
            "no-notes-left",
            "no personal note is left this month; an invitation without one still goes",
            id="no note left",
        ),
    ],
)
def test_what_leaves_nothing_to_weigh_is_said(more: dict[str, Any], stopped: str, english: str) -> None:
    advice = advise(situation("met", facts={"reason": "votre livre"}, **more))
    assert (advice.worth, advice.stopped, advice.template, advice.score) == (False, stopped, "", 0)
    assert [each.reason.english for each in advice.reasons] == [english]


def test_on_the_day_they_can_be_invited_again_it_is_weighed() -> None:
    assert advise(situation(past=Past("withdrawn", date(2026, 1, 22)))).stopped == ""
    assert advise(situation(past=Past("withdrawn"))).stopped == ""


@pytest.mark.parametrize(
    ("relation", "standing", "facts", "template", "fields"),
    [
        ("met", "senior", {}, "invite-event", {}),
        ("met", "peer", {"event": "le Salon", "article": "x"}, "invite-event", {"event": "le Salon"}),
        ("known", "peer", {"event": "le Salon", "reason": "x"}, "invite-event", {"event": "le Salon"}),
        (
            "field",
            "senior",
            {"article": "Le Phare", "mutual": "Alex"},
            "invite-article",
            {"title": "Le Phare"},
        ),
        ("field", "senior", {"mutual": "Alex", "reason": "x"}, "invite-contact", {"mutual": "Alex"}),
        ("field", "senior", {"reason": "x", "school": "S"}, "invite-standing", {"reason": "x"}),
        ("field", "senior", {}, "invite-standing", {}),
        ("known", "senior", {"school": "S"}, "invite-school", {"school": "S"}),
        ("field", "peer", {"reason": "x", "school": "S"}, "invite", {"reason": "x"}),
        ("field", "peer", {"school": "S", "group": "G"}, "invite-school", {"school": "S"}),
        ("field", "peer", {"alumni": "A", "group": "G"}, "invite-alumni", {"group": "A"}),
        ("field", "peer", {"group": "G"}, "invite-group", {"group": "G"}),
        ("field", "peer", {"company": "C"}, "invite", {}),
        ("field", "peer", {}, "invite", {}),
    ],
)
def test_the_most_telling_fact_chooses_the_template(
    relation: str, standing: str, facts: dict[str, str], template: str, fields: dict[str, str]
) -> None:
    advice = advise(situation(relation, standing, facts=facts))
    assert (advice.worth, advice.template, dict(advice.fields)) == (True, template, fields)
    shipped = (TEMPLATES / f"{template}.txt").read_text("utf-8")
    assert [field for field in fields if f"\n  {field}:\n" not in shipped] == []
    assert {*facts} <= {*FACTS}


def test_no_gain_is_promised() -> None:
    for aim in ("quality", "reach"):
        told = advise(situation(aim=aim)).reasons[0].reason
        assert "accept" in told.english
        assert "accept" in told.french
        assert told.name == f"aim-{aim}"
