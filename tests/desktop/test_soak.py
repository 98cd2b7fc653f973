"""A long day at the keyboard: thousands of expansions, none missed, none wrong, and no memory lost on the way."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display
from bench.keyboard import Keyboard
from bench.windows import TextWindow, Windows

TEXTS = {
    "xa": "Bonjour Éloïse,",
    "xb": "«\u00a0à bientôt\u00a0»\u202f!",
    "xc": "👩🏽‍💻 🇫🇷",
    "xd": "deux\nlignes",
}
SETTLING = 200
"""Expansions after which everything that is loaded once is loaded."""
LONGEST_PAUSE = 0.050
ALLOWED_GROWTH = 2048
"""KiB."""


@pytest.fixture(scope="module")
def nested_daemon(nested_display: Display) -> Iterator[Daemon]:
    with Daemon(nested_display, home_with(nested_display.folder / "home of the soak", TEXTS)) as daemon:
        yield daemon


def resident(pid: int) -> int:
    """The memory that a process has in use, in KiB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1])


def expand(count: int, window: TextWindow, keyboard: Keyboard, chance: random.Random) -> None:
    """So many expansions one after the other with random pauses; AssertionError at the first that is wrong."""
    expected = ""
    for number in range(count):
        if number % 20 == 0:
            window.clear()
            expected = ""
        trigger, text = chance.choice(list(TEXTS.items()))
        keyboard.type(f"{trigger} ")
        expected += f"{text} "
        window.wait_for_text(expected)
        time.sleep(chance.uniform(0, LONGEST_PAUSE))


@pytest.mark.parametrize("expansions", [50, pytest.param(10_000, marks=pytest.mark.full)])
def test_no_expansion_of_a_long_day_is_missed_and_memory_stays_flat(
    expansions: int,
    nested_daemon: Daemon,
    hardware: Keyboard,
    nested_window_of: Windows,
    record_property: Callable[[str, object], None],
) -> None:
    window = nested_window_of("tk text")
    window.focus(hardware)
    chance = random.Random(expansions)
    expand(SETTLING if expansions > SETTLING else expansions, window, hardware, chance)
    before = resident(nested_daemon.process.pid)
    counted = nested_daemon.status()["expansions"]
    expand(expansions, window, hardware, chance)
    after = resident(nested_daemon.process.pid)
    record_property("count", f"{expansions:,} of {expansions:,}")
    record_property("memory", f"{before / 1024:.1f} MiB before, {after / 1024:.1f} MiB after")
    assert nested_daemon.status()["expansions"] == counted + expansions
    assert after - before <= ALLOWED_GROWTH
