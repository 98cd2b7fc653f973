"""What differs between the systems on which motjuste listens through pynput."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from motjuste.adapters.pynput_desktop.borrowing import SystemClipboard
from motjuste.adapters.pynput_desktop.strokes import Meaning, Stroke
from motjuste.ports import Window


class ListenerThread(Protocol):
    """As much of a thread as is needed: `running` of pynput's listeners stays True when they have died."""

    def is_alive(self) -> bool: ...

    def stop(self) -> None: ...


class System(Protocol):
    """One operating system. Methods are called by the daemon's thread unless they say otherwise."""

    name: str
    paste_chord: str
    """The chord that pastes, such as "ctrl+v"."""

    @property
    def codes(self) -> Mapping[str, int]:
        """The key codes of the keys that we press, by keysym or small letter."""

    @property
    def clipboard(self) -> SystemClipboard: ...

    def listen(
        self, hear: Callable[[Stroke], bool], touched: Callable[[bool], None]
    ) -> Sequence[ListenerThread]:
        """Start to listen; the threads that do so are returned, running.

        `hear` is called for each key and returns True when no window may get it; `touched` for each use of the
        mouse, with True for a click. Raises UserError when it cannot begin.
        """

    def meaning(self, stroke: Stroke, held: frozenset[str], *, composing: bool) -> Meaning:
        """What a key press means on the layout of the window in front. Called by the listening thread.

        `held` are the modifiers in force, `composing` tells whether the key before it was a dead one.
        """

    def is_down(self, code: int) -> bool:
        """Whether the system believes that the key is down. Called by the listening thread."""

    def send(self, strokes: Sequence[Stroke], down: Sequence[Stroke]) -> None:
        """Press and release keys, as one act where the system can. Raises InjectionFailed before the first one.

        `down` are the modifier keys that windows believe to be down before it. Called by the listening thread too.
        """

    def front(self) -> Window:
        """The window in front."""

    def front_id(self) -> object:
        """Something that changes with the window in front, cheap to ask for."""

    def idle_seconds(self) -> float | None:
        """How long ago the last key or click came, as the system counts; None when it does not say."""

    def deaf_because(self) -> str:
        """Why no key is heard just now, in one sentence with the next step; "" when keys are heard."""

    def tick(self) -> None:
        """Let the system do its own chores on this thread."""
