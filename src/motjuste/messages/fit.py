"""Fit: of a text with alternative wordings, the first combination in reading order that fits its room.

The order is lexicographic: the earlier block keeps its fullest wording as long as any choice of the later
ones still fits; an outer block comes before those inside it. "Fits" is measured on the finished text.

Trying every combination would take exponential time, and adding up the lengths of the pieces would be wrong,
since finishing works across seams. But finishing does not look far: between two words nothing depends on
what stands on the other side, and after a word and a full stop only these two count. So all that a later
piece needs to know of an earlier choice are its last characters, the *tail*, of which there are few. For each
point of the text and each tail that can stand there, the least cost of going on to the end is computed once,
from the end backwards; the search then only enters where something fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from motjuste.errors import UserError
from motjuste.messages.channels import Room
from motjuste.messages.marks import END_FIT, FIT, OR, plain

Costs = tuple[int, ...]

MOST_NESTED = 40
_MOST_STATES = 20_000
_MOST_ATTEMPTS = 2_000

_MARKS = re.compile(f"([{FIT}{OR}{END_FIT}])")
_LETTER = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481"
_DASHES = "–—-"
_BETWEEN_WORDS = re.compile(rf"(?<=[{_LETTER}.,;:!?…»){_DASHES}])(?=[ \n]+[{_LETTER}{_DASHES}])")
_SPACES_AT_END = re.compile(r"[ \t\n]{2,}\Z|[\t]\Z")
# A word that is over, and what came after it; then a word that may go on.
_WORD_AND_SIGNS = re.compile(rf"[{_LETTER}]*([{_LETTER}{_DASHES}][ \u00a0\u202f]*[^\w\s]*[ \n]*)\Z")
_OPEN_WORD = re.compile(rf"[{_LETTER}]+\Z")
# What may begin a link or an address; whether the rest belongs to it, only the whole shows.
_LINKISH = re.compile(r"://|www\.|@|(?:https?|www)[^\w\s]", re.IGNORECASE)
# Signs in a word that a rule may still change if the word turns out to be an address.
_UNSETTLED = re.compile(r"[.'’…@:/%€$-]")
# A long word counts for its length alone, whatever it says, so one stands for all; six letters hide "https".
_ANY_WORD = "aaaaa"
_ANY_LETTER = "a"


@dataclass(frozen=True)
class Choice:
    """A fit block: its wordings, best first, each a row of texts and further blocks."""

    wordings: tuple[tuple[Item, ...], ...]


Item = str | Choice


@dataclass(frozen=True)
class FitChoice:
    """What a fit block became: the index of the chosen wording, and each wording with its length."""

    chosen: int
    wordings: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Wording:
    """One text of all the possible ones, still with the marks of its parts, and how it was chosen."""

    text: str
    choices: tuple[FitChoice, ...] = ()


@dataclass(frozen=True)
class Fitted:
    """The first wording that fits, None when there is none; and the shortest of all."""

    first: Wording | None
    shortest: Wording


def choose(marked: str, finish: Callable[[str], str], room: Room) -> Fitted:
    """The wording of `marked` whose finished text fits `room`, first in the documented order."""
    items = read(marked)
    if not any(isinstance(item, Choice) for item in items):
        only = Wording(marked)
        return Fitted(only if room.overflow(finish(plain(marked))) is None else None, only)
    search = _Search(items, finish, room)
    path = search.first_that_fits()
    return Fitted(
        None if path is None else Wording(*_walk(items, path, finish, room)),
        Wording(*_walk(items, search.shortest(), finish, room)),
    )


def read(marked: str) -> tuple[Item, ...]:
    """The texts and fit blocks of a marked text."""
    open_rows: list[list[list[Item]]] = [[[]]]
    for piece in _MARKS.split(marked):
        if piece == FIT:
            open_rows.append([[]])
        elif piece == OR and len(open_rows) > 1:
            open_rows[-1].append([])
        elif piece == END_FIT and len(open_rows) > 1:
            wordings = open_rows.pop()
            open_rows[-1][-1].append(Choice(tuple(map(tuple, wordings))))
        elif piece in (OR, END_FIT):
            raise _broken()
        elif piece:
            open_rows[-1][-1].append(piece)
        if len(open_rows) > MOST_NESTED:
            raise UserError(f"fit blocks nested more than {MOST_NESTED} deep", next_step="nest fewer")
    if len(open_rows) > 1:
        raise _broken()
    return tuple(open_rows[0][0])


def _broken() -> UserError:
    return UserError(
        "a fit block was cut apart by a filter or an index",
        next_step="apply filters such as truncate inside each wording, not around the fit block",
    )


def fullest(items: tuple[Item, ...]) -> str:
    """The text with the first wording of every block."""
    return "".join(item if isinstance(item, str) else fullest(item.wordings[0]) for item in items)


def _walk(
    items: tuple[Item, ...], path: Iterator[int], finish: Callable[[str], str], room: Room
) -> tuple[str, tuple[FitChoice, ...]]:
    """The text along the chosen indices (which come in reading order), and the record of each choice."""
    pieces: list[str] = []
    choices: list[FitChoice] = []
    for item in items:
        if isinstance(item, str):
            pieces.append(item)
            continue
        chosen = next(path)
        text, inner = _walk(item.wordings[chosen], path, finish, room)
        wordings = [text if at == chosen else fullest(wording) for at, wording in enumerate(item.wordings)]
        finished = [finish(plain(wording)) for wording in wordings]
        choices += [FitChoice(chosen, tuple((wording, room.length(wording)) for wording in finished)), *inner]
        pieces.append(text)
    return "".join(pieces), tuple(choices)


@dataclass
class _Node:
    """A point of the text: either `text` and then `after[0]`, or a choice among the nodes `after`."""

    text: str | None
    after: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Path:
    """The choices made so far, the last one first."""

    chosen: int
    before: _Path | None

    def indices(self) -> list[int]:
        found: list[int] = []
        at: _Path | None = self
        while at is not None:
            found.append(at.chosen)
            at = at.before
        return found[::-1]


class _Search:
    """The search over one text. Nodes are numbered in reading order; the last one is the end."""

    def __init__(self, items: tuple[Item, ...], finish: Callable[[str], str], room: Room) -> None:
        self._finish = finish
        self._room = room
        self._costs_of: dict[str, Costs] = {}
        self._shed_before: dict[str, tuple[Costs, str]] = {}
        self._nodes: list[_Node] = []
        for loose in self._lay_out(items):
            self._nodes[loose].after.append(len(self._nodes))
        self._end = len(self._nodes)
        self._a = room.costs(_ANY_LETTER)
        self._nothing: Costs = tuple(0 for _ in self._a)
        # By node, by tail: the cost that became certain there, and the tail after it.
        self._steps: list[dict[str, tuple[Costs, str]]] = [{} for _ in range(self._end)]
        self._least: list[dict[str, Costs]] = [{} for _ in range(self._end + 1)]
        self._reach()
        self._look_back()

    def first_that_fits(self) -> Iterator[int] | None:
        """The first choices, in order, whose finished text fits; None when there are none."""
        room = self._room
        attempts = 0
        open_ends: list[tuple[int, str, Costs, _Path | None, str]] = [(0, "", self._nothing, None, "")]
        while open_ends:
            node, tail, spent, path, text = open_ends.pop()
            if not room.could_fit(_sum(spent, self._least[node][tail])):
                continue
            if node == self._end:
                if room.overflow(self._finish(text)) is None:
                    return iter(path.indices() if path else ())
                attempts += 1
                if attempts > _MOST_ATTEMPTS:
                    raise _too_intertwined()
                continue
            here = self._nodes[node]
            if here.text is None:
                open_ends += [
                    (after, tail, spent, _Path(index, path), text)
                    for index, after in reversed(list(enumerate(here.after)))
                ]
            else:
                cost, rest = self._steps[node][tail]
                open_ends.append((here.after[0], rest, _sum(spent, cost), path, text + here.text))
        return None

    def shortest(self) -> Iterator[int]:
        """The choices of the shortest text."""
        which = self._room.governing(self._least[0][""])
        node, tail = 0, ""
        while node != self._end:
            here = self._nodes[node]
            if here.text is None:
                costs = [self._least[after][tail][which] for after in here.after]
                index = costs.index(min(costs))
                yield index
                node = here.after[index]
            else:
                tail = self._steps[node][tail][1]
                node = here.after[0]

    def _lay_out(self, items: tuple[Item, ...]) -> list[int]:
        """Append nodes for `items`; the nodes that still lack a successor are returned."""
        loose = [self._add("")]
        for item in items:
            if isinstance(item, str):
                for text in _after_first_word(plain(item)):
                    loose = self._join(loose, self._add(text))
                continue
            loose = self._join(loose, self._add(None))
            choice, loose = loose[0], []
            for wording in item.wordings:
                self._nodes[choice].after.append(len(self._nodes))
                loose += self._lay_out(wording)
        return loose

    def _add(self, text: str | None) -> int:
        self._nodes.append(_Node(text))
        return len(self._nodes) - 1

    def _join(self, loose: list[int], node: int) -> list[int]:
        for before in loose:
            self._nodes[before].after.append(node)
        return [node]

    def _reach(self) -> None:
        """Find the tails that can stand at each node (a successor always has a higher number)."""
        tails: list[dict[str, None]] = [{} for _ in range(self._end + 1)]
        tails[0][""] = None
        states = 0
        for number, node in enumerate(self._nodes):
            states += len(tails[number])
            if states > _MOST_STATES:
                raise _too_intertwined()
            for tail in tails[number]:
                if node.text is None:
                    for after in node.after:
                        tails[after][tail] = None
                else:
                    step = self._steps[number][tail] = self._shed(tail + node.text)
                    tails[node.after[0]][step[1]] = None
        self._least[self._end] = {tail: self._cost(tail) for tail in tails[self._end]}
        for number in range(self._end):
            self._least[number] = dict.fromkeys(tails[number], self._a)

    def _look_back(self) -> None:
        """Compute, from the end, what each node with each tail costs at least to the end."""
        least = self._least
        for number in range(self._end - 1, -1, -1):
            node = self._nodes[number]
            for tail in least[number]:
                if node.text is None:
                    least[number][tail] = tuple(
                        map(min, zip(*(least[after][tail] for after in node.after), strict=True))
                    )
                else:
                    cost, rest = self._steps[number][tail]
                    least[number][tail] = _sum(cost, least[node.after[0]][rest])

    def _shed(self, tail: str) -> tuple[Costs, str]:
        """What of `tail` cannot change any more, as a cost, and the rest.

        For any text that follows, the finished whole costs that much more than the finished rest with it.
        """
        if tail in self._shed_before:
            return self._shed_before[tail]
        whole, certain = tail, self._nothing
        cut = max((match.start() for match in _BETWEEN_WORDS.finditer(tail)), default=0)
        if cut > 1:
            certain = _difference(self._cost(tail[:cut]), self._a)
            tail = _ANY_LETTER + tail[cut:]
        tail = _SPACES_AT_END.sub(_one_gap, tail)
        rest = self._rest(tail)
        if rest != tail:
            certain = _sum(certain, _difference(self._cost(tail), self._cost(rest)))
        self._shed_before[whole] = certain, rest
        return certain, rest

    def _rest(self, tail: str) -> str:
        """The end of `tail` to which all that can follow does the same as to the whole of it."""
        token = tail.rstrip(" \n")
        over = len(token) < len(tail)
        token = token[max(token.rfind(" "), token.rfind("\n")) + 1 :]
        if _LINKISH.search(token) or (self._room.counts_links and not over):
            return tail
        word = _OPEN_WORD.search(tail)
        if word:
            before, open_word = tail[: word.start()], word.group()
            if len(open_word) > len(_ANY_WORD) + 1:
                open_word = _ANY_WORD + open_word[-1]
            if before and not before[-1].isspace() and not _UNSETTLED.search(token[: -len(word.group())]):
                before = before[-1]
            return before + open_word
        ended = _WORD_AND_SIGNS.search(tail)
        return ended.group(1) if ended else tail

    def _cost(self, text: str) -> Costs:
        if text not in self._costs_of:
            self._costs_of[text] = self._room.costs(self._finish(text))
        return self._costs_of[text]


def _after_first_word(text: str) -> list[str]:
    """The text in two: once its first word has ended, what stood before makes no difference any more."""
    first = _BETWEEN_WORDS.search(text, 1)
    return [text[: first.start()], text[first.start() :]] if first else [text] if text else []


def _too_intertwined() -> UserError:
    return UserError(
        "the fit blocks of this text depend on each other in too many ways",
        next_step="put spaces and words between them, or use fewer",
    )


def _one_gap(spaces: re.Match[str]) -> str:
    return "\n\n"[: spaces.group().count("\n")] or " "


def _sum(left: Costs, right: Costs) -> Costs:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _difference(left: Costs, right: Costs) -> Costs:
    return tuple(a - b for a, b in zip(left, right, strict=True))
