"""While a text goes in, every key press on the window in front waits for our word.

A passive, synchronous grab of every key shows us each press before the window gets it, in the server's own order,
and holds back all that follows until we have answered (Xlib, "Keyboard grabbing" and "Resuming event processing"):

- our own keys are let through, provided that no modifier has made another command of them;
- a key of the person's that comes too early is kept, and typed again afterwards;
- a key that may come where it is simply stays in the server's queue until then.

Nothing can come between our keys, and nothing is lost when this program ends half-way: the server then drops the
grab and delivers what it held.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from Xlib import X
from Xlib.error import BadAccess, CatchError, XError
from Xlib.ext import xtest

from motjuste.adapters.x11.listening import Heard, Listener, key_event
from motjuste.adapters.x11.session import Session
from motjuste.ports import InjectionFailed

COMMAND_MASK: Final = X.ControlMask | X.Mod1Mask | X.Mod4Mask
"""Modifiers with which a key is a command."""
HELD_MASK: Final = COMMAND_MASK | X.ShiftMask | X.Mod3Mask | X.Mod5Mask
"""Modifiers that are held down, unlike Caps Lock and Num Lock."""
_ATTEMPTS: Final = 6
_PATIENCE_SECONDS: Final = 0.02


@dataclass(frozen=True)
class Press:
    """One of our key presses: of the modifiers in `mask`, just those in `wanted` must be in force."""

    keycode: int
    mask: int = 0
    wanted: int = 0


class Gate:
    """Open from its making until `close`. Raises InjectionFailed when it cannot be opened."""

    def __init__(self, session: Session, listener: Listener) -> None:
        self._session = session
        self._display = session.display
        self._listener = listener
        self._shown: Any = None  # the one press that the server has shown us and waits for our word on
        self._let_go: set[int] = set()  # modifiers that we have released in the person's stead
        self.kept: list[Heard] = []
        self.focus = session.focus()
        session.listeners.append(self._note)
        try:
            self._window = self._open()
        except BaseException:
            session.listeners.remove(self._note)
            raise
        self._next_heard = self._first_at_the_gate()  # the number of the next key that we have to judge

    def _open(self) -> Any:
        # The synchronous grab of the whole keyboard tells whether another program has it, and freezes the keys
        # until the passive grab is in place, so that none slips through between the two.
        status = self.focus.grab_keyboard(False, X.GrabModeAsync, X.GrabModeSync, X.CurrentTime)
        if status != X.GrabSuccess:
            raise InjectionFailed(
                "another program has taken the keyboard, as a password question or a menu does"
            )
        try:
            # On the outermost window around the focus, because toolkits move the focus about within.
            for window in reversed(self._session.around(self.focus)):
                refused = CatchError(BadAccess)
                window.grab_key(
                    X.AnyKey, X.AnyModifier, False, X.GrabModeAsync, X.GrabModeSync, onerror=refused
                )
                self._display.sync()
                if not refused.get_error():
                    return window
            raise InjectionFailed("another program has reserved the keys of this window")
        finally:
            self._display.ungrab_keyboard(X.CurrentTime)
            self._display.flush()

    def _first_at_the_gate(self) -> int:
        while self._is_shown() and self._shown.detail in self._listener.modifier_masks:
            self.let_through()
        if self._shown:
            shown = (self._shown.detail, self._shown.time)
            for heard in self._listener.queue:
                if (heard.keycode, heard.time) == shown:
                    return heard.number
        return self._listener.next_number

    @property
    def typed_ahead(self) -> list[Heard]:
        """What the person has done that the engine has not seen yet and that the window has got already."""
        kept = {heard.number for heard in self.kept}
        return [h for h in self._listener.queue if h.number < self._next_heard and h.number not in kept]

    def _note(self, event: Any) -> None:
        if event.type == X.KeyPress:
            self._shown = event

    # -- the person's keys -------------------------------------------------------------------------

    def _is_shown(self) -> bool:
        """Whether a press waits for our word, once the server has said all that it has to say."""
        if self._shown is None:
            self._display.sync()
            for _ in self._session.events():
                pass
        return self._shown is not None

    def _comes(self) -> bool:
        """Wait for a press that we have just sent; when it does not come, ask the server whether it ever will."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._shown is None and self._session.next(deadline) is not None:
            pass
        return self._is_shown()

    def let_through(self) -> None:
        """The shown press goes on to the window."""
        self._shown = None
        self._display.allow_events(X.ReplayKeyboard, X.CurrentTime)
        self._display.flush()

    def _take_away(self) -> None:
        """The shown press ends with us; the passive grab is ready for the next one."""
        self._shown = None
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()

    def _keep(self) -> None:
        """Take the shown press away from the window, to be typed again; a modifier goes its way."""
        event = self._shown
        if event.detail in self._listener.modifier_masks:
            self.let_through()
            return
        self.kept.append(self._heard(event))
        self._take_away()

    def keep_what_cannot_wait(self) -> None:
        """Leave the shown press where it is, unless it comes after kept ones or with a modifier of ours."""
        while self._is_shown() and (
            self.kept
            or self._shown.detail in self._listener.modifier_masks
            or not self._is_as_typed(self._shown)
        ):
            self._keep()

    def _heard(self, event: Any) -> Heard:
        """The listener's entry for a press that was shown to us."""
        heard = self._listener.heard(self._next_heard)
        if heard and heard.keycode == event.detail:
            self._next_heard += 1
            return heard
        # A repeating key is shown each time, but heard only once.
        again = key_event(self._listener.layout.peek(event.detail))
        return Heard(again, 0, event.detail, event.time, self._listener.modifiers_down)

    def _is_the_persons(self, event: Any) -> bool:
        """Whether the shown press is one that the listener has heard from the person."""
        heard = self._listener.heard(self._next_heard)
        return heard is not None and (heard.keycode, heard.time) == (event.detail, event.time)

    def _is_as_typed(self, event: Any) -> bool:
        """Whether the press has just the modifiers that the person held for it."""
        heard = self._listener.heard(self._next_heard)
        held = heard.held if heard else self._listener.modifiers_down
        return bool(event.state & HELD_MASK == self._mask(held))

    def _mask(self, held: frozenset[int]) -> int:
        mask = 0
        for keycode in held:
            mask |= self._listener.modifier_masks.get(keycode, 0)
        return int(mask & HELD_MASK)

    # -- our keys ----------------------------------------------------------------------------------

    def _down(self, keycode: int) -> None:
        self._listener.expect(X.KeyPress, keycode)
        xtest.fake_input(self._display, X.KeyPress, keycode)

    def _up(self, keycode: int) -> None:
        self._listener.expect(X.KeyRelease, keycode)
        xtest.fake_input(self._display, X.KeyRelease, keycode)

    def strike(self, presses: list[Press], *, hold: tuple[int, ...] = ()) -> None:
        """Strike our keys one after the other, with the keys of `hold` held down for each.

        The person's keys that come in between are kept. Raises InjectionFailed when the keys do not arrive.
        """
        for _ in range(_ATTEMPTS):
            for press in presses:
                for keycode in hold:
                    self._down(keycode)
                if self._listener.is_down(press.keycode):
                    # The server ignores a press of a key that it believes to be down.
                    self._up(press.keycode)
                self._down(press.keycode)
                self._up(press.keycode)
                for keycode in reversed(hold):
                    self._up(keycode)
            self._display.flush()
            presses = self._judge(presses)
            if not presses:
                return
            self._stay()
            self.let_go_of_modifiers()
        raise InjectionFailed("the keys do not reach the window as they should")

    def _judge(self, ours: list[Press]) -> list[Press]:
        """Let `ours` through as they are shown and keep all others; those that did not arrive are returned."""
        missing: list[Press] = []
        waiting = deque(ours)
        while waiting and self._comes():
            if self._shown.detail != waiting[0].keycode or self._is_the_persons(self._shown):
                self._keep()
                continue
            press = waiting.popleft()
            if self._shown.state & press.mask == press.wanted:
                self.let_through()
            else:
                missing.append(press)
                self._take_away()
        return [*missing, *waiting]

    def _stay(self) -> None:
        """Make sure that the window is still the one that we began with."""
        try:
            inside = any(
                window.id == self._window.id for window in self._session.around(self._session.focus())
            )
        except XError:
            inside = False
        if not inside:
            raise InjectionFailed("another window came to the front")

    def deliver(self, heard: Heard) -> None:
        """The engine is about to see `heard`: type it, if it was kept, and what repeated before it."""
        while self.kept and self.kept[0].number in (0, heard.number):
            self._type(self.kept[0])
            del self.kept[0]

    def _type(self, heard: Heard) -> None:
        self.type_key(heard.keycode, tuple(k for k in heard.held if self._mask(frozenset({k}))))

    def type_key(self, keycode: int, held: tuple[int, ...] = ()) -> None:
        """Strike one key with just the modifier keys `held`."""
        self.let_go_of_modifiers()
        self.strike([Press(keycode, HELD_MASK, self._mask(frozenset(held)))], hold=held)

    # -- modifiers ---------------------------------------------------------------------------------

    def let_go_of_modifiers(self) -> None:
        """Release what the server believes to be held, whoever pressed it."""
        down = self._display.query_keymap()
        for keycode, mask in self._listener.modifier_masks.items():
            if mask & HELD_MASK and down[keycode // 8] >> keycode % 8 & 1:
                self._let_go.add(keycode)
                self._up(keycode)
        self._display.flush()

    def _hold_modifiers_again(self) -> None:
        """Press again what we released and the person's fingers still hold."""
        for keycode in self._let_go & self._listener.modifiers_down:
            self._listener.lend(keycode)
            self._down(keycode)
        self._let_go.clear()
        self._display.flush()

    # -- the end -----------------------------------------------------------------------------------

    def is_done_with(self, heard: Heard | None) -> bool:
        """Whether `heard`, the next thing the engine will see, has reached the window or is kept for it."""
        return heard is not None and heard.number < self._next_heard

    def finish(self) -> bool:
        """Close, unless there is something that has to be kept first."""
        while self.kept and not self.kept[0].number:
            self._type(self.kept[0])
            del self.kept[0]
        self._hold_modifiers_again()
        self.keep_what_cannot_wait()
        if self.kept:
            return False
        self.close()
        return True

    def give_up(self) -> None:
        """Close, and type what was kept into whatever has the focus: better there than nowhere."""
        self.close()
        for heard in self.kept:
            held = [k for k in heard.held if self._mask(frozenset({k}))]
            for keycode in (*held, heard.keycode):
                self._down(keycode)
            for keycode in (heard.keycode, *reversed(held)):
                self._up(keycode)
        self._display.sync()
        self._listener.expect_nothing()

    def close(self) -> None:
        """Let everything go its way again, first of all the key that waits."""
        self._window.ungrab_key(X.AnyKey, X.AnyModifier)
        while self._is_shown():
            self.let_through()
        self._listener.expect_nothing()
        self._session.listeners.remove(self._note)
