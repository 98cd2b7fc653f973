"""`motjuste contacts edit`: what the user knows better is kept on the card, and used from then on."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Motjuste, card


@pytest.fixture
def book(motjuste: Motjuste, profile: Path, home: Path, tmp_path: Path) -> Path:
    """The folder of the address book, with Nguyễn Thu Trang and Paul Martin in one file each."""
    path = tmp_path / "two.vcf"
    trang = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Nguyễn Thu Trang\r\nX-SHOE-SIZE:37\r\nEND:VCARD\r\n"
    path.write_text(trang + card("Paul Martin"), "utf-8")
    motjuste("contacts", "import", str(path))
    return home / "contacts"


def test_a_greeting_is_kept_on_the_card_and_used_from_then_on(motjuste: Motjuste, book: Path) -> None:
    assert "Bonjour Nguyễn Thu Trang," in motjuste("decline", "trang").out
    done = motjuste("contacts", "edit", "trang", "--greeting", "Trang")
    assert (done.code, done.out, done.err) == (0, "", "Nguyễn Thu Trang is greeted as Trang\n")
    assert "Bonjour Trang," in motjuste("decline", "trang").out
    kept = (book / "nguyen-thu-trang.vcf").read_text("utf-8").splitlines()
    assert kept == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Nguyễn Thu Trang",
        "X-MOTJUSTE-GREETING-NAME:Trang",
        "X-SHOE-SIZE:37",
        "END:VCARD",
    ]
    assert motjuste("contacts", "edit", "trang", "--greeting", "").code == 0
    assert "Bonjour Nguyễn Thu Trang," in motjuste("decline", "trang").out


def test_several_corrections_at_once_are_shown_as_json(motjuste: Motjuste, book: Path) -> None:
    options = ("--address-form", "TU", "--gender", "f", "--elides", "no")
    document = motjuste("contacts", "edit", "trang", *options, "--json").document
    assert document == {
        "formatted_name": "Nguyễn Thu Trang",
        "greeting_name": "Nguyễn Thu Trang",
        "confidence": "low",
        "source": "nguyen-thu-trang.vcf",
        "gender": "F",
        "address_form": "tu",
        "elides": False,
    }
    assert motjuste("contacts", "show", "trang", "--json").document == document


def test_how_we_met_is_kept_on_the_card_and_known_to_templates(motjuste: Motjuste, book: Path, home: Path) -> None:
    template = home / "templates" / "fr" / "vu.txt"
    template.parent.mkdir(parents=True)
    template.write_text("Bonjour, {{ contact.how_we_met }} !", "utf-8")
    assert motjuste("contacts", "edit", "paul", "--how-we-met", " à Lyon, au salon ").code == 0
    assert motjuste("fill", "vu", "paul").out == "Bonjour, à Lyon, au salon\u202f!\n"
    kept = (book / "paul-martin.vcf").read_text("utf-8").splitlines()
    assert kept[4] == "X-MOTJUSTE-HOW-WE-MET:à Lyon\\, au salon"
    assert motjuste("contacts", "show", "paul", "--json").document["how_we_met"] == "à Lyon, au salon"
    assert motjuste("contacts", "edit", "paul", "--how-we-met", "").code == 0
    assert (book / "paul-martin.vcf").read_text("utf-8").splitlines() == [*kept[:4], "END:VCARD"]


def test_nothing_is_written_to_whom_nobody_may_contact(motjuste: Motjuste, book: Path) -> None:
    assert motjuste("contacts", "edit", "paul", "--do-not-contact", "yes").code == 0
    done = motjuste("invite", "paul")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "motjuste: the card of 'Paul Martin' says that nothing may be written to this person; to allow it again: "
        "motjuste contacts edit NAME --do-not-contact no\n"
    )
    assert motjuste("try", "invitlin ", "--contact", "paul").out == "invitlin |\n"
    assert motjuste("contacts", "edit", "paul", "--do-not-contact", "no").code == 0
    assert motjuste("invite", "paul").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("paul",), 2, 'nothing to change was given; for example: --greeting "Anne-Sophie"'),
        (("paul", "--address-form", "tue"), 1, "--address-form cannot be 'tue'; did you mean 'tu'?"),
        (("paul", "--gender", "x"), 1, '--gender cannot be \'x\'; use F, M, O, or "" to take it away'),
        (("nobody", "--gender", "F"), 4, "nobody in the address book is called 'nobody'"),
    ],
)
def test_what_cannot_be_changed_is_told(
    motjuste: Motjuste, book: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    before = {path.name: path.read_bytes() for path in book.iterdir()}
    done = motjuste("contacts", "edit", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"motjuste: {told}")
    assert {path.name: path.read_bytes() for path in book.iterdir()} == before


def test_a_card_outside_the_address_book_is_not_changed(motjuste: Motjuste, book: Path, marie: Path) -> None:
    before = marie.read_bytes()
    done = motjuste("contacts", "edit", str(marie), "--gender", "F")
    assert (done.code, marie.read_bytes()) == (4, before)
    assert done.err == (
        "motjuste: 'Marie Dupont' is not in the address book; add the card first: motjuste contacts import FILE\n"
    )


def test_a_card_outside_does_not_change_another_persons_file_of_the_same_name(
    motjuste: Motjuste, book: Path, marie: Path
) -> None:
    inside = book / marie.name
    inside.write_text(card("Marie Carlier"), "utf-8")
    assert motjuste("contacts", "edit", str(marie), "--gender", "F").code == 4
    assert inside.read_bytes().decode() == card("Marie Carlier")


def test_one_card_of_a_file_with_several_is_changed(motjuste: Motjuste, book: Path) -> None:
    both = book / "both.vcf"
    both.write_text(card("Anne Carlier") + card("Luc Carlier"), "utf-8")
    assert motjuste("contacts", "edit", "luc", "--greeting", "Lucky").code == 0
    assert both.read_bytes().decode() == card("Anne Carlier") + card(
        "Luc Carlier", x_motjuste_greeting_name="Lucky"
    )


def test_a_file_that_holds_something_unreadable_is_left_as_it_is(motjuste: Motjuste, book: Path) -> None:
    broken = book / "broken.vcf"
    text = card("Luc Carlier") + "BEGIN:VCARD\r\nEND:VCARD\r\n"
    broken.write_bytes(text.encode())
    done = motjuste("contacts", "edit", "luc", "--greeting", "Lucky")
    assert (done.code, broken.read_bytes().decode()) == (1, text)
    assert f"mend {broken} in an editor" in done.err
