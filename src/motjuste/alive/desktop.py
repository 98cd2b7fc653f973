"""What the daemon needs of a desktop, and what stands for one while there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from motjuste.expansion.keys import KeyEvent
from motjuste.ports import FrontWindow, Injection, InjectionFailed, Injector, Window


class Desktop(Protocol):
    """What the daemon needs of a desktop. `typed` and `tick` raise DisplayGone when it has ended.

    `close` lets go of everything, the keyboard first of all, and of a desktop that has ended too.
    """

    name: str

    @property
    def window(self) -> FrontWindow: ...

    @property
    def injector(self) -> Injector: ...

    def fileno(self) -> int: ...

    def typed(self) -> Iterator[KeyEvent]: ...

    @property
    def unheard(self) -> bool:
        """Whether something may have been read in passing, for which nothing would wake us."""

    @property
    def deaf(self) -> frozenset[str]: ...

    def describe(self) -> str: ...

    def copied(self) -> str: ...

    def tick(self) -> None: ...

    @property
    def next_due(self) -> float | None: ...

    @property
    def problems(self) -> tuple[str, ...]:
        """What it cannot do just now, each in one sentence with the next step."""

    def close(self) -> None: ...


class Nowhere:
    """Stands for the desktop while there is none."""

    def current(self) -> Window:
        return Window()

    def holding(self) -> AbstractContextManager[None]:
        raise InjectionFailed("there is no display")

    def inject(self, injection: Injection) -> None:
        raise InjectionFailed("there is no display")

    def move(self, clusters: int) -> None:
        raise InjectionFailed("there is no display")

    def intercept(self, names: frozenset[str]) -> None:
        pass

    def let_through(self, name: str) -> None:
        pass


class Notices(Protocol):
    """Shows notices; `problem` says why it does not, "" when it does."""

    @property
    def problem(self) -> str: ...

    def notify(self, summary: str, body: str = "") -> None: ...
