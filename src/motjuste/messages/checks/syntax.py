"""What can be told of a template without writing it: its names, its blocks, the wordings that nobody will ever see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from motjuste.errors import UserError, nearest
from motjuste.messages.channels import Channel
from motjuste.messages.length import measure
from motjuste.messages.marks import END_FIT, FIT, OR
from motjuste.messages.templates import VARIABLES, Library
from motjuste.messages.view import CONTACT_NAMES, ME_NAMES

if TYPE_CHECKING:
    from jinja2 import nodes

# How long a piece is: what it certainly writes, in a unit, and the values that it writes besides.
Size = tuple[int, "Counter[str]"]
# In these units a text that has more is never shorter.
_ADDING_UP = ("utf16", "codepoints", "graphemes", "bytes")


def with_extended(library: Library, key: str) -> dict[str, nodes.Template]:
    """The template and those that it extends, by key, up to the first that is missing or has been seen."""
    from jinja2 import nodes

    trees: dict[str, nodes.Template] = {}
    while key not in trees:
        try:
            trees[key] = library.syntax(key)
        except UserError:
            break  # rendering says it, with the line
        names = (extends.template for extends in trees[key].find_all(nodes.Extends))
        key = next((str(name.value) for name in names if isinstance(name, nodes.Const)), key)
    return trees


def with_all_used(library: Library, key: str) -> dict[str, nodes.Template]:
    """The template, and all that it extends, imports or includes, by key."""
    from jinja2 import nodes

    found = with_extended(library, key)
    waiting = list(found)
    while waiting:
        tree = found[waiting.pop(0)]
        for user in tree.find_all((nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends)):
            name = getattr(user, "template", None)
            if isinstance(name, nodes.Const) and str(name.value) not in found:
                try:
                    found[str(name.value)] = library.syntax(str(name.value))
                except UserError:
                    continue
                waiting.append(str(name.value))
    return found


def blocks(trees: Iterable[nodes.Template]) -> dict[str, int]:
    """The blocks of a template and those that it extends, with the line of the one that counts."""
    from jinja2 import nodes

    found: dict[str, int] = {}
    for tree in trees:
        for block in tree.find_all(nodes.Block):
            found.setdefault(block.name, block.lineno)
    return found


def names_used(trees: Iterable[nodes.Template]) -> set[str]:
    """The names that these templates read."""
    from jinja2 import nodes

    return {name.name for tree in trees for name in tree.find_all(nodes.Name) if name.ctx == "load"}


def unknown_names(library: Library, key: str, fields: set[str]) -> Iterator[tuple[int, str]]:
    """The names and attributes in a template that nothing will answer to, each with its line."""
    from jinja2 import meta, nodes

    tree = library.syntax(key)
    known = {*VARIABLES, *fields, *library.functions}
    # What is set in the text around a block is known in the block, though it may be set in another file.
    given = _names_given(with_extended(library, key).values())
    unknown = meta.find_undeclared_variables(tree) - known - given
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            unknown.discard(name.name)
            yield name.lineno, f"unknown name '{name.name}'{_near(name.name, known | given)}"
    for attribute in tree.find_all(nodes.Getattr):
        of, names = _owner(attribute)
        if names and attribute.attr not in names:
            yield attribute.lineno, f"{of} has no '{attribute.attr}'{_near(attribute.attr, names)}"


def _names_given(trees: Iterable[nodes.Template]) -> set[str]:
    """The names that these templates give to values, macros and imports."""
    from jinja2 import nodes

    found: set[str] = set()
    for tree in trees:
        found |= {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        found |= {macro.name for macro in tree.find_all(nodes.Macro)}
        found |= {piece.target for piece in tree.find_all(nodes.Import)}
        for piece in tree.find_all(nodes.FromImport):
            found |= {name if isinstance(name, str) else name[1] for name in piece.names}
    return found


def _owner(attribute: nodes.Getattr) -> tuple[str, tuple[str, ...]]:
    name = getattr(attribute.node, "name", "")
    return name, {"contact": CONTACT_NAMES, "me": ME_NAMES}.get(name, ())


def _near(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f" (nearest: '{close}')" if close else ""


def unreachable_wordings(tree: nodes.Template, channel: Channel) -> Iterator[tuple[int, str]]:
    """The wordings that are never chosen, each with its line, and why.

    Of two wordings the earlier one is chosen whenever it fits; so a later one that is never shorter has no chance,
    and neither has one whose fixed words alone go over the channel's limit.
    """
    from jinja2 import nodes

    measuring = _Measuring(channel)
    for node in (tree, *tree.find_all(nodes.Node)):
        for body in vars(node).values():
            if isinstance(body, list) and all(isinstance(each, nodes.Node) for each in body):
                for _, wordings in _split(body):
                    yield from measuring.unreachable(wordings)


def _split(body: Sequence[nodes.Node]) -> Iterator[tuple[nodes.Node, list[nodes.Scope]]]:
    """The pieces of a body: each node alone with no wordings, or the mark of a fit block with its wordings."""
    from jinja2 import nodes

    wordings: list[nodes.Scope] | None = None
    opened: nodes.Node | None = None
    for node in body:
        mark = _mark(node)
        if mark == FIT:
            opened, wordings = node, []
        elif mark == END_FIT and opened is not None and wordings is not None:
            yield opened, wordings
            wordings = None
        elif wordings is None:
            yield node, []
        elif mark != OR and isinstance(node, nodes.Scope):
            wordings.append(node)


def _mark(node: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Output) and len(node.nodes) == 1 and isinstance(node.nodes[0], nodes.TemplateData):
        first = node.nodes[0].data[:1]
        return first if first in (FIT, OR, END_FIT) else ""
    return ""


class _Measuring:
    """Measures pieces of a template as one channel counts."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._adds_up = channel.unit in _ADDING_UP

    def unreachable(self, wordings: Sequence[nodes.Scope]) -> Iterator[tuple[int, str]]:
        for number, wording in enumerate(wordings):
            least = self.least(wording.body)
            limit = self._channel.limit
            line = _line(wording)
            if self._adds_up and limit is not None and least[0] > limit:
                yield line, f"wording {number + 1} of this fit block never fits: its own words are {least[0]} long"
            for before, earlier in enumerate(wordings[:number]):
                if self._never_longer(earlier, wording, least):
                    yield (
                        line,
                        f"wording {number + 1} of this fit block is never chosen: wording {before + 1} is as short",
                    )
                    break

    def _never_longer(self, earlier: nodes.Scope, wording: nodes.Scope, least: Size) -> bool:
        if repr(earlier.body) == repr(wording.body):
            return True
        most = self.most(earlier.body)
        if most is None or not (self._adds_up or most == (0, Counter())):
            return False
        return most[0] <= least[0] and not most[1] - least[1]

    def least(self, body: Sequence[nodes.Node]) -> Size:
        """No more than the shortest text that these nodes write."""
        from jinja2 import nodes

        if any(isinstance(node, nodes.Assign | nodes.AssignBlock) for node in body):
            return 0, Counter()  # a value may mean something else here than elsewhere
        total, values = 0, Counter[str]()
        for node, wordings in _split(body):
            if wordings:
                sizes = [self.least(wording.body) for wording in wordings]
            elif isinstance(node, nodes.Output):
                sizes = [self._written(node)]
            elif isinstance(node, nodes.If):
                sizes = [self.least(branch) for branch in _branches(node)]
            elif isinstance(node, nodes.Scope):
                sizes = [self.least(node.body)]
            else:
                continue
            total += min(size for size, _ in sizes)
            shared = sizes[0][1]
            for _, others in sizes[1:]:
                shared = shared & others
            values += shared
        return total, values

    def most(self, body: Sequence[nodes.Node]) -> Size | None:
        """At least the shortest text that these nodes can write, in any case; None when that has no bound."""
        from jinja2 import nodes

        total, values = 0, Counter[str]()
        for node, wordings in _split(body):
            if wordings:
                # The shortest of all is no longer than any of them.
                sizes = [size for wording in wordings if (size := self.most(wording.body)) is not None]
                if not sizes:
                    return None
                sizes = [min(sizes, key=lambda size: (size[1].total(), size[0]))]
            elif isinstance(node, nodes.Output):
                sizes = [self._written(node)]
            elif isinstance(node, nodes.If):
                found = [self.most(branch) for branch in _branches(node)]
                sizes = [size for size in found if size is not None]
                if len(sizes) < len(found):
                    return None
            else:
                return None
            total += max(size for size, _ in sizes)
            either = sizes[0][1]
            for _, others in sizes[1:]:
                either = either | others
            values += either
        return total, values

    def _written(self, output: nodes.Output) -> Size:
        from jinja2 import nodes

        total, values = 0, Counter[str]()
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData | nodes.Const):
                text = str(node.data if isinstance(node, nodes.TemplateData) else node.value)
                # Finishing takes spaces at a seam away.
                total += measure(" ".join(text.split()), self._channel.unit if self._adds_up else "codepoints")
            else:
                values[repr(node)] += 1
        return total, values


def _branches(node: nodes.If) -> list[list[nodes.Node]]:
    return [node.body, *(branch.body for branch in node.elif_), node.else_]


def _line(wording: nodes.Scope) -> int:
    """The line where the words of a wording begin."""
    from jinja2 import nodes

    for data in wording.find_all(nodes.TemplateData):
        if data.data.strip():
            blank = data.data[: len(data.data) - len(data.data.lstrip())]
            return data.lineno + blank.count("\n")
    return wording.lineno
