"""The window of a text being written, as a person at the keyboard uses it and as the clipboard has it afterwards."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.display import Display, program
from bench.keyboard import HUMAN, Keyboard
from bench.waiting import TookTooLongError, wait_until

NB, NN = "\u00a0", "\u202f"
PROFILE = """\
name = "Camille Roy"
language = "fr-FR"
role = {fr = "documentaliste", en = "archivist"}
"""
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{0}\r\nN:{1};{2};;;\r\nLANG:{3}\r\nEND:VCARD\r\n"
NOTE = """\
---
title: Petite note
channel: linkedin-note
fields:
  reason: {ask: "Pourquoi ?", default: ""}
---
{% fit %}Bonjour {{ contact.greeting_name }}{% or %}Bonjour{% endfit %}{{ " : " ~ reason if reason }} !
"""
IN_ENGLISH = """\
---
title: Small note
channel: linkedin-note
fields:
  reason: {ask: "Why?", default: ""}
---
{% fit %}Hello {{ contact.greeting_name }}{% or %}Hello{% endfit %}{{ ": " ~ reason if reason }}!
"""
# Runs motjuste and writes down what its window shows whenever that is drawn anew: the text, each line of words
# with whether it would be taken for markup, and what has the keyboard.
WATCHED = """
import json, sys
from PySide6 import QtWidgets as w
from PySide6.QtCore import QEvent, QObject, Qt, QTimer

log = open(sys.argv.pop(1), "a", encoding="utf-8", buffering=1)
before = None

def look():
    global before
    windows = [each for each in w.QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
    windows = [each for each in windows if each.findChild(w.QPlainTextEdit)]
    if not windows:
        return
    focus = w.QApplication.focusWidget()
    labels = [each for each in windows[0].findChildren(w.QLabel) if each.isVisible()]
    seen = {
        "text": windows[0].findChild(w.QPlainTextEdit).document().toRawText().replace("\\u2029", "\\n"),
        "words": [each.text() for each in labels],
        "markup": [each.text() for each in labels if each.textFormat() != Qt.TextFormat.PlainText],
        "underlined": [
            each.cursor.selectedText() for each in windows[0].findChild(w.QPlainTextEdit).extraSelections()
        ],
        "in sight": bool(focus) and not focus.visibleRegion().isEmpty(),
        "focus": focus and (focus.accessibleName() or getattr(focus, "text", str)()),
    }
    if seen != before:
        before = seen
        log.write(json.dumps(seen) + "\\n")

class Witness(QObject):
    def eventFilter(self, watched, event):
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.FocusIn, QEvent.Type.Paint):
            QTimer.singleShot(0, look)
        return False

class Application(w.QApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        self.witness = Witness()
        self.installEventFilter(self.witness)

w.QApplication = Application
from motjuste.__main__ import run
sys.exit(run())
"""


def isolated(text: str) -> str:
    """A text that turns nothing around it, as the window has it."""
    return f"\u2068{text}\u2069"


class WritingWindow:
    """One open window of a text being written."""

    def __init__(self, display: Display, home: Path, *arguments: str, **env: str) -> None:
        self.display = display
        self._log = home / "seen.jsonl"
        self._out = home / "out.txt"
        self._noise = home / "noise.txt"
        program = home / "watched.py"
        program.write_text(WATCHED, encoding="utf-8")
        self._log.touch()
        with self._out.open("wb") as out:
            self.process = display.processes.start(
                [sys.executable, program, self._log, *arguments, "--window"],
                env=display.env | {"MOTJUSTE_HOME": str(home)} | env,
                log=self._noise,
                stdout=out,
            )

    def wait_for_it(self, title: str) -> None:
        """Wait until the window with this title has the keyboard."""
        self.id = self.display.find_window(title)
        self.display.activate(self.id)
        self.wait(lambda seen: seen["focus"], "nothing has the keyboard")

    @property
    def seen(self) -> dict[str, Any]:
        """What the window shows."""
        lines = [line for line in self._log.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")]
        found: dict[str, Any] = json.loads(lines[-1]) if lines else {"text": "", "words": [], "focus": None}
        return found

    def wait(self, right: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """What the window shows once that is `right`."""
        try:
            wait_until(lambda: right(self.seen), what, deadline=20)
        except TookTooLongError:
            raise AssertionError(f"{what}: {self.seen} {self._noise.read_text('utf-8')[-800:]}") from None
        return self.seen

    def wait_for_text(self, text: str) -> None:
        self.wait(lambda seen: seen["text"] == text, f"expected {text!r}")

    def wait_for_words(self, *words: str) -> None:
        """Wait until each of these stands somewhere in the window."""
        self.wait(lambda seen: set(words) <= set(seen["words"]), f"expected {words}")

    def ended(self) -> tuple[int, str, str]:
        """The exit code, what was printed, and what was complained about, once the window is closed."""
        wait_until(lambda: self.process.poll() is not None, lambda: f"it stays open: {self.seen}", deadline=20)
        code = self.process.returncode
        return code, self._out.read_text("utf-8"), self._noise.read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a profile, a template in two languages, and Marie's card."""
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    for language, text in (("fr", NOTE), ("en", IN_ENGLISH)):
        folder = tmp_path / "templates" / language
        folder.mkdir(parents=True)
        (folder / "petite.txt").write_text(text, encoding="utf-8")
    (tmp_path / "marie.vcf").write_text(CARD.format("Marie Dupont", "Dupont", "Marie", "fr"), "utf-8", newline="")
    return tmp_path


@pytest.fixture
def open_window(display: Display, home: Path) -> Iterator[Callable[..., WritingWindow]]:
    """Opens the window of the small note to Marie; further words go on the command line."""
    opened: list[WritingWindow] = []

    def open_window(
        *arguments: str,
        person: str = "marie.vcf",
        title: str = "Marie Dupont – Petite note – motjuste",
        **env: str,
    ) -> WritingWindow:
        window = WritingWindow(display, home, "fill", "petite", str(home / person), *arguments, **env)
        opened.append(window)
        if title:
            window.wait_for_it(title)
        return window

    yield open_window
    for window in opened:
        display.processes.end(window.process)


def test_typing_into_a_field_changes_the_text_and_the_counter(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window()
    window.wait_for_text(f"Bonjour Marie{NN}!")
    window.wait_for_words("15 caractères sur 300", "il en reste 285", f"Vu d’abord – {isolated('Bonjour Marie !')}")
    assert window.seen["focus"] == "Pourquoi ?"
    keyboard.type("merci")
    window.wait_for_text(f"Bonjour Marie{NB}: merci{NN}!")
    window.wait_for_words("23 caractères sur 300", "il en reste 277")


def test_editing_the_text_changes_the_counter(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window("--limit", "20")
    keyboard.press("alt+t", "ctrl+End")
    keyboard.type(" Hi")
    window.wait_for_words("18 caractères sur 20", f"presque plein{NB}: il en reste 2")
    keyboard.type("go!")
    window.wait_for_words("21 caractères sur 20", "trop long de 1")
    keyboard.press("BackSpace")
    window.wait_for_words("20 caractères sur 20", f"plein{NB}: il ne reste rien")


def test_ctrl_enter_copies_the_text_prints_it_and_closes(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard, display: Display
) -> None:
    window = open_window()
    # Right after the last key: the text that is copied is the one that was filled in.
    keyboard.type("merci")
    keyboard.press("ctrl+Return")
    assert window.ended() == (0, f"Bonjour Marie{NB}: merci{NN}!\n", "")
    # The window is gone, and what was copied stays.
    assert display.copied() == f"Bonjour Marie{NB}: merci{NN}!"


def test_the_button_copies_too(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard, display: Display
) -> None:
    window = open_window()
    keyboard.press("alt+c")
    assert window.ended() == (0, f"Bonjour Marie{NN}!\n", "")
    assert display.copied() == f"Bonjour Marie{NN}!"


@pytest.mark.parametrize("keys", ["Escape", "alt+f"])
def test_a_window_that_is_closed_copies_and_prints_nothing(
    keys: str, open_window: Callable[..., WritingWindow], keyboard: Keyboard, display: Display
) -> None:
    display.copy("before")
    window = open_window()
    keyboard.type("merci")
    keyboard.press(keys)
    assert window.ended() == (130, "", "")
    assert display.copied() == "before"


def test_the_frames_own_button_closes_too(open_window: Callable[..., WritingWindow], display: Display) -> None:
    window = open_window()
    display.close_window("Marie Dupont – Petite note – motjuste")
    assert window.ended() == (130, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_in_the_terminal_closes_the_window(
    number: signal.Signals, open_window: Callable[..., WritingWindow]
) -> None:
    window = open_window()
    window.process.send_signal(number)
    assert window.ended() == (130, "", "")


def test_a_text_that_is_too_long_is_said_to_be_and_not_copied_until_it_is_shortened(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard, display: Display
) -> None:
    display.copy("before")
    window = open_window("--limit", "20")
    keyboard.type("merci pour hier")
    window.wait_for_text(f"Bonjour{NB}: merci pour hier{NN}!")
    window.wait_for_words("27 caractères sur 20", "trop long de 7")
    assert window.seen["underlined"] == [f" hier{NN}!"]
    keyboard.press("ctrl+Return")
    window.wait_for_words(
        f"Rien n’a été copié{NB}: le texte est trop long de 7. Raccourcissez-le, ou ce que vous avez rempli."
    )
    assert display.copied() == "before"
    keyboard.press("alt+t", "ctrl+End", *["BackSpace"] * 7)
    window.wait_for_text(f"Bonjour{NB}: merci pour")
    keyboard.press("ctrl+Return")
    assert window.ended() == (0, f"Bonjour{NB}: merci pour\n", "")
    assert display.copied() == f"Bonjour{NB}: merci pour"


def test_own_words_stay_when_a_field_is_filled_in_and_come_back_after_writing_anew(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window()
    keyboard.press("alt+t", "ctrl+End")
    keyboard.type(" Hello")
    window.wait_for_text(f"Bonjour Marie{NN}! Hello")
    keyboard.press("alt+p")
    keyboard.type("merci")
    window.wait(lambda seen: any("sont gardés" in each for each in seen["words"]), "nothing is said")
    assert window.seen["text"] == f"Bonjour Marie{NN}! Hello"
    keyboard.press("alt+n")
    window.wait_for_text(f"Bonjour Marie{NB}: merci{NN}!")
    # What the fields make of the text from now on is no further step.
    keyboard.press("alt+p", "End")
    keyboard.type(" a", gap=HUMAN)
    keyboard.type(" toi", gap=HUMAN)
    window.wait_for_text(f"Bonjour Marie{NB}: merci a toi{NN}!")
    keyboard.press("alt+t", "ctrl+z")
    window.wait_for_text(f"Bonjour Marie{NN}! Hello")


def test_own_words_are_not_lost_by_one_key(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window()
    keyboard.press("alt+t", "ctrl+End")
    keyboard.type(" Hello")
    window.wait_for_text(f"Bonjour Marie{NN}! Hello")
    keyboard.press("Escape")
    window.wait(lambda seen: any("pas encore copiés" in each for each in seen["words"]), "nothing is said")
    keyboard.press("Escape")
    assert window.ended() == (130, "", "")


def test_a_wording_is_chosen_with_the_keyboard_and_let_go_again(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window()
    keyboard.press("alt+r")
    window.wait(lambda seen: seen["focus"] == "Formulations", "the list has no keyboard")
    keyboard.press("Down", "Down", "Return")
    window.wait_for_text(f"Bonjour{NN}!")
    keyboard.press("alt+m")
    window.wait_for_text(f"Bonjour Marie{NN}!")


def test_another_language_keeps_what_was_filled_in(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window()
    keyboard.type("merci")
    keyboard.press("alt+l", "Down", "Down")
    window.wait_for_text("Hello Marie: merci!")
    window.wait_for_words("&Why?")


def test_tab_leads_through_everything_in_order(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window()
    order = ["Texte", "Formulations", "&Fermer", "&Copier", "Langue", "Destination", "Pourquoi ?"]
    reached = []
    for _ in order:
        before = window.seen["focus"]
        keyboard.press("Tab")
        reached.append(window.wait(lambda seen, before=before: seen["focus"] != before, "Tab leads nowhere")["focus"])
    assert reached == order


def test_a_message_that_asks_nothing_begins_in_its_text(
    open_window: Callable[..., WritingWindow], home: Path, keyboard: Keyboard
) -> None:
    (home / "templates" / "fr" / "petite.txt").write_text("---\ntitle: Petite note\n---\nMerci ($|$)\n", "utf-8")
    window = open_window()
    assert window.seen["focus"] == "Texte"
    keyboard.type("toi")
    window.wait_for_text("Merci (toi)")
    window.wait_for_words("11 caractères")


def test_what_has_the_keyboard_is_in_sight_in_a_narrow_window_too(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window(QT_SCALE_FACTOR="3")
    for key, reached in (("alt+r", "Formulations"), ("alt+p", "Pourquoi ?"), ("alt+t", "Texte")):
        keyboard.press(key)
        seen = window.wait(lambda seen, reached=reached: seen["focus"] == reached, f"{key} leads elsewhere")
        assert seen["in sight"]


def test_what_is_copied_by_hand_keeps_its_no_break_spaces(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard, display: Display
) -> None:
    open_window("--set", "reason=merci")
    keyboard.press("alt+t", "ctrl+a", "ctrl+c")
    wait_until(lambda: display.copied() == f"Bonjour Marie{NB}: merci{NN}!", display.copied)


def test_a_card_is_words_and_never_markup(
    open_window: Callable[..., WritingWindow], home: Path, keyboard: Keyboard
) -> None:
    work = "<b>Radio</b> & <img src='x'> سارة"
    card = CARD.format("Marie Dupont", "Dupont", "Marie", "fr").replace("LANG", f"ORG:{work}\r\nLANG")
    (home / "marie.vcf").write_text(card, "utf-8", newline="")
    note = NOTE.replace("Petite note", "'<i>Note</i> [*]'").replace("Pourquoi ?", "<u>Why & how</u> ?")
    (home / "templates" / "fr" / "petite.txt").write_text(note, encoding="utf-8")
    window = open_window(title="Marie Dupont – <i>Note</i> [*] – motjuste")
    window.wait_for_words(isolated(work), "<i>Note</i> [*]", "<&u>Why && how</u> ?")
    assert window.seen["markup"] == []


def test_whoever_writes_english_reads_english(
    open_window: Callable[..., WritingWindow], home: Path, keyboard: Keyboard
) -> None:
    (home / "profile.toml").write_text('name = "Camille Roy"\nlanguage = "en"\n', encoding="utf-8")
    (home / "marie.vcf").write_text(CARD.format("Marie Dupont", "Dupont", "Marie", "en"), "utf-8", newline="")
    window = open_window(title="Marie Dupont – Small note – motjuste")
    window.wait_for_words("12 of 300 characters", "288 left", "because you named this person (marie.vcf)")


def test_own_words_are_in_the_document_too(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window("--json")
    keyboard.press("alt+t", "ctrl+a")
    keyboard.type("Hello")
    keyboard.press("ctrl+Return")
    code, out, noise = window.ended()
    document = json.loads(out)
    assert (code, noise) == (0, "")
    assert [document[key] for key in ("text", "length", "limit", "parts", "fit")] == ["Hello", 5, 300, [], []]


def test_without_a_clipboard_tool_the_window_says_so_and_stays(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard
) -> None:
    window = open_window(PATH="/nowhere")
    keyboard.press("ctrl+Return")
    window.wait(
        lambda seen: any("no clipboard tool was found" in each for each in seen["words"]), "nothing is said"
    )
    keyboard.press("Escape")
    assert window.ended()[:2] == (130, "")


def test_what_was_copied_in_the_window_does_not_stand_in_the_way_of_a_slow_clipboard(
    open_window: Callable[..., WritingWindow], keyboard: Keyboard, display: Display, home: Path
) -> None:
    tools = home / "tools"
    tools.mkdir()
    # As on a busy machine: the tool has ended, and asks for the clipboard only then.
    slow = f"""#!/bin/sh
case "$*" in *-o*) exec {program("xclip")} "$@";; esac
cat >{home}/copied; (sleep 0.3; exec {program("xclip")} "$@" <{home}/copied) >/dev/null 2>&1 &
"""
    (tools / "xclip").write_text(slow, encoding="utf-8")
    (tools / "xclip").chmod(0o755)
    for tool in ("which", "cat", "sleep", "uname"):
        (tools / tool).symlink_to(program(tool))
    window = open_window(PATH=str(tools))
    keyboard.press("alt+t", "ctrl+a", "ctrl+c")
    wait_until(lambda: display.copied() == f"Bonjour Marie{NN}!", display.copied)
    keyboard.press("End")
    keyboard.type("!")
    keyboard.press("ctrl+Return")
    assert window.ended() == (0, f"Bonjour Marie{NN}!!\n", "")
    assert display.copied() == f"Bonjour Marie{NN}!!"


def test_a_display_that_does_not_answer_is_said_in_one_line(display: Display, home: Path) -> None:
    command = [Path(sys.executable).with_name("motjuste"), "fill", "petite", home / "marie.vcf", "--window"]
    env = display.env | {"MOTJUSTE_HOME": str(home), "DISPLAY": ":973"}
    done = subprocess.run(
        list(map(str, command)), env=env, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "", "motjuste: the display ':973' does not answer, so no window can open; "
        "leave --window out to write it in the terminal\n",
    )  # fmt: skip
