"""Who wrote to whom: from the messages of a file to what passed between the person and each other one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from motjuste.inbox.invitations_file import Own
from motjuste.inbox.messages_file import Message
from motjuste.people.names import fold


@dataclass(frozen=True, kw_only=True)
class Passed:
    """One message between the person and one other."""

    at: datetime
    outgoing: bool
    source_id: str
    """The same each time that the message is read; another one of the same minute and side has it, too."""
    content: str = field(default="", repr=False)


@dataclass(frozen=True)
class Correspondence:
    """What passed with each other person, the oldest first. Without `own`, it could not be told who is who."""

    own: frozenset[str] = frozenset()
    passed: Mapping[str, Sequence[Passed]] = field(default_factory=dict)
    in_groups: int = 0
    """How many messages are of conversations between more than two, which nobody answers alone."""


def correspondence(messages: Sequence[Message], own: Own) -> Correspondence:
    """What passed between the person and each other one, in conversations between the two of them."""
    people = _people(messages)
    ours = _ours(messages, people, own)
    passed: dict[str, dict[Passed, None]] = {}
    in_groups = 0
    for message in messages if ours else ():
        others = people[message.conversation] - ours
        if len(others) > 1:
            in_groups += 1
        elif others:
            each = _passed(message, outgoing=message.sender in ours)
            passed.setdefault(next(iter(others)), {})[each] = None
    in_order = {key: sorted(found, key=lambda each: each.at) for key, found in passed.items()}
    return Correspondence(ours, in_order, in_groups)


def _people(messages: Iterable[Message]) -> dict[str, set[str]]:
    """Who takes part in each conversation."""
    told = list(messages)
    # Where a recipient is only named, a message of their own tells their profile, unless namesakes write.
    named: dict[str, set[str]] = {}
    for sender, name in {(message.sender, message.sender_name) for message in told}:
        named.setdefault(f"name:{fold(name)}", set()).add(sender)
    people: dict[str, set[str]] = {}
    for message in told:
        taking_part = people.setdefault(message.conversation, set())
        taking_part.add(message.sender)
        for each in message.recipients:
            known = named.get(each, set())
            taking_part |= known if len(known) == 1 else {each}
    return people


def _ours(messages: Sequence[Message], people: Mapping[str, set[str]], own: Own) -> frozenset[str]:
    """The person's own keys: as the invitations tell, or whoever alone takes part in every conversation."""
    everybody = set().union(*people.values()) if people else set()
    if known := everybody & own.keys:
        return frozenset(known)
    named = {message.sender for message in messages if fold(message.sender_name) in own.names}
    if len(named) == 1:
        return frozenset(named)
    everywhere = set.intersection(*people.values()) if people else set()
    senders = {message.sender for message in messages}
    return (
        frozenset(everywhere)
        if len(everywhere & senders) == len(everywhere) == 1 and len(people) > 1
        else frozenset()
    )


def _passed(message: Message, *, outgoing: bool) -> Passed:
    # Older files have no address of the sender, and spreadsheets drop the seconds.
    told = f"{message.conversation}\n{message.at.astimezone(UTC):%Y-%m-%dT%H:%M}\n{outgoing}"
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
    return Passed(at=message.at, outgoing=outgoing, source_id=digest[:20], content=message.content)
