"""Rules per application: where motjuste stays out, and how a text goes into which window."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from motjuste.errors import UserError, nearest
from motjuste.expansion.snippets import Snippet
from motjuste.expansion.windows import AS_USUAL, BACKENDS, NEWLINES, SELECTIONS, Delivery, Window

_HEADING = re.compile(r"""^[ \t]*\[{1,2}[ \t]*[\w."'-]+[ \t]*\]{1,2}[ \t]*(#.*)?\r?$""", re.MULTILINE)
_MODIFIERS: Final = ("ctrl", "alt", "shift", "super")
_PASTE_KEYS: Final = ("insert", *(f"f{number}" for number in range(1, 13)))


class Wildcards:
    """Texts in which `*` stands for anything; capitals do not matter. Compares in time linear in the text."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        ready = [folded(text) for text in self.texts]
        self._whole = frozenset(text for text in ready if "*" not in text)
        self._pieces = tuple(text.split("*") for text in ready if "*" in text)

    def fit(self, text: str) -> bool:
        """Whether one of them stands for the whole of a text that `folded` made."""
        return text in self._whole or any(_in_turn(pieces, text) for pieces in self._pieces)


def _in_turn(pieces: Sequence[str], text: str) -> bool:
    """Whether `text` begins with the first piece, ends with the last, and has the others between, in turn."""
    first, *middle, last = pieces
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def folded(text: str) -> str:
    """`text` without what does not matter in a comparison: capitals, and how an accent is written."""
    return unicodedata.normalize("NFC", text).casefold()


@dataclass(frozen=True)
class Treatment:
    """What the rules say about a window; `because` names those that said something.

    Where `off`, nothing is expanded. `snippets` names the only ones that are, None for all. Where
    `return_sends`, a Return has sent off what was typed, so that nothing can take its place any more.
    """

    off: bool = False
    delivery: Delivery = AS_USUAL
    snippets: tuple[str, ...] | None = None
    return_sends: bool = False
    because: str = ""

    def allows(self, snippet: Snippet) -> bool:
        """Whether `snippet` may be expanded here: by its label, its template's name or its file's."""
        if self.off or self.snippets is None:
            return not self.off
        wanted = Wildcards(self.snippets)
        return any(wanted.fit(folded(name)) for name in names_of(snippet))


def names_of(snippet: Snippet) -> tuple[str, ...]:
    """The names by which a rule may call a snippet: its label, its template, the file it stands in."""
    file = re.split(r"[/\\]", snippet.source)[-1]
    stem = re.sub(r"(\.\w+)?(:\d+)?$", "", file)
    return tuple(dict.fromkeys(filter(None, (snippet.label, snippet.template, stem))))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One `[[application]]`: the windows it fits, and what it says about them; None where it says nothing.

    `source` is the file and line where it stands. A window must fit one wildcard of each kind that is given.
    """

    name: str
    source: str = ""
    title: Wildcards | None = None
    wm_class: Wildcards | None = None
    program: Wildcards | None = None
    off: bool | None = None
    newline: str | None = None
    return_sends: bool | None = None
    paste: str | None = None
    selection: str | None = None
    backend: str | None = None
    snippets: tuple[str, ...] | None = None

    def fits(self, title: str, wm_class: str, program: str) -> bool:
        """Whether the rule is about this window, its texts already folded."""
        return all(
            wildcards is None or wildcards.fit(text)
            for wildcards, text in (
                (self.wm_class, wm_class),
                (self.program, program),
                (self.title, title),
            )
        )


class Applications:
    """The rules in their order, the person's own before those that ship.

    For each thing that a rule may say, the first that fits the window and says it decides: an own rule that
    only names snippets leaves the care for a terminal's newlines as it was.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._last = (Window(), self._treatment(Window()))

    def treatment(self, window: Window) -> Treatment:
        """How the rules want this window treated."""
        known, treatment = self._last
        if window != known:
            treatment = self._treatment(window)
            self._last = (window, treatment)
        return treatment

    def fitting(self, window: Window) -> Iterator[Rule]:
        """The rules about this window, in their order."""
        title, wm_class, program = map(folded, (window.title, window.wm_class, window.program))
        return (rule for rule in self.rules if rule.fits(title, wm_class, program))

    def _treatment(self, window: Window) -> Treatment:
        said: dict[str, Any] = {}
        because: list[str] = []
        for rule in self.fitting(window):
            new = {key: value for key, value in _sayings(rule).items() if key not in said}
            if new:
                because.append(rule.name)
                said |= new
        chord = said.pop("chord", {})
        for key in ("newline", "backend"):
            if key in said:
                chord[key] = said.pop(key)
        delivery = Delivery(**chord)
        if delivery.backend == "keys" and delivery.newline == "paste":
            # Key by key nothing is pasted. Shift+Return begins a line nearly everywhere, and sends nowhere.
            delivery = dataclasses.replace(delivery, newline="shift-return")
        if delivery.newline == "space":
            # Where no line break may go in, none that was typed can be put back behind a text.
            said["return_sends"] = True
        return Treatment(**said, delivery=delivery, because="; ".join(because))


def _sayings(rule: Rule) -> dict[str, Any]:
    """What a rule says. A chord and what it pastes go together: one without the other would paste something else."""
    said = {
        key: value
        for key in ("off", "newline", "backend", "snippets", "return_sends")
        if (value := getattr(rule, key)) is not None
    }
    if rule.paste is not None or rule.selection is not None:
        said["chord"] = {"paste": rule.paste or "", "selection": rule.selection or "clipboard"}
    return said


def read_applications(toml_text: str, source: str) -> tuple[tuple[Rule, ...], tuple[UserError, ...]]:
    """The rules of an `applications.toml`, and what is wrong with the others, each with `source` and line.

    A rule with a problem is left out; the others are read.
    """
    rules: list[Rule] = []
    problems: list[UserError] = []
    for line, text in _pieces(toml_text):
        try:
            rules += _Reader(text, source, line).rules()
        except UserError as problem:
            problems.append(problem)
    return tuple(rules), tuple(problems)


def _pieces(toml_text: str) -> Iterator[tuple[int, str]]:
    """The file cut before each heading, with the line on which each piece begins: one bad rule spoils no other."""
    starts = [0, *(match.start() for match in _HEADING.finditer(toml_text))]
    for start, end in zip(starts, [*starts[1:], len(toml_text)], strict=True):
        yield toml_text.count("\n", 0, start) + 1, toml_text[start:end]


class _Reader:
    """Reads the piece of a file that holds one rule, or what stands before the first."""

    def __init__(self, text: str, source: str, first_line: int) -> None:
        self._lines = text.splitlines()
        self._text = text
        self._source = source
        self._first_line = first_line
        self._values: dict[str, Callable[[str, Any], Any]] = {
            "name": self._name,
            "title": self._wildcards,
            "class": self._wildcards,
            "program": self._wildcards,
            "off": self._flag,
            "newline": self._one_of(NEWLINES),
            "return_sends": self._flag,
            "paste": self._chord,
            "selection": self._one_of(SELECTIONS),
            "backend": self._one_of(BACKENDS),
            "snippets": self._texts,
        }

    def rules(self) -> list[Rule]:
        """The rule that stands here, or none. Raises UserError for the first thing that is wrong."""
        try:
            document = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            raise self._syntax_error(str(error)) from None
        tables = document.pop("application", [])
        for key, value in document.items():
            heading = isinstance(value, (dict, list)) and self._lines[0].lstrip().startswith("[")
            raise self._at(
                self._line_of(key),
                f"unknown heading {key!r}" if heading else f"{key!r} stands outside a rule",
                "begin each rule with a line [[application]]",
            )
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._at(
                self._line_of("application"),
                "a rule is a table of its own",
                "begin each rule with a line [[application]]",
            )
        return [self._rule(table) for table in tables]

    def _rule(self, table: Mapping[str, Any]) -> Rule:
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in self._values:
                close = nearest(key, self._values)
                raise self._at(
                    self._line_of(key),
                    f"unknown key {key!r}",
                    f"did you mean {close!r}?" if close else f"known: {', '.join(self._values)}",
                )
            values[key] = self._values[key](key, value)
        if "name" not in values:
            raise self._at(0, "this rule has no name", 'give it one, such as: name = "My chat"')
        if not values.keys() & {"title", "class", "program"}:
            raise self._at(
                0,
                f"the rule {values['name']!r} does not say for which windows it is",
                "give it a title, a class or a program",
            )
        if not values.keys() - {"name", "title", "class", "program"}:
            raise self._at(
                0,
                f"the rule {values['name']!r} does not say what to do",
                "give it one of " + ", ".join(key for key in self._values if key in _WHAT_TO_DO),
            )
        if values.get("backend") == "keys" and values.get("newline") == "paste":
            raise self._wrong("newline", '"paste" is not possible with backend = "keys"', NEWLINES[1:])
        if "class" in values:
            values["wm_class"] = values.pop("class")
        return Rule(**values, source=f"{self._source}:{self._first_line}")

    def _name(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, f"{_shown(value)} is not a text", ("a text in quotes",))
        return value.strip()

    def _texts(self, key: str, value: Any) -> tuple[str, ...]:
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(isinstance(text, str) and text for text in texts):
            raise self._wrong(
                key, f"{_shown(value)} is neither a text nor a list of texts", ('"text"', '["one", "other"]')
            )
        return tuple(texts)

    def _wildcards(self, key: str, value: Any) -> Wildcards:
        return Wildcards(self._texts(key, value))

    def _flag(self, key: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(key, f"{_shown(value)} is neither true nor false", ("true", "false"))
        return value

    def _one_of(self, known: tuple[str, ...]) -> Callable[[str, Any], str]:
        def read(key: str, value: Any) -> str:
            if not isinstance(value, str) or value not in known:
                raise self._wrong(key, f"{_shown(value)} is not known", known)
            return value

        return read

    def _chord(self, key: str, value: Any) -> str:
        expected = ('"ctrl+v"', '"ctrl+shift+v"', '"shift+insert"')
        if not isinstance(value, str):
            raise self._wrong(key, f"{_shown(value)} is not a chord", expected)
        *held, struck = value.casefold().replace(" ", "").split("+")
        known_key = struck in _PASTE_KEYS or (len(struck) == 1 and struck.isascii() and struck.isalnum())
        if not known_key or len(set(held)) < len(held) or not set(held) <= set(_MODIFIERS):
            raise self._wrong(key, f"{_shown(value)} is not a chord", expected)
        if struck not in _PASTE_KEYS and not set(held) - {"shift"}:
            raise self._wrong(key, f"{_shown(value)} would type a letter", expected)
        key_name = struck.capitalize() if struck in _PASTE_KEYS else struck
        return "+".join([*(name for name in _MODIFIERS if name in held), key_name])

    def _syntax_error(self, message: str) -> UserError:
        told = re.fullmatch(r"(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", message)
        what = told["what"] if told else message
        line = int(told["line"]) if told and told["line"] else len(self._lines)
        if what == "Cannot overwrite a value":
            return self._at(line - 1, "this stands twice", "keep one of them")
        return self._at(
            line - 1, f"this is not TOML: {what[:1].lower()}{what[1:]}", 'a line reads like: class = "Slack"'
        )

    def _wrong(self, key: str, problem: str, expected: tuple[str, ...]) -> UserError:
        return self._at(self._line_of(key), f"{key}: {problem}", f"expected {_any_of(expected)}")

    def _line_of(self, key: str) -> int:
        """Where `key` is set, counted from the piece's beginning; its first line when it cannot be told."""
        sets_key = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=.\]]""")
        return next((number for number, line in enumerate(self._lines) if sets_key.match(line)), 0)

    def _at(self, line: int, problem: str, next_step: str) -> UserError:
        return UserError(f"{self._source}:{self._first_line + line}: {problem}", next_step=next_step)


_WHAT_TO_DO: Final = frozenset(
    each.name for each in fields(Rule) if each.name not in ("name", "source", "title", "wm_class", "program")
)


def _any_of(texts: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
