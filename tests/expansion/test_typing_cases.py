"""The typing scenarios that users of other expanders know, as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from motjuste.expansion.snippets import Snippet
from typist import typing

DATA = Path(__file__).parents[1] / "data"
CASES = json.loads((DATA / "typing_cases.json").read_text(encoding="utf-8"))["cases"]
# Triggers that are regular expressions do not exist yet.
REGULAR_EXPRESSIONS = [case for case in CASES if any("regex" in match for match in case["matches"])]
PLAIN = [case for case in CASES if case not in REGULAR_EXPRESSIONS]


def as_snippet(written: dict[str, Any]) -> Snippet:
    word = written.get("word", False)
    return Snippet(
        triggers=tuple(written.get("triggers") or [written["trigger"]]),
        replace=written["replace"],
        left_word=written.get("left_word", word),
        right_word=written.get("right_word", word),
        propagate_case=written.get("propagate_case", False),
        uppercase_style=written.get("uppercase_style", "uppercase"),
    )


@pytest.mark.parametrize("case", PLAIN, ids=[case["name"] for case in PLAIN])
def test_the_field_holds_what_the_scenario_says(case: dict[str, Any]) -> None:
    outcome = typing(case["keys"], [as_snippet(match) for match in case["matches"]])
    assert (outcome.text, outcome.cursor) == (case["text"], case["cursor"])


def test_only_the_regular_expressions_are_left_out() -> None:
    assert len(REGULAR_EXPRESSIONS) == 7
    assert len(PLAIN) == len(CASES) - 7
