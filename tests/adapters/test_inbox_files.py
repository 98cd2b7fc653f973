"""What files hold for the inbox: tables, the data export as a zip, and what they cannot do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.adapters import archives
from motjuste.adapters.inbox_files import InboxFile, read_inbox_file, read_inbox_stream
from motjuste.errors import UserError

FOLDER = Path(__file__).parent.parent / "data" / "inbox"
INVITATIONS = (FOLDER / "invitations_since_2023.csv").read_bytes()
MESSAGES = (FOLDER / "messages.csv").read_bytes()
CONNECTIONS = b"First Name,Last Name,URL,Company,Position,Connected On\nAna,S,x.example/in/ana,,,1 Jan 2026\n"
PROFILE = b"First Name,Last Name,Maiden Name,Headline,Summary\nCamille,Roy,,Journaliste,\"a\nb\"\n"
NOTES = b"Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"


def archive(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return made.getvalue()


def read(data: bytes, name: str = "a.zip") -> InboxFile:
    return read_inbox_stream(io.BytesIO(data), name)


def summary(file: InboxFile) -> tuple[int, int, int, list[str], list[str]]:
    tables = file.tables
    return (
        sum(len(each.invitations.invitations) for each in tables if each.invitations),
        sum(len(each.messages.messages) for each in tables if each.messages),
        sum(len(each.connections) for each in tables),
        [each.told for each in tables if each.told],
        [str(problem) for each in tables for problem in each.problems],
    )


def test_the_data_export_is_read_as_it_is_downloaded() -> None:
    said: list[str] = []
    files = {
        "Invitations.csv": INVITATIONS,
        "messages_12.csv": MESSAGES,
        "Connections.csv": CONNECTIONS,
        "Notes.csv": NOTES,
        "Profile.csv": PROFILE,
        "Skills.csv": b"Name\nJonglage\n",
        "__MACOSX/Invitations.csv": b"\x00",
    }
    file = read_inbox_stream(io.BytesIO(archive(files)), "a.zip", said.append)
    assert summary(file) == (
        4,
        4,
        1,
        [
            "a.zip/Notes.csv: notes belong on the cards; see 'motjuste contacts import'",
            "a.zip/Profile.csv: this is the export of Camille Roy (Journaliste)",
        ],
        [],
    )
    assert said == [f"reading a.zip/{name} …" for name in list(files)[:5]]


def test_tables_are_known_by_their_header_and_not_by_their_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(INVITATIONS)
    assert summary(read_inbox_file(path))[:3] == (4, 0, 0)
    others = {"x/mine.csv": INVITATIONS, "x/other.csv": b"a,b\n", "x/y.txt": MESSAGES}
    assert summary(read(archive(others)))[:3] == (4, 0, 0)


def test_an_export_of_the_ledger_is_told_by_its_first_line() -> None:
    data = b'{"motjuste": "ledger", "version": 1}\n'
    assert read(data, "ledger.jsonl") == InboxFile("ledger.jsonl", ledger=data)


NO_HEADER = (
    "x:1: no header that is known here: expected Invitations.csv (From, To, Sent At, Message, Direction) or "
    "messages.csv (CONVERSATION ID, FROM, … DATE, … CONTENT)"
)
NOTHING = "x holds nothing for the inbox; expected Invitations.csv, messages.csv, or the zip of the data export that "
NOTHING += "holds them"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "x:1: the file is empty; nothing was recorded of it"),
        (INVITATIONS.splitlines()[0], "x:1: there is no invitation below the header; nothing was recorded of it"),
        (b"a,b\n1,2", f"{NO_HEADER}; found 'a,b'; nothing was recorded of it"),
        (b"Given Name,Family Name\nA,B",
         f"{NO_HEADER}; these are people: see 'motjuste contacts import'; nothing was recorded of it"),
        (PROFILE, NOTHING),
        (archive({"a.txt": b"x"}), NOTHING),
        (archive({"Invitations.csv": b""}), "x/Invitations.csv:1: the file is empty; nothing was recorded of it"),
        (b"PK\x03\x04rest", "x is a damaged zip archive; download it again, then import it again"),
    ],
    ids=["empty", "header", "other", "people", "profile", "zip of nothing", "empty in zip", "damaged"],
)  # fmt: skip
def test_a_file_that_yields_nothing_is_an_error(data: bytes, told: str) -> None:
    with pytest.raises(UserError) as error:
        read(data, "x")
    assert str(error.value) == told


def test_a_file_in_an_archive_that_cannot_be_read_stops_no_other() -> None:
    data = bytearray(archive({"messages.csv": MESSAGES, "Invitations.csv": INVITATIONS}))
    start = data.find(b"messages.csv") + len("messages.csv")
    data[start : start + 40] = b"\xff" * 40
    assert summary(read(bytes(data))) == (
        4,
        0,
        0,
        [],
        ["a.zip/messages.csv:1: is damaged: download the archive again, then import it again"],
    )


def test_an_archive_that_unpacks_to_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_048_576)
    with pytest.raises(UserError, match=r"a\.zip unpacks to more than 1 MB, so it was not read"):
        read(archive({"Invitations.csv": INVITATIONS, "messages.csv": MESSAGES + b" " * 1_100_000}))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.zip cannot be read: no such file or directory; check the path"):
        read_inbox_file(tmp_path / "gone.zip")


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda data: INVITATIONS[:400] + data + MESSAGES[:500]))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        file = read(data)
    except UserError:
        return
    assert file.ledger or any(table.is_of_use for table in file.tables)
