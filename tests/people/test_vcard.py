"""vCards as phones, mail programs and people write them; what we write comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from motjuste.people.card import Contact
from motjuste.people.names import safe_text
from motjuste.people.reading import Problem
from motjuste.people.vcard import read_vcards, write_vcard

CARDS = Path(__file__).parent.parent / "data" / "cards"


def read(name: str) -> tuple[Contact, ...]:
    reading = read_vcards((CARDS / name).read_bytes(), name)
    assert reading.problems == ()
    return reading.contacts


def only(text: str | bytes) -> Contact:
    """The one contact of a card with these lines."""
    body = text.encode() if isinstance(text, str) else text
    reading = read_vcards(b"BEGIN:VCARD\n" + body + b"\nEND:VCARD\n", "card.vcf")
    assert reading.problems == ()
    (contact,) = reading.contacts
    return contact


CAMILLE = Contact(
    formatted_name="Camille Nguyễn",
    given_name="Camille",
    family_name="Nguyễn",
    additional_names="Rose Ève",
    honorific_suffix="MBA",
    nickname="Cam",
    organization="Exemple",
    title="Chercheuse, équipe langues",
    city="Québec",
    country="Canada",
    emails=("camille@exemple.example", "c.nguyen@exemple.example"),
    phones=("+1-418-555-0100",),
    profile_url="https://www.linkedin.com/in/camille-nguyen/",
    note="Rencontrée à Montréal; parle de ponctuation, et d’apostrophes.",
    language="fr-CA",
    gender="F",
    address_form="tu",
    elides=False,
    greeting="Cam",
    connected_on=date(2026, 2, 8),
    uid="urn:uuid:00000000-0000-4000-8000-000000000001",
    source="version_4.vcf",
    kept=(
        "N:Nguyễn;Camille;Rose,Ève;;MBA",
        "ORG:Exemple;Recherche",
        "EMAIL;PREF=1:camille@exemple.example",
        "EMAIL:c.nguyen@exemple.example",
        'TEL;VALUE=uri;TYPE="voice,home":tel:+1-418-555-0100',
        'ADR;LABEL="1 rue: du Port; Québec":;;1 rue du Port;Québec;;;Canada',
        "URL:https://www.linkedin.com/in/camille-nguyen/",
        "NOTE:Rencontrée à Montréal;\\nparle de ponctuation\\, et d’apostrophes.",
        "LANG;PREF=2:en",
        "LANG;PREF=1:fr-CA",
        "GENDER:F;femme",
        "KIND:individual",
        "X-FAVOURITE-SIGN:;",
    ),
)


def test_every_fact_of_a_version_4_card_is_read() -> None:
    assert read("version_4.vcf") == (CAMILLE,)


@pytest.mark.parametrize("name", ["version_4_utf16.vcf", "version_4_bom.vcf"])
def test_the_encoding_of_a_file_makes_no_difference(name: str) -> None:
    (contact,) = read(name)
    assert write_vcard(contact) == write_vcard(CAMILLE)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"])
def test_encodings_are_recognised_with_and_without_a_mark(encoding: str) -> None:
    card = "BEGIN:VCARD\r\nFN:Zoé Œuvre\r\nEND:VCARD\r\n"
    (contact,) = read_vcards(card.encode(encoding), "x.vcf").contacts
    assert contact.formatted_name == "Zoé Œuvre"


def test_an_android_card_with_quoted_printable_and_a_photo() -> None:
    assert read("android_2_1.vcf") == (
        Contact(
            formatted_name="Éric Lefèvre",
            given_name="Éric",
            family_name="Lefèvre",
            organization="Atelier démo",
            phones=("+33 6 00 00 00 01", "+33 1 00 00 00 02"),
            note="Rencontré à Lyon au salon",
            source="android_2_1.vcf",
            kept=(
                "TEL;TYPE=CELL;TYPE=PREF:+33 6 00 00 00 01",
                "TEL;TYPE=HOME:+33 1 00 00 00 02",
                "NOTE:Rencontré à Lyon\\nau salon",
                "PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEB"
                "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/9k=",
            ),
        ),
    )


def test_an_iphone_card_with_doubled_carriage_returns() -> None:
    (marie,) = read("iphone_crcrlf.vcf")
    assert (marie.formatted_name, marie.greeting_name, marie.organization) == (
        "Mme Marie Dupont",
        "Marie",
        "Carnets d’atelier",
    )
    assert (marie.emails, marie.urls) == (("marie@carnets.example",), ("https://carnets.example/marie",))
    assert marie.profile_key == "marie-dupont-é"
    assert "item1.X-ABLabel:_$!<Work>!$_" in marie.kept


def test_an_outlook_card_in_windows_letters() -> None:
    (zoe,) = read("outlook_cp1252.vcf")
    assert (zoe.formatted_name, zoe.honorific_prefix, zoe.organization, zoe.title, zoe.city, zoe.country) == (
        "Zoé Tremblay",
        "Mme",
        "Érable & Cie",
        "Chargée de projet",
        "Québec",
        "Canada",
    )


def test_a_card_inside_a_card_is_another_person() -> None:
    (paul,) = read("lotus_nested.vcf")
    assert (paul.formatted_name, paul.emails) == ("Paul Martin", ("paul@martin.example",))


def test_a_bad_card_is_reported_and_stops_no_other() -> None:
    reading = read_vcards((CARDS / "one_bad_of_three.vcf").read_bytes(), "bad.vcf")
    assert [contact.formatted_name for contact in reading.contacts] == [
        "Ana Silva",
        "Bruno Roy",
        "Chloé Petit",
    ]
    assert [str(problem) for problem in reading.problems] == [
        "bad.vcf:5: not a property of a card: 'this line states nothing'",
        "bad.vcf:7: the card names nobody: no name, organization, e-mail or phone number",
        "bad.vcf:14: a new card begins before the one of line 11 has ended",
        "bad.vcf:14: the card has no END:VCARD",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "the file is empty", id="nothing"),
        pytest.param(b"\xef\xbb\xbf\r\n \r\n", "the file is empty", id="only a mark and spaces"),
        pytest.param(b"<html></html>", "no vCard here: expected a line BEGIN:VCARD", id="another format"),
        pytest.param(bytes(range(256)), "no vCard here: expected a line BEGIN:VCARD", id="bytes"),
    ],
)
def test_a_file_without_cards_says_why(data: bytes, reason: str) -> None:
    reading = read_vcards(data, "x.vcf")
    assert reading.contacts == ()
    assert reading.problems == (Problem("x.vcf", 1, reason),)


def test_an_end_without_a_beginning_is_reported() -> None:
    reading = read_vcards(b"END:VCARD\n", "x.vcf")
    assert reading.problems == (Problem("x.vcf", 1, "END:VCARD without a card"),)


def test_a_hostile_card_is_only_data() -> None:
    (eve,) = read("hostile.vcf")
    assert (eve.formatted_name, eve.given_name, eve.family_name, eve.note) == (
        "Eve [2JTam rm -rf / {{ 7*7 }}",
        "Eve",
        "Tam",
        "END:VCARD BEGIN:VCARD",
    )
    assert read_vcards(write_vcard(eve).encode(), "hostile.vcf").contacts == (eve,)


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        pytest.param("N:Roy;Zoé", "formatted_name", "Zoé Roy", id="a name without FN"),
        pytest.param("ORG:Acme\\; fils;RH", "formatted_name", "Acme; fils", id="only an organization"),
        pytest.param("NICKNAME:Zoé", "formatted_name", "Zoé", id="only a nickname"),
        pytest.param(
            "TEL:1\nEMAIL:zoe@roy.example", "formatted_name", "zoe@roy.example", id="only an address"
        ),
        pytest.param("TEL:1", "formatted_name", "1", id="only a number"),
        pytest.param("EMAIL:zoe@roy.example", "greeting_name", "", id="an address is no name to greet"),
        pytest.param("FN:\nN:Roy;Zoé", "formatted_name", "Zoé Roy", id="an empty FN"),
        pytest.param("fn:Zoé Roy", "formatted_name", "Zoé Roy", id="small letters"),
        pytest.param("  FN : Zoé Roy", "formatted_name", "Zoé Roy", id="stray spaces"),
        pytest.param("FN:Zoé\\, Roy\\\\Cie", "formatted_name", "Zoé, Roy\\Cie", id="escapes"),
        pytest.param("FN:C:\\Users", "formatted_name", "C:\\Users", id="a backslash that escapes nothing"),
        pytest.param('FN;X="a:b;c":Zoé', "formatted_name", "Zoé", id="a colon inside quotation marks"),
        pytest.param('FN;X="a:Zoé', "formatted_name", "Zoé", id="a quotation mark that never closes"),
        pytest.param("FN:Zoé \n  Roy", "formatted_name", "Zoé Roy", id="a folded line keeps its space"),
        pytest.param("FN:Zo\n\té Roy", "formatted_name", "Zoé Roy", id="folded with a tab"),
        pytest.param(b"FN:Zo\xc3\n \xa9", "formatted_name", "Zoé", id="folded inside a character"),
        pytest.param(b"FN:Zo\xe9 \x8cuvre", "formatted_name", "Zoé Œuvre", id="Windows letters"),
        pytest.param(b"FN;CHARSET=ISO-8859-2:\xa3uk", "formatted_name", "Łuk", id="a charset of the line"),
        pytest.param(b"FN;CHARSET=SHIFT_JIS:\x89\xa4", "formatted_name", "王", id="a Japanese charset"),
        pytest.param(b"FN;CHARSET=rot13:Zo\xe9", "formatted_name", "Zoé", id="a charset that is none"),
        pytest.param(b"FN;CHARSET=ISO-8859-1:Zo\xc3\xa9", "formatted_name", "Zoé", id="a wrong charset"),
        pytest.param("FN;QUOTED-PRINTABLE:Zo=C3=A9", "formatted_name", "Zoé", id="a bare encoding"),
        pytest.param(
            "FN;ENCODING=QUOTED-PRINTABLE:Zo=E9", "formatted_name", "Zoé", id="quoted Windows letters"
        ),
        pytest.param(
            "FN;ENCODING=QUOTED-PRINTABLE:Zo=\n=C3=\n=A9", "formatted_name", "Zoé", id="soft breaks"
        ),
        pytest.param("FN:Zo=C3=A9", "formatted_name", "Zo=C3=A9", id="an equals sign alone is no encoding"),
        pytest.param("FN:Zoé\nTEL;VALUE=uri:TEL:+33-1", "phones", ("+33-1",), id="a telephone address"),
        pytest.param("EMAIL:mailto:a@b.c\nEMAIL:a@b.c", "emails", ("a@b.c",), id="an address twice"),
        pytest.param("EMAIL:b@b\nEMAIL;PREF:a@b", "emails", ("a@b", "b@b"), id="the preferred one first"),
        pytest.param("FN:Z\nROLE:Chef", "title", "Chef", id="a role for want of a title"),
        pytest.param("FN:Z\nROLE:Chef\nTITLE:PDG", "title", "PDG", id="the title before the role"),
        pytest.param("ORG:;RH\nFN:Z", "organization", "RH", id="a department for want of a company"),
        pytest.param("KIND:org\nFN:Acme", "organization", "Acme", id="a card of a company"),
        pytest.param("X-ABShowAs:COMPANY\nFN:Acme", "organization", "Acme", id="a company's card by Apple"),
        pytest.param("FN:Z\nADR:;;1 rue X;;;;\nADR:;;;Lyon;;;", "city", "Lyon", id="an address with a city"),
        pytest.param("FN:Z\nGENDER:M", "gender", "M", id="male"),
        pytest.param("FN:Z\nGENDER:N", "gender", "", id="a gender of none"),
        pytest.param("FN:Z\nX-GENDER:Female", "gender", "F", id="an older gender"),
        pytest.param("FN:Z\nPRONOUNS;LANGUAGE=en:they/them", "gender", "O", id="English pronouns"),
        pytest.param("FN:Z\nX-PRONOUNS:elle", "gender", "F", id="French pronouns"),
        pytest.param("FN:Z\nLANG:français", "language", "", id="a language that is no tag"),
        pytest.param("FN:Z\nX-MOTJUSTE-ADDRESS-FORM:Vous", "address_form", "vous", id="vous"),
        pytest.param("FN:Z\nX-MOTJUSTE-ADDRESS-FORM:thou", "address_form", "", id="another address form"),
        pytest.param("FN:Z\nX-MOTJUSTE-ELIDES:oui", "elides", True, id="elides"),
        pytest.param("FN:Z\nX-MOTJUSTE-ELIDES:peut-être", "elides", None, id="elides perhaps"),
        pytest.param("FN:Z\nX-MOTJUSTE-HOW-WE-MET:À Lyon\\, en mars", "how_we_met", "À Lyon, en mars", id="how we met"),
        pytest.param("FN:Z\nX-MOTJUSTE-CONNECTED-ON:hier", "connected_on", None, id="no date"),
        pytest.param(
            "FN:Z\nURL:https://fr.linkedin.com/in/z", "profile_key", "z", id="a profile among addresses"
        ),
        pytest.param("FN:Z\nURL:https://x.example/in/z", "profile_key", "", id="another site's address"),
        pytest.param("FN:Marie Dupont\nKIND:individual", "greeting_name", "Marie", id="a greeting from FN"),
        pytest.param("FN:Acme\nORG:Acme", "greeting_name", "", id="no greeting for a company"),
    ],
)
def test_a_line_is_understood(lines: str | bytes, field: str, value: object) -> None:
    assert getattr(only(lines), field) == value


def test_a_card_pasted_with_an_indentation_is_read() -> None:
    data = b"    BEGIN:VCARD\n    FN:Zo\n     e Roy\n    ORG:Acme\n    END:VCARD\n"
    data += b"BEGIN:VCARD\nFN:Al\n i\nEND:VCARD\n"
    people = read_vcards(data, "x.vcf").contacts
    assert [(each.formatted_name, each.organization) for each in people] == [("Zoe Roy", "Acme"), ("Ali", "")]


def test_bare_base64_in_the_first_column_belongs_to_its_photo() -> None:
    card = only("PHOTO;ENCODING=B;TYPE=image/png:AAAA\nBBBB\nCC==\nFN:Zoé")
    assert card.kept == ("PHOTO:data:image/png;base64,AAAABBBBCC==",)


def test_an_address_keeps_its_street_when_only_our_fields_are_known() -> None:
    assert "ADR:;;1 rue X;Lyon;;;\r\n" in write_vcard(only("FN:Z\nADR:;;1 rue X;Lyon;;;"))


def test_a_changed_field_replaces_the_line_that_was_kept() -> None:
    card = replace(only("FN:Z\nORG:Acme;RH\nTEL;TYPE=cell:1"), organization="Beta", phones=("1", "2"))
    assert write_vcard(card).split("\r\n")[2:-2] == ["FN:Z", "ORG:Beta", "TEL;TYPE=cell:1", "TEL:2"]


def test_lines_are_folded_at_75_octets_between_characters() -> None:
    written = write_vcard(Contact(formatted_name="é" * 100 + "👍🏽" * 30))
    assert max(len(line.encode()) for line in written.split("\r\n")) == 75
    assert written.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:")
    assert written.endswith("\r\nEND:VCARD\r\n")
    (contact,) = read_vcards(written.encode(), "").contacts
    assert contact.formatted_name == "é" * 100 + "👍🏽" * 30


def test_a_kept_line_cannot_end_the_card() -> None:
    card = Contact(formatted_name="Z", kept=("END:VCARD", "X-A:1\r\nEND:VCARD", "VERSION:2.1", "nothing"))
    assert write_vcard(card).split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Z",
        "X-A:1\\nEND:VCARD",
        "END:VCARD",
        "",
    ]


# --- any card -------------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8"), max_size=30).map(safe_text)
some = words.filter(bool)
lines = st.builds(
    "X-{}:{}".format, st.from_regex(r"[A-Z]{1,8}", fullmatch=True), some.filter(lambda t: t.strip("; "))
)
urls = some.filter(lambda text: "/in/" not in text.lower())
contacts = st.builds(
    Contact,
    formatted_name=some,
    other_names=st.lists(some, max_size=2, unique=True).map(tuple),
    given_name=words,
    family_name=words,
    additional_names=words,
    honorific_prefix=words,
    honorific_suffix=words,
    nickname=words,
    organization=some,
    title=words,
    city=words,
    country=words,
    emails=st.lists(some, max_size=2, unique=True).map(tuple),
    phones=st.lists(some, max_size=2, unique=True).map(tuple),
    urls=st.lists(urls, max_size=2, unique=True).map(tuple),
    profile_url=words,
    note=words,
    language=st.sampled_from(["", "fr", "fr-CA", "zh-Hant-TW"]),
    gender=st.sampled_from(["", "F", "M", "O"]),
    address_form=st.sampled_from(["", "tu", "vous"]),
    elides=st.sampled_from([None, True, False]),
    greeting=words,
    how_we_met=words,
    connected_on=st.none() | st.dates(),
    uid=words,
    merged_uids=st.lists(some, max_size=2, unique=True).map(tuple),
    source=st.just("any.vcf"),
    kept=st.lists(lines, max_size=3).map(tuple),
).filter(lambda person: person.formatted_name not in person.other_names)


@given(contacts)
def test_what_was_written_is_read_back(contact: Contact) -> None:
    reading = read_vcards(write_vcard(contact).encode(), "any.vcf")
    assert (reading.contacts, reading.problems) == ((contact,), ())


@settings(max_examples=40)
@given(contacts)
def test_another_address_book_reads_what_we_write(contact: Contact) -> None:
    card = vobject.readOne(write_vcard(contact))
    assert card.fn.value == contact.formatted_name
    assert card.org.value == [contact.organization]
    assert [email.value for email in card.contents.get("email", [])] == list(contact.emails)


@settings(max_examples=10)
@given(st.lists(contacts, min_size=2, max_size=3))
def test_several_cards_in_a_file_are_read_in_their_order(people: list[Contact]) -> None:
    assert read_vcards("".join(map(write_vcard, people)).encode(), "any.vcf").contacts == tuple(people)


@given(st.binary(max_size=300))
def test_any_bytes_yield_contacts_or_a_reason(data: bytes) -> None:
    reading = read_vcards(data, "x.vcf")
    assert reading.contacts or reading.problems


fragments = st.sampled_from(
    [
        "BEGIN:VCARD",
        "END:VCARD",
        "FN:Zo\xe9",
        "N:a;b",
        "AGENT:",
        " x",
        "=",
        "FN;ENCODING=QUOTED-PRINTABLE:a=",
        "PHOTO;BASE64:AAAA",
        "BBBB",
        ";:",
        'TEL;"":1',
        "item1.ORG:",
        "LANG;PREF=x:fr",
        "\x00",
    ]
)


@given(st.lists(fragments), st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]))
def test_whatever_is_read_can_be_written_and_read_again(parts: list[str], newline: str) -> None:
    for contact in read_vcards(newline.join(parts).encode("latin-1"), "x.vcf").contacts:
        assert read_vcards(write_vcard(contact).encode(), "x.vcf").contacts == (contact,)
