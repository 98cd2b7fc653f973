"""Dates with a time of day, as the network and spreadsheets write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.inbox.moments import Moments

NOON = datetime(2026, 2, 12, 11, 44)


def read(*texts: str) -> list[datetime | None]:
    moments = Moments(texts)
    return [moments.read(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "2/12/26, 11:44 AM",
        "2/12/26, 11:44\u202fAM",
        "2026-02-12 11:44",
        "2026-02-12T11:44:00",
        "2026/2/12, 11:44",
        "12 févr. 2026, 11:44",
        "12 février 2026 à 11:44",
        "12 févr. 2026 à 11 h 44",
        "jeudi 12 février 2026 11h44",
        "Feb 12, 2026, 11:44 AM",
        "February 12th, 2026 at 11:44 a.m.",
        "12-Feb-26 11:44",
    ],
)
def test_one_date_alone_is_read(text: str) -> None:
    assert read(text) == [NOON]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("12:05 AM", 0),
        ("12:05 PM", 12),
        ("1:05 PM", 13),
        ("11:05 p.m.", 23),
        ("1:05?PM", 13),
        ("1:05â€¯PM", 13),
    ],
)
def test_twelve_hours_are_read_whatever_stands_before_am(text: str, hour: int) -> None:
    assert read(f"2/25/26, {text}") == [datetime(2026, 2, 25, hour, 5)]


@pytest.mark.parametrize(
    ("telling", "expected"), [("13/02/2026 9:00", datetime(2026, 2, 12)), ("02/13/2026 9:00", datetime(2026, 12, 2))]
)
def test_a_telling_date_explains_the_others(telling: str, expected: datetime) -> None:
    assert read("12/02/2026 11:44", telling)[0] == expected.replace(hour=11, minute=44)


def test_a_telling_date_wins_over_the_networks_own_way() -> None:
    assert read("2/12/26, 11:44 AM", "25/2/26, 9:00 AM") == [
        datetime(2026, 12, 2, 11, 44),
        datetime(2026, 2, 25, 9, 0),
    ]


def test_what_the_file_leaves_open_is_not_guessed() -> None:
    texts = ["12/02/2026 11:44", "05/05/2026 9:00", "5/05/26 9:00", "02/12/2026 11:44 AM"]
    may = datetime(2026, 5, 5, 9, 0)
    assert read(*texts) == [None, may, may, None]
    assert Moments(texts).why_not(texts[0]) == (
        "no date of this file tells which of '12/02/2026 11:44' is the day and which the month"
    )


def test_a_file_that_contradicts_itself_says_only_what_each_date_says_alone() -> None:
    assert read("13/02/2026 1:00", "02/13/2026 1:00", "2/3/26, 1:00 AM", "02/12/2026 1:00") == [
        datetime(2026, 2, 13, 1, 0),
        datetime(2026, 2, 13, 1, 0),
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-01 14:03:22 UTC", datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)),
        ("2025-06-01T14:03:22.123Z", datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)),
        ("2025-06-01 14:03 +0200", datetime(2025, 6, 1, 14, 3, tzinfo=timezone(timedelta(hours=2)))),
        ("2025-06-01", datetime(2025, 6, 1)),
        ("25/06/2025", datetime(2025, 6, 25)),
        ("1er juin 2025", datetime(2025, 6, 1)),
    ],
)
def test_zones_and_days_without_a_time_are_read(text: str, expected: datetime) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the date is missing"),
        ("bientôt", "the date 'bientôt' cannot be read"),
        ("31/02/2026 1:00", "the date '31/02/2026 1:00' cannot be read"),
        ("2/25/26, 13:44 PM", "the date '2/25/26, 13:44 PM' cannot be read"),
        ("2/25/26, 25:44", "the date '2/25/26, 25:44' cannot be read"),
        ("12 jui 2026 1:00", "the date '12 jui 2026 1:00' cannot be read"),
        ("2025-06-01 14:03 +9900", "the date '2025-06-01 14:03 +9900' cannot be read"),
        ("9" * 70, f"the date '{'9' * 39}…' cannot be read"),
    ],
)
def test_what_is_no_date_is_told(text: str, why: str) -> None:
    moments = Moments([text])
    assert (moments.read(text), moments.why_not(text)) == (None, why)


@given(st.lists(st.text(alphabet="0123456789/:-., hAPMàfévr\u202f", max_size=30), max_size=4))
def test_any_text_is_a_date_or_none(texts: list[str]) -> None:
    moments = Moments(texts)
    assert all(moments.read(text) or moments.why_not(text) for text in texts)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31)))
def test_the_networks_own_way_of_writing_is_read_back(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    hour = at.hour % 12 or 12
    half = "PM" if at.hour > 11 else "AM"
    text = f"{at.month}/{at.day}/{at:%y}, {hour}:{at:%M}\u202f{half}"
    assert read(text) == [at]
