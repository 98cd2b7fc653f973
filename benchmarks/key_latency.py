"""What a key costs between the listener and the injector, by how many triggers and expressions there are."""

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

GOALS = {10: 3.0, 10_000: 4.0, 250_000: 10.0}
"""Microseconds a key, by how many triggers there are beside the expressions."""
FEW, MANY = 10, 10_000
GROWTH = 2.0
"""How much a key may cost at MANY triggers, in what it costs at FEW: less than that."""
KEYS = 20_000
ROUNDS = 7
LETTERS = "eeeeaaaiiinnnssstttrrrllluuuooodddccmmpévgfbhàqy"

# Of the kinds that people share: with groups, open at the end, after a word, in any case. The last three end
# as words do, so that they are asked at nearly every key.
EXPRESSIONS = (
    r":greet\d", r"num\d{1,3}s", r"hello\((?P<name>.*?)\)", r":date\((?P<d>[+-]?\d+)\)", r"\bfoo\d", r":x(?P<n>\d+)\+",
    r"(?P<a>\d+)usd", r"(?P<a>\d+)eur", r"(?P<a>\d+(?:\.\d+)?)%of(?P<b>\d+);", r":calc\((?P<e>[\d+*/.-]+)\)",
    r":rep\((?P<t>.+?),(?P<n>\d+)\)", r"@@(?P<who>\w+)@@", r":gh/(?P<repo>[\w-]+);", r"\[\[(?P<page>[^\]]+)\]\]",
    r":roll(?P<n>\d*)d(?P<m>\d+);", r":c#(?P<hex>[0-9a-fA-F]{6})", r"->(?P<x>\w)", r":lorem\((?P<n>\d{1,3})\)",
    r":(?P<h>[01]?\d|2[0-3])h(?P<m>[0-5]\d)", r"(?P<w>\w+)!!", r"\b(?P<w>\w+)\?\?", r":tr\((?P<t>.*?)\)", r"(?i):sig\d",
    r"(?<=€ )\d+!", r"(?P<w>\w+)\.\.upper", r"(?P<w>\w{3,12})ççe", r"\bxx(?P<w>[a-z]+)zzs",
)  # fmt: skip


class NothingHappens:
    """Every port of the engine. No trigger is ever completed here, so none may be called."""

    def expand(self, match: Match, window: Window) -> Expansion:
        self._fail()

    def holding(self) -> AbstractContextManager[None]:
        self._fail()

    def inject(self, injection: Injection) -> None:
        self._fail()

    def move(self, clusters: int) -> None:
        self._fail()

    def intercept(self, names: frozenset[str]) -> None:
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


def engine_with(every: list[Snippet]) -> Engine:
    """An engine that may do nothing but look for these snippets."""
    nothing = NothingHappens()
    return Engine(
        matcher=Matcher(every), expander=nothing, injector=nothing, window=nothing, notifier=nothing
    )


def measure() -> list[Row]:
    """The median of some rounds for each number of triggers, and the slowest keys of the first round."""
    expressions = [Snippet(regex=pattern, replace="text") for pattern in EXPRESSIONS]
    rows, costs = [], {}
    for count, goal in GOALS.items():
        for some in ([], expressions):
            what = f"a key at {count:,} triggers" + (f" and {len(some)} expressions" if some else "")
            costs[count], how = cost_of_a_key(engine_with([*snippets(count), *some]))
            held = (f"≤ {goal:.0f} µs", costs[count] <= goal) if some else ("", None)
            rows.append(Row(what, f"{costs[count]:.1f} µs", how, *held))
    growth = costs[MANY] / costs[FEW]
    what = f"a key at {MANY:,} triggers / at {FEW}, with the expressions"
    return [*rows, Row(what, f"{growth:.2f}×", "of the medians", f"< {GROWTH:.0f}×", growth < GROWTH)]


def cost_of_a_key(engine: Engine) -> tuple[float, str]:
    """Microseconds, and how they were measured."""
    keys = typing()
    first = sorted(_one_by_one(engine, keys))
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for key in keys:
            engine.key(key)
        rounds.append((time.perf_counter() - start) / len(keys))
    highest = first[len(first) * 99 // 100] * 1e6
    return statistics.median(rounds) * 1e6, (
        f"median of {ROUNDS} × {len(keys):,}; typed the first time, of 100 keys 99 under {highest:.0f} µs, "
        f"the slowest {first[-1] * 1000:.1f} ms"
    )


def _one_by_one(engine: Engine, keys: list[KeyEvent]) -> list[float]:
    """The seconds of each key, with what the clock itself costs."""
    seconds = []
    for key in keys:
        start = time.perf_counter()
        engine.key(key)
        seconds.append(time.perf_counter() - start)
    return seconds


if __name__ == "__main__":
    print(table(measure()))
