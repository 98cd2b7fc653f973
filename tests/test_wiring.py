"""What was read reaches the engine, and what is read anew does too."""

from __future__ import annotations

from pathlib import Path

import pytest

from motjuste import wiring
from motjuste.adapters.settings import Places
from motjuste.expansion.applications import Treatment
from motjuste.expansion.windows import Window
from motjuste.simulation import TextBox


class Nobody:
    """Neither in front nor told anything."""

    def current(self) -> Window:
        return Window()

    def notify(self, summary: str, body: str = "") -> None:
        raise AssertionError


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.from_environment({"MOTJUSTE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")})


def test_an_engine_goes_on_with_the_rules_that_are_read_anew(places: Places) -> None:
    diary = Window(title="Diary")
    engine = wiring.listening(places).engine(injector=TextBox(), window=Nobody(), notifier=Nobody())
    assert engine.treatment(diary) == Treatment()
    rule = '[[application]]\nname = "Mine"\ntitle = "Diary"\noff = true\n'
    places.applications.write_text(rule, "utf-8")
    wiring.listening(places).renew(engine)
    assert engine.treatment(diary) == Treatment(off=True, because="Mine")


def test_the_rules_that_ship_stand_behind_ones_own(places: Places) -> None:
    places.applications.write_text('[[application]]\nname = "Mine"\nclass = "*"\noff = false\n', "utf-8")
    files = wiring.rule_files(places)
    names = [rule.name for rule in files.applications.rules]
    assert names == ["Mine", *(rule.name for rule in files.shipped.rules)]
    assert (files.shipped.problems, len(files.shipped.rules) > 10) == ((), True)
