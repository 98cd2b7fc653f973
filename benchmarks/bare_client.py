"""The least that an expansion costs on X11: bare_client.py READY KEYSYM ERASE TEXT [keep].

It hears one key by raw XInput 2 events and does the same paste as any expander: ERASE Backspaces, then Shift+Insert
with the text on a selection of its own. It decodes nothing, looks at no window, waits for nothing, keeps nobody's
clipboard and holds back no key: no program that does its work in earnest can be faster than this. Its requests are
bytes made beforehand, written to the socket at once, so no library stands between. READY is a file that it makes.

With "keep" it first reads all that is on the clipboard, as whoever means to give it back has to do.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from Xlib import XK, X, Xatom
from Xlib.display import Display
from Xlib.ext import xinput

EVENT = 32  # bytes of an event, of which a generic one has more
GENERIC = 35
REPLY = 1
RAW_KEY_PRESS = 13


class Requests:
    """The few requests of the core protocol and of XTEST that a paste needs, as bytes."""

    def __init__(self, display: Display) -> None:
        extension = display.query_extension("XTEST")
        assert extension is not None
        self._xtest = extension.major_opcode

    def key(self, kind: int, keycode: int) -> bytes:
        """FakeInput."""
        return struct.pack("=BBHBBHII8xhh8x", self._xtest, 2, 9, kind, keycode, 0, 0, 0, 0, 0)

    def own(self, window: int, selection: int) -> bytes:
        """SetSelectionOwner."""
        return struct.pack("=BBHIII", 22, 0, 4, window, selection, X.CurrentTime)

    def store(self, window: int, name: int, kind: int, bits: int, data: bytes) -> bytes:
        """ChangeProperty."""
        padding = -len(data) % 4
        length = 6 + (len(data) + padding) // 4
        head = struct.pack("=BBHIIIB3xI", 18, 0, length, window, name, kind, bits, len(data) * 8 // bits)
        return head + data + bytes(padding)

    def tell(self, window: int, time: int, selection: int, target: int, name: int) -> bytes:
        """SendEvent with a SelectionNotify."""
        notice = struct.pack("=BBHIIIII8x", 31, 0, 0, time, window, selection, target, name)
        return struct.pack("=BBHII", 25, 0, 11, window, 0) + notice

    def convert(self, window: int, selection: int, target: int, name: int) -> bytes:
        """ConvertSelection: ask the owner, whom there has to be, to put the selection into a property of ours."""
        return struct.pack("=BBHIIIII", 24, 0, 6, window, selection, target, name, X.CurrentTime)

    def read(self, window: int, name: int) -> bytes:
        """GetProperty, which takes the property away."""
        return struct.pack("=BBHIIIII", 20, 1, 6, window, name, X.AnyPropertyType, 0, 1 << 24)


class BareClient:
    """Pastes `text` whenever `key` goes down."""

    def __init__(self, display: Display, key: int, erase: int, text: bytes, *, keep: bool) -> None:
        self._server = display.display.socket
        self._key, self._text, self._keep = key, text, keep
        self._make = Requests(display)
        atoms = ("CLIPBOARD", "UTF8_STRING", "TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "BARE_LIST")
        self._clipboard, self._utf8, self._targets, *no_content, self._list = map(display.intern_atom, atoms)
        self._no_content = {self._targets, *no_content}
        self._names = [display.intern_atom(f"BARE_{number}") for number in range(32)]
        self._window = display.screen().root.create_window(-10, -10, 1, 1, 0, X.CopyFromParent).id
        backspace, shift, insert = (
            display.keysym_to_keycode(XK.string_to_keysym(name))
            for name in ("BackSpace", "Shift_L", "Insert")
        )
        down, up = X.KeyPress, X.KeyRelease
        self._erase = self._strokes((down, backspace), (up, backspace)) * erase
        self._paste = self._strokes((down, shift), (down, insert), (up, insert), (up, shift))
        self._listed, self._unread = False, 0
        display.xinput_query_version()
        display.screen().root.xinput_select_events([(xinput.AllMasterDevices, xinput.RawKeyPressMask)])
        display.sync()

    def _strokes(self, *strokes: tuple[int, int]) -> bytes:
        return b"".join(self._make.key(kind, keycode) for kind, keycode in strokes)

    def serve(self) -> None:
        """Until the end of the connection."""
        stream = b""
        while received := self._server.recv(65536):
            stream += received
            while len(stream) >= EVENT:
                longer = stream[0] & 0x7F in (GENERIC, REPLY)
                size = EVENT + 4 * struct.unpack_from("=I", stream, 4)[0] if longer else EVENT
                if len(stream) < size:
                    break
                message, stream = stream[:size], stream[size:]
                self._see(message[0] & 0x7F, message)

    def _see(self, kind: int, message: bytes) -> None:
        if kind == GENERIC:
            raw, keycode = struct.unpack_from("=H6xI", message, 8)
            if (raw, keycode) == (RAW_KEY_PRESS, self._key):
                self._expand()
        elif kind == X.SelectionRequest:
            self._answer(*struct.unpack_from("=I4x4I", message, 4))
        elif kind == X.SelectionNotify:
            (name,) = struct.unpack_from("=I", message, 20)
            self._server.sendall(self._make.read(self._window, name))
        elif kind == REPLY:
            self._kept(message)

    def _expand(self) -> None:
        if self._keep:
            self._listed = False
            ask = self._make.convert(self._window, self._clipboard, self._targets, self._list)
            self._server.sendall(self._erase + ask)
        else:
            self._put_in(self._erase)

    def _put_in(self, first: bytes = b"") -> None:
        own = self._make.own(self._window, self._clipboard)
        self._server.sendall(first + own + self._paste)

    def _kept(self, property_read: bytes) -> None:
        """First comes the list of what the clipboard can be had as, then each of those."""
        if not self._listed:
            self._listed = True
            (count,) = struct.unpack_from("=I", property_read, 16)
            targets = set(struct.unpack_from(f"={count}I", property_read, EVENT)) - self._no_content
            self._unread = len(targets)
            questions = (
                self._make.convert(self._window, self._clipboard, target, name)
                for target, name in zip(targets, self._names, strict=False)
            )
            self._server.sendall(b"".join(questions))
        else:
            self._unread -= 1
        if not self._unread:
            self._put_in()

    def _answer(self, time: int, requestor: int, selection: int, target: int, name: int) -> None:
        if target == self._targets:
            known = struct.pack("=2I", self._targets, self._utf8)
            answer = self._make.store(requestor, name, Xatom.ATOM, 32, known)
        elif target == self._utf8:
            answer = self._make.store(requestor, name, self._utf8, 8, self._text)
        else:
            answer, name = b"", X.NONE
        self._server.sendall(answer + self._make.tell(requestor, time, selection, target, name))


def main(ready: str, keysym: str, erase: str, text: str, keep: str = "") -> None:
    display = Display()
    keycode = display.keysym_to_keycode(XK.string_to_keysym(keysym))
    client = BareClient(display, keycode, int(erase), text.encode(), keep=bool(keep))
    Path(ready).touch()
    client.serve()


main(*sys.argv[1:])
