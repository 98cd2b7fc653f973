"""An address book of two cards, and where its index is."""

from __future__ import annotations

from pathlib import Path

import pytest
from indexed import MARIE, PAUL, put

from motjuste.people.vcard import write_vcard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two cards that nobody has touched for a while."""
    for name, contact in (("m.vcf", MARIE), ("p.vcf", PAUL)):
        put(tmp_path / "contacts" / name, write_vcard(contact))
    return tmp_path / "contacts"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "people.db"
