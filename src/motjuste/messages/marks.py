"""Marks that travel inside a text while it is being made: noncharacters, which no value may hold."""

from __future__ import annotations

import re
import unicodedata

FIT, OR, END_FIT = "\ufdd0", "\ufdd1", "\ufdd2"
PART, PART_NAMED, END_PART = "\ufdd3", "\ufdd4", "\ufdd5"  # PART name PART_NAMED text END_PART
CARET = "\ufdd6"
# Right behind FIT: the weight of its block, one mark for each from 0 to 9.
WEIGHTS = "\ufde2\ufde3\ufde4\ufde5\ufde6\ufde7\ufde8\ufde9\ufdea\ufdeb"
SHIELD, SHIELDED = "\ufde1", "\ufde0"  # stand for a link while typography is at work
_VERBATIM = 0x100000  # added to the number of each sign and space that typography must leave alone

# Also control characters, and what turns the direction of writing: a value holds words, nothing else.
_UNWANTED = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\U00100000-\U0010ffff]"
)
_SET_ASIDE = re.compile("[\U00100000-\U0010ffff]")
_POSITIONAL = re.compile(f"{PART}[^{PART_NAMED}]*{PART_NAMED}|{END_PART}|{CARET}")


def without_marks(value: str) -> str:
    """`value` without anything that could pass for a mark, a key or a change of direction."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value if value.isascii() and value.isprintable() else _UNWANTED.sub("", value)


def verbatim(text: str) -> str:
    """`text` with its signs and spaces set aside: nothing that looks for them finds them until `spoken_again`."""
    return "".join(
        chr(_VERBATIM + ord(each))
        if each <= "\uffff" and (each in "\n\t" or unicodedata.category(each)[0] in "PSZ")
        else each
        for each in text
    )


def spoken_again(text: str) -> str:
    """The text with the signs and spaces that `verbatim` set aside."""
    return _SET_ASIDE.sub(lambda found: chr(ord(found.group()) - _VERBATIM), text)


def _has_positions(marked: str) -> bool:
    return PART in marked or END_PART in marked or CARET in marked


def plain(marked: str) -> str:
    """A marked text without the marks of parts and caret."""
    return _POSITIONAL.sub("", marked) if _has_positions(marked) else marked


def positions(marked: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without marks, and each mark with the position in it where it stood."""
    if not _has_positions(marked):
        return marked, []
    found: list[tuple[str, int]] = []
    pieces: list[str] = []
    at = length = 0
    for match in _POSITIONAL.finditer(marked):
        pieces.append(marked[at : match.start()])
        length += match.start() - at
        found.append((match.group(), length))
        at = match.end()
    pieces.append(marked[at:])
    return "".join(pieces), found
