"""What the listening threads hear, kept in order for the daemon's thread, and held back while a text goes in.

While keys are held back no window gets them: they wait here, each with its going down and its coming up, and are
sent again in the same order once the text stands. That is how what is typed on comes after the text.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from motjuste.adapters.pynput_desktop.strokes import (
    FORGET,
    Stroke,
    Typist,
    modifiers,
)
from motjuste.adapters.pynput_desktop.system import ListenerThread, System
from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import InjectionFailed

LONGEST_HOLD_SECONDS: Final = 3.0
"""After that the keys go their way, whatever the daemon is doing: nobody may be left without a keyboard."""
_ECHO_SECONDS: Final = 1.0  # how long one of our keys may take to come back
_LATE_SECONDS: Final = 2.0  # the system counts in coarser steps than we do
_WATCH_SECONDS: Final = 10.0
_RESTART_SECONDS: Final = 1.0
_MAXIMUM_PENDING: Final = 4096
_CLICK: Final = KeyEvent(name="Click")


@dataclass(frozen=True)
class Heard:
    """One thing the person did.

    `number` is that of the last stroke to send again before the engine sees it, 0 when the window has it already.
    """

    event: KeyEvent
    number: int = 0


class Listener:
    """Owns the listening threads and the queue between them and the daemon's thread.

    The threads only ever call `_hear` and `_touched`. All methods but these belong to the daemon's thread.
    """

    def __init__(self, system: System, clock: Callable[[], float] = time.monotonic) -> None:
        self._system = system
        self._clock = clock
        self._lock = threading.Lock()
        self._queue: deque[Heard] = deque(maxlen=_MAXIMUM_PENDING)
        self._expected: deque[tuple[int, bool, float]] = deque()
        self._kept: deque[tuple[int, Stroke]] = deque()
        self._count = 0
        self._held_since: float | None = None
        self._held: dict[int, Stroke] = {}  # the modifier keys that the person holds down
        self._shown: dict[int, Stroke] = {}  # and those that windows believe to be down
        self._swallowed: set[int] = set()  # keys whose going down no window got
        self._intercepted: frozenset[str] = frozenset()
        self._typist = Typist()
        self._last_heard = clock()
        self._threads: tuple[ListenerThread, ...] = ()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._watch_at: float | None = clock()
        self._restart_at = clock()
        self.restarts = 0
        self.fault = ""
        self._start()

    # -- threads -----------------------------------------------------------------------------------

    def _start(self) -> None:
        self._last_heard = self._clock()
        self._threads = tuple(self._system.listen(self._hear, self._touched))
        for thread in self._threads:
            threading.Thread(target=self._wait_for, args=(thread,), daemon=True).start()

    def _wait_for(self, thread: ListenerThread) -> None:
        """Wake the daemon when a listening thread ends, so that nobody has to ask all the time."""
        if isinstance(thread, threading.Thread):
            # pynput's own join waits for ever when the thread has died of an exception.
            threading.Thread.join(thread)
        self._wake()

    @property
    def is_alive(self) -> bool:
        return all(thread.is_alive() for thread in self._threads)

    def tick(self) -> None:
        """Start to listen again when a thread has died, or when the system has keys that we never heard."""
        now = self._clock()
        if self.is_alive:
            if self._watch_at is None or now < self._watch_at:
                return
            if self._is_deaf():
                self._restart()
        elif now >= self._restart_at:
            self._restart()
        self._watch_at = self._next_watch()

    def _next_watch(self) -> float | None:
        if not self.is_alive:
            return self._restart_at
        # Where the system does not say when keys came, nobody has to wake up and ask.
        return None if self._system.idle_seconds() is None else self._clock() + _WATCH_SECONDS

    @property
    def next_due(self) -> float | None:
        """When `tick` should be called, or None."""
        return self._watch_at

    def _is_deaf(self) -> bool:
        """Windows drops a hook, and macOS a tap, that once answered too late, without a word."""
        idle = self._system.idle_seconds()
        if idle is None or self._system.deaf_because():
            return False
        return self._clock() - idle > self._last_heard + _LATE_SECONDS

    def _restart(self) -> None:
        self.restarts += 1
        self._restart_at = self._clock() + _RESTART_SECONDS
        self._stop()
        with self._lock:
            # What was typed meanwhile, and which keys are down, is not known.
            self._held.clear()
            self._shown.clear()
            self._swallowed.clear()
            self._typist.forget()
            self._queue.append(Heard(FORGET))
        self.fault = ""
        try:
            self._start()
        except Exception as refused:
            self._threads = (_Dead(),)
            self.fault = str(refused) if isinstance(refused, UserError) else type(refused).__name__

    def _stop(self) -> None:
        for thread in self._threads:
            with contextlib.suppress(Exception):
                thread.stop()

    def close(self) -> None:
        """Stop listening; what was held back goes its way."""
        self._stop()
        with self._lock:
            kept = self._let_go_of_all()
        if kept:
            with contextlib.suppress(InjectionFailed):
                self.send(kept)
        self._reader.close()
        self._writer.close()

    # -- what the threads hear ---------------------------------------------------------------------

    def _touched(self, clicked: bool) -> None:
        self._last_heard = self._clock()
        if not clicked:
            return
        with self._lock:
            self._typist.forget()
            self._queue.append(Heard(_CLICK))
        self._wake()

    def _hear(self, stroke: Stroke) -> bool:
        """Take in one stroke; True when no window may get it."""
        try:
            swallow = self._take(stroke)
        except Exception as fault:
            # It would end pynput's thread. Its name is all that is told: its words may quote what was typed.
            self.fault = f"an internal fault while listening ({type(fault).__name__})"
            return False
        if self._queue:
            self._wake()
        return swallow

    def _take(self, stroke: Stroke) -> bool:
        overdue: list[Stroke] = []
        with self._lock:
            self._last_heard = now = self._clock()
            if self._is_ours(stroke, now):
                return False
            if self._follow(stroke):
                return True
            if self._held_since is None:
                return False
            self._kept.append((self._count, stroke))
            if now - self._held_since > LONGEST_HOLD_SECONDS:
                overdue = self._let_go_of_all()
        if overdue:
            self.send(overdue)
        return True

    def _follow(self, stroke: Stroke) -> bool:
        """Note what the stroke means; True when it is meant for us alone."""
        if stroke.is_modifier:
            _note_modifier(self._held, stroke)
            if self._held_since is None:
                _note_modifier(self._shown, stroke)
            return False
        if not stroke.pressed:
            intercepted = stroke.code in self._swallowed
            self._swallowed.discard(stroke.code)
            return intercepted
        self._reconcile()
        held = modifiers(stroke.name for stroke in self._held.values())
        meaning = self._system.meaning(stroke, held, composing=self._typist.composing)
        event = self._typist.press(stroke, meaning, held)
        if event.name in self._intercepted and not held:
            self._swallowed.add(stroke.code)
            self._queue.append(Heard(KeyEvent(name=event.name)))
            if self._held_since is None:
                # What comes after it waits as well, in case that the window gets it after all.
                self._held_since = self._last_heard
            return True
        self._count += 1
        self._queue.append(Heard(event, self._count if self._held_since is not None else 0))
        return False

    def _reconcile(self) -> None:
        """A key that came up where we could not hear it, as on the lock screen, is not held any more."""
        # While keys are held back the system knows less than we do.
        if self._held_since is None and self._held:
            for code in tuple(self._held):
                if not self._system.is_down(code):
                    self._held.pop(code)
                    self._shown.pop(code, None)

    def _is_ours(self, stroke: Stroke, now: float) -> bool:
        """Whether this is one of the keys that we have sent, which come back to us in their order.

        A key from a keyboard is never ours, whatever we wait for. Where the system does not say, our key and
        the person's are the same key, and it does not matter which is which.
        """
        while self._expected and self._expected[0][2] < now:
            self._expected.popleft()
        if stroke.injected is False:
            return False
        key = (stroke.code, stroke.pressed)
        if all(key != expected[:2] for expected in self._expected):
            return stroke.ours
        # Those before it never come: they were lost on the way.
        while self._expected.popleft()[:2] != key:
            pass
        return True

    def _let_go_of_all(self) -> list[Stroke]:
        kept = [stroke for _, stroke in self._kept]
        self._kept.clear()
        self._held_since = None
        self._queue = deque((Heard(heard.event) for heard in self._queue), self._queue.maxlen)
        return kept

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._writer.send(b"k")

    # -- for the daemon's thread -------------------------------------------------------------------

    def fileno(self) -> int:
        return self._reader.fileno()

    def drain(self) -> None:
        """Take the wake-up bytes away."""
        with contextlib.suppress(OSError):
            while self._reader.recv(4096):
                pass

    def hold(self) -> None:
        """From now on no window gets the person's keys."""
        with self._lock:
            if self._held_since is None:
                self._held_since = self._clock()

    @property
    def is_holding(self) -> bool:
        return self._held_since is not None

    def typed_ahead(self) -> list[KeyEvent]:
        """What the window has got already and the engine has not seen yet."""
        with self._lock:
            return [heard.event for heard in self._queue if not heard.number]

    @property
    def composing(self) -> bool:
        """Whether a dead key waits for its letter."""
        return self._typist.composing

    def next(self) -> Heard | None:
        with self._lock:
            return self._queue.popleft() if self._queue else None

    def take_kept(self, number: int | None = None) -> list[Stroke]:
        """The strokes held back up to `number`, to be sent now.

        Without a number it is all of them, provided that the engine has seen them all; once there are none, keys
        are not held back any more.
        """
        with self._lock:
            taken: list[Stroke] = []
            if number is None and self._queue:
                return taken  # the engine sees these first
            while self._kept and (number is None or self._kept[0][0] <= number):
                taken.append(self._kept.popleft()[1])
            if number is None and not taken:
                self._held_since = None
            return taken

    def held_modifiers(self) -> list[Stroke]:
        """The modifier keys that windows believe to be down, as strokes that press them."""
        with self._lock:
            return list(self._shown.values())

    def send(self, strokes: Sequence[Stroke]) -> None:
        """Send our own keys. Raises InjectionFailed before the first one."""
        until = self._clock() + _ECHO_SECONDS
        keys = [(stroke.code, stroke.pressed, until) for stroke in strokes]
        with self._lock:
            self._expected.extend(keys)
            down = tuple(self._shown.values())
        try:
            self._system.send(strokes, down)
        except Exception:
            with self._lock:
                for key in keys:
                    with contextlib.suppress(ValueError):
                        self._expected.remove(key)
            raise
        with self._lock:
            for stroke in strokes:
                _note_modifier(self._shown, stroke)

    def intercept(self, names: frozenset[str]) -> None:
        """From now on the keys of these names, without modifiers, come to us rather than to the window."""
        with self._lock:
            self._intercepted = names


def _note_modifier(held: dict[int, Stroke], stroke: Stroke) -> None:
    if not stroke.pressed:
        held.pop(stroke.code, None)
    elif modifiers((stroke.name,)):  # and not Caps Lock
        held[stroke.code] = stroke


class _Dead:
    """Stands for a thread that could not be started."""

    def is_alive(self) -> bool:
        return False

    def stop(self) -> None:
        pass
