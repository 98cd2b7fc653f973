"""The pieces for particular situations: what was typed into a field, put so that a sentence can hold it."""

from __future__ import annotations

import pytest
from texts import CONTACTS, PROFILES, piece, write

from motjuste.profile import Door, Me


def said(call: str, locale: str = "fr-FR", me: Me | None = None) -> str:
    return piece(call, of="_situations", locale=locale, me=me)


@pytest.mark.parametrize(
    ("event", "where"),
    [
        ("le Salon du livre", "au Salon du livre"),
        ("Salon du livre", "au Salon du livre"),
        ("Les Assises du journalisme", "aux Assises du journalisme"),
        ("Assises du journalisme", "aux Assises du journalisme"),
        ("La foire de Francfort.", "à la foire de Francfort"),
        ("Le Havre", "au Havre"),
        ("La Rochelle", "à La Rochelle"),
        ("Foire de Francfort", "à la Foire de Francfort"),
        ("L'assemblée du club", "à l’assemblée du club"),
        ("atelier d’écriture", "à l’atelier d’écriture"),
        ("VivaTech", "à VivaTech"),
        ("Un dîner à Lyon", "à un dîner à Lyon"),
        ("votre conférence", "à votre conférence"),
        ("Lors d’un déjeuner", "lors d’un déjeuner"),
        ("dans le train", "dans le train"),
        ("", ""),
    ],
)
def test_people_met_where_the_event_was_in_french(event: str, where: str) -> None:
    assert said(f"at_event({event!r})") == where


@pytest.mark.parametrize(
    ("event", "where"),
    [
        ("the Book Fair", "at the Book Fair"),
        ("The Hague", "at the Hague"),
        ("Book Fair", "at the Book Fair"),
        ("conference", "at the conference"),
        ("VivaTech", "at VivaTech"),
        ("A dinner in Lyon.", "at a dinner in Lyon"),
        ("our conference", "at our conference"),
        ("In Lyon", "in Lyon"),
        ("", ""),
    ],
)
def test_people_met_where_the_event_was_in_english(event: str, where: str) -> None:
    assert said(f"at_event({event!r})", "en") == where


@pytest.mark.parametrize(
    ("topic", "french"),
    [
        ("Les archives sonores", "sur les archives sonores"),
        ("votre projet", "sur votre projet"),
        ("sur la lecture", "sur la lecture"),
        ("À propos des archives", "à propos des archives"),
        ("d’archives", "d’archives"),
        ("autour de Colette", "autour de Colette"),
        ("typographie", "à propos de typographie"),
        ("édition", "à propos d’édition"),
        ("histoire du livre", "à propos d’histoire du livre"),
        ("handicap", "à propos de handicap"),
        ("Colette", "à propos de Colette"),
    ],
)
def test_what_is_spoken_of_follows_a_preposition_in_french(topic: str, french: str) -> None:
    assert said(f"about({topic!r})") == french


@pytest.mark.parametrize(
    ("topic", "english"),
    [
        ("the archives", "about the archives"),
        ("Your plans.", "about your plans"),
        ("On archives", "on archives"),
        ("about archives", "about archives"),
        ("Colette", "about Colette"),
    ],
)
def test_what_is_spoken_of_follows_a_preposition_in_english(topic: str, english: str) -> None:
    assert said(f"about({topic!r})", "en") == english


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("Dix ans de librairie", "J’apporte dix ans de librairie."),
        ("10 ans de librairie.", "J’apporte 10 ans de librairie."),
        ("Le goût des listes.", "J’apporte le goût des listes."),
        ("rigueur", "J’apporte ceci\u202f: rigueur.".replace("\u202f", " ")),
        ("De tout relire", "J’apporte de tout relire."),
        ("Jeudi à 10 h", "J’apporte jeudi à 10 h."),
        ("Qu’on se revoie", "J’apporte qu’on se revoie."),
        ("J'ai tout lu", "J’ai tout lu."),
        ("Ma librairie m’a tout appris.", "Ma librairie m’a tout appris."),
        ("Lire m’occupe.", "Lire m’occupe."),
        ("Tout lire !", "Tout lire !"),
    ],
)
def test_what_was_typed_completes_a_sentence_or_is_one(typed: str, clause: str) -> None:
    assert said(f"clause('J’apporte', {typed!r})").replace("\u202f", " ") == clause


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("Ten years of it", "I bring Ten years of it."),
        ("a love of lists.", "I bring a love of lists."),
        ("I have read it all", "I have read it all."),
        ("My shop taught me everything.", "My shop taught me everything."),
        ("Reading keeps me busy.", "Reading keeps me busy."),
        ("Try me!", "Try me!"),
    ],
)
def test_what_was_typed_completes_a_sentence_or_is_one_in_english(typed: str, clause: str) -> None:
    assert said(f"clause('I bring', {typed!r})", "en") == clause


@pytest.mark.parametrize(
    ("position", "french", "english"),
    [
        ("Éditrice ou éditeur", "d’éditrice ou d’éditeur", "an éditrice ou éditeur"),
        ("DRH", "de DRH", "a DRH"),
        ("HR manager", "de HR manager", "an HR manager"),
        ("Project manager.", "de project manager", "a project manager"),
        ("UX designer", "de UX designer", "a UX designer"),
        ("the librarian", "de the librarian", "the librarian"),
    ],
)
def test_a_position_is_said_as_a_post(position: str, french: str, english: str) -> None:
    call = f"job({position!r})"
    assert (said(call).replace("d’UX", "de UX"), said(call, "en")) == (french, english)


@pytest.mark.parametrize(
    ("position", "french"),
    [
        ("Un poste d'éditrice", "d’éditrice"),
        ("une DRH", "de DRH"),
        ("le poste de DRH", "de DRH"),
        ("Unité de lecture", "d’unité de lecture"),
    ],
)
def test_a_post_is_said_so_however_it_was_typed_in_french(position: str, french: str) -> None:
    assert said(f"job({position!r})") == french


@pytest.mark.parametrize("locale", ["fr-FR", "en"])
def test_nothing_but_a_full_stop_does_no_harm(locale: str) -> None:
    assert said("clause('Voici', ' . ')", locale) == "."


@pytest.mark.parametrize("typed", ["Le papier", "« Le papier »", "“Le papier”", '"Le papier".'])
def test_a_title_stands_in_the_quotation_marks_of_the_language(typed: str) -> None:
    assert (said(f"quoted({typed!r})"), said(f"quoted({typed!r})", "en")) == ("« Le papier »", "“Le papier”")


def test_a_group_is_named_without_the_word_for_it() -> None:
    assert said("quoted('Le groupe Papier')") == "« Papier »"
    assert said("quoted('the group “Paper”')", "en") == "“Paper”"


def test_a_position_is_said_as_one_however_it_was_typed_in_english() -> None:
    for typed in ("Editor", "the editor position", "an editor"):
        note = write("invite-recruiter", {"position": typed}, locale="en").text
        assert note.startswith("Hello Alice, I’m interested in the editor position you’re advertising.")


def test_someone_is_named_as_a_sentence_wants_it() -> None:
    mine = {"someone": "Mon collègue Alex"}
    assert ", mais mon collègue Alex pourra mieux vous aider" in write("answer-introduce", mine).text
    assert ". Mon collègue Alex pourra" in write("answer-introduce", mine, limit=150).text
    note = write("invite-contact", {"mutual": "Mon collègue Alex", "role": "suggested"})
    assert note.text.startswith("Bonjour Alice, mon collègue Alex m’a conseillé de vous écrire.")


def test_a_question_ends_in_its_mark() -> None:
    assert said("question('Par où commencer')") == "par où commencer\u202f?"
    assert said("question('par où commencer ?')") == "par où commencer\u202f?"
    assert said("question('Where to begin')", "en") == "where to begin?"
    assert said("question('Montréal or Paris?')", "en") == "Montréal or Paris?"


@pytest.mark.parametrize("locale", ["fr-FR", "en"])
def test_the_address_of_a_door_is_that_of_the_first_of_its_kind(locale: str) -> None:
    me = Me(doors=(Door("phone"), Door("phone", "", "1"), Door("phone", "", "2"), Door("blog", "B")))
    assert said("door_address('phone')", locale, me) == "1"
    assert said("door_address('blog')", locale, me) == ""
    assert said("door_address('email')", locale) == ""


@pytest.mark.parametrize("locale", ["fr-FR", "en"])
def test_ones_own_address_comes_before_that_of_a_door(locale: str) -> None:
    doors = (Door("phone", "", "1"), Door("email", "", "d@d.example"), Door("blog", "", "https://d.example"))
    of_doors = Me(doors=doors)
    own = Me(phone="2", email="o@o.example", website="https://o.example", doors=doors)
    for name, by_door, by_profile in (
        ("my-phone", "1", "2"),
        ("my-email", "d@d.example", "o@o.example"),
        ("my-website", "https://d.example", "https://o.example"),
    ):
        assert by_door in write(name, me=of_doors, locale=locale).text
        assert by_profile in write(name, me=own, locale=locale).text
        assert by_door not in write(name, me=own, locale=locale).text


def test_a_number_of_ones_own_is_given_for_a_call_and_asked_for_without_one() -> None:
    assert "m’appeler au +33 1 99 00 12 34" in write("answer-call").text
    assert "Donnez-moi votre numéro" in write("answer-call", me=PROFILES["empty"]).text
    assert "+33" not in write("answer-call", {"by": "video"}).text


def test_nobody_is_sent_to_someone_without_a_name_or_an_address() -> None:
    for locale, passed_on in (("fr-FR", "je lui transmets votre message"), ("en", "pass your message on")):
        nameless = write("answer-introduce", {"how": "they_write"}, locale=locale)
        assert passed_on in nameless.text


def test_whom_a_person_wants_greeted_otherwise_is_greeted_so_even_by_their_whole_name() -> None:
    marie = CONTACTS["everything"]
    assert write("invite-standing", contact=marie).text.startswith("Bonjour Marie Dupont,")
    assert write("invite-standing", contact=CONTACTS["ornaments"]).text.startswith("Bonjour Éric Lefèvre,")


def test_who_has_no_name_introduces_their_work() -> None:
    me = Me(role="éditrice", network_goal="publier des gens du Nord")
    assert write("introduction", me=me).text == (
        "Je suis éditrice. Mon réseau a un but précis\u00a0: publier des gens du Nord."
    )
    assert write("introduction", me=Me(role="editor"), locale="en").text == "I’m an editor."


def test_a_link_stands_behind_the_closing_where_nobody_signs() -> None:
    facts = {"link": "https://c.example"}
    for locale, end in (
        ("fr-FR", "Au plaisir de vous lire. L’annonce\u00a0: https://c.example"),
        ("en", "I look forward to hearing from you. The advertisement: https://c.example"),
    ):
        note = write("invite-candidate", facts, me=PROFILES["empty"], locale=locale)
        assert note.text.endswith(end)


def test_a_journalist_who_is_in_no_medium_names_none() -> None:
    freelance = Me(name="Camille Roy", organization="Freelance")
    assert write("invite-interview", me=freelance).text.startswith("Bonjour Alice, je prépare un article, et")
    assert write("invite-interview", {"medium": "La Gazette"}, me=freelance).text.startswith(
        "Bonjour Alice, je prépare un article pour La Gazette, et"
    )
