"""Card files that are huge, deep or hostile: each card is read or reported, in bounded time and memory."""

from __future__ import annotations

import tracemalloc

import pytest

from motjuste.people import vcard
from motjuste.people.content_lines import LONGEST_LINE
from motjuste.people.vcard import read_vcards


def read(data: bytes) -> tuple[list[str], list[str]]:
    reading = read_vcards(data, "c.vcf")
    return [each.formatted_name for each in reading.contacts], [str(each) for each in reading.problems]


@pytest.mark.parametrize("fold", [b"", b"\r\n ", b"\r\r\n "])
def test_a_photo_of_many_megabytes_is_left_out_and_not_held_many_times(fold: bytes) -> None:
    line = b"A" * 74 + fold
    photo = b"PHOTO;ENCODING=b;TYPE=JPEG:" + line * (30_000_000 // len(line))
    data = b"BEGIN:VCARD\r\nFN:Ana\r\n" + photo + b"\r\nTEL:1\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Zoe\r\nEND:VCARD\r\n"
    tracemalloc.start()
    people = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert people == (
        ["Ana", "Zoe"],
        ["c.vcf:3: a line of more than 4 MB was left out: 'PHOTO;ENCODING=b;TYPE=JPEG'"],
    )
    assert peak < 6 * LONGEST_LINE < len(data)


def test_a_photo_that_is_not_too_large_is_kept_across_the_blocks_of_a_file() -> None:
    photo = "data:image/jpeg;base64," + "QUJD" * 700_000
    data = f"BEGIN:VCARD\r\nFN:Ana\r\nPHOTO:{photo}\r\nEND:VCARD\r\n".encode()
    (contact,) = read_vcards(data, "c.vcf").contacts
    assert contact.kept == (f"PHOTO:{photo}",)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_line_ends_count_once_wherever_a_block_ends(newline: bytes) -> None:
    for shift in range(4):
        note = b"NOTE:" + b"x" * (1024 * 1024 - 30 - shift)
        lines = [b"BEGIN:VCARD", b"FN:Ana", note, b"TEL:1", b"what", b"END:VCARD", b""]
        assert read(newline.join(lines)) == (["Ana"], ["c.vcf:5: not a property of a card: 'what'"])


def test_more_cards_than_fit_the_memory_are_met_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vcard, "MOST_PEOPLE", 2)
    assert read(b"BEGIN:VCARD\nFN:Ana\nEND:VCARD\n" * 1000) == (
        ["Ana", "Ana"],
        ["c.vcf:7: only the first 100,000 people of a file are read; split it to have the others"],
    )


def test_cards_within_cards_within_cards_are_other_people() -> None:
    depth = 50_000
    data = b"BEGIN:VCARD\nFN:Ana\n" + b"AGENT:\nBEGIN:VCARD\nFN:Paul\n" * depth
    assert read(data + b"END:VCARD\n" * depth + b"TITLE:PDG\nEND:VCARD\n") == (["Ana"], [])
    assert read(data) == (["Ana"], ["c.vcf:1: the card has no END:VCARD"])


def test_a_card_within_a_card_may_begin_on_the_line_that_announces_it() -> None:
    data = b"BEGIN:VCARD\nFN:Ana\nAGENT;X=y:BEGIN:VCARD\nFN:Paul\nEND:VCARD\nTITLE:PDG\nEND:VCARD\n"
    (ana,) = read_vcards(data, "c.vcf").contacts
    assert (ana.formatted_name, ana.title) == ("Ana", "PDG")


def test_a_card_after_a_nested_one_without_an_end_is_not_lost() -> None:
    data = b"BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Paul\nBEGIN:VCARD\nFN:Zoe\nEND:VCARD\n"
    assert read(data) == (["Ana", "Zoe"], ["c.vcf:6: a new card begins before the one of line 1 has ended"])
    data = b"BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:Zoe\nEND:VCARD\n"
    assert read(data) == (["Ana", "Zoe"], ["c.vcf:6: a new card begins before the one of line 1 has ended"])


@pytest.mark.parametrize(
    "line",
    [b"a" * 3_000_000, b";" * 3_000_000, b'X;"' + b'a"' * 900_000, b"X" + b";a=" * 900_000, b"FN:" + b"\\" * 3_000_000,
     b"N:" + b";" * 1_000_000 + b"Ana", b"FN;QUOTED-PRINTABLE:" + b"=41" * 900_000],
    ids=["letters", "semicolons", "quotation marks", "parameters", "backslashes", "parts", "quoted"],
)  # fmt: skip
def test_a_line_of_megabytes_takes_no_long_time(line: bytes) -> None:
    names, _ = read(b"BEGIN:VCARD\nTEL:1\nORG:Acme\n" + line + b"\nEND:VCARD\nBEGIN:VCARD\nFN:Zoe\nEND:VCARD\n")
    assert names[-1] == "Zoe"
    assert len(names) == 2
