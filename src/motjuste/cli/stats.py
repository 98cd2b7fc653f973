"""`motjuste stats`: what the ledger adds up to, in the terminal, as JSON and as a page."""

from __future__ import annotations

import codecs
import locale
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from motjuste.adapters.files import reason, write_atomically
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.inbox import own_mailroom
from motjuste.cli.output import Answer
from motjuste.desk import Desk, desk
from motjuste.errors import UsageError, UserError
from motjuste.inbox.events import Event
from motjuste.inbox.statistics import TYPING_SPEED, Facts, measured
from motjuste.messages.templates import Library
from motjuste.report.document import document_of
from motjuste.report.page import MARK, page_of
from motjuste.report.terminal import Style, nothing, text_of
from motjuste.report.words import ENGLISH, FRENCH, words_for

STDOUT = "-"
FASTEST = 2000
"""Characters a minute that nobody types."""
_IN_CHARACTERS = ("utf16", "codepoints", "graphemes")
_LANGUAGES = (FRENCH.language, ENGLISH.language)
_MARKED = 400
"""Within so many bytes the mark of a page of ours stands."""

app = Noun("What the ledger adds up to.")


@app.command()
def stats(
    since: Annotated[
        str | None, typer.Option("--since", metavar="MONTH", help="Count from this month on: 2026-01.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="FILE", help="Write one page that needs nothing else; - is stdout."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a FILE that motjuste stats has not written.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="LANG", help="fr or en; a page is in your own language otherwise."),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Draw with plain ASCII.")] = False,
    typing_speed: Annotated[
        str | None,
        typer.Option("--typing-speed", metavar="N", help=f"Characters you type a minute: {TYPING_SPEED}."),
    ] = None,
) -> Answer:
    """Count invitations, answers, texts and the typing saved, by month, verdict and template."""
    if json and html == STDOUT:
        raise UsageError(
            "--json and --html - both go to standard output", next_step="name a FILE for the page"
        )
    month, speed, named = _month(since), _speed(typing_speed), _language(lang)
    at = desk(Places.from_environment(os.environ))
    events = own_mailroom().ledger.events()
    now = datetime.now().astimezone()
    told = measured(events, _facts(at, events, speed), now=now, since=month, local=datetime.astimezone)
    notes = [f"motjuste: {at.profile_problem}"] if at.profile_problem else []
    if html is not None:
        page = page_of(told, words_for(named or at.profile.language or _locale(os.environ)))
        if html == STDOUT:
            return Answer(page.rstrip("\n"), notes=tuple(notes))
        notes.append(f"the page is {_save(html, page, force)}")
    words = words_for(named or ENGLISH.language)
    if json and told.empty:
        notes.append(nothing(told, words))
    text = "" if html else text_of(told, words, _style(plain))
    return Answer(text, document_of(told), tuple(notes)).shown(as_json=json)


def _month(since: str | None) -> str:
    if since is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", since, re.ASCII):
        raise UserError(f"--since is {since!r}, and no month", next_step="write a year and a month: 2026-01")
    return since or ""


def _speed(typing_speed: str | None) -> int:
    if typing_speed is None:
        return TYPING_SPEED
    known = re.fullmatch(r"\d{1,4}", typing_speed, re.ASCII)
    if not known or not 1 <= int(typing_speed) <= FASTEST:
        raise UserError(
            f"--typing-speed is {typing_speed!r}",
            next_step=f"write how many characters you type in a minute, from 1 to {FASTEST}",
        )
    return int(typing_speed)


def _language(lang: str | None) -> str:
    if lang and re.split("[-_]", lang)[0].lower() not in _LANGUAGES:
        raise UserError(f"the statistics do not speak {lang!r}", next_step=f"known: {', '.join(_LANGUAGES)}")
    return lang or ""


def _locale(environment: Mapping[str, str]) -> str:
    """The language that the system is set to; "" when it says none."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((environment[name] for name in names if environment.get(name)), "")


def _facts(at: Desk, events: Iterable[Event], speed: int) -> Facts:
    names = {event.details.get("template", "") for event in events if event.kind == "typed"}
    triggers = {name: _trigger(at.library, name) for name in names}
    return Facts(
        triggers={name: length for name, length in triggers.items() if length},
        channels_in_characters=frozenset(
            name for name, channel in at.channels.items() if channel.unit in _IN_CHARACTERS
        ),
        notes_a_month=at.profile.notes_per_month if at.profile.tier == "free" else None,
        typing_speed=speed,
    )


def _trigger(library: Library, name: str) -> int:
    """The characters of the longest trigger that the template has in any language; 0 when none is known."""
    longest = 0
    for language in library.languages_of(name):
        try:
            template = library.find(name, language)
        except UserError:  # of a file that is wrong; 'motjuste templates check' tells more
            continue
        longest = max(longest, *map(len, template.triggers), 0)
    return longest


def _style(plain: bool) -> Style:
    terminal = sys.stdout is not None and sys.stdout.isatty()
    simple = os.environ.get("TERM") == "dumb"
    return Style(
        width=shutil.get_terminal_size().columns,
        blocks=not (plain or simple) and _has_blocks(),
        weights=terminal and not simple and not os.environ.get("NO_COLOR"),
    )


def _has_blocks() -> bool:
    # What is printed is UTF-8 whatever the locale says; whether the screen can show it, the locale knows better.
    # On Windows it does not: there the console has its own way.
    return sys.platform == "win32" or codecs.lookup(locale.getencoding()).name == "utf-8"


def _save(html: str, page: str, force: bool) -> Path:
    path = Path(html).expanduser()
    if not path.parent.is_dir():
        raise UserError(f"there is no folder {path.parent}", next_step="make it, or name another FILE")
    # What is no file (a folder, a device) is not replaced by one, whoever asks for it.
    if os.path.lexists(path) and not path.is_file():
        raise UserError(f"{html!r} is no file", next_step="name a file for the page, such as stats.html")
    if path.exists() and not force and not _is_ours(path):
        raise UserError(
            f"{path} is there already, and 'motjuste stats' has not written it",
            next_step="name another FILE, or overwrite it with --force",
        )
    write_atomically(path, page)
    return path


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return MARK.encode() in file.read(_MARKED)
    except OSError as error:
        raise UserError(
            f"{path} is there already, and cannot be read: {reason(error)}", next_step="name another FILE"
        ) from error
