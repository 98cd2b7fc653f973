"""Turn pytest's JUnit report into docs/results.md: which application, layout and text was exact."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

CASE = re.compile(r"(?P<test>\w+)\[(?P<application>[a-z ]+?)-(?P<case>.+)\]")
TITLES = {
    "test_a_trigger_becomes_its_text": "Exact texts",
    "test_typing_on_at_human_speed_loses_and_mixes_nothing": "Typing on at 60 ms a key, by layout",
    "test_each_trigger_of_a_quick_row_gives_its_text": "25 triggers in a row, typed on",
}


def outcome(case: ElementTree.Element) -> str:
    kinds = {child.tag for child in case}
    return "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"


def table(cells: dict[tuple[str, str], str]) -> list[str]:
    applications = list(dict.fromkeys(application for application, _ in cells))
    cases = list(dict.fromkeys(case for _, case in cells))
    rows = [["", *applications], ["---"] * (len(applications) + 1)]
    rows += [[case, *(cells.get((application, case), "") for application in applications)] for case in cases]
    return [f"| {' | '.join(row)} |" for row in rows]


def main(report: str) -> None:
    cases = list(ElementTree.parse(report).iter("testcase"))
    found: dict[str, dict[tuple[str, str], str]] = {}
    for case in cases:
        match = CASE.fullmatch(case.get("name", ""))
        if match and match["test"] in TITLES:
            word = {"passed": "exact"}.get(outcome(case), outcome(case))
            found.setdefault(match["test"], {})[match["application"], match["case"]] = word
    counts = Counter(outcome(case) for case in cases)
    lines = ["# Results of the whole test run", "", "Written by `make test-full`.", ""]
    lines += [", ".join(f"{number} {word}" for word, number in sorted(counts.items())) + "."]
    for test, title in TITLES.items():
        if test in found:
            lines += ["", f"## {title}", "", *table(found[test])]
    Path("docs/results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


main(*sys.argv[1:])
