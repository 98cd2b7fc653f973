"""The text box that stands in for a desktop's."""

from __future__ import annotations

import pytest

from motjuste.engine import Choice, Expanded, Expansion, Refused
from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import Injection
from motjuste.simulation import Simulation, TextBox
from typist import snippet, typed, typing


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("ab<left>c<right>d", "acbd|", id="left and right"),
        pytest.param("<left><right><bs><del>", "|", id="nowhere to go"),
        pytest.param("e\u0301<left>x<del>", "x|", id="an accented letter is one step"),
        pytest.param("abe\u0301<home><del>", "|be\u0301", id="the letter ahead is erased"),
        pytest.param("one<enter>two<home>x<end>y", "one\nxtwoy|", id="the ends of a line"),
        pytest.param("one<enter>two<ctrl+home>x<ctrl+end>y", "xone\ntwoy|", id="the ends of the field"),
        pytest.param("abc<enter>d<up>x", "ax|bc\nd", id="up keeps the column"),
        pytest.param("a<enter>bcd<up>x", "ax|\nbcd", id="up into a shorter line"),
        pytest.param("abc<enter>d<up><down>x", "abc\ndx|", id="down again"),
        pytest.param("abc<enter>d<up><end><down>x", "abc\ndx|", id="down into a shorter line"),
        pytest.param("a<enter>b<enter>c<up><up>x", "ax|\nb\nc", id="up twice"),
        pytest.param("ab<up>c<down>d<pgup>e", "abcde|", id="a single line has no other"),
        pytest.param("one two<ctrl+bs>", "one |", id="a word is erased"),
        pytest.param("one two  <ctrl+bs>", "one |", id="with the spaces after it"),
        pytest.param("one two<ctrl+left><ctrl+left><ctrl+del>", "| two", id="a word ahead is erased"),
        pytest.param("one two<home><ctrl+right>x<ctrl+right><ctrl+right>y", "onex twoy|", id="word by word"),
        pytest.param(
            "ab<ctrl+a><ctrl+c><alt+left><esc><f5><insert>c", "abc|", id="other keys leave it alone"
        ),
    ],
)
def test_a_box_does_what_text_boxes_do(keys: str, field: str) -> None:
    assert typed(keys) == field


def test_an_injection_replaces_what_stands_before_the_caret() -> None:
    box = TextBox()
    box.inject(Injection(0, "xe\u0301yz"))
    box.caret -= 1
    box.inject(Injection(2, "(!)", 1))
    assert (box.text, box.caret) == ("x(!)z", 2)


def test_erasing_beyond_the_start_is_our_error() -> None:
    box = TextBox()
    box.inject(Injection(0, "a"))
    with pytest.raises(AssertionError, match="beyond the start"):
        box.inject(Injection(2, "b"))


def test_everything_that_happened_is_told() -> None:
    snippets = [snippet("hi", "hello"), snippet("no", "refuse"), snippet("yo", "1"), snippet("yo", "2")]
    assert typing("hi no yo ", snippets, title="Marie Dupont") == Simulation(
        text="hello no yo ",
        cursor=12,
        expansions=(Expanded("hi", Expansion("hello", person="Marie Dupont")),),
        refusals=(Refused("no", "there is nothing to say; say something else"),),
        choices=(Choice("yo", ("", "")),),
    )


def test_an_unknown_key_is_the_persons_to_mend() -> None:
    with pytest.raises(UserError, match="no key is called <entr>"):
        typed("a<entr>")


def test_the_caret_moves_by_whole_characters() -> None:
    box = TextBox()
    box.inject(Injection(0, "ae\u0301\n👩\u200d💻b", 1))
    box.move(3)
    assert box.caret == len("ae\u0301\n👩\u200d💻")
    box.move(-2)
    assert box.caret == len("ae\u0301")
    box.move(-9)
    assert box.caret == 0


def test_a_key_that_is_ours_does_not_reach_the_field() -> None:
    box = TextBox()
    tab, chord = KeyEvent(text="\t", name="Tab"), KeyEvent(name="Tab", modifiers=frozenset({"Control"}))
    box.intercept(frozenset({"Tab"}))
    assert [box.press(tab), box.press(chord)] == [KeyEvent(name="Tab"), chord]
    assert box.text == ""
    box.let_through("Tab")
    assert box.text == "\t"
    box.intercept(frozenset())
    assert box.press(tab) == tab
    assert box.text == "\t\t"
