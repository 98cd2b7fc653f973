"""What it costs to choose among the wordings of thirty fit blocks with four each."""

from __future__ import annotations

import time
from functools import partial

from benchmarks.rows import Row, milliseconds, table
from motjuste.messages.channels import Room
from motjuste.messages.fit import choose
from motjuste.messages.marks import END_FIT, FIT, OR, WEIGHTS
from motjuste.messages.typography import finish

BLOCKS = 30
ROUNDS = 15
GOAL = 0.050
FRENCH = partial(finish, locale="fr-FR")

ROOMS = (
    ("300 UTF-16", Room((("utf16", 300),))),
    ("280 on X", Room((("x-weighted", 280),))),
    ("300 graphemes and 3,000 bytes", Room((("graphemes", 300), ("bytes", 3000)))),
    ("two parts of a text message", Room((("sms", 2),))),
)


def text(weights: int) -> str:
    """A text of thirty blocks, each with four wordings, of which the last is empty, with this many weights."""
    pieces = []
    for number in range(BLOCKS):
        wordings = (
            f"Merci numéro {number} de votre invitation si aimable !",
            f"Merci {number} pour votre mot.",
            f"Merci {number} !",
            "",
        )
        pieces.append(f"{FIT}{WEIGHTS[number % weights]}{OR.join(wordings)}{END_FIT} ")
    return "".join(pieces)


def slowest(weights: int, room: Room) -> float:
    """The processor's seconds in the slowest of some rounds, after one in which libraries are loaded."""
    marked, seconds = text(weights), []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        _ = choose(marked, FRENCH, room).shortest
        seconds.append(time.process_time() - start)
    return max(seconds[1:])


def measure() -> list[Row]:
    """One row for each room, and one for as many weights as there can be."""
    rows = [_row(name, slowest(1, room)) for name, room in ROOMS]
    name, room = ROOMS[0]
    return [*rows, _row(f"{name}, ten weights", slowest(len(WEIGHTS), room))]


def _row(room: str, seconds: float) -> Row:
    return Row(
        f"{BLOCKS} fit blocks of 4, {room}",
        milliseconds(seconds),
        f"processor time, slowest of {ROUNDS}",
        goal=f"< {milliseconds(GOAL)}",
        met=seconds < GOAL,
    )


if __name__ == "__main__":
    print(table(measure()))
