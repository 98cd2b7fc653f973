"""A book of contacts: its indices, made at once or ahead, and contacts that are made when they are asked for."""

from __future__ import annotations

import pytest

from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.entry import entry_of
from motjuste.people.search import find

MARIE = Contact(formatted_name="Marie Dupont", given_name="Marie", family_name="Dupont", emails=("M@x", "m@X"))
LUC = Contact(formatted_name="Luc Dupond", nickname="Lulu")
OTHER_LUC = Contact(formatted_name="Luc Dupond", emails=("luc@y",))
COMPANY = Contact(formatted_name="Acme", organization="Acme")
PEOPLE = (MARIE, LUC, OTHER_LUC, COMPANY)
ENTRIES = tuple(entry_of(person).packed for person in PEOPLE)


@pytest.fixture(params=["contacts", "entries", "entries, prepared"])
def book(request: pytest.FixtureRequest) -> Book:
    book = Book(PEOPLE) if request.param == "contacts" else Book(packed=ENTRIES)
    while "prepared" in request.param and book.prepare(3):
        pass
    return book


def test_a_book_is_a_sequence_of_its_people(book: Book) -> None:
    assert (tuple(book), len(book), book[-1], book[1:3]) == (PEOPLE, 4, COMPANY, (LUC, OTHER_LUC))
    with pytest.raises(IndexError):
        book[4]


def test_people_are_known_by_name_and_address(book: Book) -> None:
    assert book.named("luc dupond") == (LUC, OTHER_LUC)
    assert book.named("dupont marie") == (MARIE,)
    assert book.named("") == ()
    assert book.at_address("M@X") == (MARIE,)
    assert book.at_address("") == ()
    assert book.most_words == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lulu", [LUC]),
        ("du lu", [LUC, OTHER_LUC]),
        ("dupont maire", [MARIE]),
        ("duponx", [MARIE, LUC, OTHER_LUC]),
        ("acm", [COMPANY]),
        ("cme", []),
    ],
)
def test_a_book_answers_alike_however_it_was_made(book: Book, query: str, found: list[Contact]) -> None:
    assert find(query, book) == tuple(found)


def test_nobody_is_known_in_an_empty_book() -> None:
    book = Book()
    assert (len(book), book.named("marie"), find("marie", book), book.most_words) == (0, (), (), 0)
    assert book.prepare(9) is False


def test_indices_are_made_some_people_at_a_time() -> None:
    book = Book(packed=ENTRIES)
    steps = 0
    while book.prepare(2):
        steps += 1
    # Three indices of four people.
    assert steps == 6
    assert book.prepare(2) is False
