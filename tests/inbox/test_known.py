"""The same invitation is found again, however it was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motjuste.inbox.invitation import ADDED, PASTED, Invitation
from motjuste.inbox.known import Known

HUGO = Invitation(
    name="Hugo Martin, PhD",
    at=datetime(2026, 2, 12, 11, 44),
    profile_url="linkedin.com/in/hugo",
    source="Invitations.csv",
)
NAMED = replace(HUGO, name="Hugo MARTIN", profile_url="")
MIDNIGHT = datetime(2026, 2, 12)


def same(one: Invitation, other: Invitation) -> bool:
    """Whether either is found again when the other is known."""
    found = [Known([one]).find(other), Known([other]).find(one)]
    assert found in ([one, other], [None, None])
    return found == [one, other]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(replace(HUGO, note="Bonjour", name="Hugo M."), id="the same profile and minute"),
        pytest.param(NAMED, id="without the profile's address"),
        pytest.param(replace(HUGO, at=HUGO.at + timedelta(minutes=1)), id="a minute later"),
        pytest.param(replace(NAMED, at=HUGO.at - timedelta(minutes=1)), id="by name and a minute earlier"),
        pytest.param(replace(HUGO, at=MIDNIGHT), id="the day alone"),
        pytest.param(replace(NAMED, at=MIDNIGHT), id="by name and the day alone"),
    ],
)
def test_it_is_the_same(again: Invitation) -> None:
    assert same(HUGO, again)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(HUGO, direction="outgoing"), id="the other direction"),
        pytest.param(replace(HUGO, profile_url="linkedin.com/in/hugo-2"), id="a namesake in the same minute"),
        pytest.param(replace(NAMED, name="Léa Petit"), id="another name in the same minute"),
        pytest.param(replace(HUGO, at=HUGO.at + timedelta(minutes=2)), id="two minutes later"),
        pytest.param(replace(HUGO, at=HUGO.at + timedelta(days=40)), id="invited again"),
        pytest.param(replace(HUGO, at=MIDNIGHT + timedelta(days=1)), id="another day alone"),
        pytest.param(
            replace(HUGO, at=MIDNIGHT, profile_url="linkedin.com/in/hugo-2"), id="a namesake on the same day"
        ),
    ],
)
def test_it_is_another_one(other: Invitation) -> None:
    assert not same(HUGO, other)


@pytest.mark.parametrize("source", [ADDED, PASTED])
def test_one_that_was_added_by_hand_came_some_time_before(source: str) -> None:
    def added(days: int, name: str = "Hugo Martin") -> bool:
        return same(HUGO, Invitation(name=name, at=HUGO.at + timedelta(days=days), source=source))

    assert [added(-2), added(-1), added(0), added(3), added(60), added(61)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    assert not added(3, "Hugo Petit")


def test_the_same_profile_comes_before_the_same_name() -> None:
    by_profile = replace(HUGO, name="H. M.", at=HUGO.at + timedelta(minutes=1))
    assert Known([NAMED, by_profile]).find(HUGO) == by_profile


def test_more_of_a_known_one_replaces_what_was_known_of_it() -> None:
    by_hand = Invitation(name="Hugo Martin", at=datetime(2026, 2, 14), source=ADDED)
    known = Known([by_hand])
    more = replace(by_hand, at=HUGO.at, source="Invitations.csv", kept_id=by_hand.id)
    known.add(more)
    former = [datetime(2026, 2, 14, 0, 1), datetime(2026, 2, 14), datetime(2026, 2, 2, 9, 0)]
    assert [known.find(replace(HUGO, at=at)) for at in former] == [None, None, None]
    # The id that it was given stays its own.
    assert known.find(HUGO) == known.find(replace(by_hand, source="Invitations.csv")) == more


def test_one_more_is_known_at_once() -> None:
    known = Known()
    assert known.find(HUGO) is None
    known.add(HUGO)
    assert known.find(NAMED) == HUGO
