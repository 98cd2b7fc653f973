"""Which invitation is meant by the first letters of an id, or by a name."""

from __future__ import annotations

from collections.abc import Mapping

from motjuste.errors import NoSuchPerson
from motjuste.inbox.events import State
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.looking import SHORTEST_ID, begin_words
from motjuste.people.names import fold

MOST_CANDIDATES = 10


def named(wanted: str, states: Mapping[str, State]) -> State:
    """The invitation whose id begins so, else the newest of the person who is called so.

    NoSuchPerson when nobody is called so, or several people are.
    """
    begun = [state for id, state in states.items() if id.startswith(wanted.strip().casefold())]
    if len(wanted.strip()) >= SHORTEST_ID and len(begun) == 1:
        return begun[0]
    called = [state for state in states.values() if _is_called(state.invitation, wanted)]
    # Who is called exactly so is meant before those whose names only begin so.
    exactly = [state for state in called if fold(wanted) in _names(state.invitation)]
    people: dict[str, State] = {}
    for state in sorted(exactly or called, key=lambda state: state.invitation.at):
        people[state.invitation.person] = state
    if len(people) == 1:
        return next(iter(people.values()))
    told = f"{len(people)} people of the inbox are" if people else "nobody in the inbox is"
    raise NoSuchPerson(
        f"{told} called {wanted!r}" + ("" if people else ", and no invitation has an id that begins so"),
        next_step="say more of the name, or give the id of 'motjuste inbox list'",
        candidates=[f"{state.invitation.id}  {described(state.invitation)}" for state in people.values()][
            :MOST_CANDIDATES
        ],
    )


def described(invitation: Invitation) -> str:
    """An invitation in one line: who, what they do, when it came."""
    name = invitation.contact.display_name or invitation.profile_url
    work = ", ".join(filter(None, (invitation.position, invitation.organization)))
    return " · ".join(filter(None, (name, work, invitation.at.date().isoformat())))


def _names(invitation: Invitation) -> tuple[str, str]:
    return fold(invitation.name), fold(invitation.contact.display_name)


def _is_called(invitation: Invitation, wanted: str) -> bool:
    return bool(wanted.strip()) and begin_words(invitation.name, wanted)
