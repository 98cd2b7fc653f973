"""A policy: rules in their order, each with a condition, a verdict, and a sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from motjuste.inbox.conditions import Condition, Truth
from motjuste.inbox.facts import NOTHING_KNOWN, PITCH_FACTS, Facts

UNKNOWN = ("skip", "look", "apply")
"""What a rule does where its condition cannot be told: it does not apply, leaves it to the person, or applies."""
USUAL_TEMPLATES = {"ask": "ask", "decline": "decline"}
MOST_PITCH_SIGNS = 12

# A text by language ("fr", "fr-CA", "en"); the key "" holds one that does for every language.
ByLanguage = Mapping[str, str]
ALWAYS = Condition("")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule. `fields` are what it says itself to its template; `line` is where it stands in its file."""

    name: str
    verdict: str
    reason: ByLanguage
    condition: Condition = ALWAYS
    unknown: str = "skip"
    template: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    follow_up: int | None = None
    line: int = 0

    def truth(self, facts: Facts) -> Truth:
        """Whether the condition holds; None where it cannot be told."""
        return self.condition.holds(facts)

    def decides(self, truth: Truth) -> bool:
        """Whether the rule ends the judging: it applies, or leaves what it cannot tell to the person."""
        return self.unknown != "skip" if truth is None else truth

    @property
    def judges_by_a_pitch_alone(self) -> bool:
        """Whether the signs of a pitch, with nothing else known, would be enough for a verdict."""
        if self.verdict == "look" or not set(self.condition.names) & set(PITCH_FACTS):
            return False
        flag, signs = PITCH_FACTS
        scenes = (
            {**NOTHING_KNOWN, flag: looks, signs: count}
            for looks, count in product((True, False), range(MOST_PITCH_SIGNS + 1))
        )
        applies = {self._applies(scene) for scene in scenes}
        return applies == {True, False}

    def _applies(self, facts: Facts) -> bool:
        truth = self.condition.holds(facts)
        return self.unknown == "apply" if truth is None else truth


OUTCOMES: Mapping[Truth, str] = {True: "applies", False: "does not apply", None: "not known"}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The rules under one name. The first that applies decides; where none does, the person looks."""

    name: str
    rules: tuple[Rule, ...]
    title: ByLanguage = field(default_factory=dict)
    description: ByLanguage = field(default_factory=dict)
    source: str = ""


def as_chosen(policy: Policy, verdict: str, facts: Facts) -> Policy:
    """The policy for a verdict that the person chose in its place: its reply is that of a rule with that verdict.

    The first that would apply, else the last, which is the most general; else the usual reply.
    """
    rules = [rule for rule in policy.rules if rule.verdict == verdict]
    usual = Rule(name="chosen", verdict=verdict, reason={}, template=USUAL_TEMPLATES.get(verdict, ""))
    like = next((rule for rule in rules if rule.truth(facts)), rules[-1] if rules else usual)
    return replace(policy, rules=(replace(like, condition=ALWAYS, reason={}),))


def said_in(texts: ByLanguage, language: str) -> str:
    """The text in a language, else in its base language, else the one for every language, else in English."""
    wanted = (language, language.partition("-")[0], "", "en")
    return next((texts[each] for each in wanted if each in texts), next(iter(texts.values()), ""))
