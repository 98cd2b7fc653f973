"""What a reply to a decline wants, and which answer fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from motjuste.inbox.needs import NEEDS, need_signs
from motjuste.inbox.replies import SPONSORED, ReplyJudgement, judge_reply, words_of
from motjuste.inbox.saying import Reason

CORPUS = (Path(__file__).parents[1] / "data" / "replies.tsv").read_text("utf-8")
MARK = "# From here on, written after the signs: they were not made with these."


def corpus(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            _, kind, answer, reply = line.split("\t")
            yield kind, answer, reply


REPLIES = [*corpus(CORPUS)]


def counted(replies: list[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    """What the careful reader says and what motjuste says."""
    return Counter((kind, judge_reply(reply).kind) for kind, _, reply in replies)


def test_no_reply_of_the_corpus_is_taken_for_the_other_kind_and_most_are_understood() -> None:
    assert counted(REPLIES) == {
        ("need", "need"): 74,
        ("need", "unclear"): 5,
        ("pitch", "pitch"): 35,
        ("pitch", "unclear"): 7,
        ("unclear", "unclear"): 35,
    }


def test_replies_that_the_signs_were_not_made_with_are_understood_or_said_to_be_unclear() -> None:
    assert counted([*corpus(CORPUS.partition(MARK)[2])]) == {
        ("need", "need"): 12,
        ("need", "unclear"): 1,
        ("pitch", "pitch"): 6,
        ("pitch", "unclear"): 3,
        ("unclear", "unclear"): 5,
    }


def test_a_kind_that_is_understood_has_the_answer_that_a_careful_reader_says() -> None:
    wrong = [
        (reply, judged.answer)
        for kind, answer, reply in REPLIES
        if (judged := judge_reply(reply)).kind == kind and judged.answer != answer
    ]
    assert wrong == []
    assert {answer for _, answer, _ in REPLIES} == {"need", "call", "introduce", "pitch", ""}


def test_each_sign_of_a_need_is_given_by_a_reply_of_the_corpus_and_is_said_in_both_languages() -> None:
    names = [sign.reason.name for sign in NEEDS]
    assert {*names} - {found.name for _, _, reply in REPLIES for found in need_signs(reply)} == set()
    assert len({*names}) == len(names)
    assert [sign for sign in NEEDS if sign.reason.english == sign.reason.french] == []


def test_the_page_names_each_sign_and_tells_the_numbers_of_the_corpus() -> None:
    page = (Path(__file__).parents[2] / "docs" / "inbox-texts.md").read_text("utf-8")
    said = counted(REPLIES)
    told = " ".join(page.split())
    assert f"on {len(REPLIES)} invented replies" in told
    assert f"{said['need', 'need']} of {said['need', 'need'] + said['need', 'unclear']} needs" in told
    assert f"{said['pitch', 'pitch']} of {said['pitch', 'pitch'] + said['pitch', 'unclear']} pitches" in told
    assert [sign.reason.name for sign in NEEDS if f"`{sign.reason.name}`" not in page] == []


@pytest.mark.parametrize(
    ("reply", "kind", "answer", "fields", "reasons"),
    [
        pytest.param("Votre avis m’aiderait.", "need", "need", {}, ["advice"], id="a need"),
        pytest.param("Could we meet for lunch?", "need", "need", {"wish": "meet"}, ["meeting"], id="to meet"),
        pytest.param(
            "Votre avis m’aiderait : en visio ?",
            "need",
            "call",
            {"by": "video"},
            ["advice", "video"],
            id="a video call",
        ),
        pytest.param(
            "A question; may I phone you?",
            "need",
            "call",
            {"by": "phone"},
            ["question", "telephone"],
            id="a call",
        ),
        pytest.param(
            "Could you point me to a binder, over the phone?",
            "need",
            "introduce",
            {},
            ["someone-else", "telephone"],
            id="somebody else comes before a call",
        ),
        pytest.param("Free trial of our tool!", "pitch", "pitch", {}, ["offer", "product"], id="a pitch"),
        pytest.param("", "unclear", "", {}, ["nothing-said"], id="nothing"),
        pytest.param(
            "Could I phone you?", "unclear", "", {}, ["too-little", "telephone"], id="to talk, of what?"
        ),
        pytest.param("15 minutes?", "unclear", "", {}, ["too-little", "minutes"], id="minutes, for what?"),
        pytest.param("Our tool is out.", "unclear", "", {}, ["one-sign", "product"], id="one sign"),
        pytest.param(
            "I need advice on our tool: free trial?",
            "unclear",
            "",
            {},
            ["both", "need", "offer", "product"],
            id="both",
        ),
        pytest.param(
            "I need a name for our tool.",
            "unclear",
            "",
            {},
            ["both", "need", "product"],
            id="a need and a sign",
        ),
    ],
)
def test_a_reply_has_its_kind_its_answer_and_its_reasons(
    reply: str, kind: str, answer: str, fields: dict[str, str], reasons: list[str]
) -> None:
    judged = judge_reply(reply)
    assert (judged.kind, judged.answer, dict(judged.fields)) == (kind, answer, fields)
    assert [each.name for each in judged.reasons] == reasons
    assert judged.template == (f"answer-{answer}" if answer else "")


def test_the_network_s_advertisement_is_a_pitch_whatever_it_says() -> None:
    delivered = '<p class="spinmail-quill-editor__spin-break">I need your advice.</p>'
    assert judge_reply(delivered) == ReplyJudgement("pitch", (SPONSORED,), "pitch")


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        pytest.param("A <b and c> d", "A <b and c> d", id="signs that are no mark-up"),
        pytest.param(
            "<p>Votre&nbsp;avis ?<br>Merci</p>", "Votre\u00a0avis ?\nMerci", id="mark-up of messages.csv"
        ),
        pytest.param("Yes.\n> our tool\n > free trial\nBye", "Yes.\nBye", id="quoted lines"),
        pytest.param(
            "Yes.\n\nOn Tue, 3 Mar 2026, Camille Roy wrote:\nour tool", "Yes.", id="an English mail below"
        ),
        pytest.param(
            "Oui.\nLe 3 mars 2026, Camille Roy a écrit :\nnotre outil", "Oui.", id="a French mail below"
        ),
        pytest.param("Sí.\nEl mar, 3 mar 2026, Camille escribió:\nx", "Sí.", id="a Spanish mail below"),
        pytest.param("Yes.\n---- Original Message ----\nour tool", "Yes.", id="another mail below"),
        pytest.param("Le 3 mars me convient.", "Le 3 mars me convient.", id="a date"),
    ],
)
def test_only_what_the_person_wrote_is_read(pasted: str, words: str) -> None:
    assert [line.strip() for line in words_of(pasted).splitlines()] == words.splitlines()


def test_the_words_are_shown_as_they_were_written() -> None:
    assert judge_reply("Bonjour,\nJ’aurais   besoin\nde «\u00a0votre Avis\u00a0».").reasons == (
        Reason(
            "advice",
            "asks for an opinion or advice: “votre Avis”",
            "demande un avis ou un conseil : « votre Avis »",
        ),
        Reason(
            "need",
            "says what is needed or looked for: “J’aurais besoin”",
            "dit ce qui lui manque ou ce que cette personne cherche : « J’aurais besoin »",
        ),
    )
