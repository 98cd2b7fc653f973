"""While a text goes in, every key press of the person's on the window in front waits for our word.

A passive, synchronous grab of every key shows us each press before the window gets it, in the server's own order,
and holds back all that follows until we have answered (Xlib, "Keyboard grabbing" and "Resuming event processing"):

- a key of the person's that comes too early is kept, and typed again afterwards;
- a key that may come where it is simply stays in the server's queue until then;
- our own keys go their way unseen, all in one piece, because the grab leaves them out while the server takes that
  piece in. Where a key of the person's comes between even so, each press of ours that follows is shown as well, and
  let through by itself, provided that no modifier has made another command of it.

Nothing can come between our keys. Should this program be killed half-way, the server drops the grab by itself.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import Event, KeyPressed
from motjuste.adapters.x11.listening import Heard, Listener, key_event
from motjuste.adapters.x11.session import Session, XError
from motjuste.ports import InjectionFailed

COMMAND_MASK: Final = requests.CONTROL | requests.ALT | requests.SUPER
"""Modifiers with which a key is a command."""
HELD_MASK: Final = COMMAND_MASK | requests.SHIFT | requests.MOD3 | requests.MOD5
"""Modifiers that are held down, unlike Caps Lock and Num Lock."""
_ATTEMPTS: Final = 6
_PATIENCE_SECONDS: Final = 0.02
_FINGERS_SECONDS: Final = 1.0
_ACCENT_SECONDS: Final = 1.0  # how long somebody may take from a dead key to its letter


@dataclass(frozen=True, slots=True)
class Press:
    """One of our key presses: of the modifiers in `mask`, just those in `wanted` must be in force."""

    keycode: int
    mask: int = 0
    wanted: int = 0


class Gate:
    """Open from its making until `close`; `free` are the keys that our own strokes need most.

    Raises InjectionFailed when it cannot be opened.
    """

    def __init__(self, session: Session, listener: Listener, free: Iterable[int] = ()) -> None:
        self._session = session
        self._listener = listener
        self._free = frozenset(free)
        self._shown: KeyPressed | None = (
            None  # the press that the server has shown us and waits for our word on
        )
        self.kept: list[Heard] = []
        self.too_many: Counter[int] = Counter()
        """How often the window has got a key more often than we struck it: each of them is kept as well."""
        self._last_word = 0
        self._modifier_came = False
        self._unseen = False
        """Whether our last strokes were left out of the grab."""
        self._certain = listener.presses
        """Of so many presses it is known whether the gate has shown them."""
        listener.ours_under_way = True
        session.listeners.append(self._note)
        try:
            self.focus, self._window, self._keys_down = self._open()
        except BaseException as problem:
            session.listeners.remove(self._note)
            session.sync()
            listener.ours_under_way = False
            if isinstance(problem, XError):
                raise InjectionFailed("the window has closed") from problem
            raise
        self._next_heard = 0  # the number of the next key that we have to judge
        self._next_heard = self._first_at_the_gate()

    def _open(self) -> tuple[int, int, bytes]:
        """The window with the focus, the one around it whose keys are ours to judge, and the keys that are down."""
        try:
            around = self._listener.focus()
        except XError:
            around = self._listener.focus(afresh=True)
        for _ in range(_ATTEMPTS):
            # On the outermost window around the focus, because toolkits move the focus about within.
            for window in reversed(around):
                reserved = self._session.reserve_keys(around[0], window)
                if not reserved.keyboard_free:
                    raise InjectionFailed(
                        "another program has taken the keyboard, as a password question or a menu does"
                    )
                if not reserved.in_focus:
                    break
                if reserved.granted:
                    return around[0], window, reserved.keys_down
            else:
                raise InjectionFailed("another program has reserved the keys of this window")
            around = self._listener.focus(afresh=True)
        raise InjectionFailed("the focus moves about")

    def _first_at_the_gate(self) -> int:
        self._look()
        while self.is_asked and self._shown_key.keycode in self._listener.modifier_masks:
            self.let_through()
            self._modifier_came = True
            self._is_shown()
        if self._shown and (entry := self._entry_of(self._shown)):
            return entry.number
        return self._listener.next_number

    @property
    def typed_ahead(self) -> list[Heard]:
        """What the person has done that the engine has not seen yet and that the window has got already."""
        kept = {heard.number for heard in self.kept}
        return [h for h in self._listener.queue if h.number < self._next_heard and h.number not in kept]

    def let_accent_end(self) -> None:
        """A dead key or Compose that the window has got already goes on until it has a letter: until then a
        Backspace would end it rather than erase.
        """
        deadline = time.monotonic() + _ACCENT_SECONDS
        while (passed := self.typed_ahead) and passed[-1].composing:
            while not self._is_shown():
                if self._session.next(deadline) is None:
                    return
            if self._shown_key.keycode in self._listener.modifier_masks:
                self._modifier_came = True
            else:
                self._heard(self._shown_key)
            self.let_through()

    def _note(self, event: Event) -> None:
        if isinstance(event, KeyPressed):
            self._shown = event

    # -- the person's keys -------------------------------------------------------------------------

    def _is_shown(self) -> bool:
        """Whether a press waits for our word, once the server has said all that it has to say."""
        if self._shown is None:
            self._session.sync(self._last_word)
            self._look()
        return self.is_asked

    def _look(self) -> None:
        """See what has come with the answer to our last question: the server tells everything in its order.

        Of a press it tells twice, first that there was one. Where that is all that has come, the rest, with which
        the gate shows it, is still on its way: it is here with the answer to a further question.
        """
        self._hear()
        while self._shown is None and self._certain != self._listener.presses:
            self._certain = self._listener.presses
            self._session.sync()
            self._hear()

    def _hear(self) -> None:
        for _ in self._session.events():
            pass

    @property
    def _shown_key(self) -> KeyPressed:
        assert self._shown is not None
        return self._shown

    def _comes(self) -> bool:
        """Wait for a press that we have just sent; when it does not come, ask the server whether it ever will."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._shown is None and self._session.next(deadline) is not None:
            pass
        return self._is_shown()

    @property
    def is_asked(self) -> bool:
        """Whether the server waits for our word on a press."""
        return self._shown is not None

    def let_through(self) -> None:
        """The shown press goes on to the window."""
        self._shown = None
        self._session.send(requests.allow_keys(requests.REPLAY_KEYBOARD))
        self._said()

    def _take_away(self) -> None:
        """The shown press ends with us; the passive grab is ready for the next one."""
        self._shown = None
        self._session.send(requests.ungrab_keyboard())
        self._said()

    def _keep(self) -> None:
        """Take the shown press away from the window, to be typed again; a modifier goes its way."""
        event = self._shown_key
        if event.keycode in self._listener.modifier_masks:
            self.let_through()
            self._modifier_came = True
            return
        self.kept.append(self._heard(event))
        self._take_away()

    def keep_what_cannot_wait(self, never: frozenset[int] = frozenset()) -> None:
        """Leave the shown press where it is, unless it comes after kept ones or with a modifier of ours.

        The keys of `never` must not reach the window.
        """
        while self._is_shown() and (
            self.kept
            or self._shown_key.keycode in never
            or self._shown_key.keycode in self._listener.modifier_masks
            or not self._is_as_typed(self._shown_key)
        ):
            self._keep()

    def _heard(self, event: KeyPressed) -> Heard:
        """The listener's entry for a press that was shown to us."""
        if heard := self._entry_of(event):
            self._next_heard = heard.number + 1
            return heard
        # A repeating key is shown each time, but heard only once.
        again = key_event(self._listener.layout.peek(event.keycode))
        return Heard(again, 0, event.keycode, event.time, self._listener.modifiers_down)

    def _entry_of(self, event: KeyPressed) -> Heard | None:
        for heard in self._listener.queue:
            if heard.number >= self._next_heard and (heard.keycode, heard.time) == (
                event.keycode,
                event.time,
            ):
                return heard
        return None

    def _is_the_persons(self, event: KeyPressed) -> bool:
        """Whether the shown press is one that the listener has heard from the person."""
        return self._entry_of(event) is not None

    def _is_as_typed(self, event: KeyPressed) -> bool:
        """Whether the press has just the modifiers that the person held for it."""
        heard = self._entry_of(event)
        held = heard.held if heard else self._listener.modifiers_down
        return bool(event.state & HELD_MASK == self._mask(held))

    def _mask(self, held: frozenset[int]) -> int:
        mask = 0
        for keycode in held:
            mask |= self._listener.modifier_masks.get(keycode, 0)
        return int(mask & HELD_MASK)

    # -- our keys ----------------------------------------------------------------------------------

    def _down(self, keycode: int) -> None:
        self._listener.expect(requests.KEY_PRESS, keycode)
        self._session.fake_key(requests.KEY_PRESS, keycode)

    def _up(self, keycode: int) -> None:
        self._listener.expect(requests.KEY_RELEASE, keycode)
        self._session.fake_key(requests.KEY_RELEASE, keycode)

    def strike(self, presses: list[Press], *, hold: tuple[int, ...] = ()) -> None:
        """Strike our keys one after the other, with the keys of `hold` held down for each.

        The person's keys that come in between are kept. Raises InjectionFailed when the keys do not arrive.
        """
        self.send(presses, hold=hold)
        self.arrive(presses, hold=hold)

    def arrive(self, presses: list[Press], *, hold: tuple[int, ...] = ()) -> None:
        """Make sure that what was sent has arrived. Raises InjectionFailed when it does not."""
        for _ in range(_ATTEMPTS):
            presses = self._judge(presses)
            if not presses:
                return
            self._stay()
            self._wait_for_fingers(presses)
            self._keys_down = b""
            self.let_go_of_modifiers()
            self.send(presses, hold=hold)
        raise InjectionFailed("the keys do not reach the window as they should")

    def send(self, presses: list[Press], *, hold: tuple[int, ...] = ()) -> None:
        """Strike our keys, of which `arrive` has to make sure."""
        if self._modifier_came:
            self.let_go_of_modifiers()
        used = {*hold, *(press.keycode for press in presses)}
        # A held key repeats, and its repetitions must not go their way with ours.
        self._unseen = not self.is_asked and used <= self._free and not any(map(self._listener.is_held, used))
        if self._unseen:
            # No other client's request comes between: what types by XTEST, as we do, could not be told apart.
            self._session.send(requests.grab_server())
            for keycode in used:
                self._session.send(requests.ungrab_key(self._window, keycode))
        for keycode in {press.keycode for press in presses}:
            if self._listener.is_down(keycode):
                # The server ignores a press of a key that it believes to be down.
                self._up(keycode)
        for press in presses:
            for keycode in hold:
                self._down(keycode)
            self._down(press.keycode)
            self._up(press.keycode)
            for keycode in reversed(hold):
                self._up(keycode)
        if self._unseen:
            for keycode in used:
                self._session.send(requests.grab_key(self._window, keycode))
            self._session.send(requests.ungrab_server())
        self._said()

    def _said(self) -> None:
        """What follows from our last request is known once the server has answered a later one."""
        self._last_word = self._session.last_sent
        self._session.flush()

    def _judge(self, ours: list[Press]) -> list[Press]:
        """Let `ours` through as they are shown and keep all others; those that did not arrive are returned."""
        if self._unseen:
            self._unseen = False
            if not self._is_shown():
                return self._make_up(ours, self._keep_what_slipped_in())
            # A key of the person's stopped ours somewhere in between. What is shown from now on has not arrived.
            self.too_many.update(heard.keycode for heard in self._keep_what_slipped_in())
            return self._judge_the_rest(ours)
        missing: list[Press] = []
        waiting = deque(ours)
        while waiting and self._comes():
            if self._shown_key.keycode != waiting[0].keycode or self._is_the_persons(self._shown_key):
                self._keep()
                continue
            self._judge_one(waiting.popleft(), missing)
        return [*missing, *waiting]

    def _judge_the_rest(self, ours: list[Press]) -> list[Press]:
        """As `_judge`, where it is not known how many of `ours` have gone through already."""
        missing: list[Press] = []
        by_keycode = {press.keycode: press for press in ours}
        while self._is_shown():
            press = by_keycode.get(self._shown_key.keycode)
            if press is None or self._is_the_persons(self._shown_key):
                self._keep()
            else:
                self._judge_one(press, missing)
        return missing

    def _wait_for_fingers(self, presses: list[Press]) -> None:
        """Until the person's fingers have left the keys that we need."""
        deadline = time.monotonic() + _FINGERS_SECONDS
        while any(self._listener.is_held(press.keycode) for press in presses):
            if self._session.next(deadline) is None:
                return
            if self.is_asked:
                self._keep()

    def _make_up(self, ours: list[Press], slipped: list[Heard]) -> list[Press]:
        """Those of `ours` that the server has dropped, as it does while the person holds the same key down."""
        balance = Counter(heard.keycode for heard in slipped)
        balance.subtract(self._listener.expect_nothing())
        missing: list[Press] = []
        for press in ours:
            if balance[press.keycode] < 0:
                balance[press.keycode] += 1
                missing.append(press)
        self.too_many += balance
        return missing

    def _keep_what_slipped_in(self) -> list[Heard]:
        """The person has struck one of the free keys among ours: it has to come after the text as well."""
        shown = self._shown and self._entry_of(self._shown)
        end = shown.number if shown else self._listener.next_number
        slipped = [
            heard
            for heard in self._listener.queue
            if self._next_heard <= heard.number < end and heard.keycode in self._free
        ]
        self.kept += slipped
        if slipped:
            self._next_heard = slipped[-1].number + 1
        return slipped

    def _judge_one(self, press: Press, missing: list[Press]) -> None:
        if self._shown_key.state & press.mask == press.wanted:
            self.let_through()
        else:
            missing.append(press)
            self._take_away()

    def _stay(self) -> None:
        """Make sure that the window is still the one that we began with."""
        try:
            inside = self._window in self._session.around(self._session.focus())
        except XError:
            inside = False
        if not inside:
            raise InjectionFailed("another window came to the front")

    def take(self, heard: Heard) -> bool:
        """Keep a press from the window for good; False when it is there already."""
        if heard not in self.kept:
            return False
        self.kept.remove(heard)
        return True

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
        presses = [Press(keycode, HELD_MASK, self._mask(frozenset(held)))]
        with self._alone():
            self.send(presses, hold=held)
        self.arrive(presses, hold=held)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """No other program's key comes between what we know of the keyboard and our own key.

        Who types as we do may be striking the same letter (a remote desktop, a double letter): the server would drop
        the second of two presses of a key, and take the one for the other.
        """
        if not self._listener.typed_as_we_do:
            yield
            return
        self._session.send(requests.grab_server())
        try:
            self._said()
            while self._is_shown():
                self._keep()
            yield
        finally:
            self._session.send(requests.ungrab_server())
            self._said()

    # -- modifiers ---------------------------------------------------------------------------------

    def let_go_of_modifiers(self) -> None:
        """Release what the server believes to be held, whoever pressed it."""
        down, self._keys_down = self._keys_down or self._session.keys_down(), b""
        self._modifier_came = False
        for keycode, mask in self._listener.modifier_masks.items():
            if mask & HELD_MASK and down[keycode // 8] >> keycode % 8 & 1:
                self._up(keycode)

    def _hold_modifiers_again(self) -> None:
        """Press again what the person's fingers hold, and the server believes to be up since our own keys."""
        held = {each for each in self._listener.modifiers_down if self._mask(frozenset({each}))}
        down = self._session.keys_down() if held else b""
        for keycode in held:
            if not down[keycode // 8] >> keycode % 8 & 1:
                self._listener.lend(keycode)
                self._down(keycode)
        self._said()

    # -- the end -----------------------------------------------------------------------------------

    def is_done_with(self, heard: Heard | None) -> bool:
        """Whether `heard`, the next thing the engine will see, has reached the window or is kept for it."""
        return heard is not None and heard.number < self._next_heard

    def finish(self, never: frozenset[int] = frozenset()) -> bool:
        """Close, unless there is something that has to be kept first; the keys of `never` must not get through."""
        while self.kept and not self.kept[0].number:
            self._type(self.kept[0])
            del self.kept[0]
        self._hold_modifiers_again()
        self.keep_what_cannot_wait(never)
        for _ in range(_ATTEMPTS):
            if self.kept or not self._listener.expects_more:
                break
            self._wait_for_our_modifiers()
            self.keep_what_cannot_wait(never)
        if self.kept:
            return False
        self.close()
        return True

    def _wait_for_our_modifiers(self) -> None:
        """A finger may leave a key just as we hold it again, and the next key must not become a command by that.

        Ours comes behind the press that is shown; what comes with it has to be judged as well.
        """
        if self._shown:
            self._heard(self._shown)
            self.let_through()
        self._session.sync()
        self._look()

    def give_up(self) -> None:
        """Close, and type what was kept into whatever has the focus: better there than nowhere."""
        self.close()
        for heard in self.kept:
            held = [k for k in heard.held if self._mask(frozenset({k}))]
            for keycode in (*held, heard.keycode):
                self._down(keycode)
            for keycode in (heard.keycode, *reversed(held)):
                self._up(keycode)
        self._session.sync()
        self._listener.expect_nothing()

    def close(self) -> None:
        """Let everything go its way again, first of all the key that waits."""
        self._session.send(requests.ungrab_key(self._window, requests.ANY))
        self._said()
        while self._is_shown():
            self.let_through()
        self._listener.expect_nothing()
        self._listener.ours_under_way = False
        self._session.listeners.remove(self._note)
