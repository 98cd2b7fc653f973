"""Finishing: a text's seams closed; its spaces, apostrophes and dots as language and channel want them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from motjuste.messages.length import normalise
from motjuste.messages.marks import SHIELD, SHIELDED, spoken_again

NBSP, NNBSP = "\u00a0", "\u202f"

_SPACE = f"[ {NBSP}{NNBSP}]"
# The end of a sentence follows; what stands inside a word, an address or a formula is left alone.
_ENDS = r"(?=[\s)\]»”\"’'!?…,.]|$)"
_BREAKS = r"(?=\s|$)"
_END_OF_LINK = r"[^\s]*[^\s.,;:!?…'\"’”»)\]]"
# Compiled when it is used: most texts have no link.
_LINK = (
    rf"(?<!\w)(?:https?://|www\.){_END_OF_LINK}"
    r"|[^\s@,;:!?()<>«»]+@[^\s@,;:!?()<>«»]*[^\s@,;:!?()<>«».…]"
    rf"|[\w-]+(?:\.[\w-]+)+/{_END_OF_LINK}"
)


@dataclass(frozen=True)
class Rule:
    """Replaces what `pattern` finds; it can find nothing in a text without one of `needs` (which is quick to see)."""

    needs: tuple[str, ...]
    written: str
    replacement: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is needed: most texts take a few of the rules."""
        return re.compile(self.written, re.MULTILINE)


def _rules(*rules: tuple[str, str, str]) -> tuple[Rule, ...]:
    """Rules from what they need (parted by `|`), pattern and replacement."""
    return tuple(Rule(tuple(needs.split("|")), pattern, replacement) for needs, pattern, replacement in rules)


_SEAMS = _rules(
    (
        f" \n|\n |\t\n|\n\t|{NBSP}\n|\n{NBSP}|{NNBSP}\n|\n{NNBSP}",
        rf"[ \t{NBSP}{NNBSP}]*\n[ \t{NBSP}{NNBSP}]*",
        "\n",
    ),
    ("\n\n\n", r"\n{3,}", "\n\n"),
    # Of several spaces one stays, and a no-break space is the one.
    (f"{NBSP}|{NNBSP}", rf"[ \t{NBSP}{NNBSP}]*([{NBSP}{NNBSP}])[ \t{NBSP}{NNBSP}]*", r"\1"),
    ("  |\t", r"[ \t]{2,}|\t", " "),
    (f" ,|{NBSP},|{NNBSP},| .|{NBSP}.|{NNBSP}.", rf"{_SPACE}+(?=[,.](?!\w))", ""),
)


@cache
def _seams(no_break: bool, lines: bool) -> tuple[Rule, ...]:
    """The rules of seams for texts with or without no-break spaces, with or without several lines."""
    absent = ("" if no_break else NBSP + NNBSP) + ("" if lines else "\n")
    return tuple(
        Rule(needs, rule.written, rule.replacement)
        for rule in _SEAMS
        if (needs := tuple(needed for needed in rule.needs if not set(needed) & set(absent)))
    )


_SIGNS = _rules(
    ("'", r"'(?<=\w')(?=[\w«])", "’"),
    ("...", r"(?<!\.)\.\.\.(?!\.)", "…"),
)
_PLAIN_SIGNS = _rules(
    ("’|‘", r"[’‘]", "'"),
    ("…", r"…", "..."),
    (f"{NBSP}|{NNBSP}", rf"[{NBSP}{NNBSP}]", " "),
    ("«|»|“|”", r"« ?| ?»|[“”]", '"'),
    ("–|—", r"[–—]", "-"),
)


def _spaced(sign: str, followed: str, after: str, needs: str, space: str) -> tuple[Rule, ...]:
    """One `space`, or none, before a sign that comes after one of some characters.

    Each pattern begins with what it replaces and looks around from there, first ahead, where less is alike: that is
    ten times as fast. No more than one space is left when these rules apply.
    """
    swap = (needs, rf"{_SPACE}(?={sign}{followed})(?<={after}{_SPACE})", space)
    put = (needs, rf"{sign}(?<={after}{sign}){followed}", rf"{space}\g<0>")
    return _rules(swap, put) if space else _rules(swap)


@cache
def _spacing(language: str, region: str, typography: str) -> tuple[Rule, ...]:
    """The rules of one language, region and channel, in the order in which they apply."""
    signs = _PLAIN_SIGNS if typography == "plain" else _SIGNS
    if language != "fr":
        return (
            *_rules(
                ("!|?", rf"{_SPACE}(?<=\S{_SPACE})(?=[!?]+{_ENDS})", ""),
                (";|:", rf"{_SPACE}(?<=\S{_SPACE})(?=[;:]{_BREAKS})", ""),
            ),
            *signs,
        )
    no_break = " " if typography == "plain" else NBSP
    narrow = {"typographic": NNBSP, "nbsp": NBSP}.get(typography, " ")
    high = "" if region == "CA" else narrow
    inside = "" if typography == "plain" else NBSP
    return (
        *signs[:2],
        *_spaced(r"[!?]", f"(?=[!?]*{_ENDS})", r"[^\s(\[«!?]", "!|?", high),
        *_spaced(";", _BREAKS, r"[^\s(\[«]", ";", high),
        *_spaced(":", _BREAKS, r"[^\s(\[«]", ":", no_break),
        *_rules(("«", rf"«{_SPACE}*(?=\S)", f"«{inside}")),
        *_spaced("»", "", r"[^\s«]", "»", inside),
        *_spaced("[%€$]", r"(?!\w)", r"\d", "%|€|$", no_break),
        *(_rules((NNBSP, NNBSP, NBSP)) if typography == "nbsp" else ()),
        *signs[2:],
    )


def finish(text: str, locale: str, typography: str = "typographic") -> str:
    """`text` ready to be inserted; finishing a finished text changes nothing.

    Double spaces, a space before a comma or a full stop, spaces at the ends of lines and more than one empty
    line go; French punctuation gets the spaces of its region (`fr-FR`, `fr-CA`); links and addresses stay.
    `typography` is the channel's: `typographic`, `nbsp` (no narrow spaces) or `plain`.
    """
    return finish_with(text, (), locale, typography)[0]


def finish_with(
    text: str, positions: Sequence[int], locale: str, typography: str = "typographic"
) -> tuple[str, list[int]]:
    """`finish`, and where the given positions of `text` are in the finished one."""
    language, _, region = locale.partition("-")
    at = [len(normalise(text[:position])) for position in positions]
    text = normalise(text)
    text, at = _applied(_seams(NBSP in text or NNBSP in text, "\n" in text), text, at)
    text, at = _stripped(text, at)
    links: list[str] = []
    if "/" in text or "@" in text or "www." in text:
        text = re.sub(_LINK, lambda match: _shield(match.group(), links), text)
    text, at = _applied(_spacing(language, region, typography), text, at)
    if links:
        kept = iter(links)
        text = re.sub(f"{SHIELD}{SHIELDED}*", lambda _: next(kept), text)
    return normalise(spoken_again(text)), at


def _shield(link: str, links: list[str]) -> str:
    """Something of the same length that no rule touches."""
    links.append(link)
    return SHIELD + SHIELDED * (len(link) - 1)


def _stripped(text: str, positions: list[int]) -> tuple[str, list[int]]:
    start = len(text) - len(text.lstrip())
    text = text.strip()
    return text, [min(max(position - start, 0), len(text)) for position in positions]


def _applied(rules: tuple[Rule, ...], text: str, positions: list[int]) -> tuple[str, list[int]]:
    # Written out in loops, without a call for each rule that finds nothing: most of a message's time goes here.
    for rule in rules:
        for needed in rule.needs:
            if needed in text:
                text, positions = _apply(rule, text, positions)
                break
    return text, positions


def _apply(rule: Rule, text: str, positions: list[int]) -> tuple[str, list[int]]:
    pattern, replacement = rule.pattern, rule.replacement
    if not positions:
        return pattern.sub(replacement, text), positions
    edits: list[tuple[int, int, int]] = []

    def note(match: re.Match[str]) -> str:
        new = match.expand(replacement)
        edits.append((match.start(), match.end(), len(new)))
        return new

    text = pattern.sub(note, text)
    return text, [_moved(position, edits) for position in positions] if edits else positions


def _moved(position: int, edits: Sequence[tuple[int, int, int]]) -> int:
    shift = 0
    for start, end, new_length in edits:
        if end <= position:
            shift += new_length - (end - start)
        elif start < position:
            return start + shift + min(position - start, new_length)
        else:
            break
    return position + shift
