"""What is typed, inserted, copied or known of a person stands in no file that the program wrote."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.display import Display
from bench.keyboard import Keyboard
from bench.waiting import wait_until
from bench.windows import TextWindow

TYPED, INSERTED, COPIED = "quillebrume", "Zorgluton", "Bricolombe"
PERSON, TRIGGER, SHOWN = "Farandolix", "xzigomar", "Tarabistouille"
MARKERS = (TYPED, INSERTED, COPIED, PERSON, TRIGGER, SHOWN)

SNIPPETS = [
    {"trigger": TRIGGER, "replace": f"{INSERTED} for {{{{ contact.formatted_name }}}}"},
    {"trigger": "xplain", "replace": INSERTED},
    {"trigger": "xlong", "template": "toolong"},
]
TOO_LONG = """\
---
title: A note without a short wording
channel: linkedin-note
---
{{ contact.formatted_name }}
"""
CARD = f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Hugo {PERSON}\r\nN:{PERSON};Hugo;;;\r\nEND:VCARD\r\n"


def traces(data: bytes) -> set[str]:
    """The markers that `data` holds, in one of the forms in which a program may write a text."""
    return {marker for marker in MARKERS if any(form in data for form in forms(marker))}


def forms(marker: str) -> Iterator[bytes]:
    for text in (marker, marker.upper(), marker.lower()):
        yield from (text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-32-le"))
        yield text.encode().hex().encode()
        yield text.encode()[::-1]
        for shift in range(3):
            # What stands before a text decides which of three forms it has; its ends depend on its neighbours.
            whole = base64.b64encode(bytes(shift) + text.encode())
            yield whole[4:-4]


def test_a_marker_is_found_however_it_was_written(tmp_path: Path) -> None:
    text = f"Dear {PERSON}, "
    for data in (
        text.encode(),
        text.upper().encode(),
        text.encode("utf-16"),
        base64.b64encode(text.encode()),
        base64.b64encode(b"x" + text.encode()),
        base64.b64encode(b"xy" + text.encode()),
        text.encode().hex().encode(),
    ):
        assert traces(data) == {PERSON}
    assert traces(b"Dear Jean, ") == set()


class Person:
    """Someone with a home of their own, in which everything is that the daemon may write."""

    def __init__(self, display: Display, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        for name in ("home/snippets", "home/contacts", "home/templates/fr", "tmp", "runtime"):
            (folder / name).mkdir(parents=True)
        os.chmod(folder / "runtime", 0o700)
        (self.home / "snippets" / "mine.yml").write_text(json.dumps({"snippets": SNIPPETS}), "utf-8")
        (self.home / "contacts" / "hugo.vcf").write_bytes(CARD.encode())
        (self.home / "templates" / "fr" / "toolong.txt").write_text(
            TOO_LONG + "Un mot de trop. " * 30, "utf-8"
        )
        places = {"HOME": "", "MOTJUSTE_HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "runtime"}
        places |= {f"XDG_{kind}_HOME": kind.lower() for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        self.env = display.env | {name: str(folder / place) for name, place in places.items()}

    def motjuste(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "motjuste", *words],
            env=self.env, cwd=self.folder / "tmp", stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def written(self) -> dict[Path, bytes]:
        """Every file here except the snippets, cards and templates that the person wrote."""
        own = [self.home / name for name in ("snippets", "contacts", "templates")]
        return {
            path: path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and not any(path.is_relative_to(folder) for folder in own)
        }


@pytest.fixture
def person(display: Display, tmp_path: Path) -> Iterator[Person]:
    person = Person(display, tmp_path / "person")
    yield person
    person.motjuste("daemon", "stop")


def found(files: dict[Path, bytes]) -> dict[str, set[str]]:
    return {str(path): marks for path, data in files.items() if (marks := traces(data))}


def mapped_files(pid: int) -> dict[Path, bytes]:
    """The files that the process has in its memory map or keeps open, deleted ones included."""
    names = {
        line.split(maxsplit=5)[5].strip()
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines()
        if len(line.split(maxsplit=5)) == 6
    }
    mapped = [Path(name) for name in names if name.startswith("/") and Path(name).is_file()]
    kept_open = [each for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_file()]
    return {path: path.read_bytes() for path in [*mapped, *kept_open]}


@pytest.fixture
def pid(
    person: Person, display: Display, keyboard: Keyboard, window_of: Callable[[str], TextWindow]
) -> Iterator[int]:
    """The daemon, after it has heard, inserted and refused what must not be found, and a broken file was saved."""
    pid = json.loads(person.motjuste("daemon", "start", "--json"))["pid"]
    window = TextWindow("gtk text", display, title=f"Hugo {PERSON} - {SHOWN}")
    display.copy(COPIED, "clipboard")
    window.focus(keyboard)
    keyboard.type(f"{TYPED} {TRIGGER}")
    window.wait_for_text(f"{TYPED} {INSERTED} for Hugo {PERSON}")
    window.clear()
    window.focus(keyboard)
    keyboard.type("xplain")
    window.wait_for_text(INSERTED)
    keyboard.type(" xlong")
    wait_until(lambda: "refused" in events(person), lambda: f"the log has {events(person)}", every=0.05)
    assert events(person) == ["started", "expanded", "expanded", "refused"]
    (person.home / "snippets" / "mine.yml").write_text(f"snippets: {TRIGGER}\n", "utf-8")
    wait_until(lambda: "reloaded" in events(person), lambda: f"the log has {events(person)}", every=0.05)
    yield pid
    window.close()


def events(person: Person) -> list[str]:
    log = json.loads(person.motjuste("daemon", "log", "--json"))["events"]
    return [entry["event"] for entry in log]


def test_no_file_holds_what_was_typed_inserted_or_copied_and_only_two_whom_it_was_for(
    person: Person, pid: int
) -> None:
    # To know whom one wrote to is what these are for.
    remembering = {str(person.home / "ledger.db"), str(person.home / "state" / "last-used")}
    wait_until(lambda: found(person.written()).keys() == remembering, lambda: str(found(person.written())), every=0.05)
    person.motjuste("daemon", "stop")
    written = person.written()
    log = person.home / "state" / "daemon.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert log in written
    assert any("cache" in path.parts for path in written)
    assert found(written) == {path: {PERSON} for path in remembering}


@pytest.mark.skipif(os.getuid() != 0, reason="the daemon's memory map is closed even to its owner's other programs")
def test_no_file_in_the_daemons_memory_map_holds_it_either(person: Person, pid: int) -> None:
    files = mapped_files(pid)
    assert any("libxcb" in path.name for path in files)
    assert found(files) == {}


def test_the_daemons_memory_is_never_dumped_on_a_disk(person: Person) -> None:
    pid = json.loads(person.motjuste("daemon", "start", "--json"))["pid"]
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    core = next(line for line in limits if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
