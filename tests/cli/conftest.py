"""A person at a terminal, with a folder of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Editor, Ended, Motjuste, Shell, card

from motjuste.__main__ import run

PROFILE = """\
name = "Camille Roy"
language = "fr-FR"
network_goal = "échanger entre gens du métier"

[[doors]]
kind = "blog"
label = "Carnets d’atelier"
address = "https://carnets.example"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty MOTJUSTE_HOME, and no display."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("MOTJUSTE_HOME", str(folder))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "MOTJUSTE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    # Compiled templates are shared by all tests, away from the person's own.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    return folder


@pytest.fixture
def profile(home: Path) -> Path:
    path = home / "profile.toml"
    path.write_text(PROFILE, "utf-8")
    return path


@pytest.fixture
def motjuste(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Motjuste:
    """Runs a command in this process, with `stdin` as its standard input."""

    def call(*arguments: str, stdin: bytes | str = b"") -> Ended:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return call


@pytest.fixture
def shell(home: Path) -> Shell:
    """Runs a line of shell in which `motjuste` is the program."""

    def call(line: str) -> Ended:
        program = f'motjuste() {{ "{sys.executable}" -m motjuste "$@"; }}\n'
        done = subprocess.run(
            ["bash", "-c", program + line], env=os.environ, capture_output=True, timeout=60, check=False
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture
def marie(tmp_path: Path) -> Path:
    path = tmp_path / "marie.vcf"
    path.write_text(card(org="Atelier Nord", email="marie@example.org"), "utf-8")
    return path


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Makes $EDITOR a program of these lines of shell, in which $1 is the file."""
    monkeypatch.delenv("VISUAL", raising=False)

    def make(lines: str) -> Path:
        path = tmp_path / "my editor"
        path.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("EDITOR", f"'{path}'")
        return path

    return make
