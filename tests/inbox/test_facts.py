"""What is known of an invitation, and that nothing else is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motjuste.inbox.events import Event
from motjuste.inbox.facts import BY_NAME, FACTS, NOTE_KINDS, BlockList, Dossier, facts_of
from motjuste.inbox.interests import Interests
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.notes import NOTE_KINDS as KINDS_OF_NOTES
from motjuste.inbox.notes import judge_note
from motjuste.people.card import Contact

NOW = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 2, 9, 0), profile_url="linkedin.com/in/lea")
NOTE = "Bonjour, votre article sur les archives sonores m’a donné envie de vous poser une question."


def facts(invitation: Invitation = LEA, **more: Any) -> dict[str, Any]:
    contact = more.pop("contact", invitation.contact)
    note = judge_note(invitation.note)
    return dict(facts_of(Dossier(invitation=invitation, note=note, now=NOW, contact=contact, **more)))


def event(kind: str, days_ago: int, invitation: str = LEA.id, /, **details: str) -> Event:
    return Event(
        kind=kind, at=NOW - timedelta(days=days_ago), person=LEA.person, invitation=invitation, details=details
    )


def ledger(*history: Event) -> dict[str, Any]:
    told = facts(history=history)
    return {fact.name: told[fact.name] for fact in FACTS if fact.source == "ledger"}


NOTHING_HAPPENED = {
    "written_before": False,
    "answered": False,
    "answer_kind": "none",
    "last_writer": "nobody",
    "asked": False,
    "silent_days": 0,
    "invited_before": False,
    "removed_before": False,
    "invited_by_you": False,
}


def test_of_a_bare_invitation_what_nobody_told_is_unknown() -> None:
    assert facts() == {
        "note_kind": "none",
        "note_length": 0,
        "looks_like_a_pitch": False,
        "pitch_signs": 0,
        "mutual": None,
        "groups": None,
        "groups_shared": None,
        "position": None,
        "organization": None,
        "age_days": 10,
        "position_matches": None,
        "background_matches": None,
        "groups_match": None,
        "place_matches": None,
        "interests_met": None,
        "blocked": False,
        "in_address_book": False,
        "known_in_person": None,
        "connected_days": None,
        "card_note": None,
        "address_form": None,
        "do_not_contact": False,
        **NOTHING_HAPPENED,
    }


def test_every_fact_has_a_value_of_its_kind_or_none() -> None:
    assert list(facts()) == list(BY_NAME)
    assert NOTE_KINDS == KINDS_OF_NOTES


def test_the_invitation_and_the_card_are_read() -> None:
    invitation = Invitation(
        name="Léa Petit", at=datetime(2026, 2, 12, 9, 0), note=NOTE, mutual=0, groups=("Typographie",),
        position="Éditrice",
    )  # fmt: skip
    card = Contact(
        formatted_name="Léa Petit", title="Correctrice", organization="Rive", how_we_met="Salon du livre",
        connected_on=date(2026, 2, 1), note="parle vite", address_form="tu", do_not_contact=True,
    )  # fmt: skip
    found = facts(invitation, contact=card, has_card=True, blocked=True)
    bare = facts(Invitation(name="Léa Petit", at=datetime(2026, 2, 12, 9, 0)))
    assert {name: value for name, value in found.items() if value != bare[name]} == {
        "note_kind": "personal",
        "note_length": len(NOTE),
        "mutual": 0,
        "groups": ("Typographie",),
        "groups_shared": 1,
        "position": "Éditrice",
        "organization": "Rive",
        "blocked": True,
        "in_address_book": True,
        "known_in_person": True,
        "connected_days": 11,
        "card_note": "parle vite",
        "address_form": "tu",
        "do_not_contact": True,
    }


WANTED = Interests(positions=("éditeur",), backgrounds=("édition",), groups=("Papier",), places=("Lyon",))
MATCHES = ("position_matches", "background_matches", "groups_match", "place_matches", "interests_met")


@pytest.mark.parametrize(
    ("told", "card", "found"),
    [
        ({}, {}, (None, None, None, None, None)),
        ({"position": "Éditrice"}, {}, (True, None, None, None, ("éditeur",))),
        ({"position": "Boulanger"}, {}, (False, None, None, None, None)),
        ({"position": "Boulanger", "groups": ()}, {"note": "four", "city": "Nice"}, (False, False, False, False, None)),
        (
            {"groups": ("Le Papier",)},
            {"title": "Éditeur", "city": "Lyon"},
            (True, None, True, True, ("éditeur", "Papier", "Lyon")),
        ),
        ({}, {"note": "a travaillé dans l’édition"}, (None, True, None, None, ("édition",))),
    ],
)  # fmt: skip
def test_interests_say_yes_or_no_only_of_what_is_known(told: Any, card: Any, found: tuple[Any, ...]) -> None:
    invitation = Invitation(name="Léa Petit", at=LEA.at, **told)
    values = facts(invitation, contact=Contact(formatted_name="Léa Petit", **card), interests=WANTED)
    assert tuple(values[name] for name in MATCHES) == found


def test_where_nothing_is_sought_no_interest_is_known() -> None:
    invitation = Invitation(name="Léa Petit", at=LEA.at, position="Éditrice", groups=("Papier",))
    assert [facts(invitation)[name] for name in MATCHES] == [None] * 5
    company = facts(invitation, interests=Interests(companies=("Rive",), schools=("Laval",)))
    assert (company["position_matches"], company["background_matches"]) == (None, None)
    at_rive = Invitation(name="Léa Petit", at=LEA.at, organization="Rive")
    assert facts(at_rive, interests=Interests(companies=("Rive",)))["background_matches"] is True


def test_a_card_that_does_not_say_how_two_people_met_does_not_say_that_they_never_did() -> None:
    assert facts(contact=Contact(formatted_name="Léa"), has_card=True)["known_in_person"] is None


def test_an_answer_ends_the_silence_and_says_who_wrote_last() -> None:
    asked = (event("received", 9), event("decided", 9, verdict="ask"), event("copied", 8, template="ask"))
    assert ledger(*asked) == NOTHING_HAPPENED | {
        "written_before": True,
        "last_writer": "me",
        "asked": True,
        "silent_days": 8,
    }
    assert ledger(*asked, event("answered", 2, kind="need")) == NOTHING_HAPPENED | {
        "written_before": True,
        "last_writer": "them",
        "asked": True,
        "answered": True,
        "answer_kind": "need",
    }
    assert ledger(event("answered", 2))["answer_kind"] is None


def test_messages_of_the_network_count_by_their_own_time_whenever_they_were_read() -> None:
    asked = (event("decided", 9, verdict="ask"), event("wrote", 8))
    assert ledger(*asked) == NOTHING_HAPPENED | {
        "written_before": True,
        "last_writer": "me",
        "asked": True,
        "silent_days": 8,
    }
    assert ledger(*asked, event("heard", 3)) == NOTHING_HAPPENED | {
        "written_before": True,
        "last_writer": "them",
        "asked": True,
        "answered": True,
        "answer_kind": None,
    }
    assert ledger(*asked, event("heard", 30))["silent_days"] == 8
    assert ledger(event("heard", 3), event("wrote", 30))["last_writer"] == "them"
    assert ledger(event("decided", 9, verdict="ask"), event("wrote", 30))["asked"] is False


def test_what_was_decided_last_says_whether_a_text_asked() -> None:
    told = ledger(event("decided", 9, verdict="ask"), event("decided", 8, verdict="decline"), event("copied", 8))
    assert (told["written_before"], told["asked"]) == (True, False)


def test_nobody_was_asked_by_a_decision_alone() -> None:
    assert ledger(event("decided", 9, verdict="ask"))["asked"] is False
    assert ledger(event("typed", 3, template="ask-brief"))["silent_days"] == 3
    assert ledger(event("typed", 3, template="decline"))["asked"] is False


def test_earlier_invitations_of_the_same_person_are_remembered() -> None:
    earlier = (event("received", 60, "aaaa"), event("removed", 50, "aaaa"), event("sent", 40, "bbbb"))
    assert ledger(*earlier, event("received", 1)) == NOTHING_HAPPENED | {
        "invited_before": True,
        "removed_before": True,
        "invited_by_you": True,
    }


@pytest.mark.parametrize(
    ("entry", "held"),
    [
        ("https://www.linkedin.com/in/LEA/", True),
        ("lea petit", True),
        ("LÉA PETIT", True),
        ("Léa", False),
        ("Éditions Rive", True),
        ("Rive", False),
        ("linkedin.com/in/lea-2", False),
        ("…", False),
    ],
)
def test_a_block_list_means_whole_names_companies_and_profiles(entry: str, held: bool) -> None:
    invitation = Invitation(
        name="Léa Petit", at=LEA.at, profile_url=LEA.profile_url, organization="Éditions Rive"
    )
    assert BlockList([entry]).holds(invitation, invitation.contact) is held


def test_a_nameless_invitation_is_on_no_list() -> None:
    nobody = Invitation(name="", at=LEA.at)
    assert not BlockList(["", "  ", "Rive"]).holds(nobody, nobody.contact)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_fact_is_told_in_three_languages(fact: Any) -> None:
    assert len({fact.label("fr-CA"), fact.label("en"), fact.label("es-MX")}) == 3
    assert fact.label("pt") == fact.en
