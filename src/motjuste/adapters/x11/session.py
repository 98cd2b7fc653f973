"""The one connection to the X server, its stream of events, and the requests that the rest of this room makes."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from struct import unpack_from
from typing import Final

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.connection import CannotConnect, Connection, XError
from motjuste.adapters.x11.events import Event, Message, read_event
from motjuste.errors import UserError
from motjuste.ports import DisplayGone

__all__ = ["DisplayGone", "Probe", "Property", "Session", "XError"]

_WITHOUT_A_DISPLAY: Final = "start motjuste from your desktop; the terminal commands work without one"
_ALL_UNITS: Final = 0x10000000  # more than any property holds
# The convention wants the first; Qt sends its answers to those who listen for the second.
_ANSWERS: Final = requests.SUBSTRUCTURE_NOTIFY | requests.STRUCTURE_NOTIFY
_EXTENSIONS: Final = ("XInputExtension", "XTEST", "XKEYBOARD")


@dataclass(frozen=True)
class Property:
    """A property's value: its type, its bits per unit (8, 16 or 32) and its units, as bytes."""

    kind: int
    bits: int
    data: bytes = field(repr=False)

    @property
    def numbers(self) -> list[int]:
        """The units as numbers."""
        return array({8: "B", 16: "H", 32: "I"}[self.bits], self.data).tolist()


@dataclass(frozen=True)
class Reservation:
    """Whether the focus was where it was believed to be, no other program had the keyboard, and none had reserved
    keys of the window; and the keys that the server believes to be down, one bit for each.
    """

    in_focus: bool
    keyboard_free: bool
    granted: bool
    keys_down: bytes


def _all_of(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def words(numbers: list[int]) -> bytes:
    """The bytes of 32-bit units."""
    return array("I", numbers).tobytes()


class Session:
    """One connection to the X server. Windows and atoms are numbers.

    `listeners` see every event in the order in which the server sent it; `next` hands it to the caller as well.
    """

    def __init__(self, display_name: str | None = None) -> None:
        self.name: str = display_name or os.environ.get("DISPLAY", "")
        if not self.name:
            raise UserError("no display: DISPLAY is not set", next_step=_WITHOUT_A_DISPLAY)
        try:
            self.connection = Connection(self.name)
        except CannotConnect as problem:
            raise UserError(
                f"the display {self.name} cannot be opened: {problem}", next_step=_WITHOUT_A_DISPLAY
            ) from problem
        self.root: int = self.connection.root
        self.listeners: list[Callable[[Event], None]] = []
        self._heard: dict[int, list[int]] = {}
        self._unseen = 0
        self._atoms: dict[str, int] = {}
        self._atom_names: dict[int, str] = {}
        opcodes = {name: self._extension(name) for name in _EXTENSIONS}
        (self._input, _), (self._test, _), (self._keyboard, self._keyboard_event) = opcodes.values()
        self._ask(requests.raw_input_version(self._input))
        self._ask(requests.use_keyboard_extension(self._keyboard))
        self.hear_of(self.root, requests.PROPERTY_CHANGE)

    def _extension(self, name: str) -> tuple[int, int]:
        present, opcode, first_event = self._ask(requests.query_extension(name.encode()))[8:11]
        if not present:
            raise UserError(f"this X server lacks {name}, which motjuste needs to listen and type")
        return opcode, first_event

    def fileno(self) -> int:
        return self.connection.fileno()

    def close(self) -> None:
        self.connection.close()

    # -- talking to the server ---------------------------------------------------------------------

    def _ask(self, request: bytes) -> bytes:
        return self.connection.ask(request)

    def send(self, request: bytes) -> None:
        """Put a request into the buffer; one whose window has gone by then is dropped."""
        self.connection.send(request)

    def flush(self) -> None:
        self.connection.flush()

    def sync(self, number: int | None = None) -> None:
        """Wait until the server has seen to all that was sent, or to the request of this `number` (`last_sent`).

        Its events are here then.
        """
        if number is None or number > self.connection.last_answered:
            self._ask(requests.get_input_focus())

    @property
    def last_sent(self) -> int:
        """The number of the request that was sent last."""
        return self.connection.last_sent

    def events(self) -> Iterator[Event]:
        """The events that are there, without waiting. Raises DisplayGone."""
        while (data := self.connection.poll()) is not None:
            if (event := self._seen(data)) is not None:
                yield event

    def next(self, deadline: float) -> Event | None:
        """The next event, or None when `deadline` (of `time.monotonic`) comes first. Raises DisplayGone."""
        self.connection.flush()
        while (data := self.connection.wait(deadline)) is not None:
            if (event := self._seen(data)) is not None:
                return event
        return None

    def _seen(self, data: bytes) -> Event | None:
        event = read_event(data, self._keyboard_event)
        if event is not None:
            for listener in tuple(self.listeners):
                listener(event)
        return event

    # -- names, windows and properties -------------------------------------------------------------

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            reply = self._ask(requests.intern_atom(name.encode()))
            (self._atoms[name],) = unpack_from("=I", reply, 8)
        return self._atoms[name]

    def atom_name(self, atom: int) -> str:
        """The name of an atom, "" when there is no such atom."""
        if atom not in self._atom_names:
            try:
                reply = self._ask(requests.get_atom_name(atom))
            except XError:
                return ""
            (length,) = unpack_from("=H", reply, 8)
            self._atom_names[atom] = reply[32 : 32 + length].decode("utf-8", "replace")
        return self._atom_names[atom]

    def same_client(self, one: int, other: int) -> bool:
        """Whether two windows belong to the same program (their identifiers share its resource base)."""
        return one & self.connection.client_mask == other & self.connection.client_mask

    def new_window(self, events: int = 0) -> int:
        """A window of ours that is never shown."""
        window = self.connection.new_id()
        self.send(requests.create_window(window, self.root, events))
        return window

    def hear_of(self, window: int, events: int) -> None:
        """Hear of these `events` (a mask) of `window` too, until as many calls of `hear_no_more`."""
        if window:
            self._set_heard(window, [*self._heard.get(window, ()), events])

    def hear_no_more(self, window: int, events: int) -> None:
        """Hear of these `events` of `window` no longer, unless somebody else here wants to."""
        heard = list(self._heard.get(window, ()))
        if events in heard:
            heard.remove(events)
            self._set_heard(window, heard)

    def _set_heard(self, window: int, heard: list[int]) -> None:
        before = self._heard.pop(window, [])
        if heard:
            self._heard[window] = heard
        if (events := _all_of(heard)) != _all_of(before):
            self.send(requests.select_events(window, events))

    def property(
        self, window: int, name: int, kind: int = requests.ANY, units: int = _ALL_UNITS
    ) -> Property | None:
        """A property of a window, as far as so many 32-bit units; None when there is none, or no such window."""
        return self.property_answer(self.property_question(window, name, kind, units), kind)

    def property_question(
        self, window: int, name: int, kind: int = requests.ANY, units: int = _ALL_UNITS
    ) -> int:
        """As `property`, in two steps."""
        return self.connection.question(requests.get_property(window, name, kind, units))

    def properties(self, window: int, names: Iterable[int], units: int) -> list[Property | None]:
        """Several properties of a window, asked for at once."""
        questions = [self.property_question(window, name, units=units) for name in names]
        return [self.property_answer(question) for question in questions]

    def property_answer(self, question: int, kind: int = requests.ANY) -> Property | None:
        try:
            reply = self.connection.answer(question)
        except XError:
            return None
        found, _, length = unpack_from("=III", reply, 8)
        bits = reply[1]
        if not found or not bits or (kind and found != kind):
            return None
        return Property(found, bits, reply[32 : 32 + length * bits // 8])

    def set_property(
        self, window: int, name: int, kind: int, bits: int, data: bytes, mode: int = requests.REPLACE
    ) -> None:
        self.send(requests.change_property(window, name, kind, bits, data, mode))

    def focus(self) -> int:
        """The window that receives what is typed; the root window while the focus follows the pointer."""
        return self._focus(self._ask(requests.get_input_focus()))

    def _focus(self, reply: bytes) -> int:
        (focus,) = unpack_from("=I", reply, 8)
        return self.root if focus in (requests.NONE, requests.POINTER_ROOT) else int(focus)

    def around(self, window: int) -> list[int]:
        """`window` and the windows around it, from the inside out, without the root window unless it is `window`.

        Raises XError when it has gone.
        """
        around = [window]
        while window != self.root:
            (window,) = unpack_from("=I", self._ask(requests.query_tree(window)), 12)
            if window in (self.root, requests.NONE):
                break
            around.append(window)
        return around

    def answers_probes(self, window: int) -> bool:
        """Whether a window has promised to answer a `Probe`."""
        protocols = self.property(window, self.atom("WM_PROTOCOLS"))
        return (
            protocols is not None and protocols.bits == 32 and self.atom("_NET_WM_PING") in protocols.numbers
        )

    # -- selections --------------------------------------------------------------------------------

    def selection_owner(self, selection: int) -> int:
        """The window that owns a selection, NONE when nobody does."""
        return self.selection_owner_answer(self.selection_owner_question(selection))

    def selection_owner_question(self, selection: int) -> int:
        """As `selection_owner`, in two steps."""
        return self.connection.question(requests.get_selection_owner(selection))

    def selection_owner_answer(self, question: int) -> int:
        (owner,) = unpack_from("=I", self.connection.answer(question), 8)
        return int(owner)

    # -- the keyboard ------------------------------------------------------------------------------

    def fake_key(self, kind: int, keycode: int) -> None:
        """Strike (KEY_PRESS) or let go of (KEY_RELEASE) a key."""
        self.send(requests.fake_key(self._test, kind, keycode))

    def keys_down(self) -> bytes:
        """One bit for each key that the server believes to be down, whoever pressed it."""
        return self._ask(requests.query_keymap())[8:40]

    def modifier_masks(self) -> dict[int, int]:
        """Which modifier each modifier key stands for, as a mask bit (Shift is bit 0, Lock bit 1, Control bit 2 …)."""
        reply = self._ask(requests.get_modifier_mapping())
        each = reply[1]
        return {
            keycode: 1 << index // each for index, keycode in enumerate(reply[32 : 32 + 8 * each]) if keycode
        }

    def modifiers_down(self) -> frozenset[int]:
        """The modifier keys that the server believes to be down."""
        down = self.keys_down()
        return frozenset(key for key in self.modifier_masks() if down[key // 8] >> key % 8 & 1)

    def reserve_keys(self, focus: int, window: int) -> Reservation:
        """From now on a press of any key freezes the keyboard, for us to judge it.

        `focus` is the window that is believed to have the focus, `window` one around it. For a moment the keyboard
        is taken whole: that tells whether another program has it, and none slips through before all is in place.
        """
        connection = self.connection
        focused = connection.question(requests.get_input_focus())
        taken = connection.question(requests.grab_keyboard(focus))
        reserved = connection.send_checked(requests.grab_key(window, requests.ANY))
        connection.send(requests.ungrab_keyboard())
        down = connection.question(requests.query_keymap())
        in_focus = self._focus(connection.answer(focused)) == focus
        keyboard_free = granted = True
        try:
            keyboard_free = connection.answer(taken)[1] == requests.GRAB_SUCCESS
        except XError:
            in_focus = False  # the window has gone
        keys_down = connection.answer(down)[8:40]
        try:
            connection.check(reserved)
        except XError:
            granted = False
        if granted and not (in_focus and keyboard_free):
            self.send(requests.ungrab_key(window, requests.ANY))
        return Reservation(in_focus, keyboard_free, granted, keys_down)

    def keyboard_is_taken(self) -> bool:
        """Whether another program has the keyboard.

        Asked by trying to take it for a window that is not shown, which succeeds in no case.
        """
        if not self._unseen:
            self._unseen = self.new_window()
        return self._ask(requests.grab_keyboard(self._unseen))[1] == requests.ALREADY_GRABBED

    def listen_to_keyboard(self) -> None:
        """From now on raw keys and buttons, and changes of the layout and of locks, are among the events."""
        kinds = (requests.RAW_KEY_PRESS, requests.RAW_KEY_RELEASE, requests.RAW_BUTTON_PRESS)
        self.send(requests.select_keyboard_changes(self._keyboard))
        self.send(requests.select_raw_input(self._input, self.root, kinds))

    def test_devices(self) -> frozenset[int]:
        """The devices through which XTEST keys arrive, by the name that the server gives them."""
        reply = self._ask(requests.query_devices(self._input))
        found, at = set(), 32
        for _ in range(unpack_from("=H", reply, 8)[0]):
            device, classes, name_length = unpack_from("=H4xHH", reply, at)
            at += 12
            if b"XTEST" in reply[at : at + name_length]:
                found.add(device)
            at += (name_length + 3) & ~3
            for _ in range(classes):
                at += 4 * unpack_from("=H", reply, at + 2)[0]
        return frozenset(found)

    def repeat_delay(self) -> int:
        """Milliseconds until a held key begins to repeat (XKB's repeatDelay)."""
        reply = self._ask(requests.get_keyboard_controls(self._keyboard))
        return int(unpack_from("=H", reply, 20)[0])


class Probe:
    """Asks a window whether it keeps up with its events (_NET_WM_PING, Extended Window Manager Hints 1.5).

    The answer comes after everything that was sent to the window before. Most toolkits answer by themselves.
    """

    def __init__(self, session: Session, window: int) -> None:
        self._session = session
        self._protocols = session.atom("WM_PROTOCOLS")
        self._ping = session.atom("_NET_WM_PING")
        session.hear_of(session.root, _ANSWERS)
        asked = (self._ping, requests.CURRENT_TIME, window, 0, 0)
        session.send(requests.send_event(window, requests.client_message(window, self._protocols, asked)))
        session.flush()
        self.answered = False
        session.listeners.append(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Message) and event.kind == self._protocols:
            self.answered = self.answered or event.words[0] == self._ping

    def close(self) -> None:
        self._session.listeners.remove(self._hear)
        self._session.hear_no_more(self._session.root, _ANSWERS)
