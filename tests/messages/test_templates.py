"""The library: reading templates, finding them, rendering them; and what bad ones get."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from motjuste.errors import DoesNotFit, UserError
from motjuste.messages.channels import Channel
from motjuste.messages.fit import FitChoice
from motjuste.messages.front_matter import Field
from motjuste.messages.templates import Library, Part, Rendered, Source, Template

NOTE = Channel(name="note", limit=300, unit="utf16")
NN, NB = "\u202f", "\u00a0"

DECLINE = """---
title: Décliner
description: Une réponse en trois temps
when: Pour refuser.
tags: [refus, merci]
triggers: [nonmerci]
triggers_at_rest: [declin]
channel: linkedin-message
forms: [long, short]
fields:
  reason:
    ask: "Pourquoi ?"
    default: other_field
    choices: [not_met, other_field]
    help: "aide"
---
Bonjour{% if contact.greeting_name %} {{ contact.greeting_name }}{% endif %},

{% block thanks %}Merci de {{ vt("votre", "ton") }} invitation.{% endblock %}

{% if form == "long" %}
{% block goal %}Mon réseau : {{ me.network_goal }} ({{ reason }}).{% endblock %}

{% endif %}
{% block door %}{% fit %}La porte reste ouverte, et largement.{% or %}À bientôt.{% endfit %}{% endblock %}

{{ me.first_name }}
"""


def source(text: str, name: str = "essai", language: str = "fr") -> Source:
    return Source(name, language, f"{language}/{name}.txt", text)


def library(*texts: str, own: tuple[Source, ...] = (), **named: str) -> Library:
    shipped = [source(text) for text in texts] + [source(text, name) for name, text in named.items()]
    return Library.load(shipped, own)


def render(
    of: Library | str,
    name: str = "essai",
    *,
    contact: object | None = None,
    me: Mapping[str, object] | object | None = None,
    fields: Mapping[str, str] | None = None,
    locale: str = "fr-FR",
    tu: bool = False,
    form: str = "auto",
    channel: Channel = NOTE,
    limit: int | None = None,
) -> Rendered:
    of = library(of) if isinstance(of, str) else of
    return of.render(
        of.find(name, locale), contact=contact or {}, me=me or {}, fields=fields or {}, locale=locale, tu=tu,
        form=form, channel=channel, limit=limit,
    )  # fmt: skip


def error_of(text: str, **given: Any) -> str:
    with pytest.raises(UserError) as caught:
        render(text, **given)
    return str(caught.value)


def test_a_template_is_read_with_all_that_it_says_of_itself() -> None:
    (found,) = library(decline=DECLINE).templates
    assert found == Template(
        name="decline", language="fr", path="fr/decline.txt", key="fr/decline", title="Décliner",
        description="Une réponse en trois temps", when="Pour refuser.", tags=("refus", "merci"),
        triggers=("nonmerci", "declin"), triggers_at_rest=("declin",), channel="linkedin-message",
        fields={
            "reason": Field("reason", "Pourquoi ?", "other_field", ("not_met", "other_field"), "aide"),
        },
        forms=("long", "short"),
    )  # fmt: skip


def test_a_message_is_finished_measured_and_taken_apart() -> None:
    marie = SimpleNamespace(greeting_name="Marie")
    camille = {"name": "Camille Roy", "network_goal": "rester petit"}
    done = render(library(decline=DECLINE), "decline", contact=marie, me=camille, limit=160)
    assert done == Rendered(
        text=(
            "Bonjour Marie,\n\nMerci de votre invitation.\n\n"
            f"Mon réseau{NB}: rester petit (other_field).\n\nLa porte reste ouverte, et largement.\n\nCamille"
        ),
        length=132, limit=160, unit="utf16", form="long", channel="note", about=frozenset({"contact", "me"}),
        parts=(
            Part("thanks", "Merci de votre invitation.", 26),
            Part("goal", f"Mon réseau{NB}: rester petit (other_field).", 40),
            Part("door", "La porte reste ouverte, et largement.", 37),
        ),
        caret=None,
    )  # fmt: skip
    assert done.shortest == 105
    assert done.choices == (
        FitChoice(0, (("La porte reste ouverte, et largement.", 37), ("À bientôt.", 10)), (132, 105)),
    )


@pytest.mark.parametrize(
    ("limit", "form", "length"),
    [(132, "long", 132), (131, "long", 105), (104, "short", 90), (89, "short", 63)],
)
def test_the_longest_form_that_fits_is_taken_and_its_shorter_wordings_first(
    limit: int, form: str, length: int
) -> None:
    done = render(
        library(decline=DECLINE), "decline", contact={"greeting_name": "Marie"},
        me={"name": "Camille Roy", "network_goal": "rester petit"}, limit=limit,
    )  # fmt: skip
    assert (done.form, done.length) == (form, length)


def test_a_text_that_fits_in_no_wording_is_refused_with_its_shortest() -> None:
    with pytest.raises(DoesNotFit) as caught:
        render("Merci {% fit %}infiniment{% or %}bien{% endfit %} !", limit=5)
    assert vars(caught.value) | {"problem": "", "next_step": ""} == {
        "shortest": f"Merci bien{NN}!", "length": 12, "limit": 5, "unit": "utf16", "channel": "note",
        "problem": "", "next_step": "",
    }  # fmt: skip


def test_a_text_that_fits_in_no_wording_is_given_all_the_same_when_that_is_asked_for() -> None:
    done = library(decline=DECLINE).render(
        library(decline=DECLINE).find("decline", "fr"), contact={}, me={"first_name": "Camille"}, fields={},
        locale="fr-FR", tu=False, form="auto", channel=NOTE, limit=20, even_too_long=True,
    )  # fmt: skip
    assert (done.text, done.length, done.limit, done.form, done.shortest) == (
        "Bonjour,\n\nMerci de votre invitation.\n\nÀ bientôt.\n\nCamille", 57, 20, "short", 57,
    )  # fmt: skip


def test_a_wording_can_be_pinned_by_the_number_of_its_block() -> None:
    of = library("{% fit %}Bonjour{% or %}Salut{% endfit %}{% fit %}, Marie{% or %}{% endfit %}")

    def text(pins: Mapping[int, int], limit: int) -> str:
        return of.render(
            of.find("essai", "fr"), contact={}, me={}, fields={}, locale="fr-FR", tu=False, form="auto",
            channel=NOTE, limit=limit, pins=pins,
        ).text  # fmt: skip

    assert [text({}, 12), text({1: 0}, 12), text({0: 1, 1: 1}, 300)] == ["Bonjour", "Salut, Marie", "Salut"]
    with pytest.raises(DoesNotFit, match="its shortest wording has 12 characters, the limit is 10"):
        text({1: 0}, 10)


def test_a_second_limit_counts_too() -> None:
    post = Channel(name="post", limit=20, unit="graphemes", also=(("bytes", 30),))
    text = "{% fit %}👨‍👩‍👧‍👦👨‍👩‍👧‍👦{% or %}👨‍👩‍👧‍👦{% or %}famille{% endfit %}"
    assert render(text, channel=post).text == "👨‍👩‍👧‍👦"
    with pytest.raises(DoesNotFit, match="27 bytes, the limit is 26"):
        render("👨‍👩‍👧‍👦é", channel=Channel(name="post", limit=20, unit="graphemes", also=(("bytes", 26),)))


def test_a_form_keeps_to_its_own_length_but_rather_goes_over_it_than_be_missing() -> None:
    text = (
        "---\nforms: {long: 12}\n---\n{% fit %}Merci infiniment{% or %}Merci {{ contact.note }}{% endfit %}"
    )
    assert render(text, contact={"note": "bien"}).text == "Merci bien"
    assert render(text, contact={"note": "bien à vous"}).text == "Merci infiniment"


def test_a_form_that_a_template_does_not_have_is_an_error() -> None:
    assert error_of("Merci", form="short") == (
        "'essai' has no form 'short'; it has one form only: leave the form out"
    )


@pytest.mark.parametrize(
    ("raw", "finished"),
    [
        pytest.param(
            "Bonjour{% if True %} Marie{% endif %}\nMerci", "Bonjour Marie\nMerci", id="a tag at a line's end"
        ),
        pytest.param(
            "{% if True %}\nBonjour\n{% endif %}\nMerci", "Bonjour\nMerci", id="lines of tags alone"
        ),
        pytest.param(
            "{% fit %}Oui{% or %}Non{% endfit %}\nMerci", "Oui\nMerci", id="a fit block on its line"
        ),
        pytest.param("Bonjour {# note #}\nMerci", "Bonjour\nMerci", id="a comment at a line's end"),
        pytest.param("{# note #}\nMerci", "Merci", id="a comment alone"),
        pytest.param("{{ 'Oui' }}{% if True %}{% endif %}\nMerci", "Oui\nMerci", id="a value and a tag"),
        pytest.param(
            "Bonjour{% if True -%}\n Marie{% endif %}", "BonjourMarie", id="a tag that says otherwise"
        ),
    ],
)
def test_lines_end_where_they_were_ended(raw: str, finished: str) -> None:
    assert render(raw).text == finished


@pytest.mark.parametrize(
    "value", ["{{ 7*7 }}", "{% fit %}", "$|$", "\ufdd0x", "{# x #}", "\ufdd3a\ufdd4"], ids=ascii
)
def test_a_value_is_data_and_never_anything_else(value: str) -> None:
    text = "---\nfields: {reason: {ask: x}}\n---\n{{ contact.greeting_name }}|{{ reason }}|{{ me.doors[0].label }}"
    shown = "".join(character for character in value if not "\ufdd0" <= character <= "\ufdef")
    done = render(
        text, contact={"greeting_name": value}, fields={"reason": value}, me={"doors": [{"label": value}]}
    )
    assert (done.text, done.caret, done.parts, done.choices) == (f"{shown}|{shown}|{shown}", None, (), ())


def test_a_cards_value_cannot_press_keys_or_turn_the_text() -> None:
    done = render(
        "Bonjour {{ contact.greeting_name }} !", contact={"greeting_name": "Ma\x1b[2J\u202e\r\nrie\t\x08"}
    )
    assert done.text == f"Bonjour Ma[2J rie{NN}!"


def test_the_caret_stands_where_the_template_says() -> None:
    done = render("Bonjour  $|$ !  \n\nMerci $|$")
    assert (done.text, done.caret) == (f"Bonjour{NN}!\n\nMerci", 8)


def test_an_own_template_stands_before_the_one_that_ships() -> None:
    own = source("---\ntriggers: [mien]\n---\nLe mien", "decline")
    both = library(decline=DECLINE, own=(own,))
    assert (both.find("decline", "fr").triggers, render(both, "decline").text) == (("mien",), "Le mien")


def test_an_own_template_changes_one_part_and_inherits_the_rest() -> None:
    text = (
        '---\ntitle: Le mien\n---\n{% extends "shipped/fr/decline" %}\n'
        "{% block thanks %}{{ super() }} Vraiment.{% endblock %}"
    )
    both = library(decline=DECLINE, own=(source(text, "decline"),))
    found = both.find("decline", "fr-CA")
    assert found.triggers_at_rest == ("declin",)
    assert (found.when, found.tags) == ("Pour refuser.", ("refus", "merci"))
    assert (found.title, found.triggers, found.forms, list(found.fields)) == (
        "Le mien", ("nonmerci", "declin"), ("long", "short"), ["reason"],
    )  # fmt: skip
    done = render(both, "decline", me={"name": "Camille Roy", "network_goal": "rester petit"})
    assert [part.text for part in done.parts] == [
        "Merci de votre invitation. Vraiment.",
        f"Mon réseau{NB}: rester petit (other_field).",
        "La porte reste ouverte, et largement.",
    ]


@pytest.mark.parametrize(
    ("keys", "triggers", "at_rest"),
    [
        pytest.param("triggers: [mien]", ("mien",), (), id="at once"),
        pytest.param("triggers_at_rest: mien", ("mien",), ("mien",), id="at rest"),
        pytest.param("triggers: []", (), (), id="no triggers"),
    ],
)
def test_who_says_one_trigger_inherits_none(
    keys: str, triggers: tuple[str, ...], at_rest: tuple[str, ...]
) -> None:
    text = f'---\n{keys}\n---\n{{% extends "shipped/fr/decline" %}}'
    found = library(decline=DECLINE, own=(source(text, "decline"),)).find("decline", "fr")
    assert (found.triggers, found.triggers_at_rest) == (triggers, at_rest)


def test_pieces_are_imported_and_see_the_contact() -> None:
    pieces = (
        "{% macro hello() %}"
        "{% fit %}Bonjour {{ contact.greeting_name }},{% or %}Bonjour,{% endfit %}{% endmacro %}"
    )
    text = '{% import "fr/_common" as common with context %}\n{{ common.hello() }} merci.'
    both = library(text, _common=pieces)
    assert [template.name for template in both.templates] == ["essai"]
    assert render(both, contact={"greeting_name": "Marie"}).text == "Bonjour Marie, merci."
    assert render(both, contact={"greeting_name": "Marie"}, limit=16).text == "Bonjour, merci."


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        pytest.param("fit", "merci infiniment, Marie", id="without a weight the later block gives way first"),
        pytest.param("fit weight=1", "merci infiniment, Marie", id="1 is the usual weight"),
        pytest.param("fit weight = 0", "merci, Marie Dupont", id="weight 0 gives way before the others"),
    ],
)
def test_a_weight_says_which_block_gives_way_first(tag: str, expected: str) -> None:
    text = (
        f"{{% {tag} %}}merci infiniment{{% or %}}merci{{% endfit %}}, "
        "{% fit %}Marie Dupont{% or %}Marie{% endfit %}"
    )
    assert render(text, limit=23).text == expected


def test_fit_blocks_stand_in_blocks_loops_conditions_and_other_fit_blocks() -> None:
    text = (
        "{% block thanks %}{% for name in ['Marie', 'Paul'] %}"
        "{% if loop.first %}{% fit weight=2 %}Chère {{ name }}{% or %}{{ name }}{% endfit %}"
        "{% else %}{% fit %}, cher {% fit %}{{ name }} Roy{% or %}{{ name }}{% endfit %}{% or %}{% endfit %}"
        "{% endif %}{% endfor %}{% endblock %}"
    )
    texts = ("Chère Marie, cher Paul Roy", "Chère Marie, cher Paul", "Chère Marie", "Marie")
    assert [render(text, limit=len(expected)).text for expected in texts] == list(texts)
    assert render(text, limit=26).parts == (Part("thanks", texts[0], 26),)


def test_what_one_wording_sets_is_not_known_after_it() -> None:
    assert render("{% set x = 1 %}{% fit %}{% set x = 2 %}{{ x }}{% or %}{% endfit %}{{ x }}").text == "21"


def test_loops_over_doors_may_hold_fit_blocks() -> None:
    text = (
        "{% for door in me.doors %}"
        "{% fit %}{{ door.label }} ({{ door.address }}){% or %}{{ door.label }}{% endfit %} {% endfor %}"
    )
    doors = [{"label": "Blogue", "address": "b.org"}, {"label": "Groupe", "address": "g.org"}]
    assert render(text, me={"doors": doors}, limit=21).text == "Blogue (b.org) Groupe"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("fr-FR", f"fr fr-FR FR Oui{NN}!"),
        ("fr-CA", "fr fr-CA CA Oui!"),
        ("fr", f"fr fr  Oui{NN}!".replace("  ", " ")),
        ("en", f"fr fr  Oui{NN}!".replace("  ", " ")),
    ],
)
def test_language_and_region_are_known_and_decide_the_spaces(locale: str, text: str) -> None:
    of = library("{{ lang }} {{ locale }} {{ region }} Oui !")
    done = of.render(
        of.find("essai", "fr"),
        contact={},
        me={},
        fields={},
        locale=locale,
        tu=False,
        form="auto",
        channel=NOTE,
    )
    assert done.text == text


def test_the_region_has_its_own_template_or_that_of_its_language() -> None:
    both = Library.load([source("France"), source("Québec", language="fr-CA"), source("France", "autre")])
    assert [both.find(*wanted).key for wanted in (("essai", "fr-CA"), ("essai", "fr-FR"), ("autre", "fr-CA"))] == [
        "fr-CA/essai", "fr/essai", "fr/autre",
    ]  # fmt: skip
    assert both.languages == {"fr", "fr-CA"}


def test_tu_and_elision_are_at_hand() -> None:
    text = 'L’invitation {{ contact.greeting_name|de(contact.elides) }}, {{ vt("vous êtes", "tu es") }} là'
    assert render(text, contact={"greeting_name": "Hugo", "elides": None}, tu=True).text == (
        "L’invitation de Hugo, tu es là"
    )
    assert render(text, contact={"greeting_name": "Hugo", "elides": True}).text == (
        "L’invitation d’Hugo, vous êtes là"
    )


def test_what_is_unknown_of_a_person_is_an_empty_text() -> None:
    text = (
        "[{{ contact.title }}{{ contact.emails|join }}{{ me.role }}{{ me.first_name }}{{ me.doors|length }}]"
    )
    assert render(text, contact=SimpleNamespace(title=None)).text == "[0]"
    assert render("{{ 'yes' if contact.title else 'no' }}", contact={"title": " \n"}).text == "no"


def test_the_profile_may_say_things_by_language() -> None:
    me = {"network_goal": {"fr": "échanger", "fr-CA": "jaser"}}
    assert [render("{{ me.network_goal }}", me=me, locale=locale).text for locale in ("fr-FR", "fr-CA")] == [
        "échanger", "jaser",
    ]  # fmt: skip


def test_a_bare_text_is_a_template_too() -> None:
    of = Library.load([])
    text = of.text_template("Bonjour {{ contact.greeting_name }} !", language="fr", path="mes.yml")
    done = of.render(
        text,
        contact={"greeting_name": "Marie"},
        me={},
        fields={},
        locale="fr",
        tu=False,
        form="auto",
        channel=NOTE,
    )
    assert (done.text, of.templates) == (f"Bonjour Marie{NN}!", ())
    with pytest.raises(UserError, match=r"mes.yml:2: unknown name 'contcat' \(nearest: 'contact'\)"):
        of.render(
            of.text_template("\n{{ contcat }}", path="mes.yml"), contact={}, me={}, fields={}, locale="fr",
            tu=False, form="auto", channel=NOTE,
        )  # fmt: skip


FRONT = "---\ntitle: Essai\n---\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{% fit %}a{% or %}b", "fr/essai.txt:5: 'fit' is never closed; write {% endfit %} where it ends"),
        ("\n{% if tu %}a\n", "fr/essai.txt:5: 'if' is never closed; write {% endif %} where it ends"),
        ("{% if tu %}a{% endfi %}", "fr/essai.txt:4: unknown tag 'endfi'; write {% endif %} where 'if' ends"),
        ("a{% endif %}", "fr/essai.txt:4: unknown tag 'endif'; known tags: fit, or, if"),
        (
            "{% fit weight=10 %}a{% endfit %}",
            "fr/essai.txt:4: a fit block takes nothing but a weight from 0 to 9: {% fit weight=2 %}",
        ),
        ("{% fit weigth=2 %}a{% endfit %}", "fr/essai.txt:4: a fit block takes nothing but a weight from 0 to 9"),
        ("{% fit weight=2 3 %}a{% endfit %}", "fr/essai.txt:4: a fit block takes nothing but a weight"),
        ("\n\n{{ contact.name", "fr/essai.txt:6: unexpected end of template"),
        ("{% fti %}a{% endfti %}", "fr/essai.txt:4: unknown tag 'fti'; known tags: fit, or, if"),
        ("{{ contact. }}", "expected {{ name }} for a value and {% tag %} for a tag"),
        ("{{ a|nosuch }}", "fr/essai.txt:4: unknown filter 'nosuch'; correct the name behind the |"),
        ("{{ a|list_ed }}", "fr/essai.txt:4: unknown filter 'list_ed' (nearest: 'listed'); correct the name behind"),
        ("\n{{ contcat.x }}", "fr/essai.txt:5: unknown name 'contcat' (nearest: 'contact')"),
        ("{{ contact.firstname }}", "fr/essai.txt:4: contact has no 'firstname'"),
        ("{{ contact.greetingname }}", "contact has no 'greetingname' (nearest: 'contact.greeting_name')"),
        ("{{ me.frist_name }}", "me has no 'frist_name' (nearest: 'me.first_name')"),
        ("{{ me.doors[0].label }}", "fr/essai.txt:4: "),
        ('\n{% include "fr/_comon" %}', "fr/essai.txt:5: there is no template 'fr/_comon' (nearest: 'fr/_common')"),
        ('{% extends "fr/none" %}', "fr/essai.txt:4: there is no template 'fr/none'"),
        ("\n{{ 1/0 }}", "fr/essai.txt:5: division by zero; correct the template"),
        ("{{ 'a' + 1 }}", "fr/essai.txt:4: can only concatenate str"),
        ("{{ [contact]|join('', '__class__') }}", "contact has no '__class__'"),
        ("{{ contact.greeting_name.__class__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ 'a'.ljust(9) }}", "access to attribute 'ljust' of 'str' object is unsafe"),
        ("{{ contact._names }}", "fr/essai.txt:4: contact has no '_names'"),
        (
            "{% set x %}{% fit %}un{% endfit %}{% endset %}{{ x[1:] }}",
            "fr/essai.txt: a fit block was cut apart by a filter",
        ),
    ],
)  # fmt: skip
def test_a_broken_template_says_where_and_what(text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        render(library(FRONT + text, _common=""))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(10000) %}{{ 'mot' * 1000 }}{% endfor %}",
        "{% for a in range(999999999) %}{% endfor %}",
        "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        '{% include "fr/essai" %}',
        '{% extends "fr/essai" %}',
        "{{ 'a' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{% macro f(s) %}{{ f(s ~ s) }}{% endmacro %}{{ f('aa') }}",
        "{% macro f(s) %}{{ f(s + s) }}{% endmacro %}{{ f('aa') }}",
        "{% macro f(s) %}{% set t %}{{ s }}{{ s }}{% endset %}{{ f(t) }}{% endmacro %}{{ f('aa') }}",
        "{% macro f(s) %}{{ f(s|replace('a', s)) }}{% endmacro %}{{ f('aa') }}",
        "{% macro f(s) %}{{ f(s.replace('a', s)) }}{% endmacro %}{{ f('aa') }}",
        "{% macro f(s) %}{{ f([s, s]|join(s)) }}{% endmacro %}{{ f('aa') }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 999999999 * 999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'a'.ljust(999999999) }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{% set x = {'a': 1} %}{{ x.update({'b': 2}) }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    ],
)
def test_a_template_that_runs_away_is_stopped(text: str) -> None:
    start = time.process_time()
    with pytest.raises(UserError, match=r"^fr/essai\.txt:1: "):
        render(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("front", "message"),
    [
        (
            "titel: x",
            "fr/essai.txt:2: unknown key 'titel' in front matter (nearest: 'title'); known keys: title, d",
        ),
        (
            "title: x\nfields:\n  a:\n    aks: b",
            "fr/essai.txt:5: unknown key 'aks' in field 'a' (nearest: 'ask')",
        ),
        ("title: [a]", "fr/essai.txt:2: title is not a text; expected one text"),
        ("when: [a]", "fr/essai.txt:2: when is not a text; expected one text"),
        ("tags: {a: b}", "fr/essai.txt:2: tags is not a list; expected a list such as"),
        ("tags: [a, [b]]", "fr/essai.txt:2: tags is not a text; expected one text"),
        ("\ntags: [a, b, A]", "fr/essai.txt:3: the tag 'A' stands twice; keep one of them"),
        ("tags: [a, ' ']", "fr/essai.txt:2: a tag is empty; write a word, or leave it out"),
        ("title: yes", 'fr/essai.txt:2: title: yes is not a text in YAML; write it in quotes: "yes"'),
        ("title: a\ntitle: b", "fr/essai.txt:3: 'title' stands twice in front matter"),
        (
            "triggers_at_rest: {a: b}",
            "fr/essai.txt:2: triggers_at_rest is not a list; expected a list such as",
        ),
        (
            "triggers_at_rest: [a, b]\ntriggers: [c, b]",
            "fr/essai.txt:2: 'b' stands in triggers and in triggers_at_rest; keep one of them",
        ),
        (
            "at_rest: true",
            "fr/essai.txt:2: unknown key 'at_rest' in front matter (nearest: 'triggers_at_rest')",
        ),
        ("title: a: b", "fr/essai.txt:2: the front matter is not YAML: mapping values are not allowed"),
        ("- a", "fr/essai.txt:2: front matter is not a list of 'key: value'"),
        ("forms: [long, shrot]", "fr/essai.txt:2: unknown form 'shrot' (nearest: 'short')"),
        ("forms: {long: many}", "fr/essai.txt:2: 'many' is not the length of a form; expected a number"),
        (
            "fields:\n  a: {choices: [x, y], default: z}",
            "fr/essai.txt:3: the default 'z' of 'a' is not one of its",
        ),
        ("fields: {contact: {ask: a}}", "fr/essai.txt:2: 'contact' cannot be the name of a field"),
        ("fields: {Reason: {ask: a}}", "fr/essai.txt:2: 'Reason' cannot be the name of a field"),
        ("triggers: {a: b}", "fr/essai.txt:2: triggers is not a list"),
        (
            "fields: {lieu: Où ?}",
            "field 'lieu' is not a list of 'key: value'; write it so: lieu: {ask: \"…\"}",
        ),
        ("fields: [a]", "fr/essai.txt:2: fields is not a list of 'key: value'"),
    ],
)
def test_front_matter_is_strict_and_names_the_line(front: str, message: str) -> None:
    broken = library(f"---\n{front}\n---\nMerci")
    assert message in "".join(map(str, broken.problems))
    with pytest.raises(UserError) as caught:
        broken.find("essai", "fr")
    assert message in str(caught.value)


def test_front_matter_that_is_never_closed_is_an_error() -> None:
    (problem,) = library("---\ntitle: x\nMerci").problems
    assert str(problem) == (
        "fr/essai.txt:1: the front matter is never closed; end it with a line of three hyphens"
    )


@pytest.mark.parametrize(
    "front", ["", "---\n---\n", "---\n# rien\n---\n", "---\nfields:\n---\n", "\ufeff---\r\n---\r\n"]
)
def test_front_matter_may_be_missing_or_empty(front: str) -> None:
    of = library(front + "Merci")
    assert (of.problems, of.find("essai", "fr").channel, render(of).text) == ((), "none", "Merci")


def test_a_single_trigger_needs_no_list_and_a_field_has_a_question() -> None:
    (found,) = library("---\ntriggers: merci\nfields: {my_reason: {}}\n---\nMerci").templates
    assert (found.triggers, found.fields) == (("merci",), {"my_reason": Field("my_reason", "My reason")})


def test_one_broken_template_leaves_the_others_working() -> None:
    of = library(bon="Merci", casse="{% if %}", cle="---\ntitel: x\n---\n", _piece="{% fit %}")
    assert [template.name for template in of.templates] == ["bon"]
    assert [str(problem).partition(" ")[0] for problem in of.problems] == [
        "fr/casse.txt:1:", "fr/cle.txt:2:", "fr/_piece.txt:1:",
    ]  # fmt: skip
    assert render(of, "bon").text == "Merci"


@pytest.mark.parametrize(
    ("name", "locale", "message"),
    [
        ("declin", "fr-FR", "unknown template 'declin' (nearest: 'decline'); see 'motjuste templates list'"),
        ("zzz", "fr-FR", "unknown template 'zzz'; see 'motjuste templates list'"),
        ("decline", "en", "the template 'decline' does not exist in en; it does in fr: use that language"),
        ("_common", "fr", "unknown template '_common'; see 'motjuste templates list'"),
    ],
)
def test_an_unknown_template_names_the_nearest(name: str, locale: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        library(decline=DECLINE, _common="").find(name, locale)
    assert str(caught.value) == message


def test_an_unknown_field_or_choice_names_the_nearest() -> None:
    of = library(decline=DECLINE)
    with pytest.raises(UserError) as caught:
        render(of, "decline", fields={"raeson": "x"})
    assert str(caught.value) == "'decline' has no field 'raeson' (nearest: 'reason'); its fields: reason"
    with pytest.raises(UserError) as caught:
        render(of, "decline", fields={"reason": "not_mett"})
    assert str(caught.value) == (
        "reason='not_mett' is not a choice of 'decline' (nearest: 'not_met'); use one of not_met, other_field"
    )


def test_a_rendering_is_ready_between_a_key_and_its_text() -> None:
    of = library(decline=DECLINE)
    render(of, "decline")
    start = time.process_time()
    for _ in range(20):
        render(of, "decline", limit=120)
    # About a millisecond each; the bound leaves room for a busy machine.
    assert time.process_time() - start < 20 * 0.02


def test_jinja_and_yaml_are_loaded_only_when_something_is_rendered() -> None:
    code = (
        "import sys; from motjuste.messages.templates import Library, Source; import motjuste.messages.checks;"
        "Library.load([Source('a', 'fr', 'a', 'x')]).languages;"
        "print({'jinja2', 'yaml', 'regex', 'babel'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
