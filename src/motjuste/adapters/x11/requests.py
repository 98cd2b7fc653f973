"""The requests that motjuste makes of an X server, as bytes.

Layouts: X Window System Protocol, X Version 11, appendix B; XTEST Extension Protocol 2.2; The X Input Extension 2.x
(XI2proto.h); The X Keyboard Extension, protocol encoding.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct, pack
from typing import Final

# -- what the protocol calls things ----------------------------------------------------------------

NONE: Final = 0
CURRENT_TIME: Final = 0
ANY: Final = 0
"""Any property type, any key."""
ANY_MODIFIER: Final = 0x8000
POINTER_ROOT: Final = 1

KEY_PRESS: Final = 2
KEY_RELEASE: Final = 3

SHIFT: Final = 1 << 0
CONTROL: Final = 1 << 2
ALT: Final = 1 << 3
MOD3: Final = 1 << 5
SUPER: Final = 1 << 6
MOD5: Final = 1 << 7

STRUCTURE_NOTIFY: Final = 1 << 17
SUBSTRUCTURE_NOTIFY: Final = 1 << 19
FOCUS_CHANGE: Final = 1 << 21
PROPERTY_CHANGE: Final = 1 << 22

REPLAY_KEYBOARD: Final = 5
GRAB_SUCCESS: Final = 0
ALREADY_GRABBED: Final = 1

REPLACE: Final = 0
APPEND: Final = 2

ATOM: Final = 4
STRING: Final = 31

# -- the core protocol -----------------------------------------------------------------------------

_WORD: Final = Struct("=BBHI")
_WORDS: Final = Struct("=BBHII")


def _of_window(opcode: int, window: int) -> bytes:
    return _WORD.pack(opcode, 0, 2, window)


def _padding(data: bytes) -> bytes:
    return b"\0" * (-len(data) % 4)


def create_window(window: int, parent: int, events: int) -> bytes:
    """A window of one point that is never shown, which hears of `events`."""
    size = (-10, -10, 1, 1, 0, 0, 0)  # x, y, width, height, border, and class and visual as the parent's
    return pack("=BBHIIhhHHHHIII", 1, 0, 9, window, parent, *size, 1 << 11, events)


def destroy_window(window: int) -> bytes:
    return _of_window(4, window)


def select_events(window: int, events: int) -> bytes:
    """Which events of `window` this client hears of from now on."""
    return pack("=BBHIII", 2, 0, 4, window, 1 << 11, events)


def query_tree(window: int) -> bytes:
    return _of_window(15, window)


def intern_atom(name: bytes) -> bytes:
    return pack("=BBHHH", 16, 0, 2 + (len(name) + 3) // 4, len(name), 0) + name + _padding(name)


def get_atom_name(atom: int) -> bytes:
    return _of_window(17, atom)


def change_property(window: int, name: int, kind: int, bits: int, data: bytes, mode: int = REPLACE) -> bytes:
    """`data` in units of 8, 16 or 32 `bits`."""
    length = 6 + (len(data) + 3) // 4
    units = len(data) * 8 // bits
    head = pack("=BBHIIIB3xI", 18, mode, length, window, name, kind, bits, units)
    return head + data + _padding(data)


def delete_property(window: int, name: int) -> bytes:
    return _WORDS.pack(19, 0, 3, window, name)


def get_property(window: int, name: int, kind: int, units: int, *, offset: int = 0) -> bytes:
    """At most so many 32-bit `units` from `offset`, in such units too."""
    return pack("=BBHIIIII", 20, 0, 6, window, name, kind, offset, units)


def set_selection_owner(window: int, selection: int, time: int) -> bytes:
    return pack("=BBHIII", 22, 0, 4, window, selection, time)


def get_selection_owner(selection: int) -> bytes:
    return _of_window(23, selection)


def convert_selection(requestor: int, selection: int, target: int, name: int, time: int) -> bytes:
    return pack("=BBHIIIII", 24, 0, 6, requestor, selection, target, name, time)


def send_event(window: int, event: bytes, events: int = 0) -> bytes:
    return pack("=BBHII", 25, 0, 11, window, events) + event


def selection_notify(requestor: int, selection: int, target: int, name: int, time: int) -> bytes:
    """The event that answers a SelectionRequest; `name` is the property that holds the answer, or NONE."""
    return pack("=BBHIIIII8x", 31, 0, 0, time, requestor, selection, target, name)


def client_message(window: int, kind: int, words: tuple[int, int, int, int, int]) -> bytes:
    return pack("=BBHII5I", 33, 32, 0, window, kind, *words)


def grab_keyboard(window: int) -> bytes:
    """Take the keyboard whole, frozen until it is let go of."""
    return pack("=BBHIIBB2x", 31, 0, 4, window, CURRENT_TIME, 1, 0)


def ungrab_keyboard() -> bytes:
    return _of_window(32, CURRENT_TIME)


def grab_key(window: int, keycode: int, modifiers: int = ANY_MODIFIER, *, frozen: bool = True) -> bytes:
    """A passive grab; `frozen` holds all keys back from its press on, until `allow_keys` or `ungrab_keyboard`."""
    return pack("=BBHIHBBB3x", 33, 0, 4, window, modifiers, keycode, 1, 0 if frozen else 1)


def ungrab_key(window: int, keycode: int, modifiers: int = ANY_MODIFIER) -> bytes:
    """Where any key was grabbed before, all of them but this one remain so."""
    return pack("=BBHIH2x", 34, keycode, 3, window, modifiers)


def allow_keys(mode: int) -> bytes:
    return _WORD.pack(35, mode, 2, CURRENT_TIME)


def grab_server() -> bytes:
    return pack("=BBH", 36, 0, 1)


def ungrab_server() -> bytes:
    return pack("=BBH", 37, 0, 1)


def get_input_focus() -> bytes:
    return pack("=BBH", 43, 0, 1)


def query_keymap() -> bytes:
    return pack("=BBH", 44, 0, 1)


def query_extension(name: bytes) -> bytes:
    return pack("=BBHHH", 98, 0, 2 + (len(name) + 3) // 4, len(name), 0) + name + _padding(name)


def get_modifier_mapping() -> bytes:
    return pack("=BBH", 119, 0, 1)


# -- extensions, by the opcode that the server gave them ------------------------------------------


def fake_key(opcode: int, kind: int, keycode: int) -> bytes:
    """XTEST's FakeInput, at once."""
    return pack("=BBHBB2xI20x", opcode, 2, 9, kind, keycode, CURRENT_TIME) + b"\0\0\0\0"


RAW_KEY_PRESS: Final = 13
RAW_KEY_RELEASE: Final = 14
RAW_BUTTON_PRESS: Final = 15
_ALL_DEVICES: Final = 0
_ALL_MASTER_DEVICES: Final = 1


def raw_input_version(opcode: int) -> bytes:
    """XIQueryVersion 2.2: to clients before 2.1 the server hides raw events while a device is grabbed."""
    return pack("=BBHHH", opcode, 47, 2, 2, 2)


def select_raw_input(opcode: int, root: int, kinds: Iterable[int]) -> bytes:
    mask = sum(1 << kind for kind in kinds)
    return pack("=BBHIH2xHHI", opcode, 46, 5, root, 1, _ALL_MASTER_DEVICES, 1, mask)


def query_devices(opcode: int) -> bytes:
    return pack("=BBHH2x", opcode, 48, 2, _ALL_DEVICES)


_CORE_KEYBOARD: Final = 0x100
NEW_KEYBOARD: Final = 0
NEW_MAP: Final = 1
NEW_STATE: Final = 2


def use_keyboard_extension(opcode: int) -> bytes:
    return pack("=BBHHH", opcode, 0, 2, 1, 0)


def select_keyboard_changes(opcode: int) -> bytes:
    """NEW_KEYBOARD, NEW_MAP and NEW_STATE, whatever their details."""
    kinds = 1 << NEW_KEYBOARD | 1 << NEW_MAP | 1 << NEW_STATE
    # Without the parts no change of the map is told, whatever is selected.
    return pack("=BBHHHHHHH", opcode, 1, 4, _CORE_KEYBOARD, kinds, 0, kinds, 0xFF, 0xFF)


def get_keyboard_controls(opcode: int) -> bytes:
    return pack("=BBHH2x", opcode, 6, 2, _CORE_KEYBOARD)
