"""A Tk window with a box for a name and one that shows stars: password_tk.py LOG TITLE."""

from __future__ import annotations

import sys
import tkinter

from changes import ChangeLog, obey


def main(path: str, title: str) -> None:
    log = ChangeLog(path)
    window = tkinter.Tk()
    window.title(title)
    texts = [tkinter.StringVar(window), tkinter.StringVar(window)]
    boxes = [
        tkinter.Entry(window, textvariable=texts[0]),
        tkinter.Entry(window, textvariable=texts[1], show="*"),
    ]
    for text, box in zip(texts, boxes, strict=True):
        text.trace_add("write", lambda *_: log.changed("\n".join(each.get() for each in texts)))
        box.pack(padx=16, pady=16)
    window.createfilehandler(sys.stdin, tkinter.READABLE, lambda *_: obey(print) or window.destroy())
    boxes[0].focus_force()
    log.changed("\n")
    window.mainloop()


main(*sys.argv[1:])
