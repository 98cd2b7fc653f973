"""Processes that outlive us, and locks that do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from motjuste.adapters.processes import how_to_end, lock, start_in_background, wait_for_end

GIVE_UP = 20.0


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_end_of_a_process_is_waited_for() -> None:
    with subprocess.Popen(python("input()"), stdin=subprocess.PIPE) as process:
        assert not wait_for_end(process.pid, 0)
        assert process.stdin
        process.stdin.close()
        assert wait_for_end(process.pid, GIVE_UP)
    assert wait_for_end(process.pid, 0), "one that is not there has ended"


def test_a_file_is_locked_for_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("w+b") as first, path.open("r+b") as second:
        lock(first)
        with pytest.raises(OSError, match=r"."):
            lock(second)
        first.close()
        lock(second)


def test_a_background_process_tells_when_it_is_ready() -> None:
    started = start_in_background(
        python(
            "import os; from motjuste.adapters.processes import tell_ready; tell_ready(os.environ['SAY']); input()"
        ),
        {},
        "SAY",
    )
    with started.process:
        assert started.ready(GIVE_UP)


def test_one_that_ends_before_it_is_ready_is_not_waited_for() -> None:
    started = start_in_background(python("raise SystemExit('its last words')"), {}, "SAY")
    with started.process:
        assert not started.ready(GIVE_UP)
        assert started.process.stderr
        assert started.process.stderr.read() == b"its last words\n"


def test_the_way_to_end_a_process_is_this_systems() -> None:
    expected = ("taskkill /pid 5", "taskkill /f /pid 5") if sys.platform == "win32" else ("kill 5", "kill -9 5")
    assert (how_to_end(5), how_to_end(5, by_force=True)) == expected
