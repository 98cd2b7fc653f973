"""What kind of note came with an invitation, and whether it looks like a pitch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from motjuste.inbox.alike import Alike
from motjuste.inbox.notes import NoteJudgement, judge_note
from motjuste.inbox.pitches import ASKING, SELLING, SIGNS, looks_like_a_pitch, pitch_signs
from motjuste.inbox.saying import Reason, plain
from motjuste.inbox.stock import stocked
from motjuste.inbox.stock_sentences import COMMON, KNOWN, PLAUSIBLE, STOCK_SENTENCES

CORPUS = Path(__file__).parents[1] / "data" / "notes.tsv"
MARK = "# From here on, written after the signs: they were not made with these."


def corpus(text: str) -> Iterator[tuple[str, bool, str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            _, kind, pitch, note = line.split("\t")
            yield kind, pitch == "yes", note.replace("\\n", "\n")


ALL = CORPUS.read_text("utf-8")
NOTES = [*corpus(ALL)]


def counted(notes: list[tuple[str, bool, str]]) -> Counter[tuple[str, str]]:
    """What the reader says and what motjuste says, of the personal notes of a corpus."""
    said = ("no pitch", "pitch")
    return Counter(
        (said[pitch], said[judge_note(note).looks_like_a_pitch])
        for kind, pitch, note in notes
        if kind == "personal"
    )


def test_every_note_of_the_corpus_is_of_the_kind_that_a_careful_reader_says() -> None:
    assert [note for kind, _, note in NOTES if judge_note(note).kind != kind] == []
    assert Counter(kind for kind, _, _ in NOTES) == {"none": 2, "stock": 42, "personal": 174}


def test_no_personal_note_of_the_corpus_is_taken_for_a_pitch_and_most_pitches_are_seen() -> None:
    assert counted(NOTES) == {
        ("no pitch", "no pitch"): 102,
        ("pitch", "pitch"): 58,
        ("pitch", "no pitch"): 14,
    }


def test_of_pitches_that_the_signs_were_not_made_with_few_are_seen_and_no_personal_note_is_taken_for_one() -> (
    None
):
    unseen = [*corpus(ALL.partition(MARK)[2])]
    assert counted(unseen) == {("no pitch", "no pitch"): 15, ("pitch", "pitch"): 1, ("pitch", "no pitch"): 11}


def test_only_a_personal_note_may_be_thanked_for() -> None:
    notes = ["", "Let's connect", "You taught my brother to read."]
    assert [judge_note(note).is_personal for note in notes] == [False, False, True]


def test_set_phrases_have_no_signs() -> None:
    assert [note for kind, _, note in NOTES if kind in ("none", "stock") and judge_note(note).signs] == []


def test_the_page_names_each_sign_and_tells_the_numbers_of_the_corpus() -> None:
    page = (Path(__file__).parents[2] / "docs" / "inbox-texts.md").read_text("utf-8")
    said = counted(NOTES)
    seen, missed, others = said["pitch", "pitch"], said["pitch", "no pitch"], said["no pitch", "no pitch"]
    told = " ".join(page.split())
    assert f"on {len(NOTES)} invented notes" in told
    assert f"Of {seen + missed + others} personal notes, {seen + missed} are pitches" in told
    assert f"{seen} of them look like one to motjuste, and none of the other {others} does" in told
    names = [*(sign.reason.name for sign in SIGNS), "several-links"]
    assert [name for name in names if f"`{name}`" not in page] == []


# --- nothing, and set phrases ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "kind", "reason"),
    [
        pytest.param("", "none", "no-note", id="nothing"),
        pytest.param(" \n\t\u00a0", "none", "no-note", id="white space"),
        pytest.param("👋🏽", "stock", "no-words", id="an emoji"),
        pytest.param("Bonjour Camille,", "stock", "greeting", id="a greeting"),
        pytest.param("I'd like to join your LinkedIn network.", "stock", "network-sentence", id="known"),
        pytest.param("J’aimerais vous ajouter à mon réseau", "stock", "network-like", id="plausible"),
        pytest.param("Let's connect! Best, Tom", "stock", "set-phrase", id="common"),
        pytest.param(
            "Let's connect! I'd like to join your LinkedIn network.",
            "stock",
            "network-sentence",
            id="two of them",
        ),
        pytest.param("Let's connect about the harbour tapes", "personal", "own-words", id="one's own"),
    ],
)
def test_the_kind_has_its_reason(note: str, kind: str, reason: str) -> None:
    judged = judge_note(note)
    assert (judged.kind, [each.name for each in judged.reasons], judged.signs) == (kind, [reason], ())


@pytest.mark.parametrize(
    "note",
    [
        "i’d like to add you to my professional network on linkedin",
        "I'D LIKE TO ADD YOU TO MY PROFESSIONAL NETWORK ON LINKEDIN!!!",
        "“I`d like to add you to my professional network on LinkedIn.”",
        "Id like to add you to my professional network on LinkedIn",
        "Hi Zoé,\n\nI'd like to add you\nto my professional network on LinkedIn.\n\nTom Le Goff",
        "I'd like to add you to my professional network on LinkedIn. 🙂",
    ],
)
def test_case_accents_quotes_punctuation_and_names_do_not_count(note: str) -> None:
    assert judge_note(note).kind == "stock"


def test_when_the_names_are_known_no_other_word_passes_for_one() -> None:
    note = "Hello camille, I'd like to join your LinkedIn network. - Omar Haddad, Montréal"
    assert judge_note(note).kind == "stock"
    assert judge_note(note, sender="Omar Haddad", reader="Camille Roy").kind == "personal"
    signed = note.removesuffix(", Montréal")
    assert judge_note(signed, sender="Omar Haddad", reader="Camille Roy").kind == "stock"
    assert (
        judge_note("I'd like to join your LinkedIn network. O.", sender="Omar", reader="Camille").kind
        == "stock"
    )


def test_many_capitalised_words_are_no_names() -> None:
    four = "I'd like to join your LinkedIn network. Omar Haddad Camille Roy"
    assert (judge_note(four).kind, judge_note(f"{four} Montréal").kind) == ("stock", "personal")
    assert judge_note("I'd like to join your LinkedIn network. Room 204").kind == "personal"


def test_a_long_text_is_more_than_set_phrases() -> None:
    assert judge_note("Let's connect. " * 61).kind == "personal"


@pytest.mark.parametrize("stock", STOCK_SENTENCES, ids=lambda stock: f"{stock.language} {stock.pattern[:40]}")
def test_each_stock_sentence_is_found_with_and_without_what_may_be_missing(stock: object) -> None:
    pattern = stock.pattern  # type: ignore[attr-defined]
    for shortest in (True, False):
        found = stocked(written(pattern, shortest=shortest))
        assert found is not None, written(pattern, shortest=shortest)
        assert found.sentences, pattern


def written(pattern: str, *, shortest: bool) -> str:
    """A sentence that a pattern describes: the first of its choices, with or without its optional parts."""
    text, optional, choice, skipping = "", False, False, False
    for sign in pattern:
        if sign == "[":
            optional, skipping = True, shortest
        elif sign == "]":
            optional = skipping = False
        elif sign == "(":
            choice = True
        elif sign == ")":
            choice = False
            skipping = optional and shortest
        elif sign == "|":
            skipping = choice or optional
        elif not skipping:
            text += sign
    return " ".join(text.split())


def test_what_is_known_has_its_source_and_nothing_else_has() -> None:
    assert {stock.mark for stock in STOCK_SENTENCES} == {KNOWN, PLAUSIBLE, COMMON}
    assert [stock for stock in STOCK_SENTENCES if bool(stock.source) != (stock.mark == KNOWN)] == []
    assert {stock.language for stock in STOCK_SENTENCES} == {"en", "fr", "es", "de", "it", "pt", "nl"}


# --- the same from several people --------------------------------------------------------------------------

SAME = "Bonjour {}, je vois que vous travaillez chez {} et je serais curieuse de savoir comment vous les classez."


def others(*notes: tuple[str, str]) -> Alike:
    return Alike.of(notes)


def test_the_same_text_from_several_people_is_a_mass_note() -> None:
    inbox = others(
        ("ana", SAME.format("Camille", "Nord")), ("bob", SAME.format("camille roy", "Carnets Sud"))
    )
    judged = judge_note(SAME.format("Camille", "Nord"), person="ana", others=inbox)
    assert judged == NoteJudgement(
        "mass",
        (
            Reason(
                "same-text", "1 other person sent the same text", "1 autre personne a envoyé le même texte"
            ),
        ),
    )


def test_one_person_who_writes_twice_is_not_several() -> None:
    inbox = others(("ana", SAME.format("Camille", "Nord")), ("ana", SAME.format("Camille", "Sud")))
    assert judge_note(SAME.format("Camille", "Nord"), person="ana", others=inbox).kind == "personal"


def test_how_many_others_sent_it_is_told() -> None:
    inbox = others(*((f"person {number}", SAME.format("Camille", "Nord")) for number in range(250)))
    judged = judge_note(SAME.format("Camille", "Nord"), person="person 7", others=inbox)
    assert judged.reasons[0].french == "249 autres personnes ont envoyé le même texte"
    few = others(*((f"person {number}", SAME.format("Camille", "Nord")) for number in (1, 1, 2, 3)))
    assert few.count(SAME.format("Camille", "Nord"), apart_from="person 1") == 2


def test_a_few_changed_words_do_not_make_a_mass_note_personal() -> None:
    changed = SAME.format("Camille", "Nord").replace("curieuse", "curieux")
    inbox = others(("ana", SAME.format("Camille", "Nord")), ("bob", changed))
    assert inbox.count(changed, apart_from="bob") == 1


def test_names_make_no_difference_however_they_are_written() -> None:
    texts = [
        "Bonjour camille, je vois que vos bandes sentent la mer.",
        "Salut Zoé ! je vois que vos bandes sentent la mer",
        "bonjour, Madame Anne Roy je vois que vos bandes sentent la mer. Omar",
    ]
    assert len(others(*((text, text) for text in texts)).senders) == 1


def test_six_words_are_enough_to_be_told_from_chance() -> None:
    six, five = "one two three four five six", "one two three four five"
    assert (len(others(("ana", six)).senders), len(others(("ana", five)).senders)) == (1, 0)
    assert others(("ana", six), ("bob", f"{six} seven eight nine")).count(six, apart_from="ana") == 0


def test_capitals_hide_nothing() -> None:
    loud = SAME.format("Camille", "Nord").upper()
    assert others(("ana", loud), ("bob", loud)).count(loud, apart_from="bob") == 1


def test_texts_that_have_something_in_common_are_not_the_same() -> None:
    own = "Je vois que vous travaillez aussi la nuit : la lumière du troisième étage, c’est vous ?"
    inbox = others(("ana", SAME.format("Camille", "Nord")), ("bob", own))
    assert judge_note(own, person="bob", others=inbox).kind == "personal"


def test_short_words_of_thanks_may_be_two_people_s_own() -> None:
    short = "Merci pour votre conférence !"
    assert others(("ana", short), ("bob", short)).count(short, apart_from="bob") == 0


def test_a_stock_sentence_is_stock_however_many_send_it() -> None:
    note = "I'd like to add you to my professional network on LinkedIn."
    assert judge_note(note, person="ana", others=others(("ana", note), ("bob", note))).kind == "stock"


# --- pitches -----------------------------------------------------------------------------------------------


def test_each_sign_has_a_sentence_in_both_languages_and_a_name_of_its_own() -> None:
    names = [sign.reason.name for sign in SIGNS]
    assert len({*names}) == len(names)
    assert [sign for sign in SIGNS if sign.reason.english == sign.reason.french] == []


def test_each_sign_is_given_by_a_note_of_the_corpus() -> None:
    given = {sign.name for _, _, note in NOTES for sign in pitch_signs(note)}
    assert {sign.reason.name for sign in SIGNS} - given == set()
    assert "several-links" in given


@pytest.mark.parametrize("name", [sign.reason.name for sign in SELLING])
def test_no_sign_is_a_verdict_alone(name: str) -> None:
    signs = next(
        found
        for _, _, note in NOTES
        if len(found := [sign for sign in pitch_signs(note) if sign.name == name]) == 1
    )
    assert not looks_like_a_pitch(signs)


def test_questions_alone_are_no_pitch_however_many() -> None:
    signs = pitch_signs(
        "I came across your profile. Would you be open to a quick call of 15 minutes? My calendar is free."
    )
    assert [sign.name for sign in signs] == ["calendar", "minutes", "call", "open-to", "your-profile"]
    assert {sign.name for sign in signs} <= {sign.reason.name for sign in ASKING}
    assert not looks_like_a_pitch(signs)


def test_a_sign_is_said_with_the_words_that_gave_it() -> None:
    (sign,) = pitch_signs("Plus que 3 places, Camille !")
    assert sign.reason.said_in("fr-CA") == "presse : peu de places, un dernier jour : « Plus que 3 places »"
    assert sign.reason.said_in("en") == "presses: few places, a last day: “Plus que 3 places”"
    assert sign.reason.said_in("es") == sign.reason.english


def test_long_words_are_shown_briefly() -> None:
    reason = Reason("x", "a", "b").with_words("word " * 30)
    assert reason.english == f"a: “{('word ' * 12).strip()}…”"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Thanks for our quick call! Another quick call tomorrow?", ["call"], id="one to come"),
        pytest.param("I loved our quick call", [], id="one that was"),
        pytest.param("Merci pour les 15 minutes de mardi", [], id="minutes that were"),
        pytest.param("𝟯𝟬 ％ ｄｅ ｒｅｍｉｓｅ ｄｅ fin d’année", ["offer"], id="letters that only look so"),
        pytest.param("Voir https://a.example/b", [], id="one link"),
        pytest.param("Voir https://a.example/b et www.c.example", ["several-links"], id="two links"),
    ],
)
def test_signs_are_read_in_their_surroundings(text: str, names: list[str]) -> None:
    assert [sign.name for sign in pitch_signs(text)] == names


def test_links_without_their_protocol_are_seen() -> None:
    (sign,) = pitch_signs("Voir shop.chairs.example.com/a, puis (nord.ca/b).")
    assert (sign.name, sign.words) == ("several-links", "shop.chairs.example.com/a nord.ca/b")


@pytest.mark.parametrize("piece", ["a-", "a.", "www.", "https://", "i help a ", "boost a1 ", "<p "])
def test_a_text_made_to_be_slow_is_read_in_time_proportional(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = perf_counter()
        judge_note(text)
        return perf_counter() - start

    short, long = min(seconds(1000) for _ in range(5)), min(seconds(8000) for _ in range(5))
    assert long < 40 * short


def test_only_so_much_of_a_text_is_read_as_a_message_can_have() -> None:
    assert pitch_signs("a " * 4000 + "free trial") == ()
    assert plain("ŒUVRE d’Été — ½") == "oeuvre d'ete - 1⁄2"
