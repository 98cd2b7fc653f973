"""`motjuste daemon log`: what happened, in words and in the time zone of who reads it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import Motjuste

from motjuste.adapters.journal import Journal

MOMENT = datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC)
GIVE_UP = 20.0


@pytest.fixture
def journal(home: Path) -> Journal:
    return Journal(home / "state" / "daemon.log", now=lambda: MOMENT)


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Paris")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    ("event", "facts", "words"),
    [
        (
            "started",
            {"version": "0.1.0", "display": ":0", "triggers": 9},
            "started motjuste 0.1.0 on display :0, 9 triggers",
        ),
        ("stopped", {"reason": "asked"}, "stopped (asked)"),
        ("reloaded", {"triggers": 10, "problems": 2}, "read the files again: 10 triggers, 2 problems"),
        ("display gone", {"display": ":0"}, "the display :0 has gone"),
        ("display back", {"display": ":0", "seconds": 4.2}, "the display :0 is back after 4.2 s"),
        (
            "expanded",
            {"label": "note", "length": 260, "limit": 300, "milliseconds": 8.5, "window": "Firefox"},
            "expanded note (260 of 300) in 8.5 ms in Firefox",
        ),
        ("expanded", {"label": "signature", "milliseconds": 5.0}, "expanded signature in 5 ms"),
        (
            "refused",
            {"label": "note", "length": 479, "limit": 300, "window": "Firefox", "reason": "no room"},
            "left a trigger as typed: note (479 of 300) in Firefox: no wording is short enough",
        ),
        ("refused", {"reason": "several snippets"}, "left a trigger as typed: several snippets share it"),
        (
            "fault",
            {"part": "listening", "error": "KeyError", "place": "motjuste.x:3", "count": 7},
            "internal fault in listening: KeyError at motjuste.x:3, 7 times so far",
        ),
        ("something new", {}, "something new"),
    ],
)
def test_an_event_in_words(
    motjuste: Motjuste, journal: Journal, event: str, facts: dict[str, object], words: str
) -> None:
    journal.note(event, **facts)
    assert motjuste("daemon", "log").out == f"2026-07-02 00:30:05  {words}\n"


def test_as_many_lines_as_are_wanted_and_twenty_else(motjuste: Motjuste, journal: Journal) -> None:
    for number in range(30):
        journal.note(f"event {number}")
    assert len(motjuste("daemon", "log").out.splitlines()) == 20
    assert motjuste("daemon", "log", "--lines", "2").out.endswith("event 28\n2026-07-01 22:30:05  event 29\n")
    refused = motjuste("daemon", "log", "--lines", "many")
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_the_log_for_other_programs(motjuste: Motjuste, journal: Journal) -> None:
    journal.note("expanded", label="note", length=260)
    assert motjuste("daemon", "log", "--json").document == {
        "events": [
            {"time": "2026-07-01T22:30:05.000+00:00", "event": "expanded", "label": "note", "length": 260}
        ]
    }


def test_before_anything_has_happened(motjuste: Motjuste, home: Path) -> None:
    done = motjuste("daemon", "log")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("nothing has happened yet")
    assert motjuste("daemon", "log", "--json").document == {"events": []}


def test_following_goes_on_until_it_is_interrupted(home: Path, journal: Journal) -> None:
    journal.note("before")
    following = subprocess.Popen(
        [sys.executable, "-m", "motjuste", "daemon", "log", "--follow", "--json"],
        env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert following.stdout is not None
    assert json.loads(following.stdout.readline())["event"] == "before"
    journal.note("after")
    assert json.loads(following.stdout.readline())["event"] == "after"
    following.terminate()
    following.communicate(timeout=GIVE_UP)
