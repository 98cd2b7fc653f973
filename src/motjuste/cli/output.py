"""How results reach people and scripts: text alone on stdout, all else on stderr, or one JSON document."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from motjuste.errors import DoesNotFit, NoSuchPerson, UserError, printable


@dataclass(frozen=True)
class Answer:
    """What a command found out: `text` for people, `document` for `--json`, `notes` for stderr either way.

    A `problem` is told after the text and decides the exit code. The `pieces` are a file's content that stdout gets
    as it is, after the text.
    """

    text: str = ""
    document: Any = None
    notes: tuple[str, ...] = ()
    problem: UserError | None = None
    exit_code: int = 0
    pieces: Iterable[bytes] = ()

    def shown(self, *, as_json: bool) -> Answer:
        """The same answer, as `--json` asks for it or not."""
        return (
            Answer(_as_json(self.document), None, self.notes, self.problem, self.exit_code)
            if as_json
            else self
        )


def _as_json(document: Any) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2)


def show(answer: Answer) -> int:
    """Write the answer to stdout and stderr; return the exit code. OSError when stdout does not take it."""
    if answer.text:
        write(answer.text)
    write_pieces(answer.pieces)
    tell(answer.notes)
    if answer.problem is not None:
        tell_error(answer.problem)
        return answer.problem.exit_code
    return answer.exit_code


def write(text: str) -> None:
    """Put `text` and a line end on stdout, now; OSError when it cannot be."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_pieces(pieces: Iterable[bytes]) -> None:
    """Put a file's content on stdout; at a terminal, what would move its cursor or turn its text is left out."""
    for piece in pieces:
        if sys.stdout is not None and not sys.stdout.isatty():
            sys.stdout.buffer.write(piece)
        else:
            for line in piece.decode("utf-8", "replace").splitlines():
                write(printable(line))
    if sys.stdout is not None:
        sys.stdout.flush()


def tell(lines: Iterable[str]) -> None:
    """Say each line on stderr, its indentation kept, made safe for a terminal."""
    for line in lines:
        text = line.lstrip(" ")
        _say(" " * (len(line) - len(text)) + printable(text))


def tell_error(error: UserError) -> None:
    """Say in one line what is wrong; below it the candidates, or the wording that is still too long."""
    _say(f"motjuste: {error}")
    if isinstance(error, NoSuchPerson):
        tell(f"  {candidate}" for candidate in error.candidates)
    if isinstance(error, DoesNotFit):
        _say("")
        for line in error.shortest.split("\n"):
            _say(line)


def _say(line: str) -> None:
    # Nobody may be listening (2>&-, a closed pipe): what goes to stdout, and the exit code, still count.
    if sys.stderr is not None:
        try:
            print(line, file=sys.stderr, flush=True)
        except OSError:
            _forget(sys.stderr)


def forget_stdout() -> None:
    """Drop what stdout has not taken."""
    if sys.stdout is not None:
        _forget(sys.stdout)


def _forget(stream: TextIO) -> None:
    # Some interpreters, Debian 12's 3.11.2 among them, keep what could not be written, try once more at their end,
    # complain and change the exit code; newer ones have dropped it already.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def screen_width() -> int | None:
    """How many characters a line of the terminal has; None where the output goes elsewhere, and nothing is cut."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def in_colour() -> bool:
    """Whether what goes to stdout may be coloured: at a terminal that knows how, unless NO_COLOR says no."""
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return False
    # An older console of Windows shows the codes themselves.
    return "WT_SESSION" in os.environ if sys.platform == "win32" else os.environ.get("TERM", "dumb") != "dumb"


def table(rows: Iterable[Iterable[str]], *, gap: str = "  ", within: int | None = None) -> str:
    """Rows as aligned columns, made safe for a terminal; lines longer than `within` are cut, with "…"."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        gap.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    ]
    return "\n".join(
        line if within is None or len(line) <= within else f"{line[: within - 1].rstrip()}…" for line in lines
    )
