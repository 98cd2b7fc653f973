"""The review on the whole screen. What keys do is known elsewhere (session, work): here is only what is drawn."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input, Static, TextArea

from motjuste.review.drawing import COLOURS, filter_list, head, help_text, key_line, person
from motjuste.review.page import (
    Page,
    choices,
    page,
    said,
    shown,
    weighed_lines,
)
from motjuste.review.recorded import ToCopy
from motjuste.review.session import KEYS
from motjuste.review.words import Words
from motjuste.review.work import Job, Work

LEAST = (50, 16)
"""Columns and rows below which only a word is shown."""
WIDE = (120, 30)
"""Columns and rows from which two columns are shown."""
HIGH, VERY_LOW = 30, 20
"""Rows from which nothing has to be saved, and below which all that can be is."""
FEW_KEYS = ("enter", "a", "s", "d", "i", "e", "n", "p", "u", "/", "f", "?", "q")
"""The keys that a narrow screen has room for; help knows the others."""
_PIECE_SECONDS = 0.02
_THEME = replace(BUILTIN_THEMES["ansi-dark"], name="motjuste")
_NOTHING = Content()
_ANSWERED = ("searching", "jumping")


class Panel(VerticalScroll, inherit_bindings=False):
    """A part of the screen that scrolls when there is more in it than room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]


class ReviewScreen(App[BaseException | None]):
    """Shows one invitation at a time. Its result is what ended it unexpectedly; None when the person left."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = Path(__file__).with_name("screen.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+q", "press('q')", show=False, priority=True),
    ]

    def __init__(self, work: Work, words: Words) -> None:
        # Told here, since Textual decides what NO_COLOR does before it knows the theme: else black on black.
        super().__init__(ansi_color=True)
        self._work = work
        self._words = words
        self._job: Job | None = None
        self._copying: asyncio.Task[None] | None = None
        self._marked = 0
        self._drawn: Page | None = None
        self._texts: dict[str, Content] = {}
        self.register_theme(_THEME)
        self.theme = _THEME.name

    def compose(self) -> ComposeResult:
        yield Static(id="too-small", markup=False)
        with Vertical(id="all"):
            yield Static(id="head", markup=False)
            with Container(id="page"):
                with Vertical(id="left"):
                    with Panel(id="person"):
                        yield Static(id="person-text", markup=False)
                    with Panel(id="note"):
                        yield Static(id="note-text", markup=False)
                with Vertical(id="right"):
                    with Panel(id="verdict"):
                        yield Static(id="verdict-text", markup=False)
                    with Panel(id="reply"):
                        yield Static(id="reply-text", markup=False)
                    yield TextArea(id="editor", theme="css", soft_wrap=True, show_line_numbers=False)
            with Panel(id="over"):
                yield Static(id="over-text", markup=False)
            yield Static(id="said", markup=False)
            yield Input(id="answer")
            yield Static(id="keys")

    def on_mount(self) -> None:
        self.query_one("#too-small", Static).update(
            self._words.too_small.format(columns=LEAST[0], rows=LEAST[1])
        )
        self.query_one("#note").focus()
        self._update("said", self._words.starting)
        self._heed_signals()
        self.call_after_refresh(self._begin, self._work.start())

    def on_resize(self, event: events.Resize) -> None:
        columns, rows = event.size
        self.set_class(columns < LEAST[0] or rows < LEAST[1], "-too-small")
        self.set_class(rows < HIGH, "-low")
        self.set_class(rows < VERY_LOW, "-very-low")
        self.set_class(columns >= WIDE[0] and rows >= WIDE[1], "-wide")
        if self._drawn is not None:
            self._draw()
        self._update("keys", key_line(self._words, columns - 2, FEW_KEYS if columns < WIDE[0] else KEYS))

    @property
    def is_busy(self) -> bool:
        """Whether something that a key began has still to end."""
        return self._job is not None or (self._copying is not None and not self._copying.done())

    # --- keys -----------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Everything but scrolling, moving between panels and typing is the session's."""
        typing = isinstance(self.focused, Input | TextArea)
        if typing and event.key != "escape":
            return
        event.stop()
        key = event.character if event.character and event.is_printable else event.key
        await self.action_press("space" if key == " " else key.lower())

    async def action_press(self, key: str) -> None:
        """Do what a key does, and draw what follows."""
        if self._job is not None:
            if key in ("escape", "q"):
                self._stop()
            if key != "q":
                return
        with self._ending():
            await self._copied()
            mode = self._work.session.mode
            if mode == "editing":
                # What was typed last may not have been told of yet.
                self._work.edited(self.query_one(TextArea).text)
            if mode == "filtering" and (key in ("enter", "up", "down", "home", "end")):
                job = self._choose(key)
            elif mode == "all" and key in ("left", "right"):
                job = self._work.other_policy(1 if key == "right" else -1)
            else:
                job = self._work.press(key)
                self._marked = 0
            self._after(job)

    def action_interrupt(self) -> None:
        """Ctrl+C: leave at once. What was decided is recorded already."""
        self._end(KeyboardInterrupt())

    def _end(self, by: BaseException) -> None:
        self._job = None
        self._work.remember()
        self.exit(by)

    def _heed_signals(self) -> None:
        """A signal from outside puts the terminal back, too."""
        ends = {signal.SIGINT: KeyboardInterrupt(), signal.SIGTERM: SystemExit(128 + signal.SIGTERM)}
        for number, error in ends.items():
            # Windows has no such thing, and another thread than the first may not ask.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, self._end, error)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed to search, or to jump to."""
        event.stop()
        with self._ending():
            self._after(self._work.typed(event.value))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The counter follows each key."""
        if self._work.session.mode == "editing":
            self._work.edited(event.text_area.text)
            self._draw_reply(page(self._work, self._words))

    def _choose(self, key: str) -> Job | None:
        found = choices(self._work.session.filter, self._words)
        if key == "enter":
            return self._work.sift(found[self._marked].filter)
        moves = {"up": self._marked - 1, "down": self._marked + 1, "home": 0, "end": len(found) - 1}
        self._marked = max(0, min(len(found) - 1, moves[key]))
        return None

    # --- what takes longer ----------------------------------------------------------------------

    def _after(self, job: Job | None) -> None:
        """Draw what a key has changed; begin what takes longer; keep where the person is."""
        to_copy, self._work.to_copy = self._work.to_copy, None
        if self._work.left:
            self._work.remember()
            self.exit(None)
            return
        if to_copy is not None:
            self._copying = asyncio.create_task(self._copy(to_copy))
        if job is not None:
            self._begin(job)
            return
        self._draw()
        self.call_after_refresh(self._meanwhile)

    def _meanwhile(self) -> None:
        """What has time until the person has read."""
        with self._ending():
            self._work.remember()
            self._work.look_ahead()

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """What was not foreseen ends the review, and is told once the terminal is put back."""
        try:
            yield
        except Exception as error:
            self._job = None
            self.exit(error)

    def _begin(self, job: Job) -> None:
        self._job = job
        self.run_worker(self._run(job), exit_on_error=False)

    async def _run(self, job: Job) -> None:
        """Let a job work in pieces that are shorter than a key press, and show how far it is."""
        with self._ending():
            until = time.monotonic() + _PIECE_SECONDS
            for done, total in job:
                if time.monotonic() > until:
                    self._progress(done, total)
                    await asyncio.sleep(0.001)
                    if self._job is not job:
                        return
                    until = time.monotonic() + _PIECE_SECONDS
            self._job = None
            # Looking through thousands of invitations for lost objects would hold up a key now and then.
            gc.freeze()
            self._after(None)

    def _stop(self) -> None:
        """Give up what is running; nothing has changed by it."""
        self._job = None
        self._work.stop()
        self._draw()

    async def _copy(self, to_copy: ToCopy) -> None:
        with self._ending():
            problem = await asyncio.to_thread(self._work.copy, to_copy)
            self._work.copied(to_copy, problem)
            self._draw()

    async def _copied(self) -> None:
        """The reply of the key before is on the clipboard, and recorded."""
        if self._copying is not None:
            await self._copying
            self._copying = None

    # --- drawing --------------------------------------------------------------------------------

    def _progress(self, done: int, total: int) -> None:
        words = self._words
        self._update("said", words.working.format(words.number(done), words.number(total)))

    def _draw(self) -> None:
        session, words = self._work.session, self._words
        now = page(self._work, words)
        over = session.mode in ("helping", "filtering", "all", "showing") or bool(now.end)
        self.set_class(over, "-over")
        self.set_class(not now.count, "-no-reply")
        self.set_class(session.mode == "editing", "-editing")
        self.set_class(session.mode in _ANSWERED, "-asking")
        self._update("head", head(now, words))
        self.set_class(session.mode != "reading", "-elsewhere")
        self._update("said", self._told())
        if over:
            self._draw_over(now)
        else:
            self._draw_page(now)
        self._focus(now, over)
        self._drawn = now

    def _told(self) -> Content:
        """What is said at the foot: about the last key, else how to come back from where the person is."""
        session, words = self._work.session, self._words
        if session.said is not None:
            return Content.styled(said(session.said, words), "" if session.said.good else "bold")
        if session.mode in _ANSWERED:
            return Content(words.labelled(words.asks[session.mode], ""))
        ways = {"editing": words.editing, "filtering": words.filter_help, "all": words.all_help}
        return Content("" if session.mode == "reading" else ways.get(session.mode, words.close))

    def _draw_page(self, now: Page) -> None:
        words = self._words
        self._update("person-text", Content("\n").join(person(now)))
        self._title("note", Content(f"{words.note} · {now.note_kinds}" if now.note_kinds else words.note))
        self._update("note-text", Content(now.note or words.no_note))
        verdict = (now.verdict_words.upper(), COLOURS.get(now.verdict, "bold"))
        self._title("verdict", Content.assemble(words.labelled(now.verdict_title, "") + " ", verdict))
        self._update("verdict-text", Content("\n".join(f"• {reason}" for reason in now.reasons)))
        self._update("reply-text", Content(now.text))
        self._draw_reply(now)
        if self._drawn is None or (self._drawn.name, self._drawn.place) != (now.name, now.place):
            for each in self.query(Panel):
                if each.scroll_y:
                    each.scroll_home(animate=False)

    def _draw_reply(self, now: Page) -> None:
        count = (now.count, "bold ansi_red" if now.too_long else "bold")
        for id in ("reply", "editor"):
            whole = Content.assemble(f"{now.reply_title}{' · ' if now.count else ''}", count)
            # Where there is little room, the counter matters more than whose text it counts.
            room = self.size.width * (0.6 if self.has_class("-wide") else 1) - 6
            self._title(id, whole if whole.cell_length <= room else Content.assemble(count))

    def _draw_over(self, now: Page) -> None:
        work, words = self._work, self._words
        match work.session.mode:
            case "helping":
                text = Content("\n").join(help_text(words))
            case "filtering":
                text = Content("\n").join(
                    filter_list(choices(work.session.filter, words), self._marked, words)
                )
            case "all" if work.weighed is not None:
                text = Content("\n".join(weighed_lines(work.weighed, words)))
            case "showing" if work.unheard is not None:
                text = Content("\n".join(map(shown, work.unheard.text.splitlines())))
            case _:
                text = Content(now.end)
        self._update("over-text", text)
        if work.session.mode == "filtering":
            self.query_one("#over").scroll_to(y=max(0, self._marked - 4), animate=False)

    def _focus(self, now: Page, over: bool) -> None:
        mode = self._work.session.mode
        if mode in _ANSWERED:
            answer = self.query_one("#answer", Input)
            if not answer.has_focus:
                answer.value = self._work.session.filter.query if mode == "searching" else ""
                answer.focus()
        elif mode == "editing":
            editor = self.query_one("#editor", TextArea)
            state = self._work.shown
            if state is not None and not editor.has_focus:
                editor.load_text(self._work.text(state, self._work.verdict(state)))
                editor.move_cursor(editor.document.end)
                editor.focus()
        elif (
            isinstance(self.focused, Input | TextArea)
            or self.focused is None
            or over != (self.focused.id == "over")
        ):
            self.query_one("#over" if over else "#note").focus()

    def _update(self, id: str, text: str | Content) -> None:
        content = Content(text) if isinstance(text, str) else text
        # Whatever is updated is laid out anew, and most of what is shown stays the same.
        if not content.is_same(self._texts.get(id, _NOTHING)):
            self._texts[id] = content
            self.query_one(f"#{id}", Static).update(content)

    def _title(self, id: str, title: Content) -> None:
        if self.has_class("-low"):
            # A line, other than a box, has no corners that keep its ends off the title.
            title = Content.assemble(" ", title, " ")
        if not title.is_same(self._texts.get(f"{id} title", _NOTHING)):
            self._texts[f"{id} title"] = title
            self.query_one(f"#{id}").border_title = title


def run(work: Work, words: Words) -> None:
    """Show the review until the person leaves; what ended it otherwise is raised once the terminal is put back."""
    ended = ReviewScreen(work, words).run()
    if isinstance(ended, BaseException):
        raise ended
