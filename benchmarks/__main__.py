"""Run every benchmark and print one table; name some of them to run only those."""

from __future__ import annotations

import argparse
import inspect
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.numbers_page import keep
from benchmarks.rows import Row, table

ALL = (
    "key_latency",
    "trigger_load",
    "fit_time",
    "message_cost",
    "cold_start",
    "daemon_cost",
    "finding_people",
    "importing_people",
    "ledger_size",
    "inbox_triage",
    "review_speed",
    "statistics_cost",
    "expansion_latency",
)
SLOW = ("beside_autokey",)
"""Those that take minutes, and run only when they are named."""
SAMPLES = "sample_cards"
"""The one that counts on a folder of samples, which --samples names."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"among {', '.join((*ALL, *SLOW, SAMPLES))}")
    parser.add_argument("--samples", type=Path, metavar="FOLDER", help=f"the cards that {SAMPLES} reads")
    parser.add_argument("--runs", type=int, help="expansions for those benchmarks that count them")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="keep the numbers on this page, too")
    found = parser.parse_args()
    for name in found.names:
        if name not in (*ALL, *SLOW, SAMPLES):
            parser.error(f"no benchmark is called {name!r}; there are {', '.join((*ALL, *SLOW, SAMPLES))}")
    if SAMPLES in found.names and not (found.samples and found.samples.is_dir()):
        parser.error(f"{SAMPLES} reads the cards of a folder; name it with --samples FOLDER")
    if found.runs is not None and found.runs < 1:
        parser.error(f"--runs is {found.runs}; expected at least 1")
    return found


def measure(name: str, runs: int | None, samples: Path | None) -> list[Row]:
    """The rows of one benchmark, with `runs` or `samples` where it takes that."""
    function = import_module(f"benchmarks.{name}").measure
    counted = runs is not None and "runs" in inspect.signature(function).parameters
    given = {"runs": runs} if counted else {"samples": samples} if name == SAMPLES else {}
    rows: list[Row] = function(**given)
    return rows


def main() -> int:
    """Measure, keep and print. The status says nothing about goals: a busy machine misses them too."""
    options, rows = arguments(), []
    for name in options.names or ALL:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found = measure(name, options.runs, options.samples)
        if options.write:
            keep(options.write, name, found)
        rows += found
    print(table(rows))
    return 0


sys.exit(main())
