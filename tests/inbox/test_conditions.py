"""A condition means what Python means by it where all is known, and never takes what is unknown for a yes or a no."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motjuste.inbox.conditions import DEEPEST, LONGEST, NotACondition, compiled
from motjuste.inbox.facts import FACTS, FLAG, NOTHING_KNOWN, NUMBER, TEXT, TEXTS, Value

# However busy the computer is.
PATIENTLY = settings(deadline=None)
NUMBERS = [fact.name for fact in FACTS if fact.kind == NUMBER]
FLAGS = [fact.name for fact in FACTS if fact.kind == FLAG]
LETTERS = st.sampled_from(["", "a", "b", "Éditrice"])
VALUES = {
    FLAG: st.booleans(),
    NUMBER: st.integers(0, 5),
    TEXT: LETTERS,
    TEXTS: st.lists(LETTERS, max_size=3).map(tuple),
}


def holds(text: str, **facts: Value | None) -> bool | None:
    return compiled(text).holds({**NOTHING_KNOWN, **facts})


def facts(*, unknown: bool) -> st.SearchStrategy[dict[str, Any]]:
    def of(kind: str, choices: tuple[str, ...]) -> st.SearchStrategy[Any]:
        known: st.SearchStrategy[Any] = st.sampled_from(choices) if choices else VALUES[kind]
        return st.none() | known if unknown else known

    return st.fixed_dictionaries({fact.name: of(fact.kind, fact.choices) for fact in FACTS})


def comparisons() -> st.SearchStrategy[str]:
    number = st.sampled_from(NUMBERS) | st.integers(-1, 5).map(str)
    sign = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    words = LETTERS.map(repr)
    rows = st.lists(words, min_size=1, max_size=3).map(lambda row: f"[{', '.join(row)}]")
    within = st.sampled_from(["in", "not in"])
    return (
        st.tuples(number, sign, number).map(" ".join)
        | st.tuples(number, sign, number, sign, number).map(" ".join)
        | st.tuples(st.just("position"), st.sampled_from(["==", "!="]), words).map(" ".join)
        | st.tuples(st.just("position"), within, rows).map(" ".join)
        | st.tuples(words, within, st.just("groups")).map(" ".join)
        | st.tuples(number, within, st.just("(0, 1, 2)")).map(" ".join)
        | st.sampled_from([*FLAGS, "True", "False"])
        | st.sampled_from(NUMBERS).map("known({})".format)
    )


CONDITIONS = st.recursive(
    comparisons(),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: "({} {} {})".format(*each))
        | inner.map("not {}".format)
        | inner.map("({})".format)
    ),
    max_leaves=8,
)


@PATIENTLY
@given(CONDITIONS, facts(unknown=False))
def test_where_all_is_known_a_condition_means_what_python_means(text: str, known: dict[str, Any]) -> None:
    assert compiled(text).holds(known) == eval(text, {"known": lambda value: value is not None}, known)


@PATIENTLY
@given(CONDITIONS, facts(unknown=True))
def test_what_holds_with_something_unknown_holds_whatever_that_is(text: str, told: dict[str, Any]) -> None:
    """What is decided now stays so when the rest becomes known; `known` is about the present alone."""
    text = re.sub(r"known\((\w+)\)", "true", text)
    now = compiled(text).holds(told)
    for number, letter, flag in product((0, 3), ("a", "Éditrice"), (True, False)):
        otherwise: Mapping[str, Value] = {FLAG: flag, NUMBER: number, TEXT: letter, TEXTS: (letter,)}
        later = {
            fact.name: (fact.choices or (otherwise[fact.kind],))[0] if told[fact.name] is None else told[fact.name]
            for fact in FACTS
        }
        assert now in (None, compiled(text).holds(later))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mutual >= 3", None),
        ("not mutual >= 3", None),
        ("mutual == mutual", None),
        ("mutual >= 3 or true", True),
        ("mutual >= 3 and false", False),
        ("blocked and mutual >= 3", None),
        ("known(mutual)", False),
        ("not known(mutual)", True),
        ("1 <= mutual < 5", None),
        ('"a" in groups', None),
        ('"a" not in groups', None),
        ('note_kind in ("none", "stock")', None),
        ('mentions(position, "editor")', None),
    ],
)
def test_kleenes_logic_says_only_what_the_rest_decides(text: str, found: bool | None) -> None:
    assert holds(text) is found


def test_a_chain_of_comparisons_asks_for_each() -> None:
    assert [holds("1 <= mutual < 5", mutual=number) for number in (0, 1, 4, 5)] == [False, True, True, False]


def test_words_are_found_whole_whatever_their_accents_and_capitals() -> None:
    text = 'mentions(position, "éditrice", "responsable éditorial")'
    found = [
        holds(text, position=position)
        for position in ("EDITRICE, Rive", "Responsable Éditorial", "Coéditrice", "Responsable, éditorial adjoint")
    ]
    assert found == [True, True, False, True]
    assert holds('mentions(groups, "typo")', groups=("Amis de la typo", "Papier")) is True


def test_a_condition_may_go_over_several_lines_with_comments() -> None:
    text = "\n  mutual >= 3  # enough\n  and blocked\n"
    assert holds(text, mutual=3, blocked=True) is True
    assert compiled(text).names == ("mutual", "blocked")


KNOWN = "known(mutual) is true where that fact is known"
TOO_DEEP = "not " * (DEEPEST + 2) + "blocked"


def told(text: str) -> tuple[int, str]:
    with pytest.raises(NotACondition) as problem:
        compiled(text)
    error = problem.value.at("p.toml", 5)
    place, _, said = str(error).partition(": ")
    return int(place.rpartition(":")[2]), said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "an empty condition; leave 'when' out: the rule then always applies"),
        ("mutal >= 3", "unknown fact 'mutal'; did you mean 'mutual'?"),
        ("now(mutual)", "unknown function 'now'; did you mean 'known'?"),
        ("mutual", "'mutual' is a number, not a yes or no; compare it, as in: mutual >= 3"),
        (
            "mutual and blocked",
            "'mutual' is a number, and 'and', 'or' and 'not' take a yes or no; compare it, as in: mutual >= 3",
        ),
        (
            'note_kind == "persnal"',
            "'note_kind == \"persnal\"' is never so; did you mean 'personal'?",
        ),
        ('"xyz" == note_kind', "'\"xyz\" == note_kind' is never so; it is one of none, stock, mass, personal"),
        ('note_kind in ("none", "stok")', "'note_kind in (\"none\", \"stok\")' is never so; did you mean 'stock'?"),
        ('mutual == "3"', "'mutual == \"3\"' compares a number with a text; compare what is of one kind"),
        ('position > "a"', "'position > \"a\"' orders a text; only numbers are more or less than others"),
        ("blocked > 1", "'blocked > 1' orders a yes or no; only numbers are more or less than others"),
        (
            '"Studio" in organization',
            "'\"Studio\" in organization' looks for letters in a text; look for words: "
            'mentions(position, "editor", "éditrice") is true where one of these words stands in that fact',
        ),
        ("3 in groups", "'3 in groups' looks for a number in a list of texts; compare what is of one kind"),
        ("mutual in 3", "'mutual in 3' looks for a number in a number; compare what is of one kind"),
        ("mutual is 3", "'mutual is 3' is no comparison; use ==, !=, <, <=, >, >= or in"),
        ("known()", f"'known()' is not how it is called; {KNOWN}"),
        ("known(mutual, 3)", f"'known(mutual, 3)' is not how it is called; {KNOWN}"),
        ("known(true)", f"'true' is no fact; {KNOWN}"),
        ("known(fact=mutual)", f"'known(fact=mutual)' is not how it is called; {KNOWN}"),
        ("a) or (b", "this condition cannot be read: a parenthesis closes that was not opened; "
         'it reads like: mutual >= 3 and note_kind == "personal"'),
        ('position == "\\n"', "a condition has no backslash; leave it out"),
        (TOO_DEEP, f"more than {DEEPEST} pieces stand within each other; make two rules of it"),
        ("blocked " * LONGEST, f"a condition of {8 * LONGEST:,} characters is too long; the most are {LONGEST:,}"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(text: str, said: str) -> None:
    assert told(text) == (5, said)


def test_the_line_within_a_condition_is_told() -> None:
    assert told("blocked\nor mutal >= 3") == (6, "unknown fact 'mutal'; did you mean 'mutual'?")
    assert told("blocked\nor or")[0] == 6
    assert told("blocked\nor")[0] == 6


@pytest.mark.parametrize("nested", ["not {}", "({} == true)", "({} or false)"])
def test_pieces_stand_within_each_other_only_so_deep(nested: str) -> None:
    text = "blocked"
    for _ in range(DEEPEST):
        text = nested.format(text)
    assert compiled(text).names == ("blocked",)
    with pytest.raises(NotACondition, match=f"more than {DEEPEST} pieces stand within each other"):
        compiled(nested.format(text))


def test_conditions_of_the_same_text_are_the_same() -> None:
    assert compiled("blocked or asked") == compiled("blocked or asked")
    assert compiled("blocked") != compiled("asked")


NOT_HELD = [
    "mutual + 1 > 2", "mutual.real > 1", "groups[0] == 'a'", "(lambda: blocked)()", "[x for x in groups] == groups",
    "blocked if blocked else blocked", "f'{mutual}' == 'a'", "None == mutual", "b'a' == position", "1j == mutual",
    "(x := mutual) > 1", "{1: 2} == mutual", "{1} == mutual", "... == mutual", "-mutual > 1", "~mutual > 1",
    "-True > 1", "() == groups", "mutual in ()", "mutual in (1, 'a')", "mutual in ((1, 2), 3)", "*groups, blocked",
    "__import__", "position.__class__", "mentions(position, organization)", "mentions(position, '')",
    "mentions(mutual, 'a')", "mentions(position)", "known(known(mutual))", "await blocked", "yield", "blocked;blocked",
    "import os", "-" * 1900 + "1 > 0", "(" * 150 + "blocked", "((" * 90 + "1 + 1" + "))" * 90 + " > mutual", "\0",
    "mutual == mutual == true", "blocked == mutual",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_HELD, ids=lambda text: text[:30])
def test_nothing_but_the_few_known_pieces_is_held(text: str) -> None:
    with pytest.raises(NotACondition):
        compiled(text)


@PATIENTLY
@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(NotACondition):
        assert compiled(text).holds(NOTHING_KNOWN) in (True, False, None)
