"""Contact cards as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.people import jcard
from motjuste.people.any_file import read_people
from motjuste.people.card import Contact
from motjuste.people.jcard import read_jcards
from motjuste.people.vcard import read_vcards, write_vcard

CARDS = Path(__file__).parent.parent / "data" / "cards"


def read(text: str | list[object]) -> tuple[list[str], list[str]]:
    data = text if isinstance(text, str) else json.dumps(text)
    reading = read_jcards(data.encode(), "c.json")
    return [contact.formatted_name for contact in reading.contacts], [str(each) for each in reading.problems]


def card(*properties: object) -> list[object]:
    return ["vcard", [["version", {}, "text", "4.0"], *properties]]


def test_every_fact_of_a_card_is_read_as_from_its_vcard() -> None:
    (contact,) = read_jcards((CARDS / "version_4.json").read_bytes(), "version_4.vcf").contacts
    (same,) = read_vcards((CARDS / "version_4.vcf").read_bytes(), "version_4.vcf").contacts
    plain = [
        line.replace('"voice,home"', "voice,home").replace("Montréal;", "Montréal\\;") for line in same.kept
    ]
    assert contact == replace(same, kept=tuple(plain))


def test_cards_of_an_array_are_read_in_their_order() -> None:
    both = [card(["fn", {}, "text", "Zoé"]), card(["fn", {}, "text", "Ana"])]
    assert read(both) == (["Zoé", "Ana"], [])
    assert read({"entities": {"vcardArray": both[0]}}) == (["Zoé"], [])  # type: ignore[arg-type]


def test_a_broken_card_is_reported_with_its_line_and_costs_no_other() -> None:
    text = '[["vcard", [["fn", {}, "text", "Zoé"]]],\n["vcard", [["fn", {}\n "text", "Ana"]]],\n'
    text += '["vcard", [["fn", {}, "text", "Léa"]]]]'
    assert read(text) == (
        ["Zoé", "Léa"],
        ["c.json:2: a card that is not JSON: expecting ',' delimiter (line 3)"],
    )


def test_cards_that_are_all_broken_end_the_reading() -> None:
    _, problems = read('["vcard", oops\n' * 1000)
    assert len(problems) == 50
    assert problems[-1].endswith("; too many like it, so the rest of the file was left out")


def test_more_cards_than_fit_the_memory_are_met_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jcard, "MOST_PEOPLE", 2)
    told = "c.json:1: only the first 100,000 people of a file are read; split it to have the others"
    assert read([card(["fn", {}, "text", "Zoé"])] * 5) == (["Zoé", "Zoé"], [told])


def test_a_property_that_is_none_is_reported_and_costs_no_other() -> None:
    properties = (
        ["fn", {}, "text", "Zoé"],
        ["tel"],
        ["a:b", {}, "text", "x"],
        ["n", {}, "text", [[["x"]]]],
        7,
    )
    assert read(card(*properties)) == (
        ["Zoé"],
        [
            'c.json:1: not a property of a card: ["tel"]',
            'c.json:1: not a property of a card: ["a:b", {}, "text", "x"]',
            'c.json:1: not a property of a card: ["n", {}, "text", [[["x"]]]]',
            "c.json:1: not a property of a card: 7",
        ],
    )


def test_endless_nesting_is_met_with_a_word() -> None:
    names, problems = read('[["vcard", ' + "[" * 100_000 + ', ["vcard", [["fn", {}, "text", "Zoé"]]]]')
    assert (names, problems) == (
        ["Zoé"],
        ["c.json:1: a card that is not JSON: its lists are nested too deeply"],
    )
    names, problems = read('["vcard", ["x", ' * 100_000)
    assert (names, len(problems)) == ([], 50)


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        (["bday", {}, "date", "1985-04-12"], "BDAY;VALUE=date:19850412"),
        (["bday", {}, "date-and-or-time", "--04-12"], "BDAY:--04-12"),
        (["tel", {"type": ["work", "voice"]}, "uri", "tel:+1;ext=2"], "TEL;VALUE=uri;TYPE=work,voice:tel:+1;ext=2"),
        (["categories", {}, "text", "a,b", "c"], "CATEGORIES:a\\,b,c"),
        (["x-a", {"group": "i1", "label": 'a "hi": b'}, "text", "1\n2"], "i1.X-A;LABEL=\"a 'hi': b\":1\\n2"),
        (["x-n", {}, "integer", 1, 2.5, True, None], "X-N;VALUE=integer:1,2.5,true"),
        (["x-z", {}, "unknown", "a;b\\c"], "X-Z:a\\;b\\\\c"),
    ],
)  # fmt: skip
def test_what_our_fields_do_not_hold_is_kept_as_a_line(stated: list[object], line: str) -> None:
    reading = read_jcards(json.dumps(card(["fn", {}, "text", "Zoé"], stated)).encode(), "c.json")
    assert (reading.contacts[0].kept, reading.problems) == ((line,), ())


def test_a_value_cannot_end_the_card() -> None:
    (contact,) = read_jcards(
        json.dumps(card(["fn", {}, "text", "Zoé\r\nEND:VCARD\n"])).encode(), "x"
    ).contacts
    assert contact.formatted_name == "Zoé END:VCARD"
    assert write_vcard(contact).split("\r\n")[2:] == ["FN:Zoé\\nEND:VCARD\\n", "END:VCARD", ""]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "c.json:1: the file is empty"),
        ("[]", 'c.json:1: no jCard here: expected ["vcard", […]]'),
        ('["vcard", []]', "c.json:1: the card names nobody: no name, organization, e-mail or phone number"),
    ],
)
def test_a_file_that_yields_nobody_says_why(text: str, problem: str) -> None:
    assert read(text) == ([], [problem])


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda each: st.lists(each, max_size=4)
)


@given(
    st.lists(st.lists(st.sampled_from(["fn", "n", "tel", "url", "org"]) | st.just({}) | values), max_size=4)
)
def test_whatever_is_read_can_be_written_and_read_again(properties: list[object]) -> None:
    reading = read_jcards(json.dumps(["vcard", properties]).encode(), "x")
    assert reading.contacts or reading.problems
    for contact in reading.contacts:
        assert read_vcards(write_vcard(contact).encode(), "x").contacts == (contact,)


# --- what a file is -------------------------------------------------------------------------------

JCARD = json.dumps(card(["fn", {}, "text", "Zoé"])).encode()
VCARD = b"BEGIN:VCARD\nFN:Zo\xc3\xa9\nEND:VCARD\n"
TABLE = "First Name,Last Name\nZoé,\n".encode()


@pytest.mark.parametrize("name", ["x.vcf", "x.json", "x.jcard", "x.csv", "x", "standard input"])
@pytest.mark.parametrize("data", [JCARD, VCARD, VCARD.decode().encode("utf-16"), b"\xef\xbb\xbf" + JCARD])
def test_cards_are_known_by_what_stands_in_the_file(name: str, data: bytes) -> None:
    reading = read_people(data, name)
    assert ([contact.formatted_name for contact in reading.contacts], reading.problems) == (["Zoé"], ())


def test_a_table_is_a_table_whatever_its_name() -> None:
    for name in ("x.csv", "x.txt", "standard input"):
        assert read_people(TABLE, name).contacts == (
            Contact(formatted_name="Zoé", given_name="Zoé", source=name),
        )
