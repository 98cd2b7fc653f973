"""What `docs/contacts.md` shows is read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motjuste.people.any_file import read_people
from motjuste.people.card import Contact

PAGE = (Path(__file__).parents[1] / "docs" / "contacts.md").read_text("utf-8")
# An example: what stands in a file, and who was read, one a line, or what was reported.
EXAMPLES = re.findall(r"```(json|csv|text)\n(.*?)```\n+```text\n(.*?)```", PAGE, re.DOTALL)


def described(contact: Contact) -> str:
    facts = [contact.formatted_name, contact.title, contact.organization, *contact.emails, *contact.phones]
    facts += [contact.profile_key, contact.connected_on.isoformat() if contact.connected_on else ""]
    return " · ".join(filter(None, facts))


@pytest.mark.parametrize(("kind", "written", "read"), EXAMPLES, ids=[each[1][:30] for each in EXAMPLES])
def test_an_example_is_read_as_shown_below_it(kind: str, written: str, read: str) -> None:
    reading = read_people(written.encode(), "people.csv" if kind == "csv" else "people")
    assert [*map(described, reading.contacts), *map(str, reading.problems)] == read.splitlines()


def test_there_are_examples_of_everything() -> None:
    assert len(EXAMPLES) == 7
