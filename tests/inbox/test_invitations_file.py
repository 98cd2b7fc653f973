"""`Invitations.csv`, as the network writes it and as spreadsheets leave it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.inbox import invitations_file
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.invitations_file import InvitationsRead, Own, read_invitations
from motjuste.inbox.layouts import INVITATIONS
from motjuste.people.sheets import header_of, lines_of

FOLDER = Path(__file__).parent.parent / "data" / "inbox"
HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
CAMILLE = Own(frozenset({"in:camille-roy"}), frozenset({"camille roy"}))


def read(data: bytes, source: str = "a.zip/i.csv") -> InvitationsRead:
    lines = lines_of(data)
    header = header_of(lines, [INVITATIONS])
    assert header is not None
    return read_invitations(header, lines, source)


def read_file(name: str) -> InvitationsRead:
    return read((FOLDER / name).read_bytes(), name)


def told(reading: InvitationsRead) -> list[str]:
    return [str(problem) for problem in reading.problems]


def test_the_export_of_today() -> None:
    source = "invitations_since_2023.csv"
    assert read_file(source) == InvitationsRead(
        (
            Invitation(
                name="Hugo Martin, PhD 🚀",
                at=datetime(2026, 2, 12, 11, 44),
                note='Bonjour Camille,\n\nvotre article sur le "papier vivant" m’a plu ; parlons-en.\nHugo',
                profile_url="https://www.linkedin.com/in/hugo-martin-1",
                source=source,
            ),
            Invitation(
                name="Léa Petit",
                at=datetime(2026, 2, 11, 9, 5),
                profile_url="https://www.linkedin.com/in/l%C3%A9a-petit/",
                source=source,
            ),
            Invitation(
                name="Ana Silva",
                at=datetime(2026, 1, 30, 12, 10),
                note="Bonjour Ana, au plaisir d’échanger.",
                profile_url="https://www.linkedin.com/in/ana-silva",
                direction="outgoing",
                source=source,
            ),
            Invitation(
                name="🇨🇦 N. T.",
                at=datetime(2025, 12, 31, 0, 0),
                profile_url="https://www.linkedin.com/in/n-t-77",
                source=source,
            ),
        ),
        CAMILLE,
    )


def test_the_export_of_former_years_tells_no_profiles() -> None:
    reading = read_file("invitations_until_2023.csv")
    assert [(each.person, each.at, each.direction) for each in reading.invitations] == [
        ("name:hugo martin", datetime(2026, 2, 12, 11, 44), "incoming"),
        ("name:ana silva", datetime(2026, 1, 30, 12, 10), "outgoing"),
    ]
    assert (reading.own, told(reading)) == (Own(names=frozenset({"camille roy"})), [])


def test_a_spreadsheets_semicolons_windows_letters_and_order_of_days() -> None:
    reading = read_file("invitations_spreadsheet.csv")
    assert [(each.name, each.at) for each in reading.invitations] == [
        ("Hugo Martin, PhD", datetime(2026, 2, 12, 11, 45)),
        ("Léa Petit", datetime(2026, 2, 11, 9, 5)),
        ("Ana Silva", datetime(2026, 1, 30, 12, 10)),
    ]
    assert reading.invitations[0].note == "Bonjour Camille,\n\nvotre article m’a plu ; parlons-en."
    assert (reading.own, told(reading)) == (CAMILLE, [])


def test_french_columns_and_months_and_a_column_of_the_users_own() -> None:
    reading = read_file("invitations_french.csv")
    assert [(each.name, each.at, each.direction) for each in reading.invitations] == [
        ("Hugo Martin", datetime(2026, 2, 12, 11, 44), "incoming"),
        ("Ana Silva", datetime(2026, 1, 30, 12, 10), "outgoing"),
    ]
    assert told(reading) == ["invitations_french.csv:1: the column 'Humeur' is not known and was left out"]


def test_every_row_that_cannot_be_read_is_reported_and_stops_no_other() -> None:
    reading = read_file("invitations_hurt.csv")
    assert [(each.name, each.profile_url, each.at) for each in reading.invitations] == [
        ("Léa Petit", "https://www.linkedin.com/in/lea-petit", datetime(2026, 2, 11, 9, 5)),
        ("Zoé Roy", "https://www.linkedin.com/in/zoe", datetime(2026, 2, 11, 9, 5)),
        ("Paul Roy", "https://www.linkedin.com/in/paul", datetime(2026, 2, 10)),
        ("Hugo Martin", "", datetime(2026, 2, 12, 11, 44)),
    ]
    name = "invitations_hurt.csv"
    assert told(reading) == [
        f"{name}:2: a quotation mark is not closed: the fields after it were left out",
        f"{name}:2: the direction is missing; INCOMING was taken, as it is to you",
        f"{name}:4: the row names nobody: the member hides their name, or is gone",
        f"{name}:5: the row names nobody: the member hides their name, or is gone",
        f"{name}:6: the date 'bientôt' cannot be read: the row was left out",
        f"{name}:7: the direction is 'SIDEWAYS', expected INCOMING or OUTGOING: the row was left out",
        f"{name}:8: 9 fields, expected 7: only the first ones were read",
        f"{name}:9: the row tells no time of day: midnight was taken",
    ]


def test_without_a_direction_only_names_that_are_sure_tell_it() -> None:
    rows = "Zoé,Camille,2026-02-10 9:00,,INCOMING,,\n" + "".join(
        f"{sender},{to},2026-02-11 9:00,,,,\n" for sender, to in (("Camille", "Ana"), ("Paul", "Ana"), ("Camille",) * 2)
    )
    reading = read((HEADER + rows).encode())
    assert [(each.name, each.direction) for each in reading.invitations] == [("Zoé", "incoming"), ("Ana", "outgoing")]
    assert told(reading) == [
        "a.zip/i.csv:3: the direction is missing; OUTGOING was taken, as it is from you",
        "a.zip/i.csv:4: the direction is missing, expected INCOMING or OUTGOING: the row was left out",
        "a.zip/i.csv:5: the direction is missing, expected INCOMING or OUTGOING: the row was left out",
    ]


def test_dates_that_the_file_leaves_open_are_reported_each() -> None:
    text = HEADER + "Zoé,C,02/03/2026 9:00,,INCOMING,,\nAna,C,03/02/2026 9:00,,INCOMING,,\n"
    reading = read(text.encode())
    assert reading.invitations == ()
    assert told(reading) == [
        f"a.zip/i.csv:{line}: no date of this file tells which of {date!r} is the day and which the month: "
        "the row was left out"
        for line, date in ((2, "02/03/2026 9:00"), (3, "03/02/2026 9:00"))
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_how_the_file_was_saved_makes_no_difference(encoding: str, newline: str) -> None:
    name = "invitations_since_2023.csv"
    text = (FOLDER / name).read_bytes().decode().replace("\n", newline)
    assert read(text.encode(encoding), name) == read_file(name)


def test_a_file_without_an_invitation_says_so() -> None:
    assert told(read(HEADER.encode())) == ["a.zip/i.csv:1: there is no invitation below the header"]


def test_names_and_notes_are_made_safe_and_the_file_is_named_without_its_archive() -> None:
    row = '"Zo\x1b[31mé\u202e",C,2026-02-10 9:00,"a\x1b]0;x\x07\r\nb",INCOMING,,\n'
    (zoe,) = read((HEADER + row).encode()).invitations
    assert (zoe.name, zoe.note, zoe.source) == ("Zo [31mé", "a ]0;x\nb", "i.csv")


def test_more_invitations_than_fit_the_memory_are_met_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations_file, "MOST_INVITATIONS", 2)
    rows = "Zoé,C,2026-02-10 9:00,,INCOMING,,\n" * 5
    reading = read((HEADER + rows).encode())
    assert len(reading.invitations) == 2
    assert told(reading) == [
        "a.zip/i.csv:4: only the first 100,000 invitations of a file are read; split it to have the others"
    ]


@given(st.binary(max_size=200) | st.text(alphabet='aé/:0126-,;"\n\t IN', max_size=80).map(str.encode))
def test_any_file_yields_invitations_or_a_reason(data: bytes) -> None:
    reading = read(HEADER.encode() + data)
    assert reading.invitations or reading.problems
