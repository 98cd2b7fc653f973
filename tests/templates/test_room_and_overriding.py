"""What the messages do with little room, with long reasons, and when one of their parts is the person's own."""

from __future__ import annotations

import pytest
from texts import CONTACTS, LIBRARY, NAMES, PROFILES, SOURCES, VOICES, faults, write

from motjuste.errors import DoesNotFit
from motjuste.messages.templates import Library, Source, Template
from motjuste.people.card import Contact

TRIGGERS = {
    "fr": {
        "invite": ("invitlin",),
        "decline": ("declin",),
        "ask": ("askinfo", "precisez"),
        "answer-need": ("repbesoin",),
        "answer-pitch": ("reppub",),
    },
    "en": {
        "invite": ("invitlin",),
        "decline": ("declin",),
        "ask": ("askinfo",),
        "answer-need": ("ansneed",),
        "answer-pitch": ("anspitch",),
    },
}


def test_each_message_has_its_triggers_and_no_two_share_one() -> None:
    triggers = {
        language: {one.name: one.triggers for one in LIBRARY.templates if one.language == language}
        for language in ("fr", "en")
    }
    assert triggers == TRIGGERS


def test_the_triggers_that_stand_in_ordinary_words_fire_at_rest_alone() -> None:
    assert {one.key: one.triggers_at_rest for one in LIBRARY.templates if one.triggers_at_rest} == {
        "en/decline": ("declin",),
        "fr/ask": ("precisez",),
        "fr/decline": ("declin",),
    }


@pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda template: template.key)
def test_each_message_and_field_says_what_it_is_for(template: Template) -> None:
    assert template.title
    assert template.description
    assert all(field.ask.endswith("?") for field in template.fields.values())
    assert all(field.default in field.choices for field in template.fields.values() if field.choices)


@pytest.mark.parametrize(("locale", "tu"), VOICES)
@pytest.mark.parametrize("name", NAMES)
def test_every_message_has_a_wording_for_an_invitation_note_of_a_free_account(
    name: str, locale: str, tu: bool
) -> None:
    form = "short" if name == "decline" else "auto"
    limit = 300 if name == "decline" else 200
    for contact in ("nothing", "a name", "everything"):
        for me in PROFILES.values():
            written = write(
                name, contact=CONTACTS[contact], me=me, locale=locale, tu=tu, form=form, limit=limit
            )
            assert written.length <= limit
            assert faults(written.text, locale, tu) == []


@pytest.mark.parametrize("room", [*range(60, 301, 12), 300])
def test_an_invitation_reads_well_at_any_length(room: int) -> None:
    for locale, tu in VOICES:
        written = write("invite", contact=CONTACTS["everything"], locale=locale, tu=tu, limit=room)
        assert written.length <= room
        assert faults(written.text, locale, tu) == []


def test_an_invitation_uses_its_room_and_keeps_name_and_signature_on_a_free_account() -> None:
    assert write("invite", contact=CONTACTS["everything"]).text == (
        "Bonjour Marie, j’aimerais échanger avec vous sur votre travail de directrice artistique chez Atelier Nord. De "
        "mon côté, je suis responsable éditoriale chez Carnets\u00a0: nos métiers ont sans doute des choses à se dire. "
        "Au plaisir de vous lire, Camille"
    )
    assert write("invite", contact=CONTACTS["everything"], limit=200).text == (
        "Bonjour Marie, j’aimerais échanger avec vous sur votre travail de directrice artistique chez Atelier Nord. De "
        "mon côté, je suis responsable éditoriale chez Carnets. Au plaisir de vous lire, Camille"
    )


def test_somebody_of_the_same_organization_is_greeted_as_such() -> None:
    zoe = Contact(formatted_name="Zoé Caron", organization="Carnets", title="Correctrice")
    assert write("invite", contact=zoe).text.startswith(
        "Bonjour Zoé, je travaille aussi chez Carnets, et j’aimerais faire votre connaissance. J’y suis responsable"
    )
    assert write("invite", contact=zoe, locale="en").text.startswith(
        "Hello Zoé, I work at Carnets too, and I’d like to get to know you. I’m a "
    )


def test_a_reason_is_never_cut_and_one_that_is_too_long_is_refused() -> None:
    reason = "J’ai " + "lu " * 93 + "tout"
    longest = write("invite", {"reason": reason}, contact=CONTACTS["nothing"])
    assert longest.text == f"Bonjour, j’ai {reason[5:]}."
    with pytest.raises(DoesNotFit) as refusal:
        write("invite", {"reason": reason + "es" * 10})
    assert "lu lu" in refusal.value.shortest


def test_a_link_stands_whole_at_the_end() -> None:
    link = "https://carnets.example/a-propos?de=camille"
    for limit in (120, 160, 200, 300):
        assert write("invite", {"link": link}, limit=limit).text.endswith(f" {link}")


def test_the_interest_is_named_when_it_fits_and_only_hinted_at_when_not() -> None:
    facts = {"pleased_by": "shared_interest", "interest": "l’histoire des caractères d’imprimerie " * 8}
    assert "intérêts communs" in write("decline", facts, form="short").text


def test_a_part_can_be_the_persons_own_and_the_others_stay() -> None:
    text = '{% extends "shipped/fr/decline" %}\n{% block thanks %}Merci, {{ votre }} mot.{% endblock %}\n'
    library = Library.load(SOURCES, [Source("decline", "fr", "mine.txt", text)])
    assert library.problems == ()
    mine, shipped = write("decline", library=library, form="long"), write("decline", form="long")
    assert [part.text for part in mine.parts] == [
        "Merci, votre mot.",
        *(part.text for part in shipped.parts[1:]),
    ]
    assert library.find("decline", "fr-FR").triggers == ("declin",)
