"""What an address book keeps of a contact, and that it is the same contact again."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.people.card import Contact
from motjuste.people.entry import Entry, entry_of, unpacked
from motjuste.people.vcard import read_vcards, reads_as_written, write_vcard

TEXTS = st.text(max_size=12) | st.sampled_from(
    ["Marie", "a;b", "a,b", "a\\b", "END:VCARD", "x" * 70 + " END:VCARD", "mailto:a@b", "x\x1dy\x1e\x1f\x1c\n"]
)
KINDS = {
    "str": TEXTS,
    "tuple[str, ...]": st.lists(TEXTS, max_size=3).map(tuple),
    "bool | None": st.sampled_from([None, True, False]),
    "date | None": st.none() | st.dates(),
}
CONTACTS = st.builds(Contact, **{each.name: KINDS[str(each.type)] for each in fields(Contact)})
SUSANNE = Contact(
    formatted_name="Dr. Süsanne Meier, MBA",
    given_name="Süsanne",
    family_name="Meier",
    nickname="Sus",
    organization="Nord & Fils",
    title="Directrice",
    note="Salon du livre " + "x" * 3000,
    emails=("S@Nord.example", "t@nord.example"),
    profile_url="https://www.linkedin.com/in/Susanne-%C3%A9",
    connected_on=date(2026, 2, 8),
    kept=("PHOTO:data:image/png;base64,AAAA",),
    source="susanne.vcf",
)


def test_people_are_found_by_what_is_folded_once() -> None:
    assert entry_of(SUSANNE)._replace(card="") == Entry(
        source="susanne.vcf",
        words="susanne meier sus",
        names="susanne meier\ndr susanne meier mba",
        family_first="meier susanne",
        addresses="susanne-é\ns@nord.example\nt@nord.example",
        about="nord fils directrice salon du livre " + "x" * 1985,
        card="",
    )


def test_photos_stay_in_the_card_s_file() -> None:
    assert "PHOTO" not in str(entry_of(SUSANNE))
    assert entry_of(SUSANNE).contact == replace(SUSANNE, kept=())


def test_an_entry_may_be_of_a_card_that_stands_elsewhere() -> None:
    assert entry_of(SUSANNE, "s.vcf").contact == replace(SUSANNE, kept=(), source="s.vcf")


@given(contact=CONTACTS)
def test_a_contact_comes_out_of_its_entry_as_it_went_in(contact: Contact) -> None:
    assert unpacked(entry_of(contact).packed).contact == replace(contact, kept=())


@given(contact=CONTACTS)
def test_a_card_of_which_it_is_said_reads_as_it_was_written(contact: Contact) -> None:
    text = write_vcard(contact)
    if reads_as_written(contact, text):
        assert read_vcards(text.encode(), contact.source).contacts == (contact,)


@pytest.mark.parametrize(
    ("said", "certain"),
    [
        pytest.param({}, True, id="what an import brings, folded lines too"),
        pytest.param({"note": "one, two"}, False, id="a text with signs that are escaped"),
        pytest.param({"note": "x" * 69 + "END:VCARD"}, False, id="a folded line that looks like a card's end"),
        pytest.param({"emails": ("a@b", "a@b")}, False, id="an address twice"),
        pytest.param({"phones": ("tel:1",)}, False, id="an address with its scheme"),
        pytest.param({"urls": ("https://a.example",)}, False, id="further pages"),
        pytest.param({"gender": "female"}, False, id="a word that is read as another"),
        pytest.param({"language": "French!"}, False, id="a language that is none"),
        pytest.param({"address_form": "TU"}, False, id="a form of address in capitals"),
        pytest.param({"formatted_name": ""}, False, id="no name"),
        pytest.param({"kept": ("X-A:1",)}, False, id="lines of others"),
    ],
)
def test_most_cards_need_not_be_read_after_they_are_written(said: dict[str, object], certain: bool) -> None:
    plain = Contact(
        formatted_name="Anne-Sophie Lefèvre",
        organization="Acme",
        profile_url="https://www.linkedin.com/in/anne-sophie-lefevre-de-la-tour-0123456789",
        connected_on=date(2026, 2, 8),
    )
    contact = replace(plain, **said)  # type: ignore[arg-type]
    assert reads_as_written(contact, write_vcard(contact)) is certain
