"""What the daemon is told of a person's typing, through pynput."""

from __future__ import annotations

import logging
import select
from collections.abc import Callable

import pytest
from machine import GIVE_UP, Key, Machine, Person, shown, until

from motjuste.adapters.pynput_desktop.listening import LONGEST_HOLD_SECONDS
from motjuste.adapters.pynput_desktop.strokes import Stroke
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import Injection, InjectionFailed

Hands = Callable[[Person], None]


@pytest.mark.parametrize(
    ("hands", "events"),
    [
        pytest.param(lambda p: p.strike("ab"), ["a", "b"], id="letters"),
        pytest.param(lambda p: p.chord(Key.shift, "a"), ["A"], id="a capital"),
        pytest.param(lambda p: p.chord(Key.alt_gr, "e"), ["€"], id="AltGr makes a text and no command"),
        pytest.param(lambda p: p.strike("^", "e"), ["Multi_key", "ê"], id="a dead key"),
        pytest.param(
            lambda p: (p.chord(Key.alt_gr, "n"), p.strike("n")), ["Multi_key", "ñ"], id="behind AltGr"
        ),
        pytest.param(
            lambda p: p.strike("^", Key.backspace, "e"), ["Multi_key", "Multi_key", "e"], id="undone"
        ),
        pytest.param(lambda p: p.strike(Key.enter, Key.tab), ["\n", "\t"], id="Return and Tab are text"),
        pytest.param(lambda p: p.chord(Key.shift, Key.tab), ["ISO_Left_Tab"], id="Shift+Tab is none"),
        pytest.param(lambda p: p.chord(Key.ctrl, "c"), ["Control+c"], id="a command"),
        pytest.param(lambda p: p.chord(Key.cmd, "c"), ["Super+c"], id="a command of a Mac"),
        pytest.param(lambda p: p.chord(Key.ctrl, Key.backspace), ["Control+BackSpace"], id="delete a word"),
        pytest.param(
            lambda p: p.strike(Key.left, Key.backspace), ["Left", "BackSpace"], id="keys with names"
        ),
        pytest.param(lambda p: p.strike(Key.shift, Key.caps_lock, Key.media_next), [], id="silent keys"),
        pytest.param(lambda p: p.press("a", "a", "a"), ["a", "a", "a"], id="a key that is held down repeats"),
    ],
)
def test_typing_becomes_events(person: Person, hands: Hands, events: list[str]) -> None:
    hands(person)
    assert list(shown(person.listens())) == events


def test_a_click_comes_between_the_keys_in_its_order(person: Person) -> None:
    person.strike("a")
    person.machine.settle()
    person.machine.clicks.put("click")
    until(lambda: person.desktop._listener._queue[-1].event.name == "Click", "the click was not heard")
    person.strike("b")
    assert list(shown(person.listens())) == ["a", "Click", "b"]


def test_another_window_in_front_is_told_before_the_first_key_in_it(person: Person) -> None:
    person.strike("a")
    person.listens()
    person.machine.in_front = "second"
    person.strike("b")
    assert list(shown(person.listens())) == ["Focus", "b"]


def test_the_daemon_is_woken_by_a_key_and_sleeps_again(person: Person) -> None:
    def wakes(seconds: float) -> bool:
        return bool(select.select([person.desktop.fileno()], [], [], seconds)[0])

    assert not wakes(0)
    person.strike("a")
    assert wakes(GIVE_UP)
    person.listens()
    assert not wakes(0)


def test_no_key_is_lost_when_nobody_reads_for_long(person: Person) -> None:
    """The wake-up bytes fill their socket long before."""
    typed = "abcdefghij" * 100
    person.strike(typed)
    assert "".join(shown(person.listens())) == typed


def test_a_modifier_that_came_up_unheard_is_not_held_for_ever(person: Person) -> None:
    """As on the lock screen: Win+L goes down here, and comes up where nobody may listen."""
    person.press(Key.cmd)
    person.machine.settle()
    person.machine.down.clear()
    person.machine.box.held.clear()
    person.strike("a")
    assert list(shown(person.listens())) == ["a"]
    person.desktop.injector.inject(Injection(erase=0, text="b"))
    person.listens()
    assert person.machine.box.held == set()


# -- our own keys ----------------------------------------------------------------------------------


def test_a_persons_own_backspace_is_never_taken_for_one_of_ours(person: Person) -> None:
    _wait_for_our(person, Key.backspace)
    person.strike(Key.backspace)
    assert list(shown(person.listens())) == ["BackSpace"]


def test_a_key_that_bears_our_mark_is_ours_however_late_it_comes(person: Person) -> None:
    person.machine.send([Stroke(ord("a"), True)], ())
    assert person.listens() == []
    assert person.field == "a|"


def test_a_key_of_ours_that_never_came_back_is_waited_for_no_longer(person: Person) -> None:
    person.machine.marks = False
    for key in ("a", "b"):
        _wait_for_our(person, key)
    person.machine.type_as_a_program("b", pressed=True)
    assert person.listens() == []
    person.machine.type_as_a_program("a", pressed=True)
    assert list(shown(person.listens())) == ["a"]


def test_a_key_of_ours_is_not_waited_for_for_ever(person: Person) -> None:
    person.machine.marks = False
    _wait_for_our(person, "a")
    person.now += 60
    person.machine.type_as_a_program("a", pressed=True)
    assert list(shown(person.listens())) == ["a"]


def test_keys_that_could_not_be_sent_are_not_waited_for(person: Person) -> None:
    person.machine.marks, person.machine.refuses = False, "keys"
    with pytest.raises(InjectionFailed):
        person.desktop._listener.send([Stroke(ord("a"), True)])
    person.machine.type_as_a_program("a", pressed=True)
    assert list(shown(person.listens())) == ["a"]


def _wait_for_our(person: Person, key: Key | str) -> None:
    """Let the listener wait for a key of ours that got lost on the way."""
    code = ord(key) if isinstance(key, str) else key.value.vk
    person.machine.loses.add(code)
    person.desktop._listener.send([Stroke(code, True)])
    person.machine.settle()
    person.machine.loses.clear()


# -- keys that are for us alone --------------------------------------------------------------------


def test_an_intercepted_tab_comes_to_us_and_not_to_the_window(person: Person) -> None:
    person.desktop.injector.intercept(frozenset({"Tab"}))
    person.strike("a", Key.tab, "b")
    assert person.listens()[1] == KeyEvent(name="Tab")
    assert person.field == "ab|"
    person.desktop.injector.intercept(frozenset())
    person.strike(Key.tab)
    assert person.listens() == [KeyEvent(text="\t", name="Tab")]
    assert (person.field, person.machine.down) == ("ab\t|", set())


def test_an_intercepted_tab_that_nobody_has_a_use_for_goes_to_the_window_in_its_place(person: Person) -> None:
    injector = person.desktop.injector
    injector.intercept(frozenset({"Tab"}))
    person.strike("a", Key.tab, "b", Key.tab, "c")
    person.machine.settle()
    assert person.field == "a|"
    for event in person.desktop.typed():
        person.heard.append(event)
        if event.name == "Tab":
            injector.let_through("Tab")
    person.machine.settle()
    assert person.field == "a\tb\tc|"
    assert list(shown(person.heard)) == ["a", "Tab", "b", "Tab", "c"]
    assert person.machine.down == set()


def test_a_tab_with_a_modifier_is_never_intercepted(person: Person) -> None:
    person.desktop.injector.intercept(frozenset({"Tab"}))
    person.chord(Key.alt, Key.tab)
    assert list(shown(person.listens())) == ["Alt+Tab"]
    assert person.field == "\t|"


# -- holding back ----------------------------------------------------------------------------------


def test_what_is_held_back_reaches_no_window_until_the_daemon_hears_it(person: Person) -> None:
    with person.desktop.injector.holding():
        person.strike("ab")
        person.chord(Key.shift, "c")
        person.machine.settle()
        assert person.field == "|"
    assert list(shown(person.listens())) == ["a", "b", "C"]
    assert (person.field, person.machine.box.held) == ("abC|", set())


def test_what_the_engine_has_not_seen_is_not_sent_behind_its_back(person: Person) -> None:
    person.desktop._listener.hold()
    person.strike("a")
    person.machine.settle()
    assert person.desktop._listener.take_kept() == []
    assert person.desktop._listener.is_holding


def test_a_modifier_that_is_held_back_is_not_down_for_the_windows_yet(person: Person) -> None:
    listener = person.desktop._listener
    person.press(Key.ctrl)
    person.machine.settle()
    with person.desktop.injector.holding():
        person.press(Key.shift)
        person.release(Key.ctrl)
        person.machine.settle()
        assert [stroke.name for stroke in listener.held_modifiers()] == ["Control_L"]
    person.listens()
    assert [stroke.name for stroke in listener.held_modifiers()] == ["Shift_L"]


def test_each_held_key_is_in_the_window_when_the_engine_sees_it(person: Person) -> None:
    with person.desktop.injector.holding():
        person.strike("abc")
        person.machine.settle()
    fields = []
    for _ in person.desktop.typed():
        person.machine.settle()
        fields.append(person.field)
    assert fields == ["a|", "ab|", "abc|"]


def test_what_comes_while_held_keys_are_sent_again_comes_after_them(person: Person) -> None:
    with person.desktop.injector.holding():
        person.strike("ab")
        person.machine.settle()
    for number, _ in enumerate(person.desktop.typed()):
        if number == 0:
            person.strike("cd")
            person.machine.settle()
    person.listens()
    assert person.field == "abcd|"


def test_a_modifier_held_across_the_hold_is_as_the_person_holds_it(person: Person) -> None:
    person.press(Key.shift)
    person.machine.settle()
    with person.desktop.injector.holding():
        person.strike("a")
        person.release(Key.shift)
        person.strike("b")
        person.press(Key.ctrl)
        person.machine.settle()
    assert list(shown(person.listens())) == ["A", "b"]
    assert (person.field, person.machine.box.held) == ("Ab|", {"Control_L"})


def test_nobody_is_left_without_a_keyboard_when_the_daemon_does_not_come_back(person: Person) -> None:
    with person.desktop.injector.holding():
        person.strike("ab")
        person.machine.settle()
        person.now += LONGEST_HOLD_SECONDS + 0.1
        person.strike("c")
        until(lambda: person.field == "abc|", f"the keys were not let go: {person.field}")
    assert list(shown(person.listens())) == ["a", "b", "c"]
    assert person.field == "abc|"


# -- threads that die ------------------------------------------------------------------------------


def die(machine: Machine) -> None:
    """End the listening thread as a fault in pynput would."""

    def fail(listener: object) -> None:
        raise KeyError("undefined character name 'COMBINING SECRET'")

    machine.keys.put(fail)


def test_a_listening_thread_that_dies_is_noticed_and_begun_again(
    person: Person, capfd: pytest.CaptureFixture[str]
) -> None:
    listener = person.machine.listener
    person.strike("a")
    person.listens()
    die(person.machine)
    assert select.select([person.desktop.fileno()], [], [], GIVE_UP)[0], "the daemon was not woken"
    until(lambda: not listener.is_alive(), "the thread did not die")
    assert listener.running, "pynput says that it still listens"
    _tick_until_listening(person)
    person.strike("b")
    assert list(shown(person.listens())) == ["Focus", "b"]
    assert person.desktop.problems == ("listening had to be begun again, times: 1",)
    assert "SECRET" not in "".join(capfd.readouterr())


def _tick_until_listening(person: Person) -> None:
    def listens_again() -> bool:
        person.now += 1
        person.desktop.tick()
        return person.machine.listened == 2

    until(listens_again, "nobody listens again")


def test_listening_that_cannot_begin_again_is_said_and_tried_again(person: Person) -> None:
    listener = person.machine.listener
    person.machine.refuses = "listening"
    die(person.machine)
    until(lambda: not listener.is_alive(), "the thread did not die")
    person.desktop.tick()
    assert person.desktop.problems[0] == "the keyboard is not heard; trying again: PermissionError"
    assert person.desktop.next_due is not None
    person.desktop.tick()  # too early to try again
    person.machine.refuses = ""
    _tick_until_listening(person)
    assert not person.desktop.problems[1:]


def test_a_hook_that_the_system_has_dropped_is_noticed(person: Person) -> None:
    """The thread lives on, and the system counts keys that it never heard."""
    person.now, person.machine.idle = 60, 59.9
    person.desktop.tick()
    assert person.machine.listened == 1
    assert person.desktop.next_due == 70
    person.now, person.machine.idle = 120, 1.0
    person.desktop.tick()
    assert person.machine.listened == 2


def test_nobody_is_woken_where_the_system_does_not_say_when_keys_came(person: Person) -> None:
    person.desktop.tick()
    assert person.desktop.next_due is None


def test_why_no_key_is_heard_is_a_problem_and_no_reason_to_begin_again(person: Person) -> None:
    person.now = 60
    person.machine.idle, person.machine.deaf = 1.0, "a password is asked for"
    person.desktop.tick()
    assert (person.machine.listened, person.desktop.problems) == (1, ("a password is asked for",))


def test_pynput_itself_logs_nothing(person: Person) -> None:
    assert not logging.getLogger("pynput.keyboard.Listener").isEnabledFor(logging.CRITICAL)


def test_a_fault_while_listening_ends_nothing(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*whatever: object, **more: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr(person.machine, "meaning", fail)
    person.strike("a")
    person.machine.settle()
    monkeypatch.undo()
    person.strike("b")
    assert list(shown(person.listens())) == ["b"]
    assert person.field == "ab|"
    assert person.desktop.problems == ("an internal fault while listening (ValueError)",)
