"""What the sandbox lets a template call, whichever way it takes."""

from __future__ import annotations

import jinja2
import pytest
from jinja2.sandbox import unsafe

from motjuste.errors import UserError
from motjuste.messages.environment import Environment


def environment(text: str) -> Environment:
    return Environment({"fr/essai": ("fr/essai.txt", text)}.get, lambda: ["fr/essai"])


def test_what_says_that_it_is_unsafe_is_not_called() -> None:
    made = environment("{{ erase() }}")
    made.globals["erase"] = unsafe(lambda: "gone")
    with pytest.raises(UserError, match="is not safely callable"):
        made.run("fr/essai", {})


def test_what_asks_for_the_variables_is_given_them() -> None:
    made = environment("{{ who() }} {{ 'a,b'.split(',')[1] }}")
    made.globals["who"] = jinja2.pass_context(lambda context: context["name"])
    assert made.run("fr/essai", {"name": "Marie"}) == "Marie b"


def test_a_text_s_own_methods_work_in_loops_too() -> None:
    assert environment("{% for a in 'b c'.split() %}{{ a.upper() }}{% endfor %}").run("fr/essai", {}) == "BC"
