"""The daemon as a process: run in the foreground, started in the background, stopped."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from motjuste.adapters import control, desktops, processes
from motjuste.adapters.settings import Places, load_profile
from motjuste.daemon import Daemon
from motjuste.errors import UserError
from motjuste.ports import DisplayGone
from motjuste.profile import Profile

_READY: Final = "MOTJUSTE_READY_FD"
_START_SECONDS: Final = 20.0
_STOP_SECONDS: Final = 10.0


def run(places: Places) -> int:
    """Listen in the foreground until stopped; returns the exit code. UserError when it cannot begin."""
    from motjuste.adapters.memory import keep_memory_off_disk

    _make_way(places)
    instance = control.Instance(places.socket.with_suffix(".lock"))
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    try:
        open_desktop = functools.partial(desktops.open_desktop, _password_fields(places))
        daemon = Daemon(places, open_desktop, session=Path(session) if session else None, ready=_tell_ready)
        keep_memory_off_disk()
        return daemon.serve()
    except DisplayGone as gone:
        raise UserError(
            "the display has gone", next_step="start the daemon again from your desktop"
        ) from gone
    finally:
        instance.close()


def _password_fields(places: Places) -> str:
    """What the profile wants; the usual when it cannot be read, which `status` says."""
    try:
        return load_profile(places).password_fields
    except UserError:
        return Profile().password_fields


def start(places: Places) -> int:
    """Listen in the background; returns the process id once it listens. UserError with its last words."""
    with contextlib.suppress(control.NotRunning):
        state = control.ask(places.socket, {"command": "status"})
        if state.get("state") != "no display":
            raise UserError(
                f"the daemon already runs (pid {state['pid']})", next_step="see 'motjuste daemon status'"
            )
    started = processes.start_in_background(
        [sys.executable, "-m", "motjuste", "daemon", "run"], os.environ, _READY
    )
    daemon = started.process
    assert daemon.stderr is not None
    with daemon.stderr:
        if started.ready(_START_SECONDS):
            return daemon.pid
        try:
            daemon.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            raise UserError(
                f"the daemon (pid {daemon.pid}) does not begin to listen",
                next_step=f"end it by: {processes.how_to_end(daemon.pid)}",
            ) from None
        last_words = daemon.stderr.read().decode("utf-8", "replace").strip().splitlines()
    raise UserError(last_words[-1].removeprefix("motjuste: ") if last_words else "it ended without a word")


def stop(places: Places) -> None:
    """Stop the daemon and wait until it has ended. Raises control.NotRunning, UserError when it goes on."""
    pid = int(control.ask(places.socket, {"command": "stop"})["pid"])
    if not processes.wait_for_end(pid, _STOP_SECONDS):
        raise UserError(
            f"the daemon (pid {pid}) does not end", next_step=f"end it by: {processes.how_to_end(pid)}"
        )


def _make_way(places: Places) -> None:
    """End a daemon that has lost its display: the person has logged in anew, and wants one that works here."""
    with contextlib.suppress(control.NotRunning, UserError):
        if control.ask(places.socket, {"command": "status"}).get("state") == "no display":
            desktops.try_desktop()
            stop(places)


def _tell_ready() -> None:
    """Tell `start`, if it was `start` that called us, that from now on every key is heard.

    Nobody reads our standard error from then on, and it must not fill a file with what notices say.
    """
    if told := os.environ.pop(_READY, ""):
        processes.tell_ready(told)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
