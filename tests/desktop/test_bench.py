"""The bench itself: what is typed and pasted by hand arrives, so that a failure elsewhere is motjuste's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bench.display import Display
from bench.keyboard import HUMAN, Keyboard, NoSuchKeyError
from bench.windows import APPLICATIONS, SINGLE_LINE, TextWindow

TYPED = {
    "us": 'Hello, you: a@b.fr (2026) ~ "x"!',
    "fr": "L'été à Noël, ça où ; l'âge : 100 € @ #{x} ê ï Ô !",
    "ca": "Déjà là, où ça : à Noël « être », 3 > 2 ? É È ô !",
}
FRENCH = (
    "Bonjour Éloïse, j’ai été ravi d’échanger\u202f: «\u00a0à bientôt\u00a0» — œuvre, 100\u00a0€, où\u202f?"
)


@pytest.mark.parametrize("application", APPLICATIONS)
@pytest.mark.parametrize("layout", TYPED)
def test_what_is_typed_arrives(
    application: str, layout: str, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
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
    application: str, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
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
    application: str, display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
    window = window_of(application)
    window.clear()
    display.copy(FRENCH, "clipboard")
    display.copy(FRENCH, "primary")
    window.focus(keyboard)
    keyboard.press("shift+Insert")
    window.wait_for_text(FRENCH)
    assert display.copied("clipboard") == FRENCH


def test_a_text_set_without_keys_stands_in_the_box(window_of: Callable[[str], TextWindow]) -> None:
    window = window_of("tk text")
    window.set_text("one\ntwo")
    assert window.text == "one\ntwo"


def test_a_text_that_does_not_come_is_reported_with_the_one_that_is_there(
    window_of: Callable[[str], TextWindow],
) -> None:
    window = window_of("tk entry")
    window.set_text("present")
    with pytest.raises(AssertionError, match=r"tk entry holds 'present' after 0\.05 s; expected 'absent'"):
        window.wait_for_text("absent", deadline=0.05)


def test_a_character_without_a_key_is_refused(keyboard: Keyboard) -> None:
    with pytest.raises(NoSuchKeyError, match="U\\+1F600"):
        keyboard.type("😀")


def test_keys_typed_outside_a_nested_display_arrive_inside(nested_display: Display) -> None:
    keyboard = Keyboard(nested_display)
    window = TextWindow("tk text", nested_display)
    for layout in TYPED:
        window.clear()
        keyboard.use_layout(layout)
        window.focus(keyboard)
        keyboard.type(TYPED[layout])
        window.wait_for_text(TYPED[layout])
    window.close()
    keyboard.close()
