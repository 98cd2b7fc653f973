"""What a person has copied says whom a message is for, where the window in front does not."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections.abc import Iterator

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display, python_with
from bench.keyboard import FAST, Keyboard
from bench.waiting import wait_until
from bench.windows import APPS, TextWindow, Windows

from motjuste.adapters.ledger import LedgerFile
from motjuste.inbox.events import standing

NOTE = "Cher {{ contact.greeting_name or 'inconnu' }},"
HUGO = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Hugo Martin\r\nN:Martin;Hugo;;;\r\nEMAIL:hugo@atelier.example\r\nEND:VCARD\r\n"
ANNA = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Keller\r\nN:Keller;Anna;;;\r\nEND:VCARD\r\n"


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    home = home_with(display.folder / "home of copies", {"xbonjour": NOTE, "xtoday": "{{ today }}"})
    (home / "contacts").mkdir()
    (home / "contacts" / "hugo.vcf").write_bytes(HUGO.encode())
    with Daemon(display, home) as daemon:
        yield daemon


@pytest.fixture
def box(window_of: Windows, keyboard: Keyboard, daemon: Daemon) -> TextWindow:
    window = window_of("tk text")
    window.clear()
    window.focus(keyboard)
    return window


def copy_card(display: Display, kind: str, card: str) -> int:
    """Copy a card in one form alone, as an address book does; the process that owns it."""
    path = display.folder / "copied card.json"
    path.write_text(json.dumps({kind: base64.b64encode(card.encode()).decode()}))
    clipboard = display.connection.intern_atom("CLIPBOARD")
    before = display.connection.get_selection_owner(clipboard)
    command = [python_with("PySide6.QtGui"), APPS / "copied.py", "qt", path]
    owner = display.processes.start(command, env=display.env, log=display.folder / "copied card.log")
    wait_until(
        lambda: display.connection.get_selection_owner(clipboard) not in (before, 0),
        "nothing was copied",
        deadline=20,
        every=0.05,
    )
    return owner.pid


def test_an_address_that_was_copied_names_the_person_twice_in_a_row(
    box: TextWindow, daemon: Daemon, display: Display, keyboard: Keyboard
) -> None:
    display.copy("hugo@atelier.example")
    keyboard.type("xbonjour xbonjour", gap=FAST)
    box.wait_for_text("Cher Hugo, Cher Hugo,")
    wait_until(lambda: daemon.status()["last_evidence"] == "clipboard", "another evidence", every=0.05)
    wait_until(lambda: display.copied() == "hugo@atelier.example", "the copy is lost", every=0.05)


@pytest.mark.parametrize("kind", ["text/vcard", "text/x-vcard"])
def test_a_card_that_an_address_book_copied_names_the_person(
    kind: str, box: TextWindow, display: Display, keyboard: Keyboard
) -> None:
    copy_card(display, kind, ANNA)
    keyboard.type("xbonjour")
    box.wait_for_text("Cher Anna,")


def test_an_owner_that_does_not_answer_costs_a_moment_and_no_text(
    box: TextWindow, display: Display, keyboard: Keyboard
) -> None:
    owner = copy_card(display, "text/vcard", ANNA)
    os.kill(owner, signal.SIGSTOP)
    try:
        keyboard.type("xbonjour")
        box.wait_for_text("Cher inconnu,")
    finally:
        os.kill(owner, signal.SIGCONT)


def test_a_text_for_somebody_is_recorded_and_taken_back_without_a_word_of_it(
    box: TextWindow, daemon: Daemon, display: Display, keyboard: Keyboard
) -> None:
    display.copy("hugo@atelier.example")
    ledger = LedgerFile(daemon.home / "ledger.db")

    def told() -> list[tuple[str, str]]:
        return [(event.kind, event.person) for event in standing(ledger.events())]

    known = told()
    keyboard.type("xbonjour")
    box.wait_for_text("Cher Hugo,")
    wait_until(lambda: told() == [*known, ("typed", "mailto:hugo@atelier.example")], told, every=0.05)
    keyboard.press("BackSpace")
    box.wait_for_text("xbonjour")
    wait_until(lambda: told() == known, told, every=0.05)
    assert not [event for event in ledger.events() if "Cher" in str(event)]
    ledger.close()


def test_whoever_is_copied_counts_for_nothing_where_nobody_is_addressed(
    box: TextWindow, daemon: Daemon, display: Display, keyboard: Keyboard
) -> None:
    display.copy("hugo@atelier.example")
    keyboard.type("xtoday")
    wait_until(lambda: len(box.text) > len("xtoday"), "nothing was written", every=0.05)
    assert daemon.status()["last_person"] == ""
