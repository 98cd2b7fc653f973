"""Finding invitations among many: by state, by words, by the shortest beginning of an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from motjuste.inbox.invitation import Invitation
from motjuste.people.names import fold

STATES = (
    "waiting", "accept", "ask", "decline", "ignore", "look", "answered", "accepted", "removed", "withdrawn"
)  # fmt: skip
"""The names that State.name has."""
SPELLINGS: Mapping[str, str] = {name: name for name in STATES} | {
    "asked": "ask",
    "declined": "decline",
    "ignored": "ignore",
}
"""What people call a state, and its name. "accepted" is what happened, "accept" what was decided."""
SHORTEST_ID = 4


def begin_words(text: str, words: str) -> bool:
    """Whether each of `words` begins a word of `text`; accents and capitals do not matter."""
    told = f" {fold(text)}"
    return all(f" {word}" in told for word in fold(words).split())


def holds_words(invitation: Invitation, words: str) -> bool:
    """Whether each word begins a word of the name, the work, a group or the note."""
    told = (
        invitation.name,
        invitation.position,
        invitation.organization,
        invitation.note,
        *(invitation.groups or ()),
    )
    return begin_words(" ".join(told), words)


class Ids:
    """The ids that are known, each to be called by its shortest beginning that no other one has."""

    def __init__(self, ids: Iterable[str]) -> None:
        ordered = sorted(ids)
        self._length: dict[str, int] = {}
        for before, id, after in zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False):
            shared = max(_shared(before, id), _shared(id, after))
            self._length[id] = max(SHORTEST_ID, shared + 1)

    def short(self, id: str) -> str:
        """The shortest beginning of an id that tells it apart."""
        return id[: self._length.get(id, len(id))]


def _shared(one: str, other: str) -> int:
    """How many letters two ids begin with in common."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
