"""motjuste answer, with the reply that is answered."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from terminal import Motjuste, card

NEED = "Merci de votre franchise. J’aurais besoin de votre avis sur un fonds sonore."
PITCH = "Notre solution réduit vos coûts de 30 %. Essai gratuit !"


def test_a_need_is_answered_and_its_reasons_are_told_in_the_person_s_language(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    done = motjuste("answer", str(marie), "--reply", "-", stdin=NEED)
    assert (done.code, done.out) == (0, motjuste("answer", str(marie), "--kind", "need").out)
    assert done.err.splitlines() == [
        "motjuste: la réponse reçue exprime un besoin",
        "  demande un avis ou un conseil : « votre avis »",
        "  dit ce qui lui manque ou ce que cette personne cherche : « J’aurais besoin »",
        "motjuste: le message est answer-need ; pour un autre : --kind need, call, introduce ou pitch",
    ]


def test_a_pitch_is_answered_in_english_too(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path
) -> None:
    profile.write_text('name = "Camille Roy"\nlanguage = "en"\n', "utf-8")
    reply = tmp_path / "reply.txt"
    reply.write_text(f"\ufeff{PITCH}", "utf-8")
    done = motjuste("answer", str(marie), "--reply", str(reply))
    assert (done.code, done.out) == (0, motjuste("answer", str(marie), "--kind", "pitch").out)
    assert done.err.splitlines() == [
        "motjuste: their reply is a pitch",
        "  promises a result in numbers: “réduit vos coûts de 30 %”",
        "  speaks of a price, a discount or something free: “Essai gratuit”",
        "  presents a product, an agency or a service of theirs: “Notre solution”",
        "motjuste: answered with answer-pitch; another kind: --kind need, call, introduce or pitch",
    ]


def test_what_the_reply_says_of_a_field_is_filled_in_and_what_the_person_says_wins(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    meet = "Pourrions-nous nous voir au Salon ?"
    answer = ("answer", str(marie), "--reply", "-", "--json")
    assert motjuste(*answer, stdin=meet).document["fields"]["wish"] == "meet"
    assert motjuste(*answer, "--set", "wish=connect", stdin=meet).document["fields"]["wish"] == "connect"
    # These are fields of the template that the reply asks for, not of another.
    other = motjuste(*answer, "--kind", "pitch", stdin=meet)
    assert (other.code, other.document["template"], other.document["fields"]) == (0, "answer-pitch", {})


def test_json_tells_what_was_read_beside_what_is_written(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    done = motjuste("answer", str(marie), "--reply", "-", "--json", stdin="Connaissez-vous quelqu’un ?")
    without = motjuste("answer", str(marie), "--kind", "introduce", "--json").document
    assert done.document == without | {
        "reply": {
            "kind": "need",
            "answer": "introduce",
            "reasons": [
                {"name": "someone-else", "text": "demande qui pourrait aider : « Connaissez-vous quelqu’un »"}
            ],
        }
    }


def test_an_unclear_reply_is_answered_only_when_the_person_says_how(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    path = tmp_path / "marie dupont.vcf"
    path.write_text(card(), "utf-8")
    done = motjuste("answer", str(path), "--reply", "-", stdin="D’accord.")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "motjuste: la réponse reçue n’est pas claire",
        "  elle ne dit aucun besoin et n’offre rien",
        "motjuste: it is not clear whether the reply states a need or sells something; say it: "
        f"motjuste answer '{path}' --kind need, or motjuste answer '{path}' --kind pitch",
    ]
    said = motjuste("answer", str(path), "--reply", "-", "--set", "kind=call", stdin="D’accord.")
    assert (said.code, said.out) == (0, motjuste("answer", str(path), "--kind", "call").out)
    assert said.err.splitlines()[-1] == "motjuste: le message est answer-call, comme vous le dites"
    assert "say it: motjuste answer --kind need" in motjuste("answer", "--reply", "-", stdin="D’accord.").err


def test_the_reply_may_be_what_the_person_has_copied(
    motjuste: Motjuste, profile: Path, marie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncat <<'END'\n{PITCH}\nEND\n", "utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    done = motjuste("answer", str(marie), "--reply-from-clipboard")
    assert (done.code, done.out) == (0, motjuste("answer", str(marie), "--kind", "pitch").out)
    tool.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert motjuste("answer", str(marie), "--reply-from-clipboard").err == (
        "motjuste: there is no reply on the clipboard; copy the whole of what they wrote, and try again\n"
    )


@pytest.mark.parametrize(
    ("display", "told"),
    [
        (
            "",
            "there is no display, so there is no clipboard to read; give the text as a file, or - for standard input",
        ),
        (
            ":9",
            "no clipboard tool was found, so nothing was read; "
            "install one: 'sudo apt install xclip', on Wayland 'sudo apt install wl-clipboard'",
        ),
    ],
)
def test_a_clipboard_that_is_missing_is_told(
    motjuste: Motjuste,
    profile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    display: str,
    told: str,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", display)
    done = motjuste("answer", "--reply-from-clipboard")
    assert (done.code, done.out, done.err) == (1, "", f"motjuste: {told}\n")


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "told"),
    [
        pytest.param(
            ("--reply", "-"),
            b" \n",
            1,
            "there is no reply on standard input; copy the whole of what they wrote, and try again",
            id="nothing",
        ),
        pytest.param(
            ("--reply", "-"),
            b"d\xe9sol\xe9",
            1,
            "standard input:1: this is not UTF-8 text (byte 0xe9); save the file as UTF-8",
            id="another encoding",
        ),
        pytest.param(
            ("-", "--reply", "-"),
            NEED.encode(),
            2,
            "the card and the reply cannot both come from standard input; give one of them as a file",
            id="two from one place",
        ),
        pytest.param(
            ("--reply", "-", "--reply-from-clipboard"),
            NEED.encode(),
            2,
            "a reply comes from --reply or from the clipboard, not from both; give one of them",
            id="one from two places",
        ),
        pytest.param(
            ("--reply", "/nowhere/reply.txt"),
            b"",
            1,
            "/nowhere/reply.txt cannot be read: no such file or directory; check the path and the rights of the file",
            id="no such file",
        ),
        pytest.param(
            ("--reply", "/nowhere/reply.txt", "--kind", "pich"),
            b"",
            1,
            "unknown kind 'pich' of reply; did you mean 'pitch'?",
            id="no such kind",
        ),
    ],
)
def test_a_reply_that_cannot_be_read_is_told(
    motjuste: Motjuste, profile: Path, arguments: tuple[str, ...], stdin: bytes, code: int, told: str
) -> None:
    done = motjuste("answer", *arguments, stdin=stdin)
    assert (done.code, done.out, done.err) == (code, "", f"motjuste: {told}\n")


def test_an_empty_file_is_told_by_its_name(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_text("\n", "utf-8")
    assert f"there is no reply in {path};" in motjuste("answer", "--reply", str(path)).err


def test_what_is_wrong_with_the_profile_is_told_once(motjuste: Motjuste, profile: Path) -> None:
    profile.write_text("nam = 'A'\n", "utf-8")
    done = motjuste("answer", "--reply", "-", stdin=NEED)
    assert (done.code, done.err) == (1, f"motjuste: {profile}:1: unknown key 'nam'; did you mean 'name'?\n")
