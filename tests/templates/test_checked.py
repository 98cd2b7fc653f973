"""The messages that ship are in order for whoever receives them, on a free account too."""

from __future__ import annotations

import pytest
from texts import CHANNELS, SOURCES

from motjuste.messages.channels import for_tier
from motjuste.messages.checks import check
from motjuste.messages.templates import Library


@pytest.mark.parametrize("tier", ["premium", "free"])
def test_no_check_finds_anything_in_what_ships(tier: str) -> None:
    assert [str(finding) for finding in check(Library.load(SOURCES), for_tier(CHANNELS, tier))] == []
