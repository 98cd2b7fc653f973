"""A list in YAML as people and programs usually write it, read line by line: fifty times as fast as YAML.

Whatever is not one of the plain ways to write an item is handed on as it stands, for YAML to read; so the two
together give what YAML alone gives, in a fraction of the time and the memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

# With so many brackets, dashes and colons at most, nesting cannot be deep enough to end the process in libyaml:
# on a stack of 8 MB it takes more than twenty thousand.
_SAFE_OPENINGS = 500
# Beyond this, Python's own YAML takes a minute and a gigabyte.
LARGE = 1_000_000

_OPENING = re.compile(r"[\[{]|[-?:](?=\s)")
# Control characters, and what YAML takes for the end of a line, besides those in _VALUE.
_ODD = "\t\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
# Possessive: giving back what one part has taken would be tried in every combination.
_WORDS = rf"(?:[^\n:#{_ODD}]++|:(?=\S)|(?<=\S)#)*+"
_BARE = rf"(?:[^\s\-?:,\[\]{{}}#&*!|>'\"%@`{_ODD}]|[:\-?](?=[^\s,\[\]{{}}])){_WORDS}"
_VALUE = (
    rf'(?:"(?P<double>[^"\\\n{_ODD}]*(?:\\["\\nt][^"\\\n{_ODD}]*)*)"'
    rf"|'(?P<single>(?:[^'\n{_ODD}]|'')*)'"
    rf"|\[(?P<several>[^\[\]{{}}\\\n{_ODD}]*)\]"
    rf"|(?P<bare>{_BARE}))"
)
_ONE_OF_SEVERAL = re.compile(
    r" *(?:\"(?P<double>[^\"]*)\"|'(?P<single>(?:[^']|'')*)'|(?P<bare>[^\s\-?:,#&*!|>'\"%@`][^,:#'\"]*))\s*(?:,|$)"
)
_SPACE = rf"(?: *(?:#[^\n{_ODD}]*)?\n)"
_HEAD = re.compile(rf"{_SPACE}*(?P<name>[a-z_]+):{_SPACE}+(?P<dash> *- +)(?=\S)")
_ANCHOR = re.compile(r"[:?,\[{-]\s*&")
_BLANK = re.compile(rf"{_SPACE}+")
_NOTHING = frozenset(("~", "null", "Null", "NULL"))
# A text in quotes is no flag, and afterwards nobody could tell.
_FLAGS = frozenset(("true", "false"))
_ESCAPED = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


class Item(NamedTuple):
    """One item of the list: the line where it begins, from 0, and its values by key, as they are written.

    A value is a text, or a list of texts; an item that is not written plainly has none. `text` is all of it.
    """

    line: int
    values: dict[str, str | list[str]]
    text: str


class Pairs(NamedTuple):
    """Items of two lines each, one right below the other, from `line` on: the values of both keys."""

    line: int
    firsts: list[str]
    seconds: list[str]


Sound = Callable[[str], bool]


def items(text: str, name: str, usual: tuple[str, str], sound: Sound) -> Iterator[Item | Pairs] | None:
    """The items of the list that is all of `text`, under the key `name`; None when it is written otherwise.

    Those that have just the two `usual` keys come together, as long as the value of the first one is `sound`.
    When an item reaches beyond the list, the iterator raises ValueError.
    """
    text = text.replace("\r\n", "\n")
    head = _HEAD.match(text)
    if not head or head["name"] != name:
        return None
    return _items(
        text if text.endswith("\n") else text + "\n", head.start("dash"), head["dash"], usual, sound
    )


def _items(text: str, start: int, dash: str, usual: tuple[str, str], sound: Sound) -> Iterator[Item | Pairs]:
    indent = " " * (len(dash) - len(dash.lstrip()))
    keys = " " * len(dash)
    first = re.compile(rf"{dash}(?P<key>[a-z_]+): +{_VALUE} *\n").match
    further = re.compile(rf"{keys}(?P<key>[a-z_]+): +{_VALUE} *\n").match
    next_item = re.compile(rf"^{indent}- ", re.MULTILINE).search
    within = re.compile(rf"(?:{indent}- [^\n]*\n)(?:{indent} +[^\n]*\n|{_SPACE})*").fullmatch
    line = text.count("\n", 0, start)
    at, end = start, len(text)
    in_order = [_pair(dash, *usual), _pair(dash, *reversed(usual))]
    while at < end:
        for turned, pair in zip((False, True), in_order, strict=True):
            pairs = Pairs(line, [], [])
            at = _take_pairs(pair, text, at, pairs, sound, turned)
            if pairs.firsts:
                yield pairs
                line += 2 * len(pairs.firsts)
        if at == end:
            return
        began, values, lines = at, dict[str, str | list[str]](), 0
        found = first(text, at)
        while found:
            value = _value(found)
            if value is None or found["key"] in values:
                break
            values[found["key"]] = value
            lines += 1
            at = found.end()
            found = further(text, at)
        if blank := _BLANK.match(text, at):
            lines += text.count("\n", at, blank.end())
            at = blank.end()
        if values and not found and (at == end or text.startswith(indent + "- ", at)):
            yield Item(line, values, text[began:at])
        else:
            after = next_item(text, began + 1)
            at = after.start() if after else end
            whole = text[began:at]
            # An anchor is known to all of a file.
            if not within(whole) or _ANCHOR.search(whole):
                raise ValueError(f"line {line + 1}: not an item of this list")
            lines = whole.count("\n")
            yield Item(line, {}, whole)
        line += lines


def _pair(dash: str, first: str, second: str) -> re.Pattern[str]:
    """An item of two lines, its values in three groups each: in double quotes, in single ones, bare."""
    value = rf"""(?:"([^"\\\n{_ODD}]*)"|'([^'\n{_ODD}]*)'|((?!(?:~|null|Null|NULL)\n){_BARE}(?<! )))\n"""
    return re.compile(rf"{dash}{first}: {value}{' ' * len(dash)}{second}: {value}(?={dash}|\Z)")


def _take_pairs(pair: re.Pattern[str], text: str, at: int, pairs: Pairs, sound: Sound, turned: bool) -> int:
    """Move the pairs that stand at `at`, one below the other, into `pairs`; where they end."""
    if not pair.match(text, at):
        return at
    for found in pair.finditer(text, at):
        double, single, bare, other_double, other_single, other_bare = found.groups("")
        first, second = double or single or bare, other_double or other_single or other_bare
        if turned:
            first, second = second, first
        if found.start() != at or not sound(first):
            break
        pairs.firsts.append(first)
        pairs.seconds.append(second)
        at = found.end()
    return at


def _value(found: re.Match[str]) -> str | list[str] | None:
    """The text that is written there, or the texts; None for nothing and for what only YAML can tell."""
    kind = found.lastgroup
    written = found[kind] if kind else ""
    if kind != "bare" and written in _FLAGS:
        return None
    if kind == "double":
        return re.sub(r"\\.", lambda escape: _ESCAPED[escape[0]], written) if "\\" in written else written
    if kind == "single":
        return written.replace("''", "'")
    if kind == "bare":
        written = written.rstrip(" ")
        return None if written in _NOTHING else written
    return _several(written)


def _several(written: str) -> list[str] | None:
    texts = []
    at = 0
    while at < len(written):
        found = _ONE_OF_SEVERAL.match(written, at)
        value = _value(found) if found else None
        if not found or not isinstance(value, str):
            return None
        texts.append(value)
        at = found.end()
    return texts


def compose(text: str) -> yaml.Node | None:
    """The nodes of a YAML text. Raises yaml.YAMLError, or RecursionError when it is nested too deeply."""
    # libyaml is ten times as fast, but deep nesting ends the whole process there, and is an error here.
    if yaml.__with_libyaml__ and _shallow(text):
        try:
            return yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            if len(text) > LARGE:
                raise
            # Of the two, the other one knows better where things go wrong.
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _shallow(text: str) -> bool:
    """Whether `text` cannot be nested deeply, by a count that is too careful rather than too bold."""
    if len(text) <= LARGE:
        return sum(1 for _ in _OPENING.finditer(text)) <= _SAFE_OPENINGS
    deepest = max((len(line) - len(line.lstrip(" ")) for line in text.splitlines()), default=0)
    widest = max((len(_OPENING.findall(line)) for line in text.splitlines()), default=0)
    return text.count("[") + text.count("{") + deepest + widest <= _SAFE_OPENINGS
