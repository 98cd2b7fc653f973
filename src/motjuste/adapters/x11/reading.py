"""What a selection holds, in all its forms, read from its owner as the answers come in.

Conventions: ICCCM 2.0, sections 2.4 to 2.7.
"""

from __future__ import annotations

import time
from typing import Final

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import PropertyChanged, SelectionAnswered
from motjuste.adapters.x11.session import Property, Session

# Answers that describe the selection or act on it, rather than being a form of its content.
_NOT_CONTENT: Final = frozenset({
    "TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "DELETE", "INSERT_SELECTION", "INSERT_PROPERTY",
})  # fmt: skip
_OWNER_SECONDS: Final = 0.25  # how long an owner may take to begin its answer
_SAVE_SECONDS: Final = 2.0  # how long a large content may take in all

Content = dict[int, Property]
"""One content in all its forms, by the target that asks for each."""


class Askers:
    """Windows of ours that are not shown, to receive answers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._idle: list[int] = []

    def take(self, count: int) -> list[int]:
        """A window for each form that is asked for: Qt sends only one large content to a window at a time."""
        while len(self._idle) < count:
            self._idle.append(self._session.new_window(requests.PROPERTY_CHANGE))
        taken, self._idle = self._idle[:count], self._idle[count:]
        return taken

    def give_back(self, windows: list[int], *, unanswered: set[int]) -> None:
        for window in windows:
            if window in unanswered:
                # What still comes there belongs to no later question.
                self._session.send(requests.destroy_window(window))
            else:
                self._idle.append(window)


def read(session: Session, askers: Askers, selection: int) -> Content:
    """All forms of what another program owns as `selection`: those that it gives in time."""
    targets = session.atom("TARGETS")
    listing = _Question(session, askers, selection, [targets])
    listed = listing.answers().get(targets)
    if listed is None and not listing.refused:
        return {}  # an owner that does not answer serves nobody else either
    if listed is None or listed.bits != 32:
        # An owner that lists nothing may still know text.
        wanted = [session.atom("UTF8_STRING")]
    else:
        known = dict.fromkeys(listed.numbers)
        wanted = [atom for atom in known if session.atom_name(atom) not in _NOT_CONTENT]
    return _Question(session, askers, selection, wanted).answers()


def read_forms(session: Session, askers: Askers, selection: int, targets: list[int]) -> Content:
    """Those forms of what another program owns as `selection` that are wanted, as far as it gives them in time."""
    return _Question(session, askers, selection, targets).answers()


class _Question:
    """Asks the owner of a selection for all of `targets` at once, each in the name of a window of its own."""

    def __init__(self, session: Session, askers: Askers, selection: int, targets: list[int]) -> None:
        self.refused = False
        """Whether the owner has declined some target, and so is alive."""
        self._session = session
        self._askers = askers
        self._name = session.atom("MOTJUSTE")
        self._windows = askers.take(len(targets))
        self._waiting = dict(zip(self._windows, targets, strict=True))
        """The windows whose answer is not whole yet, and what they ask for."""
        self._unread: list[int] = []
        """Those at which an answer stands."""
        self._pieces: dict[int, list[Property]] = {}
        """Those to which a large content comes, in pieces (INCR)."""
        self._content: Content = {}
        for window, target in self._waiting.items():
            session.send(
                requests.convert_selection(window, selection, target, self._name, requests.CURRENT_TIME)
            )

    def answers(self) -> Content:
        """What was answered in time."""
        asked_at = time.monotonic()
        while self._waiting:
            # Who has begun to send a large content may take longer than who has not said a word.
            limit = _SAVE_SECONDS if self._pieces else _OWNER_SECONDS
            event = self._session.next(asked_at + limit)
            if event is None and not self._unread:
                break
            if isinstance(event, SelectionAnswered) and event.requestor in self._waiting:
                self._answered(event)
            elif isinstance(event, PropertyChanged) and event.window in self._pieces and not event.deleted:
                self._read_piece(event.window)
            if event is None or len(self._unread) + len(self._pieces) == len(self._waiting):
                self._read_together()
        self._askers.give_back(self._windows, unanswered=set(self._waiting))
        return self._content

    def _answered(self, event: SelectionAnswered) -> None:
        if event.name:
            self._unread.append(event.requestor)
        else:
            self.refused = True
            del self._waiting[event.requestor]

    def _read_together(self) -> None:
        """Read what stands there: the way to the server and back takes longer than the reading."""
        windows, self._unread = self._unread, []
        for window, form in zip(windows, self._forms(windows), strict=True):
            if form and form.kind == self._session.atom("INCR"):
                self._pieces[window] = []
            else:
                self._put(window, [form] if form else [])

    def _read_piece(self, window: int) -> None:
        (piece,) = self._forms([window])
        if piece and piece.data:
            self._pieces[window].append(piece)
        else:
            self._put(window, self._pieces.pop(window))

    def _forms(self, windows: list[int]) -> list[Property | None]:
        """Take away what stands at these windows, which also asks for the next piece of a large content."""
        questions = [self._session.property_question(window, self._name) for window in windows]
        for window in windows:
            self._session.send(requests.delete_property(window, self._name))
        return [self._session.property_answer(question) for question in questions]

    def _put(self, window: int, parts: list[Property]) -> None:
        target = self._waiting.pop(window)
        if parts:
            whole = b"".join(part.data for part in parts)
            self._content[target] = Property(parts[0].kind, parts[0].bits, whole)
