"""Real applications with one text box each, and what stands in the box."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.display import Display, program, python_with
from bench.keyboard import Keyboard
from bench.waiting import TookTooLongError, wait_until

APPS = Path(__file__).parent / "apps"

APPLICATIONS = (
    "tk entry", "tk text", "gtk entry", "gtk text", "gtk4 entry", "gtk4 text", "qt entry", "qt text",
    "xterm", "lxterminal", "chromium", "chromium editable", "chromium controlled",
)  # fmt: skip
"""Every kind of window that can be opened; Chromium's is a textarea unless something else is said."""
SINGLE_LINE = ("tk entry", "gtk entry", "gtk4 entry", "qt entry", "chromium controlled")
"""Those whose box is one line by its nature."""
TERMINALS = ("xterm", "lxterminal")
"""Those where a program reads what is typed; the second is of VTE's family, as most are."""
ITS_OWN_DOING = {
    "chromium controlled": ("a line end becomes a space, since the box has one line", ("\n", " ")),
}
"""What an application makes of a text by itself, however it comes in: in words, and what becomes what."""
PATIENCE = 20.0
"""Seconds that a busy machine may take; only a failing test waits so long."""
IMPATIENCE = 2.0
"""Seconds after which one clicks again into a window that shows nothing of the first click."""
CHROMIUM = (
    "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-session-crashed-bubble",
    "--disable-gpu", "--disable-dev-shm-usage", "--ozone-platform=x11", "--password-store=basic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--disable-features=Translate,MediaRouter", "--window-size=700,460", "--window-position=60,60",
)  # fmt: skip


def as_the_box_has_it(application: str, text: str) -> str:
    """What stands in the box of `application` when exactly `text` was put in."""
    _, (old, new) = ITS_OWN_DOING.get(application, ("", ("", "")))
    return text.replace(old, new) if old else text


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
        self._clicks = 0
        self._commands: Path | None = None
        self._process = self._start()
        try:
            self.id = display.find_window(self.title)
            wait_until(
                lambda: self.changes, lambda: f"{application} tells nothing: {self.noise}", deadline=40
            )
        except BaseException:
            self.close()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        toolkit, _, kind = self.application.partition(" ")
        if self.application in TERMINALS:
            return self._start_terminal()
        env = self.display.env
        if toolkit == "chromium":
            inside = [str(APPS / "web_page.py"), str(self._log), self.title, kind or "textarea"]
            command = [python_with("http.server"), *inside, *_browser(self.display)]
        elif self._script is not None:
            command = [python_with("tkinter"), str(self._script), str(self._log), self.title]
        else:
            module = {"tk": "tkinter", "gtk": "gi", "gtk4": "gi", "qt": "PySide6.QtWidgets"}[toolkit]
            inside = [str(APPS / f"{toolkit}_window.py"), str(self._log), self.title, kind]
            command = [python_with(module), *inside]
            env = env | {"GSK_RENDERER": "cairo"}  # GTK 4 draws by OpenGL, which a private display lacks
        log = self.folder / "noise.log"
        return self.display.processes.start(command, env=env, log=log, stdin=subprocess.PIPE)

    def _start_terminal(self) -> subprocess.Popen[bytes]:
        self._commands = self.folder / "commands"
        os.mkfifo(self._commands, 0o600)
        inside = [python_with("tty"), str(APPS / "terminal.py"), str(self._log), str(self._commands)]
        # Clicks of two tests may follow each other fast; a double one would select and so copy a word.
        if self.application == "xterm":
            look = ["-u8", "-fa", "DejaVu Sans Mono", "-fs", "10", "-geometry", "90x24+30+30"]
            look += ["-xrm", "XTerm*multiClickTime: 0"]
            command = [program("xterm"), *look, "-T", self.title, "-e", *inside]
            env = self.display.env
        else:
            settings = self.folder / "gtk-3.0" / "settings.ini"
            settings.parent.mkdir()
            settings.write_text("[Settings]\ngtk-double-click-time=1\n", encoding="ascii")
            alone = ["--no-remote", f"--title={self.title}", f"--command={shlex.join(inside)}"]
            command = [program("lxterminal"), *alone]
            env = self.display.env | {"XDG_CONFIG_HOME": str(self.folder)}
        return self.display.processes.start(command, env=env, log=self.folder / "noise.log")

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
                if "click" in entry:
                    self._clicks += 1
                else:
                    self._changes.append(Change(entry["time"], entry["text"]))
        return self._changes

    @property
    def text(self) -> str:
        """What the box holds now."""
        return self.changes[-1].text

    def wait_for_text(self, expected: str, *, deadline: float = PATIENCE) -> Change:
        """The change that made the text `expected`; AssertionError with the real one after `deadline`."""
        return self.wait_for(lambda text: text == expected, f"expected {expected!r}", deadline=deadline)

    def wait_for(self, right: Callable[[str], bool], what: str, *, deadline: float = PATIENCE) -> Change:
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

    @property
    def clicks(self) -> int:
        """How many clicks have reached the box."""
        return self._clicks if self.changes else 0

    def focus(self, keyboard: Keyboard) -> None:
        """Bring the window to the front, click into its box until it feels that, and reach for the keys."""
        self.display.activate(self.id)
        if self.application in TERMINALS:
            # What runs in one does not see clicks, and its window is ready once it has the keyboard.
            keyboard.click(self.id)
        else:
            self._click(keyboard)
        keyboard.reach()

    def _click(self, keyboard: Keyboard) -> None:
        before, clicked_at = self.clicks, 0.0

        def felt() -> bool:
            nonlocal clicked_at
            if time.monotonic() - clicked_at > IMPATIENCE:
                clicked_at = time.monotonic()
                keyboard.click(self.id)
            return self.clicks > before

        wait_until(felt, lambda: f"{self.application} feels no click: {self.noise}", deadline=PATIENCE)

    @property
    def open(self) -> bool:
        """Whether the application still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the application."""
        if self.application.startswith("chromium"):
            self.display.close_window(self.title)  # the browser is the other pages' as well
        self.display.processes.end(self._process)


class Windows:
    """The open windows of one display, the same one for every test; call it with an application's name."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self._open: dict[str, TextWindow] = {}

    def __call__(self, application: str) -> TextWindow:
        """The window of `application`, opened if need be."""
        if application not in self._open:
            self._open[application] = TextWindow(application, self.display)
        return self._open[application]

    def close(self) -> None:
        """End them all; the next call opens a new one."""
        while self._open:
            self._open.popitem()[1].close()


def _browser(display: Display) -> list[str]:
    """The command that opens a page in the one browser of `display`, which starts with a first window of its own."""
    profile = display.folder / "chromium"
    browser = program("chromium", "chromium-browser", "google-chrome")
    command = [browser, *CHROMIUM, f"--user-data-dir={profile}"]
    if not profile.exists():
        profile.mkdir()
        first = f"data:text/html,<title>{profile}</title>"
        log = display.folder / "chromium.log"
        display.processes.start([*command, f"--app={first}"], env=display.env, log=log)
        display.find_window(str(profile), deadline=60)
    return command
