"""The program that listens: one loop over the desktop's keys, the control socket, signals and saved files."""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, Protocol

from motjuste import wiring
from motjuste.adapters import control
from motjuste.adapters.notifications import DesktopNotifier
from motjuste.adapters.settings import Places
from motjuste.adapters.watching import Watcher
from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import FrontWindow, Injector

_READY: Final = "MOTJUSTE_READY_FD"
_SETTLE_SECONDS: Final = 0.15  # programs save a file in several steps
_CARDS_AT_ONCE: Final = 50  # some 20 milliseconds, which nobody who types notices
_START_SECONDS: Final = 20.0
_STOP_SECONDS: Final = 10.0


class Desktop(Protocol):
    """What the daemon needs of a desktop."""

    name: str

    @property
    def window(self) -> FrontWindow: ...

    @property
    def injector(self) -> Injector: ...

    def fileno(self) -> int: ...

    def typed(self) -> Iterator[KeyEvent]: ...

    def tick(self) -> None: ...

    @property
    def next_due(self) -> float | None: ...

    def close(self) -> None: ...


class Daemon:
    """Owns the loop, and with it the time; everything it calls is synchronous."""

    def __init__(self, places: Places, desktop: Desktop) -> None:
        self._places = places
        self._desktop = desktop
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._interrupted = False
        self._paused = False
        self._reload_at: float | None = None
        self._pause_at: float | None = None
        self._since = datetime.now().astimezone()
        self._own_problems: list[str] = []
        self._notifier = DesktopNotifier()
        self._listening = wiring.listening(places)
        self._reading_ahead = True
        self._engine = self._listening.engine(
            injector=desktop.injector, window=desktop.window, notifier=self._notifier
        )
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)

    def serve(self) -> int:
        """Listen until told to stop; returns the exit code."""
        with contextlib.ExitStack() as stack:
            for ours in (self._selector, self._wake_reader, self._wake_writer):
                stack.callback(ours.close)
            stack.callback(self._desktop.close)
            server = control.Server(self._places.socket, self._selector, self._answer)
            stack.callback(server.close)
            self._selector.register(self._desktop.fileno(), selectors.EVENT_READ, self._hear)
            self._selector.register(self._wake_reader, selectors.EVENT_READ, self._woken)
            stack.enter_context(self._signals())
            self._watch(stack)
            _tell_ready()
            if sys.stderr.isatty():
                print(f"motjuste: listening on {self._desktop.name}; Ctrl+C ends it", file=sys.stderr)
            self._tell(self._listening.problems)
            while not self._stopping:
                # Whatever talks to the display may read keys on the way, and nothing would wake us for them.
                self._hear()
                for key, _ in self._selector.select(self._patience()):
                    callback: Callable[[], None] = key.data
                    callback()
                self._do_what_is_due()
        return 130 if self._interrupted else 0

    # -- time --------------------------------------------------------------------------------------

    def _patience(self) -> float | None:
        """How long nothing is due: None when nobody types, so that the daemon sleeps."""
        if self._reading_ahead:
            return 0.0
        due = [at for at in (self._reload_at, self._pause_at, self._desktop.next_due) if at is not None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _do_what_is_due(self) -> None:
        now = time.monotonic()
        if self._pause_at is not None and now >= self._pause_at:
            self._pause_at = None
            self._safely(self._engine.pause)
        if self._reload_at is not None and now >= self._reload_at:
            self._reload_at = None
            self._safely(self._reload)
        if self._reading_ahead:
            self._reading_ahead = False
            self._safely(self._read_ahead)
        self._desktop.tick()

    # -- what comes in -----------------------------------------------------------------------------

    def _hear(self) -> None:
        for event in self._desktop.typed():
            if self._paused:
                continue
            self._safely(lambda event=event: self._engine.key(event))  # type: ignore[misc]
            self._pause_at = time.monotonic() + self._engine.wait_seconds if self._engine.waiting else None

    def _safely(self, act: Callable[[], None]) -> None:
        """A fault in one expansion must not end all the others."""
        try:
            act()
        except UserError as problem:
            self._own_problems = [str(problem)]
        except Exception as fault:
            # Where it happened, and nothing of what was typed: an exception's own words may quote it.
            places = "".join(traceback.format_tb(fault.__traceback__))
            print(f"motjuste: internal fault, {type(fault).__name__}\n{places}", file=sys.stderr, flush=True)
            self._own_problems = [f"an internal fault ({type(fault).__name__}); see {self._places.log}"]
            self._notifier.notify("motjuste met an internal fault", "'motjuste daemon status' says more")

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake_reader.recv(4096):
                pass

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, _frame: object) -> None:
            self._interrupted = number == signal.SIGINT
            self._stopping = True

        previous = {
            number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        }
        # The byte that Python writes for a signal ends the loop's sleep.
        wakeup = signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in previous.items():
                signal.signal(number, handler)

    # -- files -------------------------------------------------------------------------------------

    def _watch(self, stack: contextlib.ExitStack) -> None:
        try:
            stack.callback(Watcher(self._places.watched, self._file_changed).close)
        except OSError as problem:
            self._own_problems = [
                f"saved files are not noticed ({problem.strerror}); use 'motjuste daemon restart'"
            ]

    def _file_changed(self) -> None:
        """Called from the watcher's thread."""
        self._reload_at = time.monotonic() + _SETTLE_SECONDS
        with contextlib.suppress(BlockingIOError, OSError):
            self._wake_writer.send(b"w")

    def _reload(self) -> None:
        known = self._listening.problems
        self._listening = wiring.listening(self._places, book=self._listening.book)
        self._listening.renew(self._engine)
        self._own_problems = []
        self._reading_ahead = True
        self._tell([problem for problem in self._listening.problems if problem not in known])

    def _tell(self, problems: Sequence[str]) -> None:
        """A trigger that is silently not there would look like a fault: who saves a file sees what is wrong in it."""
        for problem in problems[:1]:
            others = f" (and {len(problems) - 1} more: see 'motjuste daemon status')" if problems[1:] else ""
            self._notifier.notify("this file is not used", f"{problem}{others}")

    def _read_ahead(self) -> None:
        """A trigger must not wait until thousands of cards are read."""
        self._reading_ahead = self._listening.book.read_ahead(_CARDS_AT_ONCE)

    # -- the control socket ------------------------------------------------------------------------

    def _answer(self, request: control.Answer) -> control.Answer:
        commands: dict[object, Callable[[], control.Answer]] = {
            "status": self._status,
            "stop": self._stop,
            "pause": lambda: self._pause(True),
            "resume": lambda: self._pause(False),
        }
        command = commands.get(request.get("command"))
        if command is None:
            raise UserError(f"the daemon knows no command {request.get('command')!r}")
        return command()

    def _stop(self) -> control.Answer:
        self._stopping = True
        return {"pid": os.getpid()}

    def _pause(self, paused: bool) -> control.Answer:
        self._paused = paused
        self._pause_at = None
        # What was typed meanwhile is not known.
        self._engine.key(KeyEvent(name="Focus"))
        return self._status()

    def _status(self) -> control.Answer:
        status: dict[str, Any] = asdict(self._engine.status)
        status["last_template"] = status.pop("last_trigger_label")
        return {
            "running": True,
            "pid": os.getpid(),
            "paused": self._paused,
            "display": self._desktop.name,
            "since": self._since.isoformat(timespec="seconds"),
            "triggers": self._listening.triggers,
            "problems": [*self._listening.problems, *self._own_problems],
            **status,
        }


def run(places: Places) -> int:
    """Listen in the foreground until stopped; returns the exit code. UserError when it cannot begin."""
    # Imported here so that the terminal commands need no X library.
    from motjuste.adapters.x11.desktop import X11Desktop
    from motjuste.adapters.x11.session import DisplayGone

    instance = control.Instance(places.socket.with_suffix(".lock"))
    try:
        return Daemon(places, X11Desktop()).serve()
    except DisplayGone as gone:
        raise UserError(
            "the display has gone", next_step="start the daemon again from your desktop"
        ) from gone
    finally:
        instance.close()


def start(places: Places) -> int:
    """Listen in the background; returns the process id once it listens. UserError with its last words."""
    with contextlib.suppress(control.NotRunning):
        pid = control.ask(places.socket, {"command": "status"})["pid"]
        raise UserError(f"the daemon already runs (pid {pid})", next_step="see 'motjuste daemon status'")
    places.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    reader, writer = os.pipe()
    with open(places.log, "w", encoding="utf-8", opener=_private) as log:
        daemon = subprocess.Popen(
            [sys.executable, "-m", "motjuste", "daemon", "run"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, _READY: str(writer)},
            pass_fds=(writer,),
            start_new_session=True,
        )
    os.close(writer)
    with open(reader, "rb", buffering=0) as ready:
        # The pipe ends without a word when the daemon ends before it listens.
        if select.select([ready], [], [], _START_SECONDS)[0] and ready.read(1):
            return daemon.pid
    if daemon.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            daemon.wait(_STOP_SECONDS)
    last_words = places.log.read_text(encoding="utf-8").strip().splitlines()
    reason = last_words[-1].removeprefix("motjuste: ") if last_words else "it ended without a word"
    raise UserError(reason)


def stop(places: Places) -> None:
    """Stop the daemon and wait until it has ended. Raises control.NotRunning, UserError when it goes on."""
    pid = int(control.ask(places.socket, {"command": "stop"})["pid"])
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        if not select.select([process], [], [], _STOP_SECONDS)[0]:
            raise UserError(f"the daemon (pid {pid}) does not end", next_step=f"end it by: kill {pid}")
    finally:
        os.close(process)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _tell_ready() -> None:
    """Tell `start`, if it was `start` that called us, that from now on every key is heard."""
    if number := os.environ.pop(_READY, ""):
        descriptor = int(number)
        os.write(descriptor, b"1")
        os.close(descriptor)
