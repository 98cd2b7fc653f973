"""The counter of a text being written: how long, how full, and from where on it is too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.messages.channels import Room
from motjuste.messages.counting import Count, count, where_too_long

NOTE = Room((("utf16", 300),))
POST = Room((("graphemes", 20), ("bytes", 30)))
TEXT_MESSAGE = Room((("sms", 1),))
FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        pytest.param("a" * 243, NOTE, Count(243, 300, "utf16", "fits"), id="there is room"),
        pytest.param("a" * 269, NOTE, Count(269, 300, "utf16", "fits"), id="nine tenths are not near the end"),
        pytest.param("a" * 270, NOTE, Count(270, 300, "utf16", "near"), id="the last tenth is"),
        pytest.param("a" * 300, NOTE, Count(300, 300, "utf16", "full"), id="nothing is left"),
        pytest.param("a" * 301, NOTE, Count(301, 300, "utf16", "over"), id="one too many"),
        pytest.param("e\u0301\r\n", NOTE, Count(2, 300, "utf16", "fits"), id="counted as it is inserted"),
        pytest.param(
            "a" * 7959, Room((("utf16", 8000),)), Count(7959, 8000, "utf16", "fits"), id="a long one has time"
        ),
        pytest.param(
            "a" * 7960, Room((("utf16", 8000),)), Count(7960, 8000, "utf16", "near"), id="until its last lines"
        ),
        pytest.param("abc", Room((("codepoints", None),)), Count(3, None, "codepoints", "open"), id="no limit"),
        pytest.param(FAMILY, POST, Count(1, 20, "graphemes", "fits"), id="the first limit is the one told"),
        pytest.param(FAMILY * 2, POST, Count(50, 30, "bytes", "over"), id="unless the second is gone over"),
        pytest.param("a" * 143, TEXT_MESSAGE, Count(143, 160, "sms", "fits", 1), id="a text message's characters"),
        pytest.param("a" * 160, TEXT_MESSAGE, Count(160, 160, "sms", "full", 1), id="all of them"),
        pytest.param("a" * 163, TEXT_MESSAGE, Count(163, 160, "sms", "over", 2), id="a second text message"),
        pytest.param("ê" * 60, TEXT_MESSAGE, Count(60, 70, "sms", "fits", 1), id="the alphabet with less room"),
        pytest.param("ê" * 71, TEXT_MESSAGE, Count(71, 70, "sms", "over", 2), id="and its limit"),
        pytest.param("a" * 306, Room((("sms", 2),)), Count(306, 306, "sms", "full", 2), id="two text messages"),
        pytest.param(
            "a" * 152 + "€" + "a" * 152, Room((("sms", 2),)), Count(307, 306, "sms", "over", 3),
            id="a sign that two messages cannot share",
        ),
        pytest.param("ab", Room((("sms", None),)), Count(2, None, "sms", "open", 1), id="as many as it takes"),
    ],
)  # fmt: skip
def test_a_text_is_counted_beside_its_room(text: str, room: Room, expected: Count) -> None:
    assert count(text, room) == expected


@pytest.mark.parametrize(("length", "left"), [(243, 57), (301, -1)])
def test_what_is_left_is_below_zero_when_it_is_too_much(length: int, left: int) -> None:
    assert count("a" * length, NOTE).left == left


def test_without_a_limit_nothing_is_left_or_missing() -> None:
    assert count("abc", Room((("codepoints", None),))).left == 0


@given(
    text=st.text(st.sampled_from("ab é€👨‍👩ê\u0301\n"), max_size=40),
    unit=st.sampled_from(["utf16", "codepoints", "graphemes", "bytes"]),
    limit=st.integers(1, 30),
)
def test_all_before_the_place_fits_and_one_character_more_does_not(text: str, unit: str, limit: int) -> None:
    room = Room(((unit, limit),))
    place = where_too_long(text, room)
    if place is None:
        assert room.overflow(text) is None or count(text, room).state != "over"
    else:
        assert place < len(text)
        assert count(text[:place], room).state != "over"
        assert count(text, room).state == "over"


def test_a_character_is_not_marked_by_half() -> None:
    assert where_too_long(f"ab{FAMILY}", Room((("utf16", 5),))) == 2
