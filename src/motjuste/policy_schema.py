"""The JSON Schema of a policy, for editors that complete and check while one types."""

from __future__ import annotations

from motjuste.inbox.conditions import LONGEST
from motjuste.inbox.events import VERDICTS
from motjuste.inbox.policy import UNKNOWN
from motjuste.inbox.policy_files import KEYS, LANGUAGE, LONGEST_FOLLOW_UP, MOST_RULES, RULE_KEYS
from motjuste.schema_pieces import Schema, about, one_of, table, text


def policy_schema() -> Schema:
    """What `policies/NAME.toml` holds."""
    words: Schema = {"type": "string", "pattern": r"\S"}
    by_language: Schema = {
        "type": "object",
        "propertyNames": {"pattern": f"^{LANGUAGE}$"},
        "additionalProperties": words,
    }
    said: Schema = {"anyOf": [words, by_language]}
    known = {
        "name": text("What you call the rule; it is shown and remembered."),
        "when": about(
            "When the rule applies; without it, always.", type="string", pattern=r"\S", maxLength=LONGEST
        ),
        "unknown": one_of("What it does where `when` cannot be told from what is known.", UNKNOWN),
        "verdict": one_of("What it proposes.", VERDICTS),
        "template": text("The message of the reply; without it, that of the verdict."),
        "fields": about(
            "What the template is told.", type="object", additionalProperties={"type": "string"}
        ),
        "follow_up": about(
            "After how many days to look again.", type="integer", minimum=1, maximum=LONGEST_FOLLOW_UP
        ),
        "reason": about(
            "Why, in a sentence: a text, or one for each language. A fact in braces stands for its value.",
            anyOf=[words, by_language | {"minProperties": 1}],
        ),
    }
    rules: Schema = {
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_RULES,
        "items": table({key: known[key] for key in RULE_KEYS}, required=["verdict", "reason"]),
    }
    whole = {
        "title": about("What lists call the policy: a text, or one for each language.", **said),
        "description": about("What it does: a text, or one for each language.", **said),
        "rules": about("The first that applies decides.", **rules),
    }
    return table({key: whole[key] for key in KEYS}, required=["rules"])
