"""People as a table: whatever it can hold is read back, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motjuste.people.card import Contact
from motjuste.people.formulas import guarded, unguarded
from motjuste.people.names import safe_text
from motjuste.people.tables import read_table
from motjuste.people.written_tables import written_table

MARIE = Contact(
    formatted_name="Mme Marie DUPONT",
    other_names=("Mimi", "Mia Roy"),
    given_name="Marie",
    family_name="Dupont",
    honorific_prefix="Mme",
    organization="Acme, Inc.",
    title='Directrice "papier"',
    city="Lyon",
    country="France",
    emails=("marie@acme.example", "m@chez.example"),
    phones=("+33 6 00 00 00 01",),
    profile_url="https://www.linkedin.com/in/marie",
    note="=1+1",
    language="fr-FR",
    gender="F",
    address_form="tu",
    elides=False,
    greeting="Marie",
    how_we_met="Au salon",
    do_not_contact=True,
    connected_on=date(2026, 2, 8),
    uid="urn:uuid:1",
    merged_uids=("urn:uuid:2", "3"),
    source="t.csv",
)
ACME = Contact(formatted_name="Acme", organization="Acme", phones=("1", "2"), source="t.csv")
CHER = Contact(formatted_name="Cher", source="t.csv")


def lines(people: Sequence[Contact], *, raw: bool = False) -> list[str]:
    return list(written_table(people, raw=raw))


def read_back(people: Sequence[Contact], *, raw: bool = False, encoding: str = "utf-8") -> tuple[Contact, ...]:
    reading = read_table("".join(lines(people, raw=raw)).encode(encoding), "t.csv")
    assert reading.problems == ()
    return reading.contacts


def test_the_header_is_googles_and_what_only_we_keep_stands_behind() -> None:
    assert lines([MARIE, ACME]) == [
        "First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Nickname,Organization Name,Organization Title,Notes,"
        "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
        "Phone 2 - Label,Phone 2 - Value,Address 1 - City,Address 1 - Country,Formatted Name,Other Names,Profile URL,"
        "Language,Gender,Address Form,Elides,Greeting,How We Met,Do Not Contact,Connected On,UID,"
        "Merged UIDs\r\n",
        'Marie,,Dupont,Mme,,,"Acme, Inc.","Directrice ""papier""",\'=1+1,,marie@acme.example,,m@chez.example,,'
        "'+33 6 00 00 00 01,,,Lyon,France,Mme Marie DUPONT,Mimi ::: Mia Roy,https://www.linkedin.com/in/marie,fr-FR,F,tu,no,Marie,"
        "Au salon,yes,2026-02-08,urn:uuid:1,urn:uuid:2 ::: 3\r\n",
        ",,,,,,Acme,,,,,,,,1,,2,,,,,,,,,,,,,,,\r\n",
    ]


def test_what_is_written_for_no_spreadsheet_is_not_guarded() -> None:
    assert ",=1+1,,marie" in lines([MARIE], raw=True)[1]
    assert read_back([MARIE], raw=True) == (MARIE,)


def test_a_name_without_parts_stands_where_other_programs_look_for_it() -> None:
    assert lines([CHER])[1].startswith("Cher,,,")
    given = replace(CHER, given_name="Cher")
    assert read_back([CHER, given]) == (CHER, given)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_people_are_read_back_in_every_encoding_of_a_spreadsheet(encoding: str) -> None:
    assert read_back([MARIE, ACME, CHER], encoding=encoding) == (MARIE, ACME, CHER)


def test_a_value_that_means_nothing_is_told_and_left_out() -> None:
    text = "".join(lines([replace(MARIE, gender="", language="")])).replace(",tu,no,", ",toi,peut-être,")
    reading = read_table(text.encode(), "t.csv")
    assert reading.contacts == (replace(MARIE, gender="", language="", address_form="", elides=None),)
    assert [str(problem) for problem in reading.problems] == [
        "t.csv:2: address form 'toi' was left out: expected tu or vous",
        "t.csv:2: elides 'peut-être' was left out: expected yes or no",
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("''@", "'''@"),
        ("a=1", "a=1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("", ""),
    ],
)
def test_what_could_begin_a_formula_is_guarded_and_comes_back(cell: str, written: str) -> None:
    assert (guarded(cell), unguarded(written)) == (written, cell)


def test_cells_that_another_program_guarded_are_read_as_they_were_meant() -> None:
    text = "First Name,Last Name,Phone 1 - Value,File As\nZoé,Roy,'+33 6 00 00 00 01,'s-Gravenhage\n"
    assert read_table(text.encode(), "t.csv").contacts[0].phones == ("+33 6 00 00 00 01",)


def apart(text: str) -> bool:
    return ":::" not in text and ": ::" not in text


cells = st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@',;\""), max_size=12).map(safe_text).filter(apart)
some = cells.filter(bool)
emails = some.map("{}@x.example".format)
links = some.map("https://{}".format).filter(lambda text: "/in/" not in text)
people = st.builds(
    Contact,
    formatted_name=some,
    other_names=st.lists(some, max_size=2, unique=True).map(tuple),
    given_name=cells,
    family_name=cells,
    additional_names=cells,
    honorific_prefix=cells,
    honorific_suffix=cells,
    nickname=cells,
    organization=cells,
    title=cells,
    city=cells,
    country=cells,
    emails=st.lists(emails, max_size=3, unique=True).map(tuple),
    phones=st.lists(some, max_size=3, unique=True).map(tuple),
    urls=st.lists(links, max_size=2, unique=True).map(tuple),
    profile_url=st.just("") | st.just("https://www.linkedin.com/in/x"),
    note=cells,
    language=st.sampled_from(["", "fr", "fr-CA"]),
    gender=st.sampled_from(["", "F", "M", "O"]),
    address_form=st.sampled_from(["", "tu", "vous"]),
    elides=st.sampled_from([None, True, False]),
    do_not_contact=st.sampled_from([None, True, False]),
    greeting=cells,
    how_we_met=cells,
    connected_on=st.none() | st.dates(),
    uid=cells,
    merged_uids=st.lists(some, max_size=2, unique=True).map(tuple),
    source=st.just("t.csv"),
).filter(lambda person: person.formatted_name not in person.other_names)


@settings(max_examples=200)
@given(st.lists(people, min_size=1, max_size=3), st.booleans())
def test_whoever_is_written_is_read_back(contacts: list[Contact], raw: bool) -> None:
    assert read_back(contacts, raw=raw) == tuple(contacts)


@given(st.lists(people, min_size=1, max_size=3))
def test_no_cell_begins_a_formula(contacts: list[Contact]) -> None:
    for row in csv.reader(io.StringIO("".join(lines(contacts)), newline="")):
        assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]
