"""An invitation, received or sent, and what identifies the person in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motjuste.people.card import Contact, profile_key
from motjuste.people.merging import profile_keys
from motjuste.people.names import fold, safe_text

DIRECTIONS = ("incoming", "outgoing")
ADDED = "by hand"
PASTED = "pasted"
MARKED = "marked by hand"
_ID_LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One invitation as the network tells of it. "" and None are unknown; nothing here is a judgement.

    `at` is the wall clock of the file that told of it, without a zone: the network writes none. `note` may have
    several lines; every other text is one line. All are free of control characters and direction marks.
    """

    name: str
    """The other person's name as the network writes it, with credentials and ornaments."""
    at: datetime
    note: str = ""
    profile_url: str = ""
    position: str = ""
    organization: str = ""
    mutual: int | None = None
    """How many connections both have."""
    groups: tuple[str, ...] | None = None
    """The groups that both are in; () when there are none, None when it is not known."""
    direction: str = "incoming"
    source: str = ""
    """Where this was read, in words: "Invitations.csv", "clipboard"."""
    kept_id: str = ""
    kept_person: str = ""
    """What it was called before more was told of it: id and person stay the same for good."""

    def __post_init__(self) -> None:
        note = "\n".join(map(safe_text, self.note.splitlines())).strip()
        object.__setattr__(self, "note", note)
        for each in ("name", "profile_url", "position", "organization", "source"):
            object.__setattr__(self, each, safe_text(getattr(self, each)))
        if self.groups is not None:
            object.__setattr__(self, "groups", tuple(filter(None, map(safe_text, self.groups))))

    @cached_property
    def person(self) -> str:
        """The key of the other person."""
        if self.kept_person:
            return self.kept_person
        # As `keys_of(self.contact)` would have it; a card takes longer to make than all the rest.
        return key_of_profile(self.profile_url) or keys_of(self.contact)[0]

    @cached_property
    def id(self) -> str:
        """Ten letters and digits that stay the same however often the invitation is read.

        The same person may invite again later, so the minute belongs to it; the note does not, since a
        spreadsheet may have changed its line ends or quotation marks.
        """
        if self.kept_id:
            return self.kept_id
        told = f"{self.direction}\n{self.person}\n{self.at:%Y-%m-%dT%H:%M}"
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:_ID_LENGTH]

    @cached_property
    def contact(self) -> Contact:
        """What the invitation itself says of the person, as a card."""
        return Contact(
            formatted_name=self.name,
            title=self.position,
            organization=self.organization,
            profile_url=self.profile_url,
            source=self.source,
        )


def is_untimed(invitation: Invitation) -> bool:
    """Whether it tells when the invitation was added, at best the day, rather than when it came."""
    return invitation.source in (ADDED, PASTED, MARKED)


def keys_of(contact: Contact) -> tuple[str, ...]:
    """What the ledger may know this person by, the surest first; never empty.

    The profile, with that of a card that was merged into this one, each e-mail address, and the name alone only
    where there is nothing surer: namesakes are two.
    """
    keys = [f"in:{key}" for key in profile_keys(contact)]
    keys += [f"mailto:{email.casefold()}" for email in contact.emails]
    return tuple(keys) or (f"name:{fold(contact.display_name)}",)


def key_of_profile(address: str) -> str:
    """The key of whoever has this profile's address; "" when it is none."""
    slug = profile_key(address)
    return f"in:{slug}" if slug else ""
