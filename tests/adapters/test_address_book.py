"""The folder of vCards: what an import adds, what it leaves alone, and who is chosen."""

from __future__ import annotations

import os
import resource
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motjuste.adapters.address_book import Imported, VCardFolder
from motjuste.errors import UserError
from motjuste.people.card import Contact
from motjuste.people.merging import Change, Conflict
from motjuste.people.vcard import read_vcards, write_vcard

MARIE = Contact(
    formatted_name="Marie Dupont",
    given_name="Marie",
    family_name="Dupont",
    emails=("marie@acme.example",),
    profile_url="https://www.linkedin.com/in/marie",
)
PAUL = Contact(formatted_name="Paul Martin")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = datetime(2026, 2, 8, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> VCardFolder:
    return VCardFolder(tmp_path / "contacts", tmp_path / "state" / "current.json", now=clock.now)


def put(book: VCardFolder, name: str, content: str | bytes) -> Path:
    book.folder.mkdir(parents=True, exist_ok=True)
    path = book.folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def files(book: VCardFolder) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in sorted(book.folder.iterdir())}


def test_a_folder_that_is_not_there_is_an_empty_book(book: VCardFolder) -> None:
    assert list(book.contacts()) == []
    assert book.problems == ()


def test_people_are_added_one_a_file_for_the_owner_alone(book: VCardFolder) -> None:
    assert book.add([MARIE, PAUL]) == Imported(added=2)
    assert files(book) == {"marie-dupont.vcf": write_vcard(MARIE), "paul-martin.vcf": write_vcard(PAUL)}
    assert {path.stat().st_mode & 0o777 for path in book.folder.iterdir()} == {0o600}
    assert book.folder.stat().st_mode & 0o777 == 0o700


def test_added_people_are_in_the_book(book: VCardFolder) -> None:
    book.add([MARIE])
    assert list(book.contacts()) == [replace(MARIE, source="marie-dupont.vcf")]


def test_importing_again_changes_nothing(book: VCardFolder) -> None:
    book.add([MARIE, PAUL])
    before = files(book)
    assert book.add([MARIE, PAUL]) == Imported(unchanged=2)
    assert files(book) == before


def test_a_person_twice_in_one_import_is_one_card(book: VCardFolder) -> None:
    assert book.add([MARIE, replace(MARIE, title="PDG")]) == Imported(added=1, unchanged=1)
    assert files(book) == {"marie-dupont.vcf": write_vcard(replace(MARIE, title="PDG"))}


def test_empty_fields_are_filled_and_others_left_alone(book: VCardFolder) -> None:
    put(book, "m.vcf", write_vcard(replace(MARIE, organization="Edited by hand", emails=())))
    new = replace(MARIE, organization="Acme", title="PDG", phones=("1",))
    assert book.add([new]) == Imported(updated=1)
    assert list(book.contacts()) == [replace(new, organization="Edited by hand", source="m.vcf")]
    assert book.add([new]) == Imported(unchanged=1)


def test_an_import_says_what_it_does_to_whom(book: VCardFolder) -> None:
    book.add([MARIE])
    new = replace(MARIE, title="PDG", emails=("m@x",), kept=("X-SIGN:!",), source="new.vcf")
    conflict = Conflict("Marie Dupont", "emails", "marie@acme.example", "m@x", "new.vcf")
    fields = ("title", "other lines")
    expected = (
        Change("updated", "Marie Dupont", fields, (conflict,)),
        Change("added", "Paul Martin"),
        Change("unchanged", "Paul Martin", (), (Conflict("Paul Martin", "title", "PDG", "DG", "new.vcf"),)),
    )
    paul = replace(PAUL, title="PDG", source="new.vcf")
    before = files(book)
    contacts = [new, paul, replace(paul, title="DG")]
    assert book.add(contacts, dry_run=True).changes == expected
    assert files(book) == before
    assert book.add(contacts).changes == expected
    assert book.add([paul]).changes == ()


def test_everything_else_on_a_filled_card_stays(book: VCardFolder) -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Marie Dupont\r\nEMAIL;TYPE=work:marie@acme.example\r\n"
        "ADR:;;1 rue X;;;;\r\nNOTE:one\\ntwo\r\nPHOTO:data:image/png;base64,AAAA\r\n"
        "item1.X-FRIEND:Zoé\r\nitem1.X-ABLabel:amie\r\nEND:VCARD\r\n"
    )
    put(book, "m.vcf", card)
    assert book.add([replace(MARIE, city="Lyon")]) == Imported(updated=1)
    (contact,) = read_vcards(files(book)["m.vcf"].encode(), "").contacts
    assert (contact.city, contact.given_name, contact.profile_key) == ("Lyon", "Marie", "marie")
    for line in card.split("\r\n"):
        assert line in files(book)["m.vcf"].split("\r\n")


def test_half_an_address_is_not_completed_with_half_of_another(book: VCardFolder) -> None:
    put(book, "m.vcf", write_vcard(replace(MARIE, city="Lyon")))
    assert book.add([replace(MARIE, city="Paris", country="France")]) == Imported(unchanged=1)


def test_lines_that_only_make_sense_together_are_not_torn_apart(book: VCardFolder) -> None:
    book.add([MARIE])
    new = replace(MARIE, kept=("item1.X-FRIEND:Zoé", "item1.X-ABLabel:amie", "X-SIGN:!"))
    assert book.add([new]) == Imported(updated=1)
    assert files(book) == {"marie-dupont.vcf": write_vcard(replace(MARIE, kept=("X-SIGN:!",)))}


def test_a_name_that_the_user_corrected_is_not_completed_from_an_import(book: VCardFolder) -> None:
    put(book, "m.vcf", write_vcard(replace(MARIE, formatted_name="Mimi D.", given_name="", family_name="")))
    assert book.add([MARIE]) == Imported(unchanged=1)
    assert [contact.display_name for contact in book.contacts()] == ["Mimi D."]


@pytest.mark.parametrize(
    ("known", "new", "same"),
    [
        pytest.param({}, {}, True, id="a name and nothing else"),
        pytest.param({}, {"formatted_name": "MARIE DUPONT"}, True, id="a name in capitals"),
        pytest.param({"emails": ("m@x",)}, {}, False, id="a name, where one has an address as well"),
        pytest.param({"organization": "Acme"}, {"organization": "Beta"}, False, id="two companies"),
        pytest.param({"organization": "Acme"}, {}, True, id="one company"),
        pytest.param({"emails": ("m@x",)}, {"emails": ("y@x", "M@X")}, True, id="a common e-mail address"),
        pytest.param(
            {"emails": ("info@x",)},
            {"emails": ("info@x",), "formatted_name": "Paul"},
            False,
            id="everybody's address",
        ),
        pytest.param({"uid": "1"}, {"uid": "1", "formatted_name": "Marie Roy"}, True, id="the same UID"),
        pytest.param({"uid": "1"}, {"uid": "2"}, False, id="two UIDs"),
        pytest.param(
            {"profile_url": "https://www.linkedin.com/in/m"},
            {"profile_url": "https://fr.linkedin.com/in/M/", "formatted_name": "Marie Roy"},
            True,
            id="the same profile",
        ),
        pytest.param(
            {"profile_url": "https://www.linkedin.com/in/m", "emails": ("m@x",)},
            {"profile_url": "https://www.linkedin.com/in/n", "emails": ("m@x",)},
            False,
            id="two profiles",
        ),
    ],
)
def test_who_is_the_same_person(
    book: VCardFolder, known: dict[str, object], new: dict[str, object], same: bool
) -> None:
    book.add([Contact(**{"formatted_name": "Marie Dupont", **known})])  # type: ignore[arg-type]
    done = book.add([Contact(**{"formatted_name": "Marie Dupont", **new})])  # type: ignore[arg-type]
    assert done.added == (0 if same else 1)


def test_two_people_of_one_name_have_two_files(book: VCardFolder) -> None:
    book.add([MARIE, Contact(formatted_name="Marie Dupont", emails=("other@x",)), Contact(emails=("a@b",))])
    assert sorted(files(book)) == ["a-b.vcf", "marie-dupont-2.vcf", "marie-dupont.vcf"]


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "..", "a" * 5000, "é" * 300, "王" * 300, "🌟"])
def test_a_name_makes_a_file_name_inside_the_folder(book: VCardFolder, name: str) -> None:
    assert book.add([Contact(formatted_name=name)]) == Imported(added=1)
    assert [contact.formatted_name for contact in book.contacts()] == [name]


def test_a_card_among_several_of_one_file_is_filled(book: VCardFolder) -> None:
    put(book, "both.vcf", write_vcard(PAUL) + write_vcard(MARIE))
    assert book.add([replace(MARIE, title="PDG")]) == Imported(updated=1)
    assert files(book) == {"both.vcf": write_vcard(PAUL) + write_vcard(replace(MARIE, title="PDG"))}


def test_a_file_with_something_unreadable_is_left_alone(book: VCardFolder) -> None:
    broken = write_vcard(MARIE) + "BEGIN:VCARD\r\nwhat is this\r\n"
    put(book, "m.vcf", broken)
    assert book.add([replace(MARIE, title="PDG")]) == Imported(unchanged=1)
    assert files(book) == {"m.vcf": broken}


def test_a_broken_file_is_reported_and_the_others_are_read(book: VCardFolder) -> None:
    put(book, "a.vcf", "nothing")
    put(book, "b.VCF", write_vcard(PAUL))
    put(book, "notes.txt", "no card")
    put(book, ".hidden.vcf", write_vcard(MARIE))
    (book.folder / "folder.vcf").mkdir()
    assert [contact.formatted_name for contact in book.contacts()] == ["Paul Martin"]
    assert [str(problem) for problem in book.problems] == [
        "a.vcf:1: no vCard here: expected a line BEGIN:VCARD",
        "folder.vcf:1: is not a file",
    ]


def test_a_pipe_in_the_folder_does_not_stop_the_reading(book: VCardFolder) -> None:
    book.folder.mkdir()
    os.mkfifo(book.folder / "pipe.vcf")
    assert list(book.contacts()) == []
    assert [str(problem) for problem in book.problems] == ["pipe.vcf:1: is not a file"]


def test_a_folder_that_is_a_file_is_reported(book: VCardFolder) -> None:
    book.folder.write_text("")
    assert list(book.contacts()) == []
    assert [problem.reason for problem in book.problems] == ["cannot be read: not a directory"]


def test_files_are_read_again_only_when_they_changed(book: VCardFolder) -> None:
    book.add([MARIE, PAUL])
    first = book.contacts()
    assert book.contacts() is first
    (book.folder / "paul-martin.vcf").unlink()
    put(book, "marie-dupont.vcf", write_vcard(replace(MARIE, title="PDG")))
    assert [(contact.display_name, contact.title) for contact in book.contacts()] == [("Marie Dupont", "PDG")]


def test_cards_are_read_ahead_a_few_at_a_time(book: VCardFolder) -> None:
    for name in ("a", "b", "c"):
        put(book, f"{name}.vcf", write_vcard(Contact(formatted_name=f"Anne {name.upper()}ernard")))
    assert [book.read_ahead(2), book.read_ahead(2)] == [True, False]
    put(book, "d.vcf", write_vcard(PAUL))
    names = ["Anne Aernard", "Anne Bernard", "Anne Cernard", "Paul Martin"]
    assert [contact.formatted_name for contact in book.contacts()] == names
    (book.folder / "b.vcf").unlink()
    assert book.read_ahead(9) is False
    assert [contact.formatted_name for contact in book.contacts()] == [names[0], *names[2:]]


def test_photos_are_not_held_in_memory(book: VCardFolder) -> None:
    put(book, "m.vcf", write_vcard(replace(MARIE, kept=("PHOTO:data:image/png;base64,AAAA",))))
    assert [contact.kept for contact in book.contacts()] == [()]


def test_nothing_is_lost_when_a_card_cannot_be_saved(book: VCardFolder) -> None:
    book.add([PAUL])
    before = files(book)
    with pytest.raises(UserError, match="could not be saved") as raised:
        _add_with_a_full_disk(book)
    assert "nobody was added" in str(raised.value)
    assert files(book) == before


def _add_with_a_full_disk(book: VCardFolder) -> None:
    """Add two people where the second one's file can no longer be written."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, former[1]))
    try:
        book.add([MARIE, Contact(formatted_name="Zoé Roy", note="x" * 5000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
        signal.signal(signal.SIGXFSZ, ignored)


# --- the current contact --------------------------------------------------------------------------


def test_nobody_is_chosen_at_first(book: VCardFolder) -> None:
    assert book.current() is None
    book.clear()


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        pytest.param(timedelta(0), True, id="at once"),
        pytest.param(timedelta(minutes=59), True, id="within the hour"),
        pytest.param(timedelta(hours=1), False, id="after an hour"),
        pytest.param(timedelta(seconds=-1), False, id="when the clock went back"),
    ],
)
def test_a_choice_holds_for_an_hour(book: VCardFolder, clock: Clock, later: timedelta, holds: bool) -> None:
    book.use(PAUL)
    clock.time += later
    assert book.current() == (PAUL if holds else None)


def test_a_choice_is_there_for_the_next_program(book: VCardFolder, clock: Clock, tmp_path: Path) -> None:
    book.use(replace(MARIE, source="marie.vcf"))
    other = VCardFolder(book.folder, tmp_path / "state" / "current.json", now=clock.now)
    assert other.current() == replace(MARIE, source="marie.vcf")
    assert (tmp_path / "state" / "current.json").stat().st_mode & 0o777 == 0o600


def test_a_chosen_person_is_as_the_book_knows_them_now(book: VCardFolder) -> None:
    book.add([MARIE])
    book.use(MARIE)
    put(book, "marie-dupont.vcf", write_vcard(replace(MARIE, address_form="tu")))
    assert book.current() == replace(MARIE, address_form="tu", source="marie-dupont.vcf")


def test_a_namesake_in_the_book_is_not_the_chosen_person(book: VCardFolder) -> None:
    book.add([MARIE])
    other = Contact(formatted_name="Marie Dupont", emails=("other@x",))
    book.use(other)
    assert book.current() == other


def test_clearing_chooses_nobody(book: VCardFolder) -> None:
    book.use(PAUL)
    book.clear()
    assert book.current() is None


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"chosen_at": 1, "card": "", "source": ""}',
        b'{"chosen_at": "2026-02-08"}',
    ],
)
def test_a_broken_state_file_means_nobody(book: VCardFolder, tmp_path: Path, state: bytes) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "current.json").write_bytes(state)
    assert book.current() is None


def test_a_state_that_cannot_be_removed_is_said(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "state.json").mkdir()
    with pytest.raises(UserError, match="could not be removed"):
        VCardFolder(tmp_path, tmp_path / "state.json", now=clock.now).clear()


def test_a_folder_that_is_watched_is_looked_at_only_when_something_changed(book: VCardFolder) -> None:
    path = put(book, "marie.vcf", write_vcard(MARIE))
    unchanged = [True]
    book.be_watched(lambda: unchanged[0])
    assert [each.display_name for each in book.contacts()] == ["Marie Dupont"]
    path.write_text(write_vcard(PAUL), "utf-8")
    assert [each.display_name for each in book.contacts()] == ["Marie Dupont"]
    unchanged[0] = False
    assert [each.display_name for each in book.contacts()] == ["Paul Martin"]
    unchanged[0] = True
    path.write_text(write_vcard(MARIE), "utf-8")
    book.look_again()
    assert [each.display_name for each in book.contacts()] == ["Marie Dupont"]


def test_what_a_link_leads_to_is_looked_at_each_time_for_nobody_tells_of_it(book: VCardFolder, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere.vcf"
    there.write_text(write_vcard(MARIE), "utf-8")
    book.folder.mkdir(parents=True)
    (book.folder / "linked.vcf").symlink_to(there)
    book.be_watched(lambda: True)
    assert [each.display_name for each in book.contacts()] == ["Marie Dupont"]
    there.write_text(write_vcard(PAUL), "utf-8")
    assert [each.display_name for each in book.contacts()] == ["Paul Martin"]
