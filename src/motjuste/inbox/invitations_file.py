"""`Invitations.csv` of the network's data export, as it comes and as spreadsheets leave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motjuste.inbox.invitation import Invitation, key_of_profile
from motjuste.inbox.layouts import DIRECTIONS, HIDDEN
from motjuste.inbox.moments import Moments
from motjuste.people.names import fold, safe_text
from motjuste.people.reading import Problem
from motjuste.people.sheets import Header, Row, first, rows_below

MOST_INVITATIONS = 100_000
TOO_MANY = f"only the first {MOST_INVITATIONS:,} invitations of a file are read; split it to have the others"
_HAS_TIME = re.compile(r"\d\s*[:hH]\s*\d")


@dataclass(frozen=True)
class Own:
    """Who the person is, as their files tell: keys of profiles, and names, folded."""

    keys: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __or__(self, other: Own) -> Own:
        return Own(self.keys | other.keys, self.names | other.names)


@dataclass(frozen=True)
class InvitationsRead:
    """The invitations of a file, in its order, and what could not be read. Without any, a problem says why."""

    invitations: tuple[Invitation, ...] = ()
    own: Own = field(default_factory=Own)
    problems: tuple[Problem, ...] = ()


def read_invitations(header: Header, lines: Sequence[str], source: str) -> InvitationsRead:
    """The invitations below a header. Each row is read, or reported with its line and the reason."""
    return _Rows(source).read(header, lines)


class _Rows:
    def __init__(self, source: str) -> None:
        self.source = source
        self.file = source.rpartition("/")[2]
        self.invitations: list[Invitation] = []
        self.problems: list[Problem] = []
        self.own_urls: set[str] = set()
        self.own_names: set[str] = set()
        self.without_time: list[int] = []

    def read(self, header: Header, lines: Sequence[str]) -> InvitationsRead:
        for name in header.unknown():
            self._report(header.line, f"the column {name!r} is not known and was left out")
        rows = list(rows_below(header, lines, self._report))
        moments = Moments(first(row, "at") for _, row in rows)
        undirected: list[tuple[int, Row]] = []
        for number, row in rows:
            if len(self.invitations) == MOST_INVITATIONS:
                self._report(number, TOO_MANY)
                break
            if not first(row, "direction"):
                undirected.append((number, row))
            else:
                self._take(number, row, _direction(row), moments)
        names = {fold(name) for name in self.own_names}
        for number, row in undirected:
            self._take_undirected(number, row, names, moments)
        if self.without_time:
            told = f"{len(self.without_time)} rows, the first on this line, tell"
            told = told if len(self.without_time) > 1 else "the row tells"
            self._report(self.without_time[0], f"{told} no time of day: midnight was taken")
        if not self.invitations and not self.problems:
            self._report(header.line, "there is no invitation below the header")
        self.problems.sort(key=lambda problem: problem.line)
        return InvitationsRead(tuple(self.invitations), self._own(), tuple(self.problems))

    def _own(self) -> Own:
        keys = frozenset(filter(None, map(key_of_profile, self.own_urls)))
        return Own(keys, frozenset(filter(None, map(fold, self.own_names))) - HIDDEN)

    def _take_undirected(self, number: int, row: Row, own: set[str], moments: Moments) -> None:
        """A broken quotation has cost the direction, too; between whom it went may still tell."""
        ours = fold(first(row, "from")) in own, fold(first(row, "to")) in own
        if ours == (False, True):
            self._report(number, "the direction is missing; INCOMING was taken, as it is to you")
            self._take(number, row, "incoming", moments)
        elif ours == (True, False):
            self._report(number, "the direction is missing; OUTGOING was taken, as it is from you")
            self._take(number, row, "outgoing", moments)
        else:
            self._take(number, row, "", moments)

    def _take(self, number: int, row: Row, direction: str, moments: Moments) -> None:
        if not direction:
            shown = first(row, "direction")[:40]
            what = f"the direction is {shown!r}" if shown else "the direction is missing"
            self._report(number, f"{what}, expected INCOMING or OUTGOING: the row was left out")
            return
        stated = first(row, "at")
        at = moments.read(stated)
        if at is None:
            self._report(number, f"{moments.why_not(stated)}: the row was left out")
            return
        theirs, ours = ("from", "to") if direction == "incoming" else ("to", "from")
        their_url, our_url = ("inviter_url", "invitee_url")[:: 1 if direction == "incoming" else -1]
        invitation = Invitation(
            name=first(row, theirs),
            at=at.replace(tzinfo=None, second=0, microsecond=0),
            note=first(row, "note"),
            profile_url=first(row, their_url),
            direction=direction,
            source=self.file,
        )
        if not key_of_profile(invitation.profile_url) and _names_nobody(invitation.name):
            self._report(number, "the row names nobody: the member hides their name, or is gone")
            return
        self.invitations.append(invitation)
        self.own_urls.add(first(row, our_url))
        self.own_names.add(first(row, ours))
        if not _HAS_TIME.search(stated):
            self.without_time.append(number)

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, safe_text(reason)))


def _direction(row: Row) -> str:
    return DIRECTIONS.get(fold(first(row, "direction")), "")


def _names_nobody(name: str) -> bool:
    return (folded := fold(name)) in HIDDEN or not folded
