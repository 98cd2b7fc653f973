"""Which line ends of a template's source are meant."""

from __future__ import annotations

import re

_TAG = re.compile(r"(\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\})", re.DOTALL)


def as_lines(source: str) -> str:
    """The source with the line ends kept that people mean.

    Jinja would drop the end of every line that a tag ends, and glue `Bonjour{% endif %}` to the next line.
    Here a line of tags alone leaves nothing behind, and a tag at the end of a written line changes nothing.
    """
    pieces = _TAG.split(source)
    written = False
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            last_line = piece.rpartition("\n")[2]
            written = bool(last_line.strip()) or (written and "\n" not in piece)
        elif piece.startswith("{{"):
            written = True
        elif written and pieces[index + 1].startswith("\n") and piece[-3] not in "+-":
            pieces[index] = f"{piece[:-2]}+{piece[-2:]}"
    return "".join(pieces)
