"""What the daemon costs while it runs: memory, wake-ups while nobody types, and its share of a processor.

With the shipped library, beside AutoKey with a single phrase. Someone types 100 keys a second into a Tk window.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.display import Display
from bench.keyboard import HUMAN, Keyboard
from bench.windows import TextWindow

from benchmarks import autokey
from benchmarks.processes import processor_seconds, resident_megabytes, wait_until_still, wake_ups
from benchmarks.rows import Row, table
from benchmarks.scene import TEXT, TRIGGER, daemon_with

IDLE_SECONDS = 10
KEYS_A_SECOND = 100
WORDS = "les archives sonores sont un tresor que nous ecoutons ensemble " * 16
MEGABYTES, WAKE_UPS, SHARE = 45.0, 0, 0.03
_AFTER_EXPANSION_SECONDS = 1.5  # the clipboard has been given back by then


def rows_of(name: str, leader: int, window: TextWindow, keyboard: Keyboard, *, held: bool) -> list[Row]:
    """The three numbers of the program with the process id `leader`; `held` to the goals or not."""
    # After one expansion, so that everything is loaded that daily use loads.
    window.focus(keyboard)
    keyboard.type(TRIGGER, gap=HUMAN)
    window.wait_for_text(TEXT)
    time.sleep(_AFTER_EXPANSION_SECONDS)

    woken, used = wake_ups(leader), processor_seconds(leader)
    time.sleep(IDLE_SECONDS)
    woken, idle = wake_ups(leader) - woken, (processor_seconds(leader) - used) / IDLE_SECONDS

    window.clear()
    used, start = processor_seconds(leader), time.monotonic()
    keyboard.type(WORDS, gap=1 / KEYS_A_SECOND)
    took = time.monotonic() - start
    window.wait_for_text(WORDS)
    busy, rate = (processor_seconds(leader) - used) / took, len(WORDS) / took
    # A machine too busy to type as fast as that says nothing about this goal.
    fast_enough = rate >= 0.97 * KEYS_A_SECOND
    typed = (
        f"of one core; {len(WORDS)} keys at {rate:.0f} a second{'' if fast_enough else ', too few to tell'}"
    )
    memory = resident_megabytes(leader)
    rows = [
        Row(f"{name}: resident memory", f"{memory:.1f} MB", "after an expansion and a page of typing"),
        Row(f"{name}: wake-ups, nobody types", f"{woken}", f"in {IDLE_SECONDS} s; {idle:.1%} of one core"),
        Row(f"{name}: processor, {KEYS_A_SECOND} keys/s", f"{busy:.1%}", typed),
    ]
    if not held:
        return rows
    goals = (
        (f"≤ {MEGABYTES:.0f} MB", memory <= MEGABYTES),
        (f"{WAKE_UPS}", woken <= WAKE_UPS),
        (f"≤ {SHARE:.0%}", busy <= SHARE if fast_enough else None),
    )
    return [
        Row(row.what, row.number, row.beside, goal, met) for row, (goal, met) in zip(rows, goals, strict=True)
    ]


@contextmanager
def peer(display: Display) -> Iterator[int]:
    """AutoKey's process id."""
    phrase = autokey.Phrase(TRIGGER, TEXT, autokey.SHIFT_INSERT)
    with autokey.AutoKey(display, [phrase]) as running:
        yield running.process.pid


def measure() -> list[Row]:
    """motjuste, then AutoKey, each alone on the display and in the same window."""
    with Display.private() as display:
        keyboard, window = Keyboard(display), TextWindow("tk text", display)
        with daemon_with(display, {TRIGGER: TEXT}) as daemon:
            wait_until_still(daemon.process)
            rows = rows_of("motjuste", daemon.process.pid, window, keyboard, held=True)
        if autokey.installed():
            window.clear()
            with peer(display) as leader:
                rows += rows_of("AutoKey", leader, window, keyboard, held=False)
        keyboard.close()
    return rows


if __name__ == "__main__":
    print(table(measure()))
