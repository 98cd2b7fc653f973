"""The ledger as a file of lines, for a backup or another computer: written by `inbox export`, read by `inbox import`.

The first line says what it is, each further one is an event: JSON Lines in UTF-8, described in docs/ledger.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motjuste.errors import UserError
from motjuste.inbox.events import KINDS, Event
from motjuste.ports import Ledger

VERSION = 1
_FIRST_LINE_WITHIN = 1000
MOST_PROBLEMS = 20
"""So many lines that cannot be read are told one by one."""


@dataclass(frozen=True)
class Restored:
    """What came back from an export: how many events are new here, how many were known, what could not be read."""

    added: int = 0
    known: int = 0
    problems: tuple[UserError, ...] = ()


def is_ledger_export(data: bytes) -> bool:
    """Whether a file's content is what `motjuste inbox export` writes, of this version or a newer one."""
    return _head(data) is not None


def export(ledger: Ledger, *, at: datetime) -> Iterator[str]:
    """The lines of the file, without their ends; `at` is when it is written."""
    events = ledger.events()
    yield _line({"motjuste": "ledger", "version": VERSION, "exported": at.isoformat(), "events": len(events)})
    for event in events:
        yield _line(
            {
                "batch": event.batch,
                "at": event.at.isoformat(),
                "kind": event.kind,
                "person": event.person,
                "invitation": event.invitation,
                "details": dict(event.details),
            }
        )


def restore(ledger: Ledger, data: bytes, source: str) -> Restored:
    """Add to the ledger what an export holds and it does not; `source` is the file's name for the problems.

    UserError when nothing of it can be read; then nothing was added.
    """
    head = _head(data)
    if head is None:
        raise UserError(
            f"{source} is no export of the ledger", next_step="expected what 'motjuste inbox export' writes"
        )
    version = head.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UserError(
            f"{source} was written by a newer motjuste (version {version!r} of the file; {VERSION} is known here)",
            next_step="nothing was restored; update motjuste, then import it again",
        )
    events, problems = _events(data, source)
    told = head.get("events")
    if isinstance(told, int) and len(events) + len(problems) < told:
        missing = told - len(events) - len(problems)
        problems.append(UserError(f"{source} ends too early: {missing} of {told} events are missing"))
    if problems and not events:
        raise UserError(str(problems[0]), next_step="nothing was restored")
    merged = ledger.merge(events)
    if merged.lost:
        problems.append(UserError(f"{source}: {len(merged.lost)} steps that were undone are not in it"))
    return Restored(len(merged.new), merged.known, tuple(problems))


def _head(data: bytes) -> Mapping[str, Any] | None:
    first = data.removeprefix(b"\xef\xbb\xbf")[:_FIRST_LINE_WITHIN].split(b"\n", 1)[0]
    try:
        head = json.loads(first)
    except ValueError:
        return None
    return head if isinstance(head, dict) and head.get("motjuste") == "ledger" else None


def _events(data: bytes, source: str) -> tuple[list[Event], list[UserError]]:
    events, problems = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        if number == 1 or not line.strip():
            continue
        try:
            events.append(_event(json.loads(line)))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            problems.append(
                UserError(f"{source}:{number}: this is no event of the ledger ({_briefly(error)})")
            )
    return events, problems


def _event(told: Any) -> Event:
    """The event of one line; ValueError, KeyError or TypeError when it is none."""
    at = datetime.fromisoformat(_text(told, "at"))
    kind, batch = _text(told, "kind"), told["batch"]
    details = told["details"]
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    if at.tzinfo is None:
        raise ValueError("its time has no zone")
    if not isinstance(batch, int) or isinstance(batch, bool) or batch < 1:
        raise ValueError("its batch is no number from 1 up")
    if not isinstance(details, dict) or not all(isinstance(text, str) for text in details.values()):
        raise ValueError("its details are no texts")
    if kind == "undone" and int(details["batch"]) < 1:
        raise ValueError("it undoes nothing")
    _check_told(kind, details)
    person, invitation = _text(told, "person"), _text(told, "invitation")
    return Event(kind=kind, at=at, person=person, invitation=invitation, details=details, batch=batch)


# What is read of details, and would otherwise fail each time that the ledger is read.
_READ: Mapping[str, Callable[[str], object]] = {
    "at": datetime.fromisoformat,
    "mutual": int,
    "groups": json.loads,
    "follow_up": datetime.fromisoformat,
}


def _check_told(kind: str, details: Mapping[str, str]) -> None:
    for name, read in _READ.items():
        if name in details:
            read(details[name])


def _text(told: Any, name: str) -> str:
    text = told[name]
    if not isinstance(text, str):
        raise ValueError(f"its {name} is no text")
    return text


def _briefly(error: Exception) -> str:
    return f"it lacks {error}" if isinstance(error, KeyError) else str(error).partition(":")[0]


def _line(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
