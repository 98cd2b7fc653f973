"""What stands in the card files of a folder: read once, and again only what has changed since."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from motjuste.adapters.files import reason
from motjuste.adapters.new_cards import WRITTEN, take_in
from motjuste.adapters.people_index import CardFile, PeopleIndex
from motjuste.people.card import Contact
from motjuste.people.entry import Entry, entry_of
from motjuste.people.reading import Problem
from motjuste.people.vcard import read_vcards, reads_as_written

CARD: Final = 20
"""What reading a card costs; looking at a file whose card is known costs one."""
MANY: Final = 500
"""How many known files take some milliseconds to look up."""
# How far apart the clock of a file system ticks; some, on memory cards, know only every other second.
_TICK, _COARSE_TICK = 20_000_000, 2_000_000_000
_NAMES: Final = (".vcf", ".vcard")


class _Found(NamedTuple):
    """A card file that nobody has opened yet."""

    name: str
    stamp: str
    status: os.stat_result


class CardFolder:
    """The card files of `folder`, which need not be there; `index` is where what they hold is kept, if anywhere."""

    def __init__(self, folder: Path, index: Path | None) -> None:
        self.folder = folder
        self.files: dict[str, CardFile] = {}
        """By name, as they were when last looked at."""
        self.changes = 0
        """How often what they hold was something else than before."""
        self._index = PeopleIndex(index)
        self._indexed: dict[str, str] = {}
        self._is_loaded = False
        self._ahead: dict[str, CardFile] = {}
        self._problems: tuple[Problem, ...] = ()
        self._cut_off = False

    @property
    def entries(self) -> Sequence[Entry]:
        """Everybody whose card could be read."""
        return [entry for file in self.files.values() for entry in file.entries]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return (*self._problems, *(each for file in self.files.values() for each in file.problems))

    def looking(self) -> Iterator[int]:
        """Look at all files and read those that have changed, in small steps that tell what they cost.

        What is cut off is not all done again.
        """
        found = list[_Found]()
        for each in self._found():
            found.append(each)
            yield 1
        if self._cut_off:
            # An import was interrupted when all it had to add was written.
            take_in(self.folder)
            found = list(self._found())
        found.sort()
        yield from self._load(found)
        files = dict[str, CardFile]()
        for each in found:
            known = self._known(each)
            files[each.name] = self._ahead[each.name] = known or self._read(each)
            yield 1 if known else CARD
        self.changes += not _hold_the_same(self.files, files)
        self.files, self._ahead = files, {}

    def keeping(self, *, at_least: int = 1) -> Iterator[int]:
        """Bring the index up to date, in steps that tell what they cost; where fewer files are new, some other time.

        Nothing stays of a file that is gone.
        """
        news = [name for name, file in self.files.items() if file.settled and self._indexed.get(name) != file.stamp]
        gone = [name for name in self._indexed if name not in self.files]
        if gone or len(news) >= at_least:
            self._indexed = {name: file.stamp for name, file in self.files.items()}
            yield from self._index.keep({name: self.files[name] for name in news}, gone)

    def remember(self, name: str, contact: Contact, text: str, written: os.stat_result) -> None:
        """Know, without reading it, what a new file holds: `text`, made of `contact`, unless somebody changed it."""
        with contextlib.suppress(OSError):
            found = _Found(name, "", os.stat(f"{self.folder}{os.sep}{name}"))
            if _content(found.status) == _content(written):
                self._ahead[name] = _as_written(found, contact, text)

    def _load(self, found: Sequence[_Found]) -> Iterator[int]:
        """Read the index, the first time and whenever it may know much that we do not."""
        news = sum(self._known(each) is None for each in found)
        if news > (MANY if self._is_loaded else 0) or not self._is_loaded:
            self._is_loaded = True
            for files in self._index.files():
                self._ahead |= files
                self._indexed |= {name: file.stamp for name, file in files.items()}
                yield len(files)

    def _found(self) -> Iterator[_Found]:
        """The card files, in no order."""
        self._problems, self._cut_off = (), False
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        self._cut_off |= entry.name.startswith(WRITTEN)
                    elif entry.name.casefold().endswith(_NAMES):
                        with contextlib.suppress(OSError):
                            status = entry.stat()
                            yield _Found(entry.name, _stamp(status), status)
        except FileNotFoundError:
            return
        except OSError as error:
            self._problems = (Problem(str(self.folder), 1, f"cannot be read: {reason(error)}"),)

    def _known(self, found: _Found) -> CardFile | None:
        """What is known of a file that has not changed."""
        for known in (self.files.get(found.name), self._ahead.get(found.name)):
            if known is not None and known.settled and known.stamp == found.stamp:
                return known
        return None

    def _read(self, found: _Found) -> CardFile:
        name, stamp, status = found
        if not stat.S_ISREG(status.st_mode):
            return CardFile(stamp, problems=(Problem(name, 1, "is not a file"),))
        settled = _is_settled(_changed(status))
        try:
            reading = read_vcards((self.folder / name).read_bytes(), name)
        except OSError as error:
            problem = Problem(name, 1, f"cannot be read: {reason(error)}")
            return CardFile(stamp, problems=(problem,), settled=False)
        return CardFile(stamp, tuple(map(entry_of, reading.contacts)), reading.problems, settled)


def _hold_the_same(before: dict[str, CardFile], files: dict[str, CardFile]) -> bool:
    return len(before) == len(files) and all(
        name in before and before[name].entries == file.entries for name, file in files.items()
    )


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


def _as_written(found: _Found, contact: Contact, text: str) -> CardFile:
    # It was moved since, which changes nothing of what it holds.
    settled = _is_settled(found.status.st_mtime_ns)
    if reads_as_written(contact, text):
        return CardFile(_stamp(found.status), (entry_of(contact, found.name),), (), settled)
    reading = read_vcards(text.encode("utf-8", "replace"), found.name)
    return CardFile(_stamp(found.status), tuple(map(entry_of, reading.contacts)), reading.problems, settled)
