"""Writes the messages that ship, to be read aloud: `python tests/templates/gallery.py > tests/templates/gallery.txt`.

Each is written over its facts with all that can be known, then with less known, and then in less and less room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from texts import CONTACTS, EVERYDAY, NAMES, facts_for, profile_for, write

from motjuste.errors import DoesNotFit

GALLERY = Path(__file__).with_suffix(".txt")
VOICES = (("fr-FR", False), ("fr-CA", True), ("en", False), ("es", False), ("es", True))
LESS_KNOWN = (
    ("a name", "many doors"),
    ("a name and an organization", "a name"),
    ("a name", "empty"),
    ("nothing", "empty"),
    ("ornaments", "a name"),
    ("long names", "full"),
)
ROOMS = (200, 140, 100, 60)
# The messages of the mission are shown over all of this, the others over a part of it.
MISSION = ("invite", "decline", "ask", "answer-need", "answer-pitch")
LITTLE_KNOWN = (("a name", "empty"), ("nothing", "a name"))
Scene = tuple[str, str, Mapping[str, str], int | None]


def scenes(name: str, locale: str) -> Iterator[Scene]:
    """To whom, by whom, over which facts, and in how much room."""
    everything = facts_for(name, locale)
    known = [facts for facts in everything if _told_apart(facts, everything, name)]
    for facts in known:
        yield "everything", "full", facts, None
    for contact, me in LESS_KNOWN if name in MISSION else LITTLE_KNOWN:
        yield contact, me, known[0], None
    rooms = () if name == "decline" or name in EVERYDAY else ROOMS if name in MISSION else ROOMS[:3]
    for facts, room in product((known[0], known[-1]), rooms):
        yield "a name and an organization", "full", facts, room


def _told_apart(facts: Mapping[str, str], everything: Sequence[Mapping[str, str]], name: str) -> bool:
    """Each fact by itself, and all of them; an interest says the most where it is what pleased."""
    if name in MISSION:
        return not facts.get("interest") or facts["pleased_by"] in ("shared_interest", "note")
    others = [key for key, value in everything[0].items() if facts[key] != value]
    return len(others) <= 1 or facts == everything[-1]


def exhibits() -> Iterator[str]:
    """Each message under a line that says what it is."""
    for name in NAMES:
        for locale, tu in VOICES:
            for form in ("long", "short") if name == "decline" else ("auto",):
                for scene in scenes(name, locale):
                    yield _exhibit(name, locale, tu, form, scene)


def _exhibit(name: str, locale: str, tu: bool, form: str, scene: Scene) -> str:
    contact, me, facts, room = scene
    to, by = CONTACTS[contact], profile_for(me, locale)
    try:
        written = write(name, facts, contact=to, me=by, locale=locale, tu=tu, form=form, limit=room)
        text, length = written.text, str(written.length)
    except DoesNotFit as refusal:
        text, length = refusal.shortest, f"{refusal.length}, which does not fit"
    asked = [
        name if form == "auto" else f"{name}, {form}",
        f"{locale} (tu)" if tu else locale,
        f"to: {contact}",
        f"by: {me}",
        *(f"{key}: {value}" for key, value in facts.items() if value),
        *([f"room: {room}"] if room else []),
        f"length: {length}",
    ]
    return f"── {' · '.join(asked)}\n{text}\n"


if __name__ == "__main__":
    print("\n".join(exhibits()), end="")
