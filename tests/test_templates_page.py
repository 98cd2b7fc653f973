"""What `docs/templates.md` shows is what motjuste makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motjuste.compose import locale_for
from motjuste.messages.channels import read_channels
from motjuste.messages.fit import FitChoice
from motjuste.messages.templates import Library, Rendered, Source
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
    emails=("marie@exemple.org",),
)
CAMILLE = read_profile((ROOT / "demo" / "profile.toml").read_text(encoding="utf-8"), "profile.toml")

# An example: what stands behind "jinja", the template, and the text that it makes.
EXAMPLES = re.findall(r"```jinja ?([^\n]*)\n(.*?)```\n+(?:```text\n(.*?)```)?", PAGE, re.DOTALL)


def written(settings: str, template: str) -> Rendered:
    given = dict(word.partition("=")[::2] for word in settings.split())
    locale = locale_for(given.get("lang"), MARIE, CAMILLE, ["fr", "en"])
    language = locale.partition("-")[0]
    library = Library.load([Source("essai", language, "essai.txt", template)])
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
