"""libxcb by ctypes: requests go out as bytes, and replies, errors and events come back as bytes.

The library opens the display, authorises us, counts the requests and sorts what comes back; it is on every machine
that has X11, since libxkbcommon-x11 rests on it. Reading an event costs a few microseconds here, where a client
written in Python alone takes ten times that: with two events a key, this is most of what listening costs.
Layouts of requests, replies and events: X Window System Protocol, X Version 11, appendix B.
"""

from __future__ import annotations

import ctypes
import select
import struct
import time
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint, c_uint8, c_uint32, c_void_p
from typing import Any, Final

from motjuste.adapters.x11.libraries import load
from motjuste.ports import DisplayGone

_CHECKED: Final = 1
_RAW: Final = 2
_CAUSES: Final = {
    1: "the server cannot be reached",
    5: "the name is not that of a display",
    6: "no such screen",
}


class XError(Exception):
    """The server refused a request; `code` is its error code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"X error {code}")
        self.code = code


BAD_ACCESS: Final = 10


class CannotConnect(Exception):
    """There is no such display, or it does not let us in."""


class _Vector(ctypes.Structure):
    _fields_ = (("base", c_char_p), ("length", c_size_t))


class _Request(ctypes.Structure):
    _fields_ = (
        ("count", c_size_t),
        ("extension", c_void_p),
        ("opcode", c_uint8),
        ("is_void", c_uint8),
    )


def _library() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    xcb, c = load("libxcb.so.1", "libxcb1"), ctypes.CDLL(None)
    declare: tuple[tuple[ctypes._NamedFuncPointer, Any, list[Any]], ...] = (
        (xcb.xcb_connect, c_void_p, [c_char_p, POINTER(c_int)]),
        (xcb.xcb_connection_has_error, c_int, [c_void_p]),
        (xcb.xcb_disconnect, None, [c_void_p]),
        (xcb.xcb_get_file_descriptor, c_int, [c_void_p]),
        (xcb.xcb_get_setup, c_void_p, [c_void_p]),
        (xcb.xcb_generate_id, c_uint32, [c_void_p]),
        (xcb.xcb_flush, c_int, [c_void_p]),
        (xcb.xcb_send_request, c_uint, [c_void_p, c_int, POINTER(_Vector), POINTER(_Request)]),
        (xcb.xcb_wait_for_reply, c_void_p, [c_void_p, c_uint, POINTER(c_void_p)]),
        # The cookie is a structure of one number, which is passed as that number.
        (xcb.xcb_request_check, c_void_p, [c_void_p, c_uint]),
        (xcb.xcb_poll_for_event, c_void_p, [c_void_p]),
        (c.free, None, [c_void_p]),
    )
    for function, result, arguments in declare:
        function.restype = result
        function.argtypes = arguments
    return xcb, c


class Connection:
    """One connection to an X server.

    A request is its bytes, header included, as `requests` packs them. Everything that reads raises DisplayGone
    once the server has gone. Raises CannotConnect.
    """

    def __init__(self, display_name: str | None = None) -> None:
        self._xcb, self._c = _library()
        screen = c_int()
        self.pointer = self._xcb.xcb_connect(display_name.encode() if display_name else None, byref(screen))
        if cause := self._xcb.xcb_connection_has_error(self.pointer):
            self._xcb.xcb_disconnect(self.pointer)
            raise CannotConnect(_CAUSES.get(cause, "the server does not let us in"))
        self._fd: int = self._xcb.xcb_get_file_descriptor(self.pointer)
        # libxcb asks for two places before the request, for its own use.
        self._vector = (_Vector * 4)()
        self._first = ctypes.cast(byref(self._vector, 2 * ctypes.sizeof(_Vector)), POINTER(_Vector))
        self._plain = _Request(count=1, is_void=1)
        self._asking = _Request(count=1, is_void=0)
        self._error = c_void_p()
        self._closed = False
        self.talked = True
        """Whether something was sent or asked since `poll` has last found nothing."""
        # Requests are answered in their order: what was sent before one that is answered has been seen to.
        self.last_sent = self.last_answered = 0
        self.root, self.client_mask = self._setup(screen.value)

    def _setup(self, screen: int) -> tuple[int, int]:
        """The root window, and the bits of a resource identifier that name its client."""
        address: int = self._xcb.xcb_get_setup(self.pointer)
        length = struct.unpack_from("=H", ctypes.string_at(address, 8), 6)[0]
        data = ctypes.string_at(address, 8 + 4 * length)
        (resource_mask,) = struct.unpack_from("=I", data, 16)
        vendor, formats = struct.unpack_from("=H", data, 24)[0], data[29]
        at = 40 + _padded(vendor) + 8 * formats
        for _ in range(screen):
            depths, at = data[at + 39], at + 40
            for _ in range(depths):
                at += 8 + 24 * struct.unpack_from("=H", data, at + 2)[0]
        return struct.unpack_from("=I", data, at)[0], ~resource_mask & 0xFFFFFFFF

    def fileno(self) -> int:
        return self._fd

    def new_id(self) -> int:
        """An identifier for a new resource of ours."""
        return int(self._xcb.xcb_generate_id(self.pointer))

    def send(self, request: bytes) -> None:
        """Put a request that has no reply into the buffer; errors of it are dropped as they come."""
        self._put(request, self._plain, _RAW)

    def ask(self, request: bytes) -> bytes:
        """The reply to a request. Raises XError."""
        return self.answer(self.question(request))

    def question(self, request: bytes) -> int:
        """Put a request that has a reply into the buffer; `answer` takes the number that is returned."""
        return self._put(request, self._asking, _RAW | _CHECKED)

    def answer(self, number: int) -> bytes:
        """The reply to a `question`. Raises XError."""
        reply = self._xcb.xcb_wait_for_reply(self.pointer, number, byref(self._error))
        self.last_answered = number
        if not reply:
            self._raise(self._error.value)
        (length,) = struct.unpack_from("=I", ctypes.string_at(reply, 8), 4)
        return self._taken(reply, 32 + 4 * length)

    def send_checked(self, request: bytes) -> int:
        """Put a request that has no reply into the buffer; `check` tells whether it was refused."""
        return self._put(request, self._plain, _RAW | _CHECKED)

    def check(self, number: int) -> None:
        """Wait until the server has seen to a request of `send_checked`. Raises XError if it was refused."""
        if error := self._xcb.xcb_request_check(self.pointer, number):
            self._raise(error)

    def _put(self, request: bytes, kind: _Request, flags: int) -> int:
        self.talked = True
        part = self._vector[2]
        part.base, part.length = request, len(request)
        number: int = self._xcb.xcb_send_request(self.pointer, flags, self._first, byref(kind))
        if not number:
            raise DisplayGone("the connection to the display has ended")
        self.last_sent = number
        return number

    def _raise(self, error: int | None) -> None:
        if not error:
            raise DisplayGone("the connection to the display has ended")
        raise XError(self._taken(error, 32)[1])

    def _taken(self, address: int, length: int) -> bytes:
        data = ctypes.string_at(address, length)
        self._c.free(address)
        return data

    def flush(self) -> None:
        """Send what is in the buffer."""
        self.talked = True
        self._xcb.xcb_flush(self.pointer)

    def poll(self) -> bytes | None:
        """The next event that is here already, its 32 bytes; errors are left out. Raises DisplayGone."""
        while address := self._xcb.xcb_poll_for_event(self.pointer):
            data = ctypes.string_at(address, 32)
            self._c.free(address)
            if data[0]:
                return data
        if self._xcb.xcb_connection_has_error(self.pointer):
            raise DisplayGone("the connection to the display has ended")
        self.talked = False
        return None

    def wait(self, deadline: float) -> bytes | None:
        """The next event, or None when `deadline` (of `time.monotonic`) comes first. Raises DisplayGone."""
        while (event := self.poll()) is None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select((self._fd,), (), (), left)[0]:
                return None
        return event

    def close(self) -> None:
        """End the connection; another call does nothing."""
        if not self._closed:
            self._closed = True
            self._xcb.xcb_disconnect(self.pointer)


def _padded(length: int) -> int:
    return (length + 3) & ~3
