"""A simulated person: keys go in, the field comes out with `|` at the caret."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from motjuste.engine import Engine, Expansion
from motjuste.errors import UserError
from motjuste.expansion.matching import Match, Matcher
from motjuste.expansion.snippets import Snippet
from motjuste.ports import Window
from motjuste.simulation import Simulation, simulate


class PlainExpander:
    """Gives a snippet's text as it is written, `$|$` being places for the caret; refuses the text "refuse"."""

    def expand(self, match: Match, window: Window) -> Expansion:
        if match.snippet.replace == "refuse":
            raise UserError("there is nothing to say", next_step="say something else")
        pieces = match.snippet.replace.split("$|$")
        places = [len(text) for text in accumulate(pieces[:-1])]
        return Expansion(
            "".join(pieces),
            caret=places[0] if places else None,
            stops=tuple(places[1:]),
            person=window.title,
        )


def snippet(
    trigger: str,
    replace: str,
    *,
    word: bool = False,
    left: bool = False,
    right: bool = False,
    rest: bool = False,
    case: str = "",
    confirm: str = "",
) -> Snippet:
    """A snippet with one trigger, at word boundaries, at rest, confirmed and in a case style where asked."""
    return Snippet(
        triggers=(trigger,),
        replace=replace,
        left_word=word or left,
        right_word=word or right,
        at_rest=rest,
        confirm=confirm,
        propagate_case=bool(case),
        uppercase_style=case or "uppercase",
    )


def typing(keys: str, snippets: Sequence[Snippet], *, title: str = "", history: int = 64) -> Simulation:
    """Everything that came of typing `keys`."""
    matcher = Matcher(snippets, history=history)
    return simulate(keys, partial(Engine, matcher=matcher, expander=PlainExpander()), window=Window(title=title))


def typed(keys: str, *snippets: Snippet) -> str:
    """The field after typing `keys`."""
    return typing(keys, snippets).field
