"""What a template can call: greetings, agreement, lists, days, numbers, as its language has them.

The words of a language stand in its own file, `<language>/_language.txt`, as macros; what its signs, months and
plurals are comes from Unicode's locale data, which is loaded when the first template asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from motjuste.messages import language, marks
from motjuste.messages.view import View

if TYPE_CHECKING:
    from babel import Locale

DATE_FORMS = ("full", "long", "medium", "short")
_MOST_DAYS = 36_500  # a hundred years


@dataclass(frozen=True)
class Speech:
    """The language that is written in, the day that it is, and the macros of the language's own file."""

    locale: str
    today: date
    word: Callable[[str], Callable[..., object] | None]


_speech: ContextVar[Speech] = ContextVar("_speech")


@contextmanager
def speaking(speech: Speech) -> Iterator[None]:
    """Within this, the functions speak so."""
    token = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(token)


@dataclass(frozen=True)
class Day:
    """A day, which reads as a date in the language of the message."""

    date: date

    def __str__(self) -> str:
        return written_date(self)


def greeting(contact: object, formal: bool = False) -> str:
    """The first line: "Bonjour Marie," or, formally, "Madame,"."""
    return _said("greeting", contact, formal)


def agree(person: object, masculine: str, feminine: str, neutral: str) -> str:
    """The wording that agrees with a person, the contact or the writer; `neutral` when nothing is known."""
    gender = getattr(person, "gender", "")
    return {"M": masculine, "F": feminine}.get(str(gender), neutral)


def today(after: int = 0) -> Day:
    """This day, or that so many days after it (before it, below 0)."""
    if not isinstance(after, int) or abs(after) > _MOST_DAYS:
        raise ValueError(f"{after!r} is not a number of days")
    return Day(_speech.get().today + timedelta(days=after))


def de(name: object, elides: bool | None = None) -> str:
    """A name, or a contact, after de: d’Alice, de Hugo."""
    return language.de(*_name_of(name, elides))


def que(name: object, elides: bool | None = None) -> str:
    """A name, or a contact, after que: qu’Alice, que Hugo."""
    return language.que(*_name_of(name, elides))


def _name_of(name: object, elides: bool | None) -> tuple[str, bool | None]:
    if not isinstance(name, View):
        return str(name), elides
    card = getattr(name, "elides", None) if elides is None else elides
    return str(getattr(name, "greeting_name", name)), card if isinstance(card, bool) else None


def listed(values: Iterable[object], conjunction: str = "and") -> str:
    """The values as the language lists them ("A, B et C"), without those that are empty; or with "or"."""
    from babel.lists import format_list

    if conjunction not in ("and", "or"):
        raise ValueError(f"{conjunction!r} joins no list; expected and, or")
    if isinstance(values, str):
        raise ValueError(f"{values!r} is one text and no list; expected [one, two]")
    texts = [text for text in map(str, values) if text.strip()]
    # Numbers stand for the texts, which may hold what the patterns are made of.
    places = [f"\0{index}\0" for index in range(len(texts))]
    pattern = format_list(places, style="or" if conjunction == "or" else "standard", locale=_locale())
    if len(texts) > 1 and (said := _conjunction(conjunction, texts[-1])):
        pattern = re.sub(rf"[^\s\0]+(?=\s+{places[-1]})", said, pattern)
    return re.sub("\0(\\d+)\0", lambda found: texts[int(found[1])], pattern)


def _conjunction(conjunction: str, following: str) -> str:
    """The word before the last of a list where the language has another one there than elsewhere ("e Inés")."""
    word = _speech.get().word("conjunction")
    return str(word(conjunction, following)).strip() if word else ""


def written_date(day: object, form: str = "long") -> str:
    """A day as a date: full, long, medium or short; nothing for an unknown one."""
    from babel.dates import format_date

    if form not in DATE_FORMS:
        raise ValueError(f"{form!r} is not how a date is written; expected {', '.join(DATE_FORMS)}")
    at = _date_of(day)
    return "" if at is None else _first_of_month(at, format_date(at, form, locale=_locale()))


def relative_day(day: object) -> str:
    """A day as one speaks of it today: "demain", "jeudi", "le 12 mars"; nothing for an unknown one."""
    from babel.dates import format_date, format_skeleton

    at = _date_of(day)
    if at is None:
        return ""
    now = _speech.get().today
    if at.year == now.year:
        written = format_skeleton("MMMMd", at, locale=_locale())
    else:
        written = format_date(at, "long", locale=_locale())
    weekday = format_date(at, "EEEE", locale=_locale())
    return _said("day", (at - now).days, weekday, _first_of_month(at, written))


def number(value: object) -> str:
    """A number with the separators of the language: "1 234,5"."""
    from babel.numbers import format_decimal

    return format_decimal(_number_of(value), locale=_locale())


def ordinal(value: object, feminine: bool = False) -> str:
    """The number of something in a row: "1er", "1re", "2e"."""
    found = _whole_of(value)
    return _said("ordinal", found, _locale().ordinal_form(found), feminine)


def in_words(value: object, feminine: bool = False) -> str:
    """A small number in letters, as the language's file has them; else in figures."""
    found = _whole_of(value)
    return _said("in_words", found, feminine) or number(found)


def counted(value: object, one: str, several: str) -> str:
    """A number with its noun: "0 contact", "3 contacts"."""
    found = _number_of(value)
    return f"{number(found)} {one if _locale().plural_form(found) == 'one' else several}"


def _said(name: str, *arguments: object) -> str:
    """What the language's own file makes of this."""
    speech = _speech.get()
    word = speech.word(name)
    if word is None:
        base = speech.locale.partition("-")[0]
        raise ValueError(f"'{name}' is not known in {base}: {base}/_language.txt has no macro of that name")
    return str(word(*arguments)).strip()


def _first_of_month(at: date, written: str) -> str:
    """The first of a month is a number in a row in some languages: "1er février"."""
    word = _speech.get().word("first_of_month") if at.day == 1 else None
    return re.sub(r"(?<!\d)1(?= [^\W\d_])", str(word()).strip(), written) if word else written


def _date_of(day: object) -> date | None:
    if isinstance(day, Day):
        return day.date
    if not str(day).strip():
        return None
    try:
        return date.fromisoformat(str(day).strip())
    except ValueError:
        raise ValueError(f"{str(day)[:40]!r} is not a date; expected one such as 2026-02-03") from None


def _number_of(value: object) -> float | int:
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        raise ValueError(f"{str(value)[:40]!r} is not a number") from None
    if abs(found) > 1e15 or found != found:
        raise ValueError(f"{str(value)[:40]!r} is too large a number")
    return int(found) if found.is_integer() else found


def _whole_of(value: object) -> int:
    found = _number_of(value)
    if not isinstance(found, int) or found < 0:
        raise ValueError(f"{str(value)[:40]!r} is not a whole number")
    return found


def _locale() -> Locale:
    return _locale_of(_speech.get().locale)


@cache
def _locale_of(name: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(name.partition("-")[0])


def verbatim(text: object) -> str:
    """A text of which every sign and space stays as it is written."""
    return marks.verbatim(str(text))


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "greeting": greeting,
    "agree": agree,
    "today": today,
    "de": de,
    "que": que,
}
FILTERS: Mapping[str, Callable[..., object]] = {
    "de": de,
    "que": que,
    "listed": listed,
    "date": written_date,
    "day": relative_day,
    "number": number,
    "ordinal": ordinal,
    "in_words": in_words,
    "counted": counted,
    "verbatim": verbatim,
}
