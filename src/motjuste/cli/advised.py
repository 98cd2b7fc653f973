"""Advice on a personal note as people read it, in French or English, and as programs do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motjuste.cli.who import person_in_document
from motjuste.inbox.advice import Advice, Situation
from motjuste.inbox.saying import Reason
from motjuste.inbox.standing import Guess
from motjuste.inbox.stems import parts_of, stems
from motjuste.people.card import Contact
from motjuste.profile import Profile

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "yes": "Yes, a personal note to {} is worth it (points: {}, needed: {}).",
        "no": "No, invite {} without a note (points: {}, needed: {}).",
        "stopped": "No note to {}.",
        "next": "Type next:  {}",
        "add": "Better still with what only you can say: add --set {}=…",
        "assumed": "no sent invitation is recorded, so all notes of the month count (else --notes-left)",
        "guess": " (a guess; --{} says otherwise)",
        "invite-recruiter": "This person recruits. If you are looking for a position:  {}",
        "invite-candidate": "If you have a position for this person:  {}",
        "invite-interview": "If you would like to interview this person:  {}",
    },
    "fr": {
        "yes": "Oui, une note personnelle à {} vaut la peine (points : {}, il en faut {}).",
        "no": "Non, invitez {} sans note (points : {}, il en faut {}).",
        "stopped": "Pas de note à {}.",
        "next": "Tapez ensuite :  {}",
        "add": "Encore mieux avec vos propres mots : ajoutez --set {}=…",
        "assumed": "aucune invitation envoyée n’est notée : toutes les notes du mois comptent (sinon, --notes-left)",
        "guess": " (supposé ; sinon, --{})",
        "invite-recruiter": "Cette personne recrute. Si vous cherchez un poste :  {}",
        "invite-candidate": "Si vous avez un poste pour cette personne :  {}",
        "invite-interview": "Si vous souhaitez interroger cette personne :  {}",
    },
}
# The field without which a note says little that is one's own.
_MAIN_FIELDS = {"invite": "reason", "invite-standing": "reason", "invite-event": "event"}
# Which further template is worth a thought when a word stands in their position, or in one's own.
_ALSO = (
    ("invite-recruiter", "theirs", "recruit"),
    ("invite-candidate", "own", "recruit"),
    ("invite-interview", "own", "journalist"),
)


@dataclass(frozen=True)
class NotesLeft:
    """How many personal notes are left, None where they are not counted, and how that is known.

    `known_by` is "option", "ledger", "assumed" (nothing sent is recorded) or "unlimited".
    """

    number: int | None
    known_by: str


@dataclass(frozen=True)
class Advised:
    """Advice for the person, who named `person` by `argument`."""

    situation: Situation
    advice: Advice
    person: Contact
    argument: str | None
    notes: NotesLeft
    profile: Profile

    @property
    def language(self) -> str:
        return "fr" if self.profile.language.startswith("fr") else "en"

    @property
    def command(self) -> str:
        """What to type next; "" where there is nothing to write."""
        if self.advice.stopped == "invited-you":
            return self._typed(["decline"], {})
        if not self.advice.template:
            return ""
        name = ["invite"] if self.advice.template == "invite" else ["fill", self.advice.template]
        return self._typed(name, self.advice.fields)

    @property
    def also(self) -> Mapping[str, str]:
        """Further templates that may fit, and what to type for each."""
        if self.advice.stopped:
            return {}
        own = self.profile.me(self.profile.language or "en").role
        does = {"theirs": _stems_of(self.person.title), "own": _stems_of(own)}
        return {name: self._typed(["fill", name], {}) for name, whose, stem in _ALSO if stem in does[whose]}

    def _typed(self, name: Sequence[str], fields: Mapping[str, str]) -> str:
        options = [each for field, value in fields.items() for each in ("--set", f"{field}={value}")]
        return shlex.join(["motjuste", *name, *([self.argument] if self.argument else []), *options])

    def lines(self) -> Iterator[str]:
        """The answer, what was weighed, and what to type next."""
        words, advice = _WORDS[self.language], self.advice
        answer = "stopped" if advice.stopped else "yes" if advice.worth else "no"
        yield words[answer].format(self.person.display_name, advice.score, advice.needed)
        for point in advice.reasons:
            yield f"  {f'{point.points:+d}' if point.points else '':2}  {self._sentence(point.reason)}"
        if self.notes.known_by == "assumed" and not advice.stopped:
            yield f"      {words['assumed']}"
        if self.command:
            yield words["next"].format(self.command)
        if (field := _MAIN_FIELDS.get(advice.template, "")) and field not in advice.fields:
            yield words["add"].format(field)
        for name, command in self.also.items():
            yield words[name].format(command)

    def _sentence(self, reason: Reason) -> str:
        """The reason; behind a guess, how to say otherwise."""
        guesses = (("relation", self.situation.relation), ("standing", self.situation.standing))
        said = reason.said_in(self.language)
        for option, guess in guesses:
            if guess.reason is reason and not guess.sure:
                return said + _WORDS[self.language]["guess"].format(option)
        return said

    def document(self) -> dict[str, Any]:
        """The advice as `--json` shows it; this shape is a promise."""
        advice, situation = self.advice, self.situation
        return {
            "contact": person_in_document(self.person),
            "worth": advice.worth,
            "stopped": advice.stopped or None,
            "score": advice.score,
            "needed": advice.needed,
            "reasons": [
                {"name": each.reason.name, "points": each.points, "text": each.reason.said_in(self.language)}
                for each in advice.reasons
            ],
            "aim": situation.aim,
            "relation": _in_document(situation.relation),
            "standing": _in_document(situation.standing),
            "facts": dict(situation.facts),
            "notes_left": {"number": self.notes.number, "known_by": self.notes.known_by},
            "template": advice.template or None,
            "fields": dict(advice.fields),
            "command": self.command or None,
            "also": [{"template": name, "command": command} for name, command in self.also.items()],
        }


def _in_document(guess: Guess) -> dict[str, Any]:
    return {"value": guess.value, "guessed": not guess.sure}


def _stems_of(position: str) -> frozenset[str]:
    return frozenset(each.stem for part in parts_of(position) for each in stems(part))
