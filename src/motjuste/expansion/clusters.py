"""Grapheme clusters: what a reader calls a character, and what one Backspace takes away."""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")
_JOINING = regex.compile(r"[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}\p{GCB=V}\p{GCB=T}]")
# Below the combining marks every code point is a cluster of its own; most typing ends here.
_FIRST_COMBINING = "\u0300"


def clusters(text: str) -> list[str]:
    """The clusters of `text`, in order."""
    return list(text) if text.isascii() else _CLUSTER.findall(text)


def last_cluster(text: str) -> str:
    """The cluster that ends `text`, "" when there is none."""
    if text and text[-1] < _FIRST_COMBINING:
        return text[-1]
    return next(reversed(_CLUSTER.findall(text)), "")


def first_cluster(text: str) -> str:
    """The cluster that begins `text`, "" when there is none."""
    found = _CLUSTER.match(text)
    return found[0] if found else ""


def joins(text: str) -> bool:
    """Whether `text` begins with a character that belongs to whatever letter stands before it."""
    return bool(_JOINING.match(text))


def clusters_between(text: str, start: int, end: int) -> int:
    """How many steps the caret makes in `text` from the index `start` to `end`.

    >>> clusters_between("cafe\u0301s", 2, 5)
    2
    """
    if text.isascii():
        return end - start
    return sum(start < found.end() <= end for found in _CLUSTER.finditer(text))


def erasing(standing: str, keep: int) -> tuple[int, str]:
    """How many clusters to erase from the end of `standing` so that `standing[:keep]` remains.

    The second value is what has to be typed again, because it shares a cluster with what goes.

    >>> erasing("cafe\u0301", 3)
    (1, '')
    >>> erasing("cafe\u0301", 4)
    (1, 'e')
    """
    if standing.isascii():
        return len(standing) - keep, ""
    ends = [found.end() for found in _CLUSTER.finditer(standing)]
    whole = max((end for end in ends if end <= keep), default=0)
    return sum(end > whole for end in ends), standing[whole:keep]
