"""A fourth language, Portuguese, made of files in a person's own folder as docs/templates.md tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Ended, Motjuste, card

WORDS = """\
{% macro greeting(contact, formal) -%}
Olá{{ " " ~ contact.greeting_name if contact.greeting_name }},
{%- endmacro %}
{% macro day(distance, weekday, date) -%}
{{ {0: "hoje", 1: "amanhã"}[distance] if 0 <= distance < 2 else "dia " ~ date }}
{%- endmacro %}
{% macro ordinal(number, kind, feminine) -%}
{{ number }}{{ "ª" if feminine else "º" }}
{%- endmacro %}
{% macro in_words(number, feminine) -%}
{{ "zero um dois três".split()[number] if number < 4 }}
{%- endmacro %}
"""
READER = """\
sample = "a tipografia"
friend = ["tu", "te", "teu", "tua"]
stranger = ["o senhor", "a senhora"]
greetings = ["Olá", "Bom dia"]
unfinished = ["de", "em"]
instead = { "de o" = "do", "em a" = "na" }
thanking = ["obrigad…"]
[facts]
note = ["sua nota"]
"""
THANKS = """\
---
title: Obrigado pela resposta
tags: [resposta]
triggers: [xobrigado]
fields:
  topic: {ask: "Sobre o quê?", default: ""}
---
{{ greeting(contact) }}

agradeço a sua resposta{% if topic %} sobre {{ topic }}{% endif %}. Falamos {{ today(1)|day }}
ou no {{ 2|ordinal }} dia, com {{ ["Ana", "Rui"]|listed }}, {{ 3|in_words }} ou {{ 1500|number }} vezes?

{{ me.first_name }}
"""
START = """\
---
title: "A minha mensagem"
# triggers: [xola]
channel: "none"
---
Olá, obrigado!
"""


@pytest.fixture
def portuguese(home: Path, profile: Path) -> Path:
    folder = home / "templates" / "pt"
    folder.mkdir(parents=True)
    for name, text in (
        ("_language.txt", WORDS),
        ("_checks.toml", READER),
        ("_new.txt", START),
        ("thanks.txt", THANKS),
    ):
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_message_is_written_in_a_fourth_language(motjuste: Motjuste, portuguese: Path) -> None:
    done = motjuste("fill", "thanks", "-", "--lang", "pt", "--set", "topic=o livro", stdin=card())
    first = done.out.splitlines()
    assert (done.code, done.err, first[:2]) == (0, "", ["Olá Marie,", ""])
    assert first[2:] == [
        "agradeço a sua resposta sobre o livro. Falamos amanhã",
        "ou no 2º dia, com Ana e Rui, três ou 1.500 vezes?",
        "",
        "Camille",
    ]


@pytest.mark.parametrize("language", ["pt", "pt-BR"])
def test_a_fourth_language_may_be_ones_own(
    motjuste: Motjuste, portuguese: Path, profile: Path, language: str
) -> None:
    profile.write_text(
        f'name = "Camille Roy"\nlanguage = "{language}"\nrole = {{ pt = "editora" }}\nfield = "os livros"\n', "utf-8"
    )
    done = motjuste("fill", "thanks", "--json")
    assert (done.document["language"], done.document["text"][:5]) == (language, "Olá,\n")
    schema = motjuste("config", "schema", "profile").document["properties"]["language"]
    assert schema["anyOf"][0]["enum"] == ["fr-FR", "fr-CA", "en", "es", "pt"]


def test_a_message_that_a_fourth_language_lacks_is_written_in_ones_own(
    motjuste: Motjuste, portuguese: Path, profile: Path
) -> None:
    assert motjuste("ask", "-", stdin=card(lang="pt")).out.startswith("Bonjour Marie,\n\nMerci")
    path = portuguese.parent / "marie.vcf"
    path.write_text(card(lang="pt"), "utf-8")
    profile.write_text('name = "Camille Roy"\nlanguage = "es-MX"\n', "utf-8")
    assert motjuste("try", "askinfo", "--contact", str(path)).out.startswith("Hola, Marie:\n\nGracias")
    assert motjuste("try", "precisez", "--contact", str(path)).out.startswith("Bonjour Marie,\n\nMerci")
    told = motjuste("ask", "-", "--lang", "pt", stdin=card()).err
    assert told.startswith("motjuste: the template 'ask' does not exist in pt; it does in ")


def test_the_messages_of_a_fourth_language_are_listed_shown_and_found(motjuste: Motjuste, portuguese: Path) -> None:
    told = motjuste("templates", "list", "--lang", "pt", "--json").document["templates"]
    assert [(each["name"], each["language"], each["triggers"]) for each in told] == [("thanks", "pt", ["xobrigado"])]
    assert motjuste("templates", "show", "thanks", "--lang", "pt").out == THANKS
    assert motjuste("templates", "list", "resposta", "--lang", "pt").out.startswith("thanks  pt  xobrigado")
    assert motjuste("templates", "path", "thanks", "--lang", "pt").out == f"{portuguese / 'thanks.txt'}\n"


def test_the_trigger_of_a_fourth_language_writes_in_it(motjuste: Motjuste, portuguese: Path) -> None:
    assert motjuste("try", "xobrigado").out.startswith("Olá,\n\nagradeço a sua resposta. Falamos amanhã")


def test_a_fourth_language_is_checked_by_its_own_words(motjuste: Motjuste, portuguese: Path) -> None:
    path = portuguese / "thanks.txt"
    assert motjuste("templates", "check", str(path)) == Ended(0, "1 template, all in order\n", "")
    for wrong, told in (
        ("A casa de o livro.", "de o, which is do: 'A casa de o livro.' (nobody, an empty profile, pt) [typography]"),
        ("Vivo em.", "a hole: 'Vivo em.' (nobody, an empty profile, pt) [hole]"),
        ("Olá Marta!", "'Marta' is greeted: 'Olá Marta!' (nobody, an empty profile, pt) [wrong-person]"),
        ("Obrigada: sua nota.", "thanks for a note, of which no fact speaks"),
        ("O senhor e tu.", "a tu among o senhor: 'O senhor e tu.' (nobody, an empty profile, pt) [address-form]"),
    ):
        path.write_text(wrong, "utf-8")
        done = motjuste("templates", "check", str(path))
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert done.err.startswith(f"{path}:1: {told}")


def test_a_mistake_in_what_is_checked_is_told_in_a_line(motjuste: Motjuste, portuguese: Path) -> None:
    path = portuguese / "_checks.toml"
    path.write_text('sample = "a"\nfreind = ["tu"]\n', "utf-8")
    done = motjuste("templates", "check", str(path))
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert done.err.startswith(f"{path}:2: unknown key 'freind' (nearest: 'friend'); known keys: sample, friend, ")


def test_files_of_a_language_are_checked_wherever_they_are_kept(
    motjuste: Motjuste, portuguese: Path, tmp_path: Path
) -> None:
    elsewhere = portuguese.rename(tmp_path / "pt")
    (elsewhere / "thanks.txt").write_text("A casa de o livro.", "utf-8")
    assert "de o, which is do" in motjuste("templates", "check", str(elsewhere / "thanks.txt")).err


def test_a_new_template_starts_from_that_of_its_language(motjuste: Motjuste, portuguese: Path) -> None:
    made = motjuste("templates", "new", "ola", "--lang", "pt", "--trigger", "xola2", "--title", "Diga \\1")
    assert made.code == 0
    assert (portuguese / "ola.txt").read_text("utf-8") == (
        START.replace('title: "A minha mensagem"', 'title: "Diga \\\\1"')
        .replace("# triggers: [xola]", 'triggers: ["xola2"]')
        .replace('channel: "none"', 'channel: "linkedin-message"')
    )


def test_without_one_a_new_template_starts_from_the_english_one(motjuste: Motjuste, portuguese: Path) -> None:
    (portuguese / "_new.txt").unlink()
    motjuste("templates", "new", "ola", "--lang", "pt")
    assert "thank you for your answer" in (portuguese / "ola.txt").read_text("utf-8")


def test_what_a_language_has_no_word_for_is_told_in_a_line(motjuste: Motjuste, portuguese: Path) -> None:
    (portuguese / "_language.txt").unlink()
    done = motjuste("fill", "thanks", "--lang", "pt")
    assert (done.code, done.out, done.err) == (
        1,
        "",
        f"motjuste: {portuguese / 'thanks.txt'}:8: 'greeting' is not known in pt: pt/_language.txt has no macro of "
        "that name; correct the template\n",
    )
