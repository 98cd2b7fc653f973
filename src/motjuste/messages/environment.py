"""The one Jinja environment: sandboxed, strict and bounded; it knows fit blocks and marks parts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sized
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import make_attrgetter
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from motjuste.errors import UserError, nearest
from motjuste.messages.code_keys import BARE_TEXT, code_of
from motjuste.messages.functions import FILTERS, FUNCTIONS, Speech, speaking
from motjuste.messages.marks import (
    CARET,
    END_FIT,
    END_PART,
    FIT,
    OR,
    PART,
    PART_NAMED,
    WEIGHTS,
    without_marks,
)
from motjuste.messages.source_lines import as_lines
from motjuste.messages.template_errors import explained
from motjuste.messages.view import View
from motjuste.messages.wordings import USUAL_WEIGHT

LANGUAGE_FILE = "_language"
EXAMPLE_DAY = date(2026, 2, 3)
"""The day on which templates are tried, where nobody says which one it is."""

LONGEST_OUTPUT = 200_000
MOST_STEPS = 20_000
_LARGEST_NUMBER = 10**15

# These make a text of any size out of a short one.
_WIDE = frozenset(
    {"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "join", "translate"}
)
# What their own attributes without a "_" in front say cannot be unsafe.
_WITHOUT_TRICKS = frozenset({View, TemplateModule})
_WIDE_FILTERS = ("batch", "center", "format", "indent", "pprint", "slice", "tojson", "urlize", "xmlattr")


@dataclass
class _Run:
    """One rendering: the names that it knows, and the steps it may still take."""

    names: Callable[[], Iterable[str]]
    steps: int = MOST_STEPS

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise SecurityError(f"it does not end: more than {MOST_STEPS} loop steps and calls")


_run: ContextVar[_Run] = ContextVar("_run")


class _Unknown(jinja2.StrictUndefined):
    """A name that nothing answers to; using it says so and names the nearest."""

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if isinstance(self._undefined_obj, View):
            kind, known = self._undefined_obj._kind, self._undefined_obj._names
            close = nearest(name, known)
            return f"{kind} has no '{name}'" + (f" (nearest: '{kind}.{close}')" if close else "")
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is not jinja2.utils.missing:
            return f"'{name}' is not there in {str(self._undefined_obj)[:40]!r}"
        run = _run.get(None)
        close = nearest(name, run.names()) if run else None
        return f"unknown name '{name}'" + (f" (nearest: '{close}')" if close else "")


class _FitTag(Extension):
    """`{% fit %} A {% or %} B {% endfit %}`: every wording is rendered, between marks.

    `{% fit weight=2 %}` gives way after those without a weight, `{% fit weight=0 %}` before them.
    """

    tags = {"fit"}  # noqa: RUF012 (Jinja's own declaration)

    def parse(self, parser: Parser) -> list[nodes.Node]:
        line = next(parser.stream).lineno
        found: list[nodes.Node] = [_mark(FIT + _weight(parser), line)]
        while True:
            body = parser.parse_statements(("name:or", "name:endfit"))
            # A scope of its own: what one wording sets is not there in the text after it.
            found.append(nodes.Scope(body, lineno=line))
            end = next(parser.stream)
            if end.value == "endfit":
                # Jinja itself expects the end of this tag.
                return [*found, _mark(END_FIT, line)]
            found.append(_mark(OR, line))


def _weight(parser: Parser) -> str:
    """The mark of the weight in a fit tag; nothing for the usual one."""
    given = parser.stream
    if given.current.type == "block_end":
        return ""
    if given.skip_if("name:weight") and given.skip_if("assign") and given.current.type == "integer":
        weight = int(next(given).value)
        if weight < len(WEIGHTS) and given.current.type == "block_end":
            return WEIGHTS[weight] if weight != USUAL_WEIGHT else ""
    return parser.fail(
        f"a fit block takes nothing but a weight from 0 to {len(WEIGHTS) - 1}: {{% fit weight=2 %}}",
        given.current.lineno,
    )


def _mark(text: str, line: int) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text, lineno=line)], lineno=line)


class _MarkingGenerator(CodeGenerator):
    """Marks where a block stands (so that its text can be found again) and counts the steps of loops."""

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        self.visit_Output(_mark(f"{PART}{node.name}{PART_NAMED}", node.lineno), frame)
        super().visit_Block(node, frame)
        self.visit_Output(_mark(END_PART, node.lineno), frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        counted = nodes.EnvironmentAttribute("counted", lineno=node.lineno)
        node.iter = nodes.Call(counted, [node.iter], [], None, None, lineno=node.lineno)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined(")
        for value in node.nodes:
            self.visit(value, frame)
            self.write(", ")
        self.write(")")


class CodeStore(Protocol):
    """Keeps compiled templates between runs; what it does not have is None."""

    def get(self, key: str) -> bytes | None: ...

    def set(self, key: str, code: bytes) -> None: ...


class _Kept(jinja2.BytecodeCache):
    """Jinja's own way to such a store; Jinja checks that the source is still the same.

    A bare text is not kept: it is compiled in a moment, and people's own words should not pile up elsewhere.
    """

    def __init__(self, store: CodeStore) -> None:
        self._store = store

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        if name.startswith(BARE_TEXT):
            return ""
        return f"{code_of(filename or '')}-{super().get_cache_key(name, filename)}"

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and (code := self._store.get(bucket.key)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            self._store.set(bucket.key, bucket.bytecode_to_string())


class Environment(ImmutableSandboxedEnvironment):
    """Jinja for messages. `source_of` gives a template's path and text by its name, or None."""

    code_generator_class = _MarkingGenerator
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    concat = staticmethod(lambda pieces: _whole(pieces))

    def __init__(
        self,
        source_of: Callable[[str], tuple[str, str] | None],
        names: Callable[[], Iterable[str]],
        compiled: CodeStore | None = None,
        today: Callable[[], date] = lambda: EXAMPLE_DAY,
    ) -> None:
        super().__init__(
            loader=jinja2.FunctionLoader(lambda name: self._load(name)),
            undefined=_Unknown,
            extensions=[_FitTag],
            autoescape=False,  # plain text is written, not HTML
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_Kept(compiled) if compiled else None,
        )
        self._source_of = source_of
        self._names = names
        self._today = today
        for name in _WIDE_FILTERS:
            del self.filters[name]
        self.filters |= {**FILTERS, "join": _joined_by, "replace": _replaced}
        self.globals |= FUNCTIONS
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]

    def compiled(self, name: str) -> jinja2.Template:
        """The template of that name; a mistake in it is a UserError with path and line."""
        with explained(self, name):
            return self.get_template(name)

    def parsed(self, name: str) -> nodes.Template:
        """The syntax tree of the template of that name."""
        found = self._load(name)
        if found is None:
            raise self.not_found(name)
        with explained(self, name):
            return self.parse(found[0], name, found[1])

    def run(self, name: str, variables: Mapping[str, object]) -> str:
        """The marked text of a template with these variables."""
        template = self.compiled(name)
        token = _run.set(_Run(lambda: {*variables, *self.globals}))
        speech = Speech(
            str(variables.get("locale", "")), self._today(), lambda word: self._word(word, variables)
        )
        try:
            with explained(self, name), speaking(speech):
                return _written(template.root_render_func(template.new_context(dict(variables))))
        finally:
            _run.reset(token)

    def _word(self, name: str, variables: Mapping[str, object]) -> Callable[..., object] | None:
        """What the language's own file calls `name`: that of the region, else that of the language."""
        locale = str(variables.get("locale", ""))
        for language in (locale, locale.partition("-")[0]):
            key = f"{language}/{LANGUAGE_FILE}"
            if self._source_of(key):
                word: Callable[..., object] | None = getattr(
                    self.compiled(key).make_module(dict(variables)), name, None
                )
                if word:
                    return word
        return None

    def joined(self, *values: object) -> str:
        """The texts of the values, one after the other."""
        return _whole(map(str, values))

    def counted(self, values: Iterable[object]) -> Iterator[object]:
        """The values of a loop; each is a step."""
        run = _run.get(None)
        for value in values:
            if run:
                run.step()
            yield value

    def call(self, /, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        run = _run.get(None)
        if run:
            run.step()
        if type(__obj) is Macro:
            return __context.call(__obj, *args, **kwargs)  # nothing could be unsafe in calling it
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str) and __obj.__name__ == "replace":
            return _replaced(owner, *args, **kwargs)
        if type(owner) is str and not kwargs:
            return __obj(*args)  # it takes nothing of the context
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" and not (abs(left) <= 1000 and abs(right) <= 5):
            raise SecurityError("a power this large is not computed")
        most = LONGEST_OUTPUT if isinstance(left, Sized) or isinstance(right, Sized) else _LARGEST_NUMBER
        if operator == "*" and _size(left, left) * _size(right, right) > most:
            raise SecurityError("the product is too large")
        if operator == "+" and _size(left, 0) + _size(right, 0) > LONGEST_OUTPUT:
            raise _too_long()
        if operator == "%" and isinstance(left, str):
            raise SecurityError("texts are not formatted with %; write the values between texts")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """Texts are not formatted; see _WIDE."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        # Quickly, for nearly all that templates look at: there is nothing else in it that could be unsafe.
        kind = type(obj)
        if attribute[:1] != "_" and (kind in _WITHOUT_TRICKS or (kind is str and attribute not in _WIDE)):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass  # it may be an item, and else there is an error to be told
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not (isinstance(obj, str) and attr in _WIDE) and super().is_safe_attribute(obj, attr, value)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = self._source_of(name)
        if found is None:
            return None
        path, text = found
        return as_lines(without_marks(text).replace("$|$", CARET)), path, lambda: True

    def path_of(self, name: str) -> str:
        """Where the template of that name is kept."""
        found = self._source_of(name)
        return found[0] if found else name

    def filter_names(self) -> Iterable[str]:
        """What can stand behind a |."""
        return self.filters

    def not_found(self, name: str) -> UserError:
        """The error for a template that does not exist."""
        close = nearest(name, self._names())
        return UserError(
            f"there is no template '{name}'" + (f" (nearest: '{close}')" if close else ""),
            next_step="name it by folder and file, such as 'fr/decline' or 'shipped/fr/decline'",
        )


def _size(value: Any, otherwise: Any) -> Any:
    return len(value) if isinstance(value, Sized) else otherwise


def _too_long() -> SecurityError:
    return SecurityError(f"it does not end: more than {LONGEST_OUTPUT} characters")


def _whole(pieces: Iterable[str]) -> str:
    """The pieces in one, unless they are too long."""
    found = list(pieces)
    if sum(map(len, found)) > LONGEST_OUTPUT:
        raise _too_long()
    return "".join(found)


def _written(pieces: Iterator[str]) -> str:
    """What a template writes; when it is too long, the error comes from the line that was being written."""
    found: list[str] = []
    length = 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > LONGEST_OUTPUT and isinstance(pieces, Generator):
            pieces.throw(_too_long())
    return "".join(found)


@jinja2.pass_environment
def _joined_by(
    environment: jinja2.Environment,
    values: Iterable[object],
    separator: str = "",
    attribute: str | None = None,
) -> str:
    found = map(make_attrgetter(environment, attribute), values) if attribute else values
    texts = [str(value) for value in found]
    if sum(map(len, texts)) + len(separator) * len(texts) > LONGEST_OUTPUT:
        raise _too_long()
    return separator.join(texts)


def _replaced(text: object, old: str, new: str, count: int = -1) -> str:
    if str(text).count(old) * len(new) > LONGEST_OUTPUT:
        raise _too_long()
    return str(text).replace(old, new, count)
