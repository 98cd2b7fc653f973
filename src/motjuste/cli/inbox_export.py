"""`motjuste inbox export`: all of the ledger in one file that `motjuste inbox import` reads back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from motjuste.adapters.files import write_atomically
from motjuste.adapters.ledger_export import export as lines_of
from motjuste.cli.app import Noun
from motjuste.cli.inbox import own_mailroom
from motjuste.cli.output import Answer
from motjuste.cli.who import STDIN

app = Noun("")


@app.command()
def export(
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="FILE", help="Where to write it, for you alone.  [default: standard output]"
        ),
    ] = None,
) -> Answer:
    """Write all that the ledger holds, for a backup.

    'motjuste inbox import' reads it back, on another computer, too.
    """
    lines = list(lines_of(own_mailroom().ledger, at=datetime.now(UTC)))
    events = len(lines) - 1
    counted = (
        f"{events} {'event' if events == 1 else 'events'}" if events else "the ledger is empty: no event"
    )
    if to is None or to == STDIN:
        return Answer("\n".join(lines), notes=(counted,))
    write_atomically(Path(to).expanduser(), "\n".join([*lines, ""]))
    return Answer(notes=(f"{counted} in {to}",))
