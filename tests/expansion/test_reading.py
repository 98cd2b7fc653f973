"""Snippet files are read strictly: every problem names the file and its line."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from motjuste.expansion.reading import UNSUPPORTED_KEYS, read_snippets
from motjuste.expansion.snippets import Snippet


def read(text: str) -> tuple[list[Snippet], list[str]]:
    snippets, problems = read_snippets(dedent(text), "mine.yml")
    return list(snippets), [str(problem) for problem in problems]


def test_a_file_with_everything_in_it() -> None:
    snippets, problems = read(
        """\
        snippets:
          - trigger: ;sig
            replace: |
              Kind regards
              Camille
            word: true
            label: Signature
          - triggers: [alh, althou]
            replace: although
            left_word: true
            propagate_case: yes
            uppercase_style: capitalize_words
          - trigger: noth
            template: decline
            right_word: true
            left_word: false
          - trigger: declin
            template: decline
            at_rest: true
          - regex: 'in(?P<days>\\d+)d'
            replace: in {{ days }} days
            confirm: tab
            search_terms: [delay, "1"]
            comment: for letters
            enabled: true
          - trigger: old
            replace: older
            confirm: separator
            enabled: no
          - trigger: alh
            replace: all
            confirm: separator
        """
    )
    assert problems == []
    assert snippets == [
        Snippet(
            triggers=(";sig",),
            replace="Kind regards\nCamille\n",
            left_word=True,
            right_word=True,
            label="Signature",
            source="mine.yml:2",
        ),
        Snippet(
            triggers=("alh", "althou"),
            replace="although",
            left_word=True,
            propagate_case=True,
            uppercase_style="capitalize_words",
            source="mine.yml:8",
        ),
        Snippet(
            triggers=("noth",),
            replace="",
            template="decline",
            left_word=False,
            right_word=True,
            propagate_case=False,
            uppercase_style="uppercase",
            label="",
            source="mine.yml:13",
        ),
        Snippet(triggers=("declin",), template="decline", at_rest=True, source="mine.yml:17"),
        Snippet(
            regex=r"in(?P<days>\d+)d",
            replace="in {{ days }} days",
            confirm="tab",
            search_terms=("delay", "1"),
            source="mine.yml:20",
        ),
        Snippet(triggers=("alh",), replace="all", confirm="separator", source="mine.yml:30"),
    ]


def test_what_the_documentation_shows_and_names_is_read() -> None:
    text = (Path(__file__).parents[2] / "docs" / "snippets.md").read_text("utf-8")
    snippets, problems = read(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0])
    assert (len(snippets), problems) == (4, [])
    named = {
        key for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for key in re.findall(r"`(\w+)", row)
    }
    _, (problem,) = read("snippets:\n- {trigger: a, replace: b, " + "qqq: 1}")
    unknown = {
        key for key in named if read(f"snippets:\n- {{{key}: [1]}}")[1][0].startswith("mine.yml:2: unknown")
    }
    assert problem.startswith("mine.yml:2: unknown key 'qqq'")
    assert unknown == set()
    assert named >= {"trigger", "regex", "confirm", "enabled", "search_terms", "at_rest", "propagate_case"}


@pytest.mark.parametrize("text", ["", "# later\n", "snippets:\n", "snippets: []\n"])
def test_an_empty_file_has_no_snippets(text: str) -> None:
    assert read(text) == ([], [])


def test_a_value_is_the_text_as_it_is_written() -> None:
    snippets, problems = read("snippets: [{trigger: no, replace: 1.10}, {trigger: 007, replace: ''}]")
    assert problems == []
    assert [(each.triggers, each.replace) for each in snippets] == [(("no",), "1.10"), (("007",), "")]


def test_a_snippet_with_a_problem_is_left_out_and_the_others_are_read() -> None:
    snippets, problems = read(
        """\
        snippets:
          - trigger: one
            replace: "1"
            wrod: true
          - trigger: two
            replace: "2"
        """
    )
    assert [each.triggers for each in snippets] == [("two",)]
    assert problems == ["mine.yml:4: unknown key 'wrod' (closest: 'word')"]


@pytest.mark.parametrize("key", sorted(UNSUPPORTED_KEYS))
def test_a_key_that_is_known_but_not_supported_yet_is_said_clearly(key: str) -> None:
    assert read(f"snippets:\n- trigger: a\n  replace: b\n  {key}: x\n") == (
        [],
        [
            f"mine.yml:4: '{key}' is not supported yet, so this snippet is not loaded; "
            f"remove '{key}' to use the snippet without it"
        ],
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("- a", ["1: a snippet file starts with 'snippets:' and a list below it"], id="a list"),
        pytest.param(
            "matches: []",
            ["1: unknown key 'matches'; a snippet file has one key, 'snippets'"],
            id="another program's key",
        ),
        pytest.param(
            "snippet: []",
            ["1: unknown key 'snippet' (closest: 'snippets'); a snippet file has one key, 'snippets'"],
            id="nearly the key",
        ),
        pytest.param(
            "? [a]\n: b",
            ["1: unknown key 'a list or keys'; a snippet file has one key, 'snippets'"],
            id="a list as a key",
        ),
        pytest.param("snippets: a", ["1: 'snippets' is a list: each snippet starts with '- '"], id="no list"),
        pytest.param(
            "snippets:\n- a", ["2: a snippet has keys, such as 'trigger: …' and 'replace: …'"], id="no keys"
        ),
        pytest.param(
            "snippets: [",
            ["1: not valid YAML: expected the node content, but found '<stream end>'"],
            id="an open bracket",
        ),
        pytest.param(
            "a: 1\nb: [\n\tc: d",
            ["3: not valid YAML: found character '\\t' that cannot start any token"],
            id="a tab",
        ),
        pytest.param(
            "a: \x01",
            ["1: not valid YAML: unacceptable character #x0001: special characters are not allowed"],
            id="a control character",
        ),
        pytest.param("[" * 5000, ["1: not valid YAML: nested too deeply"], id="too deep"),
        pytest.param(
            "snippets: &a [*a]",
            ["1: a snippet has keys, such as 'trigger: …' and 'replace: …'"],
            id="a list within itself",
        ),
    ],
)
def test_a_broken_file_is_one_line_each(text: str, problems: list[str]) -> None:
    assert read(text) == ([], [f"mine.yml:{problem}" for problem in problems])


@pytest.mark.parametrize(
    ("keys", "problems"),
    [
        pytest.param(
            "{replace: b}", ["2: a snippet needs 'trigger', 'triggers' or 'regex'"], id="no trigger"
        ),
        pytest.param("{trigger: a}", ["2: a snippet needs 'replace' or 'template'"], id="no text"),
        pytest.param(
            "{triger: a, replace: b}", ["2: unknown key 'triger' (closest: 'trigger')"], id="misspelt"
        ),
        pytest.param(
            "{trigger: a, triggers: [b], replace: c}",
            ["2: a snippet has 'trigger' or 'triggers', not both"],
            id="trigger and triggers",
        ),
        pytest.param(
            "{trigger: a, replace: b, template: c}",
            ["2: a snippet has 'replace' or 'template', not both"],
            id="replace and template",
        ),
        pytest.param(
            "{trigger: a, trigger: b, replace: c}", ["2: 'trigger' is given twice in one snippet"], id="twice"
        ),
        pytest.param("{trigger: , replace: b}", ["2: 'trigger' is a text"], id="nothing there"),
        pytest.param(
            "{trigger: '', replace: b}", ["2: a trigger has at least one character"], id="an empty trigger"
        ),
        pytest.param(
            "{trigger: \u0301a, replace: b}",
            ["2: a trigger cannot begin with a mark that joins the character before it"],
            id="an accent first",
        ),
        pytest.param("{triggers: [], replace: b}", ["2: 'triggers' is a list of texts"], id="no triggers"),
        pytest.param("{triggers: a, replace: b}", ["2: 'triggers' is a list of texts"], id="triggers of one"),
        pytest.param("{trigger: a, replace: [b]}", ["2: 'replace' is a text"], id="a list as a text"),
        pytest.param(
            "{trigger: a, replace: b, word: ja}", ["2: 'word' is true or false, not 'ja'"], id="no flag"
        ),
        pytest.param(
            "{trigger: a, replace: b, uppercase_style: capitalise}",
            ["2: unknown uppercase_style 'capitalise' (closest: 'capitalize')"],
            id="a style misspelt",
        ),
        pytest.param(
            "{trigger: a, replace: b, uppercase_style: x}",
            ["2: unknown uppercase_style 'x' (known: uppercase, capitalize, capitalize_words)"],
            id="a style unknown",
        ),
        pytest.param(
            "{trigger: a, replace: b, word: true, left_word: false}",
            ["2: 'word' means both sides; use 'left_word' or 'right_word' alone for one"],
            id="a word and not a word",
        ),
        pytest.param(
            "{trigger: a, replace: b, at_rest: 1}", ["2: 'at_rest' is true or false, not '1'"], id="no rest"
        ),
        pytest.param(
            "{trigger: a, replace: b, at_rest: true, word: true, left_word: false}",
            [
                "2: 'word' means both sides; use 'left_word' or 'right_word' alone for one",
                "2: 'at_rest' says where the trigger begins and ends; leave out 'word'",
                "2: 'at_rest' says where the trigger begins and ends; leave out 'left_word'",
            ],
            id="at rest and more of the same",
        ),
        pytest.param(
            "{trigger: a, replace: b, right_word: true, at_rest: true}",
            ["2: 'at_rest' says where the trigger begins and ends; leave out 'right_word'"],
            id="at rest and only at the end of a word",
        ),
        pytest.param(
            "{trigger: a, replace: b, confirm: tab, at_rest: true}",
            ["2: 'at_rest' says where the trigger begins and ends; leave out 'confirm'"],
            id="at rest and confirmed",
        ),
        pytest.param(
            "{trigger: a, replace: b, confirm: tabs}",
            ["2: unknown confirm 'tabs' (closest: 'tab')"],
            id="a confirmation misspelt",
        ),
        pytest.param(
            "{trigger: a, replace: b, search_terms: c}",
            ["2: 'search_terms' is a list of texts"],
            id="search terms of one",
        ),
        pytest.param(
            "{trigger: a, regex: b, replace: c}",
            ["2: a snippet has 'trigger' or 'regex', not both"],
            id="trigger and regex",
        ),
        pytest.param(
            "{regex: 'hello(', replace: c}",
            ["2: not a regular expression: missing ) at character 6 of 'hello('"],
            id="an open bracket",
        ),
        pytest.param(
            "{regex: 'a**', replace: c}",
            ["2: not a regular expression: multiple repeat at character 3 of 'a**'"],
            id="a sign too many",
        ),
        pytest.param(
            "{regex: '(?P<1>a)', replace: c}",
            ["2: not a regular expression: bad character in group name at character 6 of '(?P<1>a)'"],
            id="a bad name",
        ),
        *(
            pytest.param(
                f"{{regex: '{pattern}', replace: c}}",
                [f"2: the regular expression {pattern!r} matches the empty text; let it ask for a character"],
                id=f"nothing to match in {pattern}",
            )
            for pattern in ("", "a*", "a|", r"\b", "(?=a)", "a??", r"\d*x?", "^", "$")
        ),
        pytest.param(
            f"{{regex: '{'a' * 1001}', replace: c}}",
            ["2: a regular expression has at most 1,000 characters, this one has 1,001"],
            id="a pattern too long",
        ),
        pytest.param(
            f"{{regex: '{'(' * 490 + 'a' + ')' * 490}', replace: c}}",
            [
                f"2: the regular expression {'(' * 490 + 'a' + ')' * 490!r} takes too long; write it more simply"
            ],
            id="a pattern nested too deeply",
        ),
    ],
)
def test_a_broken_snippet_is_one_line(keys: str, problems: list[str]) -> None:
    assert read(f"snippets:\n- {keys}\n") == ([], [f"mine.yml:{problem}" for problem in problems])


def test_a_text_in_braces_without_quotes_is_told_what_it_lacks() -> None:
    _, problems = read("snippets:\n- trigger: xm\n  replace: {{ contact.greeting_name }}\n")
    assert problems == ["mine.yml:3: 'replace' is a text; put a text that begins with '{{' between quotes"]


def test_an_emoji_written_as_two_escapes_is_one() -> None:
    snippets, problems = read('snippets:\n- {trigger: xe, replace: "\\ud83d\\udc69 !"}\n')
    assert ([each.replace for each in snippets], problems) == (["👩 !"], [])


def test_half_an_emoji_is_a_problem_with_its_line() -> None:
    snippets, problems = read('snippets:\n- {trigger: xe, replace: "\\ud83d !"}\n')
    assert (snippets, problems) == ([], ["mine.yml:2: 'replace' holds half an emoji; write the emoji itself"])
