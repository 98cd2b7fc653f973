"""A paste of our own selection: what is offered, the chord that asks for it, and waiting until it was read.

There is no delay to guess: the owner of a selection knows when its text was read.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from motjuste.adapters.x11.events import SelectionAsked
from motjuste.adapters.x11.gate import Gate, Press
from motjuste.adapters.x11.selections import KEEP_SECONDS, Selections
from motjuste.adapters.x11.session import Probe, Session

_PASTE_SECONDS: Final = 5.0  # how long a busy window may take to ask for the text
_SLOW_SECONDS: Final = 0.15  # after which a window is asked whether it keeps up
_AFTER_SIGN_SECONDS: Final = 2.0  # a browser answers at once while its page still computes
_OTHER_READER_SECONDS: Final = 0.15  # how long the window may take when another program has read the text
_TURNS: Final = 3
_SHOWN_SECONDS: Final = 0.1
_AS_SLOW_AGAIN: Final = 2  # a busy page that asks again does so as late as it asked first
_LATE_SECONDS: Final = 10.0  # how long a window that did not take the text may still ask for it


@dataclass(frozen=True)
class Chord:
    """A key and the keys that are held for it."""

    press: Press
    hold: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paste:
    """Pastes texts into the window behind `gate`, which belongs to the active window `front`."""

    session: Session
    selections: Selections
    gate: Gate
    chord: Chord
    names: tuple[str, ...]
    front: int

    def prepare(self) -> None:
        """What takes a while and can be done while the window is busy with the trigger's end."""
        self.selections.save(self.names)

    def __call__(self, text: str) -> bool:
        """Paste `text`; False when the window does not take it. Raises InjectionFailed when the chord fails."""
        if not text:
            return True
        self.selections.offer(text, self.names)
        offered_at = time.monotonic()
        try:
            self.gate.send([self.chord.press], hold=self.chord.hold)
            read = self._wait_until_read()
            if read:
                self._wait_until_shown()
        finally:
            took = time.monotonic() - offered_at
            self.selections.restore_after(KEEP_SECONDS + _AS_SLOW_AGAIN * took)
        if not read:
            # A window that asks later than that gets nothing, rather than the text twice or the old clipboard.
            self.selections.change("")
            self.selections.restore_after(_LATE_SECONDS)
        return read

    def _wait_until_read(self) -> bool:
        """Until the window has read the text whole; the person's next key waits in the server meanwhile."""
        last = deadline = time.monotonic() + _PASTE_SECONDS
        ask_at = time.monotonic() + _SLOW_SECONDS
        probe: Probe | None = None
        arrived = asking = False
        try:
            while not self._was_read():
                if self.selections.readers and not asking:
                    # Either the window reads through a helper of its own, or a clipboard manager was faster.
                    deadline = min(deadline, time.monotonic() + _OTHER_READER_SECONDS)
                event = self.session.next(deadline if probe else min(ask_at, deadline))
                if isinstance(event, SelectionAsked) and self._is_the_windows(event.requestor):
                    # It pastes, be it slowly: a page may compute between asking for the forms and for the text.
                    asking, deadline = True, min(last, time.monotonic() + _AFTER_SIGN_SECONDS)
                if self.gate.is_asked:
                    # A key of the person's, perhaps in the midst of the chord.
                    arrived = arrived or self._arrive()
                    self.gate.keep_what_cannot_wait()
                if event is None and (probe or ask_at >= deadline):
                    return bool(self.selections.readers)
                if event is None:
                    probe = Probe(self.session, self.front)
                elif probe and probe.answered:
                    # It has seen the paste chord, and would have asked by now if it meant to.
                    deadline = min(deadline, time.monotonic() + _AFTER_SIGN_SECONDS)
            return True
        finally:
            if not arrived:
                self._arrive()
            if probe:
                probe.close()

    def _wait_until_shown(self) -> None:
        """GTK 4 puts a text in some turns of its loop after reading it, and a key right behind would overtake it.

        Each answer to a probe is one such turn.
        """
        deadline = time.monotonic() + _SHOWN_SECONDS
        for _ in range(_TURNS if self.session.answers_probes(self.front) else 0):
            probe = Probe(self.session, self.front)
            try:
                while not probe.answered and self.session.next(deadline) is not None:
                    if self.gate.is_asked:
                        self.gate.keep_what_cannot_wait()
            finally:
                probe.close()

    def _arrive(self) -> bool:
        self.gate.arrive([self.chord.press], hold=self.chord.hold)
        return True

    def _was_read(self) -> bool:
        return any(map(self._is_the_windows, self.selections.readers))

    def _is_the_windows(self, requestor: int) -> bool:
        return any(self.session.same_client(requestor, window) for window in (self.gate.focus, self.front))
