"""The arrows between the rooms, and which foreign library lives where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "motjuste"

# Which rooms each room may import; `errors` is open to all, and every room may import itself.
ARROWS = {
    "messages": set(),
    "people": set(),
    "expansion": set(),
    "inbox": {"people"},
    "profile_interests": {"people", "inbox"},
    "profile": {"profile_interests", "people", "inbox"},
    "schema_pieces": set(),
    "policy_schema": {"schema_pieces", "inbox"},
    "schemas": {
        "schema_pieces", "policy_schema", "profile", "profile_interests", "messages", "inbox", "expansion",
    },
    "report": {"inbox"},
    "ports": {"messages", "people", "inbox", "expansion"},
    "engine": {"ports", "messages", "people", "expansion"},
    "simulation": {"engine", "ports", "expansion"},
    "compose": {"profile", "messages", "people"},
    "adapters": {"ports", "profile", "messages", "people", "inbox", "expansion"},
    "desk": {"compose", "profile", "adapters", "messages", "people"},
    "mailroom": {"desk", "compose", "profile", "adapters", "ports", "messages", "people", "inbox"},
    "intake": {"adapters", "ports", "people", "inbox"},
    "triage": {"mailroom", "desk", "compose", "profile", "adapters", "messages", "people", "inbox"},
    "wiring": {"desk", "engine", "compose", "profile", "adapters", "ports", "messages", "people", "expansion"},
    "desktop": {"desk", "compose", "profile", "adapters", "messages", "people"},
    "alive": {"engine", "ports", "expansion"},
    "daemon": {"alive", "engine", "wiring", "adapters", "ports", "profile", "expansion"},
    "background": {"daemon", "adapters", "ports", "profile"},
    "cli": {
        "background", "desktop", "report", "wiring", "intake", "triage", "mailroom", "desk", "simulation", "engine",
        "compose", "profile", "schemas", "adapters", "ports", "messages", "people", "inbox", "expansion",
    },
    "__main__": {"cli"},
}  # fmt: skip

FOREIGN = {
    "jinja2": {"messages"},
    "babel": {"messages"},
    "regex": {"messages", "expansion"},
    "yaml": {"messages", "expansion"},
    "rapidfuzz": {"people"},
    "sqlite3": {"adapters"},
    "typer": {"cli"},
    "pyperclip": {"adapters"},
    "platformdirs": {"adapters"},
    "watchdog": {"adapters"},
    "jeepney": {"adapters"},
    "Xlib": set(),
    "ctypes": {"adapters"},
    "pynput": {"adapters"},
    "PySide6": {"desktop"},
    "textual": {"review"},
    # pyobjc, which comes with pynput on macOS.
    "AppKit": {"adapters"},
    "CoreFoundation": {"adapters"},
    "HIServices": {"adapters"},
    "Quartz": {"adapters"},
}

PURE = ("messages", "people", "inbox", "expansion", "report")
OUTSIDE_WORLD = {
    "os", "pathlib", "io", "tempfile", "shutil", "time", "threading", "subprocess", "socket", "select",
    "signal", "asyncio", "multiprocessing", "sqlite3", "logging", "random",
}  # fmt: skip


# Of the windows, what can be known without opening one.
WITHOUT_QT = ("counting", "draft", "words")


def _files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, late imports included, by their full names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides where it leads"
            if node.module == "motjuste":
                for alias in node.names:
                    yield f"motjuste.{alias.name}", node.lineno
            elif node.module is not None:
                yield node.module, node.lineno


def _rooms_of_motjuste() -> set[str]:
    return {_room(path) for path in _files()} - {"__init__"}


def test_every_room_has_its_arrows_written_down() -> None:
    assert _rooms_of_motjuste() - {"errors"} == set(ARROWS)


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_room_imports_only_the_rooms_its_arrows_lead_to(path: Path) -> None:
    room = _room(path)
    allowed = ARROWS.get(room, set()) | {room, "errors"}
    against = [
        f"{path}:{line}: {name}"
        for name, line in _imported(path)
        if name.startswith("motjuste.") and name.split(".")[1] in _rooms_of_motjuste() - allowed
    ]
    assert against == []


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_foreign_library_stays_in_its_room(path: Path) -> None:
    against = [
        f"{path}:{line}: {name}"
        for name, line in _imported(path)
        if (rooms := FOREIGN.get(name.partition(".")[0])) is not None and _room(path) not in rooms
    ]
    assert against == []


@pytest.mark.parametrize(
    "path",
    [path for path in _files() if _room(path) in PURE],
    ids=lambda path: path.relative_to(SOURCE).as_posix(),
)
def test_values_and_functions_know_no_files_no_clock_and_no_threads(path: Path) -> None:
    against = [
        f"{path}:{line}: {name}" for name, line in _imported(path) if name.partition(".")[0] in OUTSIDE_WORLD
    ]
    assert against == []


@pytest.mark.parametrize("name", WITHOUT_QT)
def test_what_a_window_shows_is_known_without_qt(name: str) -> None:
    imported = dict(_imported(SOURCE / "desktop" / f"{name}.py"))
    with_qt = {f"motjuste.desktop.{path.stem}" for path in (SOURCE / "desktop").glob("*.py")}
    with_qt -= {f"motjuste.desktop.{each}" for each in WITHOUT_QT}
    assert [each for each in imported if each.startswith("PySide6") or each in with_qt] == []


def test_there_is_no_circle_between_the_rooms() -> None:
    done: set[str] = set()

    def visit(room: str, way: tuple[str, ...]) -> None:
        assert room not in way, " -> ".join((*way, room))
        if room not in done:
            for next_room in ARROWS.get(room, set()):
                visit(next_room, (*way, room))
            done.add(room)

    for room in ARROWS:
        visit(room, ())
