"""The first rule that applies decides, every verdict has its reasons, and nothing unknown counts as yes or no."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motjuste.inbox.conditions import compiled
from motjuste.inbox.events import VERDICTS
from motjuste.inbox.facts import FACTS, FLAG, NOTHING_KNOWN, NUMBER, TEXT, Facts, Value
from motjuste.inbox.judging import judge, weigh
from motjuste.inbox.policy import ALWAYS, UNKNOWN, Policy, Rule
from motjuste.inbox.verdict import Verdict

# However busy the computer is.
PATIENTLY = settings(deadline=None)
SURE: dict[str, Value | None] = {
    **NOTHING_KNOWN, "note_kind": "none", "looks_like_a_pitch": False, "do_not_contact": False, "blocked": False,
}  # fmt: skip
DECLINE = {"pleased_by": ("note", "shared_interest", "kind_words", "nothing"), "reason": ("not_met", "other_field")}


def rule(name: str, when: str = "", verdict: str = "accept", **more: Any) -> Rule:
    condition = compiled(when) if when else ALWAYS
    return Rule(name=name, verdict=verdict, condition=condition, reason={"": f"{name}."}, **more)


def policy(*rules: Rule) -> Policy:
    return Policy(name="p", rules=rules)


WHENS = ["", "blocked", "known_in_person", "mutual >= 3", "not blocked and mutual < 2", "known(mutual)", "false",
         'note_kind == "personal"', "asked or written_before", 'position == "a"']  # fmt: skip
RULES = st.lists(
    st.builds(
        lambda when, verdict, unknown: (when, verdict, unknown),
        st.sampled_from(WHENS),
        st.sampled_from(VERDICTS),
        st.sampled_from(UNKNOWN),
    ),
    min_size=1,
    max_size=6,
).map(
    lambda rows: tuple(
        rule(str(number), when, verdict, unknown=unknown) for number, (when, verdict, unknown) in enumerate(rows)
    )
)


def _values() -> st.SearchStrategy[Facts]:
    kinds: dict[str, st.SearchStrategy[Any]] = {FLAG: st.booleans(), NUMBER: st.integers(0, 4), TEXT: st.just("a")}
    never_unknown = ("do_not_contact", "looks_like_a_pitch", "note_kind")
    each = {
        fact.name: (st.sampled_from(fact.choices) if fact.choices else kinds.get(fact.kind, st.just(("a",))))
        for fact in FACTS
    }
    return st.fixed_dictionaries(
        {name: known if name in never_unknown else st.none() | known for name, known in each.items()}
    )


@PATIENTLY
@given(RULES, RULES, _values())
def test_a_rule_at_the_end_changes_no_earlier_verdict(rules: tuple[Rule, ...], more: Any, facts: Facts) -> None:
    added = tuple(replace(each, name=f"more {each.name}") for each in more)
    before, after = judge(policy(*rules), facts), judge(policy(*rules, *added), facts)
    assert after == before or before.rule == ""


@PATIENTLY
@given(RULES, _values())
def test_the_first_rule_that_applies_decides(rules: tuple[Rule, ...], facts: Facts) -> None:
    found = judge(policy(*rules), facts)
    alone = [judge(policy(each), facts) for each in rules]
    first = next((each for each in alone if each.rule), None)
    assert (found.verdict, found.rule) == ((first.verdict, first.rule) if first else ("look", ""))


@PATIENTLY
@given(RULES, _values())
def test_every_verdict_has_a_reason(rules: tuple[Rule, ...], facts: Facts) -> None:
    found = judge(policy(*rules), facts)
    assert found.reasons
    assert all(found.reasons)


@PATIENTLY
@given(RULES, _values())
def test_what_explains_agrees_with_what_judges(rules: tuple[Rule, ...], facts: Facts) -> None:
    found, weighed = judge(policy(*rules), facts), weigh(policy(*rules), facts)
    assert [each.rule for each in weighed] == list(rules)
    decided = [each for each in weighed if each.decided]
    assert [each.rule.name for each in decided] == ([found.rule] if found.rule else [])
    for each in decided:
        assert each.outcome == "applies" or (each.outcome, bool(each.unknown)) == ("not known", True)


@PATIENTLY
@given(RULES, _values(), st.data())
def test_what_is_unknown_counts_as_neither_yes_nor_no(rules: tuple[Rule, ...], facts: Facts, data: Any) -> None:
    """Where a rule skips what it cannot tell, a verdict by a condition that holds is the same once all is known."""
    rules = tuple(replace(each, unknown="skip") for each in rules if "known(" not in each.condition.text)
    weighed = weigh(policy(*rules), facts)
    known = {name: value if value is not None else _some(name, data) for name, value in facts.items()}
    later = {each.rule.name: each.outcome for each in weigh(policy(*rules), known)}
    for each in weighed:
        assert each.outcome in ("not known", later[each.rule.name])


def _some(name: str, data: Any) -> Value:
    fact = next(each for each in FACTS if each.name == name)
    if fact.choices:
        return str(data.draw(st.sampled_from(fact.choices)))
    return {FLAG: True, NUMBER: 3, TEXT: "a"}.get(fact.kind, ("a",))


def test_an_unknown_fact_is_skipped_looked_at_or_taken_as_the_rule_says() -> None:
    unsure = "mutual >= 3"
    missing = "Not known: how many connections you have in common."
    found = {
        unknown: judge(policy(rule("few", unsure, unknown=unknown), rule("rest", verdict="ask")), SURE)
        for unknown in UNKNOWN
    }
    assert found == {
        "skip": Verdict(verdict="ask", reasons=("rest.", missing), rule="rest", policy="p"),
        "look": Verdict(verdict="look", reasons=(missing,), rule="few", policy="p"),
        "apply": Verdict(verdict="accept", reasons=("few.", missing), rule="few", policy="p"),
    }


def test_where_no_rule_applies_the_person_looks() -> None:
    unsure = policy(rule("a", "mutual >= 3"), rule("b", "known_in_person"), rule("c", "mutual < 1"))
    assert judge(unsure, SURE, language="fr") == Verdict(
        verdict="look",
        reasons=(
            "Aucune règle ne s’applique\u00a0: à vous de voir.",
            "On ne sait pas\u00a0: le nombre de relations en commun, si vous vous êtes rencontrés.",
        ),
        policy="p",
    )


def test_a_reason_shows_the_values_of_facts_in_the_persons_language() -> None:
    facts = {**SURE, "mutual": 12, "groups": ("Papier", "Typo"), "asked": True}
    reason = {"fr": "{mutual} liens, {groups}, {asked}, {position}", "en": "{mutual} links"}
    one = policy(Rule(name="a", verdict="accept", reason=reason))
    said = [judge(one, facts, language=language).reasons for language in ("fr-CA", "en", "es")]
    assert said == [("12 liens, Papier, Typo, oui, ?",), ("12 links",), ("12 links",)]


def test_french_has_its_spaces_before_the_signs() -> None:
    reason = {"fr": "Oui : {position} ; non ! ça va ?", "en": "Yes : no ?"}
    one = policy(Rule(name="a", verdict="accept", reason=reason))
    facts = {**SURE, "position": "a : b"}
    said = [judge(one, facts, language=language).reasons[0] for language in ("fr-FR", "fr-CA", "en")]
    assert said == [
        "Oui\u00a0: a : b\u202f; non\u202f! ça va\u202f?",
        "Oui\u00a0: a : b; non! ça va?",
        "Yes : no ?",
    ]


@pytest.mark.parametrize(
    ("verdict", "template", "found"),
    [("ask", "ask", "look"), ("decline", "decline", "look"), ("accept", "accept", "accept"), ("ignore", "", "ignore")],
)
def test_whoever_must_not_be_contacted_gets_no_reply(verdict: str, template: str, found: str) -> None:
    one = policy(rule("a", verdict=verdict, template=template, fields=(("reason", "not_met"),), follow_up=10))
    told = judge(one, {**SURE, "do_not_contact": True}, asked={"decline": DECLINE})
    assert told == Verdict(
        verdict=found,
        reasons=("a.", "The card says to write nothing to this person, so there is no reply."),
        rule="a",
        policy="p",
    )


@pytest.mark.parametrize(
    ("given_field", "facts", "pleased_by"),
    [
        ("", {}, "nothing"),
        ("", {"note_kind": "personal"}, "note"),
        ("", {"note_kind": "personal", "looks_like_a_pitch": True}, "nothing"),
        ("", {"note_kind": "stock", "groups_match": True}, "shared_interest"),
        ("note", {"note_kind": "stock"}, "nothing"),
        ("kind_words", {"note_kind": "none"}, "nothing"),
        ("kind_words", {"note_kind": "personal"}, "kind_words"),
        ("shared_interest", {"note_kind": "personal"}, "note"),
        ("nothing", {"note_kind": "personal"}, "nothing"),
    ],
)
def test_nobody_is_thanked_for_what_is_not_so(given_field: str, facts: Any, pleased_by: str) -> None:
    fields = (("pleased_by", given_field),) if given_field else ()
    one = policy(rule("a", verdict="decline", template="decline", fields=fields))
    assert judge(one, {**SURE, **facts}, asked={"decline": DECLINE}).fields == (("pleased_by", pleased_by),)


def test_a_template_is_told_only_what_it_asks_for() -> None:
    one = policy(rule("a", verdict="ask", template="ask", follow_up=10))
    found = [judge(one, SURE, asked={"ask": asked}).fields for asked in ({}, {"days": ()}, {"pleased_by": ("x",)})]
    assert found == [(), (("days", "10"),), ()]


def test_the_order_of_rules_decides() -> None:
    first, second = rule("a", "not blocked", "ask"), rule("b", "not blocked", "ignore")
    assert [judge(policy(*pair), SURE).rule for pair in pairwise((first, second, first))] == ["a", "b"]
