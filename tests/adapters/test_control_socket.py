"""The ways to reach a daemon; the one of Windows works, and is tested, on every system."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from motjuste.adapters.control_socket import ControlSocket, LoopbackSocket, UnixSocket, control_socket

KINDS = {"a Unix socket": UnixSocket, "a port of this machine": LoopbackSocket}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "daemon.sock"


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request: pytest.FixtureRequest) -> type[ControlSocket]:
    kind: type[ControlSocket] = request.param
    return kind


@pytest.fixture
def server(kind: type[ControlSocket], path: Path) -> Iterator[ControlSocket]:
    server = kind(path)  # type: ignore[call-arg]
    with closing(server.listen()) as listening:
        server.listening = listening  # type: ignore[attr-defined]
        yield server


def received(server: ControlSocket, sent: bytes, *, asker: ControlSocket) -> tuple[bytes | None, int | None]:
    """What the server makes of the bytes that `asker` sends it, and who it says is there."""
    with closing(asker.connect(5)) as client:
        client.sendall(sent)
        connection, _ = server.listening.accept()  # type: ignore[attr-defined]
        with closing(connection):
            connection.settimeout(5)
            content = b""
            while not content.endswith(sent):
                content += connection.recv(4096)
            return server.request(content), asker.process(client)


def test_a_request_arrives_from_whoever_may_read_the_folder(
    kind: type[ControlSocket], server: ControlSocket, path: Path
) -> None:
    asker = kind(path)  # type: ignore[call-arg]
    assert received(server, b'{"command": "status"}\n', asker=asker) == (b'{"command": "status"}', os.getpid())


def test_a_request_is_complete_with_its_line(
    kind: type[ControlSocket], server: ControlSocket, path: Path
) -> None:
    assert received(server, b'{"comm', asker=kind(path))[0] is None  # type: ignore[call-arg]


def test_only_the_person_may_read_how_to_reach_the_daemon(server: ControlSocket, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_cleared_away_is_noticed(server: ControlSocket, kind: type[ControlSocket], path: Path) -> None:
    assert not server.is_cleared_away()
    path.unlink()
    assert server.is_cleared_away()
    another = kind(path)  # type: ignore[call-arg]
    with closing(another.listen()):
        assert server.is_cleared_away()
        another.clear()
        assert not path.exists()


def test_nobody_listens_at_a_path_that_is_not_there(kind: type[ControlSocket], path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        kind(path).connect(5)  # type: ignore[call-arg]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"port": 1}', b'{"port": "x", "secret": "s", "pid": 1}', b"[]"])
def test_a_damaged_file_names_no_port(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(FileNotFoundError):
        LoopbackSocket(path).connect(5)


def test_a_port_that_nobody_has_any_more_refuses(path: Path) -> None:
    server = LoopbackSocket(path)
    server.listen().close()
    with pytest.raises(ConnectionRefusedError):
        LoopbackSocket(path).connect(5)


def test_a_program_that_does_not_know_the_secret_is_refused(path: Path) -> None:
    server = LoopbackSocket(path)
    with closing(server.listen()):
        secret = json.loads(path.read_bytes())["secret"].encode()
        assert server.request(b'wrong\n{"command": "stop"}\n') == b""
        assert server.request(secret[:-1] + b"\nx\n") == b""
        assert server.request(b'{"command": "stop"}\n') == b""
        assert server.request(secret + b'\n{"command": "stop"}\n') == b'{"command": "stop"}'


def test_this_system_has_its_own_way(path: Path) -> None:
    assert type(control_socket(path)) is (LoopbackSocket if sys.platform == "win32" else UnixSocket)
