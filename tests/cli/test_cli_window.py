"""`--window` where no window can open: one line says why, and everything else goes on without Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Ended, Motjuste, Shell

from motjuste.desktop.opening import miscounts, no_window

WITHOUT = "leave --window out to write it in the terminal"
XCB = [
    "From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin.",
    'Could not load the Qt platform plugin "xcb" in "" even though it was found.',
]


def python(program: str, **env: str) -> Ended:
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | env, capture_output=True, encoding="utf-8", timeout=60,
        check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", ["invite", "decline", "ask", "answer", "fill introduction"])
def test_without_a_display_one_line_says_so(command: str, motjuste: Motjuste, profile: Path, marie: Path) -> None:
    assert motjuste(*command.split(), str(marie), "--window") == Ended(
        1, "", f"motjuste: there is no display, so no window can open; {WITHOUT}\n"
    )


def test_without_qt_one_line_says_what_to_install(profile: Path, marie: Path) -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from motjuste.__main__ import run\n"
        f"sys.exit(run(['invite', {str(marie)!r}, '--window']))"
    )
    assert python(program, DISPLAY=":0") == Ended(
        1, "", "motjuste: windows need Qt, which is not installed; "
        f'install it with: pip install "motjuste[desktop]"; or {WITHOUT}\n',
    )  # fmt: skip


def test_without_qt_a_message_is_written_in_the_terminal(profile: Path, marie: Path) -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from motjuste.__main__ import run\n"
        f"sys.exit(run(['invite', {str(marie)!r}]))"
    )
    ended = python(program)
    assert (ended.code, ended.out.split(",")[0], ended.err) == (0, "Bonjour Marie", "")


def test_a_message_in_the_terminal_loads_nothing_of_a_window(profile: Path, marie: Path) -> None:
    program = (
        "import sys\n"
        "from motjuste.__main__ import run\n"
        f"run(['invite', {str(marie)!r}])\n"
        "print(*(name for name in sys.modules if name.startswith(('motjuste.desktop', 'PySide6'))), file=sys.stderr)"
    )
    assert python(program).err == "\n"


def test_what_cannot_be_written_is_said_before_a_window_is_missed(motjuste: Motjuste, profile: Path) -> None:
    assert motjuste("fill", "introductoin", "--window").err.splitlines()[0] == (
        "motjuste: unknown template 'introductoin' (nearest: 'introduction'); see 'motjuste templates list'"
    )
    assert motjuste("invite", "Nemo", "--window").code == 4


def test_a_text_that_is_too_long_is_for_the_window_to_show(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    # So what is missed is the window, and nothing is refused for its length.
    assert motjuste("invite", str(marie), "--window", "--limit", "5").code == 1


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (["could not connect to display :7", *XCB],
         f"the display ':7' does not answer, so no window can open; {WITHOUT}"),
        (XCB,
         "Qt lacks the library libxcb-cursor, so no window can open; "
         f"install it, for example with 'sudo apt install libxcb-cursor0'; or {WITHOUT}"),
        (['Could not find the Qt platform plugin "x" in ""'],
         f'Qt cannot open a window: Could not find the Qt platform plugin "x" in ""; {WITHOUT}'),
        ([], f"Qt cannot open a window: it does not say why; {WITHOUT}"),
    ],
)  # fmt: skip
def test_why_qt_gives_up_is_said_in_one_line(said: list[str], line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert str(no_window(said)) == line


def test_a_qt_that_takes_references_of_none_away_is_noticed() -> None:
    held = [None] * 1000
    # Each of these is a reference that is gone afterwards.
    assert miscounts(held.pop) is (sys.version_info < (3, 12))
    assert miscounts(lambda: None) is False


def test_help_names_the_window(shell: Shell) -> None:
    assert "--window" in shell("motjuste invite --help").out
