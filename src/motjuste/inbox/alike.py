"""Which notes are the same text from several people, once names are taken out; in time proportional to the notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from motjuste.inbox.stock_sentences import GREETINGS
from motjuste.people.names import fold_word, plain_words

FEWEST_WORDS = 6
"""Shorter notes are the same by chance: “Merci pour votre conférence !” may well be two people's own words."""
LIKENESS = 0.6
"""Which share of the runs of three words two notes have in common, of those that either has."""
_ANCHORS = 6
# Texts compared for each anchor. Equal ones are one text, however many people sent it.
_MOST_COMPARED = 40
_MOST_WORDS = 300
# Of so many senders each is counted once, although they may have sent it in two versions; beyond, it does not matter.
_COUNTED_ONE_BY_ONE = 100

Runs = frozenset[int]


@dataclass(frozen=True)
class Alike:
    """All notes of an inbox, ready to be asked who else sent the same. Make it with `Alike.of`."""

    senders: Mapping[Runs, set[str]] = field(default_factory=dict)
    by_anchor: Mapping[int, Sequence[Runs]] = field(default_factory=dict)

    @classmethod
    def of(cls, notes: Iterable[tuple[str, str]]) -> Alike:
        """The notes of everybody, as pairs of who sent one and its text."""
        senders: dict[Runs, set[str]] = {}
        by_anchor: dict[int, list[Runs]] = {}
        for sender, text in notes:
            runs = _runs(text)
            if not runs:
                continue
            if runs not in senders:
                for anchor in _anchors(runs):
                    by_anchor.setdefault(anchor, []).append(runs)
            senders.setdefault(runs, set()).add(sender)
        return cls(senders, by_anchor)

    def count(self, text: str, *, apart_from: str) -> int:
        """How many others sent nearly the same text."""
        runs = _runs(text)
        # Texts alike share most of their runs, and so nearly surely one of the few that stand for each of them.
        candidates = dict.fromkeys(each for anchor in _anchors(runs) for each in self._some(anchor))
        groups = [self.senders[each] for each in candidates if _likeness(runs, each) >= LIKENESS]
        if sum(map(len, groups)) <= _COUNTED_ONE_BY_ONE:
            return len(set().union(*groups) - {apart_from})
        return sum(len(group) - (apart_from in group) for group in groups)

    def _some(self, anchor: int) -> Sequence[Runs]:
        return self.by_anchor.get(anchor, ())[:_MOST_COMPARED]


def _runs(text: str) -> Runs:
    """The runs of three words of a text, as numbers; none for a text too short to be told from chance.

    Words that greet go, and so do the names: capitalised words wherever they stand.
    """
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(crc32(" ".join(words[at : at + 3]).encode()) for at in range(len(words) - 2))


def _words(text: str) -> list[str]:
    # In a text of capitals they tell no names.
    written = plain_words(text.lower() if text.isupper() else text)[:_MOST_WORDS]
    folded = [fold_word(word) for word in written]
    kept = []
    greeted = False
    for word, plain in zip(written, folded, strict=True):
        if plain in GREETINGS:
            greeted = True
        # A word behind a greeting is a name however it is written; elsewhere capitals tell.
        elif not greeted and not (word[0].isupper() and len(word) > 1):
            kept.append(plain)
        else:
            greeted = False
    return kept


def _anchors(runs: Runs) -> Sequence[int]:
    return sorted(runs)[:_ANCHORS]


def _likeness(one: Runs, other: Runs) -> float:
    return len(one & other) / len(one | other)
