"""jCards in: contact cards as JSON (RFC 7095), one or an array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from motjuste.people.card import Contact
from motjuste.people.content_lines import Property, escaped, parsed
from motjuste.people.reading import MOST_PEOPLE, TOO_MANY, Problem, Reading, decoded
from motjuste.people.vcard import contact_of

_CARD = re.compile(r"\[\s*\"vcard\"\s*,", re.IGNORECASE)
# Each card that cannot be read costs a look at what follows it: a hostile file must not make that the whole file
# again and again.
_MOST_BROKEN = 50
# What a value is when a vCard does not say it (RFC 6350, 6); JSON says it of every property.
_ADDRESSES = (
    "source", "photo", "impp", "geo", "logo", "member", "related", "sound", "uid", "url", "key",
    "fburl", "caladruri", "caluri",
)  # fmt: skip
_DEFAULT_TYPES = dict.fromkeys(_ADDRESSES, "uri") | {
    "bday": "date-and-or-time",
    "anniversary": "date-and-or-time",
    "lang": "language-tag",
    "rev": "timestamp",
}
_WHOLE_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")


def read_jcards(data: bytes, source: str) -> Reading:
    """Every card in `data`; what is broken is reported with its line and stops nothing else."""
    text = decoded(data)
    contacts: list[Contact] = []
    problems: list[Problem] = []
    broken, line, counted = 0, 1, 0
    for start, card in _cards(text):
        line, counted = line + text.count("\n", counted, start), start
        if len(contacts) == MOST_PEOPLE:
            problems.append(Problem(source, line, TOO_MANY))
            break
        if isinstance(card, ValueError):
            broken += 1
            more = "" if broken < _MOST_BROKEN else "; too many like it, so the rest of the file was left out"
            problems.append(Problem(source, line, f"a card that is not JSON: {_why(card, text)}{more}"))
            if more:
                break
            continue
        properties = []
        for stated in card[1] if isinstance(card[1], list) else [card[1]]:
            prop = _property(stated)
            if prop:
                properties.append(prop)
            else:
                problems.append(Problem(source, line, f"not a property of a card: {_shown(stated)}"))
        contact = contact_of(properties, source)
        if contact.formatted_name:
            contacts.append(contact)
        else:
            nobody = "the card names nobody: no name, organization, e-mail or phone number"
            problems.append(Problem(source, line, nobody))
    if not contacts and not problems:
        wrong = 'no jCard here: expected ["vcard", […]]' if text.strip() else "the file is empty"
        problems.append(Problem(source, 1, wrong))
    return Reading(tuple(contacts), tuple(problems))


def _cards(text: str) -> Iterator[tuple[int, Any]]:
    """Each card by itself with its place, or why it is none: a broken one costs no other."""
    decoder = json.JSONDecoder()
    end = 0
    while begins := _CARD.search(text, end):
        try:
            card, end = decoder.raw_decode(text, begins.start())
        except RecursionError:
            yield begins.start(), ValueError("its lists are nested too deeply")
            end = begins.end()
        except ValueError as error:
            yield begins.start(), error
            end = begins.end()
        else:
            yield begins.start(), card


def _why(error: ValueError, text: str) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} (line {text.count(chr(10), 0, error.pos) + 1})"
    return str(error)


def _shown(stated: object) -> str:
    try:
        text = json.dumps(stated, ensure_ascii=False)
    except RecursionError:
        text = "lists nested too deeply"
    return text if len(text) <= 40 else text[:39] + "…"


def _property(stated: object) -> Property | None:
    """["tel", {"type": "work"}, "uri", "tel:+1"] as a line of a vCard would say it."""
    match stated:
        case [str(name), dict(parameters), str(kind), first, *others]:
            values = [_value(value, kind.lower()) for value in (first, *others)]
        case _:
            return None
    if None in values or not re.fullmatch(r"[\w-]+", name):
        return None
    stated_kind = kind.lower() != _DEFAULT_TYPES.get(name.lower(), "text") and kind.lower() != "unknown"
    group = str(parameters.get("group", ""))
    line = f"{group}." if re.fullmatch(r"[\w-]+", group) else ""
    line += name.upper() + (f";VALUE={kind.lower()}" if stated_kind and re.fullmatch(r"[\w-]+", kind) else "")
    return parsed(f"{line}{_parameters(parameters)}:{','.join(filter(None, values))}".replace("\n", "\\n"))


def _parameters(parameters: Mapping[str, object]) -> str:
    text = ""
    for name, value in parameters.items():
        values = [str(each) for each in (value if isinstance(value, list) else [value])]
        if name.lower() != "group" and re.fullmatch(r"[\w-]+", name):
            # A parameter of a vCard cannot hold a quotation mark.
            text += f";{name.upper()}=" + ",".join(_quoted(each.replace('"', "'")) for each in values)
    return text


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search("[:;,]", value) else value


def _value(value: object, kind: str) -> str | None:
    """One value: a text, or the parts of a name or an address; None for lists within lists within lists."""
    if not isinstance(value, list):
        return _single(value, kind)
    parts = [part if isinstance(part, list) else [part] for part in value]
    if any(isinstance(item, list | dict) for part in parts for item in part):
        return None
    return ";".join(",".join(_single(item, kind) or "" for item in part) for part in parts)


def _single(value: object, kind: str) -> str | None:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case str() if kind in ("uri", "language-tag"):
            return value.replace("\\", "\\\\")
        case str() if kind.startswith(("date", "timestamp")):
            return _WHOLE_DATE.sub(r"\1\2\3", value)
        case str():
            return escaped(value.replace("\r\n", "\n"))
    return None
