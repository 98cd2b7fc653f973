"""What the checks know of a language from its own file, as Spanish has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motjuste.adapters.template_files import shipped_folder
from motjuste.errors import UserError
from motjuste.messages.channels import Channel
from motjuste.messages.checks import Finding, check
from motjuste.messages.checks.reading import NOTHING, Reading, read_reading
from motjuste.messages.templates import CHECKS_FILE, Library, Source

SPANISH = (shipped_folder() / "es" / CHECKS_FILE).read_text("utf-8")
UNFINISHED = ("de", "del", "al", "con", "para", "por", "el", "un", "una")
TO_A_FRIEND = ("tú", "te", "ti", "tu", "tus", "tuyo", "tuya", "tuyos", "tuyas", "contigo")
PLEASED = "---\nfields: {pleased: {ask: x, choices: [note, kind_words, nothing], default: nothing}}\n---\n"


def checked(text: str, reading: str = SPANISH, language: str = "es") -> tuple[Finding, ...]:
    base = language.partition("-")[0]
    sources = [
        Source("prueba", language, f"{language}/prueba.txt", text),
        Source(CHECKS_FILE, base, f"{base}/{CHECKS_FILE}", reading),
    ]
    return check(Library.load(sources), {"none": Channel("none")})


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué tal? Bien, ¿y Marta? ¡Qué bien! Sí, ¡y tanto!",
        "Voy a El País, que vive de El Cairo y hielo, y ya no de él.",
        "Uno u otro, español e inglés; agua y hierro, y iones, y hiatos, y hioides, y iatrogenia.",
        "O bien nada, o dos. Ni esto ni lo de aquí.",
        "Leí «Oír», y también “Ver”.",
        "Hola, {{ contact.greeting_name or 'señora' }}: buenos días. Estimada doctora: hola a todos.",
        "{{ vt('Usted sabe', 'Tú sabes') }} qué es: {{ vt('su', 'tu') }} casa.",
        "Te escribo, y le digo su nombre. Contigo.",
        "Sé que, si puede, viene, y, sobre todo, lee. Gracias por la notaría.",
        "Su nota de ayer. Me gusta.",
        PLEASED + "Gracias{% if pleased == 'note' %} por su nota{% endif %}.",
        PLEASED + "Gracias{% if pleased == 'kind_words' %} por sus palabras amables{% endif %}.",
    ],
)
def test_a_spanish_template_in_order_has_no_problems(text: str) -> None:
    assert [str(finding) for finding in checked(text)] == []


@pytest.mark.parametrize(
    ("check_name", "text"),
    [
        *[("hole", f"Trabajo {word}, y bien.") for word in UNFINISHED],
        ("hole", "Trabajo en la sede del"),
        ("hole", "(Trabajo para)"),
        ("hole", "«Trabajo con»"),
        ("hole", "Trabajo y."),
        ("hole", "Creo que\n"),
        ("typography", "Hola. Qué tal?"),
        ("typography", "¿Qué tal? Bien, y usted?"),
        ("typography", "Qué bien!"),
        ("typography", "¡Qué bien! Y tanto!"),
        ("typography", "Leí « Oír»."),
        ("typography", "Leí «Oír »."),
        ("typography", "Vengo de el taller."),
        ("typography", "A el taller voy."),
        ("typography", "Francés y inglés."),
        ("typography", "Fea y ítem."),
        ("typography", "Padre y hijo."),
        ("typography", "Uno y híbrido."),
        ("typography", "Uno o otro."),
        ("typography", "Ayer o hoy."),
        *[("address-form", f"Usted y {word}.") for word in TO_A_FRIEND],
        ("address-form", "{{ vt('Contigo', 'Con usted') }}"),
        ("address-form", "Ustedes, tú."),
        ("address-form", "Contigo. Usted."),
        *[
            ("wrong-person", f"{greeting} Marta")
            for greeting in (
                "Hola,", "Hola", "Buenos días,", "Buenas tardes,", "Estimado", "Estimada", "Estimados", "Estimadas",
                "Querido", "Querida", "Queridos", "Queridas",
            )
        ],
        ("wrong-person", "Estimada señora Ruiz:"),
        ("wrong-person", "Estimado doctor Ruiz:"),
        ("wrong-person", "Hola, Sra. Ruiz:"),
        ("wrong-person", "Estimado sr. Ruiz:"),
        *[
            ("false-thanks", f"{thanks} por {note}.")
            for thanks in ("Gracias", "Agradezco", "Agradecerle")
            for note in ("su nota", "tu amable nota", "tomarse el tiempo de escribirme")
        ],
        *[
            ("false-thanks", f"{joy} {note}.")
            for joy in ("Me alegró", "Me gusta", "Qué placer,")
            for note in ("tu nota", "la nota", "esa nota", "su amable nota", "su breve nota", "tu breve nota")
        ],
        ("false-thanks", "Gracias por sus palabras amables."),
        ("false-thanks", "Su nota me alegró."),
        ("false-thanks", "Gracias por sus amables palabras."),
        *[
            ("false-thanks", f"Me alegra este {interest}.")
            for interest in ("interés común", "intereses comunes", "interés en común", "intereses en común")
        ],
    ],
)  # fmt: skip
def test_a_reader_stumbles_in_a_spanish_text(check_name: str, text: str) -> None:
    assert {check_name} == {finding.check for finding in checked(text)}


@pytest.mark.parametrize("word", ["señora", "señor", "señoras", "señores", "sra", "sr", "doctor", "doctora"])
def test_anybody_is_greeted_by_a_title(word: str) -> None:
    assert checked(f"Hola, {word.capitalize()}:") == ()


def test_a_problem_says_what_is_right() -> None:
    said = [finding.problem for finding in checked("Vengo de el taller.\nQué tal?\nUsted. Y tú.")]
    assert said == [
        "a ? that no ¿ opens: 'de el taller.\\nQué tal?\\nUsted. Y tú.'",
        "de el, which is del: 'Vengo de el taller.\\nQué tal?\\nUsted.'",
        "a tú among usted: 'tal?\\nUsted. Y tú.'",
    ]


def test_a_region_has_the_reader_of_its_language() -> None:
    assert [finding.check for finding in checked("Qué tal?", language="es-MX")] == ["typography"]


def test_a_field_is_tried_with_words_of_the_language() -> None:
    [finding] = checked("---\nfields: {topic: {ask: x}}\n---\nHablemos{% if topic %} de el {{ topic }}{% endif %}.")
    assert finding.example == "Hablemos de el la tipografía."


def test_a_hostile_card_is_read_for_harm_alone() -> None:
    assert checked("Hola{% if '7' in contact.note %}?{% endif %}") == ()


def test_an_empty_file_knows_nothing() -> None:
    assert read_reading("", "x") == NOTHING
    assert checked("Qué tal? Vengo de el taller, usted y tú. Hola, Marta: gracias por su nota.", "") == ()


def test_without_words_of_its_own_a_language_has_those_of_french_and_english() -> None:
    assert [finding.check for finding in checked("Merci de votre mot. Hello Marta.", "")] == [
        "false-thanks",
        "wrong-person",
    ]


def test_each_word_of_a_file_is_read() -> None:
    known = read_reading(SPANISH, "x")
    assert {name for name in vars(NOTHING) if getattr(known, name) == getattr(NOTHING, name)} == set()


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ('sample = "a"\nfreind = ["a"]', "x:2: unknown key 'freind' (nearest: 'friend'); known keys: sample, friend, "),
        ('sample = "a"\nfriend = "a"', "x:2: friend = 'a'; expected a list of words, such as friend = ["),
        ("friend = ['a', '']", "x:1: friend = ['a', '']; expected a list of words"),
        ("friend = [3]", "x:1: friend = [3]; expected a list of words"),
        ("sample = 3", "x:1: sample = 3; expected a text, such as \"«»\""),
        ('quotation = "«"', "x:1: quotation = '«'; expected a text, such as \"«»\""),
        ("\nopened = ['?']", "x:2: opened = ['?']; expected a table such as opened = { \"a\" = \"b\" }"),
        ("sample = 'a'\n[opened]\n'?' = 3", "x:2: opened = {'?': 3}; expected a table"),
        ("instead = { '' = 'a' }", "x:1: instead = {'': 'a'}; expected a table"),
        ("facts = 3", "x:1: facts = 3; begin it with a line [facts]"),
        ("[facts]\nnotes = ['a']", "x:2: unknown key 'notes' in [facts] (nearest: 'note'); known keys: note, "),
        ("[facts]\nnote = 'a'", "x:2: note = 'a'; expected a list of words"),
        ("sample = \"a\"\nfriend = [", "x:2: this is not TOML: "),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_told_with_its_line(toml: str, problem: str) -> None:
    with pytest.raises(UserError, match="^" + re.escape(problem)):
        read_reading(toml, "x")


def test_a_file_that_cannot_be_read_is_a_finding_and_the_messages_are_checked_without_it() -> None:
    found = checked("Vengo de el taller.  {{ '\u2003\u2003' }}a", "friends = []")
    assert [(finding.check, finding.problem.partition(";")[0]) for finding in found] == [
        ("unreadable", "unknown key 'friends' (nearest: 'friend')"),
        ("doubled-space", found[1].problem),
    ]


def test_a_word_may_stand_for_all_that_begin_so_and_hold_a_hard_space() -> None:
    reading = Reading(unfinished=("por el",), thanking=("agrad…",))
    assert reading.rules[0][2].search("por\u00a0el.")


def test_a_language_has_two_forms_of_address_when_both_are_known() -> None:
    one = (Reading(), Reading(friend=("tu",)), Reading(stranger=("usted",)))
    assert [each.address for each in one] == [None, None, None]


def test_the_files_that_ship_name_each_language_but_those_that_have_rules_of_their_own() -> None:
    assert [path.parent.name for path in sorted(Path(shipped_folder()).glob(f"*/{CHECKS_FILE}"))] == ["es"]
