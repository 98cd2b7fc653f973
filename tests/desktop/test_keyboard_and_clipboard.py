"""What a person's keyboard and clipboard do around an expansion, in real windows."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon
from bench.display import Display, program
from bench.keyboard import HUMAN, Keyboard
from bench.waiting import wait_until
from bench.windows import APPS, TextWindow, Windows
from Xlib import X

TEXT = "Bien noté — «\u00a0à bientôt\u00a0»\u202f!"
QUICK = 0.020
"""Seconds from one key to the next of the fastest typist there is."""
SNIPPETS = {
    "xgreet": TEXT,
    "XOK": "capitals",
    "xprêt": "circumflex",
    "x€": "euro",
    "xdiv": "<b>$|$</b>",
    ";é": "acute",
}


def furnish(home: Path) -> Path:
    (home / "snippets").mkdir(parents=True)
    snippets = [{"trigger": trigger, "replace": text} for trigger, text in SNIPPETS.items()]
    (home / "snippets" / "mine.yml").write_text(json.dumps({"snippets": snippets}), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    with Daemon(display, furnish(display.folder / "home of keys")) as daemon:
        yield daemon


@pytest.fixture
def box(window_of: Windows, keyboard: Keyboard, daemon: Daemon) -> TextWindow:
    """An empty Tk text with the focus."""
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    return window


# Layouts


@pytest.mark.parametrize(
    ("layout", "trigger"),
    [
        pytest.param("fr", "xprêt", id="a dead key"),
        pytest.param("ca", "xprêt", id="a dead key on another layout"),
        pytest.param("fr", "x€", id="AltGr"),
        pytest.param("fr", ";é", id="an accented key"),
        pytest.param("ca", ";é", id="an accented key on another layout"),
        pytest.param("fr", "XOK", id="capitals"),
    ],
)
def test_a_trigger_is_heard_as_the_window_hears_it(
    layout: str, trigger: str, box: TextWindow, keyboard: Keyboard
) -> None:
    keyboard.use_layout(layout)
    keyboard.type(f"a {trigger}", gap=QUICK)
    box.wait_for_text(f"a {SNIPPETS[trigger]}")


def test_with_caps_lock_on_a_trigger_is_what_it_looks_like(box: TextWindow, keyboard: Keyboard) -> None:
    keyboard.press("Caps_Lock")
    try:
        keyboard.type("xgreet xok")
        box.wait_for_text("XGREET capitals")
    finally:
        keyboard.press("Caps_Lock")


def test_the_other_group_of_a_keyboard_is_heard(
    box: TextWindow, keyboard: Keyboard, display: Display
) -> None:
    keyboard.use_layout("us,fr", "-option", "grp:shifts_toggle")
    # On the first group this key is `a`, on the second `q`: the person switches as the layout says.
    keyboard.hold("Shift_L")
    keyboard.hold("Shift_R")
    keyboard.release("Shift_R")
    keyboard.release("Shift_L")
    keyboard.type("a")
    box.wait_for_text("q")
    keyboard.use_layout("us")


# Modifiers and repeating keys


@pytest.mark.parametrize("modifier", ["Shift_L", "Control_L", "Alt_L", "Shift_R"])
def test_a_modifier_pressed_too_soon_changes_nothing(
    modifier: str, box: TextWindow, keyboard: Keyboard
) -> None:
    keyboard.type("xgreet")
    keyboard.hold(modifier)
    try:
        box.wait_for_text(TEXT)
    finally:
        keyboard.release(modifier)
    keyboard.type(" ok")
    box.wait_for_text(f"{TEXT} ok")


def test_shift_is_still_held_after_an_expansion_that_ends_in_a_capital(
    box: TextWindow, keyboard: Keyboard
) -> None:
    keyboard.hold("Shift_L")
    try:
        keyboard.type("xok")
        box.wait_for_text("capitals")
        keyboard.type("yes")
        box.wait_for_text("capitalsYES")
    finally:
        keyboard.release("Shift_L")
    keyboard.type("no")
    box.wait_for_text("capitalsYESno")


def test_a_backspace_held_down_cannot_complete_a_trigger(
    box: TextWindow, keyboard: Keyboard, daemon: Daemon
) -> None:
    keyboard.type("keep this xgrz")
    box.wait_for_text("keep this xgrz")
    before = daemon.status()["expansions"]
    keyboard.hold("BackSpace")
    try:
        box.wait_for(lambda text: len(text) < len("keep this x"), "Backspace repeats")
    finally:
        keyboard.release("BackSpace")
    keyboard.type("eet")
    # Of what is left nothing may go: a trigger pieced together from before would take six characters.
    box.wait_for(
        lambda text: text.endswith("eet") and "keep this".startswith(text[:-3].strip()), "nothing goes"
    )
    assert daemon.status()["expansions"] == before


# Typing on


@pytest.fixture(scope="module")
def nested_daemon(nested_display: Display) -> Iterator[Daemon]:
    with Daemon(nested_display, furnish(nested_display.folder / "home of keys")) as daemon:
        yield daemon


@pytest.mark.parametrize("gap", [pytest.param(HUMAN, id="60 ms"), pytest.param(QUICK, id="20 ms")])
@pytest.mark.parametrize("application", ["tk text", "gtk text", "chromium"])
def test_whatever_is_typed_on_comes_after_the_text_in_order(
    application: str, gap: float, nested_daemon: Daemon, nested_display: Display, hardware: Keyboard
) -> None:
    window = TextWindow(application, nested_display)
    hardware.use_layout("us")
    window.focus(hardware)
    hardware.type("xgreet And THEN we went on: xdivbold", gap=gap)
    window.wait_for_text(f"{TEXT} And THEN we went on: <b>bold</b>")
    hardware.press("End", "BackSpace", "BackSpace", "BackSpace", "BackSpace", gap=gap)
    hardware.type("\nxgreettt", gap=gap)
    hardware.press("BackSpace", "BackSpace", gap=gap)
    hardware.type("\n\nxgreet 1st\n!", gap=gap)
    window.wait_for_text(f"{TEXT} And THEN we went on: <b>bold\n{TEXT}\n\n{TEXT} 1st\n!")
    window.close()


@pytest.mark.full
@pytest.mark.parametrize("gap", [pytest.param(HUMAN, id="60 ms"), pytest.param(QUICK, id="20 ms")])
@pytest.mark.parametrize("application", ["tk text", "gtk text", "qt text", "xterm", "chromium"])
def test_each_trigger_of_a_quick_row_gives_its_text(
    application: str, gap: float, nested_daemon: Daemon, nested_display: Display, hardware: Keyboard
) -> None:
    window = TextWindow(application, nested_display)
    hardware.use_layout("us")
    window.focus(hardware)
    for number in range(25):
        hardware.type(f"xgreet Go on, {number}. ", gap=gap)
        # Qt's text turns a no-break space into a plain one when it is read back: the widget's own doing.
        window.wait_for(
            lambda text, last=f"Go on, {number}. ": (
                text.replace("\u00a0", " ") == f"{TEXT} {last}".replace("\u00a0", " ")
            ),
            f"{TEXT} Go on, {number}. ",
        )
        window.clear()
    window.close()


# Windows that do not take the text


def test_a_window_that_does_not_paste_keeps_its_trigger(
    display: Display, daemon: Daemon, keyboard: Keyboard
) -> None:
    window = TextWindow("tk text", display, script=APPS / "deaf_window.py")
    window.focus(keyboard)
    keyboard.type("a xgreet b")
    window.wait_for_text("a xgreet b", deadline=15)
    assert "did not take the text" in daemon.wait_for_problem("did not take the text")
    window.close()


def test_while_another_program_has_the_keyboard_nothing_is_heard(
    box: TextWindow, display: Display, keyboard: Keyboard
) -> None:
    root = display.connection.screen().root
    assert root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime) == X.GrabSuccess
    try:
        keyboard.type("xgreet xgre")
    finally:
        display.connection.ungrab_keyboard(X.CurrentTime)
        display.connection.sync()
    keyboard.type("et ")
    box.wait_for_text("et ")
    keyboard.type("xgreet")
    box.wait_for_text(f"et {TEXT}")


# The clipboard


def test_a_large_picture_on_the_clipboard_is_there_again(
    box: TextWindow, display: Display, keyboard: Keyboard
) -> None:
    content = os.urandom(3_000_000)
    copied = display.folder / "large"
    copied.write_bytes(content)
    clipboard = [program("xclip"), "-selection", "clipboard", "-target", "image/png"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*clipboard, "-in", str(copied)], env=display.env, check=True, timeout=10, **quiet)
    keyboard.type("xgreet")
    box.wait_for_text(TEXT)

    def pasted() -> bytes:
        return subprocess.run(
            [*clipboard, "-out"], env=display.env, capture_output=True, timeout=20, check=False
        ).stdout

    wait_until(lambda: pasted() == content, "another content is there", every=0.1)


def test_what_is_copied_meanwhile_wins(box: TextWindow, display: Display, keyboard: Keyboard) -> None:
    display.copy("before")
    keyboard.type("xgreet")
    box.wait_for_text(TEXT)
    display.copy("copied since")
    keyboard.type(" xgreet")
    box.wait_for_text(f"{TEXT} {TEXT}")
    wait_until(lambda: display.copied() == "copied since", lambda: f"holds {display.copied()!r}", every=0.05)


def test_an_empty_clipboard_is_empty_again(box: TextWindow, display: Display, keyboard: Keyboard) -> None:
    display.copy("to be cleared")
    clipboard = display.connection.intern_atom("CLIPBOARD")
    window = display.connection.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    window.set_selection_owner(clipboard, X.CurrentTime)
    window.destroy()
    display.connection.sync()
    keyboard.type("xgreet")
    box.wait_for_text(TEXT)
    wait_until(
        lambda: display.connection.get_selection_owner(clipboard) == X.NONE, "somebody owns it", every=0.02
    )


def test_the_clipboard_outlives_the_daemon(
    nested_display: Display, nested_daemon: Daemon, hardware: Keyboard
) -> None:
    nested_display.copy("copié avant 🇫🇷")
    window = TextWindow("tk entry", nested_display)
    window.focus(hardware)
    hardware.type("xgreet")
    window.wait_for_text(TEXT)
    assert nested_daemon.motjuste("daemon", "stop").returncode == 0
    assert nested_daemon.process.wait(10) == 0
    assert nested_display.copied() == "copié avant 🇫🇷"
    window.close()


def test_two_daemons_never_listen_to_one_display(display: Display, daemon: Daemon) -> None:
    elsewhere = daemon.env | {"MOTJUSTE_HOME": str(display.folder / "another home")}
    second = subprocess.run(
        [daemon.python, "-m", "motjuste", "daemon", "run"],
        env=elsewhere, capture_output=True, encoding="utf-8", timeout=30, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert second.stderr.startswith("motjuste: another motjuste already listens")
    assert len(second.stderr.strip().splitlines()) == 1
