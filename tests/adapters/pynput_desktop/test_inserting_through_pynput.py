"""A trigger is replaced in a window that knows nothing but the keys it gets."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from machine import Key, Machine, Person, shown

from motjuste.adapters.pynput_desktop.injector import LENT_SECONDS
from motjuste.adapters.pynput_desktop.listening import LONGEST_HOLD_SECONDS
from motjuste.ports import Delivery, Injection, InjectionFailed

TEXT = "J’ai été ravi : « à bientôt » 👩🏽‍💻"


@pytest.fixture(
    params=[True, False], ids=["our keys bear a mark", "the system says only that a program sent them"]
)
def marks(request: pytest.FixtureRequest, machine: Machine) -> None:
    machine.marks = request.param


@pytest.mark.usefixtures("marks")
def test_a_trigger_becomes_its_text_and_nothing_of_it_comes_back(person: Person) -> None:
    person.uses(sig=TEXT)
    person.strike("sig")
    assert list(shown(person.listens())) == ["s", "i", "g"]
    assert person.field == f"{TEXT}|"


@pytest.mark.usefixtures("marks")
def test_triggers_one_after_the_other(person: Person) -> None:
    person.uses(my="mine")
    for _ in range(20):
        person.strike("my", " ")
        person.listens()
    assert person.field == "mine " * 20 + "|"


def test_typing_goes_straight_on_before_the_daemon_has_heard_the_trigger(person: Person) -> None:
    person.uses(sig="Kind regards,")
    person.strike("sig", " and more")
    person.listens()
    assert person.field == "Kind regards, and more|"


def test_typing_goes_on_while_the_text_is_made(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.uses(sig="Kind regards,")
    assert person.engine
    expand = person.engine._expander.expand

    def slowly(*arguments: object) -> object:
        person.strike(" and")
        person.chord(Key.shift, "m")
        person.machine.settle()
        return expand(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(person.engine._expander, "expand", slowly)
    person.strike("sig")
    person.listens()
    assert (person.field, person.machine.box.held) == ("Kind regards, andM|", set())


def test_a_trigger_among_what_was_held_back_is_found_as_well(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.uses(my="mine")
    assert person.engine
    expand = person.engine._expander.expand
    more = ["my", " x"]

    def slowly(*arguments: object) -> object:
        if more:
            person.strike(more.pop(0))
            person.machine.settle()
        return expand(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(person.engine._expander, "expand", slowly)
    person.strike("my")
    person.listens()
    assert person.field == "minemine x|"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["my", "m", "y", " ", "^e", "<hear>", "<shift>"]), max_size=25))
def test_whatever_is_typed_the_field_holds_what_the_triggers_make_of_it(keys: list[str]) -> None:
    """Hearing late or early makes no difference to the text."""
    fields = []
    for early in (True, False):
        machine = Machine()
        person = Person(machine)
        person.uses(my="mine")
        for key in keys:
            if key == "<shift>":
                person.chord(Key.shift, "z")
            elif key != "<hear>":
                person.strike(key)
            if early or key == "<hear>":
                person.listens()
        person.listens()
        fields.append((person.field, machine.box.held, machine.box.commands))
        person.desktop.close()
        machine.stop()
    assert fields[0] == fields[1]


@pytest.mark.parametrize("modifier", [Key.shift, Key.ctrl, Key.alt, Key.cmd, Key.alt_gr])
def test_a_held_modifier_changes_nothing_and_is_held_afterwards(person: Person, modifier: Key) -> None:
    person.strike("ab")
    person.listens()
    person.press(modifier)
    person.machine.settle()
    person.desktop.injector.inject(Injection(erase=2, text=TEXT))
    assert person.listens() == []
    assert (person.field, person.machine.box.commands) == (f"{TEXT}|", [])
    assert len(person.machine.box.held) == 1
    person.release(modifier)
    person.listens()
    assert person.machine.box.held == set()


def test_caps_lock_is_never_touched(person: Person) -> None:
    person.press(Key.caps_lock)
    person.machine.settle()
    person.desktop.injector.inject(Injection(erase=0, text="x"))
    person.listens()
    assert person.machine.box.held == {"Caps_Lock"}


def test_the_caret_ends_up_where_it_is_meant_to(person: Person) -> None:
    person.uses(my="Dear $|$,\n👩🏽‍💻 bye")
    person.strike("my")
    person.listens()
    assert person.field == "Dear |,\n👩🏽‍💻 bye"


def test_the_caret_moves_by_clusters(person: Person) -> None:
    person.desktop.injector.inject(Injection(erase=0, text="a👩🏽‍💻b"))
    person.desktop.injector.move(-2)
    person.listens()
    assert person.field == "a|👩🏽‍💻b"
    person.desktop.injector.move(1)
    person.listens()
    assert person.field == "a👩🏽‍💻|b"


@pytest.mark.parametrize(
    ("delivery", "field"),
    [
        pytest.param(Delivery(), "a\nb|", id="pasted with its newline"),
        pytest.param(Delivery(newline="return"), "a\nb|", id="Return between the lines"),
        pytest.param(Delivery(newline="shift-return"), "a\vb|", id="Shift+Return between the lines"),
        pytest.param(Delivery(newline="space"), "a b|", id="no newline at all"),
        pytest.param(Delivery(backend="keys"), "a\nb|", id="typed key by key"),
    ],
)
def test_a_newline_goes_in_as_the_window_takes_it(person: Person, delivery: Delivery, field: str) -> None:
    person.desktop.injector.inject(Injection(erase=0, text="a\nb", delivery=delivery))
    person.listens()
    assert person.field == field


def test_a_text_by_keys_is_exact_and_leaves_the_clipboard_alone(person: Person) -> None:
    person.machine.clipboard.copy(png=b"\x89PNG")
    person.desktop.injector.inject(Injection(erase=0, text=TEXT, delivery=Delivery(backend="keys")))
    assert person.listens() == []
    assert (person.field, person.machine.clipboard.content) == (f"{TEXT}|", {"png": b"\x89PNG"})


def test_the_clipboard_is_back_after_a_while_and_nobody_waits_for_it(person: Person) -> None:
    person.machine.clipboard.copy(png=b"\x89PNG")
    person.uses(my="mine")
    person.strike("my")
    person.listens()
    person.desktop.tick()
    assert (person.now, person.desktop.next_due) == (0, LENT_SECONDS)
    assert person.machine.clipboard.read_text() == "mine"
    person.now = LENT_SECONDS
    person.desktop.tick()
    assert (person.machine.clipboard.content, person.desktop.next_due) == ({"png": b"\x89PNG"}, None)


def test_closing_gives_the_clipboard_back_at_once(machine: Machine) -> None:
    person = Person(machine)
    machine.clipboard.copy(text=b"old")
    person.uses(my="mine")
    person.strike("my")
    person.listens()
    person.desktop.close()
    assert machine.clipboard.content == {"text": b"old"}


def test_a_clipboard_that_cannot_be_had_leaves_the_trigger(person: Person) -> None:
    person.machine.clipboard.broken = OSError(5, "another program has it")
    person.uses(my="mine")
    person.strike("my")
    person.listens()
    assert person.field == "my|"
    assert person.notices == ["the clipboard could not be had: another program has it"]
    person.strike("x")
    person.listens()
    assert person.field == "myx|"


@pytest.mark.parametrize(
    ("how", "notice"),
    [("refuses", "the machine refuses our keys"), ("deaf", "the window belongs to an administrator")],
)
def test_a_window_that_takes_no_keys_keeps_the_trigger_and_the_clipboard(
    person: Person, how: str, notice: str
) -> None:
    person.machine.clipboard.copy(text=b"old")
    person.uses(my="mine")
    person.strike("my")
    person.machine.settle()
    setattr(person.machine, how, "keys" if how == "refuses" else notice)
    person.listens()
    assert (person.field, person.notices) == ("my|", [notice])
    person.now += LENT_SECONDS
    person.desktop.tick()
    assert person.machine.clipboard.content == {"text": b"old"}


@pytest.mark.parametrize("keys", [[Key.left], ["^"]], ids=["an arrow", "a dead key"])
def test_keys_that_are_no_plain_text_after_the_trigger_leave_it(
    person: Person, keys: list[Key | str]
) -> None:
    person.uses(my="mine")
    person.strike("my", *keys)
    person.listens()
    assert person.field.replace("|", "") == "my"
    assert person.notices == ["other keys were pressed before the text could go in"]


def test_an_unknown_key_in_a_paste_chord_is_named(person: Person) -> None:
    with pytest.raises(InjectionFailed, match=r"the paste chord 'ctrl\+q' has the unknown key 'q'"):
        person.desktop.injector.inject(Injection(erase=0, text="x", delivery=Delivery(paste="ctrl+q")))


def test_what_another_program_types_is_typing(person: Person) -> None:
    """A keyboard on the screen, or somebody far away."""
    person.machine.marks = False
    person.uses(my="mine")
    for letter in "my":
        for pressed in (True, False):
            person.machine.type_as_a_program(letter, pressed=pressed)
    person.listens()
    assert person.field == "mine|"


def test_keys_that_went_their_way_before_a_slow_text_was_made_come_after_it(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.uses(my="mine")
    assert person.engine
    expand = person.engine._expander.expand

    def too_slowly(*arguments: object) -> object:
        person.now += LONGEST_HOLD_SECONDS + 1
        person.strike("x")
        person.machine.settle()
        return expand(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(person.engine._expander, "expand", too_slowly)
    person.strike("my")
    person.listens()
    assert person.field == "minex|"


def test_keys_that_go_their_way_while_the_text_is_on_its_own_leave_the_trigger(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.uses(my="mine")
    put = person.machine.clipboard.put

    def too_slowly(text: str) -> None:
        person.now += LONGEST_HOLD_SECONDS + 1
        person.strike("x")
        person.machine.settle()
        put(text)

    monkeypatch.setattr(person.machine.clipboard, "put", too_slowly)
    person.strike("my")
    person.listens()
    assert (person.field, person.notices) == ("myx|", ["it took too long, and the keys could not wait any more"])
