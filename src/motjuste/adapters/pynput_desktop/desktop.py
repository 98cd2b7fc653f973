"""Everything that the daemon needs of a desktop, on a system where pynput listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

from motjuste.adapters.pynput_desktop.borrowing import Loan
from motjuste.adapters.pynput_desktop.injector import PynputInjector
from motjuste.adapters.pynput_desktop.listening import Listener
from motjuste.adapters.pynput_desktop.strokes import FORGET
from motjuste.adapters.pynput_desktop.system import System
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import Window

_CLOSING_SECONDS: Final = 1.0


class PynputDesktop:
    """A key source, an injector and the window in front. Raises UserError when it cannot listen."""

    def __init__(
        self,
        system: System,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._system = system
        self._clock, self._sleep = clock, sleep
        self.name = system.name
        self._listener = Listener(system, clock)
        self._loan = Loan(system.clipboard, clock, sleep)
        self.injector = PynputInjector(system, self._listener, self._loan)
        self._in_front = system.front_id()

    @property
    def window(self) -> PynputDesktop:
        return self

    def current(self) -> Window:
        """The window in front. Fulfils `ports.FrontWindow`."""
        return self._system.front()

    def fileno(self) -> int:
        """Readable when something was typed; a socket, since Windows can wait for nothing else."""
        return self._listener.fileno()

    def typed(self) -> Iterator[KeyEvent]:
        """What the person did since the last call, without waiting."""
        for event in self.injector.typed():
            # Asked for with each key, for nothing tells us of it: no key, no question.
            in_front = self._system.front_id()
            if in_front != self._in_front:
                self._in_front = in_front
                yield FORGET
            yield event

    def copied(self) -> str:
        """The text that the person copied last, "" when there is none."""
        return self._loan.copied()

    def tick(self) -> None:
        """Do what is due by now."""
        self._system.tick()
        self._listener.tick()
        self._loan.tick()

    @property
    def next_due(self) -> float | None:
        """When `tick` should be called (`time.monotonic`), or None."""
        return min(
            (due for due in (self._listener.next_due, self._loan.due) if due is not None), default=None
        )

    unheard = True
    """A thread may have heard something at any time."""

    @property
    def deaf(self) -> frozenset[str]:
        """Why nothing that is typed is heard now; empty when all is."""
        return frozenset(filter(None, (self._system.deaf_because(),)))

    def describe(self) -> str:
        """Whether password fields can be known here, in one sentence."""
        return "known where the system keeps the keyboard for them"

    @property
    def problems(self) -> tuple[str, ...]:
        """What cannot be done just now, each in one sentence with the next step."""
        listener = self._listener
        deaf = self._system.deaf_because()
        if not deaf and not listener.is_alive:
            deaf = f"the keyboard is not heard; trying again: {listener.fault}".removesuffix(": ")
        restarted = (
            f"listening had to be begun again, times: {listener.restarts}" if listener.restarts else ""
        )
        fault = listener.fault if listener.is_alive else ""
        return tuple(filter(None, (deaf, restarted, fault, self._loan.problem)))

    def close(self) -> None:
        """Give the keyboard and the clipboard back."""
        self._listener.close()
        until = self._clock() + _CLOSING_SECONDS
        self._loan.give_back()
        while self._loan.due is not None and self._clock() < until:
            self._sleep(max(0.0, self._loan.due - self._clock()))
            self._loan.tick()
