"""The message templates and channels as files: those that ship, and the person's own."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import motjuste
from motjuste.adapters.files import read_text
from motjuste.errors import UserError
from motjuste.messages.templates import CHECKS_FILE, Source

# What ships beside the languages' folders.
_NOT_TEMPLATES = re.compile(r"(?:channels|applications|profile\.\w+)\.toml|README\.md")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
LEFT_BY_EDITORS = ("~", ".bak", ".swp", ".swx", ".tmp", ".orig")


@dataclass(frozen=True)
class TemplateFiles:
    """The template files under one folder; `problems` names those that could not be read."""

    sources: tuple[Source, ...]
    problems: tuple[UserError, ...]


def shipped_folder() -> Path:
    """The folder of the templates that ship: inside an installed package, beside `src` in a checkout."""
    package = Path(motjuste.__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def read_template_files(folder: Path) -> TemplateFiles:
    """The files `<language>/<name>.txt` and `_checks.toml` under `folder`; a folder that is not there holds none."""
    sources: list[Source] = []
    problems: list[UserError] = []
    for path in _files(folder):
        try:
            sources.append(_read_source(path, folder))
        except UserError as problem:
            problems.append(problem)
    return TemplateFiles(tuple(sources), tuple(problems))


def read_library_around(path: Path) -> TemplateFiles:
    """The templates of the folder of languages that the file at `path` is in, wherever it is kept."""
    if not _LANGUAGE.fullmatch(path.parent.name):
        raise UserError(
            f"{path} stands outside a language's folder", next_step="keep it as fr/NAME.txt or en/NAME.txt"
        )
    sources: list[Source] = []
    problems: list[UserError] = []
    # Only these: the folder may be one where many other things are kept.
    for folder in sorted(each for each in path.parent.parent.iterdir() if _LANGUAGE.fullmatch(each.name)):
        for file in sorted((*folder.glob("*.txt"), *folder.glob(CHECKS_FILE))):
            if _is_text_file(file):
                try:
                    sources.append(_read_source(file, folder.parent))
                except UserError as problem:
                    problems.append(problem)
    return TemplateFiles(tuple(sources), tuple(problems))


def languages_in(*folders: Path) -> tuple[str, ...]:
    """The languages, regions included, that these folders hold templates of; what cannot be read holds none."""
    found: set[str] = set()
    for folder in folders:
        # Reading the templates says what is wrong.
        with contextlib.suppress(OSError):
            found |= {entry.name for entry in folder.iterdir() if entry.is_dir()}
    return tuple(sorted(filter(_LANGUAGE.fullmatch, found)))


def _read_source(path: Path, folder: Path) -> Source:
    if path.parent == folder:
        raise UserError(
            f"{path} stands outside a language's folder",
            next_step=f"move it to {folder / 'fr'} or {folder / 'en'}",
        )
    if path.name == CHECKS_FILE:
        return Source(CHECKS_FILE, path.parent.name, str(path), read_text(path))
    if path.suffix != ".txt":
        raise UserError(f"{path} is not read as a template", next_step="give it a name that ends in .txt")
    return Source(name=path.stem, language=path.parent.name, path=str(path), text=read_text(path))


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    try:
        for entry in sorted(folder.iterdir()):
            if entry.name.startswith(".") or entry.name.endswith(LEFT_BY_EDITORS):
                continue
            if entry.is_dir():
                yield from (path for path in sorted(entry.iterdir()) if _is_text_file(path))
            elif not _NOT_TEMPLATES.fullmatch(entry.name):
                yield entry
    except OSError as error:
        raise UserError(f"the folder {folder} cannot be read: {error.strerror}") from error


def _is_text_file(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and not path.name.endswith(LEFT_BY_EDITORS)
