"""The statistics as one page that needs nothing else: no network, no script, no file beside it."""

from __future__ import annotations

import re
from html import escape

from motjuste.inbox.statistics import Statistics
from motjuste.report.pictures import NARROW, WIDE, bar, span, strips
from motjuste.report.sections import Row, Section, Span, Strips, Table, sections
from motjuste.report.style import STYLE
from motjuste.report.terminal import nothing
from motjuste.report.words import Words

MARK = '<meta name="generator" content="motjuste stats">'
"""Stands in every page of ours, near its beginning."""

# Nothing may be loaded, whatever stands in the page: a browser keeps to that.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page_of(told: Statistics, words: Words) -> str:
    """The whole page. It holds numbers and names of templates, and nobody's name."""
    head = words.as_of.format(words.day_of(told.as_of))
    if told.since:
        head += f" · {words.since.format(words.month_name(told.since))}"
    shown = sections(told, words)
    parts = [_section(section, words) for section in shown]
    if told.empty:
        parts.insert(0, f'<section><p class="nothing">{escape(nothing(told, words))}</p></section>')
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{words.language}">',
            "<head>",
            '<meta charset="utf-8">',
            MARK,
            f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            # Without an icon of its own, a browser would ask for one.
            '<link rel="icon" href="data:,">',
            f"<title>{escape(words.title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<header>",
            f"<h1>{escape(words.title)}</h1>",
            f"<p>{escape(head)}</p>",
            "</header>",
            "<main>",
            *parts,
            "</main>",
            f"<footer><p>{escape(words.made_here)}</p></footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def _section(section: Section, words: Words) -> str:
    name = f"{section.key}-title"
    inside = [f'<h2 id="{name}">{escape(section.title)}</h2>']
    if section.facts:
        facts = "".join(
            f"<div><dt>{escape(fact)}</dt><dd>{escape(value)}</dd></div>" for fact, value in section.facts
        )
        inside.append(f'<dl class="facts">{facts}</dl>')
    if section.sentence:
        inside.append(f"<p>{escape(section.sentence)}</p>")
    picture = _picture(section.picture, words)
    table = _table(section.table, name) if section.table else ""
    if picture and table:
        inside.append(f'<div class="both">{picture}{table}</div>')
    elif picture or table:
        inside.append(picture or table)
    inside += [f'<p class="means">{_with_code(means)}</p>' for means in section.means]
    return f'<section id="{section.key}" aria-labelledby="{name}">\n' + "\n".join(inside) + "\n</section>"


def _with_code(text: str) -> str:
    """The text, in which the name of an option is not torn apart at the end of a line."""
    return re.sub(r"--[\w-]+", r"<code>\g<0></code>", escape(text))


def _picture(picture: Strips | Span | None, words: Words) -> str:
    """The picture in two widths, of which the page shows the one that fits."""
    if isinstance(picture, Strips):
        drawn = strips(picture, words, WIDE) + strips(picture, words, NARROW)
        # The labels in the picture are for the eye; the table beside it says all of it.
        return f"<figure>{drawn}<figcaption>{escape(words.each_most)}</figcaption></figure>"
    if isinstance(picture, Span):
        return f"<figure>{span(picture, words, WIDE)}{span(picture, words, NARROW)}</figure>"
    return ""


def _table(table: Table, title: str) -> str:
    """A table that can be scrolled with the keyboard where a screen is too narrow for its numbers."""
    bars = not table.months
    header = "".join(f'<th scope="col"><span>{escape(cell)}</span></th>' for cell in table.header)
    lines = "".join(_row(row, table) for row in table.rows)
    foot = ""
    if table.foot:
        first, *rest = table.foot
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        foot = f'<tfoot><tr><th scope="row">{escape(first)}</th>{cells}{_no_bar(bars)}</tr></tfoot>'
    kind = "bars" if bars else "months"
    return (
        f'<div class="scroll" role="region" aria-labelledby="{title}" tabindex="0">'
        f'<table class="{kind}" aria-labelledby="{title}"><thead><tr>{header}{_no_bar(bars)}</tr></thead>'
        f"<tbody>{lines}</tbody>{foot}</table></div>"
    )


def _no_bar(bars: bool) -> str:
    return '<td class="bar" aria-hidden="true"></td>' if bars else ""


def _row(row: Row, table: Table) -> str:
    first, *rest = row.cells
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    drawn = ""
    if not table.months:
        inside = "" if row.fill is None else bar(row.fill, whole=table.shares)
        drawn = f'<td class="bar" aria-hidden="true">{inside}</td>'
    return f'<tr><th scope="row">{escape(first)}</th>{cells}{drawn}</tr>'
