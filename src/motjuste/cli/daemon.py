"""`motjuste daemon`: the program that listens for triggers, in the foreground or in the background."""

from __future__ import annotations

import contextlib
import os
from typing import Annotated, Any

import typer

from motjuste.adapters import control
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.output import Answer, table
from motjuste.errors import UserError

app = Noun("The program that listens for triggers.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
START_IT = "start it with 'motjuste daemon start'"


@app.command()
def run() -> Answer:
    """Listen here, in the foreground, until Ctrl+C."""
    from motjuste import daemon

    return Answer(exit_code=daemon.run(_places()))


@app.command()
def start(json: Json = False) -> Answer:
    """Listen in the background."""
    from motjuste import daemon

    pid = daemon.start(_places())
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
    from motjuste import daemon

    try:
        daemon.stop(_places())
    except control.NotRunning:
        return Answer("", {"running": False}, ("it was not running",)).shown(as_json=json)
    return Answer("stopped", {"running": False}).shown(as_json=json)


@app.command()
def restart(json: Json = False) -> Answer:
    """Stop, if it listens, and start again."""
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
    """Listen again."""
    return _told("resume", "listening again", json)


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
        ["state", "paused" if state.get("paused") else "listening"],
        ["display", str(state.get("display", ""))],
        ["pid", str(state.get("pid", ""))],
        ["since", str(state.get("since", "")).replace("T", " ")],
        ["triggers", str(state.get("triggers", ""))],
        ["expansions", str(state.get("expansions", 0))],
        ["last", last],
        ["problem", str(state.get("last_problem") or "")],
    ]
    return [row for row in rows if row[1]]
