"""The bench itself: what is typed and pasted by hand arrives, so that a failure elsewhere is motjuste's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bench.display import Display
from bench.keyboard import HUMAN, Keyboard, NoSuchKeyError
from bench.waiting import wait_until
from bench.windows import APPLICATIONS, SINGLE_LINE, Windows

TYPED = {
    "us": 'Hello, you: a@b.fr (2026) ~ "x"!',
    "us-intl": 'It\'s "ça" à Noël ~ ^ ` ï ñ é Ô €',
    "fr": "L'été à Noël, ça où ; l'âge : 100 € @ #{x} ê ï Ô !",
    "fr-oss": "L’été œuvre « ç » … ê ï À É ñ ! 5 €",
    "ca": "Déjà là, où ça : à Noël « être », 3 > 2 ? É È ô !",
    "ch-fr": "é à è ç ü ö ä ê ï @ # € Ô 'x' ?",
    "de": "Größe Äpfel ß é à ê @ € {x} ~ ?",
    "gr": "Καλημέρα κόσμε, τί ώρα είναι; Ά «ξ»",
    "ru": "Привет, мир! Ёж № 5",
}
FRENCH = (
    "Bonjour Éloïse, j’ai été ravi d’échanger\u202f: «\u00a0à bientôt\u00a0» — œuvre, 100\u00a0€, où\u202f?"
)
STARTS_A_SLEEPER = """
import os, sys, time
from pathlib import Path
from bench.processes import Processes
folder = Path(sys.argv[1])
print(Processes().start(["sleep", "600"], env=os.environ, log=folder / "sleeper.log").pid, flush=True)
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


EVERY_WINDOW_AND_LAYOUT = [
    pytest.param(
        application, layout, marks=() if layout == "fr" or application == "gtk4 text" else pytest.mark.full
    )
    for application in APPLICATIONS
    for layout in TYPED
]


@pytest.mark.parametrize(("application", "layout"), EVERY_WINDOW_AND_LAYOUT)
def test_what_is_typed_arrives(application: str, layout: str, keyboard: Keyboard, window_of: Windows) -> None:
    window = window_of(application)
    window.clear()
    keyboard.use_layout(layout)
    window.focus(keyboard)
    keyboard.type(TYPED[layout])
    window.wait_for_text(TYPED[layout])
    keyboard.press("BackSpace", "BackSpace")
    window.wait_for_text(TYPED[layout][:-2])


@pytest.mark.parametrize("application", [name for name in APPLICATIONS if name not in SINGLE_LINE])
def test_a_line_end_typed_at_human_speed_arrives(
    application: str, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("Hi,\nyou", gap=HUMAN)
    window.wait_for_text("Hi,\nyou")
    assert [change.text for change in window.changes[-7:]] == [
        "H", "Hi", "Hi,", "Hi,\n", "Hi,\ny", "Hi,\nyo", "Hi,\nyou",
    ]  # fmt: skip


@pytest.mark.parametrize("application", APPLICATIONS)
def test_what_is_on_the_clipboard_can_be_pasted(
    application: str, display: Display, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    display.copy(FRENCH, "clipboard")
    display.copy(FRENCH, "primary")
    window.focus(keyboard)
    keyboard.press("shift+Insert")
    window.wait_for_text(FRENCH)
    assert display.copied("clipboard") == FRENCH


def test_a_text_set_without_keys_stands_in_the_box(window_of: Windows) -> None:
    window = window_of("tk text")
    window.set_text("one\ntwo")
    assert window.text == "one\ntwo"


def test_a_text_that_does_not_come_is_reported_with_the_one_that_is_there(
    window_of: Windows,
) -> None:
    window = window_of("tk entry")
    window.set_text("present")
    with pytest.raises(AssertionError, match=r"tk entry holds 'present' after 0\.05 s; expected 'absent'"):
        window.wait_for_text("absent", deadline=0.05)


def test_a_character_without_a_key_is_refused(keyboard: Keyboard) -> None:
    with pytest.raises(NoSuchKeyError, match="U\\+1F600"):
        keyboard.type("😀")


@pytest.mark.parametrize("layout", TYPED)
def test_keys_typed_outside_a_nested_display_arrive_inside(
    layout: str, hardware: Keyboard, nested_window_of: Windows
) -> None:
    window = nested_window_of("tk text")
    window.clear()
    hardware.use_layout(layout)
    window.focus(hardware)
    hardware.type(TYPED[layout])
    window.wait_for_text(TYPED[layout])


def test_a_program_of_the_bench_ends_with_whoever_started_it(display: Display) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", STARTS_A_SLEEPER, str(display.folder)],
        cwd=Path(__file__).parent, stdout=subprocess.PIPE, encoding="ascii",
    )  # fmt: skip
    assert killed.stdout is not None
    sleeper = int(killed.stdout.readline())
    killed.kill()
    killed.wait(10)
    killed.stdout.close()
    wait_until(lambda: not is_running(sleeper), "it goes on")


@pytest.mark.parametrize("application", ["tk text", "chromium"])
def test_a_window_that_was_closed_is_opened_anew(
    application: str, keyboard: Keyboard, display: Display
) -> None:
    windows = Windows(display)
    windows(application).set_text("before")
    windows.close()
    again = windows(application)
    assert again.text == ""
    again.focus(keyboard)
    keyboard.type("after")
    again.wait_for_text("after")
    windows.close()


def test_what_is_held_and_locked_is_let_go(keyboard: Keyboard, window_of: Windows) -> None:
    keyboard.hold("Shift_L")
    keyboard.hold("a")
    keyboard.press("Caps_Lock")
    assert keyboard.down() == {"Shift_L"}
    keyboard.let_go()
    assert keyboard.down() == frozenset()
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    keyboard.type("plain")
    window.wait_for_text("plain")
