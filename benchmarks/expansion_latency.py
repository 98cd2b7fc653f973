"""From a trigger's last key to 300 accented characters standing in the window: motjuste, bare clients, AutoKey.

They take turns in the same window, one expansion each. Who is not up for a turn is stopped (SIGSTOP), so that
nobody's time holds another's work; each turn begins with a foreign text on the clipboard. A time goes from before
the key is sent to the moment at which the application itself tells the text.
"""

from __future__ import annotations

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.display import Display
from bench.keyboard import Keyboard
from bench.waiting import TookTooLongError, wait_until
from bench.windows import TextWindow

from benchmarks import autokey
from benchmarks.processes import awake
from benchmarks.rows import Row, milliseconds, table
from benchmarks.scene import TEXT, TRIGGER, daemon_with

TURNS = 50
APPLICATIONS = ("tk text", "chromium")
COPIED = "what the person had copied"
GAP = 0.04
BARE_TRIGGER, KEEPING_TRIGGER = "xbarq", "xkepj"  # no other trigger has their last keys
AUTOKEY_TRIGGER = "xautk"
OURS, BARE, KEEPING, PEER = "motjuste", "bare client", "bare client that keeps the clipboard", "AutoKey"
GOALS = {BARE: 1.2, KEEPING: None, PEER: 1.0}
"""How many times as long as each of the others motjuste may take; None where it is only told."""
WORST_SECONDS = 0.1


@dataclass(frozen=True)
class Expander:
    """A program that expands `trigger` to TEXT; `settle` returns when it has finished with its last expansion."""

    name: str
    trigger: str
    process: subprocess.Popen[bytes]
    settle: Callable[[], object] = lambda: None


@dataclass
class Tally:
    """The seconds of the exact expansions, and how many were not."""

    times: list[float] = field(default_factory=list)
    wrong: int = 0

    def add(self, needed: float | None) -> None:
        if needed is None:
            self.wrong += 1
        else:
            self.times.append(needed)

    @property
    def median(self) -> float:
        return statistics.median(self.times)


@contextlib.contextmanager
def expanders(display: Display) -> Iterator[list[Expander]]:
    """The programs, without AutoKey where it is not installed, all of them stopped."""
    with contextlib.ExitStack() as stack:
        daemon = stack.enter_context(daemon_with(display, {TRIGGER: TEXT}))
        found = [
            Expander(OURS, TRIGGER, daemon.process),
            Expander(BARE, BARE_TRIGGER, bare_client(display)),
            Expander(KEEPING, KEEPING_TRIGGER, bare_client(display, trigger=KEEPING_TRIGGER, keep=True)),
        ]
        if autokey.installed():
            phrase = autokey.Phrase(AUTOKEY_TRIGGER, TEXT, autokey.SHIFT_INSERT)
            peer = stack.enter_context(autokey.AutoKey(display, [phrase]))
            # It gives the clipboard back after a sleep of its own, which must not reach into another's turn.
            found.append(
                Expander(PEER, AUTOKEY_TRIGGER, peer.process, lambda: _wait_for_given_back_clipboard(display))
            )
        for expander in found:
            expander.process.send_signal(signal.SIGSTOP)
        try:
            yield found
        finally:
            for expander in found:
                expander.process.send_signal(signal.SIGCONT)


def _wait_for_given_back_clipboard(display: Display) -> None:
    with contextlib.suppress(TookTooLongError):
        wait_until(lambda: display.copied() == COPIED, "the clipboard stays", deadline=2, every=0.03)


def bare_client(
    display: Display, *, trigger: str = BARE_TRIGGER, keep: bool = False
) -> subprocess.Popen[bytes]:
    """The least that an expander can be, listening for the last key of `trigger`; see bare_client.py."""
    ready = display.folder / f"ready {os.urandom(4).hex()}"
    script = Path(__file__).with_name("bare_client.py")
    words = [sys.executable, script, ready, trigger[-1], str(len(trigger)), TEXT, *(["keep"] if keep else [])]
    log = display.folder / "bare.log"
    client = display.processes.start(words, env=display.env, log=log)
    wait_until(ready.exists, lambda: f"the bare client does not start: {log.read_text()}", every=0.02)
    return client


def expand(expander: Expander, window: TextWindow, keyboard: Keyboard) -> float | None:
    """One turn: the seconds that it took, or None when another text came out."""
    with awake(expander.process):
        window.display.copy(COPIED)
        window.clear()
        window.focus(keyboard)
        keyboard.type(expander.trigger[:-1], gap=GAP)
        time.sleep(GAP)
        # Down by itself: looking up what to press takes a round trip, which is no part of the time.
        pressed = time.monotonic()
        keyboard.hold(expander.trigger[-1])
        time.sleep(GAP * 0.4)
        keyboard.release(expander.trigger[-1])
        try:
            return window.wait_for_text(TEXT).time - pressed
        except AssertionError:
            return None
        finally:
            expander.settle()


def in_turn(
    found: Sequence[Expander], window: TextWindow, keyboard: Keyboard, turns: int
) -> dict[str, Tally]:
    """`turns` expansions of each, by its name. Who begins changes, so that nobody always follows the same one."""
    tallies = {one.name: Tally() for one in found}
    for one in found:
        expand(one, window, keyboard)  # the first one opens caches, fonts and the clipboard
    for turn in range(turns):
        for place in range(len(found)):
            one = found[(turn + place) % len(found)]
            tallies[one.name].add(expand(one, window, keyboard))
    return tallies


def rows_of(application: str, tallies: dict[str, Tally], alone: Tally) -> list[Row]:
    """The times side by side, and motjuste's worst of those and of what it did `alone` afterwards."""
    what = f"{application}: last key → {len(TEXT)} accented characters"
    rows = []
    for name, tally in tallies.items():
        if not tally.times:
            rows.append(Row(f"{what}, {name}", "never", f"0 of {tally.wrong} exact"))
            continue
        spread = f"{milliseconds(min(tally.times))} to {milliseconds(max(tally.times))}"
        how = f"median of {len(tally.times)} in turn; {spread}"
        if tally.wrong:
            how += f"; {tally.wrong} not exact"
        rows.append(Row(f"{what}, {name}", milliseconds(tally.median), how))
    ours = tallies[OURS]
    for peer, goal in GOALS.items():
        if peer in tallies and tallies[peer].times and ours.times:
            ratio = round(ours.median / tallies[peer].median, 2)
            what = f"{application}: {OURS} / {peer}"
            held = ("", None) if goal is None else (f"≤ {goal:.2f}×", ratio <= goal)
            rows.append(Row(what, f"{ratio:.2f}×", "of the medians", *held))
    times = ours.times + alone.times
    tried, exact = len(times) + ours.wrong + alone.wrong, len(times)
    worst = max(times, default=float("inf"))
    limit = f"< {milliseconds(WORST_SECONDS)}"
    what = f"{application}: {OURS}, worst of {tried:,}"
    rows.append(Row(what, milliseconds(worst), "", limit, worst < WORST_SECONDS))
    rows.append(Row(f"{application}: {OURS}, exact", f"{exact:,} of {tried:,}", "", "all", exact == tried))
    return rows


def measure(runs: int = TURNS) -> list[Row]:
    """TURNS turns for each in each window; motjuste goes on alone until it has had `runs`."""
    rows = []
    with Display.private() as display, expanders(display) as found:
        keyboard = Keyboard(display)
        for application in APPLICATIONS:
            window = TextWindow(application, display)
            tallies, alone = in_turn(found, window, keyboard, min(runs, TURNS)), Tally()
            for _ in range(runs - TURNS):
                alone.add(expand(found[0], window, keyboard))
            rows += rows_of(application, tallies, alone)
            window.close()
        keyboard.close()
    return rows


if __name__ == "__main__":
    print(table(measure()))
