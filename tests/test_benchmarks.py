"""What the benchmarks print and keep; the numbers themselves are no test."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import (
    finding_people,
    importing_people,
    inbox_triage,
    ledger_size,
    message_cost,
    review_speed,
    sample_cards,
    statistics_cost,
)
from benchmarks.numbers_page import with_section
from benchmarks.rows import Row, markdown, table

from motjuste.adapters.inbox_files import read_inbox_stream
from motjuste.inbox.notes import judge_note
from motjuste.people.any_file import read_people

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    Row("a key at 10 triggers", "2.9 µs", "median of 7", "≤ 3 µs", True),
    Row("worst of 1,000", "112.0 ms", goal="< 100.0 ms", met=False),
    Row("AutoKey", "9.1 ms"),
]
PAGE = "# Numbers\n\n## One\n\nold\n\n## Two\n\nkept\n"


def test_the_table_shows_each_number_with_its_goal_and_whether_it_is_met() -> None:
    assert table(ROWS).splitlines() == [
        "what                  measured  goal        met  how",
        "a key at 10 triggers    2.9 µs  ≤ 3 µs      yes  median of 7",
        "worst of 1,000        112.0 ms  < 100.0 ms  NO",
        "AutoKey                 9.1 ms",
    ]


def test_the_page_shows_the_same_columns() -> None:
    assert markdown(ROWS[1:2]).splitlines() == [
        "| what | measured | goal | met | how |",
        "| --- | ---: | --- | --- | --- |",
        "| worst of 1,000 | 112.0 ms | < 100.0 ms | NO |  |",
    ]


def test_new_numbers_take_the_place_of_the_old_ones_and_leave_the_others() -> None:
    assert with_section(PAGE, "One", "new") == "# Numbers\n\n## One\n\nnew\n\n## Two\n\nkept\n"


def test_the_last_section_of_a_page_is_replaced_too() -> None:
    assert with_section(PAGE, "Two", "new \\1") == "# Numbers\n\n## One\n\nold\n\n## Two\n\nnew \\1\n"


def test_what_was_not_measured_before_comes_at_the_end() -> None:
    assert with_section(PAGE, "Three", "new") == f"{PAGE}\n## Three\n\nnew\n"


def test_a_name_that_is_no_benchmark_is_answered_with_those_there_are() -> None:
    command = [sys.executable, "-m", "benchmarks", "speed"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "no benchmark is called 'speed'; there are key_latency, " in done.stderr


def test_people_are_found_in_an_invented_book_of_any_size() -> None:
    rows = finding_people.measure(40)
    assert [row.what for row in rows] == [
        "a misspelt name among 40",
        "who is meant among 40",
        "  the indices, made once",
    ]
    assert [row.goal for row in rows] == ["≤ 10 ms", "≤ 1 ms", ""]


def test_a_ledger_of_any_size_is_measured_beside_sqlite_alone() -> None:
    rows = ledger_size.measure(400, 30, 20)
    assert [(row.what, row.goal) for row in rows] == [
        ("opening a ledger of 400 events", "≤ 10 ms"),
        ("  one invitation there, by the first letters of its id", "≤ 5 ms"),
        ("the state of one person among 400 events", "≤ 5 ms"),
        ("  recording one step there", "≤ 50 ms"),
        ("everything about 30 invitations", "≤ 3000 ms"),
        ("  one step more, and everything again", "≤ 50 ms"),
        ("everything about 20 invitations", "≤ 500 ms"),
        ("  one step more, and everything again", "≤ 50 ms"),
    ]
    assert all(re.search(r"sqlite3 alone \d+\.\d+ ms, \d+\.\d times$", row.beside) for row in rows)


def test_an_inbox_of_any_size_is_imported_judged_and_answered() -> None:
    rows = inbox_triage.measure((12, 24))
    assert [row.what for row in rows] == [
        "12 invitations imported, judged, answered",
        "  beside csv and a bare Jinja template",
        "24 invitations imported, judged, answered",
        "  beside csv and a bare Jinja template",
    ]
    assert [row.goal for row in rows] == ["≤ 3 s", "", "≤ 1.3× per invitation", ""]


def test_an_invented_inbox_is_the_same_each_time_and_has_every_kind_of_note() -> None:
    data = inbox_triage.export(200)
    assert data == inbox_triage.export(200)
    (table_of_them,) = read_inbox_stream(io.BytesIO(data), "Invitations.csv").tables
    assert table_of_them.invitations is not None
    invitations = table_of_them.invitations.invitations
    assert len(invitations) == 200
    kinds = {judge_note(each.note).kind for each in invitations}
    pitches = sum(judge_note(each.note).looks_like_a_pitch for each in invitations)
    assert (kinds, 10 <= pitches <= 30) == ({"none", "stock", "personal"}, True)


def test_the_review_is_timed_key_by_key_from_its_start() -> None:
    rows = review_speed.measure(60, keys=3)
    assert [row.what for row in rows] == [
        "the next of 60 invitations",
        "a decision, recorded, and the next",
        "a bare Textual app changes a label",
        "ratio of the next invitation to the label",
        "from the start to the first invitation",
    ]
    assert [row.goal for row in rows] == ["≤ 50.0 ms", "≤ 50.0 ms", "", "", ""]


def test_an_invented_ledger_of_any_size_is_added_up() -> None:
    rows = statistics_cost.measure(400)
    assert [row.what for row in rows] == [
        "a ledger of 400 events, added up",
        "  reading them",
        "  the bare query that reads the rows",
        "  all of it / the bare query",
        "  memory at most",
    ]


def test_invented_connections_are_imported_and_found() -> None:
    rows = importing_people.measure(30, runs=1)
    assert rows[0].what == "30 connections imported"
    assert [row.goal for row in rows if row.goal] == ["≤ 10 s", "≤ 300 MB", "≤ 2 s", "≤ 300 MB", "≤ 10 ms"]


def test_the_invented_connections_are_the_same_each_time(tmp_path: Path) -> None:
    names = [importing_people.write_connections(tmp_path / name, 50) for name in ("a.csv", "b.csv")]
    assert names[0] == names[1]
    assert (tmp_path / "a.csv").read_text("utf-8") == (tmp_path / "b.csv").read_text("utf-8")
    reading = read_people((tmp_path / "a.csv").read_bytes(), "Connections.csv")
    assert (len(reading.contacts), reading.problems) == (50, ())


@pytest.mark.parametrize("what", range(4))
def test_bare_jinja_writes_the_same_message_but_for_the_signs(what: int) -> None:
    shipped, channels = message_cost.library()
    case = list(message_cost.cases(shipped))[what]
    ours, theirs = message_cost.both(shipped, case, channels["linkedin-note"])
    assert message_cost.same(ours(), theirs())


def test_a_shortened_message_is_another_one() -> None:
    shipped, channels = message_cost.library()
    texts = [
        message_cost.both(shipped, case, channels["linkedin-note"])[0]()
        for case in message_cost.cases(shipped)
    ]
    assert len(set(texts)) == 4


def test_each_template_is_checked_for_each_person() -> None:
    row = message_cost.rate(*message_cost.library(), people=2)
    assert re.fullmatch(r"(\d+) templates × 2 cards, checked", row.what)
    assert row.beside.startswith(f"{2 * int(row.what.split()[0])} texts")


def test_no_two_people_are_alike() -> None:
    people = list(message_cost.cards(1000))
    assert len({str(person) for person in people}) == 1000


def test_cards_of_a_folder_are_counted_beside_vobject(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nN:;;;;\nORG:Nord\nEND:VCARD\n"
    (tmp_path / "a.vcf").write_text(card.format("Zoé") + card.format("Roy, Ana").replace("FN", "X-A"), "utf-8")
    (tmp_path / "b.vcf").write_text("BEGIN:VCARD\nwhat\n", "utf-8")
    (tmp_path / "notes.txt").write_text("no card", "utf-8")
    rows = sample_cards.measure(tmp_path)
    assert [(row.number, row.met) for row in rows] == [
        ("2", None),
        ("2 of 3", None),
        ("0", True),
        ("1 of 2", None),
        ("2 of 2", None),
    ]
    (tmp_path / "c.vcf").write_text(card.format("Roy, Ana"), "utf-8")
    assert sample_cards.measure(tmp_path)[-1].number == "2 of 3"
    assert capsys.readouterr().err == "c.vcf: ('Roy', 'Nord') by vobject, ('Roy, Ana', 'Nord')\n"
