"""The desktop of these tests: a private display, a keyboard, and each application's window, made once."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import TypeVar

import pytest
from bench.daemon import Daemon
from bench.display import Display
from bench.keyboard import Keyboard
from bench.windows import Windows
from Xlib.error import ConnectionClosedError

T = TypeVar("T")
FAILED = pytest.StashKey[bool]()


def pytest_configure() -> None:
    """A run that is ended by a signal ends its displays and applications too, as Ctrl+C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a desktop."""
    for item in items:
        if "desktop" in item.path.parts:
            item.add_marker(pytest.mark.desktop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    if report.failed:
        for daemon in used(item, Daemon):
            with suppress(Exception):
                report.sections.append(("what the daemon says", f"{daemon.status()}\n{daemon.noise}"))
    return report


def used(item: pytest.Item, kind: type[T]) -> list[T]:
    """The fixtures of a test that are of this kind."""
    values: dict[str, object] = getattr(item, "funcargs", {})
    return [value for value in values.values() if isinstance(value, kind)]


@pytest.fixture(autouse=True)
def clean_scene(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a failed test leaves behind, such as a text that comes late, must not fail the next one too."""
    yield
    if request.node.stash.get(FAILED, False):
        for windows in used(request.node, Windows):
            windows.close()
        for keyboard in used(request.node, Keyboard):
            with suppress(ConnectionClosedError):  # its own fixture may have ended before this one
                keyboard.let_go()
        for daemon in used(request.node, Daemon):
            daemon.restart()


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    with Display.private() as display:
        yield display


@pytest.fixture(scope="session")
def nested_display() -> Iterator[Display]:
    """Keys typed here reach the applications as a real keyboard's do."""
    with Display.nested() as display:
        yield display


@pytest.fixture(scope="session")
def session_keyboard(display: Display) -> Iterator[Keyboard]:
    """A keyboard with the layout that the last test left."""
    keyboard = Keyboard(display)
    yield keyboard
    keyboard.close()


@pytest.fixture
def keyboard(session_keyboard: Keyboard) -> Keyboard:
    """A keyboard that starts each test as a plain `us` one."""
    session_keyboard.use_layout("us")
    return session_keyboard


@pytest.fixture(scope="session")
def hardware_keyboard(nested_display: Display) -> Iterator[Keyboard]:
    keyboard = Keyboard(nested_display)
    yield keyboard
    keyboard.close()


@pytest.fixture
def hardware(hardware_keyboard: Keyboard) -> Keyboard:
    """A keyboard whose keys the X server takes for a device's, unlike the daemon's own."""
    hardware_keyboard.use_layout("us")
    return hardware_keyboard


@pytest.fixture(scope="session")
def window_of(display: Display) -> Iterator[Windows]:
    """The open window of an application, the same one in every test."""
    windows = Windows(display)
    yield windows
    windows.close()


@pytest.fixture(scope="session")
def nested_window_of(nested_display: Display) -> Iterator[Windows]:
    """The open window of an application on the nested display."""
    windows = Windows(nested_display)
    yield windows
    windows.close()
