"""One key in, port calls out: what stands in the field, what is said, and what is never said."""

from __future__ import annotations

import dataclasses
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motjuste.engine import (
    Choice,
    Engine,
    EngineStatus,
    Expanded,
    Expansion,
    Outcome,
    Refused,
    TakenBack,
)
from motjuste.errors import DoesNotFit
from motjuste.expansion.applications import Treatment
from motjuste.expansion.case import UPPERCASE_STYLES
from motjuste.expansion.clusters import joins
from motjuste.expansion.keys import PAUSE, KeyEvent, Wait, parse_keys
from motjuste.expansion.matching import START, Match, Matcher
from motjuste.expansion.snippets import Snippet
from motjuste.ports import Delivery, Injection, InjectionFailed, Window
from motjuste.simulation import TextBox
from typist import PlainExpander, snippet, typed, typing

ACCENT = "\u0301"
MY = [snippet("my", "mine"), snippet("myself", "me")]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("my", "mine|", id="a pause lets the shorter trigger fire"),
        pytest.param("my<wait:599>self", "me|", id="a short wait is no pause"),
        pytest.param("my<wait:600>self", "mineself|", id="after a pause the longer one has to be typed anew"),
        pytest.param("my<wait:300><wait:300>self", "mineself|", id="waits add up"),
        pytest.param("my<wait:300>s<wait:300>elf", "me|", id="each key begins a new wait"),
        pytest.param("my<pause>self", "mineself|", id="a pause can be told as a key"),
        pytest.param("myth", "mineth|", id="a key that rules the longer one out is given back"),
        pytest.param("mysel!", "minesel!|", id="all the keys typed since are given back"),
        pytest.param("mymyself", "mineme|", id="what was given back may begin a trigger"),
        pytest.param("mymy", "minemine|", id="a trigger typed twice in a row fires twice"),
        pytest.param("mys<bs>", "mine|", id="stepping back to the shorter one lets it wait again"),
        pytest.param("my<bs>yself", "me|", id="stepping back into the trigger keeps the longer one possible"),
        pytest.param("my<click>self", "myself|", id="a click leaves a waiting trigger as typed"),
        pytest.param("my<shift>self", "me|", id="a modifier alone changes nothing"),
        pytest.param("my<ctrl+c>self", "myself|", id="a chord may do anything"),
        pytest.param("«myself»", "me|", id="one event delivers the whole trigger"),
        pytest.param("«a my friend»", "a mine friend|", id="a trigger in the middle of an event"),
    ],
)
def test_the_longest_trigger_wins_and_the_shorter_one_is_not_lost(keys: str, field: str) -> None:
    assert typed(keys, *MY) == field


@pytest.mark.parametrize(
    ("keys", "snippets", "field"),
    [
        pytest.param("abcd", [("bc", "1"), ("abcd", "2")], "2|", id="a trigger inside a longer one waits"),
        pytest.param("abcx", [("bc", "1"), ("abcd", "2")], "a1x|", id="and fires once that is ruled out"),
        pytest.param("abcd", [("abc", "1"), ("cde", "2")], "1d|", id="a later one holds up nothing"),
        pytest.param("xabc", [("abc", "1"), ("bc", "2")], "x1|", id="of two that end together the longer"),
        pytest.param("mysex", [("my", "1"), ("myself", "2"), ("se", "3")], "13x|", id="a trigger given back"),
        pytest.param("aba", [("ab", "1"), ("abac", "2"), ("a", "3"), ("ad", "4")], "13|", id="two that wait"),
        pytest.param("ababad", [("ab", "1"), ("abac", "2"), ("ad", "4")], "114|", id="one after the other"),
        pytest.param("aa", [("a", "1")], "11|", id="twice in a row"),
        pytest.param("«aa»", [("a", "1")], "11|", id="twice in one event"),
        pytest.param("a", [("a", "aa")], "aa|", id="a trigger in the expansion's own text does not fire"),
        pytest.param("ab", [("a", "x"), ("xb", "2")], "xb|", id="the expansion's text begins no trigger"),
        pytest.param("a<bs><bs>b", [("a", "xxx"), ("xb", "2")], "b|", id="nor after an undo"),
    ],
)
def test_triggers_that_overlap(keys: str, snippets: list[tuple[str, str]], field: str) -> None:
    assert typed(keys, *[snippet(trigger, text) for trigger, text in snippets]) == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("sig", "S.|", id="at the start"),
        pytest.param("asig", "asig|", id="not inside a word"),
        pytest.param("a<click>sig", "aS.|", id="after a click nothing is known, which counts as a boundary"),
        pytest.param("a<left><right>sig", "aS.|", id="after an arrow key too"),
        pytest.param("a<bs>sig", "S.|", id="after a Backspace to the start"),
        pytest.param("a <bs>sig", "asig|", id="a Backspace that joins the word"),
        pytest.param("sigsig", "S.S.|", id="after an expansion that ends in a separator"),
        pytest.param(":esig", "Esig|", id="not after an expansion that ends in a letter"),
        pytest.param(":e sig", "E S.|", id="a word after an expansion"),
        pytest.param(":nsig", "S.|", id="after an expansion to nothing, what stood before it counts"),
        pytest.param("a:nsig", "asig|", id="which may be a letter"),
        pytest.param("«a sig»", "a S.|", id="in one event"),
        pytest.param("l’sig", "l’S.|", id="a typographic apostrophe is a boundary"),
        pytest.param("a\u202fsig", "a\u202fS.|", id="a narrow no-break space is a boundary"),
    ],
)
def test_where_a_word_begins(keys: str, field: str) -> None:
    snippets = [snippet("sig", "S.", left=True), snippet(":e", "E"), snippet(":n", "")]
    assert typed(keys, *snippets) == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("declin", "No.|", id="a pause"),
        pytest.param("declin<wait:599>e", "decline|", id="a wait that is too short for one"),
        pytest.param("declin<wait:600>e", "No.e|", id="a pause, whatever comes after it"),
        pytest.param("declin<compose><wait:900>e", "decline|", id="no pause while a dead key has no letter"),
        pytest.param("declin<compose><wait:900>e<wait:600>", "decline|", id="nor after it"),
        pytest.param("I declin, thanks", "I No., thanks|", id="a separator, which stands after the text"),
        pytest.param("declin<enter>", "No.\n|", id="a line's end"),
        pytest.param("«I declin so»", "I No. so|", id="one event that holds the separator"),
        pytest.param("«declin»", "No.|", id="one event that ends with the trigger"),
        pytest.param("I decline ", "I decline |", id="not a letter, nor the separator behind that"),
        pytest.param("decline", "decline|", id="nor a pause behind that"),
        pytest.param("declin-", "declin-|", id="not another character"),
        pytest.param("redeclin ", "redeclin |", id="not inside a word"),
        pytest.param("declin<shift> ", "No. |", id="a modifier changes nothing"),
        pytest.param("declin<click>", "declin|", id="not after a click"),
        pytest.param("declin<left><right> ", "declin |", id="not once the caret has moved"),
        pytest.param("declin<bs>", "decli|", id="not after a Backspace into it"),
        pytest.param("declin<bs>n", "No.|", id="but once its last key is typed again"),
        pytest.param("decline<bs>", "No.|", id="after a Backspace to its end a pause"),
        pytest.param("decline<bs> ", "No. |", id="or a separator"),
        pytest.param("declin <bs>", "declin |", id="taken back, it is what was typed"),
        pytest.param("declin<wait:600><bs>", "declin|", id="taken back, no pause fires it again"),
        pytest.param("declin<wait:600><bs> ", "declin |", id="nor a separator"),
        pytest.param("declin<wait:600><bs><bs>n ", "declin |", id="nor its last key"),
        pytest.param("declin declin", "No. No.|", id="two in a row, each in its way"),
    ],
)
def test_what_lets_a_trigger_fire_that_waits_for_rest(keys: str, field: str) -> None:
    assert typed(keys, snippet("declin", "No.", rest=True)) == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("my", "mine|", id="a pause lets the shorter trigger fire"),
        pytest.param("my ", "mine |", id="and so does a separator"),
        pytest.param("myth", "myth|", id="another letter does not"),
        pytest.param("mysel", "mysel|", id="nor a pause inside the longer one"),
        pytest.param("myself", "me|", id="the longer one wins"),
        pytest.param("mys<bs>", "mine|", id="stepping back to the shorter one lets it wait again"),
        pytest.param("notmyself", "notmyself|", id="a longer one at rest is no trigger inside a word"),
        pytest.param("ourself", "us|", id="a trigger at rest wins over a shorter one that waits"),
        pytest.param("ourself ", "us |", id="at the separator too"),
        pytest.param("ourselfy", "ouselfy|", id="ruled out, it lets the shorter one fire"),
        pytest.param("token", "T|", id="a trigger inside one at rest waits for it"),
        pytest.param("tokens", "toKs|", id="and fires once that is ruled out"),
        pytest.param("a\nb", "AB|", id="but one that began earlier wins"),
        pytest.param("hi", "rest|", id="of one trigger in both ways, the pause is for the one at rest"),
        pytest.param("yo", "rest|", id="also when the other one waits for a separator"),
        pytest.param("yo ", "yo |", id="where both may be meant, and the person has to choose"),
    ],
)
def test_a_trigger_at_rest_among_others(keys: str, field: str) -> None:
    snippets = [
        snippet("my", "mine", rest=True),
        snippet("myself", "me", left=True),
        snippet("our", "ou"),
        snippet("ourself", "us", rest=True),
        snippet("ken", "K"),
        snippet("token", "T", rest=True),
        snippet("a\nb", "AB"),
        snippet("a\nbc", "ABC"),
        snippet("b", "B", rest=True),
        snippet("hi", "at once"),
        snippet("hi", "rest", rest=True),
        snippet("yo", "word", word=True),
        snippet("yo", "rest", rest=True),
    ]
    assert typed(keys, *snippets) == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param(":e<bs>", "a:e|", id="what was typed comes back"),
        pytest.param(":e<bs><bs>", "a:|", id="the next Backspace is a plain one"),
        pytest.param(":e<bs> ", "a:e |", id="what came back does not fire"),
        pytest.param(":e<bs><bs>e", "a:e|", id="nor when its last key is typed again"),
        pytest.param(":e<bs><bs><bs>:e", "a👍🏽|", id="typed anew it fires"),
        pytest.param(":e<shift><bs>", "a:e|", id="a modifier in between changes nothing"),
        pytest.param(":e<wait:900><bs>", "a:e|", id="nor does time"),
        pytest.param(":ex<bs><bs>", "a|", id="after another key it is too late"),
        pytest.param(":e<ctrl+bs>", "|", id="a word erased is not an undo"),
        pytest.param("hi,<bs>", "ahi,|", id="the separator comes back too"),
        pytest.param("my!<bs>", "amy!|", id="and the key that ruled the longer trigger out"),
        pytest.param(":n<bs>", "a:n|", id="an expansion to nothing is undone as well"),
        pytest.param("<click>:n<bs>", "|", id="but not where nothing is known of what the Backspace took"),
        pytest.param(":c<bs>", "a|)", id="after a caret hint the Backspace is a plain one"),
    ],
)
def test_backspace_right_after_an_expansion_takes_it_back(keys: str, field: str) -> None:
    snippets = [
        snippet(":e", "👍🏽"),
        snippet("hi", "hello", right=True),
        *MY,
        snippet(":n", ""),
        snippet(":c", "($|$)"),
    ]
    assert typed("a" + keys, *snippets) == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param(":d", "<|>", id="the caret goes to the hint"),
        pytest.param(":dx", "<x|>", id="typing goes on there"),
        pytest.param("div ", "<|> ", id="a separator stands behind"),
        pytest.param(":lz", "[z|]", id="keys typed while a longer trigger was possible stand at the caret"),
        pytest.param(":l:d", "[<|>]", id="a trigger among them fires there"),
        pytest.param(":dsig", "<S|>", id="what stands before the caret decides whether a word begins"),
        pytest.param(":wsig", "wsig|w", id="which may be a letter"),
        pytest.param("e\u0301xo", "e\u0301(|)", id="after an accented letter"),
    ],
)
def test_a_caret_hint(keys: str, field: str) -> None:
    snippets = [
        snippet(":d", "<$|$>"),
        snippet("div", "<$|$>", word=True),
        snippet(":l", "[$|$]"),
        snippet(":l:do", "unused"),
        snippet("xo", "($|$)"),
        snippet(":w", "w$|$w"),
        snippet("sig", "S", left=True),
    ]
    assert typed(keys, *snippets) == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("caf\u00e9 ", "coffee |", id="an é of one character"),
        pytest.param("cafe\u0301 ", "coffee |", id="an e and its accent typed one after the other"),
        pytest.param("xe\u0301a", "xe\u03011|", id="an accented letter before the trigger stays"),
        pytest.param("e\u0301<bs>a", "1|", id="one Backspace takes the letter and its accent"),
        pytest.param("a\u0301", "1\u0301|", id="an accent typed after the trigger has fired"),
        pytest.param("👩\u200d💻", "dev|", id="an emoji of three characters is one to erase"),
        pytest.param("👍🏽<bs>a", "1|", id="one Backspace takes an emoji and its tone"),
    ],
)
def test_characters_that_join(keys: str, field: str) -> None:
    snippets = [snippet("café", "coffee", word=True), snippet("a", "1"), snippet("👩\u200d💻", "dev")]
    assert typed(keys, *snippets) == field


STOPS = [
    snippet(":a", "($|$, $|$)"),
    snippet(":b", "[$|$ $|$ $|$] "),
    snippet(":c", "<$|$>"),
    snippet(":e", "!"),
    snippet(":m", "e$|$\u0301\n👩\u200d💻🇫🇷$|$🇨🇦"),
    snippet(":s", "$|$$|$, $|$"),
    snippet("div", "<$|$>$|$", word=True),
    snippet(":l", "[$|$=$|$]"),
    snippet(":l:do", "unused"),
]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param(":a", "(|, )", id="the caret goes to the first"),
        pytest.param(":a<tab>", "(, |)", id="Tab leads to the next"),
        pytest.param(":ax<tab>y", "(x, y|)", id="what is typed stays in front"),
        pytest.param(":a<tab><tab>", "(, \t|)", id="after the last a Tab is a Tab"),
        pytest.param(":bx<tab>y<tab>z<tab>", "[x y z\t|] ", id="three of them"),
        pytest.param(":axy<bs><bs><bs><tab>", ", |)", id="erasing leads nowhere else"),
        pytest.param(":ax<enter>y<tab>", "(x\ny, |)", id="nor does a line"),
        pytest.param(
            ":ae\u0301👩\u200d💻<tab>x", "(e\u0301👩\u200d💻, x|)", id="nor do characters that join"
        ),
        pytest.param(":ax<shift><tab>", "(x, |)", id="nor a modifier"),
        pytest.param(":ax<wait:900><tab>", "(x, |)", id="nor time"),
        pytest.param(":a<ctrl+tab><tab>", "(\t|, )", id="a chord may lead anywhere"),
        pytest.param(":axy z<ctrl+bs><tab>", "(xy \t|, )", id="and so may one that erases"),
        pytest.param(":ax<click><tab>", "(x\t|, )", id="so may a click"),
        pytest.param(":ax<left><right><tab>", "(x\t|, )", id="and an arrow"),
        pytest.param(":ax<del><tab>", "(x\t| )", id="Delete takes what stands behind"),
        pytest.param(":ax<esc><tab>", "(x\t|, )", id="Escape gives the others up"),
        pytest.param(":ax<focus><tab>", "(x\t|, )", id="so does another field"),
        pytest.param(":c<tab>", "<\t|>", id="a single place needs no Tab"),
        pytest.param(":s<tab>", ", |", id="two in one place are one"),
        pytest.param("div x<tab>y", "<x>y| ", id="a separator stands behind the last"),
        pytest.param(":m", "e\u0301|\n👩\u200d💻🇫🇷🇨🇦", id="no place is inside a character"),
        pytest.param(":mx<tab>y", "e\u0301x\n👩\u200d💻🇫🇷y|🇨🇦", id="the caret steps over whole ones"),
        pytest.param(":m🇧<tab>y", "e\u0301🇧\n👩\u200d💻🇫🇷y|🇨🇦", id="half a flag changes nothing"),
        pytest.param(":a:e<tab>", "(!, |)", id="a trigger in between fires"),
        pytest.param(":a:e<bs><tab>", "(:e, |)", id="and is taken back"),
        pytest.param(":a:cx<tab>y", "(<x>, y|)", id="one with a place of its own"),
        pytest.param(":a:ax<tab>y<tab>z", "((x, y), z|)", id="one with several, inside out"),
        pytest.param(":adiv x<tab>y<tab>z", "(<x>y , z|)", id="with its separator"),
        pytest.param(":a<tab>:ax<tab>y<tab>", "(, (x, y\t|))", id="one at the last place"),
        pytest.param(":lx<tab>y", "[x=y|]", id="keys that ruled a longer trigger out stand in front"),
        pytest.param(":l:e<tab>y", "[!=y|]", id="and may be a trigger"),
        pytest.param("e\u0301:a<tab>", "e\u0301(, |)", id="after an accented letter"),
        pytest.param(":a<tab>:c<tab>", "(, <\t|>)", id="a single place at the last one"),
        pytest.param(":a<bs>x<tab>", "x, |)", id="a Backspace at a place is a plain one"),
    ],
)
def test_tab_leads_from_one_place_of_a_text_to_the_next(keys: str, field: str) -> None:
    assert typed(keys, *STOPS) == field


CONFIRMED = [
    snippet("abc", "alphabet", confirm="tab"),
    snippet("sep", "separated", confirm="separator"),
    snippet("hi", "hello", word=True),
    snippet("to", "t$|$o", word=True),
    *MY,
    snippet("mysb", "b", left=True),
    snippet("no", "refuse", confirm="tab"),
    snippet("\t!", "Tab and mark"),
    snippet("x\t", "x and Tab"),
    snippet("(", "($|$, $|$)"),
    snippet("q", "[$|$]", confirm="tab"),
]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("abc<tab>", "alphabet|", id="Tab confirms, and is no more"),
        pytest.param("abc<tab><tab>", "alphabet\t|", id="the next Tab is one"),
        pytest.param("abc ", "abc |", id="a space does not confirm"),
        pytest.param("abc", "abc|", id="nor does a pause"),
        pytest.param("abc<wait:900><tab>", "alphabet|", id="after which a Tab still does"),
        pytest.param("abcd<bs><tab>", "alphabet|", id="also when it stands at the trigger's end again"),
        pytest.param("abc<click><tab>", "abc\t|", id="but not elsewhere"),
        pytest.param("abc<ctrl+tab>", "abc|", id="nor with Control"),
        pytest.param("abc<tab><bs>", "abc|", id="taken back, it is what was typed"),
        pytest.param("abc<tab><bs><tab>", "abc\t|", id="and is not confirmed once more"),
        pytest.param("sep ", "separated|", id="a separator confirms, and is gone"),
        pytest.param("sep <bs>", "sep |", id="taken back, the separator is there again"),
        pytest.param("sep<enter><bs>", "sep\n|", id="even a line's end"),
        pytest.param("sep<tab>", "separated|", id="a Tab is one of them"),
        pytest.param("sep<tab><bs>", "sep|", id="which never stood in the field"),
        pytest.param("hi<tab>", "hello\t|", id="a Tab ends a word and goes its way"),
        pytest.param("hi<tab><bs>", "hello|", id="from where nothing is taken back"),
        pytest.param("hi<tab>hi ", "hello\thello |", id="the Tab begins a word"),
        pytest.param("my<tab>", "mine\t|", id="it rules out a longer trigger"),
        pytest.param("mysmy<tab>", "minesmine\t|", id="and one among the keys given back"),
        pytest.param("my\t!", "mineTab and mark|", id="it may begin a trigger"),
        pytest.param("x<tab>", "x and Tab|", id="or end one"),
        pytest.param("to<tab>x", "tx|o", id="a text with a place for the caret needs no Tab"),
        pytest.param("no<tab>", "no|", id="a text that is refused uses it up"),
        pytest.param("(hi<tab>x", "(hello, x|)", id="on the way to the next place it ends a word"),
        pytest.param("(hi<tab><bs>", "(hello,|)", id="from where nothing is taken back either"),
        pytest.param("(abc<tab>x<tab>y", "(alphabetx, y|)", id="it confirms before it leads on"),
        pytest.param("(sep<tab>x<tab>y", "(separatedx, y|)", id="as one of the separators too"),
        pytest.param("(to<tab>x<tab>y", "(txo, y|)", id="and stays at a place that it has made"),
        pytest.param("(q<tab>x<tab>y", "([x], y|)", id="or confirmed"),
        pytest.param("«hi\t»", "hello\t|", id="a Tab among other characters is one of them"),
    ],
)
def test_what_a_tab_decides_before_it_leads_on(keys: str, field: str) -> None:
    assert typed(keys, *CONFIRMED) == field


@dataclass
class Desk:
    """An engine at a text box, with everything written down that it said."""

    snippets: list[Snippet]
    title: str = "Inbox"
    broken: bool = False
    box: TextBox = dataclasses.field(default_factory=TextBox)
    injected: list[Injection] = dataclasses.field(default_factory=list)
    notified: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    outcomes: list[Outcome] = dataclasses.field(default_factory=list)
    moved: list[int] = dataclasses.field(default_factory=list)
    intercepted: list[set[str]] = dataclasses.field(default_factory=list)
    late: bool = False
    faulty: bool = False
    treatment: Treatment = dataclasses.field(default_factory=Treatment)
    windows_read: int = 0
    evidence: str = ""
    as_typed: str = ""  # the field when a key had reached it, and before the engine heard of it

    def __post_init__(self) -> None:
        self.engine = Engine(
            matcher=Matcher(self.snippets),
            expander=self,
            injector=self,
            window=self,
            notifier=self,
            observer=self.outcomes.append,
            treatment=lambda window: self.treatment,
        )

    def type(self, keys: str) -> str:
        for stroke in parse_keys(keys):
            event = PAUSE if isinstance(stroke, Wait) else self.box.press(stroke)
            self.as_typed = self.field
            self.engine.key(event)
        return self.field

    @property
    def field(self) -> str:
        return f"{self.box.text[: self.box.caret]}|{self.box.text[self.box.caret :]}"

    def current(self) -> Window:
        self.windows_read += 1
        return Window(title=self.title)

    def notify(self, summary: str, body: str = "") -> None:
        self.notified.append((summary, body))

    def holding(self) -> AbstractContextManager[None]:
        return self.box.holding()

    def inject(self, injection: Injection) -> None:
        if self.broken:
            raise InjectionFailed("the window does not take a paste")
        self.injected.append(injection)
        self.box.inject(injection)

    def move(self, clusters: int) -> None:
        if self.broken:
            raise InjectionFailed("another window came to the front")
        self.moved.append(clusters)
        self.box.move(clusters)

    def intercept(self, names: frozenset[str]) -> None:
        self.intercepted.append(set(names))
        if not self.late:
            self.box.intercept(names)

    def let_through(self, name: str) -> None:
        self.box.let_through(name)

    def expand(self, match: Match, window: Window) -> Expansion:
        if self.faulty or match.snippet.replace == "fault":
            raise ZeroDivisionError
        if match.snippet.replace == "too long":
            raise DoesNotFit(shortest="Dear secret", length=11, limit=3, unit="utf16", channel="tiny")
        expansion = PlainExpander().expand(match, window)
        return dataclasses.replace(expansion, evidence=self.evidence)


def test_the_window_is_read_only_when_a_trigger_fires() -> None:
    desk = Desk([snippet("hi", "hello")])
    desk.type("some h i words")
    assert desk.windows_read == 0
    desk.type("hi")
    assert desk.windows_read == 1


@pytest.mark.parametrize(
    ("evidence", "notified"),
    [
        ("clipboard", [("For Marie Dupont", "because of the clipboard")]),
        ("current contact", [("For Marie Dupont", "because of the current contact")]),
        ("window title", []),
        ("nobody", []),
    ],
)
def test_whoever_is_not_named_before_ones_eyes_is_named_in_a_notice(
    evidence: str, notified: list[tuple[str, str]]
) -> None:
    desk = Desk([snippet("hi", "hello")], title="Marie Dupont", evidence=evidence)
    assert desk.type("hi") == "hello|"
    assert (desk.notified, desk.engine.status.last_problem) == (notified, "")


def test_a_text_for_nobody_needs_no_notice() -> None:
    desk = Desk([snippet("hi", "hello")], title="", evidence="clipboard")
    desk.type("hi")
    assert desk.notified == []


def test_an_expression_that_runs_away_is_told_once_and_the_others_go_on() -> None:
    desk = Desk([Snippet(regex="x(a|aa)+", replace="1", source="mine.yml:7"), *MY])
    assert desk.type("a" * 300 + " my!") == f"{'a' * 300} mine!|"
    (told,) = desk.notified
    assert told[0] == "A trigger is switched off"
    assert told[1].startswith("mine.yml:7: the regular expression 'x(a|aa)+' takes too long")
    assert desk.engine.status.last_problem == ": ".join(told)
    desk.engine.replace_matcher(Matcher(desk.snippets))
    desk.type(" " + "a" * 300)
    assert len(desk.notified) == 2


def test_an_injection_says_what_goes_and_what_comes() -> None:
    desk = Desk([snippet("hi", "he$|$llo", word=True), *MY])
    desk.type("hi,<right> myth")
    assert desk.injected == [
        Injection(3, "hello,", 2, standing="hi,"),
        Injection(3, "minet", standing="myt", before=" "),
    ]
    desk = Desk(MY)
    assert desk.type("a myt<bs>") == "a myt|"
    assert desk.injected[1:] == [Injection(4, "myt", standing="mine", before="a ")]


def test_tab_is_only_ours_while_it_leads_somewhere() -> None:
    desk = Desk(STOPS)
    desk.type("a<tab>:c:e")
    assert desk.intercepted == []
    assert desk.type("<click>:bx") == "a\t<![x|  ] >"
    assert desk.intercepted == [{"Tab"}]
    desk.type("<tab>y<tab>")
    assert (desk.moved, desk.intercepted) == ([1, 1], [{"Tab"}, set()])
    desk.type(":a<click>")
    assert desk.intercepted == [{"Tab"}, set()] * 2
    desk.type(":a")
    desk.engine.replace_matcher(Matcher([]))
    assert desk.type("x<tab>").count("x, |") == 1
    assert desk.intercepted == [{"Tab"}, set()] * 3


def test_a_tab_that_came_too_early_to_be_ours_is_a_tab() -> None:
    desk = Desk(STOPS, late=True)
    assert desk.type(":bx<tab>y") == "[x\ty|  ] "
    assert (desk.moved, desk.intercepted) == ([], [{"Tab"}, set()])


@pytest.mark.parametrize("keys", ["abc<tab>", "sep<tab>", "hi<tab>", "my<tab>"])
def test_a_tab_that_may_have_left_the_field_lets_nothing_go_in_there(keys: str) -> None:
    desk = Desk(CONFIRMED, late=True)
    word = keys.removesuffix("<tab>")
    assert desk.type(f"{keys} ") == f"{word}\t |"
    reason = "Tab had reached the window before it could be kept from it"
    assert desk.outcomes == [Refused(word, reason)]
    assert desk.notified == [(f"{word} was left as typed", reason)]


def test_a_tab_that_is_part_of_a_trigger_ends_it_in_the_window() -> None:
    assert typed("my<tab>", *MY, snippet("my\t", "both")) == "both|"


def test_a_tab_behind_a_word_that_is_refused_stands_there_once() -> None:
    snippets = [snippet("nay", "refuse", word=True), snippet("sig", "S", left=True)]
    assert typed("nay<tab><bs>sig", *snippets) == "naysig|"
    assert typed("nay<tab>sig", *snippets) == "nay\tS|"


def test_other_snippets_need_no_tab() -> None:
    desk = Desk(CONFIRMED)
    desk.type("abc")
    desk.engine.replace_matcher(Matcher([]))
    assert desk.intercepted == [{"Tab"}, set()]


def test_a_tab_goes_its_way_where_a_trigger_is_not_wanted() -> None:
    for word in ("abc", "sep", "hi", "my", "no", "to"):
        desk = Desk(CONFIRMED, treatment=Treatment(snippets=()))
        assert desk.type(f"{word}<tab>") == f"{word}\t|"
        assert (desk.outcomes, desk.intercepted) == ([], [{"Tab"}, set()])


def test_a_tab_that_leads_nowhere_any_more_is_given_to_the_window() -> None:
    desk = Desk([*STOPS, snippet("sig", "S", left=True)])
    desk.type(":a")
    tab = desk.box.press(KeyEvent(text="\t", name="Tab"))
    desk.type("<click>")
    desk.engine.key(tab)
    assert desk.type("sig") == "(\tS|, )"


def test_a_caret_that_cannot_go_on_is_told_and_stays() -> None:
    desk = Desk([*STOPS, snippet("xq", "unused")])
    desk.type(":b")
    desk.broken = True
    assert desk.type("x<tab>") == "[x|  ] "
    told = ("The caret could not go on to the next place", "another window came to the front")
    assert desk.notified == [told]
    desk.broken = False
    # Nobody knows where the caret has stopped, and so not what stands before it.
    assert desk.type("q<tab>") == "[xq\t|  ] "
    assert desk.intercepted == [{"Tab"}, set()]


def test_the_text_before_a_place_is_known_there() -> None:
    snippets = [snippet(":a", "$|$ a $|$ o $|$"), snippet("sig", "S", left=True), snippet("o!", "unused")]
    assert typed(":asig<tab>sig<tab>sig", *snippets) == "S a S o S|"
    assert typed(":x<tab>sig", snippet(":x", "$|$o$|$"), *snippets) == "osig|"
    assert typed(":x<tab>!", snippet(":x", "$|$o$|$"), *snippets) == "o!|"


JOINING = ["a", "e", ACCENT, "🇫", "🇷", "👩", "\u200d", "💻", "\U0001f3fd", "가", "ß", ":"]
AFTER_A_CLICK = ["a", "e", "é", "👩\u200d💻", "🇫🇷", "ß", ":"]


def some(characters: list[str], least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(characters), min_size=least, max_size=most).map("".join)


def snippets_of(characters: list[str], least: int) -> st.SearchStrategy[list[Snippet]]:
    triggers = some(characters, 1, 3)
    return st.lists(
        st.builds(
            lambda trigger, **values: Snippet(triggers=(trigger,), **values),
            triggers.filter(lambda trigger: not joins(trigger)),
            replace=some(["\n", " ", "b", *characters], least, 5),
            left_word=st.booleans(),
            right_word=st.booleans(),
            at_rest=st.booleans(),
            propagate_case=st.booleans(),
            uppercase_style=st.sampled_from(UPPERCASE_STYLES),
        ),
        min_size=1,
        max_size=4,
    )


def keys_of(characters: list[str], *others: str) -> st.SearchStrategy[list[str]]:
    single = [character if len(character) == 1 else f"«{character}»" for character in characters]
    plain = st.sampled_from([*single, *single, " ", ",", "A", "E", "<enter>", "<wait:600>", *others])
    together = some(characters, 2, 4).map(lambda text: f"«{text}»")
    return st.lists(st.one_of(plain, plain, plain, together), max_size=25)


def check_undo(
    snippets: list[Snippet], keys: list[str], treatment: Treatment = Treatment()  # noqa: B008 (a frozen value)
) -> Desk:
    desk = Desk(snippets, treatment=treatment)
    for key in keys:
        known = len(desk.outcomes)
        desk.type(key)
        if [type(outcome) for outcome in desk.outcomes[known:]] == [Expanded]:
            as_typed = desk.as_typed
            assert desk.type("<bs>") == as_typed
    return desk


@settings(max_examples=300, deadline=None)
@given(snippets_of(JOINING, least=0), keys_of(JOINING))
def test_backspace_restores_the_field_as_it_was_typed(snippets: list[Snippet], keys: list[str]) -> None:
    check_undo(snippets, ["x", *keys])


@settings(max_examples=200, deadline=None)
@given(snippets_of(AFTER_A_CLICK, least=1), keys_of(AFTER_A_CLICK, "<click>", "<bs>"))
def test_backspace_restores_it_where_little_is_known(snippets: list[Snippet], keys: list[str]) -> None:
    check_undo(snippets, keys)


def test_backspace_is_plain_where_a_text_may_have_joined_what_is_not_known() -> None:
    assert typed("e<click>:a<bs>", snippet(":a", f"{ACCENT}x")) == f"e{ACCENT}|"
    assert typed("e:a<bs>", snippet(":a", f"{ACCENT}x")) == "e:a|"


def test_a_trigger_that_is_not_wanted_in_a_window_is_left_alone_without_a_word() -> None:
    desk = Desk([snippet("hi", "hello"), *MY, snippet("se", "1")], treatment=Treatment(snippets=()))
    assert desk.type("hi<bs>i my<pause> mysex") == "hi my mysex|"
    assert (desk.injected, desk.outcomes, desk.notified) == ([], [], [])
    assert desk.engine.status == EngineStatus()
    desk.treatment = Treatment()
    assert desk.type(" hi") == "hi my mysex hello|"


def test_of_several_snippets_only_those_that_a_window_wants_are_a_choice() -> None:
    letters = [Snippet(triggers=("hi",), replace=text, label=text) for text in "abc"]
    desk = Desk(letters, treatment=Treatment(snippets=("b",)))
    assert desk.type("hi ") == "b |"
    desk.treatment = Treatment(snippets=("a", "c"))
    assert desk.type("hi ") == "b hi |"
    assert desk.outcomes[1:] == [Choice("hi", ("a", "c"))]


def test_the_ways_of_a_window_go_with_each_text_into_it() -> None:
    ways = Delivery(newline="return", paste="ctrl+shift+v")
    desk = Desk([snippet("hi", "he$|$llo"), snippet("yo", "you")], treatment=Treatment(delivery=ways))
    desk.type("hiyo")
    desk.treatment = Treatment()
    assert desk.type("<bs>") == "heyo|llo"
    assert [injection.delivery for injection in desk.injected] == [ways] * 3


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("hi<enter>", "hi\n|", id="a Return that ends a word has sent it off"),
        pytest.param("hi<enter><bs>", "hi|", id="and there is nothing to take back"),
        pytest.param("my<enter>", "my\n|", id="so has one that rules out a longer trigger"),
        pytest.param("«my\nhi »", "my\nhello |", id="what comes after it is looked at again"),
        pytest.param("hi ", "hello |", id="another separator has not"),
        pytest.param(":ax<enter><tab>", "(x\n\t|, )", id="nor is there a place left to go to"),
        pytest.param(":ax<tab>", "(x, |)", id="as there is before"),
    ],
)
def test_where_return_sends_what_was_sent_stays(keys: str, field: str) -> None:
    snippets = [snippet("hi", "hello", right=True), *MY, snippet(":a", "($|$, $|$)")]
    assert Desk(snippets, treatment=Treatment(return_sends=True)).type(keys) == field


def test_after_a_fault_nothing_is_certain_of_what_was_typed() -> None:
    desk = Desk([*STOPS, *MY, snippet("sig", "S", left=True), snippet("oops", "fault")])
    desk.type("x:ay")
    with pytest.raises(ZeroDivisionError):
        desk.type("oops")
    assert desk.intercepted == [{"Tab"}, set()]
    assert desk.type("sig<click>") == "x(yoopsS|, )"
    desk.type("my")
    desk.faulty = True
    with pytest.raises(ZeroDivisionError):
        desk.engine.pause()
    assert not desk.engine.waiting


def test_backspace_may_be_no_more_than_itself() -> None:
    desk = Desk([snippet("hi", "hello")])
    desk.engine.undo = False
    assert desk.type("hi<bs>") == "hell|"


ONE_LINE = Treatment(delivery=Delivery(newline="space"), return_sends=True)


def test_where_no_line_break_may_go_in_a_space_does() -> None:
    desk = Desk([snippet("adr", "rue 1\n\n  75001 Paris\n")], treatment=ONE_LINE)
    assert desk.type("adr") == "rue 1 75001 Paris |"
    assert desk.injected[0].delivery == Delivery(newline="space")
    assert desk.outcomes == [Expanded("adr", Expansion("rue 1\n\n  75001 Paris\n", person="Inbox"))]


def test_backspace_gives_back_the_trigger_of_a_text_on_one_line() -> None:
    desk = Desk([snippet("adr", "rue 1\n\n75001 Paris", word=True)], treatment=ONE_LINE)
    assert desk.type("x adr ") == "x rue 1 75001 Paris |"
    assert desk.type("<bs>") == "x adr |"


def test_the_caret_goes_to_its_places_in_a_text_on_one_line() -> None:
    desk = Desk([snippet("to", "\n\ndear $|$,\n\n\n  see $|$\n\nbye", case="uppercase")], treatment=ONE_LINE)
    assert desk.type("TO") == " DEAR |, SEE BYE"
    assert desk.type("<tab>") == " DEAR , SEE |BYE"


def test_where_a_rule_turns_it_off_nothing_happens_and_nothing_is_said() -> None:
    desk = Desk([snippet("hi", "hello")], treatment=Treatment(off=True))
    assert desk.type("hi") == "hi|"
    assert (desk.outcomes, desk.notified) == ([], [])


def test_what_is_typed_where_it_is_off_is_forgotten_as_it_comes() -> None:
    desk = Desk([snippet("hunter", "prey"), snippet("hi", "hello")], treatment=Treatment(off=True))
    desk.type("<focus>hunt")
    assert desk.engine._state == START
    # The same window shows another page: what was typed before is no part of a trigger.
    desk.treatment = Treatment()
    assert desk.type("er hi") == "hunter hello|"


def test_a_tab_that_was_ours_still_reaches_a_window_where_it_is_off() -> None:
    desk = Desk(STOPS)
    desk.type(":a")
    desk.treatment = Treatment(off=True)
    desk.engine.key(KeyEvent(name="Focus"))
    assert desk.intercepted == [{"Tab"}, set()]
    desk.engine.key(KeyEvent(name="Tab"))
    assert desk.box.text == "(\t, )"


def test_backspace_does_not_lead_back_into_a_line_that_was_sent_off() -> None:
    snippets = [snippet("hello", "good day")]
    # The box is empty after Return: what stands there is only what is typed from then on.
    desk = Desk(snippets, treatment=Treatment(return_sends=True))
    assert desk.type("hel<enter><bs>lo") == "hello|"
    assert Desk(snippets).type("hel<enter><bs>lo") == "good day|"


ONE_LINE_TEXTS = st.text(alphabet="a: \n\r\t\u2028é", min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(ONE_LINE_TEXTS, min_size=1, max_size=3), st.booleans(), keys_of(["a", ":", "é"]))
def test_no_line_break_goes_in_where_none_may_and_backspace_restores(
    texts: list[str], word: bool, keys: list[str]
) -> None:
    snippets = [snippet(f":{'a' * (at + 1)}", text, word=word) for at, text in enumerate(texts)]
    desk = check_undo(snippets, ["x", *keys], ONE_LINE)
    assert [each for each in desk.injected if set("\n\r\u2028") & set(each.text)] == []


def test_an_expansion_is_not_taken_back_from_where_it_is_off() -> None:
    desk = Desk([snippet("hi", "hello")])
    desk.type("hi")
    desk.treatment = Treatment(off=True)
    assert desk.type("<focus><bs>") == "hell|"
    desk.treatment = Treatment()
    assert desk.type("<bs>") == "hel|"


def test_an_engine_that_waits_says_so() -> None:
    desk = Desk(MY)
    desk.type("m")
    assert not desk.engine.waiting
    desk.type("y")
    assert desk.engine.waiting
    desk.engine.pause()
    assert not desk.engine.waiting
    assert desk.box.text == "mine"
    desk.engine.pause()
    assert desk.box.text == "mine"


def test_an_engine_waits_while_a_trigger_may_come_to_rest() -> None:
    desk = Desk([snippet("no", "No.", rest=True)])
    waiting = []
    for key in ("n", "o", "t", "<bs>", "<shift>", "<bs>", "o", "<pause>", "<bs>"):
        desk.type(key)
        waiting.append((desk.box.text, desk.engine.waiting))
    assert waiting == [
        ("n", False), ("no", True), ("not", False), ("no", True), ("no", True), ("n", False), ("no", True),
        ("No.", False), ("no", False),
    ]  # fmt: skip


def test_the_status_says_what_was_done_and_for_whom() -> None:
    desk = Desk([Snippet(triggers=("hi",), replace="hello", label="Greeting")], title="Marie Dupont")
    desk.type("hi hi")
    assert desk.engine.status == EngineStatus(
        expansions=2, last_trigger_label="Greeting", last_person="Marie Dupont"
    )


def test_a_text_that_does_not_fit_leaves_the_trigger_and_says_why() -> None:
    desk = Desk([snippet("invitlin", "too long"), snippet("hi", "hello")])
    assert desk.type("invitlin") == "invitlin|"
    reason = (
        "the text does not fit tiny: its shortest wording has 11 characters, the limit is 3; "
        "shorten the template or the fields by 8"
    )
    assert desk.notified == [("invitlin was left as typed", reason)]
    assert desk.outcomes == [Refused("invitlin", reason)]
    assert desk.engine.status == EngineStatus(last_problem=f"invitlin was left as typed: {reason}")
    assert desk.type("<bs>n hi") == "invitlin hello|"
    assert desk.engine.status == EngineStatus(
        expansions=1,
        last_trigger_label="hi",
        last_person="Inbox",
        last_problem=f"invitlin was left as typed: {reason}",
    )


def test_a_refused_trigger_keeps_what_was_typed_after_it_going() -> None:
    desk = Desk([snippet("my", "too long"), snippet("myself", "me"), snippet("se", "1")])
    assert desk.type("mysex") == "my1x|"


def test_a_failed_injection_leaves_the_trigger_and_is_told() -> None:
    desk = Desk([snippet("hi", "hello")], broken=True)
    assert desk.type("hi") == "hi|"
    assert desk.notified == [("hi was left as typed", "the window does not take a paste")]
    desk.broken = False
    assert desk.type(" hi") == "hi hello|"


def test_what_was_taken_back_is_told() -> None:
    desk = Desk([snippet("hi", "hello")])
    assert desk.type("a hi<bs>") == "a hi|"
    assert [type(outcome) for outcome in desk.outcomes] == [Expanded, TakenBack]


def test_an_undo_that_fails_is_told_and_not_repeated() -> None:
    desk = Desk([snippet("hi", "hello")])
    desk.type("hi")
    desk.broken = True
    assert desk.type("<bs>") == "hell|"
    assert desk.notified == [("The expansion could not be taken back", "the window does not take a paste")]
    desk.broken = False
    assert desk.type("<bs>hi") == "helhello|"


def test_two_snippets_with_one_trigger_are_a_choice_for_the_person() -> None:
    one = Snippet(triggers=("hi",), replace="hello", label="Short")
    two = Snippet(triggers=("yo", "hi"), template="decline")
    three = Snippet(triggers=("hi",), replace="hey", source="mine.yml:3")
    desk = Desk([one, two, three])
    assert desk.type("hi") == "hi|"
    assert desk.outcomes == [Choice("hi", ("Short", "decline", "mine.yml:3"))]
    assert desk.notified == [("Several snippets share the trigger hi", "Short, decline, mine.yml:3")]


def test_the_same_snippet_under_two_spellings_is_no_choice() -> None:
    both = Snippet(triggers=("Hi", "hi", "hi"), replace="hello", propagate_case=True)
    assert typing("hi", [both, both]).text == "hello"


def test_other_snippets_take_over_at_once() -> None:
    desk = Desk([snippet("hi", "hello"), snippet("my", "mine"), snippet("myself", "me")])
    desk.type("my")
    desk.engine.replace_matcher(Matcher([snippet("hi", "good day", left=True)]))
    assert not desk.engine.waiting
    assert desk.type("hi hi") == "myhi good day|"


def test_an_undo_survives_a_reload() -> None:
    desk = Desk([snippet("hi", "hello")])
    desk.type("hi")
    desk.engine.replace_matcher(Matcher([]))
    assert desk.type("<bs>") == "hi|"


def test_the_case_follows_the_trigger_and_the_caret_follows_the_case() -> None:
    desk = Desk([snippet("str", "straße $|$an", case="uppercase")])
    assert desk.type("STR") == "STRASSE |AN"
    assert desk.outcomes == [Expanded("str", Expansion("straße an", caret=7, person="Inbox"))]


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        pytest.param("st", "ß|a ß, bé", id="small letters"),
        pytest.param("St", "Ss|a ß, bé", id="a capital to begin with"),
        pytest.param("ST", "SS|A SS, BÉ", id="capitals"),
        pytest.param("STx<tab>y<tab>z", "SSxA ySSz|, BÉ", id="each place"),
        pytest.param("Stx<tab>y<tab>z", "Ssxa yßz|, bé", id="each place after one capital"),
        pytest.param("we ", "ß|a ß, bé ", id="small letters, style for words"),
        pytest.param("We ", "Ss|a Ss, Bé ", id="a capital for each word"),
        pytest.param("We x<tab>y<tab>z", "Ssxa ySsz|, Bé ", id="its places"),
    ],
)
def test_every_place_follows_the_case(keys: str, field: str) -> None:
    text = "ß$|$a $|$ß$|$, bé"
    assert (
        typed(
            keys,
            snippet("st", text, case="uppercase"),
            snippet("we", text, word=True, case="capitalize_words"),
        )
        == field
    )


def test_nothing_that_is_typed_or_inserted_can_reach_a_log() -> None:
    desk = Desk([snippet(":k", "hunter2", case="uppercase"), snippet(":no", "too long")])
    desk.type("opensesame :no :K")
    matcher = Matcher([snippet("same", "x", right=True, case="uppercase")])
    state, match = matcher.step(desk.engine._state, KeyEvent(text="openseSAME«sesame"))
    expanded = [outcome for outcome in desk.outcomes if isinstance(outcome, Expanded)]
    shown = repr((KeyEvent(text="sesame"), state, match, expanded, desk.engine._undo, desk.engine.status))
    secrets = ["open", "SAME", "«", "sesame", "hunter2", "HUNTER2", ":K", "Dear secret"]
    assert [secret for secret in secrets if secret in shown] == []
    assert desk.notified == [(":no was left as typed", desk.outcomes[0].reason)]  # type: ignore[union-attr]
