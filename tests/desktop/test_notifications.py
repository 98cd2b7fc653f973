"""What a person is told when a trigger stays: by a real notification service on a real bus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon
from bench.display import Display, program, python_with
from bench.keyboard import Keyboard
from bench.waiting import wait_until
from bench.windows import APPS, Windows

TOO_LONG = """\
---
title: A note without a short wording
triggers: [xtoolong]
channel: linkedin-note
---
"""
MARKUP = TOO_LONG.replace("xtoolong", "xmarkup").replace("linkedin-note", '"R&D <b>"')
CHANNELS = """\
["R&D <b>"]
limit = 10
unit = "utf16"
"""


class Notices:
    """The notices that the desktop was asked to show."""

    def __init__(self, display: Display) -> None:
        self._log = display.folder / "notices.jsonl"
        self._log.touch()
        socket = display.folder / "bus"
        self.env = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}"}
        noise = display.folder / "bus.log"
        bus = [program("dbus-daemon"), "--session", "--nofork", f"--address=unix:path={socket}"]
        display.processes.start(bus, env=display.env, log=noise)
        wait_until(socket.exists, "there is no bus", every=0.02)
        service = [python_with("gi"), APPS / "notices.py", self._log]
        display.processes.start(service, env=display.env | self.env, log=noise)
        wait_until(lambda: self.shown, lambda: f"no service: {noise.read_text()}", every=0.02)

    @property
    def shown(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    def wait_for(self, summary: str) -> dict[str, str]:
        return wait_until(
            lambda: next((notice for notice in self.shown if summary in notice["summary"]), None),
            lambda: f"nothing says {summary!r}: {self.shown}",
            every=0.02,
        )


def furnish(home: Path) -> Path:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "profile.toml").write_text('language = "fr-FR"\n', encoding="utf-8")
    (home / "templates" / "fr" / "toolong.txt").write_text(
        TOO_LONG + "Un mot de trop. " * 30, encoding="utf-8"
    )
    (home / "templates" / "fr" / "markup.txt").write_text(MARKUP + "Un mot de trop.", encoding="utf-8")
    (home / "channels.toml").write_text(CHANNELS, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def notices(display: Display) -> Notices:
    return Notices(display)


@pytest.fixture(scope="module")
def daemon(display: Display, notices: Notices) -> Iterator[Daemon]:
    with Daemon(display, furnish(display.folder / "home of notices"), env=notices.env) as daemon:
        yield daemon


def test_a_text_without_room_is_told_with_its_shortest_length(
    notices: Notices, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    keyboard.type("xtoolong")
    notice = notices.wait_for("toolong was left as typed")
    assert notice == {
        "application": "motjuste",
        "summary": "toolong was left as typed",
        "body": "the text does not fit linkedin-note: its shortest wording has 479 characters, the limit is 300; "
        "shorten the template or the fields by 179",
    }
    assert window.text == "xtoolong"


def test_a_persons_own_words_in_a_notice_are_no_markup(
    notices: Notices, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    keyboard.type("xmarkup")
    assert "does not fit R&amp;D &lt;b&gt;:" in notices.wait_for("markup was left as typed")["body"]
    assert window.text == "xmarkup"
