"""From a key that goes down or up to what a person typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from motjuste.expansion.keys import SILENT_NAMES, KeyEvent

ANY_CODE: Final = -1
"""Stands for the key code of a stroke that carries a text of its own."""

UNKNOWN_KEY: Final = KeyEvent(name="VoidSymbol")
DEAD_KEY: Final = KeyEvent(name="Multi_key")
FORGET: Final = KeyEvent(name="Focus")

_MODIFIERS: Final = {
    "Shift_L": "Shift", "Shift_R": "Shift", "Control_L": "Control", "Control_R": "Control",
    "Alt_L": "Alt", "Alt_R": "Alt", "Super_L": "Super", "Super_R": "Super", "ISO_Level3_Shift": "AltGr",
}  # fmt: skip
_COMMANDS: Final = frozenset({"Control", "Alt", "Super"})

# pynput's names of the keys that are no characters, as keysyms.
_PYNPUT_NAMES: Final = {
    "alt": "Alt_L", "alt_l": "Alt_L", "alt_r": "Alt_R", "alt_gr": "ISO_Level3_Shift", "backspace": "BackSpace",
    "caps_lock": "Caps_Lock", "cmd": "Super_L", "cmd_l": "Super_L", "cmd_r": "Super_R", "ctrl": "Control_L",
    "ctrl_l": "Control_L", "ctrl_r": "Control_R", "delete": "Delete", "down": "Down", "end": "End",
    "enter": "Return", "esc": "Escape", "home": "Home", "insert": "Insert", "left": "Left", "menu": "Menu",
    "num_lock": "Num_Lock", "page_down": "Next", "page_up": "Prior", "pause": "Break", "print_screen": "Print",
    "right": "Right", "scroll_lock": "Scroll_Lock", "shift": "Shift_L", "shift_l": "Shift_L",
    "shift_r": "Shift_R", "tab": "Tab", "up": "Up", **{f"f{number}": f"F{number}" for number in range(1, 25)},
}  # fmt: skip

# What a layout calls its dead keys by (each accent alone), and the mark that it puts on the next letter.
_ACCENTS: Final = {
    "^": "\u0302", "`": "\u0300", "´": "\u0301", "'": "\u0301", "~": "\u0303", "¨": "\u0308", '"': "\u0308",
    "¸": "\u0327", "˛": "\u0328", "°": "\u030a", "ˇ": "\u030c", "˘": "\u0306", "˙": "\u0307", "˝": "\u030b",
    "¯": "\u0304", "΄": "\u0301", "\u0385": "\u0308\u0301",
}  # fmt: skip
# On the US-International layout the dead apostrophe makes a cedilla of a c.
_OWN_WAYS: Final = {("'", "c"): "ç", ("'", "C"): "Ç"}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key going down or up, before the layout has been applied.

    `code` is the system's key code, `ANY_CODE` when the stroke is nothing but the `text` that it carries; `name` a
    keysym for a key that is no character, else "". `injected` is the system's word whether a program sent it, None
    when it does not say; `ours` is True when it bears our own mark.
    """

    code: int
    pressed: bool
    name: str = ""
    text: str = field(default="", repr=False)
    scan: int = 0
    injected: bool | None = None
    ours: bool = False

    @property
    def is_modifier(self) -> bool:
        return self.name in SILENT_NAMES


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key puts in on the layout in use; a dead key puts in nothing yet.

    `name` is the letter that a command such as Ctrl+V is called by. A dead key whose accent the system keeps
    for the next letter by itself has no text.
    """

    text: str = field(default="", repr=False)
    dead: bool = False
    name: str = ""


def modifiers(names: Iterable[str]) -> frozenset[str]:
    """The modifiers that the keys called `names` stand for: Shift, Control, Alt, Super, AltGr."""
    return frozenset(_MODIFIERS[name] for name in names if name in _MODIFIERS)


def pynput_stroke(
    key: Any, *, pressed: bool, injected: bool | None, names: Mapping[int, str] | None = None
) -> Stroke | None:
    """What pynput's callback tells of a key: a member of its `Key`, a `KeyCode`, or None for an unknown one.

    `names` are keysyms of key codes that pynput has no name for. None for a media key, which neither types nor
    moves the caret.
    """
    if key is None:
        return Stroke(ANY_CODE, pressed, UNKNOWN_KEY.name, injected=injected)
    name = getattr(key, "name", "")
    if name.startswith("media_"):
        return None
    keycode = getattr(key, "value", key)
    code = ANY_CODE if keycode.vk is None else keycode.vk
    if name and name != "space":
        return Stroke(code, pressed, _PYNPUT_NAMES.get(name, UNKNOWN_KEY.name), injected=injected)
    return Stroke(code, pressed, (names or {}).get(code, ""), keycode.char or "", injected=injected)


class Typist:
    """Follows the keys that go in: what each means, with the dead keys that come before it."""

    def __init__(self) -> None:
        self._accent: str | None = None  # of the dead key that waits, "" where the system remembers it

    @property
    def composing(self) -> bool:
        """Whether a dead key waits for its letter."""
        return self._accent is not None

    def forget(self) -> None:
        self._accent = None

    def press(self, stroke: Stroke, meaning: Meaning, held: frozenset[str]) -> KeyEvent:
        """The engine's view of a key press; `held` are the modifiers in force."""
        if meaning.dead:
            return self._dead(meaning)
        commands = held & _COMMANDS
        if stroke.name == "BackSpace" and self.composing and not commands:
            # It takes the waiting accent away, and nothing that stands in the field.
            self.forget()
            return DEAD_KEY
        if stroke.name in ("Return", "Tab") and not commands:
            if stroke.name == "Tab" and "Shift" in held:
                return KeyEvent(name="ISO_Left_Tab")
            accent, self._accent = self._accent or "", None
            return KeyEvent(text=accent + ("\n" if stroke.name == "Return" else "\t"), name=stroke.name)
        if stroke.name:
            return KeyEvent(name=stroke.name, modifiers=commands)
        if meaning.text and meaning.text.isprintable():
            return KeyEvent(text=self._composed(meaning.text))
        return KeyEvent(name=meaning.name or UNKNOWN_KEY.name, modifiers=commands)

    def _dead(self, meaning: Meaning) -> KeyEvent:
        if not self._accent:
            self._accent = meaning.text
            return DEAD_KEY
        # A second dead key puts both accents in.
        return KeyEvent(text=self._composed(meaning.text))

    def _composed(self, text: str) -> str:
        accent, self._accent = self._accent, None
        if not accent:
            return text
        if text == " ":
            return accent
        if own := _OWN_WAYS.get((accent, text)):
            return own
        composed = unicodedata.normalize("NFC", text + _ACCENTS.get(accent, ""))
        # What has no letter of its own goes in as the two characters.
        return composed if len(composed) == 1 and composed != text else accent + text
