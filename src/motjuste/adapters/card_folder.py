"""What stands in the card files of a folder: read once, and again only what has changed since."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from motjuste.adapters.file_systems import network_file_system
from motjuste.adapters.files import reason
from motjuste.adapters.new_cards import WRITTEN, take_in
from motjuste.adapters.people_index import CardFile, PeopleIndex
from motjuste.people.card import Contact
from motjuste.people.entry import entry_of
from motjuste.people.reading import Problem, Reading
from motjuste.people.vcard import read_vcards, reads_as_written

CARD: Final = 20
"""What reading a card costs; looking at a file whose card is known costs one."""
MANY: Final = 500
"""How many known files take some milliseconds to look up."""
# How far apart the clock of a file system ticks; some, on memory cards, know only every other second.
_TICK, _COARSE_TICK = 20_000_000, 2_000_000_000
_NAMES: Final = (".vcf", ".vcard")


class CardFolder:
    """The card files of `folder`, which need not be there; `index` is where what they hold is kept, if anywhere."""

    def __init__(self, folder: Path, index: Path | None) -> None:
        self.folder = folder
        self.files: dict[str, CardFile] = {}
        """By name, as they were when last looked at."""
        self.entries: Sequence[str] = ()
        """Everybody whose card could be read, packed."""
        self.changes = 0
        """How often what they hold was something else than before."""
        self._index = PeopleIndex(index)
        self._indexed: dict[str, str] = {}
        self._is_loaded = False
        self._ahead: dict[str, CardFile] = {}
        self._problems: tuple[Problem, ...] = ()
        self._cut_off = False
        self._news = 0
        self._has_links = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return (*self._problems, *(each for file in self.files.values() for each in file.problems))

    @property
    def can_be_watched(self) -> bool:
        """Whether the system tells of every change: not of what a link leads to, nor of what another computer saves."""
        return not (self._has_links or self._is_elsewhere)

    @cached_property
    def _is_elsewhere(self) -> bool:
        return bool(network_file_system(self.folder))

    def looking(self) -> Iterator[int]:
        """Look at all files and read those that have changed, in small steps that tell what they cost.

        What is cut off is not all done again.
        """
        found = yield from self._finding()
        if self._cut_off:
            # An import was interrupted when all it had to add was written.
            take_in(self.folder)
            found = yield from self._finding()
        yield from self._load()
        files, entries, same = dict[str, CardFile](), list[str](), len(found) == len(self.files)
        for name in sorted(found):
            known = self._known(name, found[name])
            file = known or self._read(name, found[name])
            files[name] = self._ahead[name] = file
            entries += file.entries
            same = same and name in self.files and self.files[name].entries == file.entries
            yield 1 if known else CARD
        self.files, self._ahead = files, {}
        if not same:
            self.entries, self.changes = entries, self.changes + 1

    def keeping(self, *, at_least: int = 1) -> Iterator[int]:
        """Bring the index up to date, in steps that tell what they cost; where fewer files are new, some other time.

        Nothing stays of a file that is gone.
        """
        news: dict[str, CardFile] = {}
        for name, file in self.files.items():
            if file.settled and self._indexed.get(name) != file.stamp:
                news[name] = file
            yield 1
        gone = self._indexed.keys() - self.files.keys()
        if gone or len(news) >= at_least:
            yield from self._index.keep(news, gone)
            self._indexed = {name: file.stamp for name, file in self.files.items()}

    def remember(self, name: str, contact: Contact, text: str, written: os.stat_result) -> None:
        """Know, without reading it, what a new file holds: `text`, made of `contact`, unless somebody changed it."""
        with contextlib.suppress(OSError):
            status = os.stat(self._path(name))
            if _content(status) == _content(written):
                self._ahead[name] = _as_written(name, status, contact, text)

    def _load(self) -> Iterator[int]:
        """Read the index, the first time and whenever it may know much that we do not."""
        if self._is_loaded and self._news <= MANY:
            return
        self._is_loaded = True
        for files in self._index.files():
            self._ahead |= files
            self._indexed |= {name: file.stamp for name, file in files.items()}
            yield len(files)

    def _finding(self) -> Generator[int, None, dict[str, str]]:
        """The stamps of the card files by their names, in steps that tell what they cost."""
        found: dict[str, str] = {}
        self._problems, self._cut_off, self._news, self._has_links = (), False, 0, False
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        self._cut_off |= entry.name.startswith(WRITTEN)
                    elif entry.name.casefold().endswith(_NAMES):
                        with contextlib.suppress(OSError):
                            found[entry.name] = _stamp(entry.stat())
                            self._has_links |= entry.is_symlink()
                            self._news += self._known(entry.name, found[entry.name]) is None
                    yield 1
        except FileNotFoundError:
            pass
        except OSError as error:
            self._problems = (Problem(str(self.folder), 1, f"cannot be read: {reason(error)}"),)
        return found

    def _known(self, name: str, stamp: str) -> CardFile | None:
        """What is known of a file that has not changed."""
        for known in (self.files.get(name), self._ahead.get(name)):
            if known is not None and known.settled and known.stamp == stamp:
                return known
        return None

    def _read(self, name: str, stamp: str) -> CardFile:
        try:
            status = os.stat(self._path(name))
            if not stat.S_ISREG(status.st_mode):
                return CardFile(stamp, problems=(Problem(name, 1, "is not a file"),))
            stamp, settled = _stamp(status), _is_settled(_changed(status))
            with open(self._path(name), "rb") as file:
                reading = read_vcards(file.read(), name)
        except OSError as error:
            problem = Problem(name, 1, f"cannot be read: {reason(error)}")
            return CardFile(stamp, problems=(problem,), settled=False)
        return _as_read(stamp, reading, settled)

    def _path(self, name: str) -> str:
        return f"{self.folder}{os.sep}{name}"


def _stamp(status: os.stat_result) -> str:
    """What is another after each change: a file put in place of another has another number, whatever its times."""
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino}"


def _content(status: os.stat_result) -> tuple[int, int, int]:
    """What moving a file leaves as it is."""
    return status.st_ino, status.st_mtime_ns, status.st_size


def _changed(status: os.stat_result) -> int:
    """When a file was changed last, which nobody can have set back; on Windows, ctime is when it was made."""
    return status.st_mtime_ns if sys.platform == "win32" else status.st_ctime_ns


def _is_settled(changed: int) -> bool:
    """Whether a file that is read now was changed so long ago that the clock shows any change from now on."""
    return time.time_ns() - changed > (_TICK if changed % 1_000_000_000 else _COARSE_TICK)


def _as_written(name: str, status: os.stat_result, contact: Contact, text: str) -> CardFile:
    # It was moved since, which changes nothing of what it holds.
    settled = _is_settled(status.st_mtime_ns)
    if reads_as_written(contact, text):
        return CardFile(_stamp(status), (entry_of(contact, name).packed,), (), settled)
    return _as_read(_stamp(status), read_vcards(text.encode("utf-8", "replace"), name), settled)


def _as_read(stamp: str, reading: Reading, settled: bool) -> CardFile:
    entries = tuple(entry_of(contact).packed for contact in reading.contacts)
    return CardFile(stamp, entries, reading.problems, settled)
