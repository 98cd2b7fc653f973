"""A text reaches the clipboard through a process of its own, and what is wrong comes back in the same words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motjuste.adapters.copying import SystemClipboard
from motjuste.adapters.copying_apart import ClipboardApart
from motjuste.errors import UserError


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A display whose only clipboard tool keeps the text in a file; what the tests before left is not seen."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return folder


def tool(folder: Path, does: str) -> None:
    path = folder / "xclip"
    path.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    path.chmod(0o755)


def test_a_text_arrives_as_it_is(tools: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    tool(tools, f'case "$*" in *-o*) cat {board} ;; *) cat > {board} ;; esac')
    ClipboardApart().copy("Bonjour Léa,\n\n« merci » 🙂")
    assert board.read_text("utf-8") == "Bonjour Léa,\n\n« merci » 🙂"


def test_what_a_tool_says_comes_back(tools: Path) -> None:
    tool(tools, "echo 'Error: Can t open display' >&2; exit 1")
    with pytest.raises(UserError, match=r"the clipboard did not take the text: .*open display"):
        ClipboardApart().copy("x")


def test_without_a_display_the_same_is_said_as_within(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    said = []
    for clipboard in (SystemClipboard(), ClipboardApart()):
        with pytest.raises(UserError) as refusal:
            clipboard.copy("x")
        said.append((refusal.value.problem, refusal.value.next_step))
    assert said[0] == said[1]


def test_nothing_of_it_is_written_where_the_program_draws(
    tools: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tool(tools, "echo noise; echo noise >&2; exit 1")
    with pytest.raises(UserError):
        ClipboardApart().copy("x")
    assert capfd.readouterr() == ("", "")
