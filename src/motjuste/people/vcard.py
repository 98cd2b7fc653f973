"""vCards in and out: a reader that bears with 2.1, 3.0 and 4.0 as phones write them, a writer of 4.0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from motjuste.people.card import Contact
from motjuste.people.content_lines import (
    CHARSET,
    FRAME_LINE,
    LONGEST_LINE,
    QUOTED_PRINTABLE,
    Property,
    as_utf8,
    decoded_line,
    folded,
    logical_lines,
    parsed,
    strictly_escaped,
)
from motjuste.people.facets import (
    FACET_OF,
    FACETS,
    FRAME,
    NOTHING_SAID,
    STRUCTURED,
    TEXTS,
    UNSTATED,
    Facet,
    Fields,
)
from motjuste.people.reading import MOST_PEOPLE, TOO_MANY, Problem, Reading

# Another person's card inside this one: it begins on the next line, or on this one.
_AGENT = re.compile(
    rb"\s*(?:[\w-]+\.)?AGENT\s*(?:;[^:]*)?:\s*(?P<inline>BEGIN\s*:\s*VCARD\s*)?", re.IGNORECASE
)


def read_vcards(data: bytes, source: str) -> Reading:
    """Every card in `data`; what is broken is reported with its line and stops nothing else."""
    cards = _Cards(source)
    text = as_utf8(data)
    for number, line, too_long in logical_lines(text):
        cards.take(number, line, too_long=too_long)
        if cards.full:
            break
    return cards.reading(empty=not text or text.isspace())


def write_vcard(contact: Contact) -> str:
    """`contact` as a vCard 4.0, folded at 75 octets, with the lines it kept from where it was read."""
    kept = [prop for prop in map(parsed, contact.kept) if prop and prop.name not in FRAME]
    lines = ["BEGIN:VCARD", "VERSION:4.0"]
    for facet in FACETS:
        lines += facet.lines(contact, [prop for prop in kept if prop.name in facet.names])
    lines += [prop.line for prop in kept if prop.name not in FACET_OF]
    return "".join(folded(line) + "\r\n" for line in [*lines, "END:VCARD"])


def other_properties(contact: Contact) -> tuple[str, ...]:
    """The names of the properties on the card of which none of our fields is made, each once: "PHOTO", "BDAY"."""
    names = dict.fromkeys(prop.name for prop in map(parsed, contact.kept) if prop)
    return tuple(name for name in names if name not in FACET_OF and name not in FRAME)


def reads_as_written(contact: Contact, text: str) -> bool:
    """Whether it is certain that `text`, what `write_vcard` has made of `contact`, is read as that contact again.

    For most cards by far it is, and they need not be read to know.
    """
    items = (*contact.emails, *contact.phones)
    plain = not (
        contact.kept
        or contact.urls
        or contact.language
        or contact.gender
        or contact.address_form
        or contact.other_names
        or contact.merged_uids
    )
    return (
        plain
        and bool(contact.formatted_name)
        and "\\" not in text
        # No folded line looks like the frame of a card.
        and text.upper().count("VCARD") == 2
        and not any(":" in item for item in items)
        and len(set(items)) == len(items)
    )


class _Cards:
    """The cards of one file, line by line."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.contacts: list[Contact] = []
        self.problems: list[Problem] = []
        self.properties: list[Property] | None = None
        self.start = 0
        self.nested = 0
        self.agent = False
        self.full = False

    def take(self, number: int, raw: bytes, *, too_long: bool = False) -> None:
        """One logical line, at its line number."""
        if FRAME_LINE.fullmatch(raw):
            self._frame(number, opens=raw.strip()[:1] in b"Bb")
            self.agent = False
            return
        agent = _AGENT.fullmatch(raw) if self.properties is not None else None
        self.agent = agent is not None
        if agent and agent["inline"]:
            self.nested += 1
        elif self.properties is not None and not self.nested:
            if too_long:
                shown = _shown(raw[:200].decode("ascii", "replace").partition(":")[0])
                self._report(number, f"a line of more than {LONGEST_LINE >> 20} MB was left out: {shown}")
                return
            charset = CHARSET.match(raw) if b";" in raw else None
            codec = charset[1].decode("ascii") if charset else ""
            line = decoded_line(raw, codec)
            prop = parsed(line, codec, quoted=b";" in raw and bool(QUOTED_PRINTABLE.match(raw)))
            if prop is None:
                self._report(number, f"not a property of a card: {_shown(line)}")
            else:
                self.properties.append(prop)

    def _frame(self, number: int, *, opens: bool) -> None:
        if self.properties is None:
            if opens and len(self.contacts) >= MOST_PEOPLE:
                self._report(number, TOO_MANY)
                self.full = True
            elif opens:
                self.properties, self.start = [], number
            else:
                self._report(number, "END:VCARD without a card")
        elif opens and self.agent:
            # Lotus writes a whole card inside AGENT; that is another person.
            self.nested += 1
        elif opens:
            self._report(number, f"a new card begins before the one of line {self.start} has ended")
            self._close()
            self.properties, self.start = [], number
        elif self.nested:
            self.nested -= 1
        else:
            self._close()

    def _close(self) -> None:
        contact = contact_of(self.properties or [], self.source)
        if contact.formatted_name:
            self.contacts.append(contact)
        else:
            self._report(self.start, "the card names nobody: no name, organization, e-mail or phone number")
        self.properties, self.nested = None, 0

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, reason))

    def reading(self, *, empty: bool) -> Reading:
        """What was read once the last line has been taken."""
        if self.properties is not None:
            self._report(self.start, "the card has no END:VCARD")
            self._close()
        if not self.contacts and not self.problems:
            self._report(1, "the file is empty" if empty else "no vCard here: expected a line BEGIN:VCARD")
        return Reading(tuple(self.contacts), tuple(self.problems))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _says_something(prop: Property) -> bool:
    return bool(prop.value.strip("; \t\n" if prop.name in STRUCTURED else None))


def contact_of(properties: Sequence[Property], source: str) -> Contact:
    """The contact whom the properties of one card describe; without any name when they name nobody."""
    stated = [prop for prop in properties if prop.name not in UNSTATED and _says_something(prop)]
    by_facet: dict[Facet, list[Property]] = {}
    for prop in stated:
        if prop.name in FACET_OF:
            by_facet.setdefault(FACET_OF[prop.name], []).append(prop)
    said = dict(NOTHING_SAID)
    for facet, props in by_facet.items():
        said |= facet.read(props)
    contact = Contact(**_completed(said, stated), source=source)
    kept: list[str] = []
    for facet in FACETS:
        lines = [_strict(prop) for prop in by_facet.get(facet, ())]
        if lines and lines != facet.write(contact):
            kept += lines
    kept += [prop.line for prop in stated if prop.name not in FACET_OF]
    return replace(contact, kept=tuple(kept)) if kept else contact


def _strict(prop: Property) -> str:
    is_text = prop.name in TEXTS and "URI" not in prop.every("VALUE")
    return strictly_escaped(prop.line) if is_text and ("," in prop.value or "\\" in prop.value) else prop.line


def _completed(said: Fields, stated: Sequence[Property]) -> Fields:
    """`said` with a formatted name made of what there is, and a company's name where a company's belongs."""
    parts = (said["given_name"], said["additional_names"], said["family_name"])
    others = (said["nickname"], said["organization"], *said["emails"], *said["phones"])
    formatted = said["formatted_name"] or " ".join(filter(None, parts)) or next(filter(None, others), "")
    is_company = any(
        (prop.name, prop.text.lower()) in (("KIND", "org"), ("KIND", "group"), ("X-ABSHOWAS", "company"))
        for prop in stated
    )
    organization = said["organization"] or (formatted if is_company else "")
    return said | {"formatted_name": formatted, "organization": organization}
