"""Opening a window: Qt is loaded now and not before, and what it lacks is said in one line."""

from __future__ import annotations

import os
import platform
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from motjuste.adapters.copying import SystemClipboard, has_display
from motjuste.compose import Message, Request
from motjuste.desk import Desk
from motjuste.desktop.draft import Draft
from motjuste.desktop.words import words_for
from motjuste.errors import UserError
from motjuste.people.who import Meant

WITHOUT = "leave --window out to write it in the terminal"


def write_in_window(
    at: Desk, meant: Meant, request: Request, *, last_words: Callable[[UserError], None]
) -> Message | None:
    """The message as the person took it out of the window; None when the window was closed without.

    Raises UserError as `Desk.write` does, and when no window can open. Qt ends the program where it finds that out
    late; `last_words` is called before that.
    """
    draft = Draft.begin(at, meant, request)
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise UserError("there is no display, so no window can open", next_step=WITHOUT)
    try:
        from PySide6 import __version__ as version
        from PySide6.QtCore import QLocale, QObject
        from PySide6.QtWidgets import QApplication

        from motjuste.desktop.writing_window import WritingWindow
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        raise UserError(
            "windows need Qt, which is not installed",
            next_step=f'install it with: pip install "motjuste[desktop]"; or {WITHOUT}',
        ) from missing
    except ImportError as broken:
        raise UserError(
            f"Qt cannot be loaded: {broken}", next_step=f"install what is missing; or {WITHOUT}"
        ) from broken
    if miscounts(partial(QObject().setObjectName, "")):
        raise UserError(
            f"PySide6 {version} does not go together with Python {platform.python_version()}, so no window can open",
            next_step=f'install another: pip install "PySide6-Essentials!={version}"; or {WITHOUT}',
        )
    _hear_qt(last_words)
    application = QApplication(["motjuste"])
    application.setApplicationName("motjuste")
    words = words_for(at.profile.language or QLocale.system().name())
    window = WritingWindow(draft, words, SystemClipboard().copy)
    with _interruptible(application):
        window.show()
        application.exec()
    return window.copied


def miscounts(call: Callable[[], None]) -> bool:
    """Whether each such call takes away a reference of None, until Python dies of it in the midst of a text.

    Some builds of Qt for Python do, where None is counted: PySide6 6.12.0 with Python 3.11.
    """
    times = 100
    before = sys.getrefcount(None)
    for _ in range(times):
        call()
    return before - sys.getrefcount(None) > times // 2


def _hear_qt(last_words: Callable[[UserError], None]) -> None:
    """Keep what Qt says to itself, unless it is about to end the program; then say it as we do."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind: QtMsgType, context: object, message: str) -> None:
        said.append(message)
        if os.environ.get("MOTJUSTE_DEBUG") == "1" and sys.stderr is not None:
            print(message, file=sys.stderr)
        if kind == QtMsgType.QtFatalMsg:
            last_words(no_window(said))
            os._exit(UserError.exit_code)

    qInstallMessageHandler(hear)


def no_window(said: list[str]) -> UserError:
    """Why no window opens, by what Qt said before it gave up."""
    everything = "\n".join(said)
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if "could not connect to display" in everything or "Failed to create wl_display" in everything:
        return UserError(f"the display {display!r} does not answer, so no window can open", next_step=WITHOUT)
    # Qt names the library whenever it fails on X11.
    if "xcb-cursor" in everything:
        return UserError(
            "Qt lacks the library libxcb-cursor, so no window can open",
            next_step=f"install it, for example with 'sudo apt install libxcb-cursor0'; or {WITHOUT}",
        )
    return UserError(
        f"Qt cannot open a window: {said[0] if said else 'it does not say why'}", next_step=WITHOUT
    )


@contextmanager
def _interruptible(application: Any) -> Iterator[None]:
    """Have Ctrl+C in the terminal end the window: Qt's loop would not let Python hear of it."""
    from PySide6.QtCore import QSocketNotifier

    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    before = signal.set_wakeup_fd(theirs.fileno())
    handlers = {
        each: signal.signal(each, lambda *_: application.exit()) for each in (signal.SIGINT, signal.SIGTERM)
    }
    woken = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
    woken.activated.connect(lambda *_: ours.recv(1))
    try:
        yield
    finally:
        woken.setEnabled(False)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        ours.close()
        theirs.close()
