"""Erase and insert as one act, while the person may go on typing.

The trigger goes by Backspaces, then the text comes by a paste, or key by key where the window's rule says so. The
gate keeps the person's keys apart from ours.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from motjuste.adapters.x11.front_window import FrontWindow
from motjuste.adapters.x11.gate import COMMAND_MASK, HELD_MASK, Gate, Press
from motjuste.adapters.x11.interception import Interception
from motjuste.adapters.x11.listening import Heard, Listener
from motjuste.adapters.x11.paste import Chord, Paste
from motjuste.adapters.x11.requests import ALT, CONTROL, SHIFT, SUPER
from motjuste.adapters.x11.selections import Selections
from motjuste.adapters.x11.session import Session
from motjuste.expansion.clusters import clusters
from motjuste.expansion.keys import SILENT_NAMES, KeyEvent
from motjuste.ports import Delivery, Injection, InjectionFailed

_HELD_KEYS: Final = {
    "shift": ("Shift_R", SHIFT), "ctrl": ("Control_R", CONTROL), "alt": ("Alt_L", ALT), "super": ("Super_L", SUPER),
}  # fmt: skip
# The right Shift, so that a person's left one is not taken for ours where both come from one device.
_PASTE: Final = "shift+Insert"
_FREE: Final = ("BackSpace", "Insert", "Shift_L", "Shift_R")
_NEWLINES: Final = {"return": "Return", "shift-return": "shift+Return"}


class X11Injector:
    """Fulfils `ports.Injector` in real windows."""

    def __init__(
        self, session: Session, listener: Listener, selections: Selections, front_window: FrontWindow
    ) -> None:
        self._session = session
        self._listener = listener
        self._selections = selections
        self._front_window = front_window
        self._interception = Interception(session, listener)
        self._gate: Gate | None = None

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """Keep what the person types from now on behind the gate.

        What had to be kept is typed key by key by `typed`, in step with the engine, so that a trigger in it is
        found as well; the gate stays open until then.
        """
        if self._gate is None:
            self._interception.end()
            try:
                free = self._listener.layout.keycodes(*_FREE).values()
                self._gate = Gate(self._session, self._listener, [keycode for keycode, _ in free])
            except InjectionFailed:
                self._interception.begin()
                raise
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
                yield self._delivered(queue.popleft())
            else:
                return

    def _delivered(self, heard: Heard) -> KeyEvent:
        """The event, once the window has its key, unless it is ours."""
        taken = self._interception.has_taken(heard)
        if heard.event.name in self._interception.names and (
            taken or (self._gate and self._gate.take(heard))
        ):
            return replace(heard.event, text="")
        if taken:
            # It was ours when it was struck, and nobody has a use for it any more.
            self.let_through(heard.event.name)
        if self._gate:
            with self._giving_up_on_failure(self._gate):
                self._gate.deliver(heard)
        return heard.event

    def _close_gate(self) -> None:
        if self._gate:
            with self._giving_up_on_failure(self._gate):
                if self._gate.finish(self._interception.keycodes):
                    self._gate = None
            if self._gate is None:
                self._interception.begin()

    @contextlib.contextmanager
    def _giving_up_on_failure(self, gate: Gate) -> Iterator[None]:
        try:
            yield
        except InjectionFailed:
            gate.give_up()
            self._gate = None

    def intercept(self, names: frozenset[str]) -> None:
        if names == self._interception.names:
            return
        self._interception.names = names
        if self._gate is None:
            self._interception.begin()

    def move(self, clusters: int) -> None:
        with self.holding():
            assert self._gate is not None
            key = self._keys("Left" if clusters < 0 else "Right")[0]
            self._gate.let_go_of_modifiers()
            self._gate.strike([Press(key, HELD_MASK)] * abs(clusters))

    def inject(self, injection: Injection) -> None:
        with self.holding():
            assert self._gate is not None
            self._inject(self._gate, injection)

    def let_through(self, name: str) -> None:
        with contextlib.suppress(InjectionFailed), self.holding():
            assert self._gate is not None
            self._gate.type_key(self._keys(name)[0])

    def _inject(self, gate: Gate, injection: Injection) -> None:
        backspace, left = self._keys("BackSpace", "Left")
        gate.let_accent_end()
        text = _Text(injection.text, injection.caret, typed_ahead=_typed_ahead(gate.typed_ahead))
        prepare, put = self._way(gate, injection.delivery, text.text)
        self._selections.settle()
        gate.let_go_of_modifiers()
        gate.too_many.clear()
        erase = [Press(backspace, COMMAND_MASK)] * (injection.erase + len(clusters(text.typed_ahead)))
        gate.send(erase)
        prepare()
        gate.arrive(erase)
        # A Backspace of the person's among ours has taken what stands before, and is typed again afterwards.
        if too_many := gate.too_many[backspace]:
            text.put_before("".join(clusters(injection.before)[-too_many:]))
        # The text may grow by what the person types until it is on its way.
        while gate.kept and _is_plain_text(gate.kept[0]):
            text.add(gate.kept.pop(0).event.text)
        if not put(text.text):
            self._put_back(gate, injection.standing + text.typed_ahead)
            raise InjectionFailed("the window did not take the text; what was typed was put back")
        gate.strike([Press(left, HELD_MASK)] * text.steps_back)

    def _keys(self, *names: str) -> list[int]:
        found = self._listener.layout.keycodes(*names)
        if missing := [name for name in names if name not in found]:
            raise InjectionFailed(f"the keyboard layout has no {missing[0]} key")
        return [found[name][0] for name in names]

    def _chord(self, written: str) -> Chord:
        """The keys of a chord such as "ctrl+shift+v". Raises InjectionFailed when the layout lacks one."""
        *held, key = written.split("+")
        names = [self._free_of_fingers(_HELD_KEYS[name][0]) for name in held]
        mask = sum(_HELD_KEYS[name][1] for name in held)
        keycode, *hold = self._keys(key, *names)
        return Chord(Press(keycode, COMMAND_MASK | SHIFT, mask), tuple(hold))

    def _free_of_fingers(self, name: str) -> str:
        """The modifier's other key, where the person's finger is on this one."""
        (keycode,) = self._keys(name)
        return f"{name[:-1]}L" if self._listener.is_down(keycode) and name.endswith("_R") else name

    # -- ways to put a text in -----------------------------------------------------------------------

    def _way(
        self, gate: Gate, delivery: Delivery, text: str
    ) -> tuple[Callable[[], None], Callable[[str], bool]]:
        """What prepares for a text, and what puts it in and tells whether the window took it.

        Raises InjectionFailed when there is no way.
        """
        newline = self._chord(_NEWLINES.get(delivery.newline, "Return"))
        if delivery.backend == "keys":
            strokes = self._strokes(text)
            if missing := next((each for each in text if each != "\n" and each not in strokes), ""):
                raise InjectionFailed(
                    f"the keyboard layout has no key for {unicodedata.name(missing, 'a character')}"
                )
            return lambda: None, lambda whole: self._type_out(gate, whole, newline)
        chord = self._chord(delivery.paste or _PASTE)
        names = ("CLIPBOARD", "PRIMARY") if delivery.selection == "primary" else ("CLIPBOARD",)
        paste = Paste(self._session, self._selections, gate, chord, names, self._front_window.id())
        if delivery.newline not in _NEWLINES:
            return paste.prepare, paste
        return paste.prepare, lambda whole: self._paste_lines(gate, whole, paste, newline)

    def _paste_lines(self, gate: Gate, text: str, paste: Paste, newline: Chord) -> bool:
        for number, line in enumerate(text.split("\n")):
            if number:
                gate.strike([newline.press], hold=newline.hold)
            # What stands there by now cannot be put back: only the first line may be refused.
            if not paste(line) and not number:
                return False
        return True

    def _type_out(self, gate: Gate, text: str, newline: Chord) -> bool:
        strokes = self._strokes(text)
        for character in text:
            if character == "\n":
                gate.strike([newline.press], hold=newline.hold)
            elif character in strokes:
                gate.type_key(*strokes[character])
        return True

    def _strokes(self, text: str) -> dict[str, tuple[int, tuple[int, ...]]]:
        """For each character that is on the layout, its key and the keys that are held for it."""
        known = self._listener.layout.keycodes(*text, "Shift_L", "ISO_Level3_Shift")
        held = {
            level: tuple(
                known[name][0]
                for bit, name in ((1, "Shift_L"), (2, "ISO_Level3_Shift"))
                if level & bit and name in known
            )
            for level in range(4)
        }
        return {
            character: (known[character][0], held[known[character][1]])
            for character in text
            if character in known
        }

    def _put_back(self, gate: Gate, text: str) -> None:
        """Type `text` key by key, as far as the layout has its characters; what was kept follows."""
        kept, gate.kept = gate.kept, []
        self._type_out(gate, text, self._chord("Return"))
        gate.kept = kept + gate.kept


class _Text:
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

    def put_before(self, text: str) -> None:
        """What stood before and has to stand there again."""
        self.text = text + self.text
        if self._caret is not None:
            self._caret += len(text)

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
