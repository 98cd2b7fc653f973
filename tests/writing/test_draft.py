"""A text being written: what each act of the person makes of it, without any window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.template_files import read_template_files, shipped_folder
from motjuste.compose import Request
from motjuste.desk import Desk
from motjuste.desktop.draft import Block, Draft, OneWording, choices_in_words, help_of
from motjuste.errors import NoSuchPerson, UserError
from motjuste.messages.channels import Channel
from motjuste.messages.counting import Count
from motjuste.messages.front_matter import Field
from motjuste.messages.templates import Library, Source
from motjuste.people.card import Contact
from motjuste.people.who import Meant
from motjuste.profile import Profile

MARIE = Contact(formatted_name="Marie Dupont", organization="Atelier Nord", source="marie.vcf")
NOTE = """\
---
title: Note
channel: note
fields:
  reason: {ask: Why?, default: ""}
  tone: {ask: How?, choices: [warm, brief], default: warm}
---
{% fit %}Hello {{ contact.greeting_name }}{% or %}Hello{% endfit %}, {{ reason or "I like your work" }}
{%- if tone == "warm" %}{% fit %} very much{% or %}{% endfit %}{% endif %}.
"""
MOT = """\
---
title: Mot
channel: note
fields:
  reason: {ask: Pourquoi ?, default: ""}
  politesse: {ask: Laquelle ?, default: Bien à vous}
---
Bonjour {{ contact.greeting_name }}, {{ reason or "j’aime votre travail" }}. {{ politesse }}
"""
REPLY = """\
---
title: Reply
channel: note
forms: {long: 60, short: 30}
---
{% if form == "long" %}{% fit %}Thank you so very much indeed{% or %}Thank you{% endfit %} for the long letter
{%- else %}{% fit %}Thanks{% or %}Hi{% endfit %}{% endif %}.
"""
CHANNELS = {
    "note": Channel("note", limit=40, unit="utf16", title="Note", seen_first=12),
    "tight": Channel("tight", limit=20, unit="utf16"),
    "none": Channel("none"),
}


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., Draft]:
    """Begins a draft for Marie, or for nobody, of the templates above."""
    library = Library.load(
        [
            Source("note", "en", "en/note.txt", NOTE),
            Source("note", "fr", "fr/note.txt", MOT),
            Source("reply", "en", "en/reply.txt", REPLY),
        ]
    )
    book = VCardFolder(tmp_path / "contacts", tmp_path / "current", now=lambda: datetime.now(UTC))
    at = Desk(Profile(name="Camille Roy", language="en"), library, CHANNELS, book)

    def begin(request: Request = Request("note"), meant: Meant = Meant(MARIE, "argument")) -> Draft:  # noqa: B008
        return Draft.begin(at, meant, request)

    return begin


def test_a_draft_begins_with_the_message_as_it_would_be_written(begin: Callable[..., Draft]) -> None:
    draft = begin()
    assert draft.text == "Hello Marie, I like your work very much."
    assert draft.finished() == draft.message
    assert (draft.own, draft.kept, draft.problem) == (False, False, None)
    assert (draft.person, draft.known_of_person) == ("Marie Dupont", "Atelier Nord")
    assert draft.values == {"reason": "", "tone": "warm"}
    assert draft.count == Count(40, 40, "utf16", "full")
    assert (draft.seen_first, draft.shortest, draft.too_long_from) == ("Hello Marie…", 24, None)
    assert draft.languages == ("fr-FR", "fr-CA", "en")
    assert draft.forms == ()
    assert draft.channels == (("note", "Note"), ("tight", "tight"), ("none", "none"))


def test_each_passage_shows_what_the_whole_text_would_be_with_its_other_wordings(
    begin: Callable[..., Draft],
) -> None:
    draft = begin(Request("note", limit=39))
    assert draft.text == "Hello Marie, I like your work."
    assert draft.blocks == (
        Block(
            0,
            (
                OneWording("Hello Marie", 30, 0, chosen=True, pinned=False),
                OneWording("Hello", 24, 0, chosen=False, pinned=False),
            ),
        ),
        Block(
            1,
            (
                OneWording("very much", 40, 1, chosen=False, pinned=False),
                OneWording("", 30, 0, chosen=True, pinned=False),
            ),
        ),
    )


def test_filling_in_a_field_writes_the_text_anew(begin: Callable[..., Draft]) -> None:
    draft = begin().with_fields({"reason": "I read you"}).with_fields({"tone": "brief"})
    assert draft.text == "Hello Marie, I read you."
    assert draft.values == {"reason": "I read you", "tone": "brief"}
    assert draft.finished().fields == {"reason": "I read you", "tone": "brief"}


def test_a_text_that_is_too_long_is_shown_whole_and_not_cut(begin: Callable[..., Draft]) -> None:
    draft = begin().with_fields({"reason": "I have read all that you wrote on types"})
    assert draft.text == "Hello, I have read all that you wrote on types."
    assert draft.count == Count(47, 40, "utf16", "over")
    assert draft.text[draft.too_long_from :] == " types."
    assert draft.blocks[0].wordings[0] == OneWording("Hello Marie", 53, 13, chosen=False, pinned=False)


def test_editing_by_hand_changes_the_counter_and_what_is_seen_first(begin: Callable[..., Draft]) -> None:
    draft = begin().edited("Dear Marie, thank you!")
    assert (draft.own, draft.kept) == (True, False)
    assert draft.count == Count(22, 40, "utf16", "fits")
    assert draft.seen_first == "Dear Marie,…"


def test_own_words_stay_when_a_field_is_filled_in_until_the_person_wants_them_written_anew(
    begin: Callable[..., Draft],
) -> None:
    draft = begin().edited("Dear Marie!").with_fields({"reason": "I read you"})
    assert (draft.text, draft.own, draft.kept) == ("Dear Marie!", True, True)
    anew = draft.anew()
    assert (anew.text, anew.own, anew.kept) == ("Hello Marie, I read you very much.", False, False)


def test_undoing_all_edits_follows_the_fields_again(begin: Callable[..., Draft]) -> None:
    begun = begin()
    draft = begun.edited("Dear Marie!").edited(begun.text).with_fields({"reason": "I read you"})
    assert draft.text == "Hello Marie, I read you very much."


def test_own_words_are_kept_when_the_fields_go_back_to_what_they_were(begin: Callable[..., Draft]) -> None:
    draft = begin().edited("Dear Marie!").with_fields({"reason": "x"}).with_fields({"reason": ""})
    assert (draft.text, draft.own, draft.kept) == ("Dear Marie!", True, False)


def test_undoing_after_writing_anew_makes_the_words_ones_own_again(begin: Callable[..., Draft]) -> None:
    draft = begin().edited("Dear Marie!").with_fields({"reason": "I read you"}).anew().edited("Dear Marie!")
    assert (draft.text, draft.own) == ("Dear Marie!", True)
    assert draft.with_fields({"reason": "x"}).text == "Dear Marie!"


def test_the_finished_message_has_the_persons_words_and_their_length(begin: Callable[..., Draft]) -> None:
    message = begin().edited("Dear Marie, e\u0301\r\nCamille").finished()
    rendered = message.rendered
    assert (rendered.text, rendered.length) == ("Dear Marie, é\nCamille", 21)
    # What motjuste knew of its own wordings is not true of these.
    assert (rendered.parts, rendered.choices, rendered.caret, rendered.stops) == ((), (), None, ())
    assert (message.template.name, message.contact) == ("note", MARIE)


def test_another_language_keeps_what_its_template_asks_for_too(begin: Callable[..., Draft]) -> None:
    draft = begin().with_fields({"reason": "merci", "tone": "brief"}).in_language("fr-CA")
    assert draft.text == "Bonjour Marie, merci. Bien à vous"
    assert draft.values == {"reason": "merci", "politesse": "Bien à vous"}
    back = draft.with_fields({"politesse": "Salut"}).in_language("en")
    assert back.text == "Hello Marie, merci."
    assert back.values == {"reason": "merci", "tone": "brief"}


def test_a_language_that_cannot_be_read_is_a_problem_and_changes_no_word(begin: Callable[..., Draft]) -> None:
    draft = begin(Request("reply")).in_language("fr-FR")
    assert str(draft.problem) == "the template 'reply' does not exist in fr-FR; it does in en: use that language"
    assert draft.text == begin(Request("reply")).text
    after = draft.with_fields({})
    assert (after.problem, after.text) == (None, draft.text)


def test_what_was_filled_in_stays_though_it_cannot_be_written(begin: Callable[..., Draft]) -> None:
    draft = begin()
    broken = replace(draft, wish=replace(draft.wish, form="long")).with_fields({"reason": "I read you"})
    assert str(broken.problem) == "'note' has no form 'long'; it has one form only: leave the form out"
    assert (broken.values["reason"], broken.text) == ("I read you", draft.text)


def test_another_place_has_all_of_its_own_room(begin: Callable[..., Draft]) -> None:
    draft = begin(Request("note", limit=30))
    assert draft.for_channel("tight").text == "Hello, I like your work."
    assert draft.for_channel("tight").count == Count(24, 20, "utf16", "over")
    assert draft.for_channel("note").text == "Hello Marie, I like your work very much."
    assert draft.for_channel("none").count == Count(40, None, "codepoints", "open")
    assert draft.for_channel("none").seen_first is None


def test_the_longest_form_that_fits_is_shown_and_another_can_be_chosen(begin: Callable[..., Draft]) -> None:
    draft = begin(Request("reply"))
    assert draft.forms == ("long", "short")
    assert (draft.text, draft.message.rendered.form) == ("Thank you for the long letter.", "long")
    assert draft.in_form("short").text == "Thanks."
    assert draft.in_form("short").in_form("auto").text == draft.text


def test_a_wording_chosen_by_hand_stays_and_the_others_make_room(begin: Callable[..., Draft]) -> None:
    draft = begin(Request("note", limit=39)).pinned(1, 0)
    assert draft.text == "Hello, I like your work very much."
    assert [[each.pinned for each in block.wordings] for block in draft.blocks] == [[False, False], [True, False]]
    assert draft.unpinned().text == "Hello Marie, I like your work."


def test_a_wording_chosen_by_hand_stays_when_a_field_is_filled_in(begin: Callable[..., Draft]) -> None:
    draft = begin().pinned(0, 1).with_fields({"reason": "I read you"})
    assert draft.text == "Hello, I read you very much."


def test_a_wording_chosen_by_hand_is_let_go_when_the_passages_are_others(begin: Callable[..., Draft]) -> None:
    draft = begin().pinned(0, 1).with_fields({"tone": "brief"})
    assert (draft.text, draft.wish.pins) == ("Hello Marie, I like your work.", {})


def test_a_wording_chosen_by_hand_is_never_taken_for_one_of_another_form(begin: Callable[..., Draft]) -> None:
    draft = begin(Request("reply")).pinned(0, 0)
    assert draft.text == "Thank you so very much indeed for the long letter."
    assert draft.count == Count(50, 40, "utf16", "over")
    assert draft.in_form("short").text == "Thanks."
    assert draft.unpinned().text == "Thank you for the long letter."


def test_for_nobody_there_is_no_name_to_show(begin: Callable[..., Draft]) -> None:
    draft = begin(meant=Meant(None, "nobody"))
    assert (draft.person, draft.known_of_person) == ("", "")


def test_a_language_of_ones_own_can_be_chosen_again(begin: Callable[..., Draft]) -> None:
    assert begin(Request("note", locale="en-GB")).languages == ("en-GB", "fr-FR", "fr-CA", "en")


@pytest.mark.parametrize(
    ("request_", "meant", "kind", "said"),
    [
        (Request("nope"), Meant(None, "nobody"), UserError, "unknown template 'nope'"),
        (Request("note", fields={"x": "1"}), Meant(None, "nobody"), UserError, "'note' has no field 'x'"),
        (Request("note"), Meant(None, "argument", (MARIE, MARIE)), NoSuchPerson, "means 2 people equally"),
    ],
)
def test_what_cannot_be_written_at_all_is_said_before_there_is_a_draft(
    begin: Callable[..., Draft], request_: Request, meant: Meant, kind: type[UserError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        begin(request_, meant)


CHOICES = ("not_met", "other")


@pytest.mark.parametrize(
    ("help", "words", "shown"),
    [
        ("not_met: never met; other: another field", ("never met", "another field"), ""),
        ("not_met\u00a0: jamais vus ; other : un autre domaine", ("jamais vus", "un autre domaine"), ""),
        ("not_met: never met", CHOICES, "not_met: never met"),
        ("as you like", CHOICES, "as you like"),
        ("", CHOICES, ""),
    ],
)
def test_the_help_of_a_field_gives_its_choices_their_words(help: str, words: tuple[str, ...], shown: str) -> None:
    field = Field("reason", "Why?", "not_met", CHOICES, help)
    assert choices_in_words(field) == tuple(zip(CHOICES, words, strict=True))
    assert help_of(field) == shown


def test_the_help_of_a_field_without_choices_is_shown() -> None:
    assert help_of(Field("link", "Which?", help="optional: one address")) == "optional: one address"


def test_every_choice_of_a_message_that_ships_has_words() -> None:
    library = Library.load(read_template_files(shipped_folder()).sources)
    without = [
        f"{template.key}: {field.name}"
        for template in library.templates
        for field in template.fields.values()
        if field.choices and help_of(field)
    ]
    assert without == []
