"""What the windows say: the counter's sentences, the letters that lead to things, the language."""

from __future__ import annotations

import dataclasses

import pytest

from motjuste.desktop.words import ENGLISH, FRENCH, Words, with_mnemonics, words_for
from motjuste.messages.counting import Count

NN, NB = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("words", "count", "counted", "left"),
    [
        (ENGLISH, Count(243, 300, "utf16", "fits"), "243 of 300 characters", "57 left"),
        (ENGLISH, Count(290, 300, "utf16", "near"), "290 of 300 characters", "nearly full: 10 left"),
        (ENGLISH, Count(300, 300, "utf16", "full"), "300 of 300 characters", "full: nothing left"),
        (ENGLISH, Count(1314, 300, "utf16", "over"), "1,314 of 300 characters", "too long by 1,014"),
        (ENGLISH, Count(1, None, "codepoints", "open"), "1 character", ""),
        (ENGLISH, Count(9, 30, "bytes", "fits"), "9 of 30 bytes", "21 left"),
        (ENGLISH, Count(9, 280, "x-weighted", "fits"), "9 of 280 characters as X counts them", "271 left"),
        (ENGLISH, Count(9, 160, "sms", "fits", 1), "9 of 160 characters · 1 text message", "151 left"),
        (FRENCH, Count(243, 300, "utf16", "fits"), "243 caractères sur 300", "il en reste 57"),
        (FRENCH, Count(290, 300, "utf16", "near"), "290 caractères sur 300", f"presque plein{NB}: il en reste 10"),
        (FRENCH, Count(300, 300, "utf16", "full"), "300 caractères sur 300", f"plein{NB}: il ne reste rien"),
        (FRENCH, Count(1314, 300, "utf16", "over"), f"1{NN}314 caractères sur 300", f"trop long de 1{NN}014"),
        (FRENCH, Count(161, 160, "sms", "over", 2), "161 caractères sur 160 · 2 SMS", "trop long de 1"),
    ],
)  # fmt: skip
def test_a_counter_says_how_full_it_is(words: Words, count: Count, counted: str, left: str) -> None:
    assert (words.count(count), words.left(count)) == (counted, left)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr-FR", FRENCH), ("fr_CA.UTF-8", FRENCH), ("fr", FRENCH), ("en", ENGLISH), ("es", ENGLISH), ("", ENGLISH)],
)  # fmt: skip
def test_a_window_speaks_french_to_those_who_write_it(language: str, words: Words) -> None:
    assert words_for(language) is words


def test_each_sentence_is_there_in_both_languages_with_the_same_places_to_fill() -> None:
    def holes(words: Words) -> dict[str, int]:
        return {name: str(value).count("{") for name, value in dataclasses.asdict(words).items()}

    counted = ("channels",)
    assert {name: n for name, n in holes(FRENCH).items() if name not in counted} == {
        name: n for name, n in holes(ENGLISH).items() if name not in counted
    }
    assert [name for name, value in dataclasses.asdict(FRENCH).items() if value in ("", {})] == []


def test_text_messages_are_named_among_lengths() -> None:
    assert [ENGLISH.length(length, "sms") for length in (1, 2)] == ["1 text message", "2 text messages"]
    assert FRENCH.length(1314, "utf16") == f"1{NN}314"


def test_french_has_no_breaking_space_before_a_sign() -> None:
    said = {name: str(value) for name, value in dataclasses.asdict(FRENCH).items()}
    assert [name for name, value in said.items() if " :" in value or " ;" in value] == []


def test_why_a_person_is_meant_is_said_with_where_the_card_came_from() -> None:
    assert ENGLISH.because("current contact", "Connections.csv") == "because you chose this person (Connections.csv)"
    assert FRENCH.because("argument", "") == "parce que vous avez nommé cette personne"


@pytest.mark.parametrize(
    ("labels", "taken", "expected"),
    [
        (["Copy", "Close"], "", ["&Copy", "C&lose"]),
        (["Why this person?", "Where?"], "w", ["Why &this person?", "W&here?"]),
        (["R&D", "Rent"], "", ["&R&&D", "R&ent"]),
        (["Élan", "?", "ab"], "ab", ["É&lan", "?", "ab"]),
        (["<b>x</b>"], "", ["<&b>x</b>"]),
    ],
)
def test_each_label_has_a_letter_of_its_own(labels: list[str], taken: str, expected: list[str]) -> None:
    assert with_mnemonics(labels, taken) == expected
