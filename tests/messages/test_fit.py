"""Fit: the choice is the first that fits in reading order, whatever finishing does at the seams."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motjuste.errors import UserError
from motjuste.messages.channels import Room
from motjuste.messages.fit import FitChoice, choose
from motjuste.messages.fit_search import Search
from motjuste.messages.marks import END_FIT, FIT, OR, WEIGHTS, verbatim
from motjuste.messages.typography import finish
from motjuste.messages.wordings import Choice, Item, path_with_pins, pinned, read

Chosen = tuple[str, tuple[int, ...]]
Decided = tuple[tuple[int, int, int], ...]
"""Of each block that stands in a text: its weight below zero, its place in the tree, and what was chosen."""


UTF16 = Room((("utf16", 300),))


def within(limit: int) -> Room:
    return Room((("utf16", limit),))


def french(text: str) -> str:
    return finish(text, "fr-FR")


def marked(items: tuple[Item, ...]) -> str:
    return "".join(
        item
        if isinstance(item, str)
        else FIT + WEIGHTS[item.weight] + OR.join(marked(wording) for wording in item.wordings) + END_FIT
        for item in items
    )


def every_text(
    items: tuple[Item, ...],
    pins: Mapping[int, int],
    most: int = 9,
    numbers: Iterator[int] | None = None,
) -> list[tuple[str, Decided]]:
    """All combinations, each with its decisions in reading order; a block weighs no more than the one around it.

    Of a block with a pin there is only that wording.
    """
    numbers = itertools.count() if numbers is None else numbers
    found: list[tuple[str, Decided]] = [("", ())]
    for item in items:
        if isinstance(item, str):
            heads: list[tuple[str, Decided]] = [(item, ())]
        else:
            number, weight = next(numbers), min(item.weight, most)
            pin = pins.get(number, -1) if pins.get(number, -1) < len(item.wordings) else -1
            heads = [
                (text, ((-weight, number, index), *inner))
                for index, wording in enumerate(item.wordings)
                # Of all of them, so that every block is numbered.
                for text, inner in every_text(wording, pins, weight, numbers)
                if pin in (-1, index)
            ]
        found = [(text + more, path + further) for text, path in found for more, further in heads]
    return found


def brute_force(
    items: tuple[Item, ...], pins: Mapping[int, int], finished: Callable[[str], str], room: Room
) -> Chosen | None:
    """Of the texts that fit, the one whose decisions come first: the heavier before the earlier."""
    fitting = [(text, path) for text, path in every_text(items, pins) if room.overflow(finished(text)) is None]
    if not fitting:
        return None
    text, path = min(fitting, key=lambda one: sorted(one[1]))
    return text, tuple(index for _, _, index in path)


PIECES = [
    "mot", "Marie", "l'été", "a", "b", "1", "10", "anticonstitution", " ", "  ", "\n", "\n\n", "!", " !",
    "?", ",", " ,", ".", " .", "..", "...", ":", " :", ";", "«", "»", "« ", " »", "€", " %", "'", "’",
    "-", "– ", " –", "(", ")", "\u00a0", "\u202f", "\u0301", "🚀", "❤️", "œ", "~", "",
    verbatim("l'été  !"), verbatim(" "), verbatim("..."), verbatim("a : b"),
]  # fmt: skip
LINKS = [
    "http",
    "s",
    "://",
    "exemple.org",
    "/",
    "@",
    "www.",
    "marie",
    ".com",
    "https://a.fr/b?c",
    "@ami@lieu.fr",
    "a.fr/l'ami",
    verbatim("https://a.fr"),
]


def trees(pieces: list[str]) -> st.SearchStrategy[tuple[Item, ...]]:
    text = st.lists(st.sampled_from(pieces), max_size=5).map("".join)
    items = st.lists(text, max_size=3).map(tuple)
    for _ in range(2):
        inside = items
        choice = st.builds(
            Choice,
            st.lists(inside, min_size=1, max_size=3).map(tuple),
            st.sampled_from([1, 1, 1, 0, 2, 9]),
        )
        items = st.lists(text | choice, max_size=4).map(tuple)
    return items.filter(lambda tree: how_many(tree) < 400)


def how_many(items: tuple[Item, ...]) -> int:
    return math.prod(sum(map(how_many, item.wordings)) for item in items if isinstance(item, Choice))


ROOMS = [
    ("utf16",),
    ("codepoints",),
    ("graphemes",),
    ("bytes",),
    ("x-weighted",),
    ("sms",),
    ("graphemes", "bytes"),
]


CASES = given(
    items=trees(PIECES) | trees(PIECES + LINKS),
    units=st.sampled_from(ROOMS),
    share=st.floats(0, 1),
    links=st.sampled_from([None, None, 23]),
    locale=st.sampled_from(["fr-FR", "fr-CA", "en"]),
    typography=st.sampled_from(["typographic", "nbsp", "plain"]),
    pins=st.just({}) | st.dictionaries(st.integers(0, 6), st.integers(0, 3), max_size=4),
)


def check_choice(
    items: tuple[Item, ...],
    units: tuple[str, ...],
    share: float,
    links: int | None,
    locale: str,
    typography: str,
    pins: Mapping[int, int],
) -> None:
    def finished(text: str) -> str:
        return finish(text, locale, typography)

    everything = [finished(text) for text, _ in every_text(items, pins)]
    limits = []
    for unit in units:
        lengths = sorted(Room(((unit, None),), links).length(text) for text in everything)
        limits.append((unit, lengths[round(share * (len(lengths) - 1))] - (share == 0)))
    room = Room(tuple(limits), links)

    fitted = choose(marked(items), finished, room, pins)
    expected = brute_force(items, pins, finished, room)

    found = fitted.first and (fitted.first.text, tuple(choice.chosen for choice in fitted.first.choices))
    assert found == expected
    # The search has its say too where a few tries would have been enough.
    whole = read(marked(items))
    path = Search(pinned(whole, pins), finished, room).first_that_fits()
    searched = None if path is None else tuple(path_with_pins(whole, iter(path), pins))
    assert searched == (None if expected is None else expected[1])
    if len(units) == 1:
        assert room.length(finished(fitted.shortest.text)) == min(map(room.length, everything))


@CASES
@settings(deadline=None, max_examples=80)
def test_the_choice_is_the_first_that_fits_of_all_there_are(**case: Any) -> None:
    check_choice(**case)


@pytest.mark.full
@CASES
@settings(deadline=None, max_examples=10_000)
def test_the_choice_is_the_first_that_fits_in_many_more_cases(**case: Any) -> None:
    check_choice(**case)


@pytest.mark.parametrize(
    ("items", "unit", "length"),
    [
        pytest.param(("https://a.fr/u!", Choice((("5%/x",), ("5",)))), "utf16", 19, id="a sign in a link"),
        pytest.param(
            ("anticonstitutionnellement", Choice(((".com/aaaaaaaaaaaaaaaaaaaaaaaaa",), ("",)))),
            "x-weighted", 23, id="a long word turns out to begin a link",
        ),
        pytest.param(("l'ami", Choice((("@x.fr",), ("",)))), "bytes", 10, id="an apostrophe is part of an address"),
        pytest.param(("l'été.", Choice((("@mot",), ("",)))), "bytes", 12, id="a full stop is part of an address"),
        pytest.param(("l'été .", Choice((("@mot",), ("",)))), "bytes", 12, id="so is one after a space that goes"),
        pytest.param(("l'été ", Choice(((".@mot",), ("",)))), "bytes", 12, id="or that will go"),
        pytest.param(("constituc", Choice((("\u0327",), ("",)))), "codepoints", 9, id="a mark joins its letter"),
        pytest.param(("mot..", Choice(((".",), ("",)))), "utf16", 4, id="three full stops become one sign"),
        pytest.param(("10 ", Choice((("€",), ("",)))), "bytes", 7, id="a sign makes the space before it wider"),
    ],
)  # fmt: skip
def test_a_later_wording_changes_what_an_earlier_text_costs(
    items: tuple[Item, ...], unit: str, length: int
) -> None:
    for room in (Room(((unit, length),)), Room(((unit, length - 1),))):
        fitted = choose(marked(items), french, room)
        found = fitted.first and (fitted.first.text, tuple(choice.chosen for choice in fitted.first.choices))
        assert found == brute_force(items, {}, french, room)
    assert brute_force(items, {}, french, Room(((unit, length),)))[1] == (0,)  # type: ignore[index]


def test_two_limits_must_both_hold_for_the_same_wording() -> None:
    text = marked((Choice((("éé",), ("abc",))),))
    assert choose(text, french, Room((("graphemes", 2), ("bytes", 3)))).first is None
    found = choose(text, french, Room((("graphemes", 3), ("bytes", 3)))).first
    assert found
    assert found.text == "abc"


def test_the_shortest_text_message_is_the_one_with_the_fewest_parts() -> None:
    text = marked((Choice((("a" * 161,), ("ê" * 60,))),))
    assert choose(text, french, Room((("sms", 3),))).shortest.text == "ê" * 60


def test_a_sign_outside_the_alphabet_counts_though_another_goes_at_a_seam() -> None:
    inner = Choice(((), ("motmotmotmotmot", "motmotmotmot :")))
    row = ("mot", "motmotmot...l'été !", Choice((("mothttps://a.fr/b?c", inner, "mot"),)))
    fitted = choose(marked(row), french, Room((("sms", 1),)))
    assert fitted.shortest.text == "motmotmotmot...l'été !mothttps://a.fr/b?cmot"


def test_a_sign_that_no_part_of_a_text_message_may_split_is_reckoned_with() -> None:
    text = marked(("a" * 152 + "€", Choice((("a" * 152,), ("b",)))))
    found = choose(text, french, Room((("sms", 2),))).first
    assert found
    assert [choice.chosen for choice in found.choices] == [1]


def test_a_hundred_blocks_that_may_be_left_out_are_not_too_many() -> None:
    blocks = [
        (Choice(((f"Merci numéro {number} à tous !",), (f"Merci {number} !",), ())), " ")
        for number in range(100)
    ]
    fitted = choose(marked(tuple(itertools.chain(*blocks))), french, within(300))
    assert fitted.first
    assert 290 < UTF16.length(french(fitted.first.text)) <= 300


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(
            40, "Bonjour Marie, merci infiniment. À bientôt", id="the fullest wordings when there is room"
        ),
        pytest.param(39, "Bonjour Marie, merci infiniment.", id="the later block gives way first"),
        pytest.param(
            31, "Bonjour Marie, merci. À bientôt", id="a shorter earlier block leaves room for the later"
        ),
        pytest.param(20, "Bonjour Marie, merci", id="the empty wording makes a block optional"),
    ],
)
def test_the_earlier_block_keeps_its_fullest_wording(limit: int, expected: str) -> None:
    text = marked(
        (
            "Bonjour Marie, ",
            Choice((("merci infiniment.",), ("merci.",), ("merci",))),
            Choice(((" À bientôt",), ("",))),
        )
    )
    fitted = choose(text, french, within(limit + 2 * (limit == 40)))
    assert fitted.first
    assert french(fitted.first.text) == expected


def test_an_outer_block_is_chosen_before_those_inside_it() -> None:
    inner = Choice((("Marie Dupont",), ("Marie",)))
    text = marked((Choice((("Bonjour ", inner), ("Salut ", inner))),))
    fitted = choose(text, french, within(13))
    assert fitted.first
    assert fitted.first.text == "Bonjour Marie"
    assert [choice.chosen for choice in fitted.first.choices] == [0, 1]


def test_each_choice_tells_all_its_wordings_and_what_they_cost() -> None:
    fitted = choose(marked((Choice((("Merci !",), ("Merci",), ())),)), french, within(5))
    assert fitted.first
    (choice,) = fitted.first.choices
    assert choice == FitChoice(1, (("Merci\u202f!", 7), ("Merci", 5), ("", 0)), (7, 5, 0))


def test_each_choice_tells_what_the_whole_would_have_cost_with_its_other_wordings() -> None:
    inner = Choice((("Marie Dupont",), ("Marie",)))
    row = (Choice((("Bonjour ", inner), ("Salut",))), ",", Choice(((" merci !",), ())))
    fitted = choose(marked(row), french, within(15))
    assert fitted.first
    assert french(fitted.first.text) == "Bonjour Marie,"
    assert fitted.first.choices == (
        FitChoice(0, (("Bonjour Marie", 13), ("Salut", 5)), (14, 6)),
        FitChoice(1, (("Marie Dupont", 12), ("Marie", 5)), (21, 14)),
        FitChoice(1, (("merci\u202f!", 7), ("", 0)), (22, 14)),
    )


def test_a_pinned_wording_stays_whatever_that_costs_the_others() -> None:
    inner = Choice((("Marie Dupont",), ("Marie",)))
    row = (Choice((("Bonjour ", inner), ("Salut",))), ",", Choice(((" merci !",), ())))
    fitted = choose(marked(row), french, within(16), {2: 0})
    assert fitted.first
    assert french(fitted.first.text) == "Salut, merci\u202f!"
    assert fitted.first.choices == (
        FitChoice(1, (("Bonjour Marie Dupont", 20), ("Salut", 5)), (29, 14)),
        FitChoice(0, (("merci\u202f!", 7), ("", 0)), (14, 6)),
    )
    assert [choice.block for choice in fitted.first.choices] == [0, 2]
    assert fitted.first.blocks == (2, 2, 2)


def test_a_pin_for_what_is_not_there_changes_nothing() -> None:
    text = marked((Choice((("Merci !",), ("Merci",), ())),))
    assert choose(text, french, within(5), {0: 3, 7: 0}) == choose(text, french, within(5))


@pytest.mark.parametrize(
    ("weights", "limit", "expected"),
    [
        pytest.param((1, 1), 11, "aaaaaaaa cc", id="of two equals the later gives way first"),
        pytest.param((1, 2), 11, "bb dddddddd", id="the lighter gives way first, though it is the earlier"),
        pytest.param((0, 1), 11, "bb dddddddd", id="weight 0 gives way before one without a weight"),
        pytest.param((0, 1), 17, "aaaaaaaa dddddddd", id="with room enough none gives way"),
        pytest.param((1, 9), 5, "bb cc", id="with very little all do"),
    ],
)
def test_the_lightest_block_gives_way_first(weights: tuple[int, int], limit: int, expected: str) -> None:
    row = (
        Choice((("aaaaaaaa",), ("bb",)), weights[0]),
        " ",
        Choice((("dddddddd",), ("cc",)), weights[1]),
    )
    fitted = choose(marked(row), french, within(limit))
    assert fitted.first
    assert fitted.first.text == expected


def test_a_lighter_block_on_the_way_is_passed_in_the_shortest_of_its_wordings() -> None:
    row = (Choice((("bb",), ("aaaaaaaa",)), 0), " ", Choice((("dddddddd",), ("cc",))))
    fitted = choose(marked(row), french, within(11))
    assert fitted.first
    assert fitted.first.text == "bb dddddddd"


def test_thirty_lighter_blocks_know_of_the_heavier_one_behind_them() -> None:
    light = Choice(((f"Merci {'bien ' * 9}",), ("Merci bien",), ("Merci",), ("a",)), 0)
    row = (light, " ") * 30 + (Choice((("m" * 100,), ("m",))),)
    fitted = choose(marked(row), french, within(164))
    assert fitted.first
    assert french(fitted.first.text) == "Merci " + "a " * 29 + "m" * 100


def test_a_block_weighs_no_more_than_the_one_around_it() -> None:
    heavy = Choice((("dddddddd",), ("cc",)), 9)
    row = (Choice((("aaaaaaaa",), ("bb",)), 1), " ", Choice(((heavy,), ()), 0))
    fitted = choose(marked(row), french, within(11))
    assert fitted.first
    assert fitted.first.text == "aaaaaaaa cc"


@pytest.mark.parametrize("room", [within(9000), within(30)], ids=["ample", "none"])
def test_blocks_without_number_are_chosen_among(room: Room) -> None:
    row: list[Item] = [Choice((("oui ",), ()))] * 2000
    fitted = choose(marked(tuple(row)), french, room)
    assert fitted.first
    assert fitted.first.text == "oui " * (2000 if room == within(9000) else 7)


def test_what_finishing_removes_at_a_seam_is_not_counted() -> None:
    text = marked(("Merci", Choice(((" vous",), ("",))), " , Marie"))
    fitted = choose(text, french, within(12))
    assert fitted.first
    assert french(fitted.first.text) == "Merci, Marie"


def test_nothing_fits_and_the_shortest_is_told() -> None:
    fitted = choose(marked((Choice((("long texte",), ("court",))), ".")), french, within(5))
    assert fitted.first is None
    assert french(fitted.shortest.text) == "court."


def test_a_text_without_blocks_fits_or_does_not() -> None:
    assert choose("Merci", french, within(5)).first
    assert choose("Merci", french, within(4)).first is None


@pytest.mark.parametrize("broken", [FIT + "a", OR, "a" + END_FIT, FIT + "a" + OR], ids=ascii)
def test_a_block_that_a_filter_cut_apart_is_an_error(broken: str) -> None:
    with pytest.raises(UserError, match="cut apart by a filter"):
        read(broken)


def test_blocks_nested_without_end_are_an_error() -> None:
    with pytest.raises(UserError, match="nested more than 40 deep"):
        read(FIT * 50)


def test_blocks_that_only_glue_emoji_together_are_refused_and_not_computed_for_ever() -> None:
    block = Choice((("🚀🚀",), ("😀",), ("🎉",), ()))
    with pytest.raises(UserError, match="depend on each other in too many ways"):
        choose(marked((block,) * 30), french, within(30))


def test_limits_that_pull_different_ways_are_refused_when_it_would_take_too_long() -> None:
    block = Choice((("abcdefghij",), ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦 1",), ("abcdefghi",), ("👨‍👩‍👧‍👦é 1",)))
    with pytest.raises(UserError, match="depend on each other in too many ways"):
        choose(marked((block, " ") * 30), french, Room((("graphemes", 200), ("bytes", 600))))


@pytest.mark.parametrize("gap", ["", " ", "\n\n", " – "], ids=["glued", "spaced", "paragraphs", "dashes"])
@pytest.mark.parametrize("limit", [2000, 700, 100], ids=str)
@pytest.mark.parametrize("weights", [1, 10], ids=["one weight", "ten weights"])
def test_thirty_blocks_of_four_wordings_are_chosen_among(gap: str, limit: int, weights: int) -> None:
    row: list[Item] = []
    for number in range(30):
        long = f"Merci numéro {number} de votre invitation si aimable !"
        wordings = ((long,), (f"Merci {number} pour votre mot.",), (f"Merci {number} !",), ())
        row += [Choice(wordings, number % weights), gap]
    # The time is in `benchmarks/fit_time.py`; trying all of 4 to the power of 30 would not end at all.
    fitted = choose(marked(tuple(row)), french, within(limit))
    assert fitted.first
    assert UTF16.length(french(fitted.first.text)) <= limit
