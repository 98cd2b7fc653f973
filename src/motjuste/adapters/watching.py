"""Notices when a file that the person owns is saved, so that it is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_CHANGES = frozenset({"created", "modified", "moved", "deleted"})


class Watcher:
    """Calls `changed` (from a thread of its own) whenever something in or below `paths` changes.

    The folders around them are made when they are missing, since what does not exist cannot be watched.
    Raises OSError when the system refuses to watch more files.
    """

    def __init__(self, paths: Iterable[Path], changed: Callable[[], None]) -> None:
        watched = tuple(path.absolute() for path in paths)
        self._observer = Observer()
        handler = _Handler(watched, changed)
        for folder in _outermost({path.parent for path in watched}):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._observer.schedule(handler, str(folder), recursive=True)
        self._observer.start()

    def close(self) -> None:
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, watched: tuple[Path, ...], changed: Callable[[], None]) -> None:
        self._watched = watched
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES:
            return
        # A folder changes with each file in it, which is told separately.
        if event.is_directory and event.event_type == "modified":
            return
        paths = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
        if any(path.is_relative_to(watched) for path in paths for watched in self._watched):
            self._changed()


def _outermost(folders: set[Path]) -> list[Path]:
    """`folders` without those that lie within another one."""
    return [folder for folder in folders if not any(other in folder.parents for other in folders)]
