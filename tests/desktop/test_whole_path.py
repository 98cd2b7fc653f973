"""From a keystroke to the right text: the real daemon, real keys, real applications."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display
from bench.keyboard import FAST, Keyboard
from bench.waiting import wait_until
from bench.windows import APPLICATIONS, APPS, TextWindow, Windows
from Xlib import X

ANSWERED = "Well met, Éloïse — «\u00a0à bientôt\u00a0»\u202f!"

PROFILE = """\
name = "Camille Roy"
language = "fr-FR"
tier = "premium"
"""
CARDS = {
    "hugo.vcf": ("Hugo Martin", "Martin;Hugo;;;", "urn:uuid:7d0a1f5e-0001-4b1c-9d8a-2f6f0e3c0001"),
    "marie-a.vcf": ("Marie Dupont", "Dupont;Marie;;;", "urn:uuid:7d0a1f5e-0002-4b1c-9d8a-2f6f0e3c0002"),
    "marie-b.vcf": ("Marie Dupont", "Dupont;Marie;;;", "urn:uuid:7d0a1f5e-0003-4b1c-9d8a-2f6f0e3c0003"),
}
TOO_LONG = """\
---
title: A note without a short wording
triggers: [xtoolong]
channel: linkedin-note
---
"""


def furnish(home: Path) -> Path:
    """A person's folder with snippets, three cards and one template that no note has room for."""
    home_with(home, {"xgreet": ANSWERED})
    for folder in ("contacts", "templates/fr"):
        (home / folder).mkdir(parents=True)
    (home / "profile.toml").write_text(PROFILE, encoding="utf-8")
    for name, (full, parts, uid) in CARDS.items():
        card = ("BEGIN:VCARD", "VERSION:4.0", f"UID:{uid}", f"FN:{full}", f"N:{parts}", "END:VCARD", "")
        (home / "contacts" / name).write_bytes("\r\n".join(card).encode())
    (home / "templates" / "fr" / "toolong.txt").write_text(
        TOO_LONG + "Un mot de trop. " * 30, encoding="utf-8"
    )
    return home


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    with Daemon(display, furnish(display.folder / "home")) as daemon:
        yield daemon


@pytest.mark.parametrize("application", APPLICATIONS)
def test_two_triggers_in_a_row_give_two_texts(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    keyboard.type("xgreet ")
    window.wait_for_text(f"{ANSWERED} ")
    keyboard.type("xgreet", gap=FAST)
    window.wait_for_text(f"{ANSWERED} {ANSWERED}")


def test_a_corrected_typing_error_still_fires(daemon: Daemon, keyboard: Keyboard, window_of: Windows) -> None:
    window = window_of("gtk text")
    window.clear()
    window.focus(keyboard)
    keyboard.type("Hi xgrett")
    keyboard.press("BackSpace", "BackSpace")
    keyboard.type("et")
    window.wait_for_text(f"Hi {ANSWERED}")


def test_the_note_is_for_the_person_whom_the_window_names(
    daemon: Daemon, display: Display, keyboard: Keyboard
) -> None:
    note = daemon.motjuste("invite", "Hugo Martin").stdout.rstrip("\n")
    assert "Hugo" in note
    assert len(note) <= 300
    window = TextWindow("tk text", display, title="Hugo Martin - Message")
    window.focus(keyboard)
    keyboard.type("invitlin")
    window.wait_for_text(note)
    window.close()
    status = wait_until(lambda: (now := daemon.status())["last_person"] and now, "nobody was written to")
    assert (status["last_person"], status["last_evidence"]) == ("Hugo Martin", "window title")


def test_a_text_that_does_not_fit_leaves_the_trigger_and_says_so(
    daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of("chromium")
    window.clear()
    seen = len(window.changes)
    window.focus(keyboard)
    keyboard.type("xtoolong")
    daemon.wait_for_problem("does not fit")
    typed = [change.text for change in window.changes[seen:]]
    assert typed == ["xtoolong"[:length] for length in range(1, 9)]


def test_of_two_people_with_one_name_none_is_guessed(
    daemon: Daemon, display: Display, keyboard: Keyboard
) -> None:
    window = TextWindow("gtk text", display, title="Marie Dupont - Message")
    window.focus(keyboard)
    keyboard.type("invitlin")
    daemon.wait_for_problem("2 people")
    assert [change.text for change in window.changes[1:]] == ["invitlin"[:length] for length in range(1, 9)]
    window.close()


def test_a_snippet_saved_while_it_listens_works_at_once(
    daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    known = daemon.status()["triggers"]
    more = json.dumps({"snippets": [{"trigger": "xfresh", "replace": "fresh from the file"}]})
    (daemon.home / "snippets" / "more.yml").write_text(more, encoding="utf-8")
    wait_until(lambda: daemon.status()["triggers"] == known + 1, "the file was not read", every=0.05)
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    keyboard.type("xfresh")
    window.wait_for_text("fresh from the file")


def test_while_it_pauses_a_trigger_stays(daemon: Daemon, keyboard: Keyboard, window_of: Windows) -> None:
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    assert daemon.motjuste("daemon", "pause").returncode == 0
    keyboard.type("xgreet ")
    window.wait_for_text("xgreet ")
    before = daemon.status()["expansions"]
    assert daemon.motjuste("daemon", "resume").returncode == 0
    keyboard.type("xgreet")
    window.wait_for_text(f"xgreet {ANSWERED}")
    assert daemon.status()["expansions"] == before + 1


def test_a_second_daemon_is_refused_in_one_line(daemon: Daemon) -> None:
    second = daemon.motjuste("daemon", "run")
    assert second.returncode == 1
    assert len(second.stderr.strip().splitlines()) == 1
    assert daemon.status()["pid"] == daemon.process.pid


def test_status_counts_what_was_done(daemon: Daemon, keyboard: Keyboard, window_of: Windows) -> None:
    before = daemon.status()["expansions"]
    window = window_of("tk entry")
    window.clear()
    window.focus(keyboard)
    keyboard.type("xgreet")
    window.wait_for_text(ANSWERED)
    assert daemon.wait_for_expansions(before + 1)["expansions"] == before + 1


# Windows that do not take the text


def test_a_window_that_does_not_paste_keeps_its_trigger(
    display: Display, daemon: Daemon, keyboard: Keyboard
) -> None:
    window = TextWindow("tk text", display, script=APPS / "deaf_window.py")
    window.focus(keyboard)
    keyboard.type("a xgreet b")
    window.wait_for_text("a xgreet b")
    assert "did not take the text" in daemon.wait_for_problem("did not take the text")
    window.close()


def test_a_page_that_is_busy_when_it_should_paste_gets_the_text_all_the_same(
    daemon: Daemon, display: Display, keyboard: Keyboard
) -> None:
    display.copy("what was there before")
    window = TextWindow("chromium busy", display)
    window.focus(keyboard)
    keyboard.type("xgreet on")
    window.wait_for_text(f"{ANSWERED} on")
    wait_until(lambda: display.copied() == "what was there before", "the clipboard is not given back")
    assert window.text == f"{ANSWERED} on"
    window.close()


def test_while_another_program_has_the_keyboard_nothing_is_heard(
    daemon: Daemon, display: Display, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    root = display.connection.screen().root
    assert root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime) == X.GrabSuccess
    try:
        keyboard.type("xgreet xgre")
    finally:
        display.connection.ungrab_keyboard(X.CurrentTime)
        display.connection.sync()
    keyboard.type("et ")
    window.wait_for_text("et ")
    keyboard.type("xgreet")
    window.wait_for_text(f"et {ANSWERED}")


def test_two_daemons_never_listen_to_one_display(display: Display, daemon: Daemon) -> None:
    elsewhere = daemon.env | {"MOTJUSTE_HOME": str(display.folder / "another home")}
    second = subprocess.run(
        [daemon.python, "-m", "motjuste", "daemon", "run"],
        env=elsewhere, capture_output=True, encoding="utf-8", timeout=30, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert second.stderr.startswith("motjuste: another motjuste already listens")
    assert len(second.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("modifier", ["Shift_L", "Control_L", "Super_L"])
def test_a_daemon_started_while_a_modifier_is_held_hears_what_follows(
    modifier: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    keyboard.hold(modifier)
    try:
        daemon.restart()
    finally:
        keyboard.release(modifier)
    keyboard.type("xgreet")
    window.wait_for_text(ANSWERED)
