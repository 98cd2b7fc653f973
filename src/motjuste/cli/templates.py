"""`motjuste templates`: the messages that can be written, where they live, and whether they are in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.files import read_text
from motjuste.adapters.settings import Places
from motjuste.adapters.template_files import read_library_around
from motjuste.cli.app import Noun
from motjuste.cli.messages import Language
from motjuste.cli.output import Answer, screen_width, table
from motjuste.compose import locale_for
from motjuste.desk import Desk, desk
from motjuste.errors import UserError
from motjuste.messages.looking_up import says
from motjuste.messages.templates import Template
from motjuste.people.card import Contact

app = Noun("The messages that can be written.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name from 'motjuste templates list'.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("list")
def list_(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Only those that these words are found in.", show_default=False),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="LANG", help="Only those in fr, fr-CA, en, es, or one of yours."),
    ] = None,
    json: Json = False,
) -> Answer:
    """List the templates: name, language, trigger, title, channel, tags.

    Words are looked for in all that a template says of itself, without regard to capitals and accents.
    """
    at = _desk()
    if lang:
        # A language that there is none of is a slip, and not a search without a result.
        locale_for(lang, Contact(), at.profile, at.library.languages)
    found = [
        each
        for each in at.library.templates
        if (not lang or each.language in (lang, lang.partition("-")[0])) and says(each, words or ())
    ]
    rows = [
        [
            each.name,
            each.language,
            ", ".join(each.triggers),
            each.title,
            each.channel,
            ", ".join(each.tags),
        ]
        for each in found
    ]
    return Answer(
        table(rows, within=screen_width()),
        {"templates": [_described(each) for each in found]},
        (*_problems((*at.problems, *at.library.problems)), *_nothing_found(words or (), lang, bool(found))),
    ).shown(as_json=json)


@app.command()
def show(name: Name, lang: Language = None, json: Json = False) -> Answer:
    """Print a template as it stands in its file."""
    template = _find(name, lang)
    text = read_text(Path(template.path))
    return Answer(text.rstrip("\n"), _described(template) | {"source": text}, (template.path,)).shown(
        as_json=json
    )


@app.command()
def path(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A template; without it, the folder for your own.")
    ] = None,
    lang: Language = None,
) -> Answer:
    """Print where a template lives, or where your own go."""
    if name is None:
        return Answer(str(_places().templates))
    return Answer(_find(name, lang).path)


@app.command()
def check(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME|FILE]...", help="Only these templates; all of them when left out."),
    ] = None,
    json: Json = False,
) -> Answer:
    """Check templates: their names, their wording, their room.

    Each is written for nobody, for somebody well known, for somebody with long names and for somebody hostile,
    with all facts, in every region and form. docs/checks.md tells of each check and how to silence it.
    """
    from motjuste.messages import checks

    at, only = _desk_with(what or [])
    files = [] if only else at.problems
    found = checks.check(at.library, at.channels, only)
    problems = [*map(str, files), *map(str, found)]
    count = len([each for each in at.library.templates if not only or each.path in only])
    text = "" if problems else f"{count} {'template' if count == 1 else 'templates'}, all in order"
    document = {
        "templates": count,
        "problems": problems,
        "findings": [asdict(each) for each in found],
        "silenced": [
            {"template": each.key, "check": name, "reason": reason}
            for each in at.library.templates
            for name, reason in each.silence.items()
            if not only or each.path in only
        ],
    }
    return Answer(text, document, () if json else tuple(problems), exit_code=1 if problems else 0).shown(
        as_json=json
    )


@app.command()
def new(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Asked for at a terminal when it is left out.")
    ] = None,
    lang: Language = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What lists call it.")] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="NAME", help="Where the text goes.")
    ] = None,
    trigger: Annotated[
        str | None, typer.Option("--trigger", metavar="TEXT", help="What you type to have it.")
    ] = None,
    json: Json = False,
) -> Answer:
    """Write a template of your own to start from, with comments.

    At a terminal it asks for what you have not said. A file that is there already is never touched.
    """
    from motjuste.cli.own_templates import Wanted, make

    return make(_places(), Wanted(name, lang, title, channel, trigger)).shown(as_json=json)


@app.command()
def edit(name: Name, lang: Language = None) -> Answer:
    """Open your copy of a template in your editor, then check it.

    The copy is made of the template that ships when you have none, and stands in its place from then on. The editor
    is the one in $VISUAL or $EDITOR; one with windows needs its option to wait, such as EDITOR='code --wait'.
    """
    from motjuste.cli.own_templates import change

    return change(_places(), name, lang)


@app.command()
def diff(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A template; all of yours when it is left out.")
    ] = None,
    lang: Language = None,
    json: Json = False,
) -> Answer:
    """Show what your own templates say otherwise than those that ship."""
    from motjuste.cli.own_templates import compare

    return compare(_places(), name, lang).shown(as_json=json)


def _desk_with(what: Sequence[str]) -> tuple[Desk, tuple[str, ...]]:
    """The desk with the folders that the named files stand in for its own; and the paths that are meant.

    A file is checked as the person's own template, wherever it is kept: a folder of templates that people share.
    """
    at = _desk()
    if not what:
        return at, ()
    files = {Path(each).absolute() for each in what if _is_path(each)}
    for path in sorted(files):
        if not path.is_file():
            raise UserError(f"{path} is not there", next_step="name a template or its file")
        if path not in _paths(at):
            around = read_library_around(path)
            for problem in around.problems:
                if str(problem).startswith(f"{path}:"):
                    raise problem
            at = replace(at, library=at.library.with_own(around.sources))
    only = {str(path) for path in files}
    for name in what:
        if not _is_path(name):
            found = {each.path for each in at.library.templates if each.name == name}
            only |= found or {_find(name, None).path}
    return at, tuple(sorted(only))


def _is_path(what: str) -> bool:
    return what.endswith(".txt") or os.sep in what


def _paths(at: Desk) -> set[Path]:
    return {Path(each.path) for each in at.library.templates}


def _places() -> Places:
    return Places.from_environment(os.environ)


def _desk() -> Desk:
    return desk(_places())


def _find(name: str, lang: str | None) -> Template:
    at = _desk()
    locale = locale_for(lang, Contact(), at.profile, at.library.languages)
    return at.library.find(name, locale)


def _nothing_found(words: Iterable[str], lang: str | None, found: bool) -> tuple[str, ...]:
    if found:
        return ()
    asked = " ".join((*words, *([f"in {lang}"] if lang else [])))
    return (f"motjuste: no template is found by '{asked}'; see 'motjuste templates list'",)


def _problems(problems: tuple[UserError, ...]) -> tuple[str, ...]:
    return tuple(f"motjuste: {problem}" for problem in problems)


def _described(template: Template) -> dict[str, Any]:
    return asdict(template)
