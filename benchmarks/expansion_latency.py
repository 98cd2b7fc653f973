"""From a trigger's last key to the whole text standing in the window, beside a bare client's paste."""

from __future__ import annotations

import statistics

from bench.keyboard import HUMAN, Keyboard
from bench.windows import TextWindow

from benchmarks.bare_paste import BarePaste
from benchmarks.rows import Row, milliseconds, table
from benchmarks.scene import TEXT, TRIGGER, listening_daemon

RUNS = 50
APPLICATIONS = ("tk text", "chromium")


def expand(window: TextWindow, keyboard: Keyboard) -> float:
    """Seconds that the daemon takes, with something on the clipboard to be given back."""
    window.display.copy("what the person had copied")
    window.clear()
    window.focus(keyboard)
    keyboard.type(TRIGGER, gap=HUMAN)
    return window.wait_for_text(TEXT).time - keyboard.sent


def paste(window: TextWindow, keyboard: Keyboard, bare: BarePaste) -> float:
    """Seconds that the bare client takes."""
    window.clear()
    window.focus(keyboard)
    sent = bare.paste(lambda: window.text == TEXT)
    return window.changes[-1].time - sent


def measure() -> list[Row]:
    """Both ways in turn in each window, so that what else the machine does touches both alike."""
    rows = []
    with listening_daemon() as (display, _):
        keyboard, bare = Keyboard(display), BarePaste(display, TEXT)
        for application in APPLICATIONS:
            window = TextWindow(application, display)
            expand(window, keyboard)
            pairs = [(expand(window, keyboard), paste(window, keyboard, bare)) for _ in range(RUNS)]
            ours, theirs = (sorted(column) for column in zip(*pairs, strict=True))
            for who, times in (("expansion", ours), ("bare paste", theirs)):
                worst = f"median of {RUNS}; worst {milliseconds(times[-1])}"
                rows.append(Row(f"{who} in {application}", milliseconds(statistics.median(times)), worst))
            ratio = statistics.median(ours) / statistics.median(theirs)
            rows.append(
                Row(f"ratio in {application}", f"{ratio:.2f}", f"worst to worst {ours[-1] / theirs[-1]:.2f}")
            )
            window.close()
        bare.close()
        keyboard.close()
    return rows


if __name__ == "__main__":
    print(table(measure()))
