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


def agreed(question: str, *, otherwise: bool = True) -> bool:
    """Whether the answer is yes, in English, French or Spanish; nothing means `otherwise`."""
    tell([f"{question} {'[Y/n]' if otherwise else '[y/N]'}"])
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    answer = line.strip().casefold()
    return answer in ("y", "yes", "o", "oui", "s", "si", "sí") if answer else otherwise
