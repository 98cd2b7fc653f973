"""Setting up a machine: what cannot be installed is named in one line."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
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
    return subprocess.run(
        command, env={"PATH": str(path)}, capture_output=True, encoding="utf-8", check=False
    )


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


INSTALLS = "noninteractive install -y --no-install-recommends -o DPkg::Lock::Timeout=120 make"


@pytest.fixture
def apt_get(path: Path) -> Callable[[str], Callable[[], list[str]]]:
    """Put root's apt-get on the path, with a body; the answer tells how it was called."""
    calls = path / "calls"
    calls.touch()

    def apt_get(body: str) -> Callable[[], list[str]]:
        program(path, "dpkg-query", "exit 1")
        program(path, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >>{calls}; {body}')
        (path / "id").unlink()
        program(path, "id", "echo 0")
        return lambda: calls.read_text(encoding="utf-8").splitlines()

    return apt_get


def test_the_missing_packages_are_installed(
    path: Path, apt_get: Callable[..., Callable[[], list[str]]]
) -> None:
    calls = apt_get("")
    done = packages(path, "make")
    assert (done.returncode, done.stderr, calls()) == (0, "motjuste: installing make\n", [INSTALLS])


def test_the_package_lists_are_fetched_when_nothing_can_be_installed_without(
    path: Path, apt_get: Callable[..., Callable[[], list[str]]]
) -> None:
    lists = path / "lists"
    calls = apt_get(f"case $1 in update) : >{lists};; *) [ -e {lists} ];; esac")
    done = packages(path, "make")
    assert (done.returncode, done.stderr) == (0, "motjuste: installing make\n")
    assert calls() == [INSTALLS, "noninteractive update", INSTALLS]


def test_an_installation_that_fails_says_why(
    path: Path, apt_get: Callable[..., Callable[[], list[str]]]
) -> None:
    apt_get('[ "$1" = update ] || { echo E: the disk is full; exit 100; }')
    done = packages(path, "make")
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        ["motjuste: installing make", "E: the disk is full", "motjuste: apt-get could not install: make"],
    )


def test_a_check_installs_nothing(path: Path, apt_get: Callable[..., Callable[[], list[str]]]) -> None:
    calls = apt_get("")
    done = packages(path, "--check", "make", "demo")
    assert (done.returncode, done.stderr, calls()) == (0, "", [])


def test_a_check_names_everything_that_is_missing(path: Path) -> None:
    program(path, "dpkg-query", "exit 1")
    done = packages(path, "--check", "make", "demo")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "motjuste: please install these packages, then try again: make xvfb xkb-data "
    )


def test_preparing_names_what_python_and_the_screen_miss_in_one_line(path: Path) -> None:
    program(path, "dpkg-query", "exit 1")
    program(path, "python3", "case $2 in *venv*) exit 1;; esac")
    command = [path / "bash", SCRIPTS / "prepare", "demo"]
    done = subprocess.run(
        command, env={"PATH": str(path)}, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "try again: python3 python3-venv xvfb xkb-data " in done.stderr


def test_an_unknown_set_is_refused(path: Path) -> None:
    done = packages(path, "desk")
    assert (done.returncode, done.stderr) == (
        1,
        "motjuste: no set of packages is called 'desk'; expected make, python, demo, desktop or peers\n",
    )
