"""Who is meant by what is on the clipboard, by titles of a person's own rules, and by evidence that disagrees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.names import fold
from motjuste.people.title_rules import TitleRule
from motjuste.people.vcard import write_vcard
from motjuste.people.who import Meant, who_is_meant

MARIE = Contact(
    formatted_name="Marie Dupont",
    emails=("marie@acme.example",),
    profile_url="https://www.linkedin.com/in/marie",
)
PAUL = Contact(formatted_name="Paul Martin", emails=("paul@acme.example", "info@acme.example"))
ROSE = Contact(formatted_name="Rose Blanche", emails=("Info@acme.example",))
ELODIE = Contact(formatted_name="Élodie Roy", organization="Acme", emails=("elodie@acme.example",))
OTHER_ELODIE = Contact(formatted_name="Élodie Roy", organization="Beta", emails=("elodie@beta.example",))
BOOK = Book([MARIE, PAUL, ROSE, ELODIE, OTHER_ELODIE])
STRANGER = Contact(formatted_name="Zénon Carlier", emails=("zenon@carlier.example",))


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        pytest.param("marie@acme.example", MARIE, id="an e-mail address"),
        pytest.param("Marie <MARIE@Acme.example>", MARIE, id="as a mail program copies it"),
        pytest.param("mailto:marie@acme.example", MARIE, id="as a link"),
        pytest.param("https://fr.linkedin.com/in/Marie/?trk=x", MARIE, id="a profile's address"),
        pytest.param("(voir linkedin.com/in/marie).", MARIE, id="a profile's address in a sentence"),
        pytest.param("  marie DUPONT \n", MARIE, id="a name alone"),
        pytest.param("Marie Dupont, DRH | Acme", MARIE, id="a name with what stands around it"),
        pytest.param("marie@acme.example linkedin.com/in/marie", MARIE, id="twice the same person"),
        pytest.param(write_vcard(MARIE), MARIE, id="a card of somebody known"),
        pytest.param(
            write_vcard(Contact(formatted_name="M. Dupont", emails=("marie@acme.example",))),
            MARIE,
            id="another card of somebody known",
        ),
    ],
)
def test_the_clipboard_means_somebody_of_the_book(text: str, contact: Contact) -> None:
    assert who_is_meant(clipboard=text, contacts=BOOK, current=PAUL) == Meant(contact, "clipboard")


@pytest.mark.parametrize(
    "text",
    [
        "",
        pytest.param("zenon@carlier.example", id="an address that nobody has"),
        pytest.param("https://www.linkedin.com/in/zenon", id="a profile that nobody has"),
        pytest.param("Zénon Carlier", id="a name that nobody has"),
        pytest.param("Marie", id="one word"),
        pytest.param("J’ai vu Marie Dupont hier.", id="a name in a sentence"),
        pytest.param("Marie Dupont\nviendra", id="a name in several lines"),
        pytest.param("x" * 3000 + " marie@acme.example", id="an address in a long text"),
        pytest.param("BEGIN:VCARD\nEND:VCARD", id="a card of nobody"),
    ],
)
def test_the_clipboard_means_nobody(text: str) -> None:
    assert who_is_meant(clipboard=text, contacts=BOOK, current=PAUL) == Meant(PAUL, "current contact")


def test_a_card_on_the_clipboard_brings_somebody_new() -> None:
    meant = who_is_meant(clipboard=write_vcard(STRANGER), contacts=BOOK)
    assert meant.contact is not None
    assert (meant.contact.display_name, meant.evidence) == ("Zénon Carlier", "clipboard")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        pytest.param("marie@acme.example, paul@acme.example", (MARIE, PAUL), id="two addresses"),
        pytest.param("info@acme.example", (PAUL, ROSE), id="one address of two people"),
        pytest.param("Élodie Roy", (ELODIE, OTHER_ELODIE), id="one name of two people"),
        pytest.param(write_vcard(MARIE) + write_vcard(PAUL), (MARIE, PAUL), id="two cards"),
    ],
)
def test_two_people_on_the_clipboard_are_a_question(text: str, candidates: tuple[Contact, ...]) -> None:
    assert who_is_meant(clipboard=text, contacts=BOOK, current=MARIE) == Meant(None, "clipboard", candidates)


def test_a_persons_page_comes_before_the_clipboard() -> None:
    meant = who_is_meant(window_title="Marie Dupont | LinkedIn", clipboard="paul@acme.example", contacts=BOOK)
    assert meant == Meant(MARIE, "window title")


def test_a_title_that_only_mentions_somebody_and_a_clipboard_of_somebody_else_are_a_question() -> None:
    title = "Candidature de Marie Dupont - Compose"
    asked = who_is_meant(window_title=title, clipboard="paul@acme.example", contacts=BOOK)
    assert asked == Meant(None, "window title and clipboard", (MARIE, PAUL))
    agreed = who_is_meant(window_title=title, clipboard="marie@acme.example", contacts=BOOK, current=PAUL)
    assert agreed == Meant(MARIE, "window title")


def test_the_clipboard_tells_which_of_two_namesakes_is_meant() -> None:
    for title in ("Élodie Roy | LinkedIn", "Élodie Roy - Compose"):
        told = who_is_meant(
            window_title=title, clipboard="elodie@beta.example", contacts=BOOK, current=ELODIE
        )
        assert told == Meant(OTHER_ELODIE, "clipboard")
        both = Meant(None, "window title", (ELODIE, OTHER_ELODIE))
        addresses = "elodie@beta.example elodie@acme.example"
        assert who_is_meant(window_title=title, clipboard=addresses, contacts=BOOK) == both
        assert (
            who_is_meant(window_title=title, clipboard="paul@acme.example", contacts=BOOK, current=ELODIE)
            == both
        )


@pytest.mark.parametrize(
    "title", ["paul@acme.example - Compose", "Re: salon <paul@acme.example> - Mozilla Thunderbird"]
)
def test_an_address_in_a_title_means_who_has_it(title: str) -> None:
    assert who_is_meant(window_title=title, contacts=BOOK) == Meant(PAUL, "window title")


@pytest.mark.parametrize(
    "title", ["Redactar: Hola Marie Dupont - Correo", "Mensaje para Marie Dupont", "Marie Dupont - WhatsApp"]
)
def test_words_of_mail_programs_and_chats_stand_beside_a_name(title: str) -> None:
    assert who_is_meant(window_title=title, contacts=BOOK) == Meant(MARIE, "window title")


RULES = (TitleRule("Our CRM", "Fiche de {name} – Acme CRM"), TitleRule("Chat", "* : {name} - Causette"))


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        pytest.param("Fiche de Marie Dupont – Acme CRM", Meant(MARIE, "window title"), id="somebody known"),
        pytest.param(
            "(3) fiche de MARIE DUPONT – Acme CRM — Mozilla Firefox",
            Meant(MARIE, "window title"),
            id="Firefox",
        ),
        pytest.param(
            "Fiche de Marie Dupont – Acme CRM et 2 pages de plus - Edge",
            Meant(MARIE, "window title"),
            id="Edge",
        ),
        pytest.param("Salon : Paul Martin - Causette", Meant(PAUL, "window title"), id="anything in front"),
        pytest.param(
            "Fiche de Zénon Carlier – Acme CRM",
            Meant(Contact(formatted_name="Zénon Carlier", source="window title"), "window title"),
            id="somebody new",
        ),
        pytest.param(
            "Fiche de Élodie Roy – Acme CRM",
            Meant(None, "window title", (ELODIE, OTHER_ELODIE)),
            id="two of one name",
        ),
        pytest.param(
            "Fiche de Zénon – Acme CRM", Meant(None, "nobody"), id="one word that nobody known is called"
        ),
        pytest.param("Fiche de Carlier SARL – Acme CRM", Meant(None, "nobody"), id="a company"),
        pytest.param("Fiche de Zénon Carlier – Acme CRMX", Meant(None, "nobody"), id="another site"),
    ],
)
def test_a_rule_of_ones_own_says_where_a_name_stands(title: str, meant: Meant) -> None:
    assert who_is_meant(window_title=title, contacts=BOOK, rules=RULES) == meant


# One way a known person may be evident, for each rank.
WAYS = {
    "window title": ("{name} - Compose", ""),
    "clipboard": ("", "{email}"),
}
CROWD = [
    Contact(
        formatted_name=f"{given} {family}",
        emails=(fold(f"{given} {family}").replace(" ", ".") + "@x.example",),
    )
    for given in ("Marie", "Paul", "Anne-Sophie", "Nour El Houda", "Zhang", "Bob")
    for family in ("Dupont", "Le Goff", "Martin", "Wei", "O’Brien")
]


@given(
    st.sampled_from(CROWD),
    st.sampled_from(CROWD),
    st.sampled_from(sorted(WAYS)),
    st.sampled_from([None, *CROWD]),
)
def test_two_different_people_in_evidence_of_one_rank_are_never_a_guess(
    first: Contact, second: Contact, way: str, current: Contact | None
) -> None:
    title, clipboard = (
        " | ".join(pattern.format(name=each.display_name, email=each.emails[0]) for each in (first, second))
        for pattern in WAYS[way]
    )
    meant = who_is_meant(window_title=title, clipboard=clipboard, contacts=Book(CROWD), current=current)
    expected = Meant(first, way) if first == second else Meant(None, way, (first, second))
    assert meant == expected
