"""The line that tells how far long work is."""

from __future__ import annotations

import io
import sys

import pytest

from motjuste.cli.progress import Progress


class Terminal(io.StringIO):
    """A stderr that people look at."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_now_and_then_and_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    times = iter([0.0, 0.0, 0.0, 0.1, 0.3, 0.3])
    progress = Progress(lambda: next(times))
    progress.say("reading a.vcf …")
    assert list(progress.each("abc", "people", "saving")) == ["a", "b", "c"]
    progress.end()
    progress.end()
    assert sys.stderr.getvalue().split("\r") == [  # type: ignore[attr-defined]
        "",
        "reading a.vcf …",
        "0 of 3 people  ",
        "2 of 3 people",
        "saving …     ",
        " " * 8,
        "",
    ]


def test_elsewhere_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress()
        progress.say("reading")
        assert list(progress.each("ab", "people", "saving")) == ["a", "b"]
        progress.end()
        assert stream is None or stream.getvalue() == ""
