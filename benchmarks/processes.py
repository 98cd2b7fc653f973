"""What the system tells of a running program: memory, processor time, how often it woke up."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.waiting import TookTooLongError

_STILL_SECONDS = 0.06
_TICKS = os.sysconf("SC_CLK_TCK")


def family(leader: int) -> list[int]:
    """The process and all that it has started, which share its session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def resident_megabytes(leader: int) -> float:
    """Resident memory of the family, in millions of bytes."""
    return sum(_status(Path(f"/proc/{pid}/status"), "VmRSS") for pid in family(leader)) * 1024 / 1e6


def wake_ups(leader: int) -> int:
    """How often the threads of the family went to sleep and so had to be woken."""
    tasks = (task for pid in family(leader) for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(_status(task / "status", "voluntary_ctxt_switches") for task in tasks)


def processor_seconds(leader: int) -> float:
    """Seconds of processor time, user and system, that the family has used."""
    total = 0
    for pid in family(leader):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def _status(path: Path, name: str) -> int:
    try:
        text = path.read_text()
    except OSError:
        return 0  # this thread has just ended
    for line in text.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def wait_until_still(process: subprocess.Popen[bytes], *, deadline: float = 10) -> None:
    """Until the process has done nothing for a moment: all that it had heard is dealt with."""
    end, before = time.monotonic() + deadline, -1
    while (now := wake_ups(process.pid)) != before:
        if time.monotonic() > end:
            raise TookTooLongError(f"process {process.pid} does not come to rest")
        before = now
        time.sleep(_STILL_SECONDS)


@contextmanager
def awake(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let a stopped process run for a while, and stop it again once it has nothing left to do."""
    process.send_signal(signal.SIGCONT)
    try:
        wait_until_still(process)
        yield
        wait_until_still(process)
    finally:
        process.send_signal(signal.SIGSTOP)
