"""Writes the page about the messages that ship: `python tests/templates/library_page.py > docs/library.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from texts import LIBRARY, NAMES

from motjuste.messages.templates import Template

PAGE = Path(__file__).parents[2] / "docs" / "library.md"
GROUPS = (
    ("Invitation notes", "Notes d’invitation", "Notas de invitación", NAMES[: NAMES.index("decline")]),
    (
        "Replies to an invitation",
        "Répondre à une invitation",
        "Responder a una invitación",
        ("decline", "accept", "ask", "ask-friendly", "ask-brief"),
    ),
    (
        "Answers to a reply",
        "Répondre à une réponse",
        "Responder a una respuesta",
        ("answer-need", "answer-call", "answer-introduce", "answer-pitch"),
    ),
    (
        "Once you know each other",
        "Une fois en contact",
        "Una vez en contacto",
        ("thanks-accepting", "follow-up", "follow-up-decline", "inmail-reply", "inmail-subject"),
    ),
    ("Every day", "Tous les jours", "Cada día", NAMES[NAMES.index("signature") :]),
)
TOP = """\
<!-- Written by tests/templates/library_page.py from what the templates say of themselves. -->

# The messages that ship

Each is there in French, English and Spanish, greets the person whose card is known, says tu or vous (tú or usted) as
the card or your profile wants it, and reads well with nothing but a name. Type its trigger, or fill it in a terminal:

```sh
motjuste templates list salon    # those that say this word of themselves: in title, use, tags, trigger
motjuste fill invite-event "Marie Dupont" --set event="le Salon du livre" --set topic="les archives sonores"
```

`--set` answers what a template asks; without an answer it says less, and nothing that is not so. The trigger alone
gives no answers. A trigger that all languages have writes in the language of the card, else of your profile; one that
only one language has writes in that language. `declin` and `precisez` fire when you pause or type a separator behind
them, the others at once.

Invitation notes have 300 characters, 200 on a free account, and a wording for each. A message of your own with the same
name, in `templates/fr/`, `en/` or `es/` of your folder, comes before ours; `motjuste templates show NAME` prints the
one to start from. Yours is found by its words too: give it `title`, `description`, `when` (when to use it) and `tags`.

Your phone, address and website come from `phone`, `email` and `website` of `profile.toml`, else from your doors. To
type your number alone, make a snippet of `{{ me.phone }}`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        (
            TOP,
            *_language("en", "In English", 0),
            *_language("fr", "En français", 1),
            *_language("es", "En español", 2),
        )
    )


def _language(language: str, title: str, heading: int) -> Iterator[str]:
    columns = (
        ("name", "type", "what and when", "asks"),
        ("nom", "à taper", "quoi et quand", "demande"),
        ("nombre", "se teclea", "qué y cuándo", "pregunta"),
    )[heading]
    yield f"## {title}\n"
    for group in GROUPS:
        yield f"### {group[heading]}\n"
        yield f"| {' | '.join(columns)} |\n| {' | '.join('---' for _ in columns)} |"
        for name in group[3]:
            yield _row(LIBRARY.find(name, language))
        yield ""


def _row(template: Template) -> str:
    typed = ", ".join(f"`{trigger}`" for trigger in template.triggers)
    asks = "<br>".join(
        f"`{name}`" + (f": {', '.join(asked.choices)}" if asked.choices else "")
        for name, asked in template.fields.items()
    )
    what = f"**{template.title}**. {template.description.strip()} {template.when}"
    return f"| `{template.name}` | {typed} | {what} | {asks} |"


if __name__ == "__main__":
    print(page(), end="")
