"""`motjuste templates`: the messages that can be written, where they live, and whether they are in order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.files import read_text
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.messages import Language
from motjuste.cli.output import Answer, table
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
        str | None, typer.Option("--lang", metavar="LANG", help="Only those in fr, fr-CA or en.")
    ] = None,
    json: Json = False,
) -> Answer:
    """List the templates: name, language, trigger, channel, title, tags.

    Words are looked for in all that a template says of itself, without regard to capitals and accents.
    """
    at = _desk()
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
            each.channel,
            each.title,
            ", ".join(each.tags),
        ]
        for each in found
    ]
    return Answer(
        table(rows),
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
        return Answer(str(Places.from_environment(os.environ).templates))
    return Answer(_find(name, lang).path)


@app.command()
def check(json: Json = False) -> Answer:
    """Check every template: its syntax, names and wording.

    Each is written for nobody, for somebody and for somebody hostile, in every form.
    """
    from motjuste.messages import checks

    at = _desk()
    problems = list(map(str, (*at.problems, *checks.check(at.library, at.channels))))
    count = len(at.library.templates)
    text = "" if problems else f"{count} templates, all in order"
    document = {"templates": count, "problems": problems}
    return Answer(text, document, () if json else tuple(problems), exit_code=1 if problems else 0).shown(
        as_json=json
    )


def _desk() -> Desk:
    return desk(Places.from_environment(os.environ))


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
