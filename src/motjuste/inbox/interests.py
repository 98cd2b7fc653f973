"""What the person looks for in somebody. `matching` says who meets it; a profile needs no more than this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Interests:
    """What the person looks for in somebody, as `[interests]` of the profile says."""

    positions: tuple[str, ...] = ()
    """“recruteuse”, “directrice marketing”: looked for in what somebody does."""
    backgrounds: tuple[str, ...] = ()
    """“édition”, “archives sonores”: looked for in what somebody does or did."""
    companies: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
