"""`motjuste contacts merge`: two cards of one person become one, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Ended, Motjuste, card

MARIE = card("Marie Carlier", org="Acme", email="marie@acme.example", gender="F")
MIMI = card("Mimi Dupont", org="Nord", email="mimi@x.example", tel="+33 9", gender="F", x_size="1")
ONE = """\
BEGIN:VCARD
VERSION:4.0
FN:Marie Carlier
FN:Mimi Dupont
N:Carlier;Marie;;;
ORG:Acme
ORG:Nord
EMAIL:marie@acme.example
EMAIL:mimi@x.example
TEL:+33 9
GENDER:F
X-SIZE:1
X-MOTJUSTE-MERGED:N:Dupont\\;Mimi\\;\\;\\;
END:VCARD
""".replace("\n", "\r\n")
PLANNED = [
    "fill  emails: marie@acme.example, mimi@x.example",
    "fill  phones: +33 9",
    "keep  name: Marie Carlier (and Mimi Dupont beside it)",
    "keep  organization: Acme (and Nord beside it)",
]


@pytest.fixture
def book(home: Path) -> Path:
    """The folder of the address book, with Marie Carlier and Mimi Dupont in it."""
    folder = home / "contacts"
    folder.mkdir()
    (folder / "marie.vcf").write_text(MARIE, "utf-8", newline="")
    (folder / "mimi.vcf").write_text(MIMI, "utf-8", newline="")
    return folder


def files(book: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in sorted(book.iterdir())}


def test_the_first_card_takes_the_second_one_in(motjuste: Motjuste, book: Path) -> None:
    done = motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [*PLANNED, "mimi.vcf is now a part of marie.vcf"]
    assert files(book) == {"marie.vcf": ONE}


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(motjuste: Motjuste, book: Path) -> None:
    before = files(book)
    done = motjuste("contacts", "merge", "marie.vcf", "mimi.vcf", "--dry-run")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [*PLANNED, "mimi.vcf would go; nothing was saved"]
    document = motjuste("contacts", "merge", "carlier", "mimi", "--dry-run", "--json").document
    assert document == {
        "contact": {
            "formatted_name": "Marie Carlier",
            "greeting_name": "Marie",
            "confidence": "high",
            "source": "marie.vcf",
            "other_names": ["Mimi Dupont"],
            "given_name": "Marie",
            "family_name": "Carlier",
            "organization": "Acme",
            "emails": ["marie@acme.example", "mimi@x.example"],
            "phones": ["+33 9"],
            "gender": "F",
        },
        "removed": "mimi.vcf",
        "filled": ["emails", "phones"],
        "differences": [
            {"field": "name", "first": "Marie Carlier", "second": "Mimi Dupont", "kept": "first"},
            {"field": "organization", "first": "Acme", "second": "Nord", "kept": "first"},
        ],
        "dry_run": True,
    }
    assert files(book) == before


def test_away_from_a_terminal_nothing_is_merged_unasked(motjuste: Motjuste, book: Path) -> None:
    before = files(book)
    done = motjuste("contacts", "merge", "carlier", "mimi")
    assert (done.code, done.out, files(book)) == (2, "", before)
    assert done.err.splitlines()[-1] == (
        "motjuste: merging asks first, and there is no terminal; look with --dry-run, then say --yes"
    )


def at_terminal(*arguments: str, typed: str) -> Ended:
    screen, terminal = os.openpty()
    os.write(screen, typed.encode())
    command = [sys.executable, "-m", "motjuste", *arguments]
    done = subprocess.run(command, stdin=terminal, stderr=terminal, stdout=terminal, timeout=60, check=False)
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(screen, 10_000):
            shown += piece
    except OSError:
        pass  # all of it was read
    os.close(screen)
    return Ended(done.returncode, shown.decode().replace("\r\n", "\n"), "")


def test_at_a_terminal_one_chooses_fact_by_fact(book: Path) -> None:
    done = at_terminal("contacts", "merge", "carlier", "mimi", typed="\n3\n2\ny\n")
    assert done.code == 0
    assert "Which organization?\n  1  Acme\n  2  Nord\n1 or 2? [1]\n" in done.out
    assert "  '3' is neither 1 nor 2\n" in done.out
    assert "keep  organization: Nord (and Acme beside it)\n" in done.out
    assert "Make marie.vcf the one card, and remove mimi.vcf? [Y/n]\n" in done.out
    kept = files(book)
    assert list(kept) == ["marie.vcf"]
    assert "\r\nORG:Nord\r\nORG:Acme\r\n" in kept["marie.vcf"]


@pytest.mark.parametrize("typed", ["\n\nn\n", "\n\x04"])
def test_whoever_gives_up_leaves_both_cards_as_they_were(book: Path, typed: str) -> None:
    before = files(book)
    done = at_terminal("contacts", "merge", "carlier", "mimi", typed=typed)
    assert (done.code, files(book)) == (130, before)


def test_two_cards_of_one_file_become_one_and_the_others_stay(motjuste: Motjuste, book: Path) -> None:
    (book / "all.vcf").write_text(MIMI + card("Luc Noir") + MARIE, "utf-8", newline="")
    (book / "marie.vcf").unlink()
    (book / "mimi.vcf").unlink()
    assert motjuste("contacts", "merge", "carlier", "mimi", "--yes").code == 0
    assert files(book) == {"all.vcf": card("Luc Noir") + ONE}


def test_the_others_of_the_second_file_stay(motjuste: Motjuste, book: Path) -> None:
    (book / "mimi.vcf").write_text(card("Luc Noir") + MIMI, "utf-8", newline="")
    assert motjuste("contacts", "merge", "carlier", "mimi", "--yes").code == 0
    assert files(book) == {"marie.vcf": ONE, "mimi.vcf": card("Luc Noir")}


@pytest.mark.parametrize("chosen", ["carlier", "mimi"])
def test_whoever_was_chosen_is_chosen_still(motjuste: Motjuste, book: Path, chosen: str) -> None:
    motjuste("contacts", "use", chosen)
    motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    assert motjuste("contacts", "show", "--json").document["phones"] == ["+33 9"]


def test_somebody_else_who_was_chosen_stays_so(motjuste: Motjuste, book: Path) -> None:
    (book / "luc.vcf").write_text(card("Luc Noir"), "utf-8")
    motjuste("contacts", "use", "luc")
    motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    assert motjuste("contacts", "show", "--json").document["formatted_name"] == "Luc Noir"


def test_who_was_merged_is_not_added_anew_by_the_next_import(
    motjuste: Motjuste, book: Path, tmp_path: Path
) -> None:
    other = tmp_path / "mimi.vcf"
    other.write_text(MIMI, "utf-8", newline="")
    motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    assert motjuste("contacts", "import", str(other)).out == "0 added, 0 updated, 1 unchanged\n"


def test_whoever_looks_for_the_other_name_finds_the_one_card(motjuste: Motjuste, book: Path) -> None:
    motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    for name in ("Mimi Dupont", "dupont", "mimi", "mimi duponnt"):
        assert motjuste("contacts", "show", name, "--json").document["source"] == "marie.vcf"
    shown = motjuste("contacts", "show", "carlier").out.splitlines()
    assert "  Other names  Mimi Dupont" in shown
    assert motjuste("try", "invitlin ", "--window", "(1) Mimi Dupont | LinkedIn").out.startswith("Bonjour Marie")


def test_a_card_is_not_merged_with_itself(motjuste: Motjuste, book: Path) -> None:
    before = files(book)
    done = motjuste("contacts", "merge", "carlier", "marie.vcf", "--yes")
    assert (done.code, files(book)) == (1, before)
    assert done.err == (
        "motjuste: marie.vcf cannot be merged with itself; name two cards, by their files for example; "
        "'motjuste contacts show NAME' tells the file\n"
    )
    (book / "marie-2.vcf").write_text(MARIE, "utf-8", newline="")
    told = motjuste("contacts", "merge", "marie.vcf", "marie.vcf", "--yes").err
    step = told.rstrip("\n").rpartition("motjuste ")[2]
    assert step == "contacts merge marie.vcf marie-2.vcf"
    assert motjuste(*step.split(), "--yes").code == 0
    assert list(files(book).values()) == [MARIE, MIMI]


def test_only_cards_of_the_address_book_are_merged(motjuste: Motjuste, book: Path, tmp_path: Path) -> None:
    outside = tmp_path / "out.vcf"
    outside.write_text(card("Léa Noir"), "utf-8")
    before = files(book)
    for arguments in (("carlier", str(outside)), (str(outside), "carlier")):
        done = motjuste("contacts", "merge", *arguments, "--yes")
        assert (done.code, files(book)) == (4, before)
        assert done.err == (
            "motjuste: 'Léa Noir' is not in the address book; add the card first: motjuste contacts import FILE\n"
        )


def test_one_file_under_two_names_is_not_merged_into_nothing(motjuste: Motjuste, book: Path) -> None:
    (book / "again.vcf").symlink_to(book / "marie.vcf")
    done = motjuste("contacts", "merge", "again.vcf", "marie.vcf", "--yes")
    assert (done.code, (book / "marie.vcf").read_bytes().decode()) == (1, MARIE)
    assert done.err.startswith("motjuste: again.vcf and marie.vcf are one file under two names; ")


def test_a_card_that_cannot_be_read_whole_is_not_merged(motjuste: Motjuste, book: Path) -> None:
    broken = book / "mimi.vcf"
    broken.write_text(MIMI + "BEGIN:VCARD\r\nEND:VCARD\r\n", "utf-8", newline="")
    before = files(book)
    done = motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    assert (done.code, files(book)) == (1, before)
    assert f"mend {broken} in an editor" in done.err


def test_when_the_second_file_cannot_be_removed_both_stand_and_merging_again_ends_it(
    motjuste: Motjuste, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "mimi.vcf":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        done = motjuste("contacts", "merge", "carlier", "mimi", "--yes")
    assert done.code == 1
    assert done.err.splitlines()[-1].startswith(
        f"motjuste: both cards are one now in {book / 'marie.vcf'}, but the other one stands there still: "
    )
    assert files(book) == {"marie.vcf": ONE, "mimi.vcf": MIMI}
    assert motjuste("contacts", "merge", "marie.vcf", "mimi.vcf", "--yes").code == 0
    assert files(book) == {"marie.vcf": ONE}
