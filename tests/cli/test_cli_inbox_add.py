"""`motjuste inbox add`: one invitation by hand, or as it was copied from the network's page."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from terminal import Ended, Motjuste

from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.invitation import ADDED, PASTED, Invitation

PAGE = """\
Hugo Martin
Directeur marketing chez Acme
3 relations en commun
Bonjour Camille,

votre article m’a plu.
Ignorer
Accepter
"""
EXPLAINED = """\
name          Hugo Martin
position      Directeur marketing
organization  Acme
mutual        3
received      {} (today, as nothing says when)
note          Bonjour Camille, votre article m’a plu.
"""


def inbox() -> list[Invitation]:
    return [state.invitation for state in own_mailroom().states().values()]


def clipboard(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A clipboard tool that is ours, in place of xclip, with `text` on its clipboard."""
    tool = folder / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\n[ "$3" = -o ] && cat "$0.text"\n', "utf-8")
    tool.chmod(0o755)
    tool.with_name("xclip.text").write_text(text, "utf-8")
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")


def test_one_is_added_by_hand_with_all_that_is_known(motjuste: Motjuste) -> None:
    done = motjuste(
        "inbox", "add", "Hugo Martin", "--note", "Bonjour,\nvotre article", "--position", "Directeur", "--organization",
        "Acme", "--profile", "https://www.linkedin.com/in/hugo", "--mutual", "3", "--group", "Club presse", "--group",
        "Papier", "--at", "2026-02-12 11:44",
    )  # fmt: skip
    hugo = Invitation(
        name="Hugo Martin",
        at=datetime(2026, 2, 12, 11, 44),
        note="Bonjour,\nvotre article",
        position="Directeur",
        organization="Acme",
        profile_url="https://www.linkedin.com/in/hugo",
        mutual=3,
        groups=("Club presse", "Papier"),
        source=ADDED,
    )
    assert done == Ended(0, f"{hugo.id}  Hugo Martin · Directeur, Acme · 2026-02-12\n", "")
    assert inbox() == [hugo]


def test_without_a_date_it_came_today_at_a_time_that_is_not_known(motjuste: Motjuste) -> None:
    days = [date.today()]
    document = motjuste("inbox", "add", "Hugo Martin", "--json").document
    days.append(date.today())
    (hugo,) = inbox()
    assert hugo.at in [datetime.combine(day, time()) for day in days]
    assert (hugo.mutual, hugo.groups, hugo.note) == (None, None, "")
    assert document == {
        "added": True,
        "learned": [],
        "id": hugo.id,
        "person": "Hugo Martin",
        "received": hugo.at.isoformat(timespec="minutes"),
        "took": {},
        "left_out": [],
    }


def test_the_note_may_come_from_standard_input(motjuste: Motjuste) -> None:
    motjuste("inbox", "add", "Hugo Martin", "--note", "-", stdin="Bonjour,\n\nvoilà.\n")
    assert inbox()[0].note == "Bonjour,\n\nvoilà."


def test_adding_again_changes_nothing_but_what_was_not_known(motjuste: Motjuste) -> None:
    motjuste("inbox", "add", "Hugo Martin", "--at", "2026-02-12")
    before = inbox()
    again = motjuste("inbox", "add", "hugo martin", "--at", "2026-02-14")
    told = "this one is in the inbox already; "
    assert again == Ended(0, f"{before[0].id}  Hugo Martin · 2026-02-12\n", f"{told}nothing was added\n")
    assert inbox() == before
    more = motjuste("inbox", "add", "Hugo Martin", "--at", "2026-02-12", "--mutual", "2", "--profile", "x/in/hugo")
    assert more.err == f"{told}added to it: profile url, mutual\n"
    (hugo,) = inbox()
    assert (hugo.id, hugo.mutual, hugo.profile_url) == (before[0].id, 2, "x/in/hugo")
    document = motjuste("inbox", "add", "Hugo Martin", "--at", "2026-02-12", "--position", "Coach", "--json").document
    assert (document["added"], document["learned"]) == (False, ["position"])


@pytest.mark.parametrize("way", ["clipboard", "standard input"])
def test_a_copied_page_is_read_and_what_was_taken_for_what_is_said(
    motjuste: Motjuste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "clipboard":
        clipboard(tmp_path, monkeypatch, PAGE)
        done = motjuste("inbox", "add", "--paste")
    else:
        done = motjuste("inbox", "add", "-", stdin=PAGE)
    (hugo,) = inbox()
    day = hugo.at.date()
    assert done == Ended(0, f"{hugo.id}  Hugo Martin · Directeur marketing, Acme · {day}\n", EXPLAINED.format(day))
    assert (hugo.note, hugo.mutual, hugo.source) == ("Bonjour Camille,\n\nvotre article m’a plu.", 3, PASTED)


def test_what_is_said_wins_over_what_was_copied(
    motjuste: Motjuste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard(tmp_path, monkeypatch, PAGE)
    motjuste("inbox", "add", "Hugo Martin-Roy", "--paste", "--mutual", "5", "--note", "", "--at", "2026-02-12")
    (hugo,) = inbox()
    assert (hugo.name, hugo.mutual, hugo.note, hugo.at) == ("Hugo Martin-Roy", 5, "", datetime(2026, 2, 12))


def test_a_page_completes_what_a_file_told(motjuste: Motjuste) -> None:
    room = own_mailroom()
    room.receive([Invitation(name="Hugo Martin", at=datetime.now().replace(microsecond=0), profile_url="x/in/hugo")])
    done = motjuste("inbox", "add", "-", stdin=PAGE)
    told = "this one is in the inbox already; added to it: note, position, organization, mutual\n"
    assert done.err.endswith(told)
    (hugo,) = inbox()
    assert (hugo.profile_url, hugo.position, hugo.mutual) == ("x/in/hugo", "Directeur marketing", 3)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "nobody is named; for example: motjuste inbox add \"Hugo Martin\", or --paste for the clipboard"),
        ([" "], 1, "' ' names nobody; for example: motjuste inbox add \"Hugo Martin\""),
        (["-", "--note", "-"], 2, "only one of NAME and --note can be standard input; give the other one as text"),
        (["-"], 1, "the text is empty; copy the invitation on the network's page, then try again"),
        (["H", "--profile", "hugo"], 1,
         "--profile 'hugo' is no profile's address; it reads like https://www.linkedin.com/in/hugo-martin"),
        (["H", "--mutual", "drei"], 1, "--mutual 'drei' is no number of connections; for example --mutual 3"),
        (["H", "--mutual", "-1"], 1, "--mutual '-1' is no number of connections; for example --mutual 3"),
        (["H", "--at", "02/03/2026"], 1,
         "--at '02/03/2026' is no date that can be told for sure; write it like 2026-02-28, or \"2026-02-28 14:05\""),
        (["H", "--at", "9999-01-01"], 1, "--at '9999-01-01' is still to come; it says when the invitation came"),
        (["--paste"], 1,
         "there is no display, so there is no clipboard to read; give the text as a file, or - for standard input"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_and_nothing_is_added(
    motjuste: Motjuste, arguments: list[str], code: int, told: str
) -> None:
    assert motjuste("inbox", "add", *arguments) == Ended(code, "", f"motjuste: {told}\n")
    assert inbox() == []
