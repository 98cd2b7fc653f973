"""Every message that ships, over its facts, people, profiles, languages and forms: nothing to mark for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, product

import pytest
from gallery import GALLERY, MISSION, exhibits
from library_page import GROUPS, PAGE, page
from texts import (
    CONTACTS,
    LIBRARY,
    NAMES,
    NOTES,
    PROFILES,
    UNGREETED,
    VOICES,
    facts_for,
    faults,
    profile_for,
    sentences,
    write,
)

from motjuste.messages.templates import Rendered
from motjuste.people.card import Contact
from motjuste.profile import Me

FORMS = {"decline": ("long", "short")}
LONGEST = {"long": 899, "short": 299}
# How one says hello: the word, what stands before the name, and what ends the line.
GREETINGS = {"fr": ("Bonjour", " ", ","), "en": ("Hello", " ", ","), "es": ("Hola", ", ", ":")}
NEVER_LEFT_OUT = ("reason", "link", "position", "mutual", "question", "subject")
# What a message thanks for, or says that it was so, only where the facts say that it was.
PROMISES: Mapping[str, Callable[[str, Mapping[str, str]], bool]] = {
    "follow-up": lambda text, facts: ("promi" in text or "promet" in text) is bool(facts["promised"]),
    "follow-up-decline": lambda text, facts: ("onversa" in text) is (facts["after"] == "meeting"),
    "answer-introduce": lambda text, facts: ("Alexandre" in text) is bool(facts["someone"]),
    "invite-contact": lambda text, facts: (
        ("conseill" in text or "suggest" in text or "aconsej" in text) is (facts["role"] == "suggested")
    ),
    "ask-friendly": lambda text, facts: (
        ("profil" in text or "perfil" in text) is facts["noticed"].startswith(("Le", "Your", "El"))
    ),
}
Case = tuple[str, Mapping[str, str], str, str, tuple[str, bool], str]


def every_case() -> Iterator[Case]:
    """All combinations: template, facts, contact, profile, voice, form.

    Of the messages that are not the mission's, each profile comes up in turn, not with every contact.
    """
    for name in NAMES:
        profiles = cycle((me,) for me in PROFILES)
        for voice, contact, form in product(VOICES, CONTACTS, FORMS.get(name, ("auto",))):
            for facts in facts_for(name, voice[0]):
                for me in PROFILES if name in MISSION else next(profiles):
                    yield name, facts, contact, me, voice, form


def cases() -> Iterator[Case]:
    """For each template, voice and form: all facts, all contacts and profiles, not all of these together.

    All contacts with all profiles come up in each voice of the mission's messages, in all voices of the others.
    """
    for name in NAMES:
        people = cycle(product(CONTACTS, PROFILES))
        scenes = len(CONTACTS) * len(PROFILES) if name in MISSION else 2 * len(CONTACTS)
        for voice, form in product(VOICES, FORMS.get(name, ("auto",))):
            facts = facts_for(name, voice[0])
            for _, known in zip(range(max(len(facts), scenes)), cycle(facts), strict=False):
                yield name, known, *next(people), voice, form


def objections(case: Case) -> list[str]:
    """What a careful reader has against this message."""
    name, facts, contact_is, me_is, (locale, tu), form = case
    contact, me = CONTACTS[contact_is], profile_for(me_is, locale)
    written = write(name, facts, contact=contact, me=me, locale=locale, tu=tu, form=form)
    found = faults(written.text, locale, tu)
    if name not in UNGREETED:
        whole = name == "invite-standing"
        found += [f"greeted as {written.text[:40]!r}"] * (not greeted_well(written, contact, locale, whole))
        found += [f"signed {written.text[-40:]!r}"] * (not signed_well(written, me))
    found += ["a thanks for what was not"] * (name == "decline" and thanks_falsely(written.text, facts))
    if name == "decline":
        found += [f"{written.length} long"] * (written.length > LONGEST[form])
        found += ["not three parts"] * ([part.name for part in written.parts] != ["thanks", "goal", "door"])
        found += ["an empty part"] * (
            not all(part.text and part.text in written.text for part in written.parts)
        )
        found += [f"{sentences(written.text)} sentences"] * (form == "short" and sentences(written.text) != 2)
    if name in NOTES:
        found += [f"{written.length} long"] * (written.length > 300)
        found += ["more than one line"] * ("\n" in written.text)
        found += [
            f"{key} left out"
            for key, given in facts.items()
            if key in NEVER_LEFT_OUT and not says(written, given)
        ]
    if name in PROMISES:
        found += [f"thanks for {facts}"] * (not PROMISES[name](written.text, facts))
    return found


def says(written: Rendered, given: str) -> bool:
    """Whether what somebody typed stands in the message, its first letters and its full stop apart."""
    return given.rstrip(".")[3:] in written.text.replace("\u202f", "").replace("\u00a0", " ")


def greeted_well(written: Rendered, contact: Contact, locale: str, whole: bool = False) -> bool:
    """By name (the whole one where that is due), or without one when it is unknown or too long for the room."""
    hello, before, stop = GREETINGS[locale.partition("-")[0]]
    named = f"{hello}{before}{contact.display_name if whole else contact.greeting_name}{stop}"
    if contact.greeting_name and (len(named) < 100):
        return written.text.startswith(named)
    return written.text.startswith((f"{hello}{stop}", named))


def signed_well(written: Rendered, me: Me) -> bool:
    """With the name as the last words (or a link behind it); without a closing where there is no name."""
    if me.name:
        return "Camille" in written.text[-70:] or written.length > 150
    closings = (
        "Bien à vous",
        "Bien à toi",
        "Au plaisir,",
        "Cordialement",
        "regards",
        "wishes",
        "cordial",
        "Un saludo,",
    )
    return not any(closing in written.text for closing in closings)


def thanks_falsely(text: str, facts: Mapping[str, str]) -> bool:
    note = ("mot qui", "pris le temps", "note", "took the time", "nota", "el tiempo de")
    kind_words = ("paroles aimables", "kind words", "palabras amables")
    interest = ("intérêt", "interest", "interés", "intereses")
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
        product(("fr", "en", "es"), NAMES)
    )


def test_the_messages_say_word_for_word_what_was_read_and_approved() -> None:
    """After a change of words: write the gallery again, and read what changed."""
    assert "\n".join(exhibits()) == GALLERY.read_text(encoding="utf-8")


def test_the_page_about_the_messages_says_what_they_say_of_themselves() -> None:
    """After a change of a template's front matter: write the page again."""
    assert page() == PAGE.read_text(encoding="utf-8")
    assert sorted(name for *_, names in GROUPS for name in names) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_careful_reader_marks_nothing(name: str) -> None:
    assert {str(case): found for case in cases() if case[0] == name and (found := objections(case))} == {}


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_careful_reader_marks_nothing_in_any_combination(name: str) -> None:
    assert {
        str(case): found for case in every_case() if case[0] == name and (found := objections(case))
    } == {}
