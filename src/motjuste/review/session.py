"""What keys do in the review: a session and a key give the next session and what is to be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from motjuste.review.sifting import WAITING, Filter

Draft = tuple[str, str]
"""An invitation's id and the verdict that a reply was written for: words for one would not answer another."""
Mode = Literal["reading", "editing", "searching", "jumping", "filtering", "all", "helping", "showing"]
VERDICT_KEYS: Mapping[str, str] = {"a": "accept", "s": "ask", "d": "decline", "i": "ignore"}
SAME = {"space": "n", "right": "n", "left": "p", "ctrl+z": "u", "ctrl+y": "r", "ctrl+q": "q", "f1": "?"}
"""Keys that do what another key does."""
KEYS = ("enter", *VERDICT_KEYS, "e", "n", "p", "u", "r", "o", "l", "/", "f", "g", "b", "?", "q")
"""Every key of the review, in the order in which help explains them."""


@dataclass(frozen=True)
class Said:
    """A sentence for the person: its name among the words of a language, and what stands in it."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    good: bool = False


@dataclass(frozen=True)
class Step:
    """What one key recorded: its batches in the ledger, and the invitations that it decided."""

    batches: tuple[int, ...]
    invitations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What is to be known of the invitation shown, for a key to be understood."""

    id: str
    verdict: str
    """The verdict that would be taken: the chosen, the recorded or the proposed one."""
    too_long: int = 0
    has_reply: bool = False
    problem: str = ""
    """Why a reply that is due cannot be written."""
    profile_url: str = ""


@dataclass(frozen=True)
class Take:
    """Record the verdict of the invitation shown, and copy its reply."""

    id: str
    verdict: str


@dataclass(frozen=True)
class Sift:
    """Find the invitations that the filter means and go through them."""

    filter: Filter


@dataclass(frozen=True)
class OpenProfile:
    """Show a profile in the browser."""

    address: str


@dataclass(frozen=True)
class Do:
    """Something that needs no more to be said: see the names."""

    what: Literal["take back", "take again", "weigh all", "take all", "leave", "open last"]


Act = Take | Sift | OpenProfile | Do


@dataclass(frozen=True, kw_only=True)
class Session:
    """Where the person is. `row` are the ids gone through, `place` an index of it; its length is the end."""

    row: Sequence[str] = ()
    place: int = 0
    mode: Mode = "reading"
    filter: Filter = field(default_factory=Filter)
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Verdicts that were chosen with a key and are not recorded yet."""
    drafts: Mapping[Draft, str] = field(default_factory=dict)
    """Replies as the person changed them."""
    uncopied: frozenset[Draft] = frozenset()
    """Which changed replies were not copied yet."""
    steps: tuple[Step, ...] = ()
    undone: tuple[tuple[Step, int], ...] = ()
    """Steps that were taken back, each with the number of its undoing."""
    said: Said | None = None

    @property
    def shown(self) -> str:
        """The id of the invitation shown; "" at the end of the row."""
        return self.row[self.place] if self.place < len(self.row) else ""


Waits = Callable[[str], bool]


def press(session: Session, key: str, sight: Sight | None) -> tuple[Session, Act | None]:
    """What a key does. `sight` is None where no invitation is shown: at the end of the row."""
    key = SAME.get(key, key)
    before, session = session, replace(session, said=None)
    if session.mode != "reading":
        return _elsewhere(session, key)
    if key in _ANYWHERE:
        return _ANYWHERE[key](before)
    if sight is None:
        return (session, None) if key not in KEYS else (replace(session, said=Said("nobody_shown")), None)
    if key in VERDICT_KEYS:
        chosen = {**session.chosen, sight.id: VERDICT_KEYS[key]}
        return replace(session, chosen=chosen), None
    if key == "enter":
        return _take(session, sight, before.said)
    if key == "e":
        if sight.has_reply:
            return replace(session, mode="editing"), None
        return replace(session, said=Said("no_reply_to_edit")), None
    if key == "n":
        return replace(session, place=session.place + 1), None
    if key == "o":
        if sight.profile_url:
            return session, OpenProfile(sight.profile_url)
        return replace(session, said=Said("no_profile")), None
    return session, None


def _take(session: Session, sight: Sight, said: Said | None) -> tuple[Session, Act | None]:
    without = Said("no_reply", {"problem": sight.problem})
    if sight.problem and said != without:
        # Once told, the person may decide without the words.
        return replace(session, said=without), None
    if sight.verdict not in VERDICT_KEYS.values():
        return replace(session, said=Said("look_yourself")), None
    if sight.too_long:
        return replace(session, said=Said("too_long", {"number": sight.too_long})), None
    return session, Take(sight.id, sight.verdict)


def _back(session: Session) -> tuple[Session, Act | None]:
    if not session.place:
        return replace(session, said=Said("first")), None
    return replace(session, place=session.place - 1, said=None), None


def _leave(session: Session) -> tuple[Session, Act | None]:
    if session.uncopied and session.said != _UNCOPIED:
        return replace(session, said=_UNCOPIED), None
    return session, Do("leave")


def _take_back(session: Session) -> tuple[Session, Act | None]:
    if not session.steps:
        return replace(session, said=Said("nothing_to_undo")), None
    return replace(session, said=None), Do("take back")


def _take_again(session: Session) -> tuple[Session, Act | None]:
    if not session.undone:
        return replace(session, said=Said("nothing_to_redo")), None
    return replace(session, said=None), Do("take again")


def _into(mode: Mode) -> Callable[[Session], tuple[Session, Act | None]]:
    return lambda session: (replace(session, mode=mode, said=None), None)


def _everything_again(session: Session) -> tuple[Session, Act | None]:
    """Escape lets go of the words that were searched, then of the rest of the filter."""
    session = replace(session, said=None)
    if session.filter.query:
        return session, Sift(replace(session.filter, query=""))
    return session, (Sift(Filter()) if session.filter != Filter() else None)


_UNCOPIED = Said("uncopied")
_LEAVES: Mapping[Mode, Sequence[str]] = {
    "helping": ("enter", "?", "q", "n"),
    "showing": ("enter", "q", "n"),
    "all": ("q", "b"),
    "filtering": ("f", "q"),
}
"""Keys that close what is shown, beside Escape."""
_ANYWHERE: Mapping[str, Callable[[Session], tuple[Session, Act | None]]] = {
    "p": _back,
    "u": _take_back,
    "r": _take_again,
    "l": lambda session: (replace(session, said=None), Do("open last")),
    "/": _into("searching"),
    "f": _into("filtering"),
    "g": _into("jumping"),
    "b": lambda session: (replace(session, said=None), Do("weigh all")),
    "?": _into("helping"),
    "q": _leave,
    "escape": _everything_again,
}


def _elsewhere(session: Session, key: str) -> tuple[Session, Act | None]:
    """Keys while something else than an invitation is shown; typing goes to `typed` and `edited`."""
    back = replace(session, mode="reading")
    if key == "escape" or (session.mode in _LEAVES and key in _LEAVES[session.mode]):
        return back, None
    if session.mode == "all" and key == "enter":
        return back, Do("take all")
    return session, None


def typed(session: Session, text: str) -> tuple[Session, Act | None]:
    """What was typed as an answer: the words to search, or the number to jump to."""
    back = replace(session, mode="reading", said=None)
    if session.mode == "searching":
        query = " ".join(text.split())
        return back, Sift(replace(session.filter, query=query)) if query != session.filter.query else None
    number = text.strip()
    if session.mode != "jumping" or not number:
        return back, None
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:12]) <= len(session.row)):
        wrong = Said("no_such_number", {"text": number[:20], "last": len(session.row)})
        return replace(back, said=wrong), None
    return replace(back, place=int(number) - 1), None


def edited(session: Session, draft: Draft, text: str, proposed: str) -> Session:
    """The reply was changed to `text`; `proposed` is what it was before any change."""
    others = {known: words for known, words in session.drafts.items() if known != draft}
    if text == proposed:
        return replace(session, drafts=others, uncopied=session.uncopied - {draft})
    if text == session.drafts.get(draft):
        return session
    return replace(session, drafts={**others, draft: text}, uncopied=session.uncopied | {draft})


def went(session: Session, row: Sequence[str], wanted: Filter, at: str = "") -> Session:
    """The row that a filter gave takes the place of the old one; `at` is shown where it is among them."""
    places = {id: place for place, id in enumerate(row)}
    return replace(session, row=row, filter=wanted, place=places.get(at, 0))


def taken(session: Session, step: Step, waits: Waits) -> Session:
    """The step is recorded: the next that waits is shown."""
    decided = frozenset(step.invitations)
    session = replace(
        session,
        steps=(*session.steps, step),
        undone=(),
        chosen={id: verdict for id, verdict in session.chosen.items() if id not in decided},
        uncopied=frozenset(draft for draft in session.uncopied if draft[0] not in decided),
    )
    return onward(session, waits)


def after(session: Session) -> Session:
    """The one behind the invitation shown."""
    return replace(session, place=min(session.place + 1, len(session.row)))


def onward(session: Session, waits: Waits) -> Session:
    """The next invitation that waits: behind the one shown, else before it, else the end.

    Among those that were searched, or chosen for another state than waiting, it is just the next.
    """
    if session.filter.query or session.filter.state not in ("", WAITING):
        return after(session)
    count = len(session.row)
    places = chain(range(session.place + 1, count), range(min(session.place, count)))
    return replace(session, place=next((at for at in places if waits(session.row[at])), count))


def grown(session: Session, invitation: str, batch: int) -> Session:
    """One more batch belongs to the newest step that decided this invitation: its reply was copied."""
    for at in reversed(range(len(session.steps))):
        step = session.steps[at]
        if invitation in step.invitations:
            larger = replace(step, batches=(*step.batches, batch))
            return replace(session, steps=(*session.steps[:at], larger, *session.steps[at + 1 :]))
    return session


def forgotten(session: Session, step: Step) -> Session:
    """A step that was taken back, or again, elsewhere is none of ours any more."""
    session = replace(
        session,
        steps=tuple(each for each in session.steps if each is not step),
        undone=tuple(each for each in session.undone if each[0] is not step),
    )
    return _showing(session, step.invitations[0])


def taken_back(session: Session, batch: int) -> Session:
    """The newest step does not count any more, by the batch of that number: what it decided is shown."""
    *steps, step = session.steps
    session = replace(session, steps=tuple(steps), undone=(*session.undone, (step, batch)))
    return _showing(session, step.invitations[0])


def taken_again(session: Session, waits: Waits) -> Session:
    """The step that was taken back last counts again: the next that waits is shown."""
    *undone, (step, _) = session.undone
    session = replace(session, undone=tuple(undone), steps=(*session.steps, step))
    return onward(_showing(session, step.invitations[-1]), waits)


def _showing(session: Session, id: str) -> Session:
    """An invitation that is not in the row comes in where the person is."""
    if session.shown == id:
        return session
    if id in session.row:
        return replace(session, place=session.row.index(id))
    at = session.place
    return replace(session, row=(*session.row[:at], id, *session.row[at:]))
