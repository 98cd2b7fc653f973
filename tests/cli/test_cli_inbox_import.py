"""`motjuste inbox import`: from the files of the data export to what waits here."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import Ended, Motjuste

from motjuste.adapters.ledger_export import export as exported
from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision

FOLDER = Path(__file__).parent.parent / "data" / "inbox"
INVITATIONS = str(FOLDER / "invitations_since_2023.csv")
MESSAGES = str(FOLDER / "messages.csv")
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Léa,Petit,https://www.linkedin.com/in/l%C3%A9a-petit,,,,20 Feb 2026\n"
)
LEFT_OUT = "messages left out: 1 advertising, 1 spam, 1 drafts, 1 in groups\n"
HUGO = {"person": "Hugo Martin", "received": "2026-02-12T11:44"}
LEA = {"person": "Léa Petit", "received": "2026-02-11T09:05"}


def ids() -> dict[str, str]:
    return {state.invitation.contact.display_name: id for id, state in own_mailroom().states().items()}


def states() -> dict[str, str]:
    found = own_mailroom().states().values()
    return {state.invitation.contact.display_name: state.name for state in found}


@pytest.fixture
def export(tmp_path: Path) -> str:
    path = tmp_path / "Basic.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(INVITATIONS, "Invitations.csv")
        archive.write(MESSAGES, "messages.csv")
        archive.writestr("Connections.csv", CONNECTIONS)
        archive.writestr("Profile.csv", "First Name,Last Name,Headline,Summary\nCamille,Roy,Journaliste,\n")
    return str(path)


def test_importing_again_changes_nothing(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "import", INVITATIONS) == Ended(0, "3 new, 0 known, 1 sent, 0 accepted, 0 answered\n", "")
    before = own_mailroom().ledger.events()
    for name in ("invitations_since_2023.csv", "invitations_until_2023.csv", "invitations_spreadsheet.csv"):
        done = motjuste("inbox", "import", str(FOLDER / name))
        assert done.out.startswith("0 new, "), done
        assert done.err == ""
    assert own_mailroom().ledger.events() == before


def test_the_whole_export_tells_who_was_accepted_and_who_wrote(motjuste: Motjuste, export: str) -> None:
    done = motjuste("inbox", "import", export)
    assert done.out == "3 new, 0 known, 1 sent, 1 accepted, 0 answered\n"
    assert done.err == (
        "Basic.zip/Profile.csv: this is the export of Camille Roy (Journaliste)\n"
        + LEFT_OUT
        + f"connections compared: 1; add them to your address book with 'motjuste contacts import {export}'\n"
    )
    assert states() == {
        "N. T.": "waiting", "Ana Silva": "waiting", "Léa Petit": "accepted", "Hugo Martin": "waiting"
    }  # fmt: skip
    again = motjuste("inbox", "import", export)
    assert (again.code, again.out) == (0, "0 new, 4 known, 0 sent, 0 accepted, 0 answered\n")


def test_an_answer_to_a_request_is_found_among_the_messages(motjuste: Motjuste) -> None:
    motjuste("inbox", "import", INVITATIONS)
    room = own_mailroom()
    hugo = room.find(ids()["Hugo Martin"]).invitation
    room.decide([Decision(hugo, Verdict(verdict="ask"))])
    done = motjuste("inbox", "import", MESSAGES, "--json")
    assert done.document == {
        "new": 0, "known": 0, "completed": 0, "sent": 0, "accepted": 0, "answered": 1, "restored": 0,
        "invitations": [{"what": "answered", "id": hugo.id, **HUGO}],
        "gone": [],
        "left_out": {"sponsored": 1, "spam": 1, "drafts": 1, "hidden": 0, "groups": 1},
        "problems": [],
        "dry_run": False,
    }  # fmt: skip
    assert (states()["Hugo Martin"], room.find(hugo.id).answer) == ("answered", "need")
    assert not any("papier" in str(event) for event in room.ledger.events() if event.kind != "received")


def test_a_newer_export_completes_what_an_older_one_told(motjuste: Motjuste) -> None:
    motjuste("inbox", "import", str(FOLDER / "invitations_until_2023.csv"))
    done = motjuste("inbox", "import", INVITATIONS)
    assert done.out == "2 new, 2 known, 0 sent, 0 accepted, 0 answered\n"
    assert done.err == "known invitations of which more is told now: 2\n"
    hugo = own_mailroom().states()[ids()["Hugo Martin"]].invitation
    assert (hugo.profile_url, hugo.note[:16]) == ("https://www.linkedin.com/in/hugo-martin-1", "Bonjour Camille,")
    assert motjuste("inbox", "import", INVITATIONS).err == ""


def test_a_dry_run_shows_what_would_happen_and_records_nothing(motjuste: Motjuste, home: Path) -> None:
    done = motjuste("inbox", "import", INVITATIONS, "--dry-run")
    assert done.out == (
        "new       N. T., 2025-12-31\n"
        "new       Léa Petit, 2026-02-11\n"
        "new       Hugo Martin, 2026-02-12\n"
        "sent      Ana Silva, 2026-01-30\n"
        "it would be 3 new, 0 known, 1 sent, 0 accepted, 0 answered; nothing was recorded\n"
    )
    assert os.listdir(home) == []


def test_the_file_may_come_from_standard_input(motjuste: Motjuste) -> None:
    done = motjuste("inbox", "import", "-", stdin=Path(INVITATIONS).read_bytes())
    assert done.out == "3 new, 0 known, 1 sent, 0 accepted, 0 answered\n"
    hurt = (FOLDER / "invitations_hurt.csv").read_bytes()
    done = motjuste("inbox", "import", "-", "--json", stdin=hurt)
    assert done.document["problems"][0].startswith("standard input:2: a quotation mark is not closed")


def test_what_a_newer_export_lacks_is_told_with_what_can_be_concluded(
    motjuste: Motjuste, tmp_path: Path
) -> None:
    motjuste("inbox", "import", INVITATIONS)
    rows = Path(INVITATIONS).read_text("utf-8").replace("Léa Petit,Camille Roy", "Zoé Roy,Camille Roy")
    newer = tmp_path / "Invitations.csv"
    newer.write_text(rows.replace("l%C3%A9a-petit", "zoe"), "utf-8")
    told = "open invitations that are no longer in the export: 1; "
    done = motjuste("inbox", "import", str(newer))
    assert done.out == "1 new, 3 known, 0 sent, 0 accepted, 0 answered\n"
    line = f"  {ids()['Léa Petit']}  Léa Petit, 2026-02-11\n"
    assert done.err == (
        f"{told}accepted, ignored or withdrawn on the site, and which of it the files do not tell\n{line}"
    )
    connections = tmp_path / "Connections.csv"
    connections.write_text(CONNECTIONS.replace("l%C3%A9a-petit", "paul"), "utf-8")
    done = motjuste("inbox", "import", str(newer), str(connections))
    why = "not among your connections either, so ignored or withdrawn on the site, or you parted since"
    assert done.err.endswith(f"{told}{why}\n{line}")
    assert motjuste("inbox", "import", str(newer), "--json").document["gone"] == [{"id": ids()["Léa Petit"], **LEA}]


def test_connections_say_nothing_of_an_invitation_without_a_profile(motjuste: Motjuste, tmp_path: Path) -> None:
    connections = tmp_path / "Connections.csv"
    connections.write_text(CONNECTIONS, "utf-8")
    done = motjuste("inbox", "import", str(FOLDER / "invitations_until_2023.csv"), str(connections))
    assert done.err.endswith(
        "open invitations without a profile's address, which no connection could be compared with: 2\n"
    )


def test_messages_alone_may_not_tell_who_is_who(motjuste: Motjuste, tmp_path: Path) -> None:
    messages = tmp_path / "messages.csv"
    messages.write_text("\n".join(Path(MESSAGES).read_text("utf-8").splitlines()[:5]), "utf-8")
    wrong = (
        "the messages do not tell who of their people is you; import it together with Invitations.csv, or import the "
        "whole zip of the data export"
    )
    assert motjuste("inbox", "import", str(messages)) == Ended(1, "", f"motjuste: {wrong}\n")


def test_invitations_tell_who_is_who_in_the_messages_beside_them(motjuste: Motjuste, tmp_path: Path) -> None:
    messages = tmp_path / "messages.csv"
    messages.write_text("\n".join(Path(MESSAGES).read_text("utf-8").splitlines()[:5]), "utf-8")
    assert motjuste("inbox", "import", str(messages), INVITATIONS).code == 0
    assert motjuste("inbox", "show", "hugo", "--json").document["last_writer"] == "them"


def test_the_profile_may_tell_who_is_who(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    messages = tmp_path / "messages.csv"
    messages.write_text("\n".join(Path(MESSAGES).read_text("utf-8").splitlines()[:5]), "utf-8")
    done = motjuste("inbox", "import", str(messages))
    assert done == Ended(0, "0 new, 0 known, 0 sent, 0 accepted, 0 answered\n", "")
    profile.write_text("name = 1", "utf-8")
    assert motjuste("inbox", "import", INVITATIONS).code == 0


def test_one_file_that_cannot_be_read_does_not_stop_the_others(motjuste: Motjuste, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.csv")
    done = motjuste("inbox", "import", gone, INVITATIONS)
    assert (done.code, done.out) == (1, "3 new, 0 known, 1 sent, 0 accepted, 0 answered\n")
    assert done.err == f"{gone} cannot be read: no such file or directory; check the path and the rights of the file\n"
    done = motjuste("inbox", "import", gone)
    assert done == Ended(1, "", f"motjuste: {done.err.removeprefix('motjuste: ')}")


def test_many_problems_do_not_scroll_the_others_away(motjuste: Motjuste, tmp_path: Path) -> None:
    path = tmp_path / "Invitations.csv"
    path.write_text(Path(INVITATIONS).read_text("utf-8") + "\nZoé,C,nie,,INCOMING,," * 25, "utf-8")
    done = motjuste("inbox", "import", str(path))
    assert done.out.startswith("3 new")
    lines = done.err.splitlines()
    assert lines[0] == "Invitations.csv:9: the date 'nie' cannot be read: the row was left out"
    assert (len(lines), lines[-1]) == (21, "5 more like these: see all with --json")
    assert len(motjuste("inbox", "import", str(path), "--json").document["problems"]) == 25


def test_an_export_of_the_ledger_is_restored(motjuste: Motjuste, tmp_path: Path) -> None:
    motjuste("inbox", "import", INVITATIONS)
    saved = tmp_path / "ledger.jsonl"
    saved.write_text("\n".join(exported(own_mailroom().ledger, at=datetime(2026, 3, 1, tzinfo=UTC))), "utf-8")
    for file in (tmp_path / "home").glob("ledger.db*"):
        file.unlink()
    dry = motjuste("inbox", "import", str(saved), "--dry-run")
    assert dry.err == "ledger.jsonl: this is an export of the ledger, which would be restored\n"
    assert states() == {}
    counts = "0 new, 0 known, 0 sent, 0 accepted, 0 answered"
    done = motjuste("inbox", "import", str(saved))
    assert done == Ended(0, f"{counts}, 4 events restored and 0 known\n", "")
    assert len(states()) == 4
    again = motjuste("inbox", "import", str(saved), INVITATIONS)
    assert again.out == "0 new, 4 known, 0 sent, 0 accepted, 0 answered, 0 events restored and 4 known\n"
