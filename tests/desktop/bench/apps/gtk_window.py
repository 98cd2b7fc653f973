"""A GTK 3 window with an entry or a text view: gtk_window.py LOG TITLE entry|text."""

from __future__ import annotations

import sys

import gi

gi.require_version("Gtk", "3.0")
from changes import ChangeLog, obey  # noqa: E402
from gi.repository import GLib, Gtk  # noqa: E402


def main(path: str, title: str, kind: str) -> None:
    log = ChangeLog(path)
    window = Gtk.Window(title=title, border_width=16)
    window.set_default_size(620, 160 if kind == "entry" else 320)
    window.connect("destroy", Gtk.main_quit)
    if kind == "entry":
        box = Gtk.Entry()
        box.connect("changed", lambda entry: log.changed(entry.get_text()))
        set_text = box.set_text
        window.add(box)
    else:
        box = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD)
        content = box.get_buffer()
        content.connect(
            "changed", lambda it: log.changed(it.get_text(it.get_start_iter(), it.get_end_iter(), True))
        )
        set_text = content.set_text
        window.add(box)
    box.grab_focus()
    box.connect("button-press-event", lambda *_: log.clicked())
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda *_: obey(set_text) or Gtk.main_quit())
    log.changed("")
    window.show_all()
    Gtk.main()


main(*sys.argv[1:])
