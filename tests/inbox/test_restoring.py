"""Two records of the same events become one: nothing is doubled, nothing loses its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motjuste.inbox.events import Event, standing
from motjuste.inbox.merging import Merged, merged

NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)


def happened(who: str, batch: int, *, day: int, kind: str = "decided", **details: str) -> Event:
    at = NOON + timedelta(days=day)
    return Event(kind=kind, at=at, person=f"in:{who}", invitation=who, details=details, batch=batch)


def undoing(target: int, batch: int, *, day: int) -> Event:
    at = NOON + timedelta(days=day)
    return Event(kind="undone", at=at, person="", details={"batch": str(target)}, batch=batch)


def together(ours: list[Event], theirs: list[Event]) -> list[Event]:
    """What the record holds afterwards."""
    done = merged(ours, theirs)

    def moved(event: Event) -> Event:
        if event.kind == "undone":
            target = int(event.details["batch"])
            event = replace(event, details={"batch": str(done.moved.get(target, target))})
        return replace(event, batch=done.moved.get(event.batch, event.batch))

    return sorted((*map(moved, ours), *done.new), key=lambda event: event.batch)


def test_an_empty_record_takes_the_other_as_it_is() -> None:
    theirs = [happened("lea", 1, day=0), happened("hugo", 3, day=1), undoing(3, 4, day=2)]
    assert together([], theirs) == [
        happened("lea", 1, day=0),
        happened("hugo", 2, day=1),
        undoing(2, 3, day=2),
    ]


def test_what_is_there_already_is_not_doubled() -> None:
    record = [happened("lea", 1, day=0), happened("hugo", 2, day=1), undoing(2, 5, day=2)]
    assert merged(record, record) == Merged((), {}, known=3)
    assert merged(record, record[:2]) == Merged((), {}, known=2)


def test_the_same_step_taken_twice_stays_two_steps() -> None:
    twice = [happened("lea", 1, day=0), happened("lea", 2, day=0)]
    assert merged(twice[:1], twice) == Merged((replace(twice[1], batch=2),), {}, known=1)


def test_what_is_older_comes_before_and_undoing_still_means_the_same_step() -> None:
    ours = [happened("lea", 1, day=0), happened("hugo", 2, day=6), undoing(2, 3, day=7)]
    theirs = [happened("lea", 1, day=0), happened("zoe", 2, day=2), undoing(2, 3, day=3)]
    assert together(ours, theirs) == [
        happened("lea", 1, day=0),
        happened("zoe", 2, day=2),
        undoing(2, 3, day=3),
        happened("hugo", 4, day=6),
        undoing(4, 5, day=7),
    ]


def test_an_invitation_is_told_of_once_whenever_it_was_read() -> None:
    ours = [happened("lea", 1, day=5, kind="received")]
    theirs = [happened("lea", 1, day=0, kind="received"), happened("zoe", 1, day=0, kind="received")]
    assert together(ours, theirs) == [replace(theirs[1], batch=1), replace(ours[0], batch=2)]


def test_a_part_of_a_step_that_is_missing_joins_the_rest_of_it() -> None:
    whole = [happened("lea", 1, day=0), happened("zoe", 1, day=0)]
    later = happened("hugo", 2, day=1)
    assert merged([whole[0], later], [*whole, later]) == Merged((whole[1],), {}, known=2)


def test_undoing_what_neither_record_holds_is_lost() -> None:
    alone = undoing(7, 8, day=0)
    assert merged([], [alone]) == Merged((), {}, known=0, lost=(alone,))


def test_an_undoing_that_is_undone_finds_its_way_too() -> None:
    theirs = [happened("zoe", 1, day=0), undoing(1, 2, day=1), undoing(2, 3, day=2)]
    ours = [happened("hugo", 1, day=-3), *(replace(each, batch=each.batch + 1) for each in theirs[:1])]
    result = together(ours, theirs)
    assert result == [*ours, undoing(2, 3, day=1), undoing(3, 4, day=2)]
    assert list(standing(result)) == ours


def test_a_clock_that_was_put_back_turns_no_order_around() -> None:
    theirs = [happened("zoe", 1, day=9), happened("zoe", 2, day=1, verdict="accept")]
    ours = [happened("hugo", 1, day=5)]
    assert [(event.invitation, event.batch) for event in together(ours, theirs)] == [
        ("hugo", 1),
        ("zoe", 2),
        ("zoe", 3),
    ]


def test_an_undoing_comes_after_what_it_undoes_whatever_the_clock_said() -> None:
    ours = [happened("lea", 1, day=5), happened("hugo", 2, day=6)]
    theirs = [happened("lea", 1, day=5), undoing(1, 2, day=1)]
    assert together(ours, theirs) == [ours[0], undoing(1, 2, day=1), happened("hugo", 3, day=6)]


def test_an_undoing_of_what_moves_goes_with_it() -> None:
    ours = [happened("lea", 1, day=0), happened("hugo", 2, day=6)]
    theirs = [happened("ana", 1, day=2), happened("hugo", 2, day=6), undoing(2, 3, day=7)]
    assert together(ours, theirs) == [
        happened("lea", 1, day=0),
        happened("ana", 2, day=2),
        happened("hugo", 3, day=6),
        undoing(3, 4, day=7),
    ]


@st.composite
def records(draw: st.DrawFn) -> list[Event]:
    """What somebody did in an hour, some steps of it taken back."""
    events: list[Event] = []
    for batch in range(1, draw(st.integers(1, 12)) + 1):
        minute = draw(st.integers(0, 59))
        at = NOON + timedelta(hours=batch, minutes=minute)
        if batch > 1 and draw(st.booleans()):
            details = {"batch": str(draw(st.integers(1, batch - 1)))}
            events.append(Event(kind="undone", at=at, person="", details=details, batch=batch))
        else:
            for who in draw(st.sets(st.sampled_from(("lea", "hugo", "zoe")), min_size=1)):
                events.append(Event(kind="decided", at=at, person=who, invitation=who, batch=batch))
    return events


@given(records(), st.data())
def test_any_part_and_the_whole_make_the_whole_again(record: list[Event], data: st.DataObject) -> None:
    last = data.draw(st.integers(0, len(record)))
    part = [event for event in record if event.batch <= last]
    assert together(part, record) == record
    assert together(record, part) == record


@given(records())
def test_what_two_people_recorded_counts_as_before_for_each(record: list[Event]) -> None:
    other = [
        replace(
            event,
            person=f"{event.person}2" if event.person else "",
            at=event.at + timedelta(minutes=90, seconds=1),
        )
        for event in record
    ]
    both = together(record, other)
    assert len(both) == 2 * len(record)
    for whose in (record, other):
        mine = {event.at for event in whose}
        counted = [(event.kind, event.at) for event in standing(both) if event.at in mine]
        assert counted == [(event.kind, event.at) for event in standing(whose)]
