"""The corpus of names: invented people, written as people write themselves on a network."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from motjuste.people.names import clean_name

CORPUS = Path(__file__).parents[1] / "data" / "names.csv"
with CORPUS.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['culture']}: {row['as_written']}")
def test_a_name_is_understood_as_somebody_who_knows_its_culture_would(row: dict[str, str]) -> None:
    name = clean_name(row["as_written"])
    understood = {
        "given": name.given if name.confidence == "high" else "",
        "family": name.family if name.confidence == "high" else row["family"],
        "full": name.full,
        "greeting": name.greeting,
        "confidence": name.confidence,
        "gender": name.gender,
    }
    assert understood == {key: row[key] for key in understood}, row["why"]


def test_the_corpus_has_each_name_once() -> None:
    assert [name for name, count in Counter(row["as_written"] for row in ROWS).items() if count > 1] == []
