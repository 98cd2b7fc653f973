"""`motjuste inbox due`, `mark` and `export`: nobody is forgotten, and what happened elsewhere is recorded."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from terminal import Ended, Motjuste, card

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.ledger_export import Restored, export, restore
from motjuste.adapters.settings import Places
from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.events import KINDS, Event
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom

THEN = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)


def invitation(name: str, **more: str) -> Invitation:
    slug = name.casefold().replace(" ", "-").replace("é", "e")
    return Invitation(
        name=name, at=datetime(2026, 2, 1, 9, 0), profile_url=f"https://www.linkedin.com/in/{slug}", **more
    )


LEA, HUGO, ANA = (
    invitation("Léa Petit"),
    invitation("Hugo Martin"),
    invitation("Ana Sol", direction="outgoing"),
)


@pytest.fixture
def room(home: Path) -> Mailroom:
    """A ledger with three invitations."""
    places = Places.from_environment(os.environ)
    book = VCardFolder(places.contacts, places.current_contact, now=lambda: THEN)
    room = Mailroom(LedgerFile(places.ledger), book, now=lambda: THEN)
    room.receive([LEA, HUGO, ANA])
    return room


def asked(room: Mailroom, *invitations: Invitation) -> None:
    verdict = Verdict(verdict="ask", template="ask", follow_up_days=7)
    room.decide(Decision(each, verdict) for each in invitations)
    for each in invitations:
        room.note("copied", each, template="ask")


def states() -> dict[str, str]:
    return {state.invitation.name: state.name for state in own_mailroom().states().values()}


def test_who_has_not_answered_is_due_with_the_command_to_type(room: Mailroom, motjuste: Motjuste) -> None:
    asked(room, LEA)
    room.note("answered", HUGO, kind="need")
    assert motjuste("inbox", "due", "--on", "2026-02-08").out.splitlines() == [
        "answer  Hugo Martin  answered on 2 Feb: they need something  motjuste answer hugo-martin --kind need --copy",
        "1 is due; next on 9 Feb",
    ]
    assert motjuste("inbox", "due", "--on", "2026-02-09").out.splitlines() == [
        "answer  Hugo Martin  answered on 2 Feb: they need something  motjuste answer hugo-martin --kind need --copy",
        f"remove  Léa Petit    asked on 2 Feb, no answer               motjuste inbox mark {LEA.id} removed",
        "2 are due",
    ]


def test_the_document_says_the_same(room: Mailroom, motjuste: Motjuste, home: Path) -> None:
    (home / "profile.toml").write_text('tier = "free"\nnotes_per_month = 3\n', "utf-8")
    asked(room, LEA)
    room.invited(HUGO.contact, with_note=True)
    done = motjuste("inbox", "due", "--on", "2026-02-09", "--json")
    assert (done.code, done.document) == (
        0,
        {
            "on": "2026-02-09",
            "due": [
                {
                    "kind": "remove",
                    "on": "2026-02-09",
                    "id": LEA.id,
                    "person": "Léa Petit",
                    "profile_url": LEA.profile_url,
                    "state": "ask",
                    "reason": "asked on 2 Feb, no answer",
                    "command": f"motjuste inbox mark {LEA.id} removed",
                }
            ],
            "notes": {"limit": 3, "used": 1, "left": 2, "sent": 1, "written": 0},
        },
    )


def test_the_commands_write_to_the_people_whether_they_have_a_card_or_not(
    room: Mailroom, motjuste: Motjuste, home: Path
) -> None:
    unnamed = Invitation(name="Zoé Roy", at=HUGO.at)
    hyphen = Invitation(name="Paul Noir", at=HUGO.at, profile_url="linkedin.com/in/-paul")
    room.receive([unnamed, hyphen])
    for each, kind in ((HUGO, "pitch"), (unnamed, "other"), (hyphen, "need")):
        room.note("answered", each, kind=kind)
    room.note("withdrawn", ANA)
    (home / "contacts").mkdir()
    (home / "contacts" / "hugo.vcf").write_text(card(HUGO.name, url=HUGO.profile_url), "utf-8")
    (home / "profile.toml").write_text('name = "Camille Roy"\nlanguage = "fr-FR"\n', "utf-8")
    lines = motjuste("inbox", "due", "--on", "2026-02-23").out.splitlines()
    commands = [line.partition("  motjuste ")[2] for line in lines[:-1]]
    assert commands == [
        "answer hugo-martin --kind pitch --copy",
        f"answer {unnamed.id} --copy",
        f"answer {hyphen.id} --kind need --copy",
        "invite ana-sol --copy",
    ]
    greeted = [motjuste(*command.removesuffix(" --copy").split()).out.split(",")[0] for command in commands]
    assert greeted == ["Bonjour Hugo", "Bonjour Zoé", "Bonjour Paul", "Bonjour Ana"]


def test_a_free_account_is_told_how_many_notes_are_left(
    room: Mailroom, motjuste: Motjuste, home: Path
) -> None:
    (home / "profile.toml").write_text('tier = "free"\n', "utf-8")
    room.invited(HUGO.contact, with_note=True)
    room.wrote("copied", LEA.contact, template="invite", channel="linkedin-note", length=120)
    assert motjuste("inbox", "due", "--on", "2026-02-09").out.splitlines() == [
        "nothing is due",
        "3 of 5 notes left in February: 1 sent with a note, 1 copied or typed and not known as sent",
    ]


def test_on_a_paid_account_notes_are_not_counted(room: Mailroom, motjuste: Motjuste) -> None:
    assert motjuste("inbox", "due").out == "nothing is due\n"
    assert motjuste("inbox", "due", "--json").document["notes"] is None


def test_a_mistake_in_the_profile_hides_nothing_that_is_due(
    room: Mailroom, motjuste: Motjuste, home: Path
) -> None:
    (home / "profile.toml").write_text('teir = "free"\n', "utf-8")
    asked(room, LEA)
    done = motjuste("inbox", "due", "--on", "2026-02-09")
    assert done.out.splitlines()[-1] == "1 is due"
    assert done.err == f"motjuste: {home}/profile.toml:1: unknown key 'teir'; did you mean 'tier'?\n"


def test_a_day_that_is_none_is_told(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "due", "--on", "tomorrow") == Ended(
        2, "", "motjuste: --on wants a day such as 2026-02-19, not 'tomorrow'\n"
    )


def test_the_calendar_file_holds_what_is_due_now_and_later(
    room: Mailroom, motjuste: Motjuste, tmp_path: Path
) -> None:
    asked(room, LEA)
    room.note("withdrawn", ANA)
    file = tmp_path / "due.ics"
    done = motjuste("inbox", "due", "--on", "2026-02-03", "--ics", str(file))
    assert (done.out, done.err) == ("nothing is due; next on 9 Feb\n", f"2 in the calendar file {file}\n")
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) for event in events] == [
        ("Remove the invitation of Léa Petit", "2026-02-09"),
        ("Ana Sol may be invited again", "2026-02-23"),
    ]


def test_the_calendar_goes_to_standard_output_as_it_would_into_a_file(
    room: Mailroom, motjuste: Motjuste
) -> None:
    asked(room, LEA)
    done = motjuste("inbox", "due", "--ics", "-")
    assert done.out.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert len(Calendar.from_ical(done.out).walk("VEVENT")) == 1
    assert motjuste("inbox", "due", "--ics", "-", "--json").code == 2


def test_several_are_marked_in_one_step_that_one_undo_takes_back(room: Mailroom, motjuste: Motjuste) -> None:
    done = motjuste("inbox", "mark", LEA.id[:5], "hugo", "removed", "--json")
    assert done.err == "marked removed: Léa Petit, Hugo Martin\n"
    assert done.document == {
        "marked": [
            {"id": LEA.id, "person": "Léa Petit", "state": "removed"},
            {"id": HUGO.id, "person": "Hugo Martin", "state": "removed"},
        ],
        "unchanged": [],
    }
    assert states() == {"Léa Petit": "removed", "Hugo Martin": "removed", "Ana Sol": "waiting"}
    motjuste("inbox", "undo")
    assert states() == {"Léa Petit": "waiting", "Hugo Martin": "waiting", "Ana Sol": "waiting"}


def test_what_is_so_already_is_left_as_it_is(room: Mailroom, motjuste: Motjuste) -> None:
    motjuste("inbox", "mark", "Léa Petit", "accepted")
    done = motjuste("inbox", "mark", "lea-petit", "Ana Sol", "accepted")
    assert done.err.splitlines() == [
        "marked accepted: Ana Sol",
        "accepted already, so left as it is: Léa Petit",
    ]
    assert len(own_mailroom().ledger.events()) == 5


def test_an_answer_has_a_kind_which_can_be_mended(room: Mailroom, motjuste: Motjuste) -> None:
    motjuste("inbox", "mark", "lea", "answered")
    assert (
        motjuste("inbox", "mark", "lea", "answered").err == "answered already, so left as it is: Léa Petit\n"
    )
    motjuste("inbox", "mark", "lea", "answered", "--kind", "pitch")
    assert own_mailroom().find(LEA.id).answer == "pitch"


def test_the_same_one_named_twice_is_marked_once(room: Mailroom, motjuste: Motjuste) -> None:
    assert motjuste("inbox", "mark", "lea", LEA.id, "removed").err == "marked removed: Léa Petit\n"


def test_of_several_invitations_by_somebody_the_open_one_is_meant(room: Mailroom, motjuste: Motjuste) -> None:
    earlier = Invitation(name="Léa Petit", at=LEA.at - timedelta(days=300), profile_url=LEA.profile_url)
    later = Invitation(name="Léa Petit", at=LEA.at + timedelta(days=3), profile_url=LEA.profile_url)
    room.receive([earlier, later])
    room.note("removed", later)
    motjuste("inbox", "mark", "lea", "accepted")
    by_id = own_mailroom().states()
    assert [by_id[each.id].name for each in (earlier, LEA, later)] == ["waiting", "accepted", "removed"]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        pytest.param(
            ("lea", "remove"),
            2,
            "the state comes last, and 'remove' is none; did you mean 'removed'?",
            id="a typo",
        ),
        pytest.param(
            ("removed",),
            2,
            "no invitation is named; for example: motjuste inbox mark 3f2a removed",
            id="nobody named",
        ),
        pytest.param(
            ("lea", "xyz"),
            2,
            "the state comes last, and 'xyz' is none; known: answered, accepted, removed, withdrawn, sent",
            id="no state",
        ),
        pytest.param(
            ("lea", "withdrawn"),
            1,
            "Léa Petit cannot be marked withdrawn: it was received, and only what you sent can be withdrawn; "
            "nothing was recorded",
            id="withdrawing what was received",
        ),
        pytest.param(
            ("ana", "removed"),
            1,
            "Ana Sol cannot be marked removed: you sent it; mark it withdrawn; nothing was recorded",
            id="removing what was sent",
        ),
        pytest.param(
            ("lea", "nobody", "removed"),
            4,
            "nobody with an invitation is called 'nobody'; see 'motjuste inbox list'; an id says exactly which one",
            id="nobody of that name",
        ),
        pytest.param(
            ("lea", "removed", "--kind", "need"), 2, "--kind need does not go with removed", id="kind"
        ),
        pytest.param(
            ("lea", "answered", "--kind", "call"),
            2,
            "--kind wants need, pitch, other, not 'call'",
            id="no kind",
        ),
        pytest.param(
            ("lea", "removed", "--note"),
            2,
            "--note does not go with removed; it is for an invitation that you sent",
            id="a note of what was received",
        ),
    ],
)
def test_what_cannot_be_marked_is_told_and_nothing_is_recorded(
    room: Mailroom, motjuste: Motjuste, arguments: tuple[str, ...], code: int, line: str
) -> None:
    before = room.ledger.events()
    assert motjuste("inbox", "mark", *arguments) == Ended(code, "", f"motjuste: {line}\n")
    assert room.ledger.events() == before


def test_two_people_of_one_name_are_told_apart_by_their_ids(room: Mailroom, motjuste: Motjuste) -> None:
    namesake = Invitation(name="Léa Petit", at=LEA.at, profile_url="linkedin.com/in/another")
    room.receive([namesake])
    done = motjuste("inbox", "mark", "Léa Petit", "removed")
    assert (done.code, done.err.splitlines()) == (
        4,
        [
            "motjuste: 2 people with an invitation are called 'Léa Petit'; see 'motjuste inbox list'; "
            "an id says exactly which one",
            f"  {LEA.id}  Léa Petit · 2026-02-01",
            f"  {namesake.id}  Léa Petit · 2026-02-01",
        ],
    )


def test_of_a_crowd_with_one_name_some_are_listed(room: Mailroom, motjuste: Motjuste) -> None:
    room.receive(
        Invitation(name="Léa Petit", at=LEA.at, profile_url=f"linkedin.com/in/lea-{number}")
        for number in range(30)
    )
    done = motjuste("inbox", "mark", "Léa Petit", "removed")
    assert (done.err.splitlines()[0][:49], len(done.err.splitlines())) == (
        "motjuste: 31 people with an invitation are called",
        11,
    )


def test_a_withdrawn_invitation_can_be_taken_off_the_list(room: Mailroom, motjuste: Motjuste) -> None:
    for state in ("withdrawn", "removed"):
        motjuste("inbox", "mark", "ana", state)
    assert motjuste("inbox", "due", "--on", "2099-01-01").out == "nothing is due\n"


@pytest.fixture
def marie_in_book(home: Path) -> None:
    (home / "contacts").mkdir()
    url = "https://www.linkedin.com/in/marie"
    (home / "contacts" / "marie.vcf").write_text(card(url=url), "utf-8")


@pytest.mark.usefixtures("marie_in_book")
def test_an_invitation_that_stands_in_no_file_yet_can_be_recorded_and_taken_back(
    room: Mailroom, motjuste: Motjuste
) -> None:
    assert motjuste("inbox", "mark", "marie", "sent", "--note").err == "marked sent: Marie Dupont\n"
    assert motjuste("inbox", "mark", "marie", "sent").err == "sent already, so left as it is: Marie Dupont\n"
    told = room.ledger.events(people=["in:marie"])
    assert [(event.kind, event.details["note"]) for event in told] == [("sent", "yes")]
    assert motjuste("inbox", "undo").err == "taken back: sent, Marie Dupont\n"
    assert motjuste("inbox", "mark", "marie", "sent").err == "marked sent: Marie Dupont\n"
    assert list(states().values()) == ["waiting"] * 4


def test_all_of_it_is_exported_and_comes_back(room: Mailroom, motjuste: Motjuste, tmp_path: Path) -> None:
    asked(room, LEA, HUGO)
    file = tmp_path / "ledger.jsonl"
    assert motjuste("inbox", "export", "--to", str(file)) == Ended(0, "", f"7 events in {file}\n")
    assert file.stat().st_mode & 0o777 == 0o600
    printed = motjuste("inbox", "export").out.splitlines()[1:]
    assert file.read_text("utf-8").splitlines()[1:] == printed
    elsewhere = LedgerFile(tmp_path / "elsewhere.db")
    assert restore(elsewhere, file.read_bytes(), file.name) == Restored(added=7)
    assert elsewhere.events() == room.ledger.events()
    elsewhere.close()


def test_an_empty_ledger_is_exported_too(motjuste: Motjuste) -> None:
    done = motjuste("inbox", "export")
    assert (json.loads(done.out)["events"], done.err) == (0, "the ledger is empty: no event\n")


def test_an_export_that_finds_no_room_is_told_and_leaves_nothing(
    room: Mailroom, motjuste: Motjuste, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = motjuste("inbox", "export", "--to", str(tmp_path / "file" / "ledger.jsonl"))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"motjuste: the folder {tmp_path}/file cannot be made")


@pytest.mark.parametrize("command", [("due",), ("mark", "lea", "removed"), ("export",), ("undo",)])
def test_a_damaged_ledger_is_one_line_for_every_command(
    home: Path, motjuste: Motjuste, command: tuple[str, ...]
) -> None:
    (home / "ledger.db").write_bytes(b"x" * 5000)
    done = motjuste("inbox", *command)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(
        f"motjuste: the ledger {home}/ledger.db is damaged: file is not a database; it was"
    )


def finding(motjuste: Motjuste) -> tuple[bool, str]:
    [found] = [each for each in motjuste("doctor", "--json").document["findings"] if each["name"] == "ledger"]
    return found["fine"], found["says"]


def test_the_doctor_looks_at_the_ledger(room: Mailroom, motjuste: Motjuste, home: Path) -> None:
    assert finding(motjuste) == (True, "3 entries, sound")
    assert isinstance(room.ledger, LedgerFile)
    room.ledger.close()
    (home / "ledger.db").unlink()
    assert finding(motjuste) == (True, "nothing is recorded yet")


def test_the_doctor_finds_a_damaged_page_that_nothing_has_come_by(
    room: Mailroom, motjuste: Motjuste, home: Path
) -> None:
    assert isinstance(room.ledger, LedgerFile)
    room.ledger.record(
        Event(kind="copied", at=THEN, person="in:a", details={"x": "x" * 900}) for _ in range(200)
    )
    room.ledger.close()
    content = bytearray((home / "ledger.db").read_bytes())
    content[-4096:] = b"\xa5" * 4096
    (home / "ledger.db").write_bytes(content)
    fine, says = finding(motjuste)
    assert (fine, says.partition(": ")[0]) == (False, f"the ledger {home}/ledger.db is damaged")


def test_the_doctor_says_why_a_ledger_is_slow(
    room: Mailroom, motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(room.ledger, LedgerFile)
    room.ledger.close()
    monkeypatch.setattr("motjuste.adapters.ledger_opening.network_file_system", lambda folder: "cifs")
    assert finding(motjuste) == (
        True,
        "3 entries, sound, kept in a slower way: it is on a network file system (cifs)",
    )


def test_the_format_of_an_export_is_as_it_is_described(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
    described = page.partition("```json\n")[2].partition("```")[0]
    described_kinds = page.partition("| entry | when |")[2].partition("\n\n")[0]
    ledger = LedgerFile(tmp_path / "ledger.db")
    assert restore(ledger, described.encode(), "x") == Restored(added=2)
    written = list(export(ledger, at=datetime(2026, 2, 12, 12, 0, tzinfo=UTC)))
    assert "\n".join(written) == described.strip()
    assert [kind for kind in KINDS if kind not in described_kinds] == []
    ledger.close()
