"""What templates can call: greetings, agreement, lists, days and numbers, in the language of the message."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from motjuste.errors import UserError
from motjuste.messages.channels import Channel
from motjuste.messages.templates import Library, Source

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES = [
    Source("_language", language, f"{language}/_language.txt", path.read_text("utf-8"))
    for language in ("fr", "en")
    for path in [TEMPLATES / language / "_language.txt"]
]
NB, NN = "\u00a0", "\u202f"
MARIE = {"greeting_name": "Marie", "display_name": "Marie Dupont", "family_name": "Dupont"}
TUESDAY = date(2026, 2, 3)


def written(
    text: str,
    locale: str = "fr-FR",
    *,
    contact: Mapping[str, object] = MARIE,
    me: Mapping[str, object] | None = None,
    limit: int | None = None,
    languages: list[Source] = LANGUAGES,
) -> str:
    language = locale.partition("-")[0]
    library = Library.load([Source("essai", language, "essai.txt", text), *languages], today=lambda: TUESDAY)
    return library.render(
        library.find("essai", locale), contact=contact, me=me or {}, fields={}, locale=locale, tu=False,
        form="auto", channel=Channel("none"), limit=limit,
    ).text  # fmt: skip


def error_of(text: str, **given: object) -> str:
    with pytest.raises(UserError) as caught:
        written(text, **given)  # type: ignore[arg-type]
    return str(caught.value)


@pytest.mark.parametrize(
    ("contact", "french", "english"),
    [
        pytest.param(MARIE, "Bonjour Marie,", "Hello Marie,", id="the name that one says"),
        pytest.param({}, "Bonjour,", "Hello,", id="nobody"),
    ],
)
def test_a_greeting(contact: Mapping[str, object], french: str, english: str) -> None:
    text = "{{ greeting(contact) }}"
    assert [written(text, each, contact=contact) for each in ("fr-FR", "fr-CA", "en")] == [
        french,
        french,
        english,
    ]


@pytest.mark.parametrize(
    ("contact", "french", "english"),
    [
        pytest.param(MARIE | {"gender": "F"}, "Madame,", "Dear Ms. Dupont,", id="a woman"),
        pytest.param(MARIE | {"gender": "M"}, "Monsieur,", "Dear Mr. Dupont,", id="a man"),
        pytest.param(MARIE | {"gender": "O"}, "Bonjour Marie Dupont,", "Dear Marie Dupont,", id="neither"),
        pytest.param(MARIE, "Bonjour Marie Dupont,", "Dear Marie Dupont,", id="who did not say"),
        pytest.param({"display_name": "Marie", "gender": "F"}, "Madame,", "Dear Marie,", id="no family name"),
        pytest.param({}, "Madame, Monsieur,", "Dear Sir or Madam,", id="nobody"),
    ],
)
def test_a_formal_greeting(contact: Mapping[str, object], french: str, english: str) -> None:
    text = "{{ greeting(contact, formal=true) }}"
    assert [written(text, each, contact=contact) for each in ("fr-FR", "en")] == [french, english]


def test_a_greeting_leaves_the_name_out_where_there_is_no_room_for_it() -> None:
    assert written("{{ greeting(contact) }} merci.", limit=17) == "Bonjour, merci."


@pytest.mark.parametrize(
    ("gender", "wording"),
    [("M", "ravi"), ("F", "ravie"), ("O", "à vous"), ("", "à vous"), (None, "à vous")],
    ids=repr,
)
def test_a_word_agrees_where_a_gender_is_known_and_is_neutral_where_not(gender: object, wording: str) -> None:
    text = '{{ agree(contact, "ravi", "ravie", "à vous") }}, {{ agree(me, "ravi", "ravie", "à vous") }}'
    assert written(text, contact={"gender": gender}, me={"gender": gender}) == f"{wording}, {wording}"


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        ("[]", "", ""),
        ('["A"]', "A", "A"),
        ('["A", "B"]', "A et B", "A and B"),
        ('["A", "B", "C"]', "A, B et C", "A, B, and C"),
        ('["A", "", " ", "B"]', "A et B", "A and B"),
        ('["{1}", "{0}", 3]', "{1}, {0} et 3", "{1}, {0}, and 3"),
        ("[contact]", "Marie Dupont", "Marie Dupont"),
    ],
)
def test_a_list_is_joined_as_the_language_does(values: str, french: str, english: str) -> None:
    text = f"[{{{{ {values}|listed }}}}]"
    assert [written(text, each) for each in ("fr-CA", "en")] == [f"[{french}]", f"[{english}]"]


def test_a_list_may_be_one_of_choices() -> None:
    text = '{{ ["A", "B", "C"]|listed("or") }}'
    assert [written(text, each) for each in ("fr-FR", "en")] == ["A, B ou C", "A, B, or C"]


@pytest.mark.parametrize(
    ("text", "france", "quebec", "english"),
    [
        ("{{ today() }}", "3 février 2026", "3 février 2026", "February 3, 2026"),
        ("{{ today(-2) }}", "1er février 2026", "1er février 2026", "February 1, 2026"),
        ("{{ '2026-02-11'|date }}", "11 février 2026", "11 février 2026", "February 11, 2026"),
        ("{{ '2026-02-01'|date('full') }}", "dimanche 1er février 2026", "dimanche 1er février 2026",
         "Sunday, February 1, 2026"),
        ("{{ '2026-02-01'|date('short') }}", "01/02/2026", "2026-02-01", "2/1/26"),
        ("{{ contact.connected_on|date('medium') }}.", ".", ".", "."),
    ],
)  # fmt: skip
def test_a_date_is_written_as_in_the_region(text: str, france: str, quebec: str, english: str) -> None:
    assert [written(text, each) for each in ("fr-FR", "fr-CA", "en")] == [france, quebec, english]


@pytest.mark.parametrize(
    ("after", "french", "english"),
    [
        (0, "aujourd’hui", "today"),
        (1, "demain", "tomorrow"),
        (-1, "hier", "yesterday"),
        (2, "après-demain", "on Thursday"),
        (-2, "avant-hier", "last Sunday"),
        (3, "vendredi", "on Friday"),
        (6, "lundi", "on Monday"),
        (-6, "mercredi dernier", "last Wednesday"),
        (7, "le 10 février", "on February 10"),
        (-7, "le 27 janvier", "on January 27"),
        (26, "le 1er mars", "on March 1"),
        (333, "le 2 janvier 2027", "on January 2, 2027"),
    ],
)
def test_a_day_is_told_as_one_speaks_of_it_today(after: int, french: str, english: str) -> None:
    text = f"{{{{ today({after})|day }}}}"
    assert [written(text, each) for each in ("fr-FR", "en")] == [french, english]


def test_a_day_of_the_days_around_new_year_needs_no_year() -> None:
    of = Library.load([Source("essai", "fr", "essai.txt", "{{ today(6)|day }}"), *LANGUAGES],
                      today=lambda: date(2026, 12, 29))  # fmt: skip
    done = of.render(
        of.find("essai", "fr"), contact={}, me={}, fields={}, locale="fr-FR", tu=False, form="auto",
        channel=Channel("none"),
    )  # fmt: skip
    assert done.text == "lundi"


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("{{ 1|ordinal }} {{ 2|ordinal }} {{ 21|ordinal }}", "1er 2e 21e", "1st 2nd 21st"),
        ("{{ 3|ordinal }} {{ 11|ordinal }} {{ '12'|ordinal }}", "3e 11e 12e", "3rd 11th 12th"),
        ("{{ 1|ordinal(feminine=true) }} {{ 2|ordinal(true) }}", "1re 2e", "1st 2nd"),
        ("{{ 1234567.5|number }} {{ '2,5'|number }}", f"1{NN}234{NN}567,5 2,5", "1,234,567.5 2.5"),
        ("{{ 2|in_words }} {{ 0|in_words }} {{ 1234|in_words }}", f"deux zéro 1{NN}234", "two zero 1,234"),
        ("{{ 1|in_words }} {{ 1|in_words(feminine=true) }}", "un une", "one one"),
        ("{{ 16|in_words }} {{ 17|in_words }}", "seize 17", "16 17"),
        ("{{ 10|in_words }} {{ 11|in_words }}", "dix onze", "ten 11"),
        ('{{ 0|counted("ami", "amis") }}, {{ 1|counted("ami", "amis") }}', "0 ami, 1 ami", "0 amis, 1 ami"),
        ('{{ 1.5|counted("an", "ans") }}, {{ 2|counted("an", "ans") }}', "1,5 an, 2 ans", "1.5 ans, 2 ans"),
    ],
)  # fmt: skip
def test_a_number_has_the_form_of_its_language(text: str, french: str, english: str) -> None:
    assert [written(text, each) for each in ("fr-FR", "en")] == [french, english]


def test_a_contact_elides_as_its_card_says() -> None:
    text = "{{ de(contact) }}, {{ contact|que }}, {{ 'Alice'|de }}, {{ de('Alice', false) }}, {{ de(contact, false) }}"
    elided = {"greeting_name": "Hugo", "elides": True}
    assert written(text, contact=elided) == "d’Hugo, qu’Hugo, d’Alice, de Alice, de Hugo"
    assert written(text, contact={"greeting_name": "Hugo"}).startswith("de Hugo, que Hugo, d’Alice")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{{ "demain"|date }}', "'demain' is not a date; expected one such as 2026-02-03"),
        (
            '{{ today()|date("longue") }}',
            "'longue' is not how a date is written; expected full, long, medium, short",
        ),
        ('{{ "a"|listed }}', "'a' is one text and no list; expected [one, two]"),
        ('{{ [1]|listed("et") }}', "'et' joins no list; expected and, or"),
        ('{{ today("x") }}', "'x' is not a number of days"),
        ("{{ today(99999) }}", "99999 is not a number of days"),
        ('{{ "x"|number }}', "'x' is not a number"),
        ("{{ 1e16|number }}", "'1e+16' is too large a number"),
        ("{{ 'nan'|number }}", "'nan' is too large a number"),
        ("{{ -1|ordinal }}", "'-1' is not a whole number"),
        ("{{ 1.5|in_words }}", "'1.5' is not a whole number"),
    ],
)
def test_what_cannot_be_said_is_told_with_its_line(text: str, problem: str) -> None:
    assert error_of(f"\n{text}") == f"essai.txt:2: {problem}; correct the template"


def test_a_verbatim_text_is_measured_and_chosen_as_it_will_stand() -> None:
    text = '{% fit %}Voir {{ "l\'été  : !"|verbatim }} !{% or %}Non{% endfit %}'
    assert written(text, limit=17) == f"Voir l'été  : !{NN}!"
    assert written(text, limit=16) == "Non"
    assert written("{% filter verbatim %}a  b !{% endfilter %}") == "a  b !"


def test_a_card_cannot_set_signs_aside() -> None:
    assert written("[{{ contact.note }}]", contact={"note": "a\U00100021\U0010000ab"}) == "[ab]"


SPANISH = """
{% macro greeting(contact, formal) -%}Hola {{ contact.greeting_name }}:{%- endmacro %}
{% macro day(distance, weekday, date) %}
    {{ "mañana" if distance == 1 else "el " ~ date }}
{% endmacro %}
"""


def test_a_language_is_added_by_a_file_alone() -> None:
    text = "{{ greeting(contact) }} {{ today(1)|day }}, {{ today(9)|day }}, {{ ['A', 'B', 'C']|listed }}, {{ today() }}"
    languages = [*LANGUAGES, Source("_language", "es", "es/_language.txt", SPANISH)]
    assert written(text, "es", languages=languages) == (
        "Hola Marie: mañana, el 12 de febrero, A, B y C, 3 de febrero de 2026"
    )
    assert error_of("{{ 1|ordinal }}", locale="es", languages=languages) == (
        "essai.txt:1: 'ordinal' is not known in es: es/_language.txt has no macro of that name; correct the template"
    )


SHIPPED_SPANISH = [Source("_language", "es", "x", (TEMPLATES / "es" / "_language.txt").read_text("utf-8"))]


@pytest.mark.parametrize(
    ("contact", "informal", "formal"),
    [
        pytest.param(MARIE, "Hola, Marie:", "Buenos días, Marie Dupont:", id="the name that one says"),
        pytest.param(MARIE | {"gender": "F"}, "Hola, Marie:", "Estimada señora Dupont:", id="a woman"),
        pytest.param(MARIE | {"gender": "M"}, "Hola, Marie:", "Estimado señor Dupont:", id="a man"),
        pytest.param(MARIE | {"gender": "O"}, "Hola, Marie:", "Buenos días, Marie Dupont:", id="neither"),
        pytest.param({"greeting_name": "Marie", "display_name": "Marie", "gender": "F"}, "Hola, Marie:",
                     "Buenos días, Marie:", id="no family name"),
        pytest.param({}, "Hola:", "Buenos días:", id="nobody"),
    ],
)  # fmt: skip
def test_a_greeting_in_spanish(contact: Mapping[str, object], informal: str, formal: str) -> None:
    text = "{{ greeting(contact) }}|{{ greeting(contact, formal=true) }}"
    assert written(text, "es", contact=contact, languages=SHIPPED_SPANISH) == f"{informal}|{formal}"


def test_a_long_name_gives_way_in_a_spanish_greeting() -> None:
    assert written("{{ greeting(contact) }}", "es", limit=10, languages=SHIPPED_SPANISH) == "Hola:"
    text = "{{ greeting(contact, formal=true) }}"
    woman = MARIE | {"gender": "F"}
    assert [written(text, "es", limit=15, contact=each, languages=SHIPPED_SPANISH) for each in (MARIE, woman)] == [
        "Buenos días:", "Buenos días:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "joined", "chosen"),
    [
        pytest.param(["A", "B", "C"], "A, B y C", "A, B o C", id="as the locale data has it"),
        pytest.param(["Ana", "Inés"], "Ana e Inés", "Ana o Inés", id="before an i"),
        pytest.param(["agua", "íconos"], "agua e íconos", "agua o íconos", id="before an í"),
        pytest.param(["padres", "hijos"], "padres e hijos", "padres o hijos", id="before hi"),
        pytest.param(["uno", "híbrido"], "uno e híbrido", "uno o híbrido", id="before hí"),
        pytest.param(["agua", "hielo"], "agua y hielo", "agua o hielo", id="before hie"),
        pytest.param(["letras", "hiatos"], "letras y hiatos", "letras o hiatos", id="before hia"),
        pytest.param(["mal", "iatrogenia"], "mal y iatrogenia", "mal o iatrogenia", id="before ia"),
        pytest.param(["casas", "hórreos"], "casas y hórreos", "casas u hórreos", id="before hó"),
        pytest.param(["mares", "iones"], "mares y iones", "mares o iones", id="before io"),
        pytest.param(["Ana", "Óscar"], "Ana y Óscar", "Ana u Óscar", id="before an ó"),
        pytest.param(["uno", "otro"], "uno y otro", "uno u otro", id="before an o"),
        pytest.param(["ayer", "hoy"], "ayer y hoy", "ayer u hoy", id="before ho"),
        pytest.param(["7", "8"], "7 y 8", "7 u 8", id="before ocho"),
        pytest.param(["10", "11"], "10 y 11", "10 u 11", id="before once"),
        pytest.param(["Inés"], "Inés", "Inés", id="one alone"),
        pytest.param(["a y b", "Inés"], "a y b e Inés", "a y b o Inés", id="a text that holds the word itself"),
    ],
)
def test_a_spanish_list_changes_its_word_before_the_same_sound(values: list[str], joined: str, chosen: str) -> None:
    text = f"{{{{ {values}|listed }}}}|{{{{ {values}|listed('or') }}}}"
    assert written(text, "es", languages=SHIPPED_SPANISH) == f"{joined}|{chosen}"


@pytest.mark.parametrize(
    ("after", "spanish"),
    [
        (-2, "anteayer"), (-1, "ayer"), (0, "hoy"), (1, "mañana"), (2, "pasado mañana"), (3, "el viernes"),
        (6, "el lunes"), (-3, "el sábado pasado"), (-6, "el miércoles pasado"), (7, "el 10 de febrero"),
        (-7, "el 27 de enero"), (400, "el 10 de marzo de 2027"),
    ],
)  # fmt: skip
def test_a_day_in_spanish(after: int, spanish: str) -> None:
    assert written(f"{{{{ today({after})|day }}}}", "es", languages=SHIPPED_SPANISH) == spanish


def test_numbers_in_spanish() -> None:
    text = "{{ 1|ordinal }} {{ 2|ordinal(feminine=true) }} {{ 1|in_words }} {{ 1|in_words(feminine=true) }} "
    text += "{{ 20|in_words }} {{ 21|in_words }} {{ 12500|number }} {{ today(-2) }}"
    assert written(text, "es", languages=SHIPPED_SPANISH) == "1.º 2.ª un una veinte 21 12.500 1 de febrero de 2026"


def test_the_file_of_a_region_comes_before_that_of_its_language() -> None:
    quebec = Source(
        "_language", "fr-CA", "fr-CA/_language.txt", "{% macro greeting(c, f) %}Allô,{% endmacro %}"
    )
    text = "{{ greeting(contact) }} {{ 1|ordinal }}"
    assert [written(text, each, languages=[*LANGUAGES, quebec]) for each in ("fr-CA", "fr-FR")] == [
        "Allô, 1er", "Bonjour Marie, 1er",
    ]  # fmt: skip


def test_the_words_of_a_language_may_use_what_a_template_knows() -> None:
    text = "{% macro greeting(c, f) %}{{ vt('Chère', 'Salut') }} {{ lang }},{% endmacro %}"
    own = Source("_language", "fr", "fr/_language.txt", text)
    assert written("{{ greeting(contact) }}", languages=[own]) == "Chère fr,"


def test_without_a_clock_it_is_always_the_same_day() -> None:
    of = Library.load([Source("essai", "fr", "essai.txt", "{{ today() }}"), *LANGUAGES])
    done = of.render(
        of.find("essai", "fr"), contact={}, me={}, fields={}, locale="fr-FR", tu=False, form="auto",
        channel=Channel("none"),
    )  # fmt: skip
    assert done.text == "3 février 2026"


def test_a_region_that_nobody_knows_is_written_as_its_language() -> None:
    assert written("{{ ['A', 'B']|listed }}", "fr-ZZ") == "A et B"


def test_compiling_every_shipped_template_loads_no_locale_data() -> None:
    code = (
        "import sys; from motjuste.adapters.template_files import read_template_files, shipped_folder;"
        "from motjuste.messages.templates import Library;"
        "print(Library.load(read_template_files(shipped_folder()).sources).problems, 'babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "() False\n"
