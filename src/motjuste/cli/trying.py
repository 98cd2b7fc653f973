"""`motjuste try`: what a text box would hold after some typing, without any desktop."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from motjuste import wiring
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.output import Answer
from motjuste.cli.who import find_person
from motjuste.desk import address_book
from motjuste.errors import UserError
from motjuste.ports import Window
from motjuste.simulation import simulate

app = Noun("Try some typing.")


@app.command("try")
def try_(
    keys: Annotated[
        str,
        typer.Argument(
            metavar="KEYS",
            help="What is typed: characters, and keys such as <enter> <tab> <bs> <left> <click> <ctrl+bs> "
            "<wait:600>; <lt> is a <.",
        ),
    ],
    contact: Annotated[
        str | None,
        typer.Option("--contact", metavar="CONTACT", help="Whom it is for: a name, a .vcf file or -."),
    ] = None,
    window: Annotated[
        str, typer.Option("--window", metavar="TITLE", help="The title of the window that is typed into.")
    ] = "",
    wm_class: Annotated[
        str, typer.Option("--class", metavar="CLASS", help="The class of that window, as xprop tells it.")
    ] = "",
    program: Annotated[
        str, typer.Option("--program", metavar="NAME", help="The file name of that window's program.")
    ] = "",
    clipboard: Annotated[
        str, typer.Option("--clipboard", metavar="TEXT", help="What was copied before, which may say whom it is for.")
    ] = "",
    snippets: Annotated[
        str | None,
        typer.Option("--snippets", metavar="FILE", help="Use this file in place of your own snippets."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> Answer:
    """Show what a text box would hold after KEYS; | is the caret."""
    places = Places.from_environment(os.environ)
    book = address_book(places)
    found = find_person(contact, book) if contact is not None else None
    scene = wiring.listening(
        places,
        argument=found.meant.contact if found else None,
        clipboard=lambda: clipboard,
        snippet_file=Path(snippets).expanduser() if snippets is not None else None,
    )
    if snippets is not None and scene.snippet_problems:
        raise UserError(scene.snippet_problems[0])
    front = Window(title=window, wm_class=wm_class, program=program)
    treatment = scene.applications.treatment(front)
    simulation = simulate(keys, scene.engine, window=front)
    document = {
        "text": simulation.text,
        "cursor": simulation.cursor,
        "expansions": [
            {
                "trigger": each.trigger,
                "template": each.expansion.template,
                "contact": each.expansion.person,
                "length": each.expansion.length,
                "limit": each.expansion.limit,
            }
            for each in simulation.expansions
        ],
        "refusals": [{"trigger": each.trigger, "reason": each.reason} for each in simulation.refusals],
        "choices": [{"trigger": each.trigger, "labels": list(each.labels)} for each in simulation.choices],
    }
    notes = [*(found.notes if found else ()), *scene.problems]
    if treatment.off:
        notes.append(f"nothing is expanded in this window, by the rule {treatment.because}")
    notes += [f"{each.trigger} was left as typed: {each.reason}" for each in simulation.refusals]
    notes += [
        f"several snippets share {each.trigger}: {', '.join(each.labels)}" for each in simulation.choices
    ]
    return Answer(simulation.field, document, tuple(f"motjuste: {note}" for note in notes)).shown(
        as_json=json
    )
