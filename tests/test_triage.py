"""Invitations on the desk: the policies that ship judge them, the replies are written, and the verdicts taken."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.policy_folder import policy_names, read_policies, shipped_policies
from motjuste.adapters.settings import Places
from motjuste.desk import Desk, desk
from motjuste.errors import UserError
from motjuste.inbox.events import Event
from motjuste.inbox.facts import NOTHING_KNOWN
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.judging import judge
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Mailroom
from motjuste.people.card import Contact
from motjuste.profile import POLICIES
from motjuste.triage import Triage, triage

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
NOTE = "Bonjour, votre article sur les archives sonores m’a donné envie de vous poser une question."
STOCK = "I'd like to add you to my professional network on LinkedIn."
PITCH = (
    "Bonjour, nous aidons les entreprises à doubler leur chiffre d'affaires de 30 % avec notre solution. "
    "Avez-vous 15 minutes pour une démo gratuite ?"
)


def invitation(name: str, note: str = "", **more: Any) -> Invitation:
    slug = name.casefold().replace(" ", "-")
    return Invitation(
        name=name, at=datetime(2026, 2, 10, 9, 0), note=note, profile_url=f"https://linkedin.com/in/{slug}", **more
    )


SILENT = invitation("Léa Petit")
WRITER = invitation("Hugo Martin", NOTE)
SELLER = invitation("Max Roux", PITCH)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    monkeypatch.setenv("MOTJUSTE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    (tmp_path / "profile.toml").write_text('name = "Camille Roy"\nlanguage = "fr-FR"\n', "utf-8")
    return tmp_path


@pytest.fixture
def room(home: Path) -> Iterator[Mailroom]:
    places = Places.from_environment(os.environ)
    ledger = LedgerFile(places.ledger)
    yield Mailroom(ledger, _desk().book, now=lambda: NOON)
    ledger.close()


def _desk() -> Desk:
    return desk(Places.from_environment(os.environ))


def on_desk(room: Mailroom, at: Desk | None = None) -> Triage:
    return triage(Places.from_environment(os.environ), at or _desk(), room, now=lambda: NOON)


def verdicts(found: Triage, policy: str) -> Mapping[str, tuple[str, str]]:
    chosen = found.policy(policy)
    told = {case.invitation.name: found.judge(case, chosen) for case in found.cases}
    return {name: (verdict.verdict, verdict.rule) for name, verdict in told.items()}


# --- the policies that ship -------------------------------------------------------------------------------


def test_the_policies_that_ship_are_those_that_a_profile_may_name() -> None:
    assert sorted(policy_names(shipped_policies())) == sorted(POLICIES)
    assert read_policies(shipped_policies()).problems == {}


KNOWN = {
    **NOTHING_KNOWN, "note_kind": "none", "looks_like_a_pitch": False, "do_not_contact": False, "blocked": False,
    "answer_kind": "none", "written_before": False, "answered": False, "asked": False, "silent_days": 0,
}  # fmt: skip
PERSONAL = {"note_kind": "personal"}
UNMET = {"position_matches": False, "background_matches": False, "mutual": 1, "groups_match": False, "groups_shared": 0}
ASKED = {"written_before": True, "asked": True}


@pytest.mark.parametrize(
    ("policy", "facts", "found"),
    [
        *((policy, {"blocked": True, "known_in_person": True}, ("ignore", "blocked")) for policy in POLICIES),
        ("strong-ties", {}, ("ask", "no reason given")),
        ("strong-ties", {"note_kind": "stock"}, ("ask", "no reason given")),
        ("strong-ties", {"note_kind": "mass"}, ("ask", "no reason given")),
        ("strong-ties", PERSONAL, ("decline", "reason of a stranger")),
        ("strong-ties", {"known_in_person": True}, ("accept", "met")),
        ("strong-ties", {**ASKED, "silent_days": 9}, ("look", "answer awaited")),
        ("strong-ties", {**ASKED, "silent_days": 10}, ("ignore", "no answer")),
        ("strong-ties", {**ASKED, "answered": True, "answer_kind": None}, ("accept", "exchanged")),
        ("strong-ties", {**ASKED, "answered": True, "answer_kind": "need"}, ("accept", "exchanged")),
        ("strong-ties", {**ASKED, "answered": True, "answer_kind": "pitch"}, ("decline", "pitch in answer")),
        ("strong-ties", {"answered": True}, ("ask", "no reason given")),
        ("open-network", {}, ("accept", "everybody")),
        ("open-network", {"looks_like_a_pitch": True, **PERSONAL}, ("accept", "everybody")),
        ("four-criteria", {}, ("ask", "too little is known")),
        ("four-criteria", PERSONAL, ("look", "a reason to read")),
        ("four-criteria", {"position_matches": True}, ("accept", "position")),
        ("four-criteria", {"background_matches": True}, ("accept", "background")),
        ("four-criteria", {"mutual": 5}, ("accept", "connections in common")),
        ("four-criteria", {"mutual": 4}, ("ask", "too little is known")),
        ("four-criteria", {"groups_shared": 2}, ("accept", "groups in common")),
        ("four-criteria", {"groups_shared": 1, "groups_match": True}, ("accept", "groups in common")),
        ("four-criteria", UNMET, ("decline", "none of the four")),
        ("four-criteria", {**UNMET, "mutual": None}, ("ask", "too little is known")),
        ("reply-to-reasons", {}, ("accept", "everybody else")),
        ("reply-to-reasons", {"note_kind": "mass"}, ("accept", "everybody else")),
        ("reply-to-reasons", PERSONAL, ("accept", "a reason")),
        ("reply-to-reasons", {**PERSONAL, "looks_like_a_pitch": True}, ("look", "maybe a pitch")),
    ],
)  # fmt: skip
def test_each_policy_that_ships_decides_as_it_says(policy: str, facts: dict[str, Any], found: tuple[str, str]) -> None:
    verdict = judge(read_policies(shipped_policies()).named(policy), {**KNOWN, **facts})
    assert (verdict.verdict, verdict.rule) == found


@pytest.mark.parametrize("name", POLICIES)
def test_every_reason_that_ships_is_told_in_three_languages(name: str) -> None:
    policy = read_policies(shipped_policies()).named(name)
    texts = (policy.title, policy.description, *(rule.reason for rule in policy.rules))
    assert all(sorted(each) == ["en", "es", "fr"] and len(set(each.values())) == 3 for each in texts)


# --- from the ledger to a reply ---------------------------------------------------------------------------


def test_invitations_are_judged_with_the_card_the_block_list_and_the_ledger(room: Mailroom, home: Path) -> None:
    blocked, met, asked = invitation("Nora Bloc"), invitation("Ines Sala"), invitation("Omar Kadi")
    profile = (home / "profile.toml").read_text("utf-8")
    (home / "profile.toml").write_text(profile + 'block = ["nora bloc"]\n', "utf-8")
    at = _desk()
    namesake = Contact(formatted_name="Léa Petit", how_we_met="x")
    at.book.add([replace(met.contact, how_we_met="Salon du livre"), namesake])
    room.receive([SILENT, WRITER, SELLER, blocked, met, asked])
    days_ago = NOON - timedelta(days=11)
    room.ledger.record(
        [Event(kind="copied", at=days_ago, person=asked.person, invitation=asked.id, details={"template": "ask"})]
    )
    assert verdicts(on_desk(room, at), "strong-ties") == {
        "Léa Petit": ("ask", "no reason given"),  # the card of the same name may be a namesake's
        "Hugo Martin": ("decline", "reason of a stranger"),
        "Max Roux": ("decline", "reason of a stranger"),
        "Nora Bloc": ("ignore", "blocked"),
        "Ines Sala": ("accept", "met"),
        "Omar Kadi": ("ignore", "no answer"),
    }


def test_the_same_text_from_several_people_is_a_mass_note(room: Mailroom) -> None:
    several = [invitation(name, NOTE) for name in ("Ana Roy", "Ben Roy", "Eva Roy")]
    room.receive(several)
    assert set(verdicts(on_desk(room), "strong-ties").values()) == {("ask", "no reason given")}


def test_the_reply_is_written_from_the_facts(room: Mailroom) -> None:
    room.receive([SILENT, WRITER])
    found = on_desk(room)
    policy = found.policy("strong-ties")
    told = [(case, found.judge(case, policy)) for case in found.waiting]
    assert [verdict.fields for _, verdict in told] == [
        (("days", "10"),),
        (("reason", "not_met"), ("pleased_by", "note")),
    ]
    replies = [found.reply_to(case, verdict) for case, verdict in told]
    texts = [reply.rendered.text for reply in replies if reply]
    assert [(reply.template.name, reply.contact.greeting_name, reply.evidence) for reply in replies if reply] == [
        ("ask", "Léa", "invitation"),
        ("decline", "Hugo", "invitation"),
    ]
    assert "Sans nouvelles d’ici 10 jours" in texts[0]
    assert "et surtout du mot qui l’accompagnait" in texts[1]


def test_a_seller_is_not_thanked_for_the_note(room: Mailroom) -> None:
    room.receive([SELLER])
    found = on_desk(room)
    (case,) = found.waiting
    verdict = found.judge(case, found.policy("strong-ties"))
    assert dict(verdict.fields) == {"reason": "not_met", "pleased_by": "nothing"}


def test_where_no_reply_is_due_none_is_written(room: Mailroom) -> None:
    room.receive([SILENT])
    found = on_desk(room)
    (case,) = found.waiting
    assert found.reply_to(case, Verdict(verdict="accept")) is None


def test_nothing_is_written_to_whom_nothing_may_be_written(room: Mailroom) -> None:
    at = _desk()
    at.book.add([replace(SILENT.contact, do_not_contact=True)])
    room.receive([SILENT])
    found = on_desk(room, at)
    (case,) = found.waiting
    for name in POLICIES:
        verdict = found.judge(case, found.policy(name))
        assert found.reply_to(case, verdict) is None
        assert verdict.verdict in ("accept", "look")


def test_taken_verdicts_are_one_step_and_what_is_to_be_seen_waits_on(room: Mailroom) -> None:
    room.receive([SILENT, WRITER, SELLER])
    found = on_desk(room)
    policy = found.policy("reply-to-reasons")
    taken = found.take((case, found.judge(case, policy)) for case in found.waiting)
    assert [(case.invitation.name, verdict.rule) for case, verdict in taken] == [
        ("Léa Petit", "everybody else"),
        ("Hugo Martin", "a reason"),
    ]
    states = room.states()
    assert [(each.name, each.policy, each.rule, each.template) for each in states.values()] == [
        ("accept", "reply-to-reasons", "everybody else", ""),
        ("accept", "reply-to-reasons", "a reason", "accept"),
        ("waiting", "", "", ""),
    ]
    assert len(room.undo()) == 2
    assert {each.name for each in room.states().values()} == {"waiting"}


def test_who_was_asked_is_looked_at_again_and_decided_anew_once_it_is_time(room: Mailroom) -> None:
    room.receive([SILENT, WRITER])
    first = on_desk(room)
    first.take((case, first.judge(case, first.policy())) for case in first.waiting)
    old = NOON - timedelta(days=20)
    details = {"template": "ask"}
    room.ledger.record(
        [Event(kind="copied", at=old, person=SILENT.person, invitation=SILENT.id, details=details)]
    )
    again = on_desk(room)
    assert again.waiting == []
    taken = again.take((case, again.judge(case, again.policy())) for case in again.undone)
    assert [(case.invitation.name, verdict.rule) for case, verdict in taken] == [("Léa Petit", "no answer")]
    room.note("removed", SILENT)
    assert [case.invitation.name for case in on_desk(room).undone] == ["Hugo Martin"]


def test_what_went_out_is_not_judged(room: Mailroom) -> None:
    room.receive([replace(SILENT, direction="outgoing")])
    assert on_desk(room).cases == ()


def test_two_policies_are_compared_invitation_by_invitation(room: Mailroom) -> None:
    room.receive([SILENT, WRITER])
    found = on_desk(room)
    differing = found.differences(found.waiting, found.policy("four-criteria"), found.policy("strong-ties"))
    assert [(each.case.invitation.name, each.first.rule, each.second.rule) for each in differing] == [
        ("Hugo Martin", "a reason to read", "reason of a stranger")
    ]


# --- a person's own policies ------------------------------------------------------------------------------


def own(home: Path, text: str, name: str = "mine") -> None:
    (home / "policies").mkdir(exist_ok=True)
    (home / "policies" / f"{name}.toml").write_text(text, "utf-8")


def test_a_policy_of_ones_own_stands_before_ours_and_may_be_the_default(room: Mailroom, home: Path) -> None:
    own(home, '[[rules]]\nverdict = "ignore"\nreason = "Non."\n')
    own(home, '[[rules]]\nverdict = "look"\nreason = "Voyons."\n', "open-network")
    (home / "profile.toml").write_text('default_policy = "mine"\n', "utf-8")
    room.receive([SILENT])
    found = on_desk(room)
    (case,) = found.waiting
    assert found.judge(case, found.policy()).reasons == ("Non.",)
    assert found.judge(case, found.policy("open-network")).reasons == ("Voyons.",)


def test_a_default_policy_that_is_not_there_is_told_with_its_line(home: Path) -> None:
    (home / "profile.toml").write_text('default_policy = "mine"\n', "utf-8")
    assert str(_desk().profile_problem) == (
        f"{home / 'profile.toml'}:1: default_policy should be one of strong-ties, open-network, four-criteria, "
        "reply-to-reasons, not 'mine'"
    )


def test_a_policy_that_cannot_be_read_leaves_the_others(room: Mailroom, home: Path) -> None:
    own(home, "[[rules]]\n")
    found = on_desk(room)
    assert found.policy("strong-ties").name == "strong-ties"
    with pytest.raises(UserError, match=r"mine.toml:1: this rule has no verdict"):
        found.policy("mine")


def test_a_policy_that_is_not_there_is_told_with_the_nearest(room: Mailroom) -> None:
    with pytest.raises(UserError, match="there is no policy 'strongties'; did you mean 'strong-ties'"):
        on_desk(room).policy("strongties")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('template = "declin"', "unknown template 'declin' (nearest: 'decline'); see 'motjuste templates list'"),
        ('fields = { raison = "x" }', "'decline' has no field 'raison'; did you mean 'reason'?"),
        ('fields = { reason = "not-met" }', "reason='not-met' is not a choice of 'decline'; did you mean 'not_met'?"),
    ],
)
def test_a_template_or_a_field_that_there_is_not_is_told_with_its_rule(
    room: Mailroom, home: Path, more: str, said: str
) -> None:
    own(home, f'[[rules]]\nverdict = "ask"\nreason = "a"\n[[rules]]\nverdict = "decline"\nreason = "b"\n{more}\n')
    with pytest.raises(UserError) as problem:
        on_desk(room).policy("mine")
    assert str(problem.value) == f"{home / 'policies' / 'mine.toml'}:4: {said}"


def test_files_that_are_no_policies_are_passed_over(home: Path) -> None:
    own(home, "", "a")
    for name in (".b.toml", "notes.txt", "c.toml.bak"):
        (home / "policies" / name).write_text("x", "utf-8")
    (home / "policies" / "d.toml").mkdir()
    assert policy_names(home / "policies") == ("a",)
    assert policy_names(home / "nowhere") == ()


def test_the_waiting_invitation_of_a_person_fills_a_template(room: Mailroom) -> None:
    later = replace(WRITER, at=WRITER.at + timedelta(days=1), note="")
    room.receive([WRITER, SILENT])
    assert on_desk(room).fields_for(Contact(formatted_name="Hugo Martin"), "decline") is None
    found = on_desk(room).fields_for(WRITER.contact, "decline")
    assert found is not None
    assert (found[0].invitation, found[1]) == (WRITER, {"pleased_by": "note"})
    assert on_desk(room).fields_for(WRITER.contact, "signature") is None
    room.receive([later])
    newest = on_desk(room).fields_for(WRITER.contact, "decline")
    assert newest is not None
    assert (newest[0].invitation, newest[1]) == (later, {"pleased_by": "nothing"})


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (
            "ask",
            Verdict(
                verdict="ask", template="ask", fields=(("days", "10"),), follow_up_days=10, policy="strong-ties"
            ),
        ),
        (
            "decline",
            Verdict(
                verdict="decline",
                template="decline",
                fields=(("reason", "not_met"), ("pleased_by", "note")),
                policy="strong-ties",
            ),
        ),
        ("ignore", Verdict(verdict="ignore", policy="strong-ties")),
        ("accept", Verdict(verdict="accept", policy="strong-ties")),
    ],
)
def test_a_verdict_that_the_person_chose_has_the_reply_of_the_policy(
    room: Mailroom, chosen: str, found: Verdict
) -> None:
    room.receive([WRITER])
    told = on_desk(room)
    (case,) = told.waiting
    assert told.instead(case, told.policy("strong-ties"), chosen) == found


def test_a_verdict_that_a_policy_never_gives_has_the_usual_reply(room: Mailroom) -> None:
    room.receive([WRITER])
    told = on_desk(room)
    (case,) = told.waiting
    found = told.instead(case, told.policy("open-network"), "decline")
    assert found == Verdict(
        verdict="decline", template="decline", fields=(("pleased_by", "note"),), policy="open-network"
    )


def test_the_interests_of_the_profile_count(room: Mailroom, home: Path) -> None:
    profile = (home / "profile.toml").read_text("utf-8")
    (home / "profile.toml").write_text(profile + '[interests]\npositions = ["éditeur"]\n', "utf-8")
    room.receive([invitation("Léa Petit", position="Éditrice")])
    found = on_desk(room)
    (case,) = found.waiting
    verdict = found.judge(case, found.policy("four-criteria"))
    assert (verdict.verdict, verdict.reasons) == (
        "accept",
        ("Son poste est de ceux qui vous intéressent\u00a0: Éditrice (éditeur).",),
    )


def test_a_connection_is_counted_in_days(room: Mailroom) -> None:
    at = _desk()
    at.book.add([replace(SILENT.contact, connected_on=date(2026, 2, 2))])
    room.receive([SILENT])
    (case,) = on_desk(room, at).cases
    assert case.facts["connected_days"] == 10
