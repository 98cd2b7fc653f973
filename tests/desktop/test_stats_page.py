"""The page of `motjuste stats` in a real browser: narrow and wide, light and dark, in French and English."""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bench.display import private_environment, program
from bench.windows import CHROMIUM

from motjuste.inbox.events import VERDICTS
from motjuste.inbox.statistics import (
    Asked,
    Days,
    Notes,
    Now,
    Received,
    Saved,
    SentMonth,
    Statistics,
    Texts,
    Written,
)
from motjuste.report.page import page_of
from motjuste.report.style import COLOURS
from motjuste.report.words import ENGLISH, FRENCH

WIDTHS = (360, 760, 1400)
SCHEMES = {"dark": 0, "light": 1}
"""As Chromium numbers what the system prefers."""
NOW = datetime(2026, 2, 12, 10, 30, tzinfo=UTC)
NONE = Statistics(as_of=NOW, notes=Notes("2026-02", 0, 5))
MONTHS = [f"{NOW - timedelta(days=30 * ago):%Y-%m}" for ago in range(30, -1, -1)]
FULL = Statistics(
    as_of=NOW,
    received=Received(
        {
            month: dict.fromkeys(VERDICTS, 11 * at % 97) | {"undecided": 13 * at % 210}
            for at, month in enumerate(MONTHS)
        }
    ),
    sent={month: SentMonth(7 * at % 30, 5 * at % 23, at % 9, at % 3) for at, month in enumerate(MONTHS)},
    now=Now(open=3200, undecided=2874, answered=19, due=127),
    notes=Notes("2026-02", 3, 5),
    answers=(
        Asked("ask", 1196, 477),
        Asked("a-template-with-quite-a-long-name-of-its-own-that-has-to-be-wrapped-somewhere", 151, 13),
        Asked("décliner & « remercier »", 4, 2),
    ),
    days=Days(490, 1.6, 2.5, 9.25),
    texts=Texts(
        {
            (month, name): Written(17 * at % 41, 3 * at % 19)
            for at, month in enumerate(MONTHS)
            for name in ("ask", "invite", "a-template-with-quite-a-long-name")
        }
    ),
    saved=Saved(texts=1414, left_out=8, keystrokes=1_382_086),
    first_month="2023-08",
)
LITTLE = Statistics(
    as_of=NOW,
    received=Received({"2026-02": dict.fromkeys(VERDICTS, 0) | {"undecided": 1}}),
    notes=Notes("2026-02", 0),
    first_month="2026-02",
)
PAGES = {
    "full-fr": page_of(FULL, FRENCH),
    "full-en": page_of(FULL, ENGLISH),
    "little-fr": page_of(LITTLE, FRENCH),
    "empty-fr": page_of(NONE, FRENCH),
}
# Looks into frames that hold the pages; the pages themselves run nothing.
LOOK = """
function ground(element, view) {
  for (let each = element; each; each = each.parentElement) {
    const colour = view.getComputedStyle(each).backgroundColor;
    if (colour !== "rgba(0, 0, 0, 0)") return colour;
  }
  return "none";
}
function shown(element) { return element.getClientRects().length > 0; }
function look(frame) {
  const page = frame.contentDocument, view = frame.contentWindow, root = page.documentElement;
  const colours = new Set(), beyond = [], clipped = [], scrolled = [], overlapping = [];
  const walker = page.createTreeWalker(page.body, 4);
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    if (!text.data.trim() || !shown(element)) continue;
    const style = view.getComputedStyle(element);
    const svg = element.closest("svg");
    colours.add((svg ? style.fill : style.color) + " on " + ground(svg ? svg.parentElement : element, view));
    const range = page.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    const table = element.closest(".scroll");
    if (table && table.scrollWidth > table.clientWidth) continue;
    if (box.left < -0.5 || box.right > view.innerWidth + 0.5) beyond.push(text.data);
  }
  for (const element of page.querySelectorAll("body *:not(svg *)")) {
    if (!shown(element) || element.scrollWidth <= element.clientWidth + 1 || !element.clientWidth) continue;
    if (element.matches(".scroll[tabindex='0'][role='region'][aria-labelledby]")) {
      scrolled.push(element.closest("section").id);
    } else {
      clipped.push(element.tagName + "." + element.className);
    }
  }
  for (const svg of page.querySelectorAll("figure svg")) {
    if (!shown(svg)) continue;
    const outer = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")].map(each => [each.textContent, each.getBoundingClientRect()]);
    boxes.forEach(([name, box], at) => {
      if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.bottom > outer.bottom + 1
          || box.top < outer.top - 1) clipped.push(name);
      for (const [other, its] of boxes.slice(at + 1)) {
        if (box.left < its.right && its.left < box.right && box.top < its.bottom - 4 && its.top < box.bottom - 4)
          overlapping.push(name + " | " + other);
      }
    });
  }
  return {
    name: frame.name, width: view.innerWidth, content: root.scrollWidth, room: root.clientWidth,
    colours: [...colours].sort(), beyond, clipped, scrolled, overlapping,
    pictures: [...page.querySelectorAll("figure svg")].filter(shown).map(each => each.className.baseVal),
    loaded: view.performance.getEntriesByType("resource").map(each => each.name),
    language: root.lang, title: page.title, text: page.body.innerText.length,
  };
}
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(look);
  document.body.innerHTML = "<pre></pre>";
  document.querySelector("pre").textContent = JSON.stringify(found);
});
"""


@dataclass(frozen=True)
class Seen:
    """What the browser made of the pages, by name and width, and what it complained about."""

    pages: dict[tuple[str, int], dict[str, Any]]
    console: list[str]


@pytest.fixture(scope="module", params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def seen(scheme: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """All pages in all widths, in one start of the browser."""
    folder = tmp_path_factory.mktemp(scheme)
    for name, page in PAGES.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    frames = "".join(
        f'<iframe name="{name}" src="{name}.html" style="border:0;width:{width}px;height:900px"></iframe>'
        for name in PAGES
        for width in WIDTHS
    )
    outer = folder / "frames.html"
    outer.write_text(f"<!DOCTYPE html><body>{frames}<script>{LOOK}</script>", "utf-8")
    command = [
        program("chromium", "chromium-browser", "google-chrome"),
        *(each for each in CHROMIUM if not each.startswith("--ozone-platform")),
        "--headless",
        f"--user-data-dir={folder / 'profile'}",
        f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
        "--allow-file-access-from-files",  # one page may look into another's frame
        "--enable-logging=stderr",
        "--dump-dom",
        outer.as_uri(),
    ]
    done = subprocess.run(
        command,
        env=private_environment("", folder),
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=True,
    )
    (found,) = re.findall(r"<pre>(.*?)</pre>", done.stdout, re.DOTALL)
    told = json.loads(html.unescape(found))
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return Seen({(each["name"], each["width"]): each for each in told}, console)


def luminance(channels: list[int]) -> float:
    """How bright a colour is, by WCAG 2.2's definition of relative luminance."""
    red, green, blue = (
        each / 255 / 12.92 if each <= 10 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text_on_ground: str) -> float:
    text, ground = (
        [int(part) for part in re.findall(r"\d+", colour)] for colour in text_on_ground.split(" on ")
    )
    darker, lighter = sorted((luminance(text), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_the_browser_has_nothing_to_complain_about_and_loads_nothing_else(seen: Seen) -> None:
    assert seen.console == []
    assert {key: each["loaded"] for key, each in seen.pages.items() if each["loaded"]} == {}
    assert sorted(seen.pages) == sorted((name, width) for name in PAGES for width in WIDTHS)


def test_no_page_is_wider_than_its_window_and_no_text_is_cut(seen: Seen) -> None:
    wide = {key: each["content"] for key, each in seen.pages.items() if each["content"] > each["room"]}
    cut = {key: (each["beyond"], each["clipped"]) for key, each in seen.pages.items()}
    assert wide == {}
    assert {key: each for key, each in cut.items() if each != ([], [])} == {}


def test_only_eight_columns_of_large_numbers_are_scrolled_in_the_narrowest_window(seen: Seen) -> None:
    scrolled = {key: each["scrolled"] for key, each in seen.pages.items() if each["scrolled"]}
    assert scrolled == {("full-fr", 360): ["received"], ("full-en", 360): ["received"]}


def test_no_label_of_a_picture_runs_into_another(seen: Seen) -> None:
    assert {key: each["overlapping"] for key, each in seen.pages.items() if each["overlapping"]} == {}


def test_every_text_has_the_colours_of_its_scheme_and_enough_contrast(seen: Seen, scheme: str) -> None:
    colours = COLOURS[scheme]
    allowed = {
        f"{rgb(colours[text])} on {rgb(colours[ground])}"
        for text in ("text", "quiet")
        for ground in ("ground", "card")
    }
    used = {pair for each in seen.pages.values() for pair in each["colours"]}
    assert used == allowed
    assert min(map(contrast, used)) >= 4.5


def test_a_window_shows_the_picture_that_is_drawn_for_its_width(seen: Seen) -> None:
    kinds = ("strips", "span", "strips", "strips")
    for name in ("full-fr", "full-en"):
        assert seen.pages[name, 360]["pictures"] == [f"{kind} narrow" for kind in kinds]
        assert seen.pages[name, 1400]["pictures"] == [f"{kind} wide" for kind in kinds]
    assert seen.pages["empty-fr", 360]["pictures"] == []


def test_each_page_says_its_language_and_what_it_is(seen: Seen) -> None:
    assert {(each["language"], each["title"]) for each in seen.pages.values()} == {
        ("fr", "Vos invitations en chiffres"),
        ("en", "Your invitations in numbers"),
    }
    assert all(each["text"] > 200 for each in seen.pages.values())
