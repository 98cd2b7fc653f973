"""Erase and insert as one act, while the person may go on typing.

The trigger goes by Backspaces, the text comes by a paste of our own selection with Shift+Insert (never Ctrl+V:
a letter typed while Ctrl is down is a command). For these few milliseconds a passive, synchronous grab of every
key on the window in front lets us judge each key press before the window gets it, in the server's own order:

- our keys are let through;
- a key of the person's that comes before the paste is kept; its text is added to the text that is pasted, and
  a key that is no text is pressed again afterwards;
- a key that comes after the paste chord stays in the server's queue until the window has read the text.

Nothing can come between our keys, nothing is lost when this program ends half-way (the server drops the grab and
delivers what it held), and there is no delay to guess. Xlib, "Keyboard grabbing" and "Resuming event processing".
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from Xlib import X
from Xlib.error import BadAccess, CatchError
from Xlib.ext import xtest

from motjuste.adapters.x11.listening import Heard, Listener, key_event
from motjuste.adapters.x11.selections import Selections
from motjuste.adapters.x11.session import FrontWindow, Session
from motjuste.expansion.clusters import clusters
from motjuste.expansion.keys import SILENT_NAMES
from motjuste.ports import Injection, InjectionFailed

_PASTE_SECONDS: Final = 5.0  # how long a busy window may take to ask for the text
_OTHER_READER_SECONDS: Final = 0.15  # how long the window may take when another program has read the text
_LATE_SECONDS: Final = 10.0  # how much later it may still ask
_KEYS_SECONDS: Final = 1.0  # how long our own keys may take to come back
_ATTEMPTS: Final = 3
# With one of these held, Backspace and Shift+Insert are other commands.
_COMMAND_MASK: Final = X.ControlMask | X.Mod1Mask | X.Mod4Mask
_HELD_MASK: Final = _COMMAND_MASK | X.ShiftMask | X.Mod3Mask | X.Mod5Mask
# Programs whose Shift+Insert pastes the primary selection rather than the clipboard.
_PRIMARY_PASTERS: Final = frozenset({
    "xterm", "uxterm", "urxvt", "rxvt", "aterm", "eterm", "mlterm", "st", "st-256color", "alacritty", "kitty",
    "gnome-terminal", "gnome-terminal-server", "xfce4-terminal", "mate-terminal", "tilix", "terminator",
    "lxterminal", "guake",
})  # fmt: skip


@dataclass
class _Hold:
    """The grab, and what the person did while it lasted."""

    window: Any  # where the grab is: the outermost window around the focus, in which the focus may move
    readers: frozenset[int]  # windows of the program that is expected to read the text
    next_heard: int = 0  # index in the listener's queue of the next key that comes under the grab
    frozen: Any = None  # the one key press that the server has shown us and waits for our word on
    kept: list[Heard] = field(default_factory=list)  # taken away from the window, to be typed again


class X11Injector:
    """Fulfils `ports.Injector` in real windows."""

    def __init__(
        self, session: Session, listener: Listener, selections: Selections, front_window: FrontWindow
    ) -> None:
        self._session = session
        self._display = session.display
        self._listener = listener
        self._selections = selections
        self._front_window = front_window
        self._let_go: set[int] = set()

    def inject(self, injection: Injection) -> None:
        # The right Shift, so that a person's left one is not taken for ours where both come from one device.
        keys = self._keys("BackSpace", "Insert", "Shift_R", "Left")
        paste = _Paste(injection.text, injection.caret)
        self._selections.offer(paste.text, self._selection_names())
        try:
            hold = self._grab(self._session.focus())
        except InjectionFailed:
            self._selections.restore()
            raise
        self._selections.restore_after(_LATE_SECONDS)
        try:
            ahead = self._typed_ahead(hold)
            paste.add(ahead)
            self._let_go_of_modifiers()
            self._erase(hold, keys["BackSpace"], injection.erase + len(clusters(ahead)))
            self._press_paste(hold, keys["Shift_R"], keys["Insert"], paste)
            if not self._wait_until_read(hold):
                # A window that asks later than that gets nothing, rather than the text twice or the old clipboard.
                self._selections.change("")
                self._selections.restore_after(_LATE_SECONDS)
                self._type_text(hold, injection.standing + ahead)
                raise InjectionFailed("the window did not take the text; what was typed was put back")
            self._selections.restore_after()
            self._strike(hold, [keys["Left"]] * paste.steps_back, _COMMAND_MASK)
            self._type_kept(hold)
        finally:
            self._hold_modifiers_again()
            self._ungrab(hold)

    # -- before anything is sent -------------------------------------------------------------------

    def _keys(self, *names: str) -> dict[str, int]:
        found = {name: keycode for name, (keycode, _) in self._listener.layout.keycodes(*names).items()}
        if missing := [name for name in names if name not in found]:
            raise InjectionFailed(f"the keyboard layout has no {missing[0]} key")
        return found

    def _selection_names(self) -> tuple[str, ...]:
        primary = self._front_window.current().wm_class.casefold() in _PRIMARY_PASTERS
        return ("CLIPBOARD", "PRIMARY") if primary else ("CLIPBOARD",)

    def _grab(self, focus: Any) -> _Hold:
        """From here on every key press waits for our word. What was pressed before is in the listener's queue."""
        # The synchronous grab of the whole keyboard tells whether another program has it, and freezes the keys
        # until the passive grab is in place, so that none slips through between the two.
        status = focus.grab_keyboard(False, X.GrabModeAsync, X.GrabModeSync, X.CurrentTime)
        if status != X.GrabSuccess:
            raise InjectionFailed(
                "another program has taken the keyboard, as a password question or a menu does"
            )
        try:
            hold = _Hold(self._passive_grab(focus), frozenset({focus.id, self._front_window.id()}))
        finally:
            self._display.ungrab_keyboard(X.CurrentTime)
        self._settle(hold)
        hold.next_heard = len(self._listener.queue)
        if hold.frozen:
            shown = (hold.frozen.detail, hold.frozen.time)
            for index, heard in enumerate(self._listener.queue):
                if (heard.keycode, heard.time) == shown:
                    hold.next_heard = index
                    break
        return hold

    def _passive_grab(self, focus: Any) -> Any:
        """Grab on the outermost window around the focus on which no other program has reserved keys."""
        for window in reversed(self._session.around(focus)):
            refused = CatchError(BadAccess)
            window.grab_key(X.AnyKey, X.AnyModifier, False, X.GrabModeAsync, X.GrabModeSync, onerror=refused)
            self._display.sync()
            if not refused.get_error():
                return window
        raise InjectionFailed("another program has reserved the keys of this window")

    def _settle(self, hold: _Hold) -> None:
        """Take in what the server has said so far; a modifier that the person presses goes its way."""
        while True:
            self._display.sync()
            for event in self._session.events():
                if event.type == X.KeyPress:
                    hold.frozen = event
            if not hold.frozen or hold.frozen.detail not in self._listener.modifier_masks:
                return
            self._let_through(hold)

    def _typed_ahead(self, hold: _Hold) -> str:
        """What the person typed after the trigger and before the grab: it stands in the window already."""
        passed = list(self._listener.queue)[: hold.next_heard]
        if any(
            heard.composing or not (heard.event.text or heard.event.name in SILENT_NAMES) for heard in passed
        ) or any(heard.event.name in ("Return", "Tab") for heard in passed):
            raise InjectionFailed("other keys were pressed before the text could go in")
        return "".join(heard.event.text for heard in passed)

    # -- keys --------------------------------------------------------------------------------------

    def _down(self, keycode: int) -> None:
        self._listener.expect(X.KeyPress, keycode)
        xtest.fake_input(self._display, X.KeyPress, keycode)

    def _up(self, keycode: int) -> None:
        self._listener.expect(X.KeyRelease, keycode)
        xtest.fake_input(self._display, X.KeyRelease, keycode)

    def _let_through(self, hold: _Hold) -> None:
        hold.frozen = None
        self._display.allow_events(X.ReplayKeyboard, X.CurrentTime)
        self._display.flush()

    def _take_away(self, hold: _Hold) -> None:
        """The shown key press ends with us; the passive grab is ready for the next one."""
        hold.frozen = None
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()

    def _keep(self, hold: _Hold) -> None:
        """Take the shown key press away from the window, to be typed again later."""
        event = hold.frozen
        if event.detail in self._listener.modifier_masks:
            self._let_through(hold)
            return
        hold.kept.append(self._heard(hold, event))
        self._take_away(hold)

    def _heard(self, hold: _Hold, event: Any) -> Heard:
        """The listener's entry for a key press that was shown to us."""
        queue = self._listener.queue
        if hold.next_heard < len(queue) and queue[hold.next_heard].keycode == event.detail:
            hold.next_heard += 1
            return queue[hold.next_heard - 1]
        # A repeating key is shown each time, but heard only once.
        return Heard(key_event(self._listener.layout.peek(event.detail)), event.detail, event.time)

    def _next_shown(self, hold: _Hold, deadline: float) -> bool:
        """Wait until the server shows a key press; False when `deadline` comes first."""
        while hold.frozen is None:
            event = self._session.next(deadline)
            if event is None:
                return False
            if event.type == X.KeyPress:
                hold.frozen = event
        return True

    def _strike(self, hold: _Hold, keycodes: list[int], forbidden: int) -> None:
        """Strike our keys one after the other, none with a modifier of the mask `forbidden`.

        The person's keys that come in between are kept.
        """
        for _ in range(_ATTEMPTS):
            for keycode in keycodes:
                self._down(keycode)
                self._up(keycode)
            self._display.flush()
            refused = self._judge(hold, keycodes, forbidden)
            if not refused:
                return
            self._let_go_of_modifiers()
            keycodes = refused
        raise InjectionFailed("a modifier key is being held down")

    def _judge(self, hold: _Hold, ours: list[int], forbidden: int = 0) -> list[int]:
        """Let `ours` through as they are shown, keep all others; those with a `forbidden` modifier are returned."""
        refused: list[int] = []
        deadline = time.monotonic() + _KEYS_SECONDS
        waiting = deque(ours)
        while waiting:
            if not self._next_shown(hold, deadline):
                raise InjectionFailed("the keys did not reach the window")
            if hold.frozen.detail != waiting[0]:
                self._keep(hold)
                continue
            keycode = waiting.popleft()
            if hold.frozen.state & forbidden:
                refused.append(keycode)
                self._take_away(hold)
            else:
                self._let_through(hold)
        return refused

    def _erase(self, hold: _Hold, backspace: int, count: int) -> None:
        self._strike(hold, [backspace] * count, _COMMAND_MASK)

    def _press_paste(self, hold: _Hold, shift: int, insert: int, paste: _Paste) -> None:
        """Shift+Insert; the text may still grow by what the person types until Insert is let through."""
        for _ in range(_ATTEMPTS):
            for act, keycode in (
                (self._down, shift),
                (self._down, insert),
                (self._up, insert),
                (self._up, shift),
            ):
                act(keycode)
            self._display.flush()
            self._judge(hold, [shift])
            deadline = time.monotonic() + _KEYS_SECONDS
            while self._next_shown(hold, deadline) and hold.frozen.detail != insert:
                self._keep(hold)
            if hold.frozen is None:
                raise InjectionFailed("the keys did not reach the window")
            if hold.frozen.state & _COMMAND_MASK or not hold.frozen.state & X.ShiftMask:
                self._take_away(hold)
                self._let_go_of_modifiers()
                continue
            while hold.kept and _is_plain_text(hold.kept[0]):
                paste.add(hold.kept.pop(0).event.text)
            self._selections.change(paste.text)
            self._let_through(hold)
            return
        raise InjectionFailed("a modifier key is being held down")

    def _wait_until_read(self, hold: _Hold) -> bool:
        """Until the window has read the text whole; the person's next key waits in the server meanwhile."""
        deadline = time.monotonic() + _PASTE_SECONDS
        while not self._was_read(hold):
            if self._selections.readers:
                # Either the window reads through a helper of its own, or a clipboard manager was faster.
                deadline = min(deadline, time.monotonic() + _OTHER_READER_SECONDS)
            event = self._session.next(deadline)
            if event is None:
                return bool(self._selections.readers)
            if event.type != X.KeyPress:
                continue
            hold.frozen = event
            if hold.kept or not self._is_as_typed(hold, event):
                self._keep(hold)
        return True

    def _was_read(self, hold: _Hold) -> bool:
        return any(
            self._session.same_client(reader, window)
            for reader in self._selections.readers
            for window in hold.readers
        )

    def _is_as_typed(self, hold: _Hold, event: Any) -> bool:
        """Whether the key has just the modifiers that the person holds, and not one of ours."""
        queue = self._listener.queue
        held = queue[hold.next_heard].held if hold.next_heard < len(queue) else self._listener.modifiers_down
        mask = 0
        for keycode in held:
            mask |= self._listener.modifier_masks.get(keycode, 0)
        return bool(event.state & _HELD_MASK == mask & _HELD_MASK)

    def _type_kept(self, hold: _Hold) -> None:
        """Type what was kept, and what comes while that is done, in order."""
        if hold.kept and hold.frozen:
            self._keep(hold)
        while hold.kept:
            strokes, hold.kept = hold.kept, []
            for stroke in strokes:
                self._type_stroke(
                    hold, stroke.keycode, [k for k in stroke.held if self._listener.modifier_masks.get(k)]
                )

    def _type_stroke(self, hold: _Hold, keycode: int, modifiers: list[int]) -> None:
        self._let_go_of_modifiers()
        for modifier in modifiers:
            self._down(modifier)
        if self._listener.is_down(keycode):
            # The server ignores a press of a key that it believes to be down.
            self._up(keycode)
        self._down(keycode)
        self._up(keycode)
        for modifier in modifiers:
            self._up(modifier)
        self._display.flush()
        self._judge(hold, [*modifiers, keycode])

    def _type_text(self, hold: _Hold, text: str) -> None:
        """Put `text` back key by key, as far as the layout has its characters, and then what was kept."""
        if hold.frozen:
            self._keep(hold)
        known = self._listener.layout.keycodes(*text, "Shift_L", "ISO_Level3_Shift")
        for character in text:
            if character in known:
                keycode, level = known[character]
                names = [name for bit, name in ((1, "Shift_L"), (2, "ISO_Level3_Shift")) if level & bit]
                self._type_stroke(hold, keycode, [known[name][0] for name in names if name in known])
        self._type_kept(hold)

    # -- modifiers ---------------------------------------------------------------------------------

    def _let_go_of_modifiers(self) -> None:
        """Release what the server believes to be held, whoever pressed it."""
        down = self._display.query_keymap()
        for keycode, mask in self._listener.modifier_masks.items():
            if mask & _HELD_MASK and down[keycode // 8] >> keycode % 8 & 1:
                self._let_go.add(keycode)
                self._up(keycode)

    def _hold_modifiers_again(self) -> None:
        """Press again what we released and the person's fingers still hold."""
        for keycode in self._let_go & self._listener.modifiers_down:
            self._listener.lend(keycode)
            self._down(keycode)
        self._let_go.clear()
        self._display.flush()

    def _ungrab(self, hold: _Hold) -> None:
        """Let everything go its way again, first of all the key that waits."""
        hold.window.ungrab_key(X.AnyKey, X.AnyModifier)
        if hold.frozen:
            self._let_through(hold)
        self._display.sync()
        for event in self._session.events():
            if event.type == X.KeyPress:
                hold.frozen = event
        if hold.frozen:
            self._let_through(hold)
        self._display.sync()
        self._listener.expect_nothing()


@dataclass
class _Paste:
    """The text that goes in, and where the caret ends up."""

    text: str
    caret: int | None

    def add(self, typed: str) -> None:
        """The person has typed on: at the caret."""
        if self.caret is None:
            self.text += typed
        else:
            self.text = self.text[: self.caret] + typed + self.text[self.caret :]
            self.caret += len(typed)

    @property
    def steps_back(self) -> int:
        """How many times Left leads from the end of the text to the caret."""
        return 0 if self.caret is None else len(clusters(self.text[self.caret :]))


def _is_plain_text(heard: Heard) -> bool:
    return bool(heard.event.text) and heard.event.name not in ("Return", "Tab")
