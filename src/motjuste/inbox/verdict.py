"""What a policy proposes for an invitation, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A proposal; the person decides. `verdict` is one of events.VERDICTS, `reasons` are sentences for the person."""

    verdict: str
    reasons: tuple[str, ...] = ()
    template: str = ""
    """The template of the reply; "" when none is due."""
    fields: tuple[tuple[str, str], ...] = ()
    """Fields of the template that the facts of the invitation fill, such as ("note", "yes")."""
    follow_up_days: int | None = None
    """After how many days to look again; None when nothing is awaited."""
    rule: str = ""
    policy: str = ""
