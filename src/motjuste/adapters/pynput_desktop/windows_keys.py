"""What the key codes and keyboard layouts of Windows mean; nothing here calls Windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from motjuste.adapters.pynput_desktop.strokes import ANY_CODE, DEAD_KEY, UNKNOWN_KEY, Meaning, Stroke

EXTENDED: Final = 0x100
"""Added to the scan code of a key that Windows calls extended."""
PACKET: Final = 0xE7  # VK_PACKET: a character without a key
NO_KEY: Final = 0xE8  # assigned to nothing
_INJECTED: Final = 0x10
_EXTENDED_FLAG: Final = 0x01
_DOWN_MESSAGES: Final = frozenset({0x0100, 0x0104})  # WM_KEYDOWN, WM_SYSKEYDOWN
_SILENT: Final = frozenset({NO_KEY, 0xFF, *range(0xA6, 0xB8)})  # no key, and the browser's and media keys

NAMES: Final = {
    0x08: "BackSpace", 0x09: "Tab", 0x0D: "Return", 0x10: "Shift_L", 0x11: "Control_L", 0x12: "Alt_L",
    0x13: "Break", 0x14: "Caps_Lock", 0x1B: "Escape", 0x21: "Prior", 0x22: "Next", 0x23: "End", 0x24: "Home",
    0x25: "Left", 0x26: "Up", 0x27: "Right", 0x28: "Down", 0x2C: "Print", 0x2D: "Insert", 0x2E: "Delete",
    0x5B: "Super_L", 0x5C: "Super_R", 0x5D: "Menu", 0x90: "Num_Lock", 0x91: "Scroll_Lock", 0xA0: "Shift_L",
    0xA1: "Shift_R", 0xA2: "Control_L", 0xA3: "Control_R", 0xA4: "Alt_L", 0xA5: "Alt_R",
    **{0x6F + number: f"F{number}" for number in range(1, 25)},
    # Keys of input methods: what they put in is not known here.
    **dict.fromkeys((*range(0x15, 0x1B), *range(0x1C, 0x20), 0xE5), UNKNOWN_KEY.name),
}  # fmt: skip

CODES: Final = {
    "BackSpace": 0x08, "Tab": 0x09, "Return": 0x0D, "Left": 0x25, "Right": 0x27, "Insert": 0x2D,
    "Shift_L": 0xA0, "Control_L": 0xA2, "Alt_L": 0xA4, "Super_L": 0x5B,
    # The letters of commands have these codes on every layout.
    **{chr(code).lower(): code for code in range(ord("A"), ord("Z") + 1)},
}  # fmt: skip

_EXTENDED_KEYS: Final = frozenset({*range(0x21, 0x29), 0x2D, 0x2E, 0x5B, 0x5C, 0x5D, 0x90, 0xA3, 0xA5})


class Hook:
    """Turns what a low-level keyboard hook is told into strokes."""

    def __init__(self, mark: int) -> None:
        self._mark = mark
        self._half: dict[bool, int] = {}  # the first unit of a character that comes in two

    def stroke(self, message: int, *, code: int, scan: int, flags: int, extra: int) -> Stroke | None:
        """The stroke, or None for a key that means nothing to anybody who writes."""
        if code in _SILENT:
            return None
        pressed = message in _DOWN_MESSAGES
        injected, ours = bool(flags & _INJECTED), extra == self._mark
        if code == PACKET:
            text = self._character(scan, pressed)
            name = "" if text else DEAD_KEY.name
            return Stroke(ANY_CODE, pressed, name, text, scan, injected, ours)
        scan |= EXTENDED if flags & _EXTENDED_FLAG else 0
        return Stroke(code, pressed, NAMES.get(code, ""), "", scan, injected, ours)

    def _character(self, unit: int, pressed: bool) -> str:
        """The character that this UTF-16 unit completes, "" when it is the first of two."""
        if 0xD800 <= unit < 0xDC00:
            self._half[pressed] = unit
            return ""
        first = self._half.pop(pressed, None)
        units = unit.to_bytes(2, "little")
        if first is not None:
            units = first.to_bytes(2, "little") + units
        return units.decode("utf-16-le", "replace")


def meaning(
    stroke: Stroke, held: frozenset[str], translate: Callable[[Stroke, frozenset[str]], tuple[str, bool]]
) -> Meaning:
    """What a key press means; `translate` asks the layout for the text under some modifiers, and if it is dead.

    AltGr arrives as Ctrl and Alt together: where they give a text on the layout it is typed, else they are a command.
    """
    if stroke.name or stroke.code == ANY_CODE:
        return Meaning(stroke.text)
    if not held & {"Control", "Alt", "Super"} or ({"Control", "Alt"} <= held and "Super" not in held):
        text, dead = translate(stroke, held)
        if text.isprintable() and text:
            return Meaning(text, dead)
    letter, _ = translate(stroke, frozenset())
    return Meaning(name=letter.casefold())


def is_extended(code: int, scan: int) -> bool:
    """Whether a key has to be sent as an extended one: as it was heard, or as its code has it."""
    return bool(scan & EXTENDED) if scan else code in _EXTENDED_KEYS
