"""A person's own templates: making one, editing one, comparing one with what ships."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from motjuste.adapters.files import read_text, write_new
from motjuste.adapters.settings import Places
from motjuste.adapters.template_files import read_library_around
from motjuste.cli.asking import ask, someone_is_there
from motjuste.cli.editing import edit_file
from motjuste.cli.output import Answer
from motjuste.compose import locale_for
from motjuste.desk import Desk, desk
from motjuste.errors import UsageError, UserError, nearest, printable
from motjuste.messages.channels import find_channel
from motjuste.messages.new_template import NEW_FILE, new_template
from motjuste.people.card import Contact

_NAME = re.compile(r"[^\W_][\w-]*")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")
_USUAL_CHANNEL = "linkedin-message"


@dataclass(frozen=True)
class Wanted:
    """What is known of a template that shall be made; None is not said yet."""

    name: str | None = None
    language: str | None = None
    title: str | None = None
    channel: str | None = None
    trigger: str | None = None


def make(places: Places, wanted: Wanted) -> Answer:
    """Write a new template into the person's folder; at a terminal, ask for what was not said."""
    at = desk(places)
    asking = someone_is_there()
    if wanted.name is None and not asking:
        raise UsageError("a new template needs a name", next_step="say it: motjuste templates new NAME")

    def said(value: str | None, question: str, accept: Callable[[str], str], default: str) -> str:
        if value is None and asking:
            return ask(question, accept, default)
        return accept(default if value is None else value)

    locale = locale_for(None, Contact(), at.profile, at.library.languages)
    own = locale.partition("-")[0]
    language = said(wanted.language, "Language?", partial(_language, at), own)
    name = said(wanted.name, "Name, for the file and the commands?", partial(_name, at, places, language), "")
    title = said(wanted.title, "Title, for lists?", printable, name.replace("-", " ").capitalize())
    usual = _USUAL_CHANNEL if _USUAL_CHANNEL in at.channels else "none"
    where = f"Where does the text go? ({', '.join(at.channels)})"
    channel = said(wanted.channel, where, partial(_channel, at), usual)
    trigger = said(wanted.trigger, "What do you type to have it? (nothing: no trigger)", partial(_trigger, at), "")
    path = _own_path(places, language, name)
    triggers = (trigger,) if trigger else ()
    write_new(path, new_template(_start(at, language), title=title, triggers=triggers, channel=channel))
    return Answer(
        str(path),
        {"path": str(path), "name": name, "language": language},
        (f"change it with 'motjuste templates edit {name}', or in any text editor",),
    )


def _start(at: Desk, language: str) -> str:
    """The template to start from in a language; English where it has none."""
    texts = (at.library.text_of(f"{each}/{NEW_FILE}") for each in (language, language.partition("-")[0], "en"))
    return next(filter(None, texts))


def _language(at: Desk, language: str) -> str:
    known = sorted(at.library.languages)
    spoken = {each.partition("-")[0] for each in known}
    if _LANGUAGE.fullmatch(language) and language.partition("-")[0] in spoken:
        return language
    close = nearest(language, known)
    raise UserError(
        f"unknown language {language!r}" + (f" (nearest: '{close}')" if close else ""),
        next_step="use one of " + ", ".join(known),
    )


def _name(at: Desk, places: Places, language: str, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise UserError(
            f"{name!r} cannot be a template's name" if name else "a template needs a name",
            next_step="use letters, digits and hyphens, such as thanks-for-the-call",
        )
    if _own_path(places, language, name).exists():
        raise UserError(
            f"{_own_path(places, language, name)} is there already",
            next_step=f"change it with 'motjuste templates edit {name} --lang {language}'",
        )
    if at.library.text_of(f"{language}/{name}"):
        raise UserError(
            f"'{name}' ships with motjuste",
            next_step=f"'motjuste templates edit {name} --lang {language}' makes your own copy of it",
        )
    return name


def _channel(at: Desk, name: str) -> str:
    return find_channel(at.channels, name).name


def _trigger(at: Desk, trigger: str) -> str:
    for template in at.library.templates:
        if trigger in template.triggers:
            raise UserError(
                f"'{trigger}' is a trigger of '{template.name}' already", next_step="choose another one"
            )
    if any(not sign.isprintable() or sign.isspace() for sign in trigger):
        raise UserError(f"{trigger!r} cannot be a trigger", next_step="use one word without spaces")
    return trigger


def change(places: Places, name: str, lang: str | None) -> Answer:
    """Open the person's own copy of a template in their editor, and check it until it is in order or left so."""
    path, shipped = _own_and_shipped(places, name, lang)
    return edit_file(
        path,
        shipped,
        lambda: _problems(places, path),
        unchanged=f"nothing was changed: '{name}' stays the one that ships",
    )


def _problems(places: Places, path: Path) -> tuple[str, ...]:
    from motjuste.messages.checks import check

    if not path.is_file():
        return (f"{path} is not there any more",)
    at = desk(places)
    around = [str(problem) for problem in read_library_around(path).problems if str(path) in str(problem)]
    return tuple(around or map(str, check(at.library, at.channels, (str(path),))))


def compare(places: Places, name: str | None, lang: str | None) -> Answer:
    """The person's own templates against those that ship under their names, as unified diffs."""
    if name is None:
        at = desk(places)
        own = sorted(places.templates.glob(f"{lang or '*'}/*.txt"))
        found = [(path, _shipped(at, path)) for path in own]
        pairs = [(path, shipped) for path, shipped in found if shipped is not None]
        notes = () if pairs else ("no template of your own stands in place of one that ships",)
    else:
        path, other = _own_and_shipped(places, name, lang)
        if other is None:
            raise UserError(
                f"'{name}' is yours alone: nothing ships under that name",
                next_step=f"see it with 'motjuste templates show {name}'",
            )
        if not path.exists():
            raise UserError(
                f"you have no '{name}' of your own: it is the one that ships",
                next_step=f"'motjuste templates edit {name}' makes your own copy of it",
            )
        pairs, notes = [(path, other)], ()
    diffs = [(path, shipped, _diff(shipped, path)) for path, shipped in pairs]
    document = [
        {"template": f"{path.parent.name}/{path.stem}", "own": str(path), "shipped": str(shipped), "diff": diff}
        for path, shipped, diff in diffs
    ]
    text = "\n".join(diff for _, _, diff in diffs if diff)
    return Answer(text, {"diffs": document}, notes)


def _diff(shipped: Path, own: Path) -> str:
    before, after = read_text(shipped).splitlines(), read_text(own).splitlines()
    return "\n".join(difflib.unified_diff(before, after, str(shipped), str(own), lineterm=""))


def _own_and_shipped(places: Places, name: str, lang: str | None) -> tuple[Path, Path | None]:
    """Where the person's own template of that name is or would be, and the one that ships, if there is one.

    The own file counts though it cannot be read as a template: it is there to be mended.
    """
    at = desk(places)
    locale = locale_for(lang, Contact(), at.profile, at.library.languages)
    if _NAME.fullmatch(name.removeprefix("_")):
        paths = [_own_path(places, language, name) for language in (locale, locale.partition("-")[0])]
        for path in paths:
            if path.exists():
                return path, _shipped(at, path)
        for path in paths:
            if shipped := _shipped(at, path):
                return path, shipped
    raise _not_found(at, name, locale)


def _not_found(at: Desk, name: str, locale: str) -> UserError:
    try:
        at.library.find(name, locale)
    except UserError as error:
        return error
    raise AssertionError(f"{name} is found")


def _shipped(at: Desk, own: Path) -> Path | None:
    key = f"shipped/{own.parent.name}/{own.stem}"
    return Path(at.library.path_of(key)) if at.library.text_of(key) else None


def _own_path(places: Places, language: str, name: str) -> Path:
    return places.templates / language / f"{name}.txt"
