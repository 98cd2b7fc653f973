"""Files of people from the disk: cards, tables, and archives, which are read without being unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from motjuste.adapters.files import reason
from motjuste.errors import UserError
from motjuste.people.any_file import read_people
from motjuste.people.data_export import export_file, joined
from motjuste.people.reading import Problem, Reading

MOST_BYTES = 256 * 1024 * 1024
"""How much is read of one file, and of all files in an archive together."""
_MOST_ENTRIES = 10_000
_LONGEST_DIRECTORY = 4 * 1024 * 1024
# In this order: whoever is in several files is named as the first one does.
_OF_THE_EXPORT = ("connections", "notes")
_PEOPLE = (".vcf", ".vcard", ".jcf", ".jcard", ".json", ".csv")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error, OSError)


def read_people_file(path: Path) -> Reading:
    """Everybody in the file at `path`; UserError says why it cannot be read at all."""
    try:
        with path.open("rb") as file:
            return read_people_stream(file, path.name)
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {reason(error)}", next_step="check the path and the rights of the file"
        ) from error


def read_people_stream(file: BinaryIO, name: str) -> Reading:
    """Everybody in an open file, or on standard input."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UserError(
            f"{name} is larger than {MOST_BYTES >> 20} MB, the most that is read of one file",
            next_step="split it, or leave out its photos",
        )
    return read_archive(data, name) if data.startswith(b"PK\x03\x04") else read_people(data, name)


def read_archive(data: bytes, name: str) -> Reading:
    """Everybody in a zip archive: the network's data export, or any archive with cards or tables in it."""
    if _directory_size(data) > _LONGEST_DIRECTORY:
        raise _too_much(name, f"holds more than {_MOST_ENTRIES:,} files")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise UserError(
            f"{name} is a damaged zip archive", next_step="download it again, then import it again"
        ) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > _MOST_ENTRIES:
            raise _too_much(name, f"holds more than {_MOST_ENTRIES:,} files")
        wanted, left = _wanted(entries)
        if not wanted:
            raise UserError(
                f"{name} holds no people",
                next_step="expected Connections.csv, as in the network's data export, contact cards or a CSV",
            )
        reading = joined(_readings(archive, wanted, name))
    told = tuple(Problem(f"{name}/{entry.filename}", 1, "was left for the inbox") for entry in left)
    return Reading(reading.contacts, (*reading.problems, *told))


def _wanted(entries: list[zipfile.ZipInfo]) -> tuple[list[zipfile.ZipInfo], list[zipfile.ZipInfo]]:
    """The entries to read, and those of the data export that are left; of that export, only these count."""
    named = [(PurePosixPath(entry.filename), entry) for entry in entries]
    # A Mac puts a shadow of each file beside it.
    named = [(path, entry) for path, entry in named if "__MACOSX" not in path.parts]
    exported = [(export_file(path.name), entry) for path, entry in named if export_file(path.name)]
    if not exported:
        return [entry for path, entry in named if path.suffix.lower() in _PEOPLE], []
    wanted = [entry for kind in _OF_THE_EXPORT for found, entry in exported if found == kind]
    return wanted, [entry for found, entry in exported if found in ("invitations", "messages")]


def _readings(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> Iterator[Reading]:
    room = MOST_BYTES
    for entry in entries:
        source = f"{name}/{entry.filename}"
        if entry.flag_bits & 1:
            why = "is encrypted: unpack it with its password and import what comes out"
            yield Reading(problems=(Problem(source, 1, why),))
            continue
        try:
            # What an archive says of its sizes may be a lie: what comes out of it is counted.
            with archive.open(entry) as file:
                data = file.read(room + 1)
        except _UNREADABLE:
            why = "is damaged: download the archive again, then import it again"
            yield Reading(problems=(Problem(source, 1, why),))
            continue
        if len(data) > room:
            raise _too_much(name, f"unpacks to more than {MOST_BYTES >> 20} MB")
        room -= len(data)
        yield read_people(data, source)


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


def _too_much(name: str, why: str) -> UserError:
    return UserError(f"{name} {why}, so it was not read", next_step="unpack it and import the files that you need")
