"""An invitation copied from the network's page, in French or English: who, what they do, their note.

What is not sure is left out and said, and nothing is taken when it is not sure whose invitation it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from motjuste.errors import UserError
from motjuste.inbox.invitation import PASTED, Invitation
from motjuste.inbox.pasted_words import (
    ACCEPTING,
    AGE,
    BUTTONS,
    DAYS_AGO,
    DAYS_IN,
    DEGREE,
    GREETINGS,
    GROUPS,
    MUTUAL,
    MUTUAL_AND,
    MUTUAL_ONE,
    MUTUAL_SOME,
    OTHER_INVITATION,
    REPLY_TO,
    WHOSE,
)
from motjuste.people.names import clean_name, fold, safe_text
from motjuste.people.pasted import employment, is_name

LONGEST = 6000
_LONGEST_HEADLINE = 220
_LONGEST_ON_PAGE = 200
_ADDRESS = re.compile(r"\S*linkedin\.com/in/[^\s<>,;|]+", re.IGNORECASE)
_ONE = "copy one invitation alone, from the name to its buttons"
_BY_HAND = "give the name yourself: motjuste inbox add NAME --note TEXT"


@dataclass(frozen=True)
class Pasted:
    """The invitation that a copied text holds, what was taken for what, and the lines that were left out."""

    invitation: Invitation
    took: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()


def read_pasted_invitation(text: str, *, now: datetime, name: str = "") -> Pasted:
    """The one invitation that `text` holds; `now` is the wall clock here, and `name` is the name if it is known.

    The day alone is told by "2 days ago", so the time of day is midnight. UserError when it is not sure whose
    invitation it is, or when there are several.
    """
    if not text.strip():
        raise UserError(
            "the text is empty", next_step="copy the invitation on the network's page, then try again"
        )
    if len(text) > LONGEST:
        raise UserError(
            f"the text has {len(text):,} characters, more than one invitation has", next_step=_ONE
        )
    lines = [safe_text(line).strip("•· ") for line in text.splitlines()]
    page = _Page(now, frozenset(map(fold, lines)))
    rest = [(number, line) for number, line in enumerate(lines) if line and not page.takes(number, line)]
    if page.accepting > 1:
        raise UserError(f"the text holds {page.accepting} invitations", next_step=_ONE)
    known = name or _name(page, [line for _, line in rest])
    if name and rest and is_name(clean_name(rest[0][1]).full):
        # The page's own way to write it.
        del rest[0]
    own = {fold(known), fold(clean_name(known).full)} - {""}
    rest = [(number, line) for number, line in rest if not ({fold(line), fold(clean_name(line).full)} & own)]
    return _invitation(known, page, rest, lines)


@dataclass
class _Page:
    """What of a text belongs to the page around an invitation, and what that says."""

    now: datetime
    lines: frozenset[str] = frozenset()
    """All lines of the text, folded."""
    accepting: int = 0
    marks: int = 0
    """How many lines show that this is an invitation's page."""
    first_mark: int = -1
    """The first line after which no headline comes."""
    whose: list[str] = field(default_factory=list)
    reply_to: list[str] = field(default_factory=list)
    mutual: int | None = None
    groups: tuple[str, ...] | None = None
    days_ago: int | None = None
    age: str = ""
    profile_url: str = ""

    def takes(self, number: int, line: str) -> bool:
        """Whether the line is the page's own."""
        if len(line) > _LONGEST_ON_PAGE:
            return False
        folded = fold(line)
        if folded in BUTTONS or DEGREE.fullmatch(folded):
            self.accepting += folded in ACCEPTING
            self.marks += 1
            return True
        if self._tells_mutual(line) or self._tells_groups(line) or self._tells_age(folded, line):
            self.marks += 1
            self.first_mark = number if self.first_mark < 0 else self.first_mark
            return True
        return self._tells_whose(line)

    def _tells_whose(self, line: str) -> bool:
        if _ADDRESS.fullmatch(line):
            self.profile_url = self.profile_url or line
            return True
        # Before the others: "Reply to Hugo" names him by his first name.
        if (found := _match(REPLY_TO, line)) and len(line) < 60:
            self.reply_to.append(found[1])
            self.marks += 1
            return True
        whose = next((found[1] for pattern in WHOSE if (found := _match(pattern, line))), "")
        # A note may speak of a picture, or say "I would like to connect", too.
        if not whose or not (is_name(clean_name(whose).full) or fold(whose) in self.lines):
            return False
        if OTHER_INVITATION.search(line.partition(whose)[2]):
            raise UserError(
                f"this invites to something else than a network: {line!r}",
                next_step="copy an invitation to connect",
            )
        self.whose.append(whose)
        self.marks += 1
        return True

    def _tells_mutual(self, line: str) -> bool:
        count = None
        if found := next(filter(None, (_match(pattern, line) for pattern in MUTUAL)), None):
            count = int(found[1])
        elif found := _match(MUTUAL_AND, line):
            count = int(found[2]) + _people_in(found[1])
        elif found := _match(MUTUAL_SOME, line):
            count = 1 + _people_in(found[1])
        elif _match(MUTUAL_ONE, line):
            count = 1
        if count is None or self.mutual is not None:
            return count is not None
        self.mutual = count
        return True

    def _tells_groups(self, line: str) -> bool:
        found = _match(GROUPS, line)
        if found:
            self.groups = (
                *(self.groups or ()),
                *(each.strip() for each in found[1].split(",") if each.strip()),
            )
        return bool(found)

    def _tells_age(self, folded: str, line: str) -> bool:
        days = DAYS_AGO.get(folded)
        if days is None and (found := AGE.fullmatch(folded)):
            count = int(found[1]) if found[1].isdecimal() else 1
            days = count * DAYS_IN["mo" if found[2].startswith("mo") else found[2][0]]
        if days is None:
            return False
        if self.days_ago is None:
            self.days_ago, self.age = days, line
        return True


def _match(pattern: str, line: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, line, re.IGNORECASE)


def _people_in(names: str) -> int:
    return names.count(",") + 1


def _name(page: _Page, rest: Sequence[str]) -> str:
    """Whose invitation it is, where that is sure."""
    told = {fold(clean_name(each).full or each): each for each in page.whose}
    if len(told) > 1:
        raise UserError(
            f"the text names several people: {', '.join(told.values())}",
            next_step=_ONE,
        )
    first = rest[0] if rest else ""
    full = clean_name(first).full
    if told:
        # As the page writes it beside the photo, or as the person does, with credentials.
        return first if full and fold(full) in told else next(iter(told.values()))
    is_greeted = any(f"{fold(full)} ".startswith(f"{fold(each)} ") for each in page.reply_to if fold(each))
    if full and (is_greeted or (page.marks and is_name(full) and clean_name(first).confidence != "none")):
        return first
    shown = first if len(first) <= 40 else first[:39] + "…"
    what = (
        f"could not tell whose invitation this is: {shown!r} is not surely a name"
        if first
        else "nobody is named"
    )
    raise UserError(f"{what} in the text" if not first else what, next_step=_BY_HAND)


def _invitation(name: str, page: _Page, rest: Sequence[tuple[int, str]], lines: Sequence[str]) -> Pasted:
    headline, note, left_out = _told(page, rest, lines)
    first_piece = re.split(r"\s*[|•·]\s*", headline)[0]
    role, organization = employment(first_piece)
    position = role if organization else headline
    day = (page.now - timedelta(days=page.days_ago or 0)).date()
    invitation = Invitation(
        name=name,
        at=datetime.combine(day, time()),
        note=note,
        profile_url=page.profile_url,
        position=position,
        organization=organization,
        mutual=page.mutual,
        groups=page.groups,
        source=PASTED,
    )
    took = {
        "name": invitation.name,
        "position": invitation.position,
        "organization": invitation.organization,
        "mutual": "" if page.mutual is None else str(page.mutual),
        "groups": ", ".join(page.groups or ()),
        "received": f"{day.isoformat()} ({page.age or 'today, as nothing says when'})",
        "profile": invitation.profile_url,
        "note": invitation.note,
    }
    return Pasted(invitation, tuple((what, text) for what, text in took.items() if text), tuple(left_out))


def _told(
    page: _Page, rest: Sequence[tuple[int, str]], lines: Sequence[str]
) -> tuple[str, str, Sequence[str]]:
    """The headline, the note, and what is neither for sure."""
    before = [(number, line) for number, line in rest if page.first_mark < 0 or number < page.first_mark]
    after = [(number, line) for number, line in rest if (number, line) not in before]
    headline = ""
    if before and _is_headline(before[0][1]):
        headline = before.pop(0)[1]
    if not after:
        return headline, _with_gaps(before, lines), ()
    # The note stands below the count of connections and the age: what stands above is something else.
    greets = [place for place, (_, line) in enumerate(before) if not _is_headline(line)]
    if greets:
        after = [*before[greets[0] :], *after]
        before = before[: greets[0]]
    return headline, _with_gaps(after, lines), [line for _, line in before]


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADLINE and fold(line).partition(" ")[0] not in GREETINGS


def _with_gaps(told: Sequence[tuple[int, str]], lines: Sequence[str]) -> str:
    """The lines of a note, with the empty ones between them."""
    return "\n".join(_gapped(told, lines)).strip()


def _gapped(told: Sequence[tuple[int, str]], lines: Sequence[str]) -> Iterator[str]:
    for place, (number, line) in enumerate(told):
        between = lines[told[place - 1][0] + 1 : number] if place else []
        yield from (each for each in between if not each)
        yield line
