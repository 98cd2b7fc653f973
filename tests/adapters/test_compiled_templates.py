"""Compiled templates are kept, and only used when nobody else can have touched them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from motjuste.adapters.compiled_templates import CompiledTemplates


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    CompiledTemplates(folder).set("key", b"code")
    CompiledTemplates(folder).set("key", b"newer code")
    assert CompiledTemplates(folder).get("key") == b"newer code"
    assert CompiledTemplates(folder).get("other") is None
    assert [each.name for each in folder.iterdir()] == ["key"]
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_damaged_file_is_not_there(tmp_path: Path) -> None:
    store = CompiledTemplates(tmp_path)
    store.set("key", b"code")
    (tmp_path / "key").write_bytes((tmp_path / "key").read_bytes()[:-1] + b"x")
    assert store.get("key") is None
    (tmp_path / "key").write_bytes(b"")
    assert store.get("key") is None


def test_a_file_that_others_could_write_is_not_there(tmp_path: Path) -> None:
    store = CompiledTemplates(tmp_path)
    store.set("key", b"code")
    (tmp_path / "key").chmod(0o666)
    assert store.get("key") is None


@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser can give a file away")
def test_a_file_of_somebody_else_is_not_there(tmp_path: Path) -> None:
    store = CompiledTemplates(tmp_path)
    store.set("key", b"code")
    os.chown(tmp_path / "key", 65534, 65534)
    assert store.get("key") is None


def test_another_compiler_makes_everything_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CompiledTemplates(tmp_path).set("key", b"code")
    monkeypatch.setattr("motjuste.adapters.compiled_templates.COMPILERS", ("jinja2.lexer",))
    assert CompiledTemplates(tmp_path).get("key") is None


def test_only_what_was_compiled_from_known_files_is_kept(tmp_path: Path) -> None:
    store = CompiledTemplates(tmp_path)
    store.set("0123-note", b"code")
    store.set("4567-gone", b"code")
    store.keep_only(["0123", "89ab"])
    assert [each.name for each in tmp_path.iterdir()] == ["0123-note"]
    CompiledTemplates(tmp_path / "missing").keep_only([])


def test_a_disk_that_takes_nothing_is_no_error() -> None:
    store = CompiledTemplates(Path("/proc/motjuste"))
    store.set("key", b"code")
    assert store.get("key") is None
