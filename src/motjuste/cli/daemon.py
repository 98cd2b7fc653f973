"""`motjuste daemon`: the program that listens for triggers, in the foreground or in the background."""

from __future__ import annotations

import contextlib
import os
import time
from datetime import datetime
from json import dumps
from typing import Annotated, Any, Final

import typer

from motjuste.adapters import control, journal
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.daemon_words import told
from motjuste.cli.output import Answer, table, write
from motjuste.errors import UserError

app = Noun("The program that listens for triggers.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
START_IT = "start it with 'motjuste daemon start'"
_LINES: Final = 20
_FOLLOW_SECONDS: Final = 0.2


@app.command()
def run() -> Answer:
    """Listen here, in the foreground, until Ctrl+C."""
    from motjuste import background

    return Answer(exit_code=background.run(_places()))


@app.command()
def start(json: Json = False) -> Answer:
    """Listen in the background."""
    from motjuste import background

    pid = background.start(_places())
    problems: list[str] = []
    with contextlib.suppress(control.NotRunning, UserError):
        problems = _ask("status")["problems"]
    notes = tuple(f"motjuste: {problem}" for problem in problems)
    return Answer(f"listening in the background (pid {pid})", {"running": True, "pid": pid}, notes).shown(
        as_json=json
    )


@app.command()
def stop(json: Json = False) -> Answer:
    """Stop listening."""
    from motjuste import background

    try:
        background.stop(_places())
    except control.NotRunning:
        return Answer("", {"running": False}, ("it was not running",)).shown(as_json=json)
    return Answer("stopped", {"running": False}).shown(as_json=json)


@app.command()
def restart(json: Json = False) -> Answer:
    """Stop, if it listens, and start again."""
    from motjuste.adapters.desktops import try_desktop

    # What listens now should not end for a display on which nothing can begin.
    try_desktop()
    stop()
    return start(json)


@app.command()
def status(json: Json = False) -> Answer:
    """Say whether it listens, and what it did last."""
    try:
        state = _ask("status")
    except control.NotRunning:
        return Answer("not running", {"running": False}, (START_IT,)).shown(as_json=json)
    notes = tuple(f"motjuste: {problem}" for problem in state.get("problems", ()))
    return Answer(table(_rows(state)), state, notes).shown(as_json=json)


@app.command()
def pause(json: Json = False) -> Answer:
    """Stay, but do not listen."""
    return _told("pause", "paused; 'motjuste daemon resume' goes on", json)


@app.command()
def resume(json: Json = False) -> Answer:
    """Listen again, and look for a lost display at once."""
    return _told("resume", "listening again", json)


@app.command()
def log(
    lines: Annotated[str | None, typer.Option("--lines", metavar="N", help="The last N; else 20.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on until Ctrl+C.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document; with --follow one a line.")
    ] = False,
) -> Answer:
    """Tell what happened, without a word of what was typed."""
    from motjuste.cli.messages import positive

    path = _places().log
    count = positive(lines, "--lines") or _LINES
    if follow:
        coming = journal.Follower(path, count)
        while True:
            for entry in coming.more():
                write(dumps(entry, ensure_ascii=False) if json else told(entry))
            time.sleep(_FOLLOW_SECONDS)
    entries = journal.read(path, count)
    notes = () if entries else (f"nothing has happened yet, or {path} was removed",)
    return Answer("\n".join(map(told, entries)), {"events": entries}, notes).shown(as_json=json)


def _told(command: str, done: str, json: bool) -> Answer:
    try:
        state = _ask(command)
    except control.NotRunning:
        raise UserError("the daemon is not running", next_step=START_IT) from None
    return Answer(done, state).shown(as_json=json)


def _ask(command: str) -> control.Answer:
    return control.ask(_places().socket, {"command": command})


def _places() -> Places:
    return Places.from_environment(os.environ)


def _rows(state: dict[str, Any]) -> list[list[str]]:
    last = " ".join(
        part
        for part in (
            state.get("last_template") or "",
            f"for {state['last_person']}" if state.get("last_person") else "",
            f"({state['last_evidence']})" if state.get("last_evidence") else "",
        )
        if part
    )
    rows = [
        ["state", _state(state)],
        ["deaf", f"for {' and '.join(state['deaf'])}" if state.get("deaf") else ""],
        ["passwords", str(state.get("password_fields", ""))],
        ["display", str(state.get("display", ""))],
        ["pid", str(state.get("pid", ""))],
        ["since", _moment(state.get("since"))],
        ["triggers", str(state.get("triggers", ""))],
        ["expansions", str(state.get("expansions", 0))],
        ["last", last],
        ["problem", str(state.get("last_problem") or "")],
    ]
    return [row for row in rows if row[1]]


def _state(state: dict[str, Any]) -> str:
    gone = state.get("display_gone_since")
    return f"no display since {_moment(gone)}" if gone else str(state.get("state", ""))


def _moment(iso: str | None) -> str:
    """A moment in the time zone of who reads it."""
    return f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M:%S}" if iso else ""
