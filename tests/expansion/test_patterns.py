"""Triggers that are regular expressions, and snippets that have to be confirmed."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from motjuste.expansion.expressions import what_is_wrong
from motjuste.expansion.keys import KeyEvent, Wait, parse_keys
from motjuste.expansion.matching import SEPARATORS, START, Match, Matcher, State
from motjuste.expansion.snippets import Snippet
from typist import snippet

TAB = KeyEvent(name="Tab")


def pattern(regular: str, **values: bool | str) -> Snippet:
    return Snippet(regex=regular, replace="R", source="mine.yml:1", **values)


def every_match(matcher: Matcher, keys: str) -> list[Match]:
    """The matches of typing `keys` and resting then, each left as it was typed."""
    state, found = START, []
    for stroke in parse_keys(keys + "<pause>"):
        assert not isinstance(stroke, Wait)
        state, match = matcher.step(state, stroke)
        while match:
            found.append(match)
            state, match = matcher.step(state, KeyEvent(match.tail)) if match.tail else (state, None)
    return found


def told(keys: str, *snippets: Snippet) -> list[str]:
    """What was typed at each match, between brackets, with what stands beside it."""
    matches = every_match(Matcher(snippets), keys)
    return [f"{m.before}[{m.typed}]{m.separator}{m.tail}" for m in matches]


@pytest.mark.parametrize(
    ("regular", "keys", "matches"),
    [
        pytest.param(r"num\d{1,3}s", "num134s", ["[num134s]"], id="counted digits"),
        pytest.param(r"\bfoo\d", "x foo1", ["x [foo1]"], id="the context is not part of it"),
        pytest.param(r"\bfoo\d", "xfoo1", [], id="the context has to be there"),
        pytest.param(r"(?<=€ )\d\d", "€ 12", ["€ [12]"], id="what it looks behind at stays"),
        pytest.param(r"(?<=€ )\d\d", "$ 12", [], id="what it looks behind at is wanted"),
        pytest.param(r"q(?=u)", "qu", [], id="nothing stands ahead of the caret"),
        pytest.param(r"\d+s", "a134s", ["a[134s]"], id="greedy takes all there is"),
        pytest.param(r"h\((.*?)\)", "h(h(x)", ["h([h(x)]"], id="lazy takes the least there is"),
        pytest.param(r":t\d+", ":t12 ", ["[:t12] "], id="an open end waits for all of it"),
        pytest.param(r":t\d+", ":t12", ["[:t12]"], id="or for a pause"),
        pytest.param(r":t\d{2}", ":t123", ["[:t12]", ], id="a closed end fires at once"),
        pytest.param(r"a|ab", "ab", ["[ab]"], id="the longer way to match wins"),
        pytest.param(r"(a|b)\1", "ab bb", ["ab [bb]"], id="a pattern may refer back"),
        pytest.param(r"(?P<q>['\"])\w+(?P=q)", "'a\" 'bc'", ["'a\" ['bc']"], id="by a name too"),
        pytest.param(r"(?x) a b  # two letters", "ab", ["[ab]"], id="a verbose one with a comment"),
        pytest.param(r"(?<=(?:a|[(])x)b", "(xb", ["(x[b]"], id="brackets where it looks behind"),
        pytest.param(r"(?i)abc", "aBC", ["[aBC]"], id="one without regard to case"),
        pytest.param(r"^ab", "ab ab", ["[ab]"], id="the start of what is known"),
        pytest.param(r"é\d", "e\u0301é1", ["e\u0301[é1]"], id="an accented letter"),
        pytest.param(r"👍\d", "👍1", ["[👍1]"], id="an emoji"),
        pytest.param(r"\w+!", "ab<bs>c!", ["[ac!]"], id="Backspace takes a character out of it"),
        pytest.param(r":g\d", ":gx<bs>1", ["[:g1]"], id="Backspace steps back"),
        pytest.param(r":g\d", ":g<left>1", [], id="a move of the caret forgets"),
        pytest.param(r":g\d", "«a :g1 b»", ["a [:g1] b"], id="one key that delivers all of it"),
        pytest.param(r":g\d", ":g1:g2", ["[:g1]", ":g1[:g2]"], id="twice in a row"),
        pytest.param(r"a\s?b", "ab a b", ["[ab]", "ab [a b]"], id="a blank inside"),
        pytest.param(r"ab\n", "ab<enter>", ["[ab\n]"], id="a line's end inside"),
        pytest.param(r"(?<!\b)!", "!", ["[!]"], id="no boundary before it"),
        pytest.param(r"x.*y", "x1y2y", ["[x1y2y]"], id="a wildcard goes on until a pause"),
    ],
)  # fmt: skip
def test_a_regular_expression_matches_what_ends_at_the_caret(
    regular: str, keys: str, matches: list[str]
) -> None:
    assert told(keys, pattern(regular)) == matches


def test_what_was_matched_is_not_matched_again() -> None:
    assert told("abcbc", pattern("ab"), pattern("bc")) == ["[ab]", "abc[bc]"]


def test_text_that_was_not_typed_is_context_and_nothing_more() -> None:
    matcher = Matcher([pattern(r"\bab\d"), pattern("x\\d")])
    match = None
    state = matcher.standing("ab")
    assert matcher.step(state, KeyEvent("1"))[1] is None
    for key in "ab1":
        state, match = matcher.step(state, KeyEvent(key))
    assert match is None
    state = matcher.standing("c ")
    for key in "ab1":
        state, match = matcher.step(state, KeyEvent(key))
    assert match is not None
    assert (match.before, match.typed) == ("c ", "ab1")


@pytest.mark.parametrize("back", [0, 100, 512 - len("<>")])
def test_a_match_reaches_back_over_512_characters(back: int) -> None:
    (match,) = every_match(Matcher([pattern("<[^<>]*>")]), "x" * 2000 + f"<lt>{'y' * back}>")
    assert len(match.typed) == back + 2


def test_a_match_reaches_no_further_than_that() -> None:
    assert every_match(Matcher([pattern("<[^<>]*>")]), f"<lt>{'y' * 511}>") == []


def test_the_start_of_what_is_kept_is_not_taken_for_a_start() -> None:
    assert len(every_match(Matcher([pattern("^x")]), "x" * 3000)) == 1
    assert every_match(Matcher([pattern("^x+y")]), "x" * 1200 + "<bs>" * 200 + "y") == []


def test_a_backspace_into_text_that_was_not_typed_makes_room_for_what_is() -> None:
    matcher = Matcher([pattern(r"b\d")])
    state, match = matcher.standing("ab"), None
    for event in (KeyEvent(name="BackSpace"), KeyEvent("b"), KeyEvent("1")):
        state, match = matcher.step(state, event)
    assert match is not None
    assert (match.before, match.typed) == ("a", "b1")


def test_the_groups_are_variables_and_the_expression_is_the_trigger() -> None:
    hello = pattern(r"hello\((?P<name>.*?)(?P<more>,.*)?\)")
    (match,) = every_match(Matcher([hello]), "hello(Zoé)")
    assert (match.snippets, match.trigger) == ((hello,), hello.regex)
    assert match.variables == {"name": "Zoé", "more": ""}
    assert "Zoé" not in repr(match)


@pytest.mark.parametrize(
    ("keys", "matches"),
    [
        pytest.param("my", ["[my]"], id="a pause lets the shorter trigger fire"),
        pytest.param("mytself!", ["[mytself]!"], id="the longer regular expression wins"),
        pytest.param("myte!", ["[my]te!"], id="ruled out, it lets the shorter one fire"),
        pytest.param("my!", ["[my]!"], id="at once where nothing longer can follow"),
        pytest.param("se", ["[se]"], id="a trigger elsewhere is not held up"),
        pytest.param(":g1", ["[:g1]"], id="a pause lets the shorter expression fire"),
        pytest.param(":g12", ["[:g12]"], id="a longer trigger wins over an expression"),
        pytest.param(":g13", ["[:g1]3"], id="ruled out, it lets the expression fire"),
        pytest.param("(my", ["([my]"], id="a bracket is no trigger"),
        pytest.param("no1Z", ["[no1Z]"], id="an expression in any case is waited for in any case"),
        pytest.param("on1", ["[on1]"], id="and one of several ways to match"),
        pytest.param("ho1z", ["[ho1z]"], id="what is repeated may be missing"),
        pytest.param("xyself1", ["[xyself1]"], id="a trigger inside a fixed beginning waits too"),
        pytest.param("xyself!", ["xy[se]lf!"], id="and fires once that is ruled out"),
    ],
)
def test_the_longest_wins_whatever_its_kind(keys: str, matches: list[str]) -> None:
    snippets = [
        snippet("my", "1"),
        snippet("se", "3"),
        pattern(r"my\w+self"),
        pattern(r":g\d"),
        snippet(":g12", "2"),
        snippet("no", "4"),
        pattern(r"NO\dz", propagate_case=True),
        snippet("on", "5"),
        pattern(r"on\d|yes"),
        snippet("ho", "6"),
        pattern(r"hoa*\dz"),
        pattern(r"xyself\d"),
    ]
    assert told(keys, *snippets) == matches


def test_an_expression_that_may_begin_with_anything_holds_nothing_up() -> None:
    matcher = Matcher([snippet("btw", "1"), pattern(r"\w+!!")])
    state = START
    for key in "bt":
        state, _ = matcher.step(state, KeyEvent(key))
    assert matcher.step(state, KeyEvent("w"))[1] is not None


def test_a_trigger_and_an_expression_that_are_both_typed_are_both_offered() -> None:
    one, two, three = snippet(":g1", "T"), pattern(r":g\d"), pattern(r":(?P<letter>\w)1")
    (match,) = every_match(Matcher([two, one, three]), ":g1")
    assert (match.snippets, match.variables) == ((two, one, three), {"letter": "g"})


def test_of_two_groups_with_one_name_the_first_expression_has_the_word() -> None:
    (match,) = every_match(Matcher([pattern(":(?P<v>g)1"), pattern(":g(?P<v>1)")]), ":g1")
    assert match.variables == {"v": "g"}


def test_of_two_that_end_together_the_longer_one_is_meant() -> None:
    assert told("ab1", snippet("b1", "T"), pattern(r"ab\d")) == ["[ab1]"]
    assert told("ab1", snippet("ab1", "T"), pattern(r"b\d")) == ["[ab1]"]


@pytest.mark.parametrize(
    ("values", "keys", "matches"),
    [
        pytest.param({"left_word": True}, "xab1 ab2", ["xab1 [ab2]"], id="only where a word begins"),
        pytest.param({"right_word": True}, "ab1x ab2,", ["ab1x [ab2],"], id="only where a word ends"),
        pytest.param({"at_rest": True}, "ab1x xab1 ab2", ["ab1x xab1 [ab2]"], id="only at rest"),
        pytest.param({"at_rest": True}, "ab1 ", ["[ab1] "], id="or before a separator"),
        pytest.param({"propagate_case": True}, "AB1", ["[AB1]"], id="in any case"),
        pytest.param({}, "AB1", [], id="in its case"),
    ],
)
def test_the_flags_mean_what_they_mean_for_triggers(
    values: dict[str, bool], keys: str, matches: list[str]
) -> None:
    assert told(keys, pattern(r"ab\d", **values)) == matches


def test_left_word_counts_for_all_of_an_expression() -> None:
    assert told("xab ab", pattern("ab|b", left_word=True)) == ["xab [ab]"]


def confirmed(
    keys: str, *snippets: Snippet, separators: frozenset[str] = SEPARATORS
) -> list[tuple[str, ...]]:
    matches = every_match(Matcher(snippets, separators=separators), keys)
    return [(m.typed, m.separator, m.swallowed, m.tail) for m in matches]


@pytest.mark.parametrize(
    ("keys", "matches"),
    [
        pytest.param("sig", [], id="no pause confirms"),
        pytest.param("sig ", [("sig", "", " ", "")], id="a separator is swallowed"),
        pytest.param("sig<tab>", [("sig", "", "\t", "")], id="a Tab is one"),
        pytest.param("sigh ", [], id="another letter does not confirm"),
        pytest.param("sigh<bs>,", [("sig", "", ",", "")], id="taken back it does no harm"),
        pytest.param("«sig, x»", [("sig", "", ",", " x")], id="one key that delivers all of it"),
        pytest.param("n12.", [("n12", "", ".", "")], id="an expression too"),
        pytest.param("n12", [], id="for which no pause is enough"),
        pytest.param("sig sig ", [("sig", "", " ", "")] * 2, id="twice in a row"),
    ],
)
def test_a_separator_that_confirms_is_swallowed(keys: str, matches: list[tuple[str, ...]]) -> None:
    snippets = [Snippet(triggers=("sig",), confirm="separator"), pattern(r"n\d+", confirm="separator")]
    assert confirmed(keys, *snippets) == matches


@pytest.mark.parametrize(
    ("keys", "matches"),
    [
        pytest.param("sig ", [], id="a blank does not confirm"),
        pytest.param("sig<tab>", [("sig", "", "\t", "")], id="a Tab that reached the window is swallowed"),
        pytest.param("sigs<tab>", [], id="but not after another letter"),
        pytest.param("my<tab>", [("my", "", "\t", "")], id="it is not for a word that ends there"),
        pytest.param("my ", [("my", " ", "", "")], id="which ends at a blank"),
        pytest.param("no<tab>", [("no", "", "\t", "")], id="it is no key that rules out what it confirms"),
        pytest.param("no", [("no", "", "", "")], id="nor is it waited for in vain"),
        pytest.param("sign<tab>", [("sign", "\t", "", "")], id="the longer trigger is meant"),
        pytest.param("n12<tab>", [("n12", "", "\t", "")], id="an expression too"),
    ],
)
def test_a_tab_confirms(keys: str, matches: list[tuple[str, ...]]) -> None:
    assert confirmed(keys, *FOR_TAB) == matches


FOR_TAB = (
    Snippet(triggers=("sig",), confirm="tab"),
    snippet("my", "1", word=True),
    Snippet(triggers=("my",), confirm="tab"),
    snippet("no", "1"),
    Snippet(triggers=("no",), confirm="tab"),
    snippet("sign", "1", word=True),
    pattern(r"n\d+", confirm="tab"),
)


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        ("sig", "sig"), ("a sig", "sig"), ("no", "no"), ("n1", "n1"), ("n12", "n12"),
        ("si", None), ("sigs", None), ("sig ", None), ("sig<left>", None), ("", None),
    ],
)  # fmt: skip
def test_a_tab_that_was_kept_from_the_window_confirms_without_a_trace(keys: str, typed: str | None) -> None:
    matcher = Matcher(FOR_TAB)
    state: State = START
    for stroke in parse_keys(keys):
        assert isinstance(stroke, KeyEvent)
        state, _ = matcher.step(state, stroke)
    assert state.wants_tab is (typed is not None)
    after, match = matcher.step(state, TAB)
    if typed is None:
        assert (after, match) == (START, None)
    else:
        assert match is not None
        assert (match.typed, match.separator, match.swallowed, match.tail) == (typed, "", "", "")


def test_a_longer_trigger_that_waits_is_not_confirmed_by_a_tab_meant_for_a_shorter_one() -> None:
    snippets = [snippet("abc", "1"), snippet("abcdef", "2"), Snippet(triggers=("cd",), confirm="tab")]
    matcher = Matcher(snippets)
    state: State = START
    for key in "abcd":
        state, _ = matcher.step(state, KeyEvent(key))
    assert not state.wants_tab
    assert confirmed("abcd<tab>", *snippets) == [("abc", "", "", "d\t")]


def test_a_word_and_a_confirmed_snippet_of_one_trigger_are_offered_and_nothing_is_swallowed() -> None:
    snippets = [snippet("hi", "1", word=True), Snippet(triggers=("hi",), confirm="separator")]
    (match,) = every_match(Matcher(snippets), "hi,")
    assert (match.snippets, match.separator, match.swallowed) == (tuple(snippets), ",", "")


def test_separators_are_the_persons_own() -> None:
    word = snippet("hi", "1", word=True)
    assert confirmed("hi hi_", word, separators=frozenset("_")) == []
    assert confirmed("_hi_", word, separators=frozenset("_")) == [("hi", "_", "", "")]
    assert confirmed("x-ab1 ab1-", pattern(r"ab\d", left_word=True), separators=frozenset("-")) == [
        ("ab1", "", "", "")
    ]
    tab = Snippet(triggers=("hi",), confirm="tab")
    assert confirmed("hi<tab>", tab, separators=frozenset("-")) == [("hi", "", "\t", "")]


@pytest.mark.parametrize("regular", [r"x(a|aa)+", r"x(a|aa)+|b", r"(x?)(a|aa)+\1[xy]"])
def test_a_pattern_that_runs_away_is_stopped_and_the_others_go_on(regular: str) -> None:
    matcher = Matcher([Snippet(regex=regular, source="mine.yml:7"), pattern(r"a\d")])
    start = time.process_time()
    matches = every_match(matcher, "a" * 600 + "1")
    assert time.process_time() - start < 2
    assert [match.typed for match in matches] == ["a1"]
    (runaway,) = matcher.runaways
    assert runaway.startswith("mine.yml:7: the regular expression ")


def test_a_hostile_pattern_that_is_harmless_here_works() -> None:
    matcher = Matcher([pattern(r"(a+)+$")])
    assert [match.typed for match in every_match(matcher, "b" + "a" * 400)] == ["a" * 400]
    assert matcher.runaways == ()


PIECES = st.sampled_from([
    "a", "b", "ab", "[ab]", "[^a]", ".", r"\w", r"\b", r"\B", r"\s", "^", "(?<=a)", "(?<!b)", "(?=b)", "(?!a)",
    "a*", "b+", "b?", "(?:a|bb)", "(?:ab)+?", ".*?", "a{1,2}", " ", r"(a|b)\1",
])  # fmt: skip


def seen(regular: str, text: str) -> bool:
    """Whether the expression matches something that ends with `text`: every start is tried, forwards."""
    return any(
        bool(found := regex.compile(rf"(?:{regular})\Z").match(text, start)) and found.end() > found.start()
        for start in range(len(text))
    )


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.text("ab ", max_size=8))
@example(r"\b ", "a ")
@example(r"(?=b).*?\B", "b ")
@example(r"(?<=a)\b ", "a ")
@example(r"\Bb", "ab")
def test_an_expression_is_found_where_a_slow_search_finds_it(regular: str, text: str) -> None:
    assume(not what_is_wrong(regular))
    matcher, state = Matcher([pattern(regular)]), START
    for at, key in enumerate(text):
        state, match = matcher.step(state, KeyEvent(key))
        found = match is not None or state.waiting
        assert found is seen(regular, text[: at + 1])
        if found:
            return
