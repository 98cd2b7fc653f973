"""All that the review says, whatever the language; `{}` stands for a number, a name or a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motjuste.messages.counting import Count


@dataclass(frozen=True, kw_only=True)
class Words:
    """All that the review says in one language."""

    title: str
    place: str
    end_place: str
    note: str
    no_note: str
    proposal: str
    chosen: str
    decided: str
    reply: str
    own_reply: str
    no_reply: str
    card: str
    history: str
    verdicts: Mapping[str, str]
    """What is done: to the keys of VERDICTS."""
    done: Mapping[str, str]
    """What was done."""
    states: Mapping[str, str]
    notes: Mapping[str, str]
    events: Mapping[str, str]
    mutual: tuple[str, str, str]
    """None, one and many connections that both have."""
    groups: str
    received: str
    connected: str
    follow_up: str
    kinds: Mapping[str, str]
    """Names of the three things that a filter asks."""
    no_filter: str
    filter_help: str
    asks: Mapping[str, str]
    """What the person is asked for, by the mode."""
    keys: Mapping[str, str]
    """What each key does, in a word; for the foot."""
    help: Mapping[str, str]
    """What each key does, in a sentence."""
    more_help: tuple[str, ...]
    help_title: str
    said: Mapping[str, str]
    everything_done: str
    nothing_here: str
    too_small: str
    close: str
    editing: str
    working: str
    starting: str
    all_title: str
    all_counts: str
    all_left: str
    all_help: str
    all_none: str
    plain_help: str
    plain_all: str
    """Asks whether to take all; `{}` stands for the policies' names."""
    plain_edit: str
    plain_prompt: str
    plain_unknown: str
    counted: str
    counted_without_limit: str
    units: Mapping[str, tuple[str, str]]
    over: str
    months: tuple[str, ...]
    thousands: str
    first_of_month: str = "1"
    colon: str = ":"
    enter: str = "Enter"

    def number(self, number: int) -> str:
        """A number as this language writes it."""
        return f"{number:,}".replace(",", self.thousands)

    def date(self, at: date) -> str:
        """A day, with a short month."""
        day = self.first_of_month if at.day == 1 else str(at.day)
        return f"{day} {self.months[at.month - 1]} {at.year}"

    def labelled(self, label: str, text: str) -> str:
        """A text behind its name."""
        return f"{label}{self.colon} {text}".rstrip()

    def count(self, count: Count) -> str:
        """How long a text is beside its room: "243 of 300 characters", and by how much it is too long."""
        one, many = self.units.get(count.unit, self.units["codepoints"])
        last = count.length if count.limit is None else count.limit
        said = (self.counted_without_limit if count.limit is None else self.counted).format(
            length=self.number(count.length),
            limit=self.number(count.limit or 0),
            unit=one if last == 1 else many,
        )
        return f"{said} · {self.over.format(self.number(-count.left))}" if count.state == "over" else said

    def shared(self, mutual: int) -> str:
        """How many connections both have."""
        none, one, many = self.mutual
        return (none, one)[mutual] if mutual < 2 else many.format(self.number(mutual))
