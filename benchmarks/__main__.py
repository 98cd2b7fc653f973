"""Run every benchmark and print one table; name some of them to run only those."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.rows import table

ALL = ("key_latency", "cold_start", "daemon_cost", "expansion_latency")


def main(names: list[str]) -> int:
    """Measure and print; a name that is no benchmark is a usage error."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"no benchmark is called {unknown[0]!r}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or ALL:
        print(table(import_module(f"benchmarks.{name}").measure()), flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
