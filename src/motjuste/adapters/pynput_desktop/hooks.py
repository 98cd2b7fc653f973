"""pynput's listeners, as far as they are alike on both systems."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from motjuste.adapters.pynput_desktop.strokes import Stroke, pynput_stroke
from motjuste.adapters.pynput_desktop.system import ListenerThread

_ABOVE_ALL: Final = logging.CRITICAL + 1


def quiet(listener: Any) -> Any:
    """pynput's `listener` class, as one whose thread ends without a word when something fails in it.

    What pynput would log, and Python would print, may quote the key; that the thread has ended is noticed anyway.
    """
    logging.getLogger("pynput").setLevel(_ABOVE_ALL)

    def run(self: Any) -> None:
        with contextlib.suppress(Exception):
            listener.run(self)

    return type(f"Quiet{listener.__name__}", (listener,), {"run": run})


class TwoSteps:
    """A listener that first tells of a key by pynput's callbacks, and then asks by its interceptor what to do.

    The interceptor has the system's own event, and so knows more of the key: `passes` is to be called from there.
    """

    def __init__(self, hear: Callable[[Stroke], bool], names: Mapping[int, str] | None = None) -> None:
        self._hear = hear
        self._names = names
        self._told: list[Stroke] = []

    def press(self, key: Any, injected: bool = False) -> None:
        self._tell(pynput_stroke(key, pressed=True, injected=injected, names=self._names))

    def release(self, key: Any, injected: bool = False) -> None:
        self._tell(pynput_stroke(key, pressed=False, injected=injected, names=self._names))

    def _tell(self, stroke: Stroke | None) -> None:
        if stroke:
            self._told.append(stroke)

    def passes(self, *, ours: bool) -> bool:
        """Whether the window may have the key that was told of last; `ours` when it bears our mark."""
        told, self._told = self._told, []
        passes = True
        for stroke in told:  # all of them, whatever becomes of the first
            passes = not self._hear(replace(stroke, ours=ours)) and passes
        return passes


def mouse_listener(touched: Callable[[bool], None], options: dict[str, Any] | None = None) -> ListenerThread:
    """A thread that tells each use of the mouse (True: a button went down), started."""
    from pynput import mouse

    def click(x: int, y: int, button: Any, pressed: bool, injected: bool = False) -> None:
        touched(pressed)

    def other(*whatever: Any) -> None:
        touched(False)

    thread: ListenerThread = quiet(mouse.Listener)(
        on_click=click,
        on_move=lambda x, y: other(),
        on_scroll=lambda x, y, dx, dy: other(),
        **(options or {}),
    )
    thread.start()  # type: ignore[attr-defined]
    return thread
