"""`motjuste inbox`: its commands come from several files, and steps can be taken back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from terminal import Ended, Motjuste

from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision

LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 11, 9, 0), profile_url="linkedin.com/in/lea-petit")


def test_the_newest_decision_is_taken_back(home: Path, motjuste: Motjuste) -> None:
    room = own_mailroom()
    room.receive([LEA])
    room.decide([Decision(LEA, Verdict(verdict="decline"))])
    done = motjuste("inbox", "undo", "--json")
    assert (done.code, json.loads(done.out)) == (0, {"undone": [{"kind": "decided", "invitation": LEA.id}]})
    assert done.err == "taken back: decided, Léa Petit\n"
    assert own_mailroom().states()[LEA.id].name == "waiting"


def test_where_nothing_happened_there_is_nothing_to_take_back(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "undo") == Ended(0, "", "there is nothing to take back\n")


def test_a_typo_in_a_command_of_the_inbox_is_met_with_the_nearest(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "undoo").err == "motjuste: no such command: 'undoo'; did you mean 'undo'?\n"
    assert motjuste("inbox", "xyz").err == "motjuste: no such command: 'xyz'; see 'motjuste inbox --help'\n"


def test_a_text_that_belongs_to_no_invitation_is_taken_back_by_its_name(home: Path, motjuste: Motjuste) -> None:
    own_mailroom().wrote("copied", LEA.contact, template="invite", channel="linkedin-note", length=120)
    assert motjuste("inbox", "undo").err == "taken back: copied, invite\n"


def test_a_step_for_several_is_counted(home: Path, motjuste: Motjuste) -> None:
    hugo = Invitation(name="Hugo Martin", at=LEA.at, profile_url="linkedin.com/in/hugo")
    room = own_mailroom()
    room.receive([LEA, hugo])
    room.decide(Decision(each, Verdict(verdict="decline")) for each in (LEA, hugo))
    assert motjuste("inbox", "undo").err == "taken back: decided, 2 invitations\n"


def test_somebody_who_only_stands_in_the_inbox_is_advised_on_and_chosen(motjuste: Motjuste, profile: Path) -> None:
    own_mailroom().receive([LEA])
    assert motjuste("advise", "léa").code == 0
    assert motjuste("contacts", "use", "lea petit").err == "the next messages are for Léa Petit\n"
    assert motjuste("ask").out.startswith("Bonjour Léa,")
