"""A template to start from: the file `_new.txt` of its language, with what is known of the new one put in."""

from __future__ import annotations

import re
from collections.abc import Iterable

NEW_FILE = "_new"
"""What a language calls the template that one starts from."""


def new_template(start: str, *, title: str, triggers: Iterable[str], channel: str) -> str:
    """The text of a new template's file, made of the one to start from; comments stay as they are."""
    listed = ", ".join(map(_quoted, triggers))
    said = {"title": _quoted(title), "channel": _quoted(channel)} | ({"triggers": f"[{listed}]"} if listed else {})
    for key, value in said.items():
        place = re.compile(rf"^(?:# *)?{key}:.*$", re.MULTILINE).search(start)
        if place:
            start = f"{start[: place.start()]}{key}: {value}{start[place.end() :]}"
    return start


def _quoted(text: str) -> str:
    """A text as YAML reads it back, whatever it holds."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
