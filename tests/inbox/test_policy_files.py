"""A policy is read strictly: what is wrong is told with its line, and no rule is ever left out."""

from __future__ import annotations

import pytest

from motjuste.errors import UserError
from motjuste.inbox.policy import Policy, Rule
from motjuste.inbox.policy_files import LONGEST_FILE, MOST_RULES, read_policy

WHOLE = """\
title = "Mine"
description = { fr = "La mienne", en = "Mine" }

[[rules]]
name = "editors"
when = '''
mentions(position, "éditrice")
or mutual >= 3
'''
unknown = "look"
verdict = "decline"
template = "decline"
fields = { reason = "other_field" }
follow_up = 12
reason = "{mutual} in common"

[[rules]]
verdict = "ask"
[rules.reason]
fr = "Pourquoi ?"
en = "Why?"
"""


def test_every_key_of_a_policy_is_read() -> None:
    policy = read_policy(WHOLE, "mine", "mine.toml")
    first, second = policy.rules
    assert policy == Policy(
        name="mine",
        title={"": "Mine"},
        description={"fr": "La mienne", "en": "Mine"},
        source="mine.toml",
        rules=(first, second),
    )
    assert first == Rule(
        name="editors",
        verdict="decline",
        condition=first.condition,
        unknown="look",
        template="decline",
        fields=(("reason", "other_field"),),
        follow_up=12,
        reason={"": "{mutual} in common"},
        line=4,
    )
    assert first.condition.names == ("position", "mutual")
    assert second == Rule(
        name="rule 2", verdict="ask", template="ask", reason={"fr": "Pourquoi ?", "en": "Why?"}, line=17
    )


RULE = '[[rules]]\nverdict = "ask"\nreason = "x"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: this policy has no rules; begin each rule with a line [[rules]]"),
        ("verdict = ask", "1: this is not TOML: invalid value; a line reads like: verdict = \"ask\""),
        ("rules = 3", "1: rules are tables; begin each rule with a line [[rules]]"),
        ("titel = 'x'\n" + RULE, "1: unknown key 'titel'; did you mean 'title'?"),
        ("title = 3\n" + RULE, "1: title should be a text in quotes, not 3"),
        ("title = { french = 'x' }\n" + RULE, "1: 'french' in title is no language; such as fr, fr-CA, en or es"),
        (RULE + "vredict = 'ask'", "4: unknown key 'vredict'; did you mean 'verdict'?"),
        ("[[rules]]\nreason = 'x'", "1: this rule has no verdict; it is one of accept, ask, decline, ignore, look"),
        (
            RULE + "[[rules]]\nverdict = 'aks'\nreason = 'x'",
            "5: verdict should be one of accept, ask, decline, ignore, look, not 'aks'; did you mean 'ask'?",
        ),
        (
            "[[rules]]\nverdict = 'ask'",
            "1: this rule has no reason; say why in a sentence: it is shown with the verdict",
        ),
        (RULE + "unknown = true", "4: unknown should be one of skip, look, apply, not true"),
        (RULE + "when = 3", '4: when should be a text in quotes, not 3; such as: when = "mutual >= 3"'),
        (RULE + "when = 'mutal > 3'", "4: unknown fact 'mutal'; did you mean 'mutual'?"),
        (RULE + "when = '''\nblocked\nor mutal > 3'''", "6: unknown fact 'mutal'; did you mean 'mutual'?"),
        (RULE + "when = '''blocked\nor mutal > 3'''", "5: unknown fact 'mutal'; did you mean 'mutual'?"),
        (
            RULE + "fields = { a = 3 }",
            "4: fields are names with texts in quotes; such as: fields = { reason = \"other_field\" }",
        ),
        (RULE + "follow_up = 0", "4: follow_up should be a number of days from 1 to 3650, not 0"),
        (RULE + "follow_up = true", "4: follow_up should be a number of days from 1 to 3650, not true"),
        (RULE + "template = 3", "4: template should be a text in quotes, not 3"),
        (
            "[[rules]]\nverdict = 'ask'\nreason = '{mutal} in common'",
            "3: unknown fact {mutal} in a reason; did you mean {mutual}?",
        ),
        (RULE + "name = 'a'\n" + RULE + "name = 'a'", "5: two rules are called 'a'; give each a name of its own"),
        (RULE * (MOST_RULES + 1), f"1: {MOST_RULES + 1} rules are too many; the most are {MOST_RULES}"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UserError) as problem:
        read_policy(text, "mine", "mine.toml")
    assert str(problem.value) == f"mine.toml:{said}"


def test_a_file_without_end_is_not_read() -> None:
    with pytest.raises(UserError, match="x is too large for a policy; the most are 256 KB"):
        read_policy("#" * (LONGEST_FILE + 1), "x", "x")


def test_a_file_nested_without_end_is_an_error_too() -> None:
    with pytest.raises(UserError, match="this is not TOML"):
        read_policy("a = " + "[" * 20_000, "x", "x")


PITCH_ALONE = [
    "looks_like_a_pitch",
    "not looks_like_a_pitch",
    "pitch_signs >= 2",
    "pitch_signs == 3",
    "looks_like_a_pitch or known_in_person",
    "looks_like_a_pitch and not known(mutual)",
]


@pytest.mark.parametrize("when", PITCH_ALONE)
def test_the_signs_of_a_pitch_alone_decide_nothing(when: str) -> None:
    with pytest.raises(UserError, match="2: the signs of a pitch alone would decide here, and they may be wrong"):
        read_policy(f"[[rules]]\nwhen = '{when}'\nverdict = 'decline'\nreason = 'x'", "x", "x")
    assert read_policy(f"[[rules]]\nwhen = '{when}'\nverdict = 'look'\nreason = 'x'", "x", "x").rules


@pytest.mark.parametrize("when", ['note_kind == "mass" and looks_like_a_pitch', "blocked or true or pitch_signs > 1"])
def test_with_something_else_beside_them_they_count(when: str) -> None:
    text = f"[[rules]]\nwhen = '{when}'\nverdict = 'decline'\nreason = 'x'\n"
    assert read_policy(text, "x", "x").rules
    if "mass" in when:
        with pytest.raises(UserError, match="the signs of a pitch alone"):
            read_policy(text + "unknown = 'apply'", "x", "x")
