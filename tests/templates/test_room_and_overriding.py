"""What the messages do with little room, with long reasons, and when one of their parts is the person's own."""

from __future__ import annotations

import re
import unicodedata

import pytest
from gallery import GALLERY
from texts import (
    CONTACTS,
    EVERYDAY,
    LIBRARY,
    NAMES,
    NOTES,
    PROFILES,
    SOURCES,
    VOICES,
    facts_for,
    faults,
    write,
)

from motjuste.errors import DoesNotFit
from motjuste.messages.templates import Library, Source, Template
from motjuste.people.card import Contact

# By name: the trigger in French, in English and in Spanish, or the one that all have.
TRIGGERS = {
    "invite": ("invitlin",),
    "invite-event": ("invevent",),
    "invite-article": ("invarticle",),
    "invite-group": ("invgrp",),
    "invite-contact": ("invcontact",),
    "invite-school": ("invecole", "invschool", "invescuela"),
    "invite-alumni": ("invalumni",),
    "invite-candidate": ("invtalent",),
    "invite-recruiter": ("invrecruteur", "invrecruiter", "invempleo"),
    "invite-interview": ("invinterview",),
    "invite-standing": ("invrespect",),
    "decline": ("declin",),
    "accept": ("ouilin", "acceptlin", "aceptolin"),
    "ask": ("askinfo",),
    "ask-friendly": ("askamical", "askfriendly", "askamable"),
    "ask-brief": ("askbref", "askbrief", "askbreve"),
    "answer-need": ("repbesoin", "ansneed", "resayuda"),
    "answer-call": ("repappel", "anscall", "resllamada"),
    "answer-introduce": ("repcontact", "ansintro", "rescontacto"),
    "answer-pitch": ("reppub", "anspitch", "resoferta"),
    "thanks-accepting": ("mercilin", "thankslin", "graciaslin"),
    "follow-up": ("suivirdv", "followmeet", "seguircita"),
    "follow-up-decline": ("nonsuite", "nofurther", "noseguir"),
    "inmail-reply": ("repinmail", "ansinmail", "resinmail"),
    "inmail-subject": ("objinmail", "subinmail", "asuinmail"),
    "signature": ("masign", "mysign", "mifirma"),
    "introduction": ("monintro", "myintro", "mipresenta"),
    "my-doors": ("mesliens", "mylinks", "misenlaces"),
    "my-email": ("monmail", "mymail", "micorreo"),
    "my-phone": ("monnumero", "mynumber", "minumero"),
    "my-website": ("monweb", "myweb", "miweb"),
    "today": ("datejour", "mydate", "mifecha"),
}
WORDS = re.compile(r"\w+")


def test_each_message_has_its_triggers() -> None:
    triggers = {
        language: {one.name: one.triggers for one in LIBRARY.templates if one.language == language}
        for language in ("fr", "en", "es")
    }
    assert triggers == {
        "fr": {name: own[:1] if name != "ask" else ("askinfo", "precisez") for name, own in TRIGGERS.items()},
        "en": {name: own[:2][-1:] for name, own in TRIGGERS.items()},
        "es": {name: own[-1:] for name, own in TRIGGERS.items()},
    }


def test_no_two_messages_share_a_trigger_and_none_has_to_wait_for_a_longer_one() -> None:
    owners = {(trigger, one.name) for one in LIBRARY.templates for trigger in one.triggers}
    triggers = {trigger for trigger, _ in owners}
    assert len(owners) == len(triggers)
    assert [
        (short, long) for short in triggers for long in triggers - {short} if long.startswith(short)
    ] == []


def test_the_triggers_that_stand_in_ordinary_words_fire_at_rest_alone() -> None:
    at_rest = {one.key: one.triggers_at_rest for one in LIBRARY.templates if one.triggers_at_rest}
    assert at_rest == {
        "en/decline": ("declin",),
        "es/decline": ("declin",),
        "fr/ask": ("precisez",),
        "fr/decline": ("declin",),
    }


def test_no_trigger_that_fires_at_once_begins_a_word_that_people_write() -> None:
    written = GALLERY.read_text(encoding="utf-8").casefold()
    words = set(WORDS.findall(written)) | {
        unaccented(word) for word in WORDS.findall(" ".join(source.text for source in SOURCES).casefold())
    }
    at_once = {
        trigger
        for one in LIBRARY.templates
        for trigger in one.triggers
        if trigger not in one.triggers_at_rest
    }
    assert len(words) > 1500
    assert {word for word in words if word.startswith(tuple(at_once))} == at_once


def unaccented(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


@pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda template: template.key)
def test_each_message_and_field_says_what_it_is_for(template: Template) -> None:
    assert template.title
    assert template.description.endswith(".")
    assert template.when.endswith(".")
    assert len(template.tags) >= 3
    assert all(field.ask.endswith("?") for field in template.fields.values())
    assert all(field.default in field.choices for field in template.fields.values() if field.choices)


def test_the_languages_say_the_same_messages_of_the_same_facts() -> None:
    french, english, spanish = (
        {
            one.name: (one.channel, one.forms, {name: asked.choices for name, asked in one.fields.items()})
            for one in LIBRARY.templates
            if one.language == language
        }
        for language in ("fr", "en", "es")
    )
    assert french == english == spanish
    assert len(french) >= 25


@pytest.mark.parametrize(("locale", "tu"), VOICES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in EVERYDAY])
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


@pytest.mark.parametrize("name", NOTES)
def test_a_note_reads_well_with_all_its_facts_on_a_free_account(name: str) -> None:
    contact = CONTACTS["everything"]
    for locale, tu in VOICES:
        for facts in facts_for(name, locale):
            written = write(name, facts, contact=contact, locale=locale, tu=tu, limit=200)
            assert written.length <= 200
            assert written.text.startswith(("Bonjour Marie", "Hello Marie", "Hola, Marie"))
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
