"""A text on one line: nothing that could end it, and places that stay beside the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.expansion.windows import on_one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a\nb", "a b", id="a line break becomes a space"),
        pytest.param("a\n\n\nb", "a b", id="several become one"),
        pytest.param("a\r\nb\rc", "a b c", id="whatever kind they are"),
        pytest.param("a\u2028b\u2029c\x85d\x0be\x0cf", "a b c d e f", id="the rare ones as well"),
        pytest.param("if a:\n    b\n", "if a: b ", id="indentation goes with the line it began"),
        pytest.param("a\tb", "a\tb", id="a tab within a line stays"),
        pytest.param("ls\x0f\x1b[201~\x03", "ls [201~ ", id="what a shell takes for a command goes too"),
        pytest.param("«\u00a0a\u202f!\n", "«\u00a0a\u202f! ", id="typographic spaces stay"),
        pytest.param("", "", id="nothing stays nothing"),
    ],
)
def test_line_breaks_become_spaces(text: str, line: str) -> None:
    assert on_one_line(text) == (line, ())


@pytest.mark.parametrize(
    ("marked", "line"),
    [
        pytest.param("a|\n  b", "a| b", id="before a break"),
        pytest.param("a\n  |b", "a |b", id="behind a break and its indentation"),
        pytest.param("a\n | b", "a |b", id="within a break"),
        pytest.param("a\nb\n\nc|d", "a b c|d", id="behind several"),
        pytest.param("|a\nb", "|a b", id="at the beginning"),
        pytest.param("a\n\n|", "a |", id="at the end"),
    ],
)
def test_the_caret_stays_beside_the_same_words(marked: str, line: str) -> None:
    at = marked.index("|")
    text, (caret,) = on_one_line(marked.replace("|", ""), [at])
    assert text[:caret] + "|" + text[caret:] == line


@given(st.text(alphabet="ab \t\n\r\x0b\x85\u2028é", max_size=20), st.integers(0, 20))
def test_a_place_cuts_the_line_where_it_cut_the_text(text: str, place: int) -> None:
    place = min(place, len(text))
    line, (moved,) = on_one_line(text, [place])
    assert 0 <= moved <= len(line)
    letters = [sum(character in "abé" for character in part) for part in (text[:place], line[:moved])]
    assert letters[0] == letters[1]
    assert "\n" not in line
