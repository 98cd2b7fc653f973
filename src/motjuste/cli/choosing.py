"""A list of people at the terminal that gets shorter while one types."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from motjuste.compose import described
from motjuste.errors import printable
from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.names import fold

ROWS = 10
HELP = "type to narrow, ↑ ↓ to move, Enter to choose, Esc to give up"
_KEY = re.compile(r"\x1b[\[O][\d;]*[A-Za-z~]|\x1b|.", re.DOTALL)
_MOVES = {
    **dict.fromkeys(("\x1b[A", "\x1bOA", "\x10"), -1),
    **dict.fromkeys(("\x1b[B", "\x1bOB", "\x0e"), 1),
    "\x1b[5~": -ROWS,
    "\x1b[6~": ROWS,
}


class Roll:
    """Everybody of an address book, with what is looked through while somebody types.

    Who was used last, by their highest `recency`, comes first, then everybody by name.
    """

    def __init__(self, people: Sequence[Contact], recency: Callable[[Contact], int] = lambda person: 0) -> None:
        book = Book.of(people)
        self._recency = recency
        entries = [book.entry(place) for place in range(len(book))]
        order = sorted(range(len(book)), key=lambda place: (-recency(book[place]), entries[place].words))
        self._book = Book(packed=[entries[place].packed for place in order])
        self._texts = [
            f" {entry.words} {entry.about} {fold(entry.addresses)}" for entry in (entries[place] for place in order)
        ]

    def fitting(self, query: str) -> Sequence[Contact]:
        """Those in whom every word of `query` begins a word; those in whom it is misspelt when there are none."""
        words = fold(query).split()
        if not words:
            return self._book
        found = [
            self._book[place]
            for place, text in enumerate(self._texts)
            if all(f" {word}" in text for word in words)
        ]
        if found:
            return found
        from motjuste.people.search import everyone

        return everyone(query, self._book, self._recency)


@dataclass(frozen=True)
class Choice:
    """What was typed so far and which of those who fit is marked; `done` once somebody was chosen, or nobody."""

    roll: Roll
    fitting: Sequence[Contact]
    query: str = ""
    marked: int = 0
    done: bool = False

    @property
    def chosen(self) -> Contact | None:
        return self.fitting[self.marked] if self.done and self.fitting else None

    def after(self, key: str) -> Choice:
        """The choice after one key: a character, or a terminal's sequence for a key."""
        if self.done:
            return self
        if key in ("\r", "\n"):
            return replace(self, done=bool(self.fitting))
        if key in ("\x1b", "\x04"):
            return replace(self, done=True, fitting=())
        if key in _MOVES:
            return replace(self, marked=max(0, min(len(self.fitting) - 1, self.marked + _MOVES[key])))
        if key in ("\x7f", "\x08"):
            return self._narrowed(self.query[:-1])
        if key == "\x15":
            return self._narrowed("")
        return self._narrowed(self.query + key) if key.isprintable() else self

    def _narrowed(self, query: str) -> Choice:
        return replace(self, query=query, fitting=self.roll.fitting(query), marked=0)

    def lines(self, columns: int) -> list[str]:
        """What the terminal shows; no line is wider than `columns`."""
        first = max(0, min(self.marked - ROWS // 2, len(self.fitting) - ROWS))
        rows = [
            f"{'>' if first + place == self.marked else ' '} {printable(described(person))}"
            for place, person in enumerate(self.fitting[first : first + ROWS])
        ]
        count = f"{len(self.fitting)} {'person' if len(self.fitting) == 1 else 'people'}; {HELP}"
        return [_cut(line, columns) for line in (*rows, count, f"whom? {printable(self.query)}")]


def keys_of(text: str) -> Iterator[str]:
    """The keys that a terminal sent as `text`."""
    return (match[0] for match in _KEY.finditer(text))


def _cut(line: str, columns: int) -> str:
    width = 0
    for place, character in enumerate(line):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width >= columns:
            return line[:place].rstrip() + "…"
    return line


def choose(people: Sequence[Contact], recency: Callable[[Contact], int]) -> Contact | None:
    """Whom the person at the terminal chooses; None when they give up."""
    roll = Roll(people, recency)
    choice = Choice(roll, roll.fitting(""))
    decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
    with _each_key():
        shown = 0
        while not choice.done:
            lines = choice.lines(shutil.get_terminal_size().columns)
            _draw(shown, "\r\n".join(lines))
            shown = len(lines)
            data = os.read(sys.stdin.fileno(), 1024)
            for key in keys_of(decode(data)) if data else ("\x04",):
                choice = choice.after(key)
        _draw(shown, "")
    return choice.chosen


def _draw(shown: int, text: str) -> None:
    """Put `text` in the place of the `shown` lines that stand above the cursor."""
    up = f"\x1b[{shown - 1}A" if shown > 1 else ""
    sys.stderr.write(f"{up}\r\x1b[J{text}")
    sys.stderr.flush()


@contextmanager
def _each_key() -> Iterator[None]:
    """Let every key arrive as it is pressed, unseen, and put the terminal back afterwards."""
    if sys.platform == "win32":
        raise NotImplementedError
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
