"""What the rooms need from outside, as small protocols. Adapters fulfil them; the engine calls them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from motjuste.expansion.windows import AS_USUAL
from motjuste.expansion.windows import Delivery as Delivery
from motjuste.expansion.windows import Window as Window
from motjuste.people.card import Contact

if TYPE_CHECKING:
    from motjuste.inbox.events import Event
    from motjuste.inbox.merging import Merged


@dataclass(frozen=True)
class Injection:
    """What should stand where the trigger stood, whatever the way a backend delivers it.

    `erase` counts the characters (grapheme clusters) before the caret that go away; `text` takes their place;
    `caret` is an index into `text` in code points, or None for its end. `standing` is what is erased, so that a
    backend can put it back when a window turns out not to take the text; `before` is what stands before that, as
    far as it is known. `delivery` is the window's own way.
    """

    erase: int
    text: str = field(repr=False)
    caret: int | None = None
    standing: str = field(default="", repr=False)
    before: str = field(default="", repr=False)
    delivery: Delivery = AS_USUAL


class DisplayGone(Exception):
    """The desktop ended or cut the connection; what is needed of it has to be opened anew."""


class InjectionFailed(Exception):
    """The text could not be delivered; the trigger still stands as it was typed. The message says why."""


class Injector(Protocol):
    """Puts text into the window in front."""

    def holding(self) -> AbstractContextManager[None]:
        """Keep what the person types from now on until the end of the context, so that it comes after a text.

        Raises InjectionFailed when that cannot be done.
        """

    def inject(self, injection: Injection) -> None:
        """Erase and insert as one act.

        Raises InjectionFailed before anything was erased, or not at all.
        """

    def move(self, clusters: int) -> None:
        """Move the caret to the right (negative: to the left) by so many grapheme clusters.

        Raises InjectionFailed.
        """

    def intercept(self, names: frozenset[str]) -> None:
        """From now on these keys (such as "Tab", without modifiers) are ours rather than the window's.

        They arrive as `KeyEvent(name="Tab")`, without text. Empty: no more. Never raises; when it cannot be done
        in time, the key arrives as usual, `KeyEvent(text="\\t", name="Tab")`, and has reached the window.
        """

    def let_through(self, name: str) -> None:
        """Give the window the intercepted key after all: nothing here has a use for it. Never raises."""


class FrontWindow(Protocol):
    """Knows which window receives what is typed."""

    def current(self) -> Window: ...


class Notifier(Protocol):
    """Shows a short sentence to the person without taking the keyboard's focus."""

    def notify(self, summary: str, body: str = "") -> None: ...


class Clipboard(Protocol):
    """Copies a text for the person to paste elsewhere."""

    def copy(self, text: str) -> None: ...


class Clock(Protocol):
    """Seconds that never go backwards."""

    def now(self) -> float: ...


class AddressBook(Protocol):
    """The people whose cards are kept."""

    def contacts(self) -> Sequence[Contact]: ...

    def current(self) -> Contact | None:
        """The person chosen with `motjuste contacts use`, while that choice still holds."""


@dataclass(frozen=True)
class News:
    """What was recorded since somebody looked last.

    With `whole`, earlier events have changed, and `events` are all there are. Else they are the new ones, and
    `changed` are the ids of the invitations whose earlier events count again, or do not count any more.
    """

    events: Sequence[Event]
    seen: object
    """Where these news end, for the next question."""
    whole: bool = True
    changed: Collection[str] = ()


class Ledger(Protocol):
    """The record of what happened with whom. It only grows; what is undone stays in it, marked as undone.

    Every method raises UserError when the record cannot be read or written; then nothing was recorded.
    """

    def record(self, events: Iterable[Event]) -> int:
        """Add events as one batch, all or none; the batch's number (0 without events).

        An event that tells of an invitation which is known already is left out, and so is one with the `source_id`
        of another one of its kind.
        """

    def events(self, *, people: Sequence[str] = (), invitation: str = "") -> Sequence[Event]:
        """What happened, the oldest first: with anybody of these keys, with one invitation, or all.

        What undid any of it comes along, so that `standing` tells what counts.
        """

    def invitations(self, beginning: str = "") -> Collection[str]:
        """The ids of all invitations that came or went out, or of those whose id begins so."""

    def news(self, seen: object = None) -> News:
        """What was recorded since the news that ended at `seen`; everything without it."""

    def newest_step(self) -> Sequence[Event]:
        """What the newest batch recorded that counts and is a step of the person's own (events.is_step)."""

    def merge(self, events: Iterable[Event]) -> Merged:
        """Add what another record of events has and this one has not, all or nothing; see inbox.merging."""

    def last_batch(self) -> int:
        """The number of the newest batch that counts and is no undoing; 0 when there is none."""

    def forget(self, people: Sequence[str]) -> int:
        """Remove every trace of the people of these keys; how many events went."""
