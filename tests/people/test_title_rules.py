"""What is told of a mistake in a titles.toml."""

from __future__ import annotations

import pytest

from motjuste.people.title_rules import TitleRule, read_title_rules

TOO_MUCH = "mean too many things; use at most 2 * in a title, with words between them and {name}"


def test_one_rule_may_have_several_titles_and_a_bad_one_spoils_no_other() -> None:
    text = """\
# mine
[[title]]
site = "A"
title = ["{name} | A", "A – {name}"]

[[title]]
site = "B"
title = "no name"

[[title]]
site = "C"
title = "{name} (C)"
"""
    rules, problems = read_title_rules(text, "titles.toml")
    assert rules == (
        TitleRule("A", "{name} | A", "titles.toml:2"),
        TitleRule("A", "A – {name}", "titles.toml:2"),
        TitleRule("C", "{name} (C)", "titles.toml:10"),
    )
    assert [str(each) for each in problems] == [
        "titles.toml:8: 'no name' does not say once where the name stands; write {name}, as in \"{name} | My site\""
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[title]]\nsit = 'A'", "t:2: unknown key 'sit'; did you mean 'site'?"),
        ("[[title]]\nxyzzy = 'A'", "t:2: unknown key 'xyzzy'; known: site, title"),
        (
            "[[title]]\ntitle = '{name} A'",
            't:1: this rule has no site; say which it is for: site = "Our CRM"',
        ),
        ("[[title]]\nsite = 'A'", "t:2: the rule 'A' has no title; such as: title = \"{name} | A\""),
        (
            "[[title]]\nsite = 'A'\ntitle = '*{name} A'",
            f"t:3: '*{{name}} A' could {TOO_MUCH}",
        ),
        (
            "[[title]]\nsite = 'A'\ntitle = 'a*b*c*{name}'",
            f"t:3: 'a*b*c*{{name}}' could {TOO_MUCH}",
        ),
        (
            "[[title]]\nsite = 'A'\ntitle = '* - {name}'",
            "t:3: '* - {name}' fits every window; add words that only that site's titles have",
        ),
        (
            "\n[[titles]]\nsite = 'A'",
            "t:2: unknown heading or key 'titles'; begin each rule with a line [[title]]",
        ),
        ("[title]\nsite = 'A'", "t:1: a rule is a table of its own; begin each rule with a line [[title]]"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(text: str, told: str) -> None:
    assert [str(each) for each in read_title_rules(text, "t")[1]] == [told]


def test_what_is_not_toml_is_told_with_its_line() -> None:
    (problem,) = read_title_rules("[[title]]\nsite = 'A'\ntitle = A\n", "t")[1]
    assert str(problem).startswith("t:3: this is not TOML: invalid value")
