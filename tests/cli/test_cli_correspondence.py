"""The messages know what was written before, and remember that they were copied; the ledger's troubles cost no text."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal import Motjuste, card

from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.events import Event
from motjuste.inbox.invitation import Invitation

TOOL = '#!/bin/sh\nif [ "$3" = -o ]; then cat "$0.text"; else cat > "$0.text"; fi\n'


@pytest.fixture
def clipboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clipboard tool that is ours, in place of xclip."""
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(TOOL, "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")


def recorded() -> list[tuple[str, str, str, dict[str, str]]]:
    """What the ledger holds, but for the time."""
    events = own_mailroom().ledger.events()
    return [(event.kind, event.person, event.invitation, dict(event.details)) for event in events]


@pytest.mark.usefixtures("profile", "clipboard")
def test_a_copied_message_is_remembered_without_its_text(motjuste: Motjuste, marie: Path, home: Path) -> None:
    done = motjuste("decline", str(marie), "--copy")
    length = str(len(done.out) - 1)
    details = {"template": "decline", "channel": "linkedin-message", "length": length}
    assert recorded() == [("copied", "mailto:marie@example.org", "", details)]
    data = b"".join(each.read_bytes() for each in home.glob("ledger.db*"))
    assert not any(line.encode() in data for line in done.out.splitlines() if line)


@pytest.mark.usefixtures("profile")
def test_a_message_that_is_only_printed_leaves_no_trace(motjuste: Motjuste, marie: Path, home: Path) -> None:
    assert motjuste("ask", str(marie)).code == 0
    assert not (home / "ledger.db").exists()


@pytest.mark.usefixtures("profile")
def test_a_message_that_could_not_be_copied_is_not_remembered(
    motjuste: Motjuste, marie: Path, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert motjuste("ask", str(marie), "--copy").code == 1
    assert not (home / "ledger.db").exists()


@pytest.mark.usefixtures("profile", "clipboard")
def test_a_message_for_nobody_in_particular_is_not_remembered(motjuste: Motjuste, home: Path) -> None:
    assert motjuste("decline", "--copy").code == 0
    assert not (home / "ledger.db").exists()


@pytest.mark.usefixtures("profile")
def test_what_a_window_copied_is_remembered_too(
    motjuste: Motjuste, marie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "motjuste.desktop.opening.write_in_window",
        lambda at, meant, request, last_words: at.write(request, meant),
    )
    motjuste("ask", str(marie), "--window")
    assert [(kind, details["template"]) for kind, *_, details in recorded()] == [("copied", "ask")]


@pytest.mark.usefixtures("profile", "clipboard")
@pytest.mark.parametrize("command", ["invite", "ask", "decline", "answer", "fill introduction"])
def test_before_a_second_message_to_somebody_one_line_says_so(
    motjuste: Motjuste, marie: Path, command: str
) -> None:
    motjuste("ask", str(marie), "--copy")
    done = motjuste(*command.split(), str(marie))
    assert done.err == "motjuste: you wrote to Marie today: ask\n"
    assert motjuste(*command.split(), str(marie), "--json").err == done.err


@pytest.mark.usefixtures("profile")
def test_whoever_was_invited_is_not_invited_again_unnoticed(motjuste: Motjuste, tmp_path: Path) -> None:
    zoe = tmp_path / "zoe.vcf"
    zoe.write_text(card("Zoé Roy", url="https://www.linkedin.com/in/zoe"), "utf-8")
    room = own_mailroom()
    invitation = Invitation(
        name="Zoé Roy", at=datetime(2020, 2, 3, 9, 0), profile_url="linkedin.com/in/zoe", direction="outgoing"
    )
    room.receive([invitation])
    assert (
        motjuste("invite", str(zoe)).err
        == "motjuste: you invited Zoé on 3 Feb 2020, and there is no answer yet\n"
    )
    assert motjuste("ask", str(zoe)).err == ""


@pytest.mark.usefixtures("profile", "clipboard")
def test_a_reply_is_counted_for_the_invitation_that_it_answers(motjuste: Motjuste, tmp_path: Path) -> None:
    zoe = tmp_path / "zoe.vcf"
    zoe.write_text(card("Zoé Roy", url="https://www.linkedin.com/in/zoe"), "utf-8")
    invitation = Invitation(name="Zoé Roy", at=datetime(2026, 2, 3, 9, 0), profile_url="linkedin.com/in/zoe")
    own_mailroom().receive([invitation])
    motjuste("decline", str(zoe), "--copy")
    assert own_mailroom().states()[invitation.id].replied_at is not None


@pytest.mark.usefixtures("profile", "clipboard")
@pytest.mark.parametrize("copy", [(), ("--copy",)], ids=["printed", "copied"])
def test_a_ledger_in_trouble_costs_a_line_and_no_text(
    motjuste: Motjuste, marie: Path, home: Path, copy: tuple[str, ...]
) -> None:
    (home / "ledger.db").write_bytes(b"x" * 5000)
    done = motjuste("decline", str(marie), *copy)
    assert (done.code, done.out[:13], done.err.count("\n")) == (0, "Bonjour Marie", 1)
    assert done.err.startswith(f"motjuste: the ledger {home}/ledger.db is damaged: file is not a database; ")
    assert (home / "ledger.db").read_bytes() == b"x" * 5000


@pytest.mark.usefixtures("profile")
def test_without_a_ledger_a_message_loads_none_of_its_code(marie: Path) -> None:
    program = (
        "import sys; from motjuste.__main__ import run; run(sys.argv[1:]); "
        "print(*(name for name in sys.modules if 'sqlite' in name or 'mailroom' in name), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "invite", str(marie)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == "\n"


@pytest.mark.usefixtures("profile", "clipboard")
def test_an_entry_of_another_person_says_nothing(motjuste: Motjuste, marie: Path) -> None:
    event = Event(
        kind="copied", at=datetime(2026, 2, 3, tzinfo=UTC), person="in:hugo", details={"template": "ask"}
    )
    own_mailroom().ledger.record([event])
    assert motjuste("ask", str(marie)).err == ""


INVITING = [
    Invitation(name=name, at=datetime(2026, 2, 3, 9, 0), profile_url=f"linkedin.com/in/{slug}")
    for name, slug in (("Zoé Roy, PhD", "zoe"), ("Paul Noir", "paul-1"), ("Paul Noir", "paul-2"))
]


@pytest.mark.usefixtures("profile")
@pytest.mark.parametrize("who", ["Zoé Roy", "zoe", INVITING[0].id, INVITING[0].id[:4].upper()])
def test_whoever_sent_an_invitation_can_be_written_to_without_a_card(motjuste: Motjuste, who: str) -> None:
    own_mailroom().receive(INVITING)
    done = motjuste("decline", who, "--json")
    assert (done.document["contact"]["formatted_name"], done.err) == ("Zoé Roy, PhD", "")


@pytest.mark.usefixtures("profile")
def test_a_card_comes_before_an_invitation(motjuste: Motjuste, tmp_path: Path) -> None:
    own_mailroom().receive(INVITING)
    zoe = tmp_path / "zoe.vcf"
    zoe.write_text(card("Zoé Roy", org="Nord"), "utf-8")
    motjuste("contacts", "import", str(zoe))
    assert motjuste("decline", "Zoé Roy", "--json").document["contact"]["organization"] == "Nord"


@pytest.mark.usefixtures("profile")
def test_several_who_sent_an_invitation_are_told_apart(motjuste: Motjuste) -> None:
    own_mailroom().receive(INVITING)
    done = motjuste("decline", "Paul Noir")
    assert (done.code, done.err.splitlines()) == (
        4,
        [
            "motjuste: 'Paul Noir' means 2 people equally; say more of the name, or give an e-mail address, "
            "a profile address or a card",
            "  Paul Noir · linkedin.com/in/paul-1",
            "  Paul Noir · linkedin.com/in/paul-2",
        ],
    )
    assert motjuste("decline", "Zénon").err.startswith(
        "motjuste: nobody in the address book is called 'Zénon'; it is empty: add"
    )
