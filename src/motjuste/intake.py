"""From files to the ledger: what came, who was accepted, who answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motjuste.adapters.inbox_files import InboxFile
from motjuste.adapters.ledger_export import restore
from motjuste.errors import UserError
from motjuste.inbox.arrival import Arrival, Arrived, Judge, arrival
from motjuste.inbox.correspondence import Correspondence, correspondence
from motjuste.inbox.export_file import ExportFile
from motjuste.inbox.invitations_file import Own
from motjuste.inbox.replies import judge_reply
from motjuste.people.names import fold
from motjuste.ports import Ledger

_WHO_AM_I = "import it together with Invitations.csv, or import the whole zip of the data export"


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """How many messages were not looked at, and why."""

    sponsored: int = 0
    spam: int = 0
    drafts: int = 0
    hidden: int = 0
    groups: int = 0


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """What files brought. `problems` are what could not be read of them, `told` is what else is worth knowing."""

    arrival: Arrival
    restored: int = 0
    restored_known: int = 0
    left_out: LeftOut
    connections: int = 0
    told: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unusable: tuple[UserError, ...] = ()


def take_in(
    files: Sequence[InboxFile],
    ledger: Ledger,
    *,
    now: Callable[[], datetime],
    name: str = "",
    judge: Judge | None = None,
    dry_run: bool = False,
) -> TakenIn:
    """Record what `files` tell and the ledger does not know, unless it is a dry run; all of the tables or nothing.

    `name` is the person's own, in case that the files do not tell who that is.
    """
    restored, known, problems, unusable = 0, 0, list[str](), list[UserError]()
    told: list[str] = []
    for file in (each for each in files if each.ledger):
        if dry_run:
            told.append(f"{file.name}: this is an export of the ledger, which would be restored")
            continue
        back = restore(ledger, file.ledger, file.name)
        restored, known = restored + back.added, known + back.known
        problems += map(str, back.problems)
    tables = [table for file in files for table in file.tables]
    passed = _passed(tables, name)
    if _has_messages(tables) and not passed.own:
        unusable.append(UserError("the messages do not tell who of their people is you", next_step=_WHO_AM_I))
    connections = [contact for table in tables for contact in table.connections]
    arrived = Arrived(
        exports=[table.invitations.invitations for table in tables if table.invitations],
        connections=connections,
        passed=passed,
    )
    found = arrival(arrived, ledger.events(), now=now(), judge=judge or kind_of)
    if not dry_run:
        ledger.record(found.events)
    return TakenIn(
        arrival=found,
        restored=restored,
        restored_known=known,
        left_out=_left_out(tables, passed),
        connections=len(connections),
        told=(*told, *(table.told for table in tables if table.told)),
        problems=(*problems, *(str(problem) for table in tables for problem in table.problems)),
        unusable=tuple(unusable),
    )


def kind_of(answer: str) -> str:
    """What an answer wants: "need", "pitch", or "other" where that is not clear."""
    kind = judge_reply(answer).kind
    return "other" if kind == "unclear" else kind


def _passed(tables: Sequence[ExportFile], name: str) -> Correspondence:
    own = Own(names=frozenset(filter(None, [fold(name)])))
    for table in tables:
        own |= table.own
    messages = [message for table in tables if table.messages for message in table.messages.messages]
    return correspondence(messages, own)


def _has_messages(tables: Sequence[ExportFile]) -> bool:
    return any(table.messages and table.messages.messages for table in tables)


def _left_out(tables: Sequence[ExportFile], passed: Correspondence) -> LeftOut:
    read = [table.messages for table in tables if table.messages]
    return LeftOut(
        sponsored=sum(each.sponsored for each in read),
        spam=sum(each.spam for each in read),
        drafts=sum(each.drafts for each in read),
        hidden=sum(each.hidden for each in read),
        groups=passed.in_groups,
    )
