"""What the person types among our own keys, in whatever place it falls: nothing is lost, nothing comes between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from bench.display import Display
from bench.keyboard import Keyboard
from bench.waiting import wait_until
from bench.windows import APPLICATIONS, PATIENCE, TextWindow

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import Event, RawInput
from motjuste.adapters.x11.front_window import FrontWindow
from motjuste.adapters.x11.gate import COMMAND_MASK, Gate, Press
from motjuste.adapters.x11.listening import Listener
from motjuste.adapters.x11.session import Probe, Reservation, Session
from motjuste.adapters.x11.xkb import Layout
from motjuste.ports import InjectionFailed


class Scene:
    """A gate in front of a window that holds "abcdef", and the keys that our own strokes need."""

    def __init__(
        self, display: Display, window: TextWindow, keyboard: Keyboard, session: Session | None = None
    ) -> None:
        self.session = session or Session(display.name)
        self.layout = Layout(self.session.connection.pointer)
        self.listener = Listener(self.session, self.layout, FrontWindow(self.session))
        self.window = window
        window.clear()
        window.focus(keyboard)
        keyboard.type("abcdef")
        window.wait_for_text("abcdef")
        self.drain()
        self.listener.queue.clear()
        self.backspace = self.keycode("BackSpace")
        self.gate = Gate(self.session, self.listener, [self.backspace])

    def keycode(self, name: str) -> int:
        return self.layout.keycodes(name)[name][0]

    def drain(self) -> None:
        self.session.sync()
        for _ in self.session.events():
            pass

    def erase(self, count: int) -> list[Press]:
        presses = [Press(self.backspace, COMMAND_MASK)] * count
        self.gate.send(presses)
        return presses

    def let_the_rest_in(self) -> None:
        """What the daemon does afterwards: each kept key is typed as the engine comes to it."""
        while True:
            self.drain()
            while self.listener.queue:
                self.gate.deliver(self.listener.queue.popleft())
            if self.gate.finish():
                return

    def close(self) -> None:
        self.layout.close()
        self.session.close()


class TellsInPieces(Session):
    """A server that, just as the gate has opened, tells of a press first that it was, and later that it waits."""

    def __init__(self, display: Display, typist: Keyboard) -> None:
        super().__init__(display.name)
        self._typist = typist
        self._in_pieces = False

    def reserve_keys(self, focus: int, window: int) -> Reservation:
        reserved = super().reserve_keys(focus, window)
        self._typist.type("g")
        self.sync()
        self._in_pieces = True
        return reserved

    def events(self) -> Iterator[Event]:
        for event in super().events():
            yield event
            if self._in_pieces and isinstance(event, RawInput) and event.kind == requests.RAW_KEY_PRESS:
                return


def test_a_press_that_the_gate_holds_back_is_not_taken_for_one_that_the_window_has(
    display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
    window = window_of("tk text")
    scene = Scene(display, window, keyboard, TellsInPieces(display, keyboard))
    assert (scene.gate.typed_ahead, scene.gate.is_asked) == ([], True)
    scene.let_the_rest_in()
    window.wait_for_text("abcdefg")
    scene.close()


@pytest.mark.parametrize("application", [name for name in APPLICATIONS if name != "xterm"])
def test_a_window_that_keeps_up_answers_a_probe(
    application: str, display: Display, window_of: Callable[[str], TextWindow]
) -> None:
    window = window_of(application)
    session = Session(display.name)
    probe = Probe(session, window.id)
    deadline = time.monotonic() + PATIENCE
    while not probe.answered and session.next(deadline):
        pass
    assert probe.answered
    probe.close()
    session.close()


@pytest.fixture(params=["tk text", "gtk text"])
def scene(
    request: pytest.FixtureRequest,
    display: Display,
    keyboard: Keyboard,
    window_of: Callable[[str], TextWindow],
) -> Iterator[Scene]:
    scene = Scene(display, window_of(request.param), keyboard)
    yield scene
    scene.close()


def test_a_letter_among_our_backspaces_comes_after_them(scene: Scene, keyboard: Keyboard) -> None:
    first = scene.erase(1)
    keyboard.type("z")
    second = scene.erase(2)
    scene.gate.arrive(first + second)
    assert [heard.event.text for heard in scene.gate.kept] == ["z"]
    scene.let_the_rest_in()
    scene.window.wait_for_text("abcz")


def test_a_command_among_our_backspaces_makes_none_of_them_erase_a_word(
    scene: Scene, keyboard: Keyboard
) -> None:
    first = scene.erase(1)
    keyboard.hold("Control_L")
    second = scene.erase(2)
    scene.gate.arrive(first + second)
    keyboard.release("Control_L")
    scene.let_the_rest_in()
    scene.window.wait_for_text("abc")


def test_a_letter_that_is_struck_again_as_we_type_it_stands_there_twice(scene: Scene, keyboard: Keyboard) -> None:
    keyboard.type("y")
    scene.gate.arrive(scene.erase(1))
    (kept,) = scene.gate.kept
    scene.listener.queue.remove(kept)
    # The server knows of the second one when we strike the first, and we do not yet.
    keyboard.hold("y")
    scene.gate.deliver(kept)
    keyboard.release("y")
    keyboard.type("z")
    scene.let_the_rest_in()
    scene.window.wait_for_text("abcdeyyz")


# Only a real keyboard's Backspace can be told from ours: XTEST does not say who typed.
@pytest.fixture
def hardware_scene(nested_display: Display) -> Iterator[tuple[Scene, Keyboard]]:
    keyboard, window = Keyboard(nested_display), TextWindow("tk text", nested_display)
    scene = Scene(nested_display, window, keyboard)
    yield scene, keyboard
    scene.close()
    window.close()
    keyboard.close()


def test_the_persons_own_backspace_among_ours_comes_after_them(
    hardware_scene: tuple[Scene, Keyboard],
) -> None:
    scene, keyboard = hardware_scene
    scene.gate.arrive(scene.erase(2))
    keyboard.press("BackSpace")
    wait_until(lambda: scene.drain() or scene.listener.queue, "the key is not heard")
    scene.gate.arrive(scene.erase(1))
    scene.window.wait_for_text("abc")
    scene.let_the_rest_in()
    scene.window.wait_for_text("ab")


def test_many_keys_among_ours_keep_their_order(hardware_scene: tuple[Scene, Keyboard]) -> None:
    scene, keyboard = hardware_scene
    scene.gate.arrive(scene.erase(1))
    keyboard.type("One, ")
    scene.gate.arrive(scene.erase(1))
    keyboard.type("two")
    keyboard.press("BackSpace", "Left")
    keyboard.type("!")
    scene.gate.arrive(scene.erase(1))
    scene.let_the_rest_in()
    scene.window.wait_for_text("abcOne, t!w")


def test_a_finger_that_leaves_control_as_we_hold_it_again_makes_no_command_of_the_next_key(
    scene: Scene, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard.hold("Control_L")
    wait_until(lambda: scene.drain() or scene.listener.modifiers_down, "the key is not heard")
    scene.gate.keep_what_cannot_wait()
    scene.gate.let_go_of_modifiers()
    scene.drain()
    keyboard.release("Control_L")
    keyboard.type("x")
    shown = scene.gate.keep_what_cannot_wait

    def while_our_control_waits_behind_the_x(*arguments: frozenset[int]) -> None:
        monkeypatch.setattr(scene.gate, "keep_what_cannot_wait", shown)
        keyboard.type("l")
        shown(*arguments)

    monkeypatch.setattr(scene.gate, "keep_what_cannot_wait", while_our_control_waits_behind_the_x)
    if not scene.gate.finish():
        scene.let_the_rest_in()
    scene.window.wait_for_text("abcdefxl")
    assert keyboard.down() == frozenset()


def test_a_gate_does_not_open_while_another_program_has_the_keyboard(
    display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> None:
    scene = Scene(display, window_of("tk text"), keyboard)
    scene.gate.close()
    root = display.connection.screen().root
    root.grab_keyboard(False, 1, 1, 0)
    display.connection.sync()
    try:
        with pytest.raises(InjectionFailed, match="taken the keyboard"):
            Gate(scene.session, scene.listener)
        scene.drain()
        assert scene.listener.deaf
    finally:
        display.connection.ungrab_keyboard(0)
        display.connection.sync()
    scene.drain()
    assert not scene.listener.deaf
    keyboard.type("z")
    scene.window.wait_for_text("abcdefz")
    scene.close()
