"""The commands on systems that have no X11."""

from __future__ import annotations

import sys

import pytest

from motjuste.adapters.copying import has_display
from motjuste.cli import doctor


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_nobody_is_asked_for_x11_on_another_system(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert doctor._desktop()[0].says.startswith("no X11 display")
    monkeypatch.setattr(sys, "platform", system)
    (display,) = doctor._desktop()
    assert display.fine
    assert "not yet run on it" in display.says
    assert has_display()
