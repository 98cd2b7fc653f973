"""The watcher of systems without inotify does as the other."""

from __future__ import annotations

import select
from pathlib import Path

from motjuste.adapters.watching_elsewhere import Watcher

GIVE_UP = 10.0


def test_what_is_saved_wakes_the_loop(tmp_path: Path) -> None:
    home = tmp_path / "home"
    watcher = Watcher([home / "profile.toml", home / "snippets"])
    try:
        assert not watcher.changed()
        (home / "profile.toml").write_text("")
        assert select.select([watcher], [], [], GIVE_UP)[0]
        assert watcher.changed()
    finally:
        watcher.close()
