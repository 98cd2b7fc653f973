"""Where a person's files live."""

from __future__ import annotations

from pathlib import Path

import pytest

from motjuste.adapters.settings import LONGEST_SOCKET_PATH, Places


def test_everything_is_in_one_folder_when_it_is_named(tmp_path: Path) -> None:
    places = Places.from_environment({"MOTJUSTE_HOME": str(tmp_path), "XDG_CACHE_HOME": "/var/cache/me"})
    assert places == Places(
        profile=tmp_path / "profile.toml",
        templates=tmp_path / "templates",
        snippets=tmp_path / "snippets",
        channels=tmp_path / "channels.toml",
        applications=tmp_path / "applications.toml",
        titles=tmp_path / "titles.toml",
        policies=tmp_path / "policies",
        contacts=tmp_path / "contacts",
        ledger=tmp_path / "ledger.db",
        state=tmp_path / "state",
        socket=tmp_path / "state" / "daemon.sock",
        cache=Path("/var/cache/me/motjuste"),
    )
    assert places.current_contact.parent == places.log.parent == places.state


def test_a_folder_relative_to_here_or_to_home_is_made_absolute() -> None:
    assert Places.from_environment({"MOTJUSTE_HOME": "mine"}).profile == Path.cwd() / "mine" / "profile.toml"
    assert (
        Places.from_environment({"MOTJUSTE_HOME": "~/mine"}).profile == Path.home() / "mine" / "profile.toml"
    )


def test_else_the_platforms_folders_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    places = Places.from_environment({"XDG_RUNTIME_DIR": str(tmp_path / "run")})
    assert places.profile == tmp_path / "config" / "motjuste" / "profile.toml"
    assert places.contacts == tmp_path / "data" / "motjuste" / "contacts"
    assert places.state == tmp_path / "state" / "motjuste"
    assert places.socket == tmp_path / "run" / "motjuste" / "daemon.sock"
    # Without a runtime folder nothing is said about it, and the socket stands beside the state.
    assert Places.from_environment({}).socket.name.endswith(".sock")


def test_a_socket_in_a_deep_folder_still_has_a_path_that_the_kernel_takes(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    socket = Places.from_environment({"MOTJUSTE_HOME": str(deep)}).socket
    assert len(str(socket)) <= LONGEST_SOCKET_PATH
    assert socket == Places.from_environment({"MOTJUSTE_HOME": str(deep)}).socket
    assert socket != Places.from_environment({"MOTJUSTE_HOME": str(deep / "other")}).socket


def test_what_calls_for_a_reload_is_what_people_edit(tmp_path: Path) -> None:
    places = Places.from_environment({"MOTJUSTE_HOME": str(tmp_path)})
    assert {path.name for path in places.watched} == {
        "profile.toml",
        "templates",
        "snippets",
        "channels.toml",
        "applications.toml",
        "titles.toml",
        "policies",
        "contacts",
    }
