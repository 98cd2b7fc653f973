"""`motjuste contacts show`: a card that one reads at a glance."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Motjuste, card

from motjuste.cli.card_words import ENGLISH, FRENCH, SPANISH, CardWords, card_words
from motjuste.cli.columns import width
from motjuste.cli.contact_card import Style, card_text
from motjuste.people.card import Contact
from motjuste.people.vcard import read_vcards

FULL = """\
BEGIN:VCARD
VERSION:4.0
FN:Mme Marie DUPONT 🎉
N:Dupont;Marie;;Mme;
NICKNAME:Mimi
TITLE:Directrice artistique
ORG:Atelier Nord
EMAIL:marie@nord.example
EMAIL:marie@chez.example
TEL:+33 6 00 00 00 01
ADR:;;1 rue du Port;Lyon;;;France
X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/marie-dupont
URL:https://blog.example
NOTE:Vue au salon du livre\\, aime le papier et la reliure\\, préfère qu’on lui écrive le matin.
LANG:fr-FR
X-MOTJUSTE-ADDRESS-FORM:vous
X-MOTJUSTE-ELIDES:false
X-MOTJUSTE-DO-NOT-CONTACT:true
X-MOTJUSTE-HOW-WE-MET:Au salon du livre
X-MOTJUSTE-CONNECTED-ON:2026-02-01
BDAY:19800101
X-SHOE-SIZE:37
END:VCARD
"""
AT_60 = """\
Marie Dupont
────────────
Directrice artistique, Atelier Nord
Lyon, France

! Ne pas contacter : aucun message n’est écrit à cette
personne

  E-mail              marie@nord.example
                      marie@chez.example
  Téléphone           +33 6 00 00 00 01
  Profil              https://www.linkedin.com/in/marie-dupont
  Web                 https://blog.example

  Salutation          Marie
  Tu ou vous          vous
  Élision             de Marie
  Genre               féminin
  Rencontre           Au salon du livre
  En relation depuis  1er février 2026
  Langue              fr-FR
  Surnom              Mimi
  Sur la fiche        Mme Marie DUPONT 🎉

  Note                Vue au salon du livre, aime le papier
                      et la reliure, préfère qu’on lui
                      écrive le matin.

  Fiche               marie.vcf
  S’y trouvent aussi  anniversaire, X-SHOE-SIZE"""
NARROW = """\
山田 太郎
─────────
編集長
日本印刷出版文化
研究所

  Greeting
    山田 太郎
    (the whole
    name: which
    part is the
    first name
    is not sure)

  Card
    yamada.vcf"""


def full() -> Contact:
    return read_vcards(FULL.encode(), "marie.vcf").contacts[0]


def test_a_card_is_laid_out_in_the_width_of_the_terminal() -> None:
    assert card_text(full(), FRENCH, Style(60), place="marie.vcf", also=("BDAY", "X-SHOE-SIZE")) == AT_60


def test_wide_characters_and_little_room_leave_the_card_legible() -> None:
    yamada = Contact(formatted_name="山田 太郎", title="編集長", organization="日本印刷出版文化研究所")
    assert card_text(yamada, ENGLISH, Style(16), place="yamada.vcf") == NARROW


@pytest.mark.parametrize("columns", [30, 80, 200])
def test_only_what_one_copies_is_ever_wider_than_the_terminal(columns: int) -> None:
    lines = card_text(full(), SPANISH, Style(columns), place="m").split("\n")
    wide = [line for line in lines if width(line) > min(columns, 100)]
    assert all("example" in line or "linkedin" in line or "+33" in line for line in wide)


def test_a_card_that_says_hardly_anything_is_short() -> None:
    assert card_text(Contact(), SPANISH, Style(80), place="x.vcf") == (
        "(sin nombre)\n────────────\n\n  Saludo  sin nombre\n\n  Ficha   x.vcf"
    )
    acme = Contact(formatted_name="Acme", organization="Acme", elides=True)
    assert card_text(acme, ENGLISH, Style(80), place="x.vcf") == (
        "Acme\n────\n\n  Greeting  no name\n  Elision   d’Acme\n\n  Card      x.vcf"
    )


def test_colour_only_repeats_what_the_words_say() -> None:
    plain = card_text(full(), ENGLISH, Style(60), place="m")
    coloured = card_text(full(), ENGLISH, Style(60, colour=True), place="m")
    assert coloured.startswith("\x1b[1mMarie Dupont\x1b[0m\n\x1b[2m────────────\x1b[0m\n")
    assert "\x1b[1;31m! Do not contact: no message is written to this person\x1b[0m" in coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


@pytest.mark.parametrize(
    ("language", "words"), [("fr-CA", FRENCH), ("es_MX", SPANISH), ("en", ENGLISH), ("pt", ENGLISH), ("", ENGLISH)]
)
def test_the_labels_are_in_the_language_of_the_profile(language: str, words: CardWords) -> None:
    assert card_words(language) is words


def test_dates_are_written_as_one_writes_them() -> None:
    from datetime import date

    days = [date(2026, 2, 1), date(2026, 12, 25)]
    assert [[words.date(day) for day in days] for words in (ENGLISH, FRENCH, SPANISH)] == [
        ["1 February 2026", "25 December 2026"],
        ["1er février 2026", "25 décembre 2026"],
        ["1 de febrero de 2026", "25 de diciembre de 2026"],
    ]


def test_a_card_of_the_address_book_says_where_it_stands(motjuste: Motjuste, profile: Path, home: Path) -> None:
    (home / "contacts").mkdir()
    (home / "contacts" / "marie.vcf").write_text(FULL, "utf-8")
    shown = motjuste("contacts", "show", "marie")
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[-2:] == [
        f"  Fiche               {home / 'contacts' / 'marie.vcf'}",
        "  S’y trouvent aussi  anniversaire, X-SHOE-SIZE",
    ]
    assert "  Note                " + full().note in lines
    assert motjuste("contacts", "show", "marie.vcf").out == shown.out
    document = motjuste("contacts", "show", "marie", "--json").document
    assert (document["greeting_name"], document["how_we_met"]) == ("Marie", "Au salon du livre")
    assert document["emails"] == ["marie@nord.example", "marie@chez.example"]


def test_a_card_from_elsewhere_says_so_although_the_book_has_a_file_of_that_name(
    motjuste: Motjuste, home: Path, marie: Path
) -> None:
    (home / "contacts").mkdir()
    (home / "contacts" / marie.name).write_text(card("Marie Carlier"), "utf-8")
    shown = motjuste("contacts", "show", str(marie)).out
    assert shown.splitlines()[-1] == "  Card      marie.vcf"
    assert motjuste("contacts", "show", "-", stdin=card()).out.splitlines()[-1] == "  Card      standard input"


def test_a_profile_with_a_fault_does_not_hide_a_card(motjuste: Motjuste, home: Path, marie: Path) -> None:
    (home / "profile.toml").write_text("language = ", "utf-8")
    assert motjuste("contacts", "show", str(marie)).out.startswith("Marie Dupont\n")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({}, False)],
)
def test_a_terminal_gets_colour_unless_it_says_no(
    home: Path, marie: Path, environment: dict[str, str], coloured: bool
) -> None:
    screen, terminal = os.openpty()
    kept = {name: text for name, text in os.environ.items() if name not in ("TERM", "NO_COLOR")}
    command = [sys.executable, "-m", "motjuste", "contacts", "show", str(marie)]
    subprocess.run(command, stdout=terminal, env=kept | environment, timeout=60, check=True)
    os.close(terminal)
    shown = os.read(screen, 10_000).decode()
    os.close(screen)
    assert ("\x1b[" in shown, "Marie Dupont" in shown) == (coloured, True)
