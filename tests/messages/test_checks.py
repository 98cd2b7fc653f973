"""Checks of a library: what each finds, where, and what it leaves alone."""

from __future__ import annotations

import pytest

from motjuste.messages.channels import Channel
from motjuste.messages.check_names import SILENCEABLE
from motjuste.messages.checks import Finding, check, check_at_load
from motjuste.messages.checks.places import place_of
from motjuste.messages.checks.prose import Flaw, objections
from motjuste.messages.checks.samples import PEOPLE, Scene, facts
from motjuste.messages.front_matter import Field
from motjuste.messages.templates import Library, Source

CHANNELS = {
    "none": Channel("none"),
    "note": Channel("note", limit=40, unit="utf16"),
    "weighted": Channel("weighted", limit=40, unit="x-weighted"),
    "plain": Channel("plain", typography="plain"),
    "phone": Channel("phone", limit=1, unit="sms", typography="plain"),
}
PLEASED = "---\nfields: {pleased: {ask: x, choices: [note, kind_words, nothing], default: nothing}}\n---\n"
INTEREST = "---\nfields: {interest: {ask: x}}\n---\n"


def library(*texts: str, language: str = "fr", **named: str) -> Library:
    sources = [Source("essai", language, f"{language}/essai.txt", text) for text in texts]
    return Library.load(
        [*sources, *(Source(name, language, f"{language}/{name}.txt", text) for name, text in named.items())]
    )


def findings(*texts: str, language: str = "fr", **named: str) -> tuple[Finding, ...]:
    return check(library(*texts, language=language, **named), CHANNELS)


def problems(*texts: str, language: str = "fr", **named: str) -> list[str]:
    return [str(found) for found in findings(*texts, language=language, **named)]


def found(*texts: str, language: str = "fr", **named: str) -> list[tuple[str, int]]:
    """The checks that found something, each with the line."""
    return [(each.check, each.line) for each in findings(*texts, language=language, **named)]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour{% if contact.greeting_name %} {{ contact.greeting_name }}{% endif %}, merci.",
        "{% block thanks %}Merci.{% endblock %}",
        "{% set a = 1 %}{% block b %}{{ a }}{% endblock %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% for x in range(2) %}{{ m(x) }}{% endfor %}",
        "---\nfields: {why: {ask: x, choices: [a, b], default: a}}\n---\n{{ why }}",
        "---\nchannel: note\n---\n{% fit %}Merci infiniment pour tout{% or %}Merci{% endfit %}",
        "Bonjour Monsieur, vous vous souvenez (peut-être) de « Oui » ? C’est aujourd’hui que je le dis.",
        "Bonjour à tous, voyons-nous le [$|$] [$|$] à ($|$).",
        "Écrivez à a,,b@exemple.org ou à https://exemple.org/[nom]/a__b___c.",
        "Un mot : ---\n\nC’est tout.",
        PLEASED + "Merci{% if pleased == 'note' %} de votre mot{% endif %}.",
        PLEASED + "Merci{% if pleased == 'kind_words' %} de vos paroles aimables{% endif %}.",
        "---\nfields: {pleased: {ask: x, choices: [note], default: note}}\n---\nMerci de votre mot.",
        INTEREST + "Merci{% if interest %} : nos intérêts communs, {{ interest }}{% endif %}.",
        "Un mot de votre part me ferait plaisir. Votre mot compte.",
        "{{ vt('Vous êtes', 'Tu es') }} là.",
        "---\nchannel: plain\n---\nC'est \"dit\".",
    ],
)  # fmt: skip
def test_a_template_in_order_has_no_problems(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir, I had had that that I like: i.e. this. Hello there, None of us knows.",
        "Thank you for your answer. A note from you would be welcome.",
        "I am looking at it, and my own view of it is this: yes. The editors’ own.",
        "Is it what you are looking at, or what you were thinking of? It is what I work with.",
        "Hello, I am here. Hi Team! Good evening Madam. Dear Hiring Manager",
    ],
)
def test_an_english_template_in_order_has_no_problems(text: str) -> None:
    assert problems(text, language="en") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "a\n{% if false %}{{ contcat }}{% endif %}",
            "fr/essai.txt:2: unknown name 'contcat' (nearest: 'contact') [unknown-name]",
        ),
        (
            "{% set maison = 1 %}{% if false %}{{ mason }}{% endif %}a",
            "fr/essai.txt:1: unknown name 'mason' (nearest: 'maison') [unknown-name]",
        ),
        (
            "{% if false %}{{ contact.greetingname }}{{ me.frist_name }}{% endif %}",
            "fr/essai.txt:1: contact has no 'greetingname' (nearest: 'greeting_name') [unknown-name]",
        ),
        (
            "---\nchannel: notes\n---\na",
            "fr/essai.txt:2: unknown channel 'notes' (nearest: 'note'); use one of none, note, weighted, plain, phone "
            "[unknown-channel]",
        ),
        (
            "---\nchannel: note\n---\nMerci{% if contact.title %} {{ contact.title }}{% endif %}",
            "fr/essai.txt:2: the text does not fit note: its shortest wording has 88 characters, the limit is 40 "
            "(a card of long names, a full profile, fr-FR) [too-long]",
        ),
        (
            "---\nchannel: note\n---\nTrente signes pour quelqu’un qui en a dix.",
            "fr/essai.txt:2: the text does not fit note: its shortest wording has 42 characters, the limit is 40 "
            "(nobody, an empty profile, fr-FR) [too-long]",
        ),
        (
            "{% if %}",
            "fr/essai.txt:1: Expected an expression, got 'end of statement block'; correct the template [unreadable]",
        ),
        (
            "{{ contact.greeting_name }}",
            "fr/essai.txt:1: nothing is written (nobody, an empty profile, fr-FR) [empty-text]",
        ),
        (
            "a\n\nBonjour ({{ contact.title }}) !",
            "fr/essai.txt:3: a hole: 'a\\n\\nBonjour () !' (nobody, an empty profile, fr-FR) [hole]",
        ),
        (
            "a{% block goal %}{{ me.network_goal }}{% endblock %}",
            "fr/essai.txt:1: the part 'goal' is missing (nobody, an empty profile, fr-FR) [missing-part]",
        ),
        (
            "{% block thanks %}a{% endblock %}\n{% block door %}b{% endblock %}",
            "fr/essai.txt:1: the part 'goal' is missing (nobody, an empty profile, fr-FR) [missing-part]",
        ),
        (
            "{% if tu %}{{ 1 / 0 }}{% endif %}a",
            "fr/essai.txt:1: division by zero; correct the template (nobody, an empty profile, fr-FR with tu) [fails]",
        ),
        (
            "---\nfields: {why: {ask: x, choices: [a, b], default: a}}\n---\n{{ 1 / (why == 'a') }}",
            "fr/essai.txt:4: division by zero; correct the template (nobody, an empty profile, fr-CA, why=b) [fails]",
        ),
    ],
)
def test_a_template_out_of_order_is_told(text: str, problem: str) -> None:
    assert problems(text)[0] == problem


@pytest.mark.parametrize(
    ("check_name", "text"),
    [
        ("hole", "Bonjour (), merci"),
        ("hole", "Merci « »."),
        ("hole", "Merci, , oui."),
        ("hole", "Merci\n, oui."),
        ("hole", "Je suis chez {{ contact.city }}, et c’est bien."),
        ("hole", "Merci de l’{{ contact.city }}."),
        ("hole", "J’aime le travail de\n"),
        ("placeholder", "Bonjour [prénom]"),
        ("placeholder", "Bonjour {{ contact.elides }}"),
        ("placeholder", "Bonjour {{ '{' }}nom}"),
        ("placeholder", "Bonjour %FIRSTNAME%"),
        ("placeholder", "Bonjour XXX"),
        ("placeholder", "Bonjour <prénom>"),
        ("placeholder", "Le ____ à midi"),
        ("doubled-word", "Merci de de lire"),
        ("doubled-word", "Le le voici"),
        ("doubled-word", "À {{ contact.city or 'Lyon' }} Lyon"),
        ("doubled-space", "Merci{{ '\u2003\u2003' }}oui"),
        ("typography", "Oui;, non"),
        ("typography", "Oui .. non"),
        ("typography", "Merci,\nCamille,"),
        ("typography", 'Un "mot"'),
        ("typography", "C’est l’avis de {{ contact.greeting_name or 'tous' }}."),
        ("typography", "Je crois que il vient."),
        ("typography", "Mon coeur"),
        ("typography", "Oui. A bientôt"),
        ("typography", "Bonjour Mr Le Goff"),
        ("unsafe-card", r"Merci{{ '\u202e' }}."),
        ("address-form", "Merci de votre mot à toi."),
        ("address-form", "{{ vt('vous', 'toi') }} et vous"),
        ("address-form", "{{ vt('vous', 'vous') }}"),
        ("false-thanks", "Merci de votre mot."),
        ("false-thanks", PLEASED + "Merci. Votre petit mot m’a fait plaisir."),
        ("false-thanks", PLEASED + "Merci{% if contact.note %} pour votre mot{% endif %}."),
        ("false-thanks", PLEASED + "Merci{% if pleased == 'note' %} de vos paroles aimables{% endif %}."),
        ("false-thanks", INTEREST + "Nos intérêts communs me font plaisir, merci."),
        ("wrong-person", "Bonjour Marie,"),
        ("wrong-person", "Cher Monsieur Le Goff,"),
        ("wrong-person", "Bonjour {{ me.first_name }},"),
        ("wrong-person", "Bonjour M. Le Goff,"),
        ("wrong-person", "Bonjour Élise !"),
    ],
)
def test_a_reader_stumbles_in_a_french_text(check_name: str, text: str) -> None:
    assert check_name in {name for name, _ in found(text)}


@pytest.mark.parametrize(
    ("check_name", "text"),
    [
        ("hole", "Your work at {{ contact.organization }}."),
        ("hole", "I like the {{ contact.title }}, really."),
        ("hole", "I know your"),
        ("typography", "So i think."),
        ("doubled-word", "The the end."),
        ("placeholder", "Lorem ipsum"),
        ("placeholder", "Hello, TODO"),
        ("false-thanks", "Thank you for your kind note."),
        ("false-thanks", "Many thanks for your kind words!"),
        ("false-thanks", "I was glad of our shared interest."),
        ("wrong-person", "Dear Mary, hello"),
        ("wrong-person", "Hi John Smith!"),
    ],
)
def test_a_reader_stumbles_in_an_english_text(check_name: str, text: str) -> None:
    assert [check_name] == [name for name, _ in found(text, language="en")]


def test_the_whole_text_is_the_example_of_a_finding() -> None:
    assert findings("Bonjour,\n\nmerci de de lire.") == (
        Finding(
            check="doubled-word",
            template="fr/essai",
            path="fr/essai.txt",
            line=3,
            problem="a doubled word: 'Bonjour,\\n\\nmerci de de lire.'",
            scene="nobody, an empty profile, fr-FR",
            example="Bonjour,\n\nmerci de de lire.",
        ),
    )


def test_each_line_with_a_fault_is_told_once() -> None:
    assert found("Merci de de lire.\n\n{% if contact.city %}Et de de dire.{% endif %}") == [("doubled-word", 1)]
    assert found("Merci de de lire [nom].") == [("placeholder", 1), ("doubled-word", 1)]


def test_a_fault_that_only_one_choice_shows_is_found_at_its_line() -> None:
    front = "---\nfields: {a: {ask: x, choices: [u, v]}, b: {ask: y, choices: [w, z]}}\n---\n"
    text = front + "Bon.\n{#\nTout tout va.\n#}\n{% if a == 'v' and b == 'z' %}\nTout tout va.\n{% endif %}"
    assert problems(text) == [
        "fr/essai.txt:9: a doubled word: 'Bon.\\nTout tout va.' (nobody, an empty profile, fr-CA, a=v, b=z) "
        "[doubled-word]"
    ]


@pytest.mark.parametrize("channel", ["none", "note", "weighted"])
def test_a_fault_of_a_wording_that_gives_way_only_in_less_room_is_found(channel: str) -> None:
    wordings = ("Merci de nous avoir écrit.", "\nMerci de m’écrire.", "\nMerci à à tous.", "\nMerci.")
    fit = "{% or %}".join(wordings)
    assert problems(f"---\nchannel: {channel}\n---\n{{% fit %}}{fit}{{% endfit %}}") == [
        "fr/essai.txt:6: a doubled word: 'Merci à à tous.' (nobody, an empty profile, fr-FR, within 17) [doubled-word]"
    ]


def test_a_fault_of_a_shorter_wording_is_found_for_one_fact_too() -> None:
    front = "---\nfields: {a: {ask: x, choices: [u, v]}}\nforms: {long: 30, short: 20}\n---\n"
    text = front + "{% if a == 'v' and form == 'short' %}{% fit %}Oh, merci.{% or %}Non non.{% endfit %}{% endif %}Oui."
    assert [(each.check, each.scene) for each in findings(text)] == [
        ("doubled-word", "short, nobody, a full profile, fr-FR, within 13, a=v")
    ]


def test_a_fault_of_a_shared_piece_is_told_at_the_piece_and_once() -> None:
    use = '{% import "fr/_piece" as piece %}\nBonjour, {{ piece.m() }}'
    assert found(use, autre=use, _piece="{% macro m() %}\n\nc’est de de moi{% endmacro %}") == [
        ("doubled-word", 3)
    ]


def test_pieces_are_checked_with_the_fields_of_all() -> None:
    front = "---\nfields: {why: {ask: x}}\n---\n"
    piece = "{% macro m() %}{{ why }}{{ wy }}{% endmacro %}"
    assert problems(front + "a", _common=piece) == [
        "fr/_common.txt:1: unknown name 'wy' (nearest: 'why') [unknown-name]"
    ]


def test_a_template_that_extends_itself_is_told() -> None:
    assert problems('{% extends "fr/essai" %}') == [
        "fr/essai.txt:1: it does not end: it uses itself; break the circle (nobody, an empty profile, fr-FR) [fails]"
    ]


def test_names_of_the_extended_template_are_known_in_its_blocks() -> None:
    assert problems(
        '{% extends "fr/_base" %}{% block a %}{{ x }}{% endblock %}',
        _base="{% set x = 1 %}{% block a %}{% endblock %}",
    ) == []  # fmt: skip


# --- what can be said without writing a text -------------------------------------------------------------


@pytest.mark.parametrize(
    ("wordings", "unreachable"),
    [
        ("aa bb{% or %}c", []),
        ("aa bb{% or %}{% or %}c", [3]),
        ("aa{% or %}aa", [2]),
        ("aa{% or %}bb{% or %}c", [2]),
        ("{{ me.name }} aa{% or %}{{ me.name }} bbb", [2]),
        ("{{ me.name }} aa{% or %}{{ me.role }} bbb", []),
        ("{{ me.name }} aa{% or %}bbbb cccc dddd", []),
        ("aa{% or %}{{ me.name }} bbb", [2]),
        ("{% if tu %}aa{% else %}bbb{% endif %}{% or %}ccc", [2]),
        ("{% if tu %}aa{% else %}bbbb{% endif %}{% or %}ccc", []),
        ("aaa{% or %}{% if tu %}bbb{% else %}cccc{% endif %}", [2]),
        ("aaa{% or %}{% if tu %}bbb{% endif %}", []),
        ("aaaa{% fit %} bb{% or %}{% endfit %}{% or %}cccc", [2]),
        ("aaaa{% fit %} bb{% or %}{% endfit %}{% or %}ccc", []),
        ("{{ me.name }}{% or %}{% if tu %}{{ me.name }}b{% else %}bb{% endif %}", []),
        ("{% if tu %}{{ me.name }}{% else %}a{% endif %}{% or %}bbbb", []),
        ("{% for x in (1, 2) %}a{% endfor %}{% or %}bbbbbb", []),
        ("aaa{% or %}{% set x = 1 %}bbbb", []),
        ("{{ 'aaa' }}{% or %}{{ 'bbbb' }}", [2]),
    ],
)
def test_a_wording_that_is_never_shorter_is_never_chosen(wordings: str, unreachable: list[int]) -> None:
    told = findings(f"x {{% fit %}}{wordings}{{% endfit %}} y")
    assert [each.problem.split(":")[0] for each in told if each.check == "unreachable-wording"] == [
        f"wording {number} of this fit block is never chosen" for number in unreachable
    ]


def test_what_costs_more_than_it_shows_is_compared_only_when_it_is_the_same() -> None:
    front = "---\nchannel: weighted\n---\n"
    assert problems(front + "x {% fit %}été{% or %}autant{% endfit %}") == []
    assert found(front + "x {% fit %}été{% or %}été{% endfit %}") == [("unreachable-wording", 4)]


def test_a_wording_longer_than_the_channel_never_fits() -> None:
    wordings = "{% fit %}\nQuarante et un signes font ici la limite.\n{% or %}\nMerci.\n{% endfit %}"
    text = f"---\nchannel: note\n---\n{wordings}"
    assert problems(text) == [
        "fr/essai.txt:5: wording 1 of this fit block never fits: its own words are 41 long [unreachable-wording]"
    ]
    assert problems(text.replace("la limite.", "la limite")) == []
    assert problems(text.replace("note", "phone")) == []


def test_two_templates_share_a_trigger_only_under_one_name() -> None:
    one = "---\ntitle: abc-ab\ntriggers: [ab]\n---\nOui."
    other = "---\ntriggers: [x]\ntriggers_at_rest: [ab]\n---\nNon."
    assert problems(one, autre=other) == [
        "fr/essai.txt:3: 'ab' is a trigger of fr/autre.txt too, and only one of them can fire; "
        "give one of them another [shared-trigger]"
    ]
    both = [Source("essai", language, f"{language}/essai.txt", one) for language in ("fr", "en")]
    assert check(Library.load(both), CHANNELS) == ()


def test_at_load_only_what_needs_no_text_is_checked() -> None:
    wrong = library(
        "---\ntriggers: [ab]\nchannel: notes\n---\nMerci de de {{ lire }}.", autre="---\ntriggers: [ab]\n---\nNon."
    )
    assert [str(each) for each in check_at_load(wrong, CHANNELS)] == [
        "fr/essai.txt:3: unknown channel 'notes' (nearest: 'note'); use one of none, note, weighted, plain, phone "
        "[unknown-channel]",
        "fr/essai.txt:2: 'ab' is a trigger of fr/autre.txt too, and only one of them can fire; "
        "give one of them another [shared-trigger]",
    ]


def test_a_place_is_told_by_the_words_that_touch_it() -> None:
    text = "Une longue phrase, et puis XX."
    sources = [("a", "Une longue phrase, et\n"), ("b", "\npuis XX"), ("c", "XX")]
    at = text.index("XX")
    assert place_of(text, at, at + 2, sources, otherwise=("d", 9)) == ("b", 2)
    assert place_of(text, at, at + 2, sources[:1], otherwise=("d", 9)) == ("d", 9)


def test_a_card_whose_text_was_evaluated_is_told() -> None:
    name, card, me = PEOPLE[-1]
    scene = Scene(name, card, me, {}, "fr-FR", tu=False, form="")
    found = list(objections("Bonjour 49 [nom]", scene, {}, "typographic", both=False))
    assert found == [Flaw("unsafe-card", "a card's text was evaluated", 8, 10)]


# --- silencing -------------------------------------------------------------------------------------------


def silenced(name: str, more: str = "") -> str:
    return f"---\n{more}silence:\n  {name}: so it is quoted\n---\n"


def test_a_check_is_silenced_with_a_reason() -> None:
    assert found("Merci de de lire [nom].") == [("placeholder", 1), ("doubled-word", 1)]
    assert found(silenced("doubled-word") + "Merci de de lire [nom].") == [("placeholder", 5)]


def test_a_template_silences_a_check_for_the_pieces_that_it_uses_and_a_piece_for_itself() -> None:
    use, piece = '{% import "fr/_piece" as p %}\n{{ p.m() }}', "{% macro m() %}c’est de de moi{% endmacro %}"
    assert found(silenced("doubled-word") + use, _piece=piece) == []
    assert found(use, _piece=silenced("doubled-word") + piece) == []
    assert found(silenced("doubled-word") + use, autre=use, _piece=piece) == [("doubled-word", 1)]


def test_who_extends_a_template_inherits_its_silence() -> None:
    base = silenced("doubled-word") + "{% block a %}Oui.{% endblock %}"
    extended = '{% extends "fr/base" %}{% block a %}Merci de de lire.{% endblock %}'
    assert found(extended, base=base) == []
    assert found(extended, base=base.replace("doubled-word", "hole")) == [("doubled-word", 1)]


def test_a_shared_trigger_is_silenced_in_either_template() -> None:
    text, quiet = "---\ntriggers: [ab]\n---\nOui.", silenced("shared-trigger", "triggers: [ab]\n") + "Non."
    assert found(text, autre=quiet) == found(quiet, autre=text) == []


@pytest.mark.parametrize(
    ("silence", "problem"),
    [
        (
            "{doubled-wrd: a quotation}",
            "fr/essai.txt:2: 'doubled-wrd' is not the name of a check (nearest: 'doubled-word'); the checks: "
            + ", ".join(SILENCEABLE),
        ),
        ("{hole: ''}", "fr/essai.txt:2: 'hole' is silenced without a reason; write why: hole: \"a quotation\""),
        ("{hole: }", "fr/essai.txt:2: 'hole' is silenced without a reason; write why: hole: \"a quotation\""),
        (
            "hole",
            "fr/essai.txt:2: silence is not a list of 'key: value'; expected lines such as 'title: Decline'",
        ),
        (
            "{unreadable: I like it so}",
            "fr/essai.txt:2: 'unreadable' cannot be silenced (nearest: 'unreachable-wording'); the checks: "
            + ", ".join(SILENCEABLE),
        ),
    ],
)
def test_what_is_silenced_has_to_be_a_check_and_have_a_reason(silence: str, problem: str) -> None:
    assert problems(f"---\nsilence: {silence}\n---\nOui.") == [f"{problem} [unreadable]"]


# --- the scenes ------------------------------------------------------------------------------------------


def test_facts_are_all_choices_together_and_the_texts_left_out_or_given() -> None:
    fields = {
        "a": Field("a", "?", choices=("u", "v")),
        "b": Field("b", "?", choices=("w", "z")),
        "link": Field("link", "?"),
    }
    link = "https://exemple.org/ici"
    chosen = [{"a": a, "b": b} for a in "uv" for b in "wz"]
    assert facts(fields, "fr") == [{}, *chosen, *({**each, "link": link} for each in chosen)]


def test_too_many_choices_are_tried_one_at_a_time() -> None:
    fields = {name: Field(name, "?", choices=tuple("123456789")) for name in "ab"}
    assert facts(fields, "fr") == [{}, *({name: choice} for name in "ab" for choice in "123456789")]


def test_a_text_is_given_in_the_language_and_by_itself_where_there_are_several() -> None:
    fields = {name: Field(name, "?") for name in ("topic", "url")}
    topic, url = {"topic": "typography"}, {"url": "https://exemple.org/ici"}
    assert facts(fields, "en") == [{}, topic | url, topic, url]


def test_every_kind_of_card_meets_an_empty_and_a_full_profile() -> None:
    assert [people for people, _, _ in PEOPLE] == [
        "nobody, an empty profile", "nobody, a full profile", "a bare name, an empty profile",
        "a bare name, a full profile", "a full card, an empty profile", "a full card, a full profile",
        "a card of long names, a full profile", "a hostile card, a full profile",
    ]  # fmt: skip
