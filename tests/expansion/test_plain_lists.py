"""Long lists are read line by line, and mean what YAML says they mean."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motjuste.expansion.plain_lists import Item, Pairs, compose, items
from motjuste.expansion.reading import read_snippets


def by_yaml(text: str) -> tuple[object, list[str]]:
    """What the whole file is when YAML reads it; in quotes, the key is not one of a plain list."""
    table, problems = read_snippets(text.replace("snippets:", "'snippets':", 1), "mine.yml")
    return list(table), list(map(str, problems))


def line_by_line(text: str) -> tuple[object, list[str]]:
    table, problems = read_snippets(text, "mine.yml")
    return list(table), list(map(str, problems))


VALUES = st.sampled_from([
    "a", ":b", "?c", "-d", "a b", "a: b", "a:b", "a #b", "a#b", "#a", "a:", "~", "null", "Null ",
    "true", "é",
    "false", "yes", "1.10",
    "\u0301a", "'a'", "''", "'a''b'", "'a", "'a' b",
    "'true'", '"a"', '""', '"a\\n\\t\\"\\\\b"', '"a\\x41"', '"a', '"a" # b', '"null"',
    "[a, 'b', \"c\"]", "[]", "[a, ]", "[a, b", "[a b, c: d]", "['a, b']", "[a, ~]", "[[a]]", "{a: b}",
    "&x a", "*x", "!!str a", "|", ">-",
    "|\n      b\n       c", "a\n      b", "@a", "`a", "%a", "a ", "a\tb", "a\x07", "a\u2028b",
    "a\u0085b", "<a>", "=", "<<", ">", "a\\n", "", ",a", "a]", "🙂",
])  # fmt: skip
KEYS = st.sampled_from([
    "trigger", "trigger", "trigger", "triggers", "replace", "replace", "replace", "label", "word",
    "left_word", "propagate_case",
    "at_rest", "regex", "enabled", "wrod", "'trigger'", "TRIGGER", "? trigger",
])  # fmt: skip
PAIR = st.builds(
    lambda key, blank, value: f"{key}:{blank}{value}", KEYS, st.sampled_from([" ", " ", "  ", ""]), VALUES
)
ITEM = st.builds(
    lambda dash, pairs: dash + "\n    ".join(pairs) + "\n",
    st.sampled_from(["  - ", "  - ", "  - ", "  -   ", "- ", "   - ", "  -\n    "]),
    st.lists(PAIR, min_size=1, max_size=3),
)
USUAL = st.builds(
    lambda turned, one, two: (
        f"  - replace: {one}\n    trigger: {two}\n" if turned else f"  - trigger: {one}\n    replace: {two}\n"
    ),
    st.booleans(),
    VALUES,
    VALUES,
)
BETWEEN = st.sampled_from([
    "", "", "", "\n", "# a\n", "    # a\n", "  - a\n", "...\n", "---\n", "other: 1\n", "   \n",
    "\t\n", "# a\u2028  - trigger: a\n", "  -\n",
])  # fmt: skip
FILE = st.builds(
    lambda head, parts, end: head + "".join(parts) + end,
    st.sampled_from(["snippets:\n", "snippets:\n", "# a\n\nsnippets: # b\n\n", "snippets: \r\n"]),
    st.lists(st.one_of(USUAL, USUAL, ITEM, BETWEEN), max_size=6),
    st.sampled_from(["", "  - trigger: a\n    replace: b", "\n\n"]),
)


@settings(max_examples=150, deadline=None)
@given(FILE)
@example('snippets:\n- trigger: a\n  replace: "b\n- trigger: c\n  replace: d"\n')
@example("snippets:\n- &x\n  trigger: a\n  replace: b\n- *x\n")
@example("snippets:\n- {trigger: a, replace: &x b}\n- {trigger: a, replace: &x b}\n")
@example("snippets:\n  - trigger: a\n    replace: a\n# a\u2028  - trigger: a\n")
@example("snippets:\n  - trigger: a\n    replace: b\n    # a\u2028  - trigger: a\n")
@example("snippets:\n  - trigger: a \n    replace: b\n")
@example("snippets:\n  - trigger: a\n    triggers: [b]\n    replace: c\n")
@example("snippets:\n  - trigger: a \n    replace: b  \n    word: true \n")
@example("snippets:\n  - trigger: a\n    replace: b\n    word: 'true'\n")
@example("snippets:\n  - trigger: a\n    replace: b\nother: 1\n")
@example("snippets:\n  - trigger: a\n    replace: b\n  - trigger: c\n   replace: d\n")
def test_a_list_means_what_yaml_says(text: str) -> None:
    assert line_by_line(text) == by_yaml(text)


def test_items_of_two_lines_come_together_and_the_others_alone() -> None:
    text = (
        "# mine\nsnippets:\n- a: 1\n  b: '2'\n- a: \"3\"\n  b: 4\n\n- a: 5\n  b: 6\n  c: [7, '8']\n"
        "- b: 9\n  a: 10\n- a: |\n    11\n- a: x\n  b: 12\n"
    )
    listed = items(text, "snippets", ("a", "b"), lambda first: first != "x")
    assert listed is not None
    assert list(listed) == [
        Pairs(2, ["1"], ["2"]),
        Item(4, {"a": "3", "b": "4"}, '- a: "3"\n  b: 4\n\n'),
        Item(7, {"a": "5", "b": "6", "c": ["7", "8"]}, "- a: 5\n  b: 6\n  c: [7, '8']\n"),
        Pairs(10, ["10"], ["9"]),
        Item(12, {}, "- a: |\n    11\n"),
        Item(14, {"a": "x", "b": "12"}, "- a: x\n  b: 12\n"),
    ]


@pytest.mark.parametrize(
    "text", ["", "snippets: []\n", "other:\n- a: 1\n", "- a: 1\n", "snippets:\n  a: 1\n"]
)
def test_what_is_no_such_list_is_left_to_yaml(text: str) -> None:
    assert items(text, "snippets", ("a", "b"), bool) is None


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a:\n "])
@pytest.mark.parametrize("count", [400, 600, 20_000])
def test_deep_nesting_is_an_error_and_not_the_end(opening: str, count: int) -> None:
    try:
        node = compose(opening * count)
    except (yaml.YAMLError, RecursionError):
        node = None
    assert node is None or count < 600 or opening == "a:\n "


@pytest.mark.parametrize(
    "value", ["a long text without a quote # and what it is for", "x:y z#" * 12 + " #", "é " * 99 + ": no"]
)
def test_a_text_that_is_not_plain_in_the_end_is_no_riddle(value: str) -> None:
    # Where every part of it was tried with every other, this took longer than anybody lives.
    text = f"snippets:\n  - trigger: xa\n    replace: {value}\n"
    assert line_by_line(text) == by_yaml(text)
