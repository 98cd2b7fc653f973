"""Text in the columns of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.cli.columns import width, wrapped


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("Marie", 5),
        ("Éloïse", 6),
        ("E\u0301loi\u0308se", 6),
        ("山田", 4),
        ("👩🏽‍💻", 2),
        ("☕", 2),
        ("☀\ufe0f", 2),
        ("☀", 1),
        ("🇫🇷🇫🇷", 4),
        ("\u0301", 0),
    ],
)
def test_a_wide_character_takes_two_columns_and_a_mark_none(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 5, [""]),
        ("un deux trois", 7, ["un deux", "trois"]),
        ("un deux trois", 6, ["un", "deux", "trois"]),
        ("anticonstitutionnellement oui", 10, ["anticonsti", "tutionnell", "ement oui"]),
        ("un anticonst", 5, ["un", "antic", "onst"]),
        ("山田太郎", 5, ["山田", "太郎"]),
        ("un  deux", None, ["un  deux"]),
    ],
)
def test_lines_end_between_words_where_they_can(text: str, columns: int | None, lines: list[str]) -> None:
    assert wrapped(text, columns) == lines


@given(st.text(), st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
