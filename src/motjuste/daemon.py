"""The program that listens: one loop over the desktop's keys, the control socket, signals and saved files."""

from __future__ import annotations

import contextlib
import os
import queue
import selectors
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import motjuste
from motjuste import wiring
from motjuste.adapters import control, processes
from motjuste.adapters.journal import Journal
from motjuste.adapters.notifications import DesktopNotifier
from motjuste.adapters.recorder import Recorder
from motjuste.adapters.settings import Places
from motjuste.alive.desktop import Desktop, Notices, Nowhere
from motjuste.alive.faults import Fault, Faults
from motjuste.alive.reconnection import Reconnection
from motjuste.alive.witness import Witness
from motjuste.engine import Expanded, Outcome, TakenBack
from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import DisplayGone

if sys.platform == "linux":
    from motjuste.adapters.watching import Watcher
else:
    from motjuste.adapters.watching_elsewhere import Watcher

_SETTLE_SECONDS: Final = 0.15  # programs save a file in several steps
_CARDS_AT_ONCE: Final = 50  # some 20 milliseconds, which nobody who types notices
_LATE_SECONDS: Final = 5.0  # a trigger that has waited longer than its pause by this much was left behind
_REACHABLE_SECONDS: Final = 60.0
_FAULTS_IN_A_ROW: Final = 3  # after which what listens is opened anew
_FORGET: Final = KeyEvent(name="Focus")


class Daemon:
    """Owns the loop, and with it the time; everything it calls is synchronous.

    The desktop is made by `open_desktop`, in the beginning and whenever it has gone; `session` is a folder
    that exists as long as the person is logged in; `ready` is called when every key is heard from then on.
    Raises UserError when there is no desktop to begin with.
    """

    def __init__(
        self,
        places: Places,
        open_desktop: Callable[[], Desktop],
        *,
        notices: Notices | None = None,
        reconnection: Reconnection | None = None,
        session: Path | None = None,
        ready: Callable[[], None] = lambda: None,
    ) -> None:
        self._places = places
        self._open_desktop = open_desktop
        self._ready = ready
        self._notices = notices or DesktopNotifier.here()
        self._reconnection = reconnection or Reconnection()
        self._session = session if session and session.is_dir() else None
        self._selector = selectors.DefaultSelector()
        self._stopping = ""
        self._interrupted = False
        self._paused = False
        self._reload_at: float | None = None
        self._pause_at: float | None = None
        self._heard_at = 0.0
        self._reachable_at = 0.0
        self._faults_in_a_row = 0
        self._since = datetime.now(UTC)
        self._gone_since: datetime | None = None
        self._gone_because = ""
        self._own_problem = ""
        self._ledger_problem = ""
        self._was_for_somebody = False
        self._watcher: Watcher | None = None
        self._watcher_problem = ""
        self._server: control.Server | None = None
        self._journal = Journal(places.log)
        self._faults = Faults(self._write_fault, time.monotonic)
        self._witness = Witness(self._journal, self._faults, time.monotonic)
        self._notifier = self._witness.notifier(self._notices)
        self._opened: queue.SimpleQueue[Desktop | Exception] = queue.SimpleQueue()
        self._thread_faults: queue.SimpleQueue[BaseException] = queue.SimpleQueue()
        self._recorder = Recorder(places.ledger, now=lambda: datetime.now(UTC), failed=self._not_recorded)
        self._listening = wiring.listening(places, clipboard=self._copied)
        self._listening.book.be_watched(self._cards_are_known)
        self._reading_ahead = True
        self._desktop: Desktop | None = open_desktop()
        self._display = self._desktop.name
        self._descriptor: int | None = None
        self._engine = self._listening.engine(
            injector=self._witness.injector(self._desktop.injector),
            window=self._witness.window(self._desktop.window),
            notifier=self._notifier,
            observer=self._observe,
            seen=self._witness.expander,
        )
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)

    def serve(self) -> int:
        """Listen until told to stop; returns the exit code. UserError when the display does not come back."""
        with contextlib.ExitStack() as stack:
            for ours in (self._selector, self._wake_reader, self._wake_writer):
                stack.callback(ours.close)
            stack.callback(self._recorder.close)
            stack.callback(self._let_desktop_go)
            self._server = control.Server(
                self._places.socket, self._selector, self._answer, lambda error: self._fault("control", error)
            )
            stack.callback(self._server.close)
            self._selector.register(self._wake_reader, selectors.EVENT_READ, self._woken)
            stack.enter_context(self._signals())
            stack.enter_context(self._threads())
            stack.callback(self._stop_watching)
            self._watch()
            self._listen_to_desktop()
            self._ready()
            self._journal.note(
                "started",
                version=motjuste.__version__,
                display=self._display,
                triggers=self._listening.triggers,
            )
            if sys.stderr.isatty():
                print(f"motjuste: listening on {self._display}; Ctrl+C ends it", file=sys.stderr)
            self._tell(self._listening.problems)
            try:
                while not self._stopping:
                    self._round()
            except Exception as error:
                self._faults.note("loop", error)
                self._journal.note("stopped", reason="fault")
                raise
        self._journal.note("stopped", reason=self._stopping)
        if self._gone_since is not None and not self._asked_to_stop:
            raise UserError(
                f"the display {self._display} has gone and did not come back",
                next_step="start the daemon again from your desktop",
            )
        return 130 if self._interrupted else 0

    def _round(self) -> None:
        if self._desktop and self._desktop.unheard:
            self._hear()
        due = self._next_due()
        patience = None if due is None else max(0.0, due - time.monotonic())
        for key, _ in self._selector.select(patience):
            callback: Callable[[], None] = key.data
            self._safely("loop", callback)
        now = time.monotonic()
        # With each key this comes twice, and most of the time there is nothing to do.
        if self._gone_since or now >= self._reachable_at or (due is not None and now >= due):
            self._do_what_is_due(now)

    @property
    def _asked_to_stop(self) -> bool:
        return self._stopping in ("asked", "signal", "interrupted")

    # -- time --------------------------------------------------------------------------------------

    def _next_due(self) -> float | None:
        """When something is due: None when nobody types, so that the daemon sleeps."""
        if self._reading_ahead or self._stopping:
            return 0.0
        desktop_due = self._desktop.next_due if self._desktop else None
        due = [
            at
            for at in (self._reload_at, self._pause_at, desktop_due, self._reconnection.next_due)
            if at is not None
        ]
        return min(due, default=None)

    def _do_what_is_due(self, now: float) -> None:
        if self._pause_at is not None and now >= self._pause_at:
            self._pause_at = None
            self._safely("typing", self._pause_is_over)
        if self._reload_at is not None and now >= self._reload_at:
            self._reload_at = None
            self._safely("files", self._reload)
        if self._reading_ahead:
            self._reading_ahead = False
            self._safely("files", self._read_ahead)
        if self._server and now >= self._reachable_at:
            self._reachable_at = now + _REACHABLE_SECONDS
            self._safely("control", self._server.be_reachable)
        if self._desktop:
            self._tick(self._desktop)
        self._seek_display(now)

    def _pause_is_over(self) -> None:
        if _seconds_since_boot() - self._heard_at > self._engine.wait_seconds + _LATE_SECONDS:
            # We were stopped or the computer slept: nobody waits for that text any more.
            self._engine.key(_FORGET)
        else:
            self._witness.key()
            self._engine.pause()

    def _tick(self, desktop: Desktop) -> None:
        try:
            desktop.tick()
        except DisplayGone as gone:
            self._display_gone(str(gone))
        except Exception as error:
            self._fault("delivery", error)
            self._begin_anew()

    # -- what comes in -----------------------------------------------------------------------------

    def _hear(self) -> None:
        """Take in what was typed; after a fault, what was typed after it."""
        while self._desktop and not self._heard_all(self._desktop):
            pass

    def _heard_all(self, desktop: Desktop) -> bool:
        try:
            for event in desktop.typed():
                self._faults_in_a_row = 0
                if not self._paused:
                    self._take_in(event)
                if self._desktop is not desktop:
                    return True
        except DisplayGone as gone:
            self._display_gone(str(gone))
        except Exception as error:
            self._fault("listening", error)
            self._forget()
            self._faults_in_a_row += 1
            if self._faults_in_a_row >= _FAULTS_IN_A_ROW:
                self._begin_anew()
            return False
        if self._witness.delivery_broken:
            # The keyboard may still be held by what is broken; it is let go with the connection.
            self._begin_anew()
        return True

    def _take_in(self, event: KeyEvent) -> None:
        self._heard_at = _seconds_since_boot()
        self._witness.key()
        try:
            self._engine.key(event)
        except DisplayGone:
            raise
        except Exception as error:
            self._fault("typing", error)
            self._forget()
        self._pause_at = time.monotonic() + self._engine.wait_seconds if self._engine.waiting else None

    def _observe(self, outcome: Outcome) -> None:
        self._witness.outcome(outcome)
        if isinstance(outcome, TakenBack) and self._was_for_somebody:
            self._recorder.taken_back()
        elif isinstance(outcome, Expanded):
            made = outcome.expansion
            self._was_for_somebody = made.contact is not None
            if made.contact is not None:
                self._ledger_problem = ""
                self._recorder.typed(
                    made.contact,
                    template=made.template,
                    channel=made.channel,
                    length=made.length or len(made.text),
                )
                self._listening.book.note_use(made.contact)

    def _not_recorded(self, problem: UserError) -> None:
        """The text stands in the window all the same; the status tells why the ledger does not know of it."""
        self._ledger_problem = str(problem)

    def _forget(self) -> None:
        """What was typed is not certain any more."""
        self._pause_at = None
        self._safely("typing", lambda: self._engine.key(_FORGET))

    def _safely(self, where: str, act: Callable[[], None]) -> None:
        """A fault in one thing must not end all the others."""
        try:
            act()
        except DisplayGone as gone:
            self._display_gone(str(gone))
        except UserError as problem:
            self._own_problem = str(problem)
        except Exception as error:
            self._fault(where, error)

    def _fault(self, where: str, error: BaseException) -> None:
        if self._faults.note(where, error).first:
            self._notifier.notify(
                "motjuste met an internal fault", "it goes on; 'motjuste daemon log' says more"
            )

    def _write_fault(self, fault: Fault) -> None:
        self._journal.note(
            "fault",
            part=fault.where,
            error=fault.what,
            place=fault.place,
            count=fault.count,
            trace=fault.trace,
        )

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake_reader.recv(4096):
                pass
        with contextlib.suppress(queue.Empty):
            while True:
                self._fault("thread", self._thread_faults.get_nowait())

    def _wake(self) -> None:
        """End the loop's sleep; from any thread."""
        with contextlib.suppress(BlockingIOError, OSError):
            self._wake_writer.send(b"w")

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, _frame: object) -> None:
            self._interrupted = number == signal.SIGINT
            self._stopping = "interrupted" if self._interrupted else "signal"

        previous = {number: signal.signal(number, stop) for number in processes.STOPPING}
        # The byte that Python writes for a signal ends the loop's sleep.
        wakeup = signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in previous.items():
                signal.signal(number, handler)

    @contextlib.contextmanager
    def _threads(self) -> Iterator[None]:
        """What ends a thread is a fault like others, and its words are printed nowhere."""

        def ended(thread: threading.ExceptHookArgs) -> None:
            if thread.exc_value is not None:
                self._thread_faults.put(thread.exc_value)
                self._wake()

        previous, threading.excepthook = threading.excepthook, ended
        try:
            yield
        finally:
            threading.excepthook = previous

    # -- the display -------------------------------------------------------------------------------

    def _listen_to_desktop(self) -> None:
        if self._desktop:
            # Remembered, because a connection that has ended may not tell it any more.
            self._descriptor = self._desktop.fileno()
            self._selector.register(self._descriptor, selectors.EVENT_READ, self._hear)

    def _let_desktop_go(self) -> None:
        desktop, self._desktop = self._desktop, None
        if desktop is None:
            return
        if self._descriptor is not None:
            self._selector.unregister(self._descriptor)
            self._descriptor = None
        try:
            desktop.close()
        except DisplayGone:
            return
        except Exception as error:
            if self._gone_since is None:
                self._faults.note("display", error)

    def _display_gone(self, because: str) -> None:
        self._journal.note("display gone", display=self._display)
        self._be_without_display(because)

    def _begin_anew(self) -> None:
        """Close what listens and types after a fault in it, and open it again."""
        self._witness.delivery_broken = False
        self._journal.note("begun anew", display=self._display)
        self._be_without_display("an internal fault")

    def _be_without_display(self, because: str) -> None:
        self._faults_in_a_row = 0
        self._pause_at = None
        self._gone_since, self._gone_because = datetime.now(UTC), because
        self._reconnection.lost(time.monotonic())
        self._engine.replace_desktop(Nowhere(), Nowhere())
        self._let_desktop_go()

    def _seek_display(self, now: float) -> None:
        with contextlib.suppress(queue.Empty):
            opened = self._opened.get_nowait()
            if isinstance(opened, Exception):
                self._not_opened(opened, now)
            else:
                self._display_back(opened, now)
        if self._reconnection.next_try is not None and now >= self._reconnection.next_try:
            self._reconnection.trying()
            # A server that hangs as it starts would hold up everything else; nobody waits for this thread.
            threading.Thread(target=self._open, daemon=True).start()
        if self._reconnection.hopeless(now):
            self._stopping = "the display did not come back"
        elif self._gone_since and self._session and not self._session.is_dir():
            self._stopping = "the person has logged out"

    def _open(self) -> None:
        try:
            self._opened.put(self._open_desktop())
        except Exception as problem:
            self._opened.put(problem)
        self._wake()

    def _not_opened(self, problem: Exception, now: float) -> None:
        if isinstance(problem, (UserError, DisplayGone)):
            self._gone_because = str(problem)
        else:
            self._fault("display", problem)
        self._reconnection.failed(now)

    def _display_back(self, desktop: Desktop, now: float) -> None:
        gone = datetime.now(UTC) - (self._gone_since or datetime.now(UTC))
        self._desktop, self._display = desktop, desktop.name
        self._gone_since, self._gone_because = None, ""
        self._engine.replace_desktop(
            self._witness.injector(desktop.injector), self._witness.window(desktop.window)
        )
        self._reconnection.back(now)
        self._listen_to_desktop()
        self._journal.note("display back", display=desktop.name, seconds=round(gone.total_seconds(), 1))
        # The window in front may be one that a rule turns off.
        self._forget()

    # -- files -------------------------------------------------------------------------------------

    def _watch(self) -> None:
        try:
            self._watcher = Watcher(self._places.watched)
            self._selector.register(self._watcher.fileno(), selectors.EVENT_READ, self._look_at_files)
        except OSError as problem:
            self._watcher_problem = problem.strerror or str(problem)

    def _stop_watching(self) -> None:
        if self._watcher:
            self._selector.unregister(self._watcher.fileno())
            self._watcher.close()
            self._watcher = None

    def _look_at_files(self) -> None:
        try:
            if self._watcher and self._watcher.changed():
                self._reload_at = time.monotonic() + _SETTLE_SECONDS
        except Exception as error:
            # What is broken would be ready to be read for ever.
            self._stop_watching()
            self._watcher_problem = f"an internal fault, {type(error).__name__}"
            self._fault("files", error)

    def _cards_are_known(self) -> bool:
        """Whether the system has told of no change since the files were read."""
        self._look_at_files()
        return self._watcher is not None and not self._watcher.problem and self._reload_at is None

    def _reload(self) -> None:
        known = self._listening.problems
        self._own_problem = ""
        self._listening.book.look_again()
        self._listening = wiring.listening(self._places, book=self._listening.book, clipboard=self._copied)
        self._listening.renew(self._engine, seen=self._witness.expander)
        self._reading_ahead = True
        self._journal.note(
            "reloaded", triggers=self._listening.triggers, problems=len(self._listening.problems)
        )
        self._tell([problem for problem in self._listening.problems if problem not in known])

    def _tell(self, problems: Sequence[str]) -> None:
        """A trigger that is silently not there would look like a fault: who saves a file sees what is wrong in it."""
        for problem in problems[:1]:
            others = f" (and {len(problems) - 1} more: see 'motjuste daemon status')" if problems[1:] else ""
            self._notifier.notify("this file is not used", f"{problem}{others}")

    def _copied(self) -> str:
        """What may say whom an expansion is for."""
        return self._desktop.copied() if self._desktop else ""

    def _read_ahead(self) -> None:
        """A trigger must not wait until thousands of cards are read."""
        self._reading_ahead = self._listening.book.read_ahead(_CARDS_AT_ONCE)

    # -- the control socket ------------------------------------------------------------------------

    def _answer(self, request: control.Answer) -> control.Answer:
        commands: dict[object, Callable[[], control.Answer]] = {
            "status": self._status,
            "stop": self._stop,
            "pause": lambda: self._pause(True),
            "resume": self._resume,
        }
        command = commands.get(request.get("command"))
        if command is None:
            raise UserError(f"the daemon knows no command {request.get('command')!r}")
        return command()

    def _stop(self) -> control.Answer:
        self._stopping = "asked"
        return {"pid": os.getpid()}

    def _resume(self) -> control.Answer:
        """Go on after a pause, and try again at once whatever could not be done."""
        if self._watcher is None:
            self._watcher_problem = ""
            self._watch()
            self._reload_at = time.monotonic()
        if self._gone_since and self._reconnection.next_try is not None:
            self._reconnection.hurry(time.monotonic())
        return self._pause(False)

    def _pause(self, paused: bool) -> control.Answer:
        if paused is not self._paused:
            self._journal.note("paused" if paused else "resumed")
        self._paused = paused
        # What was typed meanwhile is not known.
        self._forget()
        return self._status()

    @property
    def _state(self) -> str:
        if self._gone_since:
            return "no display"
        return "paused" if self._paused else "listening"

    def _problems(self) -> Iterator[str]:
        if self._gone_since:
            yield (
                f"there is no display ({self._gone_because}); it is tried again every little while, "
                "and at once by 'motjuste daemon resume'"
            )
        if self._desktop:
            yield from self._desktop.problems
        yield from self._listening.problems
        yield from self._listening.matcher.runaways
        if self._own_problem:
            yield self._own_problem
        if problem := self._watcher_problem or (self._watcher.problem if self._watcher else ""):
            yield f"saved files are not all noticed ({problem}); 'motjuste daemon restart' reads them"
        if self._ledger_problem:
            yield self._ledger_problem
        if self._notices.problem:
            yield self._notices.problem
        if self._journal.problem:
            yield f"the log cannot be written ({self._journal.problem})"
        if faults := self._faults.found:
            times = sum(fault.count for fault in faults)
            yield f"internal faults: {times}; 'motjuste daemon log' says where"

    def _status(self) -> control.Answer:
        status: dict[str, Any] = asdict(self._engine.status)
        status["last_template"] = status.pop("last_trigger_label")
        return {
            "running": True,
            "pid": os.getpid(),
            "state": self._state,
            "paused": self._paused,
            "display": self._display,
            "display_gone_since": _told(self._gone_since),
            "since": _told(self._since),
            "triggers": self._listening.triggers,
            "deaf": sorted(self._desktop.deaf) if self._desktop else [],
            "password_fields": self._desktop.describe() if self._desktop else "",
            "problems": list(self._problems()),
            "faults": [
                {"part": fault.where, "error": fault.what, "place": fault.place, "count": fault.count}
                for fault in self._faults.found
            ],
            **status,
        }


def _told(moment: datetime | None) -> str | None:
    return moment.astimezone().isoformat(timespec="seconds") if moment else None


def _seconds_since_boot() -> float:
    """A clock that goes on while the computer sleeps, where there is one."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
