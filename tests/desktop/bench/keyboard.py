"""A person at a keyboard: presses the keys that the layout in force has for each character, by XTEST."""

from __future__ import annotations

import ctypes
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from Xlib import XK, X
from Xlib.display import Display as Connection
from Xlib.ext import xtest
from Xlib.protocol import rq

from bench.display import Display

# Dead keys and AltGr are in a group of names that python-xlib leaves out.
XK.load_keysym_group("xkb")

HUMAN = 0.060
"""Seconds from one key to the next of a good typist."""
FAST = 0.008
"""Seconds from one key to the next of a keyboard wedge: faster than any person."""

REACH = 0.120
"""Seconds that a quick hand needs from the mouse back to the keys."""

LAYOUTS: dict[str, tuple[str, ...]] = {
    "us": ("us",),
    "us-intl": ("us", "-variant", "intl"),
    "fr": ("fr",),
    "fr-oss": ("fr", "-variant", "oss"),
    "ca": ("ca",),
    "ch-fr": ("ch", "-variant", "fr"),
    "de": ("de",),
    "gr": ("gr",),
    "ru": ("ru",),
}
"""Layouts by a short name, as setxkbmap wants them."""

DEAD_KEYS = {
    "\u0300": "dead_grave", "\u0301": "dead_acute", "\u0302": "dead_circumflex", "\u0303": "dead_tilde",
    "\u0308": "dead_diaeresis", "\u0327": "dead_cedilla", "\u030a": "dead_abovering",
}  # fmt: skip
# What a dead key and the space bar give, on layouts that have no other key for it.
SPACED = {
    "`": "dead_grave", "'": "dead_acute", "^": "dead_circumflex", "~": "dead_tilde", '"': "dead_diaeresis",
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


class UseExtension(rq.ReplyRequest):
    """XkbUseExtension, without which the server refuses all others of the X Keyboard Extension."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(), rq.Card16("major", 1), rq.Card16("minor", 0)
    )
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Card8("supported"), rq.Card16("sequence_number"), rq.ReplyLength(), rq.Pad(24)
    )


class LatchLockState(rq.Request):
    """XkbLatchLockState of the X Keyboard Extension's protocol: sets the locks, and leaves latches alone."""

    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(5),
        rq.RequestLength(),
        rq.Card16("keyboard", 0x100),  # the core keyboard
        rq.Card8("modifiers"),
        rq.Card8("locked", 0),
        rq.Bool("set_group", True),
        rq.Card8("group", 0),
        rq.Card8("latches", 0),
        rq.Pad(2),
        rq.Bool("latch_group", False),
        rq.Card16("latched_group", 0),
    )


class Keyboard:
    """Types on a display; `sent` tells when the last key went down, on the monotonic clock."""

    def __init__(self, display: Display) -> None:
        self._inside = display
        # In a nested display the keys go in from outside, as a real keyboard's do.
        self._connection = Connection(display.outer.name)
        self._layout = Connection(display.name)
        self.sent = 0.0
        self.layout: tuple[str, ...] = ()
        self._groups = self._read_layout()

    def use_layout(self, *layout: str) -> None:
        """Switch the display's layout as `setxkbmap` does while everything runs: one of LAYOUTS, or its arguments."""
        arguments = LAYOUTS.get(layout[0], layout) if len(layout) == 1 else layout
        self._inside.use_layout(*arguments)
        self._unlock()
        self.layout = layout
        # A connection caches the mapping of its start: ask afresh.
        self._layout.close()
        self._layout = Connection(self._inside.name)
        self._groups = self._read_layout()

    @property
    def group(self) -> int:
        """The group that is switched on, 0 or 1, as a person sees it in a corner of the screen."""
        return min(self._layout.screen().root.query_pointer().mask >> 13 & 3, len(self._groups) - 1)

    @property
    def _strokes(self) -> dict[str, Stroke]:
        return self._groups[self.group]

    def type(self, text: str, *, gap: float = FAST) -> None:
        """Press the keys of `text`, `gap` seconds apart; an accented letter without a key by its dead key."""
        found = self._strokes
        strokes = [stroke for character in text for stroke in self.strokes(character, found)]
        due = time.monotonic()
        for stroke in strokes:
            self._wait_until(due)
            self._press(stroke, hold=gap * 0.4)
            due += gap

    def press(self, *chords: str, gap: float = FAST) -> None:
        """Press named keys and chords: `BackSpace`, `ctrl+a`, `shift+Insert`."""
        for chord in chords:
            *names, key = chord.split("+")
            found = self._strokes
            stroke = found[key] if key in found else Stroke(self._keycode(key))
            held = tuple(self._keycode(HELD[name]) for name in names) or stroke.held
            self._press(Stroke(stroke.keycode, held), hold=gap * 0.4)
            self._wait_until(self.sent + gap)

    def hold(self, name: str) -> None:
        """Put a key down and leave it down."""
        self._send(X.KeyPress, self._keycode(name))

    def release(self, name: str) -> None:
        """Let go of a key that is held."""
        self._send(X.KeyRelease, self._keycode(name))

    def let_go(self) -> None:
        """Release every key that is down and switch the locks off, as a test begins."""
        down = self._connection.query_keymap()
        for keycode in range(8, 256):
            if down[keycode // 8] >> keycode % 8 & 1:
                self._send(X.KeyRelease, keycode)
        self._unlock()

    def _unlock(self) -> None:
        """Lock the first group and no modifier, as another program may."""
        display = self._layout
        opcode = display.query_extension("XKEYBOARD").major_opcode
        UseExtension(display=display.display, opcode=opcode)
        LatchLockState(display=display.display, opcode=opcode, modifiers=0xFF)
        display.sync()

    def down(self) -> frozenset[str]:
        """The names of the keys that the display believes to be held, such as `Shift_L`."""
        state = self._layout.query_keymap()
        return frozenset(
            name
            for name in (*HELD.values(), "Shift_R", "Control_R", "ISO_Level3_Shift")
            if (keycode := self._keycode(name)) and state[keycode // 8] >> keycode % 8 & 1
        )

    def click(self, window: int) -> None:
        """Click into the middle of `window`, as one does before typing into a box."""
        x, y = self._inside.centre_of(window)
        xtest.fake_input(self._connection, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._connection, X.ButtonPress, 1)
        xtest.fake_input(self._connection, X.ButtonRelease, 1)
        self._connection.sync()

    def reach(self) -> None:
        """Move the hand from the mouse back to the keys."""
        self._wait_until(time.monotonic() + REACH)

    def close(self) -> None:
        """Leave the keyboard."""
        self._connection.close()
        self._layout.close()

    def strokes(self, character: str, found: Mapping[str, Stroke] | None = None) -> tuple[Stroke, ...]:
        """The keys for one character; NoSuchKeyError when the layout has none."""
        found = self._strokes if found is None else found
        name = NAMED.get(character, character)
        if name in found:
            return (found[name],)
        base, *marks = unicodedata.normalize("NFD", character)
        if len(marks) == 1 and DEAD_KEYS.get(marks[0]) in found and base in found:
            return (found[DEAD_KEYS[marks[0]]], found[base])
        if SPACED.get(character) in found:
            return (found[SPACED[character]], found["space"])
        raise NoSuchKeyError(f"the layout has no key for {character!r} (U+{ord(character):04X})")

    def _read_layout(self) -> list[dict[str, Stroke]]:
        """Which key, with Shift and AltGr or not, gives each character and each name, for each group."""
        least, most = self._layout.display.info.min_keycode, self._layout.display.info.max_keycode
        rows = self._layout.get_keyboard_mapping(least, most - least + 1)
        shift, altgr = self._keycode("Shift_L"), self._keycode("ISO_Level3_Shift")
        # The core view of an XKB keymap: two levels of group one, two of group two, then levels 3 and 4 of each.
        groups = []
        for columns in ((0, 1, 4, 5), (2, 3, 6, 7)):
            found: dict[str, Stroke] = {}
            for column, held in zip(columns, ((), (shift,), (altgr,), (shift, altgr)), strict=True):
                if 0 in held:
                    continue
                for keycode, row in enumerate(rows, start=least):
                    for name in _names(row[column]) if column < len(row) else ():
                        found.setdefault(name, Stroke(keycode, held))
            groups.append(found)
        return groups

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


_XKBCOMMON = ctypes.CDLL("libxkbcommon.so.0")
_DEAD = {XK.string_to_keysym(name): name for name in DEAD_KEYS.values()}
_NAMED = {XK.string_to_keysym(name): name for name in NAMED.values()}


def _names(keysym: int) -> tuple[str, ...]:
    """What a test may call the key that gives `keysym`: its character, or the name of a dead key or of a bar."""
    if keysym in _DEAD or keysym in _NAMED:
        return (_DEAD.get(keysym) or _NAMED[keysym],)
    point = _XKBCOMMON.xkb_keysym_to_utf32(keysym)
    return (chr(point),) if point > 0x20 and point != 0x7F else ()
