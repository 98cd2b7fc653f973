"""`motjuste inbox policies` and `explain`: which policies there are, what each costs, and how a rule comes out."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from motjuste.cli.app import Noun
from motjuste.cli.inbox import Json
from motjuste.cli.inbox_desk import PolicyName, counts_line, in_document, line, named, own_triage
from motjuste.cli.output import Answer, table
from motjuste.inbox.cost import cost_of
from motjuste.inbox.facts import FACTS
from motjuste.inbox.judging import Weighed
from motjuste.inbox.policy import said_in
from motjuste.inbox.saying_why import Words, shown, words_in
from motjuste.triage import Triage, counted

app = Noun("")


@app.command("policies")
def policies(json: Json = False) -> Answer:
    """List the policies and what each would cost."""
    on_desk, notes = own_triage()
    listed = [_policy(on_desk, name) for name in sorted(on_desk.policies.found)]
    text = "\n\n".join("\n".join(_told(each, on_desk.locale)) for each in listed)
    document = {"waiting": len(on_desk.waiting), "policies": listed}
    return Answer(text, document, notes).shown(as_json=json)


def _policy(on_desk: Triage, name: str) -> dict[str, Any]:
    policy = on_desk.policy(name)
    judged = [(case, on_desk.judge(case, policy)) for case in on_desk.waiting]
    cost = cost_of((case.facts, verdict.verdict) for case, verdict in judged)
    return {
        "name": name,
        "title": said_in(policy.title, on_desk.locale),
        "description": said_in(policy.description, on_desk.locale),
        "source": policy.source,
        "default": name == on_desk.desk.profile.default_policy,
        "rules": len(policy.rules),
        "counts": dict(counted(verdict for _, verdict in judged)),
        "cost": list(cost.sentences(on_desk.locale)),
    }


def _told(policy: dict[str, Any], language: str) -> list[str]:
    mark = "* " if policy["default"] else "  "
    return [
        f"{mark}{policy['name']}  {policy['title']}".rstrip(),
        *([f"    {policy['description']}"] if policy["description"] else []),
        *([f"    {counts_line(policy['counts'], language)}"] if policy["cost"] else []),
        *(f"    {sentence}" for sentence in policy["cost"]),
    ]


@app.command("explain")
def explain(
    invitation: Annotated[
        str, typer.Argument(metavar="ID|NAME", help="The first letters of an id of 'motjuste inbox list', or a name.")
    ],
    policy: PolicyName = None,
    json: Json = False,
) -> Answer:
    """Show how every rule of a policy comes out.

    Why it applies to this invitation or not, and which facts are not known.
    """
    on_desk, notes = own_triage()
    case = named(invitation, on_desk)
    chosen = on_desk.policy(policy)
    verdict = on_desk.judge(case, chosen)
    weighed = on_desk.explain(case, chosen)
    words = words_in(on_desk.locale)
    head = [
        line(case),
        f"{chosen.name}: {words.verdicts[verdict.verdict]}" + (f" ({verdict.rule})" if verdict.rule else ""),
        *(f"  {reason}" for reason in verdict.reasons),
    ]
    if verdict.template:
        fields = ", ".join(f"{name} = {value}" for name, value in verdict.fields)
        head.append(f"  → {verdict.template}" + (f" ({fields})" if fields else ""))
    text = "\n".join((*head, "", table(_row(each, words, on_desk.locale) for each in weighed)))
    document = {
        **in_document(case, verdict),
        "policy": chosen.name,
        "rules": [_rule(each) for each in weighed],
        "facts": {fact.name: case.facts[fact.name] for fact in FACTS},
    }
    return Answer(text, document, notes).shown(as_json=json)


def _row(weighed: Weighed, words: Words, language: str) -> tuple[str, ...]:
    values = ", ".join(f"{name} = {shown(value, language)}" for name, value in weighed.values)
    rule = weighed.rule
    return (
        "→" if weighed.decided else " ",
        rule.name,
        words.verdicts[rule.verdict],
        words.outcomes[weighed.outcome],
        values,
    )


def _rule(weighed: Weighed) -> dict[str, Any]:
    rule = weighed.rule
    return {
        "name": rule.name,
        "when": " ".join(rule.condition.text.split()),
        "verdict": rule.verdict,
        "outcome": weighed.outcome,
        "decided": weighed.decided,
        "facts": {name: value for name, value in weighed.values if value is not None},
        "unknown": list(weighed.unknown),
    }
