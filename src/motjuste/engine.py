"""One key event in, port calls out: the decision between typing and the text that takes its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from motjuste.errors import UserError
from motjuste.expansion.applications import Treatment
from motjuste.expansion.case import follow_case
from motjuste.expansion.clusters import clusters, clusters_between, erasing, joins, last_cluster
from motjuste.expansion.keys import PAUSE, SILENT_NAMES, KeyEvent
from motjuste.expansion.matching import START, Match, Matcher, State
from motjuste.expansion.windows import on_one_line
from motjuste.people.card import Contact
from motjuste.ports import Delivery, FrontWindow, Injection, InjectionFailed, Injector, Notifier, Window


@dataclass(frozen=True)
class Expansion:
    """A rendered text, and what may be said about it: for whom, on what evidence, from which template.

    `caret` is an index into `text` in code points, None for its end; `stops` are further ones, to which Tab
    leads the caret from there. `length` and `limit` are in the channel's unit, None where there is no channel.
    `contact` is whom the text speaks to, None for nobody; `channel` is where it is meant to go, "" for anywhere.
    `check` raises UserError for another form of the text that has no room there.
    """

    text: str = field(repr=False)
    caret: int | None = None
    stops: tuple[int, ...] = ()
    person: str = ""
    evidence: str = ""
    template: str = ""
    length: int | None = None
    limit: int | None = None
    channel: str = ""
    contact: Contact | None = field(default=None, repr=False, compare=False)
    check: Callable[[str], None] = field(default=lambda text: None, repr=False, compare=False)


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


@dataclass(frozen=True)
class TakenBack:
    """Backspace, right after a trigger was replaced, put it back."""


Outcome = Expanded | Refused | Choice | TakenBack


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
    delivery: Delivery


@dataclass(frozen=True)
class _Stops:
    """Where Tab leads next: behind the caret stand `gaps`, and at the end of each is a stop."""

    gaps: tuple[str, ...] = field(repr=False)
    return_sends: bool

    def survive(self, event: KeyEvent) -> bool:
        """Whether the caret is still where it was, but for what is typed and erased in front of it."""
        if event.modifiers:
            return False
        if event.text:
            # A Tab that reached the window may have left the field, and a Return may have sent it off.
            return event.name != "Tab" and not (self.return_sends and "\n" in event.text)
        return event.name == "BackSpace"


_TAB = frozenset({"Tab"})
_UNSEEN = ("clipboard", "current contact")
"""Evidence that is not before the person's eyes as they type."""


class Engine:
    """Watches what is typed and puts expansions in its place.

    Synchronous, without threads and without a clock: whoever owns them calls `pause` once nothing was typed
    for `wait_seconds` while the engine is `waiting`. Without `undo`, Backspace is never more than itself.
    """

    def __init__(
        self,
        *,
        matcher: Matcher,
        expander: Expander,
        injector: Injector,
        window: FrontWindow,
        notifier: Notifier,
        treatment: Callable[[Window], Treatment] = lambda window: Treatment(),
        wait_seconds: float = 0.6,
        undo: bool = True,
        observer: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        self.wait_seconds = wait_seconds
        self.undo = undo
        self.treatment = treatment
        self.status = EngineStatus()
        self._matcher = matcher
        self._runaways = matcher.runaways
        self._expander = expander
        self._injector = injector
        self._window = window
        self._notifier = notifier
        self._observer = observer
        self._state: State = START
        self._composing = False
        self._undo: _Undo | None = None
        self._stops: _Stops | None = None
        self._off = False
        self._intercepted: frozenset[str] = frozenset()

    @property
    def waiting(self) -> bool:
        """Whether a trigger is complete and waits for the next key or a pause."""
        # A Backspace would end a dead key or a Compose sequence rather than erase.
        return self._state.waiting and not self._composing

    def key(self, event: KeyEvent) -> None:
        """Take in one key that has already reached the window, or that was intercepted."""
        if event.name == "Pause":
            self.pause()
            return
        self._composing = event.name == "Multi_key"
        if event.name not in SILENT_NAMES:
            self._safely(lambda: self._take_in(event))

    def pause(self) -> None:
        """Nothing was typed for `wait_seconds`: a trigger that waited fires."""
        if self.waiting:
            self._safely(self._come_to_rest)

    def replace_matcher(self, matcher: Matcher) -> None:
        """Go on with other snippets; a trigger that is half typed has to be typed again."""
        self._matcher = matcher
        self._runaways = matcher.runaways
        self._state = matcher.standing(self._state.typed)
        self._intercept()

    def replace_expander(self, expander: Expander) -> None:
        """Go on with other templates, people and settings."""
        self._expander = expander

    def replace_desktop(self, injector: Injector, window: FrontWindow) -> None:
        """Go on in other windows; what was typed before is not known there. Then give it a `Focus`."""
        self._injector = injector
        self._window = window
        self._state, self._undo, self._stops = START, None, None
        self._intercepted = frozenset()

    def _safely(self, act: Callable[[], None]) -> None:
        """After a fault of ours nothing is certain of what stands before the caret."""
        try:
            act()
        except BaseException:
            self._state, self._undo, self._stops = START, None, None
            raise
        finally:
            self._intercept()

    def _take_in(self, event: KeyEvent) -> None:
        if event.name == "Focus" or self._off:
            # Asked again for each key while it is off: a page of another title may have come in the same window.
            self._off = self.treatment(self._window.current()).off
        if self._off:
            self._state, self._undo, self._stops = START, None, None
            if event.name == "Tab" and not event.text and not event.modifiers:
                self._injector.let_through("Tab")
            return
        self._listen(event)
        if event.name == "Return" and self.treatment(self._window.current()).return_sends:
            # The box is empty now, and a Backspace would lead back to nothing.
            self._state = START

    def _listen(self, event: KeyEvent) -> None:
        undo, self._undo = self._undo, None
        if event.name == "Tab" and not event.text and not event.modifiers:
            self._tab()
            return
        if self._stops and not self._stops.survive(event):
            self._stops = None
        if undo and event.name == "BackSpace" and not event.modifiers:
            self._take_back(undo)
        else:
            self._step(event)

    def _come_to_rest(self) -> None:
        # What was typed after a trigger may hold one that waits in its turn, and its pause is over too.
        while self.waiting:
            self._step(PAUSE)

    def _intercept(self) -> None:
        """Have Tab to ourselves while it decides something: in the window it may leave the field."""
        names = _TAB if self._stops or self._state.ends_with_tab else frozenset()
        if names != self._intercepted:
            self._intercepted = names
            self._injector.intercept(names)

    def _tab(self) -> None:
        """A Tab that has not reached the window: it confirms, or ends a word and then leads on."""
        if self._confirm() or self._end_words():
            return
        # Where the Tab leads, a Backspace has something else before it.
        self._undo = None
        if self._stops:
            self._go_on(self._stops)
        else:
            self._injector.let_through("Tab")
            self._step(KeyEvent(text="\t", name="Tab"))

    def _confirm(self) -> bool:
        """Let fire what a Tab confirms; whether there was something."""
        if not self._state.wants_tab:
            return False
        self._state, match = self._matcher.step(self._state, KeyEvent(name="Tab"))
        return match is not None and self._answer(match) is not None

    def _end_words(self) -> bool:
        """Let fire what a Tab, as one of the separators, lets fire; whether the Tab is used up.

        The matcher sees a Tab behind the trigger, and in the field there is none.
        """
        while self._state.ends_with_tab:
            state, match = self._matcher.step(self._state, KeyEvent(text="\t"))
            if not match or match.typed.endswith("\t"):
                return False
            swallowed = False
            if match.tail:
                self._state, match = state, replace(match, tail=match.tail[:-1])
            else:
                self._state = self._matcher.standing(match.before + match.typed)
                swallowed, match = bool(match.swallowed), replace(match, separator="", swallowed="")
            outcome = self._answer(match)
            if match.tail:
                self._step(KeyEvent(text=match.tail))
            at_a_place = isinstance(outcome, Expanded) and outcome.expansion.caret is not None
            if (swallowed and outcome) or at_a_place:
                return True
        return False

    def _go_on(self, stops: _Stops) -> None:
        """Move the caret to the next stop."""
        gap, *later = stops.gaps
        self._stops = replace(stops, gaps=tuple(later)) if later else None
        before = self._state.typed
        try:
            self._injector.move(clusters_between(before + gap, len(before), len(before + gap)))
        except InjectionFailed as error:
            self._state, self._stops = START, None
            self._tell("The caret could not go on to the next place", str(error))
            return
        self._state = self._matcher.standing(before + gap)

    def _step(self, event: KeyEvent) -> None:
        self._state, match = self._matcher.step(self._state, event)
        if self._matcher.runaways is not self._runaways:
            self._runaways = self._matcher.runaways
            self._tell("A trigger is switched off", self._runaways[-1])
        while match:
            if event.name == "Tab" and not match.typed.endswith("\t"):
                self._refuse(match, "Tab had reached the window before it could be kept from it")
            else:
                self._answer(match)
            if not match.tail:
                return
            self._state, match = self._matcher.step(self._state, KeyEvent(text=match.tail))

    def _answer(self, match: Match) -> Outcome | None:
        """Put a text in the trigger's place, or say why not; None where the window wants nothing of it."""
        window = self._window.current()
        treatment = self.treatment(window)
        allowed = tuple(snippet for snippet in match.snippets if treatment.allows(snippet))
        if not allowed or (treatment.return_sends and "\n" in _behind(match)):
            return None
        match = replace(match, snippets=allowed)
        return self._offer(match) if len(allowed) > 1 else self._expand(match, window, treatment)

    def _expand(self, match: Match, window: Window, treatment: Treatment) -> Outcome:
        try:
            with self._injector.holding():
                expansion = self._expander.expand(match, window)
                cased = _in_its_case(expansion, match)
                one_line = treatment.delivery.newline == "space"
                self._insert(match, _on_one_line(cased) if one_line else cased, treatment)
        except (UserError, InjectionFailed) as error:
            return self._refuse(match, str(error))
        self.status = replace(
            self.status,
            expansions=self.status.expansions + 1,
            last_trigger_label=_label(match),
            last_person=expansion.person,
            last_evidence=expansion.evidence,
        )
        if expansion.person and expansion.evidence in _UNSEEN:
            # Nothing in the window says whom the text is for; a text for somebody else must not go out unnoticed.
            self._notifier.notify(f"For {expansion.person}", f"because of the {expansion.evidence}")
        return self._told(Expanded(match.trigger, expansion))

    def _insert(self, match: Match, expansion: Expansion, treatment: Treatment) -> None:
        text = expansion.text
        typed = match.typed + _behind(match)
        there, keep, delivery = match.before + typed, len(match.before), treatment.delivery
        if expansion.caret is None:
            inserted = text + match.separator + match.tail
            self._put(there, keep, inserted, None, delivery)
            self._state = self._matcher.standing(match.before + text + match.separator)
            if self.undo and (match.before or not joins(inserted)):
                self._undo = _Undo(match.before, inserted, typed, delivery)
            return
        stops = _stops(expansion)
        # The tail was typed when the caret should already have been at the hint.
        head = text[: stops[0]] + match.tail
        self._put(there, keep, head + text[stops[0] :] + match.separator, len(head), delivery)
        self._state = self._matcher.standing(match.before + text[: stops[0]])
        self._lay_out(text, stops, match.separator, treatment)

    def _put(self, there: str, keep: int, text: str, caret: int | None, delivery: Delivery) -> None:
        """Have `text` stand behind `there[:keep]`, in place of the rest; `caret` is an index into `text`."""
        erase, again = erasing(there, keep)
        standing = "".join(clusters(there)[-erase:]) if erase else ""
        self._injector.inject(
            Injection(
                erase,
                again + text,
                None if caret is None else len(again) + caret,
                standing=standing,
                before=there.removesuffix(standing),
                delivery=delivery,
            )
        )

    def _lay_out(self, text: str, stops: tuple[int, ...], separator: str, treatment: Treatment) -> None:
        """The caret stands at the first of `stops`; Tab leads to the others, and then on to those around."""
        gaps = tuple(text[start:end] for start, end in pairwise(stops))
        if self._stops:
            outer, *others = self._stops.gaps
            gaps = (*gaps, text[stops[-1] :] + separator + outer, *others)
        self._stops = _Stops(gaps, treatment.return_sends) if gaps else None

    def _take_back(self, undo: _Undo) -> None:
        """Put back what was typed; the person's Backspace has taken one cluster away already."""
        there = undo.before + undo.inserted
        left = there[: len(there) - len(last_cluster(there))]
        self._state = self._matcher.standing(left)
        if not there:
            # Nothing was inserted at an unknown place: what the Backspace took there is not ours to know.
            return
        keep = min(len(undo.before), len(left))
        try:
            self._put(left, keep, undo.before[keep:] + undo.typed, None, undo.delivery)
        except InjectionFailed as error:
            self._tell("The expansion could not be taken back", str(error))
            return
        self._state = self._matcher.standing(undo.before + undo.typed)
        self._told(TakenBack())

    def _offer(self, match: Match) -> Outcome:
        labels = tuple(snippet.label or snippet.template or snippet.source for snippet in match.snippets)
        self._tell(f"Several snippets share the trigger {match.trigger}", ", ".join(filter(None, labels)))
        return self._told(Choice(match.trigger, labels))

    def _refuse(self, match: Match, reason: str) -> Outcome:
        self._tell(f"{_label(match)} was left as typed", reason)
        return self._told(Refused(match.trigger, reason))

    def _told(self, outcome: Outcome) -> Outcome:
        self._observer(outcome)
        return outcome

    def _tell(self, summary: str, body: str) -> None:
        self.status = replace(self.status, last_problem=f"{summary}: {body}" if body else summary)
        self._notifier.notify(summary, body)


def _behind(match: Match) -> str:
    """What the person typed behind the trigger."""
    return match.separator + match.swallowed + match.tail


def _label(match: Match) -> str:
    return match.snippet.label or match.trigger


def _in_its_case(expansion: Expansion, match: Match) -> Expansion:
    snippet = match.snippet
    if not snippet.propagate_case:
        return expansion

    def cased(text: str) -> str:
        return follow_case(text, match.typed, snippet.uppercase_style)

    def place(index: int) -> int:
        # Capitals may be longer than small letters (ß, SS).
        return len(cased(expansion.text[:index]))

    text = cased(expansion.text)
    expansion.check(text)
    return replace(
        expansion,
        text=text,
        caret=None if expansion.caret is None else place(expansion.caret),
        stops=tuple(map(place, expansion.stops)),
    )


def _on_one_line(expansion: Expansion) -> Expansion:
    wanted = expansion.stops if expansion.caret is None else (expansion.caret, *expansion.stops)
    text, places = on_one_line(expansion.text, wanted)
    if expansion.caret is None:
        return replace(expansion, text=text, stops=places)
    return replace(expansion, text=text, caret=places[0], stops=places[1:])


def _stops(expansion: Expansion) -> tuple[int, ...]:
    """The places for the caret in their order, none of them inside a character."""
    ends = [0]
    for cluster in clusters(expansion.text):
        ends.append(ends[-1] + len(cluster))
    wanted = (expansion.caret or 0, *expansion.stops)
    return tuple(dict.fromkeys(ends[bisect_left(ends, place)] for place in sorted(wanted)))
