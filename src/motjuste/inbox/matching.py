"""Whose position, background, groups or companies interest the person, and by which words that shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from motjuste.inbox.interests import Interests
from motjuste.inbox.saying import Reason
from motjuste.inbox.stems import Stem, parts_of, stems
from motjuste.people.names import fold
from motjuste.people.pasted_words import LEGAL_FORMS


@dataclass(frozen=True)
class About:
    """What is known of somebody, in their own words; unknown texts are empty.

    `background` is a summary, former positions or a note on the card; `groups` are those that you share.
    """

    position: str = ""
    company: str = ""
    background: str = ""
    groups: str = ""
    place: str = ""


@dataclass(frozen=True)
class Match:
    """An interest, of which table, and the words that match it as they were written."""

    kind: str
    interest: str
    words: str

    @property
    def reason(self) -> Reason:
        english, french = _SAID[self.kind]
        reason = Reason(
            f"interest-{self.kind}",
            f"{english} “{self.interest}” is among your interests",
            f"{french} « {self.interest} » est parmi vos intérêts",
        )
        return reason if self.words == self.interest else reason.with_words(self.words)


_SAID = {
    "position": ("the position", "le poste"),
    "background": ("the background", "le domaine"),
    "company": ("the company", "l’entreprise"),
    "school": ("the school", "l’école"),
    "group": ("the group", "le groupe"),
    "place": ("the place", "le lieu"),
}


def match_interests(interests: Interests, about: About) -> tuple[Match, ...]:
    """The interests that somebody meets, in the order of the tables; each with the first words that show it.

    Positions and backgrounds match by stems, in any order within one part of a headline; names of companies,
    schools, groups and places by whole words in their order.
    """
    work = f"{about.position}\n{about.company}"
    return (
        *_by_stems("position", interests.positions, about.position),
        *_by_stems("background", interests.backgrounds, f"{work}\n{about.background}"),
        *_by_name("company", interests.companies, f"{work}\n{about.background}"),
        *_by_name("school", interests.schools, f"{about.background}\n{about.groups}\n{about.company}"),
        *_by_name("group", interests.groups, f"{about.groups}\n{about.background}"),
        *_by_name("place", interests.places, about.place),
    )


def _by_stems(kind: str, wanted: Sequence[str], text: str) -> Iterator[Match]:
    parts = [stems(part) for part in parts_of(text)] if wanted else []
    for interest in wanted:
        sought = _sought(interest)
        for part in parts:
            if sought and sought <= {each.stem for each in part}:
                yield Match(kind, interest, _written(part, sought))
                break


@lru_cache(maxsize=1024)
def _sought(interest: str) -> frozenset[str]:
    return frozenset(each.stem for part in parts_of(interest) for each in stems(part))


def _written(part: Sequence[Stem], sought: frozenset[str]) -> str:
    """The words of a part that were sought; those left out between them are three dots."""
    places = [at for at, each in enumerate(part) if each.stem in sought]
    runs = groupby(part[places[0] : places[-1] + 1], key=lambda each: each.stem in sought)
    # A short form such as DRH stands for several stems with the same word.
    return " ".join(
        " ".join(dict.fromkeys(each.words for each in run)) if meant else "…" for meant, run in runs
    )


def _by_name(kind: str, wanted: Sequence[str], text: str) -> Iterator[Match]:
    lines = [f" {fold(line)} " for line in text.splitlines()] if wanted else []
    for interest in wanted:
        name = _name(interest)
        if name and any(f" {name} " in line for line in lines):
            yield Match(kind, interest, interest)


@lru_cache(maxsize=1024)
def _name(interest: str) -> str:
    """A name to look for: without the legal form, which one writes and another leaves out."""
    words = fold(interest).split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in LEGAL_FORMS else words)
