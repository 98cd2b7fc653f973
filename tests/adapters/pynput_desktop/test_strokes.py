"""What a key means: dead keys, commands, and the keys that pynput names."""

from __future__ import annotations

import pytest

from motjuste.adapters.pynput_desktop.strokes import Meaning, Stroke, Typist
from motjuste.expansion.keys import KeyEvent

KEY = Stroke(1, True)


def typed(*meanings: Meaning | str) -> list[str]:
    typist = Typist()
    return [
        typist.press(Stroke(1, True, each), Meaning(), frozenset()).text
        if isinstance(each, str)
        else typist.press(KEY, each, frozenset()).text
        for each in meanings
    ]


def dead(accent: str) -> Meaning:
    return Meaning(accent, dead=True)


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        pytest.param([dead("^"), Meaning("e")], ["", "ê"], id="an accent and its letter"),
        pytest.param([dead("¨"), Meaning("I")], ["", "Ï"], id="with a capital"),
        pytest.param([dead("'"), Meaning("c")], ["", "ç"], id="the apostrophe makes a cedilla"),
        pytest.param([dead("^"), Meaning(" ")], ["", "^"], id="a space gives the accent alone"),
        pytest.param([dead("^"), Meaning("x")], ["", "^x"], id="what has no letter of its own stays two"),
        pytest.param([dead("^"), dead("^"), Meaning("e")], ["", "^^", "e"], id="twice gives both"),
        pytest.param([dead("^"), "BackSpace", Meaning("e")], ["", "", "e"], id="a Backspace takes it away"),
        pytest.param([dead("^"), "Return"], ["", "^\n"], id="Return lets it go in first"),
        pytest.param([dead(""), Meaning("ê")], ["", "ê"], id="a system that composes by itself"),
        pytest.param([dead("΄"), Meaning("α")], ["", "ά"], id="Greek"),
    ],
)
def test_dead_keys_compose_as_they_do_in_windows(keys: list[Meaning | str], texts: list[str]) -> None:
    assert typed(*keys) == texts


def test_a_backspace_on_a_waiting_accent_erases_nothing_that_the_engine_knows_of() -> None:
    typist = Typist()
    typist.press(KEY, dead("^"), frozenset())
    assert typist.press(Stroke(8, True, "BackSpace"), Meaning(), frozenset()) == KeyEvent(name="Multi_key")


def test_a_stroke_shows_no_text() -> None:
    assert "secret" not in repr((Stroke(1, True, text="secret"), Meaning("secret")))
