"""Which invitation is which: the same one read from an older export, through a spreadsheet, or added by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from motjuste.inbox.invitation import Invitation, key_of_profile
from motjuste.people.names import fold

BY_HAND = "by hand"
PASTED = "pasted"
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
        self._by_minute: dict[tuple[str, int], list[Invitation]] = {}
        self._by_day: dict[tuple[str, int], list[Invitation]] = {}
        self._without_time: set[tuple[str, int]] = set()
        self._untimed: list[Invitation] = []
        for each in invitations:
            self.add(each)

    def add(self, invitation: Invitation) -> None:
        """Know one more."""
        direction, at = invitation.direction, invitation.at
        self._by_id[invitation.id] = invitation
        self._by_minute.setdefault((direction, _minute(at)), []).append(invitation)
        self._by_day.setdefault((direction, at.toordinal()), []).append(invitation)
        if _has_no_time(at):
            self._without_time.add((direction, at.toordinal()))
        if is_untimed(invitation):
            self._untimed.append(invitation)

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
            yield from self._by_minute.get((direction, _minute(at) + minute), ())
        today = (direction, at.toordinal())
        if _has_no_time(at):
            yield from self._by_day.get(today, ())
        elif today in self._without_time:
            yield from (each for each in self._by_day[today] if _has_no_time(each.at))
        if is_untimed(invitation):
            earlier = range(at.toordinal() - _DAYS_BEFORE, at.toordinal() + 2)
            yield from (each for day in earlier for each in self._by_day.get((direction, day), ()))
        for each in self._untimed:
            if each.direction == direction and -1 <= each.at.toordinal() - at.toordinal() <= _DAYS_BEFORE:
                yield each


def is_untimed(invitation: Invitation) -> bool:
    """Whether it tells when the invitation was added, at best the day, rather than when it came."""
    return invitation.source in (BY_HAND, PASTED)


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
