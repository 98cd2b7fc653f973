"""What went wrong inside, counted: one fault that comes back with every key is still one fault."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

_AGAIN_SECONDS: Final = 60.0
_FRAMES: Final = 12


@dataclass(frozen=True)
class Fault:
    """One fault: the part that met it, the exception's type, where, how often so far, and when last.

    Never the exception's own words, which may quote what was typed. `last` is in seconds of the clock that
    `Faults` was given; `trace` names the frames, the innermost last, as `module:line`.
    """

    where: str
    what: str
    place: str
    count: int = 1
    last: float = 0.0
    trace: tuple[str, ...] = ()

    @property
    def first(self) -> bool:
        return self.count == 1


class Faults:
    """Counts faults and says which are worth a line in the log: each at once, then at most one a minute.

    `write` gets those. `now` gives seconds.
    """

    def __init__(self, write: Callable[[Fault], None], now: Callable[[], float]) -> None:
        self._write = write
        self._now = now
        self._found: dict[tuple[str, str, str], Fault] = {}
        self._written: dict[tuple[str, str, str], float] = {}

    def note(self, where: str, error: BaseException) -> Fault:
        """Count `error`, which was met in the part called `where`."""
        trace = _trace(error)
        fault = Fault(where, type(error).__name__, trace[-1] if trace else "", trace=trace)
        key = (where, fault.what, fault.place)
        before = self._found.get(key)
        now = self._now()
        fault = replace(fault, count=before.count + 1 if before else 1, last=now)
        self._found[key] = fault
        if key not in self._written or now - self._written[key] >= _AGAIN_SECONDS:
            self._written[key] = now
            self._write(fault)
        return fault

    @property
    def found(self) -> tuple[Fault, ...]:
        """Every fault so far, the newest last."""
        return tuple(sorted(self._found.values(), key=lambda fault: fault.last))


def _trace(error: BaseException) -> tuple[str, ...]:
    frames = traceback.walk_tb(error.__traceback__)
    return tuple(f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames)[-_FRAMES:]
