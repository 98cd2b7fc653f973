"""What `docs/review.md` says of the keys and the room is what the review does."""

from __future__ import annotations

import re
from pathlib import Path

from motjuste.review.languages import LANGUAGES, words_for
from motjuste.review.page import help_lines
from motjuste.review.screen import LEAST
from motjuste.review.session import KEYS, SAME

PAGE = (Path(__file__).parents[1] / "docs" / "review.md").read_text("utf-8")


def test_the_page_explains_each_key_as_help_does() -> None:
    explained = re.findall(r"^\| (\S+) \| (.+) \|$", PAGE, re.MULTILINE)[2:]
    assert explained == [(key, sentence) for key, sentence in help_lines(words_for("en")) if key]


def test_help_explains_each_key_in_each_language() -> None:
    for words in LANGUAGES.values():
        assert tuple(words.help) == tuple(words.keys) == KEYS


def test_help_names_the_keys_that_do_the_same() -> None:
    names = {"space": "Space", "right": "→", "left": "←", "ctrl+z": "Ctrl+Z", "ctrl+y": "Ctrl+Y", "f1": "F1"}
    told = {key: name for key, name in names.items() if name in words_for("en").help[SAME[key]]}
    assert told == names
    assert set(SAME) - set(names) == {"ctrl+q"}


def test_the_page_says_how_much_room_is_needed() -> None:
    columns, rows = LEAST
    assert f"needs {columns} columns and {rows} rows" in PAGE
