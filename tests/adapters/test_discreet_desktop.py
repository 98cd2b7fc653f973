"""A desktop that hears nothing while a password is asked for."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_bus import FakeBus

from motjuste.adapters.accessibility import PASSWORD_TEXT
from motjuste.adapters.discreet_desktop import DiscreetDesktop
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import Injector, Window

ENTRY = 61
KEY = KeyEvent(text="k")


class FakeDesktop:
    """Hears `events` unless it is deaf, and is its own front window."""

    name = ":9"
    injector: Injector
    next_due: float | None = None

    def __init__(self) -> None:
        self.injector = self  # type: ignore[assignment]
        self.window = self
        self.deaf: frozenset[str] = frozenset()
        self.events: list[KeyEvent] = []
        self.front = 1
        self.closed = False
        self.reader, self.writer = os.pipe()

    def be_deaf(self, reason: str, deaf: bool) -> None:
        self.deaf = self.deaf | {reason} if deaf else self.deaf - {reason}

    def typed(self) -> Iterator[KeyEvent]:
        events, self.events = self.events, []
        return iter(() if self.deaf else events)

    def id(self) -> int:
        return self.front

    def current(self) -> Window:
        return Window()

    def fileno(self) -> int:
        return self.reader

    def tick(self) -> None: ...

    def close(self) -> None:
        self.closed = True
        os.close(self.reader)
        os.close(self.writer)


class Scene:
    """A discreet desktop on a fake bus whose fields have the roles in `roles`."""

    def __init__(self, folder: Path) -> None:
        self.inner = FakeDesktop()
        self.bus = FakeBus(folder)
        self.bus.answers = {
            "GetAddress": lambda call: ("s", (self.bus.address,)),
            "GetRole": lambda call: ("u", (PASSWORD_TEXT if call.path == "/password" else ENTRY,)),
            "GetState": lambda call: ("au", ([1 << 12, 0],)),
        }
        self.desktop = DiscreetDesktop(self.inner, environ={"DBUS_SESSION_BUS_ADDRESS": self.bus.address})
        self.heard: list[KeyEvent] = []
        self.work()

    def work(self) -> None:
        self.hear()
        while self.bus.work():
            self.hear()

    def hear(self) -> None:
        self.heard += self.desktop.typed()

    def focus(self, path: str) -> None:
        body = ("focused", 1, 0, ("i", 0))
        self.bus.tell(path, "org.a11y.atspi.Event.Object", "StateChanged", "siiv", body)

    def type(self) -> None:
        self.inner.events.append(KEY)
        self.hear()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    if not scene.inner.closed:
        scene.desktop.close()
    scene.bus.close()


def test_nothing_is_heard_of_a_password(scene: Scene) -> None:
    scene.type()
    scene.focus("/password")
    scene.work()
    assert scene.desktop.deaf == {"a password field"}
    scene.type()
    scene.focus("/name")
    scene.work()
    assert not scene.desktop.deaf
    scene.type()
    assert scene.heard == [KEY, KEY]


def test_what_is_told_of_the_focus_comes_before_the_keys(scene: Scene) -> None:
    scene.focus("/password")
    scene.work()
    scene.focus("/name")
    scene.work()
    # Known by now, so that its focus alone says that it is secret.
    scene.focus("/password")
    scene.type()
    assert scene.heard == []


def test_the_loop_wakes_for_keys_and_for_the_focus(scene: Scene) -> None:
    def wakes() -> bool:
        return bool(select.select([scene.desktop], [], [], 0)[0])

    assert not wakes()
    scene.focus("/name")
    assert wakes()
    scene.work()
    assert not wakes()
    os.write(scene.inner.writer, b"k")
    assert wakes()


def test_in_another_window_one_is_heard_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.focus("/password")
    scene.work()
    monkeypatch.setattr("motjuste.adapters.accessibility._SETTLED", 0.0)
    scene.type()
    assert scene.heard == []
    scene.inner.front = 2
    scene.hear()
    scene.type()
    assert scene.heard == [KEY]


def test_closing_it_closes_the_desktop(scene: Scene) -> None:
    scene.desktop.close()
    assert scene.inner.closed
    while scene.bus.work():
        pass
    assert scene.bus.clients == []
