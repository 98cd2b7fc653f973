"""Notices when a file that the person owns is saved, on systems without inotify: what `watching` does on Linux."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_CHANGES = frozenset({"created", "modified", "moved", "deleted"})


class Watcher:
    """Knows whether something in or below `paths` has changed; a thread of its own finds out.

    The folders around them are made when they are missing, since what does not exist cannot be watched.
    Raises OSError when the system refuses to watch more files.
    """

    problem = ""

    def __init__(self, paths: Iterable[Path]) -> None:
        watched = tuple(path.absolute() for path in paths)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._observer = Observer()
        handler = _Handler(watched, self._writer)
        for folder in _outermost({path.parent for path in watched}):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._observer.schedule(handler, str(folder), recursive=True)
        self._observer.start()

    def fileno(self) -> int:
        """What becomes readable when `changed` should be asked."""
        return self._reader.fileno()

    def changed(self) -> bool:
        """Whether something has changed since the last call; never waits."""
        found = False
        with contextlib.suppress(BlockingIOError):
            while self._reader.recv(4096):
                found = True
        return found

    def close(self) -> None:
        self._observer.stop()
        self._observer.join()
        self._reader.close()
        self._writer.close()


class _Handler(FileSystemEventHandler):
    def __init__(self, watched: tuple[Path, ...], writer: socket.socket) -> None:
        self._watched = watched
        self._writer = writer

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES:
            return
        # A folder changes with each file in it, which is told separately.
        if event.is_directory and event.event_type == "modified":
            return
        paths = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
        if any(path.is_relative_to(watched) for path in paths for watched in self._watched):
            # Full means that enough was said already.
            with contextlib.suppress(BlockingIOError, OSError):
                self._writer.send(b"w")


def _outermost(folders: set[Path]) -> list[Path]:
    """`folders` without those that lie within another one."""
    return [folder for folder in folders if not any(other in folder.parents for other in folders)]
