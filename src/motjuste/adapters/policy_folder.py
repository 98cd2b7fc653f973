"""Policies as files: those that ship, and the person's own, which stand before them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import motjuste
from motjuste.errors import UserError, nearest

if TYPE_CHECKING:
    from motjuste.inbox.policy import Policy

_ENDING = ".toml"


@dataclass(frozen=True)
class Policies:
    """The policies by their names; `problems` tells by name what is wrong with those that could not be read."""

    found: Mapping[str, Policy]
    problems: Mapping[str, UserError]

    def named(self, name: str) -> Policy:
        """The policy of that name; UserError says what is wrong with it, or which there are."""
        if name in self.problems:
            raise self.problems[name]
        if name in self.found:
            return self.found[name]
        close = nearest(name, self.found)
        raise UserError(
            f"there is no policy {name!r}",
            next_step=f"did you mean {close!r}?" if close else f"there are {', '.join(self.found)}",
        )


def shipped_policies() -> Path:
    """The folder of the policies that ship: inside an installed package, beside `src` in a checkout."""
    package = Path(motjuste.__file__).parent
    installed = package / "policies"
    return installed if installed.is_dir() else package.parents[1] / "policies"


def policy_names(folder: Path) -> tuple[str, ...]:
    """The names of the policies in a folder, none when it is not there; no file is read."""
    return tuple(path.stem for path in _files(folder))


def read_policies(*folders: Path) -> Policies:
    """The policies of these folders; of one name, the file of the last folder counts."""
    # Late: whoever only lists the names does without.
    from motjuste.adapters.files import read_text
    from motjuste.inbox.policy_files import read_policy

    found: dict[str, Policy] = {}
    problems: dict[str, UserError] = {}
    for path in {path.stem: path for folder in folders for path in _files(folder)}.values():
        try:
            found[path.stem] = read_policy(read_text(path), path.stem, str(path))
        except UserError as problem:
            problems[path.stem] = problem
    return Policies(found, problems)


def _files(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from (
            path
            for path in sorted(folder.iterdir())
            if path.suffix == _ENDING and not path.name.startswith(".") and path.is_file()
        )
