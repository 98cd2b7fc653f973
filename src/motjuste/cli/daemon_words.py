"""The daemon's log in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

Entry = dict[str, Any]

_REASONS: Final = {
    "no room": "no wording is short enough",
    "nobody certain": "it is not certain who is meant",
    "mistake": "something in its file or in the profile is wrong",
    "several snippets": "several snippets share it",
    "not delivered": "the window did not take the text",
    "fault": "an internal fault",
}


def told(entry: Entry) -> str:
    """One entry as a line: when, in the time zone of who reads it, and what happened."""
    moment = datetime.fromisoformat(entry["time"]).astimezone()
    words = _WORDS.get(entry["event"])
    return f"{moment:%Y-%m-%d %H:%M:%S}  {words(entry) if words else entry['event']}"


def _expanded(entry: Entry) -> str:
    return f"expanded {_what(entry)} in {entry.get('milliseconds', 0):g} ms{_where(entry)}"


def _refused(entry: Entry) -> str:
    reason = str(entry.get("reason", ""))
    if "label" not in entry:
        return f"left a trigger as typed: {_REASONS.get(reason, reason)}"
    return f"left a trigger as typed: {_what(entry)}{_where(entry)}: {_REASONS.get(reason, reason)}"


def _what(entry: Entry) -> str:
    label = entry.get("label", "a text")
    length, limit = entry.get("length"), entry.get("limit")
    if length is None:
        return str(label)
    return f"{label} ({length} of {limit})" if limit is not None else f"{label} ({length})"


def _where(entry: Entry) -> str:
    return f" in {entry['window']}" if entry.get("window") else ""


def _fault(entry: Entry) -> str:
    times = f", {entry['count']} times so far" if entry.get("count", 1) > 1 else ""
    return f"internal fault in {entry.get('part')}: {entry.get('error')} at {entry.get('place')}{times}"


_WORDS: Final[dict[str, Callable[[Entry], str]]] = {
    "started": lambda entry: (
        f"started motjuste {entry.get('version')} on display {entry.get('display')}, "
        f"{entry.get('triggers')} triggers"
    ),
    "stopped": lambda entry: f"stopped ({entry.get('reason')})",
    "reloaded": lambda entry: (
        f"read the files again: {entry.get('triggers')} triggers"
        + (f", {entry['problems']} problems" if entry.get("problems") else "")
    ),
    "display gone": lambda entry: f"the display {entry.get('display')} has gone",
    "display back": lambda entry: (
        f"the display {entry.get('display')} is back after {entry.get('seconds')} s"
    ),
    "begun anew": lambda entry: f"begins anew on display {entry.get('display')} after a fault",
    "paused": lambda entry: "paused",
    "resumed": lambda entry: "listening again",
    "expanded": _expanded,
    "refused": _refused,
    "fault": _fault,
    "lines lost": lambda entry: f"{entry.get('count')} lines before this one could not be written",
}
