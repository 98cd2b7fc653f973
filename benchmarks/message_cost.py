"""What a message costs beside the same text rendered by bare Jinja, and how many are checked in a second."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from types import SimpleNamespace

from benchmarks.bare_jinja import BareJinja
from benchmarks.rows import Row, table
from motjuste.adapters.files import read_text
from motjuste.adapters.template_files import read_template_files, shipped_folder
from motjuste.errors import DoesNotFit
from motjuste.messages.channels import Channel, read_channels
from motjuste.messages.checks.prose import objections
from motjuste.messages.checks.samples import Scene
from motjuste.messages.templates import Library, Rendered, Template
from motjuste.messages.typography import finish
from motjuste.profile import Door, Me

CARDS = 1000
ROUNDS, TIMES = 15, 100
GOAL = 2.0
LOCALE = "fr-FR"
ME = Me(
    name="Camille Roy", first_name="Camille", role="cheffe d’édition", organization="Revue Rive",
    field="journalisme", network_goal="échanger sur le métier", email="camille@exemple.org",
    doors=(Door("blog", "mon blog", "https://exemple.org"),),
)  # fmt: skip
CARD = {
    "formatted_name": "Élodie Martin", "display_name": "Élodie Martin", "greeting_name": "Élodie",
    "organization": "Atelier Nord", "title": "Directrice artistique",
}  # fmt: skip

# What somebody might write for themselves: one name, one fact, two wordings.
NOTE = """\
Bonjour {{ contact.greeting_name }},
{% fit %}j'ai lu votre article « {{ subject }} » : il m'a beaucoup appris, et je n'en connais pas de plus clair.
{% or %}j'ai lu votre article « {{ subject }} ».
{% endfit %}
{% if me.organization %}Je travaille pour {{ me.organization }} ; échangerions-nous ?{% endif +%}

{{ me.first_name }}
"""
SUBJECT = {"subject": "Les archives sonores"}


@dataclass(frozen=True)
class Case:
    """A message to write, and within how much."""

    what: str
    template: Template
    facts: Mapping[str, str]
    limit: int | None = None


def library() -> tuple[Library, Mapping[str, Channel]]:
    """The library that ships, and its channels."""
    files, channels = read_template_files(shipped_folder()), shipped_folder() / "channels.toml"
    return Library.load(files.sources), read_channels(read_text(channels), str(channels))


def measure() -> list[Row]:
    """Messages beside bare Jinja; then every template for a thousand people."""
    shipped, channels = library()
    return [*_beside_jinja(shipped, channels["linkedin-note"]), rate(shipped, channels, CARDS)]


def cases(shipped: Library) -> Iterator[Case]:
    """The shipped invitation and a note, in ample room and in so little that it takes other wordings.

    In the note, Jinja alone has next to nothing to do, while its signs and spaces take as much care as anybody's.
    """
    invite = shipped.find("invite", LOCALE)
    note = shipped.text_template(NOTE, path="note", fields=SUBJECT)
    yield Case("motjuste's invitation", invite, {})
    yield Case("that invitation, in less room", invite, {}, limit=200)
    yield Case("a note of two names and a fact", note, SUBJECT)
    yield Case("that note, in less room", note, SUBJECT, limit=150)


def _beside_jinja(shipped: Library, channel: Channel) -> Iterator[Row]:
    for case in cases(shipped):
        ours, theirs = both(shipped, case, channel)
        pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS)]
        mine, plain = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(one / other for one, other in pairs)
        yield Row(
            f"{case.what}, beside bare Jinja",
            f"{ratio:.1f}×",
            f"{mine * 1e6:.0f} µs, of {plain * 1e6:.0f} µs; median of {ROUNDS} × {TIMES}, in turn",
            f"≤ {GOAL:.0f}×",
            ratio <= GOAL,
        )


def both(shipped: Library, case: Case, channel: Channel) -> tuple[Callable[[], str], Callable[[], str]]:
    """A message with wordings chosen, typography and count; and the same text by Jinja alone, compiled once."""
    jinja = BareJinja(shipped)
    rendered = _written(shipped, case.template, CARD, channel, case.facts, LOCALE, case.limit)
    template = (
        jinja.from_string(NOTE) if case.template.path == "note" else jinja.get_template(case.template.key)
    )
    wordings = [choice.chosen for choice in rendered.choices]
    variables = {
        **{name: case.facts.get(name, asked.default) for name, asked in case.template.fields.items()},
        "contact": SimpleNamespace(**CARD),
        "me": ME,
        "region": "FR",
        "locale": LOCALE,
        "vt": lambda vous, tu: vous,
    }

    def ours() -> str:
        return _written(shipped, case.template, CARD, channel, case.facts, LOCALE, case.limit).text

    def theirs() -> str:
        return jinja.write(template, wordings, **variables)

    return ours, theirs


def same(ours: str, theirs: str) -> bool:
    """Whether the two differ in nothing but the signs and spaces that bare Jinja does not set."""
    return ours == finish(theirs, LOCALE)


def _seconds(render: Callable[[], str]) -> float:
    """The processor's seconds of one call."""
    gc.collect()
    start = time.process_time()
    for _ in range(TIMES):
        render()
    return (time.process_time() - start) / TIMES


def _written(
    shipped: Library,
    template: Template,
    card: Mapping[str, object],
    channel: Channel,
    facts: Mapping[str, str],
    locale: str,
    limit: int | None = None,
) -> Rendered:
    return shipped.render(
        template,
        contact=card,
        me=ME,
        fields=facts,
        locale=locale,
        tu=False,
        form="auto",
        channel=channel,
        limit=limit,
    )


def rate(shipped: Library, channels: Mapping[str, Channel], people: int) -> Row:
    """Every template for so many people: written, measured, and read for faults of prose."""
    everybody = list(cards(people))
    for template in shipped.templates:  # the first text of each compiles it
        _checked(shipped, template, everybody[0], channels[template.channel])
    start = time.process_time()
    for template in shipped.templates:
        for card in everybody:
            _checked(shipped, template, card, channels[template.channel])
    seconds = time.process_time() - start
    count = len(shipped.templates) * people
    return Row(
        f"{len(shipped.templates)} templates × {people:,} cards, checked",
        f"{count / seconds:,.0f} a second",
        f"{count:,} texts, {seconds:.0f} seconds of one processor",
    )


def _checked(shipped: Library, template: Template, card: Mapping[str, object], channel: Channel) -> None:
    try:
        text = _written(shipped, template, card, channel, {}, template.language).text
    except DoesNotFit:
        return  # told to the person, so it is an answer too
    facts = {name: asked.default for name, asked in template.fields.items()}
    scene = Scene("a card", card, {}, facts, template.language, tu=False, form="auto")
    list(objections(text, scene, facts, channel.typography, both=False))


def cards(count: int) -> Iterator[Mapping[str, object]]:
    """So many people, no two alike."""
    given = [
        f"{first}{rest}" for first, rest in product(("Al", "Bé", "Hu", "Ma", "O"), ("ice", "rénice", "go"))
    ]
    for number in range(count):
        name, family = given[number % len(given)], f"Dupont-{number}"
        yield {
            "formatted_name": f"{name} {family}", "display_name": f"{name} {family}", "greeting_name": name,
            "given_name": name, "family_name": family, "organization": f"Atelier {number}" if number % 3 else "",
            "title": "Directrice artistique" if number % 2 else "", "gender": ("", "F", "M")[number % 3],
            "connected_on": date(2020, 1, 1 + number % 28),
        }  # fmt: skip


if __name__ == "__main__":
    print(table(measure()))
