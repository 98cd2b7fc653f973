"""What one Backspace takes away."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from motjuste.expansion.clusters import clusters_between, erasing, first_cluster, joins, last_cluster

JOINING = st.text("aé\u0301👍🏽\u200d💻🇫🇷가각\n ", max_size=12)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("ab", "a", "b", id="letters"),
        pytest.param("e\u0301e\u0301", "e\u0301", "e\u0301", id="letters with their accents"),
        pytest.param("👍🏽a👩\u200d💻", "👍🏽", "👩\u200d💻", id="emoji of several characters"),
    ],
)
def test_the_clusters_at_both_ends(text: str, first: str, last: str) -> None:
    assert (first_cluster(text), last_cluster(text)) == (first, last)


@given(JOINING, st.data())
def test_erasing_and_typing_again_leaves_what_was_to_be_kept(text: str, data: st.DataObject) -> None:
    keep = data.draw(st.integers(0, len(text)))
    erase, again = erasing(text, keep)
    left = regex.findall(r"\X", text)
    assert "".join(left[: len(left) - erase]) + again == text[:keep]


def test_nothing_more_is_erased_than_must_go() -> None:
    assert erasing("abc", 1) == (2, "")
    assert erasing("ée\u0301x", 1) == (2, "")
    assert erasing("ée\u0301x", 2) == (2, "e")
    assert erasing("é", 1) == (0, "")


@pytest.mark.parametrize(
    ("text", "start", "end", "steps"),
    [
        pytest.param("abc", 1, 3, 2, id="plain letters"),
        pytest.param("cafe\u0301s", 2, 5, 2, id="an accented letter is one"),
        pytest.param("a\n👩\u200d💻🇫🇷", 0, 6, 3, id="so is an emoji, a flag half-way in none"),
        pytest.param("e\u0301", 1, 2, 1, id="from inside a letter to its end"),
        pytest.param("🇫🇷🇨🇦", 1, 3, 1, id="flags are counted from the beginning of the text"),
        pytest.param("é", 1, 1, 0, id="nowhere"),
    ],
)
def test_the_steps_from_one_place_to_another(text: str, start: int, end: int, steps: int) -> None:
    assert clusters_between(text, start, end) == steps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u0301a", True),
        ("\u200d💻", True),
        ("\U0001f3fd", True),
        ("\ufe0f", True),
        ("\u0e33", True),
        ("a\u0301", False),
        ("", False),
        ("🇫🇷", False),
        ("\n", False),
        ("é", False),
    ],
)
def test_whether_a_text_joins_what_stands_before_it(text: str, expected: bool) -> None:
    assert joins(text) is expected
