"""A person who types straight on through an expansion: nothing is lost, doubled or mixed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display
from bench.keyboard import HUMAN, LAYOUTS, Keyboard
from bench.processes import Processes
from bench.windows import APPLICATIONS, Windows, as_the_box_has_it

TEXT = "Bien noté — «\u00a0à bientôt\u00a0»\u202f!"
LINES = "Bonjour Hugo,\n\nÀ bientôt\u202f!"
QUICK = 0.020
"""Seconds from one key to the next of the fastest typist there is."""
ROLLING = 0.010
"""Seconds from one key to the next when a hand rolls over the keys."""
IN_A_ROW = 10
"""Expansions that are typed without a pause before the box is looked at and emptied."""
ALLOWED_FAILURES = 10
"""After so many the count is clear enough, and each takes its time."""
SNIPPETS = {"xgreet": TEXT, "xdiv": "<b>$|$</b>", "xlines": LINES}

GAPS = {"60 ms": HUMAN, "20 ms": QUICK, "10 ms": ROLLING}


@pytest.fixture(scope="module")
def nested_daemon(nested_display: Display) -> Iterator[Daemon]:
    home = home_with(nested_display.folder / "home of typing on", SNIPPETS)
    with Daemon(nested_display, home) as daemon:
        yield daemon


@pytest.fixture
def busy_machine(nested_display: Display) -> Iterator[None]:
    """Four programs that compute all the while."""
    with ExitStack() as stack:
        processes = Processes()
        stack.callback(processes.close)
        for _ in range(4):
            log = nested_display.folder / "busy.log"
            processes.start([sys.executable, "-c", "while True: pass"], env=os.environ, log=log)
        yield


EVERY_WINDOW_AND_LAYOUT = [
    # Each window with another layout each time, so that all are covered by a few.
    pytest.param(
        application,
        layout,
        id=f"{application}-{layout}",
        marks=[] if place % len(LATIN) == number % len(LATIN) else [pytest.mark.full],
    )
    for LATIN in [[layout for layout in LAYOUTS if layout not in ("gr", "ru")]]
    for number, application in enumerate(APPLICATIONS)
    for place, layout in enumerate(LATIN)
]


@pytest.mark.parametrize(("application", "layout"), EVERY_WINDOW_AND_LAYOUT)
def test_typing_on_at_human_speed_loses_and_mixes_nothing(
    application: str, layout: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    window = nested_window_of(application)
    window.clear()
    hardware.use_layout(layout)
    window.focus(hardware)
    hardware.type("xgreet and then we went on, ", gap=HUMAN)
    hardware.type("xlines once more", gap=HUMAN)
    window.wait_for_text(as_the_box_has_it(application, f"{TEXT} and then we went on, {LINES} once more"))


@pytest.mark.parametrize(
    "gap", [pytest.param(each, marks=[pytest.mark.full] if each == "10 ms" else []) for each in GAPS]
)
@pytest.mark.parametrize("application", ["tk text", "gtk text", "qt text", "chromium"])
def test_whatever_is_typed_on_comes_after_the_text_in_order(
    application: str, gap: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    window = nested_window_of(application)
    window.clear()
    window.focus(hardware)
    seconds = GAPS[gap]
    hardware.type("xgreet And THEN we went on: xdivbold", gap=seconds)
    window.wait_for_text(f"{TEXT} And THEN we went on: <b>bold</b>")
    hardware.press("End", "BackSpace", "BackSpace", "BackSpace", "BackSpace", gap=seconds)
    hardware.type("\nxgreettt", gap=seconds)
    hardware.press("BackSpace", "BackSpace", gap=seconds)
    hardware.type("\n\nxgreet 1st\n!", gap=seconds)
    window.wait_for_text(f"{TEXT} And THEN we went on: <b>bold\n{TEXT}\n\n{TEXT} 1st\n!")


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Callable[[int, int], None]:
    """Puts into the report how many of how many were right."""
    return lambda right, total: record_property("count", f"{right:,} of {total:,}")


def typed_on(
    expansions: int,
    gap: float,
    application: str,
    keyboard: Keyboard,
    windows: Windows,
    daemon: Daemon,
) -> int:
    """How many expansions of so many were right, with a person typing all the while."""
    right = wrong = 0
    window = windows(application)
    window.clear()
    window.focus(keyboard)
    while right + wrong < expansions and wrong < ALLOWED_FAILURES:
        numbers = range(right + wrong, min(right + wrong + IN_A_ROW, expansions))
        keyboard.type("".join(f"xgreet on {number}. " for number in numbers), gap=gap)
        expected = "".join(f"{TEXT} on {number}. " for number in numbers)
        try:
            window.wait_for_text(expected)
            right += len(numbers)
        except AssertionError as difference:
            exact = sum(f"{TEXT} on {number}. " in window.text for number in numbers)
            right, wrong = right + exact, wrong + max(1, len(numbers) - exact)
            print(f"of {numbers}: {difference}\n{daemon.status()}")
            daemon.restart()
            windows.close()
            window = windows(application)
            window.focus(keyboard)
        window.clear()
    return right


LONG_ROWS = [
    pytest.param(application, gap, number, id=f"{application}-{gap}", marks=marks)
    for gap, number, marks, applications in (
        ("20 ms", 25, (), ("qt text", "xterm", "lxterminal")),
        ("20 ms", 25, pytest.mark.full, ("gtk4 text", "chromium editable", "chromium controlled")),
        ("20 ms", 1000, pytest.mark.full, ("tk text", "gtk text", "chromium")),
        ("10 ms", 1000, pytest.mark.full, ("tk text", "gtk text", "chromium")),
    )
    for application in applications
]


@pytest.mark.parametrize(("application", "gap", "expansions"), LONG_ROWS)
def test_each_trigger_of_a_long_row_gives_its_text(
    application: str,
    gap: str,
    expansions: int,
    nested_daemon: Daemon,
    hardware: Keyboard,
    nested_window_of: Windows,
    count: Callable[[int, int], None],
) -> None:
    right = typed_on(expansions, GAPS[gap], application, hardware, nested_window_of, nested_daemon)
    count(right, expansions)
    assert right == expansions


@pytest.mark.full
@pytest.mark.parametrize("gap", ["20 ms", "10 ms"])
@pytest.mark.parametrize("application", ["tk text", "gtk text", "chromium"])
def test_a_busy_machine_loses_nothing_either(
    application: str,
    gap: str,
    busy_machine: None,
    nested_daemon: Daemon,
    hardware: Keyboard,
    nested_window_of: Windows,
    count: Callable[[int, int], None],
) -> None:
    right = typed_on(200, GAPS[gap], application, hardware, nested_window_of, nested_daemon)
    count(right, 200)
    assert right == 200
