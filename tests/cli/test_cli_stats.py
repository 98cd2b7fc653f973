"""`motjuste stats`: numbers for people and for scripts, and a page that overwrites nothing of others."""

from __future__ import annotations

import os
import pty
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Ended, Motjuste, Shell

from invented_ledger import two_months
from motjuste.adapters.ledger import LedgerFile
from motjuste.report.page import MARK

NOTHING = (
    "Nothing is recorded yet. Import your invitations with 'motjuste inbox import FILE', or type a trigger such as "
    "invitlin while 'motjuste daemon start' is at work."
)
# The shipped triggers are declin, invitlin twice, and askinfo or, longer, precisez.
SAVED = (500 - 6) + (180 - 8) + (200 - 8) + (250 - 8)


@pytest.fixture
def ledger(home: Path) -> Path:
    """The ledger that was counted by hand."""
    file = LedgerFile(home / "ledger.db")
    for event in two_months():
        file.record([event])
    file.close()
    return file.path


def test_a_newcomer_is_told_what_to_do_first(motjuste: Motjuste, home: Path) -> None:
    done = motjuste("stats")
    assert (done.code, done.err) == (0, "")
    assert " ".join(done.out.split("\n\n")[1].split()) == NOTHING
    assert list(home.iterdir()) == []


def test_the_numbers_are_told_in_english_or_french(motjuste: Motjuste, ledger: Path) -> None:
    done = motjuste("stats", "--plain")
    assert (done.code, done.err) == (0, "")
    assert "\n  Feb 2026       0    2        0          2      4  ############################\n" in done.out
    assert "\n  Answered, your turn  1\n  Due                  1\n  Notes this month     0\n" in done.out
    french = motjuste("stats", "--lang", "fr-CA").out
    assert "\n  Frappes épargnées  1 100\n" in french


def test_the_document_holds_every_number(motjuste: Motjuste, ledger: Path, profile: Path) -> None:
    profile.write_text('tier = "free"\n', "utf-8")
    done = motjuste("stats", "--json")
    document = done.document
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", document.pop("as_of"))
    month = document["notes"].pop("month")
    assert re.fullmatch(r"\d{4}-\d\d", month)
    none = {"accept": 0, "ask": 0, "decline": 0, "ignore": 0, "look": 0, "undecided": 0}
    assert document == {
        "since": None,
        "now": {"open": 4, "undecided": 2, "answered": 1, "due": 1},
        "notes": {"used": 0, "quota": 5, "left": 5},
        "received": {
            "total": 6,
            "verdicts": none | {"accept": 1, "ask": 2, "decline": 1, "undecided": 2},
            "by_month": [
                {"month": "2026-01", "total": 2, "verdicts": none | {"accept": 1, "decline": 1}},
                {"month": "2026-02", "total": 4, "verdicts": none | {"ask": 2, "undecided": 2}},
            ],
        },
        "answers": {
            "asked": 4,
            "answered": 2,
            "by_template": [
                {"template": "ask", "asked": 3, "answered": 2, "share": None},
                {"template": "decline", "asked": 1, "answered": 0, "share": None},
            ],
            "days": {"count": 2, "lower_quartile": None, "median": None, "upper_quartile": None},
        },
        "texts": {
            "typed": 4,
            "copied": 3,
            "by_month": [
                {"month": "2026-01", "typed": 1, "copied": 1},
                {"month": "2026-02", "typed": 3, "copied": 2},
            ],
            "by_template": [
                {"template": "ask", "typed": 1, "copied": 3},
                {"template": "invite", "typed": 2, "copied": 0},
                {"template": "decline", "typed": 1, "copied": 0},
            ],
            "by_month_and_template": [
                {"month": "2026-01", "template": "ask", "typed": 0, "copied": 1},
                {"month": "2026-01", "template": "decline", "typed": 1, "copied": 0},
                {"month": "2026-02", "template": "ask", "typed": 1, "copied": 2},
                {"month": "2026-02", "template": "invite", "typed": 2, "copied": 0},
            ],
        },
        "saved": {
            "texts": 4,
            "left_out": 0,
            "keystrokes": SAVED,
            "typing_speed": 200,
            "minutes": round(SAVED / 200, 1),
        },
        "sent": {
            "total": 3,
            "by_month": [
                {
                    "month": "2025-12",
                    "total": 1,
                    "with_note": 1,
                    "without_note": 0,
                    "accepted": 0,
                    "withdrawn": 1,
                },
                {
                    "month": "2026-02",
                    "total": 2,
                    "with_note": 1,
                    "without_note": 1,
                    "accepted": 1,
                    "withdrawn": 0,
                },
            ],
        },
    }


def test_the_months_before_a_start_are_left_out(motjuste: Motjuste, ledger: Path) -> None:
    document = motjuste("stats", "--json", "--since", "2026-02").document
    assert document["since"] == "2026-02"
    assert document["received"]["total"] == 4
    future = motjuste("stats", "--json", "--since", "2031-02")
    assert future.document["received"]["total"] == 0
    assert future.err == "Nothing is recorded since Feb 2031; the first month with something is Dec 2025.\n"


def test_the_time_saved_is_that_of_the_speed_that_is_stated(motjuste: Motjuste, ledger: Path) -> None:
    saved = motjuste("stats", "--json", "--typing-speed", "100").document["saved"]
    assert (saved["typing_speed"], saved["minutes"]) == (100, round(saved["keystrokes"] / 100, 1))


@pytest.mark.parametrize("month", ["2025-01", "2025-09", "2025-10", "2025-12"])
def test_every_month_of_a_year_is_one(motjuste: Motjuste, month: str) -> None:
    assert motjuste("stats", "--json", "--since", month).document["since"] == month


@pytest.mark.parametrize("speed", ["1", "2000"])
def test_any_speed_at_which_people_type_is_taken(motjuste: Motjuste, speed: str) -> None:
    assert motjuste("stats", "--json", "--typing-speed", speed).document["saved"]["typing_speed"] == int(
        speed
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--since", "2026-13"], 1, "--since is '2026-13', and no month; write a year and a month: 2026-01"),
        (["--since", "٢٠٢٦-01"], 1, "--since is '٢٠٢٦-01', and no month; write a year and a month: 2026-01"),
        (["--since", "2026-21"], 1, "--since is '2026-21', and no month; write a year and a month: 2026-01"),
        (["--since", ""], 1, "--since is '', and no month; write a year and a month: 2026-01"),
        (
            ["--typing-speed", "0"],
            1,
            "--typing-speed is '0'; write how many characters you type in a minute, from 1 to 2000",
        ),
        (
            ["--typing-speed", "2001"],
            1,
            "--typing-speed is '2001'; write how many characters you type in a minute, from 1 to 2000",
        ),
        (
            ["--typing-speed", "-3"],
            1,
            "--typing-speed is '-3'; write how many characters you type in a minute, from 1 to 2000",
        ),
        (["--lang", "es"], 1, "the statistics do not speak 'es'; known: fr, en"),
        (
            ["--json", "--html", "-"],
            2,
            "--json and --html - both go to standard output; name a FILE for the page",
        ),
    ],
)
def test_what_is_asked_wrongly_is_one_line(
    motjuste: Motjuste, arguments: list[str], code: int, told: str
) -> None:
    assert motjuste("stats", *arguments) == Ended(code, "", f"motjuste: {told}\n")


def test_the_commands_of_the_docs_work(
    motjuste: Motjuste, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[2] / "docs" / "stats.md").read_text("utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    commands = [line.partition("#")[0].split()[1:] for line in block.splitlines()]
    assert [motjuste(*command).code for command in commands] == [0, 0, 0, 0]
    assert [path.name for path in tmp_path.glob("*.html")] == ["stats.html"]


# --- the page ------------------------------------------------------------------------------------------------


def test_the_page_is_in_the_persons_own_language(
    motjuste: Motjuste, ledger: Path, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "stats.html"
    assert motjuste("stats", "--html", str(page)) == Ended(0, "", f"the page is {page}\n")
    assert '<html lang="fr">' in page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o600
    motjuste("stats", "--html", str(page), "--lang", "en")
    assert '<html lang="en">' in page.read_text("utf-8")
    # Who has no profile yet is spoken to as the system does.
    profile.unlink()
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    motjuste("stats", "--html", str(page))
    assert '<html lang="fr">' in page.read_text("utf-8")
    monkeypatch.setenv("LC_ALL", "C")
    motjuste("stats", "--html", str(page))
    assert '<html lang="en">' in page.read_text("utf-8")


def test_the_page_and_the_document_can_be_had_at_once(
    motjuste: Motjuste, ledger: Path, tmp_path: Path
) -> None:
    page = tmp_path / "stats.html"
    done = motjuste("stats", "--json", "--html", str(page))
    assert (done.code, done.document["received"]["total"], done.err) == (0, 6, f"the page is {page}\n")
    assert MARK in page.read_text("utf-8")


def test_the_page_can_go_to_standard_output(motjuste: Motjuste, ledger: Path, home: Path) -> None:
    done = motjuste("stats", "--html", "-")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<!DOCTYPE html>\n")
    assert done.out.endswith("</html>\n")
    assert not (home / "-").exists()


def test_a_file_of_the_persons_own_is_overwritten_only_by_force(
    motjuste: Motjuste, ledger: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine</p>", "utf-8")
    assert motjuste("stats", "--html", str(mine)) == Ended(
        1,
        "",
        f"motjuste: {mine} is there already, and 'motjuste stats' has not written it; name another FILE, or overwrite "
        "it with --force\n",
    )
    assert mine.read_text("utf-8") == "<p>mine</p>"
    assert motjuste("stats", "--html", str(mine), "--force").code == 0
    assert MARK in mine.read_text("utf-8")
    assert motjuste("stats", "--html", str(mine)).code == 0


def test_what_is_no_file_is_never_replaced(motjuste: Motjuste, ledger: Path, tmp_path: Path) -> None:
    pipe, dangling = tmp_path / "pipe", tmp_path / "dangling"
    os.mkfifo(pipe)
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (pipe, tmp_path, dangling, Path("/dev/full")):
        done = motjuste("stats", "--html", str(path), "--force")
        told = f"motjuste: '{path}' is no file; name a file for the page, such as stats.html\n"
        assert done == Ended(1, "", told)
    assert pipe.is_fifo()
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_not_there_is_not_made(motjuste: Motjuste, ledger: Path, tmp_path: Path) -> None:
    done = motjuste("stats", "--html", str(tmp_path / "new" / "stats.html"))
    assert done == Ended(
        1, "", f"motjuste: there is no folder {tmp_path / 'new'}; make it, or name another FILE\n"
    )
    assert not (tmp_path / "new").exists()


def test_a_link_to_a_page_stays_a_link(motjuste: Motjuste, ledger: Path, tmp_path: Path) -> None:
    page, link = tmp_path / "page.html", tmp_path / "link.html"
    motjuste("stats", "--html", str(page))
    link.symlink_to(page)
    page.write_text(page.read_text("utf-8") + "old", "utf-8")
    assert motjuste("stats", "--html", str(link)).code == 0
    assert link.is_symlink()
    assert page.read_text("utf-8").endswith("</html>\n")


def test_a_full_disk_leaves_the_old_page(motjuste: Motjuste, ledger: Path, tmp_path: Path) -> None:
    page = tmp_path / "stats.html"
    motjuste("stats", "--html", str(page))
    old = page.read_text("utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The ledger may write its own small files beside it; the page is larger than all of them.
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        done = motjuste("stats", "--html", str(page), "--lang", "fr")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert page.read_text("utf-8") == old
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_full_disk_behind_standard_output_is_one_line(shell: Shell, ledger: Path) -> None:
    for arguments in ("", "--json", "--html -"):
        done = shell(f"motjuste stats {arguments} > /dev/full")
        assert done == Ended(1, "", "motjuste: no space left on device\n")


# --- the terminal --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "blocks"),
    [
        ("LC_ALL=C.UTF-8 TERM=xterm", True),
        ("LC_ALL=C TERM=xterm", False),
        ("LC_ALL=C.UTF-8 TERM=dumb", False),
    ],
)
def test_block_characters_are_drawn_where_the_terminal_has_them(
    shell: Shell, ledger: Path, environment: str, blocks: bool
) -> None:
    text = shell(f"{environment} motjuste stats").out
    assert ("█" in text, "##" in text, text.isascii()) == (blocks, not blocks, not blocks)


def at_a_terminal(**environment: str) -> str:
    """What the command writes to a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "motjuste", "stats"],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | {"COLUMNS": "100", "TERM": "xterm"} | environment,
    )
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65536):
            written += piece
    except OSError:  # the other side has closed it
        pass
    assert done.wait(timeout=60) == 0
    os.close(ours)
    assert done.stderr is not None
    done.stderr.close()
    return written.decode().replace("\r\n", "\n")


def test_headings_are_heavy_at_a_terminal_unless_no_color_is_wanted(ledger: Path) -> None:
    heavy = at_a_terminal(NO_COLOR="")
    assert heavy.startswith("\x1b[1mYour invitations in numbers\x1b[0m\n")
    light = at_a_terminal(NO_COLOR="1")
    assert "\x1b" not in light
    assert re.sub("\x1b\\[\\d+m", "", heavy) == light
    assert 95 < max(map(len, light.splitlines())) <= 100


def test_a_pipe_gets_no_codes(shell: Shell, ledger: Path) -> None:
    assert "\x1b" not in shell("TERM=xterm motjuste stats").out


# --- files that are wrong ------------------------------------------------------------------------------------


def test_a_profile_that_is_wrong_does_not_cost_the_numbers(
    motjuste: Motjuste, ledger: Path, profile: Path
) -> None:
    profile.write_text("nam = 1\n", "utf-8")
    done = motjuste("stats", "--json")
    assert (done.code, done.document["received"]["total"]) == (0, 6)
    assert done.err == f"motjuste: {profile}:1: unknown key 'nam'; did you mean 'name'?\n"


def test_a_template_that_is_wrong_leaves_its_texts_out(motjuste: Motjuste, ledger: Path, home: Path) -> None:
    for language in ("fr", "en", "es"):
        own = home / "templates" / language / "invite.txt"
        own.parent.mkdir(parents=True)
        own.write_text("---\ntriggers: {\n---\nBonjour", "utf-8")
    saved = motjuste("stats", "--json").document["saved"]
    assert (saved["texts"], saved["left_out"]) == (2, 2)


def test_a_damaged_ledger_is_one_line_and_stays_as_it_is(motjuste: Motjuste, home: Path) -> None:
    path = home / "ledger.db"
    path.write_bytes(b"this is no database, and never was one" * 200)
    before = path.read_bytes()
    done = motjuste("stats", "--html", str(home / "page.html"))
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert str(path) in done.err
    assert path.read_bytes() == before
    assert not (home / "page.html").exists()


def test_an_interruption_is_exit_130_without_a_word(
    motjuste: Motjuste, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("motjuste.cli.stats.measured", interrupt)
    assert motjuste("stats") == Ended(130, "", "")
