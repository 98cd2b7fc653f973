"""Looking a template up by words."""

from __future__ import annotations

import pytest

from motjuste.messages.looking_up import says
from motjuste.messages.templates import Template

NOTE = Template(
    name="invite-event", language="fr", path="p", key="k", title="Après un événement", description="Une note.",
    when="Vous vous êtes parlé lors d’un salon.", tags=("réseau", "cœur"), triggers=("invevent",),
    channel="linkedin-note",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param([], True, id="no words find everything"),
        pytest.param(["salon"], True, id="when to use it"),
        pytest.param(["note"], True, id="the description"),
        pytest.param(["invevent"], True, id="the trigger"),
        pytest.param(["invite"], True, id="the name"),
        pytest.param(["linkedin"], True, id="the channel"),
        pytest.param(["Evenement"], True, id="the title, without accents and in capitals"),
        pytest.param(["e\u0301vé"], True, id="the beginning of a word, its accents apart or not"),
        pytest.param(["RESEAU", "salon"], True, id="all of several words"),
        pytest.param(["coeur"], True, id="a ligature in two letters"),
        pytest.param(["invite-event"], True, id="a name with its hyphen"),
        pytest.param(["salon école"], False, id="one of two words is not there"),
        pytest.param(["alon"], False, id="the end of a word is no beginning"),
    ],
)
def test_a_template_is_found_by_its_words(words: list[str], found: bool) -> None:
    assert says(NOTE, words) is found
