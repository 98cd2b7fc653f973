"""Two records of the same events made one: nothing is doubled, and what happened keeps its order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from motjuste.inbox.events import Event

TOLD = ("received", "sent")


@dataclass(frozen=True)
class Merged:
    """What has to be done to a record so that it holds the other one, too."""

    new: tuple[Event, ...]
    """The events to add, with the batches that they get."""
    moved: Mapping[int, int]
    """The batches of the record that get another number, because something older comes before them."""
    known: int
    """How many events were there already."""
    lost: tuple[Event, ...] = ()
    """What was undone by these is in neither record, so they mean nothing."""


def merged(ours: Sequence[Event], theirs: Sequence[Event]) -> Merged:
    """How `theirs` comes into `ours`, both with their own batches, the oldest first.

    Events are the same when everything but the batch is; an invitation is told of once, whenever that was.
    Example: ours is 1: Léa asked (3 Feb) · 2: Hugo accepted (9 Feb); theirs is 1: Léa asked (3 Feb) · 2: Zoé
    declined (5 Feb) · 3: batch 2 undone. Then Zoé's batch becomes our 2, its undoing 3, and Hugo's moves to 4.
    """
    return _Merging(ours).with_(theirs)


class _Merging:
    def __init__(self, ours: Sequence[Event]) -> None:
        self.ours = _by_batch(ours)
        self.told = {event.invitation for event in ours if event.kind in TOLD}
        self.free: dict[Hashable, list[int]] = {}
        for event in ours:
            self.free.setdefault(_identity(event, _target(event)), []).append(event.batch)

    def with_(self, theirs: Sequence[Event]) -> Merged:
        known, lost = 0, list[Event]()
        same: dict[int, int] = {}  # their batch -> ours
        missing: dict[int, list[Event]] = {}  # their batch -> what we lack of it
        for batch, events in _by_batch(theirs).items():
            for event in events:
                target = _target(event)
                if target and target not in same and target not in missing:
                    lost.append(event)
                elif found := self.free.get(_identity(event, same.get(target, 0) if target else 0)):
                    same[batch] = found.pop(0)
                    known += 1
                elif event.kind in TOLD and event.invitation in self.told:
                    # It is part of the batch that told us first; nothing refers to this one.
                    known += 1
                else:
                    self.told |= {event.invitation} if event.kind in TOLD else set()
                    missing.setdefault(batch, []).append(event)
        return self._numbered(same, missing, known, tuple(lost))

    def _numbered(
        self, same: Mapping[int, int], missing: Mapping[int, list[Event]], known: int, lost: tuple[Event, ...]
    ) -> Merged:
        when: dict[tuple[int, int], datetime] = {}
        self._date(when, 0, self.ours, {})
        self._date(when, 1, {batch: events for batch, events in missing.items() if batch not in same}, same)
        # Where the time is the same, ours comes first; within one record its own order holds.
        order = sorted(when, key=lambda place: (when[place], *place))
        number, numbers = 0, dict[tuple[int, int], int]()
        for place in order:
            number = max(number + 1, place[1] if place[0] == 0 else 0)
            numbers[place] = number
        theirs = {batch: numbers[0, ours] for batch, ours in same.items()}
        theirs |= {batch: number for (whose, batch), number in numbers.items() if whose == 1}
        new = [
            _renumbered(event, theirs[batch], theirs) for batch, events in missing.items() for event in events
        ]
        moved = {batch: now for (whose, batch), now in numbers.items() if whose == 0 and now != batch}
        return Merged(tuple(sorted(new, key=lambda event: event.batch)), moved, known, lost)

    @staticmethod
    def _date(
        when: dict[tuple[int, int], datetime],
        whose: int,
        batches: Mapping[int, Sequence[Event]],
        same: Mapping[int, int],
    ) -> None:
        """When each batch happened, as far as it keeps the record's own order: a clock may have been put back."""
        latest: datetime | None = None
        for batch, events in batches.items():
            at = max(event.at for event in events)
            latest = at if latest is None else max(latest, at)
            for target in filter(None, map(_target, events)):
                place = (0, same[target]) if target in same else (whose, target)
                latest = max(latest, when.get(place, latest))
            when[whose, batch] = latest


def _by_batch(events: Iterable[Event]) -> dict[int, list[Event]]:
    batches: dict[int, list[Event]] = {}
    for event in sorted(events, key=lambda event: event.batch):
        batches.setdefault(event.batch, []).append(event)
    return batches


def _target(event: Event) -> int:
    """Which batch the event undoes; 0 when it undoes none."""
    return int(event.details["batch"]) if event.kind == "undone" else 0


def _identity(event: Event, target: int) -> Hashable:
    details = target or tuple(sorted(event.details.items()))
    return event.kind, event.at, event.person, event.invitation, details


def _renumbered(event: Event, batch: int, numbers: Mapping[int, int]) -> Event:
    target = _target(event)
    details = {"batch": str(numbers[target])} if target else event.details
    return replace(event, batch=batch, details=details)
