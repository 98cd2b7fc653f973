"""What the codes of a low-level keyboard hook mean."""

from __future__ import annotations

import pytest

from motjuste.adapters.pynput_desktop.strokes import Meaning, Stroke
from motjuste.adapters.pynput_desktop.windows_keys import EXTENDED, Hook, is_extended, meaning

DOWN, UP, SYSTEM_DOWN = 0x0100, 0x0101, 0x0104
MARK = 77


def stroke(code: int, *, message: int = DOWN, scan: int = 0, flags: int = 0, extra: int = 0) -> Stroke | None:
    return Hook(MARK).stroke(message, code=code, scan=scan, flags=flags, extra=extra)


@pytest.mark.parametrize(
    ("code", "name"),
    [(0x08, "BackSpace"), (0x0D, "Return"), (0x70, "F1"), (0xA5, "Alt_R"), (0xE5, "VoidSymbol"), (0x41, "")],
)
def test_keys_that_are_no_characters_have_names(code: int, name: str) -> None:
    found = stroke(code)
    assert found
    assert found.name == name


def test_a_key_with_alt_goes_down_too() -> None:
    found = stroke(0x41, message=SYSTEM_DOWN)
    assert found
    assert found.pressed


@pytest.mark.parametrize("code", [0xAF, 0xB3, 0xE8, 0xFF])
def test_media_keys_and_no_keys_are_passed_over(code: int) -> None:
    assert stroke(code) is None


def test_our_own_keys_bear_a_mark_and_those_of_other_programs_do_not() -> None:
    ours, theirs, keyboards = (
        stroke(0x41, flags=0x10, extra=MARK),
        stroke(0x41, flags=0x10),
        stroke(0x41),
    )
    assert ours
    assert theirs
    assert keyboards
    assert [(each.injected, each.ours) for each in (ours, theirs, keyboards)] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_a_character_without_a_key_comes_in_one_or_two_units() -> None:
    hook = Hook(MARK)
    units = "é🙂".encode("utf-16-le")
    strokes = [
        hook.stroke(DOWN, code=0xE7, scan=int.from_bytes(units[at : at + 2], "little"), flags=0x10, extra=0)
        for at in range(0, len(units), 2)
    ]
    assert [each and (each.text, each.name) for each in strokes] == [("é", ""), ("", "Multi_key"), ("🙂", "")]


def test_an_extended_key_is_sent_again_as_one() -> None:
    enter = stroke(0x0D, scan=0x1C, flags=1)
    assert enter
    assert enter.scan == 0x1C | EXTENDED
    assert is_extended(enter.code, enter.scan)
    assert not is_extended(0x25, 0x4B)  # the keypad's arrow
    assert is_extended(0x25, 0)  # an arrow of our own


def layout(key: Stroke, held: frozenset[str]) -> tuple[str, bool]:
    """A French layout, as `ToUnicodeEx` answers."""
    table = {
        (0x45, frozenset()): ("e", False),
        (0x45, frozenset({"Shift"})): ("E", False),
        (0x45, frozenset({"Control", "Alt"})): ("€", False),
        (0x45, frozenset({"Control"})): ("\x05", False),
        (0x56, frozenset()): ("v", False),
        (0xDD, frozenset()): ("^", True),
    }
    return table.get((key.code, held), ("", False))


@pytest.mark.parametrize(
    ("code", "held", "found"),
    [
        pytest.param(0x45, set(), Meaning("e"), id="a letter"),
        pytest.param(0x45, {"Shift"}, Meaning("E"), id="a capital"),
        pytest.param(0x45, {"Control", "Alt"}, Meaning("€"), id="AltGr is Ctrl and Alt, and no command"),
        pytest.param(0x56, {"Control", "Alt"}, Meaning(name="v"), id="unless it gives nothing"),
        pytest.param(0x45, {"Control"}, Meaning(name="e"), id="a command has the letter's name"),
        pytest.param(0x45, {"Alt"}, Meaning(name="e"), id="so has a menu's"),
        pytest.param(0x45, {"Super"}, Meaning(name="e"), id="and a command of the desktop"),
        pytest.param(0xDD, set(), Meaning("^", dead=True), id="a dead key"),
    ],
)
def test_a_key_means_a_text_or_a_command(code: int, held: set[str], found: Meaning) -> None:
    assert meaning(Stroke(code, True), frozenset(held), layout) == found
