"""A template to start from: a short message that works as it is, with comments on what to change."""

from __future__ import annotations

from collections.abc import Iterable

_FRENCH = """\
---
# Un modèle de message. Les lignes qui commencent par # sont pour vous ; effacez-les quand vous voudrez.
title: {title}
# Quand s’en servir :
# description: "Après une première réponse."
{triggers}
# Où va le texte, et donc combien de place il a :
channel: {channel}
# Ce que le modèle vous demande, en plus de ce que dit la fiche de la personne :
# fields:
#   sujet: {{ask: "À quel sujet ?", default: ""}}
# Si « motjuste templates check » se trompe à propos de ce modèle, dites pourquoi :
# silence: {{doubled-word: "une citation"}}
---
{{# Entre fit et endfit : plusieurs formulations, la plus complète d’abord ; la première qui tient est prise.
   contact : la personne (greeting_name, organization, city…) ; me : vous (name, first_name, role…).
   vt("votre", "ta") dit l’un ou l’autre, selon que vous vous dites vous ou tu. #}}
{{% fit %}}
Bonjour{{{{ " " ~ contact.greeting_name if contact.greeting_name }}}},

merci de {{{{ vt("votre", "ta") }}}} réponse, et à bientôt !

{{{{ me.first_name }}}}
{{% or %}}
Bonjour, merci de {{{{ vt("votre", "ta") }}}} réponse !
{{% endfit %}}
"""
_ENGLISH = """\
---
# A message template. Lines that begin with # are for you; delete them when you like.
title: {title}
# When to use it:
# description: "After a first answer."
{triggers}
# Where the text goes, and so how much room it has:
channel: {channel}
# What the template asks you for, besides what the person's card says:
# fields:
#   topic: {{ask: "About what?", default: ""}}
# If 'motjuste templates check' is wrong about this template, say why:
# silence: {{doubled-word: "a quotation"}}
---
{{# Between fit and endfit: several wordings, the fullest first; the first that fits is taken.
   contact: the person (greeting_name, organization, city…); me: you (name, first_name, role…). #}}
{{% fit %}}
Hello{{{{ " " ~ contact.greeting_name if contact.greeting_name }}}},

thank you for your answer, and talk to you soon!

{{{{ me.first_name }}}}
{{% or %}}
Hello, thank you for your answer!
{{% endfit %}}
"""
_TRIGGERS = {
    "fr": ("# Ce que vous tapez pour l’avoir :", "# triggers: [xmerci]"),
    "en": ("# What you type to have it:", "# triggers: [xthanks]"),
}


def new_template(*, title: str, triggers: Iterable[str], channel: str, language: str) -> str:
    """The text of a template's file, in French for French messages and in English for all others."""
    spoken = "fr" if language.partition("-")[0] == "fr" else "en"
    comment, none = _TRIGGERS[spoken]
    listed = ", ".join(map(_quoted, triggers))
    return (_FRENCH if spoken == "fr" else _ENGLISH).format(
        title=_quoted(title),
        channel=_quoted(channel),
        triggers=f"{comment}\n{f'triggers: [{listed}]' if listed else none}",
    )


def _quoted(text: str) -> str:
    """A text as YAML reads it back, whatever it holds."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
