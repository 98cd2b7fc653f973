"""The system's clipboard, for texts that the person pastes elsewhere."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from motjuste.errors import UserError

INSTALL_ONE = "install one: 'sudo apt install xclip', on Wayland 'sudo apt install wl-clipboard'"
BY_HAND = "copy it from the terminal"


class SystemClipboard:
    """Copies through whichever clipboard tool is installed. Fulfils ports.Clipboard."""

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
                    # The tools fail silently (no display, say): only reading it back tells.
                    arrived = paste() == text
            except (pyperclip.PyperclipException, OSError, UnicodeError) as error:
                raise _refused(str(error)) from error
            if not arrived:
                said.seek(0)
                raise _refused(said.read(500).decode("utf-8", "replace"))


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
