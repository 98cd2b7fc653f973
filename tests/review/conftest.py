"""A person with four invitations that wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from reviewing import ANA, HUGO, JO, LEA, Reviewer


@pytest.fixture
def reviewer(tmp_path: Path) -> Reviewer:
    """Léa is to be accepted, Hugo asked, Ana declined; Jo is left to the person. Nothing is decided yet."""
    found = Reviewer(tmp_path)
    found.room().receive([JO, LEA, ANA, HUGO])
    return found


@pytest.fixture
def nobody(tmp_path: Path) -> Reviewer:
    """A person whom nobody has invited."""
    return Reviewer(tmp_path)
