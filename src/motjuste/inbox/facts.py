"""The facts that a policy may ask about: their names, what they say, and their values for one invitation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motjuste.inbox.events import Event
from motjuste.inbox.interests import Interests
from motjuste.inbox.invitation import Invitation, key_of_profile
from motjuste.inbox.matching import About, match_interests
from motjuste.people.card import Contact
from motjuste.people.names import fold

if TYPE_CHECKING:
    from motjuste.inbox.notes import NoteJudgement

FLAG, NUMBER, TEXT, TEXTS = "yes or no", "number", "text", "list of texts"

Value = bool | int | float | str | tuple[str, ...]
Facts = Mapping[str, Value | None]
"""A value by the name of each fact; None where it is not known, which is neither yes nor no."""


@dataclass(frozen=True)
class Fact:
    """What one fact is called, of which kind it is, and what it says, in each language; `source` is where it is from.

    `choices` are the only values of a text that has some.
    """

    name: str
    kind: str
    source: str
    fr: str
    en: str
    es: str
    choices: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """What the fact says, in a language, in English where that is none of ours."""
        base = language.partition("-")[0].casefold()
        return str(getattr(self, base)) if base in ("fr", "es") else self.en


NOTE_KINDS = ("none", "stock", "mass", "personal")
PITCH_FACTS = ("looks_like_a_pitch", "pitch_signs")
"""What no policy may judge by alone."""

_INVITATION, _CARD, _LEDGER, _PROFILE = "invitation", "card", "ledger", "profile"
FACTS = (
    Fact(
        "note_kind", TEXT, _INVITATION,
        "la nature du mot joint", "what kind of note it has", "qué clase de nota lleva", NOTE_KINDS,
    ),
    Fact(
        "note_length", NUMBER, _INVITATION,
        "la longueur du mot, en caractères", "how many characters its note has", "cuántos caracteres tiene la nota",
    ),
    Fact(
        "looks_like_a_pitch", FLAG, _INVITATION,
        "si plusieurs signes d’une offre commerciale s’y trouvent", "whether several signs of a sales pitch are in it",
        "si contiene varios indicios de una oferta comercial",
    ),
    Fact(
        "pitch_signs", NUMBER, _INVITATION,
        "le nombre de signes d’une offre commerciale", "how many signs of a sales pitch it has",
        "cuántos indicios de una oferta comercial contiene",
    ),
    Fact(
        "mutual", NUMBER, _INVITATION,
        "le nombre de relations en commun", "how many connections you have in common",
        "cuántos contactos tienen en común",
    ),
    Fact("groups", TEXTS, _INVITATION, "vos groupes communs", "the groups you are both in", "los grupos comunes"),
    Fact(
        "groups_shared", NUMBER, _INVITATION,
        "le nombre de groupes communs", "how many groups you are both in", "cuántos grupos tienen en común",
    ),
    Fact("position", TEXT, _INVITATION, "le poste", "the person’s position", "el puesto"),
    Fact("organization", TEXT, _INVITATION, "l’organisation", "the person’s organization", "la organización"),
    Fact(
        "age_days", NUMBER, _INVITATION,
        "depuis combien de jours l’invitation attend", "for how many days it has waited",
        "cuántos días lleva esperando",
    ),
    Fact(
        "position_matches", FLAG, _PROFILE,
        "si le poste est de ceux qui vous intéressent", "whether the position is among your interests",
        "si el puesto está entre sus intereses",
    ),
    Fact(
        "background_matches", FLAG, _PROFILE,
        "si le parcours est de ceux qui vous intéressent", "whether the background is among your interests",
        "si la trayectoria está entre sus intereses",
    ),
    Fact(
        "groups_match", FLAG, _PROFILE,
        "si un groupe commun est de ceux qui vous intéressent", "whether a group you share is among your interests",
        "si un grupo común está entre sus intereses",
    ),
    Fact(
        "place_matches", FLAG, _PROFILE,
        "si le lieu est de ceux qui vous intéressent", "whether the place is among your interests",
        "si el lugar está entre sus intereses",
    ),
    Fact(
        "interests_met", TEXTS, _PROFILE,
        "vos intérêts que la personne rencontre", "your interests that the person meets",
        "los intereses suyos que la persona cumple",
    ),
    Fact(
        "blocked", FLAG, _PROFILE,
        "si la personne est sur votre liste de blocage", "whether the person is on your block list",
        "si la persona está en su lista de bloqueo",
    ),
    Fact(
        "in_address_book", FLAG, _CARD,
        "si la personne a une fiche", "whether the person has a card", "si la persona tiene una ficha",
    ),
    Fact(
        "known_in_person", FLAG, _CARD,
        "si vous vous êtes rencontrés", "whether you have met", "si se han conocido en persona",
    ),
    Fact(
        "connected_days", NUMBER, _CARD,
        "depuis combien de jours vous êtes en relation", "for how many days you have been connected",
        "desde hace cuántos días están en contacto",
    ),
    Fact("card_note", TEXT, _CARD, "la note de la fiche", "the note on the card", "la nota de la ficha"),
    Fact(
        "address_form", TEXT, _CARD,
        "tu ou vous", "tu or vous", "tú o usted", ("tu", "vous"),
    ),
    Fact(
        "do_not_contact", FLAG, _CARD,
        "si la fiche dit de ne pas écrire", "whether the card says to write nothing",
        "si la ficha dice que no se le escriba",
    ),
    Fact(
        "written_before", FLAG, _LEDGER,
        "si vous lui avez déjà écrit", "whether you have written to the person", "si ya le ha escrito",
    ),
    Fact(
        "answered", FLAG, _LEDGER,
        "si la personne vous a écrit", "whether the person has written to you", "si la persona le ha escrito",
    ),
    Fact(
        "answer_kind", TEXT, _LEDGER,
        "la nature de sa dernière réponse", "what kind of answer came last", "de qué clase fue su última respuesta",
        ("none", "need", "pitch", "other"),
    ),
    Fact(
        "last_writer", TEXT, _LEDGER,
        "qui a écrit en dernier", "who wrote last", "quién escribió por último",
        ("nobody", "me", "them"),
    ),
    Fact(
        "asked", FLAG, _LEDGER,
        "si vous lui avez demandé ce qui l’amène", "whether you have asked why they invite you",
        "si le ha preguntado el motivo",
    ),
    Fact(
        "silent_days", NUMBER, _LEDGER,
        "depuis combien de jours votre question est sans réponse (0 sans question)",
        "for how many days your question has had no answer (0 without one)",
        "cuántos días lleva su pregunta sin respuesta (0 sin pregunta)",
    ),
    Fact(
        "invited_before", FLAG, _LEDGER,
        "si vous aviez déjà reçu une invitation de sa part", "whether the person has invited you before",
        "si ya había recibido una invitación suya",
    ),
    Fact(
        "removed_before", FLAG, _LEDGER,
        "si vous avez déjà retiré une invitation de sa part", "whether you have removed an invitation of theirs",
        "si ya retiró una invitación suya",
    ),
    Fact(
        "invited_by_you", FLAG, _LEDGER,
        "si vous l’avez invitée", "whether you have invited the person", "si usted invitó a la persona",
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Fact] = {fact.name: fact for fact in FACTS}
NOTHING_KNOWN: Facts = dict.fromkeys(BY_NAME)

NO_INTERESTS = Interests()
_ASKING = "ask"


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """All that is known of one invitation. `history` are the events that count of its person, the oldest first."""

    invitation: Invitation
    note: NoteJudgement
    now: datetime
    contact: Contact
    """The person's card, or what the invitation says where there is none."""
    has_card: bool = False
    history: Sequence[Event] = ()
    blocked: bool = False
    interests: Interests = NO_INTERESTS


def facts_of(known: Dossier) -> Facts:
    """The value of every fact."""
    invitation, contact, note = known.invitation, known.contact, known.note
    return {
        "note_kind": note.kind,
        "note_length": len(invitation.note),
        "looks_like_a_pitch": note.looks_like_a_pitch,
        "pitch_signs": len(note.signs),
        "mutual": invitation.mutual,
        "groups": invitation.groups,
        "groups_shared": None if invitation.groups is None else len(invitation.groups),
        # What the invitation says is newer than a card.
        "position": invitation.position or contact.title or None,
        "organization": invitation.organization or contact.organization or None,
        "age_days": max(0, (known.now.replace(tzinfo=None) - invitation.at).days),
        **_interest_in(known),
        "blocked": known.blocked,
        "in_address_book": known.has_card,
        # A card that does not say how two people met does not say that they never did.
        "known_in_person": True if contact.how_we_met else None,
        "connected_days": (known.now.date() - contact.connected_on).days if contact.connected_on else None,
        "card_note": contact.note or None,
        "address_form": contact.address_form or None,
        "do_not_contact": bool(contact.do_not_contact),
        **_told_by(known.history, invitation.id, known.now),
    }


def _interest_in(known: Dossier) -> Facts:
    """What the person's interests say. Where nothing is sought, or too little is known of somebody, nothing is."""
    wanted, invitation, contact = known.interests, known.invitation, known.contact
    about = About(
        position=invitation.position or contact.title,
        company=invitation.organization or contact.organization,
        background=contact.note,
        groups="\n".join(invitation.groups or ()),
        place=", ".join(filter(None, (contact.city, contact.country))),
    )
    met = match_interests(wanted, about) if wanted != NO_INTERESTS else ()
    kinds = {match.kind for match in met}
    backgrounds = wanted.backgrounds + wanted.companies + wanted.schools

    def told(sought: tuple[str, ...], *kind: str, enough: bool) -> bool | None:
        """`enough` says whether enough is known of somebody to say no."""
        if not sought:
            return None
        return True if kinds.intersection(kind) else False if enough else None

    return {
        "position_matches": told(wanted.positions, "position", enough=bool(about.position)),
        # A position and a company alone do not tell all that somebody has done.
        "background_matches": told(backgrounds, "background", "company", "school", enough=bool(about.background)),
        "groups_match": told(wanted.groups, "group", enough=invitation.groups is not None),
        "place_matches": told(wanted.places, "place", enough=bool(about.place)),
        "interests_met": tuple(dict.fromkeys(match.interest for match in met)) or None,
    }


def _told_by(history: Sequence[Event], invitation: str, now: datetime) -> Facts:
    """What the ledger says of a person; what it does not tell of did not happen, as far as it knows."""
    kinds = {event.kind for event in history}
    mine = [event for event in history if event.kind in ("copied", "typed", "wrote")]
    theirs = [event for event in history if event.kind in ("answered", "heard")]
    # By their own times: what was read from a file may be recorded long after it happened.
    wrote, heard, asked = (_newest(events) for events in (mine, theirs, _questions(history)))
    kind = heard.details.get("kind") or None if heard else "none"
    silent = asked is not None and (heard is None or heard.at < asked.at)
    return {
        "written_before": wrote is not None,
        "answered": heard is not None,
        "answer_kind": kind if kind in BY_NAME["answer_kind"].choices else None,
        "last_writer": _last_writer(wrote, heard),
        "asked": asked is not None,
        "silent_days": max(0, (now - asked.at).days) if silent and asked else 0,
        "invited_before": any(event.kind == "received" and event.invitation != invitation for event in history),
        "removed_before": "removed" in kinds,
        "invited_by_you": "sent" in kinds,
    }


def _newest(events: Iterable[Event]) -> Event | None:
    return max(events, key=lambda event: event.at, default=None)


def _last_writer(wrote: Event | None, heard: Event | None) -> str:
    if wrote is None or heard is None:
        return "me" if wrote else "them" if heard else "nobody"
    return "me" if wrote.at > heard.at else "them"


def _questions(history: Sequence[Event]) -> Iterator[Event]:
    """The texts that asked why somebody invites: by their template, or since that was decided."""
    decided: Event | None = None
    for event in history:
        if event.kind == "decided":
            decided = event if event.details.get("verdict") == _ASKING else None
        elif event.kind in ("copied", "typed", "wrote") and (
            event.details.get("template", "").partition("-")[0] == _ASKING
            or (decided is not None and event.at >= decided.at)
        ):
            yield event


class BlockList:
    """Names, companies and profile addresses whose invitations the person never wants.

    A name or a company counts when it is the same to the letter but for capitals and accents: a part of one is a guess.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._profiles = frozenset(filter(None, map(key_of_profile, entries)))
        self._words = frozenset(fold(entry) for entry in entries if not key_of_profile(entry)) - {""}

    def holds(self, invitation: Invitation, contact: Contact) -> bool:
        """Whether the invitation's person is on the list."""
        if self._profiles and key_of_profile(invitation.profile_url or contact.profile_url) in self._profiles:
            return True
        if not self._words:
            return False
        told = (invitation.name, contact.display_name, invitation.organization, contact.organization)
        return not self._words.isdisjoint(map(fold, filter(None, told)))
