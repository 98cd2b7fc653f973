"""One file of the network's data export, whichever it is, told by its header."""

from __future__ import annotations

from dataclasses import dataclass, field

from motjuste.inbox.invitations_file import InvitationsRead, Own, read_invitations
from motjuste.inbox.layouts import EXPECTED, INVITATIONS, MESSAGES, PROFILE
from motjuste.inbox.messages_file import MessagesRead, read_messages
from motjuste.people.card import Contact
from motjuste.people.layouts import LAYOUTS
from motjuste.people.names import fold, safe_text
from motjuste.people.reading import Problem
from motjuste.people.sheets import first, header_of, lines_of, rows_below
from motjuste.people.tables import read_table

_OF_PEOPLE = [layout for layout in LAYOUTS if not layout.left_out]


@dataclass(frozen=True)
class ExportFile:
    """What one file held. When that is nothing of use, a problem says why."""

    invitations: InvitationsRead | None = None
    messages: MessagesRead | None = None
    connections: tuple[Contact, ...] = ()
    own: Own = field(default_factory=Own)
    told: str = ""
    """What the person may want to know of it."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_of_use(self) -> bool:
        """Whether anything was read that the inbox can use."""
        return bool(
            (self.invitations and self.invitations.invitations)
            or (self.messages and self.messages.is_of_use)
            or self.connections
        )


def read_export_file(data: bytes, source: str) -> ExportFile:
    """Read a file; its name does not matter, only its header does."""
    lines = lines_of(data)
    header = header_of(lines, (INVITATIONS, MESSAGES, PROFILE, *_OF_PEOPLE))
    if header is None:
        found = next((line.strip() for line in lines if line.strip()), "")
        shown = found if len(found) <= 60 else found[:59] + "…"
        return _unknown(source, 1, f"{EXPECTED}; found {shown!r}" if found else "the file is empty")
    if header.layout is INVITATIONS:
        invitations = read_invitations(header, lines, source)
        return ExportFile(invitations=invitations, own=invitations.own, problems=invitations.problems)
    if header.layout is MESSAGES:
        messages = read_messages(header, lines, source)
        return ExportFile(messages=messages, problems=messages.problems)
    if header.layout is PROFILE:
        rows = (row for _, row in rows_below(header, lines, lambda line, reason: None))
        row = next(rows, {})
        name = safe_text(f"{first(row, 'given')} {first(row, 'family')}")
        headline = safe_text(first(row, "headline"))
        told = f"{source}: this is the export of {name}{f' ({headline})' if headline else ''}" if name else ""
        return ExportFile(own=Own(names=frozenset(filter(None, [fold(name)]))), told=told)
    if header.layout.name == "Connections":
        # What of it makes no card is told where the cards are made.
        reading = read_table(data, source)
        return ExportFile(connections=reading.contacts, problems=() if reading.contacts else reading.problems)
    if header.layout.name == "Notes":
        return ExportFile(told=f"{source}: notes belong on the cards; see 'motjuste contacts import'")
    return _unknown(source, header.line, f"{EXPECTED}; these are people: see 'motjuste contacts import'")


def _unknown(source: str, line: int, why: str) -> ExportFile:
    return ExportFile(problems=(Problem(source, line, why),))
