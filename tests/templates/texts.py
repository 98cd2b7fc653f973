"""The messages that ship, the people they are written to and by, and what a careful reader would mark in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from facts import ENGLISH, FACTS, SPANISH

from motjuste.adapters.template_files import read_template_files, shipped_folder
from motjuste.messages.channels import read_channels
from motjuste.messages.templates import Library, Rendered
from motjuste.people.card import Contact
from motjuste.profile import Door, Me

CHANNELS = read_channels((shipped_folder() / "channels.toml").read_text(encoding="utf-8"), "channels.toml")
SOURCES = read_template_files(shipped_folder()).sources
LIBRARY = Library.load(SOURCES)

NAMES = tuple(FACTS)
NOTES = tuple(name for name in NAMES if name.startswith("invite"))
# These are put into a text that somebody is writing: no greeting, no name under them.
EVERYDAY = ("signature", "introduction", "my-doors", "my-email", "my-phone", "my-website", "today")
UNGREETED = (*EVERYDAY, "inmail-subject")
# How a message speaks: the locale, and whether it says tu.
VOICES = (
    ("fr-FR", False),
    ("fr-FR", True),
    ("fr-CA", False),
    ("fr-CA", True),
    ("en", False),
    ("es", False),
    ("es", True),
)

LONG_NAME = "Marie-Antoinette-Élisabeth-Philippine-Hélène"
CONTACTS = {
    "nothing": Contact(),
    "a name": Contact(formatted_name="Alice Martin", given_name="Alice", family_name="Martin"),
    "a name and an organization": Contact(
        formatted_name="Hugo Le Goff",
        given_name="Hugo",
        family_name="Le Goff",
        organization="Université Laval",
    ),
    "everything": Contact(
        formatted_name="Marie Dupont",
        given_name="Marie",
        family_name="Dupont",
        organization="Atelier Nord",
        title="Directrice artistique",
        city="Montréal",
        emails=("marie@nord.example",),
        gender="F",
    ),
    "ornaments": Contact(
        formatted_name="✅ ÉRIC LEFÈVRE | Growth Hacker 🚀",
        organization="{{ 7*7 }} | Freelance",
        title="CEO\n& {% raw %} \u202eSpeaker",
    ),
    "long names": Contact(
        formatted_name=f"{LONG_NAME} de la Rochefoucauld-Montmorency",
        given_name=LONG_NAME,
        family_name="de la Rochefoucauld-Montmorency",
        organization="Société pour l’étude et la conservation des archives de l’imprimerie " * 4,
        title="Responsable principale de la conservation préventive des collections patrimoniales",
    ),
    "a name without end": Contact(formatted_name="Ab" * 400),
}

PROFILES = {
    "empty": Me(),
    "a name": Me(name="Camille Roy", first_name="Camille"),
    "full": Me(
        name="Camille Roy",
        first_name="Camille",
        role="Responsable éditoriale",
        organization="Carnets",
        field="l’édition jeunesse",
        network_goal="Publier avec des gens du livre que j’ai croisés en vrai.",
        email="camille@carnets.example",
        phone="+33 1 99 00 12 34",
        website="https://carnets.example/camille",
        doors=(
            Door("blog", "Carnets d’atelier", "https://carnets.example"),
            Door("network", "Mastodon", "https://mastodon.example/@camille"),
            Door("email", "", "camille@carnets.example"),
        ),
    ),
    "many doors": Me(
        name="Camille Roy",
        first_name="Camille",
        organization="Le Devoir",
        network_goal="réunir autour d’une même table les personnes qui écrivent, corrigent, mettent en page, impriment "
        "et vendent des livres, parce que c’est en parlant de vive voix que naissent les bons projets, et que "
        "l’on se souvient ensuite de qui avait promis quoi",
        doors=(
            Door("newsletter", "La page du lundi", "https://carnets.example/une-adresse-assez-longue/lettre"),
            Door("event", "le Salon du livre de Montréal", "https://salon.example/programme/des/rencontres"),
            Door("group", "Édition au Québec", "https://groupes.example/edition-au-quebec"),
            Door("phone", "", "+33 1 23 45 67 89"),
            Door("other", "mon agenda en ligne", "https://agenda.example/camille"),
            Door("blog", "Mon blogue", "https://blogue.example"),
            Door("network", "Mastodon", "https://mastodon.example/@camille"),
            Door("email", "", "camille@carnets.example"),
        ),
    ),
    "an endless door": Me(
        name="Camille Roy", doors=(Door("blog", "Sans fin", f"https://a.example/{'b' * 900}"),)
    ),
}

_ENGLISH = {
    **ENGLISH,
    "Responsable éditoriale": "Editor",
    "l’édition jeunesse": "children’s publishing",
    "Publier avec des gens du livre que j’ai croisés en vrai.": "Publishing with people I have met in person.",
    "le Salon du livre de Montréal": "the Montréal Book Fair",
    "mon agenda en ligne": "my online calendar",
    "Mon blogue": "My blog",
}
_SPANISH = {
    **SPANISH,
    "Responsable éditoriale": "Responsable editorial",
    "l’édition jeunesse": "la edición infantil",
    "Publier avec des gens du livre que j’ai croisés en vrai.": "Publicar con gente del libro que conozco en persona.",
    PROFILES[
        "many doors"
    ].network_goal: "reunir en torno a una mesa a quienes escriben, corrigen, maquetan, imprimen y venden "
    "libros, porque los buenos proyectos nacen de viva voz, y así se recuerda después quién prometió qué",
    "La page du lundi": "La página del lunes",
    "le Salon du livre de Montréal": "la Feria del Libro de Montreal",
    "mon agenda en ligne": "mi agenda en línea",
    "Mon blogue": "Mi blog",
}
_WORDS = {"en": _ENGLISH, "es": _SPANISH}


def facts_for(name: str, locale: str) -> tuple[dict[str, str], ...]:
    """The facts of a message, in the words of its language."""
    return tuple({key: _said(value, locale) for key, value in facts.items()} for facts in FACTS[name])


def profile_for(name: str, locale: str) -> Me:
    """A profile, in the words of the message's language."""
    me = PROFILES[name]
    return replace(
        me,
        role=_said(me.role, locale),
        field=_said(me.field, locale),
        network_goal=_said(me.network_goal, locale),
        doors=tuple(replace(door, label=_said(door.label, locale)) for door in me.doors),
    )


def _said(words: str, locale: str) -> str:
    return _WORDS.get(locale, {}).get(words, words)


def write(
    name: str,
    facts: Mapping[str, str] | None = None,
    *,
    contact: Contact | None = None,
    me: Me | None = None,
    locale: str = "fr-FR",
    tu: bool = False,
    form: str = "auto",
    limit: int | None = None,
    library: Library = LIBRARY,
) -> Rendered:
    """A message of the library, as the program writes it; the contact has a name and the profile is full."""
    template = library.find(name, locale)
    return library.render(
        template,
        contact=CONTACTS["a name"] if contact is None else contact,
        me=PROFILES["full"] if me is None else me,
        fields=facts or {},
        locale=locale,
        tu=tu,
        form=form,
        channel=CHANNELS[template.channel],
        limit=limit,
    )


def piece(
    call: str, *, of: str = "_common", locale: str = "fr-FR", tu: bool = False, me: Me | None = None
) -> str:
    """What a piece shared by the messages says: `at("Atelier Nord")`."""
    language = locale.partition("-")[0]
    text = f'{{% import "{language}/{of}" as common with context %}}\n{{{{ common.{call} }}}}'
    template = LIBRARY.text_template(text, language=language)
    return LIBRARY.render(
        template, contact=Contact(), me=me or Me(), fields={}, locale=locale, tu=tu, form="auto",
        channel=CHANNELS["none"],
    ).text.replace("\u00a0", " ")  # fmt: skip


_LINK = re.compile(r"https?://[^\s)]+|\S+@\S+?(?=[.,)]?(?:\s|$))")
_SPACES = " \u00a0\u202f"

_FAULTS = {
    "a placeholder": r"[{}\[\]%<>]|\bNone\b|\bUndefined\b|XXX",
    "a mark or a control character": r"[\ufdd0-\ufdef\x00-\x09\x0b-\x1f\u202a-\u202e]",
    "two spaces": rf"[{_SPACES}]{{2}}",
    "a space at the end of a line": rf"[{_SPACES}]\n|[{_SPACES}]\Z|\n[{_SPACES}]|\A\s",
    "more than one empty line": r"\n{3}",
    "a space before a comma or a full stop": rf"[{_SPACES}][,.]",
    "two marks in a row": r"[,;:.!?…][{_SPACES}]?[,;:]|,\.|\.\.",
    "an empty pair": r"\(\W*\)|«\W*»|“\W*”|\([,;. ]|[,; ]\)",
    "a comma that dangles": r",\Z|,\n\Z",
    "a word twice": r"\b(?!(?:vous|nous)\b)(\w+)[ ]\1\b",
    "a straight apostrophe": r"'",
}
_FRENCH_FAULTS = {
    "a missing elision": r"\b(?:[jntmsdl]e|que)[ ][aeiouéèêàâîôœ]",
    "a guess about gender": r"\b(?:ravie?s?|heureu(?:x|se)|(?:désol|enchant|touch|sûr)ée?|tous deux)\b|\(e\)|·e\b",
    "a guillemet without its space": r"«[^\u00a0]|[^\u00a0]»",
    "a colon without its space": r"[^\u00a0]:",
}
_OF_LOCALE = {
    "fr-FR": _FRENCH_FAULTS | {"a high mark without its space": r"[^\u202f!?][;!?]"},
    "fr-CA": _FRENCH_FAULTS | {"a high mark after a space": rf"[{_SPACES}][;!?]"},
    "en": {"a mark after a space": rf"[{_SPACES}][;:!?]"},
    "es": {
        "a mark after a space": rf"[{_SPACES}][;:!?»]|[¿¡«][{_SPACES}]",
        "a question that is not opened": r"(?:(?m:^)|\?)[^¿?\n]+\?",
        "an article that does not contract": r"\b(?:a|de) el\b",
        "a guess about gender": r"\b(?:encantad|agradecid|interesad|content|segur|dispuest|junt)[oa]s?\b|\([ao]s?\)",
    },
}
# What stranger and friend are called, and what is said to each.
_ADDRESSED = {
    "fr": ("vous", r"\b(?:vous|votre|vos)\b", "tu", r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt’"),
    "es": (
        "usted",
        r"\b(?:usted|sus?|suy[oa]s?|escríbame|dígame|serle|hacerle|decírselo)\b",
        "tú",
        r"\b(?:tú|te|ti|tus?|tuy[oa]s?|contigo|escríbeme|dime|puedes|quieres|tienes)\b|\b(?:escribirte|ayudarte|hacerte|serte|decírtelo)\b",
    ),
}


def faults(text: str, locale: str, tu: bool) -> list[str]:
    """What is wrong with the form of a finished text; addresses are left out of it."""
    words = _LINK.sub("lien", text)
    base = locale.partition("-")[0]
    looked_for = _FAULTS | _OF_LOCALE[locale]
    if base in _ADDRESSED:
        stranger, to_stranger, friend, to_friend = _ADDRESSED[base]
        wrong = (
            (f"a {stranger} among {friend}", to_stranger)
            if tu
            else (f"a {friend} among {stranger}", to_friend)
        )
        looked_for = looked_for | dict([wrong])
    found = [
        f"{fault}: {words[max(0, match.start() - 20) : match.end() + 20]!r}"
        for fault, pattern in looked_for.items()
        if (match := re.search(pattern, words, re.IGNORECASE if fault != "a placeholder" else 0))
    ]
    for line, after in _lines(text):
        if line.endswith(",") and not after:
            found.append(f"a comma that dangles: {line!r}")
    return found


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line with all that follows it."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        yield line, "\n".join(lines[at + 1 :]).strip()


def sentences(text: str) -> int:
    """How many sentences end in a text."""
    return len(re.findall(r"[.!?](?=\s|$)", _LINK.sub("lien", text)))
