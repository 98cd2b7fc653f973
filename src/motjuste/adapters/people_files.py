"""Files of people from the disk: cards, tables, and archives of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from motjuste.adapters.archives import Entry, entries_of, is_archive, read_stream, read_whole
from motjuste.errors import UserError
from motjuste.people.any_file import read_people
from motjuste.people.data_export import export_file, joined
from motjuste.people.reading import Problem, Reading

# In this order: whoever is in several files is named as the first one does.
_OF_THE_EXPORT = ("connections", "notes")
_PEOPLE = (".vcf", ".vcard", ".jcf", ".jcard", ".json", ".csv")


def read_people_file(path: Path) -> Reading:
    """Everybody in the file at `path`; UserError says why it cannot be read at all."""
    return _read(read_whole(path), path.name)


def read_people_stream(file: BinaryIO, name: str) -> Reading:
    """Everybody in an open file, or on standard input."""
    return _read(read_stream(file, name), name)


def _read(data: bytes, name: str) -> Reading:
    return read_archive(data, name) if is_archive(data) else read_people(data, name)


def read_archive(data: bytes, name: str) -> Reading:
    """Everybody in a zip archive: the network's data export, or any archive with cards or tables in it."""
    with entries_of(data, name) as entries:
        wanted, left = _wanted(entries)
        if left and not wanted:
            raise UserError(f"{name} holds no people", next_step=f"for the inbox, 'motjuste inbox import {name}'")
        if not wanted:
            raise UserError(
                f"{name} holds no people",
                next_step="expected Connections.csv, as in the network's data export, contact cards or a CSV",
            )
        reading = joined(_readings(wanted, name))
    why = f"was left for the inbox; see 'motjuste inbox import {name}'"
    told = tuple(Problem(f"{name}/{each.path}", 1, why) for each in left)
    return Reading(reading.contacts, (*reading.problems, *told))


def _wanted(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries to read, and those of the data export that are left; of that export, only these count."""
    exported = [(export_file(each.name), each) for each in entries if export_file(each.name)]
    if not exported:
        return [each for each in entries if PurePosixPath(each.name).suffix.lower() in _PEOPLE], []
    wanted = [entry for kind in _OF_THE_EXPORT for found, entry in exported if found == kind]
    return wanted, [entry for found, entry in exported if found in ("invitations", "messages")]


def _readings(entries: Sequence[Entry], name: str) -> Iterator[Reading]:
    for entry in entries:
        data = entry.read()
        if isinstance(data, Problem):
            yield Reading(problems=(data,))
        else:
            yield read_people(data, f"{name}/{entry.path}")
