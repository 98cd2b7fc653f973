"""The front matter of a template: strict keys, every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.messages.check_names import ALWAYS_TOLD, SILENCEABLE

FORMS = ("long", "short")

_TEMPLATE_KEYS = (
    "title", "description", "when", "tags", "triggers", "triggers_at_rest", "channel", "fields", "forms", "silence",
)  # fmt: skip
_TRIGGER_KEYS = ("triggers", "triggers_at_rest")
_FIELD_KEYS = ("ask", "default", "choices", "help")
_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")
# YAML's own nodes: `id`, `tag`, `value`, `start_mark`.
Node = Any

_PLAIN_TEXT_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_RESERVED = ("contact", "me", "form", "lang", "locale", "region", "tu", "limit", "vt")


@dataclass(frozen=True)
class Field:
    """What a template asks the person for; `choices` are the only values, when there are any."""

    name: str
    ask: str
    default: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class FrontMatter:
    """The keys that stand in a file; None where one does not, so that another template's may be inherited.

    `when` says when to use the message, `tags` are words that it is looked for by.
    `triggers` fire at once, `triggers_at_rest` at the separator behind them or in a pause, so that one which
    begins ordinary words stays out of them. Who gives one of these keys inherits neither.
    `silence` holds the reason by the name of each check that has nothing to say about this file.
    """

    title: str | None = None
    description: str | None = None
    when: str | None = None
    tags: tuple[str, ...] | None = None
    triggers: tuple[str, ...] | None = None
    triggers_at_rest: tuple[str, ...] | None = None
    channel: str | None = None
    fields: Mapping[str, Field] | None = None
    forms: Mapping[str, int | None] | None = None
    silence: Mapping[str, str] | None = None


def split(text: str, path: str) -> tuple[str, str]:
    """Front matter and body; a comment stands where the front matter was, so lines keep their numbers."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    opening = _FENCE.match(text)
    if not opening:
        return "", text
    closing = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end())
    if not closing:
        raise UserError(
            f"{path}:1: the front matter is never closed", next_step="end it with a line of three hyphens"
        )
    front = text[opening.end() : closing.start()]
    return front, "{#" + "\n" * (front.count("\n") + 1) + "#}\n" + text[closing.end() :]


def read_front_matter(front: str, path: str) -> FrontMatter:
    """The front matter in `front` (the lines after the first `---`); mistakes are UserErrors with a line."""
    if not front.strip():
        return FrontMatter()
    return _Reader(path).read(front)


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path

    def read(self, front: str) -> FrontMatter:
        import yaml  # late: a program that renders nothing does without it

        # The C loader is ten times as fast, and not part of every installation.
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            root = yaml.compose(front, Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 2 if error.problem_mark else 2
            raise UserError(
                f"{self._path}:{line}: the front matter is not YAML: {error.problem}",
                next_step="write 'key: value', and quotes around a value with a colon in it",
            ) from None
        except yaml.YAMLError as error:
            raise UserError(
                f"{self._path}:2: the front matter is not YAML: {error}", next_step="correct it"
            ) from None
        if root is None:
            return FrontMatter()
        keys = self._mapping(root, _TEMPLATE_KEYS, "front matter")
        return FrontMatter(
            title=self._text(keys["title"], "title") if "title" in keys else None,
            description=self._text(keys["description"], "description") if "description" in keys else None,
            when=self._text(keys["when"], "when") if "when" in keys else None,
            tags=self._tags(keys["tags"]) if "tags" in keys else None,
            **self._triggers(keys),
            channel=self._text(keys["channel"], "channel") if "channel" in keys else None,
            fields=self._fields(keys["fields"]) if "fields" in keys else None,
            forms=self._forms(keys["forms"]) if "forms" in keys else None,
            silence=self._silence(keys["silence"]) if "silence" in keys else None,
        )

    def _wrong(self, node: Node, problem: str, expected: str) -> UserError:
        # Marks count from 0, and the first line of the file is the fence.
        return UserError(f"{self._path}:{node.start_mark.line + 2}: {problem}", next_step=expected)

    def _mapping(self, node: Node, known: tuple[str, ...], what: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key, key_node, value in self._pairs(node, what):
            if key not in known:
                close = nearest(key, known)
                raise self._wrong(
                    key_node,
                    f"unknown key '{key}' in {what}" + (f" (nearest: '{close}')" if close else ""),
                    "known keys: " + ", ".join(known),
                )
            found[key] = value
        return found

    def _pairs(self, node: Node, what: str) -> list[tuple[str, Node, Node]]:
        if node.id != "mapping":
            field = what.removeprefix("field ").strip("'") if what.startswith("field ") else ""
            expected = (
                f'write it so: {field}: {{ask: "…"}}' if field else "expected lines such as 'title: Decline'"
            )
            raise self._wrong(node, f"{what} is not a list of 'key: value'", expected)
        pairs = [(self._text(key, "a key"), key, value) for key, value in node.value]
        seen: set[str] = set()
        for key, key_node, _ in pairs:
            if key in seen:
                raise self._wrong(key_node, f"'{key}' stands twice in {what}", "keep one of them")
            seen.add(key)
        return pairs

    def _text(self, node: Node, what: str) -> str:
        if node.id != "scalar":
            raise self._wrong(node, f"{what} is not a text", "expected one text")
        if node.tag == "tag:yaml.org,2002:null":
            return ""
        if node.tag not in _PLAIN_TEXT_TAGS:
            raise self._wrong(
                node, f"{what}: {node.value} is not a text in YAML", f'write it in quotes: "{node.value}"'
            )
        return str(node.value)

    def _texts(self, node: Node, what: str) -> tuple[str, ...]:
        if node.id == "scalar":
            text = self._text(node, what)
            return (text,) if text else ()
        if node.id != "sequence":
            raise self._wrong(node, f"{what} is not a list", "expected a list such as [one, two]")
        return tuple(self._text(item, what) for item in node.value)

    def _tags(self, node: Node) -> tuple[str, ...]:
        tags = self._texts(node, "tags")
        for place, tag in enumerate(tags):
            if not tag.strip():
                raise self._wrong(node, "a tag is empty", "write a word, or leave it out")
            if tag.casefold() in map(str.casefold, tags[:place]):
                raise self._wrong(node, f"the tag '{tag}' stands twice", "keep one of them")
        return tags

    def _triggers(self, keys: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
        given = {key: self._texts(keys[key], key) for key in _TRIGGER_KEYS if key in keys}
        twice = [
            trigger for trigger in given.get("triggers", ()) if trigger in given.get("triggers_at_rest", ())
        ]
        if twice:
            raise self._wrong(
                keys["triggers_at_rest"],
                f"'{twice[0]}' stands in triggers and in triggers_at_rest",
                "keep one of them",
            )
        # One of them alone says that there are no others.
        return {**dict.fromkeys(_TRIGGER_KEYS, ()), **given} if given else {}

    def _forms(self, node: Node) -> dict[str, int | None]:
        """The forms, longest first, each with the length that it stays within, if it is given one."""
        given: dict[str, int | None]
        if node.id == "mapping":
            given = {form: self._length(length, form) for form, _, length in self._pairs(node, "forms")}
        else:
            given = dict.fromkeys(self._texts(node, "forms"))
        for form in given:
            if form not in FORMS:
                close = nearest(form, FORMS)
                raise self._wrong(
                    node,
                    f"unknown form '{form}'" + (f" (nearest: '{close}')" if close else ""),
                    "expected forms: [long, short]",
                )
        return {form: given[form] for form in FORMS if form in given}

    def _silence(self, node: Node) -> dict[str, str]:
        """The reason by the name of each check that is silenced."""
        found: dict[str, str] = {}
        for name, name_node, value in self._pairs(node, "silence"):
            if name not in SILENCEABLE:
                close = nearest(name, SILENCEABLE)
                problem = "cannot be silenced" if name in ALWAYS_TOLD else "is not the name of a check"
                raise self._wrong(
                    name_node,
                    f"'{name}' {problem}" + (f" (nearest: '{close}')" if close else ""),
                    "the checks: " + ", ".join(SILENCEABLE),
                )
            found[name] = self._text(value, f"the reason of '{name}'")
            if not found[name].strip():
                raise self._wrong(
                    value, f"'{name}' is silenced without a reason", f'write why: {name}: "a quotation"'
                )
        return found

    def _length(self, node: Node, form: str) -> int:
        text = self._text(node, f"the length of '{form}'")
        if not text.isdecimal() or int(text) == 0:
            raise self._wrong(node, f"'{text}' is not the length of a form", "expected a number, such as 900")
        return int(text)

    def _fields(self, node: Node) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        if node.tag == "tag:yaml.org,2002:null":
            return fields
        for name, name_node, value in self._pairs(node, "fields"):
            if not _NAME.match(name) or name in _RESERVED:
                raise self._wrong(
                    name_node,
                    f"'{name}' cannot be the name of a field",
                    "use lower-case letters, digits and _, and none of " + ", ".join(_RESERVED),
                )
            fields[name] = self._field(name, value)
        return fields

    def _field(self, name: str, node: Node) -> Field:
        keys = self._mapping(node, _FIELD_KEYS, f"field '{name}'")
        choices = self._texts(keys["choices"], f"choices of '{name}'") if "choices" in keys else ()
        default = self._text(keys["default"], f"default of '{name}'") if "default" in keys else ""
        if choices and default and default not in choices:
            close = nearest(default, choices)
            raise self._wrong(
                keys["default"],
                f"the default '{default}' of '{name}' is not one of its choices"
                + (f" (nearest: '{close}')" if close else ""),
                "expected one of " + ", ".join(choices),
            )
        return Field(
            name=name,
            ask=self._text(keys["ask"], f"ask of '{name}'")
            if "ask" in keys
            else name.replace("_", " ").capitalize(),
            default=default,
            choices=choices,
            help=self._text(keys["help"], f"help of '{name}'") if "help" in keys else "",
        )
