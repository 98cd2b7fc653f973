"""What a review records: a reply that is copied, verdicts taken for many, and the steps that can be taken back."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from motjuste.inbox.events import Event, State
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision
from motjuste.messages.counting import Count
from motjuste.review.session import Step

_EXAMPLES = 3


class Record(Protocol):
    """What the ledger tells at the beginning: the events that count, and every invitation that came."""

    @property
    def events(self) -> Sequence[Event]: ...

    @property
    def states(self) -> Mapping[str, State]: ...


@dataclass(frozen=True)
class ToCopy:
    """A reply on its way to the clipboard."""

    state: State
    verdict: Verdict
    text: str
    count: Count
    channel: str
    again: bool
    """Whether a reply was copied before, for the same verdict."""


@dataclass(frozen=True)
class Weighed:
    """What would be recorded if the policy's proposals were taken for all that wait in the row."""

    policy: str
    decisions: tuple[Decision, ...]
    left: int
    """How many the policy leaves to the person."""

    @property
    def counts(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for each in self.decisions:
            found[each.verdict.verdict] = found.get(each.verdict.verdict, 0) + 1
        return found

    def examples(self, verdict: str) -> Sequence[Decision]:
        """The first few of a verdict."""
        return [each for each in self.decisions if each.verdict.verdict == verdict][:_EXAMPLES]


def steps_in(events: Sequence[Event], known: Container[str]) -> tuple[Step, ...]:
    """The steps that earlier reviews and commands left, which can be taken back as well."""
    found: dict[int, list[str]] = {}
    batches: dict[int, tuple[int, ...]] = {}
    last_of: dict[str, int] = {}
    for event in events:
        if event.invitation not in known:
            continue
        if event.kind == "decided":
            found.setdefault(event.batch, []).append(event.invitation)
            batches[event.batch] = (event.batch,)
            last_of[event.invitation] = event.batch
        elif event.kind == "copied" and event.invitation in last_of:
            first = last_of[event.invitation]
            batches[first] = (*batches[first], event.batch)
    return tuple(Step(batches[number], tuple(ids)) for number, ids in found.items())
