"""Notices when a file that the person owns is saved, so that it is read again: by Linux's inotify(7).

Its descriptor is one more in the daemon's loop: no thread, and no wake-up when nothing is saved.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

assert sys.platform == "linux"

_CLOSE_WRITE, _ATTRIB, _MOVED_FROM, _MOVED_TO = 0x8, 0x4, 0x40, 0x80
_CREATE, _DELETE, _DELETE_SELF, _MOVE_SELF = 0x100, 0x200, 0x400, 0x800
_OVERFLOW, _IGNORED = 0x4000, 0x8000
_ONLY_FOLDERS, _IS_FOLDER = 0x01000000, 0x40000000
_ASKED: Final = (
    _CLOSE_WRITE | _ATTRIB | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF
)
_SELF: Final = _DELETE_SELF | _MOVE_SELF | _IGNORED | _OVERFLOW
_EVENT: Final = struct.Struct("iIII")  # watch, mask, cookie, length of the name
_AT_ONCE: Final = 64 * 1024
_LIMITS: Final = {errno.ENOSPC: "fs.inotify.max_user_watches", errno.EMFILE: "fs.inotify.max_user_instances"}

Names = frozenset[str] | None
"""Which names in a folder matter; None: all of them."""


class Watcher:
    """Knows whether something in or below `paths` has changed, links and folders that come later included.

    `problem` says what is not noticed, and why; "" when everything is. Raises OSError when the system gives
    no inotify at all.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(path.absolute() for path in paths)
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            raise _error(ctypes.get_errno())
        self._watches: dict[int, tuple[Path, Names]] = {}
        self.problem = ""
        self._renew()

    def fileno(self) -> int:
        """What becomes readable when `changed` should be asked."""
        return int(self._descriptor)

    def changed(self) -> bool:
        """Whether something has changed since the last call; never waits."""
        found = tangled = False
        for watch, mask, name in self._events():
            names = self._watches[watch][1] if watch in self._watches else frozenset()
            if mask & _SELF or names is None or name in names:
                # Our own removal of a watch is told too, and means nothing.
                found = found or not mask & _IGNORED or watch in self._watches
                # A new folder has files of its own, and a name may have become a link that leads elsewhere.
                tangled = tangled or names is not None or bool(mask & (_SELF | _IS_FOLDER))
            if mask & _IGNORED:
                self._watches.pop(watch, None)
        if tangled:
            self._renew()
        return found

    def close(self) -> None:
        os.close(self._descriptor)

    def _events(self) -> Iterator[tuple[int, int, str]]:
        while True:
            try:
                data = os.read(self._descriptor, _AT_ONCE)
            except BlockingIOError:
                return
            at = 0
            while at < len(data):
                watch, mask, _, length = _EVENT.unpack_from(data, at)
                at += _EVENT.size + length
                yield watch, mask, os.fsdecode(data[at - length : at].rstrip(b"\0"))

    def _renew(self) -> None:
        """Watch what is there now, and nothing else."""
        self.problem = ""
        wanted: dict[Path, Names] = {}
        for path in self._paths:
            for folder, names in _folders(path):
                before = wanted.get(folder, frozenset())
                wanted[folder] = None if names is None or before is None else names | before
        kept: dict[int, tuple[Path, Names]] = {}
        for folder, names in wanted.items():
            watch = self._libc.inotify_add_watch(
                self._descriptor, os.fsencode(folder), _ASKED | _ONLY_FOLDERS
            )
            if watch >= 0:
                # Two ways may lead to one folder.
                other = kept.get(watch, (folder, frozenset()))[1]
                kept[watch] = (folder, None if names is None or other is None else names | other)
            elif ctypes.get_errno() in _LIMITS:
                self.problem = str(_error(ctypes.get_errno()).strerror)
        for watch in self._watches.keys() - kept.keys():
            self._libc.inotify_rm_watch(self._descriptor, watch)
        self._watches = kept


def _folders(path: Path) -> Iterator[tuple[Path, Names]]:
    """The folders to watch for `path`, each with the names in it that matter."""
    if path.is_dir():
        for below, _, _ in os.walk(path):
            yield Path(below), None
    # A link may be put elsewhere, and what it leads to may be saved.
    for place in {path, path.resolve()}:
        name, folder = place.name, place.parent
        while not folder.is_dir() and folder != folder.parent:
            name, folder = folder.name, folder.parent
        yield folder, frozenset({name})


def _error(number: int) -> OSError:
    limit = _LIMITS.get(number)
    return OSError(number, f"the limit {limit} is reached" if limit else os.strerror(number))
