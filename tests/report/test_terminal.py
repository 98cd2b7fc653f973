"""The statistics in a terminal: aligned, with bars that begin at 0, in any width."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from invented_ledger import COUNTED, FACTS, NONE, NOW, Invented, two_months
from motjuste.inbox.statistics import Asked, Days, Received, Saved, Statistics, Texts, Written, measured
from motjuste.report.sections import Strips, sections
from motjuste.report.terminal import Style, text_of
from motjuste.report.words import ENGLISH, FRENCH, Words

NOW_PART = """\
Now
  Open                        4
  No decision yet             2
  Answered, your turn         1
  Due                         1
  Notes left this month  3 of 5
  Open: received, and neither accepted nor removed as far as recorded. No
  decision yet: open, with neither a verdict of yours nor an answer. Answered:
  open, and the person wrote back after your last decision. Due: open,
  unanswered, and the day to look again has come.
  Notes this month: invitations with a note that you sent this month, and people
  for whom a note was typed or copied without an invitation that is recorded
  since. Notes written elsewhere count once your data export is imported.
"""
RECEIVED = """\
Invitations received
  Month     Accept  Ask  Decline  Undecided  Total
  Jan 2026       1    0        1          0      2  ██████████
  Feb 2026       0    2        0          2      4  ████████████████████
  Total          1    2        1          2      6
"""
SHARES = """\
Answers by template
  Template              Written to  Answered    Share
  ask                           20         5      25%  #####...............
  a-template-with-a...           4         4  too few
  Total                         24         9
"""
DAYS = """\
Jours jusqu’à la réponse
  5 réponses : un quart en 1,0 jours au plus, la moitié en 2,5, les trois
  quarts en 9,2.
  0 ──────█████████│█████████████████████████████████████████─── 10 jours
"""
SENT = """\
Invitations envoyées
  Mois        Avec note  Sans note  Acceptées  Retirées  Total
  déc. 2025           1          0          0         1      1  ########
  janv. 2026          0          0          0         0      0
  févr. 2026          1          1          1         0      2  ################
  Total               2          1          1         1      3
"""


def written(told: Statistics = COUNTED, words: Words = ENGLISH, **style: Any) -> str:
    return text_of(told, words, Style(**style))


def part(title: str, text: str, lines: int | None = None) -> str:
    """The first lines of one part of the report."""
    body = text[text.index(f"{title}\n") :].split("\n\n")[0]
    return "\n".join(body.split("\n")[:lines]) + "\n"


def test_the_report_begins_with_what_is_open_now() -> None:
    text = written()
    assert text.startswith(f"Your invitations in numbers\nAs of 12 Feb 2026, 10:30\n\n{NOW_PART}\n")
    assert not text.endswith("\n")


def test_an_account_without_a_limit_is_told_what_it_used() -> None:
    text = written(replace(COUNTED, notes=replace(COUNTED.notes, quota=None)))
    assert "\n  Notes this month     2\n" in text


def test_who_has_used_every_note_has_none_left() -> None:
    text = written(replace(COUNTED, notes=replace(COUNTED.notes, used=7)))
    assert "\n  Notes left this month  0 of 5\n" in text


def test_a_month_has_a_line_with_the_verdicts_that_were_given_and_a_bar() -> None:
    assert part("Invitations received", written(width=72), 5) == RECEIVED


def test_a_month_without_anything_has_a_line_too() -> None:
    assert part("Invitations envoyées", written(words=FRENCH, blocks=False), 6) == SENT


def test_a_gap_between_two_months_is_drawn_as_nothing() -> None:
    told = replace(COUNTED, received=Received({"2025-12": NONE | {"ask": 2}, "2026-02": NONE | {"look": 1}}))
    assert part("Invitations received", written(told, blocks=False, width=60), 6).splitlines()[2:] == [
        "  Dec 2025    2     0      2  ##############################",
        "  Jan 2026    0     0      0",
        "  Feb 2026    0     1      1  ###############",
        "  Total       2     1      3",
    ]
    (received,) = [each for each in sections(told, ENGLISH) if each.key == "received"]
    months = ("2025-12", "2026-01", "2026-02")
    assert received.picture == Strips(months, (("Ask", (2, 0, 0)), ("Look", (0, 0, 1))))


def test_the_whole_of_a_share_can_be_seen_and_a_long_name_gives_way() -> None:
    told = replace(COUNTED, answers=(Asked("ask", 20, 5), Asked("a-template-with-a-long-name", 4, 4)))
    assert part("Answers by template", written(told, blocks=False, width=75), 5) == SHARES


def test_the_middle_half_of_the_answers_lies_on_an_axis_from_zero() -> None:
    told = replace(COUNTED, days=Days(5, 1.0, 2.5, 9.25))
    assert part("Jours jusqu’à la réponse", written(told, FRENCH, width=75), 4) == DAYS


@pytest.mark.parametrize(
    ("upper", "end"),
    [(0.2, 1), (1.0, 2), (4.9, 5), (5.0, 7), (8.0, 10), (13.0, 20), (49.0, 50), (365.0, 500)],
)
def test_the_axis_ends_at_a_round_number_above_the_values(upper: float, end: int) -> None:
    text = written(replace(COUNTED, days=Days(5, 0.1, upper, upper)))
    (axis,) = re.findall(r"^  0 (.*) (\d+) days$", text, re.MULTILINE)
    assert int(axis[1]) == end
    assert axis[0].count("│") == 1


@pytest.mark.parametrize(("value", "bar"), [(1, "▏"), (8, "█"), (9, "█▏"), (159, "███████████████████▉")])
def test_a_bar_is_drawn_to_an_eighth_of_a_column(value: int, bar: str) -> None:
    assert Style().bar(value / 160, 20) == bar


def test_a_single_one_among_thousands_can_be_seen_and_nothing_is_nothing() -> None:
    for blocks, mark in ((True, "▏"), (False, "#")):
        assert Style(blocks=blocks).bar(1 / 9999, 20) == mark
        assert Style(blocks=blocks).bar(0.0, 20) == ""


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_no_line_is_longer_than_the_terminal(width: int, words: Words) -> None:
    lines = written(words=words, width=width).split("\n")
    # Six columns of numbers need 60; below that, the bars go and a table may be cut by the terminal.
    longest = max(map(len, lines))
    assert longest <= max(width, 64)
    assert all(line == line.rstrip() for line in lines)


def test_plain_means_ascii() -> None:
    assert written(replace(COUNTED, since="2026-01"), blocks=False).isascii()


def test_weights_are_there_only_when_they_are_asked_for() -> None:
    assert "\x1b" not in written()
    heavy = written(weights=True)
    assert re.sub("\x1b\\[[012]m", "", heavy) == written()
    assert heavy.startswith("\x1b[1mYour invitations in numbers\x1b[0m\n")


def test_the_first_and_the_last_line_of_a_table_are_heavy_and_what_numbers_mean_is_light() -> None:
    text = text_of(COUNTED, ENGLISH, Style(weights=True))
    lines = text[text.index("\x1b[1mInvitations received") :].split("\n\n")[0].split("\n")
    marks = [re.findall("\x1b\\[(\\d)m", line) for line in lines]
    assert marks == [["1", "0"], ["1", "0"], [], [], ["1", "0"], ["2", "0"], ["2", "0"]]


@pytest.mark.parametrize("width", [40, 60, 70])
def test_the_axis_of_days_fills_a_narrow_terminal_and_no_more(width: int) -> None:
    told = replace(COUNTED, days=Days(5, 9.99, 9.999, 9.9999))
    (axis,) = [line for line in written(told, width=width).split("\n") if line.startswith("  0 ")]
    # The last place within the axis is that of a value that is nearly its end.
    assert (axis[4:-8].count("─"), axis[-9:]) == (len(axis) - 13, "│ 10 days")
    assert len(axis) == width


def test_the_name_of_a_template_cannot_colour_the_terminal() -> None:
    told = replace(COUNTED, answers=(Asked("a\x1b[31m\u202eb\n", 9, 1),))
    assert "\n  a [31m b" in written(told)


def test_a_template_without_a_name_is_told_as_such() -> None:
    assert "\n  (none named)  " in written(replace(COUNTED, answers=(Asked("", 9, 1),)))


def test_what_is_left_out_of_the_typing_saved_is_said() -> None:
    told = replace(COUNTED, saved=Saved(texts=2, left_out=1, keystrokes=359_800))
    assert part("Typing saved", written(told), 4) == (
        "Typing saved\n  Keystrokes saved      359,800\n  Time saved        29 h 59 min\n"
        "  Typed texts counted: 2. Left out for want of a known length or trigger: 1.\n"
    )
    none = replace(COUNTED, saved=Saved(left_out=1))
    assert part("Typing saved", written(none), 2) == (
        "Typing saved\n  Left out for want of a known length or trigger: 1.\n"
    )


def test_an_empty_ledger_says_so_and_what_to_do() -> None:
    assert written(measured([], FACTS, now=NOW)) == (
        "Your invitations in numbers\nAs of 12 Feb 2026, 10:30\n\n"
        "Nothing is recorded yet. Import your invitations with 'motjuste inbox import\n"
        "FILE', or type a trigger such as invitlin while 'motjuste daemon start' is at\nwork."
    )


def test_months_without_anything_name_the_first_that_has_something() -> None:
    text = written(measured(two_months(), FACTS, now=NOW, since="2026-03"))
    assert text == (
        "Your invitations in numbers\nAs of 12 Feb 2026, 10:30 · months since Mar 2026\n\n"
        "Nothing is recorded since Mar 2026; the first month with something is Dec 2025.\n\n"
        + NOW_PART.rstrip("\n")
    )


def test_a_part_without_anything_says_what_is_missing() -> None:
    book = Invented()
    book.came("Ada", "2026-02-01 09:00")
    text = written(measured(book.events, FACTS, now=NOW))
    told = [
        part(title, text, 2).split("\n")[1]
        for title in ("Answers by template", "Days to answer", "Texts written")
    ]
    assert told == [
        "  No reply to an invitation has been written yet.",
        "  No answer is recorded yet.",
        "  No text is recorded yet.",
    ]
    assert "Texts by template" not in text


def months_of(text: str, title: str) -> list[str]:
    lines = part(title, text).split("\n")[2:]
    return [
        line[2:10].strip() for line in lines[: next(i for i, line in enumerate(lines) if "Total" in line) + 1]
    ]


def test_of_many_months_the_newest_have_a_line_and_the_others_are_added_up() -> None:
    years = {f"{year}-{month:02}": NONE | {"ask": 1} for year in (2023, 2024, 2025) for month in range(1, 13)}
    told = replace(COUNTED, received=Received(years))
    text = written(told)
    names = months_of(text, "Invitations received")
    assert (len(names), names[:2], names[-2:]) == (26, ["earlier", "Jan 2024"], ["Dec 2025", "Total"])
    assert "\n  earlier    12     12  " in text
    # Who asks for more gets it.
    more = months_of(written(replace(told, since="2023-01")), "Invitations received")
    assert (len(more), more[0]) == (37, "Jan 2023")


def test_a_date_far_ahead_makes_no_thousand_empty_lines() -> None:
    texts = Texts(
        {
            ("2026-01", "ask"): Written(1, 0),
            ("9999-12", "ask"): Written(1, 0),
            ("0001-01", "ask"): Written(1, 0),
        }
    )
    names = months_of(written(replace(COUNTED, texts=texts)), "Texts written")
    assert (names[0], names[1], names[-3:]) == ("earlier", "Feb 2024", ["Jan 2026", "later", "Total"])
    only = Texts({("9999-12", "ask"): Written(1, 0)})
    assert months_of(written(replace(COUNTED, texts=only)), "Texts written") == ["Dec 9999", "Total"]


def test_numbers_are_written_as_the_language_does() -> None:
    assert (ENGLISH.number(1234567), FRENCH.number(1234567)) == ("1,234,567", "1\u202f234\u202f567")
    assert (ENGLISH.number(1234.56, 1), FRENCH.number(-1234.56, 1)) == ("1,234.6", "-1\u202f234,6")
    assert (ENGLISH.number(-0.04, 1), ENGLISH.percentage(0.345), FRENCH.percentage(1.0)) == (
        "0.0",
        "34%",
        "100\u00a0%",
    )
    assert (ENGLISH.number(0.5, 1), ENGLISH.duration(0.6)) == ("0.5", "1\u00a0min")
    assert [ENGLISH.duration(each).replace("\u00a0", " ") for each in (0.4, 59.6, 61, -3)] == [
        "0 min", "1 h 00 min", "1 h 01 min", "-3 min",
    ]  # fmt: skip
