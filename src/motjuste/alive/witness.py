"""Stands between the engine and its parts: a part's fault becomes a refusal, and what happened is written down.

Never what was typed or inserted, for whom, or a window's title.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Final, Protocol

from motjuste.alive.faults import Faults
from motjuste.engine import Choice, Expanded, Expander, Expansion, Outcome, Refused
from motjuste.errors import DoesNotFit, NoSuchPerson, UserError
from motjuste.expansion.matching import Match
from motjuste.ports import DisplayGone, FrontWindow, Injection, InjectionFailed, Injector, Notifier, Window

_LOG_SAYS_MORE: Final = "see 'motjuste daemon log'"

# What is written for a reason whose own words may quote a name or a text.
_KINDS: Final = ((DoesNotFit, "no room"), (NoSuchPerson, "nobody certain"), (UserError, "mistake"))


class Log(Protocol):
    """Takes down what happened, and never fails."""

    def note(self, event: str, **facts: str | int | float | None) -> None: ...


class Witness:
    """Sees each attempt to expand from its key to its outcome. `now` gives seconds."""

    def __init__(self, log: Log, faults: Faults, now: Callable[[], float]) -> None:
        self._log = log
        self._faults = faults
        self._now = now
        self._begun = 0.0
        self._facts: dict[str, str | int | None] = {}
        self._refusal = ""
        self.delivery_broken = False
        """Whether the way into the windows has met a fault, and should be opened anew."""

    def key(self) -> None:
        """The engine is about to be given a key."""
        self._begun = self._now()
        self._facts, self._refusal = {}, ""

    def outcome(self, outcome: Outcome) -> None:
        """What the engine has made of the key."""
        facts = self._facts
        if isinstance(outcome, Choice):
            self._log.note("refused", reason="several snippets")
        elif isinstance(outcome, Expanded):
            milliseconds = round((self._now() - self._begun) * 1000, 1)
            self._log.note("expanded", **facts, milliseconds=milliseconds)
        elif isinstance(outcome, Refused):
            self._log.note("refused", **facts, reason=self._refusal or "not delivered")
        self._facts, self._refusal = {}, ""

    def expander(self, expander: Expander) -> Expander:
        """`expander`, seen by this witness."""
        return _SeenExpander(self, expander)

    def injector(self, injector: Injector) -> Injector:
        """`injector`, seen by this witness."""
        return _SeenInjector(self, injector)

    def window(self, window: FrontWindow) -> FrontWindow:
        """`window`, seen by this witness."""
        return _SeenWindow(self._faults, window)

    def notifier(self, notifier: Notifier) -> Notifier:
        """`notifier`, seen by this witness."""
        return _SeenNotifier(self._faults, notifier)

    def expand(self, expander: Expander, match: Match, window: Window) -> Expansion:
        self._facts = {"label": _label(match), "window": window.wm_class}
        try:
            expansion = expander.expand(match, window)
        except UserError as problem:
            self._refusal = next(kind for error, kind in _KINDS if isinstance(problem, error))
            if isinstance(problem, DoesNotFit):
                self._facts |= {"length": problem.length, "limit": problem.limit}
            raise
        except DisplayGone:
            raise
        except Exception as error:
            self._refusal = "fault"
            fault = self._faults.note("rendering", error)
            raise UserError(
                f"an internal fault in this text ({fault.what})", next_step=_LOG_SAYS_MORE
            ) from error
        self._facts |= {"length": expansion.length, "limit": expansion.limit}
        return expansion

    @contextmanager
    def delivery(self) -> Iterator[None]:
        """A fault in here leaves the trigger as typed; the keyboard may be held by what is broken."""
        try:
            yield
        except (UserError, InjectionFailed, DisplayGone):
            raise
        except Exception as error:
            self.delivery_broken = True
            self._refusal = "fault"
            fault = self._faults.note("delivery", error)
            raise InjectionFailed(f"an internal fault ({fault.what}); {_LOG_SAYS_MORE}") from error


class _SeenExpander:
    def __init__(self, witness: Witness, expander: Expander) -> None:
        self._witness = witness
        self._expander = expander

    def expand(self, match: Match, window: Window) -> Expansion:
        return self._witness.expand(self._expander, match, window)


class _SeenInjector:
    def __init__(self, witness: Witness, injector: Injector) -> None:
        self._witness = witness
        self._injector = injector

    def holding(self) -> AbstractContextManager[None]:
        return self._held()

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._witness.delivery(), self._injector.holding():
            yield

    def inject(self, injection: Injection) -> None:
        with self._witness.delivery():
            self._injector.inject(injection)

    def move(self, clusters: int) -> None:
        with self._witness.delivery():
            self._injector.move(clusters)

    def intercept(self, names: frozenset[str]) -> None:
        with suppress(InjectionFailed), self._witness.delivery():
            self._injector.intercept(names)

    def let_through(self, name: str) -> None:
        with suppress(InjectionFailed), self._witness.delivery():
            self._injector.let_through(name)


class _SeenWindow:
    def __init__(self, faults: Faults, window: FrontWindow) -> None:
        self._faults = faults
        self._window = window

    def current(self) -> Window:
        try:
            return self._window.current()
        except DisplayGone:
            raise
        except Exception as error:
            self._faults.note("window", error)
            return Window()


class _SeenNotifier:
    def __init__(self, faults: Faults, notifier: Notifier) -> None:
        self._faults = faults
        self._notifier = notifier

    def notify(self, summary: str, body: str = "") -> None:
        try:
            self._notifier.notify(summary, body)
        except Exception as error:
            self._faults.note("notices", error)


def _label(match: Match) -> str:
    """What a person calls the snippet; never its trigger, which was typed."""
    snippet = match.snippet
    return snippet.label or snippet.template or f"a snippet of {os.path.basename(snippet.source)}"
