"""AutoKey, the peer that is measured beside motjuste: on a display, with a home and a session bus of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bench.display import Display, private_environment, program
from bench.waiting import wait_until

PROGRAMS: Final = ("autokey-gtk", "autokey-qt")
KEYS: Final = "kb"
CTRL_V: Final = "<ctrl>+v"
SHIFT_INSERT: Final = "<shift>+<insert>"
_ABBREVIATION: Final = 1  # AutoKey's number for "triggered by an abbreviation"
_NO_HOTKEY: Final = {"modifiers": [], "hotKey": None}
_VERSION: Final = "0.95.10"  # of the format of its files
_LISTENS: Final = "Entering main()"


@dataclass(frozen=True)
class Phrase:
    """What AutoKey calls a snippet: `send` is KEYS, CTRL_V or SHIFT_INSERT."""

    trigger: str
    text: str
    send: str


def installed() -> str | None:
    """The path of an AutoKey of this machine."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def version() -> str:
    """Which AutoKey is measured, such as `autokey-gtk 0.95.10`, as far as the system can tell."""
    path = installed()
    assert path is not None
    name = Path(path).name
    query = ["dpkg-query", "-W", "-f", "${Version}", name]
    try:
        said = subprocess.run(query, capture_output=True, encoding="utf-8", check=False).stdout
    except OSError:
        said = ""
    return f"{name} {said}".strip()


class AutoKey:
    """A running AutoKey with `phrases`, each expanded as soon as its trigger is complete."""

    def __init__(self, display: Display, phrases: Iterable[Phrase], *, name: str = "autokey") -> None:
        path = installed()
        assert path is not None, "AutoKey is not installed"
        self.display = display
        self.home = display.folder / name
        self.home.mkdir(mode=0o700)
        env = private_environment(display.name, self.home)
        self._furnish(Path(env["XDG_CONFIG_HOME"]) / "autokey", phrases)
        socket, noise = self.home / "bus", self.home / "noise.log"
        bus = [program("dbus-daemon"), "--session", "--nofork", f"--address=unix:path={socket}"]
        self._bus = display.processes.start(bus, env=env, log=noise)
        wait_until(socket.exists, "AutoKey's session bus does not start", every=0.02)
        env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        self.process = display.processes.start([path], env=env, log=noise)
        log = Path(env["XDG_DATA_HOME"]) / "autokey" / "autokey.log"
        try:
            wait_until(
                lambda: log.exists() and _LISTENS in log.read_text(errors="replace"),
                lambda: f"AutoKey does not start: {noise.read_text(errors='replace')[-800:]}",
                deadline=30,
                every=0.05,
            )
        except BaseException:
            self.close()
            raise

    def _furnish(self, folder: Path, phrases: Iterable[Phrase]) -> None:
        """AutoKey's files: a folder of texts, and beside each one how it is triggered and sent."""
        data = folder / "data" / "bench"
        data.mkdir(parents=True)
        # Without a file of settings it takes this for its first start and ignores the phrases.
        unused = _NO_HOTKEY | {"enabled": False}
        settings = {"version": _VERSION, "userCodeDir": None, "settings": {}, "folders": []}
        settings |= {"toggleServiceHotkey": unused, "configHotkey": unused}
        (folder / "autokey.json").write_text(json.dumps(settings))
        window = {"regex": None, "isRecursive": False}
        common = {"usageCount": 0, "showInTrayMenu": False, "hotkey": _NO_HOTKEY, "filter": window}
        folder_settings = {"type": "folder", "title": "bench", "modes": [], "abbreviation": _abbreviation()}
        (data / ".folder.json").write_text(json.dumps(folder_settings | common))
        for phrase in phrases:
            settings = {
                "type": "phrase", "description": phrase.trigger, "modes": [_ABBREVIATION], "prompt": False,
                "omitTrigger": False, "matchCase": False, "sendMode": phrase.send,
                "abbreviation": _abbreviation(phrase.trigger),
            }  # fmt: skip
            (data / f"{phrase.trigger}.txt").write_text(phrase.text, encoding="utf-8")
            (data / f".{phrase.trigger}.json").write_text(json.dumps(settings | common))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End AutoKey and its bus."""
        self.display.processes.end(self.process)
        self.display.processes.end(self._bus)


def _abbreviation(*triggers: str) -> dict[str, object]:
    return {
        "abbreviations": list(triggers), "backspace": True, "ignoreCase": False, "immediate": True,
        "triggerInside": False, "wordChars": r"[\w]",
    }  # fmt: skip
