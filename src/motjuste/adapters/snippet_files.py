"""A person's short expansions as files: `snippets/*.yml`."""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from motjuste import __version__
from motjuste.adapters.files import decoded, read_bytes
from motjuste.adapters.kept import Kept
from motjuste.errors import UserError
from motjuste.expansion.reading import read_snippets
from motjuste.expansion.table import SnippetTable

# Less than so many bytes are read before a kept file is found.
LARGE = 200_000
# What turns files into tables: when one of these modules changes, all that was kept is out of date.
READERS = tuple(
    f"motjuste.expansion.{name}" for name in ("expressions", "plain_lists", "reading", "snippets", "table")
)


@dataclass(frozen=True)
class SnippetFiles:
    """The snippets of some files; `problems` are sentences about those that could not be used."""

    snippets: SnippetTable
    problems: tuple[str, ...]


NO_SNIPPETS = SnippetFiles(SnippetTable(), ())


def read_snippet_folder(folder: Path, cache: Path | None = None) -> SnippetFiles:
    """The snippets of every `.yml` and `.yaml` file in `folder`; a folder that does not exist holds none.

    What many snippets become is kept in `cache`, a folder, and read from there while the files stay as they are.
    """
    if not folder.is_dir():
        return NO_SNIPPETS
    paths = sorted(folder.iterdir())
    return _read(
        [path for path in paths if path.suffix in (".yml", ".yaml") and not path.name.startswith(".")], cache
    )


def read_snippet_file(path: Path, cache: Path | None = None) -> SnippetFiles:
    """The snippets of one file, whatever its name."""
    return _read([path], cache)


def _read(paths: Sequence[Path], cache: Path | None) -> SnippetFiles:
    problems: list[str] = []
    contents: dict[Path, bytes] = {}
    for path in paths:
        try:
            contents[path] = read_bytes(path)
        except UserError as problem:
            problems.append(str(problem))
    if cache is None or sum(map(len, contents.values())) < LARGE:
        read = _parsed(contents)
    else:
        read = _kept_or_parsed(contents, Kept(cache, READERS))
    return SnippetFiles(read.snippets, (*problems, *read.problems))


def _kept_or_parsed(contents: Mapping[Path, bytes], kept: Kept) -> SnippetFiles:
    # One file for these paths, so that what is out of date is replaced rather than left behind.
    name = "snippets-" + hashlib.sha256(repr(list(map(str, contents))).encode()).hexdigest()[:16]
    digest = _digest(contents)
    stored = kept.get(name)
    if stored is not None and stored.startswith(digest):
        try:
            return _thawed(memoryview(stored)[len(digest) :])
        except ValueError:
            pass  # damaged, and made anew
    del stored
    read = _parsed(contents)
    kept.set(name, digest + _frozen(read))
    return read


def _parsed(contents: Mapping[Path, bytes]) -> SnippetFiles:
    tables: list[SnippetTable] = []
    problems: list[str] = []
    for path, content in contents.items():
        try:
            table, wrong = read_snippets(decoded(content, path), str(path))
        except UserError as problem:
            problems.append(str(problem))
        else:
            tables.append(table)
            problems += map(str, wrong)
    return SnippetFiles(SnippetTable.joined(tables), tuple(problems))


def _digest(contents: Mapping[Path, bytes]) -> bytes:
    versions = (__version__, sys.version, marshal.version)
    digest = hashlib.sha256(
        repr((versions, [(str(path), len(text)) for path, text in contents.items()])).encode()
    )
    for content in contents.values():
        digest.update(content)
    return digest.digest()


# marshal makes texts, numbers, lists and dicts at the speed of the memory, and nothing that runs: no class is
# looked up and no function is called. A damaged file could still end the process, hence the seal of Kept.
def _frozen(read: SnippetFiles) -> bytes:
    return marshal.dumps((read.problems, read.snippets.plain()))


def _thawed(stored: memoryview) -> SnippetFiles:
    """The snippets that were frozen. Raises ValueError for anything else."""
    try:
        problems, plain = marshal.loads(stored)
        if not all(isinstance(problem, str) for problem in problems):
            raise ValueError("not a list of problems")
        return SnippetFiles(SnippetTable.from_plain(plain), tuple(problems))
    except (EOFError, TypeError) as error:
        raise ValueError("not a kept table") from error
