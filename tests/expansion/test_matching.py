"""The matcher alone: a state and an event go in, a state and perhaps a match come out."""

from __future__ import annotations

import pytest

from motjuste.expansion.keys import PAUSE, KeyEvent, Wait, parse_keys
from motjuste.expansion.matching import SEPARATORS, START, Match, Matcher, State
from motjuste.expansion.snippets import Snippet
from typist import snippet

BACKSPACE = KeyEvent(name="BackSpace")


def after(matcher: Matcher, keys: str, state: State = START) -> tuple[State, Match | None]:
    match = None
    for stroke in parse_keys(keys):
        assert not isinstance(stroke, Wait)
        state, match = matcher.step(state, stroke)
    return state, match


def test_a_match_says_what_stands_where() -> None:
    hello = snippet("hi", "hello", word=True)
    assert after(Matcher([hello]), "oh hi«, you»")[1] == Match(
        snippets=(hello,), trigger="hi", typed="hi", separator=",", before="oh ", tail=" you"
    )


def test_a_match_knows_the_trigger_as_written_and_as_typed() -> None:
    hello = Snippet(triggers=("yo", "Élan"), replace="hello", propagate_case=True)
    _, match = after(Matcher([hello]), "e\u0301LAN")
    assert match == Match(
        snippets=(hello,), trigger="Élan", typed="e\u0301LAN", separator="", before="", tail=""
    )


def test_a_state_can_be_used_again() -> None:
    matcher = Matcher([snippet("hi", "1"), snippet("ho", "2")])
    state, _ = after(matcher, "h")
    assert [after(matcher, key, state)[1] is not None for key in "ixo"] == [True, False, True]


def test_a_pause_means_nothing_when_nothing_waits() -> None:
    matcher = Matcher([snippet("hi", "1")])
    state, _ = after(matcher, "h")
    assert matcher.step(state, PAUSE) == (state, None)


@pytest.mark.parametrize("count", [64, 500])
def test_backspace_steps_back_over_many_keys(count: int) -> None:
    matcher = Matcher([snippet("hi", "1")], history=count)
    state, _ = after(matcher, "h" + "x" * count)
    for _ in range(count):
        state, _ = matcher.step(state, BACKSPACE)
    assert matcher.step(state, KeyEvent("i"))[1] is not None


def test_what_was_typed_long_ago_is_forgotten() -> None:
    matcher = Matcher([snippet("hi", "1", left=True)])
    state = START
    for _ in range(10_000):
        state, _ = matcher.step(state, KeyEvent("x"))
    assert len(state.typed) < 200
    steps = 0
    while state.past or state.distant_past:
        state, _ = matcher.step(state, BACKSPACE)
        steps += 1
    assert 64 <= steps < 200


def test_a_trigger_longer_than_the_history_still_fires() -> None:
    long = "ab" * 200
    _, match = after(Matcher([snippet(long, "1"), snippet(long + "c", "2")]), "x" * 300 + long + "!")
    assert match is not None
    assert (match.typed, match.tail) == (long, "!")


@pytest.mark.parametrize(
    ("trigger", "typed", "fires"),
    [
        pytest.param("straße", "STRAßE", True, id="a letter without a single capital"),
        pytest.param("straße", "STRASSE", False, id="whose capitals are two"),
        pytest.param("İo", "İO", True, id="a letter whose small form is two"),
        pytest.param("BTW", "btw", True, id="a trigger written in capitals"),
    ],
)
def test_a_trigger_in_any_case(trigger: str, typed: str, fires: bool) -> None:
    assert (after(Matcher([snippet(trigger, "1", case="uppercase")]), typed)[1] is not None) is fires


@pytest.mark.parametrize(
    "event", [KeyEvent(name=name) for name in ("Escape", "Delete", "Insert", "F5", "Focus")]
)
def test_a_key_that_may_move_the_caret_forgets_what_was_typed(event: KeyEvent) -> None:
    matcher = Matcher([snippet("hi", "1")])
    assert matcher.step(after(matcher, "h")[0], event) == (START, None)


@pytest.mark.parametrize(
    "keys",
    [
        "ctrl+bs",
        "alt+bs",
        "ctrl+a",
        "home",
        "end",
        "left",
        "up",
        "pgdn",
        "ctrl+left",
        "click",
        "focus",
        "esc",
    ],
)
def test_a_chord_or_a_move_forgets_triggers_and_expressions_alike(keys: str) -> None:
    matcher = Matcher([snippet("hi", "1"), Snippet(regex=r"h\w?i")])
    assert after(matcher, f"h<{keys}>i")[1] is None
    assert after(matcher, f"h<{keys}>")[0] == START


@pytest.mark.parametrize(
    ("trigger", "keys", "before"),
    [
        pytest.param("👩🏽‍💻!", "ab👩🏽‍💻!", "ab", id="an emoji of four code points"),
        pytest.param("👩🏽‍💻!", "ab👩🏽‍💻<bs>👩🏽‍💻!", "ab", id="which one Backspace takes away"),
        pytest.param("🇫🇷x", "a🇫🇷<bs>🇫🇷x", "a", id="a flag"),
        pytest.param("e\u0301t", "ae\u0301<bs>e\u0301t", "a", id="a letter and its accent"),
        pytest.param("ét", "ae\u0301t", "a", id="typed in two where the trigger has one"),
        pytest.param("e\u0301t", "aét", "a", id="typed as one where the trigger has two"),
        pytest.param("क्षx", "अक्ष<bs>क्षx", "अ", id="a conjunct"),
    ],
)
def test_what_a_reader_takes_for_one_character_is_one(trigger: str, keys: str, before: str) -> None:
    for each in (snippet(trigger, "1"), Snippet(regex=trigger)):
        if each.regex and ("é" in trigger) is not ("é" in keys):
            continue  # an expression says itself how an accent is written
        _, match = after(Matcher([each]), keys)
        assert match is not None
        assert (match.before, match.tail) == (before, "")


def test_a_modifier_held_with_another_is_still_no_key() -> None:
    matcher = Matcher([snippet("hi", "1")])
    state, _ = after(matcher, "h")
    assert matcher.step(state, KeyEvent(name="Alt", modifiers=frozenset({"Control"}))) == (state, None)
    assert matcher.step(state, KeyEvent("i", modifiers=frozenset({"Control"}))) == (START, None)


def test_the_separators_are_those_people_expect_and_their_typographic_twins() -> None:
    assert frozenset(" ,;:.?!(){}[]<>'\"\n\t\r\v\f\u00a0\u202f’‘“”«»…") == SEPARATORS
