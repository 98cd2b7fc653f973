"""What goes to stderr and into tables is safe for a terminal, whoever wrote it."""

from __future__ import annotations

import pytest

from motjuste.cli.output import table, tell


def test_a_line_is_made_safe_and_keeps_its_indentation(capsys: pytest.CaptureFixture[str]) -> None:
    tell(["  a\x1b[31mb\u202ec\nd"])
    assert capsys.readouterr().err == "  a [31mb c d\n"


def test_columns_line_up_and_are_made_safe() -> None:
    assert table([["a", "long\x07", "x"], ["abc", "b", ""]]) == "a    long  x\nabc  b"
    assert table([]) == ""


def test_a_line_longer_than_the_screen_is_cut_where_it_shows_that_something_is_missing() -> None:
    rows = [["a", "fits"], ["b", "does not fit"]]
    assert table(rows, within=8) == "a  fits\nb  does…"
    assert table(rows, within=15) == "a  fits\nb  does not fit"
