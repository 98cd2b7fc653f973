"""What an X server tells, taken out of its 32 bytes.

Layouts: X Window System Protocol, X Version 11, appendix B; XI2proto.h; The X Keyboard Extension.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct, unpack_from
from typing import Final, NamedTuple

from motjuste.adapters.x11.requests import NEW_KEYBOARD, NEW_MAP, NEW_STATE


class RawInput(NamedTuple):
    """One raw key press, key release or button press: which key of which device, when (milliseconds)."""

    kind: int
    keycode: int
    source: int
    time: int


class KeyPressed(NamedTuple):
    """A press that a grab of ours has caught; `state` are the modifiers before it."""

    keycode: int
    time: int
    state: int


class FocusChanged(NamedTuple):
    """The focus came to `window`, or left it; `grab` tells that a grab's begin or end is the cause."""

    window: int
    came: bool
    grab: bool


class PropertyChanged(NamedTuple):
    """A property of `window` has a new value, or was `deleted`."""

    window: int
    name: int
    time: int
    deleted: bool


class SelectionLost(NamedTuple):
    """Another window owns `selection` since `time`."""

    time: int
    window: int
    selection: int


class SelectionAsked(NamedTuple):
    """Somebody asks the owner of `selection` to put it, as `target`, into their property `name`."""

    time: int
    requestor: int
    selection: int
    target: int
    name: int


class SelectionAnswered(NamedTuple):
    """What was asked for is in our property `name`; NONE when the owner declined."""

    requestor: int
    target: int
    name: int


class Message(NamedTuple):
    """A client message of 32-bit words."""

    kind: int
    words: tuple[int, ...]


class LayoutChanged(NamedTuple):
    """The keyboard's map is another one."""


class LocksChanged(NamedTuple):
    """The locked modifiers and the group, set by another program when `keycode` is 0."""

    modifiers: int
    group: int
    keycode: int


Event = (
    RawInput
    | KeyPressed
    | FocusChanged
    | PropertyChanged
    | SelectionLost
    | SelectionAsked
    | SelectionAnswered
    | Message
    | LayoutChanged
    | LocksChanged
)

_GENERIC: Final = 35
_RAW: Final = Struct("=HxxIII")  # from the event's subtype on; the device in between is the master
_GRAB_MODES: Final = (1, 2)  # NotifyGrab, NotifyUngrab


def _raw(data: bytes) -> RawInput | None:
    kind, time, keycode, source = _RAW.unpack_from(data, 8)
    return RawInput(kind, keycode, source & 0xFFFF, time)


def _key(data: bytes) -> KeyPressed:
    time, state = unpack_from("=I20xH", data, 4)
    return KeyPressed(data[1], time, state)


def _focus(data: bytes) -> FocusChanged:
    (window,) = unpack_from("=I", data, 4)
    return FocusChanged(window, data[0] & 0x7F == 9, data[8] in _GRAB_MODES)


def _property(data: bytes) -> PropertyChanged:
    window, name, time, state = unpack_from("=IIIB", data, 4)
    return PropertyChanged(window, name, time, state == 1)


def _message(data: bytes) -> Message:
    kind, *words = unpack_from("=I5I", data, 8)
    return Message(kind, tuple(words))


_READERS: Final[dict[int, Callable[[bytes], Event | None]]] = {
    2: _key,
    9: _focus,
    10: _focus,
    28: _property,
    29: lambda data: SelectionLost(*unpack_from("=III", data, 4)),
    30: lambda data: SelectionAsked(*unpack_from("=I4xIIII", data, 4)),
    31: lambda data: SelectionAnswered(*unpack_from("=I4xII", data, 8)),
    33: _message,
    34: lambda data: LayoutChanged(),
    _GENERIC: _raw,
}


def read_event(data: bytes, keyboard_event: int) -> Event | None:
    """The event in `data`, None when it is of no interest; `keyboard_event` is the type of XKB's events."""
    kind = data[0] & 0x7F  # without the mark of events that a client has sent
    if kind == keyboard_event:
        if data[1] in (NEW_KEYBOARD, NEW_MAP):
            return LayoutChanged()
        if data[1] == NEW_STATE:
            # After the device: modifiers in all, base, latched, locked; the same of groups, two of them 16 bits.
            return LocksChanged(data[12], data[18], data[28])
        return None
    reader = _READERS.get(kind)
    return reader(data) if reader else None
