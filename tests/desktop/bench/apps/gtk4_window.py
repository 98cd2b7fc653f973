"""A GTK 4 window with an entry or a text view: gtk4_window.py LOG TITLE entry|text."""

from __future__ import annotations

import sys

import gi

gi.require_version("Gtk", "4.0")
from changes import ChangeLog, obey  # noqa: E402
from gi.repository import GLib, Gtk  # noqa: E402


def main(path: str, title: str, kind: str) -> None:
    log = ChangeLog(path)
    loop = GLib.MainLoop()
    window = Gtk.Window(title=title)
    window.set_default_size(620, 160 if kind == "entry" else 320)
    window.connect("close-request", lambda _: loop.quit())
    if kind == "entry":
        box = Gtk.Entry()
        box.connect("changed", lambda entry: log.changed(entry.get_text()))
        set_text = box.set_text
    else:
        box = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD)
        content = box.get_buffer()
        content.connect(
            "changed", lambda it: log.changed(it.get_text(it.get_start_iter(), it.get_end_iter(), True))
        )
        set_text = content.set_text
    window.set_child(box)
    box.grab_focus()
    clicks = Gtk.GestureClick(propagation_phase=Gtk.PropagationPhase.CAPTURE)
    clicks.connect("pressed", lambda *_: log.clicked())
    box.add_controller(clicks)
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda *_: obey(set_text) or loop.quit())
    log.changed("")
    window.present()
    loop.run()


main(*sys.argv[1:])
