"""Whoever types a password is not listened to: real windows, a real accessibility service, the real daemon."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.daemon import Daemon
from bench.display import Display, program, python_with
from bench.keyboard import HUMAN, Keyboard
from bench.waiting import TookTooLongError, wait_until
from bench.windows import APPS

TELLING = ("gtk3", "gtk4", "qt")
"""Toolkits that tell where the focus is as soon as somebody is registered for it."""
MODULES = {"gtk3": "gi", "gtk4": "gi", "qt": "PySide6.QtWidgets", "tk": "tkinter", "chromium": "http.server"}
TEXT = "Well met, Éloïse"


class LoginWindow:
    """A window with a box for a name, which has the focus, and below it one for a password."""

    def __init__(self, toolkit: str, display: Display, env: dict[str, str], *flags: str) -> None:
        self.folder = display.folder / f"login-{toolkit}-{os.urandom(4).hex()}"
        self.folder.mkdir()
        self._display = display
        self._toolkit = toolkit
        self._log = self.folder / "changes.jsonl"
        self._log.touch()
        title = self.folder.name
        command = [python_with(MODULES[toolkit]), str(APPS / f"password_{toolkit}.py"), str(self._log), title]
        if toolkit == "chromium":
            command[1] = str(APPS / "password_page.py")
            browser = program("chromium", "chromium-browser", "google-chrome")
            command += [browser, str(self.folder / "profile"), *flags]
        self.process = display.processes.start(
            command, env=display.env | env, log=self.folder / "noise.log", stdin=subprocess.PIPE
        )
        self.id = display.find_window(title)
        self.focus()
        wait_until(lambda: self.texts, lambda: f"{toolkit} tells nothing: {self.noise}", deadline=40)
        if toolkit == "chromium":
            self._tap_until_felt()

    def _tap_until_felt(self) -> None:
        with contextlib.closing(Keyboard(self._display)) as keyboard:

            def felt() -> bool:
                keyboard.press("Shift_L")
                return any("click" in line for line in self._lines)

            wait_until(felt, "the page feels no key", deadline=40, every=0.1)

    @property
    def noise(self) -> str:
        return (self.folder / "noise.log").read_text(errors="replace")[-800:]

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the box for the name and in the one for the password."""
        texts = [line["text"] for line in self._lines if "text" in line]
        return tuple(texts[-1].split("\n")) if texts else ()

    @property
    def _lines(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    def wait_for(self, name: str, password: str) -> None:
        """Until these texts stand there."""
        try:
            wait_until(lambda: self.texts == (name, password), "")
        except TookTooLongError:
            expected = (name, password)
            raise AssertionError(
                f"{self._toolkit} holds {self.texts}, not {expected}. {self.noise}"
            ) from None

    def focus(self) -> None:
        self._display.activate(self.id)

    def close(self) -> None:
        self._display.processes.end(self.process)


class Desk:
    """A display with a session bus, on which the accessibility service is started as on any desktop."""

    def __init__(self, display: Display) -> None:
        self.display = display
        socket = display.folder / "bus"
        self.env = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}", "GSETTINGS_BACKEND": "memory"}
        display.env.pop("NO_AT_BRIDGE")
        noise = display.folder / "bus.log"
        bus = [program("dbus-daemon"), "--session", "--nofork", f"--address=unix:path={socket}"]
        display.processes.start(bus, env=display.env | self.env, log=noise)
        wait_until(socket.exists, "there is no bus", every=0.02)
        done = subprocess.run(
            [program("dbus-send"), "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus",
             "org.a11y.Bus.GetAddress"],
            env=display.env | self.env, capture_output=True, encoding="utf-8", timeout=20, check=False,
        )  # fmt: skip
        assert "at-spi" in done.stdout, f"no accessibility service; is at-spi2-core installed? {done.stderr}"


class Deafness:
    """Whether the daemon hears what is typed."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def wait(self, *reasons: str) -> None:
        """Until it is deaf for exactly these reasons."""
        wait_until(
            lambda: self._daemon.status()["deaf"] == [*reasons],
            lambda: f"deaf for {self._daemon.status()['deaf']}, not for {reasons}: {self._daemon.noise}",
            every=0.02,
        )


FIELD = "a password field"


def furnish(home: Path, profile: str = "") -> Path:
    (home / "snippets").mkdir(parents=True)
    (home / "profile.toml").write_text(f'language = "fr-FR"\n{profile}', encoding="utf-8")
    snippets = {"snippets": [{"trigger": "xgreet", "replace": TEXT}]}
    (home / "snippets" / "mine.yml").write_text(json.dumps(snippets), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    # Not everybody's display: the accessibility service leaves its address on the root window.
    with Display.private() as display:
        yield Desk(display)


@pytest.fixture(scope="module")
def daemon(desk: Desk) -> Iterator[Daemon]:
    with Daemon(desk.display, furnish(desk.display.folder / "home"), env=desk.env) as daemon:
        status = "known in GTK and Qt programs"
        wait_until(
            lambda: daemon.status()["password_fields"].startswith(status), "it does not know", every=0.05
        )
        yield daemon


@pytest.fixture
def keyboard(desk: Desk) -> Iterator[Keyboard]:
    keyboard = Keyboard(desk.display)
    yield keyboard
    keyboard.close()


@pytest.fixture
def open_login(desk: Desk) -> Iterator[Callable[..., LoginWindow]]:
    opened: list[LoginWindow] = []

    def open_login(toolkit: str, *flags: str) -> LoginWindow:
        opened.append(LoginWindow(toolkit, desk.display, desk.env, *flags))
        return opened[-1]

    yield open_login
    for window in opened:
        window.close()


@pytest.fixture
def deafness(daemon: Daemon) -> Deafness:
    return Deafness(daemon)


Open = Callable[..., LoginWindow]


@pytest.mark.parametrize("toolkit", TELLING)
def test_a_trigger_in_a_password_stays_and_one_beside_it_does_not(
    toolkit: str, open_login: Open, deafness: Deafness, keyboard: Keyboard
) -> None:
    window = open_login(toolkit)
    keyboard.type("xgreet", gap=HUMAN)
    window.wait_for(TEXT, "")
    keyboard.press("Tab")
    deafness.wait(FIELD)
    keyboard.type("xgreet,xgreet", gap=HUMAN)
    window.wait_for(TEXT, "xgreet,xgreet")
    keyboard.press("shift+Tab")
    deafness.wait()
    keyboard.press("End")
    keyboard.type(" xgreet", gap=HUMAN)
    window.wait_for(f"{TEXT} {TEXT}", "xgreet,xgreet")


@pytest.mark.parametrize("toolkit", TELLING)
def test_half_a_trigger_in_a_password_is_no_half_of_one(
    toolkit: str, open_login: Open, deafness: Deafness, keyboard: Keyboard
) -> None:
    window = open_login(toolkit)
    keyboard.press("Tab")
    deafness.wait(FIELD)
    keyboard.type("xgr")
    window.wait_for("", "xgr")
    keyboard.press("shift+Tab")
    deafness.wait()
    keyboard.type("eet", gap=HUMAN)
    window.wait_for("eet", "xgr")
    keyboard.type(" xgreet", gap=HUMAN)
    window.wait_for(f"eet {TEXT}", "xgr")


@pytest.mark.parametrize("toolkit", TELLING)
def test_a_trigger_typed_at_once_after_the_password_works(
    toolkit: str, open_login: Open, deafness: Deafness, keyboard: Keyboard
) -> None:
    """The next field has some milliseconds to tell that it is none."""
    window = open_login(toolkit)
    keyboard.press("Tab")
    deafness.wait(FIELD)
    keyboard.press("shift+Tab", gap=0.12)
    keyboard.type("xgreet", gap=HUMAN)
    window.wait_for(TEXT, "")


@pytest.mark.parametrize("toolkit", TELLING)
def test_a_program_that_ends_in_its_password_field_makes_nobody_deaf(
    toolkit: str, open_login: Open, deafness: Deafness, keyboard: Keyboard
) -> None:
    other = open_login("tk")
    window = open_login(toolkit)
    keyboard.press("Tab")
    deafness.wait(FIELD)
    window.process.kill()
    other.focus()
    deafness.wait()
    keyboard.type("xgreet", gap=HUMAN)
    other.wait_for(TEXT, "")


@pytest.mark.parametrize("toolkit", TELLING)
def test_another_window_is_heard_while_a_password_field_waits(
    toolkit: str, open_login: Open, deafness: Deafness, keyboard: Keyboard
) -> None:
    other = open_login("tk")
    window = open_login(toolkit)
    keyboard.press("Tab")
    deafness.wait(FIELD)
    other.focus()
    deafness.wait()
    keyboard.type("xgreet", gap=HUMAN)
    other.wait_for(TEXT, "")
    window.focus()
    deafness.wait(FIELD)


@pytest.mark.parametrize("toolkit", ["tk", pytest.param("chromium", marks=pytest.mark.full)])
def test_what_a_program_does_not_tell_cannot_be_known(
    toolkit: str, open_login: Open, deafness: Deafness, keyboard: Keyboard
) -> None:
    """Tk has no accessibility at all, and Chromium none unless it is started with it: a limit, not a wish."""
    window = open_login(toolkit)
    deafness.wait()
    keyboard.press("Tab", gap=HUMAN)
    keyboard.type("xgreet", gap=HUMAN)
    window.wait_for("", TEXT)


@pytest.fixture(scope="module")
def desk_for_browsers() -> Iterator[Desk]:
    with Display.private() as display:
        yield Desk(display)


@pytest.mark.full
def test_a_browser_that_is_started_with_accessibility_tells(desk_for_browsers: Desk) -> None:
    desk = desk_for_browsers
    home = furnish(desk.display.folder / "home", 'password_fields = "browsers"\n')
    keyboard = Keyboard(desk.display)
    with Daemon(desk.display, home, env=desk.env) as daemon:
        deafness = Deafness(daemon)
        wait_until(lambda: "Firefox" in daemon.status()["password_fields"], "not switched on", every=0.05)
        window = LoginWindow("chromium", desk.display, desk.env, "--force-renderer-accessibility")
        keyboard.type("xgreet", gap=HUMAN)
        window.wait_for(TEXT, "")
        keyboard.press("Tab")
        deafness.wait(FIELD)
        keyboard.type("xgreet", gap=HUMAN)
        window.wait_for(TEXT, "xgreet")
        keyboard.press("shift+Tab")
        deafness.wait()
        window.close()
    keyboard.close()


class Pinentry:
    """The dialog in which GnuPG asks for a PIN, with the keyboard grabbed as it does by itself."""

    def __init__(self, dialog: str, desk: Desk) -> None:
        self._processes = desk.display.processes
        self._answers = desk.display.folder / f"{dialog}.answers"
        with self._answers.open("wb") as answers:
            self._process = self._processes.start(
                [program(dialog), "--display", desk.display.name],
                env=desk.display.env | desk.env,
                log=desk.display.folder / f"{dialog}.log",
                stdin=subprocess.PIPE,
                stdout=answers,
            )
        assert self._process.stdin is not None
        self._process.stdin.write(b"SETPROMPT PIN\nGETPIN\n")
        self._process.stdin.flush()

    def wait_for(self, pin: str) -> None:
        wait_until(lambda: f"D {pin}\n".encode() in self._answers.read_bytes(), self._answers.read_text)

    def close(self) -> None:
        self._processes.end(self._process)


@pytest.mark.parametrize("dialog", ["pinentry-gtk-2", "pinentry-qt", "pinentry-gnome3"])
def test_a_pin_is_handed_over_as_it_was_typed(
    dialog: str, desk: Desk, daemon: Daemon, deafness: Deafness, keyboard: Keyboard, open_login: Open
) -> None:
    before = daemon.status()["expansions"]
    pinentry = Pinentry(dialog, desk)
    try:
        if dialog == "pinentry-gtk-2":
            # GTK 2 tells nobody of its fields; what keeps this dialog safe is that it holds the keyboard.
            desk.display.find_window("pinentry-gtk2")
        else:
            wait_until(lambda: daemon.status()["deaf"], "the dialog is listened to", every=0.02)
        keyboard.type("xgreet", gap=HUMAN)
        keyboard.press("Return")
        pinentry.wait_for("xgreet")
    finally:
        pinentry.close()
    deafness.wait()
    window = open_login("tk")
    keyboard.type("xgreet", gap=HUMAN)
    window.wait_for(TEXT, "")
    assert daemon.status()["expansions"] == before + 1
