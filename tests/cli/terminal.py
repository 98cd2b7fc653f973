"""What the tests of the command line share: how a command ended, and contact cards to give it."""

from __future__ import annotations

import json
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
