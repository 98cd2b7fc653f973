"""The counter of a text being written: how long it is beside the room that it has, in numbers and as a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from motjuste.messages.channels import Room
from motjuste.messages.length import graphemes, normalise, sms

State = Literal["open", "fits", "near", "full", "over"]

# Near the end of the room is its last tenth, of a long message its last lines.
_NEAR = 10
_NEAR_AT_MOST = 40
# The characters of a text message: alone, and of each when there are several.
_OF_A_TEXT_MESSAGE = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


@dataclass(frozen=True)
class Count:
    """A text's length beside its limit, in `unit`; `limit` is None, and the state "open", where there is none.

    Text messages are counted by their characters; `parts` says how many messages that makes, and is 0 elsewhere.
    """

    length: int
    limit: int | None
    unit: str
    state: State
    parts: int = 0

    @property
    def left(self) -> int:
        """How much room is left; below zero, how much is too much."""
        return 0 if self.limit is None else self.limit - self.length


def count(text: str, room: Room) -> Count:
    """The length of `text` as it would be inserted, by the first limit that it goes over, else by the room's own."""
    text = normalise(text)
    over = room.overflow(text)
    if over is not None and over[0] != "sms":
        unit, length, limit = over
        return Count(length, limit, unit, "over")
    if room.unit == "sms":
        return _count_text_messages(text, room.limit, too_many=over is not None)
    return Count(room.length(text), room.limit, room.unit, _state(room.length(text), room.limit))


def _count_text_messages(text: str, limit: int | None, *, too_many: bool) -> Count:
    found = sms(text)
    if limit is None:
        return Count(found.septets, None, "sms", "open", found.parts)
    alone, joined = _OF_A_TEXT_MESSAGE[found.alphabet]
    most = alone if limit == 1 else joined * limit
    # A sign that no two messages may share can push a text over before all the characters are used.
    length = max(found.septets, most + 1) if too_many else min(found.septets, most)
    return Count(length, most, "sms", _state(length, most), found.parts)


def _state(length: int, limit: int | None) -> State:
    if limit is None:
        return "open"
    left = limit - length
    if left < 0:
        return "over"
    if left == 0:
        return "full"
    return "near" if left <= min(limit // _NEAR, _NEAR_AT_MOST) else "fits"


def where_too_long(text: str, room: Room) -> int | None:
    """Where in `text`, in code points, the first character stands that is too many; None when all fits."""
    if room.overflow(normalise(text)) is None:
        return None
    ends = [0]
    for grapheme in graphemes(text):
        ends.append(ends[-1] + len(grapheme))
    fits, too_long = 0, len(ends) - 1
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if room.overflow(normalise(text[: ends[middle]])) is None:
            fits = middle
        else:
            too_long = middle
    return ends[fits]
