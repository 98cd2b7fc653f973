"""A person's short expansions as files: `snippets/*.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from motjuste.adapters.files import read_text
from motjuste.errors import UserError
from motjuste.expansion.reading import read_snippets
from motjuste.expansion.snippets import Snippet


@dataclass(frozen=True)
class SnippetFiles:
    """The snippets of some files; `problems` are sentences about those that could not be used."""

    snippets: tuple[Snippet, ...]
    problems: tuple[str, ...]


def read_snippet_folder(folder: Path) -> SnippetFiles:
    """The snippets of every `.yml` and `.yaml` file in `folder`; a folder that does not exist holds none."""
    if not folder.is_dir():
        return SnippetFiles((), ())
    snippets: list[Snippet] = []
    problems: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yml", ".yaml") and not path.name.startswith("."):
            read = read_snippet_file(path)
            snippets += read.snippets
            problems += read.problems
    return SnippetFiles(tuple(snippets), tuple(problems))


def read_snippet_file(path: Path) -> SnippetFiles:
    """The snippets of one file, whatever its name."""
    try:
        snippets, problems = read_snippets(read_text(path), str(path))
    except UserError as problem:
        return SnippetFiles((), (str(problem),))
    return SnippetFiles(tuple(snippets), tuple(map(str, problems)))
