"""A process that hears what is typed leaves no core dump."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import ctypes, resource
from motjuste.adapters.memory import keep_memory_off_disk
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
keep_memory_off_disk()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_neither_the_system_nor_a_crash_reporter_gets_a_dump() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "1\n0 (0, 0)\n"
