"""templates new, edit and diff: one's own templates, with a real editor program and a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from terminal import Editor, Ended, Motjuste, saving

from motjuste.adapters.template_files import shipped_folder

SHIPPED = shipped_folder() / "fr" / "ask.txt"
SOUND = "---\ntitle: Oui\nchannel: none\n---\nMerci de lire.\n"
FAULTY = "---\ntitle: Oui\nchannel: none\n---\nMerci de de lire.\n"
TOLD = "5: a doubled word: 'Merci de de lire.' (nobody, an empty profile, fr-FR) [doubled-word]"


def own(home: Path, name: str = "ask", text: str = SOUND, language: str = "fr") -> Path:
    path = home / "templates" / language / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _as_a_person_starts_it() -> None:
    """The terminal's keys reach the program, also where these tests run in the background, deaf to Ctrl+C."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """`motjuste` at a terminal of its own; `told` is what was shown there. Text alone goes to a pipe."""

    def __init__(self, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        self.told = ""
        self._answered = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "motjuste", *arguments],
            stdin=theirs,
            stderr=theirs,
            stdout=subprocess.PIPE,
            env=os.environ,
            start_new_session=True,
            preexec_fn=_as_a_person_starts_it,
        )
        os.close(theirs)

    def answer(self, question: str, keys: str) -> None:
        """Wait for the question, then type."""
        while (at := self.told.find(question, self._answered)) < 0:
            assert self._read(), f"{question!r} was not asked: {self.told}"
        self._answered = at + len(question)
        os.write(self._ours, keys.encode())

    def end(self) -> Ended:
        while self._read():
            pass
        out, _ = self._process.communicate(timeout=60)
        os.close(self._ours)
        return Ended(self._process.returncode, out.decode(), self.told.replace("\r\n", "\n"))

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 60)
        try:
            data = os.read(self._ours, 4096) if ready else b""
        except OSError:  # the other side is closed
            data = b""
        self.told += data.decode("utf-8", "replace")
        return bool(data)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow any more: what a full disk does, also to the superuser."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# --- new -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en", "es", "fr-CA", "es-MX"])
@pytest.mark.parametrize("channel", ["linkedin-note", "sms", "email-subject", "x-post", "none"])
def test_a_new_template_is_in_order_and_can_be_used(
    motjuste: Motjuste, profile: Path, language: str, channel: str
) -> None:
    arguments = ("--lang", language, "--channel", channel, "--trigger", "xmerci", "--title", 'Dire "merci" : \\o/')
    made = motjuste("templates", "new", "dire-merci", *arguments)
    path = profile.parent / "templates" / language / "dire-merci.txt"
    assert made == Ended(
        0, f"{path}\n", "change it with 'motjuste templates edit dire-merci', or in any text editor\n"
    )
    assert motjuste("templates", "check", str(path)) == Ended(0, "1 template, all in order\n", "")
    listed = motjuste("templates", "list", "--json").document["templates"]
    [mine] = [each for each in listed if each["name"] == "dire-merci"]
    assert (mine["title"], mine["triggers"], mine["channel"]) == ('Dire "merci" : \\o/', ["xmerci"], channel)


def test_a_new_template_without_options_goes_by_its_name(motjuste: Motjuste, profile: Path) -> None:
    path = profile.parent / "templates" / "fr" / "dire-merci.txt"
    made = motjuste("templates", "new", "dire-merci", "--json")
    assert (made.code, made.document) == (0, {"path": str(path), "name": "dire-merci", "language": "fr"})
    listed = motjuste("templates", "list", "--json").document["templates"]
    [mine] = [each for each in listed if each["name"] == "dire-merci"]
    assert (mine["title"], mine["triggers"], mine["channel"]) == ("Dire merci", [], "linkedin-message")
    assert motjuste("fill", "dire-merci").out == "Bonjour,\n\nmerci de votre réponse, et à bientôt\u202f!\n\nCamille\n"


def test_a_file_that_is_there_is_never_touched(motjuste: Motjuste, home: Path) -> None:
    path = own(home, "merci", "anything")
    done = motjuste("templates", "new", "merci")
    assert done == Ended(
        1, "", f"motjuste: {path} is there already; change it with 'motjuste templates edit merci --lang fr'\n"
    )
    assert path.read_text("utf-8") == "anything"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "a new template needs a name; say it: motjuste templates new NAME"),
        (
            ["a/b"],
            1,
            "'a/b' cannot be a template's name; use letters, digits and hyphens, such as thanks-for-the-call",
        ),
        (
            ["_piece"],
            1,
            "'_piece' cannot be a template's name; use letters, digits and hyphens, such as thanks-for-the-call",
        ),
        (["ask"], 1, "'ask' ships with motjuste; 'motjuste templates edit ask --lang fr' makes your own copy of it"),
        (["x", "--lang", "fx"], 1, "unknown language 'fx'; use one of en, es, fr"),
        (["x", "--lang", "fr-ca"], 1, "unknown language 'fr-ca'; use one of en, es, fr"),
        (["x", "--channel", "smss"], 1, "unknown channel 'smss' (nearest: 'sms'); use one of "),
        (["x", "--trigger", "a b"], 1, "'a b' cannot be a trigger; use one word without spaces"),
        (["x", "--trigger", "declin"], 1, "'declin' is a trigger of 'decline' already; choose another one"),
    ],
)
def test_what_cannot_be_made_is_told_in_a_line(
    motjuste: Motjuste, home: Path, arguments: list[str], code: int, told: str
) -> None:
    done = motjuste("templates", "new", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert done.err.startswith(f"motjuste: {told}")
    assert not (home / "templates").exists()


def test_a_new_template_on_a_full_disk_leaves_nothing_behind(motjuste: Motjuste, home: Path) -> None:
    folder = home / "templates" / "fr"
    with full_disk():
        done = motjuste("templates", "new", "merci")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"motjuste: {folder / 'merci.txt'} could not be made: file too large; make room, then try again\n"
    )
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch) -> None:
    # /proc refuses new files to everybody, the superuser included.
    monkeypatch.setenv("MOTJUSTE_HOME", "/proc/motjuste")
    for command in (["new", "merci"], ["edit", "ask"]):
        done = motjuste("templates", *command)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert done.err.startswith("motjuste: the folder /proc/motjuste")


def test_at_a_terminal_a_new_template_is_asked_for(profile: Path, home: Path, motjuste: Motjuste) -> None:
    terminal = Terminal("templates", "new")
    terminal.answer("Language? [fr]\r\n", "\n")
    terminal.answer("Name, for the file and the commands?\r\n", "a/b\n")
    terminal.answer("cannot be a template's name", "")
    terminal.answer("Name, for the file and the commands?\r\n", "merci\n")
    terminal.answer("Title, for lists? [Merci]\r\n", "Un merci\n")
    terminal.answer("sms, email-subject, none) [linkedin-message]\r\n", "smss\n")
    terminal.answer("unknown channel 'smss' (nearest: 'sms')", "")
    terminal.answer("sms, email-subject, none) [linkedin-message]\r\n", "\n")
    terminal.answer("What do you type to have it? (nothing: no trigger)\r\n", "xmerci\n")
    done = terminal.end()
    path = home / "templates" / "fr" / "merci.txt"
    assert (done.code, done.out) == (0, f"{path}\n")
    assert 'title: "Un merci"\n' in path.read_text("utf-8")
    assert 'triggers: ["xmerci"]\nchannel' in path.read_text("utf-8").replace(
        "# Où va le texte, et donc combien de place il a :\n", ""
    )


@pytest.mark.parametrize("keys", ["\x03", "\x04"], ids=["Ctrl+C", "Ctrl+D"])
def test_who_gives_up_at_a_question_has_written_nothing(profile: Path, home: Path, keys: str) -> None:
    terminal = Terminal("templates", "new", "merci", "--lang", "fr")
    terminal.answer("Title, for lists?", keys)
    done = terminal.end()
    assert (done.code, done.out, "Traceback" in done.err) == (130, "", False)
    assert not (home / "templates").exists()


# --- edit ------------------------------------------------------------------------------------------------


def test_an_edit_begins_with_the_template_that_ships(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    editor('cat "$1" >&2; printf "\\n{# mine #}\\n" >> "$1"')
    done = motjuste("templates", "edit", "ask", "--lang", "fr")
    path = home / "templates" / "fr" / "ask.txt"
    assert done == Ended(0, f"{path}\n", "all in order\n")
    assert path.read_text("utf-8") == SHIPPED.read_text("utf-8") + "\n{# mine #}\n"
    assert motjuste("templates", "path", "ask", "--lang", "fr").out == f"{path}\n"


def test_an_edit_goes_on_with_ones_own_file(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    path = own(home)
    editor('sed -i s/lire/dire/ "$1"')
    assert motjuste("templates", "edit", "ask") == Ended(0, f"{path}\n", "all in order\n")
    assert path.read_text("utf-8") == SOUND.replace("lire", "dire")


def test_a_copy_that_was_not_changed_is_not_kept(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    editor("true")
    done = motjuste("templates", "edit", "ask")
    assert done == Ended(0, "", "nothing was changed: 'ask' stays the one that ships\n")
    assert not (home / "templates" / "fr" / "ask.txt").exists()
    path = own(home, text=SHIPPED.read_text("utf-8"))
    assert motjuste("templates", "edit", "ask") == Ended(0, f"{path}\n", "all in order\n")
    assert path.exists()


def test_an_edit_without_a_terminal_tells_what_is_wrong(
    motjuste: Motjuste, home: Path, editor: Editor
) -> None:
    editor(saving(FAULTY))
    path = home / "templates" / "fr" / "ask.txt"
    assert motjuste("templates", "edit", "ask") == Ended(1, f"{path}\n", f"{path}:{TOLD}\n")
    assert path.read_text("utf-8") == FAULTY


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\ntitel: A\n---\nA", "{path}:2: unknown key 'titel' in front matter (nearest: 'title'); "),
        ("{% if tu %}", "{path}:1: 'if' is never closed; "),
        ("caf\udce9", "{path}:1: this is not UTF-8 text (byte 0xe9); save the file as UTF-8"),
    ],
)
def test_a_broken_file_of_ones_own_can_be_opened_and_mended(
    motjuste: Motjuste, home: Path, editor: Editor, text: str, told: str
) -> None:
    path = own(home, "merci", "")
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    editor("true")
    done = motjuste("templates", "edit", "merci")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert done.err.startswith(told.format(path=path))
    editor(saving(SOUND))
    assert motjuste("templates", "edit", "merci") == Ended(0, f"{path}\n", "all in order\n")


def test_a_piece_that_others_share_can_be_edited(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    editor('echo "{# mine #}" >> "$1"')
    path = home / "templates" / "fr" / "_common.txt"
    assert motjuste("templates", "edit", "_common") == Ended(0, f"{path}\n", "all in order\n")


def test_visual_comes_before_editor_and_may_have_options(
    motjuste: Motjuste, home: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own(home)
    program = editor(f'echo "$@" > {home}/called')
    monkeypatch.setenv("VISUAL", f"'{program}' --wait")
    monkeypatch.setenv("EDITOR", "false")
    assert motjuste("templates", "edit", "ask").code == 0
    assert (home / "called").read_text("utf-8") == f"--wait {path}\n"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "no editor is set in VISUAL or EDITOR; set one (EDITOR=nano), or open {path} yourself"),
        (" ", "no editor is set in VISUAL or EDITOR; set one (EDITOR=nano), or open {path} yourself"),
        (
            "/no/such --wait",
            "the editor '/no/such' cannot be started: no such file or directory; "
            "set EDITOR to one that you have, or open {path} yourself",
        ),
        ("false", "the editor 'false' failed with 1; try another one in EDITOR, or open {path} yourself"),
        (
            "'nano",
            "EDITOR is \"'nano\", in which a quotation mark is not closed; "
            "write the editor as in a terminal: EDITOR='nano'",
        ),
    ],
)
def test_an_editor_that_is_not_there_is_told_in_a_line(
    motjuste: Motjuste, home: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, told: str
) -> None:
    path = home / "templates" / "fr" / "ask.txt"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    if value is not None:
        monkeypatch.setenv("EDITOR", value)
    assert motjuste("templates", "edit", "ask") == Ended(1, "", f"motjuste: {told.format(path=path)}\n")
    assert not path.exists()


@pytest.mark.parametrize("command", ["edit", "diff"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("aks", "unknown template 'aks' (nearest: 'ask'); see 'motjuste templates list'"),
        ("../fr/ask", "unknown template '../fr/ask'; see 'motjuste templates list'"),
    ],
)
def test_a_name_that_is_unknown_is_told_with_the_nearest(
    motjuste: Motjuste, home: Path, editor: Editor, command: str, name: str, told: str
) -> None:
    editor("true")
    assert motjuste("templates", command, name) == Ended(1, "", f"motjuste: {told}\n")


def test_an_edit_on_a_full_disk_leaves_nothing_behind(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    editor("true")
    with full_disk():
        done = motjuste("templates", "edit", "ask")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert list((home / "templates" / "fr").iterdir()) == []


def test_a_file_that_the_editor_deleted_is_told(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    path = own(home)
    editor('rm "$1"')
    assert motjuste("templates", "edit", "ask") == Ended(1, f"{path}\n", f"{path} is not there any more\n")


def test_at_a_terminal_one_edits_until_all_is_in_order(home: Path, profile: Path, editor: Editor) -> None:
    path = own(home)
    editor(f'if [ -e {home}/second ]; then {saving(SOUND)}\nelse touch {home}/second; {saving(FAULTY)}\nfi')
    terminal = Terminal("templates", "edit", "ask")
    terminal.answer(TOLD, "")
    terminal.answer("Edit it again? [Y/n]", "\n")
    done = terminal.end()
    assert (done.code, done.out, done.err.endswith("all in order\n")) == (0, f"{path}\n", True)
    assert path.read_text("utf-8") == SOUND


@pytest.mark.parametrize(("keys", "code", "out"), [("n\n", 1, "{path}\n"), ("\x03", 130, ""), ("\x04", 130, "")])
def test_at_a_terminal_one_may_leave_a_fault(
    home: Path, profile: Path, editor: Editor, keys: str, code: int, out: str
) -> None:
    path = own(home)
    editor(saving(FAULTY))
    terminal = Terminal("templates", "edit", "ask")
    terminal.answer("Edit it again? [Y/n]", keys)
    done = terminal.end()
    assert (done.code, done.out, "Traceback" in done.err) == (code, out.format(path=path), False)
    assert path.read_text("utf-8") == FAULTY


def test_ctrl_c_is_the_editors_own(home: Path, profile: Path, editor: Editor) -> None:
    path = own(home)
    editor(f"trap 'echo caught >&2; read line; {saving(SOUND)}\nexit 0' INT\necho open >&2\nread line; read line")
    terminal = Terminal("templates", "edit", "ask")
    terminal.answer("open", "\x03")
    terminal.answer("caught", "\n")
    done = terminal.end()
    assert (done.code, done.out) == (0, f"{path}\n")


def test_an_editor_that_ctrl_c_ended_ends_the_edit(home: Path, profile: Path, editor: Editor) -> None:
    editor("echo open >&2; read line")
    terminal = Terminal("templates", "edit", "ask")
    terminal.answer("open", "\x03")
    done = terminal.end()
    assert (done.code, done.out, "Traceback" in done.err) == (130, "", False)
    assert not (home / "templates" / "fr" / "ask.txt").exists()


# --- diff ------------------------------------------------------------------------------------------------


def test_a_diff_shows_what_ones_own_says_otherwise(motjuste: Motjuste, home: Path) -> None:
    lines = SHIPPED.read_text("utf-8").splitlines()
    path = own(home, text="\n".join([lines[0], "title: À moi", *lines[2:]]) + "\n")
    expected = "\n".join(
        [
            f"--- {SHIPPED}",
            f"+++ {path}",
            "@@ -1,5 +1,5 @@",
            " ---",
            f"-{lines[1]}",
            "+title: À moi",
            *(f" {line}" for line in lines[2:5]),
        ]
    )
    assert motjuste("templates", "diff", "ask") == Ended(0, f"{expected}\n", "")
    assert motjuste("templates", "diff") == Ended(0, f"{expected}\n", "")
    assert motjuste("templates", "diff", "ask", "--json").document == {
        "diffs": [{"template": "fr/ask", "own": str(path), "shipped": str(SHIPPED), "diff": expected}]
    }


def test_a_diff_of_all_leaves_out_what_is_only_ones_own(motjuste: Motjuste, home: Path) -> None:
    own(home, "merci")
    note = "no template of your own stands in place of one that ships\n"
    assert motjuste("templates", "diff") == Ended(0, "", note)
    own(home, "ask", "Oui.", "en")
    assert motjuste("templates", "diff", "--lang", "fr") == Ended(0, "", note)
    assert [each["template"] for each in motjuste("templates", "diff", "--json").document["diffs"]] == ["en/ask"]


def test_a_copy_that_says_the_same_has_no_diff(motjuste: Motjuste, home: Path) -> None:
    own(home, text=SHIPPED.read_text("utf-8"))
    assert motjuste("templates", "diff", "ask") == Ended(0, "", "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("merci", "'merci' is yours alone: nothing ships under that name; see it with 'motjuste templates show merci'"),
        (
            "decline",
            "you have no 'decline' of your own: it is the one that ships; "
            "'motjuste templates edit decline' makes your own copy of it",
        ),
    ],
)
def test_a_diff_needs_two_files(motjuste: Motjuste, home: Path, name: str, told: str) -> None:
    own(home, "merci")
    assert motjuste("templates", "diff", name) == Ended(1, "", f"motjuste: {told}\n")
