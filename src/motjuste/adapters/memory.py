"""What is typed passes through this process's memory, which therefore never reaches a disk as a core dump."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def keep_memory_off_disk() -> None:
    """No core dump of this process, not even by a crash reporter; other programs of the person cannot read it.

    Both are needed: the limit alone does not count where the kernel hands dumps to a program (core(5)).
    """
    if sys.platform == "win32":
        return  # which writes none unless its owner asks for them
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
