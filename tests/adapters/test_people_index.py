"""The index beside the cards: it saves reading them, it is never believed against them, and never an error."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.card_folder import CardFolder
from motjuste.adapters.people_index import CardFile, PeopleIndex
from motjuste.people.card import Contact
from motjuste.people.entry import entry_of, unpacked
from motjuste.people.vcard import write_vcard

MARIE = Contact(formatted_name="Marie Dupont", emails=("marie@acme.example",), note="the fair, in May")
PAUL = Contact(formatted_name="Paul Martin", nickname="Popol")
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two cards that nobody has touched for a while."""
    for name, contact in (("m.vcf", MARIE), ("p.vcf", PAUL)):
        put(tmp_path / "contacts" / name, write_vcard(contact))
    return tmp_path / "contacts"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "people.db"


def put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    settle(path)


def settle(path: Path) -> None:
    """Wait for the next tick of the file system's clock: a change within one is another test."""
    beside = path.with_name(".clock")
    changed = path.stat().st_ctime_ns
    while not beside.exists() or beside.stat().st_ctime_ns < changed + 40_000_000:
        beside.write_bytes(b"")
    beside.unlink()


def book_of(folder: Path, index: Path | None) -> VCardFolder:
    return VCardFolder(folder, folder / "state", now=lambda: datetime.now(UTC), index=index)


def names(folder: Path, index: Path | None) -> list[str]:
    """Who is there for a program that has just started."""
    return [contact.formatted_name for contact in book_of(folder, index).contacts()]


def opened_by_next_program(folder: Path) -> list[str]:
    """The card files that a new program opens."""
    done = subprocess.run(
        [sys.executable, "-c", READS, str(folder.parent)], capture_output=True, encoding="utf-8", check=True
    )
    return [name for name in done.stdout.splitlines()[1].split(", ") if name]


def kept(index: Path) -> list[str]:
    with closing(sqlite3.connect(index)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM file ORDER BY name")]


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
    (folder / "p.vcf").write_text(write_vcard(replace(PAUL, formatted_name="Paul Durand")), newline="")
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


# --- an index that cannot be used -----------------------------------------------------------------


def missing(index: Path) -> None:
    index.unlink()


def no_database(index: Path) -> None:
    index.write_bytes(b"no database at all" * 1000)


def empty(index: Path) -> None:
    index.write_bytes(b"")


def cut_off(index: Path) -> None:
    index.write_bytes(index.read_bytes()[:5000])


def damaged_within(index: Path) -> None:
    data = index.read_bytes()
    index.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))


def told(index: Path, *statements: str) -> None:
    with closing(sqlite3.connect(index)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def another_version(index: Path) -> None:
    told(index, "UPDATE made SET by = 'others'", "UPDATE file SET entries = 'what others keep'")


def another_program(index: Path) -> None:
    told(index, "DROP TABLE file", "DROP TABLE made", "CREATE TABLE made (others TEXT)")


def nothing_made(index: Path) -> None:
    told(index, "DELETE FROM made")


def other_fields(index: Path) -> None:
    told(index, "UPDATE file SET entries = 'a\x1db'")


def a_damaged_letter(index: Path) -> None:
    data = index.read_bytes()
    assert b"Paul Martin" in data
    index.write_bytes(data.replace(b"Paul Martin", b"Paul Mbrtin"))


def other_lines(index: Path) -> None:
    told(index, "UPDATE file SET problems = 'a\x1db'")


def numbers(index: Path) -> None:
    told(index, "UPDATE file SET entries = 7")


def somebody_else_may_write(index: Path) -> None:
    told(index, "UPDATE file SET entries = replace(entries, 'Martin', 'Durand')")
    index.chmod(0o666)


@pytest.mark.parametrize(
    "harm",
    [
        missing, no_database, empty, cut_off, damaged_within, another_version, another_program, nothing_made,
        other_fields, a_damaged_letter, other_lines, numbers, somebody_else_may_write,
    ],
)  # fmt: skip
def test_an_index_that_is_not_right_is_made_anew(folder: Path, index: Path, harm: object) -> None:
    expected = names(folder, index)
    harm(index)  # type: ignore[operator]
    assert names(folder, index) == expected == ["Marie Dupont", "Paul Martin"]
    # What was not right may have been found by writing only.
    assert names(folder, index) == expected
    assert names(folder, index) == expected
    assert kept(index) == ["m.vcf", "p.vcf"]
    assert index.stat().st_mode & 0o777 == 0o600


def test_where_no_index_can_be_written_all_works_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.db").mkdir()
    for index in (tmp_path / "file" / "people.db", tmp_path / "folder.db"):
        book = book_of(folder, index)
        assert book.add([Contact(formatted_name="Anne Roy"), MARIE]).unchanged >= 1
        assert names(folder, index) == ["Anne Roy", "Marie Dupont", "Paul Martin"]


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


# --- several programs -----------------------------------------------------------------------------


def test_another_program_that_writes_the_index_is_not_in_the_way(folder: Path, index: Path) -> None:
    names(folder, index)
    put(folder / "z.vcf", write_vcard(Contact(formatted_name="Zoé")))
    with closing(sqlite3.connect(index, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        assert names(folder, index) == ["Marie Dupont", "Paul Martin", "Zoé"]
        assert time.monotonic() - start < 10
        writer.execute("ROLLBACK")
    assert kept(index) == ["m.vcf", "p.vcf"]
    assert names(folder, index) == ["Marie Dupont", "Paul Martin", "Zoé"]
    assert kept(index) == ["m.vcf", "p.vcf", "z.vcf"]


def test_another_program_that_reads_the_index_is_not_in_the_way(index: Path) -> None:
    files = {f"{number}.vcf": CardFile(str(number)) for number in range(2000)}
    assert sum(PeopleIndex(index).keep(files)) == 2000
    reader = PeopleIndex(index).files()
    some = next(reader)
    assert sum(PeopleIndex(index).keep({"new.vcf": CardFile("1")}, ["1.vcf", "2.vcf"])) == 1
    # It goes on with what was there when it began.
    for more in reader:
        some |= more
    assert some == files
    assert len(kept(index)) == 1999


ADDS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from motjuste.adapters.address_book import VCardFolder
from motjuste.people.card import Contact
home, name = Path(sys.argv[1]), sys.argv[2]
book = VCardFolder(home / "contacts", home / "state", now=lambda: datetime.now(UTC), index=home / "cache" / "people.db")
for number in range(8):
    book.add([Contact(formatted_name=f"{name} {chr(97 + number)}{chr(97 + each)}") for each in range(12)])
"""


def test_programs_that_add_people_at_once_lose_nobody(folder: Path, index: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", ADDS, str(folder.parent), name]) for name in ("Anne", "Zoé")
    ]
    reader = book_of(folder, index)
    while any(each.poll() is None for each in running):
        assert len(reader.contacts()) >= 2
    assert [each.returncode for each in running] == [0, 0]
    everybody = sorted(contact.formatted_name for contact in book_of(folder, None).contacts())
    assert len(everybody) == 2 + 2 * 8 * 12
    assert sorted(names(folder, index)) == everybody
    assert sorted(contact.formatted_name for contact in reader.contacts()) == everybody
