"""The control socket, seen from the side that asks."""

from __future__ import annotations

import json
import os
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motjuste.adapters import control
from motjuste.errors import UserError


def test_a_daemon_that_does_not_answer_is_named_with_the_way_to_end_it(tmp_path: Path) -> None:
    path = tmp_path / "daemon.sock"
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(path))
        deaf.listen()
        leaving = threading.Thread(target=lambda: deaf.accept()[0].close())
        leaving.start()
        with pytest.raises(UserError) as caught:
            control.ask(path, {"command": "status"})
        leaving.join()
    pid = os.getpid()
    assert (
        str(caught.value)
        == f"the daemon (pid {pid}) does not answer; end it by 'kill -9 {pid}' and start it again"
    )


# -- the side that answers -------------------------------------------------------------------------


class Answering:
    """A server whose loop goes round whenever a test says so."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "state" / "daemon.sock"
        self.selector = selectors.DefaultSelector()
        self.faults: list[str] = []
        self.answers: Callable[[control.Answer], control.Answer] = lambda request: {"asked": request}
        self.server = control.Server(
            self.path,
            self.selector,
            lambda request: self.answers(request),
            lambda error: self.faults.append(str(error)),
        )

    def turn(self) -> None:
        while ready := self.selector.select(0):
            for key, _ in ready:
                key.data()

    def client(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(10)
        client.connect(str(self.path))
        self.turn()
        return client

    def ask(self, line: bytes) -> dict[str, object]:
        with self.client() as client:
            client.sendall(line)
            self.turn()
            with client.makefile("rb") as lines:
                return dict(json.loads(lines.readline()))


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Answering]:
    answering = Answering(tmp_path)
    yield answering
    answering.server.close()
    answering.selector.close()
    assert not answering.path.exists()


def test_a_request_gets_its_answer(answering: Answering) -> None:
    assert answering.ask(b'{"command": "status"}\n') == {"asked": {"command": "status"}}
    assert answering.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", [b"status\n", b"[]\n", b"[" * 5000 + b"\n"], ids=["no JSON", "a list", "deep"])
def test_what_is_no_request_is_answered_too(answering: Answering, line: bytes) -> None:
    assert answering.ask(line) == {"error": "the request is not a JSON object"}


def test_a_fault_in_answering_is_told_to_both_sides(answering: Answering) -> None:
    def explode(request: control.Answer) -> control.Answer:
        raise ZeroDivisionError("Jean Secret")

    answering.answers = explode
    answer = answering.ask(b"{}\n")
    assert answer == {"error": "an internal fault (ZeroDivisionError); see 'motjuste daemon log'"}
    assert answering.faults == ["Jean Secret"]


def test_those_who_ask_nothing_make_room_for_others(answering: Answering) -> None:
    silent = [answering.client() for _ in range(40)]
    assert answering.ask(b"{}\n") == {"asked": {}}
    assert silent[0].recv(1) == b""
    for client in silent:
        client.close()


def test_a_client_that_leaves_early_is_no_matter(answering: Answering) -> None:
    with answering.client() as client:
        client.sendall(b"{}\n")
    answering.turn()
    assert answering.ask(b"{}\n") == {"asked": {}}


@pytest.mark.parametrize("cleared", ["socket", "folder", "replaced"])
def test_a_socket_that_was_cleared_away_is_made_again(answering: Answering, cleared: str) -> None:
    answering.path.unlink()
    if cleared == "folder":
        answering.path.parent.rmdir()
    elif cleared == "replaced":
        answering.path.write_text("something else")
    answering.server.be_reachable()
    assert answering.ask(b"{}\n") == {"asked": {}}


def test_a_folder_that_cannot_be_made_is_tried_again(answering: Answering) -> None:
    answering.path.unlink()
    answering.path.parent.rmdir()
    answering.path.parent.write_text("a file")
    for _ in range(2):
        with pytest.raises((OSError, UserError)):
            answering.server.be_reachable()
    answering.path.parent.unlink()
    answering.server.be_reachable()
    assert answering.ask(b"{}\n") == {"asked": {}}
