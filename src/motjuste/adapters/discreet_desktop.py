"""A desktop that hears nothing while one of its programs asks for a password."""

from __future__ import annotations

import contextlib
import os
import selectors
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from motjuste.adapters.accessibility import PasswordFields
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import FrontWindow, Injector

_REASON: Final = "a password field"


class KnownFrontWindow(FrontWindow, Protocol):
    """Tells the windows in front apart."""

    def id(self) -> int: ...


class Desktop(Protocol):
    """A desktop that can be made deaf: while there is any reason, what is typed is dropped unread."""

    name: str

    @property
    def window(self) -> KnownFrontWindow: ...

    @property
    def injector(self) -> Injector: ...

    @property
    def deaf(self) -> frozenset[str]: ...

    def be_deaf(self, reason: str, deaf: bool) -> None: ...

    @property
    def unheard(self) -> bool: ...

    @property
    def problems(self) -> tuple[str, ...]: ...

    def fileno(self) -> int: ...

    def typed(self) -> Iterator[KeyEvent]: ...

    def copied(self) -> str: ...

    def tick(self) -> None: ...

    @property
    def next_due(self) -> float | None: ...

    def close(self) -> None: ...


class DiscreetDesktop:
    """`desktop`, made deaf as long as a password field has the focus, where that can be known.

    `wanted` is one of profile.PASSWORD_FIELDS.
    """

    def __init__(
        self, desktop: Desktop, wanted: str = "toolkits", *, environ: Mapping[str, str] = os.environ
    ) -> None:
        self.name = desktop.name
        self.window: FrontWindow = desktop.window
        self.injector = desktop.injector
        self._desktop = desktop
        self._front = 0
        self._passwords = PasswordFields(environ, self._changed, wanted=wanted)
        self._selector = selectors.DefaultSelector()
        self._selector.register(desktop, selectors.EVENT_READ)
        self._selector.register(self._passwords, selectors.EVENT_READ)

    @property
    def deaf(self) -> frozenset[str]:
        """Why nothing that is typed is heard now; empty when all is."""
        return self._desktop.deaf

    @property
    def unheard(self) -> bool:
        return self._desktop.unheard

    @property
    def problems(self) -> tuple[str, ...]:
        """What cannot be done just now."""
        return self._desktop.problems

    def describe(self) -> str:
        """Whether password fields can be known here, in one sentence."""
        return self._passwords.describe()

    def fileno(self) -> int:
        """Readable when there is something typed, or something to know of a password field."""
        return self._selector.fileno()

    def typed(self) -> Iterator[KeyEvent]:
        """What the person did since the last call, without waiting."""
        # First, so that nothing is heard of a password that is known to be asked for.
        if any(key.fileobj is self._passwords for key, _ in self._selector.select(0)):
            self._passwords.process()
        for event in self._desktop.typed():
            if event.name == "Focus":
                self._passwords.rejoin()
            yield event
        self._look_after_the_window()

    def _look_after_the_window(self) -> None:
        """Who leaves for another window is not in the password field any more, even if that does not say so."""
        if self._passwords.secret and (front := self._desktop.window.id()) != self._front:
            self._front = front
            self._passwords.left()

    def _changed(self, secret: bool) -> None:
        self._front = self._desktop.window.id() if secret else 0
        self._desktop.be_deaf(_REASON, secret)

    def copied(self) -> str:
        """The text that the person copied last, "" when there is none."""
        return self._desktop.copied()

    def tick(self) -> None:
        """Do what is due by now."""
        self._passwords.tick()
        self._desktop.tick()

    @property
    def next_due(self) -> float | None:
        """When `tick` should be called (`time.monotonic`), or None."""
        dues = (self._desktop.next_due, self._passwords.next_due)
        return min((due for due in dues if due is not None), default=None)

    def close(self) -> None:
        with contextlib.ExitStack() as stack:
            stack.callback(self._selector.close)
            stack.callback(self._passwords.close)
            stack.callback(self._desktop.close)
