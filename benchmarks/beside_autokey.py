"""Exact texts in the same windows: motjuste, and AutoKey by keys and by its two ways to paste.

Each way has every window for itself with a fresh program and a fresh keyboard layout; the windows stay open all the
time. A text counts as exact when the box holds it and nothing else once everything has come to rest.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.display import Display, MissingProgramError
from bench.keyboard import HUMAN, Keyboard
from bench.windows import APPLICATIONS, SINGLE_LINE, TextWindow

from benchmarks import autokey
from benchmarks.processes import wait_until_still
from benchmarks.rows import Row, table
from benchmarks.scene import daemon_with

RUNS = 3
TEXTS = {
    "ASCII": r"""Ports 80-90: a < b & c > d? "Yes" | 'no' \ ~/x_1 $HOME 100 % #tag [x] (y) ^z `w` @me; done!""",
    "French": "Bonjour Éloïse, j’ai été ravi d’échanger\u202f: «\u00a0à bientôt\u00a0» — œuvre, ça, où, naïf, Noël, "
    "ÀÇÉ, 100\u00a0€ et l’été…",
    "emoji": "Merci 👩🏽‍💻 et 👨‍👩‍👧‍👦, de 🇫🇷🇨🇦 ❤️ à 🧑🏿‍🚀 !",
    "multi-line": "Bonjour Hugo,\n\nDeux lignes,\npuis une troisième.\n\nÀ bientôt !",
}
TRIGGERS = dict(zip(TEXTS, ("xasci", "xfren", "xemoj", "xline"), strict=True))
OURS = "motjuste"
PEERS = {
    "AutoKey by keys": autokey.KEYS,
    "AutoKey by Ctrl+V": autokey.CTRL_V,
    "AutoKey by Shift+Insert": autokey.SHIFT_INSERT,
}
COPIED = "what the person had copied"
_QUIET_SECONDS = 0.7
"""After this long without a change the text is taken for what it will be; AutoKey's own sleeps are shorter."""
_AT_MOST_SECONDS = 8.0


@dataclass
class Count:
    """How many of the tried expansions of one text were exact."""

    exact: int = 0
    tried: int = 0

    def __str__(self) -> str:
        return f"{self.exact}/{self.tried}"


@contextmanager
def expander(way: str, display: Display) -> Iterator[None]:
    """The program that expands TRIGGERS in this way, at work and at rest."""
    # As a folder; the address of a D-Bus socket knows no blanks.
    name = "".join(filter(str.isalnum, way))
    if way == OURS:
        snippets = {TRIGGERS[kind]: text for kind, text in TEXTS.items()}
        with daemon_with(display, snippets, name=name) as daemon:
            wait_until_still(daemon.process)
            yield
    else:
        phrases = [autokey.Phrase(TRIGGERS[kind], text, PEERS[way]) for kind, text in TEXTS.items()]
        with autokey.AutoKey(display, phrases, name=name) as peer:
            # It also does things once a second, so it is not always at rest.
            with contextlib.suppress(AssertionError):
                wait_until_still(peer.process, deadline=3)
            yield


def final_text(window: TextWindow) -> str:
    """What the box holds once nothing has changed for a while."""
    end = time.monotonic() + _AT_MOST_SECONDS
    still_since = time.monotonic()
    seen = len(window.changes)
    while time.monotonic() < min(end, still_since + _QUIET_SECONDS):
        time.sleep(0.02)
        if len(window.changes) != seen:
            seen, still_since = len(window.changes), time.monotonic()
    return window.text


def is_exact(kind: str, window: TextWindow, keyboard: Keyboard) -> bool:
    """Type the trigger of one text, once."""
    window.display.copy(COPIED)
    window.clear()
    window.focus(keyboard)
    keyboard.type(TRIGGERS[kind], gap=HUMAN)
    return final_text(window) == TEXTS[kind]


def opened(display: Display) -> list[TextWindow]:
    """A window of every application of the bench that this machine has."""
    windows = []
    for application in APPLICATIONS:
        try:
            windows.append(TextWindow(application, display))
        except MissingProgramError as missing:
            print(f"without {application}: {missing}", file=sys.stderr)
    return windows


def measure(runs: int = RUNS) -> list[Row]:
    """One row for each way and window, with `runs` expansions of each text."""
    ways = [OURS, *(PEERS if autokey.installed() else ())]
    rows = []
    with Display.private() as display:
        keyboard = Keyboard(display)
        windows = opened(display)
        for way in ways:
            # AutoKey leaves keys remapped in the server.
            keyboard.use_layout("us")
            with expander(way, display):
                rows += [_row(way, window, keyboard, runs) for window in windows]
        keyboard.close()
    return rows


def _row(way: str, window: TextWindow, keyboard: Keyboard, runs: int) -> Row:
    counts = {}
    for kind in TEXTS:
        if kind == "multi-line" and window.application in SINGLE_LINE:
            continue
        counts[kind] = Count()
        for _ in range(runs):
            counts[kind].exact += is_exact(kind, window, keyboard)
            counts[kind].tried += 1
    exact, tried = (sum(getattr(count, name) for count in counts.values()) for name in ("exact", "tried"))
    each = ", ".join(f"{kind} {count}" for kind, count in counts.items())
    goal, met = ("all", exact == tried) if way == OURS else ("", None)
    return Row(f"exact texts in {window.application}: {way}", f"{exact} of {tried}", each, goal, met)


if __name__ == "__main__":
    print(table(measure()))
