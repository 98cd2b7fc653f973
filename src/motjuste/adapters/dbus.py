"""A connection to a D-Bus bus that never waits: what is asked now is answered in a later `read`."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.low_level import (
    Endianness,
    Header,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    Parser,
)

_BUS: Final = "org.freedesktop.DBus"
_BUS_PATH: Final = "/org/freedesktop/DBus"
_AT_ONCE: Final = 8192  # bytes; some forty signals and 5 ms, so that a storm of them leaves time for the keys
_LONGEST: Final = 1 << 20  # bytes of a message; what is asked for here has less than a thousandth of it
# How the parser complains about bytes that are no message.
_UNREADABLE: Final = (ValueError, KeyError, IndexError, TypeError, AssertionError, struct.error)

Body = tuple[Any, ...]
Answered = Callable[[Body | None], None]


class BusGone(Exception):
    """There is no bus at the address, or the connection has ended."""


@dataclass(frozen=True)
class Signal:
    """Something that a program on the bus told everybody: `sender` is its unique name, such as `:1.7`."""

    sender: str
    path: str
    member: str
    body: Body


class Bus:
    """One connection to the bus at `address`; `told` receives the signals that were subscribed to.

    With `start` a service that does not run is started by the first call to it; without, the call fails.
    Raises BusGone.
    """

    def __init__(self, address: str, told: Callable[[Signal], None], *, start: bool = False) -> None:
        self._told = told
        self._flags = MessageFlag(0) if start else MessageFlag.no_auto_start
        self._authenticator = Authenticator()
        self._parser = Parser()
        self._waiting: list[bytes] = []
        self._answers: dict[int, Answered] = {}
        self._serial = 0
        self._socket = _connected(address)
        try:
            self._send(self._authenticator.data_to_send() or b"")
            self.call(_BUS, _BUS_PATH, _BUS, "Hello")
        except BusGone:
            self.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def call(
        self,
        destination: str,
        path: str,
        interface: str,
        method: str,
        signature: str = "",
        body: Body = (),
        *,
        answered: Answered = lambda body: None,
    ) -> None:
        """Ask something; `answered` receives the answer's values, or None when it is an error. Raises BusGone."""
        self._serial += 1
        fields = {
            HeaderFields.path: path,
            HeaderFields.destination: destination,
            HeaderFields.interface: interface,
            HeaderFields.member: method,
        }
        if signature:
            fields[HeaderFields.signature] = signature
        header = Header(Endianness.little, MessageType.method_call, self._flags, 1, -1, self._serial, fields)
        self._answers[self._serial] = answered
        data = Message(header, body).serialise()
        if self._authenticator.authenticated:
            self._send(data)
        else:
            self._waiting.append(data)

    def subscribe(self, rule: str) -> None:
        """Receive the signals that a match rule of the D-Bus specification describes. Raises BusGone."""
        self.call(_BUS, _BUS_PATH, _BUS, "AddMatch", "s", (rule,))

    def watch_name(self, name: str) -> None:
        """Receive `NameOwnerChanged` when a program takes or leaves the well-known `name`. Raises BusGone."""
        self.subscribe(
            f"type='signal',sender='{_BUS}',interface='{_BUS}',member='NameOwnerChanged',arg0='{name}'"
        )

    def read(self) -> None:
        """Take in a part of what has come, without waiting. Raises BusGone."""
        try:
            data = self._socket.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError as problem:
            raise BusGone(problem.strerror) from None
        if not data:
            raise BusGone("it closed the connection")
        if not self._authenticator.authenticated:
            self._prove_who_we_are(data)
            return
        self._parser.add_data(data)
        while (message := self._next_message()) is not None:
            self._dispatch(message)

    def close(self) -> None:
        self._socket.close()

    def _prove_who_we_are(self, data: bytes) -> None:
        try:
            self._authenticator.feed(data)
        except AuthenticationError:
            raise BusGone("it does not let us in") from None
        if self._authenticator.authenticated:
            # Once it is content the authenticator hands out no more, not even this last word.
            self._send(b"".join((BEGIN, *self._waiting)))
            self._waiting.clear()

    def _next_message(self) -> Message | None:
        try:
            message = self._parser.get_next_message()
            too_long = message is None and self._parser.bytes_desired() > _LONGEST
        except _UNREADABLE:
            raise BusGone("it speaks no D-Bus") from None
        if too_long:
            raise BusGone("it sends what was never asked for")
        return message

    def _dispatch(self, message: Message) -> None:
        fields, kind = message.header.fields, message.header.message_type
        if kind is MessageType.signal:
            sender, path = fields.get(HeaderFields.sender, ""), fields[HeaderFields.path]
            self._told(Signal(sender, path, fields[HeaderFields.member], tuple(message.body)))
        elif kind in (MessageType.method_return, MessageType.error):
            answered = self._answers.pop(fields[HeaderFields.reply_serial], None)
            if answered:
                answered(tuple(message.body) if kind is MessageType.method_return else None)

    def _send(self, data: bytes) -> None:
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError as problem:
            raise BusGone(problem.strerror) from None
        # A few small questions always have room, unless the bus has stopped reading.
        if sent < len(data):
            raise BusGone("it takes no more messages")


def _connected(address: str) -> socket.socket:
    """A socket to the first place of a D-Bus address that takes us. Raises BusGone."""
    try:
        places = list(get_connectable_addresses(address))
    except (RuntimeError, ValueError):
        raise BusGone("its address is no socket of this machine") from None
    reason = "nothing listens there"
    for place in places:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        connection.setblocking(False)
        try:
            connection.connect(place)
        except OSError as problem:
            connection.close()
            reason = problem.strerror or reason
        else:
            return connection
    raise BusGone(reason)
