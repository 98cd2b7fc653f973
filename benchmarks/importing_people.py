"""The network's cap of connections: their import, the first question after it, and the memory that all take.

Every number is of a program that has just started. What the machine itself takes is measured beside it: reading the
same table with csv.reader, and writing as many small files.
"""

from __future__ import annotations

import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import Row, table

PEOPLE = 30_000
RUNS = 3
IMPORT_SECONDS, AGAIN_SECONDS, MEGABYTES = 10.0, 2.0, 300.0
STEP_SECONDS = 0.010
HEAD = 'Notes:\n"When exporting your connection data, you may notice that some of the e-mails are missing."\n\n'
COLUMNS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
GIVEN = "Marie Luc Élodie Zoé Paul Anne-Sophie Karim Nour Hélène François Benoît Inès Léa Hugo Emma Sofia".split()  # noqa: SIM905
SYLLABLES = "ma ri du pont lo ze vi ta ken so bel gar no ly cha ber ton fre ju an to cas mel ou".split()  # noqa: SIM905
POSITIONS = ("Directrice marketing", "Ingénieur", "CTO", "Journaliste, rédactrice", "Recruiter", "Consultant senior")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905

# Ours and the bare ones alike: run something, then tell how long it took, of this what on the processor, and the
# most memory it ever had.
TIMED = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], check=True, capture_output=True, encoding="utf-8")
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, done.stdout]))
"""
BARE = """
import csv, os, sys
os.mkdir(sys.argv[2])
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.reader(file)):
        with open(f"{sys.argv[2]}/{number}.vcf", "wb") as card:
            card.write("\\r\\n".join(row).encode())
os.sync()
"""
BARE_AGAIN = """
import csv, os, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
for entry in os.scandir(sys.argv[2]):
    entry.stat()
"""
# As the daemon does: everything ahead, in steps, and then a question.
AHEAD = """
import json, os, sys, time
from motjuste.adapters.settings import Places
from motjuste.desk import address_book
from motjuste.people.who import who_is_meant

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) * 1024 / 1e6

book, before = address_book(Places.from_environment(os.environ)), resident()
steps, going = [], True
while going:
    start = time.thread_time()
    going = book.read_ahead(50)
    steps.append(time.thread_time() - start)
start = time.perf_counter()
meant = who_is_meant(window_title=f"(3) {sys.argv[1]} | LinkedIn", contacts=book.contacts())
seconds = time.perf_counter() - start
assert meant.contact is not None or meant.candidates, meant
print(json.dumps([sum(steps), max(steps), sorted(steps)[len(steps) // 2], seconds, resident() - before]))
"""


@dataclass(frozen=True)
class Run:
    """How one program ended."""

    seconds: float
    processor: float
    megabytes: float
    text: str


def write_connections(path: Path, people: int, seed: int = 7) -> str:
    """A Connections.csv of so many invented people, the same each time; the name of one of them."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()

    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for number in range(people):
            given, family = chance.choice(GIVEN), word()
            profile = f"https://www.linkedin.com/in/{given}-{family}-{number}".lower()
            email = f"{number}@example.org" if number % 20 == 0 else ""
            day = f"{chance.randint(1, 28):02} {chance.choice(MONTHS)} {chance.randint(2010, 2026)}"
            rows.writerow([given, family, profile, email, f"{word()} {word()}", chance.choice(POSITIONS), day])
    return f"{given} {family}"


def run(command: Sequence[str], env: dict[str, str]) -> Run:
    """One program from nothing; it has to succeed."""
    timed = [sys.executable, "-c", TIMED, *command]
    done = subprocess.run(timed, env=env, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return Run(*json.loads(done.stdout))


def measure(people: int = PEOPLE, runs: int = RUNS) -> list[Row]:
    """All of it so many times, each in a folder of its own; the medians."""
    results = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="motjuste-people-") as folder:
            results.append(_once(Path(folder), people))
    return _rows(people, {name: [each[name] for each in results] for name in results[0]})


def _once(folder: Path, people: int) -> dict[str, Run]:
    home, table = folder / "home", folder / "Connections.csv"
    home.mkdir()
    (home / "profile.toml").write_text('name = "Camille Roy"\n', encoding="utf-8")
    name = write_connections(table, people)
    misspelt = name[:-2] + name[-1] + name[-2] if name[-1] != name[-2] else name[:-1]
    env = os.environ | {"MOTJUSTE_HOME": str(home), "XDG_CACHE_HOME": str(folder / "cache")}
    # As an installed program has it: its bytecode is written once, by a run that does not count.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = [sys.executable, "-m", "motjuste"]
    for warm in (["contacts", "list"], ["contacts", "import", "--dry-run", str(table)], ["invite"]):
        run([*ours, *warm], env)
    bare = [sys.executable, "-c"]
    found = {
        "bare": run([*bare, BARE, str(table), str(folder / "bare")], env),
        "import": run([*ours, "contacts", "import", str(table)], env),
        "bare again": run([*bare, BARE_AGAIN, str(table), str(folder / "bare")], env),
        "again": run([*ours, "contacts", "import", str(table)], env),
        "find": run([*ours, "contacts", "find", name], env),
        "misspelt": run([*ours, "contacts", "find", misspelt], env),
        "invite": run([*ours, "invite", _profile_of(table)], env),
        "invite nobody": run([*ours, "invite"], env),
        "ahead": run([*bare, AHEAD, name], env),
    }
    assert found["import"].text == f"{people} added, 0 updated, 0 unchanged\n", found["import"]
    assert found["again"].text == f"0 added, 0 updated, {people} unchanged\n", found["again"]
    for which in ("find", "misspelt"):
        assert name in found[which].text, found[which]
    return found


def _profile_of(table: Path) -> str:
    """The address of the last person of the table, which means nobody else."""
    return table.read_text(encoding="utf-8").splitlines()[-1].split(",")[2]


def _rows(people: int, runs: dict[str, list[Run]]) -> list[Row]:
    seconds = {name: statistics.median(each.seconds for each in found) for name, found in runs.items()}
    processor = {name: statistics.median(each.processor for each in found) for name, found in runs.items()}
    peak = {name: max(each.megabytes for each in found) for name, found in runs.items()}

    def timed(what: str, name: str, goal: float | None = None) -> Row:
        beside = f"{processor[name]:.2f} s of processor time; median of {len(runs[name])}, each a new program"
        aim, met = (f"≤ {goal:g} s", seconds[name] <= goal) if goal else ("", None)
        return Row(what, f"{seconds[name]:.2f} s", beside, aim, met)

    def beside(what: str, name: str, bare: str) -> Row:
        return Row(what, f"{seconds[name] / seconds[bare]:.1f}×", f"these take {seconds[bare]:.2f} s")

    def memory(name: str) -> Row:
        return Row("  memory at most", f"{peak[name]:.0f} MB", "", f"≤ {MEGABYTES:g} MB", peak[name] <= MEGABYTES)

    ahead = [json.loads(each.text) for each in runs["ahead"]]
    whole, longest, step, question, held = (statistics.median(column) for column in zip(*ahead, strict=True))
    return [
        timed(f"{people:,} connections imported", "import", IMPORT_SECONDS),
        memory("import"),
        beside("  beside csv.reader and as many bare files", "import", "bare"),
        timed("imported again, unchanged", "again", AGAIN_SECONDS),
        memory("again"),
        beside("  beside csv.reader and a look at each file", "again", "bare again"),
        timed("motjuste contacts find, a whole name", "find"),
        timed("motjuste contacts find, a misspelt name", "misspelt"),
        timed("motjuste invite, a profile's address", "invite"),
        timed("  for nobody, without the address book", "invite nobody"),
        Row("the daemon reads ahead", f"{whole:.2f} s", f"of processor time, in steps of {step * 1000:.1f} ms"),
        Row(
            "  the longest step",
            f"{longest * 1000:.1f} ms",
            "",
            f"≤ {STEP_SECONDS * 1000:g} ms",
            longest <= STEP_SECONDS,
        ),
        Row("  then the first question, with a look at each file", f"{question * 1000:.0f} ms"),
        Row("  memory for all these people", f"{held:.0f} MB"),
    ]


if __name__ == "__main__":
    print(table(measure()))
