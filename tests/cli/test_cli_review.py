"""`motjuste inbox review` in a real terminal: started, left, killed, interrupted, and where it cannot draw."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from terminal import Motjuste, Shell
from whole_screen import Terminal

from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision

NAMES = ("Léa Petit", "Hugo Martin", "Ana Roy", "Paul Blanc")
REVIEW = ("inbox", "review", "--policy", "open-network")
LEAVES_THE_SCREEN = "\x1b[?1049l"


@pytest.fixture
def inbox(home: Path) -> Path:
    """Four invitations, which an open network accepts."""
    (home / "profile.toml").write_text('name = "Camille Roy"\nlanguage = "en"\n', "utf-8")
    own_mailroom().receive(
        Invitation(
            name=name,
            at=datetime(2026, 2, day, 9, 0),
            profile_url=f"linkedin.com/in/{name.lower().replace(' ', '-')}",
        )
        for day, name in enumerate(NAMES, 1)
    )
    return home


def states() -> dict[str, str]:
    return {state.invitation.name: state.name for state in own_mailroom().states().values()}


def test_one_decision_and_out(inbox: Path) -> None:
    with Terminal(REVIEW) as terminal:
        terminal.until("1 of 4", "Léa Petit", "ACCEPT")
        terminal.type("\r")
        terminal.until("2 of 4", "Léa Petit: accepted.", "Hugo Martin")
        terminal.type("q")
        assert terminal.ended() == 0
        assert terminal.settings == terminal.before
        assert LEAVES_THE_SCREEN in terminal.raw
    assert states() == dict.fromkeys(NAMES, "waiting") | {"Léa Petit": "accept"}


def test_a_review_that_is_killed_loses_nothing_and_goes_on_where_it_was(inbox: Path) -> None:
    with Terminal(REVIEW) as terminal:
        terminal.until("1 of 4")
        terminal.type("\r")
        terminal.until("Léa Petit: accepted.")
        terminal.type("n")
        terminal.until("3 of 4", "Ana Roy")
        place = inbox / "state" / "review.json"
        ana = next(id for id, state in own_mailroom().states().items() if state.invitation.name == "Ana Roy")
        while ana not in (place.read_text("utf-8") if place.exists() else ""):
            terminal._read(0.01)
        os.kill(terminal.process.pid, signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    assert states() == dict.fromkeys(NAMES, "waiting") | {"Léa Petit": "accept"}
    with Terminal(REVIEW) as terminal:
        terminal.until("2 of 3", "Ana Roy", "Back where you stopped.")
        terminal.type("u")
        terminal.until("Taken back: Léa Petit.")
        terminal.type("q")
        assert terminal.ended() == 0
    assert states() == dict.fromkeys(NAMES, "waiting")


def test_ctrl_c_puts_the_terminal_back_and_ends_with_130(inbox: Path) -> None:
    with Terminal(REVIEW) as terminal:
        terminal.until("1 of 4")
        terminal.type("\r")
        terminal.until("Léa Petit: accepted.")
        terminal.type("\x03")
        assert terminal.ended() == 130
        assert terminal.settings == terminal.before
        assert LEAVES_THE_SCREEN in terminal.raw
    assert states()["Léa Petit"] == "accept"


def test_a_signal_puts_the_terminal_back(inbox: Path) -> None:
    for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        with Terminal(REVIEW) as terminal:
            terminal.until("1 of 4")
            os.kill(terminal.process.pid, number)
            assert terminal.ended() == code
            assert terminal.settings == terminal.before
            assert LEAVES_THE_SCREEN in terminal.raw


def test_the_terminals_own_colours_are_used_and_none_where_none_are_wanted(inbox: Path) -> None:
    colours: dict[str, set[str]] = {}
    for environment in ({}, {"NO_COLOR": "1"}):
        with Terminal(REVIEW, environment) as terminal:
            terminal.until("ACCEPT")
            terminal.type("q")
            assert terminal.ended() == 0
        codes = re.findall(r"\x1b\[([\d;]*)m", terminal.raw)
        colours[",".join(environment)] = {
            code for each in codes for code in re.findall(r"[34]8;[25]|\b3[0-7]\b", each)
        }
    assert colours == {"": {"32"}, "NO_COLOR": set()}


def test_what_another_program_decided_meanwhile_is_noticed(inbox: Path) -> None:
    with Terminal(REVIEW) as terminal:
        terminal.until("1 of 4")
        room = own_mailroom()
        (lea,) = [each.invitation for each in room.states().values() if each.invitation.name == "Léa Petit"]
        room.decide([Decision(lea, Verdict(verdict="decline"))])
        terminal.type("\r")
        terminal.until("changed elsewhere meanwhile (declined by you)")
        terminal.type("q")
        assert terminal.ended() == 0
    kinds = [event.kind for event in own_mailroom().history_of(lea.contact)]
    assert kinds == ["received", "decided"]


def test_a_locked_ledger_is_said_and_nothing_is_lost(inbox: Path) -> None:
    with (
        Terminal(REVIEW) as terminal,
        closing(sqlite3.connect(inbox / "ledger.db", isolation_level=None)) as other,
    ):
        terminal.until("1 of 4")
        other.execute("BEGIN IMMEDIATE")
        terminal.type("\r")
        terminal.until("Nothing was recorded:")
        other.execute("ROLLBACK")
        terminal.type("\r")
        terminal.until("Léa Petit: accepted.")
        terminal.type("q")
        assert terminal.ended() == 0
    assert states() == dict.fromkeys(NAMES, "waiting") | {"Léa Petit": "accept"}


def test_a_damaged_ledger_is_one_line_after_the_terminal_is_put_back(inbox: Path) -> None:
    (inbox / "ledger.db").write_bytes(b"no database" * 1000)
    with Terminal(REVIEW) as terminal:
        assert terminal.ended() == 1
        assert terminal.settings == terminal.before
        after = terminal.raw.rpartition(LEAVES_THE_SCREEN)[2]
    assert "motjuste: the ledger " in after
    assert "Traceback" not in terminal.raw


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        pytest.param(["--plain"], {}, id="because it is asked for"),
        pytest.param([], {"TERM": "dumb"}, id="because the terminal cannot move its cursor"),
    ],
)
def test_line_by_line(inbox: Path, arguments: list[str], environment: dict[str, str]) -> None:
    with Terminal([*REVIEW, *arguments], environment) as terminal:
        terminal.until("1 of 4 · Léa Petit\r\n", "Your key: ")
        terminal.type("\n")
        terminal.until("Léa Petit: accepted.", "2 of 4 · Hugo Martin", "Your key: ")
        assert "\x1b" not in terminal.raw
        terminal.type("q\n")
        assert terminal.ended() == 0
    assert states()["Léa Petit"] == "accept"


def test_where_no_terminal_is_the_review_goes_line_by_line(inbox: Path, motjuste: Motjuste) -> None:
    done = motjuste(*REVIEW, stdin="\ni\n\nq\n")
    assert (done.code, done.err) == (0, "")
    assert "Hugo Martin: ignored." in done.out
    assert states() == dict.fromkeys(NAMES, "waiting") | {"Léa Petit": "accept", "Hugo Martin": "ignore"}


def test_without_the_library_that_draws_the_review_goes_line_by_line(inbox: Path, tmp_path: Path) -> None:
    hiding = tmp_path / "sitecustomize.py"
    hiding.write_text(
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'textual':\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hidden())\n",
        "utf-8",
    )
    with Terminal(REVIEW, {"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.until("needs 'textual', which is not installed; going line by line", "1 of 4 · Léa Petit")
        terminal.type("q\n")
        assert terminal.ended() == 0


def test_ctrl_c_ends_the_plain_review_with_130(inbox: Path) -> None:
    with Terminal([*REVIEW, "--plain"]) as terminal:
        terminal.until("Your key: ")
        terminal.type("\n")
        terminal.until("Léa Petit: accepted.", "Your key: ")
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.ended() == 130
    assert states()["Léa Petit"] == "accept"


def test_on_a_full_disk_what_is_said_to_be_recorded_is_recorded(inbox: Path, shell: Shell) -> None:
    room = own_mailroom()
    room.receive(
        Invitation(name=f"Person {number}", at=datetime(2026, 3, 1, 9, number)) for number in range(40)
    )
    room.ledger.close()
    # No file may grow beyond this: what SQLite writes beside the ledger fits for some decisions, and not for all.
    most = (inbox / "ledger.db").stat().st_size // 1024 + 100
    keys = "\\n" * 30 + "q\\n"
    done = shell(f"ulimit -f {most}; printf '{keys}' | {sys.executable} -m motjuste {' '.join(REVIEW)}")
    confirmed = done.out.count(": accepted.")
    assert "Nothing was recorded: " in done.out
    assert "Traceback" not in done.err
    assert 0 < confirmed < 30, done.out[-1500:]
    assert list(states().values()).count("accept") == confirmed


def test_a_policy_that_there_is_not_is_met_with_those_there_are(inbox: Path, motjuste: Motjuste) -> None:
    done = motjuste("inbox", "review", "--policy", "open-networks")
    assert (done.code, done.out) == (1, "")
    assert done.err == "motjuste: there is no policy 'open-networks'; did you mean 'open-network'?\n"


def test_french_is_spoken_to_who_has_no_profile_and_a_french_terminal(
    home: Path, motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    assert "Aucune invitation ici." in motjuste("inbox", "review", stdin="q\n").out


def test_other_commands_do_not_pay_for_the_screen(home: Path, shell: Shell) -> None:
    done = shell(f"{sys.executable} -X importtime -m motjuste inbox undo 2>&1 >/dev/null | grep -c textual")
    assert done.out == "0\n"


@pytest.mark.parametrize("after", [1, 2, 9])
def test_whatever_was_confirmed_before_a_kill_is_recorded_once(inbox: Path, after: int) -> None:
    own_mailroom().receive(
        Invitation(name=f"Zoé {letter}ernard", at=datetime(2026, 3, 1, 9, number))
        for number, letter in enumerate("BCDFGHJKLMNPQRSTVWXZ")
    )
    command = [sys.executable, "-m", "motjuste", *REVIEW]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"\n" * 20)
        program.stdin.flush()
        confirmed: list[str] = []
        while len(confirmed) < after:
            line = program.stdout.readline().decode()
            if ": accepted." in line:
                confirmed.append(line.split("Your key: ")[-1].partition(":")[0])
        program.kill()
    decided = [event.invitation for event in own_mailroom().ledger.events() if event.kind == "decided"]
    assert len(decided) == len(set(decided))
    accepted = {name for name, state in states().items() if state == "accept"}
    assert set(confirmed) <= accepted
