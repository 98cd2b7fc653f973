"""Checks: whether every template knows its names, and how it reads for people of whom little or much is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from motjuste.errors import UserError, nearest
from motjuste.messages.channels import Channel, find_channel
from motjuste.messages.templates import VARIABLES, Library, Rendered, Template
from motjuste.messages.view import CONTACT_NAMES, ME_NAMES

if TYPE_CHECKING:
    from jinja2 import nodes

Card = Mapping[str, object]

NOBODY: Card = {}
SPARSE: Card = {
    "formatted_name": "Marie Dupont",
    "greeting_name": "Marie",
    "display_name": "Marie Dupont",
}
FULL: Card = {
    **SPARSE,
    "given_name": "Marie",
    "family_name": "Dupont",
    "honorific_prefix": "Mme",
    "nickname": "Mimi",
    "organization": "Atelier Nord",
    "title": "Directrice artistique",
    "city": "Lyon",
    "country": "France",
    "emails": ("marie@exemple.org",),
    "phones": ("+33 1 99 00 00 00",),
    "urls": ("https://exemple.org/marie",),
    "profile_url": "https://www.linkedin.com/in/marie-dupont-exemple",
    "note": "Rencontrée au salon",
    "language": "fr-FR",
    "gender": "F",
    "address_form": "vous",
    "source": "marie.vcf",
    "confidence": "high",
}
HOSTILE: Card = {
    name: "{{ 7*7 }}{% raw %} \u202e\x1b[2J\n\ufdd0$|$" if isinstance(value, str) else value
    for name, value in FULL.items()
} | {"language": "fr-FR", "gender": "F", "address_form": "vous", "confidence": "low"}
CARDS: Mapping[str, Card] = {
    "nobody": NOBODY,
    "a bare name": SPARSE,
    "a full card": FULL,
    "a hostile card": HOSTILE,
}

_WRITERS: Mapping[str, Card] = {
    "an empty profile": {},
    "a full profile": {
        "name": "Camille Roy",
        "role": "Éditrice",
        "organization": "Carnets du Nord",
        "field": "l’édition",
        "network_goal": "échanger avec les personnes avec qui j’ai déjà travaillé",
        "email": "camille@exemple.org",
        "phone": "+33 1 99 00 00 01",
        "website": "https://exemple.org",
        "doors": ({"kind": "blog", "label": "Carnets d’atelier", "address": "https://exemple.org/carnets"},),
    },
}
_PARTS = ("thanks", "goal", "door")
_FLAWS: Mapping[str, re.Pattern[str]] = {
    "a hole": re.compile(r"\(\s*\)|«\s*»|“\s*”|,\s*,|^\s*[,.;:!?»)]|[(«]\s*$", re.MULTILINE),
    "None": re.compile(r"\bNone\b"),
    "a placeholder": re.compile(r"\[[^\]\n]{1,40}\]|\bX{3,}\b|<[a-zà-ÿ_ ]+>"),
    "Jinja left over": re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}"),
    "a double space": re.compile(r"[^\S\n]{2,}"),
    "a control character": re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]"),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with the template `key`; `reason` begins with path and line."""

    key: str
    reason: str

    def __str__(self) -> str:
        return self.reason


def check(library: Library, channels: Mapping[str, Channel]) -> tuple[Problem, ...]:
    """All that is wrong with the templates of `library`, each problem once."""
    found: dict[Problem, None] = {Problem("", str(error)): None for error in library.problems}
    known_fields = {name for template in library.templates for name in template.fields}
    for key in library.pieces:
        found |= dict.fromkeys(_unknown_names(library, key, known_fields))
    for template in library.templates:
        names = list(_unknown_names(library, template.key, set(template.fields)))
        found |= dict.fromkeys(names or _reading(library, template, channels))
    return tuple(found)


def flaws(text: str) -> tuple[str, ...]:
    """What a reader would stumble over in a finished text: a hole, a placeholder, "None", a double space."""
    return tuple(
        f"{name}: {_around(text, match)!r}"
        for name, pattern in _FLAWS.items()
        if (match := pattern.search(text))
    )


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 15) : match.end() + 15]


def _reading(library: Library, template: Template, channels: Mapping[str, Channel]) -> Iterator[Problem]:
    """What is wrong with the texts that the template makes."""
    try:
        channel = find_channel(channels, template.channel)
    except UserError as error:
        yield Problem(template.key, f"{template.path}: {error}")
        return
    blocks = _blocks(library, template.key)
    for form, (who, card), (writer, me), tu, fields in product(
        template.forms, CARDS.items(), _WRITERS.items(), (False, True), _field_values(template)
    ):
        scene = ", ".join(filter(None, (form, who, writer, *(f"{key}={fields[key]}" for key in fields))))
        try:
            rendered = library.render(
                template, contact=card, me=me, fields=fields, locale=template.language, tu=tu,
                form=form or "auto", channel=channel,
            )  # fmt: skip
        except UserError as error:
            where = "" if str(error).startswith(template.path) else f"{template.path}: "
            yield Problem(template.key, f"{where}{error} ({scene})")
            return
        for flaw in _flaws_of(rendered, blocks, hostile=card is HOSTILE):
            yield Problem(template.key, f"{template.path}: {flaw} ({scene})")
            return


def _flaws_of(rendered: Rendered, blocks: set[str], *, hostile: bool) -> Iterator[str]:
    if not rendered.text:
        yield "an empty text"
    written = {part.name for part in rendered.parts if part.text}
    yield from (f"the part '{name}' is missing" for name in _PARTS if name in blocks and name not in written)
    # The hostile card's own words look like Jinja, and like a placeholder.
    ignored = ("Jinja left over", "a placeholder") if hostile else ()
    yield from (flaw for flaw in flaws(rendered.text) if not flaw.startswith(ignored))
    if hostile and "49" in rendered.text:
        yield "a card's text was evaluated"


def _field_values(template: Template) -> Iterator[Mapping[str, str]]:
    """No field given, then each choice of each field by itself."""
    yield {}
    for name, asked in template.fields.items():
        yield from ({name: choice} for choice in asked.choices)


def _blocks(library: Library, key: str) -> set[str]:
    from jinja2 import nodes

    return {block.name for tree in _with_extended(library, key) for block in tree.find_all(nodes.Block)}


def _names_given(library: Library, key: str) -> set[str]:
    """The names that a template, or one that it extends, gives to values, macros and imports."""
    from jinja2 import nodes

    found: set[str] = set()
    for tree in _with_extended(library, key):
        found |= {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        found |= {macro.name for macro in tree.find_all(nodes.Macro)}
        found |= {piece.target for piece in tree.find_all(nodes.Import)}
        for piece in tree.find_all(nodes.FromImport):
            found |= {name if isinstance(name, str) else name[1] for name in piece.names}
    return found


def _with_extended(library: Library, key: str) -> list[nodes.Template]:
    """The template and those that it extends, up to the first that is missing or has been seen."""
    from jinja2 import nodes

    trees: dict[str, nodes.Template] = {}
    while key not in trees:
        try:
            trees[key] = library.syntax(key)
        except UserError:
            break  # rendering says it, with the line
        names = (extends.template for extends in trees[key].find_all(nodes.Extends))
        key = next((str(name.value) for name in names if isinstance(name, nodes.Const)), key)
    return list(trees.values())


def _unknown_names(library: Library, key: str, fields: set[str]) -> Iterator[Problem]:
    """The names and attributes in a template that nothing will answer to."""
    from jinja2 import meta, nodes

    tree = library.syntax(key)
    path = library.path_of(key)
    known = {*VARIABLES, *fields, *library.functions}
    # What is set in the text around a block is known in the block, though it may be set in another file.
    unknown = meta.find_undeclared_variables(tree) - known - _names_given(library, key)
    for name in tree.find_all(nodes.Name):
        if name.name in unknown and name.ctx == "load":
            unknown.discard(name.name)
            yield Problem(key, f"{path}:{name.lineno}: unknown name '{name.name}'{_near(name.name, known)}")
    for attribute in tree.find_all(nodes.Getattr):
        of, names = _owner(attribute)
        if names and attribute.attr not in names:
            near = _near(attribute.attr, names)
            yield Problem(key, f"{path}:{attribute.lineno}: {of} has no '{attribute.attr}'{near}")


def _owner(attribute: nodes.Getattr) -> tuple[str, tuple[str, ...]]:
    name = getattr(attribute.node, "name", "")
    return name, {"contact": CONTACT_NAMES, "me": ME_NAMES}.get(name, ())


def _near(name: str, known: set[str] | tuple[str, ...]) -> str:
    close = nearest(name, known)
    return f" (nearest: '{close}')" if close else ""
