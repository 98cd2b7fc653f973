"""A person at a keyboard: presses the keys that the layout in force has for each character, by XTEST."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass

from Xlib import XK, X
from Xlib.display import Display as Connection
from Xlib.ext import xtest

from bench.display import Display

# Dead keys and AltGr are in a group of names that python-xlib leaves out.
XK.load_keysym_group("xkb")

HUMAN = 0.060
"""Seconds from one key to the next of a good typist."""
FAST = 0.008
"""Seconds from one key to the next of a keyboard wedge: faster than any person."""

REACH = 0.120
"""Seconds that a quick hand needs from the mouse back to the keys."""

DEAD_KEYS = {
    "\u0300": "dead_grave", "\u0301": "dead_acute", "\u0302": "dead_circumflex", "\u0303": "dead_tilde",
    "\u0308": "dead_diaeresis", "\u0327": "dead_cedilla",
}  # fmt: skip
# Characters whose keysym is older than Unicode's.
OLD_KEYSYMS = {
    "€": 0x20AC, "œ": 0x13BD, "Œ": 0x13BC, "Ÿ": 0x13BE,
    "‘": 0x0AD0, "’": 0x0AD1, "“": 0x0AD2, "”": 0x0AD3, "–": 0x0AAA, "—": 0x0AA9, "…": 0x0AAE,
}  # fmt: skip
NAMED = {"\n": "Return", "\t": "Tab", " ": "space"}
HELD = {"ctrl": "Control_L", "alt": "Alt_L", "super": "Super_L", "shift": "Shift_L"}


class NoSuchKeyError(ValueError):
    """The layout in force has no key for a character."""


@dataclass(frozen=True)
class Stroke:
    """One key with the keys that are held for it, as keycodes."""

    keycode: int
    held: tuple[int, ...] = ()


class Keyboard:
    """Types on a display; `sent` tells when the last key went down, on the monotonic clock."""

    def __init__(self, display: Display) -> None:
        self._inside = display
        # In a nested display the keys go in from outside, as a real keyboard's do.
        self._connection = Connection(display.outer.name)
        self._layout = Connection(display.name)
        self.sent = 0.0
        self._strokes = self._read_layout()

    def use_layout(self, *layout: str) -> None:
        """Switch the display's layout as `setxkbmap` does while everything runs."""
        self._inside.use_layout(*layout)
        # A connection caches the mapping of its start: ask afresh.
        self._layout.close()
        self._layout = Connection(self._inside.name)
        self._strokes = self._read_layout()

    def type(self, text: str, *, gap: float = FAST) -> None:
        """Press the keys of `text`, `gap` seconds apart; an accented letter without a key by its dead key."""
        strokes = [stroke for character in text for stroke in self.strokes(character)]
        due = time.monotonic()
        for stroke in strokes:
            self._wait_until(due)
            self._press(stroke, hold=gap * 0.4)
            due += gap

    def press(self, *chords: str, gap: float = FAST) -> None:
        """Press named keys and chords: `BackSpace`, `ctrl+a`, `shift+Insert`."""
        for chord in chords:
            *held, key = chord.split("+")
            stroke = self._strokes[key] if len(key) == 1 else Stroke(self._keycode(key))
            self._press(
                Stroke(stroke.keycode, tuple(self._keycode(HELD[name]) for name in held)), hold=gap * 0.4
            )
            self._wait_until(self.sent + gap)

    def hold(self, name: str) -> None:
        """Put a key down and leave it down."""
        self._send(X.KeyPress, self._keycode(name))

    def release(self, name: str) -> None:
        """Let go of a key that is held."""
        self._send(X.KeyRelease, self._keycode(name))

    def click(self, window: int) -> None:
        """Click into the middle of `window`, as one does before typing into a box, and reach for the keys."""
        x, y = self._inside.centre_of(window)
        xtest.fake_input(self._connection, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._connection, X.ButtonPress, 1)
        xtest.fake_input(self._connection, X.ButtonRelease, 1)
        self._connection.sync()
        self._wait_until(time.monotonic() + REACH)

    def close(self) -> None:
        """Leave the keyboard."""
        self._connection.close()
        self._layout.close()

    def strokes(self, character: str) -> tuple[Stroke, ...]:
        """The keys for one character; NoSuchKeyError when the layout has none."""
        if character in self._strokes:
            return (self._strokes[character],)
        parts = unicodedata.normalize("NFD", character)
        if len(parts) == 2 and DEAD_KEYS.get(parts[1]) in self._strokes and parts[0] in self._strokes:
            return (self._strokes[DEAD_KEYS[parts[1]]], self._strokes[parts[0]])
        raise NoSuchKeyError(f"the layout has no key for {character!r} (U+{ord(character):04X})")

    def _read_layout(self) -> dict[str, Stroke]:
        """Which key, with Shift and AltGr or not, gives each character and dead key of the first group."""
        least, most = self._layout.display.info.min_keycode, self._layout.display.info.max_keycode
        rows = self._layout.get_keyboard_mapping(least, most - least + 1)
        shift, altgr = self._keycode("Shift_L"), self._keycode("ISO_Level3_Shift")
        # The core view of an XKB keymap: two levels of group one, two of group two, then levels 3 and 4.
        levels = ((0, ()), (1, (shift,)), (4, (altgr,)), (5, (shift, altgr)))
        wanted = {_keysym(character): character for character in _typable()}
        wanted |= {XK.string_to_keysym(name): name for name in DEAD_KEYS.values()}
        found: dict[str, Stroke] = {}
        for level, held in levels:
            if 0 in held:
                continue
            for keycode, row in enumerate(rows, start=least):
                name = wanted.get(row[level]) if level < len(row) else None
                if name is not None:
                    found.setdefault(name, Stroke(keycode, held))
        return found

    def _keycode(self, name: str) -> int:
        keysym = XK.string_to_keysym(name)
        keycode = int(self._layout.keysym_to_keycode(keysym)) if keysym else 0
        if not keycode and name != "ISO_Level3_Shift":
            raise NoSuchKeyError(f"the layout has no key called {name}")
        return keycode

    def _press(self, stroke: Stroke, *, hold: float) -> None:
        for keycode in stroke.held:
            self._send(X.KeyPress, keycode)
        self._send(X.KeyPress, stroke.keycode)
        self.sent = time.monotonic()
        self._wait_until(self.sent + hold)
        self._send(X.KeyRelease, stroke.keycode)
        for keycode in reversed(stroke.held):
            self._send(X.KeyRelease, keycode)

    def _send(self, kind: int, keycode: int) -> None:
        xtest.fake_input(self._connection, kind, keycode)
        self._connection.sync()

    @staticmethod
    def _wait_until(due: float) -> None:
        rest = due - time.monotonic()
        if rest > 0:
            time.sleep(rest)


def _typable() -> tuple[str, ...]:
    latin = (chr(code) for code in (*range(0x21, 0x7F), *range(0xA0, 0x100)))
    return (*latin, *OLD_KEYSYMS, *NAMED)


def _keysym(character: str) -> int:
    if character in NAMED:
        return int(XK.string_to_keysym(NAMED[character]))
    code = ord(character)
    return OLD_KEYSYMS.get(character) or (code if code < 0x100 else 0x01000000 | code)
