"""From raw key events to what a person typed: our own keys left out, layouts and dead keys applied."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import (
    Event,
    FocusChanged,
    LayoutChanged,
    LocksChanged,
    PropertyChanged,
    RawInput,
)
from motjuste.adapters.x11.front_window import FrontWindow
from motjuste.adapters.x11.lateness import Lateness
from motjuste.adapters.x11.session import Session
from motjuste.adapters.x11.xkb import Layout, Meaning
from motjuste.expansion.keys import KeyEvent

_MODIFIER_KEYS: Final = frozenset({
    "Shift_L", "Shift_R", "Control_L", "Control_R", "Alt_L", "Alt_R", "Super_L", "Super_R",
    "Meta_L", "Meta_R", "Hyper_L", "Hyper_R", "Caps_Lock", "Shift_Lock", "Num_Lock", "Scroll_Lock",
    "Mode_switch", "Multi_key", "NoSymbol", "ISO_Level3_Shift", "ISO_Level3_Latch", "ISO_Level3_Lock",
    "ISO_Level5_Shift", "ISO_Level5_Latch", "ISO_Level5_Lock", "ISO_Next_Group", "ISO_Prev_Group",
    "ISO_First_Group", "ISO_Last_Group",
})  # fmt: skip
_NAMES: Final = {"KP_Enter": "Return", "ISO_Enter": "Return", "KP_Tab": "Tab"}
_MAY_PASTE: Final = frozenset({"Insert", "KP_Insert", "XF86Paste", "Paste", "Menu"})
_CLICK: Final = KeyEvent(name="Click")
_FOCUS: Final = KeyEvent(name="Focus")
_DEAD_KEY: Final = KeyEvent(name="Multi_key")
_MAXIMUM_PENDING: Final = 4096
_LATE_SECONDS: Final = 5.0  # what was typed that long ago is not answered any more
_GRABBED: Final = "another program has taken the keyboard"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the person did: the event for the engine, and the key that made it (0 for a click).

    `number` counts what was heard; 0 is a repetition by a key that is held, which was not heard. `time` is the
    server's, in milliseconds.
    """

    event: KeyEvent
    number: int = 0
    keycode: int = 0
    time: int = 0
    held: frozenset[int] = field(default=frozenset())  # the modifier keys that were down
    composing: bool = False


class Listener:
    """Turns the session's raw events into a queue of what the person did.

    Our own keys are told apart by our own bookkeeping: `expect` names the keys that are about to be sent, and each
    is dropped as it comes back. Where a program types by XTEST as we do, and strikes the same key, it does not
    matter which is which.
    """

    def __init__(self, session: Session, layout: Layout, front_window: FrontWindow) -> None:
        self.queue: deque[Heard] = deque(maxlen=_MAXIMUM_PENDING)
        self.layout = layout
        self.ours_under_way = False
        """While we hold the keyboard ourselves, the news of a grab is ours."""
        self.on_command: Callable[[], None] = lambda: None
        """Called as the person does something that is not typing, such as a click or a key with Ctrl."""
        self.presses = 0
        """How many key presses of the person's were heard, modifiers among them."""
        self.typed_as_we_do = False
        """Whether the last of them came by XTEST, as those of a remote desktop do."""
        self._session = session
        self._expected: Counter[tuple[int, int]] = Counter()
        self._lost: Counter[int] = Counter()
        self._down: dict[int, int] = {}  # key -> when it went down
        self._modifiers_down = session.modifiers_down()
        self._held: set[int] = set(self._modifiers_down)
        self._lent: set[int] = set()
        self._last_pressed = 0
        self._count = 0
        self._lateness = Lateness(time.monotonic)
        self._deaf: set[str] = set()
        self.intercepted: frozenset[int] = frozenset()
        self._front_window = front_window
        self._active_name = session.atom("_NET_ACTIVE_WINDOW")
        self._active = front_window.id()
        self._focus = 0
        self._around: tuple[int, ...] = ()
        self._repeat_delay = session.repeat_delay()
        self._layout_changed = False
        self.modifier_masks = session.modifier_masks()
        # Remote desktops and other helpers type through the same devices, so this alone does not tell ours.
        self._our_devices = session.test_devices()
        session.listen_to_keyboard()
        self._watch_focus()
        session.listeners.append(self._hear)

    @property
    def modifiers_down(self) -> frozenset[int]:
        """The modifier keys that the person holds down now."""
        return self._modifiers_down

    def is_down(self, keycode: int) -> bool:
        return keycode in self._down

    def is_held(self, keycode: int) -> bool:
        """Whether a finger is on the key of a real keyboard: until it leaves, no window gets our press of it."""
        return keycode in self._held

    def expect(self, kind: int, keycode: int) -> None:
        """Our own key is about to be sent: `kind` is KEY_PRESS or KEY_RELEASE."""
        raw = requests.RAW_KEY_PRESS if kind == requests.KEY_PRESS else requests.RAW_KEY_RELEASE
        self._expected[raw, keycode] += 1

    @property
    def expects_more(self) -> bool:
        """Whether some of our own keys have not come back yet."""
        return any(self._expected.values())

    def heard(self, number: int) -> Heard | None:
        """The entry of the queue with this number, None when it has not been heard yet."""
        index = number - self.queue[0].number if self.queue else -1
        return self.queue[index] if 0 <= index < len(self.queue) else None

    @property
    def next_number(self) -> int:
        """The number of what will be heard next."""
        return self._count + 1

    def lend(self, keycode: int) -> None:
        """We hold a modifier down in the person's stead: when their finger leaves it, ours does too."""
        self._lent.add(keycode)

    def expect_nothing(self) -> Counter[int]:
        """All our keys have come back, or never will: how many presses of each key have not."""
        lost = self._lost + Counter({
            keycode: count for (kind, keycode), count in self._expected.items() if kind == requests.RAW_KEY_PRESS
        })  # fmt: skip
        self._expected.clear()
        self._lost.clear()
        return lost

    # -- deafness ----------------------------------------------------------------------------------

    @property
    def deaf(self) -> frozenset[str]:
        """Why nothing that is typed is heard now; empty when all is."""
        return frozenset(self._deaf)

    def be_deaf(self, reason: str, deaf: bool) -> None:
        """While there is any reason, what is typed is dropped, and what was typed before is forgotten."""
        if deaf == (reason in self._deaf):
            return
        if deaf:
            self._add(_FOCUS)
            self._deaf.add(reason)
        else:
            self._deaf.discard(reason)

    def _hear_again_if_free(self) -> None:
        """The end of a grab may have been told to a window that we did not listen to."""
        if _GRABBED in self._deaf and not self._session.keyboard_is_taken():
            self.be_deaf(_GRABBED, False)

    def _watch_focus(self) -> None:
        """The window with the focus is told when another program takes the keyboard, and so are we."""
        # Asked again after each answer: what happened before we listened to that window, nobody tells us.
        while (focus := self._session.focus()) != self._focus:
            self._session.hear_no_more(self._focus, requests.FOCUS_CHANGE)
            self._session.hear_of(focus, requests.FOCUS_CHANGE)
            self._focus, self._around = focus, ()
        if not self.ours_under_way:
            # It may have been taken before we listened to this window.
            self.be_deaf(_GRABBED, self._session.keyboard_is_taken())

    def focus(self, *, afresh: bool = False) -> tuple[int, ...]:
        """The window with the focus and those around it, from the inside out, as far as we have heard.

        `afresh` asks the server. Raises XError when the window has gone.
        """
        if afresh:
            self._around = ()
            self._watch_focus()
        if not self._around:
            self._around = tuple(self._session.around(self._focus))
        return self._around

    def _note_focus(self, event: FocusChanged) -> None:
        if not event.grab:
            self._watch_focus()
        elif event.window == self._focus and not self.ours_under_way and not self._is_kept_from_it:
            self.be_deaf(_GRABBED, not event.came)

    @property
    def _is_kept_from_it(self) -> bool:
        """Whether the window has lost the keyboard for a moment because a key of its is ours."""
        return self._last_pressed in self.intercepted

    # -- what comes in -----------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        if isinstance(event, RawInput):
            self._raw(event)
        elif isinstance(event, LayoutChanged):
            self._layout_changed = True
        elif isinstance(event, LocksChanged):
            if not event.keycode:
                # Not by a key, which we have followed, but by another program, such as a layout switcher.
                self.layout.lock(event.modifiers, event.group)
        elif isinstance(event, FocusChanged):
            self._note_focus(event)
        elif isinstance(event, PropertyChanged) and event.name == self._active_name:
            self._note_active_window()

    def _note_active_window(self) -> None:
        active = self._front_window.id()
        # Window managers also write it anew without a change.
        if active != self._active:
            self._active = active
            self._repeat_delay = self._session.repeat_delay()
            self._watch_focus()
            self._around = ()
            self._add(_FOCUS)

    def _raw(self, raw: RawInput) -> None:
        if self._layout_changed:
            self._layout_changed = False
            self.layout.refresh(self._modifiers_down)
            self.modifier_masks = self._session.modifier_masks()
        if raw.kind == requests.RAW_BUTTON_PRESS:
            self.on_command()
            self._add(_CLICK)
            return
        if raw.source in self._our_devices and self._is_ours(raw):
            return
        if raw.kind == requests.RAW_KEY_PRESS:
            self._pressed(raw)
        else:
            self._released(raw)

    def _is_ours(self, raw: RawInput) -> bool:
        """Whether this is one of the keys that we expect."""
        key = (raw.kind, raw.keycode)
        # Counted rather than in order: the person's release of a key that we have released comes as well.
        if not self._expected[key]:
            return False
        self._expected[key] -= 1
        if raw.kind == requests.RAW_KEY_PRESS and self.is_held(raw.keycode):
            self._lost[raw.keycode] += 1
        return True

    def _pressed(self, raw: RawInput) -> None:
        self.presses += 1
        self.typed_as_we_do = raw.source in self._our_devices
        self._forget_if_repeated(raw.time)
        self._down[raw.keycode] = raw.time
        if raw.source not in self._our_devices:
            self._held.add(raw.keycode)
        self._last_pressed = raw.keycode
        meaning = self.layout.press(raw.keycode)
        if meaning.keysym in _MODIFIER_KEYS:
            if meaning.keysym != "Multi_key":
                self._modifiers_down |= {raw.keycode}
            if not meaning.composing:
                return
        # A trigger that was typed while we were stopped stays: the person has long been elsewhere.
        late = self._lateness.of(raw.time) > _LATE_SECONDS
        event = key_event(meaning)
        if meaning.modifiers or event.name in _MAY_PASTE:
            self.on_command()
        self._add(_FOCUS if late else event, raw, composing=meaning.composing)

    def _add(self, event: KeyEvent, raw: RawInput | None = None, *, composing: bool = False) -> None:
        if self._deaf:
            self._hear_again_if_free()
            return
        self._count += 1
        keycode, time = (raw.keycode, raw.time) if raw else (0, 0)
        self.queue.append(Heard(event, self._count, keycode, time, self._modifiers_down, composing))

    def _released(self, raw: RawInput) -> None:
        self._forget_if_repeated(raw.time)
        self._down.pop(raw.keycode, None)
        self._held.discard(raw.keycode)
        self._modifiers_down -= {raw.keycode}
        self.layout.release(raw.keycode)
        if raw.keycode in self._lent:
            self._lent.discard(raw.keycode)
            self.expect(requests.KEY_RELEASE, raw.keycode)
            self._session.fake_key(requests.KEY_RELEASE, raw.keycode)
            self._session.flush()

    def _forget_if_repeated(self, now: int) -> None:
        """A key held down repeats, and raw events do not tell how often: what stands there is not known then."""
        since = self._down.get(self._last_pressed)
        if since is None or now - since < self._repeat_delay or self._last_pressed in self._modifiers_down:
            return
        self._down[self._last_pressed] = now
        self._add(_FOCUS)
        if again := self.layout.peek(self._last_pressed).text:
            self._add(KeyEvent(text=again) if again.isprintable() else _FOCUS)


def key_event(meaning: Meaning) -> KeyEvent:
    """The engine's view of a decoded key: Return and Tab are text, a dead key is nothing yet."""
    if meaning.composing:
        return _DEAD_KEY
    if meaning.cancelled:
        return _FOCUS
    name = _NAMES.get(meaning.keysym, meaning.keysym)
    if name in ("Return", "Tab") and not meaning.modifiers:
        return KeyEvent(text="\n" if name == "Return" else "\t", name=name)
    if meaning.modifiers:
        return KeyEvent(name=name, modifiers=meaning.modifiers)
    if meaning.text.isprintable() and meaning.text:
        return KeyEvent(text=meaning.text)
    return KeyEvent(name=name)
