"""The search for the first combination of wordings that fits, in polynomial time.

Trying every combination would take exponential time, and adding up the lengths of the pieces would be wrong,
since finishing works across seams. But finishing does not look far: between two words nothing depends on
what stands on the other side, and after a word and a full stop only these two count. So all that a later
piece needs to know of an earlier choice are its last characters, the *tail*, of which there are few. For each
point of the text and each tail that can stand there, the least cost of going on to the end is computed once a
weight, from the end backwards; the search then only enters where something fits. A lighter block on the way to a
heavier one is passed in all its wordings at once: with the least cost for each tail that they can leave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from motjuste.errors import UserError
from motjuste.messages.channels import Room
from motjuste.messages.marks import WEIGHTS, plain
from motjuste.messages.wordings import USUAL_WEIGHT, Item, Path

Costs = tuple[int, ...]

_MOST_STATES = 20_000
_MOST_STEPS = 20_000

_LETTER = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481"
_DASHES = "–—-"
_BETWEEN_WORDS = re.compile(rf"(?<=[{_LETTER}.,;:!?…»){_DASHES}])(?=[ \n]+[{_LETTER}{_DASHES}])")
_SPACES_AT_END = re.compile(r"[ \t\n]{2,}\Z|[\t]\Z")
# A word that is over, and what came after it; then a word that may go on.
_WORD_AND_SIGNS = re.compile(rf"[{_LETTER}]*([{_LETTER}{_DASHES}][ \u00a0\u202f]*[^\w\s]*[ \n]*)\Z")
_OPEN_WORD = re.compile(rf"[{_LETTER}]+\Z")
# A space before a full stop or a comma goes, so what it parts may still become one.
_GAP = re.compile(r"\n| (?! *[.,])")
# What may begin a link or an address; whether the rest belongs to it, only the whole shows.
_LINKISH = re.compile(r"://|www\.|@|(?:https?|www)[^\w\s]", re.IGNORECASE)
# Signs in a word that a rule may still change if the word turns out to be an address.
_UNSETTLED = re.compile(r"[.'’…@:/%€$-]")
# A long word counts for its length alone, whatever it says, so one stands for all; six letters hide "https".
_ANY_WORD = "aaaaa"
_ANY_LETTER = "a"


@dataclass
class _Node:
    """A point of the text: either `text` and then `after[0]`, or a choice among the nodes `after`."""

    text: str | None
    after: list[int] = field(default_factory=list)
    weight: int = USUAL_WEIGHT


# By tail, the least that a text up to here costs, without what the tail itself will.
_Front = Mapping[str, Costs]


@dataclass(frozen=True)
class _Picked:
    """The wordings picked so far, the last one first."""

    node: int
    index: int
    before: _Picked | None

    def all(self) -> dict[int, int]:
        found: dict[int, int] = {}
        at: _Picked | None = self
        while at is not None:
            found[at.node] = at.index
            at = at.before
        return found


class Search:
    """The search over one text. Nodes are numbered in reading order; the last one is the end."""

    def __init__(self, items: tuple[Item, ...], finish: Callable[[str], str], room: Room) -> None:
        self._finish = finish
        self._room = room
        self._costs_of: dict[str, Costs] = {}
        self._shed_before: dict[str, tuple[Costs, str]] = {}
        self._nodes: list[_Node] = []
        for loose in self._lay_out(items, len(WEIGHTS)):
            self._nodes[loose].after.append(len(self._nodes))
        self._end = len(self._nodes)
        self._a = room.costs(_ANY_LETTER)
        self._nothing: Costs = tuple(0 for _ in self._a)
        # By node, by tail: the cost that became certain there, and the tail after it.
        self._steps: list[dict[str, tuple[Costs, str]]] = [{} for _ in range(self._end)]
        self._tails: list[dict[str, None]] = [{} for _ in range(self._end + 1)]
        self._reach()
        self._free = self._look_back({})
        self._left = _MOST_STEPS

    def first_that_fits(self) -> Path | None:
        """What is chosen in the first text, in the documented order, that fits; None when there is none."""
        weights = sorted({node.weight for node in self._nodes if node.text is None}, reverse=True)
        picked = self._first(weights, {}, self._free)
        return None if picked is None else self._path(picked)

    def _first(
        self, weights: list[int], decided: Mapping[int, int], least: list[dict[str, Costs]]
    ) -> Mapping[int, int] | None:
        """The first that fits, when the blocks of the heavier weights are decided; None when none does.

        `least` is what going on to the end costs at least, by node and tail.
        """
        if not weights:
            fits = self._room.overflow(self._finish(self._text(decided))) is None
            return decided if fits else None
        weight, lighter = weights[0], weights[1:]
        open_ends: list[tuple[dict[int, _Front], _Picked | None]] = [({0: {"": self._nothing}}, None)]
        while open_ends:
            fronts, picked = open_ends.pop()
            self._count()
            node = self._go_on(fronts, decided, weight)
            if node < self._end:
                open_ends += [
                    ({after: fronts[node]}, _Picked(node, index, picked))
                    for index, after in reversed(list(enumerate(self._nodes[node].after)))
                    if self._can_fit(fronts[node], least[after])
                ]
                continue
            now = {**decided, **(picked.all() if picked else {})}
            found = self._first(lighter, now, self._look_back(now) if lighter else least)
            if found is not None:
                return found
        return None

    def _go_on(self, fronts: dict[int, _Front], decided: Mapping[int, int], weight: int) -> int:
        """Carry the fronts to the next block of this weight, or to the end; the number of that node.

        What is lighter is passed in all its wordings, which meet again behind it: only such blocks part a front.
        """
        while True:
            number = min(fronts)
            if number == self._end:
                return number
            node = self._nodes[number]
            if node.text is not None:
                moved: dict[str, Costs] = {}
                for tail, spent in fronts.pop(number).items():
                    cost, rest = self._steps[number][tail]
                    _lower(moved, rest, _sum(spent, cost))
                self._meet(fronts, node.after[0], moved)
            elif number in decided:
                self._meet(fronts, node.after[decided[number]], fronts.pop(number))
            elif node.weight == weight:
                return number
            else:
                front = fronts.pop(number)
                for after in node.after:
                    self._meet(fronts, after, front)

    def _meet(self, fronts: dict[int, _Front], number: int, front: _Front) -> None:
        if number in fronts:
            joined = dict(fronts[number])
            for tail, spent in front.items():
                _lower(joined, tail, spent)
            fronts[number] = joined
        else:
            fronts[number] = front

    def _can_fit(self, front: _Front, least: Mapping[str, Costs]) -> bool:
        return any(self._room.could_fit(_sum(spent, least[tail])) for tail, spent in front.items())

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _too_intertwined()

    def _path(self, picked: Mapping[int, int]) -> Path:
        """The indices of the picked wordings, in reading order."""
        return tuple(index for node, index in sorted(picked.items()))

    def _text(self, picked: Mapping[int, int]) -> str:
        number, texts = 0, []
        while number != self._end:
            node = self._nodes[number]
            texts.append(node.text or "")
            number = node.after[picked.get(number, 0)]
        return "".join(texts)

    def shortest(self) -> Path:
        """What is chosen in the shortest text."""
        least = self._free
        which = self._room.governing(least[0][""])
        node, tail = 0, ""
        found = []
        while node != self._end:
            here = self._nodes[node]
            if here.text is None:
                costs = [least[after][tail][which] for after in here.after]
                index = costs.index(min(costs))
                found.append(index)
                node = here.after[index]
            else:
                tail = self._steps[node][tail][1]
                node = here.after[0]
        return tuple(found)

    def _lay_out(self, items: tuple[Item, ...], most: int) -> list[int]:
        """Append nodes for `items`, none heavier than `most`; the nodes that still lack a successor are returned."""
        loose = [self._add("")]
        for item in items:
            if isinstance(item, str):
                for text in _after_first_word(plain(item)):
                    loose = self._join(loose, self._add(text))
                continue
            weight = min(item.weight, most)
            loose = self._join(loose, self._add(None, weight))
            choice, loose = loose[0], []
            for wording in item.wordings:
                self._nodes[choice].after.append(len(self._nodes))
                loose += self._lay_out(wording, weight)
        return loose

    def _add(self, text: str | None, weight: int = USUAL_WEIGHT) -> int:
        self._nodes.append(_Node(text, weight=weight))
        return len(self._nodes) - 1

    def _join(self, loose: list[int], node: int) -> list[int]:
        for before in loose:
            self._nodes[before].after.append(node)
        return [node]

    def _reach(self) -> None:
        """Find the tails that can stand at each node (a successor always has a higher number)."""
        tails = self._tails
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

    def _look_back(self, decided: Mapping[int, int]) -> list[dict[str, Costs]]:
        """By node and tail: what going on to the end costs at least, with these wordings decided."""
        least: list[dict[str, Costs]] = [{} for _ in range(self._end)]
        least.append({tail: self._cost(tail) for tail in self._tails[self._end]})
        for number in range(self._end - 1, -1, -1):
            node, here = self._nodes[number], least[number]
            if node.text is not None:
                after = least[node.after[0]]
                for tail in self._tails[number]:
                    cost, rest = self._steps[number][tail]
                    here[tail] = _sum(cost, after[rest])
            elif number in decided:
                least[number] = least[node.after[decided[number]]]
            else:
                for tail in self._tails[number]:
                    ways = (least[after][tail] for after in node.after)
                    here[tail] = tuple(map(min, zip(*ways, strict=True)))
        return least

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
        token = token[max((match.end() for match in _GAP.finditer(token)), default=0) :]
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
        if ended and _UNSETTLED.search(token[: -len(ended.group(1).rstrip(" \n"))]):
            return tail
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


def _lower(front: dict[str, Costs], tail: str, spent: Costs) -> None:
    """Note that `tail` can be had for `spent`, if that is less."""
    before = front.get(tail)
    front[tail] = spent if before is None else tuple(map(min, before, spent))


def _sum(left: Costs, right: Costs) -> Costs:
    if len(left) == 1:  # nearly always, and most of the time goes here
        return (left[0] + right[0],)
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _difference(left: Costs, right: Costs) -> Costs:
    return tuple(a - b for a, b in zip(left, right, strict=True))
