"""Whoever kills the program at any point loses nothing that was confirmed, and doubles nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("killed_programs.py")
KINDS = {"migration", "import", "triage", "review", "restore", "forgetting", "closing"}


@pytest.mark.parametrize("points", [30, pytest.param(300, marks=pytest.mark.full)])
def test_a_program_killed_at_any_point_loses_nothing_confirmed_and_doubles_nothing(
    points: int, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    # In memory, the short run takes a fifth of the time; what a program has handed to the system outlives it anywhere.
    memory = "/dev/shm" if points == 30 and os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="motjuste-", dir=memory or tmp_path) as folder:
        done = subprocess.run(
            [sys.executable, HARNESS, folder, str(points), "1"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.stderr == ""
    found = json.loads(done.stdout)
    record_property(
        "points", ", ".join(f"{number} in {kind}" for kind, number in sorted(found["points"].items()))
    )
    record_property(
        "right", f"{points - len(found['wrong'])} of {points} kills, among {found['calls']} system calls"
    )
    assert found["wrong"] == []
    assert sum(found["points"].values()) == points
    # Of few points, one may fall just beside a short step.
    assert set(found["points"]) == KINDS if points > 100 else set(found["points"]) <= KINDS
