"""What the tests of the command line share: how a command ended, and contact cards to give it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Motjuste = Callable[..., Ended]
Shell = Callable[[str], Ended]
Editor = Callable[[str], Path]


def saving(text: str) -> str:
    """The lines of shell of an editor in which somebody replaces the whole file by `text`."""
    return f"cat > \"$1\" <<'TEXT'\n{text}TEXT"


def at_a_terminal(*arguments: str, typed: str) -> Ended:
    """Run a command at a terminal of its own, on which `typed` was typed ahead; `out` is what it shows."""
    screen, terminal = os.openpty()
    os.write(screen, typed.encode())
    command = [sys.executable, "-m", "motjuste", *arguments]
    done = subprocess.run(command, stdin=terminal, stderr=terminal, stdout=terminal, timeout=60, check=False)
    os.close(terminal)
    shown = b""
    # Linux says that the other end is closed by an error.
    with contextlib.suppress(OSError):
        while piece := os.read(screen, 10_000):
            shown += piece
    os.close(screen)
    return Ended(done.returncode, shown.decode().replace("\r\n", "\n"), "")


def card(name: str = "Marie Dupont", **properties: str) -> str:
    """A contact card; further properties by their vCard names, `_` for `-`."""
    given, _, family = name.rpartition(" ")
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"FN:{name}",
        f"N:{family};{given};;;",
        *(f"{key.upper().replace('_', '-')}:{value}" for key, value in properties.items()),
        "END:VCARD",
    ]
    return "\r\n".join(lines) + "\r\n"
