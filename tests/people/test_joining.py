"""Two cards as one: the first one's word counts, and nothing that the second one says is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_vcard import contacts as any_contacts

from motjuste.people.card import Contact, profile_key
from motjuste.people.content_lines import parsed
from motjuste.people.joining import ASIDE, Difference, differences, joined
from motjuste.people.merging import are_one, digits
from motjuste.people.vcard import read_vcards, write_vcard

DAY = date(2026, 2, 8)


def contact(*lines: str, source: str = "a.vcf") -> Contact:
    text = "\r\n".join(("BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD", ""))
    return read_vcards(text.encode(), source).contacts[0]


def lines_of(card: Contact) -> list[str]:
    """The unfolded lines of a card between its frame."""
    return write_vcard(card).replace("\r\n ", "").split("\r\n")[2:-2]


MARIE = (
    "FN:Marie Dupont",
    "N:Dupont;Marie;;;",
    "ORG:Acme",
    "EMAIL:marie@acme.example",
    "TEL;TYPE=work:+33 6 00 00 00 01",
    "NOTE:Vue à Lyon",
    "UID:urn:uuid:1",
    "X-SHOE-SIZE:37",
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(["FN:A B"], ["FN:A B", "TITLE:PDG"], ["FN:A B", "TITLE:PDG"], id="what is empty is filled"),
        pytest.param(
            ["FN:A B", "EMAIL:a@x"],
            ["FN:A B", "EMAIL;PREF=1:b@x", "EMAIL:A@X"],
            ["FN:A B", "EMAIL:a@x", "EMAIL:b@x"],
            id="lists are united, the first card's first",
        ),
        pytest.param(
            ["FN:A B", "TEL;TYPE=home:+33 6 00 00 00 01"],
            ["FN:A B", "TEL;TYPE=cell;TYPE=pref:06 00 00 00 01", "TEL;TYPE=cell,pref:2"],
            ["FN:A B", "TEL;TYPE=home:+33 6 00 00 00 01", "TEL;TYPE=cell:2"],
            id="a number written in two ways is one, and its kind stays",
        ),
        pytest.param(
            ["FN:A B", "ORG:Acme", "TITLE:PDG", "NICKNAME:A"],
            ["FN:A Roy", "ORG:Nord;RH", "TITLE;PREF=1:DG", "NICKNAME:B"],
            ["FN:A B", "FN:A Roy", "NICKNAME:A", "NICKNAME:B", "ORG:Acme", "ORG:Nord;RH", "TITLE:PDG", "TITLE:DG"],
            id="what may be said twice stands behind",
        ),
        pytest.param(
            ["FN:A B", "ROLE:Chef"],
            ["FN:A B", "TITLE:PDG"],
            ["FN:A B", "ROLE:Chef", "X-MOTJUSTE-MERGED:TITLE:PDG"],
            id="what would win over the first card's word is put aside",
        ),
        pytest.param(
            ["FN:A B", "GENDER:F", "X-MOTJUSTE-ADDRESS-FORM:tu", "BDAY:1980"],
            ["FN:A B", "GENDER:M;x", "X-MOTJUSTE-ADDRESS-FORM:vous", "BDAY:1981", "REV:2"],
            [
                "FN:A B",
                "GENDER:F",
                "X-MOTJUSTE-ADDRESS-FORM:tu",
                "BDAY:1980",
                "REV:2",
                "X-MOTJUSTE-MERGED:GENDER:M\\;x",
                "X-MOTJUSTE-MERGED:X-MOTJUSTE-ADDRESS-FORM:vous",
                "X-MOTJUSTE-MERGED:BDAY:1981",
            ],
            id="what may be said once is put aside as it was",
        ),
        pytest.param(
            ["FN:A B", "N:B;A;;;"],
            ["FN:A B", "N:B;A;Rose;Mme;MBA"],
            ["FN:A B", "N:B;A;Rose;Mme;MBA"],
            id="the parts of an agreeing name are filled",
        ),
        pytest.param(
            ["FN:A B", "N:B;A;;M.;"],
            ["FN:A B", "N:B;A;Rose;Mme;"],
            ["FN:A B", "N:B;A;Rose;M.;", "X-MOTJUSTE-MERGED:N:B\\;A\\;Rose\\;Mme\\;"],
            id="a part that differs is put aside with its name",
        ),
        pytest.param(
            ["FN:A B"],
            ["FN:A Roy", "N:Roy;A;;;"],
            ["FN:A B", "FN:A Roy", "X-MOTJUSTE-MERGED:N:Roy\\;A\\;\\;\\;"],
            id="the parts of another name are put aside",
        ),
        pytest.param(
            ["FN:a@x", "EMAIL:a@x"],
            ["FN:A B", "N:B;A;;;"],
            ["FN:A B", "N:B;A;;;", "EMAIL:a@x"],
            id="a name wins over an address that stood for it",
        ),
        pytest.param(
            ["FN:A B"], ["FN:a@x", "EMAIL:a@x"], ["FN:A B", "EMAIL:a@x"], id="an address is no second name"
        ),
        pytest.param(
            ["FN:A B", "NOTE:Vue à Lyon\\, aime le papier"],
            ["FN:A B", "NOTE:aime le papier", "NOTE:Partie"],
            ["FN:A B", "NOTE:Vue à Lyon\\, aime le papier", "NOTE:Partie"],
            id="notes follow each other",
        ),
        pytest.param(
            ["FN:A B", "ADR:;;;Lyon;;;France"],
            ["FN:A B", "ADR;TYPE=home:;;1 rue X;Lille;;;"],
            ["FN:A B", "ADR:;;;Lyon;;;France", "ADR;TYPE=home:;;1 rue X;Lille;;;"],
            id="a second address is an address",
        ),
        pytest.param(
            ["FN:A B", "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/a"],
            ["FN:A B", "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/b", "URL:https://b.example"],
            [
                "FN:A B",
                "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/a",
                "URL:https://www.linkedin.com/in/b",
                "URL:https://b.example",
            ],
            id="another profile is an address",
        ),
        pytest.param(
            ["FN:A B", "URL:https://www.linkedin.com/in/a"],
            ["FN:A B", "X-SOCIALPROFILE;TYPE=linkedin:https://fr.linkedin.com/in/A/"],
            ["FN:A B", "URL:https://www.linkedin.com/in/a"],
            id="one profile in two ways is one",
        ),
        pytest.param(
            ["FN:A B", "UID:1"], ["FN:A B", "UID:2"], ["FN:A B", "UID:1", "X-MOTJUSTE-MERGED-UID:2"], id="the UID"
        ),
        pytest.param(["FN:A B"], ["FN:A B", "UID:2"], ["FN:A B", "UID:2"], id="a UID where there was none"),
        pytest.param(
            ["FN:A B", "X-MOTJUSTE-DO-NOT-CONTACT:false"],
            ["FN:A B", "X-MOTJUSTE-DO-NOT-CONTACT:true"],
            ["FN:A B", "X-MOTJUSTE-DO-NOT-CONTACT:true"],
            id="whom nothing may be written to stays so",
        ),
        pytest.param(
            ["FN:A B", "X-MOTJUSTE-DO-NOT-CONTACT:true"],
            ["FN:A B", "X-MOTJUSTE-DO-NOT-CONTACT:false"],
            ["FN:A B", "X-MOTJUSTE-DO-NOT-CONTACT:true"],
            id="whom nothing may be written to stays so, said by the first card",
        ),
        pytest.param(
            ["FN:A B", "item1.TEL:1", "item1.X-ABLabel:Bureau"],
            ["FN:A B", "item1.TEL:2", "item1.X-ABLabel:Atelier", "item2.TEL:1", "item2.X-ABLabel:Bureau"],
            ["FN:A B", "item1.TEL:1", "item3.TEL:2", "item1.X-ABLabel:Bureau", "item3.X-ABLabel:Atelier"],
            id="labels stay with what they label",
        ),
        pytest.param(
            ["FN:A B", "X-SIZE:1", "PHOTO:data:x"],
            ["FN:A B", "X-SIZE:1", "X-SIZE:2", "PHOTO:data:y"],
            ["FN:A B", "X-SIZE:1", "PHOTO:data:x", "X-SIZE:2", "PHOTO:data:y"],
            id="lines that are not ours are all kept",
        ),
    ],
)
def test_two_cards_become_one(first: Sequence[str], second: Sequence[str], expected: Sequence[str]) -> None:
    assert lines_of(joined(contact(*first), contact(*second, source="b.vcf"))) == list(expected)


def test_the_second_cards_word_counts_where_it_is_chosen() -> None:
    first = contact(*MARIE, "GENDER:F", "URL:https://www.linkedin.com/in/a")
    second = contact("FN:Marie Roy", "N:Roy;Marie;;;", "ORG:Nord", "GENDER:M", "URL:https://www.linkedin.com/in/b")
    one = joined(first, second, ("name", "organization", "gender", "profile"))
    assert lines_of(one) == [
        "FN:Marie Roy",
        "FN:Marie Dupont",
        "N:Roy;Marie;;;",
        "ORG:Nord",
        "ORG:Acme",
        "EMAIL:marie@acme.example",
        "TEL;TYPE=work:+33 6 00 00 00 01",
        "URL:https://www.linkedin.com/in/b",
        "URL:https://www.linkedin.com/in/a",
        "NOTE:Vue à Lyon",
        "GENDER:M",
        "UID:urn:uuid:1",
        "X-SHOE-SIZE:37",
        "X-MOTJUSTE-MERGED:N:Dupont\\;Marie\\;\\;\\;",
        "X-MOTJUSTE-MERGED:GENDER:F",
    ]
    assert (one.formatted_name, one.organization, one.gender, one.source) == ("Marie Roy", "Nord", "M", "a.vcf")
    assert one.profile_url == "https://www.linkedin.com/in/b"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({}, {}, []),
        ({"organization": "Acme"}, {"organization": "ACMÉ"}, []),
        ({"organization": "Acme"}, {}, []),
        ({"organization": "Acme"}, {"organization": "Nord"}, [("organization", "Acme", "Nord")]),
        ({"organization": "印刷"}, {"organization": "出版"}, [("organization", "印刷", "出版")]),
        ({"formatted_name": "A B"}, {"formatted_name": "A Roy"}, [("name", "A B", "A Roy")]),
        ({"formatted_name": "A B"}, {"formatted_name": "a@x", "emails": ("a@x",)}, []),
        ({"city": "Lyon", "country": "France"}, {"city": "Lille"}, [("place", "Lyon, France", "Lille")]),
        ({"elides": False}, {"elides": True}, [("elides", "no", "yes")]),
        ({"do_not_contact": False}, {"do_not_contact": True}, []),
        ({"connected_on": date(2026, 2, 8)}, {"connected_on": date(2026, 2, 8)}, []),
        ({"connected_on": DAY}, {"connected_on": date(2025, 1, 1)}, [("connected_on", "2026-02-08", "2025-01-01")]),
        ({"profile_url": "https://www.linkedin.com/in/a"}, {"profile_url": "https://fr.linkedin.com/in/A/"}, []),
        ({"profile_url": "x/in/a"}, {"profile_url": "x/in/b"}, [("profile", "x/in/a", "x/in/b")]),
    ],
)  # fmt: skip
def test_what_only_one_card_can_be_right_about_is_a_difference(
    first: dict[str, object], second: dict[str, object], told: list[tuple[str, str, str]]
) -> None:
    cards = [Contact(**{"formatted_name": "A B", **facts}) for facts in (first, second)]  # type: ignore[arg-type]
    assert list(differences(*cards)) == [Difference(*each) for each in told]


def test_who_was_merged_is_recognised_when_imported_again() -> None:
    by_profile = contact("FN:A Roy", "URL:https://www.linkedin.com/in/b")
    by_uid = contact("FN:A Noir", "UID:2")
    one = joined(joined(contact("FN:A B", "URL:https://www.linkedin.com/in/a", "UID:1"), by_profile), by_uid)
    others = (contact("FN:A B", "URL:https://www.linkedin.com/in/c"), contact("FN:A B", "UID:3"))
    assert [are_one(one, each) for each in (by_profile, by_uid, *others)] == [True, True, False, False]


SAID = (
    "N:Dupont;Marie;;;", "N:Dupont;Marie;Rose;Mme;MBA", "N:Roy;Marie;;;", "NICKNAME:Mimi", "NICKNAME;PREF=1:Mia",
    "ORG:Acme", "ORG;PREF=1:Nord;RH", "TITLE:PDG", "TITLE;PREF=3:DG", "ROLE:Chef", "EMAIL:m@acme.example",
    "EMAIL;PREF=1:M@ACME.example", "EMAIL;TYPE=home,pref:m@chez.example", "TEL;TYPE=cell:+33 6 00 00 00 01",
    "item1.TEL;VALUE=uri:tel:06-00-00-00-01", "item1.X-ABLABEL:Bureau", "item2.EMAIL:x@y.example",
    "item2.X-ABLABEL:Atelier", "item1.EMAIL;PREF=1:z@y.example", "ADR:;;1 rue X;;;;", "ADR;PREF=1:;;;Lyon;;;France",
    "ADR;TYPE=work:;;;Lille;;;", "URL:https://a.example", "URL:https://www.linkedin.com/in/a",
    "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/b", "SOCIALPROFILE;PREF=1:https://fr.linkedin.com/in/A",
    "X-SOCIALPROFILE;TYPE=mastodon:https://m.example/@a", "NOTE:Vue à Lyon", "NOTE;LANGUAGE=fr:Lyon", "NOTE:Partie",
    "LANG;PREF=2:en", "LANG;PREF=1:fr-CA", "LANG:de", "GENDER:F;femme", "PRONOUNS:il", "X-GENDER:male", "UID:1",
    "UID:urn:uuid:2", "X-MOTJUSTE-MERGED-UID:3", "X-MOTJUSTE-ADDRESS-FORM:tu", "X-MOTJUSTE-ADDRESS-FORM:vous",
    "X-MOTJUSTE-ELIDES:true", "X-MOTJUSTE-GREETING-NAME:Mia", "X-MOTJUSTE-GREETING-NAME:Marie",
    "X-MOTJUSTE-HOW-WE-MET:Au salon\\, à Lyon", "X-MOTJUSTE-HOW-WE-MET:Par Zoé", "X-MOTJUSTE-CONNECTED-ON:2026-02-08",
    "BDAY:1980", "BDAY:1981", "REV:1", "PHOTO:data:x", "PHOTO:data:y", "X-SIZE:1", "X-SIZE:2",
)  # fmt: skip
NAMED = st.sampled_from(["FN:Marie Dupont", "FN:Marie Roy", "FN:m@acme.example", "FN;PREF=1:Mme Marie DUPONT"])
cards = st.builds(lambda name, lines: contact(name, *lines), NAMED, st.lists(st.sampled_from(SAID), unique=True))
# What a line says may be there already in other words, or stand in another line; this is looked at by itself.
SAID_OTHERWISE = {
    "FN", "N", "UID", "EMAIL", "TEL", "NOTE", "URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-ABLABEL",
}  # fmt: skip


def values(card: Contact) -> set[tuple[str, str]]:
    """What every line of a card says, without its parameters, and what the lines say that were put aside."""
    found = [prop for prop in map(parsed, lines_of(card)) if prop]
    aside = [prop for prop in map(parsed, (each.text for each in found if each.name == ASIDE)) if prop]
    return {(each.name, each.value.casefold()) for each in (*found, *aside)}


def names(card: Contact) -> list[str]:
    return [prop.text for prop in map(parsed, lines_of(card)) if prop and prop.name == "FN"]


def parts_of_names(card: Contact) -> list[str]:
    """The parts that the lines N say, and those that were put aside."""
    texts = [value for name, value in values(card) if name == "N"]
    return [part for text in texts for part in text.split(";") if part]


@settings(max_examples=400)
@given(cards, cards)
def test_nothing_of_either_card_is_lost(first: Contact, second: Contact) -> None:
    one = joined(first, second)
    assert {name for name, _ in values(first) - values(one)} <= {"X-ABLABEL", "FN", "N"}
    assert {name for name, _ in values(second) - values(one)} <= SAID_OTHERWISE
    assert set(parts_of_names(first) + parts_of_names(second)) <= set(parts_of_names(one))
    assert {first.formatted_name, second.formatted_name} <= {one.formatted_name, *names(one), *one.emails}
    assert {email.casefold() for email in second.emails} <= {email.casefold() for email in one.emails}
    assert {digits(phone) for phone in second.phones} <= {digits(phone) for phone in one.phones}
    assert all(prop.text in one.note for prop in map(parsed, lines_of(second)) if prop and prop.name == "NOTE")
    assert second.uid in ("", one.uid, *one.merged_uids)
    assert second.profile_key in ("", *(profile_key(value) for _, value in values(one)))


@settings(max_examples=400)
@given(cards, cards)
def test_the_first_cards_word_counts(first: Contact, second: Contact) -> None:
    one = joined(first, second)
    for each in fields(Contact):
        ours = getattr(first, each.name)
        if each.name in ("kept", "formatted_name") or ours in ("", (), None):
            continue
        said = getattr(one, each.name)
        begins = isinstance(ours, tuple) or each.name == "note"
        assert (said[: len(ours)] if begins else said) == ours, each.name
    if first.formatted_name != "m@acme.example":
        assert one.formatted_name == first.formatted_name


@settings(max_examples=400)
@given(cards, cards)
def test_joining_again_changes_nothing_more(first: Contact, second: Contact) -> None:
    one = joined(first, second)
    assert read_vcards(write_vcard(one).encode(), "a.vcf").contacts == (one,)
    assert joined(one, second) == one


@settings(max_examples=50)
@given(any_contacts, any_contacts)
def test_any_two_contacts_become_one(first: Contact, second: Contact) -> None:
    one = joined(first, second)
    assert read_vcards(write_vcard(one).encode(), "any.vcf").contacts == (one,)
    assert {*first.kept, *second.kept} <= set(lines_of(one))
