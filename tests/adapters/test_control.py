"""The control socket, seen from the side that asks."""

from __future__ import annotations

import os
import socket
import threading
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
