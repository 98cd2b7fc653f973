"""Was the note of an invitation personal? The kind of note, why, and the signs of a pitch in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from motjuste.inbox.alike import Alike
from motjuste.inbox.pitches import FoundSign, looks_like_a_pitch, pitch_signs
from motjuste.inbox.saying import Reason
from motjuste.inbox.stock import Stocked, stocked
from motjuste.inbox.stock_sentences import COMMON, KNOWN

NoteKind = Literal["none", "stock", "mass", "personal"]
NOTE_KINDS: tuple[NoteKind, ...] = ("none", "stock", "mass", "personal")


@dataclass(frozen=True)
class NoteJudgement:
    """What kind of note it is and why; `signs` are those of a pitch, whatever the kind."""

    kind: NoteKind
    reasons: tuple[Reason, ...]
    signs: tuple[FoundSign, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether somebody wrote it to this one reader; only then may it be thanked for."""
        return self.kind == "personal"

    @property
    def looks_like_a_pitch(self) -> bool:
        """Whether the signs together speak of a sale; one alone never does."""
        return looks_like_a_pitch(self.signs)


NO_NOTE = NoteJudgement("none", (Reason("no-note", "there is no note", "il n’y a pas de note"),))


def judge_note(
    text: str, *, sender: str = "", reader: str = "", person: str = "", others: Alike | None = None
) -> NoteJudgement:
    """What kind of note `text` is.

    `sender` and `reader` are the names of the two, as far as they are known. `others` holds the notes that came from
    everybody, this one among them, and `person` is who sent this one there: the same text from others makes it a
    mass note.
    """
    if not any(character.isalnum() for character in text):
        return NO_NOTE if not text.split() else _only_signs(text)
    made_of = stocked(text, tuple(name for name in (sender, reader) if name))
    if made_of is not None:
        return NoteJudgement("stock", (_stock_reason(made_of),))
    signs = pitch_signs(text)
    alike = others.count(text, apart_from=person or sender) if others is not None else 0
    if alike:
        return NoteJudgement("mass", (_mass_reason(alike),), signs)
    return NoteJudgement("personal", (_OWN_WORDS,), signs)


_OWN_WORDS = Reason(
    "own-words",
    "it is more than a set phrase, and nobody else sent the same",
    "c’est plus qu’une formule toute faite, et personne d’autre n’a envoyé la même",
)


def _only_signs(text: str) -> NoteJudgement:
    reason = Reason("no-words", "it has no words", "elle n’a pas de mots").with_words(text)
    return NoteJudgement("stock", (reason,))


def _stock_reason(made_of: Stocked) -> Reason:
    if not made_of.sentences:
        return Reason("greeting", "it is a greeting and nothing else", "c’est un salut et rien d’autre")
    marks = {sentence.mark for sentence in made_of.sentences}
    if marks == {COMMON}:
        return Reason(
            "set-phrase",
            "it is a set phrase that says nothing of its own",
            "c’est une formule toute faite qui ne dit rien de propre",
        )
    if KNOWN in marks:
        return Reason(
            "network-sentence",
            "it is the sentence that the network writes by itself",
            "c’est la phrase que le réseau écrit de lui-même",
        )
    return Reason(
        "network-like",
        "it reads like the sentence that the network writes by itself",
        "elle se lit comme la phrase que le réseau écrit de lui-même",
    )


def _mass_reason(others: int) -> Reason:
    return Reason(
        "same-text",
        f"{others} other {'person' if others == 1 else 'people'} sent the same text",
        f"{others} {'autre personne a' if others == 1 else 'autres personnes ont'} envoyé le même texte",
    )
