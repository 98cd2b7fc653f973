"""What a person has copied or selected is there again after an expansion, whatever it was."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display, program, python_with
from bench.keyboard import HUMAN, Keyboard
from bench.waiting import wait_until
from bench.windows import APPLICATIONS, APPS, TERMINALS, TextWindow, Windows
from Xlib import X

TEXT = "Bien noté — «\u00a0à bientôt\u00a0»\u202f!"
COPIED = "copié — «\u00a0avant\u00a0» 🇫🇷"
FILES = b"file:///home/camille/%C3%A9t%C3%A9.txt\r\nfile:///home/camille/b.pdf\r\n"
CONTENTS = {
    "text": {"text/plain;charset=utf-8": COPIED.encode()},
    "HTML": {
        "text/html": b"<meta charset='utf-8'><b>copi\xc3\xa9</b> <i>avant</i>",
        "text/plain;charset=utf-8": COPIED.encode(),
    },
    "a picture": {"image/png": os.urandom(40_000)},
    "a large picture": {"image/png": os.urandom(3_000_000)},
    "files": {
        "x-special/gnome-copied-files": b"copy\nfile:///home/camille/%C3%A9t%C3%A9.txt\nfile:///home/camille/b.pdf",
        "text/uri-list": FILES,
        "text/plain;charset=utf-8": FILES.replace(b"\r", b""),
    },
    "cells": {
        "text/html": b"<table><tr><td>1</td></tr></table>" * 9000,
        "application/x-openoffice-link": b"soffice\0sheet\0A1\0\0",
        "text/rtf": b"{\\rtf1 1}" * 20_000,
        "text/plain;charset=utf-8": b"1\t2\n" * 50_000,
        "image/png": os.urandom(200_000),
    },
}


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    with Daemon(display, home_with(display.folder / "home of clips", {"xgreet": TEXT})) as daemon:
        yield daemon


@pytest.fixture(scope="module")
def nested_daemon(nested_display: Display) -> Iterator[Daemon]:
    home = home_with(nested_display.folder / "home of clips", {"xgreet": TEXT})
    with Daemon(nested_display, home) as daemon:
        yield daemon


def ready(window: TextWindow, keyboard: Keyboard) -> TextWindow:
    """`window`, empty and with the focus."""
    window.clear()
    window.focus(keyboard)
    return window


@pytest.fixture
def box(window_of: Windows, keyboard: Keyboard, daemon: Daemon) -> TextWindow:
    """An empty Tk text with the focus."""
    return ready(window_of("tk text"), keyboard)


def on_the_clipboard(display: Display, target: str) -> bytes:
    """One form of what is on the clipboard, as another program gets it; empty when there is none."""
    command = [program("xclip"), "-selection", "clipboard", "-out", "-target", target]
    return subprocess.run(command, env=display.env, capture_output=True, timeout=30, check=False).stdout


def forms(display: Display) -> set[str]:
    """The names of the forms that the clipboard's owner offers."""
    about_it = {"TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "DELETE"}
    return set(on_the_clipboard(display, "TARGETS").decode().split()) - about_it


@pytest.fixture
def copied(request: pytest.FixtureRequest, display: Display) -> Iterator[dict[str, bytes]]:
    """What a program of some toolkit has copied, by media type."""
    toolkit, what = request.param
    contents = CONTENTS[what]
    path = display.folder / "copied.json"
    path.write_text(json.dumps({kind: base64.b64encode(data).decode() for kind, data in contents.items()}))
    python = python_with("gi" if toolkit == "gtk4" else "PySide6.QtGui")
    log = display.folder / "copied.log"
    owner = display.processes.start([python, APPS / "copied.py", toolkit, path], env=display.env, log=log)
    # Two contents may have the same forms, so the content itself tells that this one is there.
    kind, data = next(iter(contents.items()))
    wait_until(lambda: on_the_clipboard(display, kind) == data, log.read_text, deadline=20, every=0.05)
    yield contents
    display.processes.end(owner)


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param((toolkit, what), id=f"{what}, {toolkit}")
        for toolkit in ("gtk4", "qt")
        for what in CONTENTS
    ],
    indirect=True,
)
def test_each_form_of_what_was_copied_is_there_again_byte_for_byte(
    copied: dict[str, bytes], box: TextWindow, display: Display, keyboard: Keyboard
) -> None:
    offered = forms(display)
    owner = display.connection.get_selection_owner(display.connection.intern_atom("CLIPBOARD"))
    keyboard.type("xgreet")
    expanded = box.wait_for_text(TEXT)
    wait_until(
        lambda: forms(display) == offered, lambda: f"{forms(display)} rather than {offered}", every=0.02
    )
    assert time.monotonic() - expanded.time < 3
    assert {kind: on_the_clipboard(display, kind) for kind in copied} == copied
    clipboard = display.connection.intern_atom("CLIPBOARD")
    assert display.connection.get_selection_owner(clipboard) != owner, "nothing was pasted by the clipboard"


@pytest.mark.parametrize("application", APPLICATIONS)
def test_what_was_copied_and_selected_is_there_again(
    application: str, daemon: Daemon, display: Display, keyboard: Keyboard, window_of: Windows
) -> None:
    window = ready(window_of(application), keyboard)
    display.copy(COPIED, "clipboard")
    display.copy("sélectionné avant", "primary")
    keyboard.type("xgreet")
    window.wait_for_text(TEXT)
    wait_until(
        lambda: (display.copied("clipboard"), display.copied("primary")) == (COPIED, "sélectionné avant"),
        lambda: f"they hold {display.copied('clipboard')!r} and {display.copied('primary')!r}",
        every=0.05,
    )


@pytest.mark.parametrize("application", [name for name in APPLICATIONS if name not in TERMINALS])
def test_what_is_selected_in_another_window_stays_selected(
    application: str, daemon: Daemon, display: Display, keyboard: Keyboard, window_of: Windows
) -> None:
    other = ready(window_of("gtk text" if application != "gtk text" else "gtk entry"), keyboard)
    keyboard.type("selected here")
    keyboard.press("ctrl+a")
    primary = display.connection.intern_atom("PRIMARY")
    wait_until(lambda: display.copied("primary") == "selected here", "nothing is selected", every=0.05)
    owner = display.connection.get_selection_owner(primary)
    window = ready(window_of(application), keyboard)
    keyboard.type("xgreet")
    window.wait_for_text(TEXT)
    assert display.connection.get_selection_owner(primary) == owner
    assert display.copied("primary") == "selected here"
    # Typing replaces what is selected, so this is what the person sees too.
    display.activate(other.id)
    keyboard.type("x")
    other.wait_for_text("x")


def test_what_is_copied_since_wins(box: TextWindow, display: Display, keyboard: Keyboard) -> None:
    display.copy("before")
    keyboard.type("xgreet")
    box.wait_for_text(TEXT)
    display.copy("copied since")
    keyboard.type(" xgreet")
    box.wait_for_text(f"{TEXT} {TEXT}")
    wait_until(lambda: display.copied() == "copied since", lambda: f"holds {display.copied()!r}", every=0.05)


@pytest.mark.parametrize("application", ["tk text", "gtk4 text", "qt text", "chromium", "xterm"])
def test_what_a_person_pastes_right_after_an_expansion_is_what_they_had_copied(
    application: str, display: Display, daemon: Daemon, window_of: Windows, keyboard: Keyboard
) -> None:
    window = ready(window_of(application), keyboard)
    display.copy(COPIED)
    display.copy(COPIED, "primary")
    keyboard.type("xgreet ", gap=HUMAN)
    keyboard.press("shift+Insert" if application == "xterm" else "ctrl+v")
    window.wait_for_text(f"{TEXT} {COPIED}")


def test_what_another_program_copies_just_after_the_paste_is_not_taken_back(
    box: TextWindow, display: Display, keyboard: Keyboard
) -> None:
    for number in range(3):
        display.copy(f"before {number}")
        keyboard.type("xgreet ")
        box.wait_for_text(f"{TEXT} " * (number + 1))
        display.copy(f"since {number}")
        owner = display.connection.get_selection_owner(display.connection.intern_atom("CLIPBOARD"))
        # Past the moment at which the former content would have come back.
        keyboard.type("and", gap=0.3)
        keyboard.press("BackSpace", "BackSpace", "BackSpace")
        box.wait_for_text(f"{TEXT} " * (number + 1))
        now = display.connection.get_selection_owner(display.connection.intern_atom("CLIPBOARD"))
        assert (now, display.copied()) == (owner, f"since {number}")


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
    nested_display: Display, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    nested_display.copy(COPIED)
    window = ready(nested_window_of("tk entry"), hardware)
    hardware.type("xgreet")
    window.wait_for_text(TEXT)
    assert nested_daemon.motjuste("daemon", "stop").returncode == 0
    assert nested_daemon.process.wait(10) == 0
    assert nested_display.copied() == COPIED
    nested_daemon.restart()


# Clipboard managers


@pytest.fixture
def recorded(request: pytest.FixtureRequest, display: Display) -> Iterator[list[str]]:
    """What a clipboard manager has recorded, looked up afresh each time; its manner is the parameter."""
    log = display.folder / f"recorded-{os.urandom(4).hex()}.jsonl"
    log.touch()
    noise = display.folder / "manager-of-clips.log"
    command = [python_with("Xlib"), APPS / "clipboard_manager.py", log, request.param]
    manager = display.processes.start(command, env=display.env, log=noise)

    class Recorded(list[str]):
        def __contains__(self, text: object) -> bool:
            return text in [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    recorded = Recorded()
    wait_until(lambda: "ready" in recorded, lambda: noise.read_text(errors="replace"), every=0.02)
    yield recorded
    display.processes.end(manager)


@pytest.mark.parametrize("recorded", ["polite"], indirect=True)
@pytest.mark.parametrize("application", ["tk text", "gtk text", "xterm", "chromium"])
def test_a_clipboard_manager_that_can_be_asked_does_not_record_an_expansion(
    application: str,
    recorded: list[str],
    daemon: Daemon,
    display: Display,
    keyboard: Keyboard,
    window_of: Windows,
) -> None:
    window = ready(window_of(application), keyboard)
    display.copy("copied before")
    wait_until(lambda: "copied before" in recorded, "the manager records nothing", every=0.02)
    keyboard.type("xgreet")
    window.wait_for_text(TEXT)
    display.copy("copied after")
    wait_until(lambda: "copied after" in recorded, "the manager records nothing more", every=0.02)
    assert TEXT not in recorded


@pytest.mark.parametrize("recorded", ["greedy"], indirect=True)
@pytest.mark.parametrize("application", ["tk text", "gtk text", "gtk4 text", "qt text", "xterm", "chromium"])
def test_with_a_clipboard_manager_that_reads_everything_each_text_still_arrives_once(
    application: str,
    recorded: list[str],
    daemon: Daemon,
    display: Display,
    keyboard: Keyboard,
    window_of: Windows,
) -> None:
    window = ready(window_of(application), keyboard)
    display.copy("copied before")
    wait_until(lambda: "copied before" in recorded, "the manager records nothing", every=0.02)
    for number in range(1, 6):
        keyboard.type("xgreet")
        window.wait_for_text(f"{TEXT} " * (number - 1) + TEXT)
        keyboard.type(" ")
        window.wait_for_text(f"{TEXT} " * number)
    wait_until(lambda: display.copied() == "copied before", lambda: f"holds {display.copied()!r}", every=0.05)
    assert window.text == f"{TEXT} " * 5
