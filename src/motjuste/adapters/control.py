"""The control socket: one JSON document a line, asked by the command line and answered by the daemon."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from motjuste.adapters import processes
from motjuste.adapters.control_socket import control_socket
from motjuste.adapters.files import belongs_to_us
from motjuste.errors import UserError

_ANSWER_SECONDS: Final = 5.0
_LONGEST_REQUEST: Final = 64 * 1024
_MOST_CLIENTS: Final = 16

Answer = dict[str, Any]


class NotRunning(Exception):
    """No daemon listens at the socket."""


def ask(path: Path, request: dict[str, Any]) -> Answer:
    """Send `request` and return the answer. Raises NotRunning, or UserError when the daemon does not answer."""
    way = control_socket(path)
    try:
        client = way.connect(_ANSWER_SECONDS)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError) as gone:
        # What a daemon that was killed has left behind refuses too.
        raise NotRunning from gone
    except OSError as problem:
        raise UserError(f"the daemon cannot be reached at {path}: {problem.strerror}") from problem
    with client:
        try:
            client.sendall(json.dumps(request).encode() + b"\n")
            with client.makefile("rb") as lines:
                answer: Answer = json.loads(lines.readline())
        except (OSError, ValueError) as problem:
            pid = way.process(client)
            raise UserError(
                f"the daemon (pid {pid}) does not answer" if pid else "the daemon does not answer",
                next_step=f"end it by '{processes.how_to_end(pid, by_force=True)}' and start it again" if pid else "",
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
            processes.lock(self._file)
        except OSError as taken:
            self._file.close()
            raise UserError("the daemon already runs", next_step="see 'motjuste daemon status'") from taken

    def close(self) -> None:
        self._file.close()


class Server:
    """Answers requests without ever waiting for a client: the daemon's loop calls back when there is something.

    `fault` hears of what goes wrong in answering, which is answered too.
    """

    def __init__(
        self,
        path: Path,
        selector: selectors.BaseSelector,
        answer: Callable[[Answer], Answer],
        fault: Callable[[Exception], object],
    ) -> None:
        self._path = path
        self._way = control_socket(path)
        self._selector = selector
        self._answer = answer
        self._fault = fault
        self._clients: dict[socket.socket, bytearray] = {}
        self._listen()

    def _listen(self) -> None:
        _private_folder(self._path.parent)
        self._socket = self._way.listen()
        self._socket.setblocking(False)
        self._selector.register(self._socket, selectors.EVENT_READ, self._accept)

    def be_reachable(self) -> None:
        """Listen anew where somebody has cleared the socket away. OSError or UserError when that fails."""
        if self._way.is_cleared_away():
            self._stop_listening()
            self._listen()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            client, _ = self._socket.accept()
            client.setblocking(False)
            self._clients[client] = bytearray()
            self._selector.register(client, selectors.EVENT_READ, lambda: self._read(client))
            if len(self._clients) > _MOST_CLIENTS:
                self._let_go(next(iter(self._clients)))

    def _read(self, client: socket.socket) -> None:
        received = self._clients.get(client)
        if received is None:  # let go a moment ago
            return
        try:
            more = client.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        received += more
        request = self._way.request(bytes(received))
        if more and request is None and len(received) < _LONGEST_REQUEST:
            return
        try:
            # What a client's buffer does not take at once is lost: it is much larger than any answer.
            if request is not None:
                client.send(json.dumps(self._reply(request)).encode() + b"\n")
        except OSError:
            return
        finally:
            self._let_go(client)

    def _let_go(self, client: socket.socket) -> None:
        del self._clients[client]
        self._selector.unregister(client)
        client.close()

    def _reply(self, asked: bytes) -> Answer:
        try:
            request = json.loads(asked)
        except (ValueError, RecursionError):
            request = None
        if not isinstance(request, dict):
            return {"error": "the request is not a JSON object"}
        try:
            return self._answer(request)
        except UserError as problem:
            return {"error": str(problem)}
        except Exception as problem:
            self._fault(problem)
            return {"error": f"an internal fault ({type(problem).__name__}); see 'motjuste daemon log'"}

    def close(self) -> None:
        for client in tuple(self._clients):
            self._let_go(client)
        self._stop_listening()
        self._way.clear()

    def _stop_listening(self) -> None:
        with contextlib.suppress(KeyError, ValueError):  # closed already
            self._selector.unregister(self._socket)
        self._socket.close()


def _private_folder(folder: Path) -> None:
    """Make `folder` readable by its owner alone; refuse one that belongs to somebody else."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or not belongs_to_us(found):
        raise UserError(f"{folder} belongs to somebody else", next_step="remove it, or set MOTJUSTE_HOME")
    if found.st_mode & 0o077:
        folder.chmod(0o700)
