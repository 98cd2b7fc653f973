"""Rules per application at the terminal: tried out, shown, and told when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Motjuste

from motjuste.ports import Window

SNIPPETS = """\
snippets:
  - trigger: adr
    label: Address
    replace: "1 rue du Lac\\n\\nParis"
  - trigger: brb
    word: true
    replace: be right back
"""


@pytest.fixture
def rules(home: Path) -> Path:
    """Where the own rules are; there are two snippets."""
    (home / "snippets").mkdir()
    (home / "snippets" / "private.yml").write_text(SNIPPETS, "utf-8")
    return home / "applications.toml"


def test_a_terminal_gets_no_line_break(motjuste: Motjuste, rules: Path) -> None:
    assert motjuste("try", "adr").out == "1 rue du Lac\n\nParis|\n"
    assert motjuste("try", "adr", "--class", "XTerm").out == "1 rue du Lac Paris|\n"
    assert motjuste("try", "adr", "--program", "kitty").out == "1 rue du Lac Paris|\n"


def test_an_own_rule_lets_it_through_again(motjuste: Motjuste, rules: Path) -> None:
    rules.write_text('[[application]]\nname = "Mine"\nclass = "kitty"\nnewline = "paste"\n', "utf-8")
    assert motjuste("try", "adr", "--class", "kitty").out == "1 rue du Lac\n\nParis|\n"
    assert motjuste("try", "adr", "--class", "XTerm").out == "1 rue du Lac Paris|\n"


def test_where_return_sends_a_trigger_that_it_ended_stays(motjuste: Motjuste, rules: Path) -> None:
    assert motjuste("try", "brb<enter>").out == "be right back\n|\n"
    assert motjuste("try", "brb<enter>", "--window", "(1) WhatsApp — Mozilla Firefox").out == "brb\n|\n"


def test_a_title_turns_it_off_and_a_note_says_by_which_rule(motjuste: Motjuste, rules: Path) -> None:
    rules.write_text('[[application]]\nname = "Diary"\ntitle = "*journal*"\noff = true\n', "utf-8")
    done = motjuste("try", "adr", "--window", "Mon Journal — Écrit", "--json")
    assert done.document == {"text": "adr", "cursor": 3, "expansions": [], "refusals": [], "choices": []}
    assert done.err == "motjuste: nothing is expanded in this window, by the rule Diary\n"


@pytest.mark.parametrize("name", ["Address", "add*"])
def test_only_named_snippets_work_where_a_rule_says_so(motjuste: Motjuste, rules: Path, name: str) -> None:
    rules.write_text(f'[[application]]\nname = "Forms"\ntitle = "Form"\nsnippets = "{name}"\n', "utf-8")
    done = motjuste("try", "brb adr invitlin", "--window", "Form")
    assert (done.out, done.err) == ("brb 1 rue du Lac\n\nParis invitlin|\n", "")


def test_a_rule_may_name_a_file_of_snippets_or_a_template(motjuste: Motjuste, rules: Path, marie: Path) -> None:
    text = '[[application]]\nname = "Forms"\ntitle = "Form"\nsnippets = ["private", "invite"]\n'
    rules.write_text(text, "utf-8")
    done = motjuste("try", "brb invitlin", "--window", "Form", "--contact", str(marie))
    assert done.out.startswith("be right back ")
    assert "Marie" in done.out
    assert done.err == ""


def test_a_rule_that_names_no_snippet_is_told(motjuste: Motjuste, rules: Path) -> None:
    rules.write_text('\n[[application]]\nname = "Forms"\ntitle = "Form"\nsnippets = ["adress", "x"]\n', "utf-8")
    done = motjuste("try", "a")
    assert done.err.splitlines() == [
        f"motjuste: {rules}:2: the rule 'Forms' names 'adress', which no snippet is called; "
        "did you mean 'address'?",
        f"motjuste: {rules}:2: the rule 'Forms' names 'x', which no snippet is called; "
        "name a snippet's label, its file or a template",
    ]


def test_one_bad_rule_is_told_and_the_others_hold(motjuste: Motjuste, rules: Path) -> None:
    good = '[[application]]\nname = "Diary"\ntitle = "Diary"\noff = true\n'
    rules.write_text('[[application]]\nname = "Bad"\ntitel = "x"\noff = true\n' + good, "utf-8")
    done = motjuste("try", "adr", "--window", "Diary")
    assert done.out == "adr|\n"
    assert f"motjuste: {rules}:3: unknown key 'titel'; did you mean 'title'?" in done.err.splitlines()


def test_the_doctor_counts_the_rules_and_tells_a_bad_one(motjuste: Motjuste, rules: Path, profile: Path) -> None:
    (shipped,) = [line for line in motjuste("doctor").out.splitlines() if line.startswith("ok  rules")]
    assert shipped.endswith(" that ship; 'motjuste doctor --windows' shows what holds where")
    assert "yours" not in shipped
    rules.write_text('[[application]]\nname = "Diary"\ntitle = "Diary"\noff = true\n[[x]]\n', "utf-8")
    done = motjuste("doctor")
    assert done.code == 1
    assert f"1 of yours from {rules}, " in done.out
    problem = f"{rules}:5: unknown heading 'x'; begin each rule with a line [[application]]"
    assert f"NO  files      {problem}" in done.out.splitlines()


def test_the_open_windows_cannot_be_shown_without_a_display(motjuste: Motjuste) -> None:
    done = motjuste("doctor", "--windows")
    assert done.code == 1
    assert done.err.startswith("motjuste: no display: DISPLAY is not set; ")


@pytest.fixture
def open_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = (
        Window("~", "XTerm", "xterm"),
        Window("Passwords.kdbx", "KeePassXC", "keepassxc"),
        Window("Marie Dupont | LinkedIn", "firefox", "firefox-esr"),
    )
    monkeypatch.setattr("motjuste.adapters.x11.open_windows.open_windows", lambda: windows)


def test_the_doctor_shows_what_holds_in_each_open_window(
    motjuste: Motjuste, rules: Path, open_windows: None
) -> None:
    own = '[[application]]\nname = "Notes"\ntitle = "*LinkedIn"\nsnippets = ["Address", "invite"]\npaste = "ctrl+v"\n'
    rules.write_text(own, "utf-8")
    done = motjuste("doctor", "--windows")
    assert done.code == 0
    rows = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in done.out.splitlines()]
    assert rows == [
        ["class", "program", "what holds", "by the rule", "title"],
        [
            "XTerm",
            "xterm",
            "a space for a line break, Return sends, pastes the primary selection",
            "Terminals",
            "~",
        ],
        ["KeePassXC", "keepassxc", "off", "Password managers", "Passwords.kdbx"],
        ["firefox", "firefox-esr", "pastes by ctrl+v, only Address and invite", "Notes", "Marie Dupont | LinkedIn"],
    ]


def test_the_open_windows_are_shown_to_programs_too(motjuste: Motjuste, open_windows: None) -> None:
    document = motjuste("doctor", "--windows", "--json").document
    assert document["windows"][0] == {
        "title": "~",
        "class": "XTerm",
        "program": "xterm",
        "off": False,
        "newline": "space",
        "paste": "",
        "backend": "paste",
        "selection": "primary",
        "return_sends": True,
        "snippets": None,
        "rules": ["Terminals", "Terminals, by program"],
    }
    assert [each["off"] for each in document["windows"]] == [False, True, False]


def test_where_no_windows_are_listed_a_note_says_so(
    motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motjuste.adapters.x11.open_windows.open_windows", tuple)
    assert motjuste("doctor", "--windows").err == "motjuste: the window manager lists no open windows\n"


def test_where_the_rules_are_is_shown(motjuste: Motjuste, rules: Path, profile: Path) -> None:
    assert motjuste("config", "show", "--json").document["places"]["applications"] == str(rules)
