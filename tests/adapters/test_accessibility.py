"""Password fields, from what programs tell the accessibility service of the desktop."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_bus import SILENCE, FakeBus, Reply

from motjuste.adapters.accessibility import PASSWORD_TEXT, Field, FieldsInFocus, PasswordFields, describe_here

ENTRY = 61
NAME, PASSWORD, REPEATED = (Field(":1.5", f"/a11y/{name}") for name in ("name", "password", "repeated"))
ELSEWHERE = Field(":1.9", "/a11y/search")


class Asked(list[Field]):
    """The questions that were put."""

    def answer(self, fields: FieldsInFocus, role: int | None) -> float | None:
        return fields.answered(self.pop(0), role)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def fields(asked: Asked) -> FieldsInFocus:
    return FieldsInFocus(asked.append)


def enter(fields: FieldsInFocus, asked: Asked, field: Field, role: int) -> None:
    fields.gained(field, 0.0)
    asked.answer(fields, role)
    fields.settle()


def test_a_field_is_heard_until_it_says_that_it_is_for_a_password(
    fields: FieldsInFocus, asked: Asked
) -> None:
    fields.gained(PASSWORD, 0.0)
    fields.settle()
    assert (fields.secret, asked) == (False, [PASSWORD])
    asked.answer(fields, PASSWORD_TEXT)
    fields.settle()
    assert fields.secret


def test_a_password_field_is_known_again_before_it_answers(fields: FieldsInFocus, asked: Asked) -> None:
    enter(fields, asked, PASSWORD, PASSWORD_TEXT)
    enter(fields, asked, NAME, ENTRY)
    assert not fields.secret
    fields.gained(PASSWORD, 0.0)
    assert fields.secret
    assert asked == [PASSWORD]


def test_a_field_that_shows_its_text_from_now_on_is_believed(fields: FieldsInFocus, asked: Asked) -> None:
    enter(fields, asked, PASSWORD, PASSWORD_TEXT)
    enter(fields, asked, PASSWORD, ENTRY)
    enter(fields, asked, NAME, ENTRY)
    fields.gained(PASSWORD, 0.0)
    assert not fields.secret


def test_from_one_password_field_to_the_next_nothing_is_heard(fields: FieldsInFocus, asked: Asked) -> None:
    enter(fields, asked, PASSWORD, PASSWORD_TEXT)
    fields.lost(PASSWORD)
    fields.gained(REPEATED, 0.0)
    fields.settle()
    assert fields.secret
    asked.answer(fields, PASSWORD_TEXT)
    fields.settle()
    assert fields.secrets == [REPEATED]


def test_a_password_field_that_loses_the_focus_to_nobody_is_left(fields: FieldsInFocus, asked: Asked) -> None:
    enter(fields, asked, PASSWORD, PASSWORD_TEXT)
    fields.lost(NAME)
    fields.settle()
    assert fields.secret
    fields.lost(PASSWORD)
    fields.settle()
    assert not fields.secret


def test_an_answer_that_comes_after_the_focus_has_gone_changes_nothing(
    fields: FieldsInFocus, asked: Asked
) -> None:
    fields.gained(PASSWORD, 0.0)
    fields.lost(PASSWORD)
    fields.settle()
    asked.answer(fields, PASSWORD_TEXT)
    fields.settle()
    assert not fields.secret


def test_a_program_is_asked_one_question_at_a_time_and_last_about_where_the_focus_is(
    fields: FieldsInFocus, asked: Asked
) -> None:
    for field in (NAME, REPEATED, NAME, REPEATED, PASSWORD):
        fields.gained(field, 0.0)
    assert asked == [NAME]
    asked.answer(fields, ENTRY)
    assert asked == [PASSWORD]
    asked.answer(fields, PASSWORD_TEXT)
    assert (fields.secrets, asked) == ([PASSWORD], [])


def test_a_field_that_cannot_answer_yet_is_asked_again_ever_more_patiently(
    fields: FieldsInFocus, asked: Asked
) -> None:
    fields.gained(PASSWORD, 0.0)
    pauses = []
    while (pause := asked.answer(fields, None)) is not None:
        pauses.append(pause)
        fields.ask_again()
    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]
    fields.ask_again()
    assert len(asked) == 1
    asked.answer(fields, PASSWORD_TEXT)
    assert fields.secret


def test_another_programs_focus_does_not_end_a_password(fields: FieldsInFocus, asked: Asked) -> None:
    enter(fields, asked, PASSWORD, PASSWORD_TEXT)
    enter(fields, asked, ELSEWHERE, ENTRY)
    assert fields.secrets == [PASSWORD]
    fields.looked(PASSWORD, focused=True)
    assert fields.secret
    fields.looked(PASSWORD, focused=False)
    assert not fields.secret


class Desktop:
    """A session bus with an accessibility service (both are the same fake one), a clock and a listener."""

    def __init__(self, folder: Path) -> None:
        self.bus = FakeBus(folder)
        self.environ = {"DBUS_SESSION_BUS_ADDRESS": self.bus.address}
        self.now = 100.0
        self.told: list[bool] = []
        self.roles = {PASSWORD: PASSWORD_TEXT}
        self.focused: Field | None = None
        self.enabled = False
        self.serves = self.answering = True
        self.bus.answers = {
            "GetAddress": lambda call: ("s", (self.bus.address,)) if self.serves else None,
            "RegisterEvent": lambda call: ("", ()) if self.serves else None,
            "Get": lambda call: ("v", (("b", self.enabled),)) if self.serves else None,
            "Set": self._set,
            "GetRole": lambda call: self._program(("u", (self.roles.get(self._field(call), ENTRY),))),
            "GetState": lambda call: self._program(
                ("au", ([(self._field(call) == self.focused) << 12, 0],)),
            ),
        }
        self.passwords: PasswordFields | None = None

    def start(self, **options: str) -> PasswordFields:
        self.passwords = PasswordFields(self.environ, self.told.append, clock=lambda: self.now, **options)
        self.work()
        return self.passwords

    def work(self) -> None:
        """Until neither side has anything to do."""
        assert self.passwords
        worked = True
        while worked:
            self.passwords.process()
            self.passwords.tick()
            worked = self.bus.work()
        self.passwords.process()

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.work()

    def focus(self, field: Field) -> None:
        """The program moves the focus and tells so."""
        if self.focused:
            self.tell(self.focused, 0)
        self.focused = field
        self.tell(field, 1)
        self.work()

    def tell(self, field: Field, gained: int, times: int = 1) -> None:
        self.bus.tell(
            field.path, "org.a11y.atspi.Event.Object", "StateChanged", "siiv", ("focused", gained, 0, ("i", 0)),
            sender=field.program, times=times,
        )  # fmt: skip

    def name_taken(self, name: str, owner: str) -> None:
        self.bus.tell(
            "/", "org.freedesktop.DBus", "NameOwnerChanged", "sss", (name, "", owner), "org.freedesktop.DBus"
        )
        self.work()

    def _set(self, call: object) -> Reply:
        self.enabled = call.body[2][1]  # type: ignore[attr-defined]
        return "", ()

    def _program(self, reply: Reply) -> Reply:
        return reply if self.answering else SILENCE

    @staticmethod
    def _field(call: object) -> Field:
        return Field(call.destination, call.path)  # type: ignore[attr-defined]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path)
    yield desktop
    if desktop.passwords:
        desktop.passwords.close()
    desktop.bus.close()


def test_the_focus_in_a_password_field_is_told_and_that_it_left(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.focus(NAME)
    assert desktop.told == []
    desktop.focus(PASSWORD)
    assert (desktop.told, passwords.secret) == ([True], True)
    desktop.focus(NAME)
    assert (desktop.told, passwords.secret) == ([True, False], False)


def test_only_the_focus_is_subscribed_to(desktop: Desktop) -> None:
    desktop.start()
    assert [call.body for call in desktop.bus.asked("RegisterEvent")] == [("object:state-changed:focused",)]
    events = [rule for client in desktop.bus.clients for rule in client.rules if "atspi.Event" in rule]
    assert len(events) == 1
    assert "arg0='focused'" in events[0]


def test_a_password_field_stays_one_while_nothing_happens(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.focus(PASSWORD)
    for _ in range(20):
        desktop.wait(0.5)
    assert desktop.told == [True]
    assert passwords.next_due is None


def test_a_program_that_does_not_tell_what_it_lost_is_looked_at(desktop: Desktop) -> None:
    desktop.start()
    desktop.focus(PASSWORD)
    desktop.focused = None
    desktop.wait(0.05)
    assert desktop.told == [True]
    desktop.wait(0.05)
    assert desktop.told == [True, False]


def test_in_another_window_a_password_field_counts_no_more_whatever_it_says(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.focus(PASSWORD)
    desktop.wait(5)
    desktop.answering = False
    passwords.left()
    assert desktop.told == [True, False]
    desktop.tell(PASSWORD, 1)
    desktop.work()
    assert desktop.told == [True, False, True]


def test_a_dialog_that_comes_to_the_front_after_its_field_has_the_focus_stays_secret(
    desktop: Desktop,
) -> None:
    passwords = desktop.start()
    desktop.focus(PASSWORD)
    desktop.wait(0.3)
    passwords.left()
    desktop.wait(5)
    assert desktop.told == [True]


def test_the_other_windows_own_focus_does_not_make_the_one_left_look_young(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.focus(PASSWORD)
    desktop.wait(5)
    desktop.tell(ELSEWHERE, 1)
    desktop.work()
    passwords.left()
    assert desktop.told == [True, False]


def test_a_program_that_hangs_keeps_its_secret(desktop: Desktop) -> None:
    desktop.start()
    desktop.focus(PASSWORD)
    desktop.answering = False
    for _ in range(10):
        desktop.wait(0.5)
    assert desktop.told == [True]


def test_a_program_that_never_answers_stops_nothing(desktop: Desktop) -> None:
    desktop.start()
    desktop.answering = False
    for _ in range(10):
        desktop.focus(PASSWORD)
        desktop.focus(NAME)
    desktop.answering = True
    desktop.focus(Field(":1.9", PASSWORD.path))
    assert len(desktop.bus.asked("GetRole")) == 2


def test_a_field_that_does_not_exist_yet_is_asked_again(desktop: Desktop) -> None:
    desktop.start()
    desktop.bus.answers["GetRole"] = lambda call: None
    desktop.focus(PASSWORD)
    desktop.wait(0.05)
    desktop.bus.answers["GetRole"] = lambda call: ("u", (PASSWORD_TEXT,))
    desktop.wait(0.1)
    assert desktop.told == [True]


def test_of_thousands_of_focus_events_only_the_last_one_counts(desktop: Desktop) -> None:
    passwords = desktop.start()
    for _ in range(10):
        desktop.tell(NAME, 1, times=200)
        desktop.tell(PASSWORD, 1, times=50)
        while select.select([passwords], [], [], 0)[0]:
            passwords.process()
    desktop.focused = PASSWORD
    desktop.work()
    assert passwords.secret
    assert len(desktop.bus.asked("GetRole")) < 10


def test_a_storm_of_events_is_taken_in_parts_so_that_keys_come_between(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.tell(NAME, 1, times=200)
    desktop.tell(PASSWORD, 1)
    parts = 1
    passwords.process()
    while select.select([passwords], [], [], 0)[0]:
        passwords.process()
        parts += 1
    assert parts > 3
    desktop.work()
    assert passwords.secret


def test_a_service_that_comes_later_is_joined(desktop: Desktop) -> None:
    desktop.serves = False
    passwords = desktop.start()
    assert passwords.describe().startswith("not known: no accessibility service")
    assert passwords.next_due is None
    desktop.serves = True
    desktop.name_taken("org.a11y.Bus", ":1.2")
    assert passwords.describe().startswith("known in GTK and Qt")
    desktop.focus(PASSWORD)
    assert desktop.told == [True]


def test_a_service_that_is_started_anew_is_joined_anew(desktop: Desktop) -> None:
    desktop.start()
    desktop.focus(PASSWORD)
    desktop.name_taken("org.a11y.Bus", ":1.7")
    assert desktop.told == [True, False]
    assert len(desktop.bus.asked("RegisterEvent")) == 2


def test_a_registry_that_is_started_anew_is_told_of_us_again(desktop: Desktop) -> None:
    desktop.start()
    desktop.name_taken("org.a11y.atspi.Registry", ":1.3")
    assert len(desktop.bus.asked("RegisterEvent")) == 2


def test_a_bus_that_goes_takes_its_secret_with_it_and_is_joined_when_it_is_back(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.focus(PASSWORD)
    desktop.bus.close()
    desktop.work()
    assert desktop.told == [True, False]
    assert passwords.describe().startswith("not known: there is no session bus")
    desktop.wait(1)
    desktop.bus.open()
    desktop.wait(2)
    desktop.focus(NAME)
    desktop.focus(PASSWORD)
    assert desktop.told == [True, False, True]


def test_a_bus_that_stays_away_is_looked_for_again_only_when_the_person_is_active(desktop: Desktop) -> None:
    passwords = desktop.start()
    desktop.bus.close()
    desktop.work()
    for _ in range(10):
        desktop.wait(60)
    assert passwords.next_due is None
    desktop.bus.open()
    passwords.rejoin()
    desktop.wait(1)
    assert passwords.describe().startswith("known")


def test_bytes_that_are_no_messages_end_only_the_connection(desktop: Desktop) -> None:
    passwords = desktop.start()
    for client in desktop.bus.clients:
        client.socket.send(b"this is no message at all")
    desktop.work()
    assert passwords.describe().startswith("not known")
    desktop.wait(1)
    assert passwords.describe().startswith("known")


def test_the_switch_that_browsers_look_at_is_left_alone_unless_it_is_wanted(desktop: Desktop) -> None:
    passwords = desktop.start()
    assert "browsers do not tell" in passwords.describe()
    assert desktop.bus.asked("Set") == []


def test_the_switch_that_browsers_look_at_is_on_as_long_as_it_is_wanted(desktop: Desktop) -> None:
    passwords = desktop.start(wanted="browsers")
    assert desktop.enabled
    passwords.close()
    desktop.bus.work()
    assert not desktop.enabled
    desktop.passwords = None


def test_a_switch_that_was_on_stays_on(desktop: Desktop) -> None:
    desktop.enabled = True
    passwords = desktop.start(wanted="browsers")
    assert "Firefox" in passwords.describe()
    passwords.close()
    desktop.bus.work()
    assert desktop.enabled
    desktop.passwords = None


def test_who_does_not_want_it_is_not_on_the_bus(desktop: Desktop) -> None:
    passwords = desktop.start(wanted="off")
    assert passwords.describe() == 'not known: you do not want it (password_fields = "off" in your profile)'
    assert desktop.bus.clients == []


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({}, id="no bus is named"),
        pytest.param({"DBUS_SESSION_BUS_ADDRESS": "disabled:"}, id="the bus is turned off"),
        pytest.param({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}, id="nobody listens there"),
        pytest.param({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=localhost,port=1"}, id="it is on a network"),
        pytest.param({"DBUS_SESSION_BUS_ADDRESS": "no address"}, id="it is no address"),
    ],
)
def test_without_a_bus_nothing_is_known_and_nothing_breaks(environ: dict[str, str]) -> None:
    passwords = PasswordFields(environ)
    passwords.process()
    passwords.left()
    passwords.rejoin()
    assert passwords.describe() == "not known: there is no session bus to ask the toolkits by"
    assert not passwords.secret
    passwords.close()
    assert describe_here(environ) == "not known: there is no session bus to ask the toolkits by"


@pytest.mark.parametrize("environ", [{}, {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}])
def test_where_there_is_no_bus_to_come_nothing_wakes_anybody_up(environ: dict[str, str]) -> None:
    passwords = PasswordFields(environ)
    assert passwords.next_due is None
    passwords.close()


def test_finding_out_what_can_be_known_registers_for_nothing(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def select_and_serve(self: PasswordFields, seconds: float) -> None:
        desktop.bus.work()
        wait(self, min(seconds, 0.01))

    wait: Callable[[PasswordFields, float], None] = PasswordFields.wait
    monkeypatch.setattr(PasswordFields, "wait", select_and_serve)
    assert describe_here(desktop.environ, "browsers").startswith("known in GTK and Qt")
    assert [desktop.bus.asked(method) for method in ("RegisterEvent", "Set")] == [[], []]
