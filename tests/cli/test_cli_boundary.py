"""Every end of the program is an exit code and at most one line: what bad input, full disks and closed pipes get."""

from __future__ import annotations

import os
import pty
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from terminal import Motjuste, Shell, card

from motjuste.cli.app import FILES

NOUNS = ("templates", "contacts", "inbox", "daemon", "config")


def _one_line(text: str) -> bool:
    return text.startswith("motjuste: ") and text.endswith("\n") and text.count("\n") == 1


# --- cards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(None, "cannot be read: no such file or directory", id="missing"),
        pytest.param(b"", "x.vcf", id="empty"),
        pytest.param(b"hello\n", "x.vcf:1: no vCard here", id="not a card"),
        pytest.param(b"\x00\xff\xfe\x01" * 50, "x.vcf", id="bytes"),
    ],
)
def test_a_missing_or_broken_card_is_one_line(
    motjuste: Motjuste, profile: Path, tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "x.vcf"
    if content is not None:
        path.write_bytes(content)
    done = motjuste("decline", str(path))
    assert (done.code, done.out) == (1, "")
    assert _one_line(done.err)
    assert told in done.err


def test_one_broken_card_in_a_file_is_told_and_the_other_is_used(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    path = tmp_path / "two.vcf"
    path.write_text("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n" + card(), "utf-8")
    done = motjuste("decline", str(path))
    assert done.code == 0
    assert done.out.startswith("Bonjour Marie,")
    assert done.err.startswith("motjuste: two.vcf:")


def test_a_name_that_looks_like_a_template_is_never_evaluated(motjuste: Motjuste, profile: Path) -> None:
    for name in (
        "{{ 7*7 }}",
        "{% for x in range(9) %}x{% endfor %}",
        "{{ me.name }} Dupont",
        "{# a #} Dupont",
    ):
        done = motjuste("decline", "-", stdin=card(name))
        assert done.code == 0
        assert "49" not in done.out
        assert "xxx" not in done.out
        assert "Camille Roy Dupont" not in done.out


UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


@pytest.mark.parametrize(
    "arguments", [["decline", "-"], ["decline", "-", "--explain"], ["contacts", "show", "-"]]
)
def test_a_card_cannot_change_a_terminal_or_press_a_key(
    motjuste: Motjuste, profile: Path, arguments: list[str]
) -> None:
    name = "Mar\x1b[31mie\x07\r\\nDup\u202eont\u2066\x9b2J\u2028"
    done = motjuste(*arguments, stdin=card(name, note="a\x1bb\\nc"))
    assert done.code == 0
    assert not UNSAFE.search(done.out + done.err)


def test_a_name_with_line_ends_stays_on_one_line(motjuste: Motjuste, profile: Path) -> None:
    text = motjuste("decline", "-", stdin=card("Marie\\nEnter\\nDupont")).out
    assert text.split("\n")[0].startswith("Bonjour ")
    assert text.split("\n")[1] == ""


def test_what_is_typed_wrongly_cannot_change_a_terminal(motjuste: Motjuste, profile: Path) -> None:
    for arguments in (
        ["decl\x1b[31m"],
        ["invite", "\x1b]0;x\x07"],
        ["decline", "--set", "a\x1b=b"],
        ["fill", "\x9bx"],
    ):
        done = motjuste(*arguments)
        assert done.code in (1, 2, 4)
        assert not UNSAFE.search(done.err)


def test_a_field_is_data_too(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    done = motjuste("invite", str(marie), "--set", "reason=votre \x1b[31mlivre {{ 7*7 }}")
    assert done.code == 0
    assert "{{ 7*7 }}" in done.out
    assert "\x1b" not in done.out
    fields = motjuste("invite", str(marie), "--json", "--set", "reason=a\x1b\u202eb\x07").document["fields"]
    assert not UNSAFE.search(fields["reason"])


def test_a_files_name_cannot_change_a_terminal(motjuste: Motjuste, home: Path, profile: Path) -> None:
    folder = home / "templates" / "fr"
    folder.mkdir(parents=True)
    (folder / "a\x1b[31m\u202e.md").write_text("", "utf-8")
    done = motjuste("templates", "list")
    assert done.err.count("\n") == 1
    assert not UNSAFE.search(done.err)


# --- disks and streams -----------------------------------------------------------------------------------


def test_a_full_disk_behind_stdout_is_one_line(shell: Shell, profile: Path) -> None:
    done = shell("motjuste decline > /dev/full")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1] == "motjuste: no space left on device"
    assert "Traceback" not in done.err
    assert "Exception ignored" not in done.err


def test_a_closed_stdout_is_one_line(shell: Shell, profile: Path, marie: Path) -> None:
    done = shell(f"motjuste decline {marie} >&-")
    assert done.code == 1
    assert _one_line(done.err)


def test_a_closed_stderr_does_not_cost_the_text(shell: Shell, profile: Path) -> None:
    done = shell("motjuste decline 2>&-")
    assert done.code == 0
    assert done.out.startswith("Bonjour,")


def test_a_full_disk_behind_stderr_changes_nothing_else(shell: Shell, profile: Path) -> None:
    done = shell("motjuste decline nobody.vcf 2> /dev/full")
    assert (done.code, done.out) == (1, "")


def test_a_reader_that_leaves_is_no_error_message(profile: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "motjuste", "templates", "list"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=os.environ,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_closed_stdin_has_no_card(shell: Shell, profile: Path) -> None:
    done = shell("motjuste decline - <&-")
    assert (done.code, done.out) == (1, "")
    assert _one_line(done.err)


def test_a_message_is_utf8_whatever_the_locale_says(shell: Shell, profile: Path, marie: Path) -> None:
    done = shell(f"LC_ALL=C PYTHONIOENCODING=ascii motjuste decline {marie}")
    assert done.code == 0
    assert "Carnets d’atelier" in done.out


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow any more: what a full disk does, also to the superuser.

    Not a fixture: pytest writes down a test's result before its fixtures end, and that may go to a file.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing(motjuste: Motjuste, home: Path, marie: Path, tmp_path: Path) -> None:
    motjuste("contacts", "import", str(marie))
    kept = {path: path.read_bytes() for path in (home / "contacts").iterdir()}
    more = tmp_path / "more.vcf"
    more.write_text(
        card("Paul Durand") + card(org="Atelier Nord", email="marie@example.org", tel="+33 1"), "utf-8"
    )
    with full_disk():
        done = motjuste("contacts", "import", str(more))
    assert (done.code, done.out) == (1, "")
    assert _one_line(done.err)
    assert "could not be saved" in done.err
    assert {path: path.read_bytes() for path in (home / "contacts").iterdir()} == kept


def test_a_full_disk_does_not_cost_a_message(
    motjuste: Motjuste,
    profile: Path,
    marie: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with full_disk():
        done = motjuste("decline", str(marie))
    assert (done.code, done.err) == (0, "")


def test_a_folder_that_cannot_be_written_is_one_line(
    motjuste: Motjuste, marie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # /proc refuses new files to everybody, the superuser included.
    monkeypatch.setenv("MOTJUSTE_HOME", "/proc/motjuste")
    for arguments in (["contacts", "import", str(marie)], ["contacts", "use", str(marie)]):
        done = motjuste(*arguments)
        assert (done.code, done.out) == (1, "")
        assert _one_line(done.err)
    assert motjuste("decline", str(marie)).code == 0


def test_a_file_where_the_folder_should_be_is_one_line(motjuste: Motjuste, home: Path, marie: Path) -> None:
    (home / "contacts").write_text("", "utf-8")
    done = motjuste("contacts", "import", str(marie))
    assert (done.code, done.out) == (1, "")
    assert _one_line(done.err)


# --- faults and interruptions ----------------------------------------------------------------------------


def test_an_interruption_is_exit_130_without_a_word(
    motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("motjuste.cli.messages.desk", interrupt)
    done = motjuste("decline")
    assert (done.code, done.out, done.err) == (130, "", "")


def test_a_fault_of_ours_is_one_line_that_says_how_to_see_it(
    motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("motjuste.cli.messages.desk", fail)
    done = motjuste("decline")
    assert (done.code, done.out) == (1, "")
    assert _one_line(done.err)
    assert "ZeroDivisionError" in done.err
    assert "MOTJUSTE_DEBUG=1" in done.err
    assert "secret" not in done.err
    monkeypatch.setenv("MOTJUSTE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        motjuste("decline")


# --- help and usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize("command", ["", *FILES])
def test_help_reads_well(
    motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch, command: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = motjuste(*command.split(), "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: motjuste {command}".rstrip())
    assert max(map(len, done.out.splitlines())) <= 80
    assert not re.search("completion|[╭│─]|<str>|<bool>|list\\[", done.out)


def test_without_a_command_there_is_help(motjuste: Motjuste) -> None:
    assert motjuste().out == motjuste("--help").out == motjuste("-h").out


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_alone_is_wrong_usage(motjuste: Motjuste, noun: str) -> None:
    done = motjuste(noun)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"motjuste: missing command; see 'motjuste {noun} --help'\n"


def test_a_wrong_option_names_the_command_whose_help_to_read(motjuste: Motjuste) -> None:
    assert motjuste("contacts", "list", "--jsn").err == (
        "motjuste: no such option: --jsn (Possible options: --json); see 'motjuste contacts list --help'\n"
    )
    assert motjuste("ask", "--set").err.endswith("; see 'motjuste ask --help'\n")


def test_the_version_is_told(motjuste: Motjuste) -> None:
    done = motjuste("--version")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"motjuste \d+\.\d+\.\d+\n", done.out)


def test_at_a_real_terminal_one_chooses_by_number(profile: Path, tmp_path: Path) -> None:
    cards = tmp_path / "two.vcf"
    cards.write_text(card("Marie Dupont") + card("Paul Durand"), "utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "motjuste", "decline", str(cards)],
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    os.close(theirs)
    os.write(ours, b"2\n")
    text, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert text.decode().startswith("Bonjour Paul,")


# --- without a desktop -----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "start"])
def test_without_a_display_the_daemon_says_so(motjuste: Motjuste, command: str) -> None:
    done = motjuste("daemon", command)
    assert (done.code, done.out) == (1, "")
    assert _one_line(done.err)
    assert "display" in done.err.lower()


def test_a_daemon_that_does_not_run_is_no_mystery(motjuste: Motjuste) -> None:
    status = motjuste("daemon", "status")
    assert (status.code, status.out) == (0, "not running\n")
    assert motjuste("daemon", "status", "--json").document == {"running": False}
    assert motjuste("daemon", "stop").code == 0
    for command in ("pause", "resume"):
        done = motjuste("daemon", command)
        assert (done.code, done.out, done.err) == (
            1,
            "",
            "motjuste: the daemon is not running; start it with 'motjuste daemon start'\n",
        )


def test_a_socket_that_was_left_behind_is_no_daemon(motjuste: Motjuste, home: Path) -> None:
    import socket

    (home / "state").mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(home / "state" / "daemon.sock"))
    assert motjuste("daemon", "status").out == "not running\n"


def test_the_doctor_tells_what_works_without_a_desktop(motjuste: Motjuste, profile: Path) -> None:
    done = motjuste("doctor", "--json")
    assert done.code == 0
    assert done.document["fine"] is True
    fine = {each["name"]: each["fine"] for each in done.document["findings"]}
    assert fine == {
        "folders": True,
        "profile": True,
        "triggers": True,
        "rules": True,
        "ledger": True,
        "policies": True,
        "display": False,
        "clipboard": False,
        "daemon": False,
    }
    lines = motjuste("doctor").out.splitlines()
    assert len(lines) == len(fine)
    assert "-   daemon     not running; start it with 'motjuste daemon start'" in lines


def test_with_a_display_that_is_dead_nothing_of_it_is_well(
    motjuste: Motjuste, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":9999")
    fine = {each["name"]: each["fine"] for each in motjuste("doctor", "--json").document["findings"]}
    assert (fine["display"], fine["clipboard"]) == (False, False)


def test_the_doctor_says_how_notices_come_to_be_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from motjuste.cli import doctor

    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt install libnotify-bin" in doctor._notices().says
    (tmp_path / "notify-send").touch(mode=0o755)
    assert doctor._notices().says == "shown by notify-send"


def test_the_doctor_names_what_is_broken(motjuste: Motjuste, home: Path, profile: Path) -> None:
    own = home / "templates" / "fr" / "mine.txt"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: X\n---\n{% if\n", "utf-8")
    profile.write_text("nam = 1\n", "utf-8")
    done = motjuste("doctor")
    assert done.code == 1
    rows = [row for row in done.out.splitlines() if row.startswith("NO") or "profile" in row]
    assert rows[0] == f"NO  profile    {profile}:1: unknown key 'nam'; did you mean 'name'?"
    assert rows[1].startswith(f"NO  files      {own}:4: ")
    assert len(rows) == 2


def test_showing_nobody_in_particular_shows_whom_the_next_messages_are_for(
    motjuste: Motjuste, home: Path, marie: Path
) -> None:
    nobody = motjuste("contacts", "show")
    assert (nobody.code, nobody.out) == (4, "")
    assert nobody.err == "motjuste: nobody is chosen; choose with 'motjuste contacts use NAME'\n"
    motjuste("contacts", "use", str(marie))
    assert motjuste("contacts", "show").out.startswith("Marie Dupont\n")


def test_state_files_are_for_their_owner_alone(home: Path) -> None:
    from motjuste.adapters.control import Instance

    Instance(home / "state" / "daemon.lock").close()
    assert (home / "state" / "daemon.lock").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("noun", NOUNS)
def test_what_a_command_does_is_told_to_the_end(motjuste: Motjuste, noun: str) -> None:
    assert "..." not in motjuste(noun, "--help").out.partition("Commands:")[2]


def test_the_doctor_notices_folders_that_cannot_be_written(
    motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTJUSTE_HOME", "/dev/null/motjuste")
    done = motjuste("doctor")
    assert done.code == 1
    assert done.out.startswith("NO  folders")


def test_the_doctor_notices_a_display_that_does_not_answer(shell: Shell, profile: Path) -> None:
    done = shell("DISPLAY=:987 motjuste doctor --json")
    assert done.code == 1
    (display,) = [each for each in done.document["findings"] if each["name"] == "display"]
    assert display["fine"] is False
    assert ":987" in display["says"]
