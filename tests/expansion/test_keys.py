"""The notation in which people write down keys."""

from __future__ import annotations

import pytest

from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent, Stroke, Wait, parse_keys

CONTROL = frozenset({"Control"})


@pytest.mark.parametrize(
    ("notation", "strokes"),
    [
        pytest.param("aé", [KeyEvent("a"), KeyEvent("é")], id="characters stand for themselves"),
        pytest.param("<enter>", [KeyEvent("\n", "Return")], id="Return types a newline"),
        pytest.param("<TAB>", [KeyEvent("\t", "Tab")], id="Tab types a tab, in any case of letters"),
        pytest.param(
            "\n\r\n\r\t", [KeyEvent("\n", "Return")] * 3 + [KeyEvent("\t", "Tab")], id="as such too"
        ),
        pytest.param("<bs><PGDN>", [KeyEvent(name="BackSpace"), KeyEvent(name="Next")], id="named keys"),
        pytest.param("<lt>b<gt><space>", [KeyEvent(c) for c in "<b> "], id="characters that have a name"),
        pytest.param("<-<3<>", [KeyEvent(c) for c in "<-<3<>"], id="a bracket without a letter is itself"),
        pytest.param("a<b", [KeyEvent(c) for c in "a<b"], id="a bracket that never closes is itself"),
        pytest.param("<wait:600>", [Wait(600)], id="time passes"),
        pytest.param("<ctrl+bs>", [KeyEvent(name="BackSpace", modifiers=CONTROL)], id="a chord"),
        pytest.param("<Ctrl+A>", [KeyEvent(name="a", modifiers=CONTROL)], id="a chord with a letter"),
        pytest.param(
            "<ctrl+enter>", [KeyEvent(name="Return", modifiers=CONTROL)], id="a chord types nothing"
        ),
        pytest.param(
            "<ctrl+alt+f1>",
            [KeyEvent(name="F1", modifiers=frozenset({"Control", "Alt"}))],
            id="two held keys",
        ),
        pytest.param("<CTRL>", [KeyEvent(name="Control")], id="a modifier alone"),
        pytest.param("«a<b»c", [KeyEvent("a<b"), KeyEvent("c")], id="several characters in one event"),
        pytest.param("«a", [KeyEvent("«"), KeyEvent("a")], id="a quote that never closes is itself"),
    ],
)
def test_a_notation_gives_strokes(notation: str, strokes: list[Stroke]) -> None:
    assert parse_keys(notation) == tuple(strokes)


@pytest.mark.parametrize(
    ("notation", "line"),
    [
        pytest.param("a<entr>", "no key is called <entr> (closest: <enter>)", id="a typing error"),
        pytest.param("<crtl+a>", "no key is called <crtl+a> (closest: <ctrl>)", id="in a modifier"),
        pytest.param(
            "<ctrl+bakspace>", "no key is called <ctrl+bakspace> (closest: <backspace>)", id="in a chord"
        ),
        pytest.param("<div>", "no key is called <div>", id="a tag"),
        pytest.param("<shift+left>", "no key is called <shift+left> (closest: <shift>)", id="a selection"),
        pytest.param("<wait:soon>", "no key is called <wait:soon>", id="no time"),
    ],
)
def test_an_unknown_key_is_named_with_its_nearest(notation: str, line: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_keys(notation)
    assert str(caught.value) == f"{line}; write <lt> for a plain '<'"
