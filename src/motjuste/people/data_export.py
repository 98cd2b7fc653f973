"""The files of the network's data export, put together: one person, one contact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from motjuste.people.card import Contact
from motjuste.people.reading import Problem, Reading

# "Connections.csv", and in newer archives "Connections_123456.csv".
_FILES = re.compile(r"(connections|notes|invitations|messages|profile)(?:_\d+)?\.csv", re.IGNORECASE)


def export_file(name: str) -> str:
    """Which file of the data export is called so: "connections", "notes", …; "" for any other."""
    match = _FILES.fullmatch(name)
    return match[1].lower() if match else ""


def joined(readings: Iterable[Reading]) -> Reading:
    """What several files say, in one: people with the same profile are one, with the note of either."""
    people: dict[object, Contact] = {}
    problems: list[Problem] = []
    for reading in readings:
        problems += reading.problems
        for contact in reading.contacts:
            key: object = contact.profile_key or object()
            known = people.get(key)
            if known is None:
                people[key] = contact
            elif contact.note and contact.note not in known.note:
                people[key] = replace(known, note=f"{known.note} {contact.note}".strip())
    return Reading(tuple(people.values()), tuple(problems))
