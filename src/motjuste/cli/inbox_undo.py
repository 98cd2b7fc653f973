"""`motjuste inbox undo`: take the newest step back."""

from __future__ import annotations

from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json, own_mailroom
from motjuste.cli.output import Answer

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
    states = room.states()
    people = sorted({states[event.invitation].invitation.name for event in events if event.invitation in states})
    document = {"undone": [{"kind": event.kind, "invitation": event.invitation} for event in events]}
    what = f"{people[0]}" if len(people) == 1 else f"{len(events)} invitations"
    return Answer("", document, (f"taken back: {events[0].kind}, {what}",)).shown(as_json=json)
