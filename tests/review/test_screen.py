"""The review on the whole terminal, pressed key by key: what it shows is what a person sees."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import repeat

import pytest
from reviewing import HUGO, LEA, Board, Reviewer, invitation
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import TextArea

from motjuste.errors import UserError
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision
from motjuste.review.languages import LANGUAGES, words_for
from motjuste.review.screen import LEAST, ReviewScreen

Size = tuple[int, int]
USUAL: Size = (80, 24)


class Sitting:
    """A person before the screen of a review."""

    def __init__(self, app: ReviewScreen, pilot: Pilot[BaseException | None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that they began has ended."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        await self.pilot.pause()
        while self.app.is_busy and self.app.is_running:
            await self.pilot.pause()
        await self.pilot.pause()

    @property
    def screen(self) -> str:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """What stands on the screen, without its line breaks."""
        return " ".join(self.screen.split())

    def columns(self) -> set[int]:
        """How many cells each line of the screen fills."""
        return {strip.cell_length for strip in self.app.screen._compositor.render_strips()}


def sit(
    reviewer: Reviewer, act: Callable[[Sitting], Awaitable[None]], *, size: Size = USUAL, language: str = "en"
) -> BaseException | None:
    """Sit down before a review and act; what it ended with."""

    async def sitting() -> BaseException | None:
        app = ReviewScreen(reviewer.work(started=False), words_for(language))
        async with app.run_test(size=size) as pilot:
            here = Sitting(app, pilot)
            await here.settle()
            await act(here)
        return app.return_value

    return asyncio.run(sitting())


def states(reviewer: Reviewer) -> dict[str, str]:
    return {state.invitation.name: state.name for state in reviewer.room().states().values()}


FIRST = """\
 Invitations  1 of 4  what waits
 Léa Petit  linkedin.com/in/léa-petit
 Directrice · Atelier Nord
 invited you on 1 Feb 2026 · 3 shared connections
━ Their note · a personal note ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
 Votre article m’a plu.











─ Proposed: ACCEPT ─────────────────────────────────────────────────────────────
 • the note is personal
─ Your reply ───────────────────────────────────────────────────────────────────
 No reply goes with this.

 ⏎ take it  a accept  s ask  d decline  i ignore  e edit  n next  p previous
 u undo  / search  f filter  ? help  q quit"""


def test_the_first_invitation_fills_a_screen_of_80_by_24(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        assert here.screen == FIRST

    assert sit(reviewer, act) is None


def test_enter_decides_copies_and_shows_the_next(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("enter", "enter")
        assert "3 of 4" in here.screen
        assert "Hugo Martin: asked, reply copied (18 of 200 characters)." in here.screen
        assert "https://www.linkedin.com/in/hugo-martin (l opens it)" in here.screen

    sit(reviewer, act)
    assert (states(reviewer)["Léa Petit"], states(reviewer)["Hugo Martin"]) == ("accept", "ask")
    assert reviewer.board.copied == ["Bonjour Hugo, ask."]


def test_a_step_is_taken_back_and_again(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("enter", "u")
        assert "Taken back: Léa Petit." in here.screen
        assert "1 of 4" in here.screen
        await here.press("ctrl+y")
        assert "Taken again: Léa Petit." in here.screen

    sit(reviewer, act)
    assert states(reviewer)["Léa Petit"] == "accept"


def test_another_verdict_brings_its_own_reply_and_counter(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("d")
        assert "─ Chosen by you: DECLINE ─" in here.screen
        assert "• Proposed: accept" in here.screen
        assert " Bonjour Léa, decline." in here.screen
        assert "─ Your reply · 21 of 200 characters ─" in here.screen

    sit(reviewer, act)


def test_the_counter_follows_what_is_typed_and_says_when_it_is_too_much(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("n", "e", "!", "?", "enter", "q")
        assert "━ Your reply, changed by you · 22 of 200 characters ━" in here.screen
        here.app.query_one(TextArea).insert("🙂" * 90)
        await here.settle()
        assert "202 of 200 characters · too long by 2" in here.screen
        await here.press("escape", "enter")
        assert "too long by 2: nothing was recorded, nothing copied" in here.screen
        assert states(reviewer)["Hugo Martin"] == "waiting"
        await here.press("e", "backspace", "escape", "enter")

    sit(reviewer, act)
    assert reviewer.board.copied == ["Bonjour Hugo, ask.!?\nq" + "🙂" * 89]


def test_what_was_typed_last_is_not_lost_by_a_quick_escape(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("n", "e")
        for key, character in (("exclamation_mark", "!"), ("escape", None)):
            here.app.post_message(Key(key, character))
        await here.settle()
        await here.press("enter")

    sit(reviewer, act)
    assert reviewer.board.copied == ["Bonjour Hugo, ask.!"]


def test_who_tabs_out_of_a_reply_comes_back_by_any_key(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("n", "e", "!", "tab", "x", "?")
        assert "Bonjour Hugo, ask.!?" in here.screen

    sit(reviewer, act)


def test_what_is_typed_into_a_reply_is_no_key(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("n", "e", "a", "d", "u", "q", "escape")
        assert "Bonjour Hugo, ask.aduq" in here.screen

    assert sit(reviewer, act) is None
    assert set(states(reviewer).values()) == {"waiting"}


def test_a_search_is_typed_at_the_foot(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("slash", "r", "o", "y")
        assert "Search a name, company or note; empty: all again:\n roy" in here.screen
        await here.press("enter")
        assert "1 of 1  all invitations · “roy”" in here.screen
        assert "Ana Roy" in here.screen
        await here.press("slash", "escape", "escape")
        assert "of 4  what waits" in here.screen

    sit(reviewer, act)


def test_what_is_typed_to_search_outlives_another_size(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("slash", "r", "o")
        await here.pilot.resize_terminal(100, 30)
        await here.press("y", "enter")
        assert "“roy”" in here.screen

    sit(reviewer, act)


def test_keys_work_with_caps_lock_too(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("I", "enter")
        assert "Léa Petit: ignored." in here.screen

    sit(reviewer, act)


def test_a_filter_is_chosen_from_a_list(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("f", *["down"] * 12, "enter")
        assert "1 of 1  what waits · proposed: decline" in here.screen
        assert "Ana Roy" in here.screen
        await here.press("f", "end", "up", "home", "enter")
        assert "of 4  what waits" in here.screen

    sit(reviewer, act)


def test_all_are_taken_after_a_look_and_taken_back(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("b", "right")
        assert "All 4 by the policy “open-network”" in here.screen
        await here.press("left", "enter")
        assert "Taken: 3 decisions. u takes them all back." in here.screen
        assert states(reviewer)["Ana Roy"] == "decline"
        await here.press("u")
        assert "Taken back: 3 decisions." in here.screen

    sit(reviewer, act)
    assert set(states(reviewer).values()) == {"waiting"}


def test_help_shows_every_key_and_closes(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("question_mark")
        assert " Enter  takes what is shown: records the verdict, copies the reply, goes on" in here.screen
        await here.press("a", "escape")
        assert here.screen == FIRST

    sit(reviewer, act)


def test_a_long_note_scrolls_and_the_next_begins_at_its_beginning(nobody: Reviewer) -> None:
    long = "\n".join(f"line {number}" for number in range(60))
    nobody.room().receive([invitation("Mia Noir", 1, note=long), invitation("Zoé Vert", 2, note=long)])

    async def act(here: Sitting) -> None:
        assert " line 0\n" in here.screen
        await here.press("end")
        assert "line 59" in here.screen
        await here.press("n")
        assert " line 0\n" in here.screen

    sit(nobody, act)


def test_without_a_clipboard_the_reply_is_shown_and_the_decision_stands(reviewer: Reviewer) -> None:
    reviewer.board.missing = True

    async def act(here: Sitting) -> None:
        await here.press("n", "enter")
        assert "Bonjour Hugo, ask." in here.screen
        assert "Hugo Martin: asked, but not copied: there is no display" in here.screen
        await here.press("escape")
        assert "3 of 4" in here.screen

    sit(reviewer, act)
    assert states(reviewer)["Hugo Martin"] == "ask"


def test_another_programs_decision_is_shown_and_not_doubled(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        reviewer.room().decide([Decision(LEA, Verdict(verdict="decline"))])
        await here.press("enter")
        assert "changed elsewhere meanwhile (declined by you). Nothing was recorded" in here.words
        assert "Decided: DECLINE" in here.screen

    sit(reviewer, act)
    assert states(reviewer)["Léa Petit"] == "decline"


def test_the_last_decision_leads_to_a_page_that_says_so(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("enter", "enter", "enter", "i", "enter")
        assert "end of 4" in here.screen
        assert "Nothing waits any more in what you go through." in here.screen
        await here.press("p")
        assert "Decided: IGNORE" in here.screen

    sit(reviewer, act)


def test_an_empty_inbox_says_how_to_fill_it(nobody: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        assert "motjuste inbox import FILE" in here.screen
        await here.press("q")

    assert sit(nobody, act) is None


def test_ctrl_c_leaves_from_anywhere(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        await here.press("n", "e", "x", "ctrl+c")

    assert isinstance(sit(reviewer, act), KeyboardInterrupt)
    assert reviewer.work().shown == reviewer.room().states()[HUGO.id]


def test_what_was_not_foreseen_ends_the_review_and_is_passed_on(reviewer: Reviewer) -> None:
    class Broken(Board):
        def copy(self, text: str) -> None:
            raise RuntimeError("what?")

    reviewer.board = Broken()

    async def act(here: Sitting) -> None:
        await here.press("n", "enter")

    assert repr(sit(reviewer, act)) == "RuntimeError('what?')"
    assert states(reviewer)["Hugo Martin"] == "ask"


def test_a_ledger_that_cannot_be_read_ends_the_review_in_words(reviewer: Reviewer) -> None:
    (reviewer.folder / "ledger.db").write_bytes(b"no database at all" * 100)

    async def act(here: Sitting) -> None:
        pass

    assert isinstance(sit(reviewer, act), UserError)


MARKUP = "[bold red]Eve[/] [link=http://x]Roy[/link] [@click=app.quit]x[/]"


def test_markup_that_others_wrote_is_plain_text(nobody: Reviewer) -> None:
    nobody.room().receive(
        [
            invitation(
                "Eve Roy", 1, note=MARKUP, organization=MARKUP, position="$primary {x}", groups=("[red]a",)
            )
        ]
    )

    async def act(here: Sitting) -> None:
        assert here.screen.count(MARKUP) == 2
        assert "$primary {x} · " in here.screen
        assert "groups: [red]a" in here.screen
        await here.press("slash", "[", "r", "e", "d", "]", "enter")

    assert sit(nobody, act, size=(120, 24)) is None


@pytest.mark.parametrize("size", [LEAST, USUAL, (119, 29), (200, 50)])
def test_wide_letters_and_emoji_keep_every_line_in_its_place(nobody: Reviewer, size: Size) -> None:
    odd = "王伟 👩‍👩‍👧 ❤️ 👍🏽 🇫🇷 1️⃣ e\u0301 ﷽ ᄀᄀ" * 9
    nobody.room().receive([invitation("王伟", 1, note=odd, organization=odd[:60], position="🚀" * 30)])

    async def act(here: Sitting) -> None:
        assert here.columns() == {size[0]}
        assert "王伟" in here.screen

    sit(nobody, act, size=size)


@pytest.mark.parametrize(
    ("size", "language"),
    [
        *(pytest.param(size, "fr", id=f"{size}") for size in [(200, 50), (120, 30), USUAL, (60, 20), LEAST]),
        *(pytest.param(USUAL, language, id=language) for language in LANGUAGES if language != "fr"),
    ],
)
def test_nothing_essential_is_cut_at_any_size(reviewer: Reviewer, size: Size, language: str) -> None:
    words = words_for(language)

    async def act(here: Sitting) -> None:
        await here.press("d")
        lines = here.screen.splitlines()
        assert any(line.strip().startswith("Léa Petit") for line in lines)
        for essential in (
            "Votre article m’a plu.",
            words.verdicts["decline"].upper(),
            "Bonjour Léa, decline.",
            "21 ",
            f"⏎ {words.keys['enter']}",
        ):
            assert essential in here.screen

    sit(reviewer, act, size=size, language=language)


def test_a_window_that_is_too_small_says_so_until_it_grows(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        assert "at least 50 × 16 are needed." in here.screen
        await here.pilot.resize_terminal(*USUAL)
        await here.settle()
        assert here.screen == FIRST
        await here.pilot.resize_terminal(200, 50)
        await here.settle()
        assert "Proposed: ACCEPT" in here.screen
        await here.pilot.resize_terminal(49, 50)
        await here.settle()
        assert "at least 50 × 16 are needed." in here.screen

    sit(reviewer, act, size=(30, 10))


def test_a_click_on_a_key_presses_it(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        row = next(at for at, line in enumerate(here.screen.splitlines()) if "⏎ take it" in line)
        await here.pilot.click(offset=(here.screen.splitlines()[row].index("⏎"), row))
        await here.settle()
        assert "2 of 4" in here.screen

    sit(reviewer, act)
    assert states(reviewer)["Léa Petit"] == "accept"


def test_long_work_shows_how_far_it_is_and_can_be_stopped(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        here.app._begin(repeat((1, 3)))
        while "1 of 3 … Esc stops" not in here.screen:
            await here.pilot.pause()
        await here.pilot.press("enter", "a")
        await here.press("escape")
        assert "Stopped; all stays as it was." in here.screen
        assert "Proposed: ACCEPT" in here.screen

    sit(reviewer, act)
    assert set(states(reviewer).values()) == {"waiting"}


def test_leaving_does_not_wait_for_long_work(reviewer: Reviewer) -> None:
    async def act(here: Sitting) -> None:
        here.app._begin(repeat((1, 3)))
        await here.press("q")

    assert sit(reviewer, act) is None
