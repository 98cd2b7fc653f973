"""What the windows say, in English and French: names of things, and sentences about a counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motjuste.messages.counting import Count


@dataclass(frozen=True, kw_only=True)
class Words:
    """All that a window says in one language; `{}` stands for a number or a name."""

    nobody: str
    evidence: Mapping[str, str]
    message: str
    language: str
    form: str
    channel: str
    forms: Mapping[str, str]
    automatic: str
    channels: Mapping[str, str] = field(default_factory=dict)
    text: str
    kept: str
    write_anew: str
    seen_first: str
    wording: str
    wordings: str
    wordings_help: str
    whole_text: str
    state: str
    block: str
    nothing: str
    chosen: str
    chosen_by_you: str
    too_many: str
    let_go: str
    shortest: str
    room_used: str
    counted: str
    counted_without_limit: str
    units: Mapping[str, tuple[str, str]]
    text_messages: tuple[str, str]
    states: Mapping[str, str]
    over: str
    empty: str
    not_written: str
    not_copied: str
    unsaved: str
    copy: str
    close: str
    copy_help: str
    close_help: str
    title: str
    thousands: str

    def number(self, number: int) -> str:
        """A number as this language writes it."""
        return f"{number:,}".replace(",", self.thousands)

    def length(self, length: int, unit: str) -> str:
        """A length beside others of the same unit; text messages are named, since they are few."""
        one, many = self.text_messages
        return f"{length} {one if length == 1 else many}" if unit == "sms" else self.number(length)

    def count(self, count: Count) -> str:
        """What a counter shows: "243 of 300 characters"."""
        one, many = self.units.get(count.unit, self.units["codepoints"])
        last = count.length if count.limit is None else count.limit
        values = {
            "length": self.number(count.length),
            "limit": self.number(count.limit or 0),
            "unit": one if last == 1 else many,
        }
        said = (self.counted_without_limit if count.limit is None else self.counted).format(**values)
        if count.parts:
            one, many = self.text_messages
            said += f" · {self.number(count.parts)} {one if count.parts == 1 else many}"
        return said

    def left(self, count: Count) -> str:
        """What a counter says of its state: "57 left", "too long by 14"; nothing where there is no limit."""
        return self.states[count.state].format(self.number(abs(count.left)))

    def because(self, evidence: str, source: str) -> str:
        """Why this person is meant."""
        why = self.evidence.get(evidence, evidence)
        return f"{why} ({source})" if source else why


ENGLISH = Words(
    nobody="Nobody in particular: the greeting is neutral.",
    evidence={
        "argument": "because you named this person",
        "current contact": "because you chose this person",
        "window title": "because a window names this person",
    },
    message="Message",
    language="Language",
    form="Form",
    channel="Where it goes",
    forms={"auto": "What fits", "long": "Long", "short": "Short"},
    automatic="What fits (now {})",
    text="Text",
    kept="Your own words are kept, though the fields would say it otherwise by now. After writing anew, Ctrl+Z in the "
    "text brings yours back.",
    write_anew="Write anew from the fields",
    seen_first="Seen first",
    wording="Wording",
    wordings="Wordings",
    wordings_help="Enter or a click on a wording chooses it; the others make room.",
    whole_text="Whole text",
    state="State",
    block="Passage {}",
    nothing="(nothing)",
    chosen="chosen",
    chosen_by_you="chosen by you",
    too_many="{} too many",
    let_go="Let motjuste choose",
    shortest="Shortest possible: {}",
    room_used="Room used",
    counted="{length} of {limit} {unit}",
    counted_without_limit="{length} {unit}",
    units={
        "codepoints": ("character", "characters"),
        "utf16": ("character", "characters"),
        "graphemes": ("character", "characters"),
        "sms": ("character", "characters"),
        "x-weighted": ("character as X counts it", "characters as X counts them"),
        "bytes": ("byte", "bytes"),
    },
    text_messages=("text message", "text messages"),
    states={
        "open": "",
        "fits": "{} left",
        "near": "nearly full: {} left",
        "full": "full: nothing left",
        "over": "too long by {}",
    },
    over="Nothing was copied: the text is too long by {}. Shorten it, or what you filled in.",
    empty="Nothing was copied: there is no text.",
    not_written="The text could not be written:",
    not_copied="Nothing was copied:",
    unsaved="Your own words are not copied yet. Esc once more closes the window without them.",
    copy="Copy",
    close="Close",
    copy_help="Copies the text and closes the window (Ctrl+Enter)",
    close_help="Closes the window and copies nothing (Esc)",
    title="{} – motjuste",
    thousands=",",
)

FRENCH = Words(
    nobody="Personne en particulier\u00a0: la salutation est neutre.",
    evidence={
        "argument": "parce que vous avez nommé cette personne",
        "current contact": "parce que vous avez choisi cette personne",
        "window title": "parce qu’une fenêtre nomme cette personne",
    },
    message="Message",
    language="Langue",
    form="Forme",
    channel="Destination",
    forms={"auto": "Ce qui tient", "long": "Longue", "short": "Courte"},
    automatic="Ce qui tient (ici\u00a0: {})",
    channels={
        "Invitation note": "Note d’invitation",
        "Message": "Message",
        "InMail subject": "Objet d’un InMail",
        "Post on X": "Publication sur X",
        "Post on Bluesky": "Publication sur Bluesky",
        "Post on Mastodon": "Publication sur Mastodon",
        "Text message": "SMS",
        "E-mail subject": "Objet d’un e-mail",
        "No limit": "Sans limite",
    },
    text="Texte",
    kept="Vos propres mots sont gardés, bien que les champs disent maintenant autre chose. "
    "Après une nouvelle rédaction, Ctrl+Z dans le texte les fait revenir.",
    write_anew="Rédiger de nouveau d’après les champs",
    seen_first="Vu d’abord",
    wording="Formulation",
    wordings="Formulations",
    wordings_help="Entrée ou un clic choisit une formulation\u202f; les autres lui font de la place.",
    whole_text="Texte entier",
    state="État",
    block="Passage {}",
    nothing="(rien)",
    chosen="choisie",
    chosen_by_you="choisie par vous",
    too_many="{} de trop",
    let_go="Laisser motjuste choisir",
    shortest="Au plus court\u00a0: {}",
    room_used="Place occupée",
    counted="{length} {unit} sur {limit}",
    counted_without_limit="{length} {unit}",
    units={
        "codepoints": ("caractère", "caractères"),
        "utf16": ("caractère", "caractères"),
        "graphemes": ("caractère", "caractères"),
        "sms": ("caractère", "caractères"),
        "x-weighted": ("caractère compté par X", "caractères comptés par X"),
        "bytes": ("octet", "octets"),
    },
    text_messages=("SMS", "SMS"),
    states={
        "open": "",
        "fits": "il en reste {}",
        "near": "presque plein\u00a0: il en reste {}",
        "full": "plein\u00a0: il ne reste rien",
        "over": "trop long de {}",
    },
    over="Rien n’a été copié\u00a0: le texte est trop long de {}. Raccourcissez-le, ou ce que vous avez rempli.",
    empty="Rien n’a été copié\u00a0: il n’y a pas de texte.",
    not_written="Le texte n’a pas pu être rédigé\u00a0:",
    not_copied="Rien n’a été copié\u00a0:",
    unsaved="Vos propres mots ne sont pas encore copiés. Échap encore une fois ferme la fenêtre sans eux.",
    copy="Copier",
    close="Fermer",
    copy_help="Copie le texte et ferme la fenêtre (Ctrl+Entrée)",
    close_help="Ferme la fenêtre et ne copie rien (Échap)",
    title="{} – motjuste",
    thousands="\u202f",
)

# How a language is called by those who speak it.
LANGUAGE_NAMES = {
    "fr-FR": "français (France)",
    "fr-CA": "français (Canada)",
    "fr": "français",
    "en": "English",
    "es": "español",
    "de": "Deutsch",
    "it": "italiano",
    "pt": "português",
    "nl": "Nederlands",
}


def words_for(language: str) -> Words:
    """French for those who write French, English for all others."""
    return FRENCH if language.replace("_", "-").partition("-")[0].lower() == "fr" else ENGLISH


def with_mnemonics(labels: Sequence[str], taken: str = "") -> list[str]:
    """The labels, each with & before the letter that leads to it with Alt: one of its own, none of `taken`.

    A letter that begins a word is the best; a label of which every letter is taken has none.
    """
    used = set(taken.casefold())
    found = []
    for label in labels:
        at = _mnemonic(label, used)
        pieces = [label] if at is None else [label[:at], label[at:]]
        if at is not None:
            used.add(label[at].casefold())
        # A & of the text itself is written twice.
        found.append("&".join(piece.replace("&", "&&") for piece in pieces))
    return found


def _mnemonic(label: str, used: set[str]) -> int | None:
    free = [
        index
        for index, letter in enumerate(label)
        if letter.isascii() and letter.isalnum() and letter.casefold() not in used
    ]
    starts = [index for index in free if index == 0 or not label[index - 1].isalnum()]
    return next(iter([*starts, *free]), None)
