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


def as_snippet(written: dict[str, Any]) -> Snippet:
    word = written.get("word", False)
    return Snippet(
        triggers=tuple(written.get("triggers") or [written["trigger"]]) if "regex" not in written else (),
        regex=written.get("regex", ""),
        replace=written["replace"],
        left_word=written.get("left_word", word),
        right_word=written.get("right_word", word),
        propagate_case=written.get("propagate_case", False),
        uppercase_style=written.get("uppercase_style", "uppercase"),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_field_holds_what_the_scenario_says(case: dict[str, Any]) -> None:
    outcome = typing(case["keys"], [as_snippet(match) for match in case["matches"]])
    if case["text"] is None:
        (choice,) = outcome.choices
        assert (len(choice.labels), outcome.text) == (len(case["matches"]), case["keys"])
    else:
        assert (outcome.text, outcome.cursor) == (case["text"], case["cursor"])
