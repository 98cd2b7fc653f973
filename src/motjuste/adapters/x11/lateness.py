"""How old an event of the X server is when it is read."""

from __future__ import annotations

from collections.abc import Callable

_ROUND: int = 1 << 32  # the server counts milliseconds in 32 bits, which go round in 49 days


class Lateness:
    """Tells events that are read as they happen from those that waited while this program was stopped.

    The two clocks have nothing in common, and a server may be on another machine. But an event is never read
    before it happens: the smallest difference that was ever seen belongs to one that was read at once.
    `now` gives seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._least: int | None = None

    def of(self, server_time: int) -> float:
        """For how many seconds the event of `server_time` (milliseconds) has waited."""
        difference = (int(self._now() * 1000) - server_time) % _ROUND
        if self._least is None:
            self._least = difference
        waited = (difference - self._least) % _ROUND
        if waited > _ROUND // 2:
            # Less than the smallest so far.
            self._least, waited = difference, 0
        return waited / 1000
