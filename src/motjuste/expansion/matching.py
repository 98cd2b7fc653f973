"""Which snippet a person means while typing.

The matcher follows, for every place where a trigger may have begun, how far into the triggers the typing has
come. A trigger that is complete fires at once, unless a longer one that began no later can still be typed:
then it waits. The next key that rules the longer one out lets the shorter one fire, and so does a pause;
whatever was typed in between is the match's `tail` and stands after the expansion. So the longest trigger
wins and none is out of reach. A trigger that fires at rest never fires on its own last letter: the separator
behind it lets it fire, or a pause while the caret stands there; any other text rules it out.

With the triggers `my` and `myself`, `my` waits, `myself` fires on its last letter, and `myth` fires `my` on
the `t`, with the tail "t". If `my` fires at rest, `myth` stays as it is.

A regular expression is a trigger like any other: what it matched is the trigger that was typed. `num\\d+` waits
after each digit, as the next one makes a longer trigger, and `my` waits for `my\\w+self`, since that begins with
the text "my". One that may begin with anything, such as `\\w+!!`, holds up no other trigger.

A snippet that has to be confirmed fires on the separator or the Tab behind its trigger, which it swallows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from motjuste.expansion.clusters import last_cluster
from motjuste.expansion.keys import SILENT_NAMES, KeyEvent
from motjuste.expansion.patterns import CONTEXT, REACH, Pattern, Patterns
from motjuste.expansion.snippets import Snippet
from motjuste.expansion.table import SnippetTable, typed_forms
from motjuste.expansion.triggers import Ending, Node, Standing, root

# The typographic twins are there because French keyboards and motjuste's own texts have them.
SEPARATORS = frozenset(" ,;:.?!(){}[]<>'\"\n\t\r\v\f\u00a0\u202f’‘“”«»…")
HISTORY = 64


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger has been typed: `typed` stands in the field between `before` and `tail`.

    `typed` is the trigger as the person typed it, `separator` the character that ended the word where the
    snippet wants one, `swallowed` the separator or Tab that confirmed it, which stands there too and goes
    away with it; at most one of these two is there. `tail` is what was typed since and has not been stepped
    yet. `trigger` is as it is written, which for a regular expression is the expression, and `variables` what
    its named groups found. More than one snippet means that they share the trigger and the person has to choose.
    """

    snippets: tuple[Snippet, ...]
    trigger: str
    typed: str = field(repr=False)
    separator: str = field(repr=False)
    before: str = field(repr=False)
    tail: str = field(repr=False)
    swallowed: str = field(default="", repr=False)
    variables: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @property
    def snippet(self) -> Snippet:
        """The snippet that is meant, the first one when several share the trigger."""
        return self.snippets[0]


class _Complete(NamedTuple):
    """A complete trigger: it began `back` characters ago and is `length` long, its separator included."""

    back: int
    length: int
    separated: bool
    endings: tuple[Ending, ...]


_Followed = Node | Standing
_Found = tuple[tuple[_Followed, ...], _Complete | None]
_NOTHING: _Found = ((), None)
# What was found after each earlier character, the latest first.
_Past = tuple[_Found, "_Past"] | None


class State(NamedTuple):
    """What is known of the text before the caret; made by a Matcher and read by it alone."""

    typed: str = ""
    found: _Found = _NOTHING
    past: _Past = None
    distant_past: _Past = None
    # Where in `typed` begins what can still be part of a regular expression's match.
    live: int = 0

    @property
    def waiting(self) -> bool:
        """Whether a pause now would let a complete trigger fire."""
        return _at_pause(self.found) is not None

    @property
    def wants_tab(self) -> bool:
        """Whether a trigger is complete that a Tab would confirm."""
        return _at_tab(self.found) is not None

    @property
    def ends_with_tab(self) -> bool:
        """Whether a Tab would decide something: confirm a trigger, end its word or rule out a longer one."""
        active, waiting = self.found
        return waiting is not None or any(node.tab_endings or node.word_endings for node in active)

    def __repr__(self) -> str:
        return f"State({len(self.typed)} characters{', waiting' if self.waiting else ''})"


START = State()


class Matcher:
    """Finds the triggers of `snippets` in what is typed; it can be shared, since the state is passed along.

    Those of `tables` come before `snippets`, for the order in which a person is offered them. `separators` are
    the characters that stand between words. Backspace steps back over at least `history` characters, and a
    regular expression reaches back over `patterns.REACH`.
    """

    def __init__(
        self,
        snippets: Iterable[Snippet],
        *,
        tables: Sequence[SnippetTable] = (),
        separators: frozenset[str] = SEPARATORS,
        history: int = HISTORY,
    ) -> None:
        every = (*tables, SnippetTable.of(snippets))
        self._separators = separators
        self._at_word_start = root(every, inside=False)
        self._inside = root(every, inside=True)
        self._patterns = Patterns(
            (
                ((place, number), table[number])
                for place, table in enumerate(every)
                for number in table.having("regex")
            ),
            separators,
        )
        self._asks = bool(self._patterns)
        longest = max((max(map(len, index.texts)) for table in every for index in table.indexes), default=0)
        # Nothing that waits reaches back further than the longest trigger; the rest is for clusters before it.
        self._kept = max(history, longest + 16, REACH + CONTEXT if self._patterns else 0)

    @property
    def runaways(self) -> tuple[str, ...]:
        """A sentence for each regular expression that took too long; it is not asked any more.

        This is the one thing that a matcher learns from what is typed, and it says nothing of that.
        """
        return self._patterns.runaways

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
        if event.name in ("Pause", "Tab"):
            complete = _at_pause(state.found) if event.name == "Pause" else _at_tab(state.found)
            if complete:
                return self._fire(state.typed, complete, "")
        return (state if event.name == "Pause" else START), None

    def standing(self, text: str) -> State:
        """The state when `text` stands before the caret and none of it begins a trigger."""
        kept = text[-self._kept :]
        return State(kept, live=len(kept))

    def _type(self, state: State, text: str) -> tuple[State, Match | None]:
        typed, found, past, distant_past, live = state
        for position, character in enumerate(text):
            after, fires = self._advance(typed, live, found, character)
            typed += character
            if fires:
                return self._fire(typed, fires, text[position + 1 :])
            past = (found, past)
            found = after
        if len(typed) >= 2 * self._kept:
            # Forgetting in two halves keeps the cost of a key independent of how much is remembered. What is
            # left begins in the middle of something, so its first characters are context alone.
            live = max(live - (len(typed) - self._kept), CONTEXT)
            return State(typed[-self._kept :], found, None, past, live), None
        return State(typed, found, past, distant_past, live), None

    def _advance(
        self, typed: str, live: int, found: _Found, character: str
    ) -> tuple[_Found, _Complete | None]:
        active, waiting = found
        at_word_start = not typed or typed[-1] in self._separators
        root = self._at_word_start if at_word_start else self._inside
        asked = self._patterns.that_may_end(typed, character) if self._asks else ()
        if not active and not asked and character not in (root.children or root.open()):
            return _NOTHING, None
        separates, tab = character in self._separators, character == "\t"
        still: list[_Followed] = []
        best: _Complete | None = None
        # The nodes stand in the order in which their triggers began, so the first to end is the longest.
        for node in (*active, root):
            child = (node.children or node.open()).get(character)
            if child:
                if child.viable:
                    still.append(child)
                if child.endings and not best:
                    best = _Complete(child.depth, child.depth, False, child.endings)
            if tab and node.tab_endings:
                best = _longer(best, _Complete(node.depth + 1, node.depth + 1, True, node.tab_endings))
            elif separates and node.word_endings:
                best = _longer(best, _Complete(node.depth + 1, node.depth + 1, True, node.word_endings))
        if asked:
            best = self._ask(asked, typed + character, live, still, best)
        if waiting and (not best or best.back <= waiting.back):
            best = waiting._replace(back=waiting.back + 1)
        if best and self._asks:
            self._hold(best, typed + character, live, still)
        if best and not (still and still[0].depth >= best.back):
            return _NOTHING, best
        return ((tuple(still), best) if still else _NOTHING), None

    def _ask(
        self,
        patterns: Iterable[Pattern],
        text: str,
        live: int,
        still: list[_Followed],
        best: _Complete | None,
    ) -> _Complete | None:
        """The longest of `best` and the patterns that end with `text`; those that wait are put into `still`."""
        for length, pattern, ending in self._patterns.ending(patterns, text, live):
            if pattern.at_once:
                best = _longer(best, _Complete(length, length, False, (ending,)))
            else:
                still.append(Standing(length, (ending,)))
                still.sort(key=_longest_first)
        return best

    def _hold(self, best: _Complete, text: str, live: int, still: list[_Followed]) -> None:
        """Put into `still` that a pattern may yet match more than `best`, if so."""
        back = self._patterns.going_on(text, live, best.back, best.endings)
        if back:
            still.append(Standing(back, ()))
            still.sort(key=_longest_first)

    def _fire(self, typed: str, complete: _Complete, rest: str) -> tuple[State, Match]:
        start = len(typed) - complete.back
        end = start + complete.length
        trigger_end = end - 1 if complete.separated else end
        first = complete.endings[0]
        mark = typed[trigger_end:end]
        swallows = all(ending.snippet.confirm for ending in complete.endings)
        match = Match(
            snippets=tuple(dict.fromkeys(ending.snippet for ending in complete.endings)),
            trigger=_as_written(first),
            typed=typed[start:trigger_end],
            separator="" if swallows else mark,
            swallowed=mark if swallows else "",
            before=typed[:start],
            tail=typed[end:] + rest,
            variables={
                name: value for each in reversed(complete.endings) for name, value in each.variables.items()
            },
        )
        return self.standing(typed[:end]), match


def _at_pause(found: _Found) -> _Complete | None:
    """What fires when nothing more is typed: the trigger that began first, the longest of those."""
    active, waiting = found
    best: _Complete | None = None
    for node in active:
        if waiting and waiting.back > node.depth:
            break
        if node.rest_endings:
            best = _longer(best, _Complete(node.depth, node.depth, False, node.rest_endings))
    return best or waiting


def _at_tab(found: _Found) -> _Complete | None:
    """What fires when a Tab is pressed that puts nothing into the field."""
    active, waiting = found
    best: _Complete | None = None
    for node in active:
        if waiting and waiting.back > node.depth:
            break
        if node.tab_endings:
            best = _longer(best, _Complete(node.depth, node.depth, False, node.tab_endings))
    return best


def _longer(best: _Complete | None, other: _Complete) -> _Complete:
    """The one that began first; of two that began together, what both of them call."""
    if not best or other.back > best.back:
        return other
    if other.back < best.back:
        return best
    return best._replace(endings=tuple(sorted((*best.endings, *other.endings), key=_rank)))


def _rank(ending: Ending) -> tuple[int, int]:
    return ending.rank


def _longest_first(followed: _Followed) -> int:
    return -followed.depth


def _as_written(ending: Ending) -> str:
    """The trigger of a snippet that was typed in this way."""
    text, snippet, _, _ = ending
    ways = (
        trigger
        for trigger in snippet.triggers
        if text in typed_forms(trigger, any_case=snippet.propagate_case)
    )
    return snippet.regex or next(ways)


def _step_back(state: State) -> State:
    typed, found, past, distant_past, live = state
    gone = len(last_cluster(typed))
    if gone == len(typed):
        return START
    for _ in range(gone):
        if not past:
            past, distant_past = distant_past, None
        # Text without a past was not typed: nothing in it begins a trigger.
        found, past = past or (_NOTHING, None)
    return State(typed[:-gone], found, past, distant_past, min(live, len(typed) - gone))
