"""A person types at random; the field must hold what a slow and obvious reading of the rules says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motjuste.expansion.snippets import Snippet
from typist import typing

SEPARATORS = " ,"
ACCENT = "\u0301"


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    snippet: Snippet
    trigger: str


class SlowField:
    """The rules again, without speed: everything is worked out anew from the text after each key.

    `known` is text before the caret that cannot begin a trigger any more, `live` was typed after it.
    """

    def __init__(self, snippets: list[Snippet]) -> None:
        self.snippets = snippets
        self.hidden = ""
        self.known = ""
        self.live = ""
        self.as_typed: tuple[str, str] | None = None

    @property
    def field(self) -> str:
        return self.hidden + self.known + self.live

    def press(self, key: str) -> None:
        as_typed, self.as_typed = self.as_typed, None
        if key == "<click>":
            self.hidden, self.known, self.live = self.field, "", ""
        elif key == "<wait:600>":
            self.as_typed = as_typed
            self.settle(paused=True)
        elif key == "<bs>" and as_typed and (self.known or self.live):
            self.hidden, self.known = as_typed
            self.live = ""
        elif key == "<bs>":
            self.erase()
        else:
            self.live += key.strip("«»")
            self.settle()

    def erase(self) -> None:
        clusters = regex.findall(r"\X", self.field)
        for _ in clusters[-1] if clusters else "":
            if self.live:
                self.live = self.live[:-1]
            elif self.known:
                self.known = self.known[:-1]
            else:
                self.hidden = self.hidden[:-1]

    def settle(self, *, paused: bool = False) -> None:
        while (found := self.decide(paused)) is not None:
            start, end = found[0].start, found[0].end
            typed = self.live[start:end]
            if len({each.snippet for each in found}) > 1 or found[0].snippet.replace == "refuse":
                self.known += self.live[:end]
            else:
                separator = "" if found[0].snippet.confirm else typed[len(found[0].trigger) :]
                before = self.known + self.live[:start]
                inserted = found[0].snippet.replace + separator + self.live[end:]
                # A mark at an unknown place may have joined what stands there, and is a Backspace's own business.
                undone = bool(before) or not inserted.startswith(ACCENT)
                self.as_typed = (self.hidden, self.known + self.live) if undone else None
                self.known += self.live[:start] + found[0].snippet.replace + separator
            self.live = self.live[end:]

    def decide(self, paused: bool) -> list[Found] | None:
        best: list[Found] = []
        for end in range(1, len(self.live) + 1):
            complete, possible = self.look(end)
            if complete:
                first = min(each.start for each in complete)
                longest = max(len(each.trigger) for each in complete if each.start == first)
                if not best or first <= best[0].start:
                    best = [e for e in complete if e.start == first and len(e.trigger) == longest]
            if best and not any(start <= best[0].start for start in possible):
                return best
        if not paused:
            return None
        resting = self.at_rest()
        return resting if resting and (not best or resting[0].start <= best[0].start) else best or None

    def at_rest(self) -> list[Found]:
        """The first place from where on everything is a trigger that a pause completes."""
        for start in range(len(self.live)):
            left = (self.known + self.live)[: len(self.known) + start][-1:]
            found = []
            for snippet in self.snippets:
                trigger, typed = snippet.triggers[0], self.live[start:]
                same = typed.lower() == trigger.lower() if snippet.propagate_case else typed == trigger
                if snippet.at_rest and same and left in ("", *SEPARATORS):
                    found.append(Found(start, len(self.live), snippet, trigger))
            if found:
                return found
        return []

    def look(self, end: int) -> tuple[list[Found], list[int]]:
        complete, possible = [], []
        for start in range(end):
            left = (self.known + self.live)[: len(self.known) + start][-1:]
            typed = self.live[start:end]
            for snippet in self.snippets:
                trigger = snippet.triggers[0]
                at_a_start = snippet.left_word or snippet.at_rest
                at_an_end = snippet.right_word or snippet.at_rest or bool(snippet.confirm)
                if at_a_start and left not in ("", *SEPARATORS):
                    continue
                if snippet.propagate_case:
                    word, wanted = typed.lower(), trigger.lower()
                else:
                    word, wanted = typed, trigger
                if wanted.startswith(word) and (word != wanted or at_an_end):
                    possible.append(start)
                if (not at_an_end and word == wanted) or (
                    at_an_end and word[:-1] == wanted and word[-1] in SEPARATORS
                ):
                    complete.append(Found(start, end, snippet, trigger))
        return complete, possible


def _snippet(trigger: str, *, at_rest: bool, confirm: str, **values: Any) -> Snippet:
    # A snippet file may not ask for both.
    return Snippet(triggers=(trigger,), at_rest=at_rest and not confirm, confirm=confirm, **values)


def snippets_of(alphabet: str, replacements: list[str]) -> st.SearchStrategy[list[Snippet]]:
    triggers = st.text(alphabet, min_size=1, max_size=4).filter(lambda text: text[0] != ACCENT)
    return st.lists(
        st.builds(
            _snippet,
            triggers,
            replace=st.sampled_from(replacements),
            left_word=st.booleans(),
            right_word=st.booleans(),
            at_rest=st.booleans(),
            confirm=st.sampled_from(["", "", "separator"]),
            propagate_case=st.booleans(),
        ),
        max_size=5,
    )


def keys_of(alphabet: str) -> st.SearchStrategy[list[str]]:
    character = st.sampled_from(alphabet)
    together = st.text(alphabet, min_size=2, max_size=4).map(lambda text: f"«{text}»")
    named = st.sampled_from(["<bs>", "<bs>", "<click>", "<wait:600>"])
    return st.lists(st.one_of(character, character, character, together, named), max_size=25)


def check(snippets: list[Snippet], keys: list[str]) -> None:
    slow = SlowField(snippets)
    for key in [*keys, "<wait:600>"]:
        slow.press(key)
    assert typing("".join(keys), snippets).field == f"{slow.field}|"


# Replacements have no letters, so that their case cannot change; `follow_case` has its own tests.
@settings(max_examples=200, deadline=None)
@given(snippets_of("ab ", ["", "1", "2 ", "345", "refuse"]), keys_of("aabb ,"))
def test_any_typing_gives_what_the_rules_say(snippets: list[Snippet], keys: list[str]) -> None:
    check(snippets, keys)


@settings(max_examples=200, deadline=None)
@given(
    snippets_of(f"aBe{ACCENT}", ["", "1", f"1{ACCENT}", f"1{ACCENT}👍🏽", "refuse"]),
    keys_of(f"aABbe{ACCENT} "),
)
@example([Snippet(triggers=("a",), replace="")], ["e", "a", "<bs>"])
def test_any_typing_with_accents_gives_what_the_rules_say(snippets: list[Snippet], keys: list[str]) -> None:
    check(snippets, keys)
