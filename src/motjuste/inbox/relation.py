"""How well the person knows somebody, and what has passed between them: said, or read off the card and the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from motjuste.inbox.days import day_of
from motjuste.inbox.due import AGAIN_DAYS
from motjuste.inbox.events import State
from motjuste.inbox.matching import Match
from motjuste.inbox.saying import Read, Reason
from motjuste.inbox.standing import Guess
from motjuste.inbox.stems import parts_of, stems
from motjuste.people.card import Contact
from motjuste.people.name_words import word_set
from motjuste.people.names import fold

RELATIONS = ("known", "met", "field", "far")
"""Known in person, met once, a stranger in one's own field, a stranger from far off."""

_KNOWN = re.compile(
    r"\b(?:amie?s?|copine?|cousine?|collegues?|ex-collegue|camarade|travaille (?:ensemble|avec)|friends?|"
    r"colleagues?|coworker|classmate|worked (?:together|with)|studied together|"
    r"amig[oa]|colega|companer[oa]|trabajamos juntos)\b"
)
_MET = re.compile(
    r"\b(?:rencontree?|croisee?|vue? (?:a|au|aux|chez|lors)|parle (?:a|au|avec)|"
    r"(?:re)?connu[es]? (?:a|au)|met (?:at|in|on|during)|"
    r"spoke (?:at|with)|talked (?:at|with)|seen at|conoci(?:do|da|mos)?|hablamos)\b"
)


@dataclass(frozen=True)
class Past:
    """What has passed between two people: "connected", "invited", "withdrawn" or "invited-you", and when."""

    kind: str
    on: date | None = None


def relation_of(contact: Contact, *, own_work: Sequence[str], matches: Sequence[Match], event: str) -> Guess:
    """How well the person knows `contact`.

    `own_work` are the person's own role, field and organization, `event` is where the two met.
    """
    note = Read.of(contact.note)
    if event:
        return Guess(
            "met", _reason("met", "you met", "vous vous êtes rencontrés").with_words(event), sure=True
        )
    if contact.address_form == "tu":
        return Guess("known", _reason("known", "the card says tu", "la fiche dit tu"))
    for value, pattern, english, french in (
        (
            "known",
            _KNOWN,
            "the card's note says that you know each other",
            "la note de la fiche dit que vous vous connaissez",
        ),
        (
            "met",
            _MET,
            "the card's note says that you met",
            "la note de la fiche dit que vous vous êtes rencontrés",
        ),
    ):
        if found := pattern.search(note.plain):
            return Guess(value, _reason(value, english, french).with_words(note.shown(*found.span())))
    return _stranger(contact, own_work, matches)


def _stranger(contact: Contact, own_work: Sequence[str], matches: Sequence[Match]) -> Guess:
    for match in matches:
        if match.kind in ("position", "background", "company"):
            return Guess("field", _reason("field", match.reason.english, match.reason.french))
    if shared := _shared(contact, own_work):
        english, french = "a stranger who works in your field", "un métier proche du vôtre, sans se connaître"
        return Guess("field", _reason("field", english, french).with_words(shared))
    if not contact.title and not contact.organization:
        return Guess(
            "far",
            _reason("unknown", "the card says nothing of their work", "la fiche ne dit rien de son travail"),
        )
    return Guess(
        "far",
        _reason("far", "a stranger whose work is not yours", "une personne inconnue, d’un autre domaine"),
    )


def _reason(name: str, english: str, french: str) -> Reason:
    return Reason(f"relation-{name}", english, french)


# Words that half of all positions share say nothing of a field.
_NO_FIELD = word_set(
    "director manage ceo asistant charg chef chief head project projet lead senior junior student found vice president"
)


def _shared(contact: Contact, own_work: Sequence[str]) -> str:
    """The words of somebody's work that the person's own has too; the same house counts as one field."""
    house = fold(contact.organization)
    if house and house in map(fold, own_work):
        return contact.organization
    own = {each.stem for text in own_work for part in parts_of(text) for each in stems(part)} - _NO_FIELD
    theirs = [each for part in parts_of(contact.title) for each in stems(part)]
    return " ".join(dict.fromkeys(each.words for each in theirs if each.stem in own))


def past_of(states: Iterable[State], connected_on: date | None, zone: tzinfo | None = None) -> Past | None:
    """What the newest of somebody's invitations says; a card that tells of a connection comes first.

    Days are those of `zone`, None for the person's own.
    """
    if connected_on is not None:
        return Past("connected", connected_on)
    newest = max(states, key=lambda state: state.invitation.at, default=None)
    if newest is None:
        return None
    if newest.closed == "accepted":
        return Past("connected", day_of(newest.closed_at, zone) if newest.closed_at else None)
    on = newest.invitation.at.date()
    if newest.invitation.direction == "incoming":
        return None if newest.closed else Past("invited-you", on)
    if newest.closed == "withdrawn":
        return Past("withdrawn", day_of(newest.closed_at, zone) if newest.closed_at else on)
    return None if newest.closed else Past("invited", on)


def again_on(past: Past) -> date | None:
    """From when on somebody may be invited again whose invitation was withdrawn."""
    return past.on + timedelta(days=AGAIN_DAYS) if past.kind == "withdrawn" and past.on else None
