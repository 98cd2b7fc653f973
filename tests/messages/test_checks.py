"""Checks of a library, and the flaws of a text."""

from __future__ import annotations

import pytest

from motjuste.messages.channels import Channel
from motjuste.messages.checks import check, flaws
from motjuste.messages.templates import Library, Source

CHANNELS = {"none": Channel("none"), "note": Channel("note", limit=20)}


def problems(*texts: str, **named: str) -> list[str]:
    sources = [Source("essai", "fr", "fr/essai.txt", text) for text in texts]
    sources += [Source(name, "fr", f"fr/{name}.txt", text) for name, text in named.items()]
    return [str(problem) for problem in check(Library.load(sources), CHANNELS)]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour{% if contact.greeting_name %} {{ contact.greeting_name }}{% endif %}, merci.",
        "{% block thanks %}Merci.{% endblock %}",
        "{% set a = 1 %}{% block b %}{{ a }}{% endblock %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% for x in range(2) %}{{ m(x) }}{% endfor %}",
        "---\nfields: {why: {ask: x, choices: [a, b], default: a}}\n---\n{{ why }}",
        "---\nchannel: note\n---\n{% fit %}Merci infiniment pour tout{% or %}Merci{% endfit %}",
    ],
)
def test_a_template_in_order_has_no_problems(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "a\n{% if false %}{{ contcat }}{% endif %}",
            "fr/essai.txt:2: unknown name 'contcat' (nearest: 'contact')",
        ),
        (
            "{% if false %}{{ contact.greetingname }}{{ me.frist_name }}{% endif %}",
            "fr/essai.txt:1: contact has no 'greetingname' (nearest: 'greeting_name')",
        ),
        (
            "---\nchannel: notes\n---\na",
            "fr/essai.txt: unknown channel 'notes' (nearest: 'note'); use one of none",
        ),
        (
            "---\nchannel: note\n---\nBien trop long pour cela",
            "fr/essai.txt: the text does not fit note: its short",
        ),
        ("{% if %}", "fr/essai.txt:1: Expected an expression, got 'end of statement block'"),
        ("{{ contact.greeting_name }}", "fr/essai.txt: an empty text (nobody, an empty profile)"),
        ("Bonjour ({{ contact.title }}) !", "fr/essai.txt: a hole: 'Bonjour ()"),
        ("Bonjour [prénom]", "fr/essai.txt: a placeholder: 'Bonjour [prénom]'"),
        ("Bonjour {{ contact.elides }}", "fr/essai.txt: None: 'Bonjour None'"),
        ("Bonjour {{ '{{ nom }}' }}", "fr/essai.txt: Jinja left over: 'Bonjour {{ nom }}'"),
        (
            "a{% block goal %}{{ me.network_goal }}{% endblock %}",
            "fr/essai.txt: the part 'goal' is missing (nobody, an empty profile)",
        ),
        (
            "{% if tu %}{{ 1 / 0 }}{% endif %}a",
            "fr/essai.txt:1: division by zero; correct the template (nobody",
        ),
        (
            "---\nfields: {why: {ask: x, choices: [a, b], default: a}}\n---\n{{ 1 / (why == 'a') }}",
            "fr/essai.txt:4: division by zero; correct the template (nobody, an empty profile, why=b)",
        ),
    ],
)
def test_a_template_out_of_order_is_told(text: str, problem: str) -> None:
    assert problems(text)[0].startswith(problem)


def test_pieces_are_checked_with_the_fields_of_all() -> None:
    front = "---\nfields: {why: {ask: x}}\n---\n"
    piece = "{% macro m() %}{{ why }}{{ wy }}{% endmacro %}"
    assert problems(front + "a", _common=piece) == ["fr/_common.txt:1: unknown name 'wy' (nearest: 'why')"]


def test_a_template_that_extends_itself_is_told() -> None:
    assert problems('{% extends "fr/essai" %}') == [
        "fr/essai.txt:1: it does not end: it uses itself; break the circle (nobody, an empty profile)"
    ]


def test_names_of_the_extended_template_are_known_in_its_blocks() -> None:
    assert problems(
        '{% extends "fr/_base" %}{% block a %}{{ x }}{% endblock %}',
        _base="{% set x = 1 %}{% block a %}{% endblock %}",
    ) == []  # fmt: skip


@pytest.mark.parametrize("text", ["Bonjour Marie, merci (beaucoup) ! « Oui »", "un\n\ndeux", "10 €", ""])
def test_a_text_without_flaws(text: str) -> None:
    assert flaws(text) == ()


@pytest.mark.parametrize(
    "text",
    ["Bonjour ()", "« »", "a, , b", "a\n, b", "None", "[nom]", "XXX", "<prénom>", "{{ a", "a  b", "a\u00a0 b", "a\x1bb",
     "a\u202eb"],
    ids=ascii,
)  # fmt: skip
def test_a_text_with_a_flaw(text: str) -> None:
    assert len(flaws(text)) == 1
