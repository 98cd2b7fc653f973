"""What one Backspace takes away."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from motjuste.expansion.clusters import erasing, first_cluster, last_cluster

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
