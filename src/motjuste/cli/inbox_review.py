"""`motjuste inbox review`: go through the invitations, on the whole terminal or line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.inbox_desk import PolicyName
from motjuste.cli.output import Answer, tell

if TYPE_CHECKING:
    from motjuste.review.words import Words
    from motjuste.review.work import Work

app = Noun("")
NEEDS_A_SCREEN = (
    "motjuste: the whole-screen review needs 'textual', which is not installed; "
    "going line by line (pip install textual brings it)"
)


@app.command()
def review(
    policy: PolicyName = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line: for screen readers and simple terminals.")
    ] = False,
) -> Answer:
    """Go through the invitations one by one.

    Take what your policy proposes by one key, or change it; each step can be taken back.
    """
    # Late: only this command is worth the time that they take.
    from motjuste.adapters.copying import SystemClipboard
    from motjuste.adapters.copying_apart import ClipboardApart
    from motjuste.review.languages import words_for
    from motjuste.review.own import own_work

    draw = None if plain or not _has_a_screen() else _drawing()
    work, language, problems = own_work(
        Places.from_environment(os.environ),
        policy,
        ClipboardApart() if draw else SystemClipboard(),
        now=lambda: datetime.now(UTC),
    )
    words = words_for(language or _language_of_the_terminal())
    tell(f"motjuste: {problem}" for problem in problems)
    if draw:
        draw(work, words)
    else:
        from motjuste.review.plain import Plain

        Plain(work, words, sys.stdin.readline, _write).run()
    return Answer()


def _has_a_screen() -> bool:
    """Whether all that is read and written belongs to a terminal that can move its cursor."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if os.environ.get("TERM", "dumb") == "dumb" and sys.platform != "win32":
        return False
    return all(stream is not None and stream.isatty() for stream in streams)


def _drawing() -> Callable[[Work, Words], None] | None:
    """What draws the whole screen; None, and a word, where the library for it is missing."""
    try:
        from motjuste.review.screen import run
    except ModuleNotFoundError:
        tell([NEEDS_A_SCREEN])
        return None
    return run


def _language_of_the_terminal() -> str:
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, settings), "")


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
