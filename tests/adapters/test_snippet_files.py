"""Snippet files as they lie on a disk, and what is kept of many of them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from motjuste.adapters import snippet_files
from motjuste.adapters.snippet_files import SnippetFiles, read_snippet_file, read_snippet_folder
from motjuste.expansion.snippets import Snippet

ODD = """\
  - triggers: [élan, zoé]
    replace: "né\\u00e9"
    propagate_case: true
    search_terms: [accent]
  - regex: 'h(?P<name>\\d)'
    replace: |
      two
      lines
    confirm: tab
    left_word: true
  - trigger: 1
    wrod: 2
"""


@pytest.fixture(autouse=True)
def _a_little_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snippet_files, "LARGE", 1000)


def many(extra: str = ODD) -> str:
    lines = (f"  - trigger: :x{number}\n    replace: text {number}\n" for number in range(40))
    return f"snippets:\n{''.join(lines)}{extra}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "b.yml").write_text(many(), "utf-8")
    (tmp_path / "snippets" / "a.yaml").write_text("snippets: [{trigger: a, replace: b}]", "utf-8")
    return tmp_path / "snippets"


def never(*_: object) -> None:
    raise AssertionError("the files were read again")


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    for name, text in {
        "b.yml": "snippets: [{trigger: b, replace: 2}]",
        "a.yaml": "snippets: [{trigger: a, replace: 1}]",
        ".c.yml": "snippets: [{trigger: c, replace: 3}]",
        "d.txt": "no",
        "e.yml": "no",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "f.yml").write_bytes(b"snippets:\n- trigger: \xe9")
    (tmp_path / "g.yml").mkdir()
    read = read_snippet_folder(tmp_path)
    assert read.snippets == (
        Snippet(triggers=("a",), replace="1", source=f"{tmp_path}/a.yaml:1"),
        Snippet(triggers=("b",), replace="2", source=f"{tmp_path}/b.yml:1"),
    )
    assert [problem.replace(str(tmp_path), "") for problem in read.problems] == [
        "/g.yml cannot be read: is a directory; check the path and the rights of the file",
        "/e.yml:1: a snippet file starts with 'snippets:' and a list below it",
        "/f.yml:2: this is not UTF-8 text (byte 0xe9); save the file as UTF-8",
    ]
    assert read_snippet_folder(tmp_path / "none") == SnippetFiles(read.snippets.joined([]), ())


def test_what_was_kept_is_what_was_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_snippet_folder(folder, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    monkeypatch.setattr(snippet_files, "read_snippets", never)
    again = read_snippet_folder(folder, tmp_path / "cache")
    assert again == first == read_snippet_folder(folder, tmp_path / "cache")
    assert again.snippets.indexes == first.snippets.indexes
    assert len(first.problems) == 1
    # What the kept table is told afterwards counts too.
    assert again.snippets.having("regex") == first.snippets.having("regex") != []


@pytest.mark.parametrize("same_time", [True, False])
def test_a_file_that_changed_is_read_again(folder: Path, tmp_path: Path, same_time: bool) -> None:
    read_snippet_folder(folder, tmp_path / "cache")
    path = folder / "b.yml"
    before = path.stat()
    path.write_text(many().replace("text 7\n", "text 8\n"), "utf-8")
    if same_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = read_snippet_folder(folder, tmp_path / "cache")
    assert again.snippets[8].replace == "text 8"
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_file_that_moved_names_its_new_place(folder: Path, tmp_path: Path) -> None:
    read_snippet_folder(folder, tmp_path / "cache")
    folder.rename(tmp_path / "other")
    read = read_snippet_folder(tmp_path / "other", tmp_path / "cache")
    assert read.snippets[0].source == f"{tmp_path}/other/a.yaml:1"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda kept: kept.write_bytes(b""), id="emptied"),
        pytest.param(lambda kept: kept.write_bytes(kept.read_bytes()[:-9]), id="cut off"),
        pytest.param(lambda kept: kept.write_bytes(kept.read_bytes() + b"x"), id="added to"),
        pytest.param(lambda kept: kept.chmod(0o666), id="open to others"),
    ],
)
def test_what_cannot_be_trusted_is_made_anew(
    folder: Path, tmp_path: Path, damage: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_snippet_folder(folder, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    assert callable(damage)
    damage(kept)
    assert read_snippet_folder(folder, tmp_path / "cache") == first
    monkeypatch.setattr(snippet_files, "read_snippets", never)
    assert read_snippet_folder(folder, tmp_path / "cache") == first


@pytest.mark.parametrize(
    "plain",
    [
        None, (), (1, 2), (["a", 1], ()), ([], ()), ([], (1,) * 10),
        ([], ([], b"", [], b"", b"", [], [], b"", [], [])[:9]),
        ([], (["a"], b"\1\0\0\0", ["b", "c"], b"\1\0\0\0", b"\0\0\0\0", [{}], ["s"], b"\0\0\0\0", [], [])),
        ([], (["a"], b"\2\0\0\0", ["b"], b"\1\0\0\0", b"\0\0\0\0", [{}], ["s"], b"\0\0\0\0", [], [])),
        ([], (["a"], b"\1\0\0\0", ["b"], b"\1\0\0\0", b"\1\0\0\0", [{}], ["s"], b"\0\0\0\0", [], [])),
        ([], (["a"], b"\1\0\0\0", ["b"], b"\1\0\0\0", b"\0\0\0\0", [{"x": 1}], ["s"], b"\0\0\0\0", [], [])),
        ([], ([1], b"\1\0\0\0", ["b"], b"\1\0\0\0", b"\0\0\0\0", [{}], ["s"], b"\0\0\0\0", [], [])),
        ([], (["a"], b"\1\0\0\0", ["b"], b"\1\0\0\0", b"\0\0\0\0", [{}], ["s"], b"\0\0\0\0",
              [(b"\0\0\0\0", b"\1\0\0\0", False, True)], [])),
        ([], (["a"], b"\1\0\0\0", ["b"], b"\1\0\0\0", b"\0\0\0\0", [{}], ["s"], b"\0\0\0\0",
              [(b"\1\0\0\0", b"\0\0\0\0", False, True)], [])),
    ],
)  # fmt: skip
def test_what_is_no_table_is_not_taken_for_one(
    folder: Path, tmp_path: Path, plain: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_snippet_folder(folder, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(snippet_files, "_frozen", lambda read: snippet_files.marshal.dumps(plain))
        read_snippet_folder(folder, tmp_path / "cache")
    assert read_snippet_folder(folder, tmp_path / "cache") == first


def test_another_version_reads_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_snippet_folder(folder, tmp_path / "cache")
    monkeypatch.setattr(snippet_files, "__version__", "99")
    monkeypatch.setattr(snippet_files, "read_snippets", never)
    with pytest.raises(AssertionError, match="read again"):
        read_snippet_folder(folder, tmp_path / "cache")


def test_little_is_not_kept_and_a_full_disk_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("snippets: [{trigger: a, replace: b}]", "utf-8")
    read_snippet_file(path, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    path.write_text(many(), "utf-8")
    assert len(read_snippet_file(path, Path("/proc/motjuste")).problems) == 1
