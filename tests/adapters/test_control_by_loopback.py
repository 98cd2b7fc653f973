"""A daemon is asked through a port of this machine, as on Windows."""

from __future__ import annotations

import os
import selectors
import threading
from pathlib import Path

import pytest

from motjuste.adapters import control
from motjuste.adapters.control_socket import LoopbackSocket


def test_the_daemon_answers_at_its_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "control_socket", LoopbackSocket)
    path = tmp_path / "daemon.sock"
    with pytest.raises(control.NotRunning):
        control.ask(path, {"command": "status"})
    with selectors.DefaultSelector() as selector:
        server = control.Server(path, selector, lambda request: {"pid": os.getpid(), **request}, print)
        answers: list[control.Answer] = []
        asking = threading.Thread(target=lambda: answers.append(control.ask(path, {"command": "status"})))
        asking.start()
        while asking.is_alive():
            for key, _ in selector.select(0.1):
                key.data()
        assert answers == [{"pid": os.getpid(), "command": "status"}]
        path.unlink()
        server.be_reachable()
        assert path.exists()
        server.close()
    with pytest.raises(control.NotRunning):
        control.ask(path, {"command": "status"})
