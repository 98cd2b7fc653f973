"""The least that an expansion costs on X11: bare_client.py READY KEYSYM ERASE TEXT.

It hears one key by raw XInput 2 events and does the same paste as any expander: ERASE Backspaces, then Shift+Insert
with the text on a selection of its own. It decodes nothing, looks at no window, waits for nothing, keeps nobody's
clipboard and holds back no key: no program that does its work in earnest can be faster than this. Its requests are
bytes made beforehand, written to the socket at once, so no library stands between. READY is a file that it makes.
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
RAW_KEY_PRESS = 13


class Requests:
    """The four requests of the core protocol and of XTEST that a paste needs, as bytes."""

    def __init__(self, display: Display) -> None:
        extension = display.query_extension("XTEST")
        assert extension is not None
        self._xtest = extension.major_opcode

    def key(self, kind: int, keycode: int) -> bytes:
        """FakeInput."""
        return struct.pack("=BBHBBHII8xhh8x", self._xtest, 2, 9, kind, keycode, 0, 0, 0, 0, 0)

    def own(self, window: int, selection: int, time: int) -> bytes:
        """SetSelectionOwner."""
        return struct.pack("=BBHIII", 22, 0, 4, window, selection, time)

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


def serve(display: Display, key: int, erase: int, text: bytes, ready: Path) -> None:
    """Paste `text` whenever `key` goes down, until the end of the connection."""
    requests = Requests(display)
    clipboard, utf8, targets = map(display.intern_atom, ("CLIPBOARD", "UTF8_STRING", "TARGETS"))
    backspace, shift, insert = (
        display.keysym_to_keycode(XK.string_to_keysym(name)) for name in ("BackSpace", "Shift_L", "Insert")
    )
    owner = display.screen().root.create_window(-10, -10, 1, 1, 0, X.CopyFromParent).id
    display.screen().root.xinput_select_events([(xinput.AllMasterDevices, xinput.RawKeyPressMask)])
    display.sync()
    down, up = X.KeyPress, X.KeyRelease
    strokes = [*[(down, backspace), (up, backspace)] * erase]
    strokes += [(down, shift), (down, insert), (up, insert), (up, shift)]
    keys = b"".join(requests.key(kind, keycode) for kind, keycode in strokes)
    known = struct.pack("=2I", targets, utf8)

    # From here on nothing is asked that has an answer, so the stream holds events alone.
    server = display.display.socket
    ready.touch()
    stream = b""
    while received := server.recv(65536):
        stream += received
        while len(stream) >= EVENT:
            kind = stream[0] & 0x7F
            size = EVENT + 4 * struct.unpack_from("=I", stream, 4)[0] if kind == GENERIC else EVENT
            if len(stream) < size:
                break
            event, stream = stream[:size], stream[size:]
            if kind == GENERIC:
                raw, time, keycode = struct.unpack_from("=H2xII", event, 8)
                if (raw, keycode) == (RAW_KEY_PRESS, key):
                    server.sendall(requests.own(owner, clipboard, time) + keys)
            elif kind == X.SelectionRequest:
                time, _, requestor, selection, target, name = struct.unpack_from("=6I", event, 4)
                if target == targets:
                    answer = requests.store(requestor, name, Xatom.ATOM, 32, known)
                elif target == utf8:
                    answer = requests.store(requestor, name, utf8, 8, text)
                else:
                    answer, name = b"", X.NONE
                server.sendall(answer + requests.tell(requestor, time, selection, target, name))


def main(ready: str, keysym: str, erase: str, text: str) -> None:
    display = Display()
    keycode = display.keysym_to_keycode(XK.string_to_keysym(keysym))
    serve(display, keycode, int(erase), text.encode(), Path(ready))


main(*sys.argv[1:])
