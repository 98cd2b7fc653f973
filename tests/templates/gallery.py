"""Prints the messages that ship, to be read aloud: `python tests/templates/gallery.py [TEMPLATE] [LOCALE]`.

Each is written over its facts for a person with a full card, then for fewer facts known; spaces show as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from texts import CONTACTS, NAMES, VOICES, facts_for, profile_for, write


def scenes(name: str, locale: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Whom, by whom, about what: every fact once with all that is known, the first also with less."""
    facts_known = facts_for(name, locale)
    for facts in facts_known:
        yield "everything", "full", facts
    for contact, me in (("a name", "many doors"), ("a name", "a name"), ("nothing", "empty"), ("long names", "full")):
        yield contact, me, facts_known[0]


def main(only: str = "", locale: str = "") -> None:
    for name in NAMES if not only else (only,):
        for voice, tu in VOICES:
            if locale and voice != locale:
                continue
            for form in ("long", "short") if name == "decline" else ("auto",):
                for contact, me, facts in scenes(name, voice):
                    written = write(
                        name, facts, contact=CONTACTS[contact], me=profile_for(me, voice), locale=voice, tu=tu, form=form
                    )
                    said = ", ".join(f"{key}={value}" for key, value in facts.items() if value)
                    print(f"\n── {name} {form} · {voice}{' tu' if tu else ''} · to {contact} · by {me} · {said}")
                    print(f"{written.text}\n[{written.length}]")


if __name__ == "__main__":
    main(*sys.argv[1:3])
