"""What `docs/inbox-import.md` shows is read as it says."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from motjuste.errors import UserError
from motjuste.inbox.export_file import read_export_file
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.pasted import read_pasted_invitation

PAGE = (Path(__file__).parents[1] / "docs" / "inbox-import.md").read_text("utf-8")
EXAMPLES = re.findall(r"```(csv|page)\n(.*?)```\n+```text\n(.*?)```", PAGE, re.DOTALL)


def described(invitation: Invitation) -> str:
    facts = [invitation.direction, invitation.name, f"{invitation.at:%Y-%m-%d %H:%M}"]
    facts += [invitation.contact.profile_key, " ".join(invitation.note.split())]
    return " · ".join(filter(None, facts))


def read_table(written: str) -> list[str]:
    file = read_export_file(written.encode(), "Invitations.csv")
    assert file.invitations is not None
    return [*map(described, file.invitations.invitations), *map(str, file.problems)]


def read_page(written: str) -> list[str]:
    try:
        pasted = read_pasted_invitation(written, now=datetime(2026, 2, 12, 15, 0))
    except UserError as error:
        return [str(error)]
    return [f"{what}: {' '.join(text.split())}" for what, text in pasted.took]


@pytest.mark.parametrize(("kind", "written", "read"), EXAMPLES, ids=[each[1][:30] for each in EXAMPLES])
def test_an_example_is_read_as_shown_below_it(kind: str, written: str, read: str) -> None:
    assert (read_table if kind == "csv" else read_page)(written) == read.splitlines()


def test_there_are_examples_of_both() -> None:
    assert [kind for kind, _, _ in EXAMPLES] == ["csv", "csv", "page", "page"]
