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
    "expansion_latency",
)
SLOW = ("beside_autokey",)
"""Those that take minutes, and run only when they are named."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"among {', '.join((*ALL, *SLOW))}")
    parser.add_argument("--runs", type=int, help="expansions for those benchmarks that count them")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="keep the numbers on this page, too")
    found = parser.parse_args()
    for name in found.names:
        if name not in (*ALL, *SLOW):
            parser.error(f"no benchmark is called {name!r}; there are {', '.join((*ALL, *SLOW))}")
    if found.runs is not None and found.runs < 1:
        parser.error(f"--runs is {found.runs}; expected at least 1")
    return found


def measure(name: str, runs: int | None) -> list[Row]:
    """The rows of one benchmark, with `runs` where it takes that."""
    function = import_module(f"benchmarks.{name}").measure
    counted = runs is not None and "runs" in inspect.signature(function).parameters
    rows: list[Row] = function(runs=runs) if counted else function()
    return rows


def main() -> int:
    """Measure, keep and print. The status says nothing about goals: a busy machine misses them too."""
    options, rows = arguments(), []
    for name in options.names or ALL:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found = measure(name, options.runs)
        if options.write:
            keep(options.write, name, found)
        rows += found
    print(table(rows))
    return 0


sys.exit(main())
