"""A quarter of a million triggers in one snippet file: time until somebody can type, and memory then."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.key_latency import EXPRESSIONS
from benchmarks.rows import Row, table

TRIGGERS = 250_000
RUNS = 3
FIRST_SECONDS, LATER_SECONDS, MEGABYTES = 2.0, 0.5, 300.0
LETTERS = "eeeeaaaiiinnnssstttrrrllluuuooodddccmmpévgfbhàqy"

# In a process of its own each time, so that nothing is warm and the memory is all theirs.
CHILD = """
import json, resource, sys, time
from pathlib import Path
from motjuste.adapters.snippet_files import read_snippet_file
from motjuste.expansion.keys import KeyEvent
from motjuste.expansion.matching import START, Matcher

start = time.perf_counter()
read = read_snippet_file(Path(sys.argv[1]), Path(sys.argv[2]))
matcher = Matcher((), tables=(read.snippets,))
seconds = time.perf_counter() - start
state, match = START, None
for key in sys.argv[3]:
    state, match = matcher.step(state, KeyEvent(key))
assert match is not None and not read.problems, read.problems
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
now = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(json.dumps([seconds, now / 1024, peak / 1024]))
"""


def write(path: Path, count: int, seed: int = 3) -> str:
    """A file with so many triggers in no order, and the benchmark's expressions; one of the triggers."""
    chance = random.Random(seed)
    names: set[str] = set()
    while len(names) < count:
        names.add(":" + "".join(chance.choices(LETTERS, k=chance.randint(4, 9))))
    shuffled = sorted(names)
    chance.shuffle(shuffled)
    with path.open("w", encoding="utf-8") as file:
        file.write("snippets:\n")
        for number, name in enumerate(shuffled):
            file.write(f'  - trigger: "{name}."\n    replace: "Le texte {number}, à bientôt 🙂"\n')
        for pattern in EXPRESSIONS:
            file.write(f"  - regex: '{pattern}'\n    replace: text\n")
    return shuffled[0] + "."


def one(*arguments: str) -> list[float]:
    """Seconds, and MB of memory afterwards and at most, of one process."""
    command = [sys.executable, "-c", CHILD, *arguments]
    return list(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def measure() -> list[Row]:
    """The first start and the later ones, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.yml")
        trigger = write(path, TRIGGERS)
        first = [one(str(path), str(Path(folder, f"cache{run}")), trigger) for run in range(RUNS)]
        later = [one(str(path), str(Path(folder, "cache0")), trigger) for _ in range(RUNS)]
        size = path.stat().st_size / 1e6
    return [
        *_rows(f"the first time, from {size:.0f} MB of YAML", first, FIRST_SECONDS),
        *_rows("from what was kept", later, LATER_SECONDS),
    ]


def _rows(how: str, runs: list[list[float]], goal: float) -> list[Row]:
    seconds, now, peak = (statistics.median(column) for column in zip(*runs, strict=True))
    what = f"{TRIGGERS:,} triggers, {how}"
    memory = f"≤ {MEGABYTES:.0f} MB", peak <= MEGABYTES
    return [
        Row(what, f"{seconds:.2f} s", f"median of {len(runs)}", f"≤ {goal:g} s", seconds <= goal),
        Row("  memory of the process", f"{now:.0f} MB", f"{peak:.0f} MB at most", *memory),
    ]


if __name__ == "__main__":
    print(table(measure()))
