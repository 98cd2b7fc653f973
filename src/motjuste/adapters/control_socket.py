"""Where a daemon listens for the command line: a Unix socket, or on Windows a port of this machine alone.

Whoever may read the folder may ask. A port is open to every program of the machine, so there each request begins
with a secret that only the person's own programs can read in the file that names the port.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
import socket
import struct
import sys
from pathlib import Path
from typing import Final, Protocol

from motjuste.adapters.files import write_atomically

_LOCAL: Final = "127.0.0.1"
_LOCAL_PEER: Final = (0, 0x002)  # SOL_LOCAL, LOCAL_PEERPID of macOS


class ControlSocket(Protocol):
    """A way to listen at a path and to reach whoever listens there."""

    def listen(self) -> socket.socket:
        """A socket that listens. Raises OSError, UserError."""

    def connect(self, seconds: float) -> socket.socket:
        """A connection with that time limit. Raises OSError, FileNotFoundError when nobody listens."""

    def request(self, received: bytes) -> bytes | None:
        """The request in what a client sent so far, None until it is complete, b"" when it may not ask."""

    def process(self, client: socket.socket) -> int | None:
        """The process at the other end of a connection, None when it is not known."""

    def is_cleared_away(self) -> bool:
        """Whether somebody has removed the way to us since we listen."""

    def clear(self) -> None:
        """Nobody listens any more."""


class LoopbackSocket:
    """A port of 127.0.0.1, named with its secret in the file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._secret = ""

    def listen(self) -> socket.socket:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listening.bind((_LOCAL, 0))
            listening.listen()
            self._secret = secrets.token_urlsafe(32)
            there = {"port": listening.getsockname()[1], "secret": self._secret, "pid": os.getpid()}
            write_atomically(self._path, json.dumps(there))
        except BaseException:
            listening.close()
            raise
        return listening

    def connect(self, seconds: float) -> socket.socket:
        there = self._there()
        client = socket.create_connection((_LOCAL, int(there["port"])), seconds)
        client.sendall(str(there["secret"]).encode() + b"\n")
        return client

    def _there(self) -> dict[str, str | int]:
        try:
            there = json.loads(self._path.read_bytes())
            return {"port": int(there["port"]), "secret": str(there["secret"]), "pid": int(there["pid"])}
        except (ValueError, KeyError, TypeError) as damaged:
            raise FileNotFoundError(f"{self._path} names no port") from damaged

    def request(self, received: bytes) -> bytes | None:
        secret, told, rest = received.partition(b"\n")
        if told and not hmac.compare_digest(secret, self._secret.encode()):
            return b""
        request, complete, _ = rest.partition(b"\n")
        return request if complete else None

    def process(self, client: socket.socket) -> int | None:
        with contextlib.suppress(OSError):
            return int(self._there()["pid"])
        return None

    def is_cleared_away(self) -> bool:
        try:
            return self._there()["secret"] != self._secret
        except OSError:
            return True

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)


if sys.platform != "win32":

    class UnixSocket:
        """A socket of the file system, which only its owner may open."""

        def __init__(self, path: Path) -> None:
            self._path = path
            self._inode: int | None = None

        def listen(self) -> socket.socket:
            # Whoever holds the instance's lock is alone, so a socket that is there was left behind.
            self._path.unlink(missing_ok=True)
            listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            previous = os.umask(0o177)
            try:
                listening.bind(str(self._path))
                listening.listen()
                self._inode = self._path.stat().st_ino
            except BaseException:
                listening.close()
                raise
            finally:
                os.umask(previous)
            return listening

        def connect(self, seconds: float) -> socket.socket:
            client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                client.settimeout(seconds)
                client.connect(str(self._path))
            except BaseException:
                client.close()
                raise
            return client

        def request(self, received: bytes) -> bytes | None:
            request, complete, _ = received.partition(b"\n")
            return request if complete else None

        def process(self, client: socket.socket) -> int | None:
            if sys.platform == "linux":
                who = struct.Struct("iII")  # process, user, group
                return int(who.unpack(client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, who.size))[0])
            return int(struct.unpack("i", client.getsockopt(*_LOCAL_PEER, 4))[0])

        def is_cleared_away(self) -> bool:
            try:
                return self._path.stat().st_ino != self._inode
            except FileNotFoundError:
                return True

        def clear(self) -> None:
            self._path.unlink(missing_ok=True)


def control_socket(path: Path) -> ControlSocket:
    """The way of this system to listen at `path`."""
    if sys.platform == "win32":
        return LoopbackSocket(path)
    else:  # noqa: RET505 - else a type checker for Windows looks for the class above
        return UnixSocket(path)
