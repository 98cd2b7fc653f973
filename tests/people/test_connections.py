"""The network's export of connections, as it comes and as spreadsheets leave it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.people.card import Contact
from motjuste.people.layouts import EXPECTED
from motjuste.people.reading import Problem
from motjuste.people.tables import read_table

EXPORTS = Path(__file__).parent.parent / "data" / "connections"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
OLD_HEADER = "First Name,Last Name,Email Address,Company,Position,Connected On\n"


def export(name: str) -> tuple[tuple[Contact, ...], list[str]]:
    reading = read_table((EXPORTS / name).read_bytes(), name)
    return reading.contacts, [str(problem) for problem in reading.problems]


def rows(text: str, header: str = HEADER) -> tuple[tuple[Contact, ...], list[str]]:
    reading = read_table((header + text).encode(), "c.csv")
    return reading.contacts, [str(problem) for problem in reading.problems]


def test_the_export_of_today() -> None:
    contacts, problems = export("since_2023.csv")
    assert contacts == (
        Contact(
            formatted_name="Marie Dupont",
            given_name="Marie",
            family_name="Dupont",
            organization="Acme, Inc",
            title="Directrice",
            emails=("marie@acme.example",),
            profile_url="https://www.linkedin.com/in/marie-dupont",
            connected_on=date(2026, 2, 8),
            source="since_2023.csv",
        ),
        Contact(
            formatted_name="Éric Lefèvre, MBA",
            given_name="Éric",
            family_name="Lefèvre, MBA",
            organization='Atelier "démo"',
            profile_url="https://www.linkedin.com/in/%C3%A9ric-lef%C3%A8vre/",
            connected_on=date(2021, 5, 7),
            source="since_2023.csv",
        ),
        Contact(
            formatted_name="Zoé Roy",
            given_name="Zoé",
            family_name="Roy",
            profile_url="https://www.linkedin.com/in/zoe-roy",
            connected_on=date(2019, 12, 1),
            source="since_2023.csv",
        ),
    )
    assert problems == ["since_2023.csv:7: 1 member hides their name and was left out"]
    assert [contact.profile_key for contact in contacts] == ["marie-dupont", "éric-lefèvre", "zoe-roy"]
    assert contacts[1].display_name == "Éric Lefèvre"


def test_the_export_of_former_years() -> None:
    (marie,), problems = export("until_2021.csv")
    assert (marie.formatted_name, marie.emails, marie.organization) == (
        "Marie Dupont",
        ("marie@acme.example",),
        "Acme",
    )
    assert problems == []


def test_a_spreadsheets_semicolons_windows_letters_and_short_dates() -> None:
    (eric,), problems = export("spreadsheet.csv")
    assert (eric.formatted_name, eric.organization, eric.title, eric.connected_on) == (
        "Éric Lefèvre",
        "Cœur & Cie",
        "Chargé d’affaires",
        date(2022, 2, 7),
    )
    assert problems == []


def test_the_letters_of_a_spreadsheet_on_a_mac() -> None:
    rows = "First Name;Last Name;Company;Connected On\rHélène;Lefèvre;Forêt & Français;\r"
    reading = read_table(rows.encode("mac_roman"), "mac.csv")
    (helene,) = reading.contacts
    assert (helene.formatted_name, helene.organization) == ("Hélène Lefèvre", "Forêt & Français")
    assert reading.problems == ()


def test_french_columns_and_months_and_a_column_of_the_users_own() -> None:
    (zoe, ana), problems = export("french.csv")
    assert (zoe.given_name, zoe.organization, zoe.connected_on) == ("Zoé", "Érable", date(2026, 2, 8))
    assert ana.connected_on == date(2021, 8, 1)
    assert problems == ["french.csv:1: the column 'Humeur' is not known and was left out"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_how_the_file_was_saved_makes_no_difference(encoding: str, newline: str, delimiter: str) -> None:
    text = (OLD_HEADER + "Zoé,Roy,,,,\n").replace(",", delimiter).replace("\n", newline)
    reading = read_table(text.encode(encoding), "c.csv")
    assert [contact.formatted_name for contact in reading.contacts] == ["Zoé Roy"]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("08 Feb 2026", date(2026, 2, 8)),
        ("7-Feb-22", date(2022, 2, 7)),
        ("2026-02-08", date(2026, 2, 8)),
        ("8 févr. 2026", date(2026, 2, 8)),
        ("14 juil. 2020", date(2020, 7, 14)),
        ("3 juin 2020", date(2020, 6, 3)),
        ("25/12/2020", date(2020, 12, 25)),
        ("12/25/2020", date(2020, 12, 25)),
        ("25.12.20", date(2020, 12, 25)),
    ],
)
def test_dates_are_read_by_the_files_own_format(stated: str, expected: date) -> None:
    (zoe,), problems = rows(f"Zoé,Roy,,,,,{stated}\n")
    assert (zoe.connected_on, problems) == (expected, [])


def test_a_date_that_the_file_leaves_open_is_not_guessed() -> None:
    (zoe, ana), problems = rows("Zoé,Roy,,,,,02/08/2026\nAna,Silva,,,,,bientôt\n")
    assert (zoe.connected_on, ana.connected_on) == (None, None)
    assert problems == ["c.csv:2: 2 members (the first on this line) have dates that cannot be read"]


def test_one_telling_date_explains_the_others() -> None:
    (zoe, ana), problems = rows("Zoé,Roy,,,,,02/08/2026\nAna,Silva,,,,,25/08/2026\n")
    assert (zoe.connected_on, ana.connected_on, problems) == (date(2026, 8, 2), date(2026, 8, 25), [])


@pytest.mark.parametrize("stated", ["31 Feb 2020", "12 jui 2020", "99-Foo-20", "00/13/2020"])
def test_an_impossible_date_is_unknown(stated: str) -> None:
    (zoe,), problems = rows(f"Zoé,Roy,,,,,{stated}\n")
    assert zoe.connected_on is None
    assert problems == ["c.csv:2: 1 member has a date that cannot be read"]


def test_hidden_members_are_counted_together() -> None:
    contacts, problems = rows(",,,,,,07 Jun 2026\n" * 3 + "Zoé,,,,,,07 Jun 2026")
    assert [contact.formatted_name for contact in contacts] == ["Zoé"]
    assert problems == ["c.csv:2: 3 members (the first on this line) hide their names and were left out"]


def test_a_file_of_hidden_members_alone_says_so() -> None:
    assert rows(",,,,,,07 Jun 2026\n") == (
        (),
        ["c.csv:2: 1 member hides their name and was left out"],
    )


def test_a_stray_comma_costs_the_fields_after_it_only() -> None:
    (zoe, ana), problems = rows(
        "Zoé,Roy,https://www.linkedin.com/in/zoe,,Bon, Beau et Cie,PDG,1 Jan 2020\nAna,Silva,,,X,Y,1 Jan 2020\n"
    )
    assert (zoe.formatted_name, zoe.profile_key, zoe.organization, zoe.title) == ("Zoé Roy", "zoe", "", "")
    assert (ana.organization, ana.title) == ("X", "Y")
    assert problems == ["c.csv:2: 8 fields, expected 7: only the first ones were read"]


def test_problems_are_told_in_the_order_of_their_lines() -> None:
    _, problems = rows(",,,\nZoé,Roy,1,2\nAna,Silva,,,,\n,,2020\n", "First Name,Last Name,Humeur\n")
    assert [problem.split(":")[1] for problem in problems] == ["1", "3", "5"]


def test_a_quotation_mark_that_never_closes_costs_one_line_only() -> None:
    (zoe, ana), problems = rows('Zoé,Roy,,,"Acme,PDG,1 Jan 2020\nAna,Silva,,,X,Y,1 Jan 2020\n')
    assert (zoe.formatted_name, zoe.organization, ana.organization) == ("Zoé Roy", "", "X")
    assert problems == ["c.csv:2: a quotation mark is not closed: the fields after it were left out"]


def test_a_quoted_field_may_go_on_in_the_next_line() -> None:
    (zoe, ana), problems = rows('Zoé,Roy,,,"Bon\nBeau",PDG,\nAna,Silva,,,,,\n')
    assert (zoe.organization, ana.formatted_name, problems) == ("Bon Beau", "Ana Silva", [])


def test_inch_marks_are_not_quotations() -> None:
    (zoe,), problems = rows('Zoé,Roy,,,Écran 15" SA,PDG,\n')
    assert (zoe.organization, problems) == ('Écran 15" SA', [])


def test_an_address_without_an_at_sign_is_no_e_mail() -> None:
    (zoe,), _ = rows("Zoé,Roy,,non communiquée,,,\n")
    assert zoe.emails == ()


def test_names_are_made_safe() -> None:
    (zoe,), _ = rows("Zo\x1b[31mé\u202e,{{ 7*7 }},,,,,\n")
    assert (zoe.given_name, zoe.family_name) == ("Zo [31mé", "{{ 7*7 }}")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n", "the file is empty"),
        (HEADER.encode(), "there is nobody below the header"),
        (
            b"Nom complet,Age\nMarie Dupont,30\n",
            f"{EXPECTED}; found 'Nom complet,Age'",
        ),
    ],
)
def test_a_file_that_yields_nobody_says_why(data: bytes, reason: str) -> None:
    reading = read_table(data, "c.csv")
    assert reading.contacts == ()
    assert reading.problems == (Problem("c.csv", 1, reason),)


@given(
    st.binary(max_size=200) | st.text(alphabet='a,;"\n\t', max_size=40).map(lambda t: (HEADER + t).encode())
)
def test_any_file_yields_contacts_or_a_reason(data: bytes) -> None:
    reading = read_table(data, "c.csv")
    assert reading.contacts or reading.problems
