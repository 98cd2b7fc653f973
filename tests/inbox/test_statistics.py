"""Numbers are what the events add up to, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented_ledger import COUNTED, FACTS, NONE, NOW, Invented, moment, two_months
from motjuste.inbox.events import VERDICTS, Event, standing
from motjuste.inbox.statistics import (
    Asked,
    Days,
    Facts,
    Notes,
    Saved,
    Statistics,
    Texts,
    Written,
    measured,
    month_of,
)

MESSAGE = {"channel": "linkedin-message"}


def test_two_months_add_up_to_what_was_counted_by_hand() -> None:
    assert measured(two_months(), FACTS, now=NOW) == COUNTED


def test_nothing_adds_up_to_nothing() -> None:
    told = measured([], FACTS, now=NOW)
    assert told == Statistics(as_of=NOW, notes=Notes("2026-02", 0, 5))
    assert (told.empty, told.received.verdicts, told.texts.total) == (True, NONE, Written())


def test_earlier_months_do_not_count_when_asked_so_but_what_is_open_does() -> None:
    later = measured(two_months(), FACTS, now=NOW, since="2026-02")
    assert later == replace(
        COUNTED,
        since="2026-02",
        received=replace(COUNTED.received, by_month={"2026-02": COUNTED.received.by_month["2026-02"]}),
        sent={"2026-02": COUNTED.sent["2026-02"]},
        answers=(Asked("ask", 2, 1),),
        days=Days(1),
        texts=Texts({place: each for place, each in COUNTED.texts.counts.items() if place[0] == "2026-02"}),
        saved=Saved(texts=3, keystrokes=172 + 192 + 243),
    )
    nothing = measured(two_months(), FACTS, now=NOW, since="2026-03")
    assert (nothing.empty, nothing.now, nothing.first_month) == (True, COUNTED.now, "2025-12")


@pytest.mark.parametrize(
    "part", ["received", "sent", "answers", "texts"], ids=lambda part: f"something is {part}"
)
def test_a_statistic_with_anything_in_it_is_not_empty(part: str) -> None:
    nothing = measured([], FACTS, now=NOW)
    assert not replace(nothing, **{part: getattr(COUNTED, part)}).empty


def test_texts_add_up_by_month_and_by_template_the_most_used_first() -> None:
    texts = COUNTED.texts
    assert dict(texts.by_month) == {"2026-01": Written(1, 1), "2026-02": Written(3, 2)}
    assert list(texts.by_template.items()) == [
        ("ask", Written(1, 3)),
        ("invite", Written(2, 0)),
        ("decline", Written(1, 0)),
    ]
    assert texts.total == Written(4, 3)


def test_an_account_without_a_limit_has_no_notes_left_to_count() -> None:
    assert Notes("2026-02", 2, None).left is None
    assert Notes("2026-02", 2, 5).left == 3
    assert Notes("2026-02", 9, 5).left == 0


def test_an_invitation_without_a_note_counts_for_none_and_one_of_last_month_neither() -> None:
    book = Invented()
    book.went("Ada", "2026-02-02 09:00", note="yes")
    book.went("Bob", "2026-02-02 09:00")
    book.went("Cléo", "2026-01-31 09:00", note="Bonjour")
    book.text("copied", "dan", "2026-01-31 09:00", template="invite", channel="linkedin-note")
    book.text("copied", "eve", "2026-02-01 09:00", template="invite", channel="linkedin-message")
    told = measured(book.events, FACTS, now=NOW)
    assert told.notes == Notes("2026-02", 1, 5)
    assert (told.sent["2026-02"].with_note, told.sent["2026-02"].without_note) == (1, 1)


def answers(times: list[float], silent: int = 0) -> Statistics:
    """People asked at noon; some answered after so many days."""
    book = Invented()
    for number, days in enumerate([*times, *[None] * silent]):
        who = book.came(f"Person {number}", "2026-01-01 09:00")
        book.then("decided", who, "2026-01-01 12:00", verdict="ask", template="ask")
        book.then("copied", who, "2026-01-01 12:00", template="ask")
        if days is not None:
            at = moment("2026-01-01 12:00") + timedelta(days=days)
            book.then("answered", who, f"{at:%Y-%m-%d %H:%M}")
    return measured(book.events, FACTS, now=NOW)


def test_half_of_the_answers_came_before_the_median_and_a_quarter_before_each_quartile() -> None:
    assert answers([4, 1, 3, 2, 10]).days == Days(5, 2.0, 3.0, 4.0)
    assert answers([1, 2, 3, 4, 5, 6]).days == Days(6, 2.25, 3.5, 4.75)


def test_of_a_handful_nothing_is_claimed() -> None:
    few = answers([1, 2, 3, 4])
    assert (few.days, few.answers[0].share) == (Days(4), None)
    enough = answers([1], silent=4)
    assert (enough.days, enough.answers[0].share) == (Days(1), 0.2)


def test_who_is_asked_again_is_counted_for_each_template() -> None:
    book = Invented()
    ada = book.came("Ada", "2026-01-01 09:00")
    book.then("decided", ada, "2026-01-02 09:00", verdict="ask", template="ask")
    book.then("copied", ada, "2026-01-02 09:00", template="ask-group")
    book.then("decided", ada, "2026-01-12 09:00", verdict="decline", template="decline")
    book.then("typed", ada, "2026-01-12 09:00")
    book.then("answered", ada, "2026-01-13 09:00")
    book.then("answered", ada, "2026-01-14 09:00")
    told = measured(book.events, FACTS, now=NOW)
    # The template of the text counts, and that of the decision where the text names none.
    assert told.answers == (Asked("ask-group", 1, 0), Asked("decline", 1, 1))
    assert told.days == Days(1)


def test_who_is_written_to_without_a_verdict_is_counted_and_a_later_verdict_starts_anew() -> None:
    book = Invented()
    ada = book.came("Ada", "2026-01-01 09:00")
    book.then("typed", ada, "2026-01-02 09:00", template="decline")
    book.then("copied", ada, "2026-01-02 10:00", template="signature")
    book.then("answered", ada, "2026-01-03 09:00")
    book.then("decided", ada, "2026-01-04 09:00", verdict="ask", template="ask")
    book.then("copied", ada, "2026-01-04 09:00", template="ask")
    # What was written of one's own accord asks for no answer to an invitation.
    book.then("typed", book.went("Bob", "2026-01-01 09:00"), "2026-01-02 09:00", template="follow-up")
    assert measured(book.events, FACTS, now=NOW).answers == (Asked("ask", 1, 0), Asked("decline", 1, 1))


def test_what_is_no_request_is_not_counted_among_the_answers() -> None:
    book = Invented()
    asked_only = book.came("Ada", "2026-01-01 09:00")
    book.then("decided", asked_only, "2026-01-02 09:00", verdict="ask", template="ask")
    book.then("answered", asked_only, "2026-01-03 09:00")
    welcomed = book.came("Bob", "2026-01-01 09:00")
    book.then("decided", welcomed, "2026-01-02 09:00", verdict="accept", template="thanks")
    book.then("copied", welcomed, "2026-01-02 09:00", template="thanks")
    changed = book.came("Cléo", "2026-01-01 09:00")
    book.then("decided", changed, "2026-01-02 09:00", verdict="ask", template="ask")
    book.then("decided", changed, "2026-01-02 10:00", verdict="ignore")
    book.then("copied", changed, "2026-01-02 11:00", template="ask")
    book.text("answered", "dan", "2026-01-02 11:00")
    assert measured(book.events, FACTS, now=NOW).answers == ()


def test_an_answer_from_before_the_request_is_none_to_it() -> None:
    book = Invented()
    ada = book.came("Ada", "2026-01-01 09:00")
    book.then("decided", ada, "2026-01-02 09:00", verdict="ask", template="ask")
    book.then("copied", ada, "2026-01-02 09:00", template="ask")
    book.then("answered", ada, "2026-01-02 08:59")
    assert measured(book.events, FACTS, now=NOW).answers == (Asked("ask", 1, 0),)
    book.then("answered", ada, "2026-01-02 09:00")
    assert measured(book.events, FACTS, now=NOW).answers == (Asked("ask", 1, 1),)


def test_an_answer_waits_until_it_is_decided_on() -> None:
    book = Invented()
    ada = book.came("Ada", "2026-01-01 09:00")
    book.then("answered", ada, "2026-01-02 08:59")
    assert measured(book.events, FACTS, now=NOW).now.answered == 1
    book.then("decided", ada, "2026-01-02 08:59", verdict="decline", follow_up="2026-01-03")
    told = measured(book.events, FACTS, now=NOW).now
    # Who has answered is not due, whenever one wanted to look again.
    assert (told.open, told.undecided, told.answered, told.due) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("details", "saved"),
    [
        pytest.param({"length": "207", **MESSAGE}, Saved(1, 0, 200), id="a text less its trigger"),
        pytest.param({"length": "3", **MESSAGE}, Saved(1, 0, -4), id="a text shorter than its trigger"),
        pytest.param({"length": "", **MESSAGE}, Saved(0, 1, 0), id="no length"),
        pytest.param({"length": "2", "channel": "sms"}, Saved(0, 1, 0), id="a length in text messages"),
        pytest.param({"length": "200"}, Saved(0, 1, 0), id="a length in an unknown unit"),
        pytest.param({"length": "200", "template": "gone", **MESSAGE}, Saved(0, 1, 0), id="no known trigger"),
    ],
)
def test_only_keystrokes_that_are_known_are_saved(details: dict[str, str], saved: Saved) -> None:
    book = Invented()
    book.text("typed", "ada", "2026-02-01 09:00", **{"template": "ask", **details})
    book.text("copied", "ada", "2026-02-01 09:00", template="ask", length="700", **MESSAGE)
    facts = Facts(triggers={"ask": 7}, channels_in_characters=frozenset({"linkedin-message"}))
    assert measured(book.events, facts, now=NOW).saved == saved


def test_the_time_saved_is_that_of_the_persons_own_speed() -> None:
    assert measured(two_months(), replace(FACTS, typing_speed=100), now=NOW).saved.minutes == 11.0
    assert COUNTED.saved.minutes == 5.5


def test_a_text_belongs_to_the_month_of_the_persons_clock() -> None:
    book = Invented()
    book.text("typed", "ada", "2026-01-31 23:30", template="ask", length="200", channel="linkedin-note")
    paris = timezone(timedelta(hours=1))
    there = measured(book.events, FACTS, now=NOW.astimezone(paris))
    assert (list(there.texts.by_month), there.notes.used) == (["2026-02"], 1)
    assert list(measured(book.events, FACTS, now=NOW).texts.by_month) == ["2026-01"]
    summer = measured(book.events, FACTS, now=NOW, local=lambda at: at.astimezone(paris))
    assert list(summer.texts.by_month) == ["2026-02"]


def test_due_is_the_day_itself_by_the_persons_clock() -> None:
    book = Invented()
    ada = book.came("Ada", "2026-01-01 09:00")
    book.then("decided", ada, "2026-01-02 09:00", verdict="ask", follow_up="2026-02-13")
    late = datetime(2026, 2, 12, 23, 30, tzinfo=UTC)
    assert measured(book.events, FACTS, now=late).now.due == 0
    assert measured(book.events, FACTS, now=late.astimezone(timezone(timedelta(hours=1)))).now.due == 1


def test_months_sort_as_text_whatever_their_year() -> None:
    assert month_of(datetime(987, 3, 1)) == "0987-03"


@st.composite
def ledgers(draw: st.DrawFn) -> list[Event]:
    """Anything that can happen to some people over a year, undoing included."""
    book = Invented()
    people = [
        draw(st.sampled_from([book.came, book.went]))(
            f"P {number}", f"2025-{draw(st.integers(1, 12)):02}-05 08:00"
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    kinds = ("decided", "copied", "typed", "answered", "accepted", "removed", "undone")
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=25)) if people else ():
        if kind == "undone":
            book.undo(draw(st.integers(1, len(book.events))))
            continue
        details = {"template": draw(st.sampled_from(["", "ask", "decline"])), "length": "50"}
        if kind == "decided":
            details["verdict"] = draw(st.sampled_from(VERDICTS))
        at = f"2025-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02} 09:00"
        book.then(kind, draw(st.sampled_from(people)), at, **details)
    return book.events


@given(ledgers())
@settings(max_examples=150, deadline=None)
def test_the_months_add_up_to_the_totals(events: list[Event]) -> None:
    told = measured(events, FACTS, now=NOW)
    count = {
        kind: sum(event.kind == kind for event in standing(events))
        for kind in ("received", "sent", "typed", "copied")
    }
    assert told.received.total == sum(told.received.verdicts.values()) == count["received"]
    assert sum(month.total for month in told.sent.values()) == count["sent"]
    written = Written(count["typed"], count["copied"])
    assert told.texts.total == written
    assert sum(told.texts.by_month.values(), Written()) == written
    assert sum(told.texts.by_template.values(), Written()) == written
    assert told.saved.texts + told.saved.left_out == count["typed"]
    assert all(0 <= each.answered <= each.asked for each in told.answers)
    assert told.days.count == sum(each.answered for each in told.answers)


@given(ledgers(), st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_a_later_start_leaves_whole_months_out_and_nothing_else(events: list[Event], first: int) -> None:
    since = f"2025-{first:02}"
    all_of_it, later = (measured(events, FACTS, now=NOW, since=month) for month in ("", since))
    kept = lambda by_month: {month: each for month, each in by_month.items() if month >= since}  # noqa: E731
    assert later.received.by_month == kept(all_of_it.received.by_month)
    assert later.sent == kept(all_of_it.sent)
    assert later.texts.by_month == kept(all_of_it.texts.by_month)
    assert (later.now, later.notes, later.first_month) == (
        all_of_it.now,
        all_of_it.notes,
        all_of_it.first_month,
    )


@given(ledgers(), st.sampled_from(["decided", "copied", "typed", "answered", "accepted"]))
@settings(max_examples=100, deadline=None)
def test_what_is_undone_counts_nowhere(events: list[Event], kind: str) -> None:
    before = measured(events, FACTS, now=NOW)
    some = next((event for event in events if event.invitation), None)
    step = len(events) + 1
    done = Event(
        kind=kind,
        at=NOW,
        person=some.person if some else "in:x",
        invitation=some.invitation if some else "",
        details={"verdict": "ask", "template": "ask", "length": "80"},
        batch=step,
    )
    undone = Event(kind="undone", at=NOW, person="", details={"batch": str(step)}, batch=step + 1)
    assert measured([*events, done, undone], FACTS, now=NOW) == before
