"""`motjuste config`: what the profile says and where each file lives."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste.adapters.settings import Places, load_profile
from motjuste.cli.app import Noun
from motjuste.cli.output import Answer, table
from motjuste.errors import UserError

app = Noun("Your own settings.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command()
def show(json: Json = False) -> Answer:
    """Show the profile as it is understood, and where each file lives."""
    places = Places.from_environment(os.environ)
    profile = asdict(load_profile(places))
    folders = {name: str(path) for name, path in vars(places).items()}
    rows = [
        *([key, words] for key, value in profile.items() if (words := _in_words(value))),
        *([name, path] for name, path in folders.items() if name != "profile"),
    ]
    notes = (
        ()
        if places.profile.exists()
        else (f"{places.profile} does not exist yet: write who you are into it with 'motjuste config edit'",)
    )
    return Answer(table(rows), {"profile": profile, "places": folders}, notes).shown(as_json=json)


@app.command()
def path() -> Answer:
    """Print where the profile lives."""
    return Answer(str(Places.from_environment(os.environ).profile))


@app.command("edit")
def edit_() -> Answer:
    """Open your profile in your editor, and check it.

    Where there is none yet, it begins with examples in the language of your system.
    """
    from motjuste.cli.editing import edit_file

    places = Places.from_environment(os.environ)
    return edit_file(
        places.profile, _start(), lambda: _problems(places), unchanged="nothing was changed: you have no profile yet"
    )


def _start() -> Path:
    """The profile to begin with, in the language of the person's system where there is one in it."""
    from motjuste.adapters.template_files import shipped_folder

    set_ones = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, set_ones), "")[:2]
    named = (shipped_folder() / f"profile.{each}.toml" for each in (language, "en") if each.isalpha())
    return next(path for path in named if path.is_file())


def _problems(places: Places) -> tuple[str, ...]:
    try:
        load_profile(places)
    except UserError as problem:
        return (str(problem),)
    return () if places.profile.is_file() else (f"{places.profile} is not there any more",)


@app.command()
def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A schema; without it, they are listed.")
    ] = None,
    json: Json = False,
) -> Answer:
    """Print the JSON Schema of a file of yours, for your editor.

    With it an editor completes the keys of the file and marks what is wrong while you type.
    """
    from motjuste.adapters.policy_folder import policy_names
    from motjuste.adapters.template_files import languages_in, shipped_folder
    from motjuste.schemas import SCHEMAS
    from motjuste.schemas import schema as named

    if name is not None:
        places = Places.from_environment(os.environ)
        languages = languages_in(shipped_folder(), places.templates)
        return Answer(document=named(name, languages, policy_names(places.policies))).shown(as_json=True)
    listed = {each: of for each, (of, _) in SCHEMAS.items()}
    return Answer(table(listed.items()), {"schemas": listed}).shown(as_json=json)


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        known = {name: _in_words(each) for name, each in value.items() if each not in (None, ())}
        return " | ".join(f"{name}: {text}" if name else text for name, text in known.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(
            each if isinstance(each, str) else " ".join(filter(None, map(_in_words, each.values()))) for each in value
        )
    return str(value).lower() if isinstance(value, bool) else str(value)
