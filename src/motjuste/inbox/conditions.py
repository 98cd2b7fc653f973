"""Conditions of a policy's rules: a small language in Python's own spelling, over facts that may be unknown.

Nothing is ever run: the text is parsed, every piece of it must be among the few that are known here, and each becomes
a function. `and`, `or` and `not` are Kleene's: what is not known stays unknown unless the rest decides alone.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.inbox.facts import BY_NAME, FLAG, NUMBER, TEXT, TEXTS, Facts, Value
from motjuste.people.names import fold

LONGEST = 2000
"""Characters of a condition."""
DEEPEST = 30
"""How many pieces may stand within each other."""
FUNCTIONS = {
    "known": "known(mutual) is true where that fact is known",
    "mentions": 'mentions(position, "editor", "éditrice") is true where one of these words stands in that fact',
}
_EXAMPLE = 'it reads like: mutual >= 3 and note_kind == "personal"'
_SHOWN = 60
CONSTANTS: Mapping[str, bool] = {"true": True, "false": False}

Truth = bool | None
Reading = Callable[[Facts], Value | None]
Comparing = Callable[[Any, Any], bool]
_ORDER: Mapping[type[ast.cmpop], Comparing] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_SAME: Mapping[type[ast.cmpop], Comparing] = {ast.Eq: operator.eq, ast.NotEq: operator.ne}


@dataclass(frozen=True)
class Condition:
    """A condition as it was written, and the facts that it asks about, in reading order."""

    text: str
    names: tuple[str, ...] = ()
    read: Reading = field(default=lambda facts: True, compare=False, repr=False)

    def holds(self, facts: Facts) -> Truth:
        """True or False; None where it cannot be told from what is known."""
        value = self.read(facts)
        return value if isinstance(value, bool) else None


class NotACondition(Exception):
    """What is wrong with a condition: in which of its lines, and what to do."""

    def __init__(self, problem: str, next_step: str = "", line: int = 1) -> None:
        super().__init__(problem)
        self.problem, self.next_step, self.line = problem, next_step, line

    def at(self, source: str, line: int) -> UserError:
        """The error for a condition that begins in this line of a file."""
        return UserError(f"{source}:{line + self.line - 1}: {self.problem}", next_step=self.next_step)


@dataclass(frozen=True)
class _Piece:
    """A part of a condition: what kind of value it has, and how that is read; `choices` are all that it can be."""

    kind: str
    read: Reading
    choices: tuple[str, ...] = ()
    literal: Value | None = None


def compiled(text: str) -> Condition:
    """The condition that `text` writes; NotACondition says what is wrong with it."""
    if len(text) > LONGEST:
        raise NotACondition(f"a condition of {len(text):,} characters is too long", f"the most are {LONGEST:,}")
    if "\\" in text:
        raise NotACondition("a condition has no backslash", "leave it out")
    if not text.strip():
        raise NotACondition("an empty condition", "leave 'when' out: the rule then always applies")
    compiler = _Compiler(_whole(text))
    piece = compiler.piece(_parsed(text), 0)
    if piece.kind != FLAG:
        raise NotACondition(
            f"{text.strip()!r} is a {piece.kind}, not a yes or no", "compare it, as in: mutual >= 3"
        )
    return Condition(text, tuple(dict.fromkeys(compiler.names)), piece.read)


def _whole(text: str) -> str:
    """In parentheses a condition may go over several lines."""
    return f"({text}\n)"


def _parsed(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = ast.parse(_whole(text), mode="eval").body
    except SyntaxError as error:
        line = min(error.lineno or 1, text.count("\n") + 1)
        raise NotACondition(f"this condition cannot be read: {error.msg}", _EXAMPLE, line) from None
    except (ValueError, RecursionError, MemoryError):
        raise NotACondition("this condition cannot be read", "write it with fewer signs") from None
    if node.col_offset == 0 and node.lineno == 1 and not isinstance(node, ast.Tuple):
        # Our own parenthesis was closed by the text.
        raise NotACondition("this condition cannot be read: a parenthesis closes that was not opened", _EXAMPLE)
    return node


class _Compiler:
    def __init__(self, source: str) -> None:
        self.source = source
        self.names: list[str] = []

    def piece(self, node: ast.expr, depth: int) -> _Piece:
        if depth > DEEPEST:
            raise self.wrong(node, f"more than {DEEPEST} pieces stand within each other", "make two rules of it")
        match node:
            case ast.BoolOp():
                return self.together(node, depth)
            case ast.UnaryOp(op=ast.Not()):
                return _Piece(FLAG, _negated(self.flag(node.operand, depth).read))
            case ast.Compare():
                return self.compared(node, depth)
            case ast.Call():
                return self.called(node)
            case ast.Name():
                return self.named(node)
            case _:
                return self.literal(node)

    def flag(self, node: ast.expr, depth: int) -> _Piece:
        piece = self.piece(node, depth + 1)
        if piece.kind != FLAG:
            raise self.wrong(
                node,
                f"{self.written(node)} is a {piece.kind}, and 'and', 'or' and 'not' take a yes or no",
                "compare it, as in: mutual >= 3",
            )
        return piece

    def together(self, node: ast.BoolOp, depth: int) -> _Piece:
        reads = [self.flag(each, depth).read for each in node.values]
        return _Piece(FLAG, _decided_by(isinstance(node.op, ast.Or), reads))

    def compared(self, node: ast.Compare, depth: int) -> _Piece:
        pieces = [self.piece(each, depth + 1) for each in (node.left, *node.comparators)]
        reads = [
            self.comparison(node, left, sign, right)
            for left, sign, right in zip(pieces, node.ops, pieces[1:], strict=False)
        ]
        return _Piece(FLAG, reads[0] if len(reads) == 1 else _decided_by(False, reads))

    def comparison(self, node: ast.expr, left: _Piece, sign: ast.cmpop, right: _Piece) -> Reading:
        written = self.written(node)
        if type(sign) in _ORDER:
            for each in (left, right):
                if each.kind != NUMBER:
                    raise self.wrong(
                        node, f"{written} orders a {each.kind}", "only numbers are more or less than others"
                    )
            return _both(left.read, right.read, _ORDER[type(sign)])
        if type(sign) in _SAME:
            if left.kind != right.kind:
                raise self.wrong(
                    node, f"{written} compares a {left.kind} with a {right.kind}", "compare what is of one kind"
                )
            self.possible(node, left, right)
            self.possible(node, right, left)
            return _both(left.read, right.read, _SAME[type(sign)])
        if isinstance(sign, ast.In | ast.NotIn):
            return self.within(node, left, right, isinstance(sign, ast.NotIn))
        raise self.wrong(node, f"{written} is no comparison", "use ==, !=, <, <=, >, >= or in")

    def within(self, node: ast.expr, left: _Piece, right: _Piece, negated: bool) -> Reading:
        written = self.written(node)
        if right.kind == TEXT:
            raise self.wrong(
                node, f"{written} looks for letters in a text", f"look for words: {FUNCTIONS['mentions']}"
            )
        of = TEXT if right.kind == TEXTS else right.kind.removeprefix("row of ")
        if of == right.kind or left.kind != of:
            raise self.wrong(
                node, f"{written} looks for a {left.kind} in a {right.kind}", "compare what is of one kind"
            )
        self.possible(node, left, right)
        return _both(left.read, right.read, _without if negated else _contained)

    def possible(self, node: ast.expr, left: _Piece, right: _Piece) -> None:
        """A text that a fact never is makes a rule that never applies: it is a slip of the pen."""
        wanted = right.literal if isinstance(right.literal, tuple) else (right.literal,)
        for each in wanted:
            if left.choices and isinstance(each, str) and each not in left.choices:
                close = nearest(each, left.choices)
                raise self.wrong(
                    node,
                    f"{self.written(node)} is never so",
                    f"did you mean {close!r}?" if close else f"it is one of {', '.join(left.choices)}",
                )

    def called(self, node: ast.Call) -> _Piece:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            close = nearest(name, FUNCTIONS)
            raise self.wrong(
                node,
                f"unknown function {self.written(node.func)}",
                f"did you mean {close!r}?" if close else f"known: {', '.join(FUNCTIONS)}",
            )
        fact, *words = node.args or [node.func]
        if node.keywords or not isinstance(fact, ast.Name) or not node.args or (name == "known") == bool(words):
            raise self.wrong(node, f"{self.written(node)} is not how it is called", FUNCTIONS[name])
        piece = self.named(fact)
        if fact.id in CONSTANTS:
            raise self.wrong(fact, f"{fact.id!r} is no fact", FUNCTIONS[name])
        if name == "known":
            read = piece.read
            return _Piece(FLAG, lambda facts: read(facts) is not None)
        return self.mentioned(node, piece, words)

    def mentioned(self, node: ast.Call, piece: _Piece, words: list[ast.expr]) -> _Piece:
        if piece.kind not in (TEXT, TEXTS):
            raise self.wrong(node, f"{self.written(node)} looks for words in a {piece.kind}", FUNCTIONS["mentions"])
        wanted = []
        for word in words:
            told = self.literal(word).literal
            if not isinstance(told, str) or not fold(told):
                raise self.wrong(word, f"{self.written(word)} is not a word in quotes", FUNCTIONS["mentions"])
            wanted.append(f" {fold(told)} ")
        return _Piece(FLAG, _mentioning(piece.read, tuple(wanted)))

    def named(self, node: ast.Name) -> _Piece:
        if node.id in CONSTANTS:
            return _constant(CONSTANTS[node.id])
        fact = BY_NAME.get(node.id)
        if fact is None:
            close = nearest(node.id, BY_NAME)
            raise self.wrong(
                node,
                f"unknown fact {node.id!r}",
                f"did you mean {close!r}?" if close else f"known: {', '.join(BY_NAME)}",
            )
        name = fact.name
        self.names.append(name)
        return _Piece(fact.kind, lambda facts: facts[name], fact.choices)

    def literal(self, node: ast.expr) -> _Piece:
        match node:
            case ast.Constant(value=bool() | int() | float() | str() as value):
                return _constant(value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                if not isinstance(number, bool):
                    return _constant(-number)
            case ast.Tuple(elts=[_, *_]) | ast.List(elts=[_, *_]):
                pieces = [self.literal(each) for each in node.elts]
                if {piece.kind for piece in pieces} <= {pieces[0].kind} & {TEXT, NUMBER}:
                    row = tuple(piece.literal for piece in pieces)
                    return _Piece(f"row of {pieces[0].kind}", lambda facts: row, literal=row)  # type: ignore
        raise self.wrong(
            node,
            f"{self.written(node)} is nothing that a condition can hold",
            "it holds facts, numbers, texts in quotes, rows of them, comparisons, and, or, not, "
            + " and ".join(f"{name}()" for name in FUNCTIONS),
        )

    def written(self, node: ast.expr) -> str:
        """What the person wrote for it, in quotation marks."""
        text = " ".join((ast.get_source_segment(self.source, node) or "").split())
        return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")

    def wrong(self, node: ast.expr, problem: str, next_step: str) -> NotACondition:
        return NotACondition(problem, next_step, node.lineno)


def _constant(value: Value) -> _Piece:
    kind = FLAG if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER
    return _Piece(kind, lambda facts: value, literal=value)


def _negated(read: Reading) -> Reading:
    def negated(facts: Facts) -> Truth:
        value = read(facts)
        return None if value is None else not value

    return negated


def _decided_by(deciding: bool, reads: list[Reading]) -> Reading:
    """`or` when True decides, `and` when False does: the deciding value wins over what is unknown."""

    def decided(facts: Facts) -> Truth:
        unknown = False
        for read in reads:
            value = read(facts)
            if value is deciding:
                return deciding
            unknown = unknown or value is None
        return None if unknown else not deciding

    return decided


def _both(left: Reading, right: Reading, compare: Comparing) -> Reading:
    def compared(facts: Facts) -> Truth:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else compare(one, other)

    return compared


def _contained(value: Value, row: Value) -> bool:
    return isinstance(row, tuple) and value in row


def _without(value: Value, row: Value) -> bool:
    return not _contained(value, row)


def _mentioning(read: Reading, wanted: tuple[str, ...]) -> Reading:
    def mentioned(facts: Facts) -> Truth:
        told = read(facts)
        if told is None:
            return None
        texts = told if isinstance(told, tuple) else (told,)
        return any(word in f" {fold(str(text))} " for text in texts for word in wanted)

    return mentioned
