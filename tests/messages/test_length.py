"""Lengths: the measured table, unit by unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.errors import UserError
from motjuste.messages.length import (
    UNITS,
    Costly,
    Sms,
    costly,
    gsm_septets,
    measure,
    measure_all,
    normalise,
    sms,
)


@pytest.mark.parametrize(
    ("text", "codepoints", "utf16", "graphemes", "weight"),
    [
        pytest.param("Merci\u202f!", 7, 7, 7, 8, id="a narrow no-break space weighs two on X"),
        pytest.param("«\u00a0réseau fort\u00a0»", 15, 15, 15, 15, id="no-break spaces"),
        pytest.param("À suivre…", 9, 9, 9, 10, id="an ellipsis weighs two on X"),
        pytest.param("10 €", 4, 4, 4, 5, id="the euro sign weighs two on X"),
        pytest.param("🚀", 1, 2, 1, 2, id="a rocket"),
        pytest.param("❤️", 2, 2, 1, 2, id="a heart with its selector"),
        pytest.param("🇫🇷", 2, 4, 1, 2, id="a flag"),
        pytest.param("👨‍👩‍👧‍👦", 7, 11, 1, 2, id="a family"),
        pytest.param("𝐌𝐚𝐫𝐢𝐞", 5, 10, 5, 10, id="maths-bold letters"),
        pytest.param("e\u0301", 2, 2, 1, 1, id="a decomposed e acute"),
        pytest.param("a\r\nb", 4, 4, 3, 3, id="a line end of two characters"),
        pytest.param("👍🏽", 2, 4, 1, 2, id="a skin tone"),
        pytest.param("1️⃣", 3, 3, 1, 2, id="a keycap"),
        pytest.param("©", 1, 1, 1, 2, id="a sign that X takes for an emoji"),
        pytest.param("©️", 2, 2, 1, 2, id="a sign made an emoji"),
        pytest.param("日本", 2, 2, 2, 4, id="ideographs"),
        pytest.param("", 0, 0, 0, 0, id="nothing"),
    ],
)
def test_the_measured_table(text: str, codepoints: int, utf16: int, graphemes: int, weight: int) -> None:
    assert measure_all(text) == {
        "utf16": utf16, "codepoints": codepoints, "graphemes": graphemes, "x-weighted": weight,
        "bytes": len(text.encode()),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Voir https://carnets.exemple.org/un/tres/long/chemin?avec=tout.", 5 + 23 + 1),
        ("Voir exemple.com, puis", 5 + 23 + 6),
        ("t.fr", 23),
        ("fin. La suite", 13),
        ("exemple.co.uk", 23),
        ("exemple.zz", 10),
        ("exemple.communes", 16),
        ("www.exemple.fr", 23),
        ("exemple.fr/page", 23),
        ("camille@exemple.com", 19),
        ("M. Dupont. Bonjour", 18),
        ("https://a.org https://b.org", 47),
        ("https://a.org🚀", 25),
    ],
    ids=ascii,
)
def test_a_link_weighs_twenty_three_on_x(text: str, weight: int) -> None:
    assert measure(text, "x-weighted") == weight


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Sms("GSM-7", 0, 0)),
        ("a" * 160, Sms("GSM-7", 160, 1)),
        ("a" * 161, Sms("GSM-7", 161, 2)),
        ("a" * 306, Sms("GSM-7", 306, 2)),
        ("a" * 307, Sms("GSM-7", 307, 3)),
        ("€" * 80, Sms("GSM-7", 160, 1)),
        ("a" * 152 + "€" + "a" * 152, Sms("GSM-7", 306, 3)),
        ("è é ù à ì ò Ç É", Sms("GSM-7", 15, 1)),
        ("| ^ { } [ ] ~ \\ €", Sms("GSM-7", 26, 1)),
        ("ê" * 70, Sms("UCS-2", 70, 1)),
        ("ê" * 71, Sms("UCS-2", 71, 2)),
        ("ê" * 134, Sms("UCS-2", 134, 2)),
        ("ê" * 135, Sms("UCS-2", 135, 3)),
        ("🚀" * 35, Sms("UCS-2", 70, 1)),
        ("🚀" * 67, Sms("UCS-2", 134, 3)),
        ("e\u0301", Sms("GSM-7", 1, 1)),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_a_text_message_has_parts(text: str, expected: Sms) -> None:
    assert sms(text) == expected
    assert measure(text, "sms") == expected.parts


@pytest.mark.parametrize("character", "âêëîïôûÿçœÀÂÈÊÎÔŒ«»’…–—\u00a0\u202f")
def test_a_character_outside_gsm_makes_the_whole_message_ucs2(character: str) -> None:
    assert sms(f"Bonjour {character}").alphabet == "UCS-2"
    assert gsm_septets(character) is None


def test_costly_characters_are_told_once_each_with_what_they_cost() -> None:
    assert costly("10 € 🚀 10 €, l’été") == [
        Costly("€", 2, "x-weighted"),
        Costly("€", 2, "sms"),
        Costly("🚀", 2, "utf16"),
        Costly("🚀", 2, "x-weighted"),
        Costly("🚀", 6, "sms"),
        Costly("’", 3, "sms"),
    ]


def test_an_unknown_unit_names_the_nearest() -> None:
    with pytest.raises(
        UserError, match=r"unknown unit 'grapheme' \(nearest: 'graphemes'\); use one of utf16"
    ):
        measure("a", "grapheme")


def test_a_normalised_text_is_composed_and_has_lf_line_ends() -> None:
    assert normalise("e\u0301\r\na\rb") == "é\na\nb"


@given(st.text())
def test_utf16_is_an_upper_bound_of_what_else_is_counted_in_characters(text: str) -> None:
    lengths = measure_all(text)
    assert lengths["graphemes"] <= lengths["codepoints"] <= lengths["utf16"] <= lengths["bytes"] or any(
        "\ud800" <= character <= "\udfff" for character in text
    )
    assert all(measure(text, unit) >= 0 for unit in UNITS)


@given(st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cs"])))
def test_the_short_way_of_counting_graphemes_is_the_same_as_the_long_one(text: str) -> None:
    import regex

    assert measure(text, "graphemes") == len(regex.findall(r"\X", text))
