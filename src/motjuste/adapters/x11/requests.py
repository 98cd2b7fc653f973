"""The few X requests that python-xlib lacks: XInput 2.2's version, and what XKB says about repeating keys."""

from __future__ import annotations

import struct
from typing import Any, Final, NamedTuple

from Xlib.ext import xinput
from Xlib.protocol import rq

RAW_KEY_PRESS: Final = xinput.RawKeyPress
RAW_KEY_RELEASE: Final = xinput.RawKeyRelease
RAW_BUTTON_PRESS: Final = xinput.RawButtonPress
GENERIC_EVENT: Final = 35
_USE_CORE_KEYBOARD: Final = 0x100


class RawInput(NamedTuple):
    """One XI_RawKeyPress, XI_RawKeyRelease or XI_RawButtonPress: which device, which key, when (milliseconds)."""

    kind: int
    keycode: int
    source: int
    time: int


def raw_input(kind: int, data: bytes) -> RawInput:
    """Read xXIRawEvent from `data`, the event's bytes after its type (XInput 2 protocol, XI2proto.h)."""
    _device, time, detail, source = struct.unpack_from("=HIIH", data)
    return RawInput(kind, detail, source, time)


def listen_to_raw_keys(display: Any) -> None:
    """Select raw key and button events on the root window.

    A client must say that it knows version 2.1 or later, or the server hides raw events while a device is grabbed.
    """
    major = display.display.get_extension_major(xinput.extname)
    xinput.XIQueryVersion(display=display.display, opcode=major, major_version=2, minor_version=2)
    mask = xinput.RawKeyPressMask | xinput.RawKeyReleaseMask | xinput.RawButtonPressMask
    display.screen().root.xinput_select_events([(xinput.AllMasterDevices, mask)])


def xtest_devices(display: Any) -> frozenset[int]:
    """The devices through which XTEST keys arrive, by the name that the server gives them."""
    devices = display.xinput_query_device(xinput.AllDevices).devices
    return frozenset(device.deviceid for device in devices if "XTEST" in str(device.name))


class _UseExtension(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(0),
        rq.RequestLength(),
        rq.Card16("wanted_major"),
        rq.Card16("wanted_minor"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("supported"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card16("major_version"),
        rq.Card16("minor_version"),
        rq.Pad(20),
    )


class _GetControls(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(6), rq.RequestLength(), rq.Card16("device"), rq.Pad(2))
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("device_id"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Pad(12),
        rq.Card16("repeat_delay"),
        rq.Card16("repeat_interval"),
        rq.Pad(64),
    )


class _SelectEvents(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card16("affected"),
        rq.Card16("clear"),
        rq.Card16("select_all"),
        rq.Card16("affected_map_parts"),
        rq.Card16("map_parts"),
    )


class KeyboardNotify(rq.Event):  # type: ignore[misc]
    """An event of the XKB extension; `kind` says which, and only XkbStateNotify fills all the fields."""

    _code = 0
    _fields = rq.Struct(
        rq.Card8("type"),
        rq.Card8("kind"),
        rq.Card16("sequence_number"),
        rq.Card32("time"),
        rq.Pad(4),
        rq.Card8("locked_modifiers"),
        rq.Pad(5),
        rq.Card8("locked_group"),
        rq.Pad(9),
        rq.Card8("keycode"),
        rq.Pad(3),
    )


NEW_KEYBOARD: Final = 0
NEW_MAP: Final = 1
NEW_STATE: Final = 2


def listen_to_keyboard_changes(display: Any) -> None:
    """Ask for a KeyboardNotify whenever the layout, or the state of locks and groups, changes."""
    extension = display.query_extension("XKEYBOARD")
    _UseExtension(display=display.display, opcode=extension.major_opcode, wanted_major=1, wanted_minor=0)
    # Not extension_add_event, which registers a copy of the class that no isinstance knows.
    display.display.add_extension_event(extension.first_event, KeyboardNotify)
    wanted = 1 << NEW_KEYBOARD | 1 << NEW_MAP | 1 << NEW_STATE
    _SelectEvents(
        display=display.display,
        opcode=extension.major_opcode,
        device=_USE_CORE_KEYBOARD,
        affected=wanted,
        clear=0,
        select_all=wanted,
        affected_map_parts=0xFF,  # without the parts no change of the map is told, whatever is selected
        map_parts=0xFF,
    )


def repeat_delay(display: Any) -> int:
    """Milliseconds until a held key begins to repeat (XKB's repeatDelay)."""
    major = display.query_extension("XKEYBOARD").major_opcode
    delay: int = _GetControls(display=display.display, opcode=major, device=_USE_CORE_KEYBOARD).repeat_delay
    return delay
