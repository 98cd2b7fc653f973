"""What a short command does without, so that it starts quickly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Shell

# Registered first, so called last.
AT_THE_END = """
import atexit, gc, sys
atexit.register(lambda: print(gc.get_threshold()[0], gc.get_freeze_count() > 0, file=sys.stderr))
from motjuste.__main__ import run
run()
"""


@pytest.mark.parametrize(
    ("command", "told"),
    [
        pytest.param("count", "100000 True", id="a command that ends"),
        pytest.param("daemon", "700 False", id="the daemon"),
    ],
)
def test_lost_objects_are_looked_for_by_python_s_own_measure_only_in_what_stays(
    command: str, told: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_END, command, "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (done.stdout.startswith("Usage: motjuste"), done.stderr) == (True, f"{told}\n")


def test_yaml_is_loaded_only_for_front_matter_that_is_new(shell: Shell, home: Path) -> None:
    own = home / "templates" / "fr" / "mine.txt"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Mine\n---\nBonjour", "utf-8")
    loaded = (
        "import sys; from motjuste.__main__ import run; run(sys.argv[1:]); "
        "print('yaml' in sys.modules, file=sys.stderr)"
    )
    fill = f'"{sys.executable}" -c "{loaded}" fill mine'
    first, second = shell(fill), shell(fill)
    own.write_text("---\ntitle: Mine now\n---\nBonjour", "utf-8")
    changed = shell(fill)
    assert [done.err.splitlines()[-1] for done in (first, second, changed)] == ["True", "False", "True"]
    assert [done.out for done in (first, second, changed)] == ["Bonjour\n"] * 3


def test_what_a_note_does_not_need_is_not_loaded(shell: Shell, profile: Path, marie: Path) -> None:
    loaded = (
        "import sys; from motjuste.__main__ import run; run(sys.argv[1:]); "
        "print(*sorted(name for name in sys.modules if name.startswith('motjuste.')), file=sys.stderr)"
    )
    done = shell(f'"{sys.executable}" -c "{loaded}" invite "{marie}"')
    names = done.err.splitlines()[-1].split()
    wanted_elsewhere = (
        "motjuste.expansion", "motjuste.ports", "motjuste.people.mentions", "motjuste.people.window_title",
        "motjuste.people.search", "motjuste.messages.checks", "motjuste.adapters.x11", "motjuste.daemon",
        "motjuste.background",
    )  # fmt: skip
    assert done.out.startswith("Bonjour Marie, ")
    assert [name for name in names if name.startswith(wanted_elsewhere)] == []
    assert "motjuste.messages.environment" in names
