"""The clipboard as its owner sees it: what was there is saved, our text is served, what was there comes back.

Owning the selection ourselves tells the very moment at which a window has read the text. A clipboard tool in
another process can only guess it. Conventions: ICCCM 2.0, section 2.
"""

from __future__ import annotations

import contextlib
import time
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from Xlib import X, Xatom
from Xlib.error import XError
from Xlib.protocol import event as events
from Xlib.protocol import request

from motjuste.adapters.x11 import keeper
from motjuste.adapters.x11.session import Session

# Answers that describe the selection or act on it, rather than being a form of its content.
_NOT_CONTENT: Final = frozenset({
    "TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "DELETE", "INSERT_SELECTION", "INSERT_PROPERTY",
})  # fmt: skip
_UTF8_NAMES: Final = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain;charset=UTF-8", "TEXT")
# Clipboard managers leave a content with this hint out of their history (KeePassXC's and Klipper's convention).
_SECRET_HINT: Final = "x-kde-passwordManagerHint"
_CHUNK: Final = 64 * 1024
_OWNER_SECONDS: Final = 0.25  # how long an owner may take to begin its answer
_SAVE_SECONDS: Final = 2.0  # how long a large content may take in all
_KEEP_SECONDS: Final = 0.4  # some programs ask again after they were served
_PUT_OFF: Final = 3600.0


@dataclass(frozen=True)
class Form:
    """One form of a content: its type, its bits per unit (8, 16 or 32) and its units."""

    kind: int
    bits: int
    data: Any = field(repr=False)


Content = dict[int, Form]


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

    window: Any
    name: int
    form: Form
    sent: int
    done: Callable[[], None]


class Selections:
    """Saves, serves and gives back CLIPBOARD and PRIMARY."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._window = session.root.create_window(
            -10, -10, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )
        self._offers: dict[int, _Offer] = {}
        self._transfers: dict[tuple[int, int], _Transfer] = {}
        self._readers: list[int] = []
        self._restore_at = 0.0
        session.listeners.append(self._hear)

    @property
    def readers(self) -> tuple[int, ...]:
        """The windows that have read the offered text whole, in order."""
        return tuple(self._readers)

    def offer(self, text: str, names: Iterable[str]) -> None:
        """Own the selections called `names` and serve `text`, after saving what they hold."""
        self._readers.clear()
        content = self._text_content(text)
        for name in names:
            selection = self._session.atom(name)
            former = self._former(selection)
            since = self._session.server_time(self._window)
            self._offers[selection] = _Offer(content, former, ours=True, since=since)
            self._window.set_selection_owner(selection, since)
        # Whoever injects says when the text was read; until then the former content waits.
        self._restore_at = time.monotonic() + _PUT_OFF
        self._session.display.flush()

    def change(self, text: str) -> None:
        """Serve another text from now on, for a window that has not read the first one yet."""
        content = self._text_content(text)
        for offer in self._offers.values():
            if offer.ours:
                offer.serving = content

    def restore_after(self, seconds: float = _KEEP_SECONDS) -> None:
        """Give the former content back in a moment: some programs ask again after they were served."""
        self._restore_at = time.monotonic() + seconds

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
                self._window.set_selection_owner(selection, offer.since)
            else:
                del self._offers[selection]
                display = self._session.display.display
                request.SetSelectionOwner(
                    display=display, window=X.NONE, selection=selection, time=offer.since
                )
        self._session.display.flush()

    def owned_contents(self) -> keeper.Contents:
        """What the person would lose with this connection: the contents that we serve in another owner's stead."""
        return {
            self._session.atom_name(selection): [
                (
                    self._session.atom_name(target),
                    self._session.atom_name(form.kind),
                    form.bits,
                    bytes(form.data),
                )
                for target, form in offer.former.items()
            ]
            for selection, offer in self._offers.items()
            if offer.former
        }

    def adopt(self, contents: keeper.Contents) -> None:
        """Own the selections of `contents` and serve what `owned_contents` of another process has told."""
        atom = self._session.atom
        for name, forms in contents.items():
            content = {
                atom(target): Form(atom(kind), bits, _units(bits, data)) for target, kind, bits, data in forms
            }
            since = self._session.server_time(self._window)
            self._offers[atom(name)] = _Offer(content, content, ours=False, since=since)
            self._window.set_selection_owner(atom(name), since)
        self._session.display.sync()

    def _text_content(self, text: str) -> Content:
        data = text.encode()
        utf8 = self._session.atom("UTF8_STRING")
        content = {self._session.atom(name): Form(utf8, 8, data) for name in _UTF8_NAMES}
        for name in _UTF8_NAMES[1:3]:
            content[self._session.atom(name)] = Form(self._session.atom(name), 8, data)
        # A reader that knows only Latin-1 gets nothing rather than a wrong text.
        with contextlib.suppress(UnicodeEncodeError):
            content[Xatom.STRING] = Form(Xatom.STRING, 8, text.encode("latin-1"))
        hint = self._session.atom(_SECRET_HINT)
        content[hint] = Form(hint, 8, b"secret")
        return content

    def _former(self, selection: int) -> Content:
        """What the selection holds for the person: what we saved, or what another program owns now."""
        owner = self._session.display.get_selection_owner(selection)
        if owner == X.NONE:
            return {}
        if owner.id == self._window.id:
            return self._offers[selection].former if selection in self._offers else {}
        return self._save(selection)

    # -- saving what others own --------------------------------------------------------------------

    def _save(self, selection: int) -> Content:
        listing = _Question(self._session, self._window, selection, [self._session.atom("TARGETS")])
        listed = next(iter(listing.answers().values()), None)
        if listed is None and not listing.refused:
            return {}  # an owner that does not answer serves nobody else either
        if listed is None or listed.bits != 32:
            # An owner that lists nothing may still know text.
            wanted = [self._session.atom("UTF8_STRING")]
        else:
            wanted = [
                atom
                for atom in dict.fromkeys(listed.data)
                if self._session.atom_name(atom) not in _NOT_CONTENT
            ]
        return _Question(self._session, self._window, selection, wanted).answers()

    # -- serving -----------------------------------------------------------------------------------

    def _hear(self, event: Any) -> None:
        if event.type == X.SelectionRequest:
            self._answer(event)
        elif event.type == X.SelectionClear and event.window.id == self._window.id:
            # Someone copied something else: theirs is the newer content, and ours is over. A late word that an
            # earlier ownership ended says nothing about the present one.
            offer = self._offers.get(event.atom)
            if offer and event.time >= offer.since:
                del self._offers[event.atom]
        elif event.type == X.PropertyNotify and event.state == X.PropertyDelete:
            transfer = self._transfers.get((event.window.id, event.atom))
            if transfer:
                self._send_piece(transfer)

    def _answer(self, asked: Any) -> None:
        offer = self._offers.get(asked.selection)
        name = asked.property or asked.target
        if offer is None:
            given = False
        elif asked.target == self._session.atom("MULTIPLE"):
            given = self._give_several(asked, name, offer)
        else:
            given = self._give(asked.requestor, name, asked.target, offer)
        answer = events.SelectionNotify(
            time=asked.time,
            requestor=asked.requestor,
            selection=asked.selection,
            target=asked.target,
            property=name if given else X.NONE,
        )
        asked.requestor.send_event(answer)
        self._session.display.flush()

    def _give_several(self, asked: Any, name: int, offer: _Offer) -> bool:
        reply = asked.requestor.get_full_property(name, X.AnyPropertyType)
        if reply is None or reply.format != 32:
            return False
        pairs = list(reply.value)
        for index in range(0, len(pairs) - 1, 2):
            if not self._give(asked.requestor, pairs[index + 1], pairs[index], offer):
                pairs[index + 1] = X.NONE
        asked.requestor.change_property(name, reply.property_type, 32, pairs)
        return True

    def _give(self, requestor: Any, name: int, target: int, offer: _Offer) -> bool:
        if target == self._session.atom("TARGETS"):
            listed = [target, self._session.atom("MULTIPLE"), *offer.serving]
            requestor.change_property(name, Xatom.ATOM, 32, listed)
            return True
        form = offer.serving.get(target)
        if form is None:
            return False

        def read() -> None:
            if offer.ours and target != self._session.atom(_SECRET_HINT):
                self._readers.append(requestor.id)

        if len(form.data) * form.bits // 8 > _CHUNK:
            requestor.change_attributes(event_mask=X.PropertyChangeMask)
            self._transfers[requestor.id, name] = _Transfer(requestor, name, form, 0, read)
            requestor.change_property(name, self._session.atom("INCR"), 32, [len(form.data) * form.bits // 8])
        else:
            requestor.change_property(name, form.kind, form.bits, form.data)
            read()
        return True

    def _send_piece(self, transfer: _Transfer) -> None:
        """The reader took the last piece away; an empty piece tells it that there are no more."""
        step = _CHUNK * 8 // transfer.form.bits
        piece = transfer.form.data[transfer.sent : transfer.sent + step]
        transfer.window.change_property(transfer.name, transfer.form.kind, transfer.form.bits, piece)
        transfer.sent += len(piece)
        if not len(piece):
            del self._transfers[transfer.window.id, transfer.name]
            transfer.done()
        self._session.display.flush()


class _Question:
    """Asks the owner of a selection for all of `targets` at once, large contents in pieces (INCR)."""

    def __init__(self, session: Session, window: Any, selection: int, targets: list[int]) -> None:
        self.refused = False
        """Whether the owner has declined some target, and so is alive."""
        self._session = session
        self._window = window
        self._content: Content = {}
        self._waiting = {session.atom(f"MOTJUSTE_{number}"): target for number, target in enumerate(targets)}
        self._pieces: dict[int, list[Form]] = {}
        for name, target in self._waiting.items():
            window.convert_selection(selection, target, name, X.CurrentTime)
        session.display.flush()

    def answers(self) -> Content:
        """What was answered in time, by target."""
        now = time.monotonic()
        while self._waiting:
            # Who has begun to send a large content may take longer than who has not said a word.
            limit = _SAVE_SECONDS if self._pieces else _OWNER_SECONDS
            event = self._session.next(now + limit)
            if event is None:
                break
            if event.type == X.SelectionNotify and event.requestor.id == self._window.id:
                self._answered(event)
            elif (
                event.type == X.PropertyNotify
                and (event.window.id, event.state) == (self._window.id, X.PropertyNewValue)
                and event.atom in self._pieces
            ):
                self._sent_a_piece(event.atom)
        return self._content

    def _answered(self, event: Any) -> None:
        if not event.property:
            self.refused = True
            declined = [name for name, target in self._waiting.items() if target == event.target]
            for name in declined:
                del self._waiting[name]
        elif event.property in self._waiting:
            form = self._read(event.property)
            if form and form.kind == self._session.atom("INCR"):
                self._pieces[event.property] = []
                return
            target = self._waiting.pop(event.property)
            if form:
                self._content[target] = form

    def _sent_a_piece(self, name: int) -> None:
        piece = self._read(name)
        if piece and len(piece.data):
            self._pieces[name].append(piece)
            return
        parts, target = self._pieces.pop(name), self._waiting.pop(name)
        if parts:
            whole = parts[0].data
            for part in parts[1:]:
                whole = whole + part.data
            self._content[target] = Form(parts[0].kind, parts[0].bits, whole)

    def _read(self, name: int) -> Form | None:
        try:
            reply = self._window.get_full_property(name, X.AnyPropertyType)
            self._window.delete_property(name)
            self._session.display.flush()
        except XError:
            return None
        return Form(reply.property_type, reply.format, reply.value) if reply is not None else None


def _units(bits: int, data: bytes) -> Any:
    """`data` as the units of 8, 16 or 32 bits that python-xlib wants."""
    return data if bits == 8 else array({16: "H", 32: "I"}[bits], data)
