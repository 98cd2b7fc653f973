"""invite, decline, ask, answer and fill, as people call them."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from terminal import Motjuste, Shell, card


def test_the_text_stands_alone_on_stdout(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    done = motjuste("decline", str(marie))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Bonjour Marie,\n")
    assert done.out.rstrip("\n").endswith("Camille")
    assert "Carnets d’atelier" in done.out


def test_who_has_not_said_their_name_is_told_that_nobody_signs(
    motjuste: Motjuste, home: Path, marie: Path
) -> None:
    done = motjuste("decline", str(marie), "--lang", "fr")
    assert done.code == 0
    assert (
        done.err == f'motjuste: nobody signs the message; write name = "Your Name" into {home}/profile.toml\n'
    )


def test_a_card_may_come_through_a_pipe(motjuste: Motjuste, profile: Path) -> None:
    done = motjuste("invite", "-", stdin=card("Alice Martin"))
    assert (done.code, done.err) == (0, "")
    assert "Alice" in done.out


def test_the_short_form_is_short(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    long, short = motjuste("decline", str(marie)), motjuste("decline", str(marie), "--form", "short")
    assert short.code == 0
    assert len(short.out) < 300 < len(long.out) < 900


def test_a_name_is_looked_up_without_accents_and_with_a_typo(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    path = tmp_path / "eloise.vcf"
    path.write_text(card("Éloïse Bérard"), "utf-8")
    assert motjuste("contacts", "import", str(path)).code == 0
    for name in ("Éloïse Bérard", "eloise berard", "Eloise Berrard", "éloïse"):
        assert "Bonjour Éloïse" in motjuste("decline", name).out, name


def test_nobody_named_is_greeted_neutrally_and_told_in_one_line(motjuste: Motjuste, profile: Path) -> None:
    done = motjuste("decline")
    assert done.code == 0
    assert done.out.startswith("Bonjour,\n")
    assert done.err == (
        "motjuste: nobody is named and nobody is chosen, so the greeting is neutral; "
        "name someone, or choose with 'motjuste contacts use NAME'\n"
    )


def test_the_chosen_person_is_meant_when_nobody_is_named(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    motjuste("contacts", "import", str(marie))
    assert motjuste("contacts", "use", "marie").code == 0
    done = motjuste("decline", "--json")
    assert (done.code, done.err) == (0, "")
    assert done.document["contact"]["formatted_name"] == "Marie Dupont"
    motjuste("contacts", "clear")
    assert motjuste("decline").out.startswith("Bonjour,\n")


def test_json_has_the_promised_shape(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    done = motjuste("decline", str(marie), "--json", "--set", "pleased_by=note")
    document = done.document
    assert list(document) == [
        "text", "template", "language", "channel", "length", "limit", "unit", "form", "parts", "contact",
        "fields", "fit",
    ]  # fmt: skip
    assert document["template"] == "decline"
    assert document["language"] == "fr-FR"
    assert (document["channel"], document["limit"], document["unit"]) == ("linkedin-message", 8000, "utf16")
    assert document["length"] == len(document["text"].encode("utf-16-le")) // 2
    assert [part["name"] for part in document["parts"]] == ["thanks", "goal", "door"]
    assert all(part["text"] in document["text"] for part in document["parts"])
    assert document["fields"]["pleased_by"] == "note"
    assert {
        key: document["contact"][key] for key in ("formatted_name", "greeting_name", "confidence", "source")
    } == {
        "formatted_name": "Marie Dupont",
        "greeting_name": "Marie",
        "confidence": "high",
        "source": "marie.vcf",
    }
    assert done.out == motjuste("decline", str(marie), "--json", "--set", "pleased_by=note").out


def test_what_is_explained_does_not_stand_in_the_text(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    plain, explained = motjuste("decline", str(marie)), motjuste("decline", str(marie), "--explain")
    assert explained.out == plain.out
    assert "because    argument (marie.vcf)\n" in explained.err
    assert "language   fr-FR\n" in explained.err


def test_unicode_s_locale_data_is_loaded_only_by_a_template_that_asks_for_it(shell: Shell, home: Path) -> None:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "liste.txt").write_text("{{ ['A', 'B']|listed }}", "utf-8")
    loaded = (
        "import sys; from motjuste.__main__ import run; run(sys.argv[1:]); "
        "print('babel' in sys.modules, file=sys.stderr)"
    )
    invited = shell(f'"{sys.executable}" -c "{loaded}" invite - < /dev/null')
    asked = shell(f'"{sys.executable}" -c "{loaded}" fill liste')
    assert (invited.err.splitlines()[-1], asked.err.splitlines()[-1], asked.out) == ("False", "True", "A et B\n")


def test_a_language_is_added_by_a_folder_alone(motjuste: Motjuste, profile: Path, home: Path) -> None:
    folder = home / "templates" / "it"
    folder.mkdir(parents=True)
    (folder / "_language.txt").write_text(
        "{% macro greeting(contact, formal) -%}Ciao {{ contact.greeting_name }}:{%- endmacro %}", "utf-8"
    )
    (folder / "grazie.txt").write_text(
        "{{ greeting(contact) }} grazie. {{ ['A', 'B']|listed }}. La mia rete: {{ me.network_goal }}.", "utf-8"
    )
    italian = "Ciao Marie: grazie. A e B. La mia rete: parlare del mestiere.\n"
    profile.write_text(
        'language = "it"\nname = "Camille Roy"\nnetwork_goal = {fr = "parler", it = "parlare del mestiere"}\n', "utf-8"
    )
    assert motjuste("fill", "grazie", "-", stdin=card()).out == italian
    assert motjuste("fill", "grazie", "-", "--lang", "it", stdin=card(lang="fr")).out == italian
    assert motjuste("fill", "grazie", "-", stdin=card(lang="it")).out == italian
    folder.rename(home / "templates" / "old italian")
    assert motjuste("fill", "grazie").err.startswith(
        f"motjuste: {profile}:1: language should be one of fr-FR, fr-CA, en, es, not 'it'"
    )


@pytest.mark.parametrize("language", ["es", "es-ES", "es-MX"])
def test_spanish_may_be_ones_own_language_in_any_region(motjuste: Motjuste, profile: Path, language: str) -> None:
    profile.write_text(f'name = "Camille Roy"\nlanguage = "{language}"\n', "utf-8")
    done = motjuste("invite", "-", "--json", stdin=card())
    assert done.document["language"] == language
    assert done.document["text"].startswith("Hola, Marie: me gustaría")


def test_words_agree_with_the_writer_as_the_profile_says(motjuste: Motjuste, profile: Path, home: Path) -> None:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "ravi.txt").write_text('{{ agree(me, "Ravi", "Ravie", "Content") }}.', "utf-8")
    assert motjuste("fill", "ravi").out == "Content.\n"
    profile.write_text('gender = "F"\n' + profile.read_text("utf-8"), "utf-8")
    assert motjuste("fill", "ravi").out == "Ravie.\n"


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        pytest.param(card("Mme Claude Roy"), "Ravie.", id="a civility"),
        pytest.param(card("Claude Roy (il/lui)"), "Ravi.", id="pronouns"),
        pytest.param(card("Mme Claude Roy", gender="M"), "Ravi.", id="the card's own word comes first"),
        pytest.param(card("Claude Roy").replace(";;;", ";;Mme;"), "Ravie.", id="a prefix of its own"),
        pytest.param(card("Claudine Roy"), "Content.", id="never by a first name"),
    ],
)
def test_words_agree_with_the_gender_that_somebody_states(
    motjuste: Motjuste, profile: Path, home: Path, stated: str, text: str
) -> None:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "ravi.txt").write_text('{{ agree(contact, "Ravi", "Ravie", "Content") }}.', "utf-8")
    assert motjuste("fill", "ravi", "-", stdin=stated).out == f"{text}\n"
    path = home / "one.yml"
    snippet = """snippets: [{trigger: ":r", replace: '{{ agree(contact, "Ravi", "Ravie", "Content") }}.'}]"""
    path.write_text(snippet, "utf-8")
    assert motjuste("try", ":r", "--snippets", str(path), "--contact", "-", stdin=stated).out == f"{text}|\n"


def test_a_message_knows_which_day_it_is(motjuste: Motjuste, home: Path) -> None:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "jour.txt").write_text('{{ today()|date("short") }}', "utf-8")
    before = date.today()
    written = datetime.strptime(motjuste("fill", "jour").out.strip(), "%d/%m/%Y").date()
    assert before <= written <= date.today()


WORDINGS = """\
---
channel: linkedin-note
---
{% fit weight=2 %}Merci de votre mot, qui m’a fait plaisir et que j’ai lu avec beaucoup d’attention, hier soir encore.
{%- or %}Merci.{% endfit %}
{% fit %} À bientôt !{% or %}{% endfit %}
"""


def test_each_fit_block_is_explained_with_what_its_other_wordings_would_have_cost(
    motjuste: Motjuste, home: Path
) -> None:
    (home / "templates" / "fr").mkdir(parents=True)
    (home / "templates" / "fr" / "merci.txt").write_text(WORDINGS, "utf-8")
    done = motjuste("fill", "merci", "--limit", "110", "--explain")
    assert done.err.partition("form ")[2].splitlines()[1:] == [
        "fit        block 1: wording 1 of 2, weight 2",
        "         →   100  Merci de votre mot, qui m’a fait plaisir et que j’ai lu avec beau … n, hier soir encore.",
        "               6  Merci.",
        "fit        block 2: wording 2 of 2",
        "             112  À bientôt !",
        "         →   100  (nothing)",
        "shortest   6 utf16",
        "seen first Merci de votre mot, qui m’a fait plaisir et que j’ai lu avec beaucoup…",
    ]
    assert motjuste("fill", "merci", "--limit", "110", "--json").document["fit"][1] == {
        "chosen": 1,
        "weight": 1,
        "wordings": [
            {"text": "À bientôt\u202f!", "length": 11, "whole": 112},
            {"text": "", "length": 0, "whole": 100},
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        pytest.param(["--lang", "fr"], "fr-FR", id="French alone is that of the profile"),
        pytest.param(["--lang", "fr-CA"], "fr-CA", id="a region that is asked for"),
        pytest.param(["--lang", "FR_ca"], "fr-CA", id="however it is written"),
        pytest.param(["--lang", "en"], "en", id="English"),
        pytest.param([], "fr-FR", id="nothing asked: the profile's"),
    ],
)
def test_the_language_is_the_one_asked_for(
    motjuste: Motjuste, profile: Path, marie: Path, arguments: list[str], language: str
) -> None:
    assert motjuste("decline", str(marie), "--json", *arguments).document["language"] == language


@pytest.mark.parametrize(
    ("on_the_card", "language"),
    [("en", "en"), ("en-GB", "en-GB"), ("fr", "fr-FR"), ("fr-CA", "fr-CA"), ("ja", "fr-FR")],
)
def test_a_card_may_say_its_language(
    motjuste: Motjuste, profile: Path, on_the_card: str, language: str
) -> None:
    done = motjuste("decline", "-", "--json", stdin=card(lang=on_the_card))
    assert done.document["language"] == language


def test_french_alone_is_that_of_ones_own_region(motjuste: Motjuste, profile: Path) -> None:
    profile.write_text('name = "Camille Roy"\nlanguage = "fr-CA"\n', "utf-8")
    for arguments, stdin in ((["--lang", "fr"], card()), ([], card(lang="fr")), ([], card())):
        assert motjuste("decline", "-", "--json", *arguments, stdin=stdin).document["language"] == "fr-CA"
    profile.write_text('name = "Camille Roy"\nlanguage = "en"\n', "utf-8")
    assert motjuste("decline", "-", "--json", "--lang", "fr", stdin=card()).document["language"] == "fr-FR"


def test_someone_may_be_addressed_with_tu(motjuste: Motjuste, profile: Path) -> None:
    text = motjuste("decline", "-", stdin=card(x_motjuste_address_form="tu")).out
    assert " ton " in text
    assert " votre " not in text


def test_a_goal_in_french_does_not_turn_up_in_english(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    done = motjuste("decline", str(marie), "--lang", "en", "--explain")
    assert "échanger" not in done.out
    assert "left out   network_goal of the profile, which has no text in en\n" in done.err


def test_answers_differ_by_kind(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    need = motjuste("answer", str(marie)).out
    pitch = motjuste("answer", str(marie), "--kind", "pitch").out
    assert need == motjuste("answer", str(marie), "--kind", "need").out != pitch
    assert pitch == motjuste("answer", str(marie), "--set", "kind=pitch").out
    for kind in ("call", "introduce"):
        answer = motjuste("answer", str(marie), "--kind", kind)
        assert (answer.code, answer.out) == (0, motjuste("fill", f"answer-{kind}", str(marie)).out)


def test_fill_writes_any_template_also_ones_own(
    motjuste: Motjuste, home: Path, profile: Path, marie: Path
) -> None:
    own = home / "templates" / "fr" / "merci.txt"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Merci\n---\nMerci {{ contact.greeting_name }} !\n", "utf-8")
    done = motjuste("fill", "merci", str(marie))
    assert (done.code, done.out, done.err) == (0, "Merci Marie\u202f!\n", "")


def test_an_own_template_stands_before_the_shipped_one(
    motjuste: Motjuste, home: Path, profile: Path, marie: Path
) -> None:
    own = home / "templates" / "fr" / "decline.txt"
    own.parent.mkdir(parents=True)
    own.write_text(
        '{% extends "shipped/fr/decline" %}\n{% block thanks %}Merci infiniment.{% endblock %}\n', "utf-8"
    )
    document = motjuste("decline", str(marie), "--json").document
    assert document["parts"][0]["text"] == "Merci infiniment."
    assert document["channel"] == "linkedin-message"


def test_a_channel_of_ones_own(motjuste: Motjuste, home: Path, profile: Path, marie: Path) -> None:
    (home / "channels.toml").write_text('[intranet]\nlimit = 900\nunit = "codepoints"\n', "utf-8")
    document = motjuste("decline", str(marie), "--channel", "intranet", "--json").document
    assert (document["channel"], document["limit"], document["unit"]) == ("intranet", 900, "codepoints")


def test_a_free_account_has_less_room_for_a_note(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    assert motjuste("invite", str(marie), "--json").document["limit"] == 300
    profile.write_text('name = "Camille Roy"\ntier = "free"\n', "utf-8")
    assert motjuste("invite", str(marie), "--json").document["limit"] == 200


def test_a_text_that_does_not_fit_is_refused_with_its_shortest_wording(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    done = motjuste("decline", str(marie), "--limit", "60", "--copy")
    assert (done.code, done.out) == (3, "")
    first, _, shortest = done.err.partition("\n\n")
    assert first.startswith("motjuste: the text does not fit linkedin-message: its shortest wording has ")
    assert "the limit is 60" in first
    assert shortest.startswith("Bonjour")
    assert f" {len(shortest.rstrip().encode('utf-16-le')) // 2} characters" in first


def test_an_own_template_with_an_unknown_channel_is_named(
    motjuste: Motjuste, home: Path, profile: Path
) -> None:
    own = home / "templates" / "fr" / "mine.txt"
    own.parent.mkdir(parents=True)
    own.write_text("---\nchannel: linkdin-note\n---\nBonjour.\n", "utf-8")
    wrong = "unknown channel 'linkdin-note' (nearest: 'linkedin-note'); use one of "
    assert motjuste("fill", "mine").err.startswith(f"motjuste: {own}: {wrong}")
    assert motjuste("fill", "mine", "--channel", "linkdin-note").err.startswith(f"motjuste: {wrong}")
    assert motjuste("fill", "mine", "--channel", "sms").out == "Bonjour.\n"


def test_several_equally_good_people_are_listed(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    cards = tmp_path / "two.vcf"
    cards.write_text(
        card(email="marie@nord.example", org="Nord") + card(email="marie@sud.example", org="Sud"), "utf-8"
    )
    motjuste("contacts", "import", str(cards))
    done = motjuste("decline", "marie dupont")
    assert (done.code, done.out) == (4, "")
    lines = done.err.splitlines()
    assert lines[0].startswith("motjuste: 'marie dupont' means 2 people equally; ")
    assert sorted(lines[1:]) == [
        "  Marie Dupont · Nord · marie@nord.example",
        "  Marie Dupont · Sud · marie@sud.example",
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("2\n", 0, id="a number chooses"),
        pytest.param("7\nx\n2\n", 0, id="other answers are asked again"),
        pytest.param("\n", 4, id="nothing gives up"),
        pytest.param("", 4, id="the end of the input gives up"),
    ],
)
def test_at_a_terminal_one_chooses_by_number(
    motjuste: Motjuste,
    profile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
) -> None:
    cards = tmp_path / "two.vcf"
    cards.write_text(card("Marie Dupont") + card("Paul Durand"), "utf-8")
    monkeypatch.setattr("motjuste.cli.who.someone_is_there", lambda: True)
    done = motjuste("decline", str(cards), stdin=typed)
    assert done.code == code
    assert done.err.startswith(
        "  1  Marie Dupont\n  2  Paul Durand\nwho is meant? 1 to 2, or nothing to give up\n"
    )
    assert done.out.startswith("Bonjour Paul,") == (code == 0)


def test_nobody_of_that_name_is_exit_4(motjuste: Motjuste, profile: Path, marie: Path) -> None:
    motjuste("contacts", "import", str(marie))
    done = motjuste("invite", "Zacharie Quelconque")
    assert (done.code, done.out) == (4, "")
    assert done.err == (
        "motjuste: nobody in the address book is called 'Zacharie Quelconque'; "
        "give a .vcf file, or add people with 'motjuste contacts import FILE'\n"
    )


def test_copying_without_a_clipboard_tool_still_prints_the_text(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":9")
    done = motjuste("decline", str(marie), "--copy")
    assert done.code == 1
    assert done.out == motjuste("decline", str(marie)).out
    assert done.err == (
        "motjuste: no clipboard tool was found, so nothing was copied; "
        "install one: 'sudo apt install xclip', on Wayland 'sudo apt install wl-clipboard'\n"
    )


def test_copying_without_a_display_does_not_ask_for_a_tool(
    motjuste: Motjuste, profile: Path, marie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = motjuste("decline", str(marie), "--copy")
    assert (done.code, done.out) == (1, motjuste("decline", str(marie)).out)
    assert done.err == "motjuste: there is no display, so nothing was copied; copy it from the terminal\n"


def test_copying_puts_exactly_the_text_on_the_clipboard(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = _tool(tmp_path, monkeypatch, 'if [ "$3" = -o ]; then cat "$0.text"; else cat > "$0.text"; fi')
    done = motjuste("decline", str(marie), "--copy")
    assert (done.code, done.err) == (0, "")
    assert clipboard.read_text("utf-8") + "\n" == done.out


def test_a_clipboard_tool_that_fails_silently_is_noticed(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tool(tmp_path, monkeypatch, "cat > /dev/null; echo 'cannot open display :9' >&2; exit 1")
    done = motjuste("decline", str(marie), "--copy")
    assert done.code == 1
    assert done.out.startswith("Bonjour Marie,")
    assert done.err == (
        "motjuste: the clipboard did not take the text: cannot open display :9; copy it from the terminal\n"
    )


def test_a_clipboard_tool_that_shows_the_text_a_moment_later_is_waited_for(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = 'if [ -e "$0.asked" ]; then cat "$0.text"; else : > "$0.asked"; fi'
    _tool(tmp_path, monkeypatch, f'if [ "$3" = -o ]; then {late}; else cat > "$0.text"; fi')
    done = motjuste("decline", str(marie), "--copy")
    assert (done.code, done.err) == (0, "")


def _tool(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A clipboard tool that is ours, in place of xclip; returns the file where it keeps the text."""
    tool = folder / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    return tool.with_name("xclip.text")


def test_a_copy_does_not_keep_our_output_open(
    shell: Shell, profile: Path, marie: Path, tmp_path: Path
) -> None:
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    # Like the real one, it stays behind to serve the text: here until the file is taken away.
    tool.write_text(
        '#!/bin/sh\nif [ "$3" = -o ]; then cat "$0.text"; exit; fi\n'
        'cat > "$0.text"\n( while [ -e "$0.text" ]; do sleep 0.05; done ) &\n',
        "utf-8",
    )
    tool.chmod(0o755)
    done = shell(
        f'export DISPLAY=:9 PATH="{tool.parent}:$PATH"; text=$(motjuste decline {marie} --copy); echo "got $text"'
    )
    tool.with_name("xclip.text").unlink()
    assert done.out.startswith("got Bonjour Marie,")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--set", "pleased"],
        ["--limit", "0"],
        ["--limit", "many"],
        ["--langue", "fr"],
        ["one", "two"],
        ["--set"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2_and_one_line(motjuste: Motjuste, arguments: list[str]) -> None:
    done = motjuste("decline", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("motjuste: ")
    assert done.err.count("\n") == 1


def test_a_command_that_does_not_exist_names_the_nearest(motjuste: Motjuste) -> None:
    done = motjuste("declin")
    assert (done.code, done.out, done.err) == (
        2,
        "",
        "motjuste: no such command: 'declin'; did you mean 'decline'?\n",
    )


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("decline --set plesed_by=note", "'decline' has no field 'plesed_by' (nearest: 'pleased_by')"),
        ("decline --set pleased_by=nte", "pleased_by='nte' is not a choice of 'decline' (nearest: 'note')"),
        ("decline --channel linkedin-nte", "unknown channel 'linkedin-nte' (nearest: 'linkedin-note')"),
        ("decline --lang de", "there are no messages in the language 'de'"),
        ("decline --form middle", "'decline' has no form 'middle'"),
        ("fill declin", "unknown template 'declin' (nearest: 'decline')"),
        ("answer --kind pich", "unknown kind 'pich' of reply; did you mean 'pitch'?"),
    ],
)
def test_what_a_message_does_not_know_is_told_with_the_nearest(
    motjuste: Motjuste, profile: Path, command: str, line: str
) -> None:
    done = motjuste(*command.split())
    assert (done.code, done.out) == (1, "")
    (told,) = [each for each in done.err.splitlines() if "nobody is named" not in each]
    assert told.startswith(f"motjuste: {line}")


def test_a_cold_start_loads_nothing_that_a_message_does_not_need(
    shell: Shell, profile: Path, marie: Path
) -> None:
    program = marie.with_name("program.py")
    program.write_text(
        "import sys\n"
        "from motjuste.__main__ import run\n"
        "run(['decline', sys.argv[1]])\n"
        "heavy = 'pydantic rich Xlib watchdog rapidfuzz pyperclip motjuste.engine motjuste.daemon'.split()\n"
        "print(*(name for name in heavy if name in sys.modules), file=sys.stderr)\n",
        "utf-8",
    )
    assert shell(f"{sys.executable} {program} {marie}").err == "\n"


def test_a_text_about_nobody_says_nothing_of_nobody(motjuste: Motjuste) -> None:
    done = motjuste("fill", "today", "--lang", "en", "--set", "written=full")
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
