"""Jinja alone, to measure beside: no sandbox, no counted steps; of a fit block it writes the wording it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from motjuste.messages.environment import EXAMPLE_DAY, LANGUAGE_FILE
from motjuste.messages.front_matter import split
from motjuste.messages.functions import FILTERS, FUNCTIONS, Speech, speaking
from motjuste.messages.templates import Library

PICK, PICKED = "pick", "picked"


class _OneWording(Extension):
    """`{% fit %} A {% or %} B {% endfit %}` as a plain `if` and `elif`: one call says which wording is written."""

    tags = {"fit"}  # noqa: RUF012 (Jinja's own declaration)

    def parse(self, parser: Parser) -> list[nodes.Node]:
        line = next(parser.stream).lineno
        bodies = [parser.parse_statements(("name:or", "name:endfit"))]
        while next(parser.stream).value == "or":
            bodies.append(parser.parse_statements(("name:or", "name:endfit")))
        call = nodes.Call(nodes.Name(PICK, "load"), [], [], None, None)
        return [nodes.Assign(nodes.Name(PICKED, "store"), call, lineno=line), _written_when(0, bodies, line)]


def _written_when(number: int, bodies: list[list[nodes.Node]], line: int) -> nodes.If:
    """`if picked == number` with all further wordings behind it."""
    test = nodes.Compare(nodes.Name(PICKED, "load"), [nodes.Operand("eq", nodes.Const(number))])
    further = [_written_when(number + 1, bodies, line)] if number + 1 < len(bodies) else []
    return nodes.If(test, bodies[number], [], further, lineno=line)


class BareJinja(jinja2.Environment):
    """Writes what `library` has by the names it has there; `wordings` are picked in reading order."""

    def __init__(self, library: Library) -> None:
        super().__init__(
            loader=jinja2.FunctionLoader(lambda key: split(library.text_of(key), key)[1]),
            undefined=jinja2.StrictUndefined,
            extensions=[_OneWording],
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.filters |= FILTERS
        self.globals |= FUNCTIONS | {PICK: lambda: next(self._picked)}
        self._picked: Iterator[int] = iter(())

    def write(self, template: jinja2.Template, wordings: Sequence[int], **variables: object) -> str:
        """The text of a compiled template."""
        self._picked = iter(wordings)
        with speaking(Speech(str(variables["locale"]), EXAMPLE_DAY, lambda word: self._word(word, variables))):
            return template.render(variables)

    def _word(self, name: str, variables: dict[str, object]) -> Callable[..., object] | None:
        """What the language's own file calls `name`."""
        key = f"{str(variables['locale']).partition('-')[0]}/{LANGUAGE_FILE}"
        return getattr(self.get_template(key).make_module(variables), name, None)
