"""Elision before names."""

from __future__ import annotations

import pytest

from motjuste.messages.language import de, elides, que


@pytest.mark.parametrize(
    "name",
    ["Alice", "Élodie", "Hector", "Hélène", "Hortense", "Yves", "Yvan", "Yvonne", "Anne-Sophie", "Œdipe", "alice",
     "Uwe", "Éric Lefèvre", "Henri-Paul", "E\u0301lodie"],
)  # fmt: skip
def test_these_names_elide(name: str) -> None:
    assert (elides(name), de(name), que(name)) == (True, f"d’{name}", f"qu’{name}")


@pytest.mark.parametrize(
    "name",
    ["Hugo", "Hassan", "Harry", "Yann", "Yasmine", "Yohan", "Marie", "A. Tremblay", "A Tremblay", "🚀 Alice",
     "3 Suisses", "Ç", "«Alice»", "李"],
)  # fmt: skip
def test_these_names_do_not_elide(name: str) -> None:
    assert (elides(name), de(name), que(name)) == (False, f"de {name}", f"que {name}")


def test_the_card_knows_better_than_the_rule() -> None:
    assert [de("Hugo", True), de("Alice", False), de("Alice", None)] == ["d’Hugo", "de Alice", "d’Alice"]


def test_nothing_is_said_of_nobody() -> None:
    assert (de(""), que("", True)) == ("", "")
