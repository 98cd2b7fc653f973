"""Which invitations are gone through: by state, by what is proposed, by the kind of note, by words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Protocol

from motjuste.inbox.events import VERDICTS, State
from motjuste.people.names import fold

WAITING, EVERY, DECIDED = "waiting", "every", "decided"
STATES = (WAITING, EVERY, DECIDED, "accept", "ask", "decline", "ignore", "answered", "closed")
"""What may be asked of a state; "decided" is any verdict, "closed" any end."""
NOTES = ("none", "stock", "mass", "personal", "pitch")
"""What a note may be; "pitch" is a sign that comes beside one of the others."""
_KNOWN = {"state": STATES, "proposed": VERDICTS, "note": NOTES}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What is gone through; "" asks nothing, but that a state of "" is "waiting" until words are searched."""

    state: str = ""
    proposed: str = ""
    note: str = ""
    query: str = ""

    @property
    def needs_judgement(self) -> bool:
        """Whether every invitation has to be judged to know which are meant."""
        return bool(self.proposed or self.note)

    def as_text(self) -> str:
        """The filter as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Filter:
        """The filter that was kept; one that asks nothing where it cannot be read."""
        try:
            kept = json.loads(text)
            found = cls(**{each.name: str(kept.get(each.name, "")) for each in fields(cls)})
        except (ValueError, AttributeError):
            return cls()
        wrong = [name for name, known in _KNOWN.items() if getattr(found, name) not in ("", *known)]
        return replace(found, **dict.fromkeys(wrong, ""))


class Judge(Protocol):
    """Knows what is proposed for an invitation, and what its note is."""

    def proposed(self, state: State) -> str: ...

    def note_kinds(self, state: State) -> tuple[str, ...]: ...


def sifted(
    states: Iterable[State], wanted: Filter, judge: Judge, searchable: Callable[[State], str]
) -> Iterator[str | None]:
    """For each invitation its id when it is meant, else None; what is cheap to know is asked first."""
    words = fold(wanted.query).split()
    stands = _STANDS[wanted.state or (EVERY if words else WAITING)]
    for state in states:
        meant = (
            stands(state)
            and (not words or _has(searchable(state), words))
            and (not wanted.note or wanted.note in judge.note_kinds(state))
            and (not wanted.proposed or wanted.proposed == judge.proposed(state))
        )
        yield state.invitation.id if meant else None


def words_of(state: State) -> str:
    """What is searched of an invitation: name, position, company and note, folded."""
    told = state.invitation
    return " " + fold(f"{told.name} {told.position} {told.organization} {told.note}")


def _has(text: str, words: Iterable[str]) -> bool:
    return all(f" {word}" in text for word in words)


def is_waiting(state: State) -> bool:
    """Whether the person has still to decide."""
    return not state.verdict and not state.closed


_STANDS: Mapping[str, Callable[[State], bool]] = {
    WAITING: is_waiting,
    EVERY: lambda state: True,
    DECIDED: lambda state: bool(state.verdict),
    "answered": lambda state: state.name == "answered",
    "closed": lambda state: bool(state.closed),
    **{
        verdict: lambda state, verdict=verdict: state.verdict == verdict  # type: ignore[misc]
        for verdict in ("accept", "ask", "decline", "ignore")
    },
}
