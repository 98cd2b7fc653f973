"""Writes the page of docs/stats.png, of an invented year: python demo/stats_page.py FILE [LANGUAGE]

The picture: chromium --headless --hide-scrollbars --window-size=1240,1010 --screenshot=docs/stats.png FILE
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from motjuste.inbox.events import VERDICTS, Event, told_of
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.statistics import Facts, measured
from motjuste.report.page import page_of
from motjuste.report.words import words_for

NOW = datetime(2026, 8, 24, 9, 30, tzinfo=UTC)
TRIGGERS = {"ask": 8, "ask-brief": 8, "decline": 6, "invite": 8}
OFTEN = (35, 25, 22, 13, 5)
"""How often each of VERDICTS is given."""


def invented_year(people: int = 700) -> Iterator[Event]:
    """What happened with invented people, the same at every run."""
    chance = random.Random(7)
    for number in range(people):
        at = NOW - timedelta(days=chance.triangular(0, 365, 40))
        minute = at.replace(tzinfo=None, second=0, microsecond=0)
        came = Invitation(name=f"Personne {number}", at=minute, profile_url=f"linkedin.com/in/p{number}")
        yield told_of(came, at=at)
        if chance.random() < 0.9:
            yield from decided(came, at + timedelta(hours=chance.expovariate(1 / 20)), chance)
        if chance.random() < 0.3:
            note = "note" if chance.random() < 0.4 else ""
            yield from sent(f"Autre {number}", minute, at, note, chance)


def decided(came: Invitation, at: datetime, chance: random.Random) -> Iterator[Event]:
    """A decision and what follows from it."""

    def then(kind: str, days: float = 0.0, /, **details: str) -> Event:
        when = at + timedelta(days=days)
        return Event(kind=kind, at=when, person=came.person, invitation=came.id, details=details, batch=1)

    (verdict,) = chance.choices(VERDICTS, OFTEN)
    follow_up = (at + timedelta(days=10)).date().isoformat()
    yield then("decided", verdict=verdict, **({"follow_up": follow_up} if verdict == "ask" else {}))
    if verdict in ("accept", "ignore"):
        yield then("accepted" if verdict == "accept" else "removed")
    if verdict not in ("ask", "decline"):
        return
    template = "ask-brief" if verdict == "ask" and chance.random() < 0.3 else verdict
    length = str(chance.randint(250, 650))
    kind = chance.choice(["typed", "copied"])
    yield then(kind, template=template, channel="linkedin-message", length=length)
    days = chance.lognormvariate(1, 0.8)
    if chance.random() < (0.45 if verdict == "ask" else 0.1) and at + timedelta(days=days) < NOW:
        yield then("answered", days)
        if chance.random() < 0.9:
            yield then("accepted" if chance.random() < 0.6 else "removed", days)
    elif at + timedelta(days=12) < NOW and chance.random() < 0.9:
        yield then("removed", 12)


def sent(name: str, minute: datetime, at: datetime, note: str, chance: random.Random) -> Iterator[Event]:
    """An invitation of one's own, perhaps with a note."""
    address = f"linkedin.com/in/{name.replace(' ', '').lower()}"
    went = Invitation(name=name, at=minute, note=note, profile_url=address, direction="outgoing")
    yield told_of(went, at=at)
    if note:
        details = {"template": "invite", "channel": "linkedin-note", "length": str(chance.randint(150, 300))}
        yield Event(kind="typed", at=at, person=went.person, details=details, batch=1)
    if chance.random() < 0.3:
        yield Event(kind="accepted", at=at, person=went.person, invitation=went.id, batch=1)


def main() -> None:
    """Write the page."""
    file, language = [*sys.argv[1:], "en"][:2]
    told = measured(invented_year(), Facts(triggers=TRIGGERS, notes_a_month=5), now=NOW)
    Path(file).write_text(page_of(told, words_for(language)), encoding="utf-8")


if __name__ == "__main__":
    main()
