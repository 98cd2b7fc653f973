"""count, try, templates, contacts and config, as people call them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from terminal import Motjuste, card

from motjuste.expansion.matching import SEPARATORS

DEMO = Path(__file__).parents[2] / "demo"

# --- count -----------------------------------------------------------------------------------------------


def test_counting_tells_every_unit_and_what_costs_more_than_one(motjuste: Motjuste) -> None:
    done = motjuste("count", "--json", stdin="Merci\u202f! 🚀\n")
    assert (done.code, done.err) == (0, "")
    document = done.document
    assert list(document) == ["text", "units", "sms", "costly", "seen_first"]
    assert document["text"] == "Merci\u202f! 🚀"
    assert document["units"] == {"utf16": 10, "codepoints": 9, "graphemes": 9, "x-weighted": 11, "bytes": 14}
    assert document["sms"] == {"alphabet": "UCS-2", "septets": 10, "parts": 1}
    assert {"text": "🚀", "cost": 2, "unit": "utf16"} in document["costly"]
    assert {"text": "\u202f", "cost": 2, "unit": "x-weighted"} in document["costly"]


def test_counting_reads_a_file_without_its_last_line_end(motjuste: Motjuste, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("été\r\nhiver\r\n".encode())
    assert motjuste("count", str(path), "--json").document["text"] == "été\nhiver"


@pytest.mark.parametrize(
    ("letters", "code", "verdict"),
    [(300, 0, "300 of 300 utf16: it fits"), (301, 3, "301 of 300 utf16: 1 too many")],
)
def test_counting_says_whether_a_text_fits_a_channel(
    motjuste: Motjuste, letters: int, code: int, verdict: str
) -> None:
    done = motjuste("count", "--channel", "linkedin-note", stdin="é" * letters)
    assert done.code == code
    assert done.out.splitlines()[-1] == f"linkedin-note  {verdict}"


def test_a_second_limit_counts_too(motjuste: Motjuste) -> None:
    family = "👨‍👩‍👧‍👦" * 150
    done = motjuste("count", "--channel", "bluesky-post", stdin=family)
    assert done.code == 3
    assert done.out.splitlines()[-1] == "bluesky-post  3750 of 3000 bytes: 750 too many"


def test_counting_shows_what_is_seen_first(motjuste: Motjuste, home: Path) -> None:
    (home / "channels.toml").write_text("[forum]\nlimit = 80\nunit = 'graphemes'\nseen_first = 9\n", "utf-8")
    text = "Bonjour  Marie,\n\nj’ai lu votre article sur le papier 👩🏽‍💻 et les archives, avec plaisir et surprise"
    done = motjuste("count", "--channel", "forum", stdin=text)
    assert done.out.splitlines()[-4:] == [
        "seen first  Bonjour Marie, j’ai lu votre article sur le papier 👩🏽‍💻 et les archives,…"
        "  (Invitation note, 70)",
        "seen first  Bonjour Marie, j’ai lu votre article sur le papie…  (E-mail subject, 50)",
        "seen first  Bonjour…  (forum, 9)",
        "forum       96 of 80 graphemes: 16 too many",
    ]
    assert motjuste("count", "--json", stdin="Merci").document["seen_first"] == [
        {"channel": "linkedin-note", "characters": 70, "text": "Merci"},
        {"channel": "email-subject", "characters": 50, "text": "Merci"},
        {"channel": "forum", "characters": 9, "text": "Merci"},
    ]
    assert motjuste("count", "--json", stdin="").document["seen_first"] == []


def test_a_mistake_in_the_channels_is_told_when_counting(motjuste: Motjuste, home: Path) -> None:
    (home / "channels.toml").write_text("[forum]\nlimt = 80\n", "utf-8")
    done = motjuste("count", stdin="Merci")
    assert (done.code, done.err.partition(";")[0]) == (
        0,
        f"motjuste: {home / 'channels.toml'}:2: unknown key 'limt' in [forum] (nearest: 'limit')",
    )


def test_what_is_counted_must_be_text(motjuste: Motjuste, tmp_path: Path) -> None:
    done = motjuste("count", stdin=b"caf\xe9")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("motjuste: standard input is not UTF-8 text (byte 4); ")
    path = tmp_path / "old.txt"
    path.write_bytes(b"one\ncaf\xe9")
    assert motjuste("count", str(path)).err.startswith(f"motjuste: {path}:2: this is not UTF-8 text")


# --- try -------------------------------------------------------------------------------------------------


def test_trying_shows_the_field_with_its_caret(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    done = motjuste("try", "Note :<enter>invitlin", "--contact", str(marie))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Note :\nBonjour Marie,")
    assert done.out.endswith("|\n")


def test_a_trigger_inside_a_word_is_no_trigger(motjuste: Motjuste, profile: Path) -> None:
    assert motjuste("try", "xinvitlin").out == "xinvitlin|\n"


@pytest.mark.parametrize(
    "sentence",
    ["I decline ", "I must decline, thank you", "he declined", "declining", "precisez-moi la date"],
)
def test_ordinary_words_that_begin_as_a_trigger_stay_words(
    motjuste: Motjuste, profile: Path, sentence: str
) -> None:
    assert motjuste("try", sentence).out == f"{sentence}|\n"


def test_a_trigger_that_begins_a_word_fires_once_the_typing_stops_there(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    answer = motjuste("decline", str(marie), "--form", "long").out.rstrip("\n")
    paused = motjuste("try", "declin", "--contact", str(marie)).out
    spaced = motjuste("try", "declin ", "--contact", str(marie)).out
    taken_back = motjuste("try", "declin <bs>", "--contact", str(marie)).out
    assert (paused, spaced, taken_back) == (f"{answer}|\n", f"{answer} |\n", "declin |\n")


def test_a_trigger_that_rests_in_one_language_rests_in_all(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    folder = home / "templates" / "fr"
    folder.mkdir(parents=True)
    (folder / "decline.txt").write_text("---\ntriggers: [declin, noth]\n---\nNon.", "utf-8")
    keys = ("decline", "declin", "noth<wait:1>ing", "mydeclin")
    assert [motjuste("try", each).out for each in keys] == [
        "decline|\n",
        "Non.|\n",
        "Non.ing|\n",
        "mydeclin|\n",
    ]


def test_trying_as_json_tells_what_expanded(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    note = motjuste("invite", str(marie)).out.rstrip("\n")
    document = motjuste("try", "A <enter>invitlin", "--contact", str(marie), "--json").document
    assert document == {
        "text": f"A \n{note}",
        "cursor": len(f"A \n{note}"),
        "expansions": [
            {
                "trigger": "invitlin",
                "template": "invite",
                "contact": "Marie Dupont",
                "length": len(note.encode("utf-16-le")) // 2,
                "limit": 300,
            }
        ],
        "refusals": [],
        "choices": [],
    }


def test_a_window_says_who_is_meant(motjuste: Motjuste, profile: Path) -> None:
    done = motjuste("try", "invitlin", "--window", "(3) Alice Martin | LinkedIn — Mozilla Firefox", "--json")
    assert done.document["text"].startswith("Bonjour Alice,")
    assert done.document["expansions"][0]["contact"] == "Alice Martin"


def test_two_equally_good_people_leave_the_trigger(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    cards = tmp_path / "two.vcf"
    cards.write_text(card(email="marie@nord.example") + card(email="marie@sud.example"), "utf-8")
    motjuste("contacts", "import", str(cards))
    done = motjuste("try", "invitlin", "--window", "Marie Dupont | LinkedIn", "--json")
    assert done.code == 0
    assert done.document["text"] == "invitlin"
    assert done.document["expansions"] == []
    assert done.document["refusals"][0]["trigger"] == "invitlin"
    assert done.document["refusals"][0]["reason"] == (
        "'Marie Dupont' means 2 people equally; "
        "choose one with 'motjuste contacts use', by e-mail or profile address"
    )


def test_a_window_that_names_two_people_is_told(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    cards = tmp_path / "two.vcf"
    cards.write_text(card("Marie Dupont") + card("Paul Durand"), "utf-8")
    motjuste("contacts", "import", str(cards))
    assert motjuste("try", "invitlin", "--window", "Marie Dupont, Paul Durand - Mail").err == (
        "motjuste: invitlin was left as typed: the window names 2 people: 'Marie Dupont', 'Paul Durand'; "
        "name one of them in a terminal, for example: motjuste invite NAME --copy\n"
    )


def test_a_title_of_ones_own_rules_says_who_is_meant(motjuste: Motjuste, home: Path, profile: Path) -> None:
    (home / "titles.toml").write_text('[[title]]\nsite = "Our CRM"\ntitle = "Fiche de {name} – Acme"\n', "utf-8")
    done = motjuste("try", "invitlin ", "--window", "Fiche de Zénon Carlier – Acme", "--json")
    assert [each["contact"] for each in done.document["expansions"]] == ["Zénon Carlier"]


def test_a_mistake_in_ones_own_titles_is_told_and_the_rest_works(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    (home / "titles.toml").write_text('[[title]]\nsite = "Our CRM"\ntitle = "Acme"\n', "utf-8")
    done = motjuste("try", "invitlin ", "--window", "Marie Dupont | LinkedIn", "--json")
    assert [each["contact"] for each in done.document["expansions"]] == ["Marie Dupont"]
    assert f"{home / 'titles.toml'}:3: 'Acme' does not say once where the name stands" in done.err


def test_what_was_copied_says_who_is_meant(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    motjuste("contacts", "import", str(marie))
    done = motjuste("try", "invitlin ", "--clipboard", "marie@example.org", "--json")
    assert [each["contact"] for each in done.document["expansions"]] == ["Marie Dupont"]


def test_a_window_and_a_clipboard_that_disagree_are_a_question(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    path = tmp_path / "two.vcf"
    path.write_text(card("Marie Dupont") + card("Paul Martin", email="paul@example.org"), "utf-8")
    motjuste("contacts", "import", str(path))
    done = motjuste("try", "invitlin", "--window", "Marie Dupont - Compose", "--clipboard", "paul@example.org")
    assert done.out == "invitlin|\n"
    assert "the window and the clipboard name 2 people: 'Marie Dupont', 'Paul Martin'; name one of them" in done.err
    done = motjuste("try", "invitlin", "--clipboard", "Marie Dupont paul@example.org")
    assert done.out == "invitlin|\n"
    assert "the clipboard names 2 people: 'Paul Martin', 'Marie Dupont'; name one of them" in done.err


def test_of_two_namesakes_the_one_chosen_before_is_meant(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    cards = tmp_path / "two.vcf"
    cards.write_text(
        card(email="marie@nord.example", org="Nord") + card(email="marie@sud.example", org="Sud"), "utf-8"
    )
    motjuste("contacts", "import", str(cards))
    for address, organization in (("marie@nord.example", "Nord"), ("marie@sud.example", "Sud")):
        motjuste("contacts", "use", address)
        assert organization in motjuste("try", "invitlin", "--window", "Marie Dupont | LinkedIn").out


def test_a_text_that_does_not_fit_leaves_the_trigger(motjuste: Motjuste, home: Path, profile: Path) -> None:
    own = home / "templates" / "fr" / "long.txt"
    own.parent.mkdir(parents=True)
    own.write_text(
        f"---\ntitle: Long\ntriggers: [tlong]\nchannel: linkedin-note\n---\n{'a' * 301}\n", "utf-8"
    )
    document = motjuste("try", "tlong", "--json").document
    assert document["text"] == "tlong"
    assert document["refusals"] == [
        {
            "trigger": "tlong",
            "reason": "the text does not fit linkedin-note: its shortest wording has 301 characters, the limit is 300; "
            "shorten the template or the fields by 1",
        }
    ]


def test_a_trigger_of_one_language_alone_means_that_language(motjuste: Motjuste, profile: Path) -> None:
    profile.write_text('name = "Camille Roy"\nlanguage = "en"\n', "utf-8")
    assert motjuste("try", "invitlin").out.startswith("Hello")
    assert motjuste("try", "precisez").out.startswith("Bonjour,")


SNIPPETS = """\
snippets:
  - trigger: ":sig"
    replace: "{{ me.first_name }}"
  - trigger: ":code"
    replace: "a ? b : 'c'"
  - trigger: ":box"
    replace: "[$|$]"
  - trigger: ":hi"
    replace: "Bonjour {{ contact.greeting_name }}"
"""


def test_a_snippet_may_use_the_same_variables_as_a_template(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(SNIPPETS, "utf-8")

    def field(keys: str) -> str:
        return motjuste("try", keys, "--snippets", str(path), "--contact", str(marie)).out

    assert field(":sig") == "Camille|\n"
    assert field(":hi") == "Bonjour Marie|\n"


def test_a_snippet_that_names_nobody_asks_for_nobody(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    path, cards = tmp_path / "mine.yml", tmp_path / "two.vcf"
    path.write_text(SNIPPETS, "utf-8")
    cards.write_text(card(email="marie@nord.example") + card(email="marie@sud.example"), "utf-8")
    motjuste("contacts", "import", str(cards))
    scene = ("--snippets", str(path), "--window", "Marie Dupont | LinkedIn")
    assert motjuste("try", ":sig", *scene).out == "Camille|\n"
    done = motjuste("try", ":hi", *scene)
    assert done.out == ":hi|\n"
    assert done.err.startswith("motjuste: :hi was left as typed: 'Marie Dupont' means 2 people equally; ")


def test_a_snippet_without_markup_is_inserted_to_the_last_space(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(SNIPPETS, "utf-8")
    assert motjuste("try", ":code", "--snippets", str(path)).out == "a ? b : 'c'|\n"
    assert motjuste("try", ":box", "--snippets", str(path)).out == "[|]\n"


def test_a_snippet_can_call_what_templates_can(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    path = tmp_path / "days.yml"
    text = "{{ '2026-02-01'|date('full') }} ; {{ ['A', 'B']|listed }}"
    path.write_text(f"snippets:\n  - trigger: ':d'\n    replace: \"{text}\"\n", "utf-8")
    assert motjuste("try", ":d", "--snippets", str(path)).out == "dimanche 1er février 2026\u202f; A et B|\n"


def test_ones_own_snippets_are_there_and_stand_before_the_templates(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    folder = home / "snippets"
    folder.mkdir()
    (folder / "mine.yml").write_text('snippets:\n  - trigger: "invitlin"\n    replace: "à moi"\n', "utf-8")
    assert motjuste("try", "invitlin").out == "à moi|\n"


@pytest.mark.parametrize("replace", [r"a\e[31mb\x9bc\u202ed\r\nf", r"a\e[31mb\x9bc\u202ed\r\nf{{ '' }}"])
def test_a_snippets_text_holds_no_key_and_no_change_of_direction(
    motjuste: Motjuste, profile: Path, tmp_path: Path, replace: str
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(f'snippets:\n  - trigger: ":x"\n    replace: "{replace}"\n', "utf-8")
    assert motjuste("try", ":x", "--snippets", str(path), "--json").document["text"] == "a[31mbcd\nf"


def test_a_snippet_with_a_template_that_is_not_there_is_told_and_the_others_work(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    path = home / "snippets" / "mine.yml"
    path.parent.mkdir()
    path.write_text(
        'snippets:\n  - trigger: ":no"\n    template: declne\n  - trigger: ":inv"\n    template: invite\n',
        "utf-8",
    )
    told = (
        f"motjuste: {path}:2: unknown template 'declne' (nearest: 'decline'); see 'motjuste templates list'\n"
    )
    done = motjuste("try", ":no")
    assert (done.code, done.out, done.err) == (0, ":no|\n", told)
    done = motjuste("try", ":inv", "--window", "Alice Martin | LinkedIn")
    assert (done.code, done.out[:14], done.err) == (0, "Bonjour Alice,", told)


def test_one_broken_snippet_file_does_not_stop_the_others(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    folder = home / "snippets"
    folder.mkdir()
    (folder / "bad.yml").write_text("snippets:\n  - triger: x\n    replace: y\n", "utf-8")
    (folder / "good.yml").write_text('snippets:\n  - trigger: ":ok"\n    replace: "bien"\n', "utf-8")
    done = motjuste("try", ":ok")
    assert (done.code, done.out) == (0, "bien|\n")
    assert f"{folder / 'bad.yml'}:2" in done.err
    assert "trigger" in done.err


def test_a_broken_snippet_file_that_was_named_is_an_error(motjuste: Motjuste, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("snippets:\n  - triger: x\n    replace: y\n", "utf-8")
    done = motjuste("try", "x", "--snippets", str(path))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"motjuste: {path}:2")
    assert done.err.count("\n") == 1


def test_a_key_that_does_not_exist_is_told_with_the_nearest(motjuste: Motjuste) -> None:
    done = motjuste("try", "a<entr>")
    assert done.code == 1
    assert "<enter>" in done.err


# --- templates -------------------------------------------------------------------------------------------


def test_templates_are_listed_with_their_triggers(motjuste: Motjuste, profile: Path) -> None:
    listed = motjuste("templates", "list", "--json").document["templates"]
    triggers = {(each["language"], each["name"]): each["triggers"] for each in listed}
    assert triggers["fr", "invite"] == triggers["en", "invite"] == ["invitlin"]
    assert triggers["fr", "decline"] == ["declin"]
    assert triggers["fr", "ask"] == ["askinfo", "precisez"]
    lines = motjuste("templates", "list").out.splitlines()
    assert len(lines) == len(listed)


def test_templates_are_found_by_words_of_what_they_say_of_themselves(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    folder = home / "templates" / "fr"
    folder.mkdir(parents=True)
    (folder / "perle.txt").write_text(
        "---\ntitle: Perle\nwhen: Pour l’huître.\ntags: [mer, Coquillage]\ntriggers: xperle\n---\nPerle !",
        "utf-8",
    )
    line = "perle  fr  xperle  Perle  none  mer, Coquillage\n"
    for words in (["huitre"], ["HUÎTRE", "coquil"], ["xperle"], ["perle", "--lang", "fr-CA"]):
        done = motjuste("templates", "list", *words)
        assert (done.code, done.out, done.err) == (0, line, "")
    (found,) = motjuste("templates", "list", "huître", "--json").document["templates"]
    assert (found["name"], found["when"], found["tags"]) == ("perle", "Pour l’huître.", ["mer", "Coquillage"])
    done = motjuste("templates", "list", "perle", "zorglub", "--lang", "en")
    assert (done.code, done.out, done.err) == (
        0,
        "",
        "motjuste: no template is found by 'perle zorglub in en'; see 'motjuste templates list'\n",
    )
    done = motjuste("templates", "list", "--lang", "ess")
    assert (done.code, done.out, done.err) == (
        1,
        "",
        "motjuste: there are no messages in the language 'ess'; known: en, es, fr, fr-FR\n",
    )
    assert {
        each["language"]
        for each in motjuste("templates", "list", "--lang", "en", "--json").document["templates"]
    } == {"en"}


def test_a_template_is_shown_as_it_stands_in_its_file(motjuste: Motjuste, profile: Path) -> None:
    path = motjuste("templates", "path", "decline", "--lang", "en").out.rstrip("\n")
    assert path.endswith("templates/en/decline.txt")
    assert motjuste("templates", "show", "decline", "--lang", "en").out == Path(path).read_text("utf-8")


def test_ones_own_templates_go_into_a_folder_of_ones_own(motjuste: Motjuste, home: Path) -> None:
    assert motjuste("templates", "path").out == f"{home / 'templates'}\n"


@pytest.fixture
def few_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one template ships, so that checking them all takes no time."""
    shipped = tmp_path / "shipped"
    (shipped / "fr").mkdir(parents=True)
    (shipped / "channels.toml").write_text('[sms]\nlimit = 1\nunit = "sms"\n[none]\n', "utf-8")
    (shipped / "fr" / "salut.txt").write_text("---\ntitle: Salut\nchannel: sms\n---\nSalut !\n", "utf-8")
    monkeypatch.setattr("motjuste.desk.shipped_folder", lambda: shipped)


def test_a_check_finds_everything_in_order(motjuste: Motjuste, profile: Path, few_templates: None) -> None:
    done = motjuste("templates", "check")
    assert (done.code, done.out, done.err) == (0, "1 template, all in order\n", "")
    assert motjuste("templates", "check", "--json").document == {
        "templates": 1,
        "problems": [],
        "findings": [],
        "silenced": [],
    }


def test_a_check_tells_every_problem(motjuste: Motjuste, home: Path, few_templates: None) -> None:
    folder = home / "templates" / "fr"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("---\ntitel: A\n---\nA\n", "utf-8")
    (folder / "b.txt").write_text("---\ntitle: B\n---\n{% if tu %}\n", "utf-8")
    (folder / "c.txt").write_text("---\ntitle: C\n---\n{{ contact.greting_name }}\n", "utf-8")
    (folder / "d.md").write_text("D\n", "utf-8")
    (folder.parent / "e.txt").write_text("E\n", "utf-8")
    done = motjuste("templates", "check")
    assert (done.code, done.out) == (1, "")
    told = [
        f"{folder}/d.md is not read as a template; ",
        f"{folder.parent}/e.txt stands outside a language's folder; ",
        f"{folder}/a.txt:2: unknown key 'titel'",
        f"{folder}/b.txt:4: ",
        f"{folder}/c.txt:4: contact has no 'greting_name'",
    ]
    lines = done.err.splitlines()
    assert len(lines) == len(told)
    assert all(any(line.startswith(each) for line in lines) for each in told), done.err


def test_what_an_editor_leaves_behind_is_not_a_template(
    motjuste: Motjuste, home: Path, few_templates: None
) -> None:
    folder = home / "templates" / "fr"
    folder.mkdir(parents=True)
    for name in ("salut.txt~", ".salut.txt.swp", "salut.txt.bak"):
        (folder / name).write_text("{% if", "utf-8")
        (folder.parent / name).write_text("{% if", "utf-8")
    assert motjuste("templates", "check").out == "1 template, all in order\n"


def test_a_template_with_a_syntax_error_is_told_with_file_line_and_what_is_expected(
    motjuste: Motjuste, home: Path, profile: Path, marie: Path
) -> None:
    own = home / "templates" / "fr" / "decline.txt"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Non\n---\nBonjour {% if contact.greeting_name %}\n", "utf-8")
    done = motjuste("decline", str(marie))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"motjuste: {own}:4: ")
    assert done.err.endswith("; write {% endif %} where it ends\n")
    assert done.err.count("\n") == 1
    # The other templates go on working.
    assert motjuste("invite", str(marie)).code == 0
    assert motjuste("try", "invitlin", "--contact", str(marie)).out.startswith("Bonjour Marie")


def test_an_unknown_name_in_a_template_is_told_with_the_nearest(
    motjuste: Motjuste, home: Path, profile: Path, marie: Path
) -> None:
    own = home / "templates" / "fr" / "merci.txt"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Merci\n---\nMerci\n{{ contact.greting_name }}\n", "utf-8")
    done = motjuste("fill", "merci", str(marie))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        f"motjuste: {own}:5: contact has no 'greting_name' (nearest: 'contact.greeting_name')"
    )


# --- contacts --------------------------------------------------------------------------------------------

CONNECTIONS = """\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Éloïse,Bérard,https://www.linkedin.com/in/eloise-berard,,Nord,Autrice,08 Feb 2026
"""


def test_people_come_from_cards_and_from_the_data_export(
    motjuste: Motjuste, marie: Path, tmp_path: Path
) -> None:
    export = tmp_path / "Connections.csv"
    export.write_text(CONNECTIONS, "utf-8")
    done = motjuste("contacts", "import", str(marie), str(export))
    assert (done.code, done.out, done.err) == (0, "2 added, 0 updated, 0 unchanged\n", "")
    again = motjuste("contacts", "import", str(marie), str(export), "--json")
    assert again.document == {
        "added": 0,
        "updated": 0,
        "unchanged": 2,
        "conflicts": [],
        "problems": [],
        "dry_run": False,
        "people": [],
    }
    listed = motjuste("contacts", "list", "--json").document["contacts"]
    assert [each["formatted_name"] for each in listed] == ["Éloïse Bérard", "Marie Dupont"]
    assert motjuste("contacts", "list").out.splitlines()[1].startswith("Marie Dupont ")


def test_a_dry_run_shows_what_would_happen_and_saves_nothing(
    motjuste: Motjuste, marie: Path, home: Path, tmp_path: Path
) -> None:
    motjuste("contacts", "import", str(marie))
    before = (home / "contacts" / "marie-dupont.vcf").read_bytes()
    more = tmp_path / "more.vcf"
    more.write_text(card(org="Sud", title="PDG", email="marie@example.org") + card("Zoé Roy"), "utf-8")
    done = motjuste("contacts", "import", "--dry-run", str(more))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "fill  Marie Dupont: title",
        "add   Zoé Roy",
        "Marie Dupont: organization is 'Atelier Nord' on the card, 'Sud' in more.vcf; the card stays as it is",
        "it would be 1 added, 1 updated, 0 unchanged; nothing was saved",
    ]
    document = motjuste("contacts", "import", "--dry-run", str(more), "--json").document
    assert document == {
        "added": 1,
        "updated": 1,
        "unchanged": 0,
        "conflicts": [
            {
                "person": "Marie Dupont",
                "field": "organization",
                "card": "Atelier Nord",
                "file": "Sud",
                "source": "more.vcf",
            }
        ],
        "problems": [],
        "dry_run": True,
        "people": [
            {"what": "updated", "person": "Marie Dupont", "fields": ["title"]},
            {"what": "added", "person": "Zoé Roy", "fields": []},
        ],
    }
    files = {path.name: path.read_bytes() for path in (home / "contacts").iterdir()}
    assert files == {"marie-dupont.vcf": before}


def test_an_import_tells_what_the_card_says_otherwise(
    motjuste: Motjuste, marie: Path, tmp_path: Path
) -> None:
    motjuste("contacts", "import", str(marie))
    more = tmp_path / "more.vcf"
    more.write_text(card(org="Sud", email="marie@example.org"), "utf-8")
    done = motjuste("contacts", "import", str(more))
    assert (done.code, done.out) == (0, "0 added, 0 updated, 1 unchanged\n")
    assert done.err == (
        "Marie Dupont: organization is 'Atelier Nord' on the card, 'Sud' in more.vcf; the card stays as it is\n"
    )
    more.write_text(card(org="Sud", email="marie@example.org") * 25, "utf-8")
    told = motjuste("contacts", "import", str(more)).err.splitlines()
    assert (len(told), told[-1]) == (21, "5 more such facts: see all with --json")


def test_a_card_may_be_json_wherever_a_card_is_taken(motjuste: Motjuste, tmp_path: Path) -> None:
    jcard = '["vcard", [["fn", {}, "text", "Zoé Roy"], ["org", {}, "text", "Nord"]]]'
    (tmp_path / "zoe.json").write_text(jcard, "utf-8")
    for argument, stdin in ((str(tmp_path / "zoe.json"), ""), ("-", jcard)):
        assert motjuste("contacts", "show", argument, "--json", stdin=stdin).document["organization"] == "Nord"
    assert motjuste("contacts", "import", "-", stdin=jcard).out == "1 added, 0 updated, 0 unchanged\n"


def test_a_contact_may_be_pasted_wherever_a_card_is_taken(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    pasted = "Marie Dupont, directrice marketing chez Acme, marie@acme.example"
    (tmp_path / "marie.txt").write_text(pasted, "utf-8")
    assert motjuste("contacts", "show", str(tmp_path / "marie.txt"), "--json").document["organization"] == "Acme"
    assert motjuste("decline", "-", stdin=pasted).out.startswith("Bonjour Marie,")
    unsure = motjuste("decline", "-", stdin="Bonjour à tous")
    assert (unsure.code, unsure.out) == (1, "")
    assert unsure.err == (
        "motjuste: standard input:1: not a contact: could not tell whose: 'Bonjour à tous'; "
        "for example: Marie Dupont, directrice marketing chez Acme, marie@acme.example\n"
    )
    assert motjuste("contacts", "import", "-", stdin=pasted).out == "1 added, 0 updated, 0 unchanged\n"


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    motjuste: Motjuste, marie: Path, tmp_path: Path
) -> None:
    done = motjuste("contacts", "import", str(tmp_path / "gone.vcf"), str(marie))
    assert (done.code, done.out) == (1, "1 added, 0 updated, 0 unchanged\n")
    assert "gone.vcf cannot be read: no such file or directory" in done.err


def test_the_data_export_is_imported_as_it_was_downloaded(motjuste: Motjuste, tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport_02-08-2026.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS)
        archive.writestr("messages.csv", "CONVERSATION ID\n")
    done = motjuste("contacts", "import", str(path))
    assert (done.code, done.out) == (0, "1 added, 0 updated, 0 unchanged\n")
    assert done.err == f"{path.name}/messages.csv:1: was left for the inbox; see 'motjuste inbox import {path.name}'\n"


def test_photos_of_many_files_do_not_fill_the_memory(
    motjuste: Motjuste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motjuste.cli.contacts.MOST_KEPT", 3 << 20)
    files = [tmp_path / f"{name}.vcf" for name in ("a", "b", "c")]
    for path, size in zip(files, (2 << 20, 2 << 20, 1 << 10), strict=True):
        path.write_text(card(f"{path.stem} Roy", photo="data:image/png;base64," + "A" * size), "utf-8")
    done = motjuste("contacts", "import", *map(str, files))
    assert (done.code, done.out) == (1, "2 added, 0 updated, 0 unchanged\n")
    assert done.err == (
        f"{files[1]} was left out: with it, the photos on all cards would take more than 3 MB; import it by itself\n"
    )
    assert motjuste("contacts", "import", str(files[1])).out == "1 added, 0 updated, 0 unchanged\n"


def test_a_damaged_archive_is_told(motjuste: Motjuste, tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    path.write_bytes(b"PK\x03\x04rest")
    done = motjuste("contacts", "import", str(path))
    assert done.code == 1
    told = f"motjuste: {path.name} is a damaged zip archive; download it again, then import it again\n"
    assert done.err == told


def test_finding_lists_everybody_who_fits_equally(motjuste: Motjuste, marie: Path, tmp_path: Path) -> None:
    other = tmp_path / "paul.vcf"
    other.write_text(card("Paul Dupont"), "utf-8")
    motjuste("contacts", "import", str(marie), str(other))
    found = motjuste("contacts", "find", "dupont", "--json").document["contacts"]
    assert sorted(each["formatted_name"] for each in found) == ["Marie Dupont", "Paul Dupont"]
    nobody = motjuste("contacts", "find", "quelconque")
    assert (nobody.code, nobody.out) == (4, "")


def test_finding_looks_at_company_position_and_note_and_forgives_typing_errors(
    motjuste: Motjuste, marie: Path, tmp_path: Path
) -> None:
    other = tmp_path / "paul.vcf"
    other.write_text(card("Paul Atelier", title="Directeur général", note="Salon du livre"), "utf-8")
    motjuste("contacts", "import", str(marie), str(other))

    def found(query: str) -> list[str]:
        people = motjuste("contacts", "find", query, "--json").document["contacts"]
        return [person["formatted_name"] for person in people]

    assert found("atelier") == ["Paul Atelier", "Marie Dupont"]
    assert found("ateleir") == ["Paul Atelier"]
    assert found("directeur livre") == ["Paul Atelier"]
    assert found("general") == found("généralle") == ["Paul Atelier"]
    assert motjuste("contacts", "find", "quelconque").err == (
        "motjuste: nobody in the address book fits 'quelconque'; see 'motjuste contacts list'\n"
    )


def test_who_is_written_to_is_never_told_by_a_company(motjuste: Motjuste, marie: Path, profile: Path) -> None:
    motjuste("contacts", "import", str(marie))
    for command in (("invite", "nord"), ("contacts", "use", "nord"), ("contacts", "show", "atelier")):
        done = motjuste(*command)
        assert (done.code, done.out) == (4, "")


@pytest.mark.parametrize(
    "uses",
    [
        ["contacts use paul"],
        ["invite paul --copy"],
        ["contacts use marie", "fill invite paul --copy"],
        ["contacts use paul", "decline marie"],
        ["contacts use paul", "decline --copy"],
    ],
)
def test_those_whom_one_wrote_to_last_are_found_first(
    motjuste: Motjuste, marie: Path, profile: Path, tmp_path: Path, uses: list[str]
) -> None:
    other = tmp_path / "paul.vcf"
    other.write_text(card("Paul Dupont"), "utf-8")
    motjuste("contacts", "import", str(marie), str(other))
    assert motjuste("contacts", "find", "dupont").out.split()[0] == "Marie"
    for number, use in enumerate(uses):
        motjuste(*use.split())
        state = profile.parent / "state" / "last-used"
        # As if all of it were some time ago, each a little later.
        state.write_text(state.read_text().replace(state.read_text().splitlines()[-1][:10], f"{1700000000 + number}"))
    assert state.stat().st_mode & 0o777 == 0o600
    assert motjuste("contacts", "find", "dupont").out.split()[0] == "Paul"


def test_an_empty_address_book_says_how_to_fill_it(motjuste: Motjuste) -> None:
    done = motjuste("contacts", "list")
    assert (done.code, done.out) == (0, "")
    assert "motjuste contacts import FILE" in done.err


# --- config ----------------------------------------------------------------------------------------------


def test_the_profile_is_shown_as_it_is_understood(motjuste: Motjuste, home: Path, profile: Path) -> None:
    shown = motjuste("config", "show").out
    assert "name             Camille Roy\n" in shown
    assert "network_goal     fr: échanger entre gens du métier\n" in shown
    assert "doors            blog Carnets d’atelier https://carnets.example\n" in shown
    document = motjuste("config", "show", "--json").document
    assert document["profile"]["name"] == "Camille Roy"
    assert document["places"]["contacts"] == str(home / "contacts")
    assert motjuste("config", "path").out == f"{profile}\n"


def test_without_a_profile_config_says_where_to_write_it(motjuste: Motjuste, home: Path) -> None:
    done = motjuste("config", "show")
    assert done.code == 0
    assert done.err == (
        f"{home / 'profile.toml'} does not exist yet: write who you are into it with 'motjuste config edit'\n"
    )


DOOR = '[[doors]]\nkind = "blog"\nlabel = "C"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "Camille"\nnetwrk_goal = "x"\n', ":2: unknown key 'netwrk_goal'; did you mean 'network_goal'?"),
        ("name = Camille\n", ":1: this is not TOML: invalid value"),
        ("name = “Camille”\n", ":1: these quotation marks are not plain; write: name = \"Camille Roy\""),
        ('name = "Camille\nrole = "x"\n', ":1: a quotation mark is not closed; write: name = \"Camille Roy\""),
        ('name = "A"\nname = "B"\n', ":2: this stands twice; keep one of them"),
        ("name = 3\n", ":1: name should be a text in quotes, not 3"),
        ('tier = "gold"\n', ":1: tier should be one of free, premium, not 'gold'"),
        ('gender = "she"\n', ":1: gender should be one of F, M, O, not 'she'"),
        ('[network_goal]\nfr = "a"\nfrench = "b"\n', ":3: unknown language in network_goal 'french'"),
        (f'{DOOR}\n[[doors]]\nkid = "group"\n', ":6: unknown key in doors 'kid'; did you mean 'kind'?"),
        (f'{DOOR}\n[[doors]]\nkind = "grp"\nlabel = "D"\n', ":6: a door's kind should be one of "),
        ('[[doors]]\nkind = "blog"\n', ":1: this door has neither a label nor an address"),
        ("doors = 3\n", ":1: doors should be tables"),
        ("typing = 3\n", ":1: typing should be a table; begin it with a line [typing]"),
        ("[typing]\npaus = 1\n", ":2: unknown key in typing 'paus'; did you mean 'pause'?"),
        ('[typing]\ntier = "free"\n', ":2: 'tier' stands in the table [typing]; move it above the line [typing]"),
        ("[typing]\npause = 0\n", ":2: pause should be a number of seconds from 0.1 to 10, not 0"),
        ("[typing]\npause = true\n", ":2: pause should be a number of seconds from 0.1 to 10, not true"),
        ("[typing]\npause = nan\n", ":2: pause should be a number of seconds from 0.1 to 10, not nan"),
        ("typing = {undo = 1}\n", ":1: undo should be true or false, not 1"),
        ('aim = "many"\n', ":1: aim should be one of reach, quality, not 'many'"),
        ("notes_per_month = 1001\n", ":1: notes_per_month should be a whole number from 0 to 1000, not 1001"),
        ("notes_per_month = true\n", ":1: notes_per_month should be a whole number from 0 to 1000, not true"),
        ("interests = 3\n", ":1: interests should be a table; begin it with a line [interests]"),
        ("[interests]\npostions = []\n", ":2: unknown key in interests 'postions'; did you mean 'positions'?"),
        (
            '[interests]\ntier = "free"\n',
            ":2: 'tier' stands in the table [interests]; move it above the line [interests]",
        ),
        (
            'name = "A"\n[interests]\n\nplaces = "Québec"\n',
            ':4: places should be a list of texts; write: places = ["Québec", "…"]',
        ),
        (
            "[interests]\ngroups = [3]\n",
            ':2: groups should be a list of texts; write: groups = ["Édition au Québec", "…"]',
        ),
        (
            '[interests]\npositions = ["éditrice", "…"]\n',
            ":2: positions should hold words to look for, at most 200 characters each, not '…'",
        ),
        (f"[interests]\nplaces = {['a'] * 501}\n", ":2: places holds 501 texts, more than 500"),
        ("[typing]\n\nseparators = 3\n", ":3: separators should be a text in quotes, not 3"),
        ('[typing]\nseparators = ", x"\n', ":2: separators should be signs that end a word, not 'x'; write them "),
    ],
)  # fmt: skip
def test_a_mistake_in_the_profile_is_told_with_its_line(
    motjuste: Motjuste, profile: Path, marie: Path, text: str, told: str
) -> None:
    profile.write_text(text, "utf-8")
    for arguments in (["config", "show"], ["decline", str(marie)]):
        done = motjuste(*arguments)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"motjuste: {profile}{told}")
        assert done.err.count("\n") == 1
    # Whoever types must not get a message that nobody signs.
    document = motjuste("try", "invitlin", "--json").document
    assert document["text"] == "invitlin"
    assert str(profile) in document["refusals"][0]["reason"]


def test_what_a_regular_expression_found_is_known_to_the_text(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path
) -> None:
    snippets = tmp_path / "s.yml"
    snippets.write_text(
        """\
snippets:
  - {regex: 'in(?P<days>[0-9])(?P<unit>d|wk);', replace: '{% if unit %}[{{ days }}$|$, {{ unit }}$|$]{% endif %}'}
  - {regex: ':say (?P<words>.+);', replace: '[{{ words }}]'}
  - {regex: ':maybe(?P<more>!)?;', replace: '<{{ more }}>'}
  - {regex: ':fix(?P<n>\\d);', replace: 'as it is'}
  - {regex: 'inv:(?P<reason>[^;]*);', template: invite}
  - {regex: ':wrong(?P<nam>\\d)', replace: '{{ name }}'}
""",
        "utf-8",
    )

    def field(keys: str) -> str:
        return motjuste("try", keys, "--snippets", str(snippets), "--contact", str(marie)).out.removesuffix(
            "\n"
        )

    assert field("in3wk;<tab>x") == "[3, wkx|]"
    # What was typed is a text and no template, no place for the caret and no mark.
    assert field(":say {{ contact }} $|$ \ufdd6;") == "[{{ contact }} $|$ ]|"
    assert field(":maybe;:maybe!;") == "<><!>|"
    assert field(":fix1;") == "as it is|"
    assert field(":fix1;<bs>") == ":fix1;|"
    assert "nos échanges" in field("inv:nos échanges;")
    assert field("inv:;") == field("invitlin").replace("invitlin", "")
    told = motjuste("try", ":wrong1", "--snippets", str(snippets)).err
    assert "s.yml:7:1: unknown name 'name' (nearest: 'nam')" in told


def test_a_group_cannot_be_called_like_what_every_text_knows(motjuste: Motjuste, tmp_path: Path) -> None:
    snippets = tmp_path / "s.yml"
    snippets.write_text("snippets:\n  - {regex: 'a(?P<contact>b)', replace: '{{ contact }}'}\n", "utf-8")
    assert motjuste("try", "ab", "--snippets", str(snippets)).err == (
        f"motjuste: {snippets}:2: the group 'contact' of the regular expression has a name that every text knows "
        "already; give it another\n"
    )


def test_capitals_that_need_more_room_than_there_is_leave_the_trigger(
    motjuste: Motjuste, home: Path, tmp_path: Path
) -> None:
    (home / "channels.toml").write_text("[tiny]\nlimit = 6\n", "utf-8")
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "street.txt").write_text("---\nchannel: tiny\n---\nStraße", "utf-8")
    snippets = tmp_path / "s.yml"
    snippets.write_text("snippets:\n  - {trigger: str, template: street, propagate_case: true}\n", "utf-8")
    done = motjuste("try", "str Str STR", "--snippets", str(snippets))
    assert done.out == "Straße Straße STR|\n"
    assert (
        "str was left as typed: the text does not fit tiny: its shortest wording has 7 characters" in done.err
    )


def test_tab_leads_from_place_to_place(motjuste: Motjuste, home: Path, tmp_path: Path) -> None:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "rdv.txt").write_text(
        "---\ntriggers: [xrdv]\n---\nOn se voit ($|$, $|$) ?\n\n$|$Cordialement", "utf-8"
    )
    snippets = tmp_path / "s.yml"
    snippets.write_text("snippets:\n  - {trigger: xa, replace: '$|$/$|$/$|$', confirm: tab}\n", "utf-8")

    def field(keys: str) -> str:
        return motjuste("try", keys, "--snippets", str(snippets)).out.removesuffix("\n")

    written = "On se voit (lundi, midi)\u202f?\n\nÀ bientôt. |Cordialement"
    assert field("xrdvlundi<tab>midi<tab>À bientôt. ") == written
    assert field("xa<tab>") == "|//"
    assert field("xa<tab>1<tab>2<tab>3<tab>") == "1/2/3\t|"
    assert field("xa<tab>1<click><tab>2") == "1\t2|//"
    document = motjuste("try", "xa<tab>1<tab>", "--snippets", str(snippets), "--json").document
    assert (document["text"], document["cursor"]) == ("1//", 2)
    assert document["expansions"] == [
        {"trigger": "xa", "template": "", "contact": "", "length": None, "limit": None}
    ]


def test_the_profile_says_how_typing_is_understood(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    snippets = tmp_path / "s.yml"
    snippets.write_text(
        "snippets:\n  - {trigger: hi, replace: hello, word: true}\n  - {trigger: my, replace: mine}\n"
        "  - {trigger: myself, replace: me}\n",
        "utf-8",
    )

    def field(keys: str) -> str:
        return motjuste("try", keys, "--snippets", str(snippets)).out.removesuffix("\n")

    keys = ("hi|", "hi,", "hi ", "hi<enter>", "my<wait:600>self", "hi <bs>")
    assert [field(each) for each in keys] == ["hi||", "hello,|", "hello |", "hello\n|", "mineself|", "hi |"]
    typing = '[typing]\nseparators = "|"\npause = 0.7\nundo = false\n'
    profile.write_text(f"{profile.read_text('utf-8')}{typing}", "utf-8")
    assert [field(each) for each in keys] == ["hello||", "hi,|", "hello |", "hello\n|", "me|", "hello|"]
    assert "separators: | | pause: 0.7 | undo: false\n" in motjuste("config", "show").out


def test_interests_are_shown_as_they_are_understood(motjuste: Motjuste, profile: Path) -> None:
    def shown() -> dict[str, str]:
        lines = motjuste("config", "show").out.splitlines()
        return {name: rest[0] if rest else "" for name, *rest in (line.split(maxsplit=1) for line in lines)}

    assert "interests" not in shown()
    profile.write_text(
        'notes_per_month = 0\n[interests]\npositions = ["éditrice", "DRH\u202e"]\nplaces = ["Québec"]\n', "utf-8"
    )
    assert (shown()["interests"], shown()["notes_per_month"]) == ("positions: éditrice; DRH | places: Québec", "0")


def test_the_profile_to_start_from_says_what_holds_without_it(motjuste: Motjuste, home: Path) -> None:
    shown = [motjuste("config", "show", "--json").document["profile"]["typing"]]
    (home / "profile.toml").write_text((DEMO / "profile.toml").read_text("utf-8"), "utf-8")
    shown += [motjuste("config", "show", "--json").document["profile"]["typing"]]
    assert shown == [
        {"separators": None, "pause": 0.6, "undo": True},
        {"separators": shown[1]["separators"], "pause": 0.6, "undo": True},
    ]
    assert {*shown[1]["separators"]} == {sign for sign in SEPARATORS if not sign.isspace()}


def test_each_text_of_the_profile_may_stand_in_each_language(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    profile.write_text(
        'name = "Camille Roy"\n[network_goal]\nfr = "le métier"\nen = "the craft"\n'
        '[[doors]]\nkind = "blog"\nlabel = {fr = "mes carnets", en = "my notebooks"}\naddress = "https://c.example"\n',
        "utf-8",
    )
    french, english = (motjuste("decline", str(marie), "--lang", lang).out for lang in ("fr", "en"))
    assert "mes carnets" in french
    assert "my notebooks" in english


# --- config schema ---------------------------------------------------------------------------------------


def test_the_schemas_are_listed_with_what_they_are_of(motjuste: Motjuste) -> None:
    done = motjuste("config", "schema")
    assert (done.code, done.out.splitlines()[2], done.err) == (0, "profile       profile.toml", "")
    assert motjuste("config", "schema", "--json").document["schemas"] == dict(
        re.split(" {2,}", line) for line in done.out.splitlines()
    )


def test_a_schema_is_printed_as_json_with_or_without_being_asked(motjuste: Motjuste) -> None:
    done, asked = motjuste("config", "schema", "profile"), motjuste("config", "schema", "profile", "--json")
    assert (done.code, done.err, done.out) == (0, "", asked.out)
    assert done.document["title"] == "motjuste: profile.toml"
    assert done.document["properties"]["tier"]["enum"] == ["free", "premium"]


def test_an_unknown_schema_is_told_with_the_nearest(motjuste: Motjuste) -> None:
    done = motjuste("config", "schema", "chanels")
    assert (done.code, done.out, done.err) == (
        1,
        "",
        "motjuste: unknown schema 'chanels' (nearest: 'channels'); "
        "use one of template, channels, profile, checks, snippets, applications, titles, policy\n",
    )
