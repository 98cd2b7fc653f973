"""`motjuste inbox undo`: take the newest step back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.output import Answer
from motjuste.inbox.events import Event, State

app = Noun("")


@app.command()
def undo(json: Json = False) -> Answer:
    """Take the newest decision back.

    A step for several invitations at once is taken back for all of them.
    """
    room = own_mailroom()
    events = room.undo()
    if not events:
        return Answer("", {"undone": []}, ("there is nothing to take back",)).shown(as_json=json)
    document = {"undone": [{"kind": event.kind, "invitation": event.invitation} for event in events]}
    said = f"taken back: {events[0].kind}, {_what(events, room.states())}"
    return Answer("", document, (said,)).shown(as_json=json)


def _what(events: Sequence[Event], states: Mapping[str, State]) -> str:
    """Whom it is about, or which text where no invitation is known."""
    told = {
        states[event.invitation].invitation.name
        if event.invitation in states
        else event.details.get("name", "")
        for event in events
    }
    if len(told) > 1:
        return f"{len(events)} invitations"
    return told.pop() or events[0].details.get("template", "a text")
