"""Whose profile page a window shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.people.window_title import is_search_page, name_in_title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("Marie Dupont | LinkedIn", "Marie Dupont", id="the plain title, as Safari shows it"),
        pytest.param("Marie Dupont | LinkedIn – Safari", "Marie Dupont", id="Safari by name"),
        pytest.param("(3) Marie Dupont | LinkedIn", "Marie Dupont", id="a counter"),
        pytest.param("(99+) Marie Dupont | LinkedIn", "Marie Dupont", id="a counter that gave up"),
        pytest.param("Marie Dupont | LinkedIn — Mozilla Firefox", "Marie Dupont", id="Firefox"),
        pytest.param(
            "(1) Marie Dupont | LinkedIn — Navigation privée de Mozilla Firefox", "Marie Dupont", id="private"
        ),
        pytest.param("Marie Dupont | LinkedIn - Google Chrome", "Marie Dupont", id="Chrome"),
        pytest.param("Marie Dupont | LinkedIn - Chromium", "Marie Dupont", id="Chromium"),
        pytest.param(
            "Marie Dupont | LinkedIn - Google Chrome – Camille", "Marie Dupont", id="a Chrome profile"
        ),
        pytest.param("Marie Dupont | LinkedIn (Incognito)", "Marie Dupont", id="an incognito window"),
        pytest.param(
            "Marie Dupont | LinkedIn and 3 more pages - Profile 1 - Microsoft\u200b Edge",
            "Marie Dupont",
            id="Edge",
        ),
        pytest.param(
            "Marie Dupont | LinkedIn et 3 pages de plus - Personnel – Microsoft\u200b Edge",
            "Marie Dupont",
            id="Edge in French",
        ),
        pytest.param(
            "(1) Marie Dupont | LinkedIn y 3 páginas más - Personal: Microsoft\u200b Edge",
            "Marie Dupont",
            id="Edge in Spanish",
        ),
        pytest.param("Actividad | Marie Dupont | LinkedIn", "Marie Dupont", id="her activity, in Spanish"),
        pytest.param("Activity | Marie Dupont | LinkedIn", "Marie Dupont", id="her activity"),
        pytest.param(
            "(2) Expérience | Marie Dupont | LinkedIn", "Marie Dupont", id="her experience, in French"
        ),
        pytest.param("Marie Dupont - Directrice - Acme | LinkedIn", "Marie Dupont", id="the public page"),
        pytest.param("✅ Éric Lefèvre | Growth Hacker | LinkedIn", "Éric Lefèvre", id="a name with a slogan"),
        pytest.param("Marie Dupont, MBA | LinkedIn", "Marie Dupont", id="a credential"),
        pytest.param("MARIE DUPONT | LinkedIn", "Marie Dupont", id="capitals"),
        pytest.param("marie dupont | LinkedIn", "Marie Dupont", id="small letters"),
        pytest.param("Philippe de Villiers | LinkedIn", "Philippe de Villiers", id="a particle"),
        pytest.param("Jeanne d’Arc | LinkedIn", "Jeanne d’Arc", id="an elided particle"),
        pytest.param("Mme Dupont | LinkedIn", "Madame Dupont", id="a civility"),
        pytest.param("Marie\u00a0Dupont\u202e | LinkedIn", "Marie Dupont", id="hidden characters"),
    ],
)
def test_a_profile_page_names_its_person(title: str, name: str) -> None:
    assert name_in_title(title) == name


@pytest.mark.parametrize(
    "title",
    [
        "",
        "LinkedIn",
        "Feed | LinkedIn",
        "(3) Feed | LinkedIn — Mozilla Firefox",
        "Fil d’actualité | LinkedIn",
        "Messaging | LinkedIn",
        "Messagerie | LinkedIn",
        "(12) Messaging | LinkedIn - Google Chrome",
        "Réseau | LinkedIn",
        "Mi red | LinkedIn",
        "Mensajes | LinkedIn",
        "Elementos guardados | LinkedIn",
        "(2) Notificaciones | LinkedIn - Google Chrome",
        "Marie Dupont | Búsqueda | LinkedIn",
        "Mon réseau | LinkedIn",
        "My Network | LinkedIn",
        "Notifications | LinkedIn",
        "Invitations | LinkedIn",
        "Manage invitations | LinkedIn",
        "Offres d’emploi | LinkedIn",
        "Jobs | LinkedIn",
        "(4) 25 Directrice Marketing jobs in Lyon | LinkedIn",
        '"marie dupont" | Search | LinkedIn',
        "Marie Dupont | Search | LinkedIn",
        "(2) Marie Dupont | Recherche | LinkedIn",
        "Recherche | LinkedIn",
        "Sign In | LinkedIn",
        "S’identifier | LinkedIn",
        "Who’s viewed your profile | LinkedIn",
        "Vos relations | LinkedIn",
        "Post Impressions | LinkedIn",
        "Acme Industries: Overview | LinkedIn",
        "Acme Industries : Présentation | LinkedIn",
        "Cabinet Dupont | LinkedIn",
        "Acme | LinkedIn",
        "Lyon Tech 2026 | LinkedIn",
        "🌟 | LinkedIn",
        "Experience | LinkedIn",
        "Marie Dupont | LinkedInsider",
        "Marie Dupont | LinkedIn Learning",
        "Marie Dupont | Annuaire",
        "Marie Dupont - Compose",
    ],
)
def test_other_pages_name_no_one(title: str) -> None:
    assert name_in_title(title) == ""


def test_a_very_long_title_is_cut_and_names_no_one() -> None:
    assert name_in_title("a" * 100_000 + "Marie Dupont | LinkedIn") == ""


def test_a_search_page_is_recognised() -> None:
    assert is_search_page("Marie Dupont | Search | LinkedIn")
    assert not is_search_page("Marie Dupont | LinkedIn")


@given(st.text(max_size=40), st.sampled_from(["", " | LinkedIn", " | LinkedIn — Mozilla Firefox"]))
def test_any_title_yields_one_line(page: str, end: str) -> None:
    name = name_in_title(page + end)
    assert name == "" or name.isprintable() or "\u200d" in name or "\u200c" in name
