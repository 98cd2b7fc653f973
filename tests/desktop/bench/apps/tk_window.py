"""A Tk window with an entry or a text: tk_window.py LOG TITLE entry|text."""

from __future__ import annotations

import sys
import tkinter

from changes import ChangeLog, obey


def main(path: str, title: str, kind: str) -> None:
    log = ChangeLog(path)
    window = tkinter.Tk()
    window.title(title)
    window.geometry("620x160+40+40" if kind == "entry" else "620x320+40+40")
    box: tkinter.Entry | tkinter.Text
    if kind == "entry":
        content = tkinter.StringVar(window)
        content.trace_add("write", lambda *_: log.changed(content.get()))
        box = tkinter.Entry(window, textvariable=content, font=("DejaVu Sans", 12))
        set_text = content.set
    else:
        text = box = tkinter.Text(window, font=("DejaVu Sans", 12), undo=True, wrap="word")

        def modified(_: object) -> None:
            if text.edit_modified():
                log.changed(text.get("1.0", "end-1c"))
                text.edit_modified(False)

        def set_text(value: str) -> None:
            text.delete("1.0", "end")
            text.insert("1.0", value)
            log.changed(text.get("1.0", "end-1c"))

        text.bind("<<Modified>>", modified)
    box.pack(expand=True, fill="both", padx=16, pady=16)
    box.focus_force()
    box.bind("<Button-1>", lambda _: log.clicked(), add=True)
    window.createfilehandler(sys.stdin, tkinter.READABLE, lambda *_: obey(set_text) or window.destroy())
    log.changed("")
    window.mainloop()


main(*sys.argv[1:])
