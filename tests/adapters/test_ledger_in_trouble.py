"""A ledger that is damaged, foreign, newer, read-only or without room: clear words, and nothing is lost."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.ledger_tables import MIGRATIONS
from motjuste.errors import UserError
from motjuste.inbox.events import Event

NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
NOBODY = 65534
FILLS = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from motjuste.adapters.ledger import LedgerFile
from motjuste.errors import UserError
from motjuste.inbox.events import Event

if sys.argv[2] != "none":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
ledger, number = LedgerFile(Path(sys.argv[1])), 0
try:
    for number in range(2000):
        told = {"number": str(number), "much": "x" * 2000}
        ledger.record([Event(kind="copied", at=datetime.now(UTC), person="in:lea", details=told)])
except UserError as problem:
    print(number, problem)
print(len(ledger.events()))
"""


def step(kind: str = "copied") -> Event:
    return Event(kind=kind, at=NOON, person="in:lea", details={"template": "x" * 300})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of some pages."""
    path = tmp_path / "data" / "ledger.db"
    with contextlib.closing(LedgerFile(path)) as ledger:
        for _ in range(20):
            ledger.record([step()] * 10)
    return path


@pytest.fixture
def ledger(path: Path) -> Iterator[LedgerFile]:
    with contextlib.closing(LedgerFile(path)) as ledger:
        yield ledger


def telling(ledger: LedgerFile) -> list[str]:
    """What reading and recording say, each; "" for one that worked."""
    told = []
    calls: list[Callable[[], object]] = [
        ledger.events,
        lambda: ledger.events(people=["in:lea"]),
        lambda: ledger.record([step()]),
        lambda: ledger.forget(["in:hugo"]),
    ]
    for call in calls:
        try:
            call()
        except UserError as problem:
            told.append(str(problem))
        else:
            told.append("")
    return told


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def with_another_head(content: bytes) -> bytes:
    return b"Hello, this is my diary".ljust(100) + content[100:]


def with_a_torn_table(content: bytes) -> bytes:
    """The page that the table begins with is overwritten; every reading and writing comes by."""
    return content[:4096] + b"\xa5" * 4096 + content[8192:]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(half, "database disk image is malformed", id="cut off in the middle"),
        pytest.param(
            lambda content: content[:50], "database disk image is malformed", id="only its first bytes"
        ),
        pytest.param(lambda content: b"", "it is empty", id="empty"),
        pytest.param(with_another_head, "file is not a database", id="another head"),
        pytest.param(with_a_torn_table, "database disk image is malformed", id="a page of random bytes"),
        pytest.param(lambda content: os.urandom(8192), "file is not a database", id="random bytes"),
        pytest.param(
            lambda content: b"From,To\nL\xc3\xa9a,Me\n" * 100, "file is not a database", id="a text file"
        ),
    ],
)
def test_a_damaged_ledger_is_told_with_the_way_back_and_stays_as_it_is(
    ledger: LedgerFile, path: Path, change: Callable[[bytes], bytes], why: str
) -> None:
    content = change(path.read_bytes())
    path.write_bytes(content)
    expected = (
        f"the ledger {path} is damaged: {why}; it was left as it is; put a copy of yours in its place, or move it "
        "away (with its -wal file) and run 'motjuste inbox import' on a file that 'motjuste inbox export' wrote"
    )
    # Of a torn table, forgetting somebody who is not in its index need not notice.
    assert telling(ledger)[:3] == [expected] * 3
    ledger.close()
    assert path.read_bytes() == content


def test_the_newest_backup_is_named_where_the_ledger_is_damaged(ledger: LedgerFile, path: Path) -> None:
    for number, name in enumerate(
        ("ledger-before-version-3-2026-03-01.db", "ledger-before-version-2-2026-02-01.db")
    ):
        path.with_name(name).write_bytes(b"")
        os.utime(path.with_name(name), (number, number))
    path.write_bytes(b"x" * 200)
    with pytest.raises(
        UserError, match=r"; put the backup ledger-before-version-2-2026-02-01\.db in its place, or"
    ):
        ledger.events()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE event SET details = '{' WHERE number = 7", id="details that are none"),
        pytest.param("UPDATE event SET details = '' WHERE number = 7", id="no details"),
        pytest.param("UPDATE event SET details = '{}{}' WHERE number = 7", id="more than details"),
        pytest.param("UPDATE event SET at = 'noon' WHERE number = 7", id="a time that is none"),
        pytest.param("UPDATE event SET at = 5 WHERE number = 7", id="a number"),
        pytest.param("UPDATE event SET kind = 'undone' WHERE number = 7", id="an undoing of nothing"),
        pytest.param("UPDATE event SET details = CAST(x'ff22' AS TEXT) WHERE number = 7", id="no UTF-8"),
    ],
)
def test_an_entry_that_nobody_can_have_written_is_damage(ledger: LedgerFile, path: Path, change: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    told = telling(ledger)
    assert [text.partition("is damaged: ")[2].partition(";")[0] for text in told] == (
        ["an entry cannot be read"] * 2 + [""] * 2
    )


@pytest.mark.parametrize("seed", range(12))
def test_whatever_bytes_are_damaged_the_answer_is_an_entry_or_a_sentence(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = path.read_bytes()
    for _ in range(5):
        at, length = chance.randrange(len(whole)), chance.choice((1, 30, 500, 5000))
        path.write_bytes(whole[:at] + chance.randbytes(length) + whole[at + length :])
        with contextlib.closing(LedgerFile(path)) as ledger:
            assert len(telling(ledger)) == 4
        for each in path.parent.glob("ledger.db-*"):
            each.unlink()


def made_by(path: Path, *statements: str) -> bytes:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(("CREATE TABLE message (text)",), id="other tables"),
        pytest.param(("CREATE TABLE event (name)", "PRAGMA user_version = 1"), id="a table of the same name"),
        pytest.param(
            ("PRAGMA application_id = 77", "CREATE TABLE event (batch)", "PRAGMA user_version = 1"),
            id="its own mark",
        ),
        pytest.param(("CREATE TABLE event (batch)",), id="without a version"),
    ],
)
def test_another_programs_database_is_refused_and_stays_as_it_is(
    ledger: LedgerFile, path: Path, statements: tuple[str, ...]
) -> None:
    content = made_by(path, *statements)
    expected = (
        f"{path} is a database of another program, not motjuste's ledger; it was left as it is; "
        "move it away, and put your ledger there if you have one"
    )
    assert telling(ledger) == [expected] * 4
    assert (path.read_bytes(), [each.name for each in path.parent.iterdir()]) == (content, ["ledger.db"])


def test_a_newer_ledger_is_refused_and_stays_as_it_is(ledger: LedgerFile, path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    content = path.read_bytes()
    expected = (
        f"the ledger {path} was written by a newer motjuste (version 99 of its tables; {len(MIGRATIONS)} is known "
        "here); it was left as it is; update motjuste"
    )
    assert telling(ledger) == [expected] * 4
    assert (path.read_bytes(), [each.name for each in path.parent.iterdir()]) == (content, ["ledger.db"])


def test_a_folder_in_the_ledgers_place_is_told(tmp_path: Path) -> None:
    with contextlib.closing(LedgerFile(tmp_path)) as ledger:
        assert telling(ledger) == [f"the ledger {tmp_path} is no file; move what is there away"] * 4


def left_by_a_killed_program(path: Path) -> None:
    """One more entry, which stands in the write-ahead log alone."""
    done = os.fork()
    if done == 0:
        ledger = LedgerFile(path)
        ledger.record([step("removed")])
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(done, 0)
    assert path.with_name("ledger.db-wal").stat().st_size > 0


def test_what_a_killed_program_recorded_is_there(path: Path) -> None:
    left_by_a_killed_program(path)
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert [event.kind for event in ledger.events()][-2:] == ["copied", "removed"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda log: None, id="gone"),
        pytest.param(lambda log: b"", id="empty"),
        pytest.param(lambda log: log[: len(log) // 2], id="cut off"),
        pytest.param(lambda log: os.urandom(len(log)), id="random bytes"),
        pytest.param(lambda log: log[:5000] + b"?" + log[5001:], id="another byte"),
    ],
)
def test_without_its_whole_log_a_ledger_is_what_it_was_before(
    path: Path, change: Callable[[bytes], bytes | None]
) -> None:
    left_by_a_killed_program(path)
    log = path.with_name("ledger.db-wal")
    changed = change(log.read_bytes())
    log.unlink()
    if changed is not None:
        log.write_bytes(changed)
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert [event.kind for event in ledger.events()] == ["copied"] * 200
        assert ledger.record([step()]) == 21


def test_a_log_without_its_ledger_is_not_written_over(path: Path) -> None:
    left_by_a_killed_program(path)
    path.unlink()
    log = path.with_name("ledger.db-wal").read_bytes()
    with contextlib.closing(LedgerFile(path)) as ledger:
        expected = (
            f"the ledger {path} is gone, but ledger.db-wal, which holds its newest entries, is still there; "
            "put the ledger back beside it; if there is none any more, move that file away"
        )
        assert telling(ledger)[:3] == [expected] * 3
    assert path.with_name("ledger.db-wal").read_bytes() == log


def as_nobody(call: Callable[[], object]) -> object:
    """What `call` gives somebody who does not own the files, where the tests own everything."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(call, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return json.loads(told)


def _answer(call: Callable[[], object], writing: int) -> NoReturn:
    try:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        os.write(writing, json.dumps(call()).encode())
    finally:
        os._exit(0)


@pytest.fixture
def read_only(path: Path) -> Iterator[Path]:
    """The same ledger in a folder that everybody may enter and nobody may write in."""
    with tempfile.TemporaryDirectory(prefix="motjuste-") as outside:
        folder = Path(outside) / "data"
        path.parent.rename(folder)
        Path(outside).chmod(0o755)
        for each in folder.iterdir():
            each.chmod(0o444)
        folder.chmod(0o555)
        yield folder / path.name
        folder.chmod(0o755)


def test_a_ledger_in_a_read_only_folder_can_be_read(read_only: Path) -> None:
    with contextlib.closing(LedgerFile(read_only)) as ledger:
        assert as_nobody(lambda: len(ledger.events())) == 200


def test_recording_in_a_read_only_folder_is_refused_in_words(read_only: Path) -> None:
    with contextlib.closing(LedgerFile(read_only)) as ledger:
        told = as_nobody(lambda: [*telling(ledger)[:3], len(ledger.events())])
    refused = (
        f"the ledger {read_only} could not be written: the file or its folder is read-only; "
        "nothing was recorded; give yourself the right to write both, then try again"
    )
    assert told == ["", "", refused, 200]


def test_a_read_only_ledger_with_a_log_is_read_or_refused_in_words(
    path: Path, request: pytest.FixtureRequest
) -> None:
    left_by_a_killed_program(path)
    moved: Path = request.getfixturevalue("read_only")
    with contextlib.closing(LedgerFile(moved)) as ledger:
        assert as_nobody(lambda: len(ledger.events())) == 201


def test_an_older_ledger_in_a_read_only_folder_is_told(path: Path, request: pytest.FixtureRequest) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS[0](connection)
        connection.execute("PRAGMA user_version = 1")
    moved: Path = request.getfixturevalue("read_only")
    with contextlib.closing(LedgerFile(moved)) as ledger:
        told = as_nobody(lambda: telling(ledger)[0])
    assert (
        told
        == f"the ledger {moved} is of an older version and read-only; give yourself the right to write it"
    )


def test_a_folder_in_which_no_ledger_can_be_made_is_told(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="motjuste-") as outside:
        Path(outside).chmod(0o555)
        path = Path(outside) / "ledger.db"
        with contextlib.closing(LedgerFile(path)) as ledger:
            told = as_nobody(lambda: telling(ledger)[:3])
        Path(outside).chmod(0o755)
    made = "make room or make its folder writable, then try again"
    refused = f"the ledger {path} cannot be made: permission denied; {made}"
    assert told == ["", "", refused]


def mounts_work() -> bool:
    """Whether a small disk can be made here, which only the administrator may."""
    with tempfile.TemporaryDirectory(prefix="motjuste-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=100k", "none", folder]
        made = subprocess.run(command, capture_output=True, check=False)
        if made.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return made.returncode == 0


@pytest.fixture(
    params=["a limit of its size", *(["a small disk"] if os.getuid() == 0 and mounts_work() else [])]
)
def little_room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder with room for some hundred kilobytes, and the limit that makes it so."""
    if request.param != "a small disk":
        yield tmp_path, str(300_000)
        return
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "none", folder], check=True)
    try:
        yield folder, "none"
    finally:
        subprocess.run(["umount", folder], check=True)


def test_without_room_what_was_recorded_stays_and_nothing_is_half(little_room: tuple[Path, str]) -> None:
    folder, limit = little_room
    path = folder / "data" / "ledger.db"
    done = subprocess.run(
        [sys.executable, "-c", FILLS, path, limit], capture_output=True, encoding="utf-8", check=True
    )
    told, there = done.stdout.splitlines()
    number, _, problem = told.partition(" ")
    assert int(number) > 10
    assert there == number
    assert problem.partition(": ")[2] in (
        "the disk is full; nothing was recorded; make room, then try again",
        "the disk did not take it; nothing was recorded; make room, or check the disk, then try again",
    )
    with contextlib.closing(LedgerFile(path)) as ledger:
        assert [int(event.details["number"]) for event in ledger.events()] == list(range(int(number)))


def test_without_room_for_a_backup_nothing_is_changed(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS[0](connection)
        connection.execute("PRAGMA user_version = 1")
        for number in range(300):
            connection.execute(
                "INSERT INTO event VALUES (?, 1, ?, 'copied', 'in:lea', '', ?)",
                (number, NOON.isoformat(), json.dumps({"x": "x" * 1000})),
            )
    content = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", FILLS.replace("print(len", "print(0) #"), path, "150000"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[0] == (
        f"0 no backup of the ledger {path} could be made before bringing it to version 2: disk I/O error; "
        "nothing was changed; make room or make its folder writable, then try again"
    )
    assert (path.read_bytes(), [each.name for each in path.parent.iterdir()]) == (content, ["ledger.db"])
