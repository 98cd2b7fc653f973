"""One key event in, port calls out: the decision between typing and the text that takes its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from motjuste.errors import UserError
from motjuste.expansion.case import follow_case
from motjuste.expansion.clusters import clusters, erasing, last_cluster
from motjuste.expansion.keys import PAUSE, SILENT_NAMES, KeyEvent
from motjuste.expansion.matching import START, Match, Matcher, State
from motjuste.ports import FrontWindow, Injection, InjectionFailed, Injector, Notifier, Window


@dataclass(frozen=True)
class Expansion:
    """A rendered text, and what may be said about it: for whom, on what evidence, from which template.

    `caret` is an index into `text` in code points, None for its end; `length` and `limit` are in the
    channel's unit, None where there is no channel.
    """

    text: str = field(repr=False)
    caret: int | None = None
    person: str = ""
    evidence: str = ""
    template: str = ""
    length: int | None = None
    limit: int | None = None


class Expander(Protocol):
    """Turns a match into a text."""

    def expand(self, match: Match, window: Window) -> Expansion:
        """The text for `match` in `window`. Raises UserError when there is none; the trigger then stays."""


@dataclass(frozen=True)
class Expanded:
    """A trigger was replaced."""

    trigger: str
    expansion: Expansion


@dataclass(frozen=True)
class Refused:
    """A trigger stayed as it was typed, for this reason."""

    trigger: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """Several snippets share the trigger, which stayed; `labels` name them."""

    trigger: str
    labels: tuple[str, ...]


Outcome = Expanded | Refused | Choice


@dataclass(frozen=True)
class EngineStatus:
    """What the engine did so far; never a word of what was typed or inserted."""

    expansions: int = 0
    last_trigger_label: str = ""
    last_person: str = ""
    last_evidence: str = ""
    last_problem: str = ""


@dataclass(frozen=True)
class _Undo:
    """After `before`, `inserted` stands where the person had typed `typed`."""

    before: str = field(repr=False)
    inserted: str = field(repr=False)
    typed: str = field(repr=False)


class Engine:
    """Watches what is typed and puts expansions in its place.

    Synchronous, without threads and without a clock: whoever owns them calls `pause` once nothing was typed
    for `wait_seconds` while the engine is `waiting`.
    """

    def __init__(
        self,
        *,
        matcher: Matcher,
        expander: Expander,
        injector: Injector,
        window: FrontWindow,
        notifier: Notifier,
        wait_seconds: float = 0.6,
        observer: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        self.wait_seconds = wait_seconds
        self.status = EngineStatus()
        self._matcher = matcher
        self._expander = expander
        self._injector = injector
        self._window = window
        self._notifier = notifier
        self._observer = observer
        self._state: State = START
        self._undo: _Undo | None = None

    @property
    def waiting(self) -> bool:
        """Whether a trigger is complete and waits for the next key or a pause."""
        return self._state.waiting

    def key(self, event: KeyEvent) -> None:
        """Take in one key that has already reached the window."""
        if event.name == "Pause":
            self.pause()
            return
        if self._undo:
            if event.name in SILENT_NAMES:
                return
            undo, self._undo = self._undo, None
            if event.name == "BackSpace" and not event.modifiers:
                self._take_back(undo)
                return
        self._step(event)

    def pause(self) -> None:
        """Nothing was typed for `wait_seconds`: a trigger that waited fires."""
        # What was typed after it may hold a trigger that waits in its turn, and its pause is over too.
        while self.waiting:
            self._step(PAUSE)

    def replace_matcher(self, matcher: Matcher) -> None:
        """Go on with other snippets; a trigger that is half typed has to be typed again."""
        self._matcher = matcher
        self._state = matcher.standing(self._state.typed)

    def replace_expander(self, expander: Expander) -> None:
        """Go on with other templates, people and settings."""
        self._expander = expander

    def _step(self, event: KeyEvent) -> None:
        self._state, match = self._matcher.step(self._state, event)
        while match:
            self._answer(match)
            if not match.tail:
                return
            self._state, match = self._matcher.step(self._state, KeyEvent(text=match.tail))

    def _answer(self, match: Match) -> None:
        if len(match.snippets) > 1:
            self._offer(match)
            return
        try:
            with self._injector.holding():
                expansion = self._expander.expand(match, self._window.current())
                self._insert(match, _in_its_case(expansion, match))
        except (UserError, InjectionFailed) as error:
            self._refuse(match, str(error))
            return
        self.status = replace(
            self.status,
            expansions=self.status.expansions + 1,
            last_trigger_label=_label(match),
            last_person=expansion.person,
            last_evidence=expansion.evidence,
        )
        self._observer(Expanded(match.trigger, expansion))

    def _insert(self, match: Match, expansion: Expansion) -> None:
        text, caret = expansion.text, expansion.caret
        typed = match.typed + match.separator
        there = match.before + typed + match.tail
        erase, again = erasing(there, len(match.before))
        standing = "".join(clusters(there)[-erase:])
        if caret is None:
            inserted = text + match.separator + match.tail
            self._injector.inject(Injection(erase, again + inserted, standing=standing))
            self._state = self._matcher.standing(match.before + text + match.separator)
            self._undo = _Undo(match.before, inserted, typed + match.tail)
        else:
            # The tail was typed when the caret should already have been at the hint.
            head = again + text[:caret] + match.tail
            tail = text[caret:] + match.separator
            self._injector.inject(Injection(erase, head + tail, len(head), standing))
            self._state = self._matcher.standing(match.before + text[:caret])
            self._undo = None

    def _take_back(self, undo: _Undo) -> None:
        """Put back what was typed; the person's Backspace has taken one cluster away already."""
        there = undo.before + undo.inserted
        left = there[: len(there) - len(last_cluster(there))]
        self._state = self._matcher.standing(left)
        if not there:
            # Nothing was inserted at an unknown place: what the Backspace took there is not ours to know.
            return
        keep = min(len(undo.before), len(left))
        erase, again = erasing(left, keep)
        try:
            standing = "".join(clusters(left)[-erase:]) if erase else ""
            self._injector.inject(
                Injection(erase, again + undo.before[keep:] + undo.typed, standing=standing)
            )
        except InjectionFailed as error:
            self._tell("The expansion could not be taken back", str(error))
            return
        self._state = self._matcher.standing(undo.before + undo.typed)

    def _offer(self, match: Match) -> None:
        labels = tuple(snippet.label or snippet.template or snippet.source for snippet in match.snippets)
        self._tell(f"Several snippets share the trigger {match.trigger}", ", ".join(filter(None, labels)))
        self._observer(Choice(match.trigger, labels))

    def _refuse(self, match: Match, reason: str) -> None:
        self._tell(f"{_label(match)} was left as typed", reason)
        self._observer(Refused(match.trigger, reason))

    def _tell(self, summary: str, body: str) -> None:
        self.status = replace(self.status, last_problem=f"{summary}: {body}" if body else summary)
        self._notifier.notify(summary, body)


def _label(match: Match) -> str:
    return match.snippet.label or match.trigger


def _in_its_case(expansion: Expansion, match: Match) -> Expansion:
    snippet = match.snippet
    if not snippet.propagate_case:
        return expansion

    def cased(text: str) -> str:
        return follow_case(text, match.typed, snippet.uppercase_style)

    # Capitals may be longer than small letters (ß, SS), so the caret is found anew.
    caret = None if expansion.caret is None else len(cased(expansion.text[: expansion.caret]))
    return replace(expansion, text=cased(expansion.text), caret=caret)
