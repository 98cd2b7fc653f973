"""A message bus in the test's own hands: it answers when it is told to, and never by itself."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney.low_level import Endianness, Header, HeaderFields, Message, MessageType, Parser

Reply = tuple[str, tuple[Any, ...]] | None
SILENCE: Reply = ("silence", ())


@dataclass
class Client:
    """One connection to the bus."""

    socket: socket.socket
    began: bool = False
    parser: Parser = field(default_factory=Parser)
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """What was asked, of whom."""

    method: str
    destination: str
    path: str
    body: tuple[Any, ...]


class FakeBus:
    """Listens on a socket in `folder`; `answers` says what a method gives: None an error, SILENCE nothing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "bus"
        self.address = f"unix:path={self._path}"
        self.answers: dict[str, Callable[[Call], Reply]] = {}
        self.calls: list[Call] = []
        self.clients: list[Client] = []
        self._listener: socket.socket | None = None
        self._serial = 0
        self.open()

    def open(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._path))
        self._listener.listen()
        self._listener.setblocking(False)

    def close(self) -> None:
        """Go away with every connection, as a bus does that is ended."""
        for client in self.clients:
            client.socket.close()
        self.clients.clear()
        if self._listener:
            self._listener.close()
            self._listener = None
            self._path.unlink()

    def asked(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def work(self) -> bool:
        """Take in and answer what is there; whether there was anything."""
        worked = False
        while self._listener:
            try:
                connection, _ = self._listener.accept()
            except BlockingIOError:
                break
            connection.setblocking(False)
            self.clients.append(Client(connection))
            worked = True
        for client in tuple(self.clients):
            try:
                data = client.socket.recv(1 << 20)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                data = b""
            worked = True
            if data:
                self._take_in(client, data)
            else:
                client.socket.close()
                self.clients.remove(client)
        return worked

    def tell(
        self,
        path: str,
        interface: str,
        member: str,
        signature: str,
        body: tuple[Any, ...],
        sender: str = ":1.5",
        times: int = 1,
    ) -> None:
        """Send a signal, `times` over, to each client that has a rule for its member."""
        fields = {HeaderFields.path: path, HeaderFields.interface: interface, HeaderFields.member: member}
        fields |= {HeaderFields.sender: sender, HeaderFields.signature: signature}
        for client in self.clients:
            if any(f"member='{member}'" in rule for rule in client.rules):
                self._send(client, MessageType.signal, fields, body, times)

    def _take_in(self, client: Client, data: bytes) -> None:
        if not client.began:
            line, _, data = data.partition(b"\r\n")
            if line.startswith(b"\0AUTH EXTERNAL"):
                client.socket.send(b"OK 1234\r\n")
                return
            assert line == b"BEGIN"
            client.began = True
        for message in client.parser.feed(data):
            self._answer(client, message)

    def _answer(self, client: Client, message: Message) -> None:
        asked = message.header.fields
        call = Call(
            asked[HeaderFields.member], asked[HeaderFields.destination], asked[HeaderFields.path],
            tuple(message.body),
        )  # fmt: skip
        self.calls.append(call)
        if call.method == "AddMatch":
            client.rules.append(call.body[0])
        reply = self.answers.get(call.method, lambda call: ("", ()))(call)
        if reply is SILENCE:
            return
        fields: dict[HeaderFields, Any] = {HeaderFields.reply_serial: message.header.serial}
        if reply is None:
            fields[HeaderFields.error_name] = "org.freedesktop.DBus.Error.Failed"
            self._send(client, MessageType.error, fields, ())
            return
        signature, body = reply
        if signature:
            fields[HeaderFields.signature] = signature
        self._send(client, MessageType.method_return, fields, body)

    def _send(
        self,
        client: Client,
        kind: MessageType,
        fields: dict[HeaderFields, Any],
        body: tuple[Any, ...],
        times: int = 1,
    ) -> None:
        self._serial += 1
        header = Header(Endianness.little, kind, 0, 1, -1, self._serial, fields)
        # Who has left hears no answer; whoever is there has room for it.
        with contextlib.suppress(BrokenPipeError):
            client.socket.sendall(Message(header, body).serialise() * times)
