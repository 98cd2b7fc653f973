"""Tables of Google and Outlook, and those that are none of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from motjuste.people import tables
from motjuste.people.card import Contact
from motjuste.people.layouts import EXPECTED
from motjuste.people.reading import Reading
from motjuste.people.tables import read_table

TABLES = Path(__file__).parent.parent / "data" / "tables"


def read(name: str) -> tuple[tuple[Contact, ...], list[str]]:
    return outcome(read_table((TABLES / name).read_bytes(), name))


def rows(text: str) -> tuple[tuple[Contact, ...], list[str]]:
    return outcome(read_table(text.encode(), "t.csv"))


def outcome(reading: Reading) -> tuple[tuple[Contact, ...], list[str]]:
    return reading.contacts, [str(problem) for problem in reading.problems]


def test_google_as_it_wrote_in_former_years() -> None:
    marie = Contact(
        formatted_name="Marie Rose Dupont",
        given_name="Marie",
        additional_names="Rose",
        family_name="Dupont",
        honorific_prefix="Mme",
        nickname="Mimi",
        organization="Acme",
        title="Directrice",
        city="Lyon",
        country="France",
        emails=("marie@acme.example", "m.dupont@acme.example", "marie@chez.example"),
        phones=("+33 6 00 00 00 01",),
        profile_url="https://www.linkedin.com/in/marie-dupont",
        note="Vue au salon, parle de papier",
        source="google_old.csv",
    )
    nord = Contact(formatted_name="Nord", organization="Nord", source="google_old.csv")
    chloe = Contact(formatted_name="Chloé", source="google_old.csv")
    assert read("google_old.csv") == (
        (marie, nord, chloe),
        [
            "google_old.csv:1: left out, for want of a place on a card: Birthday",
            "google_old.csv:6: the row names nobody: no name, company, e-mail or phone number",
        ],
    )


def test_google_as_it_writes_today() -> None:
    eric = Contact(
        formatted_name="Éric Lefèvre",
        given_name="Éric",
        family_name="Lefèvre",
        honorific_prefix="M.",
        honorific_suffix="MBA",
        organization="Atelier démo",
        title="Chargé d’affaires",
        city="Lille",
        country="France",
        emails=("eric@demo.example",),
        urls=("https://blog.example",),
        source="google_new.csv",
    )
    left = "google_new.csv:1: left out, for want of a place on a card: Organization Department"
    assert read("google_new.csv") == ((eric,), [left])


def test_outlook_calls_the_civility_title_and_a_spreadsheet_saved_it() -> None:
    zoe = Contact(
        formatted_name="Zoé Tremblay",
        given_name="Zoé",
        family_name="Tremblay",
        honorific_prefix="Mme",
        organization="Érable & Cie",
        title="Chargée de projet",
        country="Canada",
        emails=("zoe@erable.example",),
        phones=("+1 418 555 0100",),
        urls=("https://erable.example",),
        source="outlook_cp1252.csv",
    )
    left = "outlook_cp1252.csv:1: left out, for want of a place on a card: Birthday"
    assert read("outlook_cp1252.csv") == ((zoe,), [left])


def test_outlook_has_many_columns_of_numbers_and_addresses() -> None:
    numbers = ("Primary Phone", "Business Phone 2", "Company Main Phone", "Home Phone", "Car Phone", "Other Phone")
    others = ("E-mail Address", "E-mail 3 Address", "Home City", "Other Country", "Personal Web Page", "Job Title")
    cells = [*map(str, range(6)), "a@x", "b@x", "Lyon", "France", "https://x.example", "PDG"]
    header = ",".join(("First Name", "Last Name", *numbers, *others))
    (zoe,), problems = rows(f"{header}\nZoé,Roy,{','.join(cells)}\n")
    assert (zoe.phones, zoe.emails, zoe.urls) == (tuple("012345"), ("a@x", "b@x"), ("https://x.example",))
    assert (zoe.city, zoe.country, zoe.title, problems) == ("Lyon", "", "PDG", [])


@pytest.mark.parametrize("name", ["google_old.csv", "google_new.csv"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_how_the_table_was_saved_makes_no_difference(name: str, encoding: str, newline: str) -> None:
    text = (TABLES / name).read_bytes().decode().replace("\n", newline)
    assert outcome(read_table(text.encode(encoding), name)) == read(name)


def test_notes_of_the_data_export_are_people_with_a_note() -> None:
    header = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
    zoe = Contact(
        formatted_name="Zoé Roy",
        given_name="Zoé",
        family_name="Roy",
        profile_url="https://www.linkedin.com/in/zoe",
        note="Vue à Lyon",
        source="t.csv",
    )
    assert rows(f"{header}Zoé,Roy,https://www.linkedin.com/in/zoe,Vue à Lyon,2026-02-08,\n") == ((zoe,), [])


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("From,To,Sent At,Message,Direction", "invitations were left for the inbox; see 'motjuste inbox import'"),
        ("CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO",
         "messages were left for the inbox; see 'motjuste inbox import'"),
        ("First Name,Last Name,Headline,Summary", "this is your own profile, which belongs in profile.toml"),
        ("Prénom,Âge,Ville", f"{EXPECTED}; found 'Prénom,Âge,Ville'"),
        ("x" * 100, f"{EXPECTED}; found '{'x' * 59}…'"),
    ],
)  # fmt: skip
def test_a_table_without_people_says_what_it_is(header: str, told: str) -> None:
    assert rows(f"{header}\nMarie,Dupont,x\n") == ((), [f"t.csv:1: {told}"])


def test_every_row_that_cannot_be_read_is_reported_and_stops_no_other() -> None:
    header = "First Name,Last Name,File As,Notes\n"
    long = "x" * 140_000
    text = f'{header}Zoé,Roy,"oops\n,,,\nAna,Silva,,"a\n\n\n\n\n\n\nb"\n,,,"{long}"\nLéa,,,x,y\n,,,z\n'
    contacts, problems = rows(text)
    people = [(each.formatted_name, each.note) for each in contacts]
    assert people == [("Zoé Roy", ""), ("Ana Silva", "a b"), ("Léa", "")]
    assert problems == [
        "t.csv:2: a quotation mark is not closed: the fields after it were left out",
        "t.csv:12: a field of more than 131,072 characters: the row was left out",
        "t.csv:13: 5 fields, expected 4: only the first ones were read",
        "t.csv:14: the row names nobody: no name, company, e-mail or phone number",
    ]


def test_a_header_is_looked_for_below_a_preamble_but_not_in_a_whole_huge_table() -> None:
    table = "First Name,Last Name\nZoé,Roy\n"
    (zoe,), problems = rows("a,b\n" * 499 + table)
    assert (zoe.formatted_name, problems) == ("Zoé Roy", [])
    assert rows("a,b\n" * 500 + table) == ((), [f"t.csv:1: {EXPECTED}; found 'a,b'"])


def test_more_people_than_fit_the_memory_are_met_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_PEOPLE", 2)
    contacts, problems = rows("First Name,Last Name\n" + "Zoé,Roy\n" * 5)
    assert len(contacts) == 2
    assert problems == ["t.csv:4: only the first 100,000 people of a file are read; split it to have the others"]


def test_a_broken_quotation_costs_the_fields_from_it_on_and_none_before_it() -> None:
    header = "First Name,Last Name,File As,Notes\n"
    contacts, problems = rows(f'{header}"Zoé ""Zo""","Roy, née Petit","x"y,"a"\nAna,Sil"va,,"a\n')
    people = [(each.given_name, each.family_name, each.note) for each in contacts]
    assert people == [('Zoé "Zo"', "Roy, née Petit", ""), ("Ana", 'Sil"va', "")]
    told = "a quotation mark is not closed: the fields after it were left out"
    assert problems == [f"t.csv:2: {told}", f"t.csv:3: {told}"]
