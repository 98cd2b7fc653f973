"""The clipboard is borrowed for a paste, and given back with all that was on it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from motjuste.ports import InjectionFailed

_READ_SECONDS: Final = 0.25  # how long a window may take to read what it was told to paste
_RETRY_SECONDS: Final = 0.1
_RETRIES: Final = 20


class SystemClipboard(Protocol):
    """The system's clipboard with all its formats. Every method raises OSError when it cannot be had."""

    def save(self) -> Any:
        """All that is on it, in whatever form `restore` understands."""

    def restore(self, saved: Any) -> None:
        """Put back what `save` returned."""

    def put(self, text: str) -> None:
        """Put `text` on it, marked so that a clipboard history leaves it out."""

    def text(self) -> str:
        """The text on it, "" when there is none."""

    def changes(self) -> int:
        """A number that changes whenever anybody puts something on it."""


class Loan:
    """Our text on the clipboard, for as long as a window may need to read it.

    Neither system tells us cheaply when a text was read, so it stays for a documented time. Nobody waits for that,
    except a second text that comes at once: it would take the clipboard away from the first. What somebody else
    copies meanwhile wins.
    """

    def __init__(
        self,
        clipboard: SystemClipboard,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clipboard = clipboard
        self._clock = clock
        self._sleep = sleep
        self._read_by = clock()
        self._saved: Any = None
        self._text_before = ""  # what the person had copied before the loan
        self._ours: int | None = None  # the number of our own change, None when nothing is borrowed
        self._tries = 0
        self.due: float | None = None
        self.problem = ""

    def put(self, text: str) -> None:
        """Put `text` on the clipboard. Raises InjectionFailed, with the clipboard as it was."""
        if (early := self._read_by - self._clock()) > 0:
            self._sleep(early)
        try:
            if self._ours is None or self._ours != self._clipboard.changes():
                self._ours, self._text_before = None, self._clipboard.text()
                self._saved = self._clipboard.save()
        except OSError as refused:
            raise _not_had(refused) from refused
        try:
            self._clipboard.put(text)
            self._ours = self._clipboard.changes()
        except OSError as refused:
            with contextlib.suppress(OSError):
                self._clipboard.restore(self._saved)
            self._ours = self._saved = self.due = None
            self._text_before = ""
            raise _not_had(refused) from refused
        self.due = None

    def copied(self) -> str:
        """The text that the person copied last, "" when there is none or it cannot be had."""
        try:
            if self._ours is not None and self._ours == self._clipboard.changes():
                return self._text_before
            return self._clipboard.text()
        except OSError:
            return ""

    def give_back_after(self, seconds: float) -> None:
        """The paste has been asked for: restore what was there after so many seconds."""
        if self._ours is not None:
            self.due, self._tries = self._clock() + seconds, 0
            self._read_by = self._clock() + _READ_SECONDS

    def tick(self) -> None:
        if self.due is not None and self._clock() >= self.due:
            self.give_back()

    def give_back(self) -> None:
        """Restore what was there, unless somebody else has put something on it; try again later when it is taken."""
        if self._ours is None:
            self.due = self._saved = None
            return
        try:
            if self._clipboard.changes() == self._ours:
                self._clipboard.restore(self._saved)
        except OSError as refused:
            self._tries += 1
            if self._tries < _RETRIES:
                self.due = self._clock() + _RETRY_SECONDS
                return
            self.problem = f"what was on the clipboard could not be put back: {_words(refused)}"
        else:
            self.problem = ""
        self._ours = self._saved = self.due = None
        self._text_before = ""


def _not_had(refused: OSError) -> InjectionFailed:
    return InjectionFailed(f"the clipboard could not be had: {_words(refused)}")


def _words(refused: OSError) -> str:
    return refused.strerror or str(refused) or type(refused).__name__
