"""What `docs/stats.md` shows is what motjuste prints, and every number has its definition there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from invented_ledger import COUNTED, FACTS, NOW, two_months
from motjuste.inbox.statistics import FEWEST, TYPING_SPEED, Days, measured
from motjuste.report.document import document_of
from motjuste.report.sections import MONTHS_SHOWN, MOST_MONTHS, sections
from motjuste.report.terminal import Style, text_of
from motjuste.report.words import ENGLISH

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "stats.md").read_text("utf-8")


def test_the_document_of_the_docs_is_the_one_that_is_printed() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert json.loads(shown) == document_of(measured(two_months(), FACTS, now=NOW))


def test_the_table_of_the_docs_is_the_one_that_is_drawn() -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert f"\n\n{shown}\n" in text_of(COUNTED, ENGLISH, Style(80))


def test_shares_and_days_are_rounded_where_they_can_be_told() -> None:
    told = replace(COUNTED, days=Days(7, 1 / 3, 2 / 3, 10 / 3), since="2026-01")
    document = document_of(replace(told, answers=(replace(COUNTED.answers[0], asked=9),)))
    assert document["answers"]["by_template"][0]["share"] == 0.2222
    assert document["answers"]["days"] == {
        "count": 7, "lower_quartile": 0.33, "median": 0.67, "upper_quartile": 3.33,
    }  # fmt: skip
    assert document["since"] == "2026-01"


def test_every_number_has_its_definition_in_the_docs() -> None:
    defined = re.findall(r"^\| (\*\*.*?) \|", PAGE, re.MULTILINE)
    terms = {term for row in defined for term in re.findall(r"\*\*(.*?)\*\*", row)}
    facts = {name for section in sections(COUNTED, ENGLISH) for name, _ in section.facts}
    columns = {ENGLISH.asked, ENGLISH.answered, ENGLISH.share, ENGLISH.typed, ENGLISH.copied}
    titles = {ENGLISH.received, ENGLISH.days, ENGLISH.sent}
    assert (facts - {ENGLISH.notes_left}) | columns | titles <= terms


def test_the_limits_of_the_docs_are_those_that_hold() -> None:
    for told in (
        f"for fewer than {FEWEST}",
        f"at {TYPING_SPEED} characters a minute",
        f"the {MONTHS_SHOWN} newest months",
        f"up to {MOST_MONTHS} months",
    ):
        assert told in PAGE, told


def test_the_picture_of_the_docs_is_there() -> None:
    assert (DOCS / "stats.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
