"""Turn pytest's JUnit reports into a page: which window, layout and text was exact, how many of how many.

result_table.py PAGE REPORT [REPORT …]: a test that was run again counts as the last report has it.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "desktop"))

from bench.keyboard import LAYOUTS  # noqa: E402
from bench.windows import APPLICATIONS, ITS_OWN_DOING  # noqa: E402

CASE = re.compile(r"(?P<test>\w+)\[(?P<window>[a-z0-9 ]+?)-(?P<case>.+)\]")
MATRIX = "test_a_trigger_becomes_its_text"
TABLES = {
    "test_typing_on_at_human_speed_loses_and_mixes_nothing": "Typing on at 60 ms a key, by layout",
    "test_whatever_is_typed_on_comes_after_the_text_in_order": "Typing on, with lines, a caret hint and corrections",
    "test_each_trigger_of_a_long_row_gives_its_text": "Triggers in a long row, typed straight on",
    "test_a_busy_machine_loses_nothing_either": "The same while four other programs compute",
}
SOAK = "test_no_expansion_of_a_long_day_is_missed_and_memory_stays_flat"
KILLED = "test_a_program_killed_at_any_point_loses_nothing_confirmed_and_doubles_nothing"

Cells = dict[tuple[str, str], str]


def outcome(case: ElementTree.Element) -> str:
    kinds = {child.tag for child in case}
    return "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"


def properties(case: ElementTree.Element) -> dict[str, str]:
    return {each.get("name", ""): each.get("value", "") for each in case.iter("property")}


def table(cells: Cells) -> list[str]:
    """One row for each window, in the order of the bench, and one column for each case."""
    windows = [name for name in APPLICATIONS if any(window == name for window, _ in cells)]
    columns = list(dict.fromkeys(column for _, column in cells))
    if set(columns) <= set(LAYOUTS):
        columns.sort(key=list(LAYOUTS).index)
    rows = [["", *columns], ["---"] * (len(columns) + 1)]
    rows += [[window, *(cells.get((window, column), "") for column in columns)] for window in windows]
    return [f"| {' | '.join(row)} |" for row in rows]


def counted(outcomes: Iterable[tuple[str, str, str]]) -> Cells:
    """How many passed of how many there are, from (window, column, outcome)."""
    every: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for window, column, word in outcomes:
        if word != "skipped":
            every[window, column] += 1
            right[window, column] += word == "passed"
    return {cell: f"{right[cell]} of {every[cell]}" for cell in every}


def matrix(cases: list[tuple[str, str, str]]) -> list[str]:
    """The two views of the matrix, from (window, layout and text, outcome)."""
    split = []
    for window, case, word in cases:
        layout = max((name for name in LAYOUTS if case.startswith(f"{name}-")), key=len)
        split.append((window, layout, case.removeprefix(f"{layout}-"), word))
    by_text = counted((window, text, word) for window, _, text, word in split)
    by_layout = counted((window, layout, word) for window, layout, _, word in split)
    own = [f"- {window}: {words}." for window, (words, _) in ITS_OWN_DOING.items()]
    return [
        "", "## Exact texts, by text", "", "How many layouts gave exactly this text.", "", *table(by_text),
        "", "## Exact texts, by layout", "", "How many texts came exactly on this layout.", "", *table(by_layout),
        "", "What a window makes of a text by itself, however it comes in:", "", *own,
    ]  # fmt: skip


def cases_of(reports: Iterable[str]) -> list[ElementTree.Element]:
    """Each test as it went the last time."""
    found: dict[tuple[str, str], ElementTree.Element] = {}
    for report in reports:
        again: dict[tuple[str, str], ElementTree.Element] = {}
        for case in ElementTree.parse(report).iter("testcase"):
            key = (case.get("classname", ""), case.get("name", ""))
            # A test that fails, and whose scene cannot be cleaned either, is written down twice.
            if key not in again or outcome(again[key]) == "passed":
                again[key] = case
        found |= again
    return list(found.values())


def main(target: str, *reports: str) -> None:
    cases = cases_of(reports)
    found: dict[str, list[tuple[str, str, str]]] = {}
    soak, killed = [], []
    for case in cases:
        name, word, told = case.get("name", ""), outcome(case), properties(case)
        if name.startswith(SOAK) and told:
            soak.append(f"- {told['count']} right; memory {told['memory']}.")
        elif name.startswith(KILLED) and told:
            killed.append(f"- {told['right']}; {told['points']}.")
        elif match := CASE.fullmatch(name):
            exact = told.get("count") or {"passed": "exact"}.get(word, word)
            known = match["test"] == MATRIX
            found.setdefault(match["test"], []).append(
                (match["window"], match["case"], word if known else exact)
            )
    counts = Counter(outcome(case) for case in cases)
    again = "; what was red was run again after a mend, and counts as it went the last time" if reports[1:] else ""
    lines = ["# Results of the whole test run", "", f"Written by `make test-full`{again}.", ""]
    lines += [", ".join(f"{number} {word}" for word, number in sorted(counts.items())) + "."]
    if MATRIX in found:
        lines += matrix(found[MATRIX])
    for test, title in TABLES.items():
        if test in found:
            cells = {(window, case): word for window, case, word in found[test]}
            lines += ["", f"## {title}", "", *table(cells)]
    if soak:
        lines += ["", "## A long day", "", *soak]
    if killed:
        lines += ["", "## The ledger, its program killed", "", "How many times nothing was lost and nothing doubled."]
        lines += ["", *killed]
    Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
