"""An index that is not right, or in other hands just now, is no error: the cards are the truth."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from indexed import MARIE, book_of, kept, names, put

from motjuste.adapters.people_index import CardFile, PeopleIndex
from motjuste.people.card import Contact
from motjuste.people.vcard import write_vcard


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
