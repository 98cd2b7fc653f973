"""A text box without a desktop: what a person's typing and our expansions leave in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final, Protocol

from motjuste.engine import Choice, Engine, Expanded, Outcome, Refused
from motjuste.expansion.clusters import first_cluster, last_cluster
from motjuste.expansion.keys import KeyEvent, Wait, parse_keys
from motjuste.ports import FrontWindow, Injection, Injector, Notifier, Window


class TextBox:
    """A field of several lines with a caret, which takes a person's keys and, as an Injector, ours."""

    def __init__(self) -> None:
        self.text = ""
        self.caret = 0
        self._intercepted: frozenset[str] = frozenset()

    def press(self, event: KeyEvent) -> KeyEvent:
        """What the key does to the field before anyone else hears of it; returns what is heard of it then."""
        if event.name in self._intercepted and not event.modifiers:
            return KeyEvent(name=event.name)
        self._take(event)
        return event

    def _take(self, event: KeyEvent) -> None:
        if event.modifiers:
            self._press_held(event)
        elif event.text:
            self._put(event.text)
        elif event.name == "BackSpace":
            self._erase_before(len(last_cluster(self._head)))
        elif event.name == "Delete":
            self._erase_after(len(first_cluster(self._tail)))
        else:
            self.caret = self._moved(event.name)

    def holding(self) -> AbstractContextManager[None]:
        """Nobody types here meanwhile."""
        return nullcontext()

    def inject(self, injection: Injection) -> None:
        """Erase and insert as one act; a Backspace beyond the start of the field is an error of ours."""
        for _ in range(injection.erase):
            if not self.caret:
                raise AssertionError("erasing reaches beyond the start of the field")
            self._erase_before(len(last_cluster(self._head)))
        start = self.caret
        self._put(injection.text)
        if injection.caret is not None:
            self.caret = start + injection.caret

    def move(self, clusters: int) -> None:
        """As many steps as Left or Right would make."""
        for _ in range(abs(clusters)):
            self.caret = self._moved("Right" if clusters > 0 else "Left")

    def intercept(self, names: frozenset[str]) -> None:
        """Take these keys away from the field."""
        self._intercepted = names

    def let_through(self, name: str) -> None:
        """The field takes the key after all; the only one with a text of its own is Tab."""
        self._take(KeyEvent(text="\t" if name == "Tab" else "", name=name))

    @property
    def _head(self) -> str:
        return self.text[: self.caret]

    @property
    def _tail(self) -> str:
        return self.text[self.caret :]

    def _put(self, text: str) -> None:
        self.text = self._head + text + self._tail
        self.caret += len(text)

    def _erase_before(self, count: int) -> None:
        self.text = self.text[: self.caret - count] + self._tail
        self.caret -= count

    def _erase_after(self, count: int) -> None:
        self.text = self._head + self.text[self.caret + count :]

    def _press_held(self, event: KeyEvent) -> None:
        """Chords that move or erase by words; others leave a plain field alone."""
        if event.modifiers != {"Control"}:
            return
        if event.name == "BackSpace":
            self._erase_before(self.caret - self._word_start())
        elif event.name == "Delete":
            self._erase_after(self._word_end() - self.caret)
        else:
            jumps = {"Left": self._word_start(), "Right": self._word_end(), "Home": 0, "End": len(self.text)}
            self.caret = jumps.get(event.name, self.caret)

    def _word_start(self) -> int:
        head = self._head.rstrip()
        return max((at + 1 for at, character in enumerate(head) if character.isspace()), default=0)

    def _word_end(self) -> int:
        blank = len(self._tail) - len(self._tail.lstrip())
        words = self._tail.split(maxsplit=1)
        return self.caret + blank + (len(words[0]) if words else 0)

    def _moved(self, name: str) -> int:
        line_start = self._head.rfind("\n") + 1
        line_end = self.text.find("\n", self.caret)
        line_end = len(self.text) if line_end < 0 else line_end
        column = self.caret - line_start
        above = self.text.rfind("\n", 0, max(line_start - 1, 0)) + 1
        below_end = self.text.find("\n", line_end + 1)
        below_end = len(self.text) if below_end < 0 else below_end
        return {
            "Left": self.caret - len(last_cluster(self._head)),
            "Right": self.caret + len(first_cluster(self._tail)),
            "Home": line_start,
            "End": line_end,
            "Up": min(above + column, line_start - 1) if line_start else self.caret,
            "Down": min(line_end + 1 + column, below_end) if line_end < len(self.text) else self.caret,
        }.get(name, self.caret)


@dataclass(frozen=True)
class Simulation:
    """What a text box holds in the end (`cursor` in code points), and what happened on the way."""

    text: str
    cursor: int
    expansions: tuple[Expanded, ...] = ()
    refusals: tuple[Refused, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def field(self) -> str:
        """The text with a `|` at the caret."""
        return f"{self.text[: self.cursor]}|{self.text[self.cursor :]}"


class EngineFactory(Protocol):
    """Makes an engine around ports, as `functools.partial(Engine, matcher=…, expander=…)` does."""

    def __call__(
        self,
        *,
        injector: Injector,
        window: FrontWindow,
        notifier: Notifier,
        observer: Callable[[Outcome], None],
    ) -> Engine: ...


@dataclass(frozen=True)
class _Front:
    window: Window

    def current(self) -> Window:
        return self.window


class _Silent:
    def notify(self, summary: str, body: str = "") -> None:
        """The outcomes say the same, to whoever runs the simulation."""


_SOMEWHERE: Final = Window()


def simulate(keys: str, make_engine: EngineFactory, *, window: Window = _SOMEWHERE) -> Simulation:
    """What a text box in `window` holds after `keys` (see `parse_keys`) are typed into it.

    A `<wait:…>` of at least the engine's `wait_seconds` is a pause, and so is the end of the keys.
    Raises UserError for a key that is not known.
    """
    strokes = parse_keys(keys)
    box = TextBox()
    outcomes: list[Outcome] = []
    engine = make_engine(
        injector=box, window=_Front(window), notifier=_Silent(), observer=outcomes.append
    )
    quiet = 0.0
    for stroke in strokes:
        if isinstance(stroke, Wait):
            quiet += stroke.milliseconds / 1000
            if quiet >= engine.wait_seconds:
                engine.pause()
        else:
            quiet = 0.0
            engine.key(box.press(stroke))
    engine.pause()
    return Simulation(
        text=box.text,
        cursor=box.caret,
        expansions=tuple(outcome for outcome in outcomes if isinstance(outcome, Expanded)),
        refusals=tuple(outcome for outcome in outcomes if isinstance(outcome, Refused)),
        choices=tuple(outcome for outcome in outcomes if isinstance(outcome, Choice)),
    )
