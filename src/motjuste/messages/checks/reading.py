"""What a careful reader knows of a language, as its own file says it: `<language>/_checks.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from motjuste.errors import UserError, nearest

FACTS = ("note", "kind_words", "shared_interest")
SPACE = "[ \u00a0\u202f]"
Rule = tuple[str, str, "re.Pattern[str]"]
Texts = tuple[str, ...]
Wrong = Callable[[str, str, str], UserError]


@dataclass(frozen=True)
class Reading:
    """The words of a language that the checks go by; a word that ends in … stands for all that begin so.

    `friend` and `stranger` are said to one of them only. `greetings` stand before a name, `anybody` in a name's
    place. Nothing ends in an `unfinished` word, no sentence in a `joining` one. `opened` has the mark that opens
    for each one that closes, `quotation` the marks without a space inside. `instead` has what is right for what
    is wrong, save where it is `allowed`. Where one of `thanking` stands, so may the words of `facts` only as facts.
    """

    sample: str = ""
    friend: Texts = ()
    stranger: Texts = ()
    greetings: Texts = ()
    anybody: Texts = ()
    unfinished: Texts = ()
    joining: Texts = ()
    opened: Mapping[str, str] = field(default_factory=dict)
    quotation: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)
    allowed: Texts = ()
    thanking: Texts = ()
    facts: Mapping[str, Texts] = field(default_factory=dict)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """What is wrong in a text of this language: the check, the problem, and where."""
        return tuple(_rules(self))

    @cached_property
    def address(self) -> tuple[tuple[str, re.Pattern[str]], tuple[str, re.Pattern[str]]] | None:
        """The two forms of address by name, each with the words that are said in it; None where there is one."""
        if not self.friend or not self.stranger:
            return None
        return (
            (self.friend[0], re.compile(words(self.friend), re.IGNORECASE)),
            (self.stranger[0], re.compile(words(self.stranger), re.IGNORECASE)),
        )


NOTHING = Reading()


def words(of: Iterable[str]) -> str:
    """A pattern for any of these words, whole or as they begin."""
    return rf"\b(?:{'|'.join(map(_word, of))})"


def _word(text: str) -> str:
    spaced = SPACE.join(map(re.escape, text.removesuffix("…").split()))
    return rf"{spaced}\w*\b" if text.endswith("…") else rf"{spaced}\b"


def _rules(reading: Reading) -> Iterator[Rule]:
    if reading.unfinished:
        yield "hole", "a hole", re.compile(words(reading.unfinished) + r"(?=\s*[,.;:!?)»”]|\s*\Z)")
    if reading.joining:
        yield "hole", "a hole", re.compile(words(reading.joining) + r"(?=\s*[.;!?)»”]|\s*\Z)")
    for closing, opening in reading.opened.items():
        shut, open_ = re.escape(closing), re.escape(opening)
        pattern = re.compile(rf"(?:(?m:^)|{shut})[^{open_}{shut}\n]+{shut}")
        yield "typography", f"a {closing} that no {opening} opens", pattern
    if reading.quotation:
        opening, closing = map(re.escape, reading.quotation)
        yield "typography", "a space inside quotation marks", re.compile(rf"{opening}\s|\s{closing}")
    but = f"(?!{words(reading.allowed)})" if reading.allowed else ""
    for wrong, right in reading.instead.items():
        # A sentence may begin with it; within it, "de El Cairo" is no "de el".
        pattern = re.compile(rf"\b{but}(?i:{wrong[0]}){_word(wrong)[1:]}")
        yield "typography", f"{wrong}, which is {right}", pattern


def read_reading(toml_text: str, path: str) -> Reading:
    """The reading that a `_checks.toml` holds; the first mistake is a UserError with its line."""
    try:
        found = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else len(toml_text.splitlines())
        raise UserError(f"{path}:{line}: this is not TOML: {error}", next_step="correct the line") from None
    known = {each.name: each.default for each in fields(Reading)}

    def wrong(key: str, problem: str, next_step: str) -> UserError:
        return UserError(f"{path}:{_line_of(toml_text, key)}: {problem}", next_step=next_step)

    read: dict[str, object] = {}
    for key, value in found.items():
        if key not in known:
            raise wrong(key, f"unknown key '{key}'{_close(key, known)}", "known keys: " + ", ".join(known))
        if key == "facts":
            read[key] = _facts(value, wrong)
        elif key in ("sample", "quotation"):
            read[key] = value
            if not isinstance(value, str) or (key == "quotation" and len(value) not in (0, 2)):
                raise wrong(key, f"{key} = {value!r}", 'expected a text, such as "«»"')
        elif key in ("opened", "instead"):
            read[key] = value
            if not isinstance(value, dict) or not all(map(_is_word, (*value, *value.values()))):
                raise wrong(key, f"{key} = {value!r}", f'expected a table such as {key} = {{ "a" = "b" }}')
        else:
            read[key] = _texts(key, value, wrong)
    return Reading(**read)  # type: ignore[arg-type]


def _facts(value: object, wrong: Wrong) -> Mapping[str, Texts]:
    if not isinstance(value, dict):
        raise wrong("facts", f"facts = {value!r}", "begin it with a line [facts]")
    for name in value:
        if name not in FACTS:
            raise wrong(
                name,
                f"unknown key '{name}' in [facts]{_close(name, FACTS)}",
                "known keys: " + ", ".join(FACTS),
            )
    return {name: _texts(name, value[name], wrong) for name in value}


def _texts(key: str, value: object, wrong: Wrong) -> Texts:
    if not isinstance(value, list) or not all(map(_is_word, value)):
        raise wrong(key, f"{key} = {value!r}", f'expected a list of words, such as {key} = ["one", "two"]')
    return tuple(value)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value[:1].strip(" …") != ""


def _close(name: str, known: Iterable[str]) -> str:
    close = nearest(name, tuple(known))
    return f" (nearest: '{close}')" if close else ""


def _line_of(text: str, key: str) -> int:
    """The line that sets `key`, or the heading of that name."""
    sets = re.compile(rf"\s*(?:\[\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
    return next((number for number, line in enumerate(text.splitlines(), 1) if sets.match(line)), 1)
