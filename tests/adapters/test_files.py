"""Files are written whole or not at all, and every failure is one sentence."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motjuste.adapters.files import make_private_folder, read_text, writable, write_atomically, write_new
from motjuste.errors import UserError


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_the_folders_above_it_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    before = os.umask(0)
    try:
        write_atomically(path, "é")
    finally:
        os.umask(before)
    assert path.read_bytes() == "é".encode()
    assert (_mode(path), _mode(path.parent), _mode(path.parent.parent)) == (0o600, 0o700, 0o700)


def test_a_file_is_replaced_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, "one" * 1000)
    write_atomically(path, b"two", mode=0o640)
    assert path.read_bytes() == b"two"
    assert _mode(path) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "card.vcf"
    write_atomically(target, "old")
    link = tmp_path / "card.vcf"
    link.symlink_to(target)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new"


@contextmanager
def full_disk() -> Iterator[None]:
    """Files end at two bytes: what a full disk does, also to the superuser.

    Not a fixture: pytest writes down a test's result before its fixtures end, and that may go to a file.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, "old content")
    told = r"a\.txt could not be saved: file too large; nothing was changed"
    with full_disk(), pytest.raises(UserError, match=told):
        write_atomically(path, "new content")
    assert path.read_text("utf-8") == "old content"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_is_its_owners_and_never_takes_anothers_place(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_new(path, "é\n")
    with pytest.raises(UserError, match=r"b\.txt is there already; it was left as it is"):
        write_new(path, "other")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match="link is there already"):
        write_new(tmp_path / "link", "other")
    assert (path.read_bytes(), _mode(path), (tmp_path / "nowhere").exists()) == ("é\n".encode(), 0o600, False)


def test_a_new_file_on_a_full_disk_or_without_a_place_leaves_nothing(tmp_path: Path) -> None:
    told = r"a\.txt could not be made: file too large; make room, then try again"
    with full_disk(), pytest.raises(UserError, match=told):
        write_new(tmp_path / "a.txt", "content")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match=r"the folder /proc/motjuste cannot be made: "):
        write_new(Path("/proc/motjuste/a.txt"), "x")
    with pytest.raises(UserError, match=r"b.txt could not be made: file name too long; make its folder writable"):
        write_new(tmp_path / f"{'a' * 300}b.txt", "x")


def test_a_place_that_cannot_be_written_is_told_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the folder /proc/motjuste cannot be made: "):
        write_atomically(Path("/proc/motjuste/a.txt"), "x")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UserError, match="cannot be made: not a directory"):
        make_private_folder(tmp_path / "file")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UserError, match=r"folder\.txt could not be saved: is a directory"):
        write_atomically(tmp_path / "folder.txt", "x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder.txt"]


def test_whether_a_folder_can_be_written_is_known_before_it_exists(tmp_path: Path) -> None:
    assert writable(tmp_path / "not" / "yet")
    assert not writable(Path("/dev/null/x"))


def test_a_byte_order_mark_is_dropped_and_a_bad_byte_has_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffété".encode())
    assert read_text(path) == "été"
    path.write_bytes(b"one\ntwo\n\xe9t\xe9")
    with pytest.raises(
        UserError, match=r"a\.txt:3: this is not UTF-8 text \(byte 0xe9\); save the file as UTF-8"
    ):
        read_text(path)
