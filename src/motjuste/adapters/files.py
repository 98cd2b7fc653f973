"""Reading and writing files so that nothing is lost and every failure is one sentence."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from motjuste.errors import UserError


def make_private_folder(folder: Path) -> None:
    """Create `folder` and what is missing above it, for its owner alone (0700); UserError says why not."""
    try:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError(20, os.strerror(20))
    except OSError as error:
        raise UserError(
            f"the folder {folder} cannot be made: {reason(error)}",
            next_step="make it writable, or set MOTJUSTE_HOME to a folder that is",
        ) from error


def write_atomically(path: Path, data: bytes | str, mode: int = 0o600) -> None:
    """Replace the file at `path` by `data` (text as UTF-8) in one step, making its folder when it is missing.

    The file holds either all of the old or all of the new content, also after a crash. UserError when the
    disk is full or read-only: the old content then stands untouched.
    """
    write_pieces(path, [data.encode("utf-8") if isinstance(data, str) else data], mode)


def write_pieces(path: Path, pieces: Iterable[bytes], mode: int = 0o600) -> None:
    """Replace the file at `path` as `write_atomically` does, by `pieces` that need not fit the memory together."""
    # A link (a card kept in a synchronised folder, say) stays a link: its target is what we replace.
    target = Path(os.path.realpath(path))
    make_private_folder(target.parent)
    unfinished = ""
    try:
        handle, unfinished = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            if sys.platform != "win32":  # where the folder's rights count
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(unfinished, target)
        sync_folder(target.parent)
    except OSError as error:
        if unfinished:
            with contextlib.suppress(OSError):
                os.unlink(unfinished)
        raise UserError(
            f"{path} could not be saved: {reason(error)}",
            next_step="nothing was changed; make room or make the folder writable, then try again",
        ) from error


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet, whole or not at all; UserError says why it cannot be.

    What stands at `path` already is never touched.
    """
    make_private_folder(path.parent)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise UserError(f"{path} is there already", next_step="it was left as it is") from None
    except OSError as error:
        raise UserError(
            f"{path} could not be made: {reason(error)}", next_step="make its folder writable, then try again"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise UserError(
            f"{path} could not be made: {reason(error)}", next_step="make room, then try again"
        ) from error


def sync_folder(folder: Path) -> None:
    """Have the names of the files in `folder` on the disk, where the system can do that."""
    # Some file systems cannot sync a folder; the file itself is already safe then.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_bytes(path: Path) -> bytes:
    """The content of the file at `path`; UserError says why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {reason(error)}", next_step="check the path and the rights of the file"
        ) from error


def read_text(path: Path) -> str:
    """The UTF-8 text of the file at `path`, without a byte-order mark; UserError names a bad byte's line."""
    return decoded(read_bytes(path), path)


def decoded(data: bytes, path: Path) -> str:
    """The text that `data`, the content of the file at `path`, holds; UserError names a bad byte's line."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path}:{line}: this is not UTF-8 text (byte 0x{data[error.start]:02x})",
            next_step="save the file as UTF-8",
        ) from error


def belongs_to_us(about: os.stat_result) -> bool:
    """Whether a file or folder is the person's own."""
    # Windows knows no such number: there the rights of the profile's folder decide.
    return sys.platform == "win32" or about.st_uid == os.getuid()


def is_ours_alone(about: os.stat_result) -> bool:
    """Whether nobody but the person can have written the file."""
    others = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return sys.platform == "win32" or (belongs_to_us(about) and not others)


def writable(folder: Path) -> bool:
    """Whether a file could be written in `folder`, or in the nearest folder above it that exists."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def reason(error: OSError) -> str:
    """Why the system refused, in its own words, without the path."""
    return (error.strerror or str(error)).lower()
