"""A strict reader and writer of vCard 4.0, made after the grammar of RFC 6350 and apart from our own.

It takes only what the grammar allows, and says what is against it. What it writes says the same in other words: names
in small letters, other folds, parameters in quotation marks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

# Section 3.3; bytes above 7F are checked by decoding.
_NAME = r"[A-Za-z0-9-]+"
_SAFE = r"[\t !\x23-\x39\x3C-\x7E\x80-\U0010FFFF]"
_QSAFE = r"[\t !\x23-\x7E\x80-\U0010FFFF]"
_VALUE = rf'(?:"{_QSAFE}*"|{_SAFE}*)'
_LINE = re.compile(
    rf"(?:(?P<group>{_NAME})\.)?(?P<name>{_NAME})(?P<parameters>(?:;{_NAME}={_VALUE}(?:,{_VALUE})*)*):"
    r"(?P<value>[\t \x21-\x7E\x80-\U0010FFFF]*)"
)
_PARAMETER = re.compile(rf";({_NAME})=((?:{_VALUE})(?:,{_VALUE})*)")
# Section 4.1, and 3.4 for what is between semicolons.
_TEXT = re.compile(r"(?:[^\\,]|\\[\\,;nN])*")
_COMPONENTS = re.compile(r"(?:[^\\]|\\[\\,;nN])*")
# Section 6: what a card may have once, and what each value is.
_ONCE = ("N", "BDAY", "ANNIVERSARY", "GENDER", "KIND", "REV", "PRODID", "UID")
_TEXTS = ("FN", "TITLE", "ROLE", "NOTE", "EMAIL", "TEL")
_COMPOUND = {"N": 5, "ADR": 7, "GENDER": 2, "ORG": 100, "NICKNAME": 1, "CATEGORIES": 1}


class NotAVCard(Exception):
    """What is against the grammar, and where."""


@dataclass
class Line:
    """One content line."""

    name: str
    value: str
    parameters: list[tuple[str, str]]
    group: str = ""


def read(data: bytes) -> list[list[Line]]:
    """The cards of a document, each without its frame."""
    cards: list[list[Line]] = []
    lines = _unfolded(data)
    while lines:
        if lines[:2] != ["BEGIN:VCARD", "VERSION:4.0"]:
            raise NotAVCard(f"a card begins with {lines[:2]}")
        end = next((place for place, line in enumerate(lines) if line.upper() == "END:VCARD"), None)
        if end is None:
            raise NotAVCard("a card without an end")
        cards.append(_checked([_parsed(line) for line in lines[2:end]]))
        lines = lines[end + 1 :]
    return cards


def write(cards: list[list[Line]]) -> bytes:
    """The same document in other words."""
    texts = []
    for card in cards:
        texts += ["BEGIN:VCARD", "VERSION:4.0", *map(_written, card), "END:VCARD"]
    return b"".join(_folded(text) for text in texts)


def _unfolded(data: bytes) -> list[str]:
    if data and not data.endswith(b"\r\n"):
        raise NotAVCard("the last line has no end")
    physical = data.split(b"\r\n")[:-1]
    for line in physical:
        if b"\r" in line or b"\n" in line:
            raise NotAVCard(f"a bare line end in {line!r}")
        if len(line) > 75:
            raise NotAVCard(f"{len(line)} octets in one line: {line!r}")
        line.decode("utf-8")  # a fold within a character would be against section 3.2
    return re.sub(rb"\r\n[ \t]", b"", data).decode("utf-8").split("\r\n")[:-1]


def _parsed(line: str) -> Line:
    match = _LINE.fullmatch(line)
    if not match:
        raise NotAVCard(f"no content line: {line!r}")
    parameters = []
    for name, values in _PARAMETER.findall(match["parameters"]):
        for value in re.findall(rf'"{_QSAFE}*"|[^,"]+', values):
            parameters.append((name.upper(), value.strip('"')))
    return Line(match["name"].upper(), match["value"], parameters, match["group"] or "")


def _checked(card: list[Line]) -> list[Line]:
    count = Counter(line.name for line in card)
    if not count["FN"]:
        raise NotAVCard("a card without FN")
    for name in _ONCE:
        if count[name] > 1:
            raise NotAVCard(f"{count[name]} {name}")
    for line in card:
        # An X- property's value is whatever its maker says.
        is_address = any(key == "VALUE" and value.lower() == "uri" for key, value in line.parameters)
        if line.name in _TEXTS and not is_address and not _TEXT.fullmatch(line.value):
            raise NotAVCard(f"no text: {line.value!r}")
        if line.name in _COMPOUND:
            parts = re.split(r"(?<!\\)(?:\\\\)*;", line.value)
            if not _COMPONENTS.fullmatch(line.value) or len(parts) > _COMPOUND[line.name]:
                raise NotAVCard(f"no {line.name}: {line.value!r}")
    return card


def _written(line: Line) -> str:
    group = f"{line.group}." if line.group else ""
    parameters = "".join(f';{name.lower()}="{value}"' for name, value in line.parameters)
    return f"{group}{line.name.lower()}{parameters}:{line.value}"


def _folded(text: str) -> bytes:
    # At 40 characters: within 75 octets there may be as few as 18.
    pieces = [text[start : start + 18] for start in range(0, len(text), 18)]
    return "\r\n\t".join(pieces).encode() + b"\r\n"
