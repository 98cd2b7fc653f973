"""Rules per application in real windows, with the real daemon."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from bench.daemon import Daemon
from bench.display import Display
from bench.keyboard import Keyboard
from bench.windows import TextWindow, Windows

RULES = """\
[[application]]
name = "Diary"
title = "My diary*"
off = true
"""
SNIPPETS = {"snippets": [{"trigger": "xaddress", "replace": "1 rue du Lac\n\n75001 Paris\n"}]}


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    home = display.folder / "home-with-rules"
    (home / "snippets").mkdir(parents=True)
    (home / "applications.toml").write_text(RULES, encoding="utf-8")
    (home / "snippets" / "mine.yml").write_text(json.dumps(SNIPPETS), encoding="utf-8")
    with Daemon(display, home) as daemon:
        yield daemon


@pytest.mark.parametrize(
    ("application", "text"),
    [("xterm", "1 rue du Lac 75001 Paris "), ("tk text", "1 rue du Lac\n\n75001 Paris\n")],
)
def test_only_a_terminal_gets_its_line_breaks_as_spaces(
    application: str,
    text: str,
    daemon: Daemon,
    keyboard: Keyboard,
    window_of: Windows,
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("xaddress")
    window.wait_for_text(text)


def test_where_a_rule_turns_it_off_a_trigger_stays_and_elsewhere_it_goes_on(
    daemon: Daemon, display: Display, keyboard: Keyboard, window_of: Windows
) -> None:
    diary = TextWindow("tk text", display, title="My diary 2026")
    try:
        diary.focus(keyboard)
        keyboard.type("xaddress ")
        diary.wait_for_text("xaddress ")
        window = window_of("tk text")
        window.clear()
        window.focus(keyboard)
        keyboard.type("xaddress")
        window.wait_for_text("1 rue du Lac\n\n75001 Paris\n")
        assert diary.text == "xaddress "
    finally:
        diary.close()


def test_the_open_windows_are_shown_with_what_holds_in_each(daemon: Daemon, window_of: Windows) -> None:
    terminal, box = window_of("xterm"), window_of("tk text")
    shown = json.loads(daemon.motjuste("doctor", "--windows", "--json").stdout)["windows"]
    by_title = {each["title"]: each for each in shown}
    found = by_title[terminal.title]
    assert (found["class"], found["program"], found["rules"][0]) == ("XTerm", "xterm", "Terminals")
    assert (found["newline"], by_title[box.title]["newline"]) == ("space", "paste")
    assert by_title[box.title]["rules"] == []
    lines = daemon.motjuste("doctor", "--windows").stdout.splitlines()
    (line,) = [line for line in lines if line.endswith(terminal.title)]
    assert line.startswith("XTerm ")
