"""Who stands how high, as far as the words of a position tell: a guess, and always told as one."""

from __future__ import annotations

from dataclasses import dataclass

from motjuste.inbox.saying import Reason
from motjuste.inbox.stems import parts_of, stem, stems
from motjuste.people.name_words import word_set
from motjuste.people.names import fold

STANDINGS = ("senior", "peer", "junior")
"""The other person's standing, seen from the writer."""
LEARNING, USUAL, LEADING, DIRECTING, TOP = 0, 2, 3, 4, 5
_FAR_APART = 2

_WORDS = {
    TOP: """
        ceo president presidente presidenta chief cto cfo coo cmo cio chro vp ministre minister ministra senateur
        senator depute deputee maire mayor recteur rectrice
    """,
    DIRECTING: "director head found doyen doyenne dean",
    LEADING: "manage superviseur supervisor coordonnateur coordinateur coordinator lead teamlead principal",
    LEARNING: """
        student stagiaire intern trainee apprenti apprentie apprentice alternant alternante junior assistant assistante
        becario becaria
    """,
}
# A family stands under its own name, which no stem changes: "student", "manage", "found".
_LEVELS = {
    each: level for level, words in _WORDS.items() for word in word_set(words) for each in (word, stem(word))
}
# Words that say together what none of them says alone; the chef of a project is nobody's chief.
_PHRASES = {
    "en chef": DIRECTING,
    "in chief": DIRECTING,
    "jefe de redaccion": DIRECTING,
    "jefa de redaccion": DIRECTING,
    "team leader": LEADING,
    "chef de service": LEADING,
    "cheffe de service": LEADING,
    "chef d equipe": LEADING,
    "cheffe d equipe": LEADING,
    "jefe de equipo": LEADING,
    "jefa de equipo": LEADING,
}


@dataclass(frozen=True)
class Guess:
    """Something that is taken to be so and why; `sure` when the person said it."""

    value: str
    reason: Reason
    sure: bool = False


@dataclass(frozen=True)
class Level:
    """How high a position stands, and the words that tell."""

    level: int
    words: str = ""


def level_of(position: str) -> Level | None:
    """How high a position stands; None for one that is not known.

    Words of learning win over all others (an assistant to a director directs nothing), else the highest counts.
    """
    if not fold(position):
        return None
    found = [level for part in parts_of(position) for level in _levels_in(part)]
    learning = [each for each in found if each.level == LEARNING]
    return next(iter(learning), max(found, key=lambda each: each.level, default=Level(USUAL)))


def _levels_in(part: str) -> list[Level]:
    line = f" {fold(part)} "
    phrases = [Level(level, phrase) for phrase, level in _PHRASES.items() if f" {phrase} " in line]
    # What stands in a phrase does not count alone: an editor in chief is no chief of all.
    taken = {word for phrase in phrases for word in phrase.words.split()}
    words = [Level(_LEVELS[each.stem], each.words) for each in stems(part) if each.stem in _LEVELS]
    return [*phrases, *(each for each in words if fold(each.words) not in taken)]


def standing_of(position: str, own: str) -> Guess:
    """How somebody with this position stands to the writer, whose own position is `own`.

    Without a position of one's own, one stands where most people do; without theirs, nothing is known.
    """
    theirs = level_of(position)
    if theirs is None:
        return Guess(
            "peer",
            Reason(
                "standing-unknown",
                "nothing is known of their position, so they are taken for a peer",
                "on ne sait rien de son poste, donc on suppose un rang égal au vôtre",
            ),
        )
    mine = level_of(own) or Level(USUAL)
    apart = theirs.level - mine.level
    value = "senior" if apart >= _FAR_APART else "junior" if apart <= -_FAR_APART else "peer"
    english, french = _SAID[value]
    reason = Reason(f"standing-{value}", english, french)
    words = theirs.words if value == "senior" or theirs.level == LEARNING else ""
    return Guess(value, reason.with_words(words) if words else reason)


_SAID = {
    "senior": (
        "they seem to stand well above you",
        "cette personne semble d’un rang bien plus élevé que le vôtre",
    ),
    "peer": ("they seem to be a peer", "cette personne semble d’un rang proche du vôtre"),
    "junior": (
        "they seem to be earlier in their career",
        "cette personne semble moins avancée dans sa carrière",
    ),
}
