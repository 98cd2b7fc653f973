"""Who is meant, and on what evidence."""

from __future__ import annotations

import random
import time

import pytest

from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.who import Meant, who_is_meant


def person(name: str, **more: object) -> Contact:
    return Contact(formatted_name=name, **more)  # type: ignore[arg-type]


MARIE = person("Marie Dupont", profile_url="https://www.linkedin.com/in/marie")
PAUL = person("Paul Martin")
JEAN_PAUL = person("Jean Paul Martin")
ROSE = person("Rose Blanche")
ANNE = person("Mme Anne-Sophie LE GOFF, MBA", given_name="Anne-Sophie", family_name="LE GOFF")
PIERRE = person("Pierre Martin")
MARTIN = person("Martin Pierre")
ACME = person("Google Chrome", organization="Google Chrome")
ZOE = person("Zoé")
ELODIE, OTHER_ELODIE = person("Élodie Roy", organization="Acme"), person("Elodie ROY", organization="Beta")
BOOK = Book([MARIE, PAUL, JEAN_PAUL, ROSE, ANNE, PIERRE, MARTIN, ACME, ZOE, ELODIE, OTHER_ELODIE])


@pytest.mark.parametrize(
    ("title", "contact"),
    [
        pytest.param("(3) Marie Dupont | LinkedIn — Mozilla Firefox", MARIE, id="her profile page"),
        pytest.param("marie dupont | LinkedIn", MARIE, id="in small letters"),
        pytest.param("Marie Dupont, PhD | LinkedIn", MARIE, id="with a credential that the card lacks"),
        pytest.param("Anne Sophie Le Goff | LinkedIn", ANNE, id="without the hyphen that the card has"),
        pytest.param("Jean Paul Martin | LinkedIn", JEAN_PAUL, id="the longer of two names"),
        pytest.param("Marie Dupont - Compose", MARIE, id="a mail window"),
        pytest.param("Compose: Marie Dupont", MARIE, id="behind a colon"),
        pytest.param("DUPONT Marie - Message (HTML)", MARIE, id="the family name first"),
        pytest.param("Martin Pierre - Message", MARTIN, id="a name that is another one turned round"),
        pytest.param("Pierre Martin - Message", PIERRE, id="and that other one"),
        pytest.param("Rédaction : Re: Salon - Marie DUPONT - Thunderbird", MARIE, id="a draft"),
        pytest.param("Conversation avec Marie Dupont - Slack", MARIE, id="a chat"),
        pytest.param("WhatsApp Marie Dupont", MARIE, id="beside an application's name"),
        pytest.param("Mme Marie Dupont • Teams", MARIE, id="with a civility"),
        pytest.param("Marie Dupont’s profile", MARIE, id="a possessive"),
        pytest.param("Marie Dupont, Marie Dupont - Mail", MARIE, id="twice the same person"),
        pytest.param("Anne-Sophie le Goff – Messenger", ANNE, id="a particle in small letters"),
        pytest.param("Marie Dupont on LinkedIn: Bonjour à tous", MARIE, id="her post"),
        pytest.param("Zoé | LinkedIn", None, id="one word is not enough"),
    ],
)
def test_the_window_means_somebody_of_the_book(title: str, contact: Contact | None) -> None:
    meant = who_is_meant(window_title=title, contacts=BOOK)
    assert meant == (Meant(contact, "window title") if contact else Meant(None, "nobody"))


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Messaging | LinkedIn",
        '"Marie Dupont" | Search | LinkedIn',
        "Marie Dupont | Recherche | LinkedIn",
        pytest.param("Une rose blanche - Mozilla Firefox", id="common words are no name"),
        pytest.param("rose blanche", id="nor alone"),
        pytest.param("Rose | Blanche", id="a name does not reach across a bar"),
        pytest.param("Rose - Blanche", id="nor across a dash"),
        pytest.param("Vive la Rose. Blanche neige", id="nor across the end of a sentence"),
        pytest.param("Marie Dupontel - Compose", id="the beginning of another name"),
        pytest.param("Annemarie Dupont - Compose", id="the end of another name"),
        pytest.param("Marie Dupont Tremblay - Compose", id="a longer family name"),
        pytest.param("Marie Dupont-Tremblay - Compose", id="a double family name"),
        pytest.param("Marie Dupont de Nemours - Compose", id="a family name that goes on with a particle"),
        pytest.param("Luc Paul Martin - Compose", id="another first name in front"),
        pytest.param("Welcome - Google Chrome", id="a company is nobody"),
        pytest.param("Zoé - Compose", id="one word names nobody"),
        pytest.param("Dupont - Compose", id="a family name alone names nobody"),
    ],
)
def test_the_window_means_nobody(title: str) -> None:
    assert who_is_meant(window_title=title, contacts=BOOK) == Meant(None, "nobody")


def test_a_profile_page_of_somebody_unknown_still_fills_the_greeting() -> None:
    meant = who_is_meant(
        window_title="✅ Éric Lefèvre | Growth Hacker | LinkedIn - Google Chrome", contacts=BOOK
    )
    assert meant == Meant(Contact(formatted_name="Éric Lefèvre", source="window title"), "window title")
    assert meant.contact is not None
    assert meant.contact.greeting_name == "Éric"


def test_another_page_of_somebody_unknown_means_nobody() -> None:
    assert who_is_meant(window_title="Éric Lefèvre - Compose", contacts=BOOK) == Meant(None, "nobody")


@pytest.mark.parametrize(
    ("title", "candidates"),
    [
        pytest.param("Élodie Roy | LinkedIn", (ELODIE, OTHER_ELODIE), id="two people of one name"),
        pytest.param("Elodie Roy - Compose", (ELODIE, OTHER_ELODIE), id="in a mail window too"),
        pytest.param("Paul Martin, Marie Dupont - Mail", (PAUL, MARIE), id="two names in one title"),
    ],
)
def test_two_equally_good_people_are_a_question(title: str, candidates: tuple[Contact, ...]) -> None:
    meant = who_is_meant(window_title=title, contacts=BOOK, current=MARIE)
    assert meant == Meant(None, "window title", candidates)


def test_the_person_chosen_before_answers_which_of_two_namesakes() -> None:
    for chosen in (ELODIE, OTHER_ELODIE):
        meant = who_is_meant(window_title="Élodie Roy | LinkedIn", contacts=BOOK, current=chosen)
        assert meant == Meant(chosen, "current contact")


def test_two_cards_with_one_profile_are_one_person() -> None:
    again = person("Marie Dupont", profile_url="https://fr.linkedin.com/in/Marie/", title="PDG")
    meant = who_is_meant(window_title="Marie Dupont | LinkedIn", contacts=[MARIE, again])
    assert meant == Meant(MARIE, "window title")


def test_evidence_is_taken_in_its_order() -> None:
    title = "Paul Martin | LinkedIn"
    assert who_is_meant(argument=MARIE, window_title=title, contacts=BOOK, current=ROSE) == Meant(
        MARIE, "argument"
    )
    assert who_is_meant(window_title=title, contacts=BOOK, current=ROSE) == Meant(PAUL, "window title")
    assert who_is_meant(window_title="Untitled", contacts=BOOK, current=ROSE) == Meant(
        ROSE, "current contact"
    )
    assert who_is_meant() == Meant(None, "nobody")


def test_one_of_30_000_people_is_found_in_a_title_in_less_than_a_millisecond() -> None:
    syllables = ["ma", "ri", "du", "pont", "lo", "ze", "vi", "ta", "ken", "so", "bel", "gar"]
    chance = random.Random(1)

    def word() -> str:
        return "".join(chance.choices(syllables, k=3)).capitalize()

    crowd = (person("", given_name=word(), family_name=word()) for _ in range(30_000))
    book = Book([*crowd, MARIE])
    title = "Rédaction : Re: Salon du livre - Marie Dupont - Courrier entrant - Mozilla Thunderbird"
    assert who_is_meant(window_title=title, contacts=book).contact == MARIE
    start = time.process_time()
    for _ in range(20):
        who_is_meant(window_title=title, contacts=book)
    assert (time.process_time() - start) / 20 < 0.001
