"""When to try again for a display that has gone, and when to stop hoping."""

from __future__ import annotations

from typing import Final

# The first at once, since the server may be there and only our connection was cut.
PAUSES: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
PATIENCE: Final = 600.0
_STEADY_SECONDS: Final = 60.0


class Reconnection:
    """Says when the next try is due, with growing pauses. All times are seconds of one clock.

    A display that goes again soon after it came back does not begin anew: nothing ever tries in a circle
    without a pause. After `patience` seconds without a display it is `hopeless`.
    """

    def __init__(self, pauses: tuple[float, ...] = PAUSES, patience: float = PATIENCE) -> None:
        self._pauses = pauses
        self.patience = patience
        self._tried = 0
        self._back_at: float | None = None
        self._hopeless_at: float | None = None
        self.next_try: float | None = None

    def lost(self, now: float) -> None:
        """The display has just gone."""
        if self._back_at is None or now - self._back_at >= _STEADY_SECONDS:
            self._tried = 0
        self._hopeless_at = now + self.patience
        self._plan(now)

    def trying(self) -> None:
        """A try has begun: nothing is due before it has ended."""
        self.next_try = None

    def failed(self, now: float) -> None:
        """A try was in vain."""
        self._plan(now)

    def hurry(self, now: float) -> None:
        """Somebody knows that the display is back: try at once, and soon again."""
        self._tried = 1
        self.next_try = now

    def back(self, now: float) -> None:
        """The display is there again."""
        self._back_at = now
        self._hopeless_at = self.next_try = None

    def hopeless(self, now: float) -> bool:
        return self._hopeless_at is not None and now >= self._hopeless_at

    @property
    def next_due(self) -> float | None:
        """When there is something to do or to decide, None while the display is there."""
        times = [at for at in (self.next_try, self._hopeless_at) if at is not None]
        return min(times, default=None)

    def _plan(self, now: float) -> None:
        self.next_try = now + self._pauses[min(self._tried, len(self._pauses) - 1)]
        self._tried += 1
