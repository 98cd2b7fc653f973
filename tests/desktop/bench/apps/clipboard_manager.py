"""A clipboard manager that writes down what it records: clipboard_manager.py LOG polite|greedy.

The polite one leaves out what says that it is secret (KeePassXC's and Klipper's x-kde-passwordManagerHint); the
greedy one reads every form of everything.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from Xlib import X
from Xlib.display import Display
from Xlib.ext import xfixes

HINT = "x-kde-passwordManagerHint"
NOT_CONTENT = ("TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "DELETE")


class Manager:
    """Reads the clipboard each time that somebody else owns it."""

    def __init__(self, path: str, manner: str) -> None:
        self._log = open(path, "a", encoding="utf-8")  # noqa: SIM115 - open as long as the manager
        self._polite = manner == "polite"
        self._display = Display()
        self._display.xfixes_query_version()
        root = self._display.screen().root
        self._window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
        self._clipboard = self._display.intern_atom("CLIPBOARD")
        mask = xfixes.XFixesSetSelectionOwnerNotifyMask
        self._display.xfixes_select_selection_input(self._window, self._clipboard, mask)
        self._changed = self._display.extension_event.SetSelectionOwnerNotify

    def run(self) -> None:
        self._write("ready")
        while True:
            if self._is_news(self._display.next_event()):
                self._look()

    def _is_news(self, event: object) -> bool:
        # python-xlib tells events of extensions apart by type and sub-type.
        return getattr(event, "type", None) == self._changed[0]

    def _look(self) -> None:
        targets = [self._display.get_atom_name(atom) for atom in self._read("TARGETS") or ()]
        if self._polite:
            if HINT not in targets:
                self._write(self._text("UTF8_STRING"))
            return
        for target in targets:
            if target not in NOT_CONTENT:
                self._write(self._text(target))

    def _text(self, target: str) -> str:
        value = self._read(target)
        return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes) else ""

    def _read(self, target: str) -> object:
        """One form of the content; None when it is refused."""
        answer = self._display.intern_atom("ANSWER")
        asked = self._display.intern_atom(target)
        self._window.convert_selection(self._clipboard, asked, answer, X.CurrentTime)
        for event in self._events():
            if event.type == X.SelectionNotify and event.target == asked:
                if not event.property:
                    return None
                value = self._window.get_full_property(answer, X.AnyPropertyType)
                self._window.delete_property(answer)
                return value.value if value else None
        return None

    def _events(self) -> Iterator[object]:
        while True:
            yield self._display.next_event()

    def _write(self, recorded: str) -> None:
        self._log.write(json.dumps(recorded) + "\n")
        self._log.flush()


Manager(*sys.argv[1:]).run()
