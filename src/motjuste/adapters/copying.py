"""The system's clipboard, for texts that the person pastes elsewhere."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from motjuste.errors import UserError

INSTALL_ONE = "install one: 'sudo apt install xclip', on Wayland 'sudo apt install wl-clipboard'"
# Seconds that a clipboard tool may take until others see its text.
_PATIENCE = 1.0
BY_HAND = "copy it from the terminal"
BY_FILE = "give the text as a file, or - for standard input"


class SystemClipboard:
    """Copies and pastes through whichever clipboard tool is installed. Fulfils ports.Clipboard."""

    def paste(self) -> str:
        """The text on the clipboard, "" for none; UserError names what to install, or what the tool said."""
        import pyperclip

        copy, paste = pyperclip.determine_clipboard()
        if not copy and not has_display():
            raise UserError("there is no display, so there is no clipboard to read", next_step=BY_FILE)
        if not copy:
            raise UserError("no clipboard tool was found, so nothing was read", next_step=INSTALL_ONE)
        with tempfile.TemporaryFile() as said:
            try:
                with _apart_from_our_output(said):
                    return str(paste())
            except (pyperclip.PyperclipException, OSError, UnicodeError) as error:
                raise UserError(f"the clipboard was not read: {error}", next_step=BY_FILE) from error

    def copy(self, text: str) -> None:
        """Put `text` on the clipboard; UserError names what to install, or what the tool said."""
        import pyperclip

        copy, paste = pyperclip.determine_clipboard()
        if not copy and not has_display():
            raise UserError("there is no display, so nothing was copied", next_step=BY_HAND)
        if not copy:
            raise UserError("no clipboard tool was found, so nothing was copied", next_step=INSTALL_ONE)
        with tempfile.TemporaryFile() as said:
            try:
                with _apart_from_our_output(said):
                    copy(text)
                    arrived = _arrives(paste, text)
            except (pyperclip.PyperclipException, OSError, UnicodeError) as error:
                raise _refused(str(error)) from error
            if not arrived:
                said.seek(0)
                # It has said the same each time that it was asked.
                lines = dict.fromkeys(said.read(5000).decode("utf-8", "replace").splitlines())
                raise _refused("\n".join(lines)[:500])


def _arrives(paste: Callable[[], str], text: str) -> bool:
    """Whether the clipboard comes to hold `text`.

    The tools fail silently (no display, say): only reading it back tells. One that stays alive to serve the text
    may ask for the clipboard only a moment after the call has ended.
    """
    end = time.monotonic() + _PATIENCE
    while paste() != text:
        if time.monotonic() > end:
            return False
        time.sleep(_PATIENCE / 20)
    return True


def has_display() -> bool:
    """Whether the environment names a display; without one no tool has a clipboard."""
    here_always = sys.platform in ("win32", "darwin")
    return here_always or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_available() -> bool:
    """Whether a clipboard tool is installed for the display that is there."""
    import pyperclip

    return bool(pyperclip.determine_clipboard()[0])


def _refused(reason: str) -> UserError:
    return UserError(
        f"the clipboard did not take the text: {reason.strip() or 'another text stands there'}",
        next_step=BY_HAND,
    )


@contextmanager
def _apart_from_our_output(said: IO[bytes]) -> Iterator[None]:
    """Give a clipboard tool, which stays alive to serve the text, none of our streams.

    Else whoever reads our output through a pipe waits until the clipboard changes.
    """
    ours = [os.dup(1), os.dup(2)]
    try:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        yield
    finally:
        for number, stream in enumerate(ours, 1):
            os.dup2(stream, number)
            os.close(stream)
