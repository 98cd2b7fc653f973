"""`motjuste config edit`: a profile to begin with, in one's own language, and what is wrong with it is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from terminal import Editor, Ended, Motjuste, saving

from motjuste.adapters.template_files import languages_in, shipped_folder
from motjuste.profile import read_profile

NOTHING = Ended(0, "", "nothing was changed: you have no profile yet\n")
LANGUAGES = ("en", "fr", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_to_begin_with_is_right_with_and_without_its_examples(language: str) -> None:
    text = (shipped_folder() / f"profile.{language}.toml").read_text("utf-8")
    examples = re.sub(r"(?m)^# (?=\w+ = |\[)", "", text)
    assert tomllib.loads(text) == {}
    profile = read_profile(examples, "profile.toml", languages_in(shipped_folder()))
    assert (profile.name[:3], profile.language[:2], profile.doors[0].kind) == ("Cam", language, "blog")
    assert not [line for line in examples.splitlines() if re.match(r"#\s*[\w.]+\s*=", line)]


@pytest.mark.parametrize(
    ("variables", "first"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "# Qui vous êtes."),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "es_ES.UTF-8"}, "# Quién es usted."),
        ({"LANG": "de_DE.UTF-8"}, "# Who you are."),
        ({"LANG": "C"}, "# Who you are."),
        ({"LANG": "../fr"}, "# Who you are."),
        ({}, "# Who you are."),
    ],
)
def test_it_begins_in_the_language_of_the_system(
    motjuste: Motjuste,
    home: Path,
    editor: Editor,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    first: str,
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    editor('cp "$1" "$MOTJUSTE_HOME/seen"')
    assert motjuste("config", "edit") == NOTHING
    assert (home / "seen").read_text("utf-8").startswith(first)


def test_a_profile_that_was_left_as_it_began_is_none(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    editor("true")
    assert motjuste("config", "edit") == NOTHING
    assert not (home / "profile.toml").exists()


def test_what_is_saved_is_checked_and_kept(motjuste: Motjuste, home: Path, editor: Editor) -> None:
    path = home / "profile.toml"
    editor(saving('name = "Camille Roy"\n'))
    assert motjuste("config", "edit") == Ended(0, f"{path}\n", "all in order\n")
    editor(saving('nam = "Camille Roy"\n'))
    told = f"{path}:1: unknown key 'nam'; did you mean 'name'?\n"
    assert motjuste("config", "edit") == Ended(1, f"{path}\n", told)
    assert path.read_text("utf-8") == 'nam = "Camille Roy"\n'


def test_a_profile_of_ones_own_that_is_deleted_in_the_editor_is_told(
    motjuste: Motjuste, profile: Path, editor: Editor
) -> None:
    editor('rm "$1"')
    assert motjuste("config", "edit") == Ended(1, f"{profile}\n", f"{profile} is not there any more\n")
