"""Lengths held to the public definitions: Unicode's grapheme breaks, X's weights, the alphabet of GSM 03.38.

The break tests are Unicode's own file. The other tables are written here from their definitions: the configuration
of X's own counter (version 3) and the two tables of GSM 03.38 (3GPP TS 23.038, 6.2.1), row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from motjuste.messages.length import graphemes, gsm_septets, measure

BREAKS = Path(__file__).parents[1] / "data" / "unicode" / "GraphemeBreakTest.txt"
# A later Unicode than that of the file takes U+2701 for no pictograph any more, so it is joined to nothing.
NO_PICTOGRAPH_ANY_MORE = ["\u2701\u200d\u2701"]


def break_tests() -> Iterator[list[str]]:
    """The characters of each line of Unicode's file, as a reader sees them."""
    for line in BREAKS.read_text("utf-8").splitlines():
        row = line.partition("#")[0].strip(" \t÷")
        if row:
            yield ["".join(chr(int(code, 16)) for code in part.split("×")) for part in row.split("÷")]


def test_graphemes_break_where_unicode_says() -> None:
    expected = [each for each in break_tests() if each != NO_PICTOGRAPH_ANY_MORE]
    assert len(expected) == 601
    assert [list(graphemes("".join(each))) for each in expected] == expected


def test_as_many_graphemes_are_counted_as_there_are() -> None:
    every = [each for each in break_tests() if each != NO_PICTOGRAPH_ANY_MORE]
    assert [measure("".join(each), "graphemes") for each in every] == [len(each) for each in every]


@pytest.mark.parametrize(
    ("character", "weight"),
    [
        ("\u0001", 1), ("\u10ff", 1), ("\u1100", 2), ("\u1fff", 2), ("\u2000", 1), ("\u200d", 1), ("\u200e", 2),
        ("\u200f", 2), ("\u2010", 1), ("\u201f", 1), ("\u2020", 2), ("\u2031", 2), ("\u2032", 1), ("\u2037", 1),
        ("\u2038", 2), ("\uffff", 2), ("\U00010000", 2), ("\U0010fffd", 2),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_character_weighs_one_in_four_ranges_and_two_elsewhere(character: str, weight: int) -> None:
    assert measure(f"a{character}b", "x-weighted") == weight + 2


@pytest.mark.parametrize(
    "emoji",
    ["🐱", "☺", "☺️", "⌚", "▶️", "1️⃣", "#️⃣", "1⃣", "🇫🇷", "👍🏽", "👩‍💻", "👩🏽‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🧕🏾", "❤️‍🔥",
     "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"],
    ids=ascii,
)  # fmt: skip
def test_an_emoji_weighs_two_however_many_characters_it_is_made_of(emoji: str) -> None:
    assert [measure(emoji * times, "x-weighted") for times in (1, 2, 140)] == [2, 4, 280]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        pytest.param("E\u0301te\u0301", 3, id="composed before it is counted"),
        pytest.param("故人西辞", 8, id="ideographs"),
        pytest.param("http://exemple.com", 23, id="http"),
        pytest.param("https://exemple.com", 23, id="https"),
        pytest.param("HTTPS://EXEMPLE.COM/A", 23, id="in capitals"),
        pytest.param("exemple.co.jp", 23, id="without http"),
        pytest.param("a https://exemple.com b exemple.com c", 23 + 23 + 7, id="two links among words"),
        pytest.param("https://exemple.com/" + "x" * 500, 23, id="however long"),
        pytest.param("https://exemple.com/a_(b)", 23, id="brackets in a path"),
        pytest.param("https://exemple.com?a=b.", 24, id="a query behind the name"),
        pytest.param("exemple.com?a=b", 23 + 4, id="which a name without http does not have"),
        pytest.param("(https://exemple.com/a)", 25, id="in brackets"),
        pytest.param("https://exemple.com/a.", 24, id="the full stop behind it is the sentence's"),
        pytest.param("http://exämple.com", 23, id="a name with an accent"),
        pytest.param("https://" + "a" * 63 + ".com", 23, id="a label of 63 characters"),
        pytest.param("https://" + "a" * 64 + ".com", 76, id="a label of 64 characters is no name"),
        pytest.param("a" * 64 + ".com", 68, id="nor is it without http"),
        pytest.param("http://" + "あ" * 30 + ".com", 23, id="a name in another alphabet"),
        pytest.param("http://" + "あいうえおかきく" * 7 + ".com", 7 + 112 + 4, id="one that is too long in Punycode"),
        pytest.param("\u2066https://exemple.com/\u2069", 2 + 23 + 2, id="between signs that turn the writing"),
        pytest.param("camille@exemple.com", 19, id="an address is no link"),
        pytest.param("@exemple.com", 12, id="nor is a name of a person"),
    ],
)  # fmt: skip
def test_a_text_weighs_on_x_what_its_counter_says(text: str, weight: int) -> None:
    assert measure(text, "x-weighted") == weight


GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
"""The basic table, 0x00 to 0x7F; at 0x1B, the escape to the other table, which is no character."""
GSM_EXTENSION = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]",
                 0x40: "|", 0x65: "€"}  # fmt: skip


def test_every_character_has_the_septets_of_the_two_tables() -> None:
    assert len(GSM_BASIC) == 128
    assert [GSM_BASIC.index(character) for character in "@\n\x1b A"] == [0x00, 0x0A, 0x1B, 0x20, 0x41]
    basic, extension = set(GSM_BASIC) - {"\x1b"}, set(GSM_EXTENSION.values())
    septets = {**dict.fromkeys(basic, 1), **dict.fromkeys(extension, 2)}
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    assert {each: gsm_septets(each) for each in characters if gsm_septets(each)} == septets


@pytest.mark.parametrize(
    ("characters", "parts"), [(160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)], ids=str
)
def test_a_part_of_several_holds_153_septets(characters: int, parts: int) -> None:
    assert measure("é" * characters, "sms") == parts


@pytest.mark.parametrize(
    ("characters", "parts"), [(70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)], ids=str
)
def test_a_part_of_several_holds_67_code_units_in_ucs2(characters: int, parts: int) -> None:
    assert measure("ê" * characters, "sms") == parts
