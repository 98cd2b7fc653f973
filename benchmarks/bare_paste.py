"""The least that a paste costs on X11: a client that owns the selection, sends Shift+Insert and answers."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.display import Display
from Xlib import XK, X, Xatom
from Xlib.display import Display as Connection
from Xlib.ext import xtest
from Xlib.protocol import event


class BarePaste:
    """Pastes one text over and over, without looking at what anybody had copied."""

    def __init__(self, display: Display, text: str) -> None:
        self._connection = Connection(display.name)
        self._text = text.encode()
        self._utf8, self._targets, clipboard = (
            self._connection.intern_atom(name) for name in ("UTF8_STRING", "TARGETS", "CLIPBOARD")
        )
        self._selections = (clipboard, Xatom.PRIMARY)
        self._chord = [
            self._connection.keysym_to_keycode(XK.string_to_keysym(name)) for name in ("Shift_L", "Insert")
        ]

    def paste(self, arrived: Callable[[], bool], *, deadline: float = 5) -> float:
        """Paste once, serving until the text has `arrived`; the moment the keys went out (monotonic)."""
        owner = self._connection.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        for selection in self._selections:
            owner.set_selection_owner(selection, X.CurrentTime)
        self._connection.sync()
        sent = time.monotonic()
        for kind, keys in ((X.KeyPress, self._chord), (X.KeyRelease, self._chord[::-1])):
            for key in keys:
                xtest.fake_input(self._connection, kind, key)
        self._connection.flush()
        while not arrived():
            if time.monotonic() > sent + deadline:
                raise AssertionError("the bare paste did not arrive")
            while self._connection.pending_events():
                request = self._connection.next_event()
                if request.type == X.SelectionRequest:
                    self._serve(request)
        # Nobody answers for it from here on, and an owner without answers would hold up the next program.
        owner.destroy()
        self._connection.sync()
        return sent

    def close(self) -> None:
        """Leave the selections to others."""
        self._connection.close()

    def _serve(self, request: event.SelectionRequest) -> None:
        known = (self._targets, self._utf8)
        if request.target == self._targets:
            request.requestor.change_property(request.property, Xatom.ATOM, 32, known)
        elif request.target == self._utf8:
            request.requestor.change_property(request.property, self._utf8, 8, self._text)
        request.requestor.send_event(
            event.SelectionNotify(
                time=request.time, requestor=request.requestor, selection=request.selection,
                target=request.target, property=request.property if request.target in known else X.NONE,
            )
        )  # fmt: skip
        self._connection.flush()
