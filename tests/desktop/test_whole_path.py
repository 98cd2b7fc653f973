"""From a keystroke to the right text: the real daemon, real keys, real applications."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon
from bench.display import Display, program
from bench.keyboard import FAST, HUMAN, Keyboard
from bench.waiting import wait_until
from bench.windows import APPLICATIONS, TextWindow, Windows

LAYOUTS = ("us", "fr", "ca")
TEXTS = {
    "ascii": (
        "xascii",
        r"""Ports 80-90: a < b & c > d? "Yes" | 'no' \ ~/x_1 $HOME 100 % #tag [x] (y) ^z `w` @me; done!""",
    ),
    "french": (
        "xfrench",
        "Bonjour Éloïse, j’ai été ravi d’échanger\u202f: «\u00a0à bientôt\u00a0» — œuvre, ça, où, naïf, "
        "Noël, ÀÇÉ, 100\u00a0€ et l’été… «\u00a0oui\u00a0»\u202f!",
    ),
    "emoji": (
        "xemoji",
        "Merci 👩🏽‍💻 et 👨‍👩‍👧‍👦, de 🇫🇷🇨🇦 et "
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f ❤️ à 🧑🏿‍🚀 !",
    ),
    "multi-line": ("xlines", "Bonjour Hugo,\n\nDeux lignes,\npuis une troisième.\n\nÀ bientôt\u202f!"),
}
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
# The line editor in this terminal takes a pasted line break as one, and sends nothing off.
RULES = """\
[[application]]
name = "The terminal of these tests"
class = "xterm"
newline = "paste"
return_sends = false
"""
TOO_LONG = """\
---
title: A note without a short wording
triggers: [xtoolong]
channel: linkedin-note
---
"""


def furnish(home: Path) -> Path:
    """A person's folder with snippets, three cards and one template that no note has room for."""
    for folder in ("snippets", "contacts", "templates/fr"):
        (home / folder).mkdir(parents=True)
    (home / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (home / "applications.toml").write_text(RULES, encoding="utf-8")
    snippets = [{"trigger": trigger, "replace": text} for trigger, text in TEXTS.values()]
    snippets.append({"trigger": "xgreet", "replace": ANSWERED})
    # JSON is YAML too, and no quoting can go wrong.
    (home / "snippets" / "mine.yml").write_text(
        json.dumps({"snippets": snippets}, ensure_ascii=False), encoding="utf-8"
    )
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


@pytest.fixture(scope="module")
def nested_daemon(nested_display: Display) -> Iterator[Daemon]:
    with Daemon(nested_display, furnish(nested_display.folder / "home")) as daemon:
        yield daemon


@pytest.mark.parametrize("application", APPLICATIONS)
def test_what_was_on_the_clipboard_is_there_again(
    application: str,
    daemon: Daemon,
    display: Display,
    keyboard: Keyboard,
    window_of: Windows,
) -> None:
    window = window_of(application)
    window.clear()
    window.focus(keyboard)
    display.copy("copié — «\u00a0avant\u00a0» 🇫🇷", "clipboard")
    display.copy("sélectionné avant", "primary")
    keyboard.type("xgreet")
    window.wait_for_text(ANSWERED)
    held = ("copié — «\u00a0avant\u00a0» 🇫🇷", "sélectionné avant")
    wait_until(
        lambda: (display.copied("clipboard"), display.copied("primary")) == held,
        lambda: f"they hold {display.copied('clipboard')!r} and {display.copied('primary')!r}",
        deadline=5,
        every=0.05,
    )


def test_a_picture_on_the_clipboard_is_there_again(
    daemon: Daemon, display: Display, keyboard: Keyboard, window_of: Windows
) -> None:
    picture = display.screenshot(display.folder / "copied.png")
    copy = [program("xclip"), "-selection", "clipboard", "-target", "image/png", "-in", str(picture)]
    subprocess.run(
        copy, env=display.env, check=True, timeout=10, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    keyboard.type("xgreet")
    window.wait_for_text(ANSWERED)

    def picture_on_the_clipboard() -> bytes:
        paste = [program("xclip"), "-selection", "clipboard", "-target", "image/png", "-out"]
        return subprocess.run(paste, env=display.env, capture_output=True, timeout=10, check=False).stdout

    wait_until(
        lambda: picture_on_the_clipboard() == picture.read_bytes(), "another picture is there", every=0.05
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("application", APPLICATIONS)
def test_typing_on_at_human_speed_loses_and_mixes_nothing(
    application: str,
    layout: str,
    nested_daemon: Daemon,
    hardware: Keyboard,
    nested_window_of: Windows,
) -> None:
    window = nested_window_of(application)
    window.clear()
    hardware.use_layout(layout)
    window.focus(hardware)
    hardware.type("xgreet and then we went on, ", gap=HUMAN)
    hardware.type("xfrench once more", gap=HUMAN)
    window.wait_for_text(f"{ANSWERED} and then we went on, {TEXTS['french'][1]} once more")


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
