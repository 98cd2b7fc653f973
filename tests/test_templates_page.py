"""What `docs/templates.md` shows is what motjuste makes of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from motjuste.adapters.template_files import read_template_files
from motjuste.compose import locale_for
from motjuste.messages.channels import read_channels
from motjuste.messages.environment import Environment
from motjuste.messages.fit import FitChoice
from motjuste.messages.front_matter import read_front_matter
from motjuste.messages.functions import FILTERS, FUNCTIONS
from motjuste.messages.templates import VARIABLES, Library, Rendered, Source
from motjuste.messages.view import CONTACT_NAMES, DOOR_NAMES, ME_NAMES
from motjuste.people.card import Contact
from motjuste.profile import read_profile

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
CHANNELS = read_channels((ROOT / "templates" / "channels.toml").read_text(encoding="utf-8"), "channels.toml")
MARIE = Contact(
    formatted_name="Marie Dupont",
    given_name="Marie",
    family_name="Dupont",
    organization="Atelier Nord",
    title="Directrice artistique",
    city="Lyon",
    gender="F",
    emails=("marie@exemple.org",),
)
CAMILLE = read_profile((ROOT / "demo" / "profile.toml").read_text(encoding="utf-8"), "profile.toml")

# An example: what stands behind "jinja", the template, and the text that it makes.
EXAMPLES = re.findall(r"```jinja ?([^\n]*)\n(.*?)```\n+(?:```text\n(.*?)```)?", PAGE, re.DOTALL)


def written(settings: str, template: str) -> Rendered:
    given = dict(word.partition("=")[::2] for word in settings.split())
    locale = locale_for(given.get("lang"), MARIE, CAMILLE, ["fr", "en"])
    language = locale.partition("-")[0]
    library = Library.load(
        read_template_files(ROOT / "templates").sources,
        [Source("essai", language, "essai.txt", template)],
        today=lambda: date(2026, 2, 3),
    )
    return library.render(
        library.find("essai", locale),
        contact=MARIE,
        me=CAMILLE.me(locale),
        fields={},
        locale=locale,
        tu="tu" in given,
        form="auto",
        channel=CHANNELS[given.get("channel", "linkedin-message")],
        limit=int(given["limit"]) if "limit" in given else None,
    )


def plainly(text: str) -> str:
    """Without the difference between spaces, which nobody sees on a page."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").strip()


@pytest.mark.parametrize(
    ("settings", "template", "text"), EXAMPLES, ids=[example[1][:40] for example in EXAMPLES]
)
def test_an_example_makes_the_text_that_is_shown_below_it(settings: str, template: str, text: str) -> None:
    assert plainly(written(settings, template).text) == plainly(text)


def test_the_explanation_shown_is_that_of_the_example_before_it() -> None:
    before, _, shown = PAGE.partition("fit        block 1")
    settings, template, _ = re.findall(r"```jinja ?([^\n]*)\n(.*?)```\n+(```text)", before, re.DOTALL)[-1]
    done = written(settings, template)
    assert done.choices == (
        FitChoice(1, (("Merci infiniment de votre message", 33), ("Merci", 5)), (54, 26), 0),
        FitChoice(0, (("chère Marie Dupont", 18), ("Marie", 5)), (26, 13)),
    )
    numbers = [
        int(number) for number in re.findall(r"^[ →]+(\d+)  ", shown.partition("```")[0], re.MULTILINE)
    ]
    assert numbers == [whole for choice in done.choices for whole in choice.wholes]
    assert f"shortest   {done.shortest} utf16" in shown


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("of the person: `contact`", CONTACT_NAMES),
        ("of you: `me`", ME_NAMES + DOOR_NAMES),
        ("of the message", tuple(name for name in VARIABLES if name not in ("contact", "me"))),
        ("functions", tuple(FUNCTIONS)),
        ("filters", tuple(FILTERS)),
    ],
)
def test_the_page_names_all_that_a_template_knows_and_nothing_else(
    heading: str, names: tuple[str, ...]
) -> None:
    table = PAGE.partition(f"| {heading} | |\n")[2].partition("\n\n")[0]
    first_cells = " ".join(line.split("|")[1] for line in table.splitlines())
    doors = table.partition("each with")[2]
    told = set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", first_cells) + doors))
    assert told == set(names)


def test_every_filter_that_the_page_lends_from_jinja_is_there() -> None:
    (row,) = re.findall(r"^(`upper`.*)\n", PAGE, re.MULTILINE)
    filters = Environment(lambda name: None, list).filters
    assert [name for name in re.findall(r"`(\w+)`", row) if name not in filters] == []


def test_the_first_lines_shown_can_be_read() -> None:
    (front,) = re.findall(r"```\n---\n(.*?)---\n```", PAGE, re.DOTALL)
    read = read_front_matter(front, "NAME.txt")
    assert (read.title, read.triggers, read.triggers_at_rest, read.channel, list(read.fields or ()), read.forms) == (
        "Merci pour l’article", ("merciart",), ("merci",), "linkedin-message", ["article", "tone"],
        {"long": None, "short": None},
    )  # fmt: skip


def test_the_part_that_is_shown_can_be_changed_alone() -> None:
    (text,) = re.findall(r"```\n(\{% extends .*?)```", PAGE, re.DOTALL)
    done = written("", text)
    assert [part.name for part in done.parts] == ["thanks", "goal", "door"]
    assert done.parts[2].text == "Le plus simple : écrivez-moi.".replace(" :", "\u00a0:")
