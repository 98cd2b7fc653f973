"""Which snippet a person means while typing.

The matcher follows, for every place where a trigger may have begun, how far into the triggers the typing has
come. A trigger that is complete fires at once, unless a longer one that began no later can still be typed:
then it waits. The next key that rules the longer one out lets the shorter one fire, and so does a pause;
whatever was typed in between is the match's `tail` and stands after the expansion. So the longest trigger
wins and none is out of reach. A trigger that fires at rest never fires on its own last letter: the separator
behind it lets it fire, or a pause while the caret stands there; any other text rules it out.

With the triggers `my` and `myself`, `my` waits, `myself` fires on its last letter, and `myth` fires `my` on
the `t`, with the tail "t". If `my` fires at rest, `myth` stays as it is.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from motjuste.expansion.clusters import last_cluster
from motjuste.expansion.keys import SILENT_NAMES, KeyEvent
from motjuste.expansion.snippets import Snippet

# The typographic twins are there because French keyboards and motjuste's own texts have them.
SEPARATORS = frozenset(" ,;:.?!(){}[]<>'\"\n\t\r\v\f\u00a0\u202f’‘“”«»…")
HISTORY = 64


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger has been typed: `typed` stands in the field between `before` and `tail`.

    `typed` is the trigger as the person typed it, `separator` the character that ended the word where the
    snippet wants one, `tail` what was typed since and has not been stepped yet. More than one snippet means
    that they share the trigger and the person has to choose.
    """

    snippets: tuple[Snippet, ...]
    trigger: str
    typed: str = field(repr=False)
    separator: str = field(repr=False)
    before: str = field(repr=False)
    tail: str = field(repr=False)

    @property
    def snippet(self) -> Snippet:
        """The snippet that is meant, the first one when several share the trigger."""
        return self.snippets[0]


# A trigger's text, as it stands among the others in order, and what it calls.
_Ending = tuple[str, Snippet]


class _Complete(NamedTuple):
    """A complete trigger: it began `back` characters ago and is `length` long, its separator included."""

    back: int
    length: int
    separated: bool
    endings: tuple[_Ending, ...]


class _Triggers:
    """Triggers in order, beside their snippets: every prefix is then one contiguous range."""

    def __init__(self, endings: Iterable[_Ending]) -> None:
        ordered = sorted(endings, key=itemgetter(0))
        self.texts = [text for text, _ in ordered]
        self.snippets = [snippet for _, snippet in ordered]


class _Range(NamedTuple):
    triggers: _Triggers
    low: int
    high: int
    any_case: bool


class _Node:
    """A prefix of some triggers; what follows it is worked out when somebody first types that far.

    So a quarter of a million triggers cost two lists, and only prefixes that really occur get a node.
    """

    __slots__ = ("_ranges", "children", "depth", "endings", "rest_endings", "viable", "word_endings")

    def __init__(self, depth: int, ranges: Sequence[_Range]) -> None:
        endings: list[_Ending] = []
        longer: list[_Range] = []
        for triggers, low, high, any_case in ranges:
            first = low
            while low < high and len(triggers.texts[low]) == depth:
                low += 1
            endings += zip(triggers.texts[first:low], triggers.snippets[first:low], strict=True)
            if low < high:
                longer.append(_Range(triggers, low, high, any_case))
        self._ranges = longer
        self.depth = depth
        self.endings = tuple(e for e in endings if not (e[1].right_word or e[1].at_rest))
        self.word_endings = tuple(e for e in endings if e[1].right_word or e[1].at_rest)
        self.rest_endings = tuple(e for e in endings if e[1].at_rest)
        self.viable = bool(longer or self.word_endings)
        self.children: dict[str, _Node] | None = None

    def open(self) -> dict[str, _Node]:
        """The prefixes that are one character longer, by that character."""
        by_character: dict[str, list[_Range]] = {}
        for triggers, low, high, any_case in self._ranges:
            while low < high:
                character = triggers.texts[low][self.depth]
                end = bisect_right(triggers.texts, character, low, high, key=lambda text: text[self.depth])
                part = _Range(triggers, low, end, any_case)
                for typed in _cases(character) if any_case else (character,):
                    by_character.setdefault(typed, []).append(part)
                low = end
        # Both cases of a letter lead to one node, as long as no trigger tells them apart.
        shared = {tuple(ranges): _Node(self.depth + 1, ranges) for ranges in by_character.values()}
        self.children = {character: shared[tuple(ranges)] for character, ranges in by_character.items()}
        return self.children


_Found = tuple[tuple[_Node, ...], _Complete | None]
_NOTHING: _Found = ((), None)
# What was found after each earlier character, the latest first.
_Past = tuple[_Found, "_Past"] | None


class State(NamedTuple):
    """What is known of the text before the caret; made by a Matcher and read by it alone."""

    typed: str = ""
    found: _Found = _NOTHING
    past: _Past = None
    distant_past: _Past = None

    @property
    def waiting(self) -> bool:
        """Whether a pause now would let a complete trigger fire."""
        return _at_pause(self.found) is not None

    def __repr__(self) -> str:
        return f"State({len(self.typed)} characters{', waiting' if self.waiting else ''})"


START = State()


class Matcher:
    """Finds the triggers of `snippets` in what is typed; it can be shared, since the state is passed along.

    Backspace steps back over at least `history` characters.
    """

    def __init__(self, snippets: Iterable[Snippet], *, history: int = HISTORY) -> None:
        exact: list[_Ending] = []
        any_case: list[_Ending] = []
        for snippet in snippets:
            for trigger in snippet.triggers:
                if snippet.propagate_case:
                    any_case += ((_fold(form), snippet) for form in _forms(trigger))
                else:
                    exact += ((form, snippet) for form in _forms(trigger))
        self._at_word_start = _root(exact, any_case)
        self._inside = _root(
            (ending for ending in exact if not _begins_words(ending[1])),
            (ending for ending in any_case if not _begins_words(ending[1])),
        )
        longest = max((len(ending[0]) for endings in (exact, any_case) for ending in endings), default=0)
        # Nothing that waits reaches back further than the longest trigger; the rest is for clusters before it.
        self._kept = max(history, longest + 16)

    def step(self, state: State, event: KeyEvent) -> tuple[State, Match | None]:
        """The state after `event`, and the match that it brought about.

        After a match the state stands behind the trigger, as if that were plain text, and the match's `tail`
        waits to be stepped by the caller, who knows by then what stands there.
        """
        if event.text and not event.modifiers:
            return self._type(state, event.text)
        if event.name in SILENT_NAMES:
            return state, None
        if event.modifiers:
            return START, None
        if event.name == "BackSpace":
            return _step_back(state), None
        if event.name == "Pause":
            complete = _at_pause(state.found)
            return self._fire(state.typed, complete, "") if complete else (state, None)
        return START, None

    def standing(self, text: str) -> State:
        """The state when `text` stands before the caret and none of it begins a trigger."""
        return State(text[-self._kept :])

    def _type(self, state: State, text: str) -> tuple[State, Match | None]:
        typed, found, past, distant_past = state
        for position, character in enumerate(text):
            after, fires = self._advance(typed, found, character)
            typed += character
            if fires:
                return self._fire(typed, fires, text[position + 1 :])
            past = (found, past)
            found = after
        if len(typed) >= 2 * self._kept:
            # Forgetting in two halves keeps the cost of a key independent of how much is remembered.
            return State(typed[-self._kept :], found, None, past), None
        return State(typed, found, past, distant_past), None

    def _advance(self, typed: str, found: _Found, character: str) -> tuple[_Found, _Complete | None]:
        active, waiting = found
        at_word_start = not typed or typed[-1] in SEPARATORS
        root = self._at_word_start if at_word_start else self._inside
        if not active and character not in (root.children or root.open()):
            return _NOTHING, None
        separates = character in SEPARATORS
        still: list[_Node] = []
        best: _Complete | None = None
        # The nodes stand in the order in which their triggers began, so the first to end is the longest.
        for node in (*active, root):
            child = (node.children or node.open()).get(character)
            if child:
                if child.viable:
                    still.append(child)
                if child.endings and not best:
                    best = _Complete(child.depth, child.depth, False, child.endings)
            if separates and node.word_endings and not best:
                best = _Complete(node.depth + 1, node.depth + 1, True, node.word_endings)
        if waiting and (not best or best.back <= waiting.back):
            best = waiting._replace(back=waiting.back + 1)
        if best and not (still and still[0].depth >= best.back):
            return _NOTHING, best
        return ((tuple(still), best) if still else _NOTHING), None

    def _fire(self, typed: str, complete: _Complete, rest: str) -> tuple[State, Match]:
        start = len(typed) - complete.back
        end = start + complete.length
        trigger_end = end - 1 if complete.separated else end
        text, snippet = complete.endings[0]
        match = Match(
            snippets=tuple(dict.fromkeys(snippet for _, snippet in complete.endings)),
            trigger=next(trigger for trigger in snippet.triggers if _leads_to(trigger, snippet, text)),
            typed=typed[start:trigger_end],
            separator=typed[trigger_end:end],
            before=typed[:start],
            tail=typed[end:] + rest,
        )
        return self.standing(typed[:end]), match


def _at_pause(found: _Found) -> _Complete | None:
    """What fires when nothing more is typed: the trigger that began first, the longest of those."""
    active, waiting = found
    for node in active:
        if waiting and waiting.back > node.depth:
            break
        if node.rest_endings:
            return _Complete(node.depth, node.depth, False, node.rest_endings)
    return waiting


def _begins_words(snippet: Snippet) -> bool:
    return snippet.left_word or snippet.at_rest


def _step_back(state: State) -> State:
    typed, found, past, distant_past = state
    gone = len(last_cluster(typed))
    if gone == len(typed):
        return START
    for _ in range(gone):
        if not past:
            past, distant_past = distant_past, None
        # Text without a past was not typed: nothing in it begins a trigger.
        found, past = past or (_NOTHING, None)
    return State(typed[:-gone], found, past, distant_past)


def _root(exact: Iterable[_Ending], any_case: Iterable[_Ending]) -> _Node:
    parts = ((_Triggers(exact), False), (_Triggers(any_case), True))
    return _Node(0, [_Range(triggers, 0, len(triggers.texts), folded) for triggers, folded in parts])


def _forms(trigger: str) -> set[str]:
    """The ways to type `trigger`: keyboards give one é, or an e and its accent after it."""
    if trigger.isascii():
        return {trigger}
    return {trigger, unicodedata.normalize("NFC", trigger), unicodedata.normalize("NFD", trigger)}


def _leads_to(trigger: str, snippet: Snippet, text: str) -> bool:
    return any((_fold(form) if snippet.propagate_case else form) == text for form in _forms(trigger))


def _fold(text: str) -> str:
    """`text` in small letters, one for one: a letter whose small form is longer stays as it is."""
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _cases(small: str) -> tuple[str, ...]:
    """The characters that a small letter of a trigger may be typed as."""
    capital = small.upper()
    return (small, capital) if len(capital) == 1 and capital != small else (small,)
