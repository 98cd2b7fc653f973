"""What the ledger's events add up to: by month, verdict and template. Each number is defined in `docs/stats.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from motjuste.inbox.due import has_note, notes_of_month
from motjuste.inbox.events import VERDICTS, Event, State, standing, states

UNDECIDED = "undecided"
FEWEST = 5
"""Of fewer than so many, no share, median or quartile is told."""
TYPING_SPEED = 200
"""Characters a minute: some 40 words, as people write who are no typists."""
_DAY = 86400.0
_REQUESTS = ("ask", "decline")
_TEXTS = ("typed", "copied")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the ledger does not tell, but the numbers need."""

    triggers: Mapping[str, int] = field(default_factory=dict)
    """How many characters the trigger of a template has; the longest where there are several."""
    channels_in_characters: frozenset[str] | None = None
    """The channels whose lengths are characters, not bytes or text messages; None: all are."""
    notes_a_month: int | None = None
    """How many notes the account may send with invitations in a month; None without a limit."""
    typing_speed: int = TYPING_SPEED


@dataclass(frozen=True)
class Received:
    """The invitations that came, by month and verdict; months without any are left out."""

    by_month: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many have each verdict: those of VERDICTS, and UNDECIDED."""
        return {each: sum(month[each] for month in self.by_month.values()) for each in (*VERDICTS, UNDECIDED)}

    @property
    def total(self) -> int:
        return sum(self.verdicts.values())


@dataclass(frozen=True)
class SentMonth:
    """The invitations that went out in one month, and what became of them since."""

    with_note: int = 0
    without_note: int = 0
    accepted: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        return self.with_note + self.without_note


@dataclass(frozen=True)
class Now:
    """What stands open at this moment, whatever month it is from."""

    open: int = 0
    undecided: int = 0
    answered: int = 0
    due: int = 0


@dataclass(frozen=True)
class Notes:
    """The notes of this month; `quota` is None for an account without a limit."""

    month: str
    used: int
    quota: int | None = None

    @property
    def left(self) -> int | None:
        return None if self.quota is None else max(self.quota - self.used, 0)


@dataclass(frozen=True)
class Asked:
    """How many were written to with one template ("" where none is named), and how many of them answered."""

    template: str
    asked: int
    answered: int

    @property
    def share(self) -> float | None:
        """The answered share, from 0 to 1; None where there are too few to speak of one."""
        return self.answered / self.asked if self.asked >= FEWEST else None


@dataclass(frozen=True)
class Days:
    """How long answers took; None where there are too few to tell."""

    count: int = 0
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None


@dataclass(frozen=True)
class Written:
    """Texts that went out through motjuste: typed by a trigger, or copied."""

    typed: int = 0
    copied: int = 0

    @property
    def total(self) -> int:
        return self.typed + self.copied

    def __add__(self, other: Written) -> Written:
        return Written(self.typed + other.typed, self.copied + other.copied)


@dataclass(frozen=True)
class Texts:
    """The texts by month and template ("" where none is named)."""

    counts: Mapping[tuple[str, str], Written] = field(default_factory=dict)

    @property
    def by_month(self) -> Mapping[str, Written]:
        return _added((month, written) for (month, _), written in self.counts.items())

    @property
    def by_template(self) -> Mapping[str, Written]:
        """The most used first."""
        added = _added((template, written) for (_, template), written in self.counts.items())
        return dict(sorted(added.items(), key=lambda each: (-each[1].total, each[0])))

    @property
    def total(self) -> Written:
        return sum(self.counts.values(), Written())


@dataclass(frozen=True)
class Saved:
    """The keystrokes that typed texts saved, and the time that they would have taken."""

    texts: int = 0
    left_out: int = 0
    """Typed texts whose length or trigger is not known."""
    keystrokes: int = 0
    typing_speed: int = TYPING_SPEED

    @property
    def minutes(self) -> float:
        return self.keystrokes / self.typing_speed


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Everything that the ledger adds up to at one moment; what is undone does not count."""

    as_of: datetime
    since: str = ""
    """The first month that counts, such as "2026-02"; "" for all. It has no say in `now` and `notes`."""
    received: Received = Received()
    sent: Mapping[str, SentMonth] = field(default_factory=dict)
    now: Now = Now()
    notes: Notes
    answers: Sequence[Asked] = ()
    """The most used template first."""
    days: Days = Days()
    texts: Texts = Texts()
    saved: Saved = Saved()
    first_month: str = ""
    """The first month that the ledger tells of, before `since` or not; "" when it tells of none."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell of the months that count."""
        return not (self.received.total or self.sent or self.answers or self.texts.counts)


def measured(
    events: Iterable[Event],
    facts: Facts,
    *,
    now: datetime,
    since: str = "",
    local: Callable[[datetime], datetime] | None = None,
) -> Statistics:
    """Add the events up. `local` gives a moment as the person's clock shows it; else it is the clock of `now`."""
    clock = local or (lambda at: at.astimezone(now.tzinfo))
    told = tuple(standing(events))
    found = states(told).values()
    came = [state for state in found if state.invitation.direction == "incoming"]
    went = [state for state in found if state.invitation.direction == "outgoing"]
    texts = [(month_of(clock(event.at)), event) for event in told if event.kind in _TEXTS]
    counted = [each for each in texts if each[0] >= since]
    requests = _requests(told)
    since_then = [each for each in requests if month_of(clock(each.at)) >= since]
    used = notes_of_month(told, limit=0, today=clock(now).date(), zone=None if local else now.tzinfo)
    months = [month_of(state.invitation.at) for state in found] + [month for month, _ in texts]
    return Statistics(
        as_of=now,
        since=since,
        received=_received(came, since),
        sent=_sent(went, {event.invitation for event in told if event.kind == "sent" and has_note(event)}, since),
        now=_now(came, clock(now).date()),
        notes=Notes(month_of(clock(now)), used.used, facts.notes_a_month),
        answers=_answers(since_then),
        days=_days(since_then),
        texts=_texts(counted),
        saved=_saved([event for _, event in counted], facts),
        first_month=min(months, default=""),
    )


def month_of(at: datetime) -> str:
    """The month of a moment, such as "2026-02"."""
    return f"{at.year:04}-{at.month:02}"


def _received(came: Iterable[State], since: str) -> Received:
    counted = Counter((month_of(state.invitation.at), state.verdict or UNDECIDED) for state in came)
    months = sorted({month for month, _ in counted if month >= since})
    return Received(
        {month: {each: counted[month, each] for each in (*VERDICTS, UNDECIDED)} for month in months}
    )


def _sent(went: Iterable[State], noted: Collection[str], since: str) -> Mapping[str, SentMonth]:
    by_month: dict[str, list[State]] = {}
    for state in went:
        if (month := month_of(state.invitation.at)) >= since:
            by_month.setdefault(month, []).append(state)
    return {
        month: SentMonth(
            with_note=sum(state.invitation.id in noted for state in each),
            without_note=sum(state.invitation.id not in noted for state in each),
            accepted=sum(state.closed == "accepted" for state in each),
            withdrawn=sum(state.closed == "withdrawn" for state in each),
        )
        for month, each in sorted(by_month.items())
    }


def _now(came: Iterable[State], today: date) -> Now:
    still = [state for state in came if not state.closed]
    return Now(
        open=len(still),
        undecided=sum(not state.verdict and not state.answered_at for state in still),
        answered=sum(_waits_for_me(state) for state in still),
        due=sum(
            state.answered_at is None and state.follow_up is not None and state.follow_up <= today
            for state in still
        ),
    )


def _waits_for_me(state: State) -> bool:
    answered, decided = state.answered_at, state.decided_at
    return answered is not None and (decided is None or decided < answered)


@dataclass
class _Request:
    """A text that asked or declined, and when it was answered."""

    template: str
    at: datetime
    answered_at: datetime | None = None


def _requests(told: Iterable[Event]) -> Sequence[_Request]:
    """Each received invitation that was replied to while the verdict was to ask, to decline, or none yet.

    The first text of a decision counts. States do not remember them: who answers is decided on again.
    """
    found: list[_Request] = []
    decided: dict[str, str] = {}
    """The template of the decision, by the invitations that no text was written for since."""
    newest: dict[str, _Request] = {}
    for event in told:
        if event.kind == "received":
            decided[event.invitation] = ""
        elif event.kind == "decided":
            decided.pop(event.invitation, None)
            if event.details.get("verdict") in _REQUESTS:
                decided[event.invitation] = event.details.get("template", "")
        elif event.kind in _TEXTS and event.invitation in decided:
            template = decided.pop(event.invitation)
            newest[event.invitation] = _Request(event.details.get("template") or template, event.at)
            found.append(newest[event.invitation])
        elif event.kind == "answered" and event.invitation in newest:
            request = newest[event.invitation]
            # What was written before the request cannot be the answer to it.
            if request.answered_at is None and event.at >= request.at:
                request.answered_at = event.at
    return found


def _answers(requests: Iterable[_Request]) -> Sequence[Asked]:
    asked = Counter[str]()
    answered = Counter[str]()
    for request in requests:
        asked[request.template] += 1
        answered[request.template] += request.answered_at is not None
    found = (Asked(template, number, answered[template]) for template, number in asked.items())
    return tuple(sorted(found, key=lambda each: (-each.asked, each.template)))


def _days(requests: Iterable[_Request]) -> Days:
    taken = sorted(
        (request.answered_at - request.at).total_seconds() / _DAY
        for request in requests
        if request.answered_at is not None
    )
    if len(taken) < FEWEST:
        return Days(len(taken))
    return Days(len(taken), *(_quantile(taken, share) for share in (0.25, 0.5, 0.75)))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which so large a share (less than 1) lies, between two neighbours by their distances."""
    position = (len(ordered) - 1) * share
    below = int(position)
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (position - below)


def _texts(counted: Iterable[tuple[str, Event]]) -> Texts:
    numbers = Counter((month, event.details.get("template", ""), event.kind) for month, event in counted)
    places = sorted({(month, template) for month, template, _ in numbers})
    return Texts({place: Written(numbers[*place, "typed"], numbers[*place, "copied"]) for place in places})


def _saved(counted: Iterable[Event], facts: Facts) -> Saved:
    typed = [event for event in counted if event.kind == "typed"]
    saved = [keys for event in typed if (keys := _keystrokes(event, facts)) is not None]
    return Saved(len(saved), len(typed) - len(saved), sum(saved), facts.typing_speed)


def _keystrokes(event: Event, facts: Facts) -> int | None:
    """The characters of a typed text less those of its trigger; None where one of them is not known."""
    told = event.details
    length, trigger = told.get("length", ""), facts.triggers.get(told.get("template", ""))
    known = facts.channels_in_characters
    in_characters = known is None or told.get("channel", "") in known
    return int(length) - trigger if length.isdecimal() and trigger is not None and in_characters else None


def _added(parts: Iterable[tuple[str, Written]]) -> Mapping[str, Written]:
    found: dict[str, Written] = {}
    for name, written in parts:
        found[name] = found.get(name, Written()) + written
    return found
