"""Archives of people: what is read of them, and what they cannot do."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from motjuste.adapters import archives
from motjuste.adapters.people_files import read_archive, read_people_file, read_people_stream
from motjuste.errors import UserError
from motjuste.people.card import Contact

CONNECTIONS = (
    "Notes:\n\"words of the network\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Marie,Dupont,https://www.linkedin.com/in/Marie-Dupont,,Acme,PDG,08 Feb 2026\n"
    "Ana,Silva,https://www.linkedin.com/in/ana,,,,08 Feb 2026"
)  # fmt: skip
NOTES = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
    "Marie,D.,https://www.linkedin.com/in/marie-dupont/,Vue à Lyon,2026-02-08,\n"
    "Marie,D.,https://www.linkedin.com/in/marie-dupont/,Aime le papier,2026-02-08,\n"
    "Marie,D.,https://www.linkedin.com/in/marie-dupont/,Vue à Lyon,2026-02-08,\n"
    "Paul,Roy,https://www.linkedin.com/in/paul,Ancien collègue,2026-02-08,\n"
)
CARD = "BEGIN:VCARD\nFN:{}\nEND:VCARD\n"


def archive(**files: str | bytes) -> bytes:
    """A zip of files; in names without a slash, "__" stands for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name if "/" in name else name.replace("__", "."), content)
    return made.getvalue()


def names(data: bytes) -> tuple[list[str], list[str]]:
    reading = read_archive(data, "a.zip")
    return [each.formatted_name for each in reading.contacts], [str(each) for each in reading.problems]


def test_the_files_of_the_data_export_are_joined_by_profile() -> None:
    reading = read_archive(
        archive(Notes__csv=NOTES, Connections_123__csv=CONNECTIONS, messages__csv="x", Invitations__csv="x",
                Profile__csv="x", Skills__csv="Name\nJonglage\n"),
        "a.zip",
    )  # fmt: skip
    ana, paul = "https://www.linkedin.com/in/ana", "https://www.linkedin.com/in/paul"
    assert reading.contacts == (
        Contact(
            formatted_name="Marie Dupont",
            given_name="Marie",
            family_name="Dupont",
            organization="Acme",
            title="PDG",
            profile_url="https://www.linkedin.com/in/Marie-Dupont",
            note="Vue à Lyon Aime le papier",
            connected_on=date(2026, 2, 8),
            source="a.zip/Connections_123.csv",
        ),
        Contact(
            formatted_name="Ana Silva",
            given_name="Ana",
            family_name="Silva",
            profile_url=ana,
            connected_on=date(2026, 2, 8),
            source="a.zip/Connections_123.csv",
        ),
        Contact(
            formatted_name="Paul Roy",
            given_name="Paul",
            family_name="Roy",
            profile_url=paul,
            note="Ancien collègue",
            source="a.zip/Notes.csv",
        ),
    )
    assert [str(problem) for problem in reading.problems] == [
        "a.zip/messages.csv:1: was left for the inbox; see 'motjuste inbox import a.zip'",
        "a.zip/Invitations.csv:1: was left for the inbox; see 'motjuste inbox import a.zip'",
    ]


def test_a_folder_packed_again_on_a_mac_is_read_once() -> None:
    data = archive(**{"export/Connections.csv": CONNECTIONS, "__MACOSX/export/Connections.csv": "x"})
    assert names(data) == (["Marie Dupont", "Ana Silva"], [])


def test_an_archive_of_cards_is_read_whatever_it_is_called() -> None:
    data = archive(**{"a.vcf/b.VCF": CARD.format("Zoé"), "c/d.vcf": CARD.format("Ana")}, c__jpg="x", d__csv="x")
    people, problems = names(data)
    assert people == ["Zoé", "Ana"]
    assert [problem.partition(": ")[0] for problem in problems] == ["a.zip/d.csv:1"]


def test_an_archive_without_people_says_what_was_expected() -> None:
    with pytest.raises(UserError, match=r"a\.zip holds no people; expected Connections.csv"):
        read_archive(archive(a__txt="x"), "a.zip")


def test_an_encrypted_file_is_told_and_stops_no_other() -> None:
    data = bytearray(archive(a__vcf=CARD.format("Zoé"), b__vcf=CARD.format("Ana")))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    why = "a.zip/a.vcf:1: is encrypted: unpack it with its password and import what comes out"
    assert names(bytes(data)) == (["Ana"], [why])


def test_a_damaged_file_is_told_and_stops_no_other() -> None:
    data = bytearray(archive(a__vcf=CARD.format("Zoé"), b__vcf=CARD.format("Ana")))
    data[45] ^= 0xFF
    why = "a.zip/a.vcf:1: is damaged: download the archive again, then import it again"
    assert names(bytes(data)) == (["Ana"], [why])


@pytest.mark.parametrize("length", range(0, 120, 7))
def test_an_archive_that_was_cut_off_is_told(length: int) -> None:
    with pytest.raises(UserError, match=r"a\.zip is a damaged zip archive; download it again"):
        read_archive(archive(a__vcf=CARD.format("Zoé"))[:length], "a.zip")


def test_an_archive_with_nothing_but_an_inbox_says_where_it_belongs() -> None:
    with pytest.raises(UserError) as error:
        read_archive(archive(Invitations__csv="x"), "a.zip")
    assert str(error.value) == "a.zip holds no people; for the inbox, 'motjuste inbox import a.zip'"


def test_what_comes_out_of_an_archive_counts_not_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive(a__vcf=CARD.format("Zoé"), b__vcf=CARD.format("x" * 9_000_000))
    # The archive claims that its files are small.
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        found = data.rindex(mark)
        data = data[: found + place] + struct.pack("<L", 10) + data[found + place + 4 :]
    people, problems = names(data)
    assert people == ["Zoé"]
    assert [problem.partition(": ")[0] for problem in problems] == ["a.zip/b.vcf:1"]
    monkeypatch.setattr(archives, "MOST_BYTES", 1_048_576)
    with pytest.raises(UserError, match=r"a\.zip unpacks to more than 1 MB, so it was not read; unpack it and"):
        read_archive(archive(a__vcf=CARD.format("x" * 600_000), b__vcf=CARD.format("x" * 600_000)), "a.zip")


def test_an_archive_of_very_many_files_is_not_read() -> None:
    many = archive(**{f"f{number}__vcf": "" for number in range(10_001)})
    with pytest.raises(UserError, match=r"a\.zip holds more than 10,000 files, so it was not read"):
        read_archive(many, "a.zip")
    end = many.rindex(b"PK\x05\x06")
    claims = many[: end + 12] + struct.pack("<L", 5_000_000) + many[end + 16 :]
    with pytest.raises(UserError, match=r"a\.zip holds more than 10,000 files, so it was not read"):
        read_archive(claims, "a.zip")


def test_an_archive_in_the_long_format_is_read_within_the_same_bounds() -> None:
    data = archive(a__vcf=CARD.format("Zoé"))
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<LL", data[end + 12 : end + 20])

    def long(directory: int) -> bytes:
        record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, directory, start)
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
        marks = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        return data[:end] + record + locator + marks

    assert names(long(size)) == (["Zoé"], [])
    with pytest.raises(UserError, match=r"a\.zip holds more than 10,000 files, so it was not read"):
        read_archive(long(5_000_000), "a.zip")


def test_a_file_larger_than_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_048_576)
    with pytest.raises(UserError, match=r"x\.vcf is larger than 1 MB, the most that is read of one file; split it"):
        read_people_stream(io.BytesIO(b"x" * 1_048_577), "x.vcf")


def test_nothing_is_unpacked_to_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive(**{"../../evil.vcf": CARD.format("Zoé")}))
    assert [each.source for each in read_people_file(path).contacts] == ["a.zip/../../evil.vcf"]
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]
