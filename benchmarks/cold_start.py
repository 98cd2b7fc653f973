"""How long `motjuste decline` takes from nothing, beside the mere import of its libraries."""

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
CARD = Path(__file__).resolve().parent.parent / "demo" / "elodie.vcf"
DECLINE = [sys.executable, "-m", "motjuste", "decline", str(CARD), "--lang", "fr"]
IMPORTS = [sys.executable, "-c", "import typer, jinja2"]


def seconds(command: list[str], env: dict[str, str]) -> float:
    """The time of one run, which has to succeed."""
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure() -> list[Row]:
    """Both commands in turn, so that what else the machine does touches both alike."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"MOTJUSTE_HOME": home}
        (Path(home) / "profile.toml").write_text('name = "Camille Roy"\n', encoding="utf-8")
        for command in (DECLINE, IMPORTS):
            seconds(command, env)
        pairs = [(seconds(DECLINE, env), seconds(IMPORTS, env)) for _ in range(RUNS)]
    decline, imports = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    return [
        Row("motjuste decline, cold start", milliseconds(decline), f"median of {RUNS}"),
        Row("import typer, jinja2", milliseconds(imports), "the same"),
        Row("ratio of the two", f"{ratio:.2f}"),
    ]


if __name__ == "__main__":
    print(table(measure()))
