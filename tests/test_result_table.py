"""What `make test-full` writes down is what the tests said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "result_table.py"
MATRIX = "test_a_trigger_becomes_its_text"
ROW = "test_each_trigger_of_a_long_row_gives_its_text"


def case(name: str, *inside: str) -> str:
    return f'<testcase name="{name}">{"".join(inside)}</testcase>'


def told(**properties: str) -> str:
    inside = "".join(f'<property name="{name}" value="{value}"/>' for name, value in properties.items())
    return f"<properties>{inside}</properties>"


def written(folder: Path, *cases: str) -> list[str]:
    report, target = folder / "report.xml", folder / "results.md"
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>", encoding="utf-8")
    return page(target, report)


def page(target: Path, *reports: Path) -> list[str]:
    subprocess.run([sys.executable, SCRIPT, target, *reports], check=True)
    return target.read_text(encoding="utf-8").splitlines()


def test_the_matrix_is_counted_by_text_and_by_layout(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        case(f"{MATRIX}[gtk4 text-us-intl-multi-line]"),
        case(f"{MATRIX}[gtk4 text-us-multi-line]", "<failure/>"),
        case(f"{MATRIX}[gtk4 text-us-10,000 characters]"),
        case(f"{MATRIX}[tk entry-us-multi-line]", "<skipped/>"),
        case("test_something_else[1]"),
    )
    assert "1 failed, 3 passed, 1 skipped." in lines
    by_text = lines[lines.index("## Exact texts, by text") + 4 :][:3]
    assert by_text == [
        "|  | multi-line | 10,000 characters |",
        "| --- | --- | --- |",
        "| gtk4 text | 1 of 2 | 1 of 1 |",
    ]
    by_layout = lines[lines.index("## Exact texts, by layout") + 4 :][:3]
    assert by_layout == ["|  | us | us-intl |", "| --- | --- | --- |", "| gtk4 text | 1 of 2 | 1 of 1 |"]


def test_a_test_that_was_run_again_counts_as_it_went_the_last_time(tmp_path: Path) -> None:
    first, again = tmp_path / "first.xml", tmp_path / "again.xml"
    cases = (case(f"{ROW}[tk text-20 ms]", "<error/>"), case(f"{ROW}[tk text-10 ms]", told(count="9 of 9")))
    first.write_text(f"<testsuite>{''.join(cases)}</testsuite>", encoding="utf-8")
    later = case(f"{ROW}[tk text-20 ms]", told(count="8 of 8"))
    again.write_text(f"<testsuite>{later}</testsuite>", encoding="utf-8")
    lines = page(tmp_path / "results.md", first, again)
    assert "2 passed." in lines
    assert "| tk text | 8 of 8 | 9 of 9 |" in lines


def test_long_rows_tell_how_many_were_right_even_when_they_fail(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        case(f"{ROW}[tk text-20 ms]", told(count="1,000 of 1,000")),
        case(f"{ROW}[tk text-10 ms]", told(count="997 of 1,000"), "<failure/>"),
        case(
            "test_no_expansion_of_a_long_day_is_missed_and_memory_stays_flat[10000]",
            told(count="10,000 of 10,000", memory="40.1 MiB before, 40.2 MiB after"),
        ),
    )
    assert "| tk text | 1,000 of 1,000 | 997 of 1,000 |" in lines
    assert "- 10,000 of 10,000 right; memory 40.1 MiB before, 40.2 MiB after." in lines


def test_killed_programs_tell_how_many_times_nothing_was_lost(tmp_path: Path) -> None:
    name = "test_a_program_killed_at_any_point_loses_nothing_confirmed_and_doubles_nothing"
    properties = told(points="200 in import, 100 in review", right="299 of 300 kills")
    lines = written(tmp_path, case(f"{name}[300]", properties, "<failure/>"))
    assert lines[-5:] == [
        "## The ledger, its program killed",
        "",
        "How many times nothing was lost and nothing doubled.",
        "",
        "- 299 of 300 kills; 200 in import, 100 in review.",
    ]
