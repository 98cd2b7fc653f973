"""The index beside the cards: it saves reading them, it is never believed against them, and never an error."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from indexed import MARIE, PAUL, book_of, kept, names, put, settle

from motjuste.adapters.card_folder import CardFolder
from motjuste.adapters.people_index import PeopleIndex
from motjuste.people.card import Contact
from motjuste.people.entry import entry_of, unpacked
from motjuste.people.vcard import write_vcard

FORMER = 1_700_000_000_000_000_000
READS = """
import sys
opened = []
sys.addaudithook(lambda event, about: event == "open" and str(about[0]).endswith(".vcf") and opened.append(about[0]))
from datetime import UTC, datetime
from pathlib import Path
from motjuste.adapters.address_book import VCardFolder
home = Path(sys.argv[1])
book = VCardFolder(home / "contacts", home / "state", now=lambda: datetime.now(UTC), index=home / "cache" / "people.db")
print(*(contact.formatted_name for contact in book.contacts()), sep=", ")
print(*sorted(Path(path).name for path in opened), sep=", ")
"""


def opened_by_next_program(folder: Path) -> list[str]:
    """The card files that a new program opens."""
    done = subprocess.run(
        [sys.executable, "-c", READS, str(folder.parent)], capture_output=True, encoding="utf-8", check=True
    )
    return [name for name in done.stdout.splitlines()[1].split(", ") if name]


# --- what it saves --------------------------------------------------------------------------------


def test_cards_are_opened_once_and_then_only_those_that_changed(folder: Path) -> None:
    assert opened_by_next_program(folder) == ["m.vcf", "p.vcf"]
    assert opened_by_next_program(folder) == []
    put(folder / "p.vcf", write_vcard(replace(PAUL, title="PDG")))
    assert opened_by_next_program(folder) == ["p.vcf"]
    assert opened_by_next_program(folder) == []


def test_what_comes_out_of_the_index_is_what_stands_on_the_cards(folder: Path, index: Path) -> None:
    put(folder / "both.vcf", write_vcard(replace(MARIE, uid="1")) + write_vcard(PAUL))
    put(folder / "broken.vcf", "nothing")
    put(folder / "half.vcf", write_vcard(PAUL) + "BEGIN:VCARD\r\nwhat\r\n")
    first, second = book_of(folder, index), book_of(folder, index)
    assert (list(first.contacts()), first.problems) == (list(second.contacts()), second.problems)
    assert len(second.problems) == 4
    assert [contact.source for contact in second.contacts()] == ["both.vcf", "both.vcf", "half.vcf", "m.vcf", "p.vcf"]
    assert list(second.contacts()) == list(book_of(folder, None).contacts())


def test_the_index_is_the_owner_s_alone_and_holds_no_photo(folder: Path, index: Path) -> None:
    put(folder / "m.vcf", write_vcard(replace(MARIE, kept=("PHOTO:data:image/png;base64,SECRETSECRET",))))
    names(folder, index)
    assert (index.stat().st_mode & 0o777, index.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert b"SECRET" not in index.read_bytes()
    assert [path.name for path in index.parent.iterdir()] == ["people.db"]


def test_people_who_are_added_are_as_their_cards_say(folder: Path, index: Path) -> None:
    people = [
        Contact(formatted_name="Anne", uid=str(number), note="a, b"[: number % 5]) for number in range(400)
    ]
    book_of(folder, index).add([*people, Contact(formatted_name="Zoé", kept=("X-SIGN:!",))])
    assert len(names(folder, index)) == 403
    assert list(book_of(folder, index).contacts()) == list(book_of(folder, None).contacts())


@pytest.mark.parametrize("note", ["", "one, two"])
def test_a_card_that_was_just_written_need_not_be_read(folder: Path, note: str) -> None:
    cards = CardFolder(folder, None)
    written = replace(PAUL, formatted_name="Paul Durand", note=note)
    cards.remember("p.vcf", written, write_vcard(written), (folder / "p.vcf").stat())
    # Somebody has changed the other one since it was written.
    cards.remember("m.vcf", written, write_vcard(written), folder.stat())
    assert sum(cards.looking()) == 2 + 1 + 20
    assert [unpacked(entry).contact for entry in cards.entries] == [
        replace(MARIE, source="m.vcf"),
        replace(written, source="p.vcf"),
    ]


def test_nothing_stays_of_somebody_whose_card_is_gone(folder: Path, index: Path) -> None:
    names(folder, index)
    assert b"marie@acme" in index.read_bytes()
    (folder / "m.vcf").unlink()
    names(folder, index)
    assert kept(index) == ["p.vcf"]
    assert b"marie@acme" not in index.read_bytes()


# --- changes that are noticed ---------------------------------------------------------------------


def swap_for_one_of_the_same_age(path: Path, text: str) -> None:
    beside = path.with_name(".new")
    beside.write_text(text, newline="")
    os.utime(beside, ns=(FORMER, path.stat().st_mtime_ns))
    beside.replace(path)


def edit_and_set_back(path: Path, text: str) -> None:
    before = path.stat().st_mtime_ns
    path.write_text(text, newline="")
    os.utime(path, ns=(FORMER, before))


def edit_and_turn_the_clock_back(path: Path, text: str) -> None:
    path.write_text(text, newline="")
    os.utime(path, ns=(FORMER, FORMER))


@pytest.mark.parametrize(
    "change", [swap_for_one_of_the_same_age, edit_and_set_back, edit_and_turn_the_clock_back]
)
def test_another_text_of_the_same_length_is_noticed(folder: Path, index: Path, change: object) -> None:
    running = book_of(folder, index)
    running.contacts()
    change(folder / "p.vcf", write_vcard(replace(PAUL, formatted_name="Paul Durand")))  # type: ignore[operator]
    assert names(folder, index) == ["Marie Dupont", "Paul Durand"]
    assert [contact.formatted_name for contact in running.contacts()] == ["Marie Dupont", "Paul Durand"]


def test_changes_within_one_tick_of_the_clock_are_noticed(folder: Path, index: Path) -> None:
    running, path = book_of(folder, index), folder / "p.vcf"
    for _ in range(100):
        for name in ("Paul Martin", "Paul Durand"):
            path.write_text(write_vcard(Contact(formatted_name=name)), newline="")
            assert running.contacts()[1].formatted_name == name
            assert names(folder, index)[1] == name


def test_a_card_that_was_changed_just_now_is_not_kept_yet(folder: Path, index: Path) -> None:
    def is_kept() -> bool:
        (folder / "p.vcf").write_text(write_vcard(PAUL), newline="")
        names(folder, index)
        return "p.vcf" in kept(index)

    # A busy computer may take longer than a tick from the writing to the reading.
    assert not all(is_kept() for _ in range(100))


def test_files_that_come_go_and_move_are_noticed(folder: Path, index: Path) -> None:
    running = book_of(folder, index)
    running.contacts()
    (folder / "p.vcf").rename(folder / "a.vcf")
    (folder / "m.vcf").unlink()
    put(folder / "z.vcf", write_vcard(Contact(formatted_name="Zoé")))
    expected = [("Paul Martin", "a.vcf"), ("Zoé", "z.vcf")]
    for book in (running, book_of(folder, index)):
        assert [(contact.formatted_name, contact.source) for contact in book.contacts()] == expected
    assert kept(index) == ["a.vcf", "z.vcf"]


def test_a_card_that_another_program_of_ours_has_changed_needs_no_more_than_the_next_look(
    folder: Path, index: Path
) -> None:
    first, second = book_of(folder, index), book_of(folder, index)
    first.contacts()
    second.contacts()
    first.add([replace(MARIE, title="PDG"), Contact(formatted_name="Anne Roy")])
    assert [contact.title for contact in second.contacts()] == ["", "PDG", ""]


def test_a_file_whose_name_is_no_text_is_read_each_time(folder: Path, index: Path) -> None:
    (folder / os.fsdecode(b"\xff.vcf")).write_text(write_vcard(Contact(formatted_name="Zoé")))
    settle(folder / "m.vcf")
    for _ in range(2):
        assert names(folder, index) == ["Marie Dupont", "Paul Martin", "Zoé"]
    assert kept(index) == ["m.vcf", "p.vcf"]


# --- between the keys -----------------------------------------------------------------------------

AHEAD = """
import sys
opened = []
sys.addaudithook(lambda event, about: event == "open" and str(about[0]).endswith(".vcf") and opened.append(about[0]))
from datetime import UTC, datetime
from pathlib import Path
from motjuste.adapters.address_book import VCardFolder
home = Path(sys.argv[1])
book = VCardFolder(home / "contacts", home / "state", now=lambda: datetime.now(UTC), index=home / "cache" / "people.db")
print([book.read_ahead(1), len(opened)])
for _ in range(int(sys.argv[2])):
    book.contacts()
print(len(opened))
while book.read_ahead(1):
    pass
print(len(opened))
print(len(book.contacts()), len(opened), book.contacts().prepare(9))
"""


@pytest.mark.parametrize("questions", [0, 2])
def test_cards_that_were_read_ahead_are_not_read_again(folder: Path, questions: int) -> None:
    def told() -> list[str]:
        command = [sys.executable, "-c", AHEAD, str(folder.parent), str(questions)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()

    # A question in the middle reads what is left, and none twice.
    assert told() == ["[True, 1]", "2" if questions else "1", "2", "2 2 False"]
    names(folder, folder.parent / "cache" / "people.db")
    assert told() == ["[False, 0]", "0", "0", "2 0 False"]


def test_an_index_is_made_between_the_keys_where_that_saves_much(folder: Path, index: Path) -> None:
    for number in range(600):
        (folder / f"{number}.vcf").write_text(write_vcard(Contact(formatted_name=f"Anne {number}")))
    settle(folder / "599.vcf")
    book = book_of(folder, index)
    while book.read_ahead(50):
        pass
    assert len(kept(index)) == 602
    put(folder / "z.vcf", write_vcard(Contact(formatted_name="Zoé")))
    while book.read_ahead(50):
        pass
    assert "z.vcf" not in kept(index)
    (folder / "m.vcf").unlink()
    while book.read_ahead(50):
        pass
    assert ("m.vcf" in kept(index), len(kept(index))) == (False, 602)


def test_what_another_program_has_indexed_is_not_read_by_one_that_runs(folder: Path, index: Path) -> None:
    running = book_of(folder, index)
    running.contacts()
    for number in range(600):
        (folder / f"{number}.vcf").write_text(write_vcard(Contact(formatted_name=f"Anne {number}")))
    settle(folder / "599.vcf")
    names(folder, index)
    reader, known = PeopleIndex(index), {}
    for some in reader.files():
        known |= {name: file._replace(entries=(entry_of(PAUL, name).packed,)) for name, file in some.items()}
    assert sum(reader.keep(known)) == 602
    people = [contact.formatted_name for contact in running.contacts()]
    # But for those of which it knows by itself.
    assert (people.count("Paul Martin"), people.count("Marie Dupont"), len(people)) == (601, 1, 602)
