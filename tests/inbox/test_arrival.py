"""What files tell becomes events, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motjuste.inbox.arrival import Arrival, Arrived, arrival
from motjuste.inbox.correspondence import Correspondence, Passed
from motjuste.inbox.events import Event, State, states, told_of
from motjuste.inbox.invitation import ADDED, Invitation
from motjuste.people.card import Contact

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HUGO = Invitation(name="Hugo Martin", at=datetime(2026, 2, 12, 11, 44), profile_url="linkedin.com/in/hugo")
LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 11, 9, 5), profile_url="linkedin.com/in/lea")
ANA = Invitation(
    name="Ana Silva",
    at=datetime(2026, 1, 30, 12, 10),
    profile_url="linkedin.com/in/ana",
    direction="outgoing",
)
HUGO_CONNECTED = Contact(
    formatted_name="Hugo M.", profile_url="https://linkedin.com/in/HUGO/", connected_on=date(2026, 2, 20)
)


class Ledger:
    """Numbers the events of each step, as the ledger does."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def tell(self, *events: Event) -> None:
        batch = max((event.batch for event in self.events), default=0) + 1
        self.events += [replace(event, batch=batch) for event in events]

    def decide(self, invitation: Invitation, verdict: str, at: datetime) -> None:
        told = {"verdict": verdict}
        self.tell(
            Event(kind="decided", at=at, person=invitation.person, invitation=invitation.id, details=told)
        )

    def arrive(self, arrived: Arrived, **more: object) -> Arrival:
        found = arrival(arrived, self.events, now=NOW, **more)  # type: ignore[arg-type]
        self.tell(*found.events)
        assert arrival(arrived, self.events, now=NOW + timedelta(days=1)).events == []
        return found

    @property
    def states(self) -> dict[str, State]:
        return states(self.events)


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 2, number, hour, tzinfo=UTC)


def wrote(at: datetime, text: str = "") -> Passed:
    return Passed(at=at, outgoing=True, source_id=f"{at:%d-%H}", content=text)


def heard(at: datetime, text: str = "") -> Passed:
    return Passed(at=at, outgoing=False, source_id=f"{at:%d-%H}", content=text)


def messages(*told: Passed, key: str = "in:hugo") -> Arrived:
    return Arrived(passed=Correspondence(frozenset({"in:camille"}), {key: told}))


def test_invitations_are_told_of_once_and_the_oldest_first() -> None:
    ledger = Ledger()
    again = replace(HUGO, profile_url="", at=HUGO.at + timedelta(minutes=1))
    found = ledger.arrive(Arrived(exports=[[HUGO, LEA, ANA], [again]]))
    assert ledger.events == [replace(told_of(each, at=NOW), batch=1) for each in (ANA, LEA, HUGO)]
    assert (found.received, found.sent, found.known) == ([LEA, HUGO], [ANA], 1)
    later = ledger.arrive(Arrived(exports=[[LEA]]))
    assert (later.received, later.sent, later.known) == ([], [], 1)


def test_who_is_a_connection_by_now_was_accepted_on_that_day() -> None:
    ledger = Ledger()
    ana = Contact(formatted_name="Ana", profile_url="linkedin.com/in/ana", connected_on=None)
    found = ledger.arrive(Arrived(exports=[[HUGO, LEA, ANA]], connections=[HUGO_CONNECTED, ana, Contact()]))
    assert found.accepted == [HUGO, ANA]
    told = {id: (state.name, state.closed_at) for id, state in ledger.states.items()}
    assert told == {ANA.id: ("accepted", NOW), LEA.id: ("waiting", None), HUGO.id: ("accepted", day(20))}


def test_who_was_connected_before_they_invited_was_not_accepted_for_that() -> None:
    ledger = Ledger()
    ledger.tell(told_of(HUGO, at=NOW))
    early = replace(HUGO_CONNECTED, connected_on=date(2026, 2, 10))
    assert ledger.arrive(Arrived(connections=[early])).accepted == []
    # The file's clock may be a day ahead of the one in which connections are counted.
    same_day = replace(HUGO_CONNECTED, connected_on=date(2026, 2, 11))
    assert ledger.arrive(Arrived(connections=[same_day])).accepted == [HUGO]


def test_what_is_closed_already_stays_as_it_is() -> None:
    ledger = Ledger()
    ledger.tell(told_of(HUGO, at=NOW))
    ledger.tell(Event(kind="removed", at=NOW, person=HUGO.person, invitation=HUGO.id))
    assert ledger.arrive(Arrived(connections=[HUGO_CONNECTED])).accepted == []


def test_a_newer_export_tells_the_profile_of_an_invitation_known_by_name() -> None:
    ledger = Ledger()
    named = replace(HUGO, profile_url="", note="Bonjour")
    ledger.tell(told_of(named, at=NOW))
    again = replace(HUGO, note="Bonjour, autrement", at=HUGO.at + timedelta(minutes=1))
    found = ledger.arrive(Arrived(exports=[[again]], connections=[HUGO_CONNECTED]))
    assert (found.known, found.completed) == (1, [named])
    more = replace(named, profile_url=HUGO.profile_url, kept_id=named.id, kept_person="name:hugo martin")
    assert ledger.states == {named.id: State(invitation=more, closed="accepted", closed_at=day(20))}
    assert [(event.kind, event.person, event.invitation, event.details) for event in ledger.events[1:]] == [
        ("learned", "in:hugo", named.id, {"profile_url": HUGO.profile_url, "before": "name:hugo martin"}),
        ("accepted", "name:hugo martin", named.id,
         {"source": "Connections.csv", "by": "file", "source_id": f"accepted:{named.id}"}),
    ]  # fmt: skip
    namesake = replace(HUGO, profile_url="linkedin.com/in/hugo-2")
    assert ledger.arrive(Arrived(exports=[[namesake]])).received == [namesake]


def test_a_profile_that_is_learned_tells_namesakes_apart_in_the_same_files() -> None:
    ledger = Ledger()
    namesake = replace(HUGO, profile_url="linkedin.com/in/hugo-2")
    found = ledger.arrive(Arrived(exports=[[replace(HUGO, profile_url=""), HUGO, namesake]]))
    assert (len(found.received), found.known, len(ledger.states)) == (2, 1, 2)


def test_a_file_tells_the_time_of_what_was_added_by_hand() -> None:
    ledger = Ledger()
    by_hand = Invitation(name="Hugo Martin", at=datetime(2026, 2, 14), mutual=3, source=ADDED)
    ledger.tell(told_of(by_hand, at=NOW))
    ledger.arrive(Arrived(exports=[[replace(HUGO, source="Invitations.csv")]]))
    (state,) = ledger.states.values()
    told = (state.invitation.at, state.invitation.mutual, state.invitation.source, state.invitation.id)
    assert told == (HUGO.at, 3, "Invitations.csv", by_hand.id)


def test_a_message_after_our_reply_is_an_answer_and_the_text_is_judged_and_not_kept() -> None:
    ledger = Ledger()
    ledger.tell(told_of(HUGO, at=NOW))
    ledger.decide(HUGO, "ask", day(14))
    told = messages(heard(day(13), "avant"), heard(day(16), "Je cherche"), heard(day(16, 13), "un livre"))
    found = ledger.arrive(told, judge=lambda text: "need" if text == "Je cherche\n\nun livre" else "other")
    assert found.answered == [HUGO]
    assert ledger.events[2:] == [
        Event(
            kind="answered",
            at=day(16),
            person=HUGO.person,
            invitation=HUGO.id,
            details={"kind": "need", "source": "messages.csv", "by": "file", "source_id": "answered:16-12"},
            batch=3,
        ),
        Event(
            kind="heard",
            at=day(16, 13),
            person=HUGO.person,
            invitation=HUGO.id,
            details={"source": "messages.csv", "by": "file", "source_id": "heard:16-13"},
            batch=3,
        ),
    ]
    assert ledger.states[HUGO.id].name == "answered"


def test_without_a_judge_an_answer_has_no_kind() -> None:
    ledger = Ledger()
    ledger.tell(told_of(HUGO, at=NOW))
    ledger.decide(HUGO, "decline", day(14))
    ledger.arrive(messages(heard(day(16))))
    assert ledger.states[HUGO.id].answer == ""
    assert "kind" not in ledger.events[-1].details


def test_only_who_was_asked_or_declined_answers() -> None:
    for verdict in ("", "accept", "ignore", "look"):
        ledger = Ledger()
        ledger.tell(told_of(HUGO, at=NOW))
        if verdict:
            ledger.decide(HUGO, verdict, day(14))
        assert ledger.arrive(messages(heard(day(16)))).answered == []
        assert ledger.states[HUGO.id].heard_at == day(16)


def test_each_turn_after_a_reply_is_one_answer() -> None:
    ledger = Ledger()
    ledger.tell(told_of(HUGO, at=NOW))
    ledger.decide(HUGO, "ask", day(14))
    ledger.tell(Event(kind="copied", at=day(17), person=HUGO.person, invitation=HUGO.id))
    ledger.tell(Event(kind="accepted", at=day(24), person=HUGO.person, invitation=HUGO.id))
    told = messages(wrote(day(14)), heard(day(15)), heard(day(16)), heard(day(18)), wrote(day(19)), heard(day(20)),
                    heard(day(25)))  # fmt: skip
    ledger.arrive(told)
    assert [event.at for event in ledger.events if event.kind == "answered"] == [day(15), day(18), day(20)]
    state = ledger.states[HUGO.id]
    assert (state.wrote_at, state.heard_at, state.last_writer) == (day(19), day(25), "them")


def test_a_reply_that_was_sent_before_it_was_recorded_counts_from_when_it_was_sent() -> None:
    ledger = Ledger()
    told = messages(wrote(day(14)), heard(day(16)))
    ledger.arrive(replace(told, exports=[[HUGO]]))
    assert ledger.states[HUGO.id].name == "waiting"
    ledger.decide(HUGO, "decline", day(20))
    assert ledger.arrive(told).answered == [HUGO]


def test_a_message_before_the_invitation_is_no_reply_to_it() -> None:
    ledger = Ledger()
    ledger.tell(told_of(HUGO, at=NOW))
    ledger.decide(HUGO, "decline", day(20))
    assert ledger.arrive(messages(wrote(day(10)), heard(day(16)))).answered == []


def test_messages_of_people_who_never_invited_leave_no_trace() -> None:
    ledger = Ledger()
    ledger.arrive(Arrived(exports=[[HUGO]]))
    assert ledger.arrive(messages(heard(day(16)), key="in:stranger")).events == []


def test_an_older_file_of_messages_tells_nothing_new() -> None:
    ledger = Ledger()
    ledger.arrive(replace(messages(wrote(day(14)), heard(day(16))), exports=[[HUGO]]))
    assert ledger.arrive(messages(wrote(day(13)), heard(day(12)))).events == []
    assert ledger.arrive(messages(wrote(day(13)), wrote(day(18)))).events != []
    assert ledger.states[HUGO.id].wrote_at == day(18)


def test_messages_belong_to_the_newest_invitation_of_a_person() -> None:
    ledger = Ledger()
    again = replace(HUGO, at=HUGO.at + timedelta(days=5))
    ledger.arrive(replace(messages(heard(day(18))), exports=[[again, HUGO]]))
    assert [state.heard_at for state in ledger.states.values()] == [None, day(18)]


def test_what_a_newer_export_lacks_is_told_and_nothing_is_concluded() -> None:
    ledger = Ledger()
    older = replace(LEA, at=LEA.at - timedelta(days=30), name="Avant", profile_url="")
    newer = replace(LEA, at=LEA.at + timedelta(days=30), name="Après", profile_url="")
    added = replace(LEA, source=ADDED, name="Main", profile_url="", at=LEA.at - timedelta(days=3))
    first = replace(LEA, at=LEA.at - timedelta(days=10), name="Premier", profile_url="")
    ledger.tell(*(told_of(each, at=NOW) for each in (older, first, added, LEA, ANA, HUGO, newer)))
    found = ledger.arrive(Arrived(exports=[[HUGO, first]]))
    assert (found.gone, found.events) == ([LEA], [])
    ledger.tell(Event(kind="accepted", at=NOW, person=LEA.person, invitation=LEA.id))
    assert ledger.arrive(Arrived(exports=[[HUGO, first], []])).gone == []


_INVITATIONS = st.lists(
    st.builds(
        Invitation,
        name=st.sampled_from(["Hugo Martin", "Léa Petit"]),
        at=st.sampled_from([HUGO.at, HUGO.at + timedelta(minutes=1), datetime(2026, 2, 12), LEA.at]),
        profile_url=st.sampled_from(["", "linkedin.com/in/hugo", "linkedin.com/in/lea"]),
        direction=st.sampled_from(["incoming", "outgoing"]),
    ),
    max_size=4,
)
_MESSAGES = st.lists(
    st.builds(wrote, st.integers(1, 28).map(day)) | st.builds(heard, st.integers(1, 28).map(day))
)


@given(_INVITATIONS, st.lists(_INVITATIONS, max_size=3), _MESSAGES, st.sampled_from(["", "ask", "decline"]))
def test_whatever_arrives_arrives_once(
    by_hand: list[Invitation], exports: Sequence[Sequence[Invitation]], told: list[Passed], verdict: str
) -> None:
    ledger = Ledger()
    ledger.tell(*(told_of(replace(each, source=ADDED), at=NOW) for each in by_hand))
    in_order = sorted(told, key=lambda each: each.at)
    arrived = Arrived(exports=exports, connections=[HUGO_CONNECTED], passed=messages(*in_order).passed)
    ledger.arrive(arrived)
    for state in ledger.states.values():
        if verdict:
            ledger.decide(state.invitation, verdict, day(14))
    ledger.arrive(arrived)
    ids = [event.details["source_id"] for event in ledger.events if "source_id" in event.details]
    assert len(set(ids)) == len(ids)
