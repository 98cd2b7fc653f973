"""Processes that are ended by their own id, whatever happens, and end by themselves when the run is killed."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_PRCTL = ctypes.CDLL(None).prctl


def _end_with(parent: int) -> None:
    """Have the kernel end this process, which `parent` has just started, when that dies, be it by SIGKILL."""
    _PRCTL(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)  # it has died already, and nobody would tell us


class Processes:
    """The processes that were started here; `close` ends each with its children, the last one first."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path,
        stdin: int = subprocess.DEVNULL,
        stdout: int | IO[bytes] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start `command` in a group of its own, so that Ctrl+C is ours; its noise goes to `log`."""
        with log.open("ab") as noise:
            process = subprocess.Popen(
                [str(word) for word in command],
                env=dict(env),
                stdin=stdin,
                stdout=noise if stdout is None else stdout,
                stderr=noise,
                pass_fds=tuple(pass_fds),
                start_new_session=True,
                preexec_fn=functools.partial(_end_with, os.getpid()),
            )
        self._running.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes], *, patience: float = 3) -> None:
        """Ask `process` and its children to end, then insist."""
        if process in self._running:
            self._running.remove(process)
        for number, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, patience)):
            # The group outlives its leader when a child is slow, so the group is asked even then.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(wait)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def close(self) -> None:
        """End everything that is still running."""
        for process in reversed(tuple(self._running)):
            self.end(process)
