"""The programs that motjuste is timed beside do what is claimed of them."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from bench.display import Display
from bench.keyboard import Keyboard
from bench.waiting import wait_until
from bench.windows import TextWindow
from benchmarks import autokey
from benchmarks.expansion_latency import BARE_TRIGGER, bare_client
from benchmarks.processes import awake, processor_seconds, resident_megabytes, wake_ups
from benchmarks.scene import TEXT


@pytest.mark.parametrize("keep", [False, True], ids=["the least", "the clipboard kept"])
def test_the_bare_client_replaces_its_trigger_by_the_text_and_nothing_else(
    keep: bool, display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
    window = window_of("tk text")
    client = bare_client(display, keep=keep)
    display.copy("what the person had copied")
    try:
        window.clear()
        window.focus(keyboard)
        keyboard.type(f"a {BARE_TRIGGER}")
        window.wait_for_text(f"a {TEXT}")
    finally:
        display.processes.end(client)


def test_a_program_that_is_not_up_does_nothing_until_it_is_woken(
    display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
    window = window_of("tk text")
    client = bare_client(display)
    try:
        with awake(client):
            pass
        window.clear()
        window.focus(keyboard)
        keyboard.type(BARE_TRIGGER)
        window.wait_for_text(BARE_TRIGGER)
        with awake(client):
            window.wait_for_text(TEXT)
    finally:
        display.processes.end(client)


def test_a_busy_program_is_seen_to_use_the_processor_and_to_wake_up(display: Display) -> None:
    busy = "import time\nwhile True:\n    time.sleep(0.001)\n    sum(range(20_000))"
    process = display.processes.start(
        [sys.executable, "-c", busy], env=display.env, log=display.folder / "busy"
    )
    try:
        wait_until(lambda: wake_ups(process.pid) > 20, "it does not wake up")
        wait_until(lambda: processor_seconds(process.pid) > 0.05, "it uses no processor")
        assert 2 < resident_megabytes(process.pid) < 200
    finally:
        display.processes.end(process)


@pytest.mark.skipif(not autokey.installed(), reason="AutoKey is not installed; see 'scripts/packages peers'")
def test_autokey_expands_its_phrase_in_a_home_of_its_own(
    display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
    window = window_of("tk text")
    display.copy("what the person had copied")
    with autokey.AutoKey(display, [autokey.Phrase("xautk", TEXT, autokey.SHIFT_INSERT)]):
        window.clear()
        window.focus(keyboard)
        keyboard.type("xautk", gap=0.04)
        window.wait_for_text(TEXT)
        wait_until(lambda: display.copied() == "what the person had copied", "the clipboard stays")
