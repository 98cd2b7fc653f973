"""Every message that ships, over its facts, people, profiles, languages and forms: nothing to mark for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle, product

import pytest
from gallery import GALLERY, exhibits
from texts import CONTACTS, LIBRARY, NAMES, PROFILES, VOICES, facts_for, faults, profile_for, sentences, write

from motjuste.messages.templates import Rendered
from motjuste.people.card import Contact
from motjuste.profile import Me

FORMS = {"decline": ("long", "short")}
LONGEST = {"long": 899, "short": 299}
Case = tuple[str, Mapping[str, str], str, str, tuple[str, bool], str]


def every_case() -> Iterator[Case]:
    """All combinations: template, facts, contact, profile, voice, form."""
    for name in NAMES:
        for voice, contact, me, form in product(VOICES, CONTACTS, PROFILES, FORMS.get(name, ("auto",))):
            for facts in facts_for(name, voice[0]):
                yield name, facts, contact, me, voice, form


def cases() -> Iterator[Case]:
    """For each template, voice and form: all facts, all contacts with all profiles, not all of these together."""
    for name in NAMES:
        people = cycle(product(CONTACTS, PROFILES))
        for voice, form in product(VOICES, FORMS.get(name, ("auto",))):
            facts = facts_for(name, voice[0])
            for _, known in zip(
                range(max(len(facts), len(CONTACTS) * len(PROFILES))), cycle(facts), strict=False
            ):
                yield name, known, *next(people), voice, form


def objections(case: Case) -> list[str]:
    """What a careful reader has against this message."""
    name, facts, contact_is, me_is, (locale, tu), form = case
    contact, me = CONTACTS[contact_is], profile_for(me_is, locale)
    written = write(name, facts, contact=contact, me=me, locale=locale, tu=tu, form=form)
    found = faults(written.text, locale, tu)
    found += [f"greeted as {written.text[:40]!r}"] * (not greeted_well(written, contact, locale))
    found += [f"signed {written.text[-40:]!r}"] * (not signed_well(written, me))
    found += ["a thanks for what was not"] * (name == "decline" and thanks_falsely(written.text, facts))
    if name == "decline":
        found += [f"{written.length} long"] * (written.length > LONGEST[form])
        found += ["not three parts"] * ([part.name for part in written.parts] != ["thanks", "goal", "door"])
        found += ["an empty part"] * (
            not all(part.text and part.text in written.text for part in written.parts)
        )
        found += [f"{sentences(written.text)} sentences"] * (form == "short" and sentences(written.text) != 2)
    if name == "invite":
        found += [f"{written.length} long"] * (written.length > 300)
        found += ["more than one line"] * ("\n" in written.text)
        found += [
            f"{given!r} left out" for given in facts.values() if given.rstrip(".")[3:] not in written.text
        ]
    return found


def greeted_well(written: Rendered, contact: Contact, locale: str) -> bool:
    """By name, or without one when it is unknown or too long for the room."""
    hello = "Hello" if locale == "en" else "Bonjour"
    named = f"{hello} {contact.greeting_name},"
    if contact.greeting_name and (len(named) < 100):
        return written.text.startswith(named)
    return written.text.startswith((f"{hello},", named))


def signed_well(written: Rendered, me: Me) -> bool:
    """With the name as the last words (or a link behind it); without a closing where there is no name."""
    if me.name:
        return "Camille" in written.text[-70:] or written.length > 150
    closings = ("Bien à vous", "Bien à toi", "Au plaisir,", "Cordialement", "regards", "wishes")
    return not any(closing in written.text for closing in closings)


def thanks_falsely(text: str, facts: Mapping[str, str]) -> bool:
    note = ("mot qui", "pris le temps", "note", "took the time")
    kind_words = ("paroles aimables", "kind words")
    interest = ("intérêt", "interest")
    return (
        (facts["pleased_by"] != "note" and any(words in text for words in note))
        or (facts["pleased_by"] != "kind_words" and any(words in text for words in kind_words))
        or (
            facts["pleased_by"] != "shared_interest"
            and not facts["interest"]
            and any(words in text for words in interest)
        )
    )


def test_the_library_has_no_problems() -> None:
    assert LIBRARY.problems == ()
    assert {(template.language, template.name) for template in LIBRARY.templates} == set(
        product(("fr", "en"), NAMES)
    )


def test_the_messages_say_word_for_word_what_was_read_and_approved() -> None:
    """After a change of words: write the gallery again, and read what changed."""
    assert "\n".join(exhibits()) == GALLERY.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_careful_reader_marks_nothing(name: str) -> None:
    assert {str(case): found for case in cases() if case[0] == name and (found := objections(case))} == {}


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_careful_reader_marks_nothing_in_any_combination(name: str) -> None:
    assert {
        str(case): found for case in every_case() if case[0] == name and (found := objections(case))
    } == {}
