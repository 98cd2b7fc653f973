"""Pages are opened in the person's browser, and nothing but pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motjuste.adapters.browser import SystemBrowser, page_of


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.linkedin.com/in/lea", "https://www.linkedin.com/in/lea"),
        ("http://example.org", "http://example.org"),
        ("linkedin.com/in/léa", "https://linkedin.com/in/léa"),
        (" www.linkedin.com/in/lea ", "https://www.linkedin.com/in/lea"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("--help", ""),
        ("ftp://example.org/x", ""),
        ("http://[broken", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_only_pages_of_the_web_are_opened(address: str, page: str) -> None:
    assert page_of(address) == page


def test_a_page_is_given_to_the_desktops_own_opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tmp_path / "opened"
    opener = tmp_path / "xdg-open"
    # It writes into a pipe, so that reading waits for it.
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$*" > {opened}\n', "utf-8")
    opener.chmod(0o755)
    os.mkfifo(opened)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":99")
    assert SystemBrowser().open("linkedin.com/in/lea")
    assert opened.read_text("utf-8") == "https://linkedin.com/in/lea"


def test_where_there_is_no_display_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert SystemBrowser().open("linkedin.com/in/lea") is False


def test_where_there_is_no_opener_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":99")
    assert SystemBrowser().open("linkedin.com/in/lea") is False
