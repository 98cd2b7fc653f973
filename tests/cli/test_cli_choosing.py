"""`motjuste contacts use` without a name: a list at the terminal that gets shorter while one types."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from terminal import Motjuste, card

from motjuste.cli.choosing import HELP, Choice, Roll, keys_of
from motjuste.people.card import Contact

PEOPLE = [
    Contact(formatted_name="Paul Martin", organization="Acme"),
    Contact(formatted_name="Élodie Roy", title="DRH"),
    Contact(formatted_name="Marie Dupont", organization="Acme"),
]
UP, DOWN, ESCAPE = "\x1b[A", "\x1bOB", "\x1b"


def after(keys: str) -> Choice:
    roll = Roll(PEOPLE)
    choice = Choice(roll, roll.fitting(""))
    for key in keys_of(keys):
        choice = choice.after(key)
    return choice


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        pytest.param("\r", "Élodie Roy", id="the first by name"),
        pytest.param(f"{DOWN}\r", "Marie Dupont", id="the next"),
        pytest.param(f"{DOWN}{DOWN}{DOWN}{UP}\r", "Marie Dupont", id="the list has an end"),
        pytest.param(f"{UP}\r", "Élodie Roy", id="and a beginning"),
        pytest.param("\x1b[6~\r", "Paul Martin", id="a page further"),
        pytest.param("mar dup\r", "Marie Dupont", id="beginnings of words"),
        pytest.param("ELO\n", "Élodie Roy", id="without accents and case"),
        pytest.param("acme\r", "Marie Dupont", id="a company"),
        pytest.param(f"acme{DOWN}\r", "Paul Martin", id="the second of a company"),
        pytest.param(f"{DOWN}paul\r", "Paul Martin", id="typing goes back to the first who fits"),
        pytest.param("dupomt\r", "Marie Dupont", id="a typing error"),
        pytest.param("paulx\x7f\r", "Paul Martin", id="Backspace"),
        pytest.param("paul\x15mar dup\r", "Marie Dupont", id="Ctrl+U begins anew"),
        pytest.param("\x1b[3~\t\x01paul\r", "Paul Martin", id="other keys do nothing"),
        pytest.param("\rpaul", "Élodie Roy", id="what comes after the choice is not looked at"),
        pytest.param(ESCAPE, None, id="Escape gives up"),
        pytest.param("paul\x04", None, id="so does Ctrl+D"),
    ],
)
def test_keys_choose_somebody(keys: str, chosen: str | None) -> None:
    choice = after(keys)
    assert choice.done
    assert (choice.chosen.display_name if choice.chosen else None) == chosen


def test_who_was_used_last_comes_first() -> None:
    used = {"Paul Martin": 1, "Marie Dupont": 2}
    roll = Roll(PEOPLE, lambda person: used.get(person.formatted_name, 0))
    assert [person.formatted_name for person in roll.fitting("")] == ["Marie Dupont", "Paul Martin", "Élodie Roy"]
    assert [person.formatted_name for person in roll.fitting("acme")] == ["Marie Dupont", "Paul Martin"]
    assert [person.formatted_name for person in roll.fitting("acmee")] == ["Marie Dupont", "Paul Martin"]


@pytest.mark.parametrize("query", ["livre", "lyon", "anne@x.ex", "anne-4", "salonn", "drh nord"])
def test_somebody_is_found_by_all_that_a_card_says(query: str) -> None:
    anne = Contact(
        formatted_name="Anne Vidal",
        title="DRH",
        organization="Nord",
        city="Lyon",
        note="Salon du livre",
        emails=("anne@x.example",),
        profile_url="https://www.linkedin.com/in/anne-4",
    )
    assert list(Roll([*PEOPLE, anne]).fitting(query)) == [anne]


def test_enter_waits_while_nobody_fits() -> None:
    assert not after("zzzzzz\r").done
    assert after("zzzzzz\r").lines(80) == [f"0 people; {HELP}", "whom? zzzzzz"]


def test_the_list_shows_who_fits_and_is_cut_at_the_terminals_edge() -> None:
    assert after(f"acme{DOWN}").lines(80) == [
        "  Marie Dupont · Acme",
        "> Paul Martin · Acme",
        f"2 people; {HELP}",
        "whom? acme",
    ]
    assert after("roy").lines(14) == ["> Élodie Roy…", "1 person; typ…", "whom? roy"]


def test_a_long_list_rolls_and_wide_letters_count_twice() -> None:
    roll = Roll([Contact(formatted_name=f"Anne {letter}") for letter in "BCDEFGHIJKLMNOP"])
    choice = Choice(roll, roll.fitting(""))
    for _ in range(20):
        choice = choice.after(DOWN)
    assert [line[:1] for line in choice.lines(80)[:10]] == [" "] * 9 + [">"]
    assert "Anne P" in choice.lines(80)[9]
    wide = Roll([Contact(formatted_name="王伟王伟王伟")])
    assert Choice(wide, wide.fitting("")).lines(10)[0] == "> 王伟王…"


def test_at_a_terminal_a_list_opens_and_the_terminal_is_put_back(
    motjuste: Motjuste, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "two.vcf"
    path.write_text(card("Marie Dupont") + card("Paul Martin"), "utf-8")
    motjuste("contacts", "import", str(path))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "motjuste", "contacts", "use"]
    before = termios.tcgetattr(theirs)
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        screen = b""
        while b"whom?" not in screen:
            screen += os.read(ours, 1024)
        os.write(ours, b"pau\r")
        while b"are for Paul Martin" not in screen:
            screen += os.read(ours, 1024)
        assert process.wait(timeout=60) == 0
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
    assert motjuste("contacts", "show", "--json").document["formatted_name"] == "Paul Martin"


def test_without_a_terminal_a_name_is_asked_for(motjuste: Motjuste) -> None:
    done = motjuste("contacts", "use")
    assert (done.code, done.out) == (2, "")
    assert done.err == "motjuste: missing argument 'CONTACT'; see 'motjuste contacts use --help'\n"


def test_an_empty_address_book_opens_no_list(motjuste: Motjuste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motjuste.cli.contacts.someone_is_there", lambda: True)
    done = motjuste("contacts", "use")
    assert (done.code, done.out) == (4, "")
    assert done.err == (
        "motjuste: the address book is empty; add people with 'motjuste contacts import FILE'\n"
    )


def test_giving_up_changes_nothing(
    motjuste: Motjuste, marie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    motjuste("contacts", "import", str(marie))
    monkeypatch.setattr("motjuste.cli.contacts.someone_is_there", lambda: True)
    monkeypatch.setattr("motjuste.cli.choosing.choose", lambda people, recency: None)
    assert motjuste("contacts", "use").code == 130
    assert motjuste("contacts", "show").code == 4
