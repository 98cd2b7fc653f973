"""Where in a template's files the words of a finished text stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_LEAST = 3
_AROUND = 30
_SAME = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "…": "."})


def place_of(
    text: str, start: int, end: int, sources: Iterable[tuple[str, str]], *, otherwise: tuple[str, int]
) -> tuple[str, int]:
    """Path and line of what stands in `text` from `start` to `end`, as far as its words can be found again.

    `sources` are paths with their texts: the longest piece around the place that one of them holds word for word
    tells the line. What stands there may come from a card: then the words beside it tell.
    """
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    around = text[first:last].translate(_SAME)
    bodies = [(path, without_comments(body).translate(_SAME)) for path, body in sources]
    for length in range(len(around), _LEAST - 1, -1):
        for at in range(len(around) - length + 1):
            # It has to touch the place.
            if first + at > end or first + at + length < start:
                continue
            piece = around[at : at + length]
            if not piece.strip():
                continue
            for path, body in bodies:
                found = body.find(piece)
                if found >= 0:
                    into = min(max(start - first - at, 0), length - 1)
                    return path, body.count("\n", 0, found + into) + 1
    return otherwise


def without_comments(body: str) -> str:
    """A template's text without its comments, its lines where they were."""
    return _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), body)
