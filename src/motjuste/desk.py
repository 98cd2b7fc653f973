"""What a message is written with, read from where its files live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.compiled_templates import CompiledTemplates
from motjuste.adapters.files import read_text
from motjuste.adapters.settings import Places, load_profile
from motjuste.adapters.template_files import TemplateFiles, read_template_files, shipped_folder
from motjuste.compose import Message, Request, compose
from motjuste.errors import UserError
from motjuste.messages.channels import Channel, for_tier, read_channels
from motjuste.messages.code_keys import code_of
from motjuste.messages.templates import Library
from motjuste.people.who import Meant
from motjuste.profile import Profile

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """All that a message is written with. `problems` are files that could not be used; the others work."""

    profile: Profile
    library: Library
    channels: Mapping[str, Channel]
    book: VCardFolder
    problems: tuple[UserError, ...] = ()
    profile_problem: UserError | None = None

    def write(self, request: Request, meant: Meant) -> Message:
        """Write the message. Raises UserError as `compose` does, and for a profile that is wrong.

        A message without the name that should sign it is worse than none.
        """
        if self.profile_problem is not None:
            raise self.profile_problem
        return compose(
            request, meant=meant, profile=self.profile, library=self.library, channels=self.channels
        )


class Attempts:
    """Reads one file after the other; what is wrong with one is kept and stops none of the others."""

    def __init__(self) -> None:
        self.problems: list[UserError] = []

    def read(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except UserError as problem:
            self.problems.append(problem)
            return otherwise


def desk(places: Places, book: VCardFolder | None = None, *, tidy: bool = False) -> Desk:
    """Read who the person is, the templates, the channels and the address book, unless there is one already.

    With `tidy`, what was kept of templates that are deleted by now goes too.
    """
    profile = Attempts()
    files = Attempts()
    person = profile.read(lambda: load_profile(places), Profile())
    shipped = read_template_files(shipped_folder())
    own = files.read(lambda: read_template_files(places.templates), TemplateFiles((), ()))
    channels = _channels(shipped_folder() / "channels.toml")
    if places.channels.exists():
        none: dict[str, Channel] = {}
        channels |= files.read(lambda: _channels(places.channels), none)
    compiled = CompiledTemplates(places.cache / "templates")
    if tidy:
        compiled.keep_only(code_of(source.path) for source in (*shipped.sources, *own.sources))
    return Desk(
        profile=person,
        library=Library.load(shipped.sources, own.sources, compiled=compiled, today=date.today),
        channels=for_tier(channels, person.tier),
        book=book or address_book(places),
        problems=(*files.problems, *shipped.problems, *own.problems),
        profile_problem=next(iter(profile.problems), None),
    )


def _channels(path: Path) -> dict[str, Channel]:
    return read_channels(read_text(path), str(path))


def address_book(places: Places) -> VCardFolder:
    """The people whose cards the person keeps."""
    return VCardFolder(
        places.contacts, places.current_contact, now=lambda: datetime.now(UTC), index=places.people_index
    )
