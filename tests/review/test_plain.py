"""Line by line: the same keys, each followed by Enter, and everything said in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reviewing import Reviewer, invitation

from motjuste.review.languages import LANGUAGES, words_for
from motjuste.review.page import said
from motjuste.review.plain import Plain


def went(reviewer: Reviewer, lines: str, language: str = "en") -> str:
    """All that was written while a person typed these lines, and then left."""
    typed: Iterator[str] = iter([*(f"{line}\n" for line in lines.split("|")), "q\n", "q\n"])
    written: list[str] = []
    Plain(reviewer.work(started=False), words_for(language), lambda: next(typed, ""), written.append).run()
    return "".join(written)


def states(reviewer: Reviewer) -> list[str]:
    return [state.name for state in reviewer.room().states().values()]


LEA = """\

1 of 4 · Léa Petit
Directrice · Atelier Nord
invited you on 1 Feb 2026 · 3 shared connections
https://www.linkedin.com/in/léa-petit
Their note (a personal note):
Votre article m’a plu.
Proposed: accept
- the note is personal
Your reply:
No reply goes with this.
Enter takes it; a s d i choose; n next; ? all keys; q leaves.
Your key: """
HUGO_IN_FRENCH = """\
Léa Petit\u00a0: acceptée. https://www.linkedin.com/in/léa-petit (l l’ouvre)

2 sur 4 · Hugo Martin
Acme
invitation du 2 févr. 2026
https://www.linkedin.com/in/hugo-martin
Sa note (sans note)\u00a0:
(sans note)
Proposition\u00a0: se renseigner
- because of strong-ties
Votre réponse (18 caractères sur 200)\u00a0:
Bonjour Hugo, ask.
Entrée valide\u202f; a s d i choisissent\u202f; n suivante\u202f; ? toutes les touches\u202f; q quitte.
Votre touche\u00a0: """


def test_an_invitation_is_read_from_the_person_to_the_reply(reviewer: Reviewer) -> None:
    assert went(reviewer, "q") == LEA


def test_french_is_spoken_to_those_who_write_it(reviewer: Reviewer) -> None:
    assert went(reviewer, "", "fr-CA").endswith(HUGO_IN_FRENCH)


def test_an_empty_line_takes_what_is_proposed(reviewer: Reviewer) -> None:
    said = went(reviewer, "|")
    assert "Hugo Martin: asked, reply copied (18 of 200 characters). https://" in said
    assert states(reviewer) == ["waiting", "accept", "waiting", "ask"]
    assert reviewer.board.copied == ["Bonjour Hugo, ask."]


def test_without_a_clipboard_the_reply_is_written_out(reviewer: Reviewer) -> None:
    reviewer.board.missing = True
    said = went(reviewer, "|")
    told = "asked, but not copied: there is no display, so nothing was copied; copy it from the terminal\n"
    assert f"Hugo Martin: {told}Bonjour Hugo, ask.\n" in said


def test_keys_may_be_capitals_and_names_of_keys(reviewer: Reviewer) -> None:
    went(reviewer, "N|left|I|")
    assert states(reviewer) == ["waiting", "ignore", "waiting", "waiting"]


def test_a_word_that_is_no_key_is_told(reviewer: Reviewer) -> None:
    assert "yes please\x1b".replace("\x1b", "") + " is no key here; ? shows all keys." in went(
        reviewer, "yes please\x1b"
    )


def test_a_reply_is_written_line_by_line(reviewer: Reviewer) -> None:
    said = went(reviewer, "n|e|Bonjour Hugo,||pourquoi ?|.|")
    assert "Your reply, changed by you (25 of 200 characters):\nBonjour Hugo,\n\npourquoi ?\n" in said
    assert reviewer.board.copied == ["Bonjour Hugo,\n\npourquoi ?"]


def test_a_full_stop_at_once_leaves_the_reply_as_it_is(reviewer: Reviewer) -> None:
    went(reviewer, "n|e|.|")
    assert reviewer.board.copied == ["Bonjour Hugo, ask."]


@pytest.mark.parametrize("search", ["/acme", "/|acme"])
def test_words_are_searched_on_the_same_line_or_the_next(reviewer: Reviewer, search: str) -> None:
    assert "1 of 1 · Hugo Martin" in went(reviewer, search)
    assert "\n1 of 4 · what waits" not in went(reviewer, search)
    assert "end of 1 · all invitations · “acme”\n" in went(reviewer, f"{search}|n")


@pytest.mark.parametrize("jump", ["g 3", "g3", "g|3"])
def test_a_number_is_jumped_to(reviewer: Reviewer, jump: str) -> None:
    assert "3 of 4 · Ana Roy" in went(reviewer, jump)


def test_filters_are_numbered(reviewer: Reviewer) -> None:
    said = went(reviewer, "f|12")
    assert "Proposed:\n10  accept\n11  ask for more\n12  decline\n" in said
    assert "1 of 1 · Ana Roy" in said
    assert "Nothing found" not in went(reviewer, "f|99|f|x|f|")


def test_all_are_taken_after_a_look(reviewer: Reviewer) -> None:
    said = went(reviewer, "b|")
    assert (
        "All 4 by the policy “strong-ties”\n\n3 would be recorded:\n  1 · accept\n"
        "      Léa Petit: the note is personal\n  1 · ask for more\n      Hugo Martin: because of strong-ties\n"
        "  1 · decline\n      Ana Roy: because of strong-ties\nLeft to you: 1.\n"
    ) in said
    assert "Taken: 3 decisions. u takes them all back." in said
    assert states(reviewer) == ["waiting", "accept", "decline", "ask"]
    went(reviewer, "u")
    assert set(states(reviewer)) == {"waiting"}


def test_another_policy_is_weighed_by_its_name(reviewer: Reviewer) -> None:
    assert "All 4 by the policy “open-network”" in went(reviewer, "b|open-network|no")
    assert set(states(reviewer)) == {"waiting"}


def test_what_became_of_somebody_elsewhere_is_said_in_words(reviewer: Reviewer) -> None:
    work = reviewer.work()
    reviewer.room().note("removed", work.pile.states[work.session.shown].invitation)
    work.press("enter")
    told = said(work.session.said, words_for("en"))
    assert told == "Léa Petit: changed elsewhere meanwhile (removed). Nothing was recorded; look again."


def test_help_names_every_key(reviewer: Reviewer) -> None:
    said = went(reviewer, "?")
    assert "Enter  takes what is shown: records the verdict, copies the reply, goes on\n" in said
    assert "\nq  leaves; everything is recorded already\n" in said


def test_who_has_no_more_to_say_leaves(reviewer: Reviewer) -> None:
    written: list[str] = []
    Plain(reviewer.work(started=False), words_for("en"), lambda: "", written.append).run()
    assert "".join(written) == LEA


def test_nothing_that_others_wrote_moves_the_terminal(nobody: Reviewer) -> None:
    bad = invitation(
        "Eve \x1b[31m\u202eRoy",
        note="\x1b]0;title\x07 [red]x[/red] \u2066y\r\n\x9b2J",
        profile_url="javascript:x",
    )
    nobody.room().receive([bad])
    said = went(nobody, "q")
    assert [each for each in said if (ord(each) < 32 and each != "\n") or each in "\x9b\u202e\u2066"] == []
    assert "[red]x[/red] y" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_missing_in_any_language(reviewer: Reviewer, language: str) -> None:
    said = went(reviewer, "?|f||b|no|n|p||||u|r|g9|/zzz|o|l|e|.|i|", language)
    assert "{" not in said
    assert len(said) > 1000
