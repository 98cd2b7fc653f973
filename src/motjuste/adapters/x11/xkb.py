"""libxkbcommon by ctypes: what a key means on the layout in use, dead keys and Compose included.

The library decodes a key as the toolkits do; a listener that looks keys up in the core keyboard map gets dead
keys, AltGr and Caps Lock wrong.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Iterable
from ctypes import POINTER, byref, c_char_p, c_int, c_int32, c_size_t, c_uint16, c_uint32, c_void_p
from dataclasses import dataclass, replace
from typing import Any, Final

from motjuste.adapters.x11.libraries import load
from motjuste.errors import UserError

_COMPOSE_NOTHING: Final = 0
_COMPOSE_COMPOSING: Final = 1
_COMPOSE_COMPOSED: Final = 2
_COMPOSE_CANCELLED: Final = 3
_EFFECTIVE_MODIFIERS: Final = 1 << 3
_KEY_DOWN: Final = 1
_KEY_UP: Final = 0
_HELD: Final = 1 << 0
_LATCHED: Final = 1 << 1
_LOCKED: Final = 1 << 2
_LOCKED_LAYOUT: Final = 1 << 6
_EFFECTIVE_LAYOUT: Final = 1 << 7
_TEXT_FORMAT: Final = 1
_NO_SYMBOL: Final = 0


class Libraries:
    """The C libraries, loaded once, with the types of the functions that are used."""

    def __init__(self) -> None:
        self.c = ctypes.CDLL(None)
        self.xkb = load("libxkbcommon.so.0", "libxkbcommon0")
        self.x11 = load("libxkbcommon-x11.so.0", "libxkbcommon-x11-0")
        declare: tuple[tuple[ctypes._NamedFuncPointer, Any, list[Any]], ...] = (
            (self.xkb.xkb_context_new, c_void_p, [c_int]),
            (self.xkb.xkb_context_unref, None, [c_void_p]),
            (self.xkb.xkb_keymap_unref, None, [c_void_p]),
            (self.xkb.xkb_keymap_min_keycode, c_uint32, [c_void_p]),
            (self.xkb.xkb_keymap_max_keycode, c_uint32, [c_void_p]),
            (self.xkb.xkb_keymap_num_levels_for_key, c_uint32, [c_void_p, c_uint32, c_uint32]),
            (
                self.xkb.xkb_keymap_key_get_syms_by_level,
                c_int,
                [c_void_p, c_uint32, c_uint32, c_uint32, POINTER(POINTER(c_uint32))],
            ),
            (self.xkb.xkb_keymap_get_as_string, c_void_p, [c_void_p, c_int]),
            (self.xkb.xkb_state_new, c_void_p, [c_void_p]),
            (self.xkb.xkb_state_serialize_layout, c_uint32, [c_void_p, c_int]),
            (self.c.free, None, [c_void_p]),
            (self.xkb.xkb_state_unref, None, [c_void_p]),
            (self.xkb.xkb_state_update_key, c_int, [c_void_p, c_uint32, c_int]),
            (self.xkb.xkb_state_update_mask, c_int, [c_void_p, *[c_uint32] * 6]),
            (self.xkb.xkb_state_serialize_mods, c_uint32, [c_void_p, c_int]),
            (self.xkb.xkb_state_key_get_one_sym, c_uint32, [c_void_p, c_uint32]),
            (self.xkb.xkb_state_key_get_utf8, c_int, [c_void_p, c_uint32, c_char_p, c_size_t]),
            (self.xkb.xkb_keysym_get_name, c_int, [c_uint32, c_char_p, c_size_t]),
            (self.xkb.xkb_keysym_to_utf32, c_uint32, [c_uint32]),
            (self.xkb.xkb_compose_table_new_from_locale, c_void_p, [c_void_p, c_char_p, c_int]),
            (self.xkb.xkb_compose_table_unref, None, [c_void_p]),
            (self.xkb.xkb_compose_state_new, c_void_p, [c_void_p, c_int]),
            (self.xkb.xkb_compose_state_unref, None, [c_void_p]),
            (self.xkb.xkb_compose_state_feed, c_int, [c_void_p, c_uint32]),
            (self.xkb.xkb_compose_state_get_status, c_int, [c_void_p]),
            (self.xkb.xkb_compose_state_get_utf8, c_int, [c_void_p, c_char_p, c_size_t]),
            (self.xkb.xkb_compose_state_reset, None, [c_void_p]),
            (
                self.x11.xkb_x11_setup_xkb_extension,
                c_int,
                [c_void_p, c_uint16, c_uint16, c_int, *[POINTER(c_uint16)] * 2, *[c_void_p] * 2],
            ),
            (self.x11.xkb_x11_get_core_keyboard_device_id, c_int32, [c_void_p]),
            (self.x11.xkb_x11_keymap_new_from_device, c_void_p, [c_void_p, c_void_p, c_int32, c_int]),
            (self.x11.xkb_x11_state_new_from_device, c_void_p, [c_void_p, c_void_p, c_int32]),
        )
        for function, result, arguments in declare:
            function.restype = result
            function.argtypes = arguments


@dataclass(frozen=True)
class Meaning:
    """What one key press means now.

    `composing` is True while a dead key or Compose sequence is under way (nothing was put in yet); `cancelled`
    when such a sequence ended in nothing that every application agrees on.
    """

    keysym: str
    text: str = ""
    modifiers: frozenset[str] = frozenset()
    composing: bool = False
    cancelled: bool = False


# The eight modifiers of the core protocol are the first eight of a keymap.
_COMMANDS: Final = ((1 << 2, "Control"), (1 << 3, "Alt"), (1 << 6, "Super"))
_COMMAND_MASK: Final = 1 << 2 | 1 << 3 | 1 << 6
_NAMES_OF_COMMANDS: Final = {
    mask: frozenset(name for bit, name in _COMMANDS if mask & bit)
    for mask in range(_COMMAND_MASK + 1)
    if mask & ~_COMMAND_MASK == 0
}


class Layout:
    """The keyboard's layout and state, followed key by key, on a connection of libxcb."""

    def __init__(self, connection: int, held: Iterable[int] = ()) -> None:
        """Begin with the modifier keys in `held` down."""
        self._lib = Libraries()
        self._connection = connection
        self._names: dict[int, str] = {}
        # What each key means with each set of modifiers, in each group: asking the library costs ten times as much.
        self._known: dict[tuple[int, int, int], tuple[Meaning, int, bool]] = {}
        self._composing = False
        self._buffer = ctypes.create_string_buffer(64)
        if not self._lib.x11.xkb_x11_setup_xkb_extension(self._connection, 1, 0, 0, None, None, None, None):
            raise UserError("this X server has no keyboard extension (XKB)")
        self._device = self._lib.x11.xkb_x11_get_core_keyboard_device_id(self._connection)
        self._context = self._lib.xkb.xkb_context_new(0)
        self._keymap: int | None = None
        self._state: int | None = None
        self._description = b""
        self._places: dict[str, tuple[int, int]] | None = None
        self._compose = self._new_compose()
        self.refresh(held)

    def _new_compose(self) -> int | None:
        locale = next((os.environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(n)), "C")
        for name in (locale, "en_US.UTF-8"):
            table = self._lib.xkb.xkb_compose_table_new_from_locale(self._context, name.encode(), 0)
            if table:
                compose: int = self._lib.xkb.xkb_compose_state_new(table, 0)
                self._lib.xkb.xkb_compose_table_unref(table)
                return compose
        return None

    def refresh(self, held: Iterable[int] = ()) -> None:
        """Ask the server for the layout anew, which it also tells when keys come from another keyboard.

        What we know of locks, group and the modifier keys in `held` stays as it is: the server may be ahead of
        the events that we have seen.
        """
        keymap = self._lib.x11.xkb_x11_keymap_new_from_device(
            self._context, self._connection, self._device, 0
        )
        if not keymap:
            raise UserError(
                "the keyboard layout cannot be read", next_step="set one, for example: setxkbmap fr"
            )
        described = self._described(keymap)
        if described == self._description:
            self._lib.xkb.xkb_keymap_unref(keymap)
            return
        state = self._state_of(keymap, held)
        self._drop_state()
        if self._keymap:
            self._lib.xkb.xkb_keymap_unref(self._keymap)
        self._keymap, self._state, self._description, self._places = keymap, state, described, None
        self._known.clear()
        self._composing = False
        if self._compose:
            self._lib.xkb.xkb_compose_state_reset(self._compose)

    def _described(self, keymap: int) -> bytes:
        text = self._lib.xkb.xkb_keymap_get_as_string(keymap, _TEXT_FORMAT)
        try:
            return hashlib.blake2b(ctypes.string_at(text)).digest()
        finally:
            self._lib.c.free(text)

    def _state_of(self, keymap: int, held: Iterable[int]) -> int:
        former = self._state
        if former is None:
            former = self._lib.x11.xkb_x11_state_new_from_device(keymap, self._connection, self._device)
        locked = self._lib.xkb.xkb_state_serialize_mods(former, _LOCKED)
        group = self._lib.xkb.xkb_state_serialize_layout(former, _LOCKED_LAYOUT)
        if self._state is None:
            # Modifiers that are held come as a mask in it, which no release of a key would ever end.
            self._lib.xkb.xkb_state_unref(former)
        state: int = self._lib.xkb.xkb_state_new(keymap)
        self._lib.xkb.xkb_state_update_mask(state, 0, 0, locked, 0, 0, group)
        for keycode in held:
            self._lib.xkb.xkb_state_update_key(state, keycode, _KEY_DOWN)
        return state

    def _drop_state(self) -> None:
        if self._state:
            self._lib.xkb.xkb_state_unref(self._state)
            self._state = None

    @property
    def composing(self) -> bool:
        """Whether a dead key or Compose sequence has begun and not ended."""
        return bool(
            self._compose and self._lib.xkb.xkb_compose_state_get_status(self._compose) == _COMPOSE_COMPOSING
        )

    def press(self, keycode: int) -> Meaning:
        """What pressing `keycode` means, after which the key counts as down."""
        meaning = self._meaning(keycode, compose=True)
        self._lib.xkb.xkb_state_update_key(self._state, keycode, _KEY_DOWN)
        return meaning

    def release(self, keycode: int) -> None:
        self._lib.xkb.xkb_state_update_key(self._state, keycode, _KEY_UP)

    def lock(self, modifiers: int, group: int) -> None:
        """Another program set the locked modifiers (a mask) and the group; what is held down stays as it is."""
        held, latched = (
            self._lib.xkb.xkb_state_serialize_mods(self._state, part) for part in (_HELD, _LATCHED)
        )
        self._lib.xkb.xkb_state_update_mask(self._state, held, latched, modifiers, 0, 0, group)

    def peek(self, keycode: int) -> Meaning:
        """What the key would mean if it came again now, as when it repeats; changes nothing."""
        return self._meaning(keycode, compose=False)

    def _meaning(self, keycode: int, *, compose: bool) -> Meaning:
        meaning, keysym, begins = self._plain_meaning(keycode)
        if compose and (begins or self._composing) and keysym != _NO_SYMBOL:
            return self._composed(meaning, keysym)
        return meaning

    def _plain_meaning(self, keycode: int) -> tuple[Meaning, int, bool]:
        """What the key means by itself, its keysym, and whether that may begin a Compose sequence."""
        modifiers = self._lib.xkb.xkb_state_serialize_mods(self._state, _EFFECTIVE_MODIFIERS)
        group = self._lib.xkb.xkb_state_serialize_layout(self._state, _EFFECTIVE_LAYOUT)
        known = self._known.get((keycode, modifiers, group))
        if known is None:
            keysym = self._lib.xkb.xkb_state_key_get_one_sym(self._state, keycode)
            text = self._text(self._lib.xkb.xkb_state_key_get_utf8, self._state, keycode)
            meaning = Meaning(self._name(keysym), text, _NAMES_OF_COMMANDS[modifiers & _COMMAND_MASK])
            known = self._known[keycode, modifiers, group] = meaning, keysym, self._begins_sequence(keysym)
        return known

    def _begins_sequence(self, keysym: int) -> bool:
        if not self._compose or self._composing or keysym == _NO_SYMBOL:
            # In the midst of a sequence it cannot be tried: it is taken for one that may.
            return bool(self._compose)
        self._lib.xkb.xkb_compose_state_feed(self._compose, keysym)
        begins = self.composing
        self._lib.xkb.xkb_compose_state_reset(self._compose)
        return begins

    def _composed(self, meaning: Meaning, keysym: int) -> Meaning:
        self._lib.xkb.xkb_compose_state_feed(self._compose, keysym)
        status = self._lib.xkb.xkb_compose_state_get_status(self._compose)
        self._composing = status == _COMPOSE_COMPOSING
        if status == _COMPOSE_COMPOSING:
            return replace(meaning, text="", composing=True)
        if status == _COMPOSE_CANCELLED:
            self._lib.xkb.xkb_compose_state_reset(self._compose)
            return replace(meaning, text="", cancelled=True)
        if status == _COMPOSE_COMPOSED:
            text = self._text(self._lib.xkb.xkb_compose_state_get_utf8, self._compose)
            self._lib.xkb.xkb_compose_state_reset(self._compose)
            return replace(meaning, text=text)
        return meaning

    def _text(self, function: ctypes._NamedFuncPointer, *arguments: int | None) -> str:
        size = function(*arguments, self._buffer, len(self._buffer))
        return self._buffer.value.decode("utf-8", "replace") if size > 0 else ""

    def _name(self, keysym: int) -> str:
        name = self._names.get(keysym)
        if name is None:
            self._lib.xkb.xkb_keysym_get_name(keysym, self._buffer, len(self._buffer))
            name = self._names[keysym] = self._buffer.value.decode("ascii", "replace")
        return name

    def keycodes(self, *names: str) -> dict[str, tuple[int, int]]:
        """Where the keysyms or characters called `names` stand: name -> (keycode, level), lowest level first.

        Levels are those of the first group: 0 plain, 1 Shift, 2 AltGr, 3 both. What is on no key is left out.
        """
        if self._places is None:
            self._places = self._all_keycodes()
        return {name: self._places[name] for name in names if name in self._places}

    def _all_keycodes(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        first = self._lib.xkb.xkb_keymap_min_keycode(self._keymap)
        last = min(self._lib.xkb.xkb_keymap_max_keycode(self._keymap), 255)  # the core protocol knows no more
        symbols = POINTER(c_uint32)()
        for level in range(4):
            for keycode in range(first, last + 1):
                if level >= self._lib.xkb.xkb_keymap_num_levels_for_key(self._keymap, keycode, 0):
                    continue
                if (
                    self._lib.xkb.xkb_keymap_key_get_syms_by_level(
                        self._keymap, keycode, 0, level, byref(symbols)
                    )
                    != 1
                ):
                    continue
                point = self._lib.xkb.xkb_keysym_to_utf32(symbols[0])
                for name in (self._name(symbols[0]), chr(point) if point else ""):
                    found.setdefault(name, (keycode, level))
        return found

    def close(self) -> None:
        self._drop_state()
        if self._compose:
            self._lib.xkb.xkb_compose_state_unref(self._compose)
        if self._keymap:
            self._lib.xkb.xkb_keymap_unref(self._keymap)
        self._lib.xkb.xkb_context_unref(self._context)
