"""The daemon's loop on a desktop where nobody types: what it does of itself."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motjuste.adapters.settings import Places
from motjuste.daemon import Daemon
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import Injection, Window

GIVE_UP = 10.0


class QuietDesktop:
    """Nobody types; `step` is called in each round until it says that it has seen enough."""

    name = ":test"

    def __init__(self, step: Callable[[], bool]) -> None:
        self._step = step
        self._socket, self._other = socket.socketpair()
        self._until = time.monotonic() + GIVE_UP

    @property
    def window(self) -> QuietDesktop:
        return self

    @property
    def injector(self) -> QuietDesktop:
        return self

    @property
    def next_due(self) -> float | None:
        return time.monotonic() + 0.02

    def current(self) -> Window:
        return Window()

    def inject(self, injection: Injection) -> None:
        raise AssertionError("nobody typed")

    def fileno(self) -> int:
        return self._socket.fileno()

    def typed(self) -> Iterator[KeyEvent]:
        return iter(())

    def tick(self) -> None:
        if self._step() or time.monotonic() > self._until:
            os.kill(os.getpid(), signal.SIGTERM)

    def close(self) -> None:
        self._socket.close()
        self._other.close()


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # Without a program that shows notices, they are lines on standard error.
    monkeypatch.setenv("PATH", str(tmp_path))
    return Places.from_environment({"MOTJUSTE_HOME": str(tmp_path / "home")} | os.environ)


def test_what_cannot_be_used_is_told_when_the_daemon_begins(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    places.profile.parent.mkdir()
    places.profile.write_text('nom = "Camille"\n', "utf-8")
    assert Daemon(places, QuietDesktop(lambda: True)).serve() == 0
    problem = f"{places.profile}:1: unknown key 'nom'"
    assert capsys.readouterr().err.startswith(f"motjuste: this file is not used: {problem}")


def test_a_mistake_is_told_when_the_file_is_saved_and_only_once(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    mistakes = {
        "profile": ('nom = "Camille"\n', "unknown key 'nom'"),
        "channels": ("x = 1\n", "channels.toml:1"),
        "applications": ("x = 1\n", "applications.toml:1"),
    }
    waiting = [(getattr(places, name), *mistake) for name, mistake in mistakes.items()]
    told, awaited = "", ""

    def step() -> bool:
        nonlocal told, awaited
        told += capsys.readouterr().err
        if awaited in told:
            if not waiting:
                return True
            path, text, awaited = waiting.pop(0)
            path.write_text(text, "utf-8")
        return False

    places.profile.parent.mkdir()
    assert Daemon(places, QuietDesktop(step)).serve() == 0
    assert [line.count("is not used: ") for line in told.splitlines()] == [1, 1, 1]


class BusyDesktop(QuietDesktop):
    """Reads a key in the middle of something else: no byte of it is left to wake anybody."""

    def __init__(self) -> None:
        super().__init__(lambda: False)
        self.waiting = [KeyEvent(text="a")]
        self.read: list[KeyEvent] = []
        self.heard: list[KeyEvent] = []

    @property
    def next_due(self) -> float | None:
        return None

    def tick(self) -> None:
        self.read, self.waiting = self.waiting, []

    def typed(self) -> Iterator[KeyEvent]:
        for key in self.read:
            self.heard.append(key)
            yield key
            os.kill(os.getpid(), signal.SIGTERM)


def test_a_key_that_is_read_in_passing_is_heard_before_the_daemon_sleeps(places: Places) -> None:
    desktop = BusyDesktop()
    patience = threading.Timer(GIVE_UP, os.kill, (os.getpid(), signal.SIGTERM))
    patience.start()
    Daemon(places, desktop).serve()
    patience.cancel()
    assert desktop.heard == [KeyEvent(text="a")]
