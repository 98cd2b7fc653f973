"""templates check, as people and their tools call it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from terminal import Motjuste, Shell

ROOT = Path(__file__).parents[2]
FAULTY = "---\ntitle: Merci\n---\nMerci de de lire.\n"
TOLD = "a doubled word: 'Merci de de lire.' (nobody, an empty profile, fr-FR) [doubled-word]"


@pytest.fixture(autouse=True)
def few_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one template ships, so that checking them all takes no time."""
    shipped = tmp_path / "shipped"
    (shipped / "fr").mkdir(parents=True)
    (shipped / "channels.toml").write_text('[sms]\nlimit = 1\nunit = "sms"\n[none]\n', "utf-8")
    (shipped / "fr" / "salut.txt").write_text("---\ntitle: Salut\nchannel: sms\n---\nSalut !\n", "utf-8")
    monkeypatch.setattr("motjuste.desk.shipped_folder", lambda: shipped)


def own(folder: Path, text: str = FAULTY, name: str = "merci", language: str = "fr") -> Path:
    path = folder / language / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_finding_is_a_line_with_file_line_example_scene_and_the_name_of_the_check(
    motjuste: Motjuste, home: Path
) -> None:
    path = own(home / "templates")
    done = motjuste("templates", "check")
    assert (done.code, done.out, done.err) == (1, "", f"{path}:4: {TOLD}\n")


def test_findings_as_json_keep_what_was_written(motjuste: Motjuste, home: Path) -> None:
    path = own(home / "templates")
    quiet = own(home / "templates", '---\nsilence: {hole: "a quotation"}\n---\nMerci de\n', "cite")
    done = motjuste("templates", "check", "--json")
    assert (done.code, done.err) == (1, "")
    assert done.document == {
        "templates": 3,
        "problems": [f"{path}:4: {TOLD}"],
        "findings": [
            {
                "check": "doubled-word",
                "template": "fr/merci",
                "path": str(path),
                "line": 4,
                "problem": "a doubled word: 'Merci de de lire.'",
                "scene": "nobody, an empty profile, fr-FR",
                "example": "Merci de de lire.",
            }
        ],
        "silenced": [{"template": "fr/cite", "check": "hole", "reason": "a quotation"}],
    }
    assert quiet.exists()


def test_one_template_is_checked_by_its_name_in_all_its_languages(motjuste: Motjuste, home: Path) -> None:
    own(home / "templates")
    english = own(home / "templates", "Thank you for the the answer.", language="en")
    assert motjuste("templates", "check", "salut").out == "1 template, all in order\n"
    lines = motjuste("templates", "check", "merci").err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [str(english), str(home / "templates" / "fr" / "merci.txt")]
    assert motjuste("templates", "check", "merci", "--json").document["templates"] == 2


def test_a_file_is_checked_wherever_it_is_kept_and_with_those_beside_it(
    motjuste: Motjuste, home: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    own(shared, "{% macro m() %}Merci de de lire.{% endmacro %}", "_piece")
    other = own(shared, FAULTY, "autre")
    path = own(shared, '---\ntriggers: [xx]\n---\n{% import "fr/_piece" as p %}{{ p.m() }}')
    own(shared, "---\ntriggers: [xx]\n---\nNon.", "aussi")
    (shared / "fr" / "binary.dat").write_bytes(b"\xff\xfe")
    (shared / "data").mkdir()
    (shared / "data" / "b.txt").write_bytes(b"\xff")
    done = motjuste("templates", "check", str(path))
    assert done.err == (
        f"{path}:2: 'xx' is a trigger of {shared}/fr/aussi.txt too, and only one of them can fire; "
        "give one of them another [shared-trigger]\n"
    )
    both = motjuste("templates", "check", str(path), str(other), str(shared / "fr" / "_piece.txt"))
    assert {line.partition(":")[0] for line in both.err.splitlines()} == {
        str(path),
        str(other),
        str(shared / "fr" / "_piece.txt"),
    }


def test_a_path_may_be_relative(
    motjuste: Motjuste, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own(tmp_path / "shared")
    monkeypatch.chdir(path.parent)
    assert motjuste("templates", "check", "merci.txt").err == f"{path}:4: {TOLD}\n"


@pytest.mark.parametrize(
    ("what", "content", "told"),
    [
        ("fr/nosuch.txt", None, "{path} is not there; name a template or its file"),
        ("salt", None, "unknown template 'salt' (nearest: 'salut'); see 'motjuste templates list'"),
        ("x.txt", b"Oui", "{path} stands outside a language's folder; keep it as fr/NAME.txt or en/NAME.txt"),
        (
            "fr/x.txt",
            b"Oui\n\xff",
            "{path}:2: this is not UTF-8 text (byte 0xff); save the file as UTF-8",
        ),
    ],
)
def test_what_cannot_be_checked_is_told_in_a_line(
    motjuste: Motjuste, tmp_path: Path, what: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / "elsewhere" / what
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is not None:
        path.write_bytes(content)
    done = motjuste("templates", "check", str(path) if what.endswith(".txt") else what)
    assert (done.code, done.out, done.err) == (1, "", f"motjuste: {told.format(path=path)}\n")


def test_a_file_that_is_no_template_is_told_among_the_findings(motjuste: Motjuste, tmp_path: Path) -> None:
    path = own(tmp_path / "shared", "---\ntitel: A\n---\nA")
    done = motjuste("templates", "check", str(path))
    assert done.code == 1
    assert done.err.startswith(f"{path}:2: unknown key 'titel' in front matter (nearest: 'title'); ")
    assert done.err.endswith(" [unreadable]\n")


def test_the_daemon_is_told_of_a_shared_trigger_when_it_loads(motjuste: Motjuste, home: Path) -> None:
    own(home / "templates", "---\ntriggers: [xx]\n---\nOui.", "a")
    own(home / "templates", "---\ntriggers: [xx]\nchannel: smms\n---\nNon.", "b")
    from motjuste.adapters.settings import Places
    from motjuste.wiring import listening

    found = listening(Places.from_environment({"MOTJUSTE_HOME": str(home)})).problems
    assert [problem.rpartition("[")[2] for problem in found] == ["unknown-channel]", "shared-trigger]"]


# --- as a pre-commit hook --------------------------------------------------------------------------------


def hook() -> dict[str, object]:
    [found] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return dict(found)


def test_the_hook_takes_the_templates_of_a_repository_and_nothing_else() -> None:
    wanted = re.compile(str(hook()["files"]))
    taken = [
        "fr/merci.txt", "templates/fr/merci.txt", "a/b/templates/fr-CA/_piece.txt", "en/x.txt", "messages/es/x.txt",
        "pt/_checks.toml",
    ]  # fmt: skip
    left = ["README.txt", "docs/notes.txt", "fr/merci.txt.bak", "fr/sub/merci.txt", "france/x.txt", "fr/x.toml"]
    assert [path for path in (*taken, *left) if wanted.search(path)] == taken


def test_the_hook_fails_for_a_faulty_file_and_passes_for_one_in_order(
    shell: Shell, home: Path, tmp_path: Path
) -> None:
    faulty, sound = own(tmp_path / "repository"), own(tmp_path / "repository", "Merci.\n", "oui")
    entry = str(hook()["entry"])
    failed, passed = shell(f"{entry} {faulty} {sound}"), shell(f"{entry} {sound}")
    assert (failed.code, failed.err) == (1, f"{faulty}:4: {TOLD}\n")
    assert (passed.code, passed.out, passed.err) == (0, "1 template, all in order\n", "")
