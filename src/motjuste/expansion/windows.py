"""The window that is typed into, and how a text goes into it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

NEWLINES: Final = ("paste", "return", "shift-return", "space")
BACKENDS: Final = ("paste", "keys")
SELECTIONS: Final = ("clipboard", "primary")


@dataclass(frozen=True)
class Window:
    """The window in front: its title, its class (`WM_CLASS`), its program's file name; "" where unknown."""

    title: str = ""
    wm_class: str = ""
    program: str = ""


@dataclass(frozen=True)
class Delivery:
    """How a text goes into the window in front; the defaults suit nearly every program.

    `newline` is one of NEWLINES: part of the pasted text, that chord pressed between pasted lines, or a space
    in its place. `paste` is the paste chord, such as "ctrl+v" or "shift+Insert" (the key by its X name), "" for
    the backend's best; `selection` is what it pastes there, one of SELECTIONS. `backend` is one of BACKENDS:
    pasted, or typed key by key.
    """

    newline: str = "paste"
    paste: str = ""
    backend: str = "paste"
    selection: str = "clipboard"


AS_USUAL: Final = Delivery()

# Whatever a terminal or a single line could take for the end of a line or for a command (a shell's Ctrl+O runs
# what stands there), with the blanks around it: indentation means nothing on one line.
_BREAK = re.compile(r"[ \t]*(?:[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029][ \t]*)+")


def on_one_line(text: str, places: Iterable[int] = ()) -> tuple[str, tuple[int, ...]]:
    """`text` with a space for each run of line breaks and control characters, and where `places` are now.

    `places` are indices into `text` in code points, such as the caret's.
    """
    breaks = [match.span() for match in _BREAK.finditer(text)]

    def moved(place: int) -> int:
        before = [(start, min(end, place)) for start, end in breaks if start < place]
        return place - sum(end - start - 1 for start, end in before)

    return _BREAK.sub(" ", text), tuple(map(moved, places))
