"""Notices are shown by another program, and nothing waits for it."""

from __future__ import annotations

import os
import pty
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motjuste.adapters import notifications
from motjuste.adapters.notifications import DesktopNotifier

GIVE_UP = 10.0
HANGS = "#!/bin/sh\nexec sleep 60\n"


@pytest.fixture
def notify_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a notify-send of these lines on the path."""

    def install(script: str) -> None:
        tool = tmp_path / "notify-send"
        tool.write_text(script)
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    return install


def wait_until(seen: Callable[[], object]) -> None:
    end = time.monotonic() + GIVE_UP
    while not seen():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


@pytest.fixture
def no_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_tool")
def test_without_the_tool_that_is_said() -> None:
    notifier = DesktopNotifier()
    notifier.notify("left as typed", "why")
    assert notifier.problem == "notices are not shown: notify-send is not installed"


def test_a_notice_arrives_whole(notify_send: Callable[[str], None], tmp_path: Path) -> None:
    notify_send(f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/given\n')
    notifier = DesktopNotifier()
    notifier.notify("left as typed", "R&D")
    wait_until(lambda: (tmp_path / "given").exists() and (tmp_path / "given").read_text().endswith("|"))
    assert (tmp_path / "given").read_text() == "--app-name=motjuste|--|left as typed|R&amp;D|"
    assert notifier.problem == ""


def test_a_service_that_is_missing_is_known_afterwards(notify_send: Callable[[str], None]) -> None:
    notify_send("#!/bin/sh\nexit 1\n")
    notifier = DesktopNotifier()
    notifier.notify("left as typed")
    wait_until(lambda: notifier.problem)
    assert notifier.problem == "notices are not shown: no notification service answers notify-send"


@pytest.fixture
def hanging(
    notify_send: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[DesktopNotifier]:
    notify_send(HANGS)
    notifier = DesktopNotifier()
    yield notifier
    monkeypatch.setattr(notifications, "_PATIENCE_SECONDS", -1.0)
    assert notifier.problem
    wait_until(lambda: notifier.problem and not notifier.waiting)


def test_a_service_that_hangs_holds_up_nothing_and_is_asked_no_more(hanging: DesktopNotifier) -> None:
    begun = time.monotonic()
    for _ in range(100):
        hanging.notify("left as typed")
    assert time.monotonic() - begun < GIVE_UP
    assert hanging.waiting == 8
    assert hanging.problem == "notices are not shown: the notification service does not answer"


def test_a_service_that_answers_again_gets_notices_again(
    hanging: DesktopNotifier, notify_send: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging.notify("left as typed")
    with monkeypatch.context() as patch:
        patch.setattr(notifications, "_PATIENCE_SECONDS", -1.0)
        wait_until(lambda: hanging.problem and not hanging.waiting)
    notify_send("#!/bin/sh\nexit 0\n")
    hanging.notify("left as typed")
    wait_until(lambda: not hanging.problem)
    notify_send(HANGS)
    hanging.notify("left as typed")


@pytest.mark.usefixtures("no_tool")
def test_a_terminal_shows_it_too_and_may_be_stopped_without_harm() -> None:
    ours, theirs = pty.openpty()
    notifier = DesktopNotifier(os.ttyname(theirs))
    notifier.notify("left as typed", "why")
    assert os.read(ours, 1000) == b"motjuste: left as typed: why\r\n"
    # Nobody reads: the terminal is full before long.
    for _ in range(500):
        notifier.notify("left as typed", "x" * 300)
    os.close(ours)
    os.close(theirs)


@pytest.mark.usefixtures("no_tool")
def test_what_is_no_terminal_gets_no_notice(capsys: pytest.CaptureFixture[str]) -> None:
    DesktopNotifier.here().notify("left as typed", "Jean Secret")
    assert capsys.readouterr().err == ""
