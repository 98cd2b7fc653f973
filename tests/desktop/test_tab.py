"""Tab in real windows: it leads from place to place, confirms, and is given to the window when it decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon
from bench.display import Display
from bench.keyboard import HUMAN, Keyboard
from bench.windows import Windows

# In a terminal Tab completes words, and Left and Right stay within the line.
APPLICATIONS = ("tk text", "gtk text", "qt text", "chromium")
SNIPPETS = [
    {"trigger": "xplaces", "replace": "Le $|$, là-bas\nà $|$ — œuvre.$|$ Fin"},
    {"trigger": "xemoji", "replace": "Le $|$, 👩🏽‍💻 e\u0301 à $|$ — 🇫🇷"},
    {"trigger": "xconf", "replace": "confirmé", "confirm": "tab"},
    {"trigger": "xword", "replace": "le mot", "word": True},
]


@pytest.fixture(scope="module")
def home(display: Display) -> Path:
    """A person's folder with snippets that need Tab."""
    home = display.folder / "tab-home"
    (home / "snippets").mkdir(parents=True)
    (home / "snippets" / "mine.yml").write_text(
        json.dumps({"snippets": SNIPPETS}, ensure_ascii=False), encoding="utf-8"
    )
    return home


@pytest.fixture(scope="module")
def daemon(display: Display, home: Path) -> Iterator[Daemon]:
    with Daemon(display, home) as daemon:
        yield daemon


@pytest.mark.parametrize("application", APPLICATIONS)
def test_tab_leads_from_place_to_place(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("xplaceslundi\tmidi\tOui.", gap=HUMAN)
    window.wait_for_text("Le lundi, là-bas\nà midi — œuvre.Oui. Fin")


# Tk's caret takes the parts of an emoji one by one.
@pytest.mark.parametrize("application", [each for each in APPLICATIONS if each != "tk text"])
def test_tab_leads_over_characters_that_join(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("xemojilundi\tmidi", gap=HUMAN)
    window.wait_for_text("Le lundi, 👩🏽‍💻 e\u0301 à midi — 🇫🇷")


@pytest.mark.parametrize("application", APPLICATIONS)
def test_a_tab_that_confirms_is_no_more(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("xconf\t, xconf", gap=HUMAN)
    window.wait_for_text("confirmé, xconf")
    keyboard.press("Tab", "BackSpace", gap=HUMAN)
    window.wait_for_text("confirmé, xconf")


@pytest.mark.parametrize("application", ["tk text", "gtk text"])
def test_a_tab_behind_a_word_comes_after_the_text(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("xword\tet", gap=HUMAN)
    window.wait_for_text("le mot\tet")
