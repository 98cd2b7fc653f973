"""A reply to an invitation that waits: what the invitation itself tells the message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from motjuste.adapters.settings import Places
from motjuste.desk import Desk
from motjuste.errors import UserError
from motjuste.people.who import Meant

if TYPE_CHECKING:
    from motjuste.inbox.invitation import Invitation

REPLIES = ("decline", "accept")
"""The messages that speak of the invitation."""


@dataclass(frozen=True)
class Told:
    """The fields that an invitation fills; none where nobody's is waiting."""

    invitation: Invitation | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    problem: UserError | None = None
    """Why the inbox could not be asked; the message is written all the same."""

    def explained(self, used: Mapping[str, str]) -> Iterator[str]:
        """The invitation, and which of its fields the person did not set otherwise."""
        if self.invitation is not None:
            kept = [f"{name} = {value}" for name, value in self.fields.items() if used.get(name) == value]
            told = f": {', '.join(kept)}" if kept else ""
            yield f"invitation {self.invitation.id}, received {self.invitation.at:%Y-%m-%d}{told}"


def told_by_invitation(places: Places, desk: Desk, meant: Meant, template: str) -> Told:
    """What the person's waiting invitation tells this template."""
    person = meant.contact
    if template not in REPLIES or person is None or person.do_not_contact or not places.ledger.exists():
        return Told()
    # Late: without an inbox, a message is written as fast as before.
    from motjuste.mailroom import mailroom
    from motjuste.triage import triage

    def now() -> datetime:
        return datetime.now(UTC)

    try:
        found = triage(places, desk, mailroom(places, desk.book, now=now), now=now).fields_for(person, template)
    except UserError as problem:
        return Told(problem=problem)
    return Told() if found is None else Told(found[0].invitation, found[1])
