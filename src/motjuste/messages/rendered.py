"""A finished message: what comes after the choice of words, and how it came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from motjuste.errors import DoesNotFit
from motjuste.messages.channels import Channel, Room
from motjuste.messages.fit import FitChoice, Fitted, Wording
from motjuste.messages.marks import CARET, END_PART, PART, plain, positions
from motjuste.messages.typography import finish, finish_with


@dataclass(frozen=True)
class Part:
    """The text of one block of a message, as it stands in the finished text."""

    name: str
    text: str
    length: int


@dataclass(frozen=True)
class Rendered:
    """A finished message and how it came about; lengths are in `unit`, places for the caret in code points.

    The caret belongs at `caret`, None being the end, and then at each of `stops`.
    """

    text: str
    length: int
    limit: int | None
    unit: str
    form: str
    channel: str
    parts: tuple[Part, ...]
    caret: int | None
    stops: tuple[int, ...] = ()
    about: frozenset[str] = frozenset()
    """Whom the template looked at: "contact", "me"."""
    wording: Wording = field(default=Wording(""), compare=False, repr=False)
    find_shortest: Callable[[], int] = field(default=int, compare=False, repr=False)

    @property
    def choices(self) -> tuple[FitChoice, ...]:
        """What each fit block became and what its other wordings would have cost; computed when asked for."""
        return self.wording.choices

    @cached_property
    def shortest(self) -> int:
        """The length of the shortest text that there could be; computed when asked for."""
        return self.find_shortest()


@dataclass(frozen=True)
class Finisher:
    """What comes after the choice of words: finishing, measuring, finding parts and caret again."""

    locale: str
    channel: Channel
    room: Room
    finished: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def finish(self, text: str) -> str:
        """`text` finished; once it was, it is not done again."""
        if text not in self.finished:
            self.finished[text] = finish(text, self.locale, self.channel.typography)
        return self.finished[text]

    def text(self, wording: Wording) -> str:
        return self.finish(plain(wording.text))

    def rendered(self, wording: Wording, fitted: Fitted, form: str) -> Rendered:
        """The message in this wording, which is one of `fitted`."""
        bare, marks = positions(wording.text)
        text, at = self.finish(bare), list[int]()
        if marks:
            text, at = finish_with(bare, [place for _, place in marks], self.locale, self.channel.typography)
        placed = [(mark, place) for (mark, _), place in zip(marks, at, strict=True)]
        carets = [place for mark, place in placed if mark == CARET]
        return Rendered(
            text=text,
            length=self.room.length(text),
            limit=self.room.limit,
            unit=self.room.unit,
            form=form,
            channel=self.channel.name,
            parts=_parts(text, placed, self.room),
            wording=wording,
            find_shortest=lambda: self.room.length(self.text(fitted.shortest)),
            caret=carets[0] if carets else None,
            stops=tuple(carets[1:]),
        )

    def refusal(self, wordings: Iterable[Wording]) -> DoesNotFit:
        shortest = min(map(self.text, wordings), key=self.room.length)
        over = self.room.overflow(shortest)
        assert over is not None
        unit, length, limit = over
        return DoesNotFit(shortest=shortest, length=length, limit=limit, unit=unit, channel=self.channel.name)


def _parts(text: str, marks: Iterable[tuple[str, int]], room: Room) -> tuple[Part, ...]:
    open_parts: list[tuple[str, int, int]] = []
    found: list[tuple[int, Part]] = []
    order = 0
    for mark, place in marks:
        if mark.startswith(PART):
            open_parts.append((mark[1:-1], place, order))
            order += 1
        elif mark == END_PART and open_parts:
            name, start, rank = open_parts.pop()
            piece = text[start:place].strip()
            found.append((rank, Part(name, piece, room.length(piece))))
    return tuple(part for _, part in sorted(found, key=lambda ranked: ranked[0]))
