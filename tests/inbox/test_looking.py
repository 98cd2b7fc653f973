"""Invitations are found by words and by the beginnings of ids."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.inbox.events import VERDICTS
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.looking import SPELLINGS, STATES, Ids, holds_words

LEA = Invitation(
    name="Léa Petit-Roy",
    at=datetime(2026, 2, 11),
    note="Votre article sur l’œuvre",
    position="Directrice",
    organization="Érable",
    groups=("Club presse",),
)


@pytest.mark.parametrize("words", ["lea", "PETIT lé", "roy", "article oeuvre", "erab direc", "presse", "", "l'oeuv"])
def test_words_begin_words_wherever_they_stand(words: str) -> None:
    assert holds_words(LEA, words)


@pytest.mark.parametrize("words", ["ea", "lea martin", "rticle"])
def test_every_word_has_to_be_there(words: str) -> None:
    assert not holds_words(LEA, words)


def test_every_verdict_is_a_state() -> None:
    assert set(VERDICTS) < set(STATES) == set(SPELLINGS.values())


def test_an_id_is_called_by_what_tells_it_apart() -> None:
    known = ["abcdefgh", "abcdexyz", "abzzzzzz", "0000"]
    assert [Ids(known).short(id) for id in known] == ["abcdef", "abcdex", "abzz", "0000"]
    assert Ids([]).short("unknown") == "unknown"


@given(st.sets(st.text("ab", min_size=10, max_size=10), max_size=30))
def test_a_shortened_id_means_one_only(known: set[str]) -> None:
    ids = Ids(known)
    for id in known:
        assert [each for each in known if each.startswith(ids.short(id))] == [id]
