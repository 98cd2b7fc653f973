"""Rules per application: which windows they fit, what they say together, and files with mistakes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from motjuste.expansion.applications import Applications, Rule, Treatment, names_of, read_applications
from motjuste.expansion.snippets import Snippet
from motjuste.expansion.windows import Delivery, Window

SHIPPED = Path(__file__).parents[2] / "templates" / "applications.toml"


def rules(toml: str) -> tuple[Rule, ...]:
    read, problems = read_applications(toml, "applications.toml")
    assert problems == ()
    return read


def rule(**values: str) -> str:
    """A rule as it is written, with these TOML values."""
    return "[[application]]\n" + "".join(f"{key.strip('_')} = {value}\n" for key, value in values.items())


def treated(window: Window, *toml: str) -> Treatment:
    return Applications(rules("".join(toml))).treatment(window)


@pytest.mark.parametrize(
    ("wanted", "title", "fits"),
    [
        pytest.param("Notes", "Notes", True, id="the whole title"),
        pytest.param("notes", "NOTES", True, id="capitals do not matter"),
        pytest.param("Notes", "My Notes", False, id="a part of it is not enough"),
        pytest.param("*Notes", "My Notes", True, id="a star stands for what comes before"),
        pytest.param("Notes*", "Notes", True, id="or for nothing"),
        pytest.param("*No*tes*", "xNo y tes z", True, id="several stars"),
        pytest.param("a*b*a", "aba", True, id="pieces side by side"),
        pytest.param("x*b*c*y", "x-c-b-y", False, id="pieces come in their order"),
        pytest.param("ab*ba", "aba", False, id="pieces do not overlap"),
        pytest.param("a*bc*c", "abc", False, id="not even in the middle"),
        pytest.param("*", "", True, id="a star alone fits what is unknown"),
        pytest.param("Été*", "E\u0301TE\u0301 2026", True, id="however the accent is written"),
        pytest.param("[1] *?", "[1] really?", True, id="brackets and question marks are themselves"),
        pytest.param("a.c", "abc", False, id="so is a dot"),
    ],
)
def test_a_title_fits_as_a_whole(wanted: str, title: str, fits: bool) -> None:
    toml = rule(name='"here"', title=f"'{wanted}'", off="true")
    assert treated(Window(title=title), toml).off is fits


def test_a_hostile_title_takes_no_time() -> None:
    toml = rule(name='"here"', title='"' + "*a" * 40 + '*b"', off="true")
    assert treated(Window(title="a" * 4000), toml).off is False


def test_all_conditions_must_hold_and_one_text_of_each() -> None:
    toml = rule(
        name='"here"', title='["*Inbox*", "*Boîte*"]', class_='"mail"', program='["m", "mail*"]', off="true"
    )
    assert treated(Window("Boîte de réception", "Mail", "mailer"), toml).off
    for window in (Window("Drafts", "Mail", "m"), Window("Inbox", "Web", "m"), Window("Inbox", "Mail", "web")):
        assert treated(window, toml) == Treatment()


def test_an_own_rule_decides_before_one_that_ships() -> None:
    own, shipped = rule(name='"Mine"', class_='"kitty"', off="false"), rule(name='"All"', class_='"*"', off="true")
    assert treated(Window(wm_class="kitty"), own, shipped) == Treatment(off=False, because="Mine")
    assert treated(Window(wm_class="xterm"), own, shipped) == Treatment(off=True, because="All")


def test_what_an_own_rule_says_nothing_about_stays_as_it_was() -> None:
    own = rule(name='"Mine"', class_='"kitty"', snippets='"work"')
    shipped = rule(
        name='"Terminals"', class_='"kitty"', newline='"space"', return_sends="true", selection='"primary"'
    )
    assert treated(Window(wm_class="kitty"), own, shipped) == Treatment(
        delivery=Delivery(newline="space", selection="primary"),
        snippets=("work",),
        return_sends=True,
        because="Mine; Terminals",
    )


def test_a_chord_of_ones_own_pastes_the_clipboard_wherever_shift_insert_pasted_something_else() -> None:
    own = rule(name='"Mine"', class_='"kitty"', paste='"ctrl+shift+v"')
    shipped = rule(name='"Terminals"', class_='"kitty"', selection='"primary"')
    assert treated(Window(wm_class="kitty"), own, shipped).delivery == Delivery(
        paste="ctrl+shift+v", selection="clipboard"
    )


def test_key_by_key_a_line_break_is_one_that_sends_nothing() -> None:
    own = rule(name='"Mine"', class_='"slack"', backend='"keys"')
    shipped = rule(name='"Chats"', class_='"slack"', newline='"paste"')
    assert treated(Window(wm_class="Slack"), own, shipped).delivery == Delivery(
        newline="shift-return", backend="keys"
    )


def test_where_no_line_break_may_go_in_none_that_was_typed_is_put_back() -> None:
    own = rule(name='"Mine"', class_='"form"', newline='"space"')
    assert treated(Window(wm_class="form"), own) == Treatment(
        delivery=Delivery(newline="space"), return_sends=True, because="Mine"
    )


def test_the_window_before_does_not_decide_about_this_one() -> None:
    applications = Applications(rules(rule(name='"here"', title='"a"', off="true")))
    offs = [applications.treatment(Window(title=title)).off for title in ("a", "b", "a", "a", "b")]
    assert offs == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("named", "allowed"),
    [
        pytest.param("Kind regards", True, id="by its label"),
        pytest.param("kind*", True, id="by a part of its label"),
        pytest.param("invite", True, id="by its template"),
        pytest.param("Work", True, id="by its file"),
        pytest.param("work.yml", False, id="the file's ending is no part of its name"),
        pytest.param("kr", False, id="a trigger is not a name"),
    ],
)
def test_only_the_snippets_that_are_named_work(named: str, allowed: bool) -> None:
    snippet = Snippet(
        triggers=("kr",), template="invite", label="Kind regards", source="/home/me/snippets/work.yml:12"
    )
    assert Treatment(snippets=(named,)).allows(snippet) is allowed
    assert Treatment(snippets=("other", named)).allows(snippet) is allowed
    assert Treatment(snippets=(named,), off=True).allows(snippet) is False


def test_without_names_all_snippets_work_unless_it_is_off() -> None:
    snippet = Snippet(triggers=("kr",), replace="x")
    assert Treatment().allows(snippet)
    assert not Treatment(off=True).allows(snippet)
    assert not Treatment(snippets=()).allows(snippet)


def test_a_snippet_is_called_by_each_of_its_names_once() -> None:
    template = Snippet(triggers=("i",), template="invite", label="invite", source="/x/fr/invite.txt")
    assert names_of(template) == ("invite",)
    assert names_of(Snippet(triggers=("i",), replace="x")) == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ctrl+v", "ctrl+v"),
        ("Shift + Ctrl + V", "ctrl+shift+v"),
        ("shift+insert", "shift+Insert"),
        ("Insert", "Insert"),
        ("super+alt+f9", "alt+super+F9"),
        ("ctrl+2", "ctrl+2"),
    ],
)
def test_a_chord_is_read_however_it_is_written(written: str, read: str) -> None:
    assert rules(rule(name='"x"', class_='"x"', paste=f'"{written}"'))[0].paste == read


HEADING = '[[application]]\nname = "x"\nclass = "x"\n'


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        pytest.param(
            '[[application]]\nname = "x"\nclas = "x"\noff = true\n',
            "a.toml:3: unknown key 'clas'; did you mean 'class'?",
            id="a key that is nearly known",
        ),
        pytest.param(
            HEADING + "speed = 3\n",
            "a.toml:4: unknown key 'speed'; known: name, title, class, program, off, newline, return_sends, paste, "
            "selection, backend, snippets",
            id="a key that nobody knows",
        ),
        pytest.param(
            HEADING + 'newline = "enter"\n',
            "a.toml:4: newline: 'enter' is not known; expected paste, return, shift-return or space",
            id="a value that is not known",
        ),
        pytest.param(
            HEADING + 'off = "yes"\n',
            "a.toml:4: off: 'yes' is neither true nor false; expected true or false",
            id="a text in place of true",
        ),
        pytest.param(
            HEADING + "snippets = []\n",
            "a.toml:4: snippets: [] is neither a text nor a list of texts; "
            'expected "text" or ["one", "other"]',
            id="an empty list",
        ),
        pytest.param(
            '[[application]]\nname = "x"\nclass = ["x", 3]\noff = true\n',
            "a.toml:3: class: ['x', 3] is neither a text nor a list of texts; "
            'expected "text" or ["one", "other"]',
            id="a number among texts",
        ),
        pytest.param(
            HEADING + 'paste = "strg+v"\n',
            "a.toml:4: paste: 'strg+v' is not a chord; expected "
            '"ctrl+v", "ctrl+shift+v" or "shift+insert"',
            id="a chord with an unknown modifier",
        ),
        pytest.param(
            HEADING + 'paste = "shift+v"\n',
            "a.toml:4: paste: 'shift+v' would type a letter; expected "
            '"ctrl+v", "ctrl+shift+v" or "shift+insert"',
            id="a chord that types",
        ),
        pytest.param(
            HEADING + 'paste = "ctrl+ctrl+v"\n',
            "a.toml:4: paste: 'ctrl+ctrl+v' is not a chord; expected "
            '"ctrl+v", "ctrl+shift+v" or "shift+insert"',
            id="a chord that holds a key twice",
        ),
        pytest.param(
            HEADING + 'backend = "keys"\nnewline = "paste"\n',
            'a.toml:5: newline: "paste" is not possible with backend = "keys"; '
            "expected return, shift-return or space",
            id="pasted line breaks where nothing is pasted",
        ),
        pytest.param(
            '[[application]]\nclass = "x"\noff = true\n',
            'a.toml:1: this rule has no name; give it one, such as: name = "My chat"',
            id="no name",
        ),
        pytest.param(
            '[[application]]\nname = ""\nclass = "x"\noff = true\n',
            "a.toml:2: name: '' is not a text; expected a text in quotes",
            id="an empty name",
        ),
        pytest.param(
            '[[application]]\nname = "x"\noff = true\n',
            "a.toml:1: the rule 'x' does not say for which windows it is; give it a title, a class or a program",
            id="no window",
        ),
        pytest.param(
            HEADING,
            "a.toml:1: the rule 'x' does not say what to do; "
            "give it one of off, newline, return_sends, paste, selection, backend, snippets",
            id="nothing to do",
        ),
        pytest.param(
            "[[aplication]]\nname = 'x'\n",
            "a.toml:1: unknown heading 'aplication'; begin each rule with a line [[application]]",
            id="a heading with a letter missing",
        ),
        pytest.param(
            "\n[application]\nname = 'x'\n",
            "a.toml:2: a rule is a table of its own; begin each rule with a line [[application]]",
            id="a heading with one bracket",
        ),
        pytest.param(
            HEADING + "off = wahr\n",
            'a.toml:4: this is not TOML: invalid value; a line reads like: class = "Slack"',
            id="not TOML",
        ),
        pytest.param(
            HEADING + 'class = "y"\n', "a.toml:4: this stands twice; keep one of them", id="a key twice"
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_spoils_no_other_rule(toml: str, problem: str) -> None:
    good = '\n[[application]] # good\nname = "good"\nclass = "good"\noff = true\n'
    read, problems = read_applications(toml + good, "a.toml")
    assert [str(each) for each in problems] == [problem]
    assert [(each.name, each.source) for each in read] == [("good", f"a.toml:{toml.count(chr(10)) + 2}")]
    first, then = read_applications(good + toml, "a.toml")
    assert [each.name for each in first] == ["good"]
    assert len(then) == 1


def test_what_stands_before_the_first_rule_belongs_to_none() -> None:
    read, (problem,) = read_applications('class = "y"\n' + HEADING + "off = true\n", "a.toml")
    assert str(problem) == "a.toml:1: 'class' stands outside a rule; begin each rule with a line [[application]]"
    assert [(each.name, each.source) for each in read] == [("x", "a.toml:2")]


def test_a_file_with_the_line_ends_of_windows_is_read_as_well() -> None:
    good = '[[application]]\nname = "good"\nclass = "good"\noff = true\n'
    read, (problem,) = read_applications((good + HEADING + "x = 1\n" + good).replace("\n", "\r\n"), "a.toml")
    assert [each.source for each in read] == ["a.toml:1", "a.toml:9"]
    assert str(problem).startswith("a.toml:8: unknown key 'x'")


def test_an_empty_file_holds_no_rules() -> None:
    assert read_applications("# nothing yet\n", "a.toml") == ((), ())


def test_the_rules_of_the_documentation_are_rules() -> None:
    documentation = SHIPPED.parents[1] / "docs" / "applications.md"
    (example,) = re.findall(r"```toml\n(.*?)```", documentation.read_text("utf-8"), re.DOTALL)
    assert len(rules(example)) == example.count("[[application]]") == 4


# ---- The rules that ship ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Applications:
    return Applications(rules(SHIPPED.read_text("utf-8")))


OFF = Treatment(off=True)
TERMINAL = Treatment(delivery=Delivery(newline="space", selection="primary"), return_sends=True)
CLIPBOARD_TERMINAL = Treatment(delivery=Delivery(newline="space"), return_sends=True)
CHAT = Treatment(return_sends=True)

# Windows as they are in the wild, and the rule that is for each.
WINDOWS = [
    (Window("", "Pinentry-gtk-2", "pinentry-gtk-2"), OFF, "Password questions"),
    (Window("", "org.gnupg.pinentry-qt"), OFF, "Password questions"),
    (Window("", "Gcr-prompter"), OFF, "Password questions"),
    (Window("", "Polkit-gnome-authentication-agent-1"), OFF, "Password questions"),
    (Window("", "polkit-mate-authentication-agent-1"), OFF, "Password questions"),
    (Window("", "polkit-kde-authentication-agent-1"), OFF, "Password questions"),
    (Window("", "org.kde.polkit-kde-authentication-agent-1"), OFF, "Password questions"),
    (Window("", "lxqt-policykit-agent"), OFF, "Password questions"),
    (Window("", "Lxpolkit"), OFF, "Password questions"),
    (Window("", "Xfce-polkit"), OFF, "Password questions"),
    (Window("", "SshAskpass"), OFF, "Password questions"),
    (Window("", "ksshaskpass"), OFF, "Password questions"),
    (Window("", "Gnome-ssh-askpass3"), OFF, "Password questions"),
    (Window("", "lxqt-openssh-askpass"), OFF, "Password questions"),
    (Window("", "kwalletd5"), OFF, "Password questions"),
    (Window("", "org.kde.kwalletd6"), OFF, "Password questions"),
    (Window("", "", "pinentry-x11"), OFF, "Password questions, by program"),
    (Window("", "", "ssh-askpass"), OFF, "Password questions, by program"),
    (Window("", "Xscreensaver"), OFF, "Screen lockers and greeters"),
    (Window("", "i3lock"), OFF, "Screen lockers and greeters"),
    (Window("", "Light-locker"), OFF, "Screen lockers and greeters"),
    (Window("", "Gnome-screensaver"), OFF, "Screen lockers and greeters"),
    (Window("", "Lightdm-gtk-greeter"), OFF, "Screen lockers and greeters"),
    (Window("", "kscreenlocker_greet"), OFF, "Screen lockers and greeters"),
    (Window("", "", "xsecurelock"), OFF, "Screen lockers and greeters, by program"),
    (Window("", "", "mate-screensaver-dialog"), OFF, "Screen lockers and greeters, by program"),
    (Window("Passwords.kdbx - KeePassXC", "KeePassXC"), OFF, "Password managers"),
    (Window("Bitwarden", "Bitwarden"), OFF, "Password managers"),
    (Window("1Password", "1Password"), OFF, "Password managers"),
    (Window("Vaults | Bitwarden Web Vault — Mozilla Firefox", "firefox"), OFF, "Password managers, by title"),
    (Window("Proton Pass - Chromium", "Chromium"), OFF, "Password managers, by title"),
    (Window("host", "org.remmina.Remmina"), OFF, "Remote desktops and virtual machines"),
    (Window("FreeRDP: host", "xfreerdp"), OFF, "Remote desktops and virtual machines"),
    (Window("debian (1)", "Virt-viewer"), OFF, "Remote desktops and virtual machines"),
    (Window("Debian [Running]", "VirtualBox Machine"), OFF, "Remote desktops and virtual machines"),
    (Window("QEMU", "qemu-system-x86_64"), OFF, "Remote desktops and virtual machines"),
    (Window("~", "XTerm", "xterm"), TERMINAL, "Terminals"),
    (Window("~", "UXTerm", "xterm"), TERMINAL, "Terminals"),
    (Window("~", "URxvt"), TERMINAL, "Terminals"),
    (Window("~", "st-256color"), TERMINAL, "Terminals"),
    (Window("~", "Alacritty"), TERMINAL, "Terminals"),
    (Window("~", "kitty"), TERMINAL, "Terminals"),
    (Window("~", "Gnome-terminal"), TERMINAL, "Terminals"),
    (Window("~", "gnome-terminal-server"), TERMINAL, "Terminals"),
    (Window("~", "Xfce4-terminal"), TERMINAL, "Terminals"),
    (Window("~", "Mate-terminal"), TERMINAL, "Terminals"),
    (Window("~", "Lxterminal"), TERMINAL, "Terminals"),
    (Window("~", "Tilix"), TERMINAL, "Terminals"),
    (Window("~", "Terminator"), TERMINAL, "Terminals"),
    (Window("~", "Guake"), TERMINAL, "Terminals"),
    (Window("~", "org.wezfurlong.wezterm"), TERMINAL, "Terminals"),
    (Window("~", "com.mitchellh.ghostty"), TERMINAL, "Terminals"),
    (Window("~", "foot"), TERMINAL, "Terminals"),
    (Window("~", "konsole"), CLIPBOARD_TERMINAL, "Terminals that paste the clipboard"),
    (Window("~", "yakuake"), CLIPBOARD_TERMINAL, "Terminals that paste the clipboard"),
    (Window("~", "scratchpad", "kitty"), TERMINAL, "Terminals, by program"),
    (Window("~", "scratchpad", "gnome-terminal-server"), TERMINAL, "Terminals, by program"),
    (Window("~", "scratchpad", "konsole"), CLIPBOARD_TERMINAL, "Konsole, by program"),
    (
        Window("main.py - Visual Studio Code", "Code", "code"),
        Treatment(delivery=Delivery(selection="primary")),
        "Visual Studio Code and its kin",
    ),
    (
        Window("notes.txt - GVIM", "Gvim", "vim.gtk3"),
        Treatment(delivery=Delivery(newline="return", backend="keys")),
        "GVim",
    ),
    (Window("general - Slack", "Slack"), CHAT, "Chat programs"),
    (Window("#general", "discord"), CHAT, "Chat programs"),
    (Window("Chat | Microsoft Teams", "teams-for-linux"), CHAT, "Chat programs"),
    (Window("Signal", "Signal"), CHAT, "Chat programs"),
    (Window("Telegram (3)", "TelegramDesktop"), CHAT, "Chat programs"),
    (Window("Element", "Element"), CHAT, "Chat programs"),
    (Window("(2) WhatsApp — Mozilla Firefox", "firefox"), CHAT, "Chats in a browser"),
    (Window("(1) Messaging | LinkedIn - Google Chrome", "Google-chrome"), CHAT, "Chats in a browser"),
    (Window("Messagerie | LinkedIn — Mozilla Firefox", "firefox"), CHAT, "Chats in a browser"),
    (Window("team (Channel) - Acme - Slack - Chromium", "Chromium"), CHAT, "Chats in a browser"),
    (Window("Element [2] | Team - Chromium", "Chromium"), CHAT, "Chats in a browser"),
    (Window("#motjuste", "Hexchat"), CLIPBOARD_TERMINAL, "IRC"),
]


@pytest.mark.parametrize(("window", "expected", "rule"), WINDOWS, ids=lambda each: str(each)[:60])
def test_a_common_window_is_treated_well(
    shipped: Applications, window: Window, expected: Treatment, rule: str
) -> None:
    assert shipped.treatment(window) == replace(expected, because=rule)


def test_every_rule_that_ships_is_for_a_window_of_this_list(shipped: Applications) -> None:
    assert {rule.name for rule in shipped.rules} == {rule for _, _, rule in WINDOWS}


@pytest.mark.parametrize(
    "window",
    [
        Window("Marie Dupont | LinkedIn — Mozilla Firefox", "firefox", "firefox"),
        Window("Invitation à relier - LibreOffice Writer", "libreoffice-writer", "soffice.bin"),
        Window("note.txt", "Gedit", "gedit"),
        Window("Claude Dupont | LinkedIn - Chromium", "Chromium", "chromium"),
        Window("Which password manager? 1Password and others - Chromium", "Chromium", "chromium"),
        Window("Inbox", "thunderbird", "thunderbird"),
        Window(),
    ],
    ids=lambda window: window.title or "unknown",
)
def test_an_ordinary_window_is_treated_as_usual(shipped: Applications, window: Window) -> None:
    assert shipped.treatment(window) == Treatment()


def test_nothing_that_is_in_a_terminals_rule_lets_a_line_break_through(shipped: Applications) -> None:
    terminals = [rule for rule in shipped.rules if "terminal" in rule.name.casefold() or "Konsole" in rule.name]
    assert len(terminals) == 4
    for rule in terminals:
        assert (rule.newline, rule.return_sends) == ("space", True)
        for kind in (rule.wm_class, rule.program):
            for text in kind.texts if kind else ():
                window = Window(wm_class=text.replace("*", "x"), program=text.replace("*", "x"))
                assert shipped.treatment(window).delivery.newline == "space", text


def test_where_secrets_are_asked_for_no_rule_below_turns_it_on_again(shipped: Applications) -> None:
    for rule in shipped.rules:
        if rule.off:
            for kind, key in ((rule.title, "title"), (rule.wm_class, "wm_class"), (rule.program, "program")):
                for text in kind.texts if kind else ():
                    assert shipped.treatment(Window(**{key: text.replace("*", "x")})).off, text
