"""From a policy and the facts of an invitation to a verdict with its reasons, and how each rule came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from motjuste.inbox.facts import Facts, Value
from motjuste.inbox.policy import OUTCOMES, Policy, Rule
from motjuste.inbox.saying_why import not_known, spaced, told, words_in
from motjuste.inbox.verdict import Verdict

LOOK = "look"
_PLEASED = "pleased_by"
Asked = Mapping[str, Sequence[str]]
"""What a template asks for: the choices by the name of each field, () where anything does."""


@dataclass(frozen=True)
class Weighed:
    """How one rule came out; `values` are the facts that it asks about, None where they are not known."""

    rule: Rule
    outcome: str
    values: tuple[tuple[str, Value | None], ...]
    decided: bool = False

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(name for name, value in self.values if value is None)


def judge(policy: Policy, facts: Facts, *, language: str = "en", asked: Mapping[str, Asked] | None = None) -> Verdict:
    """What `policy` proposes, with reasons in `language`; `asked` says by template which fields the facts may fill."""
    missing: list[str] = []
    for rule in policy.rules:
        truth = rule.truth(facts)
        if truth is None:
            missing += (name for name in rule.condition.names if facts[name] is None)
        if rule.decides(truth):
            reasons = _missing(missing, language)
            if truth is None and rule.unknown == LOOK:
                return Verdict(verdict=LOOK, reasons=reasons, rule=rule.name, policy=policy.name)
            verdict = Verdict(
                verdict=rule.verdict,
                reasons=(told(rule.reason, facts, language), *reasons),
                template=rule.template,
                fields=fields_of(facts, (asked or {}).get(rule.template, {}), rule.fields, rule.follow_up),
                follow_up_days=rule.follow_up,
                rule=rule.name,
                policy=policy.name,
            )
            return _without_reply(verdict, language) if facts["do_not_contact"] else verdict
    reasons = (spaced(words_in(language).no_rule, language), *_missing(missing, language))
    return Verdict(verdict=LOOK, reasons=reasons, policy=policy.name)


def weigh(policy: Policy, facts: Facts) -> tuple[Weighed, ...]:
    """How every rule comes out, those after the one that decides too."""
    found: list[Weighed] = []
    open_still = True
    for rule in policy.rules:
        truth = rule.truth(facts)
        decided = open_still and rule.decides(truth)
        open_still = open_still and not decided
        values = tuple((name, facts[name]) for name in rule.condition.names)
        found.append(Weighed(rule, OUTCOMES[truth], values, decided))
    return tuple(found)


def _without_reply(verdict: Verdict, language: str) -> Verdict:
    """Asking and declining are nothing but a message: without one, they are the person's to think of."""
    return replace(
        verdict,
        verdict=LOOK if verdict.verdict in ("ask", "decline") else verdict.verdict,
        template="",
        fields=(),
        follow_up_days=None,
        reasons=(*verdict.reasons, spaced(words_in(language).do_not_contact, language)),
    )


def _missing(names: Sequence[str], language: str) -> tuple[str, ...]:
    return (not_known(names, language),) if names else ()


def fields_of(
    facts: Facts, asked: Asked, given: Sequence[tuple[str, str]] = (), follow_up: int | None = None
) -> tuple[tuple[str, str], ...]:
    """What the facts tell a template that asks for it; what is `given` goes before, unless it is not so.

    Nobody is thanked for a note that was not written, or for an interest that nothing shows.
    """
    found = {"days": str(follow_up)} if follow_up and "days" in asked else {}
    fields = {**found, **dict(given)}
    if _PLEASED in asked and not _is_so(fields.get(_PLEASED, ""), facts):
        pleased = next(each for each in ("note", "shared_interest", "nothing") if _is_so(each, facts))
        fields.pop(_PLEASED, None)
        if pleased in asked[_PLEASED]:
            fields[_PLEASED] = pleased
    return tuple(fields.items())


def _is_so(pleased_by: str, facts: Facts) -> bool:
    """Whether somebody can truly be thanked for this; for what we know nothing of, the person knows."""
    if pleased_by in ("note", "kind_words"):
        return facts["note_kind"] == "personal" and not facts["looks_like_a_pitch"]
    if pleased_by == "shared_interest":
        return True in (facts["position_matches"], facts["background_matches"], facts["groups_match"])
    return bool(pleased_by)
