"""Reading a policy from TOML: strictly, since a rule that is left out would change what all later ones decide."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.inbox.conditions import NotACondition, compiled
from motjuste.inbox.events import VERDICTS
from motjuste.inbox.facts import BY_NAME
from motjuste.inbox.policy import ALWAYS, UNKNOWN, USUAL_TEMPLATES, ByLanguage, Policy, Rule
from motjuste.people.names import safe_text

KEYS = ("title", "description", "rules")
RULE_KEYS = ("name", "when", "unknown", "verdict", "template", "fields", "follow_up", "reason")
LANGUAGE = r"[a-z]{2,3}(?:-[A-Z]{2})?"
MOST_RULES, LONGEST_FILE = 200, 256 * 1024
LONGEST_FOLLOW_UP = 3650
PLACEHOLDER = re.compile(r"\{(\w+)\}")
_HEADING = re.compile(r"\s*\[\[\s*rules\s*\]\]")


def read_policy(toml_text: str, name: str, source: str) -> Policy:
    """The policy that a file holds; UserError with its line for whatever is wrong with it."""
    if len(toml_text) > LONGEST_FILE:
        raise UserError(f"{source} is too large for a policy", next_step=f"the most are {LONGEST_FILE >> 10} KB")
    try:
        document = tomllib.loads(toml_text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else len(toml_text.splitlines()) or 1
        what = re.sub(r" \(at .*\)$", "", str(error))
        problem = f"{source}:{at}: this is not TOML: {what[:1].lower()}{what[1:]}"
        raise UserError(problem, next_step='a line reads like: verdict = "ask"') from None
    return _Reader(toml_text, source).policy(document, name)


class _Reader:
    def __init__(self, toml_text: str, source: str) -> None:
        self.lines = toml_text.splitlines()
        self.source = source
        self.starts = [number for number, line in enumerate(self.lines, 1) if _HEADING.match(line)]

    def policy(self, document: Mapping[str, Any], name: str) -> Policy:
        for key in document:
            if key not in KEYS:
                raise self.unknown_key(key, KEYS, self.line_of(key))
        rules = document.get("rules", [])
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            raise self.at(self.line_of("rules"), "rules are tables", "begin each rule with a line [[rules]]")
        if not rules:
            raise self.at(1, "this policy has no rules", "begin each rule with a line [[rules]]")
        if len(rules) > MOST_RULES:
            raise self.at(1, f"{len(rules)} rules are too many", f"the most are {MOST_RULES}")
        read = tuple(self.rule(rule, number) for number, rule in enumerate(rules))
        return Policy(
            name=name,
            title=self.texts("title", document, 1),
            description=self.texts("description", document, 1),
            rules=self.told_apart(read),
            source=self.source,
        )

    def told_apart(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        seen: set[str] = set()
        for rule in rules:
            if rule.name in seen:
                raise self.at(rule.line, f"two rules are called {rule.name!r}", "give each a name of its own")
            seen.add(rule.name)
        return rules

    def rule(self, table: Mapping[str, Any], number: int) -> Rule:
        start = self.starts[number] if number < len(self.starts) else self.line_of("rules")
        for key in table:
            if key not in RULE_KEYS:
                raise self.unknown_key(key, RULE_KEYS, self.line_of(key, start))
        if "verdict" not in table:
            raise self.at(start, "this rule has no verdict", f"it is one of {', '.join(VERDICTS)}")
        if not table.get("reason"):
            raise self.at(start, "this rule has no reason", "say why in a sentence: it is shown with the verdict")
        verdict = self.one_of("verdict", table, start, VERDICTS)
        rule = Rule(
            name=self.text("name", table, start) or f"rule {number + 1}",
            verdict=verdict,
            condition=self.condition(table, start) if "when" in table else ALWAYS,
            unknown=self.one_of("unknown", table, start, UNKNOWN, "skip"),
            template=self.text("template", table, start, USUAL_TEMPLATES.get(verdict, "")),
            fields=self.fields(table, start),
            follow_up=self.days(table, start),
            reason=self.reason(table, start),
            line=start,
        )
        if rule.judges_by_a_pitch_alone:
            raise self.at(
                self.line_of("when", start),
                "the signs of a pitch alone would decide here, and they may be wrong",
                'add another condition with "and", or use verdict = "look"',
            )
        return rule

    def condition(self, table: Mapping[str, Any], start: int) -> Any:
        written, line = table["when"], self.line_of("when", start)
        if not isinstance(written, str):
            problem = f"when should be a text in quotes, not {_shown(written)}"
            raise self.at(line, problem, 'such as: when = "mutual >= 3"')
        try:
            return compiled(written)
        except NotACondition as problem:
            # After three quotation marks, a line break does not belong to the text.
            opens = re.search(r"""=\s*(?:\"{3}|'{3})\s*$""", self.lines[line - 1])
            raise problem.at(self.source, line + 1 if opens else line) from None

    def fields(self, table: Mapping[str, Any], start: int) -> tuple[tuple[str, str], ...]:
        given = table.get("fields", {})
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            raise self.at(
                self.line_of("fields", start),
                "fields are names with texts in quotes",
                'such as: fields = { reason = "other_field" }',
            )
        return tuple((name, safe_text(value)) for name, value in given.items())

    def days(self, table: Mapping[str, Any], start: int) -> int | None:
        days = table.get("follow_up")
        if days is None:
            return None
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST_FOLLOW_UP:
            raise self.at(
                self.line_of("follow_up", start),
                f"follow_up should be a number of days from 1 to {LONGEST_FOLLOW_UP}, not {_shown(days)}",
            )
        return days

    def reason(self, table: Mapping[str, Any], start: int) -> ByLanguage:
        texts = self.texts("reason", table, start)
        for text in texts.values():
            for name in PLACEHOLDER.findall(text):
                if name not in BY_NAME:
                    close = nearest(name, BY_NAME)
                    raise self.at(
                        self.line_of("reason", start),
                        f"unknown fact {{{name}}} in a reason",
                        f"did you mean {{{close}}}?" if close else f"known: {', '.join(BY_NAME)}",
                    )
        return texts

    def texts(self, key: str, table: Mapping[str, Any], start: int) -> ByLanguage:
        """A text for every language, or a table of one for each."""
        value = table.get(key, {})
        by_language = value if isinstance(value, dict) else {"": value}
        for language, text in by_language.items():
            line = self.line_of(key, start)
            if language and not re.fullmatch(LANGUAGE, language):
                raise self.at(line, f"{language!r} in {key} is no language", "such as fr, fr-CA, en or es")
            if not isinstance(text, str) or not safe_text(text):
                raise self.at(line, f"{key} should be a text in quotes, not {_shown(text)}")
        return {language: safe_text(text) for language, text in by_language.items()}

    def text(self, key: str, table: Mapping[str, Any], start: int, otherwise: str = "") -> str:
        value = table.get(key, otherwise)
        if not isinstance(value, str):
            raise self.at(self.line_of(key, start), f"{key} should be a text in quotes, not {_shown(value)}")
        return safe_text(value)

    def one_of(
        self, key: str, table: Mapping[str, Any], start: int, choices: tuple[str, ...], otherwise: str = ""
    ) -> str:
        value = table.get(key, otherwise)
        if value in choices:
            return str(value)
        close = nearest(value, choices) if isinstance(value, str) else None
        raise self.at(
            self.line_of(key, start),
            f"{key} should be one of {', '.join(choices)}, not {_shown(value)}",
            f"did you mean {close!r}?" if close else "",
        )

    def line_of(self, key: str, start: int = 1) -> int:
        """The line where `key` is set, at `start` or below it; `start` when it cannot be told."""
        sets_key = re.compile(rf"""(?:^|[{{,.])\s*\[*\s*["']?{re.escape(key)}["']?\s*\]*\s*(?:=|\.|$)""")
        for number, line in enumerate(self.lines[start - 1 :], start):
            if number > start and _HEADING.match(line):
                break
            if sets_key.search(line):
                return number
        return start

    def unknown_key(self, key: str, known: Iterable[str], line: int) -> UserError:
        close = nearest(key, known)
        return self.at(
            line, f"unknown key {key!r}", f"did you mean {close!r}?" if close else f"known: {', '.join(known)}"
        )

    def at(self, line: int, problem: str, next_step: str = "") -> UserError:
        return UserError(f"{self.source}:{line}: {problem}", next_step=next_step)


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
