"""The box for an invitation's note, with its counter: note_window.py LOG TITLE."""

from __future__ import annotations

import sys
import tkinter
from pathlib import Path
from tkinter import font

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "desktop" / "bench" / "apps"))

from changes import ChangeLog, obey

LIMIT = 300
PAGE, CARD, INK, SOFT, LINE = "#f3f2ee", "#ffffff", "#1f2328", "#666b73", "#d5d3cc"
BLUE, PALE_BLUE, RED = "#0b63ba", "#dfe9f5", "#b3261e"


def utf16(text: str) -> int:
    """What a web page's counter shows for `text`."""
    return len(text.encode("utf-16-le")) // 2


class NoteWindow:
    """A card with a name, a text box and what is left of its room."""

    def __init__(self, path: str, title: str) -> None:
        self._log = ChangeLog(path)
        person = title.partition(" | ")[0]
        self.window = tkinter.Tk()
        self.window.title(title)
        self.window.configure(background=PAGE)
        self.window.geometry("720x430+280+150")
        self._family = "DejaVu Sans" if "DejaVu Sans" in font.families(self.window) else "TkDefaultFont"

        card = tkinter.Frame(
            self.window, background=CARD, highlightbackground=LINE, highlightcolor=LINE, highlightthickness=1
        )
        card.pack(expand=True, fill="both", padx=28, pady=24)
        self._heading(card, person)
        buttons = self._buttons(card)
        buttons.pack(side="bottom", fill="x", padx=22, pady=(4, 18))
        self._count = tkinter.Label(
            card, text=f"0/{LIMIT}", background=CARD, foreground=SOFT, font=self._font(10)
        )
        self._count.pack(side="bottom", anchor="e", padx=24)
        self._box = tkinter.Text(
            card, font=self._font(12), wrap="word", height=7, relief="flat", padx=12, pady=10, spacing2=3,
            undo=True, foreground=INK, background=CARD, insertbackground=INK,
            highlightthickness=2, highlightbackground=LINE, highlightcolor=BLUE,
        )  # fmt: skip
        self._box.pack(expand=True, fill="both", padx=22, pady=(4, 6))
        self._box.bind("<<Modified>>", self._modified)
        self._box.focus_force()
        self._box.bind("<Button-1>", lambda _: self._log.clicked(), add=True)
        self.window.createfilehandler(sys.stdin, tkinter.READABLE, self._command)
        self._log.changed("")

    def _heading(self, card: tkinter.Frame, person: str) -> None:
        row = tkinter.Frame(card, background=CARD)
        row.pack(fill="x", padx=22, pady=(18, 8))
        badge = tkinter.Canvas(row, width=46, height=46, background=CARD, highlightthickness=0)
        badge.create_oval(2, 2, 44, 44, fill=PALE_BLUE, outline="")
        initials = "".join(word[0] for word in person.split()[:2]).upper()
        badge.create_text(23, 23, text=initials, fill=BLUE, font=self._font(13, "bold"))
        badge.pack(side="left", padx=(0, 12))
        words = tkinter.Frame(row, background=CARD)
        words.pack(side="left")
        title = tkinter.Label(
            words,
            text="Ajouter une note à votre invitation",
            background=CARD,
            foreground=INK,
            font=self._font(14, "bold"),
        )
        title.pack(anchor="w")
        who = tkinter.Label(
            words, text=f"pour {person}", background=CARD, foreground=SOFT, font=self._font(10)
        )
        who.pack(anchor="w")

    def _buttons(self, card: tkinter.Frame) -> tkinter.Frame:
        row = tkinter.Frame(card, background=CARD)
        for words, background, foreground in (("Envoyer", BLUE, CARD), ("Annuler", CARD, SOFT)):
            button = tkinter.Label(
                row,
                text=words,
                background=background,
                foreground=foreground,
                padx=18,
                pady=7,
                font=self._font(10, "bold"),
            )
            button.pack(side="right", padx=(8, 0))
        return row

    def _modified(self, _: object) -> None:
        if self._box.edit_modified():
            self._show()
            self._box.edit_modified(False)

    def _command(self, *_: object) -> None:
        if not obey(self._set_text):
            self.window.destroy()

    def _set_text(self, text: str) -> None:
        self._box.delete("1.0", "end")
        self._box.insert("1.0", text)
        self._show()

    def _show(self) -> None:
        text = self._box.get("1.0", "end-1c")
        count = utf16(text)
        self._count.configure(text=f"{count}/{LIMIT}", foreground=RED if count > LIMIT else SOFT)
        # Drawn first, so that a picture taken when the log speaks shows the same.
        self.window.update_idletasks()
        self._log.changed(text)

    def _font(self, size: int, weight: str = "normal") -> tuple[str, int, str]:
        return (self._family, size, weight)


NoteWindow(*sys.argv[1:]).window.mainloop()
