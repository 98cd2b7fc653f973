"""The log keeps what happened, in bounds and whatever the disk does."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motjuste.adapters.journal import Follower, Journal, older, read
from motjuste.errors import UserError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "daemon.log"


def events(path: Path, lines: int = 1000) -> list[str]:
    return [entry["event"] for entry in read(path, lines)]


def test_an_entry_says_when_and_what(path: Path) -> None:
    moment = datetime(2026, 3, 1, 12, 0, 0, 5000, tzinfo=UTC)
    Journal(path, now=lambda: moment).note("expanded", label="note", length=260, limit=None, window="")
    assert read(path, 1) == [
        {"time": "2026-03-01T12:00:00.005+00:00", "event": "expanded", "label": "note", "length": 260}
    ]


def test_it_belongs_to_the_person_alone(path: Path) -> None:
    Journal(path).note("started")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_last_lines_are_the_newest(path: Path) -> None:
    journal = Journal(path)
    for number in range(5):
        journal.note(f"event {number}")
    assert events(path, 2) == ["event 3", "event 4"]


def test_it_never_grows_beyond_two_files(path: Path) -> None:
    journal = Journal(path, largest=1000)
    for number in range(100):
        journal.note(f"event {number}")
    assert sorted(each.name for each in path.parent.iterdir()) == ["daemon.log", "daemon.log.1"]
    assert older(path).stat().st_size < 1100
    assert path.stat().st_size < 1000
    found = events(path)
    assert found[-1] == "event 99"
    assert found == [f"event {number}" for number in range(100 - len(found), 100)]


def test_a_long_fact_is_cut_and_cannot_steer_a_terminal(path: Path) -> None:
    Journal(path).note("expanded", label="\x1b[31m" + "x" * 500)
    (entry,) = read(path, 1)
    assert (len(entry["label"]), "\x1b" in entry["label"]) == (80, False)


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_costs_lines_and_says_how_many(path: Path) -> None:
    journal = Journal(path)
    journal.note("started")
    with full_disk(path.stat().st_size + 10):
        journal.note("lost")
        assert journal.problem
        journal.note("lost too")
    journal.note("expanded")
    assert journal.problem == ""
    entries = read(path, 10)
    assert [entry["event"] for entry in entries] == ["started", "lines lost", "expanded"]
    assert entries[1]["count"] == 2


def test_a_folder_that_cannot_be_made_is_a_problem_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    journal = Journal(tmp_path / "state" / "daemon.log")
    journal.note("started")
    assert "cannot be made" in journal.problem


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(tmp_path / "elsewhere")
    Journal(path).note("started")
    assert not (tmp_path / "elsewhere").exists()


def test_a_log_that_was_deleted_begins_anew(path: Path) -> None:
    journal = Journal(path)
    journal.note("one")
    path.unlink()
    journal.note("two")
    assert events(path) == ["two"]


def test_lines_of_another_kind_are_passed_over(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('motjuste: a warning\n{"time": 1\n[1]\n{"event": "no time"}\n')
    Journal(path).note("started")
    assert events(path) == ["started"]


def test_what_follows_is_told_once_and_across_a_new_file(path: Path) -> None:
    journal = Journal(path, largest=400)
    journal.note("before")
    following = Follower(path, 10)
    seen = [entry["event"] for entry in following.more()]
    for number in range(12):
        journal.note(f"event {number}")
        if number % 2:
            seen += [entry["event"] for entry in following.more()]
    assert seen == ["before", *(f"event {number}" for number in range(12))]
    assert list(following.more()) == []


def test_following_begins_before_there_is_a_log(path: Path) -> None:
    following = Follower(path, 10)
    assert list(following.more()) == []
    Journal(path).note("started")
    assert [entry["event"] for entry in following.more()] == ["started"]


def test_half_a_line_waits_for_its_end(path: Path) -> None:
    path.parent.mkdir()
    line = json.dumps({"time": "2026-03-01T12:00:00+00:00", "event": "started"})
    path.write_text(line[:20])
    following = Follower(path, 10)
    assert list(following.more()) == []
    path.write_text(line + "\n")
    assert [entry["event"] for entry in following.more()] == ["started"]


def test_a_log_that_cannot_be_read_is_one_sentence(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(UserError, match="cannot be read"):
        read(path, 1)


def test_the_time_is_the_same_whatever_the_zone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = datetime.now(UTC)
    monkeypatch.setitem(os.environ, "TZ", "America/Montreal")
    Journal(path).note("started")
    written = datetime.fromisoformat(read(path, 1)[0]["time"])
    assert written.utcoffset() == timedelta()
    assert abs(written - before) < timedelta(minutes=1)
