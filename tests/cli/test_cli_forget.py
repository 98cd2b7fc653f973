"""`motjuste contacts forget`: whoever is forgotten is in no byte of what is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import Motjuste, at_a_terminal, card

from motjuste.adapters.ledger import LedgerFile
from motjuste.inbox.events import Event, told_of
from motjuste.inbox.invitation import Invitation

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
PROFILE_URL = "https://www.linkedin.com/in/marie-dupont-1"
MARIE = card(
    "Marie Dupont",
    email="marie@acme.example",
    url=PROFILE_URL,
    note="Vue à Lyon\\, aime le papier et la reliure\\, parle volontiers de typographie",
    x_motjuste_how_we_met="Au salon",
    photo="data:image/png;base64,AAAA",
)
PAUL = card("Paul Martin", email="paul@acme.example")
NEEDLES = (b"dupont", b"marie@acme", b"salon", b"reliure", b"secret de marie")
REACH = (
    "out of reach: your own backups and synchronised copies, files that you exported or downloaded, the clipboard, and "
    "what other programs and the network keep; importing an old file brings the person back\n"
)


def invitation(name: str, url: str = "", note: str = "") -> Invitation:
    return Invitation(name=name, at=datetime(2026, 2, 12, 11, 44), profile_url=url, note=note)


@pytest.fixture
def book(home: Path) -> Path:
    """The folder of the address book: Marie Dupont in a file of hers and in one with Paul Martin."""
    folder = home / "contacts"
    folder.mkdir()
    (folder / "both.vcf").write_text(PAUL + MARIE, "utf-8", newline="")
    (folder / "marie.vcf").write_text(MARIE, "utf-8", newline="")
    return folder


@pytest.fixture
def ledger(home: Path) -> Iterator[LedgerFile]:
    """Marie Dupont invited, once by her name alone, and was answered; Paul Martin invited too."""
    opened = LedgerFile(home / "ledger.db")
    hers = invitation("Marie DUPONT, MBA", PROFILE_URL, "Secret de Marie")
    by_name = invitation("Marie Dupont", note="Secret de Marie")
    his = invitation("Paul Martin", "https://www.linkedin.com/in/paul")
    opened.record([told_of(each, at=NOON) for each in (hers, by_name, his)])
    opened.record([Event(kind="copied", at=NOON, person="mailto:marie@acme.example", details={"template": "ask"})])
    yield opened
    opened.close()


def named(home: Path) -> list[str]:
    """The files in whose bytes something of Marie Dupont is left, or whose name says so."""
    return [
        str(path.relative_to(home))
        for path in sorted(home.rglob("*"))
        if (path.is_file() and any(each in path.read_bytes().lower() for each in NEEDLES)) or "marie" in path.name
    ]


def test_nothing_of_a_person_is_left_in_any_byte(
    motjuste: Motjuste, home: Path, book: Path, ledger: LedgerFile
) -> None:
    motjuste("contacts", "use", PROFILE_URL)
    ledger.close()
    backup = home / "ledger-before-version-2-2026-01-01.db"
    shutil.copyfile(home / "ledger.db", backup)
    unfinished = book / ".marie.vcf.a1b2c3d4"
    unfinished.write_text(MARIE[:150], "utf-8")
    (book / ".import-a1b2c3d4").mkdir()
    in_folder = book / ".import-a1b2c3d4" / "marie.vcf"
    in_folder.write_text(MARIE, "utf-8")
    assert len(named(home)) == 8
    done = motjuste("contacts", "forget", PROFILE_URL, "--yes")
    assert (done.code, done.err) == (0, REACH)
    assert done.out.splitlines() == [
        "forgotten: Marie Dupont",
        f"card       {book / 'both.vcf'}",
        f"card       {book / 'marie.vcf'}",
        "chosen     the current contact",
        "last use   when you last chose them or wrote to them",
        "ledger     3 events",
        f"backup     {backup}",
        f"left over  {in_folder}",
        f"left over  {unfinished}",
    ]
    assert named(home) == []
    assert (book / "both.vcf").read_bytes().decode() == PAUL
    assert [event.person for event in ledger.events()] == ["in:paul"]
    again = motjuste("contacts", "forget", "Marie Dupont", "--yes")
    assert (again.code, again.out) == (4, "")


def test_a_dry_run_removes_nothing_and_says_what_would_go(
    motjuste: Motjuste, home: Path, book: Path, ledger: LedgerFile
) -> None:
    before = named(home)
    done = motjuste("contacts", "forget", "marie", "--dry-run", "--json")
    assert done.document == {
        "person": "Marie Dupont",
        "cards": [str(book / "both.vcf"), str(book / "marie.vcf")],
        "current": False,
        "last_used": False,
        "events": 3,
        "backups": [],
        "unfinished": [],
        "doubtful": [],
        "dry_run": True,
    }
    text = motjuste("contacts", "forget", "marie", "--dry-run").out
    assert text.splitlines()[-2:] == ["ledger  3 events", "nothing was removed"]
    assert named(home) == before
    assert len(ledger.events()) == 4


def test_it_is_asked_first_and_nothing_means_no(home: Path, book: Path) -> None:
    before = named(home)
    for typed in ("\n", "n\n", "\x04"):
        done = at_a_terminal("contacts", "forget", "marie dupont", typed=typed)
        assert (done.code, named(home)) == (130, before)
    assert "Forget Marie Dupont? This cannot be undone. [y/N]\n" in done.out
    assert at_a_terminal("contacts", "forget", "marie dupont", typed="oui\n").code == 0
    assert named(home) == []


def test_away_from_a_terminal_nobody_is_forgotten_unasked(motjuste: Motjuste, home: Path, book: Path) -> None:
    before = named(home)
    done = motjuste("contacts", "forget", "Marie Dupont")
    assert (done.code, named(home)) == (2, before)
    assert done.err.splitlines()[-1] == (
        "motjuste: forgetting asks first, and there is no terminal; look with --dry-run, then say --yes"
    )


@pytest.mark.parametrize("argument", ["marie", "dupont", "Marie Dupond"])
def test_nobody_is_forgotten_by_a_guess(motjuste: Motjuste, home: Path, book: Path, argument: str) -> None:
    before = named(home)
    done = motjuste("contacts", "forget", argument, "--yes")
    assert (done.code, named(home)) == (2, before)
    assert done.err == (
        f"motjuste: {argument!r} is too little to remove somebody unasked; say the whole name, 'Marie Dupont', an "
        "address or a card's file\n"
    )


@pytest.mark.parametrize(
    "argument", ["marie dupont", "MARIE@acme.example", "mailto:marie@acme.example", "marie-dupont-1", "marie.vcf"]
)
def test_a_whole_name_an_address_or_a_file_is_no_guess(
    motjuste: Motjuste, home: Path, book: Path, argument: str
) -> None:
    assert motjuste("contacts", "forget", argument, "--yes").code == 0
    assert named(home) == []


def test_who_only_invited_is_forgotten_too(motjuste: Motjuste, home: Path, ledger: LedgerFile) -> None:
    assert motjuste("contacts", "forget", PROFILE_URL, "--yes").out == "forgotten: Marie Dupont\nledger  2 events\n"
    assert [event.person for event in ledger.events()] == ["in:paul", "mailto:marie@acme.example"]


def test_several_who_invited_by_one_name_are_a_question(motjuste: Motjuste, ledger: LedgerFile) -> None:
    done = motjuste("contacts", "forget", "Marie Dupont", "--yes")
    assert (done.code, done.out, len(ledger.events())) == (4, "", 4)
    assert done.err.splitlines()[0] == (
        "motjuste: 'Marie Dupont' means 2 people equally; give the address of the profile"
    )


def test_somebody_of_that_name_who_may_be_another_stays_and_is_told(
    motjuste: Motjuste, book: Path, ledger: LedgerFile
) -> None:
    namesake = card("Marie Dupont", org="Nord", email="md@nord.example")
    (book / "marie-2.vcf").write_text(namesake, "utf-8", newline="")
    done = motjuste("contacts", "forget", "marie.vcf", "--yes")
    assert done.err.splitlines()[:2] == [
        "'Marie Dupont' in marie-2.vcf may be the same person and stays; "
        "to forget them too: motjuste contacts forget marie-2.vcf",
        "'Marie Dupont', who stands in the inbox, may be the same person and stays",
    ]
    assert (book / "marie-2.vcf").read_bytes().decode() == namesake
    assert sorted(event.person for event in ledger.events()) == ["in:paul", "name:marie dupont"]


def test_of_many_namesakes_only_some_are_told(motjuste: Motjuste, book: Path) -> None:
    for number in range(12):
        other = card("Marie Dupont", email=f"{number}@nord.example")
        (book / f"other-{number:02}.vcf").write_text(other, "utf-8", newline="")
    told = motjuste("contacts", "forget", "marie.vcf", "--dry-run").err.splitlines()
    assert [line.split(" may ")[0] for line in told[:10]] == [
        f"'Marie Dupont' in other-{number:02}.vcf" for number in range(10)
    ]
    assert told[10:] == ["2 more of that name stay: see all with --dry-run --json", REACH.rstrip("\n")]


def test_another_profile_of_that_name_in_the_inbox_is_told(motjuste: Motjuste, book: Path, ledger: LedgerFile) -> None:
    other = "https://www.linkedin.com/in/marie-dupont-9"
    ledger.record([told_of(invitation("Marie Dupont", other), at=NOON)])
    done = motjuste("contacts", "forget", "marie.vcf", "--yes")
    assert done.err.splitlines()[0] == (
        "'Marie Dupont', who stands in the inbox, may be the same person and stays; "
        f"to forget them too: motjuste contacts forget {other}"
    )
    assert motjuste("contacts", "forget", other, "--yes").code == 0
    assert [event.person for event in ledger.events()] == ["in:paul"]


def test_where_a_person_is_still_named_by_others_is_told(motjuste: Motjuste, home: Path, book: Path) -> None:
    luc = book / "luc.vcf"
    luc.write_text(card("Luc Noir", note="Présenté par Marie DUP\r\n ONT"), "utf-8", newline="")
    template = home / "templates" / "fr" / "x.txt"
    template.parent.mkdir(parents=True)
    template.write_text("Marie Dupont vous salue.", "utf-8")
    done = motjuste("contacts", "forget", "Marie Dupont", "--yes", "--json")
    assert done.document["still_named"] == [str(template), str(luc)]
    assert done.err.splitlines()[:2] == [
        f"still named in {template}; change it yourself",
        f"still named in {luc}; change it yourself",
    ]


def test_a_file_that_holds_others_and_cannot_be_read_whole_stops_it_before_anything_is_removed(
    motjuste: Motjuste, home: Path, book: Path, ledger: LedgerFile
) -> None:
    both = book / "both.vcf"
    both.write_text(PAUL + MARIE + "BEGIN:VCARD\r\nEND:VCARD\r\n", "utf-8", newline="")
    before = named(home)
    done = motjuste("contacts", "forget", "Marie Dupont", "--yes")
    assert (done.code, named(home), len(ledger.events())) == (1, before, 4)
    assert f"mend {both} in an editor" in done.err


def test_a_file_of_one_person_goes_whatever_in_it_cannot_be_read(motjuste: Motjuste, home: Path, book: Path) -> None:
    (book / "both.vcf").unlink()
    (book / "marie.vcf").write_text(MARIE.replace("END:", "no property\r\nEND:"), "utf-8", newline="")
    assert motjuste("contacts", "forget", "Marie Dupont", "--yes").code == 0
    assert named(home) == []


def test_a_card_behind_a_link_is_removed_where_it_stands(
    motjuste: Motjuste, home: Path, book: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "synchronised.vcf"
    (book / "marie.vcf").rename(elsewhere)
    (book / "marie.vcf").symlink_to(elsewhere)
    assert motjuste("contacts", "forget", "Marie Dupont", "--yes").code == 0
    assert (named(home), elsewhere.exists()) == ([], False)


def test_what_is_kept_to_save_time_goes_when_it_names_the_person(
    motjuste: Motjuste, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "motjuste" / "people"
    folder.mkdir(parents=True)
    for name, content in (("1.db", "x MARIE Dupont x"), ("1.db-wal", "marie@acme.example"), ("2.db", "Paul Martin")):
        (folder / name).write_text(content, "utf-8")
    assert motjuste("contacts", "forget", "Marie Dupont", "--yes").code == 0
    assert [path.name for path in folder.iterdir()] == ["2.db"]


def test_who_was_merged_is_forgotten_with_what_the_ledger_knows_of_both(
    motjuste: Motjuste, home: Path, book: Path, ledger: LedgerFile
) -> None:
    other = "https://www.linkedin.com/in/mimi-dupont"
    (book / "both.vcf").unlink()
    (book / "mimi.vcf").write_text(card("Mimi Noir", url=other), "utf-8", newline="")
    ledger.record([told_of(invitation("Mimi Noir", other), at=NOON)])
    motjuste("contacts", "merge", "marie.vcf", "mimi.vcf", "--yes")
    assert motjuste("contacts", "forget", "Mimi Noir", "--yes").out.endswith("ledger  4 events\n")
    assert [event.person for event in ledger.events()] == ["in:paul"]


def test_somebody_else_who_was_chosen_stays_so(motjuste: Motjuste, book: Path) -> None:
    motjuste("contacts", "use", "paul")
    motjuste("contacts", "forget", "Marie Dupont", "--yes")
    assert motjuste("contacts", "show", "--json").document["formatted_name"] == "Paul Martin"
