"""What a file of people held: the contacts that were read, and what could not be."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from motjuste.people.card import Contact

CARD_FILES = (".vcf", ".vcard", ".jcf", ".jcard", ".json", ".txt")
"""How the names of files with a card end."""
MOST_PEOPLE = 100_000
"""How many people are read from one file: more would fill the memory."""
TOO_MANY = f"only the first {MOST_PEOPLE:,} people of a file are read; split it to have the others"


MOST_KEPT = 256 * 1024 * 1024
"""How many characters of lines that no field holds, photos above all, are kept of all files of one import."""


def size_of_kept(contacts: Iterable[Contact]) -> int:
    """How many characters the lines have that these contacts keep."""
    return sum(len(line) for contact in contacts for line in contact.kept)


@dataclass(frozen=True)
class Problem:
    """Something in a file that was left out or mended, with its 1-based line."""

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class Reading:
    """The contacts of a file and its problems. When there is no contact, a problem says why."""

    contacts: tuple[Contact, ...] = ()
    problems: tuple[Problem, ...] = ()


def decoded(data: bytes) -> str:
    """The text of a file of unknown encoding: by its mark, UTF-16 by its zeros, UTF-8, cp1252 or Mac Roman."""
    encoding = marked_encoding(data)
    if encoding:
        return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    for codec in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(codec)
    # The bytes that cp1252 leaves out are è, ê, ç and ù where a spreadsheet on a Mac saved them.
    return data.decode("mac_roman")


def marked_encoding(data: bytes) -> str:
    """The encoding that a byte-order mark or the zero bytes of UTF-16 tell, else ""."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    start = data[:200]
    if start[1::2].count(0) * 3 > len(start):
        return "utf-16-le"
    if start[0::2].count(0) * 3 > len(start):
        return "utf-16-be"
    return ""
