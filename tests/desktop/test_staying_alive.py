"""What ends around the daemon, or stops it for a while, does not end its work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon
from bench.display import Display, program
from bench.keyboard import Keyboard
from bench.waiting import wait_until
from bench.windows import TextWindow

TEXT = "Well met, Éloïse — «\u00a0à bientôt\u00a0»\u202f!"


def furnish(home: Path) -> Path:
    (home / "snippets").mkdir(parents=True)
    snippets = [{"trigger": "xgreet", "replace": TEXT}]
    (home / "snippets" / "mine.yml").write_text(json.dumps({"snippets": snippets}), "utf-8")
    return home


def expands(keyboard: Keyboard, window: TextWindow) -> None:
    """A trigger that is typed now becomes its text."""
    window.clear()
    window.focus(keyboard)
    keyboard.type("xgreet")
    window.wait_for_text(TEXT)


@pytest.fixture(scope="module")
def daemon(nested_display: Display) -> Iterator[Daemon]:
    with Daemon(nested_display, furnish(nested_display.folder / "home of a survivor")) as daemon:
        yield daemon


@pytest.fixture(scope="module")
def hardware(nested_display: Display) -> Iterator[Keyboard]:
    keyboard = Keyboard(nested_display)
    yield keyboard
    keyboard.close()


@pytest.fixture(scope="module")
def box(nested_display: Display) -> Iterator[TextWindow]:
    window = TextWindow("tk text", nested_display)
    yield window
    window.close()


# -- the X server ----------------------------------------------------------------------------------


def test_when_the_server_is_back_a_trigger_expands_in_a_new_window(tmp_path: Path) -> None:
    with Display.private() as first, Daemon(first, furnish(tmp_path / "home")) as daemon:
        keyboard, window = Keyboard(first), TextWindow("tk text", first)
        expands(keyboard, window)
        keyboard.close()
        first.crash()
        gone = wait_until(lambda: daemon.status().get("display_gone_since"), "the display's end is not noticed")
        state = daemon.motjuste("daemon", "status").stdout.splitlines()[0]
        assert state == f"state       no display since {gone[:19].replace('T', ' ')}"
        with Display.private(name=first.name) as second:
            wait_until(
                lambda: daemon.status()["state"] == "listening", lambda: f"{daemon.status()}", deadline=20
            )
            keyboard, window = Keyboard(second), TextWindow("tk text", second)
            expands(keyboard, window)
            keyboard.close()
            log = daemon.motjuste("daemon", "log").stdout
            for words in ("has gone\n", "is back after", "expanded a snippet of mine.yml:1 in"):
                assert words in log
            assert daemon.motjuste("daemon", "stop").returncode == 0
            assert daemon.process.wait(10) == 0


def test_without_a_display_it_sleeps_and_obeys(tmp_path: Path) -> None:
    with Display.private(managed=False) as display, Daemon(display, furnish(tmp_path / "home")) as daemon:
        display.crash()
        wait_until(lambda: daemon.status()["state"] == "no display", "the display's end is not noticed")
        before, since = processor_seconds(daemon), time.monotonic()
        assert daemon.motjuste("daemon", "resume").returncode == 0
        wait_until(lambda: "be reached" in " ".join(daemon.status()["problems"]), "nothing was tried")
        # Four answers and a few tries take some milliseconds; going round in a circle would take all the time.
        assert processor_seconds(daemon) - before < 0.5 * (time.monotonic() - since)
        assert daemon.motjuste("daemon", "stop").returncode == 0
        assert daemon.process.wait(10) == 0


def processor_seconds(daemon: Daemon) -> float:
    fields = Path(f"/proc/{daemon.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_daemon_without_display_gives_way_to_one_with_a_display(tmp_path: Path) -> None:
    with Display.private(managed=False) as first, Daemon(first, furnish(tmp_path / "home")) as old:
        first.crash()
        wait_until(lambda: old.status()["state"] == "no display", "the display's end is not noticed")
        # Under its old name, it would find the display by itself.
        with Display.private(name=f":{int(first.name[1:]) + 50}") as second:
            env = {"MOTJUSTE_HOME": str(tmp_path / "home")}
            start = [old.python, "-m", "motjuste", "daemon", "start"]
            subprocess.run(start, env=second.env | env, check=True, timeout=60, capture_output=True)
            assert old.process.wait(10) == 0
            assert old.status()["display"] == second.name
            keyboard, window = Keyboard(second), TextWindow("tk text", second)
            expands(keyboard, window)
            keyboard.close()
            assert old.motjuste("daemon", "stop").returncode == 0


def test_restart_where_nothing_can_begin_keeps_what_listens(daemon: Daemon) -> None:
    nowhere = daemon.env | {"DISPLAY": ":9999"}
    restart = [daemon.python, "-m", "motjuste", "daemon", "restart"]
    done = subprocess.run(restart, env=nowhere, timeout=60, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert daemon.status()["pid"] == daemon.process.pid


# -- stopped for a while ---------------------------------------------------------------------------


@pytest.fixture
def asleep(daemon: Daemon) -> Iterator[Callable[[float], None]]:
    """Ends the daemon's sleep, which has begun; it lasts at least so many seconds."""
    began = time.monotonic()
    os.kill(daemon.process.pid, signal.SIGSTOP)

    def wake(seconds: float) -> None:
        # A while itself is what is tested here: keys that were typed that long ago.
        time.sleep(max(0.0, began + seconds - time.monotonic()))
        os.kill(daemon.process.pid, signal.SIGCONT)

    yield wake
    os.kill(daemon.process.pid, signal.SIGCONT)


@pytest.fixture
def awake_box(daemon: Daemon, hardware: Keyboard, box: TextWindow) -> TextWindow:
    """A box in front, known to the daemon before it sleeps."""
    expands(hardware, box)
    box.clear()
    # It answers when it has let the keyboard go, which would otherwise stand still with it.
    for _ in range(2):
        daemon.status()
    return box


def test_what_was_typed_while_it_was_stopped_stays_and_what_follows_expands(
    daemon: Daemon, hardware: Keyboard, awake_box: TextWindow, asleep: Callable[[float], None]
) -> None:
    hardware.type("xgreet then xgreet ")
    awake_box.wait_for_text("xgreet then xgreet ")
    asleep(7.0)
    daemon.status()
    hardware.type("xgreet")
    awake_box.wait_for_text(f"xgreet then xgreet {TEXT}")
    assert [change.text for change in awake_box.changes if change.text.startswith("xgreet then xgreet x")]


def test_a_short_stop_is_made_up_for(
    daemon: Daemon, hardware: Keyboard, awake_box: TextWindow, asleep: Callable[[float], None]
) -> None:
    hardware.type("so xgreet")
    awake_box.wait_for_text("so xgreet")
    asleep(0.5)
    awake_box.wait_for_text(f"so {TEXT}")


@pytest.fixture
def other(nested_display: Display) -> Iterator[TextWindow]:
    window = TextWindow("tk text", nested_display)
    yield window
    window.close()


def test_what_was_typed_into_another_window_meanwhile_is_erased_nowhere(
    daemon: Daemon,
    hardware: Keyboard,
    other: TextWindow,
    awake_box: TextWindow,
    asleep: Callable[[float], None],
) -> None:
    hardware.type("xgreet")
    awake_box.wait_for_text("xgreet")
    other.focus(hardware)
    hardware.type("mind")
    other.wait_for_text("mind")
    asleep(0.0)
    daemon.status()
    hardware.type(" xgreet")
    other.wait_for_text(f"mind {TEXT}")
    assert awake_box.text == "xgreet"
    assert all(change.text.startswith("mind") for change in other.changes[4:])


def test_a_layout_that_was_changed_meanwhile_is_the_one_that_counts(
    daemon: Daemon, hardware: Keyboard, awake_box: TextWindow, asleep: Callable[[float], None]
) -> None:
    hardware.use_layout("fr")
    asleep(0.0)
    daemon.status()
    hardware.type("xgreet")
    awake_box.wait_for_text(TEXT)
    hardware.use_layout("us")
    expands(hardware, awake_box)


# -- the keyboard ----------------------------------------------------------------------------------


def test_a_keyboard_that_was_unplugged_and_plugged_in_again_is_heard(
    daemon: Daemon, nested_display: Display, hardware: Keyboard, awake_box: TextWindow
) -> None:
    keyboard = "Xephyr virtual keyboard"
    hardware.type("xgre")
    awake_box.wait_for_text("xgre")
    for done in ("disable", "enable"):
        nested_display.run([program("xinput"), done, keyboard])
    hardware.type(" ")
    awake_box.wait_for_text("xgre ")
    expands(hardware, awake_box)
