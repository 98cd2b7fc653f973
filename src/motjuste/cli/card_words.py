"""What a shown card says beside its facts, in English, French and Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class CardWords:
    """The labels of a card in one language, and some words about a person; `{}` stands for a name or a day."""

    nameless: str
    do_not_contact: str
    named: str
    other_names: str
    nickname: str
    emails: str
    phones: str
    profile: str
    urls: str
    greeted: str
    whole_name: str
    no_greeting: str
    address_form: str
    elides: str
    how_we_met: str
    gender: str
    genders: Mapping[str, str]
    language: str
    connected: str
    note: str
    card: str
    also: str
    kinds: Mapping[str, str]
    months: str
    day: str
    first_day: str = "{day}"

    def date(self, day: date) -> str:
        """A day as one writes it."""
        number = self.first_day.format(day=1) if day.day == 1 else str(day.day)
        return self.day.format(day=number, month=self.months.split()[day.month - 1], year=day.year)

    def kind(self, name: str) -> str:
        """What the vCard property of this name holds; its name where there is no word for it."""
        return self.kinds.get(name, name)


ENGLISH = CardWords(
    nameless="(no name)",
    do_not_contact="Do not contact: no message is written to this person",
    named="On the card",
    other_names="Other names",
    nickname="Nickname",
    emails="E-mail",
    phones="Phone",
    profile="Profile",
    urls="Web",
    greeted="Greeting",
    whole_name="{} (the whole name: which part is the first name is not sure)",
    no_greeting="no name",
    address_form="Address form",
    elides="Elision",
    how_we_met="How we met",
    gender="Gender",
    genders={"F": "female", "M": "male", "O": "other"},
    language="Language",
    connected="Connected on",
    note="Note",
    card="Card",
    also="Also on it",
    kinds={
        "PHOTO": "photo", "LOGO": "logo", "BDAY": "birthday", "ANNIVERSARY": "anniversary",
        "CATEGORIES": "categories", "IMPP": "chat address", "RELATED": "related people", "TZ": "time zone",
        "X-MOTJUSTE-MERGED": "facts of a merged card",
    },
    months="January February March April May June July August September October November December",
    day="{day} {month} {year}",
)  # fmt: skip

FRENCH = CardWords(
    nameless="(sans nom)",
    do_not_contact="Ne pas contacter : aucun message n’est écrit à cette personne",
    named="Sur la fiche",
    other_names="Autres noms",
    nickname="Surnom",
    emails="E-mail",
    phones="Téléphone",
    profile="Profil",
    urls="Web",
    greeted="Salutation",
    whole_name="{} (le nom entier : on ne sait pas quel mot est le prénom)",
    no_greeting="sans nom",
    address_form="Tu ou vous",
    elides="Élision",
    how_we_met="Rencontre",
    gender="Genre",
    genders={"F": "féminin", "M": "masculin", "O": "autre"},
    language="Langue",
    connected="En relation depuis",
    note="Note",
    card="Fiche",
    also="S’y trouvent aussi",
    kinds={
        "PHOTO": "photo", "LOGO": "logo", "BDAY": "anniversaire", "ANNIVERSARY": "date à fêter",
        "CATEGORIES": "catégories", "IMPP": "messagerie", "RELATED": "proches", "TZ": "fuseau horaire",
        "X-MOTJUSTE-MERGED": "données d’une fiche fusionnée",
    },
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    day="{day} {month} {year}",
    first_day="{day}er",
)  # fmt: skip

SPANISH = CardWords(
    nameless="(sin nombre)",
    do_not_contact="No contactar: no se escribe ningún mensaje a esta persona",
    named="En la ficha",
    other_names="Otros nombres",
    nickname="Apodo",
    emails="Correo",
    phones="Teléfono",
    profile="Perfil",
    urls="Web",
    greeted="Saludo",
    whole_name="{} (el nombre entero: no se sabe qué parte es el nombre de pila)",
    no_greeting="sin nombre",
    address_form="Tratamiento",
    elides="Elisión",
    how_we_met="Encuentro",
    gender="Género",
    genders={"F": "femenino", "M": "masculino", "O": "otro"},
    language="Idioma",
    connected="En contacto desde",
    note="Nota",
    card="Ficha",
    also="También contiene",
    kinds={
        "PHOTO": "foto", "LOGO": "logotipo", "BDAY": "cumpleaños", "ANNIVERSARY": "aniversario",
        "CATEGORIES": "categorías", "IMPP": "mensajería", "RELATED": "allegados", "TZ": "huso horario",
        "X-MOTJUSTE-MERGED": "datos de una ficha fusionada",
    },
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    day="{day} de {month} de {year}",
)  # fmt: skip

_BY_LANGUAGE = {"fr": FRENCH, "es": SPANISH}


def card_words(language: str) -> CardWords:
    """The words for somebody who writes in `language`; English where there are no others."""
    return _BY_LANGUAGE.get(language.replace("_", "-").partition("-")[0].lower(), ENGLISH)
