"""The state of an invitation follows from what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from motjuste.inbox.events import (
    Event,
    State,
    completed,
    invitation_in,
    learned,
    standing,
    states,
    told_of,
)
from motjuste.inbox.invitation import Invitation, keys_of
from motjuste.people.card import Contact

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
HUGO = Invitation(
    name="Hugo Martin, PhD",
    at=datetime(2026, 2, 12, 11, 44),
    note="Bonjour,\nvotre article m’a plu.",
    profile_url="https://www.linkedin.com/in/Hugo-Martin-1/",
    position="Directeur marketing",
    mutual=3,
    groups=("Club presse",),
    source="Invitations.csv",
)


def happened(kind: str, batch: int, /, **details: str) -> Event:
    return Event(
        kind=kind,
        at=NOON + timedelta(hours=batch),
        person=HUGO.person,
        invitation=HUGO.id,
        details=details,
        batch=batch,
    )


CAME = told_of(HUGO, at=NOON)


def test_an_invitation_comes_out_of_its_event_as_it_went_in() -> None:
    assert invitation_in(CAME) == HUGO


def test_unknown_and_none_stay_apart_in_the_record() -> None:
    unknown = Invitation(name="Léa", at=HUGO.at)
    none = Invitation(name="Léa", at=HUGO.at, mutual=0, groups=())
    assert (invitation_in(told_of(unknown, at=NOON)), invitation_in(told_of(none, at=NOON))) == (unknown, none)


def test_an_invitation_without_a_decision_waits() -> None:
    assert states([CAME]) == {HUGO.id: State(invitation=HUGO)}
    assert states([CAME])[HUGO.id].name == "waiting"


def test_the_steps_of_a_decline_add_up() -> None:
    told = [
        CAME,
        happened("decided", 2, verdict="ask", policy="strong-ties", rule="no note", follow_up="2026-02-19"),
        happened("copied", 3, template="ask"),
        happened("answered", 4, kind="need"),
        happened("accepted", 5),
    ]
    assert states(told)[HUGO.id] == State(
        invitation=HUGO,
        verdict="ask",
        policy="strong-ties",
        rule="no note",
        decided_at=NOON + timedelta(hours=2),
        replied_at=NOON + timedelta(hours=3),
        answered_at=NOON + timedelta(hours=4),
        answer="need",
        follow_up=date(2026, 2, 19),
        closed="accepted",
        closed_at=NOON + timedelta(hours=5),
    )


def test_what_is_undone_never_happened_and_an_undoing_can_be_undone() -> None:
    decided = happened("decided", 2, verdict="ignore")
    undone = Event(kind="undone", at=NOON, person="", details={"batch": "2"}, batch=3)
    again = Event(kind="undone", at=NOON, person="", details={"batch": "3"}, batch=4)
    assert states([CAME, decided, undone])[HUGO.id].name == "waiting"
    assert states([CAME, decided, undone, again])[HUGO.id].name == "ignore"
    assert list(standing([CAME, decided, undone, again])) == [CAME, decided]


def test_a_new_decision_waits_for_a_reply_again() -> None:
    asked = [CAME, happened("decided", 2, verdict="ask"), happened("copied", 3)]
    state = states([*asked, happened("decided", 4, verdict="decline")])[HUGO.id]
    assert (state.verdict, state.replied_at) == ("decline", None)


def test_the_newest_message_of_either_side_tells_who_wrote_last() -> None:
    def last(*told: Event) -> tuple[str, str]:
        state = states([CAME, *told])[HUGO.id]
        return state.name, state.last_writer

    assert last() == ("waiting", "")
    assert last(happened("wrote", 2)) == ("waiting", "me")
    assert last(happened("heard", 3), happened("wrote", 2)) == ("waiting", "them")
    assert last(happened("heard", 3), happened("copied", 4)) == ("waiting", "me")
    assert last(happened("wrote", 4), replace(happened("wrote", 5), at=NOON), happened("heard", 3)) == ("waiting", "me")
    assert last(happened("copied", 2), happened("answered", 3)) == ("answered", "them")


def test_an_invitation_keeps_its_id_whatever_a_spreadsheet_did_to_its_note() -> None:
    again = Invitation(name="Hugo Martin", at=HUGO.at, profile_url="linkedin.com/in/hugo-martin-1", note="Bonjour")
    assert again.id == HUGO.id
    assert Invitation(name="Hugo Martin", at=HUGO.at).id != HUGO.id


def test_a_name_is_a_key_only_where_there_is_nothing_surer() -> None:
    assert keys_of(HUGO.contact) == ("in:hugo-martin-1",)
    assert keys_of(Contact(formatted_name="Léa Petit", emails=("Lea@Example.org",))) == ("mailto:lea@example.org",)
    assert keys_of(Contact(formatted_name="Léa Petit")) == ("name:lea petit",)


def test_what_is_learned_fills_what_was_unknown_and_changes_nothing_else() -> None:
    bare = Invitation(name="Hugo Martin", at=HUGO.at, note="Salut")
    again = replace(HUGO, at=HUGO.at + timedelta(minutes=1), mutual=0, groups=())
    news = learned(bare, again, at=NOON)
    assert news == Event(
        kind="learned",
        at=NOON,
        person="in:hugo-martin-1",
        invitation=bare.id,
        details={
            "profile_url": HUGO.profile_url,
            "position": "Directeur marketing",
            "mutual": "0",
            "groups": "[]",
            "before": "name:hugo martin",
        },
    )
    more = completed(bare, news)
    assert more == replace(
        bare,
        profile_url=HUGO.profile_url,
        position="Directeur marketing",
        mutual=0,
        groups=(),
        kept_id=bare.id,
        kept_person=bare.person,
    )
    assert (more.id, more.person) == (bare.id, bare.person)
    assert states([told_of(bare, at=NOON), news])[bare.id].invitation == more
    assert learned(more, HUGO, at=NOON) is None


def test_of_the_persons_own_note_only_that_there_was_one_is_told() -> None:
    ours = Invitation(name="Hugo Martin", at=HUGO.at, note="Salut", direction="outgoing")
    told = [told_of(ours, at=NOON), learned(ours, replace(ours, note="Bonjour", mutual=1), at=NOON)]
    assert [event and event.details.get("note") for event in told] == ["yes", None]
    assert states(filter(None, told))[ours.id].invitation.note == ""


def test_nothing_is_learned_from_what_says_less() -> None:
    assert learned(HUGO, Invitation(name="Hugo", at=HUGO.at), at=NOON) is None
