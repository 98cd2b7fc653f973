"""A machine with a keyboard, a mouse, a clipboard and a text box, heard through pynput's `dummy` backend.

It does what Windows and macOS do: every key, the person's and ours, goes one after the other past the listener,
which may keep it; what passes reaches the text box.
"""

from __future__ import annotations

import enum
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from pynput import keyboard, mouse

from motjuste.adapters.pynput_desktop.desktop import PynputDesktop
from motjuste.adapters.pynput_desktop.hooks import TwoSteps, quiet
from motjuste.adapters.pynput_desktop.strokes import ANY_CODE, Meaning, Stroke
from motjuste.adapters.pynput_desktop.system import ListenerThread
from motjuste.engine import Engine
from motjuste.expansion.clusters import clusters
from motjuste.expansion.keys import KeyEvent
from motjuste.expansion.matching import Matcher
from motjuste.expansion.snippets import Snippet
from motjuste.ports import InjectionFailed, Window
from typist import PlainExpander

GIVE_UP = 10.0


class Key(enum.Enum):
    """pynput's names of keys, with codes of their own: the `dummy` backend gives all its keys the same one."""

    backspace = keyboard.KeyCode.from_vk(1001)
    enter = keyboard.KeyCode.from_vk(1002)
    tab = keyboard.KeyCode.from_vk(1003)
    left = keyboard.KeyCode.from_vk(1004)
    right = keyboard.KeyCode.from_vk(1005)
    shift = keyboard.KeyCode.from_vk(1006)
    ctrl = keyboard.KeyCode.from_vk(1007)
    alt = keyboard.KeyCode.from_vk(1008)
    alt_gr = keyboard.KeyCode.from_vk(1009)
    cmd = keyboard.KeyCode.from_vk(1010)
    caps_lock = keyboard.KeyCode.from_vk(1011)
    media_next = keyboard.KeyCode.from_vk(1012)


NAMES = {
    Key.backspace: "BackSpace", Key.enter: "Return", Key.tab: "Tab", Key.left: "Left", Key.right: "Right",
    Key.shift: "Shift_L", Key.ctrl: "Control_L", Key.alt: "Alt_L", Key.alt_gr: "ISO_Level3_Shift",
    Key.cmd: "Super_L", Key.caps_lock: "Caps_Lock", Key.media_next: "XF86AudioNext",
}  # fmt: skip
CODES = {name: key.value.vk for key, name in NAMES.items()} | {"v": ord("v")}
KEYS = {key.value.vk: key for key in Key}
ALT_GR = {"e": "€", "o": "œ"}
ALT_GR_DEAD = {"n": "~"}
DEAD = {"^": "^", "¨": "¨"}
COMPOSED = {"^e": "ê", "^ ": "^", "^^": "^^", "¨i": "ï", "~n": "ñ"}


def meaning(letter: str, held: frozenset[str]) -> Meaning:
    """The layout: letters, capitals with Shift, some more with AltGr, and dead keys."""
    if held & {"Control", "Super"} or held & {"Alt", "AltGr"} == {"Alt"}:
        return Meaning(name=letter)
    if "AltGr" in held:
        if letter in ALT_GR_DEAD:
            return Meaning(ALT_GR_DEAD[letter], dead=True)
        return Meaning(ALT_GR[letter]) if letter in ALT_GR else Meaning(name=letter)
    if letter in DEAD:
        return Meaning(letter, dead=True)
    return Meaning(letter.upper() if "Shift" in held else letter)


class TextBox:
    """The window in front, which knows nothing but the keys that reach it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.before, self.after = "", ""
        self.held: set[str] = set()
        self.commands: list[str] = []
        self._accent = ""

    @property
    def text(self) -> str:
        return f"{self.before}|{self.after}"

    def key(self, stroke: Stroke) -> None:
        if stroke.is_modifier:
            (self.held.add if stroke.pressed else self.held.discard)(stroke.name)
        elif stroke.pressed and stroke.code == ANY_CODE:
            self._insert(stroke.text)
        elif stroke.pressed and stroke.name:
            self._named(stroke.name)
        elif stroke.pressed:
            self._letter(chr(stroke.code))

    def _letter(self, letter: str) -> None:
        names = {"Shift_L": "Shift", "Control_L": "Control", "Alt_L": "Alt", "Super_L": "Super"}
        held = frozenset(names.get(name, "AltGr") for name in self.held)
        meant = meaning(letter, held)
        if meant.dead and not self._accent:
            self._accent = meant.text
        elif meant.text:
            typed, self._accent = self._accent + meant.text, ""
            self._insert(COMPOSED.get(typed, typed))
        elif held == {"Control"} and letter == "v":
            self._insert(self._machine.clipboard.read_text())
        else:
            self.commands.append("+".join([*sorted(held), letter]))

    def _named(self, name: str) -> None:
        if name == "BackSpace":
            if self._accent:
                self._accent = ""
            elif self.held & {"Control_L", "Alt_L", "Super_L"}:
                self.commands.append("delete word")
            else:
                self.before = "".join(clusters(self.before)[:-1])
        elif name == "Left" and self.before:
            self.before, moved = "".join(clusters(self.before)[:-1]), clusters(self.before)[-1]
            self.after = moved + self.after
        elif name == "Right" and self.after:
            moved, *rest = clusters(self.after)
            self.before, self.after = self.before + moved, "".join(rest)
        elif name == "Return":
            self._insert("\n" if "Shift_L" not in self.held else "\v")
        elif name == "Tab":
            self._insert("\t")

    def _insert(self, text: str) -> None:
        self.before += text


class Clipboard:
    """A clipboard with formats; `broken` is what it answers with."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self.broken: OSError | None = None
        self.breaks_on = ("save", "put", "restore")
        self._changes = 0

    def copy(self, **content: bytes) -> None:
        self.content = content
        self._changes += 1

    def read_text(self) -> str:
        return self.content.get("text", b"").decode()

    def save(self) -> dict[str, bytes]:
        self._fail("save")
        return dict(self.content)

    def restore(self, saved: Any) -> None:
        self._fail("restore")
        self.copy(**saved)

    def text(self) -> str:
        self._fail("text")
        return self.read_text()

    def put(self, text: str) -> None:
        self.copy()  # both systems empty it first
        self._fail("put")
        self.copy(text=text.encode(), private=b"")

    def changes(self) -> int:
        return self._changes

    def _fail(self, act: str) -> None:
        if self.broken and act in self.breaks_on:
            raise self.broken


class _KeyboardListener(keyboard.Listener):
    """pynput's dummy listener, with keys to hear."""

    def __init__(self, machine: Machine, steps: TwoSteps) -> None:
        super().__init__(on_press=steps.press, on_release=steps.release)
        self._machine = machine
        self._steps = steps

    def _run(self) -> None:
        self._mark_ready()
        while self.running:
            act = self._machine.keys.get()
            if act is None:
                return
            act(self)

    def hear(self, key: Any, pressed: bool, injected: bool, ours: bool) -> bool:
        (self.on_press if pressed else self.on_release)(key, injected)
        return self._steps.passes(ours=ours)

    def _stop_platform(self) -> None:
        self._machine.keys.put(None)


class _MouseListener(mouse.Listener):
    def __init__(self, machine: Machine, on_click: Callable[..., None]) -> None:
        super().__init__(on_click=on_click)
        self._machine = machine

    def _run(self) -> None:
        self._mark_ready()
        while self._machine.clicks.get() is not None:
            self.on_click(0, 0, mouse.Button.left, True, False)

    def _stop_platform(self) -> None:
        self._machine.clicks.put(None)


class Machine:
    """Fulfils `system.System`."""

    name = "a simulated machine"
    paste_chord = "ctrl+v"
    codes = CODES

    def __init__(self) -> None:
        self.keys: queue.Queue[Callable[[_KeyboardListener], None] | None] = queue.Queue()
        self.clicks: queue.Queue[object] = queue.Queue()
        self.clipboard = Clipboard()
        self.box = TextBox(self)
        self.down: set[int] = set()
        self.in_front = "first"
        self.deaf = ""
        self.idle: float | None = None
        self.refuses = ""
        self.loses: set[int] = set()  # keys of ours that never arrive
        self.marks = True  # whether a listener is told that a key bears our mark
        self.listened = 0
        self.listener: Any = None

    def stop(self) -> None:
        self.keys.put(None)
        self.clicks.put(None)

    # -- as the system -----------------------------------------------------------------------------

    def listen(
        self, hear: Callable[[Stroke], bool], touched: Callable[[bool], None]
    ) -> Sequence[ListenerThread]:
        if self.refuses == "listening":
            raise PermissionError("no")
        self.listened += 1
        # Whatever a listener that has ended left behind is for nobody.
        self.keys, self.clicks = queue.Queue(), queue.Queue()
        steps = TwoSteps(hear)
        self.listener = quiet(_KeyboardListener)(self, steps)
        pointer = quiet(_MouseListener)(self, lambda x, y, button, pressed: touched(pressed))
        self.listener.start()
        pointer.start()
        return (self.listener, pointer)

    def meaning(self, stroke: Stroke, held: frozenset[str], *, composing: bool) -> Meaning:
        return Meaning(stroke.text) if stroke.code == ANY_CODE else _meaning_of(stroke, held)

    def is_down(self, code: int) -> bool:
        return code in self.down

    def send(self, strokes: Sequence[Stroke], down: Sequence[Stroke]) -> None:
        if self.refuses == "keys":
            raise InjectionFailed("the machine refuses our keys")
        row = [self._stroke(stroke) for stroke in strokes if stroke.code not in self.loses]
        self.keys.put(lambda listener: [act(listener) for act in row] and None)

    def _stroke(self, stroke: Stroke) -> Callable[[_KeyboardListener], None]:
        key = KEYS.get(stroke.code) or keyboard.KeyCode(
            vk=None if stroke.code == ANY_CODE else stroke.code, char=stroke.text or None
        )
        return lambda listener: self._pass(listener, key, stroke, injected=True)

    def front(self) -> Window:
        return Window(title=self.in_front)

    def front_id(self) -> object:
        return self.in_front

    def idle_seconds(self) -> float | None:
        return self.idle

    def deaf_because(self) -> str:
        return self.deaf

    def tick(self) -> None:
        pass

    # -- as the machine ----------------------------------------------------------------------------

    def _pass(self, listener: _KeyboardListener, key: Any, stroke: Stroke, *, injected: bool) -> None:
        if listener.hear(key, stroke.pressed, injected, injected and self.marks):
            (self.down.add if stroke.pressed else self.down.discard)(stroke.code)
            self.box.key(stroke)

    def from_keyboard(self, key: Any, stroke: Stroke) -> None:
        self.keys.put(lambda listener: self._pass(listener, key, stroke, injected=False))

    def type_as_a_program(self, letter: str, *, pressed: bool) -> None:
        key, stroke = keyboard.KeyCode(vk=ord(letter), char=letter), Stroke(ord(letter), pressed)
        self.keys.put(lambda listener: self._pass(listener, key, stroke, injected=True))

    def settle(self) -> None:
        """Wait until every key so far has gone where it goes."""
        done = threading.Event()
        self.keys.put(lambda listener: done.set())
        assert done.wait(GIVE_UP), "the keys did not arrive"


def _meaning_of(stroke: Stroke, held: frozenset[str]) -> Meaning:
    return Meaning() if stroke.name else meaning(chr(stroke.code), held)


class Person:
    """Types on the machine, with motjuste listening; the daemon's thread is the test's own."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.now = 0.0
        self.desktop = PynputDesktop(machine, clock=lambda: self.now, sleep=self._waits)
        self.heard: list[KeyEvent] = []
        self.engine: Engine | None = None
        self.notices: list[str] = []

    def uses(self, **snippets: str) -> None:
        """Let motjuste replace each trigger by its text."""
        self.engine = Engine(
            matcher=Matcher(
                [Snippet(triggers=(trigger,), replace=text) for trigger, text in snippets.items()]
            ),
            expander=PlainExpander(),
            injector=self.desktop.injector,
            window=self.desktop.window,
            notifier=self,
        )

    def notify(self, summary: str, body: str = "") -> None:
        self.notices.append(body or summary)

    def _waits(self, seconds: float) -> None:
        """The daemon's thread waits, which the machine uses to do what is asked of it."""
        self.machine.settle()
        self.now += seconds

    # -- hands -------------------------------------------------------------------------------------

    def press(self, *keys: Key | str) -> None:
        for key in keys:
            self._stroke(key, pressed=True)

    def release(self, *keys: Key | str) -> None:
        for key in keys:
            self._stroke(key, pressed=False)

    def strike(self, *keys: Key | str) -> None:
        """Each key down and up, one after the other; a text is struck letter by letter."""
        for key in keys:
            for one in key if isinstance(key, str) else (key,):
                self.press(one)
                self.release(one)

    def chord(self, *keys: Key | str) -> None:
        self.press(*keys)
        self.release(*reversed(keys))

    def _stroke(self, key: Key | str, *, pressed: bool) -> None:
        if isinstance(key, str):
            stroke = Stroke(ord(key), pressed)
            self.machine.from_keyboard(keyboard.KeyCode(vk=ord(key), char=key), stroke)
        else:
            self.machine.from_keyboard(key, Stroke(key.value.vk, pressed, NAMES[key]))

    # -- the daemon's side -------------------------------------------------------------------------

    def listens(self) -> list[KeyEvent]:
        """Let the daemon's thread hear all that was typed until nothing is left; returns the new events."""
        before = len(self.heard)
        while True:
            self.machine.settle()
            events = 0
            for event in self.desktop.typed():
                events += 1
                self.heard.append(event)
                if self.engine:
                    self.engine.key(event)
            self.machine.settle()
            if not events:
                return self.heard[before:]

    @property
    def field(self) -> str:
        return self.machine.box.text


def until(what: Callable[[], bool], message: str) -> None:
    """Wait until `what` holds; fails with `message` when it does not in time."""
    deadline = time.monotonic() + GIVE_UP
    while not what():
        if time.monotonic() > deadline:
            pytest.fail(message)
        time.sleep(0.005)


def shown(events: Sequence[KeyEvent]) -> Iterator[str]:
    """Events as their text, or else their name with its modifiers."""
    for event in events:
        yield event.text or "+".join([*sorted(event.modifiers), event.name])
