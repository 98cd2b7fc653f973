"""Knows when the keyboard's focus is in a password field, from the accessibility service of the desktop (AT-SPI 2).

Toolkits tell that service which of their fields has the focus, once somebody is registered for that; the field
is then asked for its role. Nothing else is subscribed to, so that no text ever comes this way.
"""

from __future__ import annotations

import contextlib
import selectors
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from motjuste.adapters.dbus import Body, Bus, BusGone, Signal

PASSWORD_TEXT: Final = 40  # ATSPI_ROLE_PASSWORD_TEXT of at-spi2-core's atspi-constants.h
_FOCUSED_BIT: Final = 12  # ATSPI_STATE_FOCUSED, the same file

_LAUNCHER: Final = "org.a11y.Bus"
_LAUNCHER_PATH: Final = "/org/a11y/bus"
_REGISTRY: Final = "org.a11y.atspi.Registry"
_REGISTRY_PATH: Final = "/org/a11y/atspi/registry"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_STATUS: Final = "org.a11y.Status"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_EVENT: Final = "object:state-changed:focused"
_RULE: Final = "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'"

# Seconds, each twice as long as the one before: GTK 4 tells of a new window's fields before one can ask them,
# by more than a second when the machine is busy.
_ASK_AGAIN: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
_LOOK_AGAIN: Final = (0.1, 0.4, 1.5)  # seconds; a program may still believe that it has the focus
_SETTLED: Final = (
    0.5  # seconds by which a new window may be told to be in front after its field had the focus
)
# Seconds; after the last one it is tried only when the person goes to another window.
_RECONNECT: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
_REMEMBERED: Final = 64
_TURNED_OFF: Final = "disabled:"  # what GLib, and with it most desktops, takes for "there is none and never will be"


@dataclass(frozen=True)
class Field:
    """A place where one can type: the program's name on the bus and the path of its object."""

    program: str
    path: str


@dataclass
class _Program:
    """What is known of one program: the field in focus, the one that is being asked, and the secret one."""

    focused: Field | None = None
    asked: Field | None = None
    secret: Field | None = None
    refusals: int = 0
    since: float = 0.0  # when it told last that something has the focus


class FieldsInFocus:
    """Which password fields have the focus, from what the programs tell; `ask` and `look` put questions to them.

    An unknown field is heard until it answers, so that a trigger typed right after a click is not lost; what was
    heard of a password by then (some milliseconds) is forgotten as soon as the answer comes. While the focus is
    on its way from a password field to another field of the same program, it counts as a password field still.
    """

    def __init__(self, ask: Callable[[Field], None]) -> None:
        self._ask = ask
        self._programs: dict[str, _Program] = {}
        # Known ones are believed at once the next time; in the order of their use.
        self._known: dict[Field, None] = {}

    @property
    def secret(self) -> bool:
        """Whether a password is asked for."""
        return any(program.secret for program in self._programs.values())

    @property
    def secrets(self) -> list[Field]:
        """The password fields in focus; several when a program has not told yet that it lost the focus."""
        return [program.secret for program in self._programs.values() if program.secret]

    def gained(self, field: Field, now: float) -> None:
        """`field` told that it has the focus."""
        program = self._programs.setdefault(field.program, _Program())
        program.focused, program.refusals, program.since = field, 0, now
        if field in self._known:
            program.secret = field
        if program.asked is None:
            program.asked = field
            self._ask(field)

    def lost(self, field: Field) -> None:
        """`field` told that it has no focus any more."""
        program = self._programs.get(field.program)
        if program and program.focused == field:
            program.focused = None

    def settle(self) -> None:
        """Everything that was told until now has been taken in: who lost the focus to nobody is secret no more."""
        for name, program in tuple(self._programs.items()):
            if program.focused is None:
                program.secret = None
                if program.asked is None:
                    del self._programs[name]

    def answered(self, field: Field, role: int | None) -> float | None:
        """`field` said what it is, None when it refused; after how many seconds to `ask_again`, if at all."""
        program = self._programs.get(field.program)
        if program is None or program.asked != field:
            return None
        program.asked = None
        if program.focused is not None and program.focused != field:
            program.asked = program.focused
            self._ask(program.focused)
            return None
        if role is None:
            program.secret = None
            if program.focused is None or program.refusals == len(_ASK_AGAIN):
                return None
            program.refusals += 1
            return _ASK_AGAIN[program.refusals - 1]
        program.refusals = 0
        program.secret = field if role == PASSWORD_TEXT and program.focused else None
        self._known.pop(field, None)
        if role == PASSWORD_TEXT:
            self._known[field] = None
            if len(self._known) > _REMEMBERED:
                del self._known[next(iter(self._known))]
        return None

    def ask_again(self) -> None:
        """Ask those in focus that refused to say what they are."""
        for program in self._programs.values():
            if program.refusals and program.focused and program.asked is None:
                program.asked = program.focused
                self._ask(program.focused)

    def looked(self, field: Field, *, focused: bool) -> None:
        """`field` was looked at: whether it has the focus."""
        program = self._programs.get(field.program)
        if program and program.secret == field and not focused:
            program.secret = None
            if program.focused == field:
                program.focused = None

    def left(self, before: float) -> None:
        """The person is in another window than those whose programs told of the focus until `before`."""
        for program in self._programs.values():
            if program.secret and program.since <= before:
                program.focused = program.secret = None

    def forget(self) -> None:
        """The service has gone, and with it all that was known."""
        self._programs.clear()
        self._known.clear()


class PasswordFields:
    """Tells `changed` whenever the focus comes into a password field (True) or leaves the last one (False).

    For one thread's loop: when `fileno` is readable call `process`, at `next_due` call `tick`; neither waits.
    Without a session bus or without an accessibility service it stays silent, and joins them when they come.
    `wanted` is one of profile.PASSWORD_FIELDS. With "browsers" the service is started when it does not run, and
    the desktop's switch for accessibility is on until `close`, which Firefox looks at as it starts.
    With `listen` off it only finds out what `describe` says.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        changed: Callable[[bool], None] = lambda secret: None,
        *,
        wanted: str = "toolkits",
        listen: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.secret = False
        self._changed = changed
        self._wanted = wanted
        self._listen = listen
        self._switches = listen and wanted == "browsers"
        self._clock = clock
        self._address = "" if wanted == "off" else _session_address(environ)
        self._selector = selectors.DefaultSelector()
        self._session: Bus | None = None
        self._service: Bus | None = None
        self._registered = False
        self._answered = False
        self._enabled: bool | None = None
        self._switched_on = False
        self._fields = FieldsInFocus(self._ask)
        self._looked_at: set[Field] = set()
        self._attempts = 0
        self._timers = {
            self._connect: [0.0] if self._address else [],
            self._fields.ask_again: [],
            self._look: [],
        }
        self.tick()

    # -- the loop ------------------------------------------------------------------------------------

    def fileno(self) -> int:
        """Readable when there is something to `process`; the same one as long as this lives."""
        return self._selector.fileno()

    def process(self) -> None:
        """Take in a part of what has come, without waiting."""
        for key, _ in self._selector.select(0):
            # What one of them says may be that the other one is over.
            if (bus := key.data) in (self._session, self._service):
                try:
                    bus.read()
                except BusGone:
                    self._lose_service() if bus is self._service else self._lose_session()
        self._settle()

    def wait(self, seconds: float) -> None:
        """For those without a loop: sleep until there is something to do, and do it."""
        due = self.next_due
        self._selector.select(seconds if due is None else max(0.0, min(seconds, due - self._clock())))
        self.process()
        self.tick()

    @property
    def next_due(self) -> float | None:
        """When `tick` should be called, on the clock; None while nothing is under way."""
        dues = [due for dues in self._timers.values() for due in dues]
        return min(dues) if dues else None

    def tick(self) -> None:
        """Do what is due by now."""
        now = self._clock()
        for act, dues in self._timers.items():
            if any(due <= now for due in dues):
                dues[:] = [due for due in dues if due > now]
                try:
                    act()
                except BusGone:
                    self._lose_service()
        self._settle()

    def left(self) -> None:
        """Another window came to the front; whoever has the focus when the person is back tells so again.

        Firefox and Chromium do not tell what they lose that way, and still say that they have the focus.
        """
        if self.secret:
            self._fields.left(self._clock() - _SETTLED)
            self._due(self._look, _LOOK_AGAIN)
            self._settle()

    def rejoin(self) -> None:
        """The person is active: look once more for a bus that has stayed away."""
        if self._service is None and self._attempts >= len(_RECONNECT):
            self._attempts -= 1
            self._due(self._connect, (_RECONNECT[0],))

    @property
    def complete(self) -> bool:
        """Whether everything is known that `describe` says."""
        return self._answered or self._session is None

    def describe(self) -> str:
        """Whether password fields can be known here, in one sentence."""
        if self._wanted == "off":
            return 'not known: you do not want it (password_fields = "off" in your profile)'
        if self._session is None:
            return "not known: there is no session bus to ask the toolkits by"
        if self._service is None:
            return "not known: no accessibility service runs here (on Debian and Ubuntu: at-spi2-core)"
        if not self._enabled:
            return (
                'known in GTK and Qt programs; browsers do not tell (password_fields = "browsers" in your '
                "profile makes Firefox tell), terminals and Tk never do"
            )
        return (
            "known in GTK and Qt programs and in Firefox; Chromium tells only when started with "
            "--force-renderer-accessibility, terminals and Tk never do"
        )

    def close(self) -> None:
        if self._switched_on and self._session:
            with contextlib.suppress(BusGone):
                self._switch(False)
        for bus in (self._service, self._session):
            if bus:
                bus.close()
        self._service = self._session = None
        self._selector.close()

    def _settle(self) -> None:
        self._fields.settle()
        if self._fields.secret != self.secret:
            self.secret = self._fields.secret
            if not self.secret:
                self._due(self._look, ())
            self._changed(self.secret)

    def _due(self, act: Callable[[], None], after: Iterable[float]) -> None:
        now = self._clock()
        self._timers[act][:] = [now + seconds for seconds in after]

    # -- the two buses -------------------------------------------------------------------------------

    def _connect(self) -> None:
        try:
            if self._session is None:
                self._session = self._join(self._address, self._session_told, start=self._switches)
                self._session.watch_name(_LAUNCHER)
                self._session.subscribe(
                    f"type='signal',path='{_LAUNCHER_PATH}',interface='{_PROPERTIES}',"
                    f"member='PropertiesChanged',arg0='{_STATUS}'"
                )
            if self._service is None:
                self._find_service(self._session)
        except BusGone:
            self._lose_session()

    def _find_service(self, session: Bus) -> None:
        session.call(_LAUNCHER, _LAUNCHER_PATH, _LAUNCHER, "GetAddress", answered=self._found)
        session.call(
            _LAUNCHER, _LAUNCHER_PATH, _PROPERTIES, "Get", "ss", (_STATUS, "IsEnabled"),
            answered=self._found_switch,
        )  # fmt: skip

    def _join(self, address: str, told: Callable[[Signal], None], *, start: bool) -> Bus:
        bus = Bus(address, told, start=start)
        self._selector.register(bus, selectors.EVENT_READ, bus)
        return bus

    def _found(self, body: Body | None) -> None:
        """Where the accessibility service's own bus is; None when the service does not run (we shall be told)."""
        self._answered = body is None
        if not body or not isinstance(body[0], str) or self._service is not None:
            return
        try:
            # A service without its registry is one whose first program has yet to come, and would tell us nothing.
            self._service = self._join(body[0], self._service_told, start=self._listen)
            self._service.watch_name(_REGISTRY)
            if self._listen:
                self._service.subscribe(_RULE)
            self._register()
        except BusGone:
            self._lose_service()

    def _found_switch(self, body: Body | None) -> None:
        if body and isinstance(body[0], tuple):
            self._enabled = body[0][1] is True
            if self._switches and not self._enabled:
                self._switch(True)
                self._switched_on = True

    def _switch(self, on: bool) -> None:
        if self._session:
            values = (_STATUS, "IsEnabled", ("b", on))
            self._session.call(_LAUNCHER, _LAUNCHER_PATH, _PROPERTIES, "Set", "ssv", values)

    def _register(self) -> None:
        """Programs tell nothing until somebody is registered for it."""

        def registered(body: Body | None) -> None:
            self._registered = body is not None
            self._answered = True
            if self._registered:
                self._attempts = 0
                self._due(self._connect, ())

        if self._service:
            if self._listen:
                self._service.call(
                    _REGISTRY, _REGISTRY_PATH, _REGISTRY, "RegisterEvent", "s", (_EVENT,), answered=registered
                )
            else:
                self._service.call(
                    _REGISTRY, _REGISTRY_PATH, _REGISTRY, "GetRegisteredEvents", answered=registered
                )

    def _lose_session(self) -> None:
        self._leave(self._session)
        self._session = None
        self._lose_service()

    def _lose_service(self) -> None:
        self._leave(self._service)
        self._service = None
        self._registered = False
        self._looked_at.clear()
        self._fields.forget()
        if self._attempts < len(_RECONNECT):
            self._due(self._connect, (_RECONNECT[self._attempts],))
            self._attempts += 1

    def _leave(self, bus: Bus | None) -> None:
        if bus:
            self._selector.unregister(bus)
            bus.close()

    # -- what is told --------------------------------------------------------------------------------

    def _session_told(self, signal: Signal) -> None:
        if signal.member == "PropertiesChanged":
            changed = signal.body[1].get("IsEnabled")
            self._enabled = self._enabled if changed is None else changed[1] is True
        elif signal.member == "NameOwnerChanged" and signal.body[0] == _LAUNCHER:
            if self._service:
                self._lose_service()
            if signal.body[2] and self._session:
                self._find_service(self._session)

    def _service_told(self, signal: Signal) -> None:
        if signal.member == "NameOwnerChanged":
            self._registered = False
            if signal.body[0] == _REGISTRY and signal.body[2]:
                self._register()
        elif signal.member == "StateChanged" and signal.body[0] == "focused":
            field = Field(signal.sender, signal.path)
            if not signal.body[1]:
                self._fields.lost(field)
                return
            if self._fields.secret and not self._timers[self._look]:
                self._due(self._look, _LOOK_AGAIN)
            self._fields.gained(field, self._clock())

    def _ask(self, field: Field) -> None:
        def answered(body: Body | None) -> None:
            role = body[0] if body and isinstance(body[0], int) else None
            if (again := self._fields.answered(field, role)) is not None:
                self._due(self._fields.ask_again, (again,))
            if role == PASSWORD_TEXT:
                self._due(self._look, _LOOK_AGAIN)

        self._question(field, "GetRole", answered)

    def _look(self) -> None:
        for field in self._fields.secrets:
            if field not in self._looked_at:
                self._looked_at.add(field)
                self._look_at(field)

    def _look_at(self, field: Field) -> None:
        def answered(body: Body | None) -> None:
            self._looked_at.discard(field)
            self._fields.looked(field, focused=body is not None and _is_focused(body))

        self._question(field, "GetState", answered)

    def _question(self, field: Field, method: str, answered: Callable[[Body | None], None]) -> None:
        if self._service:
            self._service.call(field.program, field.path, _ACCESSIBLE, method, answered=answered)


def describe_here(environ: Mapping[str, str], wanted: str = "toolkits", *, patience: float = 0.5) -> str:
    """Whether password fields can be known on this desktop, in one sentence, found out within `patience` seconds."""
    deadline = time.monotonic() + patience
    fields = PasswordFields(environ, wanted=wanted, listen=False)
    try:
        while not fields.complete and (rest := deadline - time.monotonic()) > 0:
            fields.wait(rest)
        return fields.describe()
    finally:
        fields.close()


def _is_focused(body: Body) -> bool:
    """Whether the answer of GetState, two words of bits, has the one for the focus."""
    words = body[0] if body and isinstance(body[0], list) else []
    return bool(words and words[0] >> _FOCUSED_BIT & 1)


def _session_address(environ: Mapping[str, str]) -> str:
    """The address of the session bus, empty when there is none: as the environment says, else where systemd has it."""
    if address := environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "" if address == _TURNED_OFF else address
    runtime = environ.get("XDG_RUNTIME_DIR")
    socket = Path(runtime, "bus") if runtime else None
    return f"unix:path={socket}" if socket and socket.exists() else ""
