"""Zip archives of people's data, read without being unpacked, within limits that a hostile one cannot pass."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from motjuste.adapters.files import reason
from motjuste.errors import UserError
from motjuste.people.reading import Problem

MOST_BYTES = 256 * 1024 * 1024
"""How much is read of one file, and of all files in an archive together."""
_MOST_ENTRIES = 10_000
_LONGEST_DIRECTORY = 4 * 1024 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    struct.error,
    OSError,
)


@dataclass(frozen=True)
class Entry:
    """A file in an archive; `data` is what it holds."""

    name: str
    """The name of the file, without its folders."""
    path: str
    _read: Callable[[], bytes | Problem]

    def read(self) -> bytes | Problem:
        """What the file holds, or why it cannot be read; UserError when the archive unpacks to too much."""
        return self._read()


def read_whole(path: Path) -> bytes:
    """The content of the file at `path`; UserError says why it cannot be read, or that it is too large."""
    try:
        with path.open("rb") as file:
            return read_stream(file, path.name)
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {reason(error)}", next_step="check the path and the rights of the file"
        ) from error


def read_stream(file: BinaryIO, name: str) -> bytes:
    """The rest of an open file; UserError when it is too large."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UserError(
            f"{name} is larger than {MOST_BYTES >> 20} MB, the most that is read of one file",
            next_step="split it, or leave out its photos",
        )
    return data


def is_archive(data: bytes) -> bool:
    """Whether `data` is a zip."""
    return data.startswith(b"PK\x03\x04")


@contextmanager
def entries_of(data: bytes, name: str) -> Iterator[Sequence[Entry]]:
    """The files in an archive, to be read while the context lasts; UserError when it cannot be read at all."""
    if _directory_size(data) > _LONGEST_DIRECTORY:
        raise too_much(name, f"holds more than {_MOST_ENTRIES:,} files")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise UserError(
            f"{name} is a damaged zip archive", next_step="download it again, then import it again"
        ) from error
    with archive:
        found = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(found) > _MOST_ENTRIES:
            raise too_much(name, f"holds more than {_MOST_ENTRIES:,} files")
        # A Mac puts a shadow of each file beside it.
        kept = [each for each in found if "__MACOSX" not in PurePosixPath(each.filename).parts]
        unpacked = _Unpacked(archive, name)
        yield [
            Entry(PurePosixPath(each.filename).name, each.filename, unpacked.reader(each)) for each in kept
        ]


class _Unpacked:
    """Counts what comes out of an archive: what it says of its sizes may be a lie."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._room = MOST_BYTES

    def reader(self, entry: zipfile.ZipInfo) -> Callable[[], bytes | Problem]:
        return lambda: self._read(entry)

    def _read(self, entry: zipfile.ZipInfo) -> bytes | Problem:
        source = f"{self._name}/{entry.filename}"
        if entry.flag_bits & 1:
            return Problem(source, 1, "is encrypted: unpack it with its password and import what comes out")
        try:
            with self._archive.open(entry) as file:
                data = file.read(self._room + 1)
        except _UNREADABLE:
            return Problem(source, 1, "is damaged: download the archive again, then import it again")
        if len(data) > self._room:
            raise too_much(self._name, f"unpacks to more than {MOST_BYTES >> 20} MB")
        self._room -= len(data)
        return data


def too_much(name: str, why: str) -> UserError:
    """What is said of an archive that is not read for its size."""
    return UserError(
        f"{name} {why}, so it was not read", next_step="unpack it and import the files that you need"
    )


def _directory_size(data: bytes) -> int:
    """How long the list of files at an archive's end says it is: it is read before anything can be counted."""
    sizes = [0]
    for mark, place, kind in ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q")):
        found = data.rfind(mark, max(0, len(data) - 100_000))
        field = data[found + place : found + place + struct.calcsize(kind)] if found >= 0 else b""
        if len(field) == struct.calcsize(kind):
            size = struct.unpack(kind, field)[0]
            # All bits set: the longer record above it says how long.
            sizes.append(0 if kind == "<L" and size == 0xFFFFFFFF else size)
    return max(sizes)
