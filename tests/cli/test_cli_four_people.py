"""Four people with a full inbox, each with a policy of their own: soon all is decided, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.inbox_triage import export
from terminal import Motjuste

MANY = 150


@pytest.mark.parametrize("policy", ["strong-ties", "open-network", "four-criteria", "reply-to-reasons"])
def test_whoever_has_many_invitations_decides_on_all_of_them_in_their_own_way(
    motjuste: Motjuste, profile: Path, tmp_path: Path, policy: str
) -> None:
    keys, tables = profile.read_text("utf-8").split("\n[[doors]]", 1)
    interests = '[interests]\npositions = ["recruteur", "journaliste", "archiviste"]\n'
    profile.write_text(f'{keys}default_policy = "{policy}"\n[[doors]]{tables}{interests}', "utf-8")
    (tmp_path / "Invitations.csv").write_bytes(export(MANY))
    assert motjuste("inbox", "import", str(tmp_path / "Invitations.csv"), "--json").document["new"] == MANY

    proposed = motjuste("inbox", "triage", "--json").document
    assert (proposed["policy"], sum(proposed["counts"].values())) == (policy, MANY)
    taken = motjuste("inbox", "triage", "--take", "--yes")
    assert (taken.code, "motjuste inbox undo" in taken.err) == (0, True)
    listed = motjuste("inbox", "list", "--json").document["invitations"]
    decided = [each["verdict"] for each in listed if each["verdict"]]
    # What the policy leaves to the person is theirs to see, and nothing else waits.
    assert len(decided) == MANY - proposed["counts"]["look"]
    assert all(each["reasons"] for each in listed if each["verdict"])

    asked = proposed["counts"]["ask"]
    due = motjuste("inbox", "due", "--on", "2036-01-01", "--json").document["due"]
    assert len([each for each in due if each["kind"] == "remove"]) == asked
    assert motjuste("inbox", "undo").code == 0
    assert {each["state"] for each in motjuste("inbox", "list", "--json").document["invitations"]} == {"waiting"}
