"""What a file states otherwise than a card."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motjuste.people.card import Contact
from motjuste.people.merging import Conflict, conflicts

MARIE: dict[str, Any] = {
    "formatted_name": "Marie Dupont",
    "organization": "Acme",
    "emails": ("m@x",),
    "phones": ("+33 6 12 34 56 78",),
    "note": "Vue à Lyon, aime le papier",
    "elides": False,
    "how_we_met": "Au salon",
    "connected_on": date(2026, 2, 8),
}


@pytest.mark.parametrize(
    ("stated", "conflict"),
    [
        ({}, None),
        ({"organization": ""}, None),
        ({"organization": "ACMÉ"}, None),
        ({"organization": "Nord"}, ("organization", "Acme", "Nord")),
        ({"title": "PDG"}, None),
        ({"formatted_name": "Mimi Dupont"}, ("name", "Marie Dupont", "Mimi Dupont")),
        ({"formatted_name": "MARIE DUPONT"}, None),
        ({"formatted_name": "Marie Roy"}, ("name", "Marie Dupont", "Marie Roy")),
        ({"formatted_name": ""}, None),
        ({"formatted_name": "m@x"}, None),
        ({"formatted_name": "Mme Marie Dupont, MBA"}, None),
        ({"emails": ("M@X",)}, None),
        ({"emails": ("m@x", "y@x")}, ("emails", "m@x", "y@x")),
        ({"emails": ()}, None),
        ({"phones": ("06.12.34.56.78",)}, None),
        ({"phones": ("1",)}, ("phones", "+33 6 12 34 56 78", "1")),
        ({"urls": ("https://x.example",)}, None),
        ({"note": "aime le papier"}, None),
        ({"note": "Partie"}, ("note", "Vue à Lyon, aime le papier", "Partie")),
        ({"elides": None}, None),
        ({"how_we_met": "Par Zoé"}, ("how_we_met", "Au salon", "Par Zoé")),
        ({"elides": True}, ("elides", "False", "True")),
        ({"connected_on": date(2025, 1, 1)}, ("connected_on", "2026-02-08", "2025-01-01")),
    ],
)
def test_a_fact_that_differs_is_a_conflict(
    stated: dict[str, Any], conflict: tuple[str, str, str] | None
) -> None:
    known, new = Contact(**MARIE), Contact(**{**MARIE, **stated}, source="new.vcf")
    expected = (Conflict("Marie Dupont", *conflict, "new.vcf"),) if conflict else ()
    assert conflicts(known, new) == expected
