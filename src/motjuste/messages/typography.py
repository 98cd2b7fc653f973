"""Finishing: a text's seams closed; its spaces, apostrophes and dots as language and channel want them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from motjuste.messages.length import normalise
from motjuste.messages.marks import SHIELD, SHIELDED

NBSP, NNBSP = "\u00a0", "\u202f"

_SPACE = f"[ {NBSP}{NNBSP}]"
# The end of a sentence follows; what stands inside a word, an address or a formula is left alone.
_ENDS = r"(?=[\s)\]»”\"’'!?…,.]|$)"
_BREAKS = r"(?=\s|$)"
_LINK = re.compile(
    r"(?<!\w)(?:https?://|www\.)[^\s]*[^\s.,;:!?…'\"’”»)\]]|[^\s@,;:!?()<>«»]+@[^\s@,;:!?()<>«»]*[^\s@,;:!?()<>«».…]"
)

Rule = tuple[re.Pattern[str], str]


def _rules(*rules: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern, re.MULTILINE), replacement) for pattern, replacement in rules)


_SEAMS = _rules(
    (rf"[ \t{NBSP}{NNBSP}]*\n[ \t{NBSP}{NNBSP}]*", "\n"),
    (r"\n{3,}", "\n\n"),
    # Of several spaces one stays, and a no-break space is the one.
    (rf"[ \t{NBSP}{NNBSP}]*([{NBSP}{NNBSP}])[ \t{NBSP}{NNBSP}]*", r"\1"),
    (r"[ \t]{2,}|\t", " "),
    (rf"{_SPACE}+(?=[,.](?!\w))", ""),
    (rf"\A[\s{NBSP}{NNBSP}]+|[\s{NBSP}{NNBSP}]+\Z", ""),
)
_SIGNS = _rules(
    (r"(?<=\w)'(?=[\w«])", "’"),
    (r"(?<!\.)\.\.\.(?!\.)", "…"),
)
_PLAIN_SIGNS = _rules(
    (r"[’‘]", "'"),
    (r"…", "..."),
    (rf"[{NBSP}{NNBSP}]", " "),
    (r"« ?| ?»|[“”]", '"'),
    (r"[–—]", "-"),
)


@cache
def _spacing(language: str, region: str, typography: str) -> tuple[Rule, ...]:
    """The rules of one language, region and channel, in the order in which they apply."""
    signs = _PLAIN_SIGNS if typography == "plain" else _SIGNS
    if language != "fr":
        return (
            _rules((rf"(?<=\S){_SPACE}+(?=[!?]+{_ENDS})", ""), (rf"(?<=\S){_SPACE}+(?=[;:]{_BREAKS})", ""))
            + signs
        )
    no_break = " " if typography == "plain" else NBSP
    narrow = {"typographic": NNBSP, "nbsp": NBSP}.get(typography, " ")
    high = "" if region == "CA" else narrow
    inside = "" if typography == "plain" else NBSP
    return (
        signs[:2]
        + _rules(
            (rf"(?<=[^\s(\[«!?]){_SPACE}*(?=[!?]+{_ENDS})", high),
            (rf"(?<=[^\s(\[«]){_SPACE}*(?=;{_BREAKS})", high),
            (rf"(?<=[^\s(\[«]){_SPACE}*(?=:{_BREAKS})", no_break),
            (rf"«{_SPACE}*(?=\S)", f"«{inside}"),
            (rf"(?<=[^\s«]){_SPACE}*»", f"{inside}»"),
            (rf"(?<=\d){_SPACE}*(?=[%€$](?!\w))", no_break),
        )
        + signs[2:]
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
    for rule in _SEAMS:
        text, at = _apply(rule, text, at)
    links: list[str] = []
    if "://" in text or "@" in text or "www." in text:
        text = _LINK.sub(lambda match: _shield(match.group(), links), text)
    for rule in _spacing(language, region, typography):
        text, at = _apply(rule, text, at)
    if links:
        kept = iter(links)
        text = re.sub(f"{SHIELD}{SHIELDED}*", lambda _: next(kept), text)
    return unicodedata.normalize("NFC", text) if not text.isascii() else text, at


def _shield(link: str, links: list[str]) -> str:
    """Something of the same length that no rule touches."""
    links.append(link)
    return SHIELD + SHIELDED * (len(link) - 1)


def _apply(rule: Rule, text: str, positions: list[int]) -> tuple[str, list[int]]:
    pattern, replacement = rule
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
