"""Setting up a machine: what cannot be installed is named in one line."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
TOOLS = ("bash", "cat", "dirname", "env", "grep", "id", "mktemp", "rm", "sed", "tail")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder of programs on which a machine gets by, without anything that installs."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tmp_path / tool).symlink_to(found)
    return tmp_path


def program(path: Path, name: str, body: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    (path / name).chmod(0o755)


def packages(path: Path, *sets: str) -> subprocess.CompletedProcess[str]:
    command = [path / "bash", SCRIPTS / "packages", *sets]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, encoding="utf-8", check=False)


def test_nothing_is_done_when_every_package_is_there(path: Path) -> None:
    program(path, "dpkg-query", 'shift 2; for name in "$@"; do echo "$name installed"; done')
    done = packages(path, "make", "demo")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_library_under_its_newer_name_is_there_too(path: Path) -> None:
    program(
        path,
        "dpkg-query",
        'shift 2; for name in "$@"; do case $name in *t64) echo "$name installed";; esac; done',
    )
    done = packages(path, "make", "demo")
    assert (done.returncode, done.stderr) == (0, "")


def test_without_the_right_to_install_one_line_says_what_to_type(path: Path) -> None:
    program(path, "dpkg-query", "exit 1")
    program(path, "apt-get", "echo apt-get ran >&2")
    (path / "id").unlink()
    program(path, "id", "echo 1000")
    done = packages(path, "make")
    assert (done.returncode, done.stderr) == (
        1,
        "motjuste: these packages are missing; install them and try again: sudo apt-get install make\n",
    )


def test_without_apt_get_one_line_names_the_packages(path: Path) -> None:
    program(path, "dpkg-query", "exit 1")
    done = packages(path, "make")
    assert (done.returncode, done.stderr) == (
        1,
        "motjuste: please install these packages, then try again: make\n",
    )


def test_on_another_kind_of_system_one_line_names_the_programs(path: Path) -> None:
    done = packages(path, "demo")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Xvfb openbox setxkbmap" in done.stderr


def test_the_missing_packages_are_installed_with_fresh_lists(path: Path) -> None:
    program(path, "dpkg-query", "exit 1")
    calls = path / "calls"
    program(path, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >>{calls}')
    (path / "id").unlink()
    program(path, "id", "echo 0")
    done = packages(path, "make")
    assert done.returncode == 0
    assert calls.read_text(encoding="utf-8").splitlines() == [
        "noninteractive update",
        "noninteractive install -y --no-install-recommends make",
    ]


def test_an_unknown_set_is_refused(path: Path) -> None:
    done = packages(path, "desk")
    assert (done.returncode, done.stderr) == (
        1,
        "motjuste: no set of packages is called 'desk'; expected make, python, demo or desktop\n",
    )
