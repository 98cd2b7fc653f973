"""Waiting with a deadline for what another process does, never for a guessed while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TookTooLongError(AssertionError):
    """What was waited for did not happen before the deadline."""


def wait_until(
    look: Callable[[], T], what: str | Callable[[], str], *, deadline: float = 10, every: float = 0.004
) -> T:
    """The first true value that `look` returns; TookTooLongError naming `what` after `deadline` seconds."""
    end = time.monotonic() + deadline
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            words = what if isinstance(what, str) else what()
            raise TookTooLongError(f"after {deadline:g} s: {words}")
        time.sleep(every)
