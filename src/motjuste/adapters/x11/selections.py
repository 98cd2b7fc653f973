"""The clipboard as its owner sees it: what was there is saved, our text is served, what was there comes back.

Owning the selection ourselves tells the very moment at which a window has read the text. A clipboard tool in
another process can only guess it. Conventions: ICCCM 2.0, section 2.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from motjuste.adapters.x11 import keeper, requests
from motjuste.adapters.x11.events import (
    Event,
    PropertyChanged,
    SelectionAsked,
    SelectionLost,
)
from motjuste.adapters.x11.reading import Askers, Content, read, read_forms
from motjuste.adapters.x11.session import Property, Session, words

_UTF8_NAMES: Final = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain;charset=UTF-8", "TEXT")
# Clipboard managers leave a content with this hint out of their history (KeePassXC's and Klipper's convention).
_SECRET_HINT: Final = "x-kde-passwordManagerHint"
# What a person may have copied of somebody; an address book's card says more than its text.
_COPIED: Final = ("text/vcard", "text/x-vcard", "UTF8_STRING")
_CHUNK: Final = 64 * 1024
KEEP_SECONDS: Final = 1.0  # some programs ask again after they were served
_QUIET_SECONDS: Final = 0.03  # after which a program that asked several times has got what it wanted
_PUT_OFF: Final = 3600.0


@dataclass
class _Offer:
    """What one selection serves: our text for the moment, and what was there before."""

    serving: Content
    former: Content
    ours: bool  # the text of an expansion, rather than the former content
    since: int  # server time at which we became the owner


@dataclass
class _Transfer:
    """A content on its way to a window in pieces (INCR)."""

    window: int
    name: int
    form: Property
    sent: int
    done: Callable[[], None]


class Selections:
    """Saves, serves and gives back CLIPBOARD and PRIMARY."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._window = session.new_window(requests.PROPERTY_CHANGE)
        self._stamp_name = session.atom("MOTJUSTE_TIME")
        self._now = requests.CURRENT_TIME
        """The server's clock in milliseconds, when we last asked."""
        self._saved: dict[int, Content] = {}
        self._offers: dict[int, _Offer] = {}
        self._transfers: dict[tuple[int, int], _Transfer] = {}
        self._askers = Askers(session)
        self._readers: list[int] = []
        self._asked_at = 0.0
        self._restore_at = 0.0
        self._awaited = False  # whoever injects still waits for the text to be read
        session.listeners.append(self._hear)

    @property
    def readers(self) -> tuple[int, ...]:
        """The windows that have read the offered text whole, in order."""
        return tuple(self._readers)

    def save(self, names: Iterable[str]) -> None:
        """Learn what the selections called `names` hold, ahead of `offer`."""
        session = self._session
        selections = [session.atom(name) for name in names]
        self._stamp()
        questions = [session.selection_owner_question(selection) for selection in selections]
        owners = [session.selection_owner_answer(question) for question in questions]
        self._saved = {
            selection: self._former(selection, owner)
            for selection, owner in zip(selections, owners, strict=True)
        }
        if any(owner not in (requests.NONE, self._window) for owner in owners):
            # That took a while, and a claim that is older than somebody's newer one would be refused.
            self._stamp()
            session.sync()
        self._hear_all()

    def copied(self) -> str:
        """The text, or the card, that the person copied last; "" when it is neither."""
        session = self._session
        clipboard = session.atom("CLIPBOARD")
        owner = session.selection_owner_answer(session.selection_owner_question(clipboard))
        forms = [session.atom(name) for name in _COPIED]
        if owner in (requests.NONE, self._window):
            content = self._former(clipboard, owner)
        else:
            content = read_forms(session, self._askers, clipboard, forms)
        texts = (content[form].data.decode("utf-8", "replace") for form in forms if form in content)
        return next(filter(None, texts), "")

    def _former(self, selection: int, owner: int) -> Content:
        """What the selection holds for the person: what we saved, or what another program owns now."""
        if owner == requests.NONE:
            return {}
        if owner == self._window:
            return self._offers[selection].former if selection in self._offers else {}
        return read(self._session, self._askers, selection)

    def _hear_all(self) -> None:
        """Let the listeners see what has come with the server's last answer."""
        for _ in self._session.events():
            pass

    def _stamp(self) -> None:
        """Ask for the server's clock, by an empty change of a property of our window (ICCCM 2.1)."""
        self._session.set_property(self._window, self._stamp_name, requests.STRING, 8, b"", requests.APPEND)

    def settle(self) -> None:
        """Wait until whoever reads our last text has done with it, should that have been a moment ago.

        Chromium asks a dozen times for one paste, and pastes nothing when the clipboard changes meanwhile.
        """
        while any(offer.ours for offer in self._offers.values()):
            asked = self._asked_at
            if self._session.next(asked + _QUIET_SECONDS) is None and asked == self._asked_at:
                return

    def offer(self, text: str, names: Iterable[str]) -> None:
        """Own the selections called `names` and serve `text`, after saving what they hold."""
        if not self._saved:
            self.save(names)
        self._readers.clear()
        content = self._text_content(text)
        for selection, former in self._saved.items():
            self._offers[selection] = _Offer(content, former, ours=True, since=self._now)
            self._own(selection, self._now)
        self._saved = {}
        # Whoever injects says when the text was read; until then the former content waits.
        self._awaited = True
        self._restore_at = time.monotonic() + _PUT_OFF

    def _own(self, selection: int, since: int) -> None:
        self._session.send(requests.set_selection_owner(self._window, selection, since))

    def change(self, text: str) -> None:
        """Serve another text from now on, for a window that has not read the first one yet."""
        content = self._text_content(text)
        for offer in self._offers.values():
            if offer.ours:
                offer.serving = content

    def restore_after(self, seconds: float = KEEP_SECONDS) -> None:
        """Give the former content back in a moment: some programs ask again after they were served."""
        self._awaited = False
        self._restore_at = time.monotonic() + seconds

    def give_way(self) -> None:
        """The person does what may be a paste of their own: give the former content back without delay."""
        if not self._awaited and self.next_due is not None:
            # Whoever still reads our text must get it whole.
            self._restore_at = min(self._restore_at, self._asked_at + _QUIET_SECONDS)
            self.tick()

    @property
    def next_due(self) -> float | None:
        """When `tick` has something to do (`time.monotonic`), or None."""
        return self._restore_at if any(offer.ours for offer in self._offers.values()) else None

    def tick(self) -> None:
        """Give back what is due."""
        if self.next_due is not None and time.monotonic() >= self._restore_at:
            self.restore()

    def restore(self) -> None:
        """Give every selection that is still ours its former content."""
        for selection, offer in list(self._offers.items()):
            if not offer.ours:
                continue
            # With the time at which we became the owner, the server ignores this if someone copied since.
            if offer.former:
                self._offers[selection] = _Offer(offer.former, offer.former, ours=False, since=offer.since)
                # Owning it anew tells programs that keep a copy to throw the expansion away.
                self._own(selection, offer.since)
            else:
                del self._offers[selection]
                self._session.send(requests.set_selection_owner(requests.NONE, selection, offer.since))
        self._session.flush()

    def owned_contents(self) -> keeper.Contents:
        """What the person would lose with this connection: the contents that we serve in another owner's stead."""
        return {
            self._session.atom_name(selection): [
                (
                    self._session.atom_name(target),
                    self._session.atom_name(form.kind),
                    form.bits,
                    form.data,
                )
                for target, form in offer.former.items()
            ]
            for selection, offer in self._offers.items()
            if offer.former
        }

    def adopt(self, contents: keeper.Contents) -> None:
        """Own the selections of `contents` and serve what `owned_contents` of another process has told."""
        atom = self._session.atom
        self._stamp()
        self._session.sync()
        self._hear_all()
        for name, forms in contents.items():
            content = {atom(target): Property(atom(kind), bits, data) for target, kind, bits, data in forms}
            self._offers[atom(name)] = _Offer(content, content, ours=False, since=self._now)
            self._own(atom(name), self._now)
        self._session.sync()

    def _text_content(self, text: str) -> Content:
        data = text.encode()
        utf8 = self._session.atom("UTF8_STRING")
        content = {self._session.atom(name): Property(utf8, 8, data) for name in _UTF8_NAMES}
        for name in _UTF8_NAMES[1:3]:
            content[self._session.atom(name)] = Property(self._session.atom(name), 8, data)
        # A reader that knows only Latin-1 gets nothing rather than a wrong text.
        with contextlib.suppress(UnicodeEncodeError):
            content[requests.STRING] = Property(requests.STRING, 8, text.encode("latin-1"))
        hint = self._session.atom(_SECRET_HINT)
        content[hint] = Property(hint, 8, b"secret")
        return content

    # -- serving -----------------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        if isinstance(event, SelectionAsked):
            self._answer(event)
        elif isinstance(event, SelectionLost):
            # Someone copied something else: theirs is the newer content, and ours is over. A late word that an
            # earlier ownership ended says nothing about the present one.
            offer = self._offers.get(event.selection)
            if event.window == self._window and offer and event.time >= offer.since:
                del self._offers[event.selection]
        elif isinstance(event, PropertyChanged):
            if (event.window, event.name) == (self._window, self._stamp_name):
                self._now = event.time
            elif event.deleted and (transfer := self._transfers.get((event.window, event.name))):
                self._send_piece(transfer)

    def _answer(self, asked: SelectionAsked) -> None:
        self._asked_at = time.monotonic()
        offer = self._offers.get(asked.selection)
        name = asked.name or asked.target
        if offer is None:
            given = False
        elif asked.target == self._session.atom("MULTIPLE"):
            given = self._give_several(asked, name, offer)
        else:
            given = self._give(asked.requestor, name, asked.target, offer)
        answer = requests.selection_notify(
            asked.requestor, asked.selection, asked.target, name if given else requests.NONE, asked.time
        )
        self._session.send(requests.send_event(asked.requestor, answer))
        self._session.flush()

    def _give_several(self, asked: SelectionAsked, name: int, offer: _Offer) -> bool:
        found = self._session.property(asked.requestor, name)
        if found is None or found.bits != 32:
            return False
        pairs = found.numbers
        for index in range(0, len(pairs) - 1, 2):
            if not self._give(asked.requestor, pairs[index + 1], pairs[index], offer):
                pairs[index + 1] = requests.NONE
        self._session.set_property(asked.requestor, name, found.kind, 32, words(pairs))
        return True

    def _give(self, requestor: int, name: int, target: int, offer: _Offer) -> bool:
        put = self._session.set_property
        if target == self._session.atom("TARGETS"):
            listed = [target, self._session.atom("MULTIPLE"), *offer.serving]
            put(requestor, name, requests.ATOM, 32, words(listed))
            return True
        form = offer.serving.get(target)
        if form is None:
            return False

        def read() -> None:
            if offer.ours and target != self._session.atom(_SECRET_HINT):
                self._readers.append(requestor)

        if len(form.data) > _CHUNK:
            self._session.hear_of(requestor, requests.PROPERTY_CHANGE)
            self._transfers[requestor, name] = _Transfer(requestor, name, form, 0, read)
            put(requestor, name, self._session.atom("INCR"), 32, words([len(form.data)]))
        else:
            put(requestor, name, form.kind, form.bits, form.data)
            read()
        return True

    def _send_piece(self, transfer: _Transfer) -> None:
        """The reader took the last piece away; an empty piece tells it that there are no more."""
        form = transfer.form
        piece = form.data[transfer.sent : transfer.sent + _CHUNK]
        self._session.set_property(transfer.window, transfer.name, form.kind, form.bits, piece)
        transfer.sent += len(piece)
        if not piece:
            del self._transfers[transfer.window, transfer.name]
            self._session.hear_no_more(transfer.window, requests.PROPERTY_CHANGE)
            transfer.done()
        self._session.flush()
