"""Erase and insert as one act, while the person may go on typing.

The trigger goes by Backspaces, the text comes by a paste of our own selection with Shift+Insert (never Ctrl+V: a
letter typed while Ctrl is down is a command). The gate keeps the person's keys apart from ours, and there is no
delay to guess: the owner of a selection knows when its text was read.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Final

from Xlib import X

from motjuste.adapters.x11.gate import COMMAND_MASK, HELD_MASK, Gate, Press
from motjuste.adapters.x11.listening import Heard, Listener
from motjuste.adapters.x11.selections import Selections
from motjuste.adapters.x11.session import FrontWindow, Probe, Session
from motjuste.expansion.clusters import clusters
from motjuste.expansion.keys import SILENT_NAMES, KeyEvent
from motjuste.ports import Injection, InjectionFailed

_PASTE_SECONDS: Final = 5.0  # how long a busy window may take to ask for the text
_SLOW_SECONDS: Final = 0.15  # after which a window is asked whether it keeps up
_AFTER_ANSWER_SECONDS: Final = 0.5
_OTHER_READER_SECONDS: Final = 0.15  # how long the window may take when another program has read the text
_LATE_SECONDS: Final = 10.0  # how long a window that did not take the text may still ask for it
# Programs whose Shift+Insert pastes the primary selection rather than the clipboard.
_PRIMARY_PASTERS: Final = frozenset({
    "xterm", "uxterm", "urxvt", "rxvt", "aterm", "eterm", "mlterm", "st", "st-256color", "alacritty", "kitty",
    "gnome-terminal", "gnome-terminal-server", "xfce4-terminal", "mate-terminal", "tilix", "terminator",
    "lxterminal", "guake",
})  # fmt: skip


class X11Injector:
    """Fulfils `ports.Injector` in real windows."""

    def __init__(
        self, session: Session, listener: Listener, selections: Selections, front_window: FrontWindow
    ) -> None:
        self._session = session
        self._listener = listener
        self._selections = selections
        self._front_window = front_window
        self._gate: Gate | None = None

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """Keep what the person types from now on behind the gate.

        What had to be kept is typed key by key by `typed`, in step with the engine, so that a trigger in it is
        found as well; the gate stays open until then.
        """
        if self._gate is None:
            self._gate = Gate(self._session, self._listener)
        try:
            yield
        finally:
            self._close_gate()

    def typed(self) -> Iterator[KeyEvent]:
        """What the person did since the last call, without waiting; each key has reached the window."""
        queue = self._listener.queue
        while True:
            for _ in self._session.events():
                pass
            if self._gate and not self._gate.is_done_with(queue[0] if queue else None):
                self._close_gate()
            elif queue:
                heard = queue.popleft()
                self._deliver(heard)
                yield heard.event
            else:
                return

    def _deliver(self, heard: Heard) -> None:
        if self._gate:
            with self._giving_up_on_failure(self._gate):
                self._gate.deliver(heard)

    def _close_gate(self) -> None:
        if self._gate:
            with self._giving_up_on_failure(self._gate):
                if self._gate.finish():
                    self._gate = None

    @contextlib.contextmanager
    def _giving_up_on_failure(self, gate: Gate) -> Iterator[None]:
        try:
            yield
        except InjectionFailed:
            gate.give_up()
            self._gate = None

    def inject(self, injection: Injection) -> None:
        with self.holding():
            assert self._gate is not None
            self._inject(self._gate, injection)

    def _inject(self, gate: Gate, injection: Injection) -> None:
        keys = self._keys("BackSpace", "Insert", "Shift_R", "Left")
        paste = _Paste(injection.text, injection.caret, typed_ahead=_typed_ahead(gate.typed_ahead))
        self._selections.offer(paste.text, self._selection_names())
        try:
            gate.let_go_of_modifiers()
            erase = injection.erase + len(clusters(paste.typed_ahead))
            gate.strike([Press(keys["BackSpace"], COMMAND_MASK)] * erase)
            # The text may grow by what the person types until Insert is let through.
            while gate.kept and _is_plain_text(gate.kept[0]):
                paste.add(gate.kept.pop(0).event.text)
            self._selections.change(paste.text)
            # The right Shift, so that a person's left one is not taken for ours where both come from one device.
            gate.strike(
                [Press(keys["Insert"], COMMAND_MASK | X.ShiftMask, X.ShiftMask)], hold=(keys["Shift_R"],)
            )
            read = self._wait_until_read(gate)
        finally:
            self._selections.restore_after()
        if not read:
            # A window that asks later than that gets nothing, rather than the text twice or the old clipboard.
            self._selections.change("")
            self._selections.restore_after(_LATE_SECONDS)
            self._put_back(gate, injection.standing + paste.typed_ahead)
            raise InjectionFailed("the window did not take the text; what was typed was put back")
        gate.strike([Press(keys["Left"], HELD_MASK)] * paste.steps_back)

    def _keys(self, *names: str) -> dict[str, int]:
        found = {name: keycode for name, (keycode, _) in self._listener.layout.keycodes(*names).items()}
        if missing := [name for name in names if name not in found]:
            raise InjectionFailed(f"the keyboard layout has no {missing[0]} key")
        return found

    def _selection_names(self) -> tuple[str, ...]:
        primary = self._front_window.current().wm_class.casefold() in _PRIMARY_PASTERS
        return ("CLIPBOARD", "PRIMARY") if primary else ("CLIPBOARD",)

    def _wait_until_read(self, gate: Gate) -> bool:
        """Until the window has read the text whole; the person's next key waits in the server meanwhile."""
        owners = (gate.focus.id, self._front_window.id())
        deadline = time.monotonic() + _PASTE_SECONDS
        ask_at = time.monotonic() + _SLOW_SECONDS
        probe: Probe | None = None
        try:
            while not self._was_read(owners):
                if self._selections.readers:
                    # Either the window reads through a helper of its own, or a clipboard manager was faster.
                    deadline = min(deadline, time.monotonic() + _OTHER_READER_SECONDS)
                event = self._session.next(deadline if probe else min(ask_at, deadline))
                gate.keep_what_cannot_wait()
                if event is None and (probe or ask_at >= deadline):
                    return bool(self._selections.readers)
                if event is None:
                    probe = Probe(self._session, owners[1])
                elif probe and probe.answered:
                    # It has seen the paste chord, and would have asked by now if it meant to.
                    deadline = min(deadline, time.monotonic() + _AFTER_ANSWER_SECONDS)
            return True
        finally:
            if probe:
                probe.close()

    def _was_read(self, owners: tuple[int, ...]) -> bool:
        return any(
            self._session.same_client(reader, window)
            for reader in self._selections.readers
            for window in owners
        )

    def _put_back(self, gate: Gate, text: str) -> None:
        """Type `text` key by key, as far as the layout has its characters; what was kept follows."""
        kept, gate.kept = gate.kept, []
        known = self._listener.layout.keycodes(*text, "Shift_L", "ISO_Level3_Shift")
        for character in text:
            if character in known:
                keycode, level = known[character]
                names = [name for bit, name in ((1, "Shift_L"), (2, "ISO_Level3_Shift")) if level & bit]
                gate.type_key(keycode, tuple(known[name][0] for name in names if name in known))
        gate.kept = kept + gate.kept


class _Paste:
    """The text that goes in, and where the caret ends up."""

    def __init__(self, text: str, caret: int | None, *, typed_ahead: str) -> None:
        self.text = text
        self.typed_ahead = ""
        self._caret = caret
        self.add(typed_ahead)

    def add(self, typed: str) -> None:
        """The person has typed on: at the caret."""
        self.typed_ahead += typed
        if self._caret is None:
            self.text += typed
        else:
            self.text = self.text[: self._caret] + typed + self.text[self._caret :]
            self._caret += len(typed)

    @property
    def steps_back(self) -> int:
        """How many times Left leads from the end of the text to the caret."""
        return 0 if self._caret is None else len(clusters(self.text[self._caret :]))


def _typed_ahead(passed: list[Heard]) -> str:
    """The text that the person typed before the gate was there: it stands in the window, and goes in again."""
    all_text = all(_is_plain_text(heard) or heard.event.name in SILENT_NAMES for heard in passed)
    if not all_text or (passed and passed[-1].composing):
        raise InjectionFailed("other keys were pressed before the text could go in")
    return "".join(heard.event.text for heard in passed)


def _is_plain_text(heard: Heard) -> bool:
    return bool(heard.event.text) and heard.event.name not in ("Return", "Tab")
