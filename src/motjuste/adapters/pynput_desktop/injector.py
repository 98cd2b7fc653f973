"""Erase and insert as one act, while the person may go on typing.

The trigger goes by Backspaces and the text comes by the paste chord of a borrowed clipboard, all of it in one row
of keys that nobody's typing can come between: the listener holds the person's keys back meanwhile, and they are
sent again afterwards. Both systems deliver keys in order, and a window pastes when it comes to the chord; so
nothing has to be waited for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from motjuste.adapters.pynput_desktop.borrowing import Loan
from motjuste.adapters.pynput_desktop.listening import Listener
from motjuste.adapters.pynput_desktop.strokes import ANY_CODE, DEAD_KEY, Stroke
from motjuste.adapters.pynput_desktop.system import System
from motjuste.expansion.clusters import clusters
from motjuste.expansion.keys import SILENT_NAMES, KeyEvent
from motjuste.ports import Delivery, Injection, InjectionFailed

LENT_SECONDS: Final = 0.8
"""How long the text stays on the clipboard. Measured on X11, a browser under load takes up to 0.1 s to read it;
here nothing tells when it was read, so this is a wait, and a generous one."""

_CHORD_KEYS: Final = {
    "ctrl": "Control_L", "control": "Control_L", "shift": "Shift_L", "alt": "Alt_L", "option": "Alt_L",
    "cmd": "Super_L", "super": "Super_L", "win": "Super_L", "insert": "Insert", "return": "Return",
    "enter": "Return",
}  # fmt: skip


class PynputInjector:
    """Fulfils `ports.Injector`."""

    def __init__(self, system: System, listener: Listener, loan: Loan) -> None:
        self._system = system
        self._listener = listener
        self._loan = loan

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """Keep what the person types from now on; `typed` sends it again, in step with the engine."""
        self._listener.hold()
        yield

    def typed(self) -> Iterator[KeyEvent]:
        """What the person did since the last call, without waiting; each key has reached the window."""
        self._listener.drain()
        while True:
            if heard := self._listener.next():
                if heard.number:
                    self._send_again(self._listener.take_kept(heard.number))
                yield heard.event
            elif self._listener.is_holding:
                self._send_again(self._listener.take_kept())
            else:
                return

    def _send_again(self, strokes: Sequence[Stroke]) -> None:
        # Where the keys cannot be sent they are lost; the next trigger tells the person why nothing goes in.
        with contextlib.suppress(InjectionFailed):
            if strokes:
                self._listener.send(strokes)

    def inject(self, injection: Injection) -> None:
        with self.holding():
            ahead = _typed_ahead(self._listener)
            plan = planned(injection, ahead)
            chord = self._chord(injection.delivery.paste or self._system.paste_chord)
            keys = self._strokes(plan, chord)
            if not plan.pasted:
                self._send(keys)
                return
            self._loan.put(plan.pasted)
            try:
                self._send(keys)
            finally:
                self._loan.give_back_after(LENT_SECONDS)

    def move(self, clusters: int) -> None:
        """Move the caret right (negative: left). Raises InjectionFailed."""
        with self.holding():
            self._send(self._key("Right" if clusters > 0 else "Left") * abs(clusters))

    def intercept(self, names: frozenset[str]) -> None:
        self._listener.intercept(names)

    def let_through(self, name: str) -> None:
        """Give the window an intercepted key after all; what was typed after it still waits behind it."""
        with contextlib.suppress(InjectionFailed):
            self._listener.send(self._key(name))

    def _send(self, strokes: Sequence[Stroke]) -> None:
        """Send `strokes` with none of the person's modifiers in force, which are held again afterwards."""
        if reason := self._system.deaf_because():
            raise InjectionFailed(reason)
        held = self._listener.held_modifiers()
        if not self._listener.is_holding:
            raise InjectionFailed("it took too long, and the keys could not wait any more")
        let_go = [replace(key, pressed=False) for key in held]
        self._listener.send([*let_go, *strokes, *held])

    def _strokes(self, plan: Plan, chord: Sequence[str]) -> list[Stroke]:
        strokes = self._key("BackSpace") * plan.erase
        if plan.pasted:
            strokes += self._press(chord)
        for number, line in enumerate(plan.typed):
            if number:
                strokes += self._press(plan.newline)
            # Each cluster by itself: windows take a short text from one key, not a long one.
            for cluster in clusters(line):
                strokes += [Stroke(ANY_CODE, True, text=cluster), Stroke(ANY_CODE, False, text=cluster)]
        return strokes + self._key("Left") * plan.steps_back

    def _key(self, name: str) -> list[Stroke]:
        return self._press((name,))

    def _press(self, names: Sequence[str]) -> list[Stroke]:
        """The keys called `names` go down in this order, and up in the other one."""
        missing = [name for name in names if name not in self._system.codes]
        if missing:
            raise InjectionFailed(f"this keyboard has no {missing[0]} key")
        # A letter has no name of its own.
        down = [Stroke(self._system.codes[name], True, name if name[1:] else "") for name in names]
        return [*down, *(Stroke(stroke.code, False, stroke.name) for stroke in reversed(down))]

    def _chord(self, written: str) -> tuple[str, ...]:
        """The keys of a chord such as "ctrl+shift+v", by their keysyms. Raises InjectionFailed."""
        names = tuple(_CHORD_KEYS.get(part.strip(), part.strip()) for part in written.casefold().split("+"))
        if unknown := [name for name in names if name not in self._system.codes]:
            raise InjectionFailed(f"the paste chord {written!r} has the unknown key {unknown[0]!r}")
        return names


@dataclass(frozen=True)
class Plan:
    """Which keys make an injection: `erase` Backspaces, then `pasted` by the paste chord or else `typed` line by
    line with the chord `newline` in between, then `steps_back` to the left."""

    erase: int
    pasted: str
    typed: tuple[str, ...]
    newline: tuple[str, ...]
    steps_back: int


def planned(injection: Injection, ahead: str) -> Plan:
    """How to put `injection` in where the person has already typed on by `ahead`, which stands after the trigger."""
    caret = len(injection.text) if injection.caret is None else injection.caret
    before, after = injection.text[:caret] + ahead, injection.text[caret:]
    if injection.delivery.newline == "space":
        before, after = before.replace("\n", " "), after.replace("\n", " ")
    by_keys = _by_keys(injection.delivery, before + after)
    return Plan(
        erase=injection.erase + len(clusters(ahead)),
        pasted="" if by_keys else before + after,
        typed=tuple((before + after).split("\n")) if by_keys else (),
        newline=("Shift_L", "Return") if injection.delivery.newline == "shift-return" else ("Return",),
        steps_back=len(clusters(after)),
    )


def _by_keys(delivery: Delivery, text: str) -> bool:
    """Whether the text is typed. A newline chord between pastes would call for a wait after each of them, since
    nothing tells when the one text on the clipboard was read."""
    return delivery.backend == "keys" or ("\n" in text and delivery.newline in ("return", "shift-return"))


def _typed_ahead(listener: Listener) -> str:
    """What the person typed before the keys were held back: it stands in the window, and goes in again."""
    ahead = listener.typed_ahead()
    plain = all(
        (event.text and event.name not in ("Return", "Tab")) or event.name in SILENT_NAMES for event in ahead
    )
    if not plain or listener.composing or DEAD_KEY in ahead[-1:]:
        raise InjectionFailed("other keys were pressed before the text could go in")
    return "".join(event.text for event in ahead)
