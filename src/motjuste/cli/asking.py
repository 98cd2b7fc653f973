"""Questions to whoever sits at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

from motjuste.cli.output import tell
from motjuste.errors import UserError


def someone_is_there() -> bool:
    """Whether a person can be asked: what is read and what is told both belong to a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str, accept: Callable[[str], str], default: str = "") -> str:
    """What `accept` makes of the answer; nothing means the default. A UserError of its is told, and asked again.

    Ctrl+D gives up, as Ctrl+C does.
    """
    while True:
        tell([f"{question} [{default}]" if default else question])
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        try:
            return accept(line.strip() or default)
        except UserError as error:
            tell([f"  {error}"])


def agreed(question: str) -> bool:
    """Whether the answer is yes, in English or French; nothing means yes."""
    tell([f"{question} [Y/n]"])
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip().casefold() in ("", "y", "yes", "o", "oui")
