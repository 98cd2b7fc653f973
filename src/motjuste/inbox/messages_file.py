"""`messages.csv` of the network's data export: who wrote to whom, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from motjuste.inbox.invitation import key_of_profile
from motjuste.inbox.layouts import HIDDEN
from motjuste.inbox.moments import Moments
from motjuste.people.names import fold, safe_text
from motjuste.people.reading import Problem
from motjuste.people.sheets import Header, Row, first, rows_below

MOST_MESSAGES = 500_000
TOO_MANY = f"only the first {MOST_MESSAGES:,} messages of a file are read; split it to have the others"
_SPONSORED = '<p class="spinmail'
_YES = frozenset(("yes", "true", "1", "oui", "vrai"))


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message. People are keys of inbox.invitation, or of a name alone where the file has no address."""

    conversation: str
    at: datetime
    sender: str
    sender_name: str
    recipients: tuple[str, ...] = ()
    content: str = field(default="", repr=False)
    """Read to judge an answer, and kept nowhere."""


@dataclass(frozen=True)
class MessagesRead:
    """The messages of a file, in its order, how many were left out, and what could not be read."""

    messages: tuple[Message, ...] = ()
    sponsored: int = 0
    spam: int = 0
    drafts: int = 0
    hidden: int = 0
    """Those of members who hide their name or are gone."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_of_use(self) -> bool:
        """Whether any row was understood, be it only to leave it out."""
        return bool(self.messages or self.sponsored or self.spam or self.drafts or self.hidden)


def read_messages(header: Header, lines: Sequence[str], source: str) -> MessagesRead:
    """The messages below a header. Each row is read, counted as left out, or reported with line and reason."""
    return _Rows(source).read(header, lines)


class _Rows:
    def __init__(self, source: str) -> None:
        self.source = source
        self.messages: list[Message] = []
        self.problems: list[Problem] = []
        self.left_out = {"sponsored": 0, "spam": 0, "drafts": 0, "hidden": 0}
        self.key_named = _remembering(lambda name: f"name:{fold(name)}")
        self.key_at = _remembering(key_of_profile)

    def read(self, header: Header, lines: Sequence[str]) -> MessagesRead:
        for name in header.unknown():
            self._report(header.line, f"the column {name!r} is not known and was left out")
        rows = list(rows_below(header, lines, self._report))
        moments = Moments(first(row, "at") for _, row in rows)
        for number, row in rows:
            if len(self.messages) == MOST_MESSAGES:
                self._report(number, TOO_MANY)
                break
            if why := _left_out(row):
                self.left_out[why] += 1
            else:
                self._take(number, row, moments)
        if not rows and not self.problems:
            self._report(header.line, "there is no message below the header")
        self.problems.sort(key=lambda problem: problem.line)
        return MessagesRead(tuple(self.messages), **self.left_out, problems=tuple(self.problems))

    def _take(self, number: int, row: Row, moments: Moments) -> None:
        stated, conversation = first(row, "at"), first(row, "conversation")
        at = moments.read(stated)
        if at is None or not conversation:
            why = "the conversation is missing" if at else moments.why_not(stated)
            self._report(number, f"{why}: the row was left out")
            return
        name = first(row, "from")
        sender = self.key_at(first(row, "sender_url")) or self.key_named(name)
        if sender == "name:" or sender.removeprefix("name:") in HIDDEN:
            self.left_out["hidden"] += 1
            return
        self.messages.append(
            Message(
                conversation=conversation,
                # The network writes UTC, and a spreadsheet may drop it.
                at=at if at.tzinfo else at.replace(tzinfo=UTC),
                sender=sender,
                sender_name=safe_text(name),
                recipients=self._recipients(row),
                content=first(row, "content"),
            )
        )

    def _recipients(self, row: Row) -> tuple[str, ...]:
        addresses = first(row, "recipient_urls")
        if addresses:
            return tuple(filter(None, map(self.key_at, addresses.replace(";", ",").split(","))))
        # Names stand between commas, as credentials do: only the whole is a name, if it is one.
        name = first(row, "to")
        return (self.key_named(name),) if name else ()

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, safe_text(reason)))


def _left_out(row: Row) -> str:
    """Why a message is none of a correspondence: an advertisement, spam, a draft; "" for any other."""
    if first(row, "content").lower().startswith(_SPONSORED):
        return "sponsored"
    if fold(first(row, "folder")) == "spam":
        return "spam"
    return "drafts" if any(fold(each) in _YES for each in row.get("draft", ())) else ""


def _remembering(work: Callable[[str], str]) -> Callable[[str], str]:
    """`work`, which does the same text once only: a few people write most of the messages."""
    done: dict[str, str] = {}

    def remembered(text: str) -> str:
        if text not in done:
            done[text] = work(text)
        return done[text]

    return remembered
