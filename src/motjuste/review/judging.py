"""What the review needs to be told of an invitation: a proposal, and the reply that goes with a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from motjuste.inbox.events import State
from motjuste.inbox.verdict import Verdict
from motjuste.messages.channels import Room
from motjuste.messages.counting import Count, count


@dataclass(frozen=True)
class Proposal:
    """What the policy proposes, and what the note is: names of sifting.NOTES."""

    verdict: Verdict
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The text that goes with a verdict; `problem` says why there is none although one is due."""

    text: str = ""
    room: Room | None = None
    template: str = ""
    channel: str = ""
    problem: str = ""

    def counted(self, text: str) -> Count | None:
        """How long `text` would be in this reply's place; None where no reply goes."""
        return None if self.room is None else count(text, self.room)


class Proposer(Protocol):
    """Judges by one policy."""

    def propose(self, state: State) -> Proposal:
        """What the policy says of an invitation."""

    def instead(self, state: State, verdict: str) -> Verdict:
        """What goes with the verdict that the person chose in place of the policy's."""


class Policies(Protocol):
    """The policies that there are."""

    names: Sequence[str]

    def by(self, name: str) -> Proposer:
        """Who judges by the policy of that name; UserError when it cannot be used."""


class Writer(Protocol):
    """Writes replies."""

    def write(self, state: State, verdict: Verdict) -> Reply:
        """The reply; it never raises UserError: a problem is told in the reply."""


class Browser(Protocol):
    """Shows a page to the person."""

    def open(self, address: str) -> bool:
        """Whether a browser took the address."""
