"""How long `motjuste invite` and `motjuste decline` take from nothing, beside the mere import of its libraries."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rows import Row, milliseconds, table

RUNS = 15
GOAL = 1.4
"""How long `motjuste invite` may take, in what the import of its two large libraries takes."""
CARD = Path(__file__).resolve().parent.parent / "demo" / "elodie.vcf"
MOTJUSTE = str(Path(sys.executable).with_name("motjuste"))
INVITE = [MOTJUSTE, "invite", str(CARD), "--lang", "fr"]
DECLINE = [MOTJUSTE, "decline", str(CARD), "--lang", "fr"]
IMPORTS = [sys.executable, "-c", "import typer, jinja2"]


def seconds(command: list[str], env: dict[str, str]) -> float:
    """The time of one run, which has to succeed."""
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure() -> list[Row]:
    """All commands in turn, so that what else the machine does touches all alike."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"MOTJUSTE_HOME": home}
        # As an installed program has it: its bytecode is written once, by the runs that do not count.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        (Path(home) / "profile.toml").write_text('name = "Camille Roy"\n', encoding="utf-8")
        commands = (INVITE, DECLINE, IMPORTS)
        for command in commands:
            seconds(command, env)
        runs = [tuple(seconds(command, env) for command in commands) for _ in range(RUNS)]
    invite, decline, imports = (statistics.median(column) for column in zip(*runs, strict=True))
    inviting = statistics.median(run[0] / run[2] for run in runs)
    declining = statistics.median(run[1] / run[2] for run in runs)
    return [
        Row("motjuste invite, cold start", milliseconds(invite), f"median of {RUNS}"),
        Row("motjuste decline, cold start", milliseconds(decline), "the same, in turn"),
        Row("import typer, jinja2", milliseconds(imports), "the same"),
        Row("ratio of invite to the import", f"{inviting:.2f}", "", f"≤ {GOAL}", inviting <= GOAL),
        Row("ratio of decline to the import", f"{declining:.2f}"),
    ]


if __name__ == "__main__":
    print(table(measure()))
