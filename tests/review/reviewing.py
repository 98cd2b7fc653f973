"""What the tests of the review share: invitations, a policy and a writer that are easy to foresee, and a clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.ledger import LedgerFile
from motjuste.errors import UserError
from motjuste.inbox.events import State, standing, states
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Mailroom
from motjuste.messages.channels import Room
from motjuste.review.judging import Proposal, Reply
from motjuste.review.remembering import MemoryFile
from motjuste.review.work import Work

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
MESSAGE = Room((("utf16", 200),))


def invitation(name: str, day: int = 1, **more: object) -> Invitation:
    """An invitation of that day of February; its profile is made of the name unless it is given."""
    slug = name.lower().replace(" ", "-")
    given = {"profile_url": f"https://www.linkedin.com/in/{slug}", "at": datetime(2026, 2, day, 9, 0)} | more
    return Invitation(name=name, **given)  # type: ignore[arg-type]


LEA = invitation(
    "Léa Petit",
    1,
    position="Directrice",
    organization="Atelier Nord",
    note="Votre article m’a plu.",
    mutual=3,
)
HUGO = invitation("Hugo Martin", 2, organization="Acme")
ANA = invitation("Ana Roy", 3, note="Great offer, let us talk!", mutual=0, groups=("Typographie",))
JO = invitation("Jo Blanc", 4)


class Rules:
    """A policy: a note is accepted, a pitch declined, nothing at all asked; Jo is left to the person."""

    def __init__(self, name: str) -> None:
        self.name = name

    def propose(self, state: State) -> Proposal:
        told = state.invitation
        if told.name.startswith("Jo"):
            return Proposal(Verdict(verdict="look", reasons=("Jo is special",)), ("none",))
        if "offer" in told.note:
            return Proposal(self.instead(state, "decline"), ("personal", "pitch"))
        if told.note:
            return Proposal(Verdict(verdict="accept", reasons=("the note is personal",)), ("personal",))
        return Proposal(self.instead(state, "ask"), ("none",))

    def instead(self, state: State, verdict: str) -> Verdict:
        template = verdict if verdict in ("ask", "decline") else ""
        days = 7 if verdict == "ask" else None
        return Verdict(
            verdict=verdict,
            template=template,
            reasons=(f"because of {self.name}",),
            policy=self.name,
            follow_up_days=days,
        )


class Policies:
    names: Sequence[str] = ("strong-ties", "open-network")

    def by(self, name: str) -> Rules:
        if name not in self.names:
            raise UserError(f"no policy is called {name!r}")
        return Rules(name)


@dataclass
class Letters:
    """Writes a reply for those verdicts that have a template, unless there is a problem."""

    problem: str = ""

    def write(self, state: State, verdict: Verdict) -> Reply:
        if not verdict.template or self.problem:
            return Reply(template=verdict.template, problem=self.problem if verdict.template else "")
        text = f"Bonjour {state.invitation.contact.greeting_name}, {verdict.verdict}."
        return Reply(text=text, room=MESSAGE, template=verdict.template, channel="linkedin-message")


@dataclass
class Board:
    """A clipboard that remembers all that was copied, and may be missing."""

    copied: list[str] = field(default_factory=list)
    missing: bool = False

    def copy(self, text: str) -> None:
        if self.missing:
            raise UserError(
                "there is no display, so nothing was copied", next_step="copy it from the terminal"
            )
        self.copied.append(text)


@dataclass
class Pages:
    """A browser that remembers what was opened, and may be missing."""

    opened: list[str] = field(default_factory=list)
    missing: bool = False

    def open(self, address: str) -> bool:
        if not self.missing:
            self.opened.append(address)
        return not self.missing


class Told:
    """What the ledger tells at the beginning."""

    def __init__(self, room: Mailroom) -> None:
        self.events = tuple(standing(room.ledger.events()))
        self.states = states(self.events)


@dataclass
class Reviewer:
    """A person with a ledger of their own; `work` begins a review, as a start of the program does."""

    folder: Path
    board: Board = field(default_factory=Board)
    pages: Pages = field(default_factory=Pages)
    letters: Letters = field(default_factory=Letters)

    def room(self) -> Mailroom:
        """The mailroom as another program opens it."""
        book = VCardFolder(self.folder / "contacts", self.folder / "current", now=lambda: NOON)
        return Mailroom(LedgerFile(self.folder / "ledger.db", patience=0), book, now=lambda: NOON)

    def work(self, *, started: bool = True) -> Work:
        work = Work(
            self.room(),
            Policies(),
            "strong-ties",
            self.letters,
            self.board,
            self.pages,
            MemoryFile(self.folder / "review.json"),
            lambda: Told(self.room()),
        )
        if started:
            finish(work, work.start())
        return work


def finish(work: Work, job: object) -> None:
    """Let a job end, and copy what there is to copy."""
    for _ in job or ():  # type: ignore[attr-defined]
        pass
    to_copy, work.to_copy = work.to_copy, None
    if to_copy is not None:
        work.copied(to_copy, work.copy(to_copy))


def press(work: Work, *keys: str) -> Work:
    """Press keys one after the other; "/x" searches x, "g3" goes to 3."""
    for key in keys:
        if len(key) > 1 and key[0] in "/g":
            finish(work, work.press(key[0]))
            finish(work, work.typed(key[1:]))
        else:
            finish(work, work.press(key))
        work.remember()
    return work
