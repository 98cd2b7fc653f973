"""What the ledger says before a message to somebody, and that it was copied; the ledger's troubles cost no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from motjuste.adapters.settings import Places
from motjuste.compose import Message
from motjuste.desk import Desk
from motjuste.errors import UserError
from motjuste.people.card import Contact

if TYPE_CHECKING:
    from motjuste.mailroom import Mailroom


class Correspondence:
    """The ledger, as far as a single message is concerned. `notes` are for stderr."""

    def __init__(self, places: Places, at: Desk) -> None:
        self._places = places
        self._at = at
        self.notes: list[str] = []

    def before(self, message: Message) -> None:
        """Say what was written to the same person before."""
        if _is_somebody(message.contact) and self._places.ledger.exists():
            with self._room() as room:
                known = room.before_writing(message.contact, message.rendered.channel)
                if known:
                    self.notes.append(f"motjuste: {known}")

    def copied(self, message: Message) -> None:
        """Remember that the text was copied for the person, never the text."""
        if _is_somebody(message.contact):
            with self._room() as room:
                room.wrote(
                    "copied",
                    message.contact,
                    template=message.template.name,
                    channel=message.rendered.channel,
                    length=message.rendered.length,
                )

    @contextmanager
    def _room(self) -> Iterator[Mailroom]:
        # The ledger's code takes some ten milliseconds to load, for which a text without it need not wait.
        from motjuste.mailroom import mailroom

        try:
            yield mailroom(self._places, self._at.book, now=lambda: datetime.now(UTC))
        except UserError as problem:
            line = f"motjuste: {problem}"
            # Reading and recording fail for the same reason; once is enough.
            self.notes += [line] if line not in self.notes else []


def inviting_people(places: Places, at: Desk, name: str) -> Sequence[Contact]:
    """Those who have no card, but an invitation, and whom the name, the profile or an invitation's id means."""
    if not places.ledger.exists():
        return ()
    from motjuste.mailroom import SHORTEST_ID, mailroom
    from motjuste.people.search import find

    states = mailroom(places, at.book, now=lambda: datetime.now(UTC)).states()
    beginning = name.casefold()
    by_id = [
        state.invitation.contact
        for id, state in states.items()
        if len(beginning) >= SHORTEST_ID and id.startswith(beginning)
    ]
    return by_id or find(name, [state.invitation.contact for state in states.values()])


def _is_somebody(contact: Contact) -> bool:
    """Whether the contact says who it is, so that something can be remembered of them."""
    return bool(contact.profile_key or contact.emails or contact.display_name)
