"""The files in which people write their snippets, read strictly."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from motjuste.errors import UserError, nearest
from motjuste.expansion.case import UPPERCASE_STYLES
from motjuste.expansion.expressions import what_is_wrong
from motjuste.expansion.plain_lists import Item, Pairs, compose, items
from motjuste.expansion.snippets import CONFIRM
from motjuste.expansion.table import SnippetTable, unusual

# No character below it joins the one before it.
_FIRST_MARK = "\u0300"

# Names that users of other expanders know and that have no effect here yet. A snippet that relies on one
# would do something else than its author meant, so it is not loaded.
UNSUPPORTED_KEYS = frozenset({
    "hotkey", "vars", "form", "form_fields", "markdown", "html", "image_path", "paragraph", "force_mode",
    "force_clipboard", "filter_title", "filter_class", "filter_exec", "filter_os", "rich_text",
})  # fmt: skip
_WORD_KEYS = ("word", "left_word", "right_word")


def read_snippets(yaml_text: str, source: str) -> tuple[SnippetTable, tuple[UserError, ...]]:
    """The snippets of a file, and what is wrong with the others: each problem names `source` and its line.

    A snippet with a problem is left out; the others are read.
    """
    reader = _Reader(source)
    listed = items(yaml_text, "snippets", ("trigger", "replace"), _can_begin)
    if listed is None or not reader.read_items(listed):
        # Not a list as it is usually written, or not YAML: the whole file is asked, and says so best.
        reader = _Reader(source)
        reader.read_whole(yaml_text)
    return reader.table, tuple(reader.problems)


def _problem(source: str, line: int, reason: str, next_step: str = "") -> UserError:
    return UserError(f"{source}:{line + 1}: {reason}", next_step=next_step)


class _Reader:
    """Collects the problems of one file while its snippets are read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[UserError] = []
        self.table = SnippetTable()
        self.table.begin(source)
        # How many lines stand above the text that is read.
        self._above = 0
        self._values: dict[str, Callable[[str, yaml.Node], object]] = {
            "trigger": lambda key, node: (self._trigger(key, node),),
            "triggers": self._triggers,
            "regex": self._regex,
            "replace": self._text,
            "template": self._text,
            "label": self._text,
            "comment": self._text,
            "search_terms": self._texts,
            "uppercase_style": self._one_of(UPPERCASE_STYLES),
            "confirm": self._one_of(CONFIRM),
            **dict.fromkeys((*_WORD_KEYS, "at_rest", "propagate_case", "enabled"), self._flag),
        }

    def read_items(self, listed: Iterable[Item | Pairs]) -> bool:
        """Take in the items of a list; False when they cannot be read one by one."""
        try:
            for item in listed:
                if isinstance(item, Pairs):
                    self.table.add_pairs(item.firsts, item.seconds, item.line + 1)
                elif not self._add_plainly(item) and not self._read_alone(item):
                    return False
        except ValueError:
            return False
        return True

    def _add_plainly(self, item: Item) -> bool:
        """Take in an item that needs no second look: triggers, a text, perhaps a label and some flags."""
        values = dict(item.values)
        one, several, replace = (
            values.pop("trigger", None),
            values.pop("triggers", None),
            values.pop("replace", None),
        )
        written = [one] if several is None else several
        triggers = [each for each in written if isinstance(each, str) and _can_begin(each)]
        if not isinstance(replace, str) or (one and several) or not triggers or len(triggers) < len(written):
            return False
        shared = _plain_flags(values) if values else {}
        if shared is None:
            return False
        self.table.add(triggers, replace, item.line + 1, shared)
        return True

    def _read_alone(self, item: Item) -> bool:
        try:
            root = compose(item.text)
        except (yaml.YAMLError, RecursionError):
            return False
        if not isinstance(root, yaml.SequenceNode) or len(root.value) != 1:
            return False
        self._above = item.line
        self._snippet(root.value[0])
        return True

    def read_whole(self, yaml_text: str) -> None:
        """Take in a file's whole text."""
        try:
            root = compose(yaml_text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line if mark else 0
            self.problems.append(_problem(self.source, line, f"not valid YAML: {error.problem}"))
        except (yaml.YAMLError, RecursionError) as error:
            deep = isinstance(error, RecursionError)
            reason = "nested too deeply" if deep else str(error).splitlines()[0]
            self.problems.append(_problem(self.source, 0, f"not valid YAML: {reason}"))
        else:
            if root is not None:
                self._read_root(root)

    def _read_root(self, root: yaml.Node) -> None:
        if not isinstance(root, yaml.MappingNode):
            self._report(root, "a snippet file starts with 'snippets:' and a list below it")
            return
        for key, value in root.value:
            if key.value != "snippets":
                self._report(key, _unknown_key(key, ["snippets"]), "a snippet file has one key, 'snippets'")
            elif isinstance(value, yaml.SequenceNode):
                for item in value.value:
                    self._snippet(item)
            elif not _is_null(value):
                self._report(value, "'snippets' is a list: each snippet starts with '- '")

    def _snippet(self, node: yaml.Node) -> None:
        before = len(self.problems)
        if not isinstance(node, yaml.MappingNode):
            self._report(node, "a snippet has keys, such as 'trigger: …' and 'replace: …'")
            return
        values: dict[str, Any] = {}
        for key, value in node.value:
            self._read_key(key, value, values)
        self._check_whole(node, values)
        values.pop("comment", None)
        if len(self.problems) > before or not values.pop("enabled", True):
            return
        if values.pop("word", False):
            values |= {"left_word": True, "right_word": True}
        one, several = values.pop("trigger", None), values.pop("triggers", ())
        self.table.add(one or several, values.pop("replace", ""), self._line(node), unusual(values))

    def _read_key(self, key: yaml.Node, value: yaml.Node, values: dict[str, Any]) -> None:
        name = str(key.value)
        if name in values:
            self._report(key, f"'{name}' is given twice in one snippet")
        elif name in UNSUPPORTED_KEYS:
            self._report(
                key,
                f"'{name}' is not supported yet, so this snippet is not loaded",
                f"remove '{name}' to use the snippet without it",
            )
        elif name not in self._values:
            self._report(key, _unknown_key(key, [*self._values, *UNSUPPORTED_KEYS]))
        else:
            try:
                values[name] = self._values[name](name, value)
            except _BadValue as bad:
                self._report(bad.node, bad.reason)
                values[name] = None

    def _check_whole(self, node: yaml.MappingNode, values: dict[str, Any]) -> None:
        # A key that is reported already may stand for the one that is missing.
        all_known = all(str(key.value) in self._values for key, _ in node.value)
        for keys in (("trigger", "triggers", "regex"), ("replace", "template")):
            given = [key for key in keys if key in values]
            if len(given) > 1:
                self._report(node, f"a snippet has '{given[0]}' or '{given[1]}', not both")
            elif not given and all_known:
                self._report(node, f"a snippet needs {_either(keys)}")
        if values.get("word") and False in (values.get("left_word"), values.get("right_word")):
            self._report(node, "'word' means both sides; use 'left_word' or 'right_word' alone for one")
        for key in (*_WORD_KEYS, "confirm") if values.get("at_rest") else ():
            if key in values:
                self._report(node, f"'at_rest' says where the trigger begins and ends; leave out '{key}'")

    def _text(self, key: str, node: yaml.Node) -> str:
        # The characters as they are written: `replace: 1.10` and `trigger: no` mean just that.
        if not isinstance(node, yaml.ScalarNode) or _is_null(node):
            braces = isinstance(node, yaml.MappingNode) and node.flow_style
            mend = "; put a text that begins with '{{' between quotes" if braces else ""
            raise _BadValue(node, f"'{key}' is a text{mend}")
        return _joined(node, key)

    def _trigger(self, key: str, node: yaml.Node) -> str:
        text = self._text(key, node)
        if not text:
            raise _BadValue(node, "a trigger has at least one character")
        if not _can_begin(text):
            raise _BadValue(node, "a trigger cannot begin with a mark that joins the character before it")
        return text

    def _triggers(self, key: str, node: yaml.Node) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise _BadValue(node, "'triggers' is a list of texts")
        return tuple(self._trigger(key, item) for item in node.value)

    def _flag(self, key: str, node: yaml.Node) -> bool:
        if node.tag != "tag:yaml.org,2002:bool":
            raise _BadValue(node, f"'{key}' is true or false, not '{_shown(node)}'")
        return str(node.value).lower() in ("true", "yes", "on")

    def _texts(self, key: str, node: yaml.Node) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise _BadValue(node, f"'{key}' is a list of texts")
        return tuple(self._text(key, item) for item in node.value)

    def _one_of(self, known: tuple[str, ...]) -> Callable[[str, yaml.Node], str]:
        def read(key: str, node: yaml.Node) -> str:
            value = self._text(key, node)
            if value not in known:
                close = nearest(value, known)
                meant = f" (closest: '{close}')" if close else f" (known: {', '.join(known)})"
                raise _BadValue(node, f"unknown {key} '{value}'{meant}")
            return value

        return read

    def _regex(self, key: str, node: yaml.Node) -> str:
        pattern = self._text(key, node)
        if wrong := what_is_wrong(pattern):
            raise _BadValue(node, wrong)
        return pattern

    def _report(self, node: yaml.Node, reason: str, next_step: str = "") -> None:
        self.problems.append(_problem(self.source, self._line(node) - 1, reason, next_step))

    def _line(self, node: yaml.Node) -> int:
        return self._above + int(node.start_mark.line) + 1


class _BadValue(Exception):
    def __init__(self, node: yaml.Node, reason: str) -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason


def _can_begin(trigger: str) -> bool:
    """Whether `trigger` begins with a character of its own."""
    return bool(trigger) and (
        trigger[0] < _FIRST_MARK or not unicodedata.category(trigger[0]).startswith("M")
    )


def _plain_flags(values: Mapping[str, str | list[str]]) -> dict[str, Any] | None:
    """The values of a snippet beside its triggers and text; None when they need a second look."""
    shared: dict[str, Any] = {}
    for key, value in values.items():
        if key == "label":
            shared["label"] = value
        elif key == "word" and value == "true" and not values.keys() & {"left_word", "right_word", "at_rest"}:
            shared |= {"left_word": True, "right_word": True}
        elif (
            key in ("left_word", "right_word", "propagate_case")
            and value == "true"
            and "at_rest" not in values
        ):
            shared[key] = True
        else:
            return None
    return shared if isinstance(shared.get("label", ""), str) else None


def _either(keys: tuple[str, ...]) -> str:
    *first, last = (f"'{key}'" for key in keys)
    return f"{', '.join(first)} or {last}"


def _unknown_key(key: yaml.Node, known: list[str]) -> str:
    close = nearest(_shown(key), known)
    return f"unknown key '{_shown(key)}'" + (f" (closest: '{close}')" if close else "")


def _shown(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "a list or keys"


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _joined(node: yaml.ScalarNode, key: str) -> str:
    """The node's text, an emoji that was written as two escapes made one again."""
    text = str(node.value)
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise _BadValue(node, f"'{key}' holds half an emoji; write the emoji itself") from None
