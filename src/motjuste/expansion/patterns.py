"""Triggers that are regular expressions: found backwards from the caret, and stopped when they run away.

A pattern is matched from its end to its beginning. So a key that cannot end it costs next to nothing, a lazy
`.*?` takes the least that stands before the caret, and a greedy `\\d+` takes all the digits there. Only where a
pattern refers back to what it found (`\\1`) is it matched forwards, from the first place where it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from motjuste.expansion.snippets import Snippet
from motjuste.expansion.triggers import Ending

# How far back a match may reach, and how much more is kept for what looks behind it, in code points.
REACH = 512
CONTEXT = 64
# Of processor time, so that a busy machine makes no pattern look slow. An honest one takes 0.1 ms over REACH.
LONGEST_SECONDS = 0.02
# What a match that takes too long ends with.
RAN_AWAY = (TimeoutError, MemoryError, RecursionError)
# Of how many endings the patterns are remembered; people type some hundreds.
_REMEMBERED = 4096

_REFERS_BACK = regex.compile(r"\\[1-9]|\\g<|\(\?P[=>]|\(\?[(&R0-9+-]|\(\?>|[*+?}]\+")
# What a pattern says about the places between characters: a few characters alone cannot tell. The engine also rules
# out by a look ahead, as in `(?=b).*?`, what might stand before them.
_PLACES = regex.compile(r"\\[bBmMAZ]|\^|\$")
_LOOKING = frozenset(("(?=", "(?!", "(?<=", "(?<!"))
_TOKEN = regex.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|.", regex.DOTALL)
_UNTOLD = regex.compile(r"\\[GKX]|\(\?[A-Za-z]*[wx]")
# Groups of signs and marks before the text that a pattern begins with.
_BEFORE_BEGINNING = regex.compile(r"(?:\(\?[a-zA-Z0-9]+\)|\^|\\[bmA])*")
_PLAIN = regex.compile(r"\\[^\w\s]|[^\\.^$*+?{}\[\]|()]")
_REPEATED = frozenset("*+?{")


class Pattern:
    """One regular expression, in the forms in which it is asked."""

    def __init__(self, snippet: Snippet, rank: tuple[int, int], separators: frozenset[str]) -> None:
        flags = regex.IGNORECASE if snippet.propagate_case else 0
        self.snippet = snippet
        self.rank = rank
        self.at_once = not (snippet.right_word or snippet.at_rest or snippet.confirm)
        begins_words = snippet.left_word or snippet.at_rest
        left = f"(?<![^{regex.escape(''.join(sorted(separators)))}])" if begins_words else ""
        verbose = regex.compile(snippet.regex).flags & regex.VERBOSE
        # A comment that ends a verbose pattern must not swallow the bracket behind it.
        whole = f"{left}(?:{snippet.regex}{chr(10) if verbose else ''})"
        self._forwards = bool(_REFERS_BACK.search(snippet.regex))
        self._ending = regex.compile(whole + r"\Z" if self._forwards else f"(?r){whole}", flags)
        # What never matches, yet might have: the engine says so when the text ended too early.
        self._going_on = regex.compile(f"{whole}(?!)", flags)
        self._last = None if self._forwards else _without_places(snippet.regex, flags)
        self._folded = bool(flags or self._ending.flags & regex.IGNORECASE)
        self.beginning = self._fold(_beginning(snippet.regex))

    def may_end_in(self, ending: str) -> bool:
        """Whether a match may end in these characters. A pattern of which this is hard to say may."""
        if self._last is None:
            return True
        try:
            # Partial: what reads further back than these characters might go on there.
            return self._last.match(ending, partial=True, timeout=LONGEST_SECONDS) is not None
        except RAN_AWAY:
            return True

    def ending(self, text: str, start: int) -> regex.Match[str] | None:
        """The match that begins at `start` or later and ends with `text`. TimeoutError if that takes too long."""
        find = self._ending.search if self._forwards else self._ending.match
        found = find(text, start, timeout=LONGEST_SECONDS)
        return found if found and found.start() < found.end() else None

    def goes_on(self, text: str, start: int) -> bool:
        """Whether what stands at `start` may become a longer match. TimeoutError if that takes too long."""
        return self._going_on.match(text, start, partial=True, timeout=LONGEST_SECONDS) is not None

    def begins_like(self, text: str, start: int) -> bool:
        """Whether `text`, from `start` on, begins as this pattern does, as far as it goes."""
        return self.beginning.startswith(self._fold(text[start : start + len(self.beginning)]))

    def _fold(self, text: str) -> str:
        return text.lower() if self._folded else text


class Patterns:
    """The patterns that are asked at each key; one that runs away is asked no more.

    `runaways` are sentences about those, in the order in which they ran away.
    """

    def __init__(
        self, numbered: Iterable[tuple[tuple[int, int], Snippet]], separators: frozenset[str]
    ) -> None:
        self._patterns = [Pattern(snippet, rank, separators) for rank, snippet in numbered]
        self._by_ending: dict[str, tuple[Pattern, ...]] = {}
        self.runaways: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def that_may_end(self, typed: str, character: str) -> Sequence[Pattern]:
        """The patterns of which a match may end in `character`, `typed` being what stands before it."""
        found = self._by_ending.get(character)
        if found is None:
            found = self._remember(character, self._patterns)
        if not found:
            return found
        # One character rules out few of those that end as words do; two rule out nearly all.
        last_two = typed[-1:] + character
        narrower = self._by_ending.get(last_two)
        return self._remember(last_two, found) if narrower is None else narrower

    def _remember(self, ending: str, among: Sequence[Pattern]) -> tuple[Pattern, ...]:
        if len(self._by_ending) >= _REMEMBERED:
            self._by_ending.clear()
        found = tuple(pattern for pattern in among if pattern.may_end_in(ending))
        self._by_ending[ending] = found
        return found

    def ending(self, patterns: Iterable[Pattern], text: str, live: int) -> list[tuple[int, Pattern, Ending]]:
        """The matches of `patterns` that end with `text` and begin at `live` or later, each with its length."""
        found = []
        start = max(live, len(text) - REACH)
        for pattern in patterns:
            try:
                match = pattern.ending(text, start)
            except RAN_AWAY:
                self._stop(pattern)
                continue
            if match:
                variables = {name: value or "" for name, value in match.groupdict().items()}
                ending = Ending(pattern.snippet.regex, pattern.snippet, pattern.rank, variables)
                found.append((len(text) - match.start(), pattern, ending))
        return found

    def going_on(self, text: str, live: int, back: int, endings: Iterable[Ending]) -> int:
        """How many characters ago something began that may still become longer than what began `back` ago.

        That is the pattern of such an ending itself, or one whose fixed beginning reaches into it. 0 if nothing.
        A pattern that may begin with anything holds nothing up: it would hold up every trigger.
        """
        at = len(text) - back
        own = {ending.rank for ending in endings}
        for pattern in tuple(self._patterns):
            starts = range(max(live, at - len(pattern.beginning) + 1), at + 1) if pattern.beginning else ()
            for start in (at,) if pattern.rank in own else starts:
                try:
                    if (pattern.rank in own or pattern.begins_like(text, start)) and pattern.goes_on(
                        text, start
                    ):
                        return len(text) - start
                except RAN_AWAY:
                    self._stop(pattern)
                    break
        return 0

    def _stop(self, runaway: Pattern) -> None:
        self._patterns.remove(runaway)
        self._by_ending.clear()
        self.runaways += (
            f"{runaway.snippet.source}: the regular expression {runaway.snippet.regex!r} takes too long and is "
            "switched off; write it without repetitions inside repetitions",
        )


def _without_places(pattern: str, flags: int) -> regex.Pattern[str] | None:
    """`pattern`, matched backwards and without its `\\b` and `(?=…)`, so that it matches no less; or None."""
    if _UNTOLD.search(pattern):
        return None
    kept: list[str] = []
    depth = 0
    for token in _TOKEN.findall(pattern):
        if depth:
            depth += token.startswith("(") - (token == ")")
        elif token in _LOOKING:
            depth = 1
            kept.append("(?:)")
        else:
            kept.append("(?:)" if _PLACES.fullmatch(token) else token)
    return regex.compile(f"(?r)(?:{''.join(kept)})", flags)


def _beginning(pattern: str) -> str:
    """The text that `pattern` begins with, as far as it is plain; "" when there is none."""
    at = _BEFORE_BEGINNING.match(pattern).end()
    begins: list[str] = []
    while plain := _PLAIN.match(pattern, at):
        at = plain.end()
        if pattern[at : at + 1] in _REPEATED:
            break
        begins.append(plain[0][-1])
    return "".join(begins)
