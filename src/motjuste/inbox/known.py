"""Which invitation is which: the same one read from an older export, through a spreadsheet, or added by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from motjuste.inbox.invitation import Invitation, is_untimed, key_of_profile
from motjuste.people.names import fold

_DAYS_BEFORE = 60
"""How long an invitation may have waited before it was added by hand."""


class Known:
    """The invitations that are known, to find one of them again.

    Two are the same when their id is; else when direction and person are the same and the minute is, or the next
    one to it, or the day where one of them tells no time. One added by hand is the same as one of that person's
    which came some time before. The person is the same by profile, or by name where either tells no profile.
    """

    def __init__(self, invitations: Iterable[Invitation] = ()) -> None:
        self._by_id: dict[str, Invitation] = {}
        self._by_minute: dict[tuple[str, int], list[str]] = {}
        self._by_day: dict[tuple[str, int], list[str]] = {}
        self._untimed: dict[str, None] = {}
        for each in invitations:
            self.add(each)

    def add(self, invitation: Invitation) -> None:
        """Know one more, or more of one that is known."""
        id, direction = invitation.id, invitation.direction
        if (before := self._by_id.get(id)) is not None:
            self._by_minute[direction, _minute(before.at)].remove(id)
            self._by_day[direction, before.at.toordinal()].remove(id)
            self._untimed.pop(id, None)
        self._by_id[id] = invitation
        self._by_minute.setdefault((direction, _minute(invitation.at)), []).append(id)
        self._by_day.setdefault((direction, invitation.at.toordinal()), []).append(id)
        if is_untimed(invitation):
            self._untimed[id] = None

    def find(self, invitation: Invitation) -> Invitation | None:
        """The known one that is the same as `invitation`."""
        if found := self._by_id.get(invitation.id):
            return found
        # Who has the same profile comes before who has the same name.
        near = list(self._candidates(invitation))
        return next(
            (each for same in (_same_profile, _same_name) for each in near if same(each, invitation)), None
        )

    def _candidates(self, invitation: Invitation) -> Iterator[Invitation]:
        direction, at = invitation.direction, invitation.at
        for minute in (0, -1, 1):
            yield from self._at(self._by_minute, direction, _minute(at) + minute)
        today = self._at(self._by_day, direction, at.toordinal())
        yield from (each for each in today if _has_no_time(at) or _has_no_time(each.at))
        if is_untimed(invitation):
            for day in range(at.toordinal() - _DAYS_BEFORE, at.toordinal() + 2):
                yield from self._at(self._by_day, direction, day)
        for each in map(self._by_id.__getitem__, self._untimed):
            if each.direction == direction and -1 <= each.at.toordinal() - at.toordinal() <= _DAYS_BEFORE:
                yield each

    def _at(
        self, index: Mapping[tuple[str, int], Sequence[str]], direction: str, place: int
    ) -> list[Invitation]:
        return [self._by_id[id] for id in index.get((direction, place), ())]


def _minute(at: datetime) -> int:
    return at.toordinal() * 1440 + at.hour * 60 + at.minute


def _has_no_time(at: datetime) -> bool:
    return at.hour == at.minute == 0


def _same_profile(one: Invitation, other: Invitation) -> bool:
    key = key_of_profile(one.profile_url)
    return bool(key) and key == key_of_profile(other.profile_url)


def _same_name(one: Invitation, other: Invitation) -> bool:
    """Whether both are called the same, and no two profiles tell them apart."""
    if key_of_profile(one.profile_url) and key_of_profile(other.profile_url):
        return False
    return fold(one.contact.display_name) == fold(other.contact.display_name)
