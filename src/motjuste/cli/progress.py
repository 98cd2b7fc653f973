"""How far long work is: one line on stderr that writes over itself, at a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from motjuste.errors import printable

Item = TypeVar("Item")
_BETWEEN = 0.2
"""Seconds between two tellings: more often only flickers."""


class Progress:
    """The line of one command. Nothing is written where stderr is no terminal."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown = 0
        self._next = clock()

    def say(self, text: str) -> None:
        """Write `text` over what was said before."""
        if sys.stderr is None or not sys.stderr.isatty():
            return
        line = printable(text)[:79]
        sys.stderr.write("\r" + line.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(line)

    def each(self, items: Sequence[Item], what: str, after: str) -> Iterator[Item]:
        """`items`, telling now and then how many are done; then `after`."""
        for number, item in enumerate(items):
            if self._clock() >= self._next:
                self._next = self._clock() + _BETWEEN
                self.say(f"{number:,} of {len(items):,} {what}")
            yield item
        self.say(f"{after} …")

    def end(self) -> None:
        """Leave the line as it was before."""
        if self._shown:
            self.say("")
            sys.stderr.write("\r")
            sys.stderr.flush()
            self._shown = 0
