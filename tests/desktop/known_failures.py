"""What is known to fail at times, by name, until it is mended: reported by each run as xfailed, not hidden."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from _pytest.mark.structures import ParameterSet

GTK4 = pytest.mark.xfail(
    reason="GTK 4 puts a paste in some turns of its loop after reading it: a key right behind it may overtake it",
    raises=AssertionError,
    strict=False,
)


def overtaken_in_gtk4(applications: Iterable[str]) -> list[str | ParameterSet]:
    """The same applications, those of GTK 4 with the mark."""
    return [pytest.param(name, marks=GTK4) if name.startswith("gtk4") else name for name in applications]
