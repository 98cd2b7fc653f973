"""The review line by line: for screen readers, and for terminals that cannot move their cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from motjuste.review.page import Page, choices, help_lines, page, said, shown, weighed_lines
from motjuste.review.session import KEYS, SAME
from motjuste.review.sifting import Filter
from motjuste.review.words import Words
from motjuste.review.work import Job, Work

Read = Callable[[], str]
"""The next line that the person typed, with its end; "" when there is no more."""
Write = Callable[[str], None]
END_OF_TEXT = "."


class Plain:
    """Shows one invitation after the other as lines, and reads one key at a time, each followed by Enter."""

    def __init__(self, work: Work, words: Words, read: Read, write: Write) -> None:
        self._work = work
        self._words = words
        self._read = read
        self._write = write

    def run(self) -> None:
        """Go through the invitations until the person leaves, or has no more to say."""
        self._finish(self._work.start())
        before = None
        while not self._work.left:
            now = page(self._work, self._words)
            self._tell(said(self._work.session.said, self._words))
            if now != before:
                self._lines(page_lines(now, self._words))
            self._work.remember()
            before = now
            line = self._ask(self._words.plain_prompt)
            if line is None:
                return
            self._key(line)
            self._settle()

    def _key(self, line: str) -> None:
        """A key, or a key and what it asks for: "/dupont", "g 12"."""
        text = line.strip()
        key, rest = text[:1].casefold(), text[1:].strip()
        if not text:
            self._press("enter")
        elif key in ("/", "g") and rest:
            self._press(key)
            self._finish(self._work.typed(rest))
        elif not rest and (key in KEYS or key in SAME):
            self._press(key)
        elif text.casefold() in SAME or text.casefold() == "escape":
            self._press(text.casefold())
        else:
            self._tell(self._words.plain_unknown.format(shown(text[:20])))

    def _press(self, key: str) -> None:
        self._finish(self._work.press(key))

    def _settle(self) -> None:
        """Finish what the last key began, so that the next line is a key again."""
        to_copy, self._work.to_copy = self._work.to_copy, None
        if to_copy is not None:
            self._work.copied(to_copy, self._work.copy(to_copy))
        match self._work.session.mode:
            case "editing":
                self._edit()
            case "searching" | "jumping":
                text = self._ask(self._words.labelled(self._words.asks[self._work.session.mode], "") + " ")
                self._finish(self._work.typed(text or ""))
            case "filtering":
                self._filter()
            case "all":
                self._weigh()
            case "helping":
                self._lines(f"{key}  {what}" if key else what for key, what in help_lines(self._words))
                self._press("escape")
            case "showing":
                self._show_uncopied()

    def _edit(self) -> None:
        self._tell(self._words.plain_edit)
        lines: list[str] = []
        while (line := self._read()) and line.rstrip("\r\n") != END_OF_TEXT:
            lines.append(line.rstrip("\r\n"))
        if lines:
            self._work.edited("\n".join(lines))
        self._press("escape")

    def _filter(self) -> None:
        found = choices(self._work.session.filter, self._words)
        for number, choice in enumerate(found):
            if choice.heading:
                self._tell(self._words.labelled(choice.heading, ""))
            self._tell(f"{number}  {choice.words}" + (" ✓" if choice.chosen else ""))
        text = (self._ask(self._words.labelled(self._words.asks["filtering"], "") + " ") or "").strip()
        if text.isascii() and text.isdecimal() and int(text[:3]) < len(found):
            self._sift(found[int(text)].filter)
        else:
            self._press("escape")

    def _sift(self, wanted: Filter) -> None:
        self._finish(self._work.sift(wanted))

    def _weigh(self) -> None:
        while self._work.weighed is not None and self._work.session.mode == "all":
            self._lines(weighed_lines(self._work.weighed, self._words))
            text = self._ask(self._words.plain_all.format(", ".join(self._work.policies)))
            if text is not None and text.strip() in self._work.policies:
                self._finish(self._work.by_policy(text.strip()))
            else:
                self._press("enter" if text is not None and not text.strip() else "escape")

    def _show_uncopied(self) -> None:
        unheard = self._work.unheard
        if unheard is not None:
            self._tell(said(self._work.session.said, self._words))
            self._lines(map(shown, unheard.text.splitlines()))
        self._press("escape")

    def _finish(self, job: Job | None) -> None:
        for _ in job or ():
            pass

    def _ask(self, question: str) -> str | None:
        self._write(question)
        line = self._read()
        return line if line else None

    def _tell(self, line: str) -> None:
        if line:
            self._write(line + "\n")

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._write(line + "\n")


def page_lines(now: Page, words: Words) -> Iterator[str]:
    """An invitation as lines, in the order in which one wants to hear it."""
    yield ""
    if now.end:
        yield f"{now.place} · {now.sifted}"
        yield now.end
        return
    yield f"{now.place} · {now.name}"
    yield from now.about
    if now.link:
        yield now.link
    yield words.labelled(f"{words.note} ({now.note_kinds})" if now.note_kinds else words.note, "")
    yield from now.note.splitlines() or [words.no_note]
    yield words.labelled(now.verdict_title, now.verdict_words)
    yield from (f"- {reason}" for reason in now.reasons)
    yield words.labelled(f"{now.reply_title} ({now.count})" if now.count else now.reply_title, "")
    yield from now.text.splitlines()
    yield words.plain_help
