"""Real applications with one text box each, and what stands in the box."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.display import Display, program, python_with
from bench.keyboard import Keyboard
from bench.waiting import TookTooLongError, wait_until

APPS = Path(__file__).parent / "apps"

APPLICATIONS = ("tk entry", "tk text", "gtk entry", "gtk text", "qt entry", "qt text", "xterm", "chromium")
"""Every kind of window that can be opened."""
SINGLE_LINE = ("tk entry", "gtk entry", "qt entry")
"""Those whose box is one line by its nature."""


@dataclass(frozen=True)
class Change:
    """The whole text of a box and the moment it became so, on the monotonic clock."""

    time: float
    text: str


class TextWindow:
    """One open window; its text is known by the log that it writes."""

    def __init__(
        self, application: str, display: Display, *, title: str | None = None, script: Path | None = None
    ) -> None:
        """Open one of APPLICATIONS, or `script`: a Tk program that logs as they do."""
        self.application = application
        self._script = script
        self.display = display
        self.folder = display.folder / f"{application.replace(' ', '-')}-{os.urandom(4).hex()}"
        self.folder.mkdir()
        self.title = title or f"{application} {self.folder.name[-8:]}"
        self._log = self.folder / "changes.jsonl"
        self._log.touch()
        self._read = 0
        self._changes: list[Change] = []
        self._commands: Path | None = None
        self._process = self._start()
        try:
            self.id = display.find_window(self.title, deadline=40)
            wait_until(
                lambda: self.changes, lambda: f"{application} tells nothing: {self.noise}", deadline=40
            )
        except BaseException:
            self.close()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        toolkit, _, kind = self.application.partition(" ")
        env, log = self.display.env, self.folder / "noise.log"
        if toolkit == "xterm":
            self._commands = self.folder / "commands"
            os.mkfifo(self._commands, 0o600)
            inside = [python_with("tty"), str(APPS / "terminal.py"), str(self._log), str(self._commands)]
            look = ["-u8", "-fa", "DejaVu Sans Mono", "-fs", "10", "-geometry", "90x24+30+30"]
            # Clicks of two tests may follow each other fast; a double one would select and so copy a word.
            look += ["-xrm", "XTerm*multiClickTime: 0"]
            command = [program("xterm"), *look, "-T", self.title, "-e", *inside]
            return self.display.processes.start(command, env=env, log=log)
        if toolkit == "chromium":
            browser = program("chromium", "chromium-browser", "google-chrome")
            profile = self.folder / "profile"
            inside = [str(APPS / "web_page.py"), str(self._log), self.title, browser, str(profile)]
            command = [python_with("http.server"), *inside]
        elif self._script is not None:
            command = [python_with("tkinter"), str(self._script), str(self._log), self.title]
        else:
            module = {"tk": "tkinter", "gtk": "gi", "qt": "PySide6.QtWidgets"}[toolkit]
            command = [
                python_with(module),
                str(APPS / f"{toolkit}_window.py"),
                str(self._log),
                self.title,
                kind,
            ]
        return self.display.processes.start(command, env=env, log=log, stdin=subprocess.PIPE)

    @property
    def noise(self) -> str:
        """What the application complained about, for a failing test."""
        return (self.folder / "noise.log").read_text(errors="replace")[-800:]

    @property
    def changes(self) -> list[Change]:
        """Every text that the box held, in order."""
        with self._log.open("rb") as log:
            log.seek(self._read)
            for line in log:
                if not line.endswith(b"\n"):
                    break  # still being written; it is read whole the next time
                self._read += len(line)
                entry = json.loads(line)
                self._changes.append(Change(entry["time"], entry["text"]))
        return self._changes

    @property
    def text(self) -> str:
        """What the box holds now."""
        return self.changes[-1].text

    def wait_for_text(self, expected: str, *, deadline: float = 6) -> Change:
        """The change that made the text `expected`; AssertionError with the real one after `deadline`."""
        return self.wait_for(lambda text: text == expected, f"expected {expected!r}", deadline=deadline)

    def wait_for(self, right: Callable[[str], bool], what: str, *, deadline: float = 6) -> Change:
        """The newest change whose text is `right`."""
        try:
            wait_until(lambda: right(self.text), what, deadline=deadline)
        except TookTooLongError:
            # Not from the wait's own words: the text at the very end is what helps to see why.
            raise AssertionError(
                f"{self.application} holds {self.text!r} after {deadline:g} s; {what}. {self.noise}"
            ) from None
        return self._changes[-1]

    def set_text(self, text: str) -> None:
        """Put `text` into the box without a key, and wait until it is there."""
        line = json.dumps(text).encode() + b"\n"
        if self._commands is not None:
            self._commands.write_bytes(line)
        else:
            assert self._process.stdin is not None
            self._process.stdin.write(line)
            self._process.stdin.flush()
        self.wait_for_text(text)

    def clear(self) -> None:
        """Empty the box."""
        if self.text:
            self.set_text("")

    def focus(self, keyboard: Keyboard) -> None:
        """Bring the window to the front and click into its box."""
        self.display.activate(self.id)
        keyboard.click(self.id)

    @property
    def open(self) -> bool:
        """Whether the application still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the application."""
        self.display.processes.end(self._process)
