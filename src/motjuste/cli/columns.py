"""Text in the columns of a terminal, where a Chinese character or an emoji takes two and an accent none."""

from __future__ import annotations

import unicodedata

from motjuste.expansion.clusters import clusters

_EMOJI_STYLE = "\ufe0f"
_FLAG = ("\U0001f1e6", "\U0001f1ff")


def width(text: str) -> int:
    """How many columns `text` takes."""
    return len(text) if text.isascii() else sum(map(_cluster_width, clusters(text)))


def wrapped(text: str, columns: int | None) -> list[str]:
    """`text` in lines of at most `columns`, cut between words and, where one is longer, within it; None never cuts."""
    if columns is None:
        return [text]
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined) <= columns:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for cluster in clusters(word):
            if lines[-1] and width(lines[-1] + cluster) > columns:
                lines.append("")
            lines[-1] += cluster
    return lines


def _cluster_width(cluster: str) -> int:
    if unicodedata.east_asian_width(cluster[0]) in "WF" or _EMOJI_STYLE in cluster:
        return 2
    if _FLAG[0] <= cluster[0] <= _FLAG[1]:
        return 2
    return 0 if unicodedata.category(cluster[0]) in ("Mn", "Me", "Cf") else 1
