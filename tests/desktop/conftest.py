"""The desktop of these tests: a private display, a keyboard, and each application's window, made once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest
from bench.display import Display
from bench.keyboard import Keyboard
from bench.windows import TextWindow


def pytest_configure() -> None:
    """A run that is ended by a signal ends its displays and applications too, as Ctrl+C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a desktop."""
    for item in items:
        if "desktop" in item.path.parts:
            item.add_marker(pytest.mark.desktop)


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
def _keyboard(display: Display) -> Iterator[Keyboard]:
    keyboard = Keyboard(display)
    yield keyboard
    keyboard.close()


@pytest.fixture
def keyboard(_keyboard: Keyboard) -> Keyboard:
    """A keyboard that starts each test as a plain `us` one."""
    _keyboard.use_layout("us")
    return _keyboard


@pytest.fixture(scope="session")
def window_of(display: Display) -> Iterator[Callable[[str], TextWindow]]:
    """The open window of an application, the same one in every test."""
    windows: dict[str, TextWindow] = {}

    def window_of(application: str) -> TextWindow:
        if application not in windows:
            windows[application] = TextWindow(application, display)
        return windows[application]

    yield window_of
    for window in windows.values():
        window.close()
