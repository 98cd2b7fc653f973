"""Pieces of the review as Textual draws them: texts with their emphasis, and no markup of anybody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from motjuste.review.page import Choice, Page, help_lines
from motjuste.review.words import Words

# The terminal's own colours, on its own background, so that it fits a light and a dark one; never a colour alone.
COLOURS = {
    "accept": "bold ansi_green",
    "ask": "bold ansi_magenta",
    "decline": "bold ansi_red",
    "ignore": "bold",
    "look": "bold reverse",
}


def head(now: Page, words: Words) -> Content:
    return Content.assemble((f" {words.title} ", "reverse bold"), f" {now.place} ", (f" {now.sifted}", "dim"))


def person(now: Page) -> Iterator[Content]:
    yield Content.assemble((now.name, "bold"), f"  {without_scheme(now.link)}")
    for line in now.about:
        yield Content(line)


def without_scheme(link: str) -> str:
    return link.partition("://")[2].removeprefix("www.") or link


def help_text(words: Words) -> Iterator[Content]:
    yield Content.styled(words.help_title, "bold")
    for key, sentence in help_lines(words):
        yield Content.assemble((f"{key:>6}  ", "bold"), sentence) if key else Content(f"\n{sentence}")


def filter_list(found: Sequence[Choice], marked: int, words: Words) -> Iterator[Content]:
    for place, choice in enumerate(found):
        if choice.heading:
            yield Content.styled(f"\n{choice.heading}", "bold")
        sign = "✓" if choice.chosen else " "
        yield Content.styled(f" {sign} {choice.words} ", "reverse" if place == marked else "")


def key_line(words: Words, columns: int, keys: Sequence[str]) -> Content:
    """Keys with their words, as many as a line takes; a click on one presses it."""
    lines: list[list[Content]] = [[]]
    used = 0
    for key in keys:
        item = Content.from_markup(
            f"[@click=app.press({key!r})][bold]$key[/bold] $word[/]",
            key="⏎" if key == "enter" else key,
            word=words.keys[key],
        )
        if used and used + 2 + item.cell_length > columns:
            lines.append([])
            used = 0
        used += item.cell_length + (2 if used else 0)
        lines[-1].append(item)
    return Content("\n").join(Content("  ").join(line) for line in lines)
