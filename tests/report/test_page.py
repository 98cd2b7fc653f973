"""The page stands alone, is read by everybody, and names nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations

import pytest

from invented_ledger import COUNTED, FACTS, NOW, two_months
from motjuste.inbox.statistics import Asked, Days, Statistics, Texts, Written, measured
from motjuste.report.page import MARK, page_of
from motjuste.report.pictures import NARROW, WIDE, bar, span, strips
from motjuste.report.sections import Span, Strips
from motjuste.report.style import COLOURS, STYLE
from motjuste.report.words import ENGLISH, FRENCH, Words

VOID = {"meta", "link", "br"}
FULL = replace(
    COUNTED,
    days=Days(9, 1.0, 2.5, 9.25),
    answers=(Asked("ask", 20, 5), Asked("", 3, 1), Asked("<script>alert(1)</script>", 9, 9)),
    texts=Texts({("2026-01", "<b>&amp;"): Written(1234, 5), ("2025-12", "ask"): Written(3, 2)}),
)
EMPTY = measured([], FACTS, now=NOW)
EVERY = pytest.mark.parametrize(
    ("told", "words"),
    [(FULL, FRENCH), (FULL, ENGLISH), (COUNTED, FRENCH), (EMPTY, FRENCH), (EMPTY, ENGLISH)],
    ids=["full fr", "full en", "little fr", "empty fr", "empty en"],
)


class Reader(HTMLParser):
    """Reads a page and holds it to closing what it opens."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.tables: list[list[list[str]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "svg" not in self.open:
            self.text += data
        if {"th", "td"} & set(self.open):
            self.tables[-1][-1][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for seen, attributes in self.seen if seen == tag]


@EVERY
def test_every_tag_is_closed_and_every_name_stands_once(told: Statistics, words: Words) -> None:
    page = Reader(page_of(told, words))
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = [attributes["aria-labelledby"] for _, attributes in page.seen if "aria-labelledby" in attributes]
    assert set(labels) <= set(ids)


@EVERY
def test_the_page_loads_nothing_and_runs_nothing(told: Statistics, words: Words) -> None:
    text = page_of(told, words)
    page = Reader(text)
    assert {tag for tag, _ in page.seen}.isdisjoint(
        {"script", "img", "iframe", "object", "embed", "form", "a", "base"}
    )
    assert [each["href"] for each in page.all("link")] == ["data:,"]
    assert not re.search(r"https?:|url\(|@import|javascript:|src=|\son\w+=", text)
    (policy,) = [each["content"] for each in page.all("meta") if each.get("http-equiv")]
    assert (
        policy
        == "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )


@EVERY
def test_the_page_says_its_language_and_has_one_heading_above_all(told: Statistics, words: Words) -> None:
    page = Reader(page_of(told, words))
    assert page.all("html") == [{"lang": words.language}]
    levels = [tag for tag, _ in page.seen if re.fullmatch("h[1-6]", tag)]
    assert levels == ["h1"] + ["h2"] * (len(levels) - 1)
    assert page.all("meta")[0] == {"charset": "utf-8"}
    assert len(page.all("main")) == len(page.all("title")) == 1
    assert [each["content"] for each in page.all("meta") if each.get("name") == "viewport"] == [
        "width=device-width, initial-scale=1"
    ]


def test_every_picture_of_months_has_the_same_numbers_in_a_table() -> None:
    page = Reader(page_of(FULL, ENGLISH))
    assert page.tables[0] == [
        ["Month", "Accept", "Ask", "Decline", "Undecided", "Total"],
        ["Jan 2026", "1", "0", "1", "0", "2"],
        ["Feb 2026", "0", "2", "0", "2", "4"],
        ["Total", "1", "2", "1", "2", "6"],
    ]
    assert page.tables[1] == [
        ["Template", "Written to", "Answered", "Share", ""],
        ["ask", "20", "5", "25%", ""],
        ["(none named)", "3", "1", "too few", ""],
        ["<script>alert(1)</script>", "9", "9", "100%", ""],
        ["Total", "32", "15", "", ""],
    ]
    # A picture is nothing to a screen reader, which has the tables.
    assert {each.get("aria-hidden") for each in page.all("svg")} == {"true"}
    scrolled = [each for each in page.all("div") if each.get("class") == "scroll"]
    assert {(each["role"], each["tabindex"]) for each in scrolled} == {("region", "0")}
    assert {each.get("scope") for each in page.all("th")} == {"col", "row"}


def test_what_is_named_by_people_is_data() -> None:
    text = page_of(FULL, FRENCH)
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;&amp;amp;" in text


def test_nobody_is_named() -> None:
    events = two_months()
    names = {event.details["name"] for event in events if "name" in event.details}
    text = page_of(measured(events, FACTS, now=NOW), FRENCH)
    words = {word for name in names for word in name.split()}
    assert len(words) > 12
    assert [word for word in words if re.search(rf"\b{word}\b", text)] == []


def test_an_empty_ledger_says_so_and_what_to_do() -> None:
    page = Reader(page_of(EMPTY, FRENCH))
    assert FRENCH.nothing in page.text
    assert page.tables == []
    assert page.all("svg") == []
    later = Reader(page_of(measured(two_months(), FACTS, now=NOW, since="2026-03"), ENGLISH))
    assert "Nothing is recorded since Mar 2026; the first month with something is Dec 2025." in later.text
    assert [each.get("id") for each in later.all("section")] == [None, "now"]


def test_each_number_has_what_it_means_beside_it() -> None:
    text = Reader(page_of(FULL, ENGLISH)).text
    for means in (
        ENGLISH.now_means,
        ENGLISH.notes_mean,
        ENGLISH.received_means,
        ENGLISH.texts_mean,
        ENGLISH.sent_means,
    ):
        assert means in text
    assert ENGLISH.saved_means.format(speed=200) in text
    assert ENGLISH.days_mean.format(fewest=5) in text


def test_the_page_is_known_as_ours_by_its_first_lines() -> None:
    assert MARK in page_of(EMPTY, FRENCH)[:200]


# --- pictures ------------------------------------------------------------------------------------------------


def rectangles(svg: str, css: str = "") -> list[tuple[float, ...]]:
    pattern = rf'<rect{css} x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
    return [tuple(map(float, found)) for found in re.findall(pattern, svg)]


THREE_MONTHS = (
    '<svg class="strips narrow" viewBox="0 0 320 164" width="320" height="164" aria-hidden="true" focusable="false">'
    '<text class="name" x="0" y="13">Typed</text><text class="peak" x="24.0" y="38.0">10</text>'
    '<rect x="0.00" y="42.00" width="46.00" height="22.00"/>'
    '<rect x="96.00" y="53.00" width="46.00" height="11.00"/><path d="M0 64.5H320"/>'
    '<text class="name" x="0" y="85">Copied</text><text class="peak" x="72.0" y="88.0">20</text>'
    '<rect x="48.00" y="92.00" width="46.00" height="44.00"/>'
    '<rect x="96.00" y="133.80" width="46.00" height="2.20"/><path d="M0 136.5H320"/>'
    '<text class="month" x="0.0" y="160" text-anchor="start">Jan 2026</text>'
    '<text class="month" x="120.0" y="160" text-anchor="middle">Mar 2026</text></svg>'
)


def test_a_picture_is_drawn_as_it_was_looked_at() -> None:
    picture = Strips(("2026-01", "2026-02", "2026-03"), (("Typed", (10, 0, 5)), ("Copied", (0, 20, 1))))
    assert strips(picture, ENGLISH, NARROW) == THREE_MONTHS


def test_months_are_named_from_the_last_one_on_at_equal_distances() -> None:
    values = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1234, 1)
    months = tuple(f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13))
    one = strips(Strips(months[12:], (("Tapés", values), ("Copiés", values[::-1]))), FRENCH, NARROW)
    two = strips(Strips(months, (("Tapés", values * 2),)), FRENCH, WIDE)
    named = r'class="month" x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)">([^<]+)'
    assert re.findall(named, one) == [
        ("93.3", "middle", "avr. 2025"), ("200.0", "middle", "août 2025"), ("320.0", "end", "déc. 2025"),
    ]  # fmt: skip
    assert re.findall(named, two) == [
        ("81.7", "middle", "avr. 2024"), ("175.0", "middle", "août 2024"), ("268.3", "middle", "déc. 2024"),
        ("361.7", "middle", "avr. 2025"), ("455.0", "middle", "août 2025"), ("560.0", "end", "déc. 2025"),
    ]  # fmt: skip
    # The second strip's highest month stands below its name.
    assert re.findall(r'class="peak" x="([\d.]+)" y="([\d.]+)"', one) == [("280.0", "16.0")]


def test_the_label_of_a_high_column_keeps_off_the_name_and_off_the_edges() -> None:
    months = tuple(f"2025-{month:02}" for month in range(1, 13))

    def labelled(at: int, name: str = "Typed", high: int = 1234) -> list[tuple[str, str]]:
        values = tuple(high if month == at else 1 for month in range(12))
        other = Strips(months, ((name, values), ("Other", (1234,) * 12)))
        return re.findall(
            r'class="peak" x="([\d.]+)" y="([\d.]+)">1?', strips(other, ENGLISH, NARROW).split("Other")[0]
        )

    # A name of five letters needs 37.5 units and 8 of air; the label of five signs has 20 to each side.
    assert labelled(1) == labelled(0) == []
    assert labelled(2) == [("66.7", "16.0")]
    assert labelled(2, "Typed much") == []
    assert labelled(11) == [("300.0", "16.0")]
    # The label of a low column stands below the name.
    assert labelled(0, high=600) == [("13.3", "38.6")]


def test_columns_stand_on_one_line_and_are_as_high_as_their_numbers() -> None:
    picture = Strips(("2026-01", "2026-02", "2026-03"), (("Typed", (10, 0, 5)), ("Copied", (0, 20, 1))))
    for width in (WIDE, NARROW):
        columns = rectangles(strips(picture, ENGLISH, width))
        assert [height for *_, height in columns] == [22.0, 11.0, 44.0, 2.2]
        assert [y + height for _, y, _, height in columns] == [64.0, 64.0, 136.0, 136.0]
        assert [x for x, *_ in columns] == [0.0, 96.0, 48.0, 96.0]


@pytest.mark.parametrize("months", [1, 2, 5, 12, 24, 60, 120])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_columns_and_labels_stay_within_the_picture(months: int, width: int) -> None:
    names = tuple(f"{2016 + number // 12}-{number % 12 + 1:02}" for number in range(months))
    values = tuple(1000 * (number + 1) for number in range(months))
    svg = strips(Strips(names, (("Sans verdict", values), ("Copiés", values[::-1]))), FRENCH, width)
    for x, y, wide, high in rectangles(svg):
        assert x >= 0
        assert x + wide <= width
        assert y >= 20
        assert wide > 0
        assert high >= 1
    labels = re.findall(r'class="month" x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)">([^<]+)', svg)
    spans = [
        (float(x) - len(name) * 6.5 * {"start": 0, "middle": 0.5, "end": 1}[anchor], name)
        for x, anchor, name in labels
    ]
    edges = [(left, left + len(name) * 6.5) for left, name in spans]
    assert labels[-1][2] == FRENCH.month_name(names[-1])
    assert all(left >= -1 and right <= width + 1 for left, right in edges)
    assert all(one[1] < other[0] or other[1] < one[0] for one, other in combinations(edges, 2))


def test_a_single_one_among_thousands_can_be_seen() -> None:
    picture = Strips(("2026-01", "2026-02"), (("Typed", (9999, 1)),))
    assert [height for *_, height in rectangles(strips(picture, ENGLISH, WIDE))] == [44.0, 1.0]
    assert 'width="0.5"' in bar(0.0001, whole=False)
    assert 'width="0.0"' in bar(0.0, whole=False)


def test_the_highest_month_of_a_strip_is_labelled_unless_its_name_is_in_the_way() -> None:
    months = tuple(f"2025-{month:02}" for month in range(1, 13))
    late = Strips(months, (("Typed", (*[0] * 11, 1234)),))
    assert 'class="peak"' in strips(late, ENGLISH, NARROW)
    assert ">1,234</text>" in strips(late, ENGLISH, NARROW)
    early = Strips(months, (("Typed", (1234, *[0] * 11)),))
    assert 'class="peak"' not in strips(early, ENGLISH, NARROW)
    assert ">Typed</text>" in strips(early, ENGLISH, NARROW)
    none = Strips(months, (("Typed", (1, *[0] * 11)), ("Copied", (0,) * 12)))
    assert strips(none, ENGLISH, NARROW).count("<rect") == 1


def test_the_middle_half_lies_where_its_days_are() -> None:
    assert span(Span(1.0, 2.5, 9.0, 10), FRENCH, NARROW) == (
        '<svg class="span narrow" viewBox="0 0 320 56" width="320" height="56" aria-hidden="true" focusable="false">'
        '<rect class="track" x="0" y="6" width="320" height="24"/>'
        '<rect x="32.8" y="6" width="254.4" height="24"/>'
        '<rect class="mark" x="79.0" y="2" width="3" height="32"/>'
        '<text class="month" x="0" y="50">0</text>'
        '<text class="month" x="320" y="50" text-anchor="end">10 jours</text></svg>'
    )
    assert '<rect x="160.0" y="6" width="2.0"' in span(Span(5.0, 5.0, 5.0, 10), FRENCH, NARROW)


def test_the_end_of_a_bar_is_seen_only_where_it_is_a_whole() -> None:
    assert bar(0.25, whole=True).count("<rect") == 2
    assert bar(0.25, whole=False).count("<rect") == 1


# --- colours -------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """How bright a colour is, by WCAG 2.2's definition of relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_guidelines_define_it() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", COLOURS)
def test_every_text_can_be_read_on_every_ground(scheme: str) -> None:
    colours = COLOURS[scheme]
    for text in ("text", "quiet"):
        for ground in ("ground", "card"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("scheme", COLOURS)
def test_what_is_drawn_can_be_told_from_what_it_is_drawn_on(scheme: str) -> None:
    colours = COLOURS[scheme]
    assert contrast(colours["fill"], colours["ground"]) >= 3
    assert contrast(colours["fill"], colours["track"]) >= 3


def test_the_style_has_both_schemes_and_uses_no_colour_besides() -> None:
    assert "prefers-color-scheme:dark" in STYLE
    named = {colour for scheme in COLOURS.values() for colour in scheme.values()}
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", STYLE)) == named
    assert set(re.findall(r"var\(--(\w+)\)", STYLE)) == set(COLOURS["light"]) == set(COLOURS["dark"])
    assert STYLE.count("{") == STYLE.count("}")
