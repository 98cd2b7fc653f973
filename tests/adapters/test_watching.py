"""Saved files are noticed, wherever folders and links come and go."""

from __future__ import annotations

import ctypes
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from motjuste.adapters.watching import Watcher


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "person" / "home"
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "note.txt").write_text("Bonjour")
    return home


@pytest.fixture
def watcher(home: Path) -> Iterator[Watcher]:
    watcher = Watcher([home / "templates", home / "snippets", home / "profile.toml"])
    yield watcher
    watcher.close()


def test_nothing_changes_of_itself(watcher: Watcher) -> None:
    assert not watcher.changed()


def test_what_is_saved_is_noticed_once(watcher: Watcher, home: Path) -> None:
    (home / "templates" / "fr" / "note.txt").write_text("Bonsoir")
    assert watcher.changed()
    assert not watcher.changed()


def test_other_files_beside_them_are_not_ours(watcher: Watcher, home: Path) -> None:
    (home / "state").mkdir()
    (home / "state" / "daemon.log").write_text("started")
    (home / "ledger.db").write_text("x")
    assert not watcher.changed()


def test_a_file_and_a_folder_that_come_later_are_noticed(watcher: Watcher, home: Path) -> None:
    (home / "profile.toml").write_text("")
    assert watcher.changed()
    (home / "snippets").mkdir()
    assert watcher.changed()
    (home / "snippets" / "mine.yml").write_text("snippets:")
    assert watcher.changed()


@pytest.mark.parametrize("lost", ["templates/fr", "templates", ".", ".."])
def test_a_folder_that_is_deleted_and_made_again_is_noticed_both_times(
    watcher: Watcher, home: Path, lost: str
) -> None:
    shutil.rmtree((home / lost).resolve())
    assert watcher.changed()
    (home / "templates" / "fr").mkdir(parents=True)
    assert watcher.changed()
    (home / "templates" / "fr" / "note.txt").write_text("Bonsoir")
    assert watcher.changed()


@pytest.mark.parametrize("name", ["templates", "."])
def test_a_folder_that_is_moved_away_and_back_is_noticed_both_times(
    watcher: Watcher, home: Path, tmp_path: Path, name: str
) -> None:
    folder = (home / name).resolve()
    folder.rename(tmp_path / "away")
    assert watcher.changed()
    (tmp_path / "away").rename(folder)
    assert watcher.changed()
    (home / "templates" / "fr" / "note.txt").write_text("Bonsoir")
    assert watcher.changed()


def test_a_folder_that_was_moved_away_is_not_watched_there(
    watcher: Watcher, home: Path, tmp_path: Path
) -> None:
    (home / "templates").rename(tmp_path / "away")
    assert watcher.changed()
    kernel = Path(f"/proc/self/fdinfo/{watcher.fileno()}").read_text()
    assert kernel.count("inotify wd:") == 1
    (tmp_path / "away" / "fr" / "note.txt").write_text("Bonsoir")
    assert not watcher.changed()


def test_what_a_link_leads_to_is_noticed(watcher: Watcher, home: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "profile.toml").write_text("")
    (home / "profile.toml").symlink_to(tmp_path / "dotfiles" / "profile.toml")
    assert watcher.changed()
    (tmp_path / "dotfiles" / "profile.toml").write_text('name = "Camille"')
    assert watcher.changed()


def test_many_changes_at_once_are_read_whole(watcher: Watcher, home: Path) -> None:
    for number in range(3000):
        (home / "templates" / "fr" / f"a template with a long name {number}.txt").touch()
    assert watcher.changed()
    assert not watcher.changed()


def test_a_system_that_watches_no_more_folders_is_named(
    watcher: Watcher, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        ctypes.set_errno(errno.ENOSPC)
        return -1

    with monkeypatch.context() as patch:
        patch.setattr(watcher._libc, "inotify_add_watch", refuse)
        (home / "snippets").mkdir()
        watcher.changed()
        assert watcher.problem == "the limit fs.inotify.max_user_watches is reached"
