"""The page about policies says what is so: `python tests/test_policies_page.py` writes its table of facts."""

from __future__ import annotations

import re
from pathlib import Path

from motjuste.inbox.facts import FACTS
from motjuste.inbox.policy_files import RULE_KEYS, read_policy
from motjuste.profile import POLICIES, read_profile

PAGE = Path(__file__).parents[1] / "docs" / "inbox-policies.md"
TABLE = re.compile(r"(?<=<!-- facts -->\n).*?(?=<!-- /facts -->)", re.DOTALL)


def facts_table() -> str:
    """The table of all facts."""
    rows = ["| fact | what it is | where it is from |", "| --- | --- | --- |"]
    for fact in FACTS:
        kind = f"{', '.join(f'`{choice}`' for choice in fact.choices)}" if fact.choices else fact.kind
        rows.append(f"| `{fact.name}` | {fact.en}: {kind} | {fact.source} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    return PAGE.read_text("utf-8")


def test_the_page_has_every_fact_as_the_program_knows_it() -> None:
    assert TABLE.findall(page()) == [facts_table()]


def test_the_example_of_a_policy_is_one() -> None:
    first, block = re.findall(r"```toml\n(.*?)```", page(), re.DOTALL)
    assert [rule.verdict for rule in read_policy(first, "x", "x").rules] == ["accept", "accept", "decline"]
    assert read_profile(block, "x").block == ("Nord Conseil", "https://www.linkedin.com/in/someone")


def test_the_page_names_every_key_and_every_policy_that_ships() -> None:
    keys = page().partition("| key | what it says |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", keys, re.MULTILINE) == [*RULE_KEYS]
    assert re.findall(r"\(\.\./policies/(\S+)\.toml\)", page()) == [*POLICIES]


if __name__ == "__main__":
    PAGE.write_text(TABLE.sub(lambda found: facts_table(), page()), "utf-8")
