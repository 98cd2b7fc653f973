"""A contact's card as one reads it at a terminal, in its width, with or without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from motjuste.cli.card_words import CardWords
from motjuste.cli.columns import width, wrapped
from motjuste.errors import printable
from motjuste.people.card import Contact

WIDEST = 100
"""Longer lines of a note are hard to read, however wide the terminal is."""
_NARROWEST = 16
_MARGIN = "  "


@dataclass(frozen=True)
class Style:
    """How a card is drawn: in lines of so many `columns` (None never breaks one), in `colour` or plain."""

    columns: int | None = None
    colour: bool = False

    def strong(self, text: str) -> str:
        return self._in("1", text)

    def faint(self, text: str) -> str:
        return self._in("2", text)

    def warning(self, text: str) -> str:
        return self._in("1;31", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


@dataclass(frozen=True)
class _Row:
    """A label and what it says; `whole` values (addresses, paths) are never broken, so that they can be copied."""

    label: str
    values: Sequence[str]
    whole: bool = False


def card_text(contact: Contact, words: CardWords, style: Style, *, place: str, also: Iterable[str] = ()) -> str:
    """The card of `contact`, which stands at `place` and has the properties `also` besides our own."""
    room = None if style.columns is None else max(_NARROWEST, min(style.columns, WIDEST))
    groups = [
        [row for row in rows if any(row.values)]
        for rows in (
            _ways(contact, words),
            _own_facts(contact, words),
            [_Row(words.note, [contact.note])],
            [_Row(words.card, [place], whole=True), _Row(words.also, [", ".join(map(words.kind, also))])],
        )
    ]
    labels = max(width(row.label) for rows in groups for row in rows) + len(_MARGIN)
    lines = list(_head(contact, words, style, room))
    for rows in filter(None, groups):
        lines.append("")
        for row in rows:
            lines += _row_lines(row, labels, style, room)
    return "\n".join(lines)


def _head(contact: Contact, words: CardWords, style: Style, room: int | None) -> Iterator[str]:
    names = wrapped(printable(contact.display_name) or words.nameless, room)
    yield from map(style.strong, names)
    yield style.faint("─" * max(map(width, names)))
    company = "" if contact.organization == contact.display_name else contact.organization
    work = [", ".join(filter(None, (contact.title, company)))]
    if room is not None and width(work[0]) > room:
        work = [contact.title, company]
    for line in filter(None, (*work, ", ".join(filter(None, (contact.city, contact.country))))):
        yield from wrapped(printable(line), room)
    if contact.do_not_contact:
        yield ""
        yield from map(style.warning, wrapped(f"! {words.do_not_contact}", room))


def _ways(contact: Contact, words: CardWords) -> list[_Row]:
    return [
        _Row(words.emails, contact.emails, whole=True),
        _Row(words.phones, contact.phones, whole=True),
        _Row(words.profile, [contact.profile_url], whole=True),
        _Row(words.urls, contact.urls, whole=True),
    ]


def _own_facts(contact: Contact, words: CardWords) -> list[_Row]:
    as_written = contact.formatted_name if contact.formatted_name != contact.display_name else ""
    elision = ""
    if contact.elides is not None:
        elision = f"{'d’' if contact.elides else 'de '}{contact.greeting_name or contact.display_name}"
    return [
        _Row(words.greeted, [_greeting(contact, words)]),
        _Row(words.address_form, [contact.address_form]),
        _Row(words.elides, [elision]),
        _Row(words.gender, [words.genders.get(contact.stated_gender, "")]),
        _Row(words.how_we_met, [contact.how_we_met]),
        _Row(words.connected, [words.date(contact.connected_on) if contact.connected_on else ""]),
        _Row(words.language, [contact.language]),
        _Row(words.nickname, [contact.nickname]),
        _Row(words.other_names, contact.other_names),
        _Row(words.named, [as_written]),
    ]


def _greeting(contact: Contact, words: CardWords) -> str:
    if not contact.greeting_name:
        return words.no_greeting
    return contact.greeting_name if contact.confidence == "high" else words.whole_name.format(contact.greeting_name)


def _row_lines(row: _Row, labels: int, style: Style, room: int | None) -> Iterator[str]:
    beside = None if room is None else room - len(_MARGIN) - labels
    # In a very narrow window a value stands below its label.
    below = beside is not None and beside < _NARROWEST
    indent = _MARGIN * 2 if below else _MARGIN + " " * labels
    first = _MARGIN + style.faint(row.label)
    if below:
        yield first
        beside = None if room is None else room - len(indent)
    else:
        first += " " * (labels - width(row.label))
    for value in row.values:
        text = printable(value)
        for line in [text] if row.whole else wrapped(text, beside):
            yield (indent if below else first) + line
            first = indent
