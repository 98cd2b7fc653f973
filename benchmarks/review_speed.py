"""Going through 50,000 invitations: from a key to the next one on the screen, beside the least that Textual can do."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Static

from benchmarks.finding_people import SYLLABLES
from benchmarks.rows import Row, milliseconds, table
from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.settings import Places
from motjuste.inbox.events import told_of
from motjuste.inbox.invitation import Invitation
from motjuste.review.languages import words_for
from motjuste.review.own import own_work
from motjuste.review.screen import ReviewScreen
from motjuste.review.work import Work

INVITATIONS = 50_000
KEYS = 40
GOAL = 0.050
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PROFILE = 'name = "Camille Roy"\nlanguage = "fr-FR"\nnetwork_goal = "échanger entre gens du métier"\n'
NOTE = (
    "votre article sur les archives m’a beaucoup plu et je serais ravie de parler avec vous de typographie "
    "lors du salon du livre où nous avons des amis communs qui travaillent à la revue"
)


class Watched(App[Any]):
    """Notes when a text first stands on the screen."""

    awaited = ""
    seen_at = 0.0

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        now = time.perf_counter()
        if self.awaited and any(
            self.awaited in strip.text for strip in self.screen._compositor.render_strips()
        ):
            self.awaited, self.seen_at = "", now


class WatchedReview(Watched, ReviewScreen):
    """The review itself."""


class Bare(Watched):
    """The least: a label that says how many keys were pressed."""

    count = 0

    def compose(self) -> ComposeResult:
        yield Static("0 keys")

    def on_key(self, event: Key) -> None:
        self.count += 1
        self.query_one(Static).update(f"{self.count} keys")


def invented(count: int, seed: int = 7) -> Iterator[Invitation]:
    """So many invitations, every third with a note of its own."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()

    for number in range(count):
        yield Invitation(
            name=f"{word()} {word()}",
            at=datetime(2026, 1, 1) + timedelta(minutes=5 * number),
            note=" ".join(chance.choices(NOTE.split(), k=25)) if number % 3 == 0 else "",
            profile_url=f"https://www.linkedin.com/in/person-{number}",
            position=f"Directrice {word()}",
            organization=word(),
            mutual=chance.randint(0, 30),
        )


@contextmanager
def inbox(count: int) -> Iterator[Work]:
    """A review of a ledger that holds so many invitations."""
    before = os.environ.get("MOTJUSTE_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTJUSTE_HOME"] = home
        try:
            Path(home, "profile.toml").write_text(PROFILE, encoding="utf-8")
            places = Places.from_environment(os.environ)
            ledger = LedgerFile(places.ledger)
            ledger.record(told_of(each, at=NOW) for each in invented(count))
            ledger.close()
            yield own_work(places, "strong-ties", Nowhere(), now=lambda: NOW)[0]
        finally:
            os.environ.pop("MOTJUSTE_HOME")
            if before is not None:
                os.environ["MOTJUSTE_HOME"] = before


class Nowhere:
    """A clipboard whose own time is not ours."""

    def copy(self, text: str) -> None:
        """Take the text."""


@dataclass(frozen=True)
class Taken:
    """Seconds from each key to the screen that it brings."""

    start: float
    next: list[float]
    decision: list[float]


async def review(work: Work, keys: int) -> Taken:
    """Start the review, go on by so many keys, and decide on as many."""
    words = words_for("fr")
    app = WatchedReview(work, words)
    began = time.perf_counter()
    app.awaited = words.place.format(1, "").rstrip()
    async with app.run_test(size=(80, 24)) as pilot:
        while app.awaited:
            await pilot.pause()
        start = app.seen_at - began
        following = [await press(app, pilot, "n", place(work, words_at)) for words_at in range(2, keys + 2)]
        decided = [await press(app, pilot, "enter", place(work, at)) for at in range(keys + 2, 2 * keys + 2)]
    return Taken(start, following, decided)


def place(work: Work, number: int) -> str:
    """What stands at the head when the invitation of that number is shown."""
    words = words_for("fr")
    return words.place.format(words.number(number), words.number(len(work.session.row)))


async def press(app: Watched, pilot: Pilot[Any], key: str, awaited: str) -> float:
    """Seconds from a key to the text that it brings to the screen."""
    app.awaited = awaited
    began = time.perf_counter()
    await pilot.press(key)
    while app.awaited:
        await pilot.pause()
    return app.seen_at - began


async def label(keys: int) -> list[float]:
    """Seconds from each key to the label that it changes."""
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        return [await press(app, pilot, "n", f"{number} keys") for number in range(1, keys + 1)]


def measure(invitations: int = INVITATIONS, keys: int = KEYS) -> list[Row]:
    """The medians of many keys, each for another invitation, judged and written when it is shown."""
    with inbox(invitations) as work:
        taken = asyncio.run(review(work, keys))
    bare = statistics.median(asyncio.run(label(keys)))
    ratio = statistics.median(taken.next) / bare
    return [
        _row(f"the next of {invitations:,} invitations", taken.next),
        _row("a decision, recorded, and the next", taken.decision),
        Row("a bare Textual app changes a label", milliseconds(bare), f"median of {keys}"),
        Row("ratio of the next invitation to the label", f"{ratio:.1f}"),
        Row("from the start to the first invitation", f"{taken.start:.2f} s", "the whole ledger read"),
    ]


def _row(what: str, taken: list[float]) -> Row:
    median = statistics.median(taken)
    beside = f"median of {len(taken)}, worst {milliseconds(max(taken))}"
    return Row(what, milliseconds(median), beside, f"≤ {milliseconds(GOAL)}", median <= GOAL)


if __name__ == "__main__":
    print(table(measure()))
