"""The control socket: one JSON document a line, asked by the command line and answered by the daemon."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import selectors
import socket
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from motjuste.errors import UserError

_ANSWER_SECONDS: Final = 5.0
_WHO: Final = struct.Struct("iII")  # who listens at a socket: process, user, group
_LONGEST_REQUEST: Final = 64 * 1024

Answer = dict[str, Any]


class NotRunning(Exception):
    """No daemon listens at the socket."""


def ask(path: Path, request: dict[str, Any]) -> Answer:
    """Send `request` and return the answer. Raises NotRunning, or UserError when the daemon does not answer."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_ANSWER_SECONDS)
        try:
            client.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError) as gone:
            # A socket left behind by a daemon that was killed refuses too.
            raise NotRunning from gone
        except OSError as problem:
            raise UserError(f"the daemon cannot be reached at {path}: {problem.strerror}") from problem
        try:
            client.sendall(json.dumps(request).encode() + b"\n")
            with client.makefile("rb") as lines:
                answer: Answer = json.loads(lines.readline())
        except (OSError, ValueError) as problem:
            pid, _, _ = _WHO.unpack(client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _WHO.size))
            raise UserError(
                f"the daemon (pid {pid}) does not answer",
                next_step=f"end it by 'kill -9 {pid}' and start it again",
            ) from problem
    if "error" in answer:
        raise UserError(str(answer["error"]))
    return answer


class Instance:
    """The right to be the one daemon of these folders: a lock that ends with the process."""

    def __init__(self, lock: Path) -> None:
        _private_folder(lock.parent)
        self._file = open(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "r+b")  # noqa: SIM115 - held on to
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            self._file.close()
            raise UserError("the daemon already runs", next_step="see 'motjuste daemon status'") from taken

    def close(self) -> None:
        self._file.close()


class Server:
    """Answers requests without ever waiting for a client: the daemon's loop calls back when there is something."""

    def __init__(
        self, path: Path, selector: selectors.BaseSelector, answer: Callable[[Answer], Answer]
    ) -> None:
        self._path = path
        self._selector = selector
        self._answer = answer
        _private_folder(path.parent)
        # Whoever holds the instance's lock is alone, so a socket that is there was left behind.
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        previous = os.umask(0o177)
        try:
            self._socket.bind(str(path))
        finally:
            os.umask(previous)
        self._socket.listen()
        self._socket.setblocking(False)
        selector.register(self._socket, selectors.EVENT_READ, self._accept)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            client, _ = self._socket.accept()
            client.setblocking(False)
            received = bytearray()
            self._selector.register(client, selectors.EVENT_READ, lambda: self._read(client, received))

    def _read(self, client: socket.socket, received: bytearray) -> None:
        try:
            more = client.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        received += more
        if more and b"\n" not in received and len(received) < _LONGEST_REQUEST:
            return
        self._selector.unregister(client)
        with client, contextlib.suppress(OSError):
            if b"\n" in received:
                client.setblocking(True)
                client.settimeout(1.0)
                client.sendall(json.dumps(self._reply(bytes(received))).encode() + b"\n")

    def _reply(self, received: bytes) -> Answer:
        try:
            request = json.loads(received.partition(b"\n")[0])
        except ValueError:
            request = None
        if not isinstance(request, dict):
            return {"error": "the request is not a JSON object"}
        try:
            return self._answer(request)
        except UserError as problem:
            return {"error": str(problem)}

    def close(self) -> None:
        self._selector.unregister(self._socket)
        self._socket.close()
        self._path.unlink(missing_ok=True)


def _private_folder(folder: Path) -> None:
    """Make `folder` readable by its owner alone; refuse one that belongs to somebody else."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UserError(f"{folder} belongs to somebody else", next_step="remove it, or set MOTJUSTE_HOME")
    if found.st_mode & 0o077:
        folder.chmod(0o700)
