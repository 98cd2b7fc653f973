"""What systems do each in their own way with processes and locks."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

if sys.platform == "win32":
    import ctypes
    import msvcrt
    import time

    _SYNCHRONIZE: Final = 0x00100000
    _ENDED: Final = 0
else:
    import fcntl

if sys.platform == "win32":
    STOPPING: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGBREAK)
else:
    STOPPING: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def lock(file: BinaryIO) -> None:
    """Lock `file` for this process, until it is closed or the process ends. Raises OSError when it is locked."""
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def how_to_end(pid: int, *, by_force: bool = False) -> str:
    """The command with which a person ends a process."""
    if sys.platform == "win32":
        return f"taskkill {'/f ' if by_force else ''}/pid {pid}"
    return f"kill {'-9 ' if by_force else ''}{pid}"


def wait_for_end(pid: int, seconds: float) -> bool:
    """Whether the process, which need not be a child, ends within `seconds`."""
    if sys.platform == "linux":
        try:
            process = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([process], [], [], seconds)[0])
        finally:
            os.close(process)
    elif sys.platform == "win32":
        kernel32 = ctypes.WinDLL("kernel32")
        kernel32.OpenProcess.restype = ctypes.c_void_p  # else a handle would lose its upper half
        handle = ctypes.c_void_p(kernel32.OpenProcess(_SYNCHRONIZE, False, pid))
        if not handle:
            return True
        try:
            return bool(kernel32.WaitForSingleObject(handle, int(seconds * 1000)) == _ENDED)
        finally:
            kernel32.CloseHandle(handle)
    else:
        with contextlib.closing(select.kqueue()) as queue:
            end = select.kevent(
                pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD | select.KQ_EV_ONESHOT, select.KQ_NOTE_EXIT
            )
            try:
                return bool(queue.control([end], 1, seconds))
            except ProcessLookupError:
                return True


@dataclass(frozen=True)
class Background:
    """A process that was started to outlive us; `ready` waits until it has told that it is, or has ended."""

    process: subprocess.Popen[bytes]
    ready: Callable[[float], bool]


def start_in_background(command: list[str], environment: Mapping[str, str], variable: str) -> Background:
    """Start `command` apart from this terminal; its standard error is a pipe.

    Its environment has `variable`: the number of a descriptor to which it writes one byte when it is ready. Windows
    passes none on, so there it is the name of a file that it creates instead.
    """
    if sys.platform == "win32":
        return _start_on_windows(command, environment, variable)
    reader, writer = os.pipe()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**environment, variable: str(writer)},
        pass_fds=(writer,),
        start_new_session=True,
    )
    os.close(writer)

    def ready(seconds: float) -> bool:
        with open(reader, "rb", buffering=0) as pipe:
            # The pipe ends without a word when the process ends before it is ready.
            return bool(select.select([pipe], [], [], seconds)[0] and pipe.read(1))

    return Background(process, ready)


if sys.platform == "win32":
    import tempfile
    from pathlib import Path

    _LOOK_SECONDS: Final = 0.05

    def _start_on_windows(command: list[str], environment: Mapping[str, str], variable: str) -> Background:
        folder = tempfile.TemporaryDirectory(prefix="motjuste-")
        said = Path(folder.name, "ready")
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**environment, variable: str(said)},
            creationflags=subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP,
        )

        def ready(seconds: float) -> bool:
            until = time.monotonic() + seconds
            with folder:
                while not said.exists() and process.poll() is None and time.monotonic() < until:
                    time.sleep(_LOOK_SECONDS)
                return said.exists()

        return Background(process, ready)


def tell_ready(told: str) -> None:
    """Tell whoever started us, by what stood in its variable, that we are ready."""
    if sys.platform == "win32":
        Path(told).touch()
    else:
        descriptor = int(told)
        os.write(descriptor, b"1")
        os.close(descriptor)
