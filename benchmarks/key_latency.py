"""What a key costs between the listener and the injector: microseconds at 10, 1,000 and 10,000 triggers."""

from __future__ import annotations

import random
import statistics
import time
from contextlib import AbstractContextManager
from typing import NoReturn

from benchmarks.rows import Row, table
from motjuste.engine import Engine, Expansion
from motjuste.expansion.keys import KeyEvent
from motjuste.expansion.matching import Match, Matcher
from motjuste.expansion.snippets import Snippet
from motjuste.ports import Injection, Window

TRIGGERS = (10, 1_000, 10_000)
KEYS = 20_000
ROUNDS = 7
LETTERS = "eeeeaaaiiinnnssstttrrrllluuuooodddccmmpévgfbhàqy"


class NothingHappens:
    """Every port of the engine. No trigger is ever completed here, so none may be called."""

    def expand(self, match: Match, window: Window) -> Expansion:
        self._fail()

    def holding(self) -> AbstractContextManager[None]:
        self._fail()

    def inject(self, injection: Injection) -> None:
        self._fail()

    def current(self) -> Window:
        self._fail()

    def notify(self, summary: str, body: str = "") -> None:
        self._fail()

    def _fail(self) -> NoReturn:
        raise AssertionError("the benchmark typed a trigger")


def typing(seed: int = 1) -> list[KeyEvent]:
    """Words as in a letter, with a correction now and then."""
    chance = random.Random(seed)
    keys: list[KeyEvent] = []
    while len(keys) < KEYS:
        keys += [KeyEvent(text=letter) for letter in chance.choices(LETTERS, k=chance.randint(2, 9))]
        if chance.random() < 0.1:
            keys.append(KeyEvent(name="BackSpace"))
        keys.append(KeyEvent(text=" "))
    return keys


def snippets(count: int, seed: int = 2) -> list[Snippet]:
    """Triggers that begin as words do, so that typing walks along them, and end as no word does."""
    chance = random.Random(seed)
    names: set[str] = set()
    while len(names) < count:
        names.add("".join(chance.choices(LETTERS, k=chance.randint(3, 7))) + "§")
    return [Snippet(triggers=(name,), replace="text", left_word=True) for name in sorted(names)]


def measure() -> list[Row]:
    """The median of some rounds for each number of triggers."""
    keys, nothing = typing(), NothingHappens()
    rows = []
    for count in TRIGGERS:
        engine = Engine(
            matcher=Matcher(snippets(count)),
            expander=nothing,
            injector=nothing,
            window=nothing,
            notifier=nothing,
        )
        rounds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            for key in keys:
                engine.key(key)
            rounds.append((time.perf_counter() - start) / len(keys))
        microseconds = statistics.median(rounds) * 1e6
        rows.append(
            Row(
                f"a key at {count:,} triggers",
                f"{microseconds:.1f} µs",
                f"median of {ROUNDS} × {len(keys):,}",
            )
        )
    return rows


if __name__ == "__main__":
    print(table(measure()))
