"""Keys decide, and what follows stands in the ledger: recorded once, taken back step by step, never lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from reviewing import ANA, HUGO, JO, LEA, Reviewer, finish, invitation, press

from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision
from motjuste.review.session import Said
from motjuste.review.sifting import Filter
from motjuste.review.work import Work


def names(reviewer: Reviewer) -> dict[str, str]:
    """What the ledger says of everybody, as another program reads it."""
    return {state.invitation.name: state.name for state in reviewer.room().states().values()}


def shown(work: Work) -> str:
    return work.shown.invitation.name if work.shown else "the end"


def told(work: Work) -> str:
    return work.session.said.name if work.session.said else ""


def test_those_who_wait_longest_come_first(reviewer: Reviewer) -> None:
    work = reviewer.work()
    assert [work.pile.states[id].invitation.name for id in work.session.row] == [
        "Léa Petit",
        "Hugo Martin",
        "Ana Roy",
        "Jo Blanc",
    ]


def test_one_key_records_the_proposal_and_copies_the_reply(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "enter", "enter")
    assert names(reviewer) == {
        "Léa Petit": "accept",
        "Hugo Martin": "ask",
        "Ana Roy": "waiting",
        "Jo Blanc": "waiting",
    }
    assert reviewer.board.copied == ["Bonjour Hugo, ask."]
    state = reviewer.room().states()[HUGO.id]
    assert (state.policy, state.template, state.follow_up) == ("strong-ties", "ask", date(2026, 2, 19))
    assert state.replied_at is not None
    assert shown(work) == "Ana Roy"
    assert work.session.said == Said(
        "taken_copied",
        {
            "name": "Hugo Martin",
            "verdict": "ask",
            "count": work.pile.reply(state, work.verdict(state)).counted("Bonjour Hugo, ask."),
            "address": HUGO.profile_url,
        },
        good=True,
    )


def test_what_was_copied_is_recorded_without_a_word_of_it(reviewer: Reviewer) -> None:
    press(reviewer.work(), "n", "enter")
    told = [event.details for event in reviewer.room().ledger.events() if event.kind == "copied"]
    assert told == [{"template": "ask", "channel": "linkedin-message", "length": "18"}]


@pytest.mark.parametrize(
    ("key", "verdict"), [("a", "accept"), ("s", "ask"), ("d", "decline"), ("i", "ignore")]
)
def test_a_key_changes_the_verdict_and_enter_takes_it(reviewer: Reviewer, key: str, verdict: str) -> None:
    work = press(reviewer.work(), key)
    assert names(reviewer)["Léa Petit"] == "waiting"
    assert shown(work) == "Léa Petit"
    press(work, "enter")
    assert names(reviewer)["Léa Petit"] == verdict


def test_what_the_policy_leaves_open_is_not_taken_by_enter(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "g4", "enter")
    assert (shown(work), told(work), names(reviewer)["Jo Blanc"]) == ("Jo Blanc", "look_yourself", "waiting")
    press(work, "d", "enter")
    assert names(reviewer)["Jo Blanc"] == "decline"


def test_going_on_and_back_records_nothing(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "space", "right", "p", "left")
    assert shown(work) == "Hugo Martin"
    assert set(names(reviewer).values()) == {"waiting"}
    press(work, "p", "p")
    assert (shown(work), told(work)) == ("Léa Petit", "first")


def test_after_the_last_one_comes_whoever_was_skipped_and_then_the_end(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "n", "n", "i", "enter")
    assert shown(work) == "Léa Petit"
    press(work, "enter", "enter", "enter")
    assert (shown(work), work.session.place) == ("the end", 4)
    press(work, "enter")
    assert told(work) == "nobody_shown"
    assert shown(press(work, "p")) == "Jo Blanc"


def test_every_step_is_taken_back_and_taken_again(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "enter", "enter", "enter")
    after = names(reviewer)
    press(work, "u")
    assert (shown(work), names(reviewer)["Ana Roy"]) == ("Ana Roy", "waiting")
    press(work, "u", "u")
    assert (shown(work), set(names(reviewer).values())) == ("Léa Petit", {"waiting"})
    assert reviewer.room().states()[HUGO.id].replied_at is None
    assert told(press(work, "u")) == "nothing_to_undo"
    press(work, "r", "r", "r")
    assert names(reviewer) == after
    assert reviewer.room().states()[HUGO.id].replied_at is not None
    assert (shown(work), told(press(work, "r"))) == ("Jo Blanc", "nothing_to_redo")


def test_a_new_decision_leaves_nothing_to_take_again(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "enter", "u", "i", "enter", "r")
    assert (told(work), names(reviewer)["Léa Petit"]) == ("nothing_to_redo", "ignore")


def test_steps_of_earlier_reviews_can_be_taken_back(reviewer: Reviewer) -> None:
    press(reviewer.work(), "enter", "enter")
    work = press(reviewer.work(), "u", "u")
    assert (shown(work), set(names(reviewer).values())) == ("Léa Petit", {"waiting"})
    assert reviewer.room().states()[HUGO.id].replied_at is None


def test_a_review_goes_on_where_the_last_one_stopped(reviewer: Reviewer) -> None:
    press(reviewer.work(), "n", "n")
    work = reviewer.work()
    assert (shown(work), told(work)) == ("Ana Roy", "resumed")


def test_what_was_decided_meanwhile_leads_to_the_next(reviewer: Reviewer) -> None:
    press(reviewer.work(), "n")
    reviewer.room().decide([Decision(HUGO, Verdict(verdict="ignore"))])
    assert shown(reviewer.work()) == "Ana Roy"


def test_what_was_gone_through_is_kept_too(reviewer: Reviewer) -> None:
    work = reviewer.work()
    finish(work, work.sift(Filter(note="personal")))
    press(work, "n")
    work = reviewer.work()
    assert (shown(work), work.session.filter, len(work.session.row)) == (
        "Ana Roy",
        Filter(note="personal"),
        2,
    )


def test_words_that_were_searched_are_written_nowhere(reviewer: Reviewer) -> None:
    press(reviewer.work(), "/acme")
    kept = b"".join(path.read_bytes() for path in reviewer.folder.iterdir() if "ledger" not in path.name)
    assert b"acme" not in kept
    work = reviewer.work()
    assert (shown(work), len(work.session.row)) == ("Hugo Martin", 4)


def test_a_place_that_cannot_be_read_costs_the_place_alone(reviewer: Reviewer) -> None:
    for kept in ("{", '{"at": 5, "filter": {"state": "odd", "query": ["x"]}}', "[]", '{"at": "nobody"}'):
        (reviewer.folder / "review.json").write_text(kept, "utf-8")
        assert shown(reviewer.work()) in ("Léa Petit", "the end")


def test_another_programs_decision_is_noticed_and_not_doubled(reviewer: Reviewer) -> None:
    work = reviewer.work()
    reviewer.room().decide([Decision(LEA, Verdict(verdict="decline"))])
    press(work, "enter")
    assert work.session.said == Said("meanwhile", {"name": "Léa Petit", "now": "decline"})
    assert names(reviewer)["Léa Petit"] == "decline"
    assert [event.kind for event in reviewer.room().history_of(LEA.contact)] == ["received", "decided"]
    # What was chosen before is let go of, so that another Enter does not decide unseen.
    work = press(reviewer.work(), "/hugo", "i")
    reviewer.room().decide([Decision(HUGO, Verdict(verdict="accept"))])
    press(work, "enter")
    assert work.verdict(work.pile.states[HUGO.id]).verdict == "accept"
    work = press(reviewer.work(), "/petit")
    # Who has looked may decide otherwise.
    press(work, "a", "enter")
    assert names(reviewer)["Léa Petit"] == "accept"


def test_a_step_that_another_program_took_back_is_not_taken_back_twice(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "enter", "i", "enter")
    reviewer.room().undo()
    press(work, "u")
    assert (told(work), shown(work)) == ("meanwhile", "Hugo Martin")
    press(work, "u")
    assert (told(work), set(names(reviewer).values())) == ("taken_back", {"waiting"})


def test_a_step_that_another_program_took_again_is_not_taken_again_twice(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "enter", "u")
    (undoing,) = [event.batch for event in reviewer.room().ledger.events() if event.kind == "undone"]
    reviewer.room().take_back([undoing])
    press(work, "r")
    assert (told(work), names(reviewer)["Léa Petit"]) == ("meanwhile", "accept")


def test_a_forgotten_person_is_told_of_and_nothing_is_recorded(reviewer: Reviewer) -> None:
    work = reviewer.work()
    reviewer.room().ledger.forget([LEA.person])
    press(work, "enter")
    assert work.session.said == Said("gone", {"name": "Léa Petit"})
    assert "Léa Petit" not in names(reviewer)


def test_what_is_decided_so_already_is_copied_again_and_recorded_once(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "enter", "p", "enter")
    assert told(work) == "copied_again"
    assert reviewer.board.copied == ["Bonjour Hugo, ask."] * 2
    kinds = [event.kind for event in reviewer.room().history_of(HUGO.contact)]
    assert kinds == ["received", "decided", "copied", "copied"]
    press(work, "u")
    assert names(reviewer)["Hugo Martin"] == "waiting"


def test_without_a_clipboard_the_decision_stands_and_the_reply_is_shown(reviewer: Reviewer) -> None:
    reviewer.board.missing = True
    work = press(reviewer.work(), "n", "enter")
    assert (work.session.mode, told(work), names(reviewer)["Hugo Martin"]) == ("showing", "not_copied", "ask")
    assert work.unheard is not None
    assert work.unheard.text == "Bonjour Hugo, ask."
    assert reviewer.room().states()[HUGO.id].replied_at is None
    press(work, "escape")
    assert (shown(work), work.session.mode, work.unheard) == ("Ana Roy", "reading", None)


def test_a_changed_reply_is_copied_as_it_was_changed(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "e")
    work.edited("Bonjour Hugo,\npourquoi ?")
    press(work, "escape", "enter")
    assert reviewer.board.copied == ["Bonjour Hugo,\npourquoi ?"]


def test_a_changed_reply_waits_for_its_own_verdict(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "e")
    work.edited("Pourquoi ?")
    press(work, "escape", "d")
    assert (
        work.text(work.pile.states[HUGO.id], work.verdict(work.pile.states[HUGO.id]))
        == "Bonjour Hugo, decline."
    )
    press(work, "s", "enter")
    assert reviewer.board.copied == ["Pourquoi ?"]


def test_a_reply_that_is_too_long_is_neither_copied_nor_recorded(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "e")
    work.edited("x" * 214)
    press(work, "escape", "enter")
    assert work.session.said == Said("too_long", {"number": 14})
    assert (reviewer.board.copied, names(reviewer)["Hugo Martin"]) == ([], "waiting")


def test_leaving_with_a_changed_reply_wants_a_second_key(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "e")
    work.edited("Pourquoi ?")
    press(work, "escape", "q")
    assert (work.left, told(work)) == (False, "uncopied")
    press(work, "n", "q")
    assert work.left is False
    assert press(work, "q").left


def test_leaving_asks_nothing_where_all_is_recorded(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "n", "e")
    work.edited("Pourquoi ?")
    press(work, "escape", "enter", "q")
    assert work.left


def test_a_reply_that_cannot_be_written_is_told_before_anything_is_decided(reviewer: Reviewer) -> None:
    reviewer.letters.problem = "nothing may be written to this person"
    work = press(reviewer.work(), "n", "enter")
    assert work.session.said == Said("no_reply", {"problem": "nothing may be written to this person"})
    assert names(reviewer)["Hugo Martin"] == "waiting"
    press(work, "n", "p", "enter")
    assert names(reviewer)["Hugo Martin"] == "waiting"
    press(work, "enter")
    assert (names(reviewer)["Hugo Martin"], reviewer.board.copied) == ("ask", [])


def test_what_was_taken_in_one_go_is_gone_through_to_copy_the_replies(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "b", "enter", "f")
    finish(work, work.sift(Filter(state="decided")))
    press(work, "n", "enter")
    assert (told(work), shown(work)) == ("taken_copied", "Ana Roy")
    press(work, "p", "enter", "enter")
    assert (shown(work), reviewer.board.copied) == (
        "the end",
        ["Bonjour Hugo, ask.", "Bonjour Hugo, ask.", "Bonjour Ana, decline."],
    )


def test_there_is_nothing_to_edit_where_no_reply_goes(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "e")
    assert (work.session.mode, told(work)) == ("reading", "no_reply_to_edit")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("acme", ["Hugo Martin"], id="a company"),
        pytest.param("LEA PET", ["Léa Petit"], id="a name without accents"),
        pytest.param("ta plu", [], id="only beginnings of words"),
        pytest.param("m'a plu", ["Léa Petit"], id="a note"),
        pytest.param("direc nord", ["Léa Petit"], id="position and company"),
    ],
)
def test_words_are_searched_in_name_company_and_note(
    reviewer: Reviewer, query: str, found: list[str]
) -> None:
    work = press(reviewer.work(), f"/{query}")
    every = ["Léa Petit", "Hugo Martin", "Ana Roy", "Jo Blanc"]
    assert [work.pile.states[id].invitation.name for id in work.session.row] == (found or every)
    assert (told(work) == "none_found") is not bool(found)


def test_a_search_finds_who_was_decided_on_and_escape_lets_go_of_it(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "enter", "/petit")
    assert shown(work) == "Léa Petit"
    press(work, "escape")
    assert (work.session.filter.query, len(work.session.row)) == ("", 3)


def test_a_number_is_jumped_to(reviewer: Reviewer) -> None:
    assert shown(press(reviewer.work(), "g3")) == "Ana Roy"
    for wrong in ("g0", "g5", "gx", "g99999999999999999999"):
        work = press(reviewer.work(), wrong)
        assert (told(work), work.session.mode) == ("no_such_number", "reading")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param({"proposed": "ask"}, ["Hugo Martin"], id="what is proposed"),
        pytest.param({"note": "pitch"}, ["Ana Roy"], id="a sign in the note"),
        pytest.param({"note": "none"}, ["Hugo Martin", "Jo Blanc"], id="the kind of note"),
        pytest.param({"state": "decided"}, ["Léa Petit"], id="what is decided"),
        pytest.param({"state": "accept"}, ["Léa Petit"], id="a verdict"),
        pytest.param({"state": "every", "note": "personal"}, ["Léa Petit", "Ana Roy"], id="two at once"),
    ],
)
def test_a_filter_chooses_who_is_gone_through(
    reviewer: Reviewer, wanted: dict[str, str], found: list[str]
) -> None:
    work = press(reviewer.work(), "enter", "f")
    assert work.session.mode == "filtering"
    finish(work, work.sift(Filter(**wanted)))
    assert [work.pile.states[id].invitation.name for id in work.session.row] == found
    assert work.session.mode == "reading"


def test_all_proposals_are_weighed_taken_and_taken_back_as_one(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "b")
    assert work.session.mode == "all"
    assert work.weighed is not None
    assert (work.weighed.policy, work.weighed.counts, work.weighed.left) == (
        "strong-ties",
        {"accept": 1, "ask": 1, "decline": 1},
        1,
    )
    assert set(names(reviewer).values()) == {"waiting"}
    press(work, "enter")
    assert names(reviewer) == {
        "Léa Petit": "accept",
        "Hugo Martin": "ask",
        "Ana Roy": "decline",
        "Jo Blanc": "waiting",
    }
    assert (shown(work), reviewer.board.copied) == ("Jo Blanc", [])
    press(work, "u")
    assert set(names(reviewer).values()) == {"waiting"}
    press(work, "r")
    assert sorted(names(reviewer).values()) == ["accept", "ask", "decline", "waiting"]


def test_escape_takes_nothing_of_what_was_weighed(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "b", "escape")
    assert (work.session.mode, set(names(reviewer).values())) == ("reading", {"waiting"})


def test_only_what_is_gone_through_is_taken(reviewer: Reviewer) -> None:
    press(reviewer.work(), "/acme", "b", "enter")
    assert sorted(names(reviewer).values()) == ["ask", "waiting", "waiting", "waiting"]


def test_what_another_program_decided_meanwhile_is_left_out_of_all(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "b")
    reviewer.room().decide([Decision(LEA, Verdict(verdict="ignore"))])
    press(work, "enter")
    assert work.session.said == Said("taken_all", {"number": 2, "changed": 1}, good=True)
    assert names(reviewer)["Léa Petit"] == "ignore"


def test_another_policy_can_be_weighed(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "b")
    finish(work, work.other_policy(1))
    assert work.weighed is not None
    assert work.weighed.policy == "open-network"
    finish(work, work.other_policy(1))
    assert work.weighed.policy == "strong-ties"
    press(work, "enter")
    assert reviewer.room().states()[LEA.id].verdict == "accept"


def test_after_taking_all_each_one_reads_as_it_was_decided(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "b", "enter")
    assert work.pile.states == {id: reviewer.room().states()[id] for id in work.pile.states}


@pytest.mark.parametrize("key", ["b", "q", "escape"])
def test_what_was_weighed_is_closed_by_these_keys(reviewer: Reviewer, key: str) -> None:
    work = press(reviewer.work(), "b", key)
    assert (work.session.mode, work.left) == ("reading", False)


def test_looking_ahead_stops_at_the_last_one(reviewer: Reviewer) -> None:
    work = reviewer.work()
    for _ in range(6):
        work.look_ahead()
        press(work, "n")
    assert shown(work) == "the end"


def test_where_nothing_waits_there_is_nothing_to_take(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "/jo", "i", "enter", "b")
    assert told(work) == "all_none"


def test_a_job_that_is_stopped_leaves_all_as_it_was(reviewer: Reviewer) -> None:
    work = reviewer.work()
    job = work.press("b")
    assert job is not None
    next(job)
    work.stop()
    assert (told(work), work.session.mode, work.weighed) == ("stopped", "reading", None)


def test_a_locked_ledger_records_nothing_and_says_so(reviewer: Reviewer) -> None:
    work = reviewer.work()
    with closing(sqlite3.connect(reviewer.folder / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        press(work, "n", "enter")
        assert (told(work), shown(work), reviewer.board.copied) == ("not_recorded", "Hugo Martin", [])
        other.execute("ROLLBACK")
    press(work, "enter")
    assert (told(work), names(reviewer)["Hugo Martin"]) == ("taken_copied", "ask")
    with closing(sqlite3.connect(reviewer.folder / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert told(press(work, "u")) == "not_recorded"
        assert told(press(work, "b", "enter")) == "not_recorded"
    assert sorted(names(reviewer).values()) == ["ask", "waiting", "waiting", "waiting"]


def test_the_profile_shown_is_opened_and_that_of_the_last_decision(reviewer: Reviewer) -> None:
    work = press(reviewer.work(), "l")
    assert told(work) == "nobody_last"
    press(work, "enter", "o", "l")
    assert reviewer.pages.opened == [HUGO.profile_url, LEA.profile_url]
    reviewer.pages.missing = True
    press(work, "o")
    assert work.session.said == Said("not_opened", {"address": HUGO.profile_url})


def test_an_invitation_without_a_profile_opens_nothing(nobody: Reviewer) -> None:
    nobody.room().receive([invitation("Mia Noir", profile_url="")])
    work = press(nobody.work(), "o")
    assert (told(work), nobody.pages.opened) == ("no_profile", [])


def test_nothing_is_opened_unasked(reviewer: Reviewer) -> None:
    press(reviewer.work(), "enter", "enter", "enter", "u", "b", "enter")
    assert reviewer.pages.opened == []


def test_an_empty_inbox_is_the_end_at_once(nobody: Reviewer) -> None:
    work = nobody.work()
    assert shown(work) == "the end"
    for key in ("enter", "a", "e", "n", "p", "u", "r", "o", "l", "b", "escape"):
        press(work, key)
    assert (shown(work), work.left) == ("the end", False)


def test_what_is_sent_is_not_reviewed(nobody: Reviewer) -> None:
    nobody.room().receive([invitation("Mia Noir", direction="outgoing"), JO])
    assert shown(nobody.work()) == "Jo Blanc"
    assert len(nobody.work().session.row) == 1


def test_earlier_events_with_a_person_are_told(reviewer: Reviewer) -> None:
    later = invitation("Ana Roy", 9)
    reviewer.room().receive([later])
    reviewer.room().note("removed", ANA)
    work = press(reviewer.work(), "/roy", "n")
    assert work.shown is not None
    assert [event.kind for event in work.pile.history(work.shown)] == ["received", "removed"]
