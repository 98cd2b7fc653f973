"""docs/checks.md: each check under its name, with an example that it finds, in the words that it finds it in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motjuste.adapters.template_files import shipped_folder
from motjuste.messages.channels import read_channels
from motjuste.messages.check_names import CHECKS
from motjuste.messages.checks import check
from motjuste.messages.templates import Library, Source

DOCUMENT = (Path(__file__).parents[2] / "docs" / "checks.md").read_text("utf-8")
CHANNELS = read_channels((shipped_folder() / "channels.toml").read_text("utf-8"), "channels.toml")
SECTIONS = {
    section.partition("`")[0]: section.partition("\n")[2]
    for section in re.split(r"^### `", DOCUMENT, flags=re.MULTILINE)[1:]
}
EXAMPLE = re.compile(r"^```jinja (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOLD = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def checked(examples: list[tuple[str, str]]) -> list[str]:
    """What is found in the examples, the first of which is called thanks.txt and the second again.txt."""
    sources = [
        Source(name, language, f"{language}/{name}.txt", text)
        for name, (language, text) in zip(("thanks", "again"), examples, strict=False)
    ]
    return [str(finding) for finding in check(Library.load(sources), CHANNELS)]


def test_each_check_is_documented_in_its_order() -> None:
    assert list(SECTIONS) == list(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_section_says_what_its_check_finds(name: str) -> None:
    says = CHECKS[name]
    assert SECTIONS[name].strip().startswith(f"{says[0].upper()}{says[1:]}.\n")


@pytest.mark.parametrize("name", CHECKS)
def test_the_example_is_found_word_for_word_and_by_no_other_check(name: str) -> None:
    told = TOLD.findall(SECTIONS[name])[0].splitlines()
    assert checked(EXAMPLE.findall(SECTIONS[name])) == told
    assert all(line.endswith(f" [{name}]") for line in told)


def test_the_silenced_example_is_in_order_and_would_not_be_if_it_were_not_silenced() -> None:
    [text] = re.findall(r"^```jinja fr silenced\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    heard = re.sub(r"silence:\n.*\n", "", text)
    assert checked([("fr", text)]) == []
    assert [line.rpartition("[")[2] for line in checked([("fr", heard)])] == ["doubled-word]"]
