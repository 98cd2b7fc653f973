"""`motjuste count`: how long a text is, unit by unit, what costs more than one, and what is seen first."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from motjuste import desk
from motjuste.adapters.files import read_text
from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.output import Answer, table
from motjuste.cli.who import STDIN, read_stdin
from motjuste.errors import DoesNotFit, UserError
from motjuste.messages.channels import find_channel, seen_first
from motjuste.messages.length import Costly, costly, measure_all, normalise, sms

app = Noun("Count a text.")


@app.command()
def count(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A text file; without it, or with -, standard input."),
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="NAME", help="Also say whether it fits there.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> Answer:
    """Count a text in every unit; show what costs more than one, and what is seen of it first."""
    text = normalise(_without_last_line_end(_read(file)))
    units = measure_all(text)
    in_sms = sms(text)
    expensive = costly(text)
    document: dict[str, Any] = {
        "text": text,
        "units": units,
        "sms": asdict(in_sms),
        "costly": [asdict(each) for each in expensive],
    }
    rows = [
        *([unit, str(length)] for unit, length in units.items()),
        ["sms", f"{in_sms.parts} ({in_sms.alphabet}, {in_sms.septets})"],
        *(["costly", _cost(each)] for each in expensive),
    ]
    exit_code = 0
    places = Places.from_environment(os.environ)
    at = desk.desk(places)
    first = seen_first(at.channels, text)
    document["seen_first"] = [
        {"channel": seen.channel, "characters": seen.characters, "text": seen.text} for seen in first
    ]
    rows += (["seen first", f"{seen.text}  ({seen.title}, {seen.characters})"] for seen in first)
    if channel is not None:
        where = find_channel(at.channels, channel)
        room = where.room()
        over = room.overflow(text)
        length = room.length(text)
        document["channel"] = {
            "name": where.name,
            "length": length,
            "limit": room.limit,
            "unit": room.unit,
            "fits": over is None,
        }
        rows.append([where.name, _verdict(length, room.limit, room.unit, over)])
        exit_code = 0 if over is None else DoesNotFit.exit_code
    # What is wrong elsewhere is nothing to a text that is counted.
    problems = (f"motjuste: {each}" for each in at.problems if str(each).startswith(str(places.channels)))
    return Answer(table(rows), document, tuple(problems), exit_code=exit_code).shown(as_json=json)


def _read(file: str | None) -> str:
    if file not in (None, STDIN):
        return read_text(Path(file).expanduser())
    try:
        return read_stdin("a text").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"standard input is not UTF-8 text (byte {error.start + 1})",
            next_step="convert it first, for example with iconv",
        ) from error


def _without_last_line_end(text: str) -> str:
    """A file's last line end is the editor's, and nobody would paste it."""
    return text.removesuffix("\n").removesuffix("\r")


def _cost(each: Costly) -> str:
    return f"{each.text!r}: {each.cost} {each.unit}"


def _verdict(length: int, limit: int | None, unit: str, over: tuple[str, int, int] | None) -> str:
    if limit is None:
        return f"{length} {unit}: it fits, there is no limit"
    if over is None:
        return f"{length} of {limit} {unit}: it fits"
    over_unit, over_length, over_limit = over
    return f"{over_length} of {over_limit} {over_unit}: {over_length - over_limit} too many"
