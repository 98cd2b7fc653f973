"""What the daemon costs while it runs: resident memory, and its share of a processor."""

from __future__ import annotations

import os
import time
from pathlib import Path

from bench.keyboard import Keyboard
from bench.windows import TextWindow

from benchmarks.rows import Row, table
from benchmarks.scene import TRIGGER, listening_daemon

IDLE_SECONDS = 10
KEYS_A_SECOND = 100
WORDS = "les archives sonores sont un tresor que nous ecoutons ensemble " * 16


def memory(pid: int) -> float:
    """Resident memory in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024


def processor_seconds(pid: int) -> float:
    """Seconds of processor time that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure() -> list[Row]:
    """After one expansion, so that everything is loaded that daily use loads."""
    with listening_daemon() as (display, daemon):
        pid = daemon.process.pid
        keyboard, window = Keyboard(display), TextWindow("tk text", display)
        window.focus(keyboard)
        keyboard.type(TRIGGER)
        daemon.wait_for_expansions(1)

        before, start = processor_seconds(pid), time.monotonic()
        time.sleep(IDLE_SECONDS)
        idle = (processor_seconds(pid) - before) / (time.monotonic() - start)

        before, start = processor_seconds(pid), time.monotonic()
        keyboard.type(WORDS, gap=1 / KEYS_A_SECOND)
        busy = (processor_seconds(pid) - before) / (time.monotonic() - start)
        rows = [
            Row("daemon, resident memory", f"{memory(pid):.1f} MiB"),
            Row("daemon, processor while idle", f"{idle * 100:.1f} %", f"of one core, over {IDLE_SECONDS} s"),
            Row(f"daemon, processor at {KEYS_A_SECOND} keys/s", f"{busy * 100:.1f} %", "of one core"),
        ]
        keyboard.close()
    return rows


if __name__ == "__main__":
    print(table(measure()))
