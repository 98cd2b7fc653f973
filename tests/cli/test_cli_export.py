"""`motjuste contacts export`: people for other programs, and for safekeeping."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal import Ended, Motjuste, Shell, card

ZOE = card("Zoé Roy", tel="+33 6 00 00 00 01", x_shoe_size="37", photo="data:image/png;base64,AAAA")
PAUL = card("Paul Martin")


@pytest.fixture
def book(home: Path) -> Path:
    """The folder of the address book, with Paul Martin and Zoé Roy in it."""
    folder = home / "contacts"
    folder.mkdir()
    (folder / "paul.vcf").write_text(PAUL, "utf-8", newline="")
    (folder / "zoe.vcf").write_text(ZOE, "utf-8", newline="")
    return folder


def test_everybody_is_one_document_with_all_that_their_cards_hold(motjuste: Motjuste, book: Path) -> None:
    done = motjuste("contacts", "export")
    assert (done.code, done.out, done.err) == (0, PAUL + ZOE, "")


def test_only_whom_one_names_is_exported_and_each_once(motjuste: Motjuste, book: Path) -> None:
    assert motjuste("contacts", "export", "zoé", "roy", "zoe.vcf").out == ZOE
    assert motjuste("contacts", "export", "-", stdin=card("Léa Noir")).out == card("Léa Noir")
    nobody = motjuste("contacts", "export", "quelconque")
    assert (nobody.code, nobody.out) == (4, "")


def test_several_cards_of_one_file_keep_their_own_lines(motjuste: Motjuste, book: Path) -> None:
    both = card("Anne Carlier", x_size="1") + card("Luc Carlier", x_size="2")
    (book / "both.vcf").write_text(both, "utf-8", newline="")
    assert motjuste("contacts", "export").out == both + PAUL + ZOE


def test_a_table_goes_to_a_file_for_its_owner_alone_and_comes_back(
    motjuste: Motjuste, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "people.csv"
    done = motjuste("contacts", "export", "--to", str(table))
    assert (done.code, done.out, done.err) == (0, "", f"2 people written to {table}\n")
    assert table.stat().st_mode & 0o777 == 0o600
    assert table.read_bytes().startswith(b"First Name,")
    assert ",'+33 6 00 00 00 01," in table.read_text("utf-8")
    before = motjuste("contacts", "list").out
    monkeypatch.setenv("MOTJUSTE_HOME", str(tmp_path / "other"))
    assert motjuste("contacts", "import", str(table)).out == "2 added, 0 updated, 0 unchanged\n"
    assert motjuste("contacts", "list").out == before


def test_a_table_may_have_a_mark_and_raw_cells(motjuste: Motjuste, book: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.txt"
    options = ("--format", "CSV", "--bom", "--raw", "--to", str(table), "--json")
    done = motjuste("contacts", "export", "zoé", *options)
    assert done.document == {"format": "csv", "file": str(table), "people": 1, "problems": []}
    assert table.read_bytes().startswith(b"\xef\xbb\xbfFirst Name,")
    assert ",+33 6 00 00 00 01," in table.read_text("utf-8")


def test_a_file_that_is_there_is_written_over_only_when_told(motjuste: Motjuste, book: Path, tmp_path: Path) -> None:
    cards = tmp_path / "all.vcf"
    cards.write_text("mine")
    done = motjuste("contacts", "export", "--to", str(cards))
    assert (done.code, cards.read_text()) == (1, "mine")
    assert done.err == f"motjuste: {cards} is there already; name another file, or write over it with --force\n"
    assert motjuste("contacts", "export", "paul", "--to", str(cards), "--force").code == 0
    assert cards.read_bytes().decode() == PAUL


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--format", "cvs"), 2, "--format cannot be 'cvs'; did you mean 'csv'?"),
        (("--format", "xlsx"), 2, "--format cannot be 'xlsx'; use vcard or csv"),
        (("--bom",), 2, "--bom and --raw are for a table; add --format csv"),
        (("--raw", "--format", "vcard"), 2, "--bom and --raw are for a table; add --format csv"),
        (("--json",), 2, "--json tells what was written to a file; say which: --to FILE"),
        (("--to", "{tmp}"), 1, "{tmp} is a folder; name a file in it, such as contacts.vcf"),
        (("--to", "/dev/null"), 1, "/dev/null is no ordinary file; name another, or leave --to away for a pipe"),
        (("--to", "{book}/all.csv"), 1, "{book}/all.csv is in the address book itself; write it to another folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_one_line(
    motjuste: Motjuste, book: Path, tmp_path: Path, options: tuple[str, ...], code: int, told: str
) -> None:
    places = {"tmp": str(tmp_path), "book": str(book)}
    done = motjuste("contacts", "export", *(option.format(**places) for option in options))
    assert (done.code, done.out, done.err) == (code, "", f"motjuste: {told.format(**places)}\n")


def test_an_empty_address_book_has_nobody_to_export(motjuste: Motjuste, home: Path) -> None:
    done = motjuste("contacts", "export")
    assert (done.code, done.out) == (4, "")
    assert done.err == "motjuste: the address book is empty; add people with 'motjuste contacts import FILE'\n"


def test_a_card_that_cannot_be_read_is_told_and_the_export_is_not_whole(motjuste: Motjuste, book: Path) -> None:
    (book / "broken.vcf").write_text("BEGIN:VCARD\r\nEND:VCARD\r\n")
    done = motjuste("contacts", "export")
    assert (done.code, done.out) == (1, PAUL + ZOE)
    assert done.err.startswith("broken.vcf:1: the card names nobody")
    assert motjuste("contacts", "export", "paul").code == 0


def test_a_full_disk_is_one_line_and_leaves_what_was_there(motjuste: Motjuste, book: Path, tmp_path: Path) -> None:
    cards = tmp_path / "all.vcf"
    cards.write_text("mine")
    done = _on_a_full_disk(lambda: motjuste("contacts", "export", "--to", str(cards), "--force"))
    assert (done.code, done.out, cards.read_text()) == (1, "", "mine")
    assert done.err == (
        f"motjuste: {cards} could not be saved: file too large; "
        "nothing was changed; make room or make the folder writable, then try again\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.vcf", "home"]


def _on_a_full_disk(call: Callable[[], Ended]) -> Ended:
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, former[1]))
    try:
        return call()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_pipe_that_takes_nothing_is_one_line(shell: Shell, book: Path) -> None:
    done = shell("motjuste contacts export > /dev/full")
    assert (done.code, done.err) == (1, "motjuste: no space left on device\n")


def test_a_terminal_is_not_moved_by_what_a_card_keeps(home: Path, book: Path) -> None:
    (book / "paul.vcf").write_text(card("Paul Martin", x_evil="\x1b[2J\u202efin"), "utf-8", newline="")
    screen, terminal = os.openpty()
    command = [sys.executable, "-m", "motjuste", "contacts", "export", "paul"]
    subprocess.run(command, stdout=terminal, env=os.environ, timeout=60, check=True)
    os.close(terminal)
    shown = os.read(screen, 10_000).decode()
    os.close(screen)
    assert "X-EVIL:[2J fin" in shown.replace(" [", "[")
    assert "\x1b" not in shown
