"""A Tk text that does not paste: deaf_window.py LOG TITLE."""

from __future__ import annotations

import sys
import tkinter

from changes import ChangeLog, obey


def main(path: str, title: str) -> None:
    log = ChangeLog(path)
    window = tkinter.Tk()
    window.title(title)
    box = tkinter.Text(window, width=60, height=8)
    box.pack()
    box.bind("<Shift-Insert>", lambda _: "break")
    box.bind("<<Modified>>", lambda _: (log.changed(box.get("1.0", "end-1c")), box.edit_modified(False)))
    box.focus_force()
    box.bind("<Button-1>", lambda _: log.clicked(), add=True)
    window.createfilehandler(sys.stdin, tkinter.READABLE, lambda *_: obey(print) or window.destroy())
    log.changed("")
    window.mainloop()


main(*sys.argv[1:])
