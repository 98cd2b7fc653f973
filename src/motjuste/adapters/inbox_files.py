"""Files for the inbox from the disk: tables of the data export, the export itself, and a ledger's own export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from motjuste.adapters.archives import Entry, entries_of, is_archive, read_stream, read_whole
from motjuste.adapters.ledger_export import is_ledger_export
from motjuste.errors import UserError
from motjuste.inbox.export_file import ExportFile, read_export_file
from motjuste.people.data_export import export_file
from motjuste.people.reading import Problem

Tell = Callable[[str], None]


@dataclass(frozen=True)
class InboxFile:
    """What a file held: the tables in it, or, when it was made by `motjuste inbox export`, its bytes."""

    name: str
    tables: Sequence[ExportFile] = ()
    ledger: bytes = b""


def read_inbox_file(path: Path, tell: Tell = lambda text: None) -> InboxFile:
    """What the file at `path` holds for the inbox. UserError when that is nothing, or says why it cannot be read.

    `tell` hears what is being read.
    """
    tell(f"reading {path.name} …")
    return _read(read_whole(path), path.name, tell)


def read_inbox_stream(file: BinaryIO, name: str, tell: Tell = lambda text: None) -> InboxFile:
    """The same for an open file, or standard input."""
    return _read(read_stream(file, name), name, tell)


def _read(data: bytes, name: str, tell: Tell) -> InboxFile:
    if is_ledger_export(data):
        return InboxFile(name, ledger=data)
    tables = _tables_in(data, name, tell) if is_archive(data) else [read_export_file(data, name)]
    if not any(table.is_of_use for table in tables):
        problems = [problem for table in tables for problem in table.problems]
        if problems:
            raise UserError(str(problems[0]), next_step="nothing was recorded of it")
        raise UserError(f"{name} holds nothing for the inbox", next_step=_EXPECTED)
    return InboxFile(name, tables)


_EXPECTED = "expected Invitations.csv, messages.csv, or the zip of the data export that holds them"


def _tables_in(data: bytes, name: str, tell: Tell) -> list[ExportFile]:
    with entries_of(data, name) as entries:
        return list(_read_tables(_wanted(entries), name, tell))


def _wanted(entries: Sequence[Entry]) -> list[Entry]:
    """Of the data export, its files; of any other archive, all tables."""
    exported = [each for each in entries if export_file(each.name)]
    return exported or [each for each in entries if PurePosixPath(each.name).suffix.lower() == ".csv"]


def _read_tables(entries: Sequence[Entry], name: str, tell: Tell) -> Iterator[ExportFile]:
    for entry in entries:
        tell(f"reading {name}/{entry.path} …")
        data = entry.read()
        if isinstance(data, Problem):
            yield ExportFile(problems=(data,))
        else:
            yield read_export_file(data, f"{name}/{entry.path}")
