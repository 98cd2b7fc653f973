"""Recording what was typed for whom, behind the typing: whoever calls never waits for a disk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from motjuste.errors import UserError
from motjuste.people.card import Contact

if TYPE_CHECKING:
    from motjuste.adapters.ledger import LedgerFile


class Recorder:
    """Adds to the ledger which template was typed for which person, in a thread of its own; never the text.

    `failed` is called in that thread, with what could not be recorded and why; typing goes on.
    """

    def __init__(
        self, path: Path, *, now: Callable[[], datetime], failed: Callable[[UserError], None]
    ) -> None:
        self._path = path
        self._now = now
        self._failed = failed
        self._waiting: SimpleQueue[Callable[[LedgerFile], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._newest = 0
        """The step in which the text was recorded that may still be taken back."""

    def typed(self, contact: Contact, *, template: str, channel: str, length: int) -> None:
        """Remember that a text for the contact was typed just now; returns at once.

        A contact that does not say who it is is left out.
        """
        if not (contact.profile_key or contact.emails or contact.display_name):
            return
        at = self._now()

        def record(ledger: LedgerFile) -> None:
            from motjuste.inbox.invitation import keys_of
            from motjuste.inbox.written import text_for

            history = ledger.events(people=keys_of(contact))
            event = text_for(
                contact, history, kind="typed", at=at, template=template, channel=channel, length=length
            )
            self._newest = ledger.record([event])

        self._put(record)

    def taken_back(self) -> None:
        """The text that was typed last does not stand there any more; returns at once."""
        at = self._now()

        def record(ledger: LedgerFile) -> None:
            from motjuste.inbox.events import Event

            if self._newest:
                ledger.record([Event(kind="undone", at=at, person="", details={"batch": str(self._newest)})])
                self._newest = 0

        self._put(record)

    def _put(self, record: Callable[[LedgerFile], None]) -> None:
        self._waiting.put(record)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="ledger", daemon=True)
            self._thread.start()

    def close(self, seconds: float = 5.0) -> None:
        """Record what still waits, for so long at most; nothing can be recorded afterwards."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(seconds)

    def _work(self) -> None:
        # Late, and in this thread: loading it takes longer than a key.
        from motjuste.adapters.ledger import LedgerFile

        while (record := self._waiting.get()) is not None:
            # Closed each time: then all of the ledger is in one file, which a person may copy.
            with contextlib.closing(LedgerFile(self._path)) as ledger:
                try:
                    record(ledger)
                except UserError as problem:
                    self._newest = 0
                    self._failed(problem)
