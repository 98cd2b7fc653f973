"""When somebody was last written to or chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.last_used import LastUsed
from motjuste.people.card import Contact

MARIE = Contact(formatted_name="Marie Dupont", emails=("M@x.example",), profile_url="https://www.linkedin.com/in/marie")
MARIE_BY_MAIL = Contact(formatted_name="Marie Roy-Dupont", emails=("m@X.example", "other@x.example"))
PAUL = Contact(formatted_name="Paul Martin")
START = datetime(2026, 2, 8, 12, tzinfo=UTC)
SECONDS = int(START.timestamp())


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "last-used"


def test_nobody_was_used_at_first(path: Path, clock: Clock) -> None:
    assert LastUsed(path, clock).when(MARIE) == 0


def test_the_last_time_is_known_to_this_program_and_to_the_next(path: Path, clock: Clock) -> None:
    used = LastUsed(path, clock)
    assert used.when(PAUL) == 0
    used.note(MARIE)
    clock.time += timedelta(minutes=1)
    used.note(PAUL)
    clock.time += timedelta(minutes=1)
    used.note(MARIE)
    for each in (used, LastUsed(path, clock)):
        assert (each.when(MARIE), each.when(PAUL)) == (SECONDS + 120, SECONDS + 60)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_person_is_known_by_any_address_that_was_noted(path: Path, clock: Clock) -> None:
    LastUsed(path, clock).note(Contact(formatted_name="M", emails=("m@x.example",)))
    assert LastUsed(path, clock).when(MARIE) == LastUsed(path, clock).when(MARIE_BY_MAIL) == SECONDS


def test_a_card_that_names_nobody_leaves_nothing(path: Path, clock: Clock) -> None:
    LastUsed(path, clock).note(Contact())
    assert not path.exists()
    path.parent.mkdir()
    path.write_text("1700000000 name \n")
    assert LastUsed(path, clock).when(Contact()) == 0


@pytest.mark.parametrize(
    "line", ["", "x", "1 ", " name paul martin", "-1 name paul martin", "² name paul martin", "\xff"]
)
def test_lines_that_are_not_ours_mean_nothing(path: Path, clock: Clock, line: str) -> None:
    path.parent.mkdir()
    path.write_bytes(line.encode("latin-1") + b"\n5 name marie dupont\n")
    used = LastUsed(path, clock)
    assert (used.when(PAUL), used.when(Contact(formatted_name="Marie Dupont"))) == (0, 5)
    used.note(PAUL)
    assert LastUsed(path, clock).when(PAUL) == SECONDS


def test_of_a_clock_that_went_back_the_latest_time_counts(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    path.write_text("9 name paul martin\n5 name paul martin\n")
    assert LastUsed(path, clock).when(PAUL) == 9


def test_the_file_does_not_grow_for_ever(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    path.write_text("7 name marie dupont\n" * 4000)
    used = LastUsed(path, clock)
    assert used.when(PAUL) == 0
    with path.open("a") as other_program:
        other_program.write("8 name anne roy\n")
    used.note(PAUL)
    assert path.read_text() == f"7 name marie dupont\n8 name anne roy\n{SECONDS} name paul martin\n"
    assert used.when(PAUL) == SECONDS


def test_somebody_is_forgotten_under_every_address(path: Path, clock: Clock) -> None:
    used = LastUsed(path, clock)
    assert (used.forget(MARIE), path.exists()) == (False, False)
    for each in (MARIE, Contact(formatted_name="M", emails=("m@x.example",))):
        used.note(each)
    LastUsed(path, clock).note(PAUL)
    assert used.forget(MARIE)
    assert path.read_text() == f"{SECONDS} name paul martin\n"
    assert (used.when(MARIE), used.when(PAUL), used.forget(MARIE)) == (0, SECONDS, False)


def test_a_disk_that_takes_nothing_costs_only_the_order(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("")
    used = LastUsed(tmp_path / "file" / "last-used", clock)
    used.note(PAUL)
    assert LastUsed(tmp_path / "file" / "last-used", clock).when(PAUL) == 0


def test_choosing_somebody_is_a_use_that_the_book_knows(tmp_path: Path, clock: Clock) -> None:
    book = VCardFolder(tmp_path / "contacts", tmp_path / "state" / "current", now=clock)
    book.add([MARIE, PAUL])
    book.use(PAUL)
    clock.time += timedelta(minutes=1)
    book.note_use(MARIE)
    other = VCardFolder(tmp_path / "contacts", tmp_path / "state" / "current", now=clock)
    assert [other.last_used(contact) for contact in other.contacts()] == [SECONDS + 60, SECONDS]
    assert (book.forget_use(PAUL), book.last_used(PAUL)) == (True, 0)
