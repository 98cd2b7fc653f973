"""Channels: the places a text goes to, and how much room each of them has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.messages.length import REST_OF_LINK, UNITS, graphemes, gsm_septets, measure, normalise

TYPOGRAPHIES = ("typographic", "nbsp", "plain")

_KEYS = ("title", "limit", "unit", "free_limit", "seen_first", "typography", "links", "also")
# Compiled when they are used: most channels count no links.
_LINK = rf"https?://{REST_OF_LINK}"
_DISTANT_HANDLE = r"(?<![\w/])(@\w+)@\w[\w.-]*\w"
_NEVER = 10**9


@dataclass(frozen=True)
class Room:
    """How much room there is: the limits of a channel, each with its unit, and how it counts links."""

    limits: tuple[tuple[str, int | None], ...]
    links: int | None = None

    @property
    def unit(self) -> str:
        """The unit of the first limit, in which lengths are told."""
        return self.limits[0][0]

    @property
    def limit(self) -> int | None:
        """The first limit, in `unit`; None when there is none."""
        return self.limits[0][1]

    def within(self, most: int | None) -> Room:
        """The same room, of which a text uses no more than `most` UTF-16 code units."""
        if most is None:
            return self
        if self.unit == "utf16":
            least = most if self.limit is None else min(most, self.limit)
            return replace(self, limits=((self.unit, least), *self.limits[1:]))
        return replace(self, limits=(*self.limits, ("utf16", most)))

    def length(self, text: str) -> int:
        """The length of `text` in `unit`, as this channel counts it."""
        return measure(self._counted(text), self.unit)

    def overflow(self, text: str) -> tuple[str, int, int] | None:
        """Unit, length and limit of the first limit that `text` goes over; None when it fits."""
        counted = self._counted(text)
        for unit, limit in self.limits:
            if limit is not None and (length := measure(counted, unit)) > limit:
                return unit, length, limit
        return None

    # What follows serves the search for the wordings that fit. `costs` adds up: the costs of a text are the
    # sums of those of its pieces when it is cut between two words. A text message has two costs, one for each
    # alphabet.

    @property
    def counts_links(self) -> bool:
        """Whether a word's cost depends on its being part of a link."""
        return self.links is not None or any(unit == "x-weighted" for unit, _ in self.limits)

    def costs(self, text: str) -> tuple[int, ...]:
        """What `text` costs, as numbers that add up over pieces."""
        counted = self._counted(text)
        if len(self.limits) == 1 and self.unit != "sms":
            return (measure(counted, self.unit),)
        found: list[int] = []
        for unit, _ in self.limits:
            if unit == "sms":
                # Each missing character counts, so that it adds up: a piece may lose its only one at the next seam.
                septets = gsm_septets(normalise(counted), _NEVER)
                found += [septets or 0, measure(counted, "utf16")]
            else:
                found.append(measure(counted, unit))
        return tuple(found)

    def could_fit(self, costs: tuple[int, ...]) -> bool:
        """Whether a text with at least these costs can be within every limit."""
        if len(costs) == 1:
            return self.limit is None or costs[0] <= self.limit
        at = iter(costs)
        for unit, limit in self.limits:
            least = _least_parts(next(at), next(at)) if unit == "sms" else next(at)
            if limit is not None and least > limit:
                return False
        return True

    def governing(self, costs: tuple[int, ...]) -> int:
        """Which of the costs decides about the length in `unit`."""
        if self.unit == "sms" and _least_parts(_NEVER, costs[1]) < _least_parts(costs[0], _NEVER):
            return 1
        return 0

    def _counted(self, text: str) -> str:
        if self.links is None:
            return text
        return re.sub(_DISTANT_HANDLE, r"\1", re.sub(_LINK, "x" * self.links, text))


@dataclass(frozen=True)
class Channel:
    """A place with a length limit in a unit, perhaps further limits (`also`), and what is `seen_first`."""

    name: str
    limit: int | None = None
    unit: str = "codepoints"
    title: str = ""
    free_limit: int | None = None
    seen_first: int | None = None
    typography: str = "typographic"
    links: int | None = None
    also: tuple[tuple[str, int], ...] = ()

    def room(self, limit: int | None = None) -> Room:
        """The room here, or what `limit` leaves of it in the channel's own unit."""
        first = (self.unit, self.limit if limit is None else limit)
        return Room((first, *self.also), self.links)

    def first_seen(self, text: str) -> str | None:
        """What a reader sees of `text` before opening it, on one line; None where everything is seen."""
        if self.seen_first is None:
            return None
        line = list(graphemes(" ".join(text.split())))
        if len(line) <= self.seen_first:
            return "".join(line)
        return "".join(line[: self.seen_first - 1]).rstrip() + "…"


@dataclass(frozen=True)
class Seen:
    """What a reader sees of a text in a channel at first: `text`, at most `characters` as a reader counts them."""

    channel: str
    title: str
    characters: int
    text: str


def read_channels(toml_text: str, source: str) -> dict[str, Channel]:
    """The channels of a `channels.toml`, by name; a mistake is a UserError with `source` and line."""
    try:
        tables = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told.group(1)) if told else len(toml_text.splitlines())
        raise UserError(f"{source}:{line}: this is not TOML: {error}", next_step="correct the line") from None
    return {name: _channel(name, table, toml_text, source) for name, table in tables.items()}


def seen_first(channels: Mapping[str, Channel], text: str) -> list[Seen]:
    """What is seen first of `text`, in each channel that shows less than all of it."""
    return [
        Seen(name, channel.title or name, channel.seen_first, shown)
        for name, channel in channels.items()
        if channel.seen_first is not None and (shown := channel.first_seen(text))
    ]


def for_tier(channels: Mapping[str, Channel], tier: str) -> dict[str, Channel]:
    """The channels as an account of this tier has them: on a free one some have less room."""
    if tier != "free":
        return dict(channels)
    return {
        name: channel if channel.free_limit is None else replace(channel, limit=channel.free_limit)
        for name, channel in channels.items()
    }


def find_channel(channels: Mapping[str, Channel], name: str) -> Channel:
    """The channel of that name; an unknown one is a UserError with the nearest."""
    if name in channels:
        return channels[name]
    close = nearest(name, channels)
    raise UserError(
        f"unknown channel '{name}'" + (f" (nearest: '{close}')" if close else ""),
        next_step="use one of " + ", ".join(channels),
    )


def _channel(name: str, table: object, text: str, source: str) -> Channel:
    def wrong(key: str, problem: str, next_step: str) -> UserError:
        return UserError(f"{source}:{_line_of(text, name, key)}: {problem}", next_step=next_step)

    if not isinstance(table, dict):
        raise wrong(
            "", f"'{name}' stands outside a channel", "write it under a heading such as [linkedin-note]"
        )
    for key in table:
        if key not in _KEYS:
            close = nearest(key, _KEYS)
            raise wrong(
                key,
                f"unknown key '{key}' in [{name}]" + (f" (nearest: '{close}')" if close else ""),
                "known keys: " + ", ".join(_KEYS),
            )
    for key in ("limit", "free_limit", "seen_first", "links"):
        if key in table and not _is_count(table[key]):
            raise wrong(key, f"{key} = {table[key]!r} in [{name}]", "expected a whole number above 0")
    if not isinstance(table.get("title", ""), str):
        raise wrong("title", f"title = {table['title']!r} in [{name}]", "expected a text")
    unit = _one_of(table.get("unit", "codepoints"), UNITS)
    if unit is None:
        raise wrong(
            "unit", f"unknown unit {table['unit']!r} in [{name}]", "expected one of " + ", ".join(UNITS)
        )
    typography = _one_of(table.get("typography", "typographic"), TYPOGRAPHIES)
    if typography is None:
        raise wrong(
            "typography",
            f"unknown typography {table['typography']!r} in [{name}]",
            "expected one of " + ", ".join(TYPOGRAPHIES),
        )
    also = table.get("also", {})
    if not isinstance(also, dict) or not all(_one_of(key, UNITS) and _is_count(also[key]) for key in also):
        raise wrong(
            "also", f"also = {also!r} in [{name}]", "expected limits by unit, such as { bytes = 3000 }"
        )
    return Channel(
        name=name,
        limit=table.get("limit"),
        unit=unit,
        title=table.get("title", ""),
        free_limit=table.get("free_limit"),
        seen_first=table.get("seen_first"),
        typography=typography,
        links=table.get("links"),
        also=tuple(also.items()),
    )


def _one_of(value: Any, known: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _line_of(text: str, table: str, key: str) -> int:
    """The line of `key` under the heading `table` (tomllib does not tell lines of what it has read)."""
    inside, heading_line = False, 1
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip().replace('"', "").replace("'", "")
        if bare.startswith("["):
            inside = bare.partition("]")[0].lstrip("[ ").rstrip() in (table, f"{table}.{key}")
            heading_line = number if inside else heading_line
        found = re.match(r"([\w.-]+)\s*=", bare)
        if found and ((inside and found[1] == key) or found[1] in (f"{table}.{key}", key and table)):
            return number
        if found and not key and found[1] == table:
            return number
    return heading_line


def _least_parts(septets: int, code_units: int) -> int:
    gsm = 0 if not septets else 1 if septets <= 160 else -(-septets // 153)
    ucs = 0 if not code_units else 1 if code_units <= 70 else -(-code_units // 67)
    return min(gsm, ucs)
