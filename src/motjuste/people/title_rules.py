"""A person's own rules about window titles: where in the titles of a site or a program somebody's name stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.people.names import CleanName, clean_name, safe_text

NAME = "{name}"
MOST_WILDCARDS = 2
KEYS = ("site", "title")
_LONGEST_TITLE = 300
_HEADING = re.compile(r"^[ \t]*\[+.*$", re.MULTILINE)
_BEFORE = r"(?:\s*\(\d[\d .,]*\+?\)\s*)?"
# What browsers add: " - Google Chrome", " et 3 pages de plus - Microsoft Edge".
BROWSER = r"(?:\s*$|\s+[-–—(|].*|\s+(?:and|et|y)\s+\d.*)"


@dataclass(frozen=True)
class TitleRule:
    """One site's title; `{name}` in `title` is where the name stands, `*` is anything."""

    site: str
    title: str
    source: str = ""

    def name_in(self, window_title: str) -> CleanName | None:
        """Whose name stands in a window's title, where the rule fits it and a person is named."""
        pieces = re.split(r"(\{name\}|\*)", self.title)
        meaning = {NAME: "(?P<name>.+?)", "*": ".*?"}
        pattern = "".join(meaning.get(piece) or re.escape(piece) for piece in pieces)
        fits = re.fullmatch(_BEFORE + pattern + BROWSER, safe_text(window_title[:_LONGEST_TITLE]), re.IGNORECASE)
        name = clean_name(fits["name"]) if fits else None
        return name if name and name.confidence != "none" else None


def read_title_rules(toml_text: str, source: str) -> tuple[tuple[TitleRule, ...], tuple[UserError, ...]]:
    """The rules of a `titles.toml`, and what is wrong with the others, each with `source` and line."""
    rules: list[TitleRule] = []
    problems: list[UserError] = []
    starts = [0, *(match.start() for match in _HEADING.finditer(toml_text))]
    for start, end in zip(starts, [*starts[1:], len(toml_text)], strict=True):
        piece = _Piece(toml_text[start:end], source, toml_text.count("\n", 0, start) + 1)
        try:
            rules += piece.rules()
        except UserError as problem:
            problems.append(problem)
    return tuple(rules), tuple(problems)


class _Piece:
    """The part of a file that holds one rule, or what stands before the first."""

    def __init__(self, text: str, source: str, first_line: int) -> None:
        self._text, self._source, self._first_line = text, source, first_line

    def rules(self) -> Iterator[TitleRule]:
        try:
            document = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise self._at(
                int(line[1]) - 1 if line else 0,
                f"this is not TOML: {str(error)[:1].lower()}{str(error)[1:]}",
                'a line reads like: title = "{name} | My site"',
            ) from None
        tables = document.pop("title", [])
        for key in document:
            raise self._wrong(key, f"unknown heading or key {key!r}", "begin each rule with a line [[title]]")
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._wrong("title", "a rule is a table of its own", "begin each rule with a line [[title]]")
        for table in tables:
            yield from self._rule(table)

    def _rule(self, table: Mapping[str, Any]) -> Iterator[TitleRule]:
        for key in table:
            if key not in KEYS:
                close = nearest(key, KEYS)
                step = f"did you mean {close!r}?" if close else f"known: {', '.join(KEYS)}"
                raise self._wrong(key, f"unknown key {key!r}", step)
        site = table.get("site", "")
        if not isinstance(site, str) or not site.strip():
            raise self._wrong("site", "this rule has no site", 'say which it is for: site = "Our CRM"')
        titles = table.get("title", ())
        titles = titles if isinstance(titles, Sequence) and not isinstance(titles, str) else [titles]
        if not titles:
            raise self._wrong("site", f"the rule {site!r} has no title", f'such as: title = "{NAME} | {site}"')
        for title in titles:
            yield TitleRule(site, self._title(title), f"{self._source}:{self._first_line}")

    def _title(self, title: Any) -> str:
        if not isinstance(title, str) or title.count(NAME) != 1:
            raise self._wrong(
                "title", f"{title!r} does not say once where the name stands", f'write {NAME}, as in "{NAME} | My site"'
            )
        if title.count("*") > MOST_WILDCARDS or re.search(r"[*}]\s*[*{]", title):
            step = f"use at most {MOST_WILDCARDS} * in a title, with words between them and {NAME}"
            raise self._wrong("title", f"{title!r} could mean too many things", step)
        if not re.sub(r"\{name\}|[\W\d_]", "", title):
            raise self._wrong("title", f"{title!r} fits every window", "add words that only that site's titles have")
        return title

    def _wrong(self, key: str, problem: str, next_step: str) -> UserError:
        sets_key = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        lines = self._text.splitlines()
        at = next((number for number, line in enumerate(lines) if sets_key.match(line)), 0)
        return self._at(at, problem, next_step)

    def _at(self, line: int, problem: str, next_step: str) -> UserError:
        return UserError(f"{self._source}:{self._first_line + line}: {problem}", next_step=next_step)
