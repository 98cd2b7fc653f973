"""The clipboard is lent for a paste, and comes back whole."""

from __future__ import annotations

import pytest
from machine import Clipboard

from motjuste.adapters.pynput_desktop.borrowing import Loan
from motjuste.ports import InjectionFailed

PICTURE = {"png": b"\x89PNG", "html": b"<img>"}
REFUSED = OSError(5, "another program has it")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clipboard() -> Clipboard:
    clipboard = Clipboard()
    clipboard.copy(**PICTURE)
    return clipboard


@pytest.fixture
def loan(clipboard: Clipboard, clock: Clock) -> Loan:
    return Loan(clipboard, clock, lambda seconds: setattr(clock, "now", clock.now + seconds))


def pass_time(loan: Loan, clock: Clock, seconds: float) -> None:
    clock.now += seconds
    loan.tick()


def test_every_format_is_back_after_the_time(clipboard: Clipboard, loan: Loan, clock: Clock) -> None:
    loan.put("a text")
    loan.give_back_after(0.8)
    pass_time(loan, clock, 0.7)
    assert clipboard.content == {"text": b"a text", "private": b""}
    pass_time(loan, clock, 0.2)
    assert (clipboard.content, loan.due) == (PICTURE, None)


def test_a_second_text_within_the_time_keeps_the_first_picture(
    clipboard: Clipboard, loan: Loan, clock: Clock
) -> None:
    for text in ("one", "two"):
        loan.put(text)
        loan.give_back_after(0.8)
        pass_time(loan, clock, 0.5)
        assert clipboard.read_text() == text
    pass_time(loan, clock, 0.5)
    assert clipboard.content == PICTURE


def test_a_text_that_comes_at_once_waits_until_the_one_before_it_was_read(loan: Loan, clock: Clock) -> None:
    loan.put("one")
    loan.give_back_after(0.8)
    loan.put("two")
    assert clock.now == 0.25


def test_what_somebody_copies_meanwhile_wins(clipboard: Clipboard, loan: Loan, clock: Clock) -> None:
    loan.put("a text")
    loan.give_back_after(0.8)
    clipboard.copy(text=b"new")
    pass_time(loan, clock, 1)
    assert (clipboard.content, loan.due) == ({"text": b"new"}, None)


def test_what_somebody_copied_meanwhile_is_what_the_next_loan_gives_back(
    clipboard: Clipboard, loan: Loan, clock: Clock
) -> None:
    loan.put("one")
    clipboard.copy(text=b"new")
    loan.put("two")
    loan.give_back_after(0.8)
    pass_time(loan, clock, 1)
    assert clipboard.content == {"text": b"new"}


@pytest.mark.parametrize("act", ["save", "put"])
def test_a_clipboard_that_cannot_be_had_is_as_it_was(clipboard: Clipboard, loan: Loan, act: str) -> None:
    clipboard.broken, clipboard.breaks_on = REFUSED, (act,)
    with pytest.raises(InjectionFailed, match="could not be had: another program has it"):
        loan.put("a text")
    assert (clipboard.content, loan.due) == (PICTURE, None)


def test_giving_back_is_tried_again(clipboard: Clipboard, loan: Loan, clock: Clock) -> None:
    loan.put("a text")
    loan.give_back_after(0)
    clipboard.broken = REFUSED
    pass_time(loan, clock, 0.1)
    clipboard.broken = None
    assert loan.due is not None
    pass_time(loan, clock, 0.2)
    assert (clipboard.content, loan.due, loan.problem) == (PICTURE, None, "")


def test_what_cannot_be_given_back_is_said(clipboard: Clipboard, loan: Loan, clock: Clock) -> None:
    loan.put("a text")
    loan.give_back_after(0)
    clipboard.broken = REFUSED
    while loan.due is not None:
        pass_time(loan, clock, 0.2)
    assert loan.problem == "what was on the clipboard could not be put back: another program has it"
    assert clock.now < 10


def test_nothing_is_due_when_nothing_was_lent(loan: Loan) -> None:
    loan.give_back_after(0)
    loan.give_back()
    assert loan.due is None


def test_what_the_person_copied_is_known_while_our_text_is_on_loan(
    clipboard: Clipboard, loan: Loan, clock: Clock
) -> None:
    clipboard.copy(text=b"marie@acme.example")
    assert loan.copied() == "marie@acme.example"
    loan.put("an expansion")
    assert loan.copied() == "marie@acme.example"
    clipboard.copy(text=b"hugo@acme.example")
    assert loan.copied() == "hugo@acme.example"


def test_a_clipboard_that_cannot_be_had_says_nothing_of_anybody(clipboard: Clipboard, loan: Loan) -> None:
    clipboard.broken, clipboard.breaks_on = REFUSED, ("text",)
    assert loan.copied() == ""


def test_what_was_copied_before_a_loan_is_not_remembered_after_it(
    clipboard: Clipboard, loan: Loan, clock: Clock
) -> None:
    clipboard.copy(text=b"secret")
    loan.put("an expansion")
    loan.give_back_after(0.8)
    pass_time(loan, clock, 0.9)
    clipboard.copy(**PICTURE)
    assert loan.copied() == ""
    assert "secret" not in repr(vars(loan))
